#include "repair/lexicon.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "text/syllable.h"

namespace hoidau {
namespace {

TEST(Lexicon, FindsWordsByTextAndByStrippedForm) {
  const Lexicon lexicon = Lexicon::Build({{"sổ", -8.2F}, {"số", -4.1F}, {"sở", -6.0F}, {"lênin", -9.0F, true}});
  EXPECT_EQ(lexicon.entry(lexicon.Find("số")).text, "số");
  EXPECT_EQ(lexicon.Find("so"), Lexicon::kNoEntry);
  ASSERT_EQ(lexicon.Stripped("so").size(), 3U);
  EXPECT_EQ(lexicon.entry(lexicon.Stripped("so")[0]).text, "số") << "the commonest first";
}

TEST(Lexicon, BorrowedWordsAreOnlyInTheStrippedIndex) {
  const Lexicon lexicon = Lexicon::Build({{"lênin", -9.0F, true}, {"lên", -6.0F}});
  EXPECT_EQ(lexicon.Find("lênin"), Lexicon::kNoEntry);
  ASSERT_EQ(lexicon.Stripped("lenin").size(), 1U);
}

TEST(Lexicon, TrieHoldsEverySyllableOfTheLanguage) {
  std::vector<Lexicon::Entry> entries;
  for (const std::string& s : AllSyllables()) entries.push_back({s, -5.0F});
  const Lexicon lexicon = Lexicon::Build(entries);
  for (const Lexicon::Entry& e : entries) {
    ASSERT_NE(lexicon.Find(e.text), Lexicon::kNoEntry) << e.text;
    bool found = false;
    for (const int i : lexicon.Stripped(StripMarks(e.text))) found = found || lexicon.entry(i).text == e.text;
    ASSERT_TRUE(found) << e.text;
  }
}

TEST(Lexicon, SaysWhichLineIsWrong) {
  const std::string path = ::testing::TempDir() + "/lexicon_wrong.tsv";
  std::ofstream(path) << "# comment\nsố\t-4.1\nsổ minus eight\n";
  const Result<Lexicon> lexicon = Lexicon::Load(path);
  ASSERT_FALSE(lexicon.ok());
  EXPECT_EQ(lexicon.error().code, ErrorCode::kModel);
  EXPECT_NE(lexicon.error().message.find(":3:"), std::string::npos) << lexicon.error().message;
  std::filesystem::remove(path);
}

}  // namespace
}  // namespace hoidau
