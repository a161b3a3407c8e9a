#include "batch/worker_process.h"

#include <gmock/gmock.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <thread>

#include "base/files.h"
#include "support/temp_dir.h"

namespace hoidau {
namespace {

class WorkerProcessTest : public testing::Test {
 protected:
  Result<WorkerProcess> Start(const std::string& script) {
    return WorkerProcess::Start({"/bin/sh", "-c", script}, dir_ / "log", dir_ / "lock");
  }
  TempDir dir_;
};

TEST_F(WorkerProcessTest, TalksOverItsStandardInputAndLogsTheRest) {
  Result<WorkerProcess> worker = Start("echo said; echo warned >&2; exec cat");  // one process, none left behind
  ASSERT_TRUE(worker.ok());
  worker->Kill();
  EXPECT_TRUE(WIFSIGNALED(worker->Wait()));
  EXPECT_EQ(worker->channel().Poll(), std::nullopt);
  EXPECT_TRUE(worker->channel().closed());
}

TEST_F(WorkerProcessTest, SaysHowItEnded) {
  Result<WorkerProcess> worker = Start("echo said; echo warned >&2; exit 7");
  ASSERT_TRUE(worker.ok());
  const int status = worker->Wait();
  EXPECT_TRUE(WIFEXITED(status));
  EXPECT_EQ(WEXITSTATUS(status), 7);
  EXPECT_EQ(*ReadFile(dir_ / "log"), "said\nwarned\n");
  Result<WorkerProcess> missing = WorkerProcess::Start({"/no/such/program"}, dir_ / "log", dir_ / "lock");
  ASSERT_TRUE(missing.ok());
  EXPECT_EQ(WEXITSTATUS(missing->Wait()), 127);
}

// Ends the process between: the worker has to go with it, though nobody told it.
TEST_F(WorkerProcessTest, DiesWithTheOneThatStartedIt) {
  int pipe_ends[2];
  ASSERT_EQ(pipe(pipe_ends), 0);
  const pid_t between = fork();
  if (between == 0) {
    close(pipe_ends[0]);
    // The worker inherits the writing end: it reads as ended when both are gone.
    Result<WorkerProcess> worker = Start("exec sleep 600 <&-");
    [[maybe_unused]] const ssize_t n = write(pipe_ends[1], "x", 1);
    raise(SIGKILL);
  }
  close(pipe_ends[1]);
  char byte = 0;
  ASSERT_EQ(read(pipe_ends[0], &byte, 1), 1);
  ASSERT_EQ(waitpid(between, nullptr, 0), between);
  EXPECT_EQ(read(pipe_ends[0], &byte, 1), 0);
  close(pipe_ends[0]);
}

}  // namespace
}  // namespace hoidau
