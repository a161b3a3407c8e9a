// The builder: the slice held out, counts against a naive reference, what may not be published, pruning.
#include <gmock/gmock.h>
#include <unistd.h>
#include <zstd.h>

#include <array>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>

#include "base/files.h"
#include "kneser_ney.h"
#include "lm/ngram_model.h"
#include "lm_corpus.h"
#include "model_writer.h"

namespace hoidau {
namespace {

using Ngram = std::vector<std::uint16_t>;

class TrainLmTest : public ::testing::Test {
 protected:
  void SetUp() override {
    dir_ = std::filesystem::temp_directory_path() / ("hoidau_train_lm_test_" + std::to_string(getpid()));
    std::filesystem::create_directories(dir_);
  }
  void TearDown() override { std::filesystem::remove_all(dir_); }
  std::string Write(const std::string& name, const std::string& text) const {
    EXPECT_TRUE(WriteFileAtomic(dir_ / name, text).ok());
    return dir_ / name;
  }
  static LmCorpus Tiny(std::uint64_t min_count = 1) {
    LmCorpus corpus;
    const CorpusOptions options{
        .seed = 3, .min_syllable_count = min_count, .min_word_count = min_count, .heldout_dir = ""};
    EXPECT_TRUE(ReadCorpus({HOIDAU_SOURCE_DIR "/tests/data/lm/plan__tiny.txt",
                            HOIDAU_SOURCE_DIR "/tests/data/lm/story__tiny.txt"},
                           options, corpus)
                    .ok());
    return corpus;
  }

  std::filesystem::path dir_;
};

std::uint64_t Key(const Ngram& ngram) {
  std::uint64_t key = 0;
  for (const std::uint16_t w : ngram) key = key << 16 | w;
  return key;
}

// Interpolated modified Kneser-Ney as in the textbook, over maps.
class Reference {
 public:
  Reference(const std::vector<std::uint16_t>& sentences, std::size_t order, std::size_t vocabulary)
      : vocabulary_(vocabulary), raw_(order), adjusted_(order) {
    std::vector<Ngram> lines;
    for (const std::uint16_t w : sentences) {
      if (w == kSentenceBegin) lines.emplace_back();
      lines.back().push_back(w);
    }
    for (const Ngram& line : lines) {
      for (std::size_t n = 1; n <= order; ++n) {
        for (std::size_t i = 0; i + n <= line.size(); ++i) ++raw_[n - 1][Ngram(line.begin() + i, line.begin() + i + n)];
      }
    }
    raw_[0].erase({kSentenceBegin});
    for (std::size_t n = 1; n <= order; ++n) {
      for (const auto& [ngram, count] : raw_[n - 1]) {
        int left = 0;
        if (n < order) {
          for (const auto& [longer, unused] : raw_[n])
            left += std::equal(ngram.begin(), ngram.end(), longer.begin() + 1);
        }
        adjusted_[n - 1][ngram] = n == order || ngram[0] == kSentenceBegin ? count : left;
      }
      std::array<double, 5> seen{};
      for (const auto& [ngram, count] : adjusted_[n - 1]) {
        if (count < 5) ++seen[count];
      }
      const double y = seen[1] / (seen[1] + 2 * seen[2]);
      std::array<double, 4> d = {0, 1 - 2 * y * seen[2] / seen[1], 2 - 3 * y * seen[3] / seen[2],
                                 3 - 4 * y * seen[4] / seen[3]};
      for (int k = 1; k <= 3; ++k) {
        if (!(d[k] > 0 && d[k] < k)) {
          d = {0, 0.5, 1, 1.5};
          break;
        }
      }
      discounts_.push_back(d);
    }
  }

  double Probability(const Ngram& ngram) const {
    const std::size_t n = ngram.size();
    if (n == 0) return 1.0 / static_cast<double>(vocabulary_ - 1);
    double total = 0;
    double spare = 0;
    double own = 0;
    for (const auto& [other, count] : adjusted_[n - 1]) {
      if (!std::equal(ngram.begin(), ngram.end() - 1, other.begin())) continue;
      const double discount = discounts_[n - 1][std::min(count, 3)];
      total += count;
      spare += discount;
      if (other == ngram) own = count - discount;
    }
    const double lower = Probability(Ngram(ngram.begin() + 1, ngram.end()));
    return total > 0 ? own / total + spare / total * lower : lower;
  }

  const std::map<Ngram, int>& raw(std::size_t n) const { return raw_[n - 1]; }

