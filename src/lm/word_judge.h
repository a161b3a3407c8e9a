// A second judge of what the n-grams leave in doubt: a small feed-forward network that knows which word stands among
// which others, eight words to either side, and where capitals stand.
//
//   Result<WordJudge> judge = WordJudge::Open("models/recovery.judge", lm);
//   WordJudge::Sentence sentence = …;                  // "con mua to qua ." as it is read so far: con mưa to quá .
//   judge->Hear(sentence, {1}, scratch);               // what stands around the second word
//   judge->Score(scratch, 0, lm.Find("mưa"));          // above Score(scratch, 0, lm.Find("mua"))
//
// A score is a correction to the n-grams' log probability, in nats, up to a constant of the place: it is learnt on
// places that the n-grams leave in doubt, as what is still missing there. Method: a neural probabilistic model of a
// word between its neighbours (Bengio et al. 2003; the neighbours of both sides as Mnih and Kavukcuoglu 2013), trained
// as a log-linear correction of the n-grams' posterior.
// Thread safety: immutable after Open; a Scratch belongs to one thread. Limits: words of the file; any other is <unk>
// as a neighbour, and scores 0. Built by tools/train/train_judge.py.
// File, little-endian: FileHeader; words, each ended by a line feed; then, each section padded to 8 bytes:
// input vectors i8 [words][width] with scales f32 [words]; output vectors i8 [words][out] with scales f32 [words];
// biases f32 [words]; shapes f32 [4][width]; first layer i8 [2 * kReach * width][hidden] with scales f32 [2 * kReach *
// width], its bias f32 [hidden], the shapes of the word itself [4][hidden]; second layer i8 [hidden][out] with
// scales f32 [hidden], its bias [out]. Hidden and out are multiples of 16.
#ifndef HOIDAU_LM_WORD_JUDGE_H_
#define HOIDAU_LM_WORD_JUDGE_H_

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "base/files.h"
#include "base/result.h"
#include "lm/ngram_model.h"

namespace hoidau {

class WordJudge {
 public:
  static constexpr int kReach = 8;  // words to either side
  static constexpr std::array<char, 8> kMagic = {'h', 'o', 'i', 'd', 'a', 'u', 'W', 'J'};

  enum class Shape : std::uint8_t { kNoWord, kLower, kTitle, kUpper };

  struct FileHeader {
    std::array<char, 8> magic = kMagic;
    std::uint32_t words = 0, word_bytes = 0;  // of the vocabulary; the first word is <unk>, the second stands outside
    std::uint32_t width = 0, hidden = 0, out = 0, reach = kReach;
    std::uint64_t checksum = 0;  // lm_format::Checksum of what follows, then of the header up to here
  };
  static_assert(sizeof(FileHeader) == 40);

  struct Sentence {
    std::vector<WordId> words;  // of the language model
    std::vector<Shape> shapes;  // parallel to words
  };
  struct Scratch {
    std::vector<float> input, hidden, said;
  };

  // kNotFound, kModel (damaged).
  static Result<WordJudge> Open(const std::string& path, const NgramModel& lm);

  // Hears what stands around each of `places` (indices into the sentence).
  void Hear(const Sentence& sentence, std::span<const std::uint32_t> places, Scratch& scratch) const;

  // Of a word in the place of that number among those just heard.
  float Score(const Scratch& scratch, std::size_t number, WordId word) const;

 private:
  WordJudge() = default;

  MappedFile file_;
  std::size_t width_ = 0, hidden_ = 0, out_ = 0;
  std::vector<std::uint32_t> rows_;  // by the language model's word
  const std::int8_t* input_ = nullptr;
  const float* input_scale_ = nullptr;
  const std::int8_t* output_ = nullptr;
  const float* output_scale_ = nullptr;
  const float* bias_ = nullptr;
  const float* shapes_ = nullptr;
  std::vector<float> first_, second_;
  const float* first_bias_ = nullptr;
  const float* own_shape_ = nullptr;
  const float* second_bias_ = nullptr;
};

}  // namespace hoidau

#endif  // HOIDAU_LM_WORD_JUDGE_H_
