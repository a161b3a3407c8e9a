#include "repair/document_model.h"

#include <algorithm>
#include <cmath>

namespace hoidau {
namespace {

// Tuned on rendered pages.
constexpr float kPairShare = 0.15F;  // of the mixture, after a word that the document has said often
constexpr float kPairPrior = 5;      // so many times make it half of that
constexpr float kWordShare = 0.05F;  // of the mixture, for the document's words in any place
constexpr float kScale = 0.3F;       // exponent of how much commoner a word is here than elsewhere
constexpr float kUsualWords = 2000;  // words of any document that the counts are smoothed with

std::uint64_t Key(WordId before, WordId word) { return std::uint64_t{before} << 32 | word; }

}  // namespace

void DocumentModel::Add(WordId before, WordId word, float weight) {
  if (word == kUnknownWord) return;
  if (words_.empty()) words_.resize(lm_->vocabulary_size());
  Word& here = words_[word];
  if (here.usual == 0) {
    NgramModel::State next;
    here.usual = std::max(1e-9F, std::exp(lm_->Score(lm_->EmptyState(), word, next)));
  }
  here.count += weight;
  total_ += weight;
  if (before == kUnknownWord) return;
  words_[before].before += weight;
  pairs_[Key(before, word)] += weight;
}

float DocumentModel::Mix(float log_p, WordId before, WordId word) const {
  if (total_ < 1 || word == kUnknownWord) return log_p;
  const Word& here = words_[word];
  const float times = std::max(0.0F, words_[before].before);
  const float pair_share = kPairShare * times / (times + kPairPrior);
  const float kept = 1 - pair_share - kWordShare;
  // What the document has not said.
  if (here.count <= 0) return log_p + std::log(kept * std::pow(kUsualWords / (total_ + kUsualWords), kScale));
  float own = kWordShare * here.count / total_;
  if (times > 0) {
    const auto pair = pairs_.find(Key(before, word));
    if (pair != pairs_.end()) own += pair_share * std::max(0.0F, pair->second) / times;
  }
  const float commoner = (here.count + kUsualWords * here.usual) / ((total_ + kUsualWords) * here.usual);
  return std::log(kept * std::exp(log_p) + own) + kScale * std::log(commoner);
}

}  // namespace hoidau
