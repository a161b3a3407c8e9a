// hoidau-channel: learns a channel file from aligned pairs (hoidau-pairs).
//
//   hoidau-channel --pairs pairs-latin.tsv --out models/channel/latin.tsv --about "Tesseract eng on 320 rendered pages"
//
// --test adds the figure for other pairs. Every twentieth pair is kept out of the learning and says how good the
// channel is: its mean cost a printed letter, in nats, with edits of up to one, two and three letters. Deterministic.
#include <CLI/CLI.hpp>
#include <cmath>
#include <cstdio>
#include <iostream>

#include "base/files.h"
#include "channel_learner.h"
#include "text/tokenizer.h"
#include "text/unicode.h"

namespace hoidau::print {
namespace {

struct Pair {
  std::u32string observed, printed;
};

Result<std::vector<Pair>> ReadPairs(const std::vector<std::string>& paths) {
  std::vector<Pair> pairs;
  for (const std::string& path : paths) {
    const Result<std::string> text = ReadFile(path);
    if (!text) return text.error();
    for (const ByteSpan span : SplitLines(*text)) {
      const std::string_view line = span.In(*text);
      const std::size_t tab = line.find('\t');
      if (tab == std::string_view::npos) return Error{ErrorCode::kBadInput, path + ": expected observed TAB true"};
      const std::string_view rest = line.substr(tab + 1);
      pairs.push_back({CodePoints(line.substr(0, tab)), CodePoints(rest.substr(0, rest.find('\t')))});
    }
  }
  return pairs;
}

// Mean cost of a printed letter, nats, over every step-th pair of single tokens.
double MeanCost(const LearntChannel& channel, const std::vector<Pair>& pairs, std::size_t step) {
  double cost = 0, letters = 0;
  for (std::size_t i = 0; i < pairs.size(); i += step) {
    const auto& [observed, printed] = pairs[i];
    if (observed.find(U' ') != std::u32string::npos || printed.find(U' ') != std::u32string::npos) continue;
    cost += channel.Cost(observed, printed);
    letters += static_cast<double>(printed.size());
  }
  return letters > 0 ? cost / letters : 0;
}

Status Run(const std::vector<std::string>& paths, const std::vector<std::string>& tests, const std::string& out,
           const std::string& about, const LearnOptions& options) {
  const Result<std::vector<Pair>> pairs = ReadPairs(paths);
  if (!pairs) return pairs.error();
  ChannelLearner learner;
  for (std::size_t i = 0; i < pairs->size(); ++i) {
    if (i % 20 != 0) learner.Add((*pairs)[i].observed, (*pairs)[i].printed);
  }
  std::string figures;
  LearntChannel channel;
  for (int longest = 1; longest <= options.max_edit; ++longest) {
    LearnOptions shorter = options;
    shorter.max_edit = longest;
    channel = learner.Learn(shorter);
    char line[128];
    std::snprintf(line, sizeof line, "# edits of up to %d letters: %zu, cost of kept-out pairs %.4f nats a letter\n",
                  longest, channel.edits.size(), MeanCost(channel, *pairs, 20));
    figures += line;
  }

  for (const std::string& path : tests) {
    const Result<std::vector<Pair>> test = ReadPairs({path});
    if (!test) return test.error();
    std::cout << path << ": " << MeanCost(channel, *test, 1) << " nats a letter\n";
  }
  std::string table =
      "# What an engine reads for printed letters: shape, printed, observed, -ln p(observed | printed).\n"
      "# Shape: l small letters, u capitals, t the capital at the beginning of a word with what follows it.\n"
      "# e.g. a line `l TAB ức TAB irc TAB 0.9` says that small \"ức\" is read as \"irc\" in 40 of 100 cases.\n"
      "# Made by hoidau-channel from " +
      std::to_string(pairs->size()) + " pairs. " + about + "\n" + figures;
  for (const ChannelEdit& edit : channel.edits) {
    char cost[32];
    std::snprintf(cost, sizeof cost, "%.3f", edit.cost);
    table +=
        std::string(1, edit.shape) + '\t' + ToUtf8(edit.printed) + '\t' + ToUtf8(edit.observed) + '\t' + cost + '\n';
  }
  std::cout << figures;
  return WriteFileAtomic(out, table);
}

}  // namespace
}  // namespace hoidau::print

int main(int argc, char** argv) {
  std::vector<std::string> pairs, tests;
  std::string out, about;
  hoidau::print::LearnOptions options;
  CLI::App app{"Learns a channel from aligned pairs"};
  app.add_option("--pairs", pairs, "tables of hoidau-pairs")->required();
  app.add_option("--test", tests, "other pairs to try the channel on");
  app.add_option("--out", out, "channel file")->required();
  app.add_option("--about", about, "what the pairs are, for the file's header");
  app.add_option("--max-edit", options.max_edit, "letters a side")->check(CLI::Range(1, 3));
  app.add_option("--min-count", options.min_count, "edits seen less often are left out");
  app.add_option("--min-gain", options.min_gain, "nats that an edit must save over the pairs");
  app.add_option("--discount", options.discount, "taken off each count");
  CLI11_PARSE(app, argc, argv);
  const hoidau::Status status = hoidau::print::Run(pairs, tests, out, about, options);
  if (!status) {
    std::cerr << "hoidau-channel: " << status.error().message << '\n';
    return 1;
  }
  return 0;
}
