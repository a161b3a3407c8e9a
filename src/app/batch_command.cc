#include "app/batch_command.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <atomic>
#include <csignal>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "app/checks.h"
#include "app/console.h"
#include "base/files.h"
#include "base/sha256.h"
#include "batch/batch.h"
#include "batch/report.h"
#include "batch/search.h"
#include "batch/worker.h"

namespace hoidau {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

ExitCode Fail(const Error& error) {
  ShowError(error.message);
  return ExitCodeOf(error.code);
}

ExitCode Print(const std::string& data, ExitCode code = ExitCode::kOk) {
  const Status written = WriteStdout(data);
  return written ? code : Fail(written.error());
}

std::atomic<int> stop_requests{0};

void CountStops() {
  struct sigaction action {};
  action.sa_handler = [](int) { ++stop_requests; };
  sigemptyset(&action.sa_mask);
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) sigaction(signal, &action, nullptr);
}

// What the models are: their names and contents.
Result<std::string> Fingerprint(const std::string& models_dir) {
  std::vector<std::string> lines;
  std::error_code error;
  for (fs::recursive_directory_iterator it(models_dir, fs::directory_options::follow_directory_symlink, error), end;
       !error && it != end; it.increment(error)) {
    if (!it->is_regular_file()) continue;
    const Result<MappedFile> file = MappedFile::Open(it->path().string());
    if (!file) return file.error();
    lines.push_back(Sha256Hex(file->bytes()) + " " + it->path().lexically_relative(models_dir).string() + "\n");
  }
  if (error) return Error{ErrorCode::kIo, models_dir + ": " + error.message()};
  std::sort(lines.begin(), lines.end());
  std::string all;
  for (const std::string& line : lines) all += line;
  return Sha256Hex(all);
}

// Everything that what is written depends on, but for the files.
Result<std::string> Settings(const PipelineOptions& p, const std::vector<OutputFormat>& formats) {
  const Result<Pipeline> pipeline = Pipeline::Load(p);
  if (!pipeline) return pipeline.error();
  const Result<std::string> models = Fingerprint(pipeline->models_dir());
  if (!models) return models.error();
  std::string out = "hoidau " HOIDAU_VERSION "\nmodels " + *models + "\nmode " +
                    std::to_string(static_cast<int>(p.mode)) + "\nlanguage " + p.ocr_language + "\nmax-pages " +
                    std::to_string(p.max_pages) + "\nformats";
  for (const OutputFormat& format : formats) out += std::string(" ") + format.name;
  return Sha256Hex(out);
}

// One line for a terminal, whatever a document holds.
std::string OneLine(std::string text) {
  std::replace_if(
      text.begin(), text.end(), [](char c) { return (c >= 0 && c < ' ') || c == '\x7f'; }, ' ');
  return text;
}

ExitCode ExitCodeOfSummary(const BatchSummary& summary) {
  ExitCode code = summary.needs_look > 0 ? ExitCode::kNeedsLook : ExitCode::kOk;
  if (!summary.problems.empty()) code = Worse(code, ExitCode::kFileAccess);
  for (const BatchFailure& f : summary.failures) code = Worse(code, ExitCodeOf(f.failure.code));
  if (summary.stopped == "interrupted" && summary.waiting > 0) code = ExitCode::kInterrupted;
  return code;
}

}  // namespace

struct BatchCommands::Impl {
  CLI::App* batch = nullptr;
  CLI::App* status = nullptr;
  CLI::App* search = nullptr;

  BatchOptions options;
  std::vector<std::string> formats = {"json", "txt"};
  std::string list_file, existing = "skip";
  int memory_limit_mib = 4096;
  bool worker = false, json = false;

  std::string status_dir, search_dir;
  std::vector<std::string> phrase;
  int limit = 50;

