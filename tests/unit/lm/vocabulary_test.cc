#include "lm/vocabulary.h"

#include <gmock/gmock.h>

#include "text/syllable.h"
#include "text/unicode.h"

namespace hoidau {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(LmTokensTest, CutsAParagraphIntoSyllablesClassesAndSigns) {
  EXPECT_THAT(LmTokens("Công văn số 3093 ngày 19/9/2025,"),
              ElementsAre("công", "văn", "số", "<num>", "ngày", "<n1>", "/", "<n1>", "/", "<year>", ","));
  EXPECT_THAT(LmTokens("57-NQ/TW (“U23”)"), ElementsAre("<n1>", "-", "nq", "/", "tw", "(", "\"", "<sym>", "\"", ")"));
  EXPECT_THAT(LmTokens("   "), IsEmpty());
  EXPECT_THAT(LmTokens(""), IsEmpty());
}

TEST(LmWordTest, BringsEveryFormToOne) {
  const struct {
    const char* word;
    const char* want;
  } kCases[] = {
      {"HOÀ", "hòa"},     {"hòa", "hòa"},    {"Uỷ", "ủy"},
      {"thuỷ", "thủy"},   {"HOÀN", "hoàn"},  {"nứơc", "nước"},
      {"Ðảng", "đảng"},   {"ĐẮK", "đắk"},    {"Facebook", "facebook"},
      {"7", "<n1>"},      {"03", "<n1>"},    {"1975", "<year>"},
      {"2025", "<year>"}, {"3093", "<num>"}, {"123456", "<num>"},
      {"A4", "<sym>"},    {"1ap", "<sym>"},  {"–", "-"},
      {"”", "\""},        {"’", "'"},        {"%", "%"},
      {"…", "…"},         {"", ""},
  };
  for (const auto& c : kCases) EXPECT_EQ(LmWord(c.word), c.want) << c.word;
}

TEST(LmWordTest, ReadsDecomposedLetters) { EXPECT_EQ(LmWord("Kê\u0301"), "kế"); }

// Whatever a scanner writes, both placements of a syllable are one token, and a token's token is itself.
TEST(LmWordTest, AllSyllablesAreFixedPoints) {
  for (const std::string& s : AllSyllables()) {
    ASSERT_EQ(LmWord(s), s);
    ASSERT_EQ(LmWord(ToUpper(WithTonePlacement(s, TonePlacement::kNew))), s);
  }
}

TEST(LmWordTest, BadBytesAreNoError) { EXPECT_EQ(LmWord("\xff\xfe"), "\uFFFD\uFFFD"); }

}  // namespace
}  // namespace hoidau
