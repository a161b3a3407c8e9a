// The language model: an interpolated modified Kneser-Ney n-gram over tokens, read-only, memory-mapped.
//
//   Result<NgramModel> lm = NgramModel::Open("models/recovery.lm");
//   NgramModel::State state = lm->BeginState(), next;
//   float lp = lm->Score(state, lm->Find("kế"), next);    // natural logarithm of p(kế | <s>)
//
// Tokens are what lm/vocabulary.h makes of text: syllables in lower case and old tone placement, signs, classes as
// <num>. Thread safety: immutable after Open; shared by threads. Limits: order up to 4, vocabulary up to 65,535 tokens.
// Method: Kneser and Ney (1995); Chen and Goodman (1998), interpolated with three discounts an order; the file is a
// trie (lm/model_format.h). Built by tools/train.
#ifndef HOIDAU_LM_NGRAM_MODEL_H_
#define HOIDAU_LM_NGRAM_MODEL_H_

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/files.h"
#include "base/result.h"

namespace hoidau {

using WordId = std::uint32_t;
inline constexpr WordId kUnknownWord = 0;    // <unk>
inline constexpr WordId kSentenceBegin = 1;  // <s>
inline constexpr WordId kSentenceEnd = 2;    // </s>

class NgramModel {
 public:
  static constexpr int kMaxOrder = 4;

  // What of the words before can matter for the next one: the trie nodes of the last one, two and three words, as far
  // as the model continues them. Equal states score every continuation equally: a decoder may merge them.
  struct State {
    std::array<std::uint32_t, kMaxOrder - 1> nodes{};
    std::uint32_t length = 0;

    // Names the state within its model: equal keys, equal states.
    std::uint64_t Key() const { return length == 0 ? 0 : std::uint64_t{length} << 32 | nodes[length - 1]; }
    friend bool operator==(const State& a, const State& b) { return a.Key() == b.Key(); }
  };

  // A state made ready to score many words after it: where the words that follow it stand, and what backing off costs.
  struct Context {
    std::array<std::uint32_t, kMaxOrder - 1> begin{}, end{};
    std::array<float, kMaxOrder - 1> back{};
    std::uint32_t length = 0;
  };

  // kNotFound, kModel (damaged, other version).
  static Result<NgramModel> Open(const std::string& path);

  NgramModel(NgramModel&&) noexcept;
  NgramModel& operator=(NgramModel&&) noexcept;
  ~NgramModel();

  int order() const;
  WordId vocabulary_size() const;
  // Number of n-grams of the given order, 1 to order().
  std::uint32_t ngrams(int n) const;
  // kUnknownWord where the token is not in the vocabulary.
  WordId Find(std::string_view token) const;
  // REQUIRES: word < vocabulary_size().
  std::string_view Token(WordId word) const;

  State EmptyState() const { return {}; }
  State BeginState() const;  // after <s>
  // Natural logarithm of p(word | state); `next` may not alias `state`. Ids beyond the vocabulary score as <unk>: the
  // probability of the whole class of unknown words, so a caller that compares spellings divides it among them.
  float Score(const State& state, WordId word, State& next) const { return Score(Prepare(state), word, next); }
  Context Prepare(const State& state) const;
  float Score(const Context& context, WordId word, State& next) const;

  // The states of one place of a decoder. Many end in the same words: a word is looked up once for all that share them.
  class Contexts {
   public:
    void Assign(const NgramModel& model, std::span<const State* const> states);
    // As NgramModel::Score after the state of that number.
    float Score(const NgramModel& model, std::size_t state, WordId word, State& next);

   private:
    struct Entry {
      Context context;
      std::array<std::uint32_t, kMaxOrder - 1> twin{};   // by number of words, the first state that ends in the same
      std::array<std::uint32_t, kMaxOrder - 1> found{};  // nodes of `word` after so many words
      WordId word = ~WordId{0};
    };
    std::vector<Entry> entries_;
  };

 private:
  template <typename NodeOf>
  float Score(const Context& context, WordId word, State& next, NodeOf node_of) const;
  struct Impl;
  explicit NgramModel(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace hoidau

#endif  // HOIDAU_LM_NGRAM_MODEL_H_