 private:
  std::size_t vocabulary_;
  std::vector<std::map<Ngram, int>> raw_;
  std::vector<std::map<Ngram, int>> adjusted_;
  std::vector<std::array<double, 4>> discounts_;
};

TEST_F(TrainLmTest, ProbabilitiesAreThoseOfTheTextbook) {
  LmCorpus corpus = Tiny();
  corpus.domains.erase("story");
  const Reference reference(corpus.domains["plan"], 4, corpus.tokens.size());
  const BackoffModel model = EstimateModel(corpus, {.min_count = 1, .log = nullptr});
  for (std::size_t n = 1; n <= 4; ++n) {
    const BackoffLevel& level = model.levels[n - 1];
    EXPECT_EQ(level.keys.size(), n == 1 ? corpus.tokens.size() : reference.raw(n).size());
    for (std::size_t i = 0; i < level.keys.size(); ++i) {
      Ngram ngram;
      for (std::size_t j = n; j-- > 0;) ngram.push_back(static_cast<std::uint16_t>(level.keys[i] >> (16 * j)));
      if (ngram == Ngram{kSentenceBegin}) continue;
      ASSERT_NEAR(level.probability[i], reference.Probability(ngram), 1e-5) << ::testing::PrintToString(ngram);
    }
  }
}

TEST_F(TrainLmTest, WhatWasSeenOnceIsNotPublished) {
  const LmCorpus corpus = Tiny();
  std::vector<std::uint16_t> all;
  for (const auto& [domain, ids] : corpus.domains) all.insert(all.end(), ids.begin(), ids.end());
  const Reference reference(all, 4, corpus.tokens.size());
  const BackoffModel model = EstimateModel(corpus, {.log = nullptr});
  for (std::size_t n = 2; n <= 4; ++n) {
    std::set<std::uint64_t> twice;
    for (const auto& [ngram, count] : reference.raw(n)) {
      if (count >= 2) twice.insert(Key(ngram));
    }
    EXPECT_THAT(model.levels[n - 1].keys, ::testing::ElementsAreArray(twice));
  }
}

TEST_F(TrainLmTest, OwnTextStaysHoweverRare) {
  const LmCorpus corpus = Tiny();
  const Reference plan(corpus.domains.at("plan"), 4, corpus.tokens.size());
  const BackoffModel model = EstimateModel(corpus, {.own = {"plan"}, .log = nullptr});
  for (std::size_t n = 2; n <= 4; ++n) {
    const std::vector<std::uint64_t>& keys = model.levels[n - 1].keys;
    for (const auto& [ngram, count] : plan.raw(n))
      EXPECT_TRUE(std::binary_search(keys.begin(), keys.end(), Key(ngram))) << ::testing::PrintToString(ngram);
  }
}

TEST_F(TrainLmTest, WeightsMoveTheMixture) {
  const auto probability_of = [](const char* token, double plan, double story) {
    const LmCorpus corpus = Tiny();
    const std::size_t id =
        static_cast<std::size_t>(std::find(corpus.tokens.begin(), corpus.tokens.end(), token) - corpus.tokens.begin());
    return EstimateModel(corpus, {.weights = {{"plan", plan}, {"story", story}}, .log = nullptr})
        .levels[0]
        .probability[id];
  };
  EXPECT_GT(probability_of("phường", 10, 1), probability_of("phường", 1, 1));
  EXPECT_LT(probability_of("chè", 10, 1), probability_of("chè", 1, 1));
}

TEST_F(TrainLmTest, PruningKeepsPrefixesAndSuffixes) {
  const BackoffModel whole = EstimateModel(Tiny(), {.log = nullptr});
  const BackoffModel pruned = EstimateModel(Tiny(), {.max_bytes = 3400, .log = nullptr});
  std::size_t whole_size = 0;
  std::size_t pruned_size = 0;
  for (std::size_t n = 2; n <= 4; ++n) {
    const std::vector<std::uint64_t>& keys = pruned.levels[n - 1].keys;
    const std::vector<std::uint64_t>& below = pruned.levels[n - 2].keys;
    whole_size += whole.levels[n - 1].keys.size();
    pruned_size += keys.size();
    EXPECT_TRUE(std::is_sorted(keys.begin(), keys.end()));
    for (std::size_t i = 0; i < keys.size(); ++i) {
      EXPECT_TRUE(std::binary_search(below.begin(), below.end(), keys[i] >> 16));
      EXPECT_EQ(below[pruned.levels[n - 1].suffix[i]], keys[i] & ((std::uint64_t{1} << (16 * (n - 1))) - 1));
    }
  }
  EXPECT_LT(pruned_size, whole_size);
  EXPECT_GT(pruned_size, 0U);
}

TEST_F(TrainLmTest, OneBlockInAHundredIsHeldOut) {
  int held_out = 0;
  for (std::uint64_t block = 0; block < 20000; ++block) held_out += IsHeldOut("news__a.txt.zst", block, 1) ? 1 : 0;
  EXPECT_NEAR(held_out, 200, 45);
}

// Five words that no other number has: numbers themselves are one token.
std::string DistinctWords(int i) {
  std::string out;
  for (int k = 0; k < 5; ++k, i /= 10) out += std::string(" ") + "abcdeghiko"[i % 10];
  return out;
}

TEST_F(TrainLmTest, HeldOutLinesAreWrittenAndNotCounted) {
  std::string text;
  for (int i = 0; i < 40000; ++i) text += "dòng " + std::to_string(i) + DistinctWords(i) + "\n";
  const std::string path = Write("sổ__dài.txt", text);
  const CorpusOptions options{.heldout_dir = dir_};
  LmCorpus corpus;
  ASSERT_TRUE(ReadCorpus({path}, options, corpus).ok());
  std::ifstream held_out(dir_ / "sổ.txt");
  std::string line;
  std::size_t lines = 0;
  while (std::getline(held_out, line)) {
    const std::uint64_t number = std::stoull(line.substr(line.find(' ') + 1));
    EXPECT_TRUE(IsHeldOut("sổ__dài.txt", number / kHeldOutBlockLines, options.seed)) << line;
    ++lines;
  }
  EXPECT_GT(lines, 0U);
  EXPECT_EQ(lines % kHeldOutBlockLines, 0U);
  EXPECT_EQ(std::count(corpus.domains["sổ"].begin(), corpus.domains["sổ"].end(), kSentenceEnd),
            static_cast<std::ptrdiff_t>(40000 - lines));
}

TEST_F(TrainLmTest, LinesThatComeAgainCountOnceAndHeldOutOnesNowhere) {
  const std::string copy = "một dòng ở hai nơi\n";
  std::uint64_t block = 0;
  while (!IsHeldOut("b__held.txt", block, 1)) ++block;
  std::string held(block * kHeldOutBlockLines, '\n');
  held += "dòng được giữ lại\n";
  const std::string a = Write("a__one.txt", copy + copy + "Dòng được giữ lại\nDòng khác\n");
  LmCorpus corpus;
  ASSERT_TRUE(ReadCorpus({a, Write("b__held.txt", held), Write("c__two.txt", copy)}, {}, corpus).ok());
  EXPECT_EQ(std::count(corpus.domains["a"].begin(), corpus.domains["a"].end(), kSentenceEnd), 2);
  EXPECT_TRUE(corpus.domains["b"].empty());
  EXPECT_TRUE(corpus.domains["c"].empty());
}

TEST_F(TrainLmTest, ReadsCompressedLinesAndSaysWhatIsDamaged) {
  const std::string text = "một hai\nba bốn";
  std::string packed(ZSTD_compressBound(text.size()), '\0');
  packed.resize(ZSTD_compress(packed.data(), packed.size(), text.data(), text.size(), 3));
  std::vector<std::string> lines;
  const auto collect = [&](std::string_view line) { lines.emplace_back(line); };
  ASSERT_TRUE(ForEachLine(Write("a.txt.zst", packed), collect).ok());
  EXPECT_THAT(lines, ::testing::ElementsAre("một hai", "ba bốn"));
  const Status cut = ForEachLine(Write("b.txt.zst", packed.substr(0, packed.size() - 3)), collect);
  ASSERT_FALSE(cut.ok());
  EXPECT_EQ(cut.error().code, ErrorCode::kBadInput);
  const Status missing = ForEachLine(dir_ / "none.txt", collect);
  ASSERT_FALSE(missing.ok());
  EXPECT_EQ(missing.error().code, ErrorCode::kNotFound);
}

TEST_F(TrainLmTest, ModelsOfEveryOrderAndOfNoTextAreReadable) {
  for (const int order : {2, 3, 4}) {
    const std::string path = Write("order.lm", ModelBytes(EstimateModel(Tiny(), {.order = order, .log = nullptr})));
    const Result<NgramModel> model = NgramModel::Open(path);
    ASSERT_TRUE(model.ok()) << model.error().message;
    EXPECT_EQ(model->order(), order);
  }
  LmCorpus empty;
  ASSERT_TRUE(ReadCorpus({Write("empty.txt", "")}, {}, empty).ok());
  const Result<NgramModel> model =
      NgramModel::Open(Write("empty.lm", ModelBytes(EstimateModel(empty, {.log = nullptr}))));
  ASSERT_TRUE(model.ok()) << model.error().message;
  NgramModel::State next;
  EXPECT_TRUE(std::isfinite(model->Score(model->BeginState(), kUnknownWord, next)));
}

}  // namespace
}  // namespace hoidau
