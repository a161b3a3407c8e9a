// A batch: thousands of files to records, by several processes, stopped and gone on with at any moment.
//
//   BatchOptions options{.inputs = {"scans"}, .out_dir = "out", .formats = FormatsNamed({"json", "txt"})};
//   options.worker_command = {"/proc/self/exe", "batch", "--worker"};   // runs RunWorker with the same settings
//   Result<BatchSummary> summary = RunBatch(options);
//   WriteStdout(SummaryText(*summary));
//
// OUT has the outputs in the folders of the input; OUT/.hoidau/ has the ledger, the log, the lock and what is being
// written. A file is claimed in the ledger before its outputs appear, its outputs appear whole, and only then it is
// done: whatever ends the batch, the next one finds each file done or not begun. Workers are killed with the batch.
//
// Thread safety: one a process; REQUIRES no other threads, it forks. Limits: Linux, a file system with flock.
#ifndef HOIDAU_BATCH_BATCH_H_
#define HOIDAU_BATCH_BATCH_H_

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "base/result.h"
#include "batch/ledger.h"
#include "batch/outputs.h"

namespace hoidau {

// What to do about a file whose outputs are there and are no work of the batch.
enum class Existing { kSkip, kOverwrite, kFail };  // kOverwrite also does anew what the batch has done

struct BatchProgress {
  std::int64_t files = 0;                     // of this batch
  std::int64_t ready = 0;                     // done, failed or skipped, now or before
  std::int64_t failed = 0;                    // now or before
  std::int64_t files_now = 0, pages_now = 0;  // done by this run
  double seconds = 0;                         // of this run
  bool stopping = false;
};

struct BatchOptions {
  std::vector<std::string> inputs;  // files and folders
  std::string out_dir;
  std::vector<OutputFormat> formats;  // REQUIRES: json is one of them
  // Everything that changes what is written: with the content it is the key of what is done.
  std::string settings;
  Existing existing = Existing::kSkip;
  bool retry = false;        // try again what failed
  int max_failures = 0;      // stop after so many; 0: never
  int jobs = 0;              // workers; 0: as many as there are cores
  int time_limit_s = 0;      // of a file; 0: none
  int memory_limit_mib = 0;  // of a worker, for messages; 0: none
  bool watch = false;        // go on looking for files
  double stable_s = 5;       // when watching: how long a file has to be as it is
  std::vector<std::string> worker_command;

  std::function<int()> stops;  // how often a stop was asked for: once, pages at work are finished; twice, not even they
  std::function<void(const BatchProgress&)> progress;            // a few times a second
  std::function<void(const std::string&)> failure, information;  // as it happens
};

struct BatchFailure {
  std::string file;
  FileFailure failure;
};

// Each file of the batch counts once, by what is known of it at the end.
struct BatchSummary {
  std::int64_t files = 0;
  std::int64_t done = 0, done_before = 0;  // by this run, by earlier ones
  std::int64_t duplicates = 0;             // of those done by this run: made of another file's record
  std::int64_t existing = 0;               // left alone: their outputs were there
  std::int64_t needs_look = 0;             // of those done, now or before
  std::int64_t waiting = 0;                // not done because the run stopped
  std::int64_t pages = 0;                  // of those done by this run
  std::vector<BatchFailure> failures;      // now or before
  std::vector<std::string> problems;       // folders that could not be read
  double seconds = 0;
  std::string stopped;  // empty, "interrupted" or "failures"
};

// Errors are those that stop everything: kIo (OUT, the lock, a full disk), kMissing, kModel, kBadInput (OUT is the
// input). What is wrong with a file is in the summary.
Result<BatchSummary> RunBatch(const BatchOptions& options);

// Whether a batch is at work on OUT.
bool BatchRuns(const std::string& out_dir);

}  // namespace hoidau

#endif  // HOIDAU_BATCH_BATCH_H_
