#include "lm/ngram_model.h"

#include <gmock/gmock.h>
#include <unistd.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <map>
#include <random>
#include <set>

#include "base/files.h"
#include "kneser_ney.h"
#include "lm/model_format.h"
#include "lm/vocabulary.h"
#include "lm_corpus.h"
#include "model_writer.h"

namespace hoidau {
namespace {

using Words = std::vector<WordId>;

// A tiny model, as the builder holds it and as the reader does.
class NgramModelTest : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    LmCorpus corpus;
    const std::string data = HOIDAU_SOURCE_DIR "/tests/data/lm/";
    const CorpusOptions options{.seed = 3, .min_syllable_count = 1, .min_word_count = 1, .heldout_dir = ""};
    ASSERT_TRUE(ReadCorpus({data + "plan__tiny.txt", data + "story__tiny.txt"}, options, corpus).ok());
    for (const auto& [domain, ids] : corpus.domains) sentences_.insert(sentences_.end(), ids.begin(), ids.end());
    built_ = new BackoffModel(EstimateModel(std::move(corpus), {.weights = {{"plan", 3.0}}, .log = nullptr}));
    bytes_ = new std::string(ModelBytes(*built_));
    path_ = std::filesystem::temp_directory_path() / ("hoidau_lm_test_" + std::to_string(getpid()) + ".lm");
    ASSERT_TRUE(WriteFileAtomic(path_, *bytes_).ok());
    Result<NgramModel> model = NgramModel::Open(path_);
    ASSERT_TRUE(model.ok()) << model.error().message;
    model_ = new NgramModel(std::move(*model));
  }
  static void TearDownTestSuite() {
    delete model_;
    delete built_;
    delete bytes_;
    std::filesystem::remove(path_);
  }

  static NgramModel::State After(const Words& history) {
    NgramModel::State state;
    NgramModel::State next;
    for (const WordId w : history) {
      if (w == kSentenceBegin) {
        next = model_->BeginState();
      } else {
        model_->Score(state, w, next);
      }
      state = next;
    }
    return state;
  }

  static std::int64_t IndexOf(const Words& ngram) {
    std::uint64_t key = 0;
    for (const WordId w : ngram) key = key << 16 | w;
    const std::vector<std::uint64_t>& keys = built_->levels[ngram.size() - 1].keys;
    const auto it = std::lower_bound(keys.begin(), keys.end(), key);
    return it != keys.end() && *it == key ? it - keys.begin() : -1;
  }
  static double Left(const BackoffLevel& level, const Words& context, bool below) {
    double left = 1;
    std::uint64_t key = 0;
    for (const WordId w : context) key = key << 16 | w;
    for (std::size_t i = 0; i < level.keys.size(); ++i) {
      if (level.keys[i] >> 16 != key) continue;
      left -= below ? built_->levels[context.size() - 1].probability[level.suffix[i]] : level.probability[i];
    }
    return left;
  }
  // p(word | context) by the definition of a back-off model, from the builder's tables.
  static double BuilderProbability(Words context, WordId word) {
    if (context.size() > 3) context.erase(context.begin(), context.end() - 3);
    Words ngram = context;
    ngram.push_back(word);
    const std::int64_t at = IndexOf(ngram);
    if (at >= 0) return static_cast<double>(built_->levels[ngram.size() - 1].probability[static_cast<std::size_t>(at)]);
    const Words shorter(context.begin() + 1, context.end());
    const double lower = BuilderProbability(shorter, word);
    if (IndexOf(context) < 0) return lower;
    const BackoffLevel& level = built_->levels[context.size()];
    return lower * Left(level, context, false) / Left(level, context, true);
  }

  // Every window of the training text, and some that never were.
  static std::vector<Words> Histories() {
    std::vector<Words> out = {{}, {kUnknownWord}, {kUnknownWord, kUnknownWord, kUnknownWord}, {5, 4, 3}, {9, 9, 9}};
    std::mt19937 random(7);
    for (std::size_t i = 0; i + 4 < sentences_.size(); i += 3) {
      Words h;
      for (std::size_t j = i; j < i + 1 + random() % 4; ++j) {
        if (sentences_[j] == kSentenceBegin) h.clear();
        if (sentences_[j] == kSentenceEnd) break;
        h.push_back(sentences_[j]);
      }
      out.push_back(h);
    }
    return out;
  }

  static inline std::vector<std::uint16_t> sentences_;
  static inline BackoffModel* built_ = nullptr;
  static inline NgramModel* model_ = nullptr;
  static inline std::string* bytes_ = nullptr;
  static inline std::string path_;
};

TEST_F(NgramModelTest, HeaderExample) {
  const NgramModel::State state = model_->BeginState();
  NgramModel::State next;
  EXPECT_LT(model_->Score(state, model_->Find("thực"), next), 0);
  EXPECT_EQ(model_->order(), 4);
  EXPECT_GT(model_->ngrams(4), 0U);
}

TEST_F(NgramModelTest, TokensAreFoundByTheirIds) {
  for (WordId w = 1; w < model_->vocabulary_size(); ++w) EXPECT_EQ(model_->Find(model_->Token(w)), w);
  EXPECT_EQ(model_->Token(kSentenceBegin), "<s>");
  EXPECT_EQ(model_->Find("khuếch"), kUnknownWord);
  EXPECT_EQ(model_->Find(""), kUnknownWord);
}

TEST_F(NgramModelTest, ProbabilitiesSumToOne) {
  for (const Words& h : Histories()) {
    const NgramModel::State state = After(h);
    double sum = 0;
    NgramModel::State next;
    for (WordId w = 0; w < model_->vocabulary_size(); ++w)
      sum += std::exp(static_cast<double>(model_->Score(state, w, next)));
    // The 8-bit books hold nearly every value of so small a model.
    EXPECT_NEAR(sum, 1, 1e-4) << ::testing::PrintToString(h);
  }
}

