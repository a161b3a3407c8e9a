#include <CLI/CLI.hpp>
#include <exception>
#include <optional>
#include <string>
#include <vector>

#include "app/batch_command.h"
#include "app/checks.h"
#include "app/commands.h"
#include "app/console.h"
#include "app/eval_command.h"
#include "app/tracker_commands.h"
#include "batch/outputs.h"

namespace hoidau {
namespace {

struct ModeName {
  const char *name, *alias;  // alias: an option of OCRmyPDF, or nullptr
  LayerMode mode;
};
constexpr ModeName kModes[] = {{"auto", nullptr, LayerMode::kAuto},      {"skip", "--skip-text", LayerMode::kSkip},
                               {"redo", "--redo-ocr", LayerMode::kRedo}, {"force", "--force-ocr", LayerMode::kForce},
                               {"both", nullptr, LayerMode::kBoth},      {"off", nullptr, LayerMode::kOff}};

// Options that several commands share. CLI11 keeps references: the struct outlives the parse.
struct Options {
  bool verbose = false;
  PipelineOptions pipeline;
  RunCommand run;
  RepairCommand repair;
  OcrCommand ocr;
  ExtractCommand extract;
  bool json = false;
};

void AddCommon(CLI::App& command, Options& o) {
  command.add_flag("-v,--verbose", o.verbose, "Say what happens, on standard error");
  command
      .add_option("--models", o.pipeline.models_dir,
                  "Folder of the models (else HOIDAU_MODELS, else the installed one)")
      ->type_name("DIR");
}

void AddRules(CLI::App& command, Options& o) {
  command
      .add_option(
          "--rules", o.pipeline.rules_dir,
          "Folder of your office's own rules: tables named and laid out as those of models/rules, added to them")
      ->type_name("DIR");
}

void AddReading(CLI::App& command, Options& o) {
  PipelineOptions& p = o.pipeline;
  std::vector<std::string> names;
  for (const ModeName& m : kModes) names.emplace_back(m.name);
  const auto set_mode = [&p](const std::string& name) {
    for (const ModeName& m : kModes) {
      if (name == m.name) p.mode = m.mode;
    }
  };
  auto* const mode = command.add_option_function<std::string>(
      "--mode", set_mode,
      "What to do with a PDF's text layer: auto (judge each page), skip (keep any "
      "layer), redo (read scans again), both (the same, with the layer as a second witness), force (read every page), "
      "off (never "
      "read)");
  mode->check(CLI::IsMember(names).description(""))->type_name("auto|skip|redo|both|force|off")->default_str("auto");
  for (const ModeName& m : kModes) {
    if (m.alias == nullptr) continue;
    command
        .add_flag_callback(
            m.alias, [&p, value = m.mode] { p.mode = value; }, "--mode " + std::string(m.name))
        ->excludes(mode);
  }
  command.add_option("--language", p.ocr_language, "Tesseract's model")->type_name("NAME")->capture_default_str();
  command.add_option("--threads", p.threads, "Pages read at once (0: as many as there are cores)")
      ->type_name("N")
      ->check(AtLeast(0))
      ->capture_default_str();
  command.add_option("--max-pages", p.max_pages, "Refuse longer files")
      ->type_name("N")
      ->check(AtLeast(1))
      ->capture_default_str();
}

ExitCode Main(int argc, char** argv) {
  Options o;
  CLI::App app("hoidau (hồi dấu): scanned Vietnamese administrative documents to correct text and data", "hoidau");
  app.require_subcommand(0, 1);
  app.set_help_flag("-h,--help", "Say what the command does, and how");
  app.set_version_flag("--version", "hoidau " HOIDAU_VERSION, "Name and version");
  app.footer(
      "Each command has examples: hoidau COMMAND --help\nExit codes: 0 done, 1 usage, 2 bad input, 3 something is not "
      "installed, 5 file access, 8 encrypted,\n"
      "15 other, 20 done but some pages need a look, 130 interrupted");

  auto* const run = app.add_subcommand("run", "All stages: PDF, PNG, JPEG, TIFF or text to record and text");
  run->add_option("FILE", o.run.inputs, "Files; - is standard input")->required();
  run->add_option("-o,--output", o.run.output_dir, "Folder for <name>.json and the others; made where it is missing")
      ->type_name("DIR");
  std::vector<std::string> formats;
  for (const OutputFormat& format : kOutputFormats) formats.emplace_back(format.name);
  run->add_option("--format", o.run.formats,
                  "What to write, with commas between: json (the record), txt, pdf (searchable: the pages as they are "
                  "and the text invisible at its place), hocr, alto, md (Markdown); json,txt where not said. Without "
                  "-o just one, to standard output")
      ->delimiter(',')
      ->allow_extra_args(false)
      ->check(CLI::IsMember(formats).description(""))
      ->type_name("NAME[,NAME]");
  run->add_flag("--summary", o.run.summary, "Print a page for people instead of the record");
  run->add_flag("--json", o.run.json, "Print what was made of each file, for machines");
  AddCommon(*run, o);
  AddRules(*run, o);
  AddReading(*run, o);
  run->footer(
      "Examples:\n  hoidau run plan.pdf > plan.json\n  hoidau run scans/*.pdf -o out\n  hoidau run --summary "
      "plan.pdf\n  hoidau run --format pdf,md scans/*.pdf -o out\n  hoidau run --mode force old.pdf -o out");

  auto* const repair =
      app.add_subcommand("repair", "Text filter: lost diacritics and letters brought back, line by line");
  repair->add_option("FILE", o.repair.input, "Text; - is standard input")->capture_default_str();
  repair->add_flag("--json", o.repair.json,
                   "JSON lines: every token as observed and as read, with confidence and alternatives");
  auto* const strip = repair->add_flag("--strip", o.repair.strip, "Take all marks off instead: makes test input");
  auto* const damage =
      repair->add_option("--damage", o.repair.damage, "Damage the text instead, as an engine does: makes test input")
          ->check(CLI::IsMember({"latin", "vietnamese"}))
          ->type_name("ENGINE");
  repair->add_option("--seed", o.repair.seed, "Another seed makes other damage")->needs(damage)->capture_default_str();
  auto* const explain = repair->add_flag("--explain", o.repair.explain,
                                         "Print every changed token and why it was changed, instead of the text");
  damage->excludes(strip);
  damage->excludes("--json");
  explain->excludes(strip);
  explain->excludes(damage);
  repair->add_option("--words", o.repair.words_files, "Words and names that are right as they are, one a line")
      ->type_name("FILE");
  repair->add_option("--lm", o.pipeline.lm_path, "A language model of your own, mixed in")->type_name("FILE");
  repair
      ->add_option("--document-bytes", o.repair.filter.document_bytes,
                   "A document ends at the first blank line after so many bytes")
      ->type_name("N")
      ->check(AtLeast(1))
      ->capture_default_str();
  strip->excludes("--json");
  AddCommon(*repair, o);
  repair->footer(
      "Examples:\n  hoidau repair < layer.txt > plan.txt\n  echo 'Ke hoach to chuc' | hoidau repair\n  hoidau repair "
      "--strip < plan.txt | hoidau repair --json\n  pdftotext -layout old.pdf - | hoidau repair --words names.txt\n  "
      "hoidau repair "
      "--damage latin < plan.txt | hoidau repair --explain");

  auto* const ocr = app.add_subcommand("ocr", "Recovered text of a scan; pages are separated by form feeds");
  ocr->add_option("FILE", o.ocr.input, "A file; - is standard input")->required();
  ocr->add_flag("--json", o.ocr.json, "Pages, lines and tokens with boxes and confidences instead of text");
  AddCommon(*ocr, o);
  AddReading(*ocr, o);
  ocr->footer(
      "Examples:\n  hoidau ocr scan.pdf > scan.txt\n  hoidau ocr --force-ocr photo.jpg\n  hoidau ocr --json scan.tif | "
      "jq '.pages[0].lines[0]'");

  auto* const extract = app.add_subcommand("extract", "Record of text that is right as it is");
  extract->add_option("FILE", o.extract.input, "Text; - is standard input")->capture_default_str();
  AddCommon(*extract, o);
  AddRules(*extract, o);
  extract->add_option("--format", o.extract.format, "json (the record) or nd30 (metadata by Decree 30/2020, Annex VI)")
      ->type_name("NAME")
      ->check(CLI::IsMember({"json", "nd30"}))
      ->capture_default_str();
  extract->footer(
      "Examples:\n  hoidau extract plan.txt > plan.json\n  hoidau extract --format nd30 plan.txt\n  hoidau repair < "
      "layer.txt | hoidau extract -");

  auto* const schema = app.add_subcommand("schema", "JSON Schema of the record");
  schema->footer("Examples:\n  hoidau schema > hoidau-document-1.schema.json");

  auto* const doctor = app.add_subcommand("doctor", "What is installed: models, language data, versions");
  doctor->add_flag("--json", o.json, "For machines");
  doctor->add_option("--language", o.pipeline.ocr_language, "Tesseract's model")
      ->type_name("NAME")
      ->capture_default_str();
  AddCommon(*doctor, o);
  doctor->footer("Examples:\n  hoidau doctor\n  hoidau doctor --json --models models");

  auto* const version = app.add_subcommand("version", "Name and version");
  version->add_flag("--json", o.json, "For machines");
  version->footer("Examples:\n  hoidau version\n  hoidau version --json");

  TrackerCommands trackers(app);
  BatchCommands batch(app);
  AddCommon(batch.batch(), o);
  AddReading(batch.batch(), o);

  EvalCommands eval(app);

  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& e) {
    return app.exit(e) == 0 ? ExitCode::kOk : ExitCode::kUsage;
  }
  StartMessages(o.verbose);
  o.run.pipeline = o.repair.pipeline = o.ocr.pipeline = o.extract.pipeline = o.pipeline;
  if (const std::optional<ExitCode> done = eval.Run()) return *done;
  if (const std::optional<ExitCode> done = batch.Run(o.pipeline, argc, argv)) return *done;
  if (const std::optional<ExitCode> done = trackers.Run()) return *done;
  if (*run) return RunFiles(o.run);
  if (*repair) return RepairText(o.repair);
  if (*ocr) return OcrFile(o.ocr);
  if (*extract) return ExtractText(o.extract);
  if (*schema) return PrintSchema();
  if (*version) return PrintVersion(o.json);
  if (*doctor) return PrintDiagnosis(o.pipeline, o.json);
  ShowError("no command; see hoidau --help");
  return ExitCode::kUsage;
}

}  // namespace
}  // namespace hoidau

int main(int argc, char** argv) {
  hoidau::EndOnSignals();
  try {
    return static_cast<int>(hoidau::Main(argc, argv));
  } catch (const std::exception& e) {
    hoidau::ShowError(std::string("internal error: ") + e.what());
    return static_cast<int>(hoidau::ExitCode::kOther);
  }
}
