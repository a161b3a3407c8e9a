#include "batch/worker_process.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstring>
#include <utility>

namespace hoidau {
namespace {

Error StartError(const std::string& what) { return {ErrorCode::kIo, what + ": " + std::strerror(errno)}; }

// In the child, between fork and exec: system calls only.
[[noreturn]] void Become(pid_t parent, char* const* arguments, int socket, int log, int lock) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (getppid() != parent) _exit(1);  // it died before
  setpgid(0, 0);                      // Ctrl-C is for the batch, which lets its workers finish
  // Copies lose close-on-exec; the lock has no number to take, so it is cleared of it.
  dup2(socket, STDIN_FILENO);
  dup2(log, STDOUT_FILENO);
  dup2(log, STDERR_FILENO);
  fcntl(lock, F_SETFD, 0);
  flock(lock, LOCK_SH);
  execv(arguments[0], arguments);
  _exit(127);
}

}  // namespace

Result<WorkerProcess> WorkerProcess::Start(const std::vector<std::string>& command, const std::string& log_path,
                                           const std::string& lock_path) {
  std::vector<char*> arguments;
  for (const std::string& argument : command) arguments.push_back(const_cast<char*>(argument.c_str()));
  arguments.push_back(nullptr);
  const int log = open(log_path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
  if (log < 0) return StartError(log_path);
  const int lock = open(lock_path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
  int sockets[2] = {-1, -1};
  const bool connected = lock >= 0 && socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, sockets) == 0;
  const pid_t parent = getpid();
  const pid_t pid = connected ? fork() : -1;
  if (pid == 0) Become(parent, arguments.data(), sockets[1], log, lock);
  const Error error = StartError("cannot start a worker");
  close(log);
  if (lock >= 0) close(lock);
  if (sockets[1] >= 0) close(sockets[1]);
  Channel channel(sockets[0]);
  if (pid < 0) return error;
  return WorkerProcess(pid, std::move(channel));
}

WorkerProcess::WorkerProcess(WorkerProcess&& other) noexcept
    : pid_(std::exchange(other.pid_, -1)), channel_(std::move(other.channel_)) {}

WorkerProcess::~WorkerProcess() {
  Kill();
  Wait();
}

void WorkerProcess::Kill() {
  if (pid_ > 0) kill(pid_, SIGKILL);
}

int WorkerProcess::Wait() {
  int status = 0;
  while (pid_ > 0 && waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
  }
  pid_ = -1;
  return status;
}

}  // namespace hoidau