TEST_F(NgramModelTest, EqualsTheBuildersProbabilities) {
  for (const Words& h : Histories()) {
    const NgramModel::State state = After(h);
    NgramModel::State next;
    for (WordId w = 0; w < model_->vocabulary_size(); w += 3) {
      if (w == kSentenceBegin) continue;
      ASSERT_NEAR(model_->Score(state, w, next), std::log(BuilderProbability(h, w)), 1e-3)
          << ::testing::PrintToString(h) << " " << model_->Token(w);
    }
  }
}

TEST_F(NgramModelTest, EqualStatesScoreEverythingEqually) {
  std::map<std::uint64_t, NgramModel::State> by_key;
  std::size_t merged = 0;
  for (const Words& h : Histories()) {
    const NgramModel::State state = After(h);
    const auto [it, fresh] = by_key.try_emplace(state.Key(), state);
    if (fresh) continue;
    EXPECT_TRUE(it->second == state);
    ++merged;
    for (WordId w = 0; w < model_->vocabulary_size(); w += 5) {
      NgramModel::State a;
      NgramModel::State b;
      ASSERT_EQ(model_->Score(state, w, a), model_->Score(it->second, w, b));
      ASSERT_TRUE(a == b);
    }
  }
  EXPECT_GT(merged, 20U);
}

TEST_F(NgramModelTest, StatesAreNoLongerThanTheModelContinuesThem) {
  const WordId chalk = model_->Find("chè");
  const WordId plan = model_->Find("kế");
  EXPECT_EQ(After({chalk, plan}).length, 1U);  // never seen together
  EXPECT_TRUE(After({chalk, plan}) == After({plan}));
  EXPECT_EQ(After({model_->Find("ủy"), model_->Find("ban"), model_->Find("nhân")}).length, 3U);
}

TEST_F(NgramModelTest, IdsBeyondTheVocabularyAreUnknown) {
  NgramModel::State a;
  NgramModel::State b;
  EXPECT_EQ(model_->Score(model_->BeginState(), 1'000'000, a), model_->Score(model_->BeginState(), kUnknownWord, b));
  EXPECT_TRUE(a == b);
}

class DamagedModelTest : public NgramModelTest {
 protected:
  static Result<NgramModel> OpenBytes(const std::string& bytes) {
    const std::string path = path_ + ".damaged";
    std::ofstream(path, std::ios::binary) << bytes;
    Result<NgramModel> model = NgramModel::Open(path);
    std::filesystem::remove(path);
    return model;
  }
  static void ExpectDamaged(const std::string& bytes, const std::string& what) {
    const Result<NgramModel> model = OpenBytes(bytes);
    ASSERT_FALSE(model.ok()) << what;
    EXPECT_EQ(model.error().code, ErrorCode::kModel) << what;
  }
};

TEST_F(DamagedModelTest, MissingFile) {
  const Result<NgramModel> model = NgramModel::Open("no/such/model.lm");
  ASSERT_FALSE(model.ok());
  EXPECT_EQ(model.error().code, ErrorCode::kNotFound);
}

TEST_F(DamagedModelTest, EveryFlippedByteIsFound) {
  std::string bytes = *bytes_;
  for (std::size_t at = 0; at < bytes.size(); at += at < 256 ? 1 : 37) {
    bytes[at] = static_cast<char>(bytes[at] ^ 0x10);
    ExpectDamaged(bytes, "byte " + std::to_string(at));
    bytes[at] = (*bytes_)[at];
  }
}

TEST_F(DamagedModelTest, EveryTruncationIsFound) {
  for (std::size_t size = 0; size < bytes_->size(); size += size < 64 ? 1 : 211)
    ExpectDamaged(bytes_->substr(0, size), std::to_string(size));
  ExpectDamaged(*bytes_ + "x", "one byte more");
}

// Files made to look whole: the checksum is right, the content is not. They may open; then they must be safe to use.
TEST_F(DamagedModelTest, ForgedFilesAreRefusedOrSafe) {
  std::mt19937 random(11);
  std::size_t refused = 0;
  for (int round = 0; round < 1500; ++round) {
    std::string bytes = *bytes_;
    for (int k = 0; k < 3; ++k) {
      const std::size_t at = 8 + random() % (round % 2 == 0 ? 4096 : bytes.size() - 8);
      bytes[at] = static_cast<char>(random());
    }
    lm_format::FileHeader header;
    std::memcpy(&header, bytes.data(), sizeof header);
    header.bytes = bytes.size();
    header.version = lm_format::kVersion;
    std::memcpy(bytes.data(), &header, sizeof header);
    header.checksum = lm_format::Checksum(
        std::string_view(bytes).substr(sizeof header),
        lm_format::Checksum(std::string_view(bytes).substr(0, offsetof(lm_format::FileHeader, checksum))));
    std::memcpy(bytes.data(), &header, sizeof header);
    const Result<NgramModel> model = OpenBytes(bytes);
    if (!model) {
      EXPECT_EQ(model.error().code, ErrorCode::kModel);
      ++refused;
      continue;
    }
    NgramModel::State state = model->BeginState();
    NgramModel::State next;
    for (const std::uint16_t w : sentences_) {
      EXPECT_TRUE(std::isfinite(model->Score(state, w, next)));
      state = next;
    }
  }
  EXPECT_GT(refused, 100U);
}

}  // namespace
}  // namespace hoidau
