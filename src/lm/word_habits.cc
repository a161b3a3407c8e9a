#include "lm/word_habits.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <string_view>
#include <utility>

#include "lm/model_format.h"

namespace hoidau {

Result<WordHabits> WordHabits::Open(const std::string& path, const NgramModel& lm) {
  Result<MappedFile> file = MappedFile::Open(path);
  if (!file) return file.error();
  const auto wrong = [&](const char* what) { return Error{ErrorCode::kModel, path + ": word habits: " + what}; };
  std::string_view rest = file->bytes();
  FileHeader header;
  if (const char* fault = lm_format::TakeHeader(rest, header)) return wrong(fault);
  if (header.words > lm.vocabulary_size()) return wrong("of another language model");
  std::uint64_t vocabulary = 0;
  for (WordId w = 0; w < header.words; ++w) vocabulary = lm_format::Checksum(lm.Token(w), vocabulary);
  if (vocabulary != header.vocabulary) return wrong("of another language model");

  WordHabits out;
  out.words_ = header.words;
  lm_format::Sections sections(rest);
  for (std::size_t t = 0; t < out.tables_.size(); ++t) {
    const std::uint64_t pairs = header.pairs[t];
    Table& table = out.tables_[t];
    table.begin = sections.Take<std::uint32_t>(std::uint64_t{header.words} + 1);
    table.second = sections.Take<std::uint16_t>(pairs);
    table.value = sections.Take<std::int8_t>(pairs);
  }
  out.capitals_ = sections.Take<std::int8_t>(header.words);
  if (const char* fault = sections.Fault()) return wrong(fault);
  for (std::size_t t = 0; t < out.tables_.size(); ++t) {
    const std::uint32_t* begin = out.tables_[t].begin;
    if (!std::is_sorted(begin, begin + header.words + 1) || begin[header.words] != header.pairs[t])
      return wrong("inconsistent");
  }
  out.file_ = std::move(*file);
  return out;
}

float WordHabits::FirstLetter(WordId word, bool capital) const {
  if (word == kUnknownWord || word >= words_) return 0;
  const float odds = static_cast<float>(capitals_[word]) / kOddsSteps;
  return -std::log1p(std::exp(capital ? -odds : odds));
}

float WordHabits::Value(const Table& table, WordId first, WordId second) const {
  if (first >= words_ || second >= words_) return 0;
  const std::uint32_t at =
      lm_format::FindWord(table.second, table.begin[first], table.begin[first + 1], static_cast<std::uint16_t>(second));
  return at == lm_format::kNotFound ? 0 : static_cast<float>(table.value[at]) / kSteps;
}

}  // namespace hoidau
