// Habits of words beyond the three before that an n-gram sees: which stand near each other, and which begin with a
// capital. A second judge of what the n-grams leave in doubt.
//
//   Result<WordHabits> habits = WordHabits::Open("models/recovery.habits", lm);
//   habits->Near(lm.Find("lúa"), lm.Find("ruộng"));      // above 1: together far more often than by chance
//   habits->TwoApart(lm.Find("từ"), lm.Find("đến"));     // above 0: with a word between them
//   habits->FirstLetter(lm.Find("lâm"), true);           // −0.1: a name, most often; −3 for làm
//
// Pairs: pointwise mutual information in nats (Church and Hanks 1990), smoothed towards none; 0 for pairs that the file
// does not hold. Thread safety: immutable after Open; shared by threads. Limits: the model's commonest words.
// Built by tools/train beside the language model whose word numbers it uses.
// File, little-endian: FileHeader; then for each table, two apart first: u32 begin[words + 1], where each first word's
// pairs begin; u16 second words, rising within a first word; i8 values in steps of 1 / kSteps. Then i8 log-odds of a
// capital, by word, in steps of 1 / kOddsSteps. Each section is padded to 8 bytes. `Near` is symmetric: the smaller id
// stands first.
#ifndef HOIDAU_LM_WORD_HABITS_H_
#define HOIDAU_LM_WORD_HABITS_H_

#include <array>
#include <cstdint>
#include <string>

#include "base/files.h"
#include "base/result.h"
#include "lm/ngram_model.h"

namespace hoidau {

class WordHabits {
 public:
  static constexpr int kNearest = 3, kFarthest = 8;  // words from each other that are near
  static constexpr float kOddsSteps = 18;            // of the log-odds of a capital, to the nat
  static constexpr float kSteps = 40;                // of a value, to the nat
  static constexpr std::array<char, 8> kMagic = {'h', 'o', 'i', 'd', 'a', 'u', 'W', 'H'};

  struct FileHeader {
    std::array<char, 8> magic = kMagic;
    std::uint32_t words = 0;               // ids below this have pairs
    std::array<std::uint32_t, 2> pairs{};  // of each table
    std::uint32_t reserved = 0;
    std::uint64_t vocabulary = 0;  // VocabularyDigest of the language model's first words
    std::uint64_t checksum = 0;    // lm_format::Checksum of the sections, then of the header up to here
  };
  static_assert(sizeof(FileHeader) == 40);

  // kNotFound, kModel (damaged, or of another language model).
  static Result<WordHabits> Open(const std::string& path, const NgramModel& lm);

  // `second` stands two words after `first`.
  float TwoApart(WordId first, WordId second) const { return Value(tables_[0], first, second); }
  // One stands kNearest to kFarthest words from the other, on either side.
  float Near(WordId a, WordId b) const { return a < b ? Value(tables_[1], a, b) : Value(tables_[1], b, a); }
  // Natural logarithm of the probability that the word begins with a capital, or with a small letter, where it stands
  // within a sentence after another word or a comma; 0 for words without such knowledge.
  float FirstLetter(WordId word, bool capital) const;

 private:
  struct Table {
    const std::uint32_t* begin = nullptr;
    const std::uint16_t* second = nullptr;
    const std::int8_t* value = nullptr;
  };
  WordHabits() = default;
  float Value(const Table& table, WordId first, WordId second) const;

  MappedFile file_;
  std::uint32_t words_ = 0;
  std::array<Table, 2> tables_;
  const std::int8_t* capitals_ = nullptr;  // log-odds of a capital
};

}  // namespace hoidau

#endif  // HOIDAU_LM_WORD_HABITS_H_
