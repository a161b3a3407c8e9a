#include "align.h"

#include <algorithm>
#include <cstdint>

#include "text/syllable.h"
#include "text/unicode.h"

namespace hoidau::print {
namespace {

constexpr std::size_t kMostCharacters = 40000;
constexpr std::size_t kMostTokens = 3;

// Costs in tenths of an edit.
constexpr int kSameBelowMarks = 3, kOther = 10, kGap = 8, kBlankGap = 9, kNever = 60;

struct Letter {
  char32_t exact;
  char32_t below;  // without marks and case
};

std::vector<Letter> Letters(std::string_view text) {
  std::vector<Letter> letters;
  for (char32_t c : CodePoints(FoldSpace(text))) letters.push_back({c, ToLower(StripLetter(c))});
  return letters;
}

int Substitution(const Letter& a, const Letter& b) {
  if (a.exact == b.exact) return 0;
  if (a.exact == U' ' || b.exact == U' ') return kNever;
  return a.below == b.below ? kSameBelowMarks : kOther;
}

enum class Move : std::uint8_t { kBoth, kObserved, kTruth };

std::vector<Move> Path(const std::vector<Letter>& observed, const std::vector<Letter>& truth) {
  const std::size_t n = observed.size(), m = truth.size();
  std::vector<Move> back((n + 1) * (m + 1));
  std::vector<int> previous(m + 1), current(m + 1);
  const auto gap = [](const Letter& l) { return l.exact == U' ' ? kBlankGap : kGap; };
  for (std::size_t j = 1; j <= m; ++j) {
    previous[j] = previous[j - 1] + gap(truth[j - 1]);
    back[j] = Move::kTruth;
  }
  for (std::size_t i = 1; i <= n; ++i) {
    current[0] = previous[0] + gap(observed[i - 1]);
    Move* row = back.data() + i * (m + 1);
    row[0] = Move::kObserved;
    for (std::size_t j = 1; j <= m; ++j) {
      const int both = previous[j - 1] + Substitution(observed[i - 1], truth[j - 1]);
      const int read = previous[j] + gap(observed[i - 1]);
      const int lost = current[j - 1] + gap(truth[j - 1]);
      current[j] = std::min({both, read, lost});
      row[j] = both == current[j] ? Move::kBoth : read == current[j] ? Move::kObserved : Move::kTruth;
    }
    std::swap(previous, current);
  }
  std::vector<Move> path;
  for (std::size_t i = n, j = m; i || j;) {
    const Move move = back[i * (m + 1) + j];
    path.push_back(move);
    i -= move != Move::kTruth;
    j -= move != Move::kObserved;
  }
  std::reverse(path.begin(), path.end());
  return path;
}

// One side of a stretch between two blanks that both texts have: its tokens, and whether each met any ink.
struct Side {
  std::u32string token;
  bool met = false;
  std::vector<std::pair<std::u32string, bool>> tokens;

  void Put(char32_t c, bool against_ink) {
    if (c == U' ') return End();
    token += c;
    met |= against_ink;
  }
  void End() {
    if (!token.empty()) tokens.emplace_back(std::move(token), met);
    token.clear();
    met = false;
  }
  // The tokens without those at the ends that met nothing.
  std::vector<std::u32string> Trimmed() const {
    auto first = tokens.begin(), last = tokens.end();
    while (first != last && !first->second) ++first;
    while (first != last && !(last - 1)->second) --last;
    std::vector<std::u32string> kept;
    for (; first != last; ++first) kept.push_back(first->first);
    return kept;
  }
};

std::string Joined(const std::vector<std::u32string>& tokens) {
  std::u32string text;
  for (const std::u32string& token : tokens) text += (text.empty() ? U"" : U" ") + token;
  return ToUtf8(text);
}

struct Stretch {
  TokenPair pair;
  bool usable = false;
  bool unlike = false;  // the two sides have hardly a letter in common
};

Stretch Close(Side& observed, Side& truth, int cost) {
  observed.End();
  truth.End();
  const auto seen = observed.Trimmed(), meant = truth.Trimmed();
  Stretch stretch;
  stretch.pair = {Joined(seen), Joined(meant)};
  std::size_t a = 0, b = 0;
  for (const auto& token : seen) a += token.size();
  for (const auto& token : meant) b += token.size();
  stretch.usable =
      a && b && seen.size() <= kMostTokens && meant.size() <= kMostTokens && a <= 2 * b + 2 && b <= 2 * a + 2;
  stretch.unlike = !stretch.usable || cost > static_cast<int>(7 * std::max(a, b));
  observed = {};
  truth = {};
  return stretch;
}

}  // namespace

std::vector<TokenPair> AlignTokens(std::string_view observed_text, std::string_view truth_text) {
  const std::vector<Letter> observed = Letters(observed_text), truth = Letters(truth_text);
  if (observed.size() > kMostCharacters || truth.size() > kMostCharacters) return {};

  std::vector<Stretch> stretches;
  Side seen, meant;
  int cost = 0;
  std::size_t i = 0, j = 0;
  for (const Move move : Path(observed, truth)) {
    if (move == Move::kBoth) {
      const Letter &o = observed[i++], &t = truth[j++];
      if (o.exact == U' ') {
        stretches.push_back(Close(seen, meant, cost));
        cost = 0;
        continue;
      }
      seen.Put(o.exact, true);
      meant.Put(t.exact, true);
      cost += Substitution(o, t);
    } else if (move == Move::kObserved) {
      seen.Put(observed[i++].exact, false);
      cost += kGap;
    } else {
      meant.Put(truth[j++].exact, false);
      cost += kGap;
    }
  }
  stretches.push_back(Close(seen, meant, cost));

  // A lone stretch that looks unlike its truth is bad reading ("tre" for "ức") and what we want; three in a row are a
  // line lost or invented.
  std::vector<TokenPair> pairs;
  for (std::size_t first = 0; first < stretches.size();) {
    std::size_t last = first;
    while (last < stretches.size() && stretches[last].unlike == stretches[first].unlike) ++last;
    if (!stretches[first].unlike || last - first < 3) {
      for (std::size_t k = first; k < last; ++k) {
        if (stretches[k].usable) pairs.push_back(std::move(stretches[k].pair));
      }
    }
    first = last;
  }
  return pairs;
}

}  // namespace hoidau::print
