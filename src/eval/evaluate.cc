#include "eval/evaluate.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <filesystem>
#include <mutex>
#include <thread>

#include "doc/record_json.h"
#include "eval/kinds.h"
#include "eval/observe.h"
#include "eval/text_score.h"
#include "text/tokenizer.h"
#include "text/unicode.h"

namespace hoidau {
namespace {

Result<RepairOptions> VariantOptions(const std::string& variant) {
  RepairOptions out;
  if (variant == "order2")
    out.lm_order = 2;
  else if (variant == "order3")
    out.lm_order = 3;
  else if (variant == "one-letter")
    out.max_edit = 1;
  else if (variant == "lines")
    out.paragraphs = false;
  else if (variant == "no-acronyms")
    out.acronyms = false;
  else if (variant == "no-document")
    out.document = false;
  else if (!variant.empty())
    return Error{ErrorCode::kBadInput, "no such variant of recovery: " + variant};
  return out;
}

bool IsScan(const std::string& kind) { return kind.find(':') != std::string::npos; }

// FNV-1a: the damage of a document does not depend on the others.
std::uint64_t SeedOf(const std::string& id, std::uint64_t seed) {
  std::uint64_t hash = 14695981039346656037ULL ^ seed;
  for (const char c : id) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
  return hash;
}

struct ScanKind {
  std::string preset;
  ScanOptions options;
};
ScanKind ParseScanKind(const std::string& kind) {
  const std::size_t colon = kind.find(':'), second = kind.find(':', colon + 1);
  ScanKind out{.preset = kind.substr(0, colon), .options = {}};
  out.options.language = kind.substr(colon + 1, second == std::string::npos ? second : second - colon - 1);
  out.options.prepare = second == std::string::npos;
  out.options.layer = out.options.language == "layer";
  return out;
}

std::vector<std::string> Lines(const std::string& text) {
  std::vector<std::string> out;
  for (const ByteSpan line : SplitLines(text)) out.emplace_back(line.In(text));
  return out;
}

// Lines that were right as they came in, and how many of them came out byte for byte.
Share LinesKept(const std::string& gold, const std::string& before, const std::string& after) {
  const std::vector<std::string> g = Lines(gold), b = Lines(before), a = Lines(after);
  Share out;
  if (g.size() != b.size() || b.size() != a.size()) return out;
  for (std::size_t i = 0; i < g.size(); ++i) {
    if (g[i] != b[i] || FoldSpace(g[i]).empty()) continue;
    out.all += 1;
    out.right += a[i] == b[i];
  }
  return out;
}

Share SameLines(const std::string& once, const std::string& twice) {
  const std::vector<std::string> a = Lines(once), b = Lines(twice);
  Share out{.right = 0, .all = static_cast<double>(a.size())};
  for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i) out.right += a[i] == b[i];
  return out;
}

// Tokens with at least one syllable against the truth of their syllables. `text` has the places of the recovered text.
void MeasureConfidence(const std::string& gold, const std::string& text, const RecoveredDocument& recovered,
                       Measures& measures) {
  const std::vector<Syllable> syllables = Syllables(text);
  std::vector<bool> right(syllables.size());
  for (const AlignedPair& pair : AlignSyllables(Syllables(gold), syllables)) {
    if (pair.same) right[static_cast<std::size_t>(pair.other)] = true;
  }
  Calibration calibration;
  std::size_t next = 0;
  std::uint32_t base = 0;
  for (const RecoveredPage& page : recovered.pages) {
    for (const RecoveredLine& line : page.lines) {
      for (const RecoveredToken& token : line.tokens) {
        bool any = false, all_right = true;
        while (next < syllables.size() && syllables[next].span.begin < base + token.text_span.begin) ++next;
        for (; next < syllables.size() && syllables[next].span.end <= base + token.text_span.end; ++next) {
          any = true;
          all_right = all_right && right[next];
        }
        if (any) calibration.Add(token.confidence, all_right, token.unsure);
      }
    }
    base += static_cast<std::uint32_t>(page.layer.text().size()) + 1;  // the form feed
  }
  calibration.WriteTo(measures);
}

void Keep(Measures& measures, const std::string& name, const Share& share) {
  measures[name] = {share.right, share.all};
}

// Errors that are gone, of those before; below zero where there are more.
Share Removed(const Share& before, const Share& after) {
  return {.right = after.right - before.right, .all = before.all - before.right};
}

void KeepTextScore(Measures& measures, const std::string& prefix, const TextScore& score) {
  Keep(measures, prefix + "syllables", score.syllables);
  Keep(measures, prefix + "syllables_any_case", score.syllables_any_case);
  Keep(measures, prefix + "characters", score.characters);
  Keep(measures, prefix + "diacritics", score.diacritics);
}

class Evaluator {
 public:
  Evaluator(const EvalModels& models, const EvalOptions& options) : models_(models), options_(options) {}

