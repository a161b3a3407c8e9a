#include "lm/word_judge.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <filesystem>
#include <random>

#include "base/files.h"
#include "kneser_ney.h"
#include "lm/model_format.h"
#include "lm_corpus.h"
#include "model_writer.h"

namespace hoidau {
namespace {

using Shape = WordJudge::Shape;
constexpr std::size_t kWidth = 3, kHidden = 32, kOut = 16, kShapes = 4;

// A judge of a few words with weights by chance.
struct Weights {
  std::vector<std::string> words = {"<unk>", "<outside>", "con", "mưa", "mua", "quá"};
  std::vector<std::int8_t> input, output, first, second;
  std::vector<float> input_scale, output_scale, bias, shapes, first_scale, first_bias, own_shape, second_scale,
      second_bias;

  Weights() {
    std::mt19937 random(1);
    std::uniform_real_distribution<float> any(-0.5F, 0.5F);
    const auto floats = [&](std::vector<float>& to, std::size_t size) {
      to.resize(size);
      std::generate(to.begin(), to.end(), [&] { return any(random); });
    };
    const auto bytes = [&](std::vector<std::int8_t>& to, std::size_t size) {
      to.resize(size);
      std::generate(to.begin(), to.end(), [&] { return static_cast<std::int8_t>(any(random) * 250); });
    };
    bytes(input, words.size() * kWidth);
    bytes(output, words.size() * kOut);
    floats(input_scale, words.size());
    floats(output_scale, words.size());
    floats(bias, words.size());
    floats(shapes, kShapes * kWidth);
    bytes(first, 2 * WordJudge::kReach * kWidth * kHidden);
    floats(first_scale, 2 * WordJudge::kReach * kWidth);
    floats(first_bias, kHidden);
    floats(own_shape, kShapes * kHidden);
    bytes(second, kHidden * kOut);
    floats(second_scale, kHidden);
    floats(second_bias, kOut);
  }

  std::string Bytes() const {
    std::string text;
    for (const std::string& w : words) text += w + "\n";
    std::string body;
    const auto add = [&](const void* data, std::size_t size) {
      body.append(static_cast<const char*>(data), size);
      body.append((8 - body.size() % 8) % 8, '\0');
    };
    const auto floats = [&](const std::vector<float>& v) { add(v.data(), v.size() * sizeof(float)); };
    add(text.data(), text.size());
    add(input.data(), input.size());
    floats(input_scale);
    add(output.data(), output.size());
    for (const auto* v : {&output_scale, &bias, &shapes}) floats(*v);
    add(first.data(), first.size());
    for (const auto* v : {&first_scale, &first_bias, &own_shape}) floats(*v);
    add(second.data(), second.size());
    for (const auto* v : {&second_scale, &second_bias}) floats(*v);
    WordJudge::FileHeader header;
    header.words = static_cast<std::uint32_t>(words.size());
    header.word_bytes = static_cast<std::uint32_t>(text.size());
    header.width = kWidth;
    header.hidden = kHidden;
    header.out = kOut;
    const std::string_view head(reinterpret_cast<const char*>(&header), offsetof(WordJudge::FileHeader, checksum));
    header.checksum = lm_format::Checksum(head, lm_format::Checksum(body));
    return std::string(reinterpret_cast<const char*>(&header), sizeof header) + body;
  }

  // The score as the header tells it, term by term.
  double Score(const std::vector<int>& rows, const std::vector<Shape>& form, int place, int row) const {
    std::vector<double> said(second_bias.begin(), second_bias.end());
    for (std::size_t h = 0; h < kHidden; ++h) {
      double sum =
          first_bias[h] + own_shape[static_cast<std::size_t>(form[static_cast<std::size_t>(place)]) * kHidden + h];
      std::size_t slot = 0;
      for (int offset = -WordJudge::kReach; offset <= WordJudge::kReach; ++offset) {
        if (offset == 0) continue;
        const int at = place + offset;
        const bool outside = at < 0 || at >= static_cast<int>(rows.size());
        const auto r = static_cast<std::size_t>(outside ? 1 : rows[static_cast<std::size_t>(at)]);
        const auto s = outside ? 0 : static_cast<std::size_t>(form[static_cast<std::size_t>(at)]);
        for (std::size_t i = 0; i < kWidth; ++i, ++slot) {
          const double x = static_cast<double>(input[r * kWidth + i]) * static_cast<double>(input_scale[r]) +
                           static_cast<double>(shapes[s * kWidth + i]);
          sum += x * static_cast<double>(first[slot * kHidden + h]) * static_cast<double>(first_scale[slot]);
        }
      }
      for (std::size_t o = 0; o < kOut; ++o)
        said[o] +=
            std::max(sum, 0.0) * static_cast<double>(second[h * kOut + o]) * static_cast<double>(second_scale[h]);
    }
    const auto r = static_cast<std::size_t>(row);
    double score = bias[r];
    for (std::size_t o = 0; o < kOut; ++o)
      score += said[o] * static_cast<double>(output[r * kOut + o]) * static_cast<double>(output_scale[r]);
    return score;
  }
};

class WordJudgeTest : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    dir_ = std::filesystem::temp_directory_path() / ("hoidau_word_judge_test_" + std::to_string(getpid()));
    std::filesystem::create_directories(dir_);
    ASSERT_TRUE(WriteFileAtomic(dir_ / "text.txt", "con mưa to quá\ncon mua to quá\ncon mưa to mua quá\n").ok());
    LmCorpus corpus;
    ASSERT_TRUE(
        ReadCorpus({dir_ / "text.txt"}, {.min_syllable_count = 1, .min_word_count = 1, .heldout_dir = ""}, corpus)
            .ok());
    ASSERT_TRUE(WriteFileAtomic(dir_ / "a.lm", ModelBytes(EstimateModel(std::move(corpus), {.log = nullptr}))).ok());
  }
  static void TearDownTestSuite() { std::filesystem::remove_all(dir_); }

