// What is said about a batch: its summary at the end, its state in between, for people and for machines.
//
//   WriteStdout(SummaryText(*summary));
//   Result<BatchState> state = LookAt("out");
//   WriteStdout(StateJson(*state));
//
// Thread safety: free functions. Limits: file names that are no UTF-8 show U+FFFD in JSON.
#ifndef HOIDAU_BATCH_REPORT_H_
#define HOIDAU_BATCH_REPORT_H_

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "batch/batch.h"

namespace hoidau {

std::string SummaryText(const BatchSummary& summary);
std::string SummaryJson(const BatchSummary& summary);

// "1:05", "2:03:09".
std::string DurationText(double seconds);
// "120 of 300 files, 3 failed, 2.1 files/s, 6.3 pages/s, 1:25 left".
std::string ProgressText(const BatchProgress& progress);

struct BatchState {
  bool running = false;
  std::optional<LedgerRun> run;  // the last one
  std::vector<LedgerFile> files;
  std::map<std::int64_t, std::vector<Issue>> issues;  // by file
};
// kNotFound: no batch was made there.
Result<BatchState> LookAt(const std::string& out_dir);
std::string StateText(const BatchState& state);
std::string StateJson(const BatchState& state);

}  // namespace hoidau

#endif  // HOIDAU_BATCH_REPORT_H_