  ExitCode RunBatchCommand(PipelineOptions pipeline, int argc, char** argv) {
    formats.emplace_back("json");
    options.formats = FormatsNamed(formats);
    const int cores = static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
    if (options.jobs == 0) options.jobs = cores;
    // Cores go to files first: pages of one file wait for each other.
    if (pipeline.threads == 0) pipeline.threads = std::max(1, cores / options.jobs);
    if (worker) {
      pipeline.page_store = BatchPath(options.out_dir, kPagesName) + "/" HOIDAU_VERSION;
      return static_cast<ExitCode>(
          RunWorker({.pipeline = pipeline, .formats = options.formats, .memory_limit_mib = memory_limit_mib}));
    }
    if (!list_file.empty()) {
      const Result<std::string> list = ReadFile(list_file);
      if (!list) return Fail(list.error());
      for (std::size_t at = 0; at < list->size();) {
        const std::size_t end = std::min(list->find('\n', at), list->size());
        if (end > at) options.inputs.push_back(list->substr(at, end - at));
        at = end + 1;
      }
    }
    if (options.inputs.empty() || options.out_dir.empty()) {
      ShowError("give files or folders, and a folder for the outputs: hoidau batch DIR -o OUT");
      return ExitCode::kUsage;
    }
    const Result<std::string> settings = Settings(pipeline, options.formats);
    if (!settings) return Fail(settings.error());
    options.settings = *settings;
    options.existing = existing == "skip"   ? Existing::kSkip
                       : existing == "fail" ? Existing::kFail
                                            : Existing::kOverwrite;
    options.memory_limit_mib = memory_limit_mib;
    options.worker_command = {"/proc/self/exe", "batch", "--worker"};
    options.worker_command.insert(options.worker_command.end(), argv + std::min(2, argc), argv + argc);
    CountStops();
    options.stops = [] { return stop_requests.load(); };
    options.progress = [](const BatchProgress& p) { hoidau::ShowProgress(ProgressText(p)); };
    options.failure = [](const std::string& message) { ShowError(message); };
    options.information = [](const std::string& message) { ShowWarning(message); };
    const Result<BatchSummary> summary = RunBatch(options);
    hoidau::ShowProgress("");
    if (!summary) return Fail(summary.error());
    return Print(json ? SummaryJson(*summary) : SummaryText(*summary), ExitCodeOfSummary(*summary));
  }

  ExitCode RunStatus() const {
    const Result<BatchState> state = LookAt(status_dir);
    if (!state) return Fail(state.error());
    return Print(json ? StateJson(*state) : StateText(*state));
  }

  ExitCode RunSearch() const {
    std::string wanted;
    for (const std::string& word : phrase) wanted += (wanted.empty() ? "" : " ") + word;
    Result<std::vector<SearchHit>> hits = Search(search_dir, wanted, limit + 1);
    if (!hits) return Fail(hits.error());
    const bool more = hits->size() > static_cast<std::size_t>(limit);
    if (more) hits->pop_back();
    std::string text;
    Json list = Json::array();
    for (const SearchHit& hit : *hits) {
      text += OneLine(hit.file) + ":" + std::to_string(hit.page) + ":" + std::to_string(hit.line) + ": " +
              OneLine(hit.text) + "\n";
      list.push_back(
          {{"file", hit.file}, {"outputs", hit.stem}, {"page", hit.page}, {"line", hit.line}, {"text", hit.text}});
    }
    if (more && !json)
      ShowWarning("only the first " + std::to_string(limit) + " lines are shown: --limit N shows more");
    if (hits->empty()) hoidau::ShowSummary("hoidau: no page has \"" + OneLine(wanted) + "\"");
    return Print(json ? Json{{"hits", list}, {"more", more}}.dump(2, ' ', false, Json::error_handler_t::replace) + "\n"
                      : text);
  }
};

