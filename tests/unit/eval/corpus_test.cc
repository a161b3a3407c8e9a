#include "eval/corpus.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "base/files.h"
#include "support/temp_dir.h"

namespace hoidau {
namespace {

class CorpusTest : public ::testing::Test {
 protected:
  std::string Write(const std::string& name, const std::string& content) {
    const std::filesystem::path path = dir_.path() / name;
    std::filesystem::create_directories(path.parent_path());
    EXPECT_TRUE(WriteFileAtomic(path.string(), content));
    return path.string();
  }
  TempDir dir_;
};

TEST_F(CorpusTest, FoldersInOrderWithTheirTruth) {
  Write("b/text.txt", "hai\n");
  Write("b/gold.json", "{}");
  Write("a/text.txt", "một\n");
  Write("a/gold.json", "{\"x\": 1}");
  Write("c/NOTES", "no document");
  const auto set = LoadCorpus(dir_.path().string());
  ASSERT_TRUE(set) << set.error().message;
  ASSERT_EQ(set->documents.size(), 2u);
  EXPECT_EQ(set->documents[0].id, "a");
  EXPECT_EQ(set->documents[0].gold_text, "một\n");
  EXPECT_EQ(set->documents[0].gold_record, "{\"x\": 1}");
  const auto one = LoadCorpus(dir_ / "b/");
  ASSERT_TRUE(one);
  EXPECT_EQ(one->documents[0].id, "b");
  EXPECT_EQ(LoadCorpus(dir_ / "none").error().code, ErrorCode::kNotFound);
}

TEST_F(CorpusTest, ParagraphsAreCutIntoDocuments) {
  std::string text;
  for (int i = 0; i < 250; ++i) text += "dòng " + std::to_string(i) + "\n";
  const auto set = LoadParagraphs(Write("news.txt", text));
  ASSERT_TRUE(set);
  EXPECT_EQ(set->name, "news");
  ASSERT_EQ(set->documents.size(), 3u);
  std::string joined;
  for (const EvalDocument& d : set->documents) joined += d.gold_text;
  EXPECT_EQ(joined, text);
  EXPECT_EQ(set->documents[2].id, "lines 201-250");
}

TEST_F(CorpusTest, PairsWithLinesLeftOut) {
  const std::string observed = Write("1.txt", "mot\nhai\nba\nbon\n"), gold = Write("1.gold.txt", "một\nhai\nba\nbốn\n");
  Write("1.gold.json", "{}");
  const auto set = LoadPair(observed, gold, "1,3-4");
  ASSERT_TRUE(set);
  const EvalDocument& d = set->documents[0];
  EXPECT_EQ(d.gold_record, "{}");
  EXPECT_EQ(*d.observed, "mot\nhai\nba\nbon\n");
  EXPECT_EQ(WithoutLines(*d.observed, d.skipped), "   \nhai\n  \n   \n");
  for (const char* bad : {"0", "a", "3-1", "1;2", "-", "1-", "99999999999999999999"})
    EXPECT_FALSE(LoadPair(observed, gold, bad)) << bad;
  EXPECT_FALSE(LoadPair(observed, Write("2.gold.txt", "một\n"), "1"));  // lines that do not match
}

}  // namespace
}  // namespace hoidau
