#include "pipeline/byte_escape.h"

#include <gtest/gtest.h>

#include <string>

#include "text/unicode.h"

namespace hoidau {
namespace {

TEST(ByteEscape, BringsEveryByteBack) {
  std::string every;
  for (int i = 0; i < 256; ++i) every += static_cast<char>(i);
  for (const std::string& bytes :
       {std::string("số 1"), std::string("tập\xFF.txt"), every, std::string("\xE1\xBB"), std::string()}) {
    const ByteEscape escape(bytes);
    EXPECT_TRUE(IsValidUtf8(escape.text()));
    EXPECT_EQ(escape.Undo(escape.text()), bytes);
  }
  EXPECT_EQ(ByteEscape(every).bad_bytes(), 128U);
  EXPECT_EQ(ByteEscape("số").bad_bytes(), 0U);
}

TEST(ByteEscape, LeavesPrivateCharactersOfTheTextAlone) {
  std::string bytes = "\xFF";
  for (const char32_t c : {0x100000, 0x10007F, 0x100080, 0x10FFFD}) AppendUtf8(c, bytes);
  const ByteEscape escape(bytes);
  EXPECT_EQ(escape.bad_bytes(), 1U);
  EXPECT_EQ(escape.Undo(escape.text()), bytes);
}

TEST(ByteEscape, AReplacementCharacterIsNoBadByte) {
  const ByteEscape escape("\uFFFD\x80");
  EXPECT_EQ(escape.bad_bytes(), 1U);
  EXPECT_EQ(escape.Undo(escape.text()), "\uFFFD\x80");
}

}  // namespace
}  // namespace hoidau