BatchCommands::BatchCommands(CLI::App& app) : impl_(std::make_unique<Impl>()) {
  Impl& o = *impl_;
  o.batch = app.add_subcommand("batch", "Many files, by several processes; stopped and gone on with at any moment");
  CLI::App& batch = *o.batch;
  batch.add_option("DIR", o.options.inputs, "Folders, with all below them, and files");
  batch
      .add_option("-o,--output", o.options.out_dir,
                  "Folder for the outputs, in the folders of the input, and for the ledger (.hoidau)")
      ->type_name("OUT");
  batch.add_option("--files-from", o.list_file, "Further files and folders, one a line; - is standard input")
      ->type_name("FILE");
  std::vector<std::string> names;
  for (const OutputFormat& format : kOutputFormats) names.emplace_back(format.name);
  batch
      .add_option("--format", o.formats,
                  "What to write besides json (the record), with commas between: txt, pdf, hocr, alto, md")
      ->delimiter(',')
      ->allow_extra_args(false)
      ->check(CLI::IsMember(names).description(""))
      ->type_name("NAME[,NAME]")
      ->default_str("txt");
  batch
      .add_option(
          "--existing", o.existing,
          "Where outputs are there that no batch made: skip the file, overwrite them (and do anew what is done), "
          "or count it as failed")
      ->check(CLI::IsMember({"skip", "overwrite", "fail"}).description(""))
      ->type_name("skip|overwrite|fail")
      ->capture_default_str();
  batch.add_flag("--retry", o.options.retry, "Try again what failed before");
  batch.add_option("--max-failures", o.options.max_failures, "Stop after so many failures (0: never)")
      ->type_name("N")
      ->check(AtLeast(0))
      ->capture_default_str();
  batch.add_option("--jobs", o.options.jobs, "Files at once (0: as many as there are cores)")
      ->type_name("N")
      ->check(CLI::Range(0, 1024).description(""))
      ->capture_default_str();
  o.options.time_limit_s = 3600;
  batch.add_option("--time-limit", o.options.time_limit_s, "Seconds that a file may take (0: any)")
      ->type_name("N")
      ->check(AtLeast(0))
      ->capture_default_str();
  batch.add_option("--memory-limit", o.memory_limit_mib, "MiB of memory that a file may take (0: any)")
      ->type_name("N")
      ->check(AtLeast(0))
      ->capture_default_str();
  batch.add_flag("--watch", o.options.watch, "Go on looking for files until stopped");
  batch.add_option("--stable", o.options.stable_s, "When watching: seconds that a file has to be as it is")
      ->type_name("S")
      ->check(AtLeast(0))
      ->capture_default_str();
  batch.add_flag("--json", o.json, "Print the summary for machines");
  batch.add_flag("--worker", o.worker)->group("");  // how a batch starts its workers
  batch.footer(
      "The same command again goes on where the last one ended, however it ended. Ctrl-C finishes the pages at work, a "
      "second one stops at once.\n"
      "Examples:\n  hoidau batch scans -o out\n  hoidau batch scans -o out --retry\n  hoidau batch inbox -o out "
      "--watch\n"
      "  hoidau batch 2024 2025 -o out --format txt,pdf --jobs 8 --json\n  hoidau batch status out");

  o.status = batch.add_subcommand("status", "What a batch has done and is at, also while it is at work");
  o.status->add_option("OUT", o.status_dir, "Its folder of outputs")->required();
  o.status->add_flag("--json", o.json, "Every file with its state, times and issues, for machines");
  o.status->footer("Examples:\n  hoidau batch status out\n  hoidau batch status out --json");

  o.search = app.add_subcommand("search", "Full-text search over what a batch has read: file:page:line");
  o.search->add_option("OUT", o.search_dir, "The batch's folder of outputs")->required();
  o.search->add_option("PHRASE", o.phrase, "Words that follow each other; without marks they match with any")
      ->required();
  o.search->add_option("--limit", o.limit, "Lines shown at most")
      ->type_name("N")
      ->check(CLI::Range(1, 1'000'000).description(""))
      ->capture_default_str();
  o.search->add_flag("--json", o.json, "For machines");
  o.search->footer(
      "Examples:\n  hoidau search out \"chuyển đổi số\"\n  hoidau search out chuyen doi so\n  hoidau search out --json "
      "\"15/KH-UBND\"");
}

BatchCommands::~BatchCommands() = default;

CLI::App& BatchCommands::batch() { return *impl_->batch; }

std::optional<ExitCode> BatchCommands::Run(const PipelineOptions& pipeline, int argc, char** argv) {
  if (*impl_->status) return impl_->RunStatus();
  if (*impl_->batch) return impl_->RunBatchCommand(pipeline, argc, argv);
  if (*impl_->search) return impl_->RunSearch();
  return std::nullopt;
}

}  // namespace hoidau
