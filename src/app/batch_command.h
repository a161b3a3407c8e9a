// The commands for many files: "batch" with its "status", and "search" over what a batch has read.
//
//   BatchCommands batch(app);      // before parsing; batch.batch() takes the options of reading too
//   if (const std::optional<ExitCode> done = batch.Run(pipeline_options, argc, argv)) return *done;
//
// Thread safety: one command a process.
#ifndef HOIDAU_APP_BATCH_COMMAND_H_
#define HOIDAU_APP_BATCH_COMMAND_H_

#include <memory>
#include <optional>

#include "app/exit_codes.h"
#include "pipeline/hoidau.h"

namespace CLI {
class App;
}

namespace hoidau {

class BatchCommands {
 public:
  explicit BatchCommands(CLI::App& app);
  ~BatchCommands();
  CLI::App& batch();
  // Nothing where none of the commands was given. The workers of a batch are this program with the same arguments.
  std::optional<ExitCode> Run(const PipelineOptions& pipeline, int argc, char** argv);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace hoidau

#endif  // HOIDAU_APP_BATCH_COMMAND_H_
