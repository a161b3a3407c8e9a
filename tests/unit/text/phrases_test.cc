#include "text/phrases.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

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

TEST(PhraseTable, MendsAWrongLetterAndLeavesSyllablesThatExist) {
  PhraseTable table;
  table.Add("tổ chuyển đổi số cộng đồng", 1);
  table.Add("trước ngày", 2);
  std::vector<KeyWord> words = KeyWords("Tổ chuyễm đổi số cộng đồng");
  EXPECT_EQ(table.Mend(words, 0, {.least_words = 3}), 6U);
  EXPECT_EQ(words[1].key, "chuyển");
  words = KeyWords("trudc ngày 15/6");
  EXPECT_EQ(table.Mend(words, 0, {.least_words = 2, .any_first = true}), 2U);
  EXPECT_EQ(words[0].key, "trước");
  words = KeyWords("trực ngày 15/6");
  EXPECT_EQ(table.Mend(words, 0, {.least_words = 2, .any_first = true}), 0U) << "a syllable that exists is meant";
  words = KeyWords("trước ngày");
  EXPECT_EQ(table.Mend(words, 0, {.least_words = 2, .any_first = true}), 0U) << "nothing to mend";
}

TEST(RuleFolders, AnOfficesRowsComeLastAndItsFaultsAreNamed) {
  const std::filesystem::path dir = std::filesystem::path(testing::TempDir()) / "rule_folders";
  std::filesystem::remove_all(dir);
  std::filesystem::create_directories(dir / "models" / "rules");
  std::filesystem::create_directories(dir / "office");
  const auto write = [&](const char* name, const char* text) { std::ofstream(dir / name) << text; };
  write("models/rules/events.tsv", "event\thội thi\n");
  write("office/events.tsv", "event\tđua ghe ngo\n");
  const std::string models = (dir / "models").string(), office = (dir / "office").string();
  const auto folders = RuleFolders::Open(models, office);
  ASSERT_TRUE(folders.ok()) << folders.error().message;
  const auto rows = folders->Read("events.tsv", 2);
  ASSERT_TRUE(rows.ok());
  ASSERT_EQ(rows->size(), 2U);
  EXPECT_EQ((*rows)[1].cells[1], "đua ghe ngo");
  write("office/events.tsv", "event\n");
  EXPECT_NE(folders->Read("events.tsv", 2).error().message.find("office/events.tsv:1: 2 columns"), std::string::npos);
  write("office/evnts.tsv", "event\tđua ghe ngo\n");
  EXPECT_EQ(RuleFolders::Open(models, office).error().code, ErrorCode::kModel);
  EXPECT_EQ(RuleFolders::Open(models, office + "/none").error().code, ErrorCode::kMissing);
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
