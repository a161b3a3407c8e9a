#include "text/unicode.h"

#include <gtest/gtest.h>

#include <string>

namespace hoidau {
namespace {

TEST(Unicode, NfcOfDecomposedVietnamese) {
  EXPECT_EQ(ToNfc("Kê\u0301 hoa\u0323ch"), "Kế hoạch");
  EXPECT_EQ(ToNfc("e\u0323\u0302"), "ệ");  // either order of the marks
  EXPECT_TRUE(IsNfc("Kế hoạch"));
  EXPECT_FALSE(IsNfc("Kê\u0301"));
  EXPECT_TRUE(IsNfc("plain"));
  EXPECT_EQ(ToNfc(""), "");
}

TEST(Unicode, CaseKeepsTheNumberOfCodePoints) {
  EXPECT_EQ(ToLower("ĐIỀU Ự"), "điều ự");
  EXPECT_EQ(ToUpper("điều ự"), "ĐIỀU Ự");
  for (const char* text : {"ß", "İ", "ŉ", "ﬁ"}) {
    EXPECT_EQ(CodePoints(ToUpper(text)).size(), CodePoints(text).size()) << text;
    EXPECT_EQ(CodePoints(ToLower(text)).size(), CodePoints(text).size()) << text;
  }
}

TEST(Unicode, InvalidBytesBecomeReplacements) {
  struct {
    const char* name;
    std::string bytes, want;
  } const cases[] = {
      {"lone continuation", "a\x80z", "a\uFFFDz"},
      {"cut at the end", "s\xE1\xBB", "s\uFFFD\uFFFD"},
      {"overlong slash", "\xC0\xAF", "\uFFFD\uFFFD"},
      {"surrogate", "\xED\xA0\x80", "\uFFFD\uFFFD\uFFFD"},
      {"above U+10FFFF", "\xF4\x90\x80\x80", "\uFFFD\uFFFD\uFFFD\uFFFD"},
      {"byte order mark", "\xEF\xBB\xBFsố", "số"},
      {"valid text", "số 1", "số 1"},
      {"a real U+FFFD", "\uFFFD", "\uFFFD"},
  };
  for (const auto& c : cases) {
    EXPECT_EQ(MakeValidUtf8(c.bytes), c.want) << c.name;
    EXPECT_TRUE(IsValidUtf8(MakeValidUtf8(c.bytes))) << c.name;
  }
  EXPECT_TRUE(IsValidUtf8("\uFFFD"));
  EXPECT_FALSE(IsValidUtf8("\xFF"));
  EXPECT_TRUE(IsValidUtf8(std::string_view("\0a", 2)));
}

TEST(Unicode, ClassesOfLetters) {
  EXPECT_TRUE(IsLetter(U'Đ') && IsLetter(U'ự') && !IsLetter(U'1') && !IsLetter(U'-'));
  EXPECT_TRUE(IsUpper(U'Ự') && !IsUpper(U'ự') && IsLower(U'ự'));
  EXPECT_TRUE(IsMark(0x0301) && IsAlnum(0x0301) && !IsLetter(0x0301));
  EXPECT_TRUE(IsSpace(0xA0) && IsSpace(U'\f') && IsSpace(0x3000) && !IsSpace(U'_'));
  EXPECT_TRUE(IsDigit(U'7') && !IsDigit(U'x'));
}

TEST(Unicode, FoldSpace) {
  EXPECT_EQ(FoldSpace("  Kế \n\t hoạch\u00A0số  "), "Kế hoạch số");
  EXPECT_EQ(FoldSpace(" \n "), "");
  EXPECT_EQ(FoldSpace(""), "");
}

TEST(CodePointIndex, BothWaysOnEveryBoundary) {
  std::string text;
  for (int i = 0; i < 300; ++i) text += i % 3 == 0 ? "ế" : i % 3 == 1 ? "a" : "😀";
  const CodePointIndex index(text);
  std::uint32_t code_point = 0;
  for (std::size_t at = 0; at < text.size(); ++code_point) {
    EXPECT_EQ(index.ToCodePoint(static_cast<std::uint32_t>(at)), code_point);
    EXPECT_EQ(index.ToByte(code_point), at);
    DecodeAt(text, at);
  }
  EXPECT_EQ(index.ToCodePoint(static_cast<std::uint32_t>(text.size())), code_point);
  EXPECT_EQ(index.ToByte(code_point), text.size());
  EXPECT_EQ(index.ToByte(code_point + 100), text.size()) << "beyond the end: the end";
}

TEST(CodePointIndex, Example) {
  const CodePointIndex index("số 1");
  EXPECT_EQ(index.ToCodePoint(4), 2U);
  EXPECT_EQ(index.ToByte(2), 4U);
  EXPECT_EQ(CodePointIndex("").ToCodePoint(0), 0U);
  EXPECT_EQ(CodePointIndex("").ToByte(0), 0U);
}

}  // namespace
}  // namespace hoidau
