// hoidau-train-lm: text in, language model out.
//
//   hoidau-train-lm --out models/recovery.lm --heldout-out build/heldout corpus/*.txt.zst
//   hoidau-train-lm --out office.lm --weight text=1 letters.txt     # an office's own text
#include <CLI/CLI.hpp>
#include <chrono>
#include <cstdio>
#include <exception>
#include <filesystem>

#include "base/files.h"
#include "habit_builder.h"
#include "kneser_ney.h"
#include "lm_corpus.h"
#include "model_writer.h"

namespace {

int Train(int argc, char** argv) {
  CLI::App app("Builds a language model from text: one paragraph or sentence a line, UTF-8, *.txt or *.zst.");
  std::vector<std::string> paths;
  std::string out;
  hoidau::CorpusOptions corpus_options;
  hoidau::EstimateOptions options;
  options.weights = {{"admin", 5}, {"misc", 5}};  // see models/README.md
  double max_mib = 28;
  std::string habits_out;
  std::string words_out;
  hoidau::HabitOptions habit_options;
  app.add_option("files", paths, "training text; the domain is what stands before \"__\" in a file's name")->required();
  app.add_option("--out", out, "the model to write")->required();
  app.add_option("--order", options.order, "longest n-gram")->check(CLI::Range(2, 4))->capture_default_str();
  app.add_option("--max-mib", max_mib, "size of the model, at most about")->capture_default_str();
  app.add_option_function<std::vector<std::string>>(
      "--weight",
      [&](const std::vector<std::string>& values) {
        for (const std::string& v : values) {
          const std::size_t eq = v.find('=');
          if (eq == std::string::npos) throw CLI::ValidationError("--weight", "write DOMAIN=NUMBER");
          options.weights[v.substr(0, eq)] = std::stod(v.substr(eq + 1));
        }
      },
      "how much a domain's counts weigh, DOMAIN=NUMBER");
  app.add_option("--min-count", options.min_count, "n-grams seen less often are left out")->capture_default_str();
  app.add_option("--own", options.own, "a domain whose n-grams stay however rare (text that may be read back)");
  app.add_option("--words-out", words_out,
                 "the model's vocabulary to write, a word a line, in the order of its numbers");
  app.add_option("--habits", habits_out, "the word habits to write (lm/word_habits.h)");
  app.add_option("--habit-pairs", habit_options.max_pairs, "pairs of words in them, at most")->capture_default_str();
  app.add_option("--list", habit_options.lists, "a domain of lists: what stands near there says nothing");
  app.add_option("--min-syllable", corpus_options.min_syllable_count, "legal syllables seen less often are unknown")
      ->capture_default_str();
  app.add_option("--min-word", corpus_options.min_word_count, "other tokens seen less often are unknown")
      ->capture_default_str();
  app.add_option("--seed", corpus_options.seed, "chooses the slice that is held out")->capture_default_str();
  app.add_option("--heldout-out", corpus_options.heldout_dir, "folder for the held-out slice, one file a domain");
  app.add_option("--folds", corpus_options.folds, "folds of the rest; one of them is left out");
  app.add_option("--fold", corpus_options.fold, "the fold that is left out, from 0")->capture_default_str();
  app.add_option("--fold-out", corpus_options.fold_dir, "folder for it, one file a domain");
  CLI11_PARSE(app, argc, argv);

  const auto start = std::chrono::steady_clock::now();
  options.log = [&](const std::string& line) {
    const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - start;
    std::fprintf(stderr, "%6.1f s  %s\n", elapsed.count(), line.c_str());
  };
  options.max_bytes = static_cast<std::uint64_t>(max_mib * 1024 * 1024);
  for (const std::string& dir : {corpus_options.heldout_dir, corpus_options.fold_dir}) {
    if (!dir.empty()) std::filesystem::create_directories(dir);
  }
  hoidau::LmCorpus corpus;
  const hoidau::Status read = hoidau::ReadCorpus(paths, corpus_options, corpus);
  if (!read) {
    std::fprintf(stderr, "hoidau-train-lm: %s\n", read.error().message.c_str());
    return 1;
  }
  options.log("vocabulary: " + std::to_string(corpus.tokens.size()));
  if (!words_out.empty()) {
    std::string words;
    for (const std::string& token : corpus.tokens) words += token + "\n";
    const hoidau::Status written = hoidau::WriteFileAtomic(words_out, words);
    if (!written) {
      std::fprintf(stderr, "hoidau-train-lm: %s\n", written.error().message.c_str());
      return 1;
    }
  }
  if (!habits_out.empty()) {
    habit_options.weights = options.weights;
    const std::string habits = hoidau::HabitBytes(corpus, habit_options);
    const hoidau::Status written = hoidau::WriteFileAtomic(habits_out, habits);
    if (!written) {
      std::fprintf(stderr, "hoidau-train-lm: %s\n", written.error().message.c_str());
      return 1;
    }
    options.log(habits_out + ": " + std::to_string(habits.size()) + " bytes");
  }
  const std::string bytes = hoidau::ModelBytes(hoidau::EstimateModel(std::move(corpus), options));
  const hoidau::Status written = hoidau::WriteFileAtomic(out, bytes);
  if (!written) {
    std::fprintf(stderr, "hoidau-train-lm: %s\n", written.error().message.c_str());
    return 1;
  }
  options.log(out + ": " + std::to_string(bytes.size()) + " bytes");
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return Train(argc, argv);
  } catch (const std::exception& e) {
    std::fprintf(stderr, "hoidau-train-lm: %s\n", e.what());
    return 1;
  }
}
