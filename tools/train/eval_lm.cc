// hoidau-eval-lm: what a language model is worth on text that it was not trained on.
//
//   hoidau-eval-lm --model models/recovery.lm build/heldout/*.txt
//
// For each file: tokens, part of them unknown, perplexity (known tokens and line ends), syllables right after all marks
// were stripped and restored by a plain beam search over the vocabulary's words of the same letters, Score calls a
// second. The search has no channel and no document: it compares models, it is not what `hoidau repair` reaches.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <exception>
#include <string>
#include <unordered_map>
#include <vector>

#include "lm/ngram_model.h"
#include "lm/vocabulary.h"
#include "lm_corpus.h"
#include "text/syllable.h"
#include "text/unicode.h"

namespace {

using hoidau::NgramModel;
using hoidau::WordId;

struct Figures {
  std::uint64_t tokens = 0;
  std::uint64_t unknown = 0;
  double log_sum = 0;
  std::uint64_t scored = 0;
  std::uint64_t words = 0;
  std::uint64_t right = 0;
  std::uint64_t calls = 0;
  double seconds = 0;
};

class Evaluator {
 public:
  Evaluator(const NgramModel& model, int order, int beam) : model_(model), order_(order), beam_(beam) {
    for (WordId w = hoidau::kSentenceEnd + 1; w < model.vocabulary_size(); ++w) {
      by_letters_[hoidau::StripMarks(model.Token(w))].push_back(w);
    }
  }

  void Add(std::string_view line, Figures& figures) {
    const std::vector<std::string> tokens = hoidau::LmTokens(line);
    if (tokens.empty()) return;
    Perplexity(tokens, figures);
    if (beam_ > 0) Restore(tokens, figures);
  }

 private:
  struct Hypothesis {
    NgramModel::State state;
    float log;
    std::int32_t back;  // index into nodes_
  };
  struct Node {
    WordId word;
    std::int32_t before;
  };

  float Score(const NgramModel::State& state, WordId word, NgramModel::State& next) const {
    const float log = model_.Score(state, word, next);
    next.length = std::min(next.length, static_cast<std::uint32_t>(order_ - 1));
    return log;
  }

  void Perplexity(const std::vector<std::string>& tokens, Figures& figures) const {
    NgramModel::State state = model_.BeginState();
    NgramModel::State next;
    for (std::size_t i = 0; i <= tokens.size(); ++i) {
      const WordId word = i < tokens.size() ? model_.Find(tokens[i]) : hoidau::kSentenceEnd;
      const float log = Score(state, word, next);
      state = next;
      ++figures.tokens;
      if (word == hoidau::kUnknownWord) {
        ++figures.unknown;
      } else {
        figures.log_sum += static_cast<double>(log);
        ++figures.scored;
      }
    }
  }

