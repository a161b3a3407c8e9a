// Writes the lexicon of recovery: the legal syllables that the language model knows, with their share of running text,
// and the borrowed words that are written with marks (Lênin, ôtô).
//
//   hoidau-train-lexicon models/recovery.lm > models/lexicon.tsv
//
// More than about 8,000 syllables only add rare ones that damage is mistaken for (measured; see models/README.md).
#include <algorithm>
#include <iostream>
#include <string>
#include <vector>

#include "lm/ngram_model.h"
#include "text/syllable.h"

int main(int argc, char** argv) {
  if (argc != 2) {
    std::cerr << "usage: hoidau-train-lexicon MODEL.lm > lexicon.tsv\n";
    return 1;
  }
  auto lm = hoidau::NgramModel::Open(argv[1]);
  if (!lm) {
    std::cerr << "hoidau-train-lexicon: " << lm.error().message << '\n';
    return 2;
  }
  constexpr std::size_t kMost = 8000;
  std::vector<std::pair<float, std::string>> syllables;
  std::vector<std::pair<float, std::string>> borrowed;
  for (hoidau::WordId word = 0; word < lm->vocabulary_size(); ++word) {
    const std::string token(lm->Token(word));
    hoidau::NgramModel::State after;
    const bool syllable = hoidau::IsSyllable(token);
    if (!syllable && hoidau::StripMarks(token) == token) continue;
    (syllable ? syllables : borrowed).emplace_back(lm->Score(lm->EmptyState(), word, after), token);
  }
  for (auto* list : {&syllables, &borrowed}) {
    std::sort(list->begin(), list->end(), [](const auto& a, const auto& b) {
      return a.first != b.first ? a.first > b.first : a.second < b.second;
    });
  }
  if (syllables.size() > kMost) syllables.resize(kMost);
  std::cout << "# syllable (old tone placement), natural logarithm of its probability; made by hoidau-train-lexicon\n";
  for (const auto& [log_prob, token] : syllables) std::cout << token << '\t' << log_prob << '\n';
  for (const auto& [log_prob, token] : borrowed) std::cout << token << '\t' << log_prob << "\tborrowed\n";
  return 0;
}
