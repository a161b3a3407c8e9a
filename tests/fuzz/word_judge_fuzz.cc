// A file of a word judge by anybody, with a checksum that fits: opened or refused; what was opened answers for any
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
#include "lm/word_judge.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using hoidau::NgramModel;
  using hoidau::WordJudge;
  static const hoidau::Result<NgramModel> lm = NgramModel::Open(HOIDAU_SOURCE_DIR "/models/recovery.lm");
  static const std::string path =
      (std::filesystem::temp_directory_path() / ("hoidau_judge_fuzz_" + std::to_string(getpid()))).string();
  if (!lm) std::abort();
  WordJudge::FileHeader header;
  std::string body(reinterpret_cast<const char*>(data), size);
  // The first bytes are the sizes: of words, of their text, of the layers (multiples of 16, so that some fit).
  std::uint8_t sizes[5] = {};
  const std::size_t known = std::min(body.size(), sizeof sizes);
  std::memcpy(sizes, body.data(), known);
  body.erase(0, known);
  header.words = sizes[0];
  header.word_bytes = sizes[1];
  header.width = sizes[2] % 8;
  header.hidden = sizes[3] % 3 * 16U;
  header.out = sizes[4] % 3 * 16U;
  const std::string_view head(reinterpret_cast<const char*>(&header), offsetof(WordJudge::FileHeader, checksum));
  header.checksum = hoidau::lm_format::Checksum(head, hoidau::lm_format::Checksum(body));
  std::ofstream(path, std::ios::binary).write(reinterpret_cast<const char*>(&header), sizeof header) << body;
  const auto judge = WordJudge::Open(path, *lm);
  if (!judge) return 0;
  WordJudge::Sentence sentence;
  std::vector<std::uint32_t> places;
  for (std::uint32_t i = 0; i < 20; ++i) {
    sentence.words.push_back(i * i);
    sentence.shapes.push_back(static_cast<WordJudge::Shape>(i % 4));
    if (i % 3 == 0) places.push_back(i);
  }
  WordJudge::Scratch scratch;
  judge->Hear(sentence, places, scratch);
  for (std::size_t n = 0; n < places.size(); ++n) static_cast<void>(judge->Score(scratch, n, sentence.words[n]));
  return 0;
}
