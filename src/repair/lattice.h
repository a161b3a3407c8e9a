// The lattice of a paragraph: readings as arcs between places, and the language model's judgement over them.
//
//   Lattice lattice;
//   lattice.arcs = {{.from = 0, .to = 1, .cost = 0.2F, .words = {id_of_ke}, .word_count = 1}, …};
//   lattice.places = 5;                       // arcs lead from 0 to 4
//   DecodeLattice(lattice, {.base = &lm}, {.beam = 16}, scratch, result);
//   result.path;                              // indices of the best arcs
//   result.posterior[i];                      // probability of arc i, forward-backward over what the beam kept
//
// Thread safety: a DecodeScratch belongs to one thread. Limits: every place but the last needs an arc that leaves it.
// Method: Viterbi with beam and recombination of equal language-model states; posteriors after Rabiner (1989), § III.
#ifndef HOIDAU_REPAIR_LATTICE_H_
#define HOIDAU_REPAIR_LATTICE_H_

#include <array>
#include <cstdint>
#include <vector>

#include "lm/ngram_model.h"
#include "repair/document_model.h"

namespace hoidau {

struct Arc {
  std::uint32_t from = 0, to = 0;
  float cost = 0;  // −ln p(observed | reading), weighted
  std::array<WordId, 4> words{};
  std::uint8_t word_count = 0;
  std::uint32_t reading = 0;  // the caller's
};

struct Lattice {
  std::uint32_t places = 1;
  std::vector<Arc> arcs;  // sorted by `from`
};

// The language models of a decoder: the project's, and one of the user's mixed in.
struct LanguageModels {
  const NgramModel* base = nullptr;
  const NgramModel* user = nullptr;              // none
  const std::vector<WordId>* to_user = nullptr;  // the user's word of each base word
  float user_weight = 0.3F;                      // linear interpolation of probabilities
  const DocumentModel* document = nullptr;       // none
};

struct DecodeOptions {
  int beam = 16;        // states kept a place
  float threshold = 8;  // states worse than the best one of their place by this are dropped
  int order = 0;        // 0: the model's own
};

struct DecodeResult {
  std::vector<std::uint32_t> path;  // arcs of the best path, in order
  std::vector<float> model;         // parallel to path: ln p of the arc\'s words by the language model
  std::vector<float> posterior;     // an entry an arc
  float log_prob = 0;               // of the best path: language model and channel
};

class DecodeScratch {
 public:
  struct State {
    NgramModel::State lm;
    NgramModel::State user;
    WordId last = kUnknownWord;  // the word before, where a document model asks for it
    float best = 0;              // ln p of the best path to here
    double forward = 0;          // ln of the sum over all paths to here
    double backward = 0;
    std::int32_t back_state = -1;
    std::int32_t back_arc = -1;
  };
  struct Link {  // an arc between two kept states
    std::uint32_t from, to, arc;
    float score;
  };
  struct Contexts {  // of one place
    NgramModel::Contexts base, user;
    std::vector<const NgramModel::State*> states;
  };
  Contexts contexts;
  std::vector<std::vector<State>> places;
  std::vector<std::vector<Link>> links;  // by the place they come from
};

// Decodes from the state after <s>; the last place closes with </s>.
void DecodeLattice(const Lattice& lattice, const LanguageModels& models, const DecodeOptions& options,
                   DecodeScratch& scratch, DecodeResult& result);

}  // namespace hoidau

#endif  // HOIDAU_REPAIR_LATTICE_H_
