// Training text of the language model: files read line by line, the slice held out, words as numbers.
//
//   LmCorpus corpus;
//   Status read = ReadCorpus({"admin__letters.txt.zst", "news__a.txt"}, options, corpus);
//   corpus.domains["admin"]   // <s> kế hoạch … </s> <s> …, as ids of corpus.tokens
//
// A file is UTF-8, one paragraph or sentence a line, plain or zstd (*.zst). Its domain is what stands before "__" in
// its name, "text" where there is none.
// Held out: line l of file f belongs to block l / 100; block b is held out if IsHeldOut(f's name, b, seed), which is so
// for one in a hundred. Held-out lines are never trained on, nor are lines elsewhere that have the same tokens.
// Folds: of every so many blocks one can be left out, too, and its lines written elsewhere: what a model that did not
// see them makes of them is what the judge learns from (judge_data.cc). A line that comes again (the same tokens, so
// numbers may differ) counts once: collections of laws repeat themselves.
#ifndef HOIDAU_TOOLS_TRAIN_LM_CORPUS_H_
#define HOIDAU_TOOLS_TRAIN_LM_CORPUS_H_

#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace hoidau {

inline constexpr std::uint64_t kHeldOutBlockLines = 100;

bool IsHeldOut(std::string_view file_name, std::uint64_t block, std::uint64_t seed);

// The fold of a block, 0 to folds - 1.
int FoldOf(std::string_view file_name, std::uint64_t block, int folds);

// Calls `line` for every line of a file, without its end. kNotFound, kBadInput (damaged compression).
Status ForEachLine(const std::string& path, const std::function<void(std::string_view)>& line);

struct CorpusOptions {
  std::uint64_t seed = 1;
  std::uint64_t min_syllable_count = 3;  // legal syllables
  std::uint64_t min_word_count = 12;     // all other tokens
  std::size_t max_words = 65535;
  std::string heldout_dir;  // held-out lines go to <dir>/<domain>.txt; "" nowhere
  int folds = 0;            // 0: nothing is left out
  int fold = 0;             // the one left out
  std::string fold_dir;     // its lines go to <dir>/<domain>.txt
};

struct LmCorpus {
  std::vector<std::string> tokens;                            // by id; 0, 1, 2 are <unk>, <s>, </s>
  std::map<std::string, std::vector<std::uint16_t>> domains;  // sentences, each from <s> to </s>
  // By domain and id: how often within a sentence, after a word or a comma, it begins with a small letter, and with a
  // capital that a small letter follows.
  std::map<std::string, std::vector<std::array<std::uint32_t, 2>>> capitals;
};

Status ReadCorpus(const std::vector<std::string>& paths, const CorpusOptions& options, LmCorpus& corpus);

}  // namespace hoidau

#endif  // HOIDAU_TOOLS_TRAIN_LM_CORPUS_H_
