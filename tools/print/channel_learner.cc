#include "channel_learner.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "text/syllable.h"
#include "text/unicode.h"

namespace hoidau::print {
namespace {

constexpr std::size_t kLongestWord = 40;
constexpr double kInfinity = std::numeric_limits<double>::infinity();

std::u32string Lower(std::u32string_view text) {
  std::u32string lower(text);
  for (char32_t& c : lower) c = ToLower(c);
  return lower;
}

// The shape of the piece [begin, end) of a printed word; 0 where the piece mixes shapes or holds no letters alone.
char ShapeOf(std::u32string_view word, std::size_t begin, std::size_t end) {
  std::size_t first = begin, last = begin;  // the run of letters around the piece
  while (first > 0 && IsLetter(word[first - 1])) --first;
  while (last < word.size() && IsLetter(word[last])) ++last;
  if (begin == end) return first == last || IsLower(word[last - 1]) ? 'l' : 'u';
  if (end > last) return 0;
  const bool capitals = last - first > 1 && IsUpper(word[first]) && IsUpper(word[first + 1]);
  const auto all = [&](auto is, std::size_t from) {
    return std::all_of(word.begin() + static_cast<std::ptrdiff_t>(from),
                       word.begin() + static_cast<std::ptrdiff_t>(end), is);
  };
  if (capitals) return all(IsUpper, begin) ? 'u' : '\0';
  if (begin == first && IsUpper(word[first])) return all(IsLower, begin + 1) ? 't' : '\0';
  return all(IsLower, begin) ? 'l' : '\0';
}

std::u32string Key(char shape, std::u32string_view printed, std::u32string_view observed) {
  std::u32string key(1, static_cast<char32_t>(shape));
  key += printed;
  key += U'\0';
  key += observed;
  return key;
}

struct Atom {
  std::size_t printed, observed;  // letters
};

// Costs of atoms: a guess from the look of the letters at first, learnt later.
class AtomCosts {
 public:
  double operator()(std::u32string_view printed, std::u32string_view observed) const {
    const std::u32string key = Key('a', printed, observed);
    if (const auto found = learnt_.find(key); found != learnt_.end()) return found->second;
    const std::size_t p = printed.size(), o = observed.size();
    if (p != 1 || o != 1) return p + o == 1 ? 4.5 : 7;
    if (printed[0] == observed[0]) return 0.1;
    if (IsLetter(printed[0]) && ToLower(StripLetter(printed[0])) == ToLower(StripLetter(observed[0]))) return 1;
    return IsLetter(printed[0]) ? 4 : 6;
  }
  void Learn(const std::unordered_map<std::u32string, double>& counts,
             const std::unordered_map<std::u32string, double>& totals) {
    learnt_.clear();
    for (const auto& [key, count] : counts) {
      const std::u32string printed = key.substr(1, key.find(U'\0', 1) - 1);
      const auto total = totals.find(printed);
      if (total == totals.end() || count < 1.5) continue;
      // Two printed letters in one atom are worth it only where one letter alone does not explain what was read.
      learnt_[key] = -std::log((count - 0.4) / (total->second + 1)) + (printed.size() > 1 ? 2 : 0);
    }
  }