  Result<EvalRow> Row(const EvalSet& set, const std::string& kind, const std::string& variant) {
    const Result<RepairOptions> repair = VariantOptions(variant);
    if (!repair) return repair.error();
    EvalRow row{.set = set.name, .kind = variant.empty() ? kind : kind + "/" + variant, .documents = {}};
    std::vector<std::optional<DocumentResult>> results(set.documents.size());
    std::optional<Error> failure;
    std::size_t done = 0;
    std::mutex mutex;
    InParallel(set.documents.size(), options_.threads, [&](std::size_t i) {
      Result<DocumentResult> result = One(set.documents[i], kind, *repair, variant.empty());
      const std::lock_guard lock(mutex);
      if (result)
        results[i] = std::move(*result);
      else if (result.error().code != ErrorCode::kNotFound || !IsScan(kind))
        failure = result.error();
      ++done;
      if (options_.progress) options_.progress(row.set + " " + row.kind, done, set.documents.size());
    });
    if (failure) return *failure;
    for (std::optional<DocumentResult>& result : results) {
      if (result) row.documents.push_back(std::move(*result));
    }
    if (row.documents.empty())
      return Error{ErrorCode::kNotFound, "no scans for " + set.name + " " + kind + " below " + options_.scans_dir};
    return row;
  }

 private:
  Result<DocumentResult> One(const EvalDocument& document, const std::string& kind, const RepairOptions& repair,
                             bool main_variant) {
    const Result<Document> observed = ObserveAs(document, kind, options_);
    if (!observed) return observed.error();
    DocumentResult out{.id = document.id, .measures = {}, .wrong = {}};
    RepairScratch scratch;
    const auto begin = std::chrono::steady_clock::now();
    const RecoveredDocument recovered = Repair(*observed, models_.repair, scratch, repair);
    out.recovery_seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();

    const std::string gold = WithoutLines(document.gold_text, document.skipped);
    const std::string raw = WithoutLines(RawText(*observed), document.skipped);
    const std::string text = WithoutLines(RecoveredText(recovered), document.skipped);
    Measures& m = out.measures;
    const TextScore before = ScoreText(gold, raw), after = ScoreText(gold, text);
    KeepTextScore(m, "before.", before);
    KeepTextScore(m, "", after);
    if (IsScan(kind)) Keep(m, "order", after.order);
    Keep(m, "errors_removed", Removed(before.syllables, after.syllables));
    Keep(m, "mark_errors_removed", Removed(before.diacritics, after.diacritics));
    m["made_worse"] = {after.syllables.right < before.syllables.right ? 1.0 : 0.0, 1};
    const RecoveryEffect effect = EffectOfRecovery(gold, raw, text);
    Keep(m, "mended", effect.mended);
    Keep(m, "harm", effect.harmed);
    Keep(m, "harm_figures", effect.harmed_figures);
    Keep(m, "lines_kept", LinesKept(gold, raw, text));
    MeasureConfidence(gold, text, recovered, m);
    if (options_.idempotence && main_variant) {
      const std::string once = RecoveredText(recovered);
      Keep(m, "idempotent", SameLines(once, RecoveredText(Repair(ObserveText(once), models_.repair, scratch, repair))));
    }
    if (options_.record && main_variant && !document.gold_record.empty()) {
      Result<RecordScore> score = ScoreRecord(document.gold_record, Describe(JoinPages(*observed, recovered), models_));
      if (!score) return Error{score.error().code, document.id + ": " + score.error().message};
      for (const auto& [name, part] : score->parts) {
        m["record." + name] = {static_cast<double>(part.right), static_cast<double>(part.gold),
                               static_cast<double>(part.given)};
      }
      out.wrong = std::move(score->wrong);
    }
    return out;
  }

