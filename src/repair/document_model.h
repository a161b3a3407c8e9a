// What a document says again and again: expected counts of its words and word pairs, to be mixed into the language
// model when its paragraphs are decoded once more.
//
//   DocumentModel own(lm);
//   own.Add(tân, hội, 0.9F);  own.Add(tân, hội, 0.7F);
//   own.Mix(log_p, tân, hội);      // more than log_p: the document has said so before
//   own.Add(tân, hội, -0.7F);      // a paragraph is no witness for itself
//
// Thread safety: none. Limits: 300 KB and more with the document's pairs of words; what Mix returns need not sum to
// one. Method: a cache language model (Kuhn and De Mori 1990) over posteriors instead of words, each paragraph left out
// of the counts that it is decoded with; words are scaled by how much commoner they are here than elsewhere (Kneser,
// Peters and Klakow 1997).
#ifndef HOIDAU_REPAIR_DOCUMENT_MODEL_H_
#define HOIDAU_REPAIR_DOCUMENT_MODEL_H_

#include <cstdint>
#include <unordered_map>
#include <vector>

#include "lm/ngram_model.h"

namespace hoidau {

class DocumentModel {
 public:
  explicit DocumentModel(const NgramModel& lm) : lm_(&lm) {}

  // Counts a word and the one before it; a weight below zero takes it back. Unknown words say nothing.
  void Add(WordId before, WordId word, float weight);
  // Natural logarithm of p(word | before), from the language model's.
  float Mix(float log_p, WordId before, WordId word) const;

 private:
  struct Word {
    float count = 0;
    float usual = 0;   // probability in any document; 0: not yet asked
    float before = 0;  // how often it stood before a known word
  };
  const NgramModel* lm_;
  std::vector<Word> words_;  // by id; empty until the first one
  std::unordered_map<std::uint64_t, float> pairs_;
  float total_ = 0;
};

}  // namespace hoidau

#endif  // HOIDAU_REPAIR_DOCUMENT_MODEL_H_
