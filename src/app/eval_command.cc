#include "app/eval_command.h"

#include <CLI/CLI.hpp>
#include <string>
#include <utility>
#include <vector>

#include "app/console.h"
#include "base/files.h"
#include "eval/blame.h"
#include "eval/evaluate.h"
#include "eval/kinds.h"
#include "eval/report.h"
#include "pipeline/models.h"

namespace hoidau {
namespace {

constexpr const char* kDefaultCorpus = "corpus/dev";

ExitCode Fail(const Error& error) {
  ShowError(error.message);
  return ExitCodeOf(error.code);
}

ExitCode Print(const std::string& data) {
  const Status written = WriteStdout(data);
  return written ? ExitCode::kOk : Fail(written.error());
}

std::string Joined(const std::vector<std::string>& names) {
  std::string out;
  for (const std::string& name : names) out += (out.empty() ? "" : ", ") + name;
  return out;
}

}  // namespace

struct EvalCommands::Impl {
  // What both commands take.
  std::vector<std::string> dirs, skips;
  std::vector<std::pair<std::string, std::string>> pairs;
  std::string models_dir;
  EvalOptions options;
  bool json = false;

  std::vector<std::string> texts, variants;
  std::string stage = "record", compare, load;
  bool csv = false;
  BootstrapOptions bootstrap;
  int examples = 3;

  CLI::App* eval = nullptr;
  CLI::App* blame = nullptr;

  void AddCommon(CLI::App& command) {
    command.add_option(
        "DIR", dirs,
        std::string("Corpora or single documents with text.txt and gold.json (default: ") + kDefaultCorpus + ")");
    command
        .add_option("--kinds", options.kinds,
                    "Damage: " + Joined(TextDamageNames()) +
                        "; of scans PRESET:LANGUAGE, or PRESET:LANGUAGE:bare without our preparation of the page, or "
                        "PRESET:layer")
        ->delimiter(',')
        ->type_name("KIND,…")
        ->capture_default_str();
    command
        .add_option("--pair", pairs,
                    "A degraded text and the true one, line for line (with the true record beside it, as .json)")
        ->type_name("OBSERVED GOLD");
    command.add_option("--skip", skips, "Lines of the pair that are left out: 15,113-115; once a pair, in their order")
        ->type_name("LINES");
    command.add_option("--scans", options.scans_dir, "Folder with PRESET/<document>.pdf")
        ->type_name("DIR")
        ->capture_default_str();
    command.add_option("--cache", options.cache_dir, "Folder for what recognition gave")
        ->type_name("DIR")
        ->capture_default_str();
    command.add_option("--threads", options.threads, "Documents at once (0: as many as there are cores)")
        ->type_name("N")
        ->check(CLI::NonNegativeNumber)
        ->capture_default_str();
    command.add_option("--seed", options.seed, "Seed of damage by chance")->type_name("N")->capture_default_str();
    command.add_option("--models", models_dir, "Folder of the models (else HOIDAU_MODELS, else the installed one)")
        ->type_name("DIR");
    command.add_flag("--json", json, "For machines");
  }

  Result<std::vector<EvalSet>> Sets() const {
    std::vector<EvalSet> out;
    std::vector<std::string> corpora = dirs;
    if (corpora.empty() && texts.empty() && pairs.empty()) corpora.push_back(kDefaultCorpus);
    for (const std::string& dir : corpora) {
      Result<EvalSet> set = LoadCorpus(dir);
      if (!set) return set.error();
      // Single documents make one set: corpus/dev/kh-0*.
      const bool single = set->documents.size() == 1 && set->documents[0].id == set->name;
      if (single && corpora.size() > 1) {
        set->name = "documents";
        if (!out.empty() && out.back().name == set->name) {
          out.back().documents.push_back(std::move(set->documents[0]));
          continue;
        }
      }
      out.push_back(std::move(*set));
    }
    for (const std::string& text : texts) {
      Result<EvalSet> set = LoadParagraphs(text);
      if (!set) return set.error();
      out.push_back(std::move(*set));
    }
    for (std::size_t i = 0; i < pairs.size(); ++i) {
      Result<EvalSet> set = LoadPair(pairs[i].first, pairs[i].second, i < skips.size() ? skips[i] : "");
      if (!set) return set.error();
      out.push_back(std::move(*set));
    }
    return out;
  }

  Result<EvalModels> Models() const {
    const Result<std::string> dir = FindModels(models_dir);
    if (!dir) return dir.error();
    return EvalModels::Load(*dir, stage == "record");
  }

  void ShowCourse() {
    options.progress = [](const std::string& row, std::size_t done, std::size_t all) {
      ShowProgress(done < all ? row + ": document " + std::to_string(done) + " of " + std::to_string(all) : "");
    };
  }

