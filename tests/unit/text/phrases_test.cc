#include "text/phrases.h"

#include <gtest/gtest.h>

#include <fstream>
#include <string>

#include "text/rule_table.h"

namespace hoidau {
namespace {

TEST(KeyWords, FoldCaseTonePlacementAndDashes) {
  const auto words = KeyWords("Uỷ ban – VĂN HOÁ");
  ASSERT_EQ(words.size(), 5U);
  EXPECT_EQ(words[0].key, "ủy");
  EXPECT_TRUE(words[0].capital);
  EXPECT_EQ(words[2].key, "-");
  EXPECT_EQ(words[4].key, "hóa");
  EXPECT_TRUE(words[4].all_caps);
}

TEST(KeyWords, LettersAndDigitsThatTouchAreSplit) {
  const auto words = KeyWords("07h30");
  ASSERT_EQ(words.size(), 3U);
  EXPECT_EQ(words[0].key, "07");
  EXPECT_EQ(words[1].key, "h");
  EXPECT_EQ(words[2].span, (ByteSpan{3, 5}));
}

TEST(PhraseTable, LongestMatchWins) {
  PhraseTable table;
  table.Add("ủy ban", 1);
  table.Add("ủy ban nhân dân", 7);
  const auto match = table.Longest(KeyWords("Uỷ ban nhân dân xã"), 0);
  ASSERT_TRUE(match.has_value());
  EXPECT_EQ(match->value, 7);
  EXPECT_EQ(match->words, 4U);
  EXPECT_FALSE(table.Longest(KeyWords("nhân dân"), 0).has_value());
  EXPECT_FALSE(table.Longest(KeyWords("ủy"), 0).has_value());
}

TEST(RuleTable, CommentsDashesAndErrors) {
  const std::string path = testing::TempDir() + "/table.tsv";
  std::ofstream(path) << "# kind, phrase\n\nhead\tphòng\nbody\t-\n";
  const auto rows = ReadRuleTable(path, 2);
  ASSERT_TRUE(rows.ok());
  ASSERT_EQ(rows->size(), 2U);
  EXPECT_EQ((*rows)[0].line, 3);
  EXPECT_EQ((*rows)[0].cells[1], "phòng");
  EXPECT_EQ((*rows)[1].cells[1], "");
  EXPECT_EQ(ReadRuleTable(path, 3).error().code, ErrorCode::kModel);
  EXPECT_EQ(ReadRuleTable(path + ".none", 2).error().code, ErrorCode::kMissing);
}

}  // namespace
}  // namespace hoidau
