// Estimates the language model: per-domain interpolated modified Kneser-Ney models, mixed, pruned, as one back-off
// model.
//
//   BackoffModel model = EstimateModel(corpus, {.order = 4, .weights = {{"admin", 20.0}}, .max_bytes = 28 << 20});
//
// 1. Counts of every order for each domain d; modified Kneser-Ney with three discounts an order (Chen and Goodman
// 1998).
// 2. n-grams (n ≥ 2) seen less than twice in all domains together are left out, so that no sentence can be read back,
//    but for those of the project's own text.
// 3. p(w|h) = Σ_d l_d(h) p_d(w|h) with l_d(h) ∝ weight_d (c_d(h) + 1): a domain counts where it knows the context
//    (count merging as a mixture; Bacchiani et al. 2006, Hsu 2007).
// 4. Entropy pruning (Stolcke 1998) down to a size, with p(h) from weighted relative frequencies, since Kneser-Ney's
//    lower orders are no marginals (Chelba et al. 2010). What is kept is closed under prefix and suffix.
#ifndef HOIDAU_TOOLS_TRAIN_KNESER_NEY_H_
#define HOIDAU_TOOLS_TRAIN_KNESER_NEY_H_

#include <cstdint>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "lm_corpus.h"

namespace hoidau {

struct EstimateOptions {
  int order = 4;
  std::map<std::string, double> weights;  // by domain; 1 where none is given
  std::uint64_t min_count = 2;            // n-grams of order 2 and above
  std::set<std::string> own;              // domains whose n-grams stay however rare: text that is free to be read back
  std::uint64_t max_bytes = std::uint64_t{28} << 20;
  std::function<void(const std::string&)> log;  // progress, a line at a time; may be empty
};

// The n-grams of one order, sorted. A key holds the words, 16 bits each, the first one highest.
struct BackoffLevel {
  std::vector<std::uint64_t> keys;
  std::vector<float> probability;     // p(last word | the words before)
  std::vector<std::uint32_t> suffix;  // the n-gram without its first word, on the level below
  std::vector<std::uint32_t>
      child_end;  // children of node i on the level above end here, those of i + 1 begin; empty at the last
};

struct BackoffModel {
  std::vector<std::string> tokens;
  std::vector<BackoffLevel> levels;  // levels[n - 1] holds the n-grams; the first is the vocabulary in order of ids
};

BackoffModel EstimateModel(LmCorpus corpus, const EstimateOptions& options);

}  // namespace hoidau

#endif  // HOIDAU_TOOLS_TRAIN_KNESER_NEY_H_
