// The commands that carry records to where offices keep them: "register" fills Excel and CSV registers, "export" sends
// tasks to a tracker, each once.
//
//   TrackerCommands trackers(app);      // before parsing
//   if (const std::optional<ExitCode> done = trackers.Run()) return *done;
//
// Thread safety: one command a process.
#ifndef HOIDAU_APP_TRACKER_COMMANDS_H_
#define HOIDAU_APP_TRACKER_COMMANDS_H_

#include <memory>
#include <optional>

#include "app/exit_codes.h"

namespace CLI {
class App;
}

namespace hoidau {

class TrackerCommands {
 public:
  explicit TrackerCommands(CLI::App& app);
  ~TrackerCommands();
  // Nothing where neither command was given. REQUIRES: the App lives.
  std::optional<ExitCode> Run();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace hoidau

#endif  // HOIDAU_APP_TRACKER_COMMANDS_H_
