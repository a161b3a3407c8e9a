#include "kneser_ney.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <utility>

#include "lm/ngram_model.h"

namespace hoidau {
namespace {

constexpr std::uint64_t Mask(std::size_t words) {
  return words >= 4 ? ~std::uint64_t{0} : (std::uint64_t{1} << (16 * words)) - 1;
}

// Counted n-grams of one order of one domain, sorted by key.
struct Counts {
  std::vector<std::uint64_t> keys;
  std::vector<std::uint32_t> raw;
  std::vector<std::uint32_t> adjusted;  // continuation counts below the highest order (Kneser-Ney)
};

// Sorts and folds equal keys into counts.
Counts Fold(std::vector<std::uint64_t> keys) {
  std::sort(keys.begin(), keys.end());
  Counts out;
  std::size_t kept = 0;
  for (std::size_t i = 0; i < keys.size();) {
    std::size_t end = i;
    while (end < keys.size() && keys[end] == keys[i]) ++end;
    out.raw.push_back(static_cast<std::uint32_t>(end - i));
    keys[kept++] = keys[i];
    i = end;
  }
  keys.resize(kept);
  keys.shrink_to_fit();
  out.raw.shrink_to_fit();
  out.keys = std::move(keys);
  return out;
}

Counts CountNgrams(const std::vector<std::uint16_t>& sentences, std::size_t n) {
  std::vector<std::uint64_t> keys;
  keys.reserve(sentences.size());
  std::uint64_t key = 0;
  std::size_t length = 0;
  for (const std::uint16_t w : sentences) {
    if (w == kSentenceBegin) key = length = 0;
    key = key << 16 | w;
    ++length;
    if (length >= n && !(n == 1 && w == kSentenceBegin)) keys.push_back(key & Mask(n));
  }
  return Fold(std::move(keys));
}

// Continuation counts: the number of different words before. What begins a sentence has nothing before: its own count.
void AdjustCounts(Counts& counts, std::size_t n, const Counts& longer) {
  std::vector<std::uint64_t> suffixes(longer.keys.size());
  for (std::size_t i = 0; i < suffixes.size(); ++i) suffixes[i] = longer.keys[i] & Mask(n);
  const Counts before = Fold(std::move(suffixes));
  counts.adjusted = counts.raw;
  std::size_t j = 0;
  for (std::size_t i = 0; i < counts.keys.size(); ++i) {
    while (j < before.keys.size() && before.keys[j] < counts.keys[i]) ++j;
    if (j < before.keys.size() && before.keys[j] == counts.keys[i]) counts.adjusted[i] = before.raw[j];
  }
}

std::array<double, 4> Discounts(const Counts& counts) {
  std::array<double, 5> n{};  // n[k]: how many n-grams have adjusted count k
  for (const std::uint32_t c : counts.adjusted) {
    if (c < n.size()) ++n[c];
  }
  const double y = n[1] / (n[1] + 2 * n[2]);
  const std::array<double, 4> out = {0, 1 - 2 * y * n[2] / n[1], 2 - 3 * y * n[3] / n[2], 3 - 4 * y * n[4] / n[3]};
  for (int k = 1; k <= 3; ++k) {  // too little text for the estimate
    if (!(out[k] > 0 && out[k] < k)) return {0, 0.5, 1, 1.5};
  }
  return out;
}

// Everything that is known of the n-grams kept, level by level.
struct Kept {
  std::vector<std::uint64_t> keys;
  std::vector<std::uint32_t> parent;
  std::vector<std::uint32_t> suffix;
  std::vector<std::uint32_t> child_end;
  std::vector<float> probability;
  std::vector<float> context_weight;  // of the node as a context: weighted count, for pruning
  std::vector<float> mix_weight;      // of the node as a context: Σ_d weight_d (c_d + 1)

