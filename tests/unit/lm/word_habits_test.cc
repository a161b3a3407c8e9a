#include "lm/word_habits.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <cmath>
#include <cstring>
#include <filesystem>
#include <random>

#include "base/files.h"
#include "habit_builder.h"
#include "kneser_ney.h"
#include "lm/model_format.h"
#include "lm_corpus.h"
#include "model_writer.h"

namespace hoidau {
namespace {

// Rice stands near fields and never near nets; a list says nothing.
class WordHabitsTest : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    dir_ = std::filesystem::temp_directory_path() / ("hoidau_word_habits_test_" + std::to_string(getpid()));
    std::filesystem::create_directories(dir_);
    std::string text;
    std::string list;
    const char* const fillers[] = {"một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười"};
    for (const char* a : fillers) {
      for (const char* b : fillers) {
        for (const char* c : {"này", "kia", "nọ"}) {
          text += std::string("lúa ") + a + " " + b + " " + c + " ruộng\n";
          text += std::string("cá ") + b + " " + a + " " + c + " lưới\n";
          list += std::string("lúa ") + a + " , " + c + " lưới\n";
        }
        text += std::string("chị Hà và ") + a + " " + b + "\n";
      }
    }
    ASSERT_TRUE(WriteFileAtomic(dir_ / "a__text.txt", text).ok());
    ASSERT_TRUE(WriteFileAtomic(dir_ / "b__list.txt", list).ok());
    LmCorpus corpus;
    ASSERT_TRUE(ReadCorpus({dir_ / "a__text.txt", dir_ / "b__list.txt"}, {.heldout_dir = ""}, corpus).ok());
    bytes_ = HabitBytes(corpus, {.weights = {}, .lists = {"b"}});
    small_ = HabitBytes(corpus, {.weights = {}, .lists = {"b"}, .max_pairs = 10});
    ASSERT_TRUE(WriteFileAtomic(dir_ / "a.lm", ModelBytes(EstimateModel(std::move(corpus), {.log = nullptr}))).ok());
    LmCorpus other;
    ASSERT_TRUE(ReadCorpus({dir_ / "b__list.txt"}, {.heldout_dir = ""}, other).ok());
    ASSERT_TRUE(WriteFileAtomic(dir_ / "b.lm", ModelBytes(EstimateModel(std::move(other), {.log = nullptr}))).ok());
  }
  static void TearDownTestSuite() { std::filesystem::remove_all(dir_); }

  static NgramModel Model(const char* name = "a.lm") { return std::move(*NgramModel::Open(dir_ / name)); }
  static Result<WordHabits> OpenBytes(const std::string& bytes, const NgramModel& lm) {
    EXPECT_TRUE(WriteFileAtomic(dir_ / "it.habits", bytes).ok());
    return WordHabits::Open(dir_ / "it.habits", lm);
  }

  static inline std::filesystem::path dir_;
  static inline std::string bytes_, small_;
};

TEST_F(WordHabitsTest, SaysWhatStandsTogetherAndWhatDoesNot) {
  const NgramModel lm = Model();
  const Result<WordHabits> habits = OpenBytes(bytes_, lm);
  ASSERT_TRUE(habits.ok()) << habits.error().message;
  const auto id = [&](const char* word) { return lm.Find(word); };
  // 300 of 2,100 pairs; each of the two is in 600 of them, which makes 86 by chance; 20 are the prior.
  EXPECT_NEAR(habits->Near(id("lúa"), id("ruộng")), std::log(320 / 106.0), 0.02);
  EXPECT_EQ(habits->Near(id("lúa"), id("ruộng")), habits->Near(id("ruộng"), id("lúa")));
  EXPECT_LT(habits->Near(id("lúa"), id("lưới")), -1);
  EXPECT_EQ(habits->Near(id("lúa"), kUnknownWord), 0);
  EXPECT_EQ(habits->Near(id("lúa"), 60000), 0);
}

TEST_F(WordHabitsTest, TwoApartHasADirection) {
  const NgramModel lm = Model();
  const Result<WordHabits> habits = OpenBytes(bytes_, lm);
  ASSERT_TRUE(habits.ok()) << habits.error().message;
  EXPECT_GT(habits->TwoApart(lm.Find("lúa"), lm.Find("một")), 0.4F);
  EXPECT_LE(habits->TwoApart(lm.Find("một"), lm.Find("lúa")), 0);
}

