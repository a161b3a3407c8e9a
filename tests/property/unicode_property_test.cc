// Any bytes at all: what comes in broken goes out valid, and nothing crashes.
#include <gtest/gtest.h>

#include <random>
#include <string>

#include "support/seed.h"
#include "text/syllable.h"
#include "text/tokenizer.h"
#include "text/unicode.h"

namespace hoidau {
namespace {

std::string RandomBytes(std::mt19937& random) {
  static const std::string kPieces[] = {"a",  "ế", "\u0301", "\xFF", "\xE1\xBB",           "\n",     "\f",
                                        "\r", " ", "1",      "😀",    std::string(1, '\0'), "\u00A0", "Đ"};
  std::string out;
  for (int n = std::uniform_int_distribution<>(0, 30)(random); n > 0; --n) {
    out += kPieces[std::uniform_int_distribution<std::size_t>(0, std::size(kPieces) - 1)(random)];
  }
  return out;
}

TEST(UnicodeProperty, OnRandomBytes) {
  SCOPED_TRACE(SeedTrace());
  std::mt19937 random(TestSeed());
  for (int i = 0; i < 50'000; ++i) {
    const std::string bytes = RandomBytes(random);
    const std::string valid = MakeValidUtf8(bytes);
    ASSERT_TRUE(IsValidUtf8(valid));
    ASSERT_EQ(ToUtf8(CodePoints(valid)), valid);
    const std::string nfc = ToNfc(valid);
    ASSERT_TRUE(IsNfc(nfc));
    ASSERT_EQ(ToNfc(nfc), nfc);
    ASSERT_EQ(FoldSpace(FoldSpace(valid)), FoldSpace(valid));
    ASSERT_EQ(CodePoints(StripMarks(nfc)).size(), CodePoints(nfc).size());

    std::size_t end = 0;  // tokens are sorted, disjoint, not empty; what lies between is white space
    for (const ByteSpan s : SplitWhitespace(bytes)) {
      ASSERT_GE(s.begin, end);
      ASSERT_FALSE(s.empty());
      ASSERT_EQ(FoldSpace(std::string_view(bytes).substr(end, s.begin - end)), "");
      end = s.end;
    }
    std::string lines;
    for (const ByteSpan s : SplitLines(bytes)) lines += std::string(s.In(bytes)) + '\n';
    if (!bytes.empty() && bytes.back() != '\n') lines.pop_back();
    ASSERT_EQ(lines, bytes) << "lines and their ends are the text";
    end = 0;
    for (const Word& w : SplitWords(bytes)) {
      ASSERT_GE(w.span.begin, end);
      ASSERT_FALSE(w.span.empty());
      end = w.span.end;
    }
  }
}

}  // namespace
}  // namespace hoidau
