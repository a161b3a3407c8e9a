#include "batch/ledger.h"

#include <sys/stat.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <set>
#include <utility>

#include "batch/search.h"

namespace hoidau {
namespace {

namespace fs = std::filesystem;

constexpr std::int64_t kVersion = 1;

constexpr const char* kSchema = R"(
CREATE TABLE IF NOT EXISTS files(
  id INTEGER PRIMARY KEY, path TEXT NOT NULL UNIQUE, stem TEXT NOT NULL UNIQUE,
  size INTEGER NOT NULL DEFAULT -1, mtime_ns INTEGER NOT NULL DEFAULT 0, ctime_ns INTEGER NOT NULL DEFAULT 0,
  sha256 TEXT NOT NULL DEFAULT '', settings TEXT NOT NULL DEFAULT '', state TEXT NOT NULL DEFAULT 'waiting',
  owned INTEGER NOT NULL DEFAULT 0, json_sha256 TEXT NOT NULL DEFAULT '', twin TEXT NOT NULL DEFAULT '',
  pages INTEGER NOT NULL DEFAULT 0, needs_look INTEGER NOT NULL DEFAULT 0, stage TEXT NOT NULL DEFAULT '',
  error_code INTEGER NOT NULL DEFAULT 0, error TEXT NOT NULL DEFAULT '', error_page INTEGER NOT NULL DEFAULT 0,
  started INTEGER NOT NULL DEFAULT 0, ended INTEGER NOT NULL DEFAULT 0, read_ms INTEGER NOT NULL DEFAULT 0,
  recover_ms INTEGER NOT NULL DEFAULT 0, describe_ms INTEGER NOT NULL DEFAULT 0, write_ms INTEGER NOT NULL DEFAULT 0);
CREATE INDEX IF NOT EXISTS files_by_key ON files(sha256, settings);
CREATE TABLE IF NOT EXISTS issues(file INTEGER NOT NULL, stage TEXT, page INTEGER, code TEXT, message TEXT);
CREATE INDEX IF NOT EXISTS issues_by_file ON issues(file);
CREATE TABLE IF NOT EXISTS runs(
  id INTEGER PRIMARY KEY, pid INTEGER, started INTEGER, ended INTEGER NOT NULL DEFAULT 0,
  outcome TEXT NOT NULL DEFAULT '');
)";

constexpr const char* kColumns =
    "id, path, stem, size, mtime_ns, ctime_ns, sha256, settings, state, owned, json_sha256, twin, pages, needs_look, "
    "stage, error_code, error, error_page, started, ended, read_ms, recover_ms, describe_ms, write_ms";

std::string Select(const char* where) { return std::string("SELECT ") + kColumns + " FROM files " + where; }

std::int64_t NowMs() {
  return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch())
      .count();
}

FileState StateNamed(const std::string& name) {
  for (const FileState state : {FileState::kRunning, FileState::kDone, FileState::kFailed}) {
    if (name == StateName(state)) return state;
  }
  return FileState::kWaiting;
}

LedgerFile RowOf(const Statement& s) {
  LedgerFile f;
  f.id = s.Int(0);
  f.path = s.Text(1);
  f.stem = s.Text(2);
  f.stamp = {s.Int(3), s.Int(4), s.Int(5)};
  f.sha256 = s.Text(6);
  f.settings = s.Text(7);
  f.state = StateNamed(s.Text(8));
  f.owned = s.Int(9) != 0;
  f.json_sha256 = s.Text(10);
  f.twin = s.Text(11);
  f.pages = s.Int(12);
  f.needs_look = s.Int(13) != 0;
  f.stage = s.Text(14);
  f.error_code = static_cast<ErrorCode>(s.Int(15));
  f.error = s.Text(16);
  f.error_page = static_cast<int>(s.Int(17));
  f.started = s.Int(18);
  f.ended = s.Int(19);
  f.read_ms = s.Int(20);
  f.recover_ms = s.Int(21);
  f.describe_ms = s.Int(22);
  f.write_ms = s.Int(23);
  return f;
}

Result<std::vector<LedgerFile>> Rows(Result<Statement> statement) {
  if (!statement) return statement.error();
  std::vector<LedgerFile> out;
  while (true) {
    const Result<bool> row = statement->Step();
    if (!row) return row.error();
    if (!*row) return out;
    out.push_back(RowOf(*statement));
  }
}