  static NgramModel Model() { return std::move(*NgramModel::Open(dir_ / "a.lm")); }
  static Result<WordJudge> OpenBytes(const std::string& bytes, const NgramModel& lm) {
    EXPECT_TRUE(WriteFileAtomic(dir_ / "it.judge", bytes).ok());
    return WordJudge::Open(dir_ / "it.judge", lm);
  }
  static inline std::filesystem::path dir_;
};

TEST_F(WordJudgeTest, ScoresAsItsDefinitionSays) {
  const NgramModel lm = Model();
  const Weights weights;
  const Result<WordJudge> judge = OpenBytes(weights.Bytes(), lm);
  ASSERT_TRUE(judge.ok()) << judge.error().message;
  const std::vector<std::string> words = {"con", "mưa", "to",  "quá", "con", "mua", "quá", "mưa", "con", "to",
                                          "mua", "quá", "con", "mưa", "mua", "to",  "quá", "con", "mưa", "quá"};
  const auto row_of = [&](const std::string& word) {
    const auto it = std::find(weights.words.begin(), weights.words.end(), word);
    return it == weights.words.end() ? 0 : static_cast<int>(it - weights.words.begin());  // "to" is none of its words
  };
  WordJudge::Sentence sentence;
  std::vector<int> rows;
  std::vector<std::uint32_t> places;
  for (std::size_t i = 0; i < words.size(); ++i) {
    sentence.words.push_back(lm.Find(words[i]));
    sentence.shapes.push_back(i % 5 == 0 ? Shape::kTitle : i % 7 == 0 ? Shape::kUpper : Shape::kLower);
    rows.push_back(row_of(words[i]));
    places.push_back(static_cast<std::uint32_t>(words.size() - 1 - i));
  }
  WordJudge::Scratch scratch;
  judge->Hear(sentence, places, scratch);
  for (std::size_t n = 0; n < places.size(); ++n) {
    for (const char* word : {"con", "mưa", "mua", "quá"}) {
      const double expected = weights.Score(rows, sentence.shapes, static_cast<int>(places[n]), row_of(word));
      EXPECT_NEAR(judge->Score(scratch, n, lm.Find(word)), expected, 1e-3 * (1 + std::abs(expected))) << n << word;
    }
    EXPECT_EQ(judge->Score(scratch, n, lm.Find("to")), 0);
    EXPECT_EQ(judge->Score(scratch, n, kUnknownWord), 0);
    EXPECT_EQ(judge->Score(scratch, n, 60000), 0);
  }
  judge->Hear(sentence, {}, scratch);  // nothing in doubt
}

TEST_F(WordJudgeTest, EveryFlippedByteAndEveryCutIsFound) {
  const NgramModel lm = Model();
  const std::string whole = Weights().Bytes();
  EXPECT_EQ(WordJudge::Open("no/such/file.judge", lm).error().code, ErrorCode::kNotFound);
  for (std::size_t at = 0; at < whole.size(); at += at < 64 ? 1 : 31) {
    std::string bytes = whole;
    bytes[at] = static_cast<char>(bytes[at] ^ 0x10);
    EXPECT_FALSE(OpenBytes(bytes, lm).ok()) << at;
    EXPECT_FALSE(OpenBytes(whole.substr(0, at), lm).ok()) << at;
  }
}

// Sizes that promise more than the file holds, with a checksum that fits.
TEST_F(WordJudgeTest, SizesThatLieAreRefused) {
  const NgramModel lm = Model();
  const std::string whole = Weights().Bytes();
  for (const std::uint32_t lie : {0U, 1U, 7U, 1024U, 1025U, 0x7FFFFFFFU, 0xFFFFFFFFU}) {
    for (std::size_t field = 0; field < 6; ++field) {
      WordJudge::FileHeader header;
      std::memcpy(&header, whole.data(), sizeof header);
      const std::size_t at = offsetof(WordJudge::FileHeader, words) + field * sizeof lie;
      std::uint32_t before = 0;
      std::memcpy(&before, whole.data() + at, sizeof before);
      if (before == lie) continue;
      std::memcpy(reinterpret_cast<char*>(&header) + at, &lie, sizeof lie);
      const std::string body = whole.substr(sizeof header);
      const std::string_view head(reinterpret_cast<const char*>(&header), offsetof(WordJudge::FileHeader, checksum));
      header.checksum = lm_format::Checksum(head, lm_format::Checksum(body));
      EXPECT_FALSE(OpenBytes(std::string(reinterpret_cast<const char*>(&header), sizeof header) + body, lm).ok())
          << field << " " << lie;
    }
  }
}

}  // namespace
}  // namespace hoidau
