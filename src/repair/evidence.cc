#include "repair/evidence.h"

#include <algorithm>
#include <cmath>

#include "text/tokenizer.h"
#include "text/unicode.h"

namespace hoidau {
namespace {

// Fitted by hand on recognised pages; what was read alone already carries the odds of a typical word.
constexpr float kTypical = 0.95F;  // confidence of a word without news
constexpr float kSlope = 0.6F;     // of the log-odds that a recogniser gives itself
constexpr float kRivals = 0.5F;    // there are other readings at all
constexpr float kLeastDoubt = -0.5F, kMostDoubt = 2.5F;
constexpr float kSeen = -2.0F;  // the recogniser saw the reading, too
constexpr float kRank = 0.3F;   // the same for each that it liked better
constexpr float kUnseen = 0.7F;

float LogOdds(float p) {
  p = std::clamp(p, 0.01F, 0.99F);
  return std::log(p / (1 - p));
}

bool SameToken(const Atom& a, const Atom& b) { return a.token == b.token && a.line == b.line && a.page == b.page; }

}  // namespace

Evidence::Evidence(const Document& document, const AtomizedDocument& atomized) {
  const std::vector<Atom>& atoms = atomized.atoms;
  for (std::size_t first = 0, end = 0; first < atoms.size(); first = end) {
    while (end < atoms.size() && SameToken(atoms[end], atoms[first])) ++end;
    const Token& token = document.pages[static_cast<std::size_t>(atoms[first].page)]
                             .lines[static_cast<std::size_t>(atoms[first].line)]
                             .tokens[static_cast<std::size_t>(atoms[first].token)];
    if (token.confidence >= 1 && token.alternatives.empty()) continue;
    const float doubt =
        kSlope * (LogOdds(kTypical) - LogOdds(token.confidence)) + (token.alternatives.empty() ? 0 : kRivals);
    for (std::size_t at = first; at < end; ++at) said_[at].doubt = std::clamp(doubt, kLeastDoubt, kMostDoubt);
    for (const Candidate& candidate : token.alternatives) {
      const std::string text = ToNfc(candidate.text);
      const std::vector<Word> words = SplitWords(text);
      if (words.size() != end - first) continue;
      for (std::size_t i = 0; i < words.size(); ++i) {
        std::string word = ToLower(words[i].span.In(text));
        if (word != ToLower(ToUtf8(atoms[first + i].text))) said_[first + i].alternatives.push_back(std::move(word));
      }
    }
  }
}

float Evidence::Cost(std::size_t atom, std::string_view reading, bool same) const {
  const auto said = said_.find(atom);
  if (said == said_.end()) return 0;
  if (same) return said->second.doubt;
  const std::vector<std::string>& others = said->second.alternatives;
  if (others.empty()) return 0;
  const auto seen = std::find(others.begin(), others.end(), reading);
  return seen == others.end() ? kUnseen : kSeen + kRank * static_cast<float>(seen - others.begin());
}

}  // namespace hoidau