// Prepares, binds and steps once.
template <typename... T>
Status Do(Database& db, const char* sql, const T&... values) {
  Result<Statement> statement = db.Prepare(sql);
  if (!statement) return statement.error();
  return statement->Do(values...);
}

Result<std::int64_t> Number(Database& db, const char* sql) {
  Result<Statement> statement = db.Prepare(sql);
  if (!statement) return statement.error();
  const Result<bool> row = statement->Step();
  if (!row) return row.error();
  return statement->Int(0);
}

// Finds places below OUT for new files.
class Places {
 public:
  Places(const ScanResult& found, const std::vector<std::string>& extensions, std::string out_dir)
      : extensions_(extensions), out_dir_(std::move(out_dir)), folders_(found.folders.begin(), found.folders.end()) {
    for (const FoundFile& file : found.files) inputs_.insert({file.device, file.inode});
  }

  // `owner(stem)`: whether another file has it.
  template <typename IsTaken>
  std::string Find(const std::string& mirrored, const IsTaken& is_taken) const {
    const fs::path name = mirrored;
    std::string stem = (name.parent_path() / name.stem()).string();
    const auto free = [&] { return MayHold(stem) && !is_taken(stem); };
    if (!free()) stem = mirrored;
    for (int n = 2; !free(); ++n) stem = mirrored + "." + std::to_string(n);
    return stem;
  }

 private:
  bool MayHold(const std::string& stem) const {
    return std::none_of(extensions_.begin(), extensions_.end(), [&](const std::string& extension) {
      struct stat info {};
      return folders_.contains(stem + extension) ||
             (stat((fs::path(out_dir_) / (stem + extension)).c_str(), &info) == 0 &&
              inputs_.contains({info.st_dev, info.st_ino}));
    });
  }

  const std::vector<std::string>& extensions_;
  const std::string out_dir_;
  const std::set<std::string> folders_;
  std::set<std::pair<std::uint64_t, std::uint64_t>> inputs_;
};

}  // namespace

std::string BatchPath(const std::string& out_dir, const std::string& name) {
  return (fs::path(out_dir) / kBatchFolder / name).string();
}

const char* StateName(FileState state) {
  switch (state) {
    case FileState::kWaiting:
      return "waiting";
    case FileState::kRunning:
      return "running";
    case FileState::kDone:
      return "done";
    case FileState::kFailed:
      return "failed";
  }
  return "waiting";
}

Result<BatchLedger> BatchLedger::Open(const std::string& path) {
  Result<Database> db = Database::Open(path, Database::kWrite);
  if (!db) return db.error();
  // FULL: what is committed outlasts a power cut.
  if (const Status set = db->Run("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"); !set) return set.error();
  const Result<std::int64_t> version = Number(*db, "PRAGMA user_version");
  if (!version) return version.error();
  if (*version != 0 && *version != kVersion) {
    return Error{ErrorCode::kBadInput, path + ": is of another version of hoidau; take another folder"};
  }
  BatchLedger ledger(std::move(*db));
  const Status made = ledger.Transaction([&]() -> Status {
    if (const Status schema = ledger.db_.Run(kSchema); !schema) return schema;
    if (const Status index = MakeIndex(ledger.db_); !index) return index;
    if (const Status set = ledger.db_.Run("PRAGMA user_version=1"); !set) return set;
    return ledger.db_.Run("UPDATE files SET state = 'waiting' WHERE state = 'running'");
  });
  if (!made) return made.error();
  return ledger;
}

Result<BatchLedger> BatchLedger::OpenToRead(const std::string& path) {
  Result<Database> db = Database::Open(path, Database::kRead);
  if (!db) return db.error();
  BatchLedger ledger(std::move(*db));
  const Result<std::int64_t> version = Number(ledger.db_, "PRAGMA user_version");
  if (!version) return version.error();
  if (*version != kVersion) return Error{ErrorCode::kBadInput, path + ": is no ledger of this version of hoidau"};
  return ledger;
}

Status BatchLedger::Transaction(const std::function<Status()>& steps) {
  if (const Status begun = db_.Run("BEGIN IMMEDIATE"); !begun) return begun;
  Status done = steps();
  if (done) done = db_.Run("COMMIT");
  if (!done) static_cast<void>(db_.Run("ROLLBACK"));  // SQLite has done so itself after some errors
  return done;
}