  void Restore(const std::vector<std::string>& tokens, Figures& figures) {
    nodes_.clear();
    std::vector<Hypothesis> beam = {{model_.BeginState(), 0, -1}};
    std::vector<Hypothesis> next_beam;
    const std::vector<WordId> unknown = {hoidau::kUnknownWord};
    const auto start = std::chrono::steady_clock::now();
    for (std::size_t i = 0; i <= tokens.size(); ++i) {
      std::vector<WordId> end = {hoidau::kSentenceEnd};
      const std::vector<WordId>* candidates = &end;
      if (i < tokens.size()) {
        const auto it = by_letters_.find(hoidau::StripMarks(tokens[i]));
        candidates = it == by_letters_.end() ? &unknown : &it->second;
      }
      next_beam.clear();
      merged_.clear();
      for (const Hypothesis& h : beam) {
        for (const WordId w : *candidates) {
          Hypothesis n;
          n.log = h.log + Score(h.state, w, n.state);
          n.back = h.back;
          const auto [same, fresh] = merged_.try_emplace(n.state.Key() ^ std::uint64_t{w} << 48, next_beam.size());
          if (fresh) {
            nodes_.push_back({w, h.back});
            n.back = static_cast<std::int32_t>(nodes_.size() - 1);
            next_beam.push_back(n);
          } else if (n.log > next_beam[same->second].log) {
            Hypothesis& kept = next_beam[same->second];
            kept.log = n.log;
            nodes_[static_cast<std::size_t>(kept.back)] = {w, h.back};
          }
        }
      }
      figures.calls += beam.size() * candidates->size();
      const auto keep = std::min<std::size_t>(next_beam.size(), static_cast<std::size_t>(beam_));
      std::partial_sort(next_beam.begin(), next_beam.begin() + static_cast<std::ptrdiff_t>(keep), next_beam.end(),
                        [](const Hypothesis& a, const Hypothesis& b) { return a.log > b.log; });
      next_beam.resize(keep);
      std::swap(beam, next_beam);
    }
    figures.seconds += std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    std::int32_t node = nodes_[static_cast<std::size_t>(beam[0].back)].before;
    for (std::size_t i = tokens.size(); i-- > 0;) {
      const WordId word = nodes_[static_cast<std::size_t>(node)].word;
      node = nodes_[static_cast<std::size_t>(node)].before;
      std::size_t at = 0;
      if (!hoidau::IsLetter(hoidau::DecodeAt(tokens[i], at))) continue;
      ++figures.words;
      const std::string_view said = word == hoidau::kUnknownWord ? std::string_view(tokens[i]) : model_.Token(word);
      // What no word of the vocabulary has the letters of stays as it was stripped.
      if (word == hoidau::kUnknownWord ? hoidau::StripMarks(tokens[i]) == tokens[i] : said == tokens[i])
        ++figures.right;
    }
  }

  const NgramModel& model_;
  int order_;
  int beam_;
  std::unordered_map<std::string, std::vector<WordId>> by_letters_;
  std::unordered_map<std::uint64_t, std::size_t> merged_;
  std::vector<Node> nodes_;
};

int Evaluate(int argc, char** argv) {
  CLI::App app("Measures a language model on text.");
  std::string model_path;
  std::vector<std::string> paths;
  int order = NgramModel::kMaxOrder;
  int beam = 16;
  app.add_option("files", paths, "text, one paragraph a line, *.txt or *.zst")->required();
  app.add_option("--model", model_path, "the model")->required();
  app.add_option("--order", order, "use no longer n-grams than this")
      ->check(CLI::Range(2, NgramModel::kMaxOrder))
      ->capture_default_str();
  app.add_option("--beam", beam, "hypotheses kept when marks are restored; 0: perplexity only")->capture_default_str();
  CLI11_PARSE(app, argc, argv);
  const hoidau::Result<NgramModel> model = NgramModel::Open(model_path);
  if (!model) {
    std::fprintf(stderr, "hoidau-eval-lm: %s\n", model.error().message.c_str());
    return 1;
  }
  Evaluator evaluator(*model, order, beam);
  std::printf("%-24s %9s %9s %10s %9s %9s\n", "file", "tokens", "unknown %", "perplexity", "marks %", "M calls/s");
  for (const std::string& path : paths) {
    Figures f;
    const hoidau::Status read = hoidau::ForEachLine(path, [&](std::string_view line) { evaluator.Add(line, f); });
    if (!read) {
      std::fprintf(stderr, "hoidau-eval-lm: %s\n", read.error().message.c_str());
      return 1;
    }
    const auto percent = [](std::uint64_t part, std::uint64_t all) {
      return 100.0 * static_cast<double>(part) / static_cast<double>(all);
    };
    std::printf("%-24s %9llu %9.2f %10.2f %9.2f %9.2f\n", path.substr(path.rfind('/') + 1).c_str(),
                static_cast<unsigned long long>(f.tokens), percent(f.unknown, f.tokens),
                std::exp(-f.log_sum / static_cast<double>(f.scored)), percent(f.right, f.words),
                static_cast<double>(f.calls) / f.seconds / 1e6);
  }
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return Evaluate(argc, argv);
  } catch (const std::exception& e) {
    std::fprintf(stderr, "hoidau-eval-lm: %s\n", e.what());
    return 1;
  }
}
