// Builds the file of lm/word_habits.h, of running text: pairs of words that stand two apart or near each other, and how
// often each begins with a capital.
//
//   std::string bytes = HabitBytes(corpus, {.weights = {{"admin", 5.0}}, .lists = {"words"}});
//
// Counts are weighted by domain, as those of the language model. Kept are the pairs that are expected to change most:
// their value times how often they are seen, or, where they avoid each other, how often they should have been.
#ifndef HOIDAU_TOOLS_TRAIN_HABIT_BUILDER_H_
#define HOIDAU_TOOLS_TRAIN_HABIT_BUILDER_H_

#include <cstdint>
#include <map>
#include <set>
#include <string>

#include "lm_corpus.h"

namespace hoidau {

struct HabitOptions {
  std::map<std::string, double> weights;  // by domain; 1 where none is given
  std::set<std::string> lists;            // domains without running text: neighbours there mean nothing
  std::size_t max_pairs = 1'500'000;      // of both tables; three bytes each
  std::uint32_t words = 9000;             // the commonest that have pairs; memory goes with its square
};

std::string HabitBytes(const LmCorpus& corpus, const HabitOptions& options);

}  // namespace hoidau

#endif  // HOIDAU_TOOLS_TRAIN_HABIT_BUILDER_H_
