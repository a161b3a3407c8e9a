#include "app/commands.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <utility>

#include "app/console.h"
#include "app/output_names.h"
#include "base/files.h"
#include "batch/outputs.h"
#include "doc/record_json.h"
#include "emit/nd30.h"
#include "emit/summary.h"
#include "emit/token_json.h"
#include "text/tokenizer.h"
#include "text/unicode.h"

namespace hoidau {
namespace {

using Json = nlohmann::ordered_json;

ExitCode Fail(const Error& error) {
  ShowError(error.message);
  return ExitCodeOf(error.code);
}

// The exit code of `code`, or why standard output failed.
ExitCode Print(std::string_view data, ExitCode code = ExitCode::kOk) {
  const Status written = WriteStdout(data);
  return written ? code : Fail(written.error());
}

ExitCode Outcome(const Record& record) { return NeedsLook(record) ? ExitCode::kNeedsLook : ExitCode::kOk; }

void ShowIssues(const std::string& file, const std::vector<Issue>& issues) {
  for (const Issue& issue : issues) {
    ShowInfo(file + ": " + (issue.page > 0 ? "page " + std::to_string(issue.page) + ": " : "") + issue.message + " (" +
             issue.code + ")");
  }
}

PipelineOptions WithProgress(PipelineOptions options, const std::string& file) {
  options.progress = [file](const Progress& p) {
    ShowProgress(p.pages_done < p.pages
                     ? file + ": page " + std::to_string(p.pages_done) + " of " + std::to_string(p.pages)
                     : "");
  };
  return options;
}

// Every output of one input; those before one that cannot be written stay.
Status WriteOutputs(const std::vector<Output>& outputs, const std::string& stem) {
  const WritingFiles writing;
  for (const Output& output : outputs) {
    if (const Status written = WriteFileAtomic(stem + output.extension, output.content); !written) return written;
  }
  return Done{};
}

Status MakeFolder(const std::string& dir) {
  std::error_code error;
  std::filesystem::create_directories(dir, error);
  if (!error || std::filesystem::is_directory(dir)) return Done{};
  return Error{ErrorCode::kIo, dir + ": cannot make the folder: " + error.message()};
}

Json IssuesJson(const std::vector<Issue>& issues) {
  Json out = Json::array();
  for (const Issue& i : issues) {
    out.push_back({{"stage", i.stage},
                   {"page", i.page > 0 ? Json(i.page) : Json(nullptr)},
                   {"code", i.code},
                   {"message", i.message}});
  }
  return out;
}

// Words of a file, one a line.
Result<std::vector<std::string>> ReadWords(const std::string& path) {
  const Result<std::string> content = ReadFile(path);
  if (!content) return content.error();
  const std::string text = ToNfc(MakeValidUtf8(*content));
  std::vector<std::string> words;
  for (const ByteSpan line : SplitLines(text)) {
    std::string word = FoldSpace(line.In(text));
    if (!word.empty()) words.push_back(std::move(word));
  }
  return words;
}

// Feeds a file or standard input through the filter to standard output.
Status Stream(const std::string& path, TextFilter& filter) {
  const bool standard = path == "-";
  const int fd = standard ? STDIN_FILENO : open(path.c_str(), O_RDONLY | O_CLOEXEC);
  const auto fail = [&](const char* what) {
    const int e = errno;
    return Error{e == ENOENT ? ErrorCode::kNotFound : ErrorCode::kIo, path + ": " + what + ": " + std::strerror(e)};
  };
  if (fd < 0) return fail("cannot open");
  std::vector<char> buffer(std::size_t{1} << 16);
  while (true) {
    const ssize_t n = read(fd, buffer.data(), buffer.size());
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return fail("cannot read");
    const std::string out = n > 0 ? filter.Feed({buffer.data(), static_cast<std::size_t>(n)}) : filter.Finish();
    if (const Status written = WriteStdout(out); !written) return written;
    if (n == 0) break;
  }
  if (!standard) close(fd);
  return Done{};
}

}  // namespace

ExitCode RunFiles(const RunCommand& command) {
  const bool to_stdout = command.output_dir.empty();
  if (to_stdout && command.inputs.size() > 1) {
    ShowError("several files need a folder for their records: -o DIR");
    return ExitCode::kUsage;
  }
  std::vector<std::string> names = command.formats;
  if (names.empty()) names = to_stdout ? std::vector<std::string>{"json"} : std::vector<std::string>{"json", "txt"};
  const std::vector<OutputFormat> formats = FormatsNamed(names);
  if (to_stdout && formats.size() > 1) {
    ShowError("several formats need a folder: -o DIR");
    return ExitCode::kUsage;
  }
  std::vector<std::string> extensions;
  for (const OutputFormat& format : formats) extensions.emplace_back(format.extension);
  const bool from_stdin = std::find(command.inputs.begin(), command.inputs.end(), "-") != command.inputs.end();
  if (from_stdin && std::find(names.begin(), names.end(), "pdf") != names.end()) {
    ShowError("a searchable PDF is made of a file, not of standard input");
    return ExitCode::kUsage;
  }
  if (!to_stdout) {
    if (const Status made = MakeFolder(command.output_dir); !made) return Fail(made.error());
  }
  const std::vector<std::string> stems = OutputStems(command.inputs, command.output_dir, extensions);
  ExitCode worst = ExitCode::kOk;
  Json report = Json::array();
  for (std::size_t i = 0; i < command.inputs.size(); ++i) {
    const std::string& input = command.inputs[i];
    const Result<Pipeline> pipeline = Pipeline::Load(WithProgress(command.pipeline, input));
    if (!pipeline) return Fail(pipeline.error());
    const Result<MadeOutputs> made = MakeOutputs(*pipeline, input, command.pipeline.max_bytes, formats);
    ExitCode code = ExitCode::kOk;
    std::string problem;
    if (made) {
      code = made->needs_look ? ExitCode::kNeedsLook : ExitCode::kOk;
      ShowIssues(input, made->record.issues);
      if (!to_stdout) {
        if (const Status written = WriteOutputs(made->outputs, stems[i]); !written) {
          problem = written.error().message;
          code = Fail(written.error());
        }
      }
      if (command.summary) {
        code = Worse(code, Print((i > 0 ? "\n" : "") + Summary(made->record, TerminalColumns())));
      } else if (to_stdout && !command.json) {
        code = Worse(code, Print(made->outputs.front().content));
      }
    } else {
      problem = made.error().message;
      code = Fail(made.error());
    }
    worst = Worse(worst, code);
    if (!command.json) continue;
    Json outputs = Json::array();
    if (problem.empty() && !to_stdout) {
      for (const std::string& extension : extensions) outputs.push_back(stems[i] + extension);
    }
    report.push_back({{"file", input},
                      {"exit_code", static_cast<int>(code)},
                      {"error", problem.empty() ? Json(nullptr) : Json(problem)},
                      {"outputs", std::move(outputs)},
                      {"issues", made ? IssuesJson(made->record.issues) : Json::array()}});
  }
  if (command.json)
    worst = Worse(worst, Print(Json{{"files", report}}.dump(2, ' ', false, Json::error_handler_t::replace) + "\n"));
  return worst;
}

ExitCode RepairText(RepairCommand command) {
  for (const std::string& file : command.words_files) {
    const Result<std::vector<std::string>> words = ReadWords(file);
    if (!words) return Fail(words.error());
    command.pipeline.words.insert(command.pipeline.words.end(), words->begin(), words->end());
  }
  if (command.strip) {
    TextFilter filter = MarkStripper(command.filter);
    const Status done = Stream(command.input, filter);
    return done ? ExitCode::kOk : Fail(done.error());
  }
  command.pipeline.explain = command.explain;
  const Result<Pipeline> pipeline = Pipeline::Load(command.pipeline);
  if (!pipeline) return Fail(pipeline.error());
  if (!command.damage.empty()) {
    Result<TextFilter> damager = pipeline->Damager(command.filter, command.damage, command.seed);
    if (!damager) return Fail(damager.error());
    const Status done = Stream(command.input, *damager);
    return done ? ExitCode::kOk : Fail(done.error());
  }
  Result<TextFilter> filter = pipeline->Filter(command.filter);
  if (!filter) return Fail(filter.error());
  Status written = Done{};
  if (command.json) {
    filter->SetSink([&](const Document& document, const RecoveredDocument& recovered, std::uint64_t first_line) {
      if (written) written = WriteStdout(TokenJson(document, recovered, first_line));
    });
  }
  if (command.explain && !command.json) {
    filter->SetSink([&](const Document& document, const RecoveredDocument& recovered, std::uint64_t first_line) {
      if (written) written = WriteStdout(Explanations(document, recovered, first_line));
    });
  }
  const Status done = Stream(command.input, *filter);
  if (!done) return Fail(done.error());
  if (!written) return Fail(written.error());
  if (filter->bad_bytes() > 0) {
    ShowWarning((command.input == "-" ? "standard input" : command.input) + ": " + std::to_string(filter->bad_bytes()) +
                " bytes are no UTF-8 text and were left as they are");
  }
  return ExitCode::kOk;
}

ExitCode OcrFile(const OcrCommand& command) {
  const Result<Pipeline> pipeline = Pipeline::Load(WithProgress(command.pipeline, command.input));
  if (!pipeline) return Fail(pipeline.error());
  const Result<Document> document = pipeline->Read(command.input);
  if (!document) return Fail(document.error());
  const Result<RecoveredDocument> recovered = pipeline->Recover(*document);
  if (!recovered) return Fail(recovered.error());
  const Record record = TextRecord(*document, *recovered);
  ShowIssues(command.input, record.issues);
  return Print(command.json ? ToJson(record) : record.text, Outcome(record));
}

ExitCode ExtractText(const ExtractCommand& command) {
  const Result<Pipeline> pipeline = Pipeline::Load(command.pipeline);
  if (!pipeline) return Fail(pipeline.error());
  const Result<Record> record = pipeline->Extract(command.input);
  if (!record) return Fail(record.error());
  ShowIssues(command.input, record->issues);
  return Print(command.format == "nd30" ? ToNd30(*record) : ToJson(*record));
}

ExitCode PrintSchema() { return Print(RecordSchema()); }

ExitCode PrintVersion(bool json) {
  if (!json) return Print("hoidau " HOIDAU_VERSION "\n");
  return Print(Json{{"name", "hoidau"}, {"version", HOIDAU_VERSION}, {"schema", "hoidau-document/1"}}.dump(2) + "\n");
}

ExitCode PrintDiagnosis(const PipelineOptions& options, bool json) {
  std::vector<Component> components = {{.name = "hoidau", .version = HOIDAU_VERSION, .ok = true, .problem = ""}};
  const std::vector<Component> found = Diagnose(options);
  components.insert(components.end(), found.begin(), found.end());
  Json list = Json::array();
  std::string text;
  ExitCode code = ExitCode::kOk;
  for (const Component& c : components) {
    if (!c.ok) code = ExitCode::kMissing;
    list.push_back(
        {{"name", c.name}, {"version", c.version}, {"ok", c.ok}, {"problem", c.ok ? Json(nullptr) : Json(c.problem)}});
    text += (c.ok ? "ok       " : "MISSING  ") + c.name + (c.version.empty() ? "" : "  " + c.version) + "\n";
    if (!c.ok) text += "         " + c.problem + "\n";
  }
  return Print(json ? Json{{"ok", code == ExitCode::kOk}, {"components", list}}.dump(2, ' ', false,
                                                                                     Json::error_handler_t::replace) +
                          "\n"
                    : text,
               code);
}

}  // namespace hoidau
