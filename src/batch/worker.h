// A process that makes the outputs of files for a batch, one after the other. A file that crashes it, eats its memory
// or never ends takes this process with it and no other.
//
//   if (worker) return RunWorker({.pipeline = options, .formats = formats, .memory_limit_mib = 4096});
//
// The conversation, over the socket at standard input (B: batch, W: worker):
//
//   W ready                               (or: W fatal CODE MESSAGE, and it ends)
//   B file PATH                           W hash SHA256           | W error CODE PAGE MESSAGE
//   B drop                                                        (back to the next file)
//   B read STAGING STEM                   W stage NAME*, W page DONE ALL*, then W done … | W error … | W full MESSAGE
//   B copy STAGING STEM TWIN JSON_SHA256  the same
//   B stop                                (at any time) the file at work ends after the pages at work: W stopped,
//                                         unless it was read whole by then
//
// It ends when the socket closes or the batch dies. Thread safety: one a process. Limits: Linux.
#ifndef HOIDAU_BATCH_WORKER_H_
#define HOIDAU_BATCH_WORKER_H_

#include <cstdint>
#include <string>
#include <vector>

#include "batch/channel.h"
#include "batch/outputs.h"
#include "pipeline/hoidau.h"

namespace hoidau {

struct WorkerOptions {
  PipelineOptions pipeline;
  std::vector<OutputFormat> formats;
  std::int64_t memory_limit_mib = 0;  // 0: none
};

// The exit status of a worker that asked for more memory than it may have.
inline constexpr int kOutOfMemoryStatus = 77;

// Gives the exit status. REQUIRES: standard input is a socket of a batch.
int RunWorker(const WorkerOptions& options);

// What a worker says of a file that it has done.
struct FileResult {
  std::string json_sha256;
  bool copied = false;
  bool needs_look = false;
  std::int64_t pages = 0;
  std::int64_t read_ms = 0, recover_ms = 0, describe_ms = 0, write_ms = 0;
  std::vector<Issue> issues;
  std::string text;  // of the record
};
Message ToMessage(const FileResult& result);
// REQUIRES: made by ToMessage.
FileResult FileResultOf(const Message& message);

}  // namespace hoidau

#endif  // HOIDAU_BATCH_WORKER_H_