Result<std::vector<LedgerFile>> BatchLedger::Register(const ScanResult& found,
                                                      const std::vector<std::string>& extensions,
                                                      const std::string& out_dir) {
  const Result<std::vector<LedgerFile>> known = Files();
  if (!known) return known.error();
  std::map<std::string, const LedgerFile*> by_path, by_stem;
  for (const LedgerFile& file : *known) {
    by_path[file.path] = &file;
    by_stem[file.stem] = &file;
  }
  std::set<std::string> wanted;  // paths of this batch
  for (const FoundFile& file : found.files) wanted.insert(file.path);
  std::set<std::string> taken;  // stems given now
  const Places places(found, extensions, out_dir);
  std::vector<LedgerFile> out;
  const Status added = Transaction([&]() -> Status {
    Result<Statement> insert = db_.Prepare("INSERT INTO files(path, stem) VALUES(?1, ?2) RETURNING id");
    Result<Statement> move = db_.Prepare("UPDATE files SET path = ?2 WHERE id = ?1");
    if (!insert) return insert.error();
    if (!move) return move.error();
    for (const FoundFile& file : found.files) {
      if (const auto it = by_path.find(file.path); it != by_path.end()) {
        out.push_back(*it->second);
        continue;
      }
      // The same file by another name, or one that has moved with its folder.
      const LedgerFile* former = nullptr;
      const std::string stem = places.Find(file.mirrored, [&](const std::string& candidate) {
        if (taken.contains(candidate)) return true;
        const auto it = by_stem.find(candidate);
        if (it == by_stem.end()) return false;
        const std::string& path = it->second->path;
        std::error_code none;
        const bool ours = !wanted.contains(path) && fs::path(path).filename() == fs::path(file.path).filename() &&
                          (!fs::exists(path, none) || fs::equivalent(path, file.path, none));
        if (ours) former = it->second;
        return !ours;
      });
      taken.insert(stem);
      if (former != nullptr) {
        if (const Status moved = move->Do(former->id, file.path); !moved) return moved;
        out.push_back(*former);
        out.back().path = file.path;
        continue;
      }
      insert->Bind(file.path, stem);
      const Result<bool> row = insert->Step();
      if (!row) return row.error();
      LedgerFile& added_file = out.emplace_back();
      added_file.id = insert->Int(0);
      added_file.path = file.path;
      added_file.stem = stem;
      insert->Reset();
    }
    return Done{};
  });
  if (!added) return added.error();
  return out;
}

Result<std::optional<LedgerFile>> BatchLedger::FindTwin(const std::string& sha256, const std::string& settings,
                                                        FileState state, std::int64_t not_id) {
  Result<Statement> select = db_.Prepare(
      Select("WHERE sha256 = ?1 AND settings = ?2 AND state = ?3 AND id != ?4 ORDER BY id LIMIT 1").c_str());
  if (!select) return select.error();
  select->Bind(sha256, settings, StateName(state), not_id);
  const Result<bool> row = select->Step();
  if (!row) return row.error();
  return *row ? std::optional(RowOf(*select)) : std::nullopt;
}

Status BatchLedger::Restamp(std::int64_t id, const FileStamp& stamp) {
  return Do(db_, "UPDATE files SET size = ?2, mtime_ns = ?3, ctime_ns = ?4 WHERE id = ?1", id, stamp.size,
            stamp.mtime_ns, stamp.ctime_ns);
}

Status BatchLedger::Claim(std::int64_t id, const FileStamp& stamp, const std::string& sha256,
                          const std::string& settings) {
  return Do(db_,
            "UPDATE files SET size = ?2, mtime_ns = ?3, ctime_ns = ?4, sha256 = ?5, settings = ?6, state = 'running', "
            "owned = 1, error = '', error_page = 0, twin = '', stage = '', started = ?7, ended = 0 WHERE id = ?1",
            id, stamp.size, stamp.mtime_ns, stamp.ctime_ns, sha256, settings, NowMs());
}

Status BatchLedger::SetStage(std::int64_t id, const std::string& stage) {
  return Do(db_, "UPDATE files SET stage = ?2 WHERE id = ?1", id, stage);
}

