#include "lm/word_habits.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstring>
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
  if (rest.size() < sizeof header) return wrong("too short for a header");
  std::memcpy(&header, rest.data(), sizeof header);
  const std::string_view head = rest.substr(0, offsetof(FileHeader, checksum));
  rest.remove_prefix(sizeof header);
  if (header.magic != kMagic) return wrong("no such file");
  if (lm_format::Checksum(head, lm_format::Checksum(rest)) != header.checksum) return wrong("wrong checksum");
  if (header.words > lm.vocabulary_size()) return wrong("of another language model");
  std::uint64_t vocabulary = 0;
  for (WordId w = 0; w < header.words; ++w) vocabulary = lm_format::Checksum(lm.Token(w), vocabulary);
  if (vocabulary != header.vocabulary) return wrong("of another language model");

  WordHabits out;
  out.words_ = header.words;
  const auto take = [&](std::uint64_t bytes) -> const char* {
    const std::uint64_t padded = (bytes + 7) / 8 * 8;
    if (padded > rest.size()) return nullptr;
    const char* at = rest.data();
    rest.remove_prefix(padded);
    return at;
  };
  for (std::size_t t = 0; t < out.tables_.size(); ++t) {
    const std::uint64_t pairs = header.pairs[t];
    Table& table = out.tables_[t];
    table.begin = reinterpret_cast<const std::uint32_t*>(take((std::uint64_t{header.words} + 1) * 4));
    table.second = reinterpret_cast<const std::uint16_t*>(take(pairs * 2));
    table.value = reinterpret_cast<const std::int8_t*>(take(pairs));
    if (table.value == nullptr || table.second == nullptr || table.begin == nullptr) return wrong("cut short");
    if (!std::is_sorted(table.begin, table.begin + header.words + 1) || table.begin[header.words] != pairs)
      return wrong("inconsistent");
  }
  out.capitals_ = reinterpret_cast<const std::int8_t*>(take(header.words));
  if (out.capitals_ == nullptr) return wrong("cut short");
  if (!rest.empty()) return wrong("too long");
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
