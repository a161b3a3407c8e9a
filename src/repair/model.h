// What recovery knows, loaded once: the inside of RepairModel (repair/repair.h).
//
// Thread safety: immutable after Load.
#ifndef HOIDAU_REPAIR_MODEL_H_
#define HOIDAU_REPAIR_MODEL_H_

#include <array>
#include <optional>
#include <vector>

#include "lm/ngram_model.h"
#include "lm/word_habits.h"
#include "lm/word_judge.h"
#include "repair/channel.h"
#include "repair/lexicon.h"
#include "repair/repair.h"

namespace hoidau {

// Which letters an engine drops: those that no Latin script has (ế, ị, but not é: QUYT ĐNH), all with a tone, or either
// of these now and then.
enum class LostLetters { kBeyondLatin, kToned, kSome };

struct RepairModel::Impl {
  NgramModel lm;
  std::optional<WordHabits> habits;  // none where the folder has none
  std::optional<WordJudge> judge;    // likewise
  Lexicon lexicon;
  Channel latin, light;
  std::array<Channel, 3> lost;        // by LostLetters
  std::vector<WordId> entry_words;    // the model's word of each lexicon entry
  std::optional<NgramModel> user_lm;  // the user's own, mixed in
  std::vector<WordId> to_user;        // the user model's word of each word
};

}  // namespace hoidau

#endif  // HOIDAU_REPAIR_MODEL_H_