  Result<Evaluation> Measure() {
    if (!load.empty()) {
      const Result<std::string> json_text = ReadFile(load);
      if (!json_text) return json_text.error();
      Result<Evaluation> loaded = EvaluationFromJson(*json_text);
      if (!loaded) return Error{loaded.error().code, load + ": " + loaded.error().message};
      return loaded;
    }
    const Result<std::vector<EvalSet>> sets = Sets();
    if (!sets) return sets.error();
    const Result<EvalModels> models = Models();
    if (!models) return models.error();
    options.record = stage == "record";
    options.variants.insert(options.variants.end(), variants.begin(), variants.end());
    ShowCourse();
    return Evaluate(*sets, *models, options);
  }

  ExitCode RunEval() {
    const Result<Evaluation> evaluation = Measure();
    if (!evaluation) return Fail(evaluation.error());
    if (!compare.empty()) {
      const Result<std::string> old_json = ReadFile(compare);
      if (!old_json) return Fail(old_json.error());
      const Result<Evaluation> old = EvaluationFromJson(*old_json);
      if (!old) return Fail({old.error().code, compare + ": " + old.error().message});
      return Print(ComparisonTable(*old, *evaluation, bootstrap));
    }
    if (json) return Print(EvaluationToJson(*evaluation, bootstrap));
    if (csv) return Print(EvaluationToCsv(*evaluation, bootstrap));
    return Print(EvaluationTable(*evaluation, bootstrap));
  }

  ExitCode RunBlame() {
    const Result<std::vector<EvalSet>> sets = Sets();
    if (!sets) return Fail(sets.error());
    const Result<EvalModels> models = Models();
    if (!models) return Fail(models.error());
    ShowCourse();
    std::vector<Blame> all;
    for (const EvalSet& set : *sets) {
      const Result<std::vector<Blame>> blames = BlameSet(set, *models, options);
      if (!blames) return Fail(blames.error());
      all.insert(all.end(), blames->begin(), blames->end());
    }
    return Print(json ? BlameToJson(all) : BlameTable(all, examples));
  }
};

EvalCommands::EvalCommands(CLI::App& app) : impl_(std::make_unique<Impl>()) {
  Impl& o = *impl_;
  o.options.scans_dir = "build/eval-scans";
  o.options.cache_dir = "build/eval-cache";

  o.eval = app.add_subcommand("eval", "How right recovery and extraction are, on documents with truth");
  o.AddCommon(*o.eval);
  o.eval->add_option("--text", o.texts, "Texts of one paragraph a line, without records")->type_name("FILE");
  o.eval->add_option("--stage", o.stage, "The last stage measured")
      ->check(CLI::IsMember({"text", "record"}))
      ->capture_default_str();
  o.eval->add_option("--variants", o.variants, "Recovery without one of its parts too: " + Joined(VariantNames()))
      ->delimiter(',')
      ->check(CLI::IsMember(VariantNames()))
      ->type_name("NAME,…");
  o.eval->add_flag("--idempotence", o.options.idempotence, "Recover twice, to see whether that changes anything");
  o.eval->add_option("--resamples", o.bootstrap.resamples, "Of the bootstrap over documents")
      ->type_name("N")
      ->check(CLI::NonNegativeNumber)
      ->capture_default_str();
  o.eval->add_option("--load", o.load, "Show the JSON of a former run instead of running")->type_name("FILE");
  o.eval->add_option("--compare", o.compare, "Show what changed since the JSON of a former run")->type_name("FILE");
  o.eval->add_flag("--csv", o.csv, "For machines, a line a measure")->excludes("--json");
  o.eval->footer(
      "Examples:\n  hoidau eval\n  hoidau eval corpus/dev/kh-001-* --kinds clean\n  hoidau eval --kinds "
      "fax:vie,fax:eng "
      "--json > now.json\n  hoidau eval --load now.json --compare before.json\n  hoidau eval --text news.txt "
      "--variants "
      "order2,order3\n  hoidau eval --pair layer.txt layer.gold.txt --skip 15,113-115");

  o.blame = app.add_subcommand("blame", "For each wrong value, the first stage that fails");
  o.AddCommon(*o.blame);
  o.blame->add_option("--examples", o.examples, "Shown of each stage and part")
      ->type_name("N")
      ->check(CLI::NonNegativeNumber)
      ->capture_default_str();
  o.blame->footer(
      "Examples:\n  hoidau blame corpus/dev\n  hoidau blame corpus/dev/kh-001-* --kinds fax:vie --examples 10");
}

EvalCommands::~EvalCommands() = default;

std::optional<ExitCode> EvalCommands::Run() {
  if (*impl_->eval) return impl_->RunEval();
  if (*impl_->blame) return impl_->RunBlame();
  return std::nullopt;
}

}  // namespace hoidau
