// A file of word habits by anybody, with a checksum that fits: opened or refused; what was opened answers for any
// words.
#include <unistd.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

#include "lm/model_format.h"
#include "lm/word_habits.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using hoidau::NgramModel;
  using hoidau::WordHabits;
  static const hoidau::Result<NgramModel> lm = NgramModel::Open(HOIDAU_SOURCE_DIR "/models/recovery.lm");
  static const std::string path =
      (std::filesystem::temp_directory_path() / ("hoidau_habits_fuzz_" + std::to_string(getpid()))).string();
  if (!lm) std::abort();
  WordHabits::FileHeader header;
  std::string body(reinterpret_cast<const char*>(data), size);
  const std::size_t counts = std::min(body.size(), sizeof header.words + sizeof header.pairs);
  std::memcpy(&header.words, body.data(), std::min(counts, sizeof header.words));
  if (counts > sizeof header.words)
    std::memcpy(header.pairs.data(), body.data() + sizeof header.words, counts - sizeof header.words);
  body.erase(0, counts);
  header.words %= 256;
  for (hoidau::WordId w = 0; w < header.words; ++w)
    header.vocabulary = hoidau::lm_format::Checksum(lm->Token(w), header.vocabulary);
  const std::string_view head(reinterpret_cast<const char*>(&header), offsetof(WordHabits::FileHeader, checksum));
  header.checksum = hoidau::lm_format::Checksum(head, hoidau::lm_format::Checksum(body));
  std::ofstream(path, std::ios::binary).write(reinterpret_cast<const char*>(&header), sizeof header) << body;
  const auto habits = WordHabits::Open(path, *lm);
  if (!habits) return 0;
  for (hoidau::WordId a = 0; a < 300; a += 7) {
    for (hoidau::WordId b = 0; b < 300; b += 5) static_cast<void>(habits->Near(a, b) + habits->TwoApart(a, b));
    static_cast<void>(habits->FirstLetter(a, true));
  }
  return 0;
}