 private:
  std::unordered_map<std::u32string, double> learnt_;
};

constexpr Atom kAtoms[] = {{1, 1}, {1, 0}, {0, 1}, {1, 2}, {2, 1}};

std::vector<Atom> BestAtoms(std::u32string_view observed, std::u32string_view printed, const AtomCosts& costs) {
  const std::size_t n = printed.size(), m = observed.size();
  std::vector<double> best((n + 1) * (m + 1), kInfinity);
  std::vector<Atom> back((n + 1) * (m + 1), {0, 0});
  best[0] = 0;
  for (std::size_t i = 0; i <= n; ++i) {
    for (std::size_t j = 0; j <= m; ++j) {
      const double here = best[i * (m + 1) + j];
      if (here == kInfinity) continue;
      for (const Atom& atom : kAtoms) {
        if (i + atom.printed > n || j + atom.observed > m) continue;
        const double cost = here + costs(printed.substr(i, atom.printed), observed.substr(j, atom.observed));
        const std::size_t to = (i + atom.printed) * (m + 1) + j + atom.observed;
        if (cost < best[to]) {
          best[to] = cost;
          back[to] = atom;
        }
      }
    }
  }
  std::vector<Atom> atoms;
  for (std::size_t i = n, j = m; i || j;) {
    const Atom atom = back[i * (m + 1) + j];
    atoms.push_back(atom);
    i -= atom.printed;
    j -= atom.observed;
  }
  std::reverse(atoms.begin(), atoms.end());
  return atoms;
}

// The cheapest way from printed to observed by edits looked up with `cost_of`(i, a, j, b), infinity where there is
// none.
template <typename CostOf>
double CheapestPath(std::size_t n, std::size_t m, std::size_t longest, const CostOf& cost_of) {
  std::vector<double> best((n + 1) * (m + 1), kInfinity);
  best[0] = 0;
  for (std::size_t i = 0; i <= n; ++i) {
    for (std::size_t j = 0; j <= m; ++j) {
      const double here = best[i * (m + 1) + j];
      if (here == kInfinity) continue;
      for (std::size_t a = 0; a <= longest && i + a <= n; ++a) {
        for (std::size_t b = 0; b <= longest && j + b <= m; ++b) {
          if (a + b == 0) continue;
          double& to = best[(i + a) * (m + 1) + j + b];
          to = std::min(to, here + cost_of(i, a, j, b));
        }
      }
    }
  }
  return best[n * (m + 1) + m];
}

// Truth in the old placement of tones, word by word: letters between other characters.
std::u32string OldPlacement(std::u32string_view text) {
  std::u32string out;
  for (std::size_t i = 0; i < text.size();) {
    std::size_t end = i;
    while (end < text.size() && IsLetter(text[end])) ++end;
    if (end == i) {
      out += text[i++];
      continue;
    }
    out += CodePoints(WithTonePlacement(ToUtf8(text.substr(i, end - i)), TonePlacement::kOld));
    i = end;
  }
  return out;
}

}  // namespace

void ChannelLearner::Add(std::u32string_view observed, std::u32string_view printed, double count) {
  const bool usable = !observed.empty() && observed.size() <= kLongestWord && printed.size() <= kLongestWord &&
                      observed.find(U' ') == std::u32string_view::npos &&
                      printed.find(U' ') == std::u32string_view::npos &&
                      std::any_of(printed.begin(), printed.end(), IsLetter);
  if (usable) pairs_[{std::u32string(observed), OldPlacement(printed)}] += count;
}

LearntChannel ChannelLearner::Learn(const LearnOptions& options) const {
  const auto longest = static_cast<std::size_t>(options.max_edit);

  // Atoms by Viterbi training.
  std::unordered_map<std::u32string, double> totals;  // printed piece -> occurrences; empty piece: places
  for (const auto& [pair, count] : pairs_) {
    const std::u32string& printed = pair.second;
    totals[U""] += count * static_cast<double>(printed.size() + 1);
    for (std::size_t i = 0; i < printed.size(); ++i) {
      totals[printed.substr(i, 1)] += count;
      if (i + 1 < printed.size()) totals[printed.substr(i, 2)] += count;
    }
  }
  AtomCosts costs;
  for (int round = 0; round < options.iterations; ++round) {
    std::unordered_map<std::u32string, double> counts;
    for (const auto& [pair, count] : pairs_) {
      const std::u32string_view observed = pair.first, printed = pair.second;
      std::size_t i = 0, j = 0;
      for (const Atom& atom : BestAtoms(observed, printed, costs)) {
        counts[Key('a', printed.substr(i, atom.printed), observed.substr(j, atom.observed))] += count;
        i += atom.printed;
        j += atom.observed;
      }
    }
    costs.Learn(counts, totals);
  }

  // Runs of atoms, and how often each printed piece occurs.
  std::map<std::u32string, ChannelEdit> edits;
  std::unordered_map<std::u32string, double> pieces;
  for (const auto& [pair, count] : pairs_) {
    const std::u32string_view observed = pair.first, printed = pair.second;
    const std::u32string lower = Lower(printed);
    for (std::size_t i = 0; i <= printed.size(); ++i) {
      for (std::size_t a = 0; a <= longest && i + a <= printed.size(); ++a) {
        if (const char shape = ShapeOf(printed, i, i + a)) {
          pieces[Key(shape, std::u32string_view(lower).substr(i, a), U"")] += count;
        }
      }
    }
    const std::vector<Atom> atoms = BestAtoms(observed, printed, costs);
    std::size_t i = 0, j = 0;
    for (std::size_t first = 0; first < atoms.size(); ++first) {
      std::size_t a = 0, b = 0;
      for (std::size_t last = first; last < atoms.size(); ++last) {
        a += atoms[last].printed;
        b += atoms[last].observed;
        if (a > longest || b > longest) break;
        const char shape = ShapeOf(printed, i, i + a);
        if (!shape) continue;
        const std::u32string_view from = std::u32string_view(lower).substr(i, a), to = observed.substr(j, b);
        ChannelEdit& edit = edits[Key(shape, from, to)];
        edit.shape = shape;
        edit.printed = from;
        edit.observed = to;
        edit.count += count;
      }
      i += atoms[first].printed;
      j += atoms[first].observed;
    }
  }

  // Small edits first, so that what a larger one can be put together from is known.
  std::vector<ChannelEdit*> order;
  for (auto& [key, edit] : edits) {
    const double total = pieces[Key(edit.shape, edit.printed, U"")];
    edit.cost = -std::log(std::min(1.0, std::max(edit.count - options.discount, 0.05) / (total + 0.5)));
    if (edit.count >= options.min_count) order.push_back(&edit);
  }
  std::stable_sort(order.begin(), order.end(), [](const ChannelEdit* x, const ChannelEdit* y) {
    const std::size_t a = x->printed.size() + x->observed.size(), b = y->printed.size() + y->observed.size();
    return a < b;
  });
  LearntChannel channel;
  std::unordered_map<std::u32string, double> kept;
  for (const ChannelEdit* edit : order) {
    const double composed =
        std::min(CheapestPath(edit->printed.size(), edit->observed.size(), longest,
                              [&](std::size_t i, std::size_t a, std::size_t j, std::size_t b) {
                                // At a word's beginning its first piece has the shape t, the rest the shape l.
                                const char shape = edit->shape == 't' && i > 0 ? 'l' : edit->shape;
                                const auto found = kept.find(Key(shape, std::u32string_view(edit->printed).substr(i, a),
                                                                 std::u32string_view(edit->observed).substr(j, b)));
                                return found == kept.end() ? kInfinity : found->second;
                              }),
                 LearntChannel::kUnknown * static_cast<double>(std::max(edit->printed.size(), edit->observed.size())));
    if (edit->count * (composed - edit->cost) < options.min_gain) continue;
    kept[Key(edit->shape, edit->printed, edit->observed)] = edit->cost;
    channel.edits.push_back(*edit);
  }
  std::sort(channel.edits.begin(), channel.edits.end(), [](const ChannelEdit& x, const ChannelEdit& y) {
    return std::tie(x.shape, x.printed, x.observed) < std::tie(y.shape, y.printed, y.observed);
  });
  channel.Index();
  return channel;
}

void LearntChannel::Index() {
  costs_.clear();
  for (const ChannelEdit& edit : edits) costs_[Key(edit.shape, edit.printed, edit.observed)] = edit.cost;
}

double LearntChannel::Cost(std::u32string_view observed, std::u32string_view printed_as_set) const {
  const std::u32string set = OldPlacement(printed_as_set), lower = Lower(set);
  return CheapestPath(
      lower.size(), observed.size(), 3, [&](std::size_t i, std::size_t a, std::size_t j, std::size_t b) {
        if (const char shape = ShapeOf(set, i, i + a)) {
          const auto found = costs_.find(Key(shape, std::u32string_view(lower).substr(i, a), observed.substr(j, b)));
          if (found != costs_.end()) return found->second;
        }
        if (a == 1 && b == 1 && set[i] == observed[j]) return 0.0;  // digits and signs
        return a <= 1 && b <= 1 ? kUnknown : kInfinity;
      });
}

}  // namespace hoidau::print
