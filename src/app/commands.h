// The commands behind the command line: each takes its options as values, writes data to standard output and files,
// messages to standard error, and gives the exit code.
//
//   return RunFiles({.inputs = {"plan.pdf"}, .output_dir = "out"});
//
// Thread safety: one command a process.
#ifndef HOIDAU_APP_COMMANDS_H_
#define HOIDAU_APP_COMMANDS_H_

#include <string>
#include <vector>

#include "app/exit_codes.h"
#include "pipeline/hoidau.h"

namespace hoidau {

struct RunCommand {
  PipelineOptions pipeline;
  std::vector<std::string> inputs;
  std::string output_dir;  // empty: the only output of the only input goes to standard output
  // Names of kOutputFormats. None: json and txt into a folder, json to standard output.
  std::vector<std::string> formats;
  bool summary = false;  // a page for people to standard output
  bool json = false;     // what was made of each file, for machines, to standard output
};
ExitCode RunFiles(const RunCommand& command);

struct RepairCommand {
  PipelineOptions pipeline;
  TextFilterOptions filter;
  std::vector<std::string> words_files;  // words that are right as they are, one a line
  std::string input = "-";
  bool json = false;   // JSON lines with every token
  bool strip = false;  // take marks off instead
  std::string damage;  // damage the text instead, as this channel does; empty: no
  std::uint64_t seed = 1;
  bool explain = false;  // print why each changed token reads as it does, instead of the text
};
ExitCode RepairText(RepairCommand command);

struct OcrCommand {
  PipelineOptions pipeline;
  std::string input;
  bool json = false;  // the record with pages and text, nothing extracted
};
ExitCode OcrFile(const OcrCommand& command);

struct ExtractCommand {
  PipelineOptions pipeline;
  std::string input = "-";
  std::string format = "json";  // or "nd30"
};
ExitCode ExtractText(const ExtractCommand& command);

ExitCode PrintSchema();
ExitCode PrintVersion(bool json);
ExitCode PrintDiagnosis(const PipelineOptions& options, bool json);

}  // namespace hoidau

#endif  // HOIDAU_APP_COMMANDS_H_
