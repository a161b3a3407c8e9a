// Speed of recovery on one core, warm, in syllables a second: marks stripped, damage of a Latin engine, clean text.
//
//   cmake --preset release -DHOIDAU_BENCHMARKS=ON && cmake --build --preset release &&
//   build/release/tools/bench/hoidau-bench
//
// The text is corpus/dev; a run whose accuracy is not what it should be reports an error instead of a time.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include "base/files.h"
#include "repair/damage_maker.h"
#include "repair/repair.h"
#include "text/syllable.h"
#include "text/tokenizer.h"

namespace hoidau {
namespace {

const std::string kModels = HOIDAU_SOURCE_DIR "/models";

Document FromText(const std::string& text) {
  Document document;
  document.pages.push_back(PlainTextPage(text, 1));
  return document;
}

std::vector<std::string> Texts() {
  std::vector<std::string> texts;
  for (const auto& entry : std::filesystem::directory_iterator(HOIDAU_SOURCE_DIR "/corpus/dev")) {
    Result<std::string> text = ReadFile((entry.path() / "text.txt").string());
    if (text) texts.push_back(std::move(*text));
  }
  std::sort(texts.begin(), texts.end());
  texts.resize(std::min<std::size_t>(texts.size(), 10));
  return texts;
}

// Share of words that are as printed, line by line: a blank that is lost shifts the rest of its line only.
double Accuracy(const std::string& printed, const std::string& recovered) {
  const std::vector<ByteSpan> lines = SplitLines(printed);
  const std::vector<ByteSpan> got_lines = SplitLines(recovered);
  std::size_t words = 0;
  std::size_t right = 0;
  for (std::size_t l = 0; l < std::min(lines.size(), got_lines.size()); ++l) {
    const std::string_view want_line = lines[l].In(printed);
    const std::string_view got_line = got_lines[l].In(recovered);
    const std::vector<ByteSpan> want = SplitWhitespace(want_line);
    const std::vector<ByteSpan> got = SplitWhitespace(got_line);
    words += want.size();
    for (std::size_t i = 0; i < std::min(want.size(), got.size()); ++i)
      right += want[i].In(want_line) == got[i].In(got_line) ? 1 : 0;
  }
  return static_cast<double>(right) / static_cast<double>(std::max<std::size_t>(1, words));
}

template <typename Damage>
void Run(benchmark::State& state, Damage damage, double least) {
  const Result<RepairModel> model = RepairModel::Load(kModels);
  if (!model) return state.SkipWithError(model.error().message.c_str());
  RepairScratch scratch;
  std::vector<Document> documents;
  std::size_t words = 0;
  double accuracy = 0;
  const std::vector<std::string> texts = Texts();
  for (const std::string& text : texts) {
    documents.push_back(FromText(damage(text)));
    words += SplitWhitespace(text).size();
    accuracy += Accuracy(text, Repair(documents.back(), *model, scratch, {}).pages[0].layer.text()) /
                static_cast<double>(texts.size());
  }
  if (!(accuracy >= least))
    return state.SkipWithError(("only " + std::to_string(accuracy) + " of the words are right").c_str());
  for (auto _ : state) {
    for (const Document& document : documents) benchmark::DoNotOptimize(Repair(document, *model, scratch, {}));
  }
  state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations()) * static_cast<std::int64_t>(words));
  state.counters["accuracy"] = accuracy;
}

void Stripped(benchmark::State& state) {
  Run(
      state, [](const std::string& text) { return StripMarks(text); }, 0.9);
}
void Latin(benchmark::State& state) {
  const Result<DamageMaker> maker = DamageMaker::Load(kModels + "/channel/latin.tsv");
  if (!maker) return state.SkipWithError(maker.error().message.c_str());
  Run(
      state, [&](const std::string& text) { return maker->Damage(text, 1); }, 0.8);
}
void Clean(benchmark::State& state) {
  Run(
      state, [](const std::string& text) { return text; }, 0.995);
}
BENCHMARK(Stripped)->Unit(benchmark::kMillisecond);
BENCHMARK(Latin)->Unit(benchmark::kMillisecond);
BENCHMARK(Clean)->Unit(benchmark::kMillisecond);

void ColdStart(benchmark::State& state) {
  for (auto _ : state) {
    const Result<RepairModel> model = RepairModel::Load(kModels);
    RepairScratch scratch;
    benchmark::DoNotOptimize(Repair(FromText("hoi nghi"), *model, scratch, {}));
  }
}
BENCHMARK(ColdStart)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace hoidau

BENCHMARK_MAIN();
