#include "habit_builder.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <functional>
#include <vector>

#include "lm/model_format.h"
#include "lm/word_habits.h"
#include "text/unicode.h"

namespace hoidau {
namespace {

constexpr double kPrior = 20;     // weighted counts that a pair is taken to have had beyond chance alone
constexpr double kLargest = 2.5;  // nats: rare pairs claim more than they know
constexpr double kLeastGain = 4;  // what is expected to change less than this is not looked at

class Counts {
 public:
  explicit Counts(std::size_t words) : words_(words), counts_(words * words) {}
  void Add(std::size_t first, std::size_t second, float weight) { counts_[first * words_ + second] += weight; }

  struct Pair {
    std::uint16_t first, second;
    std::int8_t value;
    float gain;
  };
  // Pairs that say something, by first word, then second.
  std::vector<Pair> Pairs(bool symmetric) const {
    std::vector<double> rows(words_);
    std::vector<double> columns(words_);
    double total = 0;
    for (std::size_t a = 0; a < words_; ++a) {
      for (std::size_t b = 0; b < words_; ++b) {
        const double c = counts_[a * words_ + b];
        rows[a] += c;
        columns[b] += c;
        total += c;
      }
    }
    if (symmetric) {  // each pair was counted once
      for (std::size_t a = 0; a < words_; ++a) rows[a] = columns[a] = rows[a] + columns[a];
      total *= 2;
    }
    std::vector<Pair> pairs;
    for (std::size_t a = 0; a < words_; ++a) {
      for (std::size_t b = symmetric ? a : 0; b < words_; ++b) {
        double expected = total > 0 ? rows[a] * columns[b] / total : 0;
        if (symmetric && a == b) expected /= 2;
        const double seen = counts_[a * words_ + b];
        const double value = std::clamp(std::log((seen + kPrior) / (expected + kPrior)), -kLargest, kLargest);
        const double gain = std::abs(value) * std::max(seen, expected);
        const auto rounded = static_cast<std::int8_t>(std::lround(value * WordHabits::kSteps));
        if (gain < kLeastGain || rounded == 0) continue;
        pairs.push_back(
            {static_cast<std::uint16_t>(a), static_cast<std::uint16_t>(b), rounded, static_cast<float>(gain)});
      }
    }
    return pairs;
  }

 private:
  std::size_t words_;
  std::vector<float> counts_;
};

void Append(const void* data, std::size_t size, std::string& out) {
  out.append(static_cast<const char*>(data), size);
  out.resize((out.size() + 7) / 8 * 8, '\0');
}

void AppendTable(const std::vector<Counts::Pair>& pairs, std::uint32_t words, std::string& out) {
  std::vector<std::uint32_t> begin(words + 1, 0);
  std::vector<std::uint16_t> second;
  std::vector<std::int8_t> values;
  for (const Counts::Pair& p : pairs) {
    ++begin[p.first + std::size_t{1}];
    second.push_back(p.second);
    values.push_back(p.value);
  }
  for (std::size_t w = 0; w < words; ++w) begin[w + 1] += begin[w];
  Append(begin.data(), begin.size() * sizeof begin[0], out);
  Append(second.data(), second.size() * sizeof second[0], out);
  Append(values.data(), values.size(), out);
}

}  // namespace

std::string HabitBytes(const LmCorpus& corpus, const HabitOptions& options) {
  const auto words = static_cast<std::uint32_t>(std::min<std::size_t>(options.words, corpus.tokens.size()));
  std::vector<bool> is_word(words);  // of letters: signs are near everything
  for (std::size_t w = kSentenceEnd + 1; w < words; ++w) {
    std::size_t at = 0;
    is_word[w] = IsLetter(DecodeAt(corpus.tokens[w], at));
  }
  std::array<std::vector<Counts::Pair>, 2> tables;
  for (std::size_t t = 0; t < tables.size(); ++t) {
    Counts counts(words);
    for (const auto& [domain, sentences] : corpus.domains) {
      if (options.lists.contains(domain)) continue;
      const auto given = options.weights.find(domain);
      const auto weight = static_cast<float>(given == options.weights.end() ? 1.0 : given->second);
      std::size_t begin = 0;  // of the sentence
      for (std::size_t i = 0; i < sentences.size(); ++i) {
        const std::uint16_t word = sentences[i];
        if (word == kSentenceBegin) begin = i + 1;
        if (word <= kSentenceEnd || word >= words) continue;
        if (t == 0) {
          if (i >= begin + 2 && sentences[i - 2] < words) counts.Add(sentences[i - 2], word, weight);
          continue;
        }
        if (!is_word[word]) continue;
        for (std::size_t k = WordHabits::kNearest; k <= WordHabits::kFarthest && i >= begin + k; ++k) {
          const std::uint16_t before = sentences[i - k];
          if (before < words && is_word[before]) counts.Add(std::min(before, word), std::max(before, word), weight);
        }
      }
    }
    tables[t] = counts.Pairs(t == 1);
  }

  std::vector<float> gains;
  for (const auto& table : tables) {
    for (const Counts::Pair& p : table) gains.push_back(p.gain);
  }
  if (gains.size() > options.max_pairs) {
    const auto last = gains.begin() + static_cast<std::ptrdiff_t>(options.max_pairs);
    std::nth_element(gains.begin(), last, gains.end(), std::greater<>());
    for (auto& table : tables) std::erase_if(table, [&](const Counts::Pair& p) { return p.gain <= *last; });
  }

  std::vector<std::int8_t> capitals(words);
  std::vector<std::array<double, 2>> counts(words);
  std::array<double, 2> all{};
  for (const auto& [domain, of_id] : corpus.capitals) {
    if (options.lists.contains(domain)) continue;
    const auto given = options.weights.find(domain);
    const double weight = given == options.weights.end() ? 1.0 : given->second;
    for (std::size_t w = 0; w < words; ++w) {
      for (const std::size_t k : {0, 1}) {
        counts[w][k] += weight * of_id[w][k];
        all[k] += weight * of_id[w][k];
      }
    }
  }
  const double usual = (all[1] + 1) / (all[0] + all[1] + 2);
  for (std::size_t w = 0; w < words; ++w) {
    const double odds = (counts[w][1] + kPrior * usual) / (counts[w][0] + kPrior * (1 - usual));
    capitals[w] = static_cast<std::int8_t>(std::lround(std::clamp(std::log(odds), -7.0, 7.0) * WordHabits::kOddsSteps));
  }

  std::string sections;
  WordHabits::FileHeader header;
  header.words = words;
  for (std::size_t t = 0; t < tables.size(); ++t) {
    header.pairs[t] = static_cast<std::uint32_t>(tables[t].size());
    AppendTable(tables[t], words, sections);
  }
  Append(capitals.data(), capitals.size(), sections);
  for (std::uint32_t w = 0; w < words; ++w)
    header.vocabulary = lm_format::Checksum(corpus.tokens[w], header.vocabulary);
  std::string out(sizeof header, '\0');
  std::memcpy(out.data(), &header, sizeof header);
  header.checksum = lm_format::Checksum(std::string_view(out).substr(0, offsetof(WordHabits::FileHeader, checksum)),
                                        lm_format::Checksum(sections));
  std::memcpy(out.data(), &header, sizeof header);
  return out + sections;
}

}  // namespace hoidau
