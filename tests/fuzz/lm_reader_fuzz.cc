// A language model file by anybody: opened or refused; what was opened scores any words.
#include <unistd.h>

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>

#include "lm/ngram_model.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using hoidau::NgramModel;
  static const std::string path =
      (std::filesystem::temp_directory_path() / ("hoidau_lm_fuzz_" + std::to_string(getpid()))).string();
  std::ofstream(path, std::ios::binary).write(reinterpret_cast<const char*>(data), static_cast<std::streamsize>(size));
  const auto model = NgramModel::Open(path);
  if (!model) return 0;
  NgramModel::State state = model->BeginState();
  for (hoidau::WordId word = 0; word < 64; ++word) {
    if (word < model->vocabulary_size()) static_cast<void>(model->Find(model->Token(word)));
    NgramModel::State next;
    model->Score(state, word, next);
    state = next;
  }
  return 0;
}
