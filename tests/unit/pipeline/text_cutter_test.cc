#include "pipeline/text_cutter.h"

#include <gmock/gmock.h>

#include <random>
#include <string>
#include <vector>

#include "support/seed.h"
#include "text/unicode.h"

namespace hoidau {
namespace {

using testing::ElementsAre;

// The documents of a text that arrives in pieces of `piece` bytes.
std::vector<std::string> Cut(std::string_view text, std::size_t document_bytes, std::size_t piece = 7) {
  std::vector<std::string> out;
  const auto take = [&](std::string_view document) { out.emplace_back(document); };
  TextCutter cutter(document_bytes);
  for (std::size_t at = 0; at < text.size(); at += piece) cutter.Feed(text.substr(at, piece), take);
  cutter.Finish(take);
  return out;
}

TEST(TextCutter, AtFormFeeds) {
  EXPECT_THAT(Cut("a\n\fb\f\fc", 100), ElementsAre("a\n\f", "b\f", "\f", "c"));
  EXPECT_THAT(Cut("a\f", 100), ElementsAre("a\f"));
  EXPECT_THAT(Cut("", 100), ElementsAre());
}

TEST(TextCutter, AtTheFirstBlankLineBehindTheLimit) {
  EXPECT_THAT(Cut("12\n\n45\n \t\r\nabc\n\nd", 8), ElementsAre("12\n\n45\n \t\r\n", "abc\n\nd"));
  EXPECT_THAT(Cut("12\n\n45\n\n", 100), ElementsAre("12\n\n45\n\n"));
}

TEST(TextCutter, AtALineEndWhereNoBlankLineComes) {
  EXPECT_THAT(Cut("123456\n123456\nabc\n", 3), ElementsAre("123456\n123456\n", "abc\n"));
}

TEST(TextCutter, InsideAnEndlessLine) {
  EXPECT_THAT(Cut("aaaaa bbbbb cccc ddddd", 2), ElementsAre("aaaaa bbbbb ", "cccc ddddd"));
  const std::vector<std::string> pieces = Cut("ếếếếếếếếếế", 2);
  EXPECT_GT(pieces.size(), 1U);
  for (const std::string& piece : pieces) EXPECT_TRUE(IsValidUtf8(piece)) << piece;
}

TEST(TextCutter, LosesNoByteAndHoldsLittle) {
  SCOPED_TRACE(SeedTrace());
  std::mt19937 random(TestSeed());
  const std::string pieces[] = {"a", "ế", " ", "\n", "\n\n", "\f", "\xFF", "\x80\x80\x80\x80\x80", "một hai\n"};
  for (int i = 0; i < 2'000; ++i) {
    std::string text;
    for (int n = std::uniform_int_distribution<>(0, 200)(random); n > 0; --n) {
      text += pieces[std::uniform_int_distribution<std::size_t>(0, std::size(pieces) - 1)(random)];
    }
    const std::size_t document_bytes = std::uniform_int_distribution<std::size_t>(1, 20)(random);
    std::string joined;
    for (const std::string& document : Cut(text, document_bytes, 1 + i % 13)) {
      EXPECT_FALSE(document.empty());
      EXPECT_LE(document.size(), 8 * document_bytes);
      joined += document;
    }
    ASSERT_EQ(joined, text);
  }
}

TEST(TextCutter, DoesNotDependOnHowBytesArrive) {
  const std::string text = "một\nhai\n\nba\fbốn năm sáu bảy tám chín mười\n\n\nhết";
  for (std::size_t piece = 2; piece < text.size(); ++piece) EXPECT_EQ(Cut(text, 6, piece), Cut(text, 6, 1));
}

}  // namespace
}  // namespace hoidau
