// The ledger of a batch: what is known about every file, and the text for the search, in one SQLite file that a crash
// or a power cut leaves as it was after the last whole step.
//
//   Result<BatchLedger> ledger = BatchLedger::Open("out/.hoidau/ledger.sqlite");
//   ledger->Register(found, {".json", ".txt"}, "out");          // gives every new file its place below OUT
//   ledger->Claim(id, stamp, sha256, settings);                 // from now on its outputs are ours
//   ledger->Finish(id, result, "");                             // or Fail, or Release
//
// A file is done for good where its row says so with the content and the settings of now. Thread safety: one thread;
// one writing process (the batch holds a lock), any number that read. Limits: pages over 1,048,575 are not searched.
#ifndef HOIDAU_BATCH_LEDGER_H_
#define HOIDAU_BATCH_LEDGER_H_

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "batch/scan.h"
#include "batch/sqlite.h"
#include "batch/worker.h"

namespace hoidau {

// The folder of a batch's own files below OUT, and what is in it.
inline constexpr const char* kBatchFolder = ".hoidau";
inline constexpr const char* kLedgerName = "ledger.sqlite";
inline constexpr const char* kPagesName = "pages";  // the folder of recognised pages of files not yet done
std::string BatchPath(const std::string& out_dir, const std::string& name);

enum class FileState { kWaiting, kRunning, kDone, kFailed };
const char* StateName(FileState state);

struct LedgerFile {
  std::int64_t id = 0;
  std::string path;  // as given
  std::string stem;  // of its outputs, below OUT, without extension
  FileStamp stamp;   // when sha256 was taken
  std::string sha256, settings;
  FileState state = FileState::kWaiting;
  bool owned = false;  // outputs at its stem are ours
  std::string json_sha256;
  std::string twin;  // the file whose record this one's was made of
  std::int64_t pages = 0;
  bool needs_look = false;
  std::string stage;  // the last one begun
  ErrorCode error_code = ErrorCode::kInternal;
  std::string error;  // where failed: without the path
  int error_page = 0;
  std::int64_t started = 0, ended = 0;  // Unix time, ms
  std::int64_t read_ms = 0, recover_ms = 0, describe_ms = 0, write_ms = 0;
};

struct LedgerRun {
  std::int64_t pid = 0, started = 0, ended = 0;
  std::string outcome;  // empty: it did not end by itself
};

struct FileFailure {
  ErrorCode code = ErrorCode::kInternal;
  std::string message;  // without the path
  int page = 0;         // 0: none in particular
};

class BatchLedger {
 public:
  // Makes it where it is missing. What was running is waiting again: REQUIRES the lock. kIo, kBadInput (no ledger of
  // this version).
  static Result<BatchLedger> Open(const std::string& path);
  // For looking on, while a batch is at work too. kNotFound.
  static Result<BatchLedger> OpenToRead(const std::string& path);

  // Gives the files found rows, new ones a stem by the rule of `hoidau run`: the name without its extension; with it
  // where that is taken by another file, or an output would be an input or a folder; with a number where that is too.
  // A file whose former name is gone, or means the same file, keeps its row. In the order of `found`.
  Result<std::vector<LedgerFile>> Register(const ScanResult& found, const std::vector<std::string>& extensions,
                                           const std::string& out_dir);

  Result<std::optional<LedgerFile>> FindTwin(const std::string& sha256, const std::string& settings, FileState state,
                                             std::int64_t not_id);
  Status Restamp(std::int64_t id, const FileStamp& stamp);
  Status Claim(std::int64_t id, const FileStamp& stamp, const std::string& sha256, const std::string& settings);
  Status SetStage(std::int64_t id, const std::string& stage);
  Status Finish(std::int64_t id, const FileResult& result, const std::string& twin);
  Status Fail(std::int64_t id, const FileStamp& stamp, const std::string& sha256, const std::string& settings,
              const FileFailure& failure);
  Status Release(std::int64_t id);

  Result<std::int64_t> BeginRun(std::int64_t pid);
  Status EndRun(std::int64_t id, const std::string& outcome);

  Result<std::vector<LedgerFile>> Files();
  Result<std::map<std::int64_t, std::vector<Issue>>> Issues();  // by file
  Result<std::optional<LedgerRun>> LastRun();

  Database& database() { return db_; }

 private:
  explicit BatchLedger(Database db) : db_(std::move(db)) {}
  Status Transaction(const std::function<Status()>& steps);

  Database db_;
};

// The ledger of a batch for looking on. kNotFound, saying what makes one.
Result<BatchLedger> OpenBatch(const std::string& out_dir);

}  // namespace hoidau

#endif  // HOIDAU_BATCH_LEDGER_H_