Status BatchLedger::Finish(std::int64_t id, const FileResult& r, const std::string& twin) {
  return Transaction([&]() -> Status {
    const Status updated = Do(
        db_,
        "UPDATE files SET state = 'done', json_sha256 = ?2, twin = ?3, pages = ?4, needs_look = ?5, stage = 'write', "
        "error = '', error_page = 0, ended = ?6, read_ms = ?7, recover_ms = ?8, describe_ms = ?9, write_ms = ?10 "
        "WHERE id = ?1",
        id, r.json_sha256, twin, r.pages, r.needs_look, NowMs(), r.read_ms, r.recover_ms, r.describe_ms, r.write_ms);
    if (!updated) return updated;
    if (const Status gone = Do(db_, "DELETE FROM issues WHERE file = ?1", id); !gone) return gone;
    for (const Issue& issue : r.issues) {
      const Status added = Do(db_, "INSERT INTO issues VALUES(?1, ?2, ?3, ?4, ?5)", id, issue.stage, issue.page,
                              issue.code, issue.message);
      if (!added) return added;
    }
    return IndexText(db_, id, r.text);
  });
}

Status BatchLedger::Fail(std::int64_t id, const FileStamp& stamp, const std::string& sha256,
                         const std::string& settings, const FileFailure& failure) {
  return Do(db_,
            "UPDATE files SET state = 'failed', size = ?2, mtime_ns = ?3, ctime_ns = ?4, sha256 = ?5, settings = ?6, "
            "error_code = ?7, error = ?8, error_page = ?9, ended = ?10 WHERE id = ?1",
            id, stamp.size, stamp.mtime_ns, stamp.ctime_ns, sha256, settings, static_cast<int>(failure.code),
            failure.message, failure.page, NowMs());
}

Status BatchLedger::Release(std::int64_t id) { return Do(db_, "UPDATE files SET state = 'waiting' WHERE id = ?1", id); }

Result<std::int64_t> BatchLedger::BeginRun(std::int64_t pid) {
  const Status begun = Do(db_, "INSERT INTO runs(pid, started) VALUES(?1, ?2)", pid, NowMs());
  if (!begun) return begun.error();
  return Number(db_, "SELECT last_insert_rowid()");
}

Status BatchLedger::EndRun(std::int64_t id, const std::string& outcome) {
  return Do(db_, "UPDATE runs SET ended = ?2, outcome = ?3 WHERE id = ?1", id, NowMs(), outcome);
}

Result<std::vector<LedgerFile>> BatchLedger::Files() { return Rows(db_.Prepare(Select("ORDER BY path").c_str())); }

Result<std::map<std::int64_t, std::vector<Issue>>> BatchLedger::Issues() {
  Result<Statement> select = db_.Prepare("SELECT file, stage, page, code, message FROM issues ORDER BY rowid");
  if (!select) return select.error();
  std::map<std::int64_t, std::vector<Issue>> out;
  while (true) {
    const Result<bool> row = select->Step();
    if (!row) return row.error();
    if (!*row) return out;
    out[select->Int(0)].push_back({.stage = select->Text(1),
                                   .page = static_cast<int>(select->Int(2)),
                                   .code = select->Text(3),
                                   .message = select->Text(4)});
  }
}

Result<std::optional<LedgerRun>> BatchLedger::LastRun() {
  Result<Statement> select = db_.Prepare("SELECT pid, started, ended, outcome FROM runs ORDER BY id DESC LIMIT 1");
  if (!select) return select.error();
  const Result<bool> row = select->Step();
  if (!row) return row.error();
  if (!*row) return std::optional<LedgerRun>();
  return std::optional(LedgerRun{select->Int(0), select->Int(1), select->Int(2), select->Text(3)});
}

Result<BatchLedger> OpenBatch(const std::string& out_dir) {
  Result<BatchLedger> ledger = BatchLedger::OpenToRead(BatchPath(out_dir, kLedgerName));
  if (!ledger && ledger.error().code == ErrorCode::kNotFound) {
    return Error{ErrorCode::kNotFound, out_dir + ": no batch was made there; hoidau batch DIR -o OUT makes one"};
  }
  return ledger;
}

}  // namespace hoidau
