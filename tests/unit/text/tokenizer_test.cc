#include "text/tokenizer.h"

#include <gmock/gmock.h>

#include <string>

namespace hoidau {
namespace {

using testing::ElementsAre;

std::vector<std::string> In(std::string_view text, const std::vector<ByteSpan>& spans) {
  std::vector<std::string> out;
  for (const ByteSpan s : spans) out.emplace_back(s.In(text));
  return out;
}

std::string Words(std::string_view text) {
  std::string out;
  for (const Word& w : SplitWords(text)) {
    out += "wnms"[static_cast<int>(w.kind)];
    out += ':';
    out += w.span.In(text);
    out += ' ';
  }
  return out;
}

TEST(Tokenizer, SplitWhitespace) {
  const auto split = [](std::string_view text) { return In(text, SplitWhitespace(text)); };
  EXPECT_THAT(split("Số: 15/KH-UBND\n"), ElementsAre("Số:", "15/KH-UBND"));
  EXPECT_THAT(split(" \t\u00A0"), ElementsAre());
  EXPECT_THAT(split("một\u00A0hai"), ElementsAre("một", "hai"));
  EXPECT_THAT(split("\xFFz y"), ElementsAre("\xFFz", "y"));
}

TEST(Tokenizer, SplitLines) {
  const auto split = [](std::string_view text) { return In(text, SplitLines(text)); };
  EXPECT_THAT(split("a\n\nb"), ElementsAre("a", "", "b"));
  EXPECT_THAT(split("a\n"), ElementsAre("a"));
  EXPECT_THAT(split("\n"), ElementsAre(""));
  EXPECT_THAT(split(""), ElementsAre());
}

TEST(Tokenizer, SplitWords) {
  EXPECT_EQ(Words("(học sinh,"), "s:( w:học w:sinh s:, ");
  EXPECT_EQ(Words("QĐ-12a 2025"), "w:QĐ s:- m:12a n:2025 ");
  EXPECT_EQ(Words("hoa\u0323ch"), "w:hoa\u0323ch ") << "a combining mark belongs to its word";
}

}  // namespace
}  // namespace hoidau
