// The commands of the workshop: "eval" says how good recovery and extraction are on documents with truth, "blame" names
// the stage that each wrong value comes from.
//
//   EvalCommands eval(app);      // before parsing
//   if (const std::optional<ExitCode> done = eval.Run()) return *done;
//
// Thread safety: one command a process.
#ifndef HOIDAU_APP_EVAL_COMMAND_H_
#define HOIDAU_APP_EVAL_COMMAND_H_

#include <memory>
#include <optional>

#include "app/exit_codes.h"

namespace CLI {
class App;
}

namespace hoidau {

class EvalCommands {
 public:
  explicit EvalCommands(CLI::App& app);
  ~EvalCommands();
  // Nothing where neither command was given. REQUIRES: the App lives.
  std::optional<ExitCode> Run();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace hoidau

#endif  // HOIDAU_APP_EVAL_COMMAND_H_