  const EvalModels& models_;
  const EvalOptions& options_;
};

}  // namespace

const std::vector<std::string>& VariantNames() {
  static const std::vector<std::string> names = {"order2", "order3",      "one-letter",
                                                 "lines",  "no-acronyms", "no-document"};
  return names;
}

Result<EvalModels> EvalModels::Load(const std::string& models_dir, bool record) {
  Result<RepairModel> repair = RepairModel::Load(models_dir);
  if (!repair) return repair.error();
  EvalModels out{std::move(*repair), {}, {}};
  if (!record) return out;
  Result<SegmentRules> segment = SegmentRules::Load(models_dir);
  if (!segment) return segment.error();
  Result<ExtractRules> extract = ExtractRules::Load(models_dir);
  if (!extract) return extract.error();
  out.segment = std::move(*segment);
  out.extract = std::move(*extract);
  return out;
}

Result<Document> ObserveAs(const EvalDocument& document, const std::string& kind, const EvalOptions& options) {
  if (document.observed) return ObserveText(*document.observed);
  if (IsScan(kind)) {
    const ScanKind scan = ParseScanKind(kind);
    const std::string path = (std::filesystem::path(options.scans_dir) / scan.preset / (document.id + ".pdf")).string();
    return ObserveScan(path, scan.options, options.cache_dir);
  }
  const std::optional<TextDamage> damage = TextDamageOf(kind);
  if (!damage) return Error{ErrorCode::kBadInput, "no such kind of damage: " + kind};
  return ObserveText(DamageText(document.gold_text, *damage, SeedOf(document.id, options.seed)));
}

std::string Describe(const DocumentText& text, const EvalModels& models) {
  Record record;
  Extract(text, Segment(text, models.segment), models.extract, {}, record);
  return ToJson(record);
}

void InParallel(std::size_t count, int threads, const std::function<void(std::size_t)>& task) {
  const std::size_t cores = std::max(1U, std::thread::hardware_concurrency());
  const std::size_t wanted = std::min(threads > 0 ? static_cast<std::size_t>(threads) : cores, count);
  std::atomic<std::size_t> next{0};
  const auto work = [&] {
    for (std::size_t i = next++; i < count; i = next++) task(i);
  };
  std::vector<std::jthread> others;
  for (std::size_t t = 1; t < wanted; ++t) others.emplace_back(work);
  work();
}

Result<Evaluation> Evaluate(const std::vector<EvalSet>& sets, const EvalModels& models, const EvalOptions& options) {
  Evaluation out;
  Evaluator evaluator(models, options);
  for (const EvalSet& set : sets) {
    const bool pair = !set.documents.empty() && set.documents.front().observed.has_value();
    for (const std::string& kind : pair ? std::vector<std::string>{"pair"} : options.kinds) {
      // Paragraphs were never printed.
      const bool printed = !set.documents.empty() && !set.documents.front().gold_record.empty();
      if (IsScan(kind) && !printed) continue;
      for (const std::string& variant : options.variants) {
        Result<EvalRow> row = evaluator.Row(set, kind, variant);
        if (!row) return row.error();
        out.rows.push_back(std::move(*row));
      }
    }
  }
  return out;
}

}  // namespace hoidau