  std::uint32_t ChildBegin(std::uint32_t i) const { return i == 0 ? 0 : child_end[i - 1]; }
};

// Calls visit(key, total raw count, whether a domain of our own has it) for every n-gram of any domain, in rising
// order.
template <typename Visit>
void MergeDomains(const std::vector<Counts>& domains, const std::vector<bool>& own, const Visit& visit) {
  std::vector<std::size_t> at(domains.size(), 0);
  while (true) {
    std::uint64_t key = 0;
    bool any = false;
    for (std::size_t d = 0; d < domains.size(); ++d) {
      if (at[d] < domains[d].keys.size() && (!any || domains[d].keys[at[d]] < key)) {
        key = domains[d].keys[at[d]];
        any = true;
      }
    }
    if (!any) return;
    std::uint64_t total = 0;
    bool of_own = false;
    for (std::size_t d = 0; d < domains.size(); ++d) {
      if (at[d] >= domains[d].keys.size() || domains[d].keys[at[d]] != key) continue;
      total += domains[d].raw[at[d]++];
      of_own = of_own || own[d];
    }
    visit(key, total, of_own);
  }
}

// Sets parents, suffixes and children of a level whose keys are set. REQUIRES: n ≥ 2; prefixes and suffixes are on
// `below`.
void LinkLevel(std::size_t n, Kept& level, Kept& below) {
  const std::size_t size = level.keys.size();
  level.parent.resize(size);
  level.suffix.resize(size);
  below.child_end.assign(below.keys.size(), 0);
  std::uint32_t parent = 0;
  for (std::size_t i = 0; i < size; ++i) {
    const std::uint64_t suffix_key = level.keys[i] & Mask(n - 1);
    while (below.keys[parent] != level.keys[i] >> 16) below.child_end[parent++] = static_cast<std::uint32_t>(i);
    level.parent[i] = parent;
    level.suffix[i] = static_cast<std::uint32_t>(std::lower_bound(below.keys.begin(), below.keys.end(), suffix_key) -
                                                 below.keys.begin());
  }
  std::fill(below.child_end.begin() + parent, below.child_end.end(), static_cast<std::uint32_t>(size));
}

// One domain's p_d(w|h) on one level, and its share in the mixture added to the level's sums.
// `below` holds the domain's probabilities on the level below.
std::vector<float> AddDomain(const Counts& counts, std::size_t n, double weight, const std::vector<float>& below,
                             Kept& level, Kept* contexts) {
  const std::array<double, 4> discount = Discounts(counts);
  const auto discount_of = [&](std::uint32_t c) { return discount[std::min<std::uint32_t>(c, 3)]; };
  std::vector<float> p(level.keys.size());
  if (n == 1) {
    double total = 0;
    double spare = 0;
    for (const std::uint32_t c : counts.adjusted) {
      total += c;
      spare += discount_of(c);
    }
    const double uniform = 1.0 / static_cast<double>(level.keys.size() - 1);  // all but <s>
    for (std::size_t w = 0; w < p.size(); ++w)
      p[w] = w == kSentenceBegin ? 0 : static_cast<float>(total > 0 ? spare / total * uniform : uniform);
    for (std::size_t i = 0; i < counts.keys.size(); ++i) {
      p[counts.keys[i]] += static_cast<float>((counts.adjusted[i] - discount_of(counts.adjusted[i])) / total);
    }
    const auto mix = static_cast<float>(weight * (total + 1));
    for (std::size_t w = 0; w < p.size(); ++w) level.probability[w] += mix * p[w];
    return p;
  }
  std::size_t at = 0;  // in counts.keys
  for (std::uint32_t h = 0; h < contexts->keys.size(); ++h) {
    while (at < counts.keys.size() && counts.keys[at] >> 16 < contexts->keys[h]) ++at;
    std::size_t end = at;
    double total = 0;
    double raw = 0;
    double spare = 0;
    for (; end < counts.keys.size() && counts.keys[end] >> 16 == contexts->keys[h]; ++end) {
      total += counts.adjusted[end];
      raw += counts.raw[end];
      spare += discount_of(counts.adjusted[end]);
    }
    const auto mix = static_cast<float>(weight * (total + 1));
    contexts->mix_weight[h] += mix;
    contexts->context_weight[h] += static_cast<float>(weight * raw);
    for (std::uint32_t i = contexts->ChildBegin(h); i < contexts->child_end[h]; ++i) {
      const float lower = below[level.suffix[i]];
      p[i] = lower;
      if (total > 0) {
        while (at < end && counts.keys[at] < level.keys[i]) ++at;
        const bool seen = at < end && counts.keys[at] == level.keys[i];
        const double own = seen ? (counts.adjusted[at] - discount_of(counts.adjusted[at])) / total : 0;
        p[i] = static_cast<float>(own + spare / total * lower);
      }
      level.probability[i] += mix * p[i];
    }
    at = end;
  }
  return p;
}

// What the model would lose without each n-gram of the level (Stolcke 1998, formula 5), weighted by how often its
// context comes.
std::vector<float> PruningScores(const Kept& level, const Kept& contexts, const Kept& below) {
  std::vector<float> scores(level.keys.size());
  for (std::uint32_t h = 0; h < contexts.keys.size(); ++h) {
    double left = 1;
    double left_below = 1;
    for (std::uint32_t i = contexts.ChildBegin(h); i < contexts.child_end[h]; ++i) {
      left -= level.probability[i];
      left_below -= below.probability[level.suffix[i]];
    }
    left = std::max(left, 1e-9);
    left_below = std::max(left_below, 1e-9);
    const double log_back = std::log(left / left_below);
    for (std::uint32_t i = contexts.ChildBegin(h); i < contexts.child_end[h]; ++i) {
      const double p = level.probability[i];
      const double lower = below.probability[level.suffix[i]];
      const double log_back_without = std::log((left + p) / (left_below + lower));
      const double loss = p * (std::log(p / lower) - log_back_without) + left * (log_back - log_back_without);
      scores[i] = static_cast<float>(contexts.context_weight[h] * loss);
    }
  }
  return scores;
}

// Bytes of one node in the file, links included (lm/model_format.h).
double NodeBytes(std::size_t n, std::size_t order) { return n == order ? 3.125 : 4.4; }

void KeepOnly(const std::vector<float>& scores, float threshold, Kept& level) {
  std::size_t kept = 0;
  for (std::size_t i = 0; i < level.keys.size(); ++i) {
    if (scores[i] < threshold) continue;
    level.keys[kept] = level.keys[i];
    level.probability[kept] = level.probability[i];
    ++kept;
  }
  level.keys.resize(kept);
  level.probability.resize(kept);
}

}  // namespace

BackoffModel EstimateModel(LmCorpus corpus, const EstimateOptions& options) {
  const auto log = [&](const std::string& line) {
    if (options.log) options.log(line);
  };
  const auto order = static_cast<std::size_t>(options.order);
  std::vector<double> weights;
  std::vector<bool> own;
  std::vector<std::vector<Counts>> counts(order);  // [n - 1][domain]
  for (auto& [domain, sentences] : corpus.domains) {
    const auto it = options.weights.find(domain);
    weights.push_back(it == options.weights.end() ? 1.0 : it->second);
    own.push_back(options.own.contains(domain));
    for (std::size_t n = 1; n <= order; ++n) counts[n - 1].push_back(CountNgrams(sentences, n));
    for (std::size_t n = 1; n < order; ++n) AdjustCounts(counts[n - 1].back(), n, counts[n].back());
    counts[order - 1].back().adjusted = counts[order - 1].back().raw;
    log(domain + ": " + std::to_string(sentences.size()) + " tokens, " +
        std::to_string(counts[order - 1].back().keys.size()) + " different " + std::to_string(order) + "-grams");
    sentences = {};
  }

  std::vector<Kept> kept(order);
  for (std::uint64_t w = 0; w < corpus.tokens.size(); ++w) kept[0].keys.push_back(w);
  for (std::size_t n = 2; n <= order; ++n) {
    MergeDomains(counts[n - 1], own, [&](std::uint64_t key, std::uint64_t total, bool of_own) {
      if (total >= options.min_count || of_own) kept[n - 1].keys.push_back(key);
    });
    LinkLevel(n, kept[n - 1], kept[n - 2]);
    log(std::to_string(n) + "-grams seen " + std::to_string(options.min_count) +
        " times: " + std::to_string(kept[n - 1].keys.size()));
  }

  for (Kept& level : kept) {
    level.probability.assign(level.keys.size(), 0);
    level.context_weight.assign(level.keys.size(), 0);
    level.mix_weight.assign(level.keys.size(), 0);
  }
  for (std::size_t d = 0; d < weights.size(); ++d) {
    std::vector<float> p;
    for (std::size_t n = 1; n <= order; ++n) {
      p = AddDomain(counts[n - 1][d], n, weights[d], p, kept[n - 1], n == 1 ? nullptr : &kept[n - 2]);
      counts[n - 1][d] = {};
    }
  }
  float sum = 0;
  for (const float p : kept[0].probability) sum += p;
  for (float& p : kept[0].probability) p /= sum;
  for (std::size_t n = 2; n <= order; ++n) {
    Kept& level = kept[n - 1];
    for (std::size_t i = 0; i < level.keys.size(); ++i) level.probability[i] /= kept[n - 2].mix_weight[level.parent[i]];
  }
  log("mixed");

  // A node stays as long as anything that is longer by a word on either side.
  std::vector<std::vector<float>> scores(order);
  for (std::size_t n = order; n >= 2; --n) {
    std::vector<float> alone = PruningScores(kept[n - 1], kept[n - 2], kept[n - 2]);
    std::vector<float>& all = scores[n - 1];
    all.resize(alone.size(), -std::numeric_limits<float>::infinity());
    for (std::size_t i = 0; i < alone.size(); ++i) all[i] = std::max(all[i], alone[i]);
    if (n == 2) break;
    std::vector<float>& shorter = scores[n - 2];
    shorter.assign(kept[n - 2].keys.size(), -std::numeric_limits<float>::infinity());
    for (std::size_t i = 0; i < alone.size(); ++i) {
      for (const std::uint32_t j : {kept[n - 1].parent[i], kept[n - 1].suffix[i]})
        shorter[j] = std::max(shorter[j], all[i]);
    }
  }
  std::vector<std::pair<float, float>> by_score;  // score, bytes
  for (std::size_t n = 2; n <= order; ++n) {
    for (const float s : scores[n - 1]) by_score.emplace_back(s, static_cast<float>(NodeBytes(n, order)));
  }
  std::sort(by_score.begin(), by_score.end(), std::greater<>());
  double bytes = 24.0 * static_cast<double>(corpus.tokens.size());
  float threshold = -std::numeric_limits<float>::infinity();
  for (const auto& [score, cost] : by_score) {
    bytes += cost;
    if (bytes > static_cast<double>(options.max_bytes)) {
      threshold = std::nextafter(score, std::numeric_limits<float>::infinity());
      break;
    }
  }
  by_score = {};

  BackoffModel model;
  for (std::size_t n = 1; n <= order; ++n) {
    if (n > 1) {
      KeepOnly(scores[n - 1], threshold, kept[n - 1]);
      LinkLevel(n, kept[n - 1], kept[n - 2]);
      log(std::to_string(n) + "-grams after pruning: " + std::to_string(kept[n - 1].keys.size()));
    }
  }
  for (Kept& level : kept) {
    model.levels.push_back(
        {std::move(level.keys), std::move(level.probability), std::move(level.suffix), std::move(level.child_end)});
  }
  model.levels.back().child_end.clear();
  model.tokens = std::move(corpus.tokens);
  return model;
}

}  // namespace hoidau