TEST_F(WordHabitsTest, KnowsWhichWordsBeginWithACapital) {
  const NgramModel lm = Model();
  const Result<WordHabits> habits = OpenBytes(bytes_, lm);
  ASSERT_TRUE(habits.ok()) << habits.error().message;
  const WordId name = lm.Find("Hà");
  const WordId small = lm.Find("một");
  EXPECT_GT(habits->FirstLetter(lm.Find("hà"), true), habits->FirstLetter(small, true) + 2);
  EXPECT_LT(habits->FirstLetter(lm.Find("hà"), false), habits->FirstLetter(small, false) - 1);
  EXPECT_NEAR(std::exp(habits->FirstLetter(small, true)) + std::exp(habits->FirstLetter(small, false)), 1, 1e-4);
  EXPECT_EQ(habits->FirstLetter(name, true), 0);  // the model knows small letters only
  EXPECT_EQ(habits->FirstLetter(60000, true), 0);
}

TEST_F(WordHabitsTest, KeepsThePairsThatMatterMost) {
  const NgramModel lm = Model();
  const Result<WordHabits> habits = OpenBytes(small_, lm);
  ASSERT_TRUE(habits.ok()) << habits.error().message;
  EXPECT_LT(small_.size(), bytes_.size());
  EXPECT_LT(habits->Near(lm.Find("lúa"), lm.Find("lưới")), -1);
  EXPECT_EQ(habits->TwoApart(lm.Find("lúa"), lm.Find("một")), 0);
}

TEST_F(WordHabitsTest, IsOfOneLanguageModel) {
  EXPECT_EQ(WordHabits::Open("no/such/file.habits", Model()).error().code, ErrorCode::kNotFound);
  const Result<WordHabits> habits = OpenBytes(bytes_, Model("b.lm"));
  ASSERT_FALSE(habits.ok());
  EXPECT_EQ(habits.error().code, ErrorCode::kModel);
}

TEST_F(WordHabitsTest, EveryFlippedByteAndEveryCutIsFound) {
  const NgramModel lm = Model();
  for (std::size_t at = 0; at < bytes_.size(); at += at < 64 ? 1 : 13) {
    std::string bytes = bytes_;
    bytes[at] = static_cast<char>(bytes[at] ^ 0x10);
    EXPECT_FALSE(OpenBytes(bytes, lm).ok()) << at;
    EXPECT_FALSE(OpenBytes(bytes_.substr(0, at), lm).ok()) << at;
  }
  EXPECT_FALSE(OpenBytes(bytes_ + "12345678", lm).ok());
}

// The checksum is right, the content is not: refused, or safe to use.
TEST_F(WordHabitsTest, ForgedFilesAreRefusedOrSafe) {
  const NgramModel lm = Model();
  std::mt19937 random(5);
  for (int round = 0; round < 300; ++round) {
    std::string bytes = bytes_;
    for (int k = 0; k < 3; ++k) {
      const std::size_t most = round % 2 == 0 ? 160 : bytes.size() - 8;
      bytes[8 + random() % most] = static_cast<char>(random());
    }
    WordHabits::FileHeader header;
    std::memcpy(&header, bytes.data(), sizeof header);
    const std::string_view all = bytes;
    header.checksum = lm_format::Checksum(all.substr(0, offsetof(WordHabits::FileHeader, checksum)),
                                          lm_format::Checksum(all.substr(sizeof header)));
    std::memcpy(bytes.data(), &header, sizeof header);
    const Result<WordHabits> habits = OpenBytes(bytes, lm);
    if (!habits) continue;
    for (WordId a = 0; a < lm.vocabulary_size() + 2; ++a) {
      for (WordId b = 0; b < lm.vocabulary_size() + 2; ++b)
        EXPECT_TRUE(std::isfinite(habits->Near(a, b) + habits->TwoApart(a, b) + habits->FirstLetter(a, true)));
    }
  }
}

}  // namespace
}  // namespace hoidau
