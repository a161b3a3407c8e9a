// The batch's end of a worker: starts it, talks to it, ends it.
//
//   auto worker = WorkerProcess::Start(command, "out/.hoidau/workers.log", "out/.hoidau/workers.lock");
//   worker->channel().Send({"file", "plan.pdf"});
//   worker->Kill();
//   WTERMSIG(worker->Wait()) == SIGKILL;
//
// A worker is killed when the process that started it ends, however that ends. Thread safety: one owner, the thread
// that started it. Limits: Linux.
#ifndef HOIDAU_BATCH_WORKER_PROCESS_H_
#define HOIDAU_BATCH_WORKER_PROCESS_H_

#include <sys/types.h>

#include <string>
#include <vector>

#include "base/result.h"
#include "batch/channel.h"

namespace hoidau {

class WorkerProcess {
 public:
  // Standard input of the program is a socket, its outputs go to the end of the log; it holds a shared lock of the lock
  // file (flock) as long as it lives.
  static Result<WorkerProcess> Start(const std::vector<std::string>& command, const std::string& log_path,
                                     const std::string& lock_path);
  WorkerProcess(WorkerProcess&& other) noexcept;
  WorkerProcess& operator=(WorkerProcess&&) = delete;
  // Kills and waits.
  ~WorkerProcess();

  Channel& channel() { return channel_; }
  void Kill();
  // Waits for its end and says how it came: the status as of wait(2).
  int Wait();

 private:
  WorkerProcess(pid_t pid, Channel channel) : pid_(pid), channel_(std::move(channel)) {}
  pid_t pid_;
  Channel channel_;
};

}  // namespace hoidau

#endif  // HOIDAU_BATCH_WORKER_PROCESS_H_
