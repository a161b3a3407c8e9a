#include "batch/sqlite.h"

#include <sqlite3.h>

namespace hoidau {
namespace {

// Another process may hold the file for a moment: a status, a search.
constexpr int kBusyMs = 20'000;

Error SqliteError(sqlite3* db) {
  const char* file = sqlite3_db_filename(db, "main");
  return {ErrorCode::kIo, std::string(file == nullptr ? "" : file) + ": " + sqlite3_errmsg(db)};
}

}  // namespace

void Statement::Finalize::operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
void Database::Close::operator()(sqlite3* db) const { sqlite3_close_v2(db); }

Result<bool> Statement::Step() {
  switch (sqlite3_step(statement_.get())) {
    case SQLITE_ROW:
      return true;
    case SQLITE_DONE:
      return false;
    default:
      return SqliteError(sqlite3_db_handle(statement_.get()));
  }
}

std::int64_t Statement::Int(int column) const { return sqlite3_column_int64(statement_.get(), column); }

std::string Statement::Text(int column) const {
  const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement_.get(), column));
  if (text == nullptr) return {};
  return {text, static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), column))};
}

void Statement::Reset() { sqlite3_reset(statement_.get()); }
void Statement::BindOne(int i, std::int64_t value) { sqlite3_bind_int64(statement_.get(), i, value); }
void Statement::BindOne(int i, std::string_view value) {
  sqlite3_bind_text64(statement_.get(), i, value.data() == nullptr ? "" : value.data(), value.size(), SQLITE_TRANSIENT,
                      SQLITE_UTF8);
}

Result<Database> Database::Open(const std::string& path, Mode mode) {
  sqlite3* raw = nullptr;
  const int flags = mode == kWrite ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READWRITE;
  const int code = sqlite3_open_v2(path.c_str(), &raw, flags, nullptr);
  Database db(raw);
  if (code != SQLITE_OK) {
    return Error{mode == kRead && code == SQLITE_CANTOPEN ? ErrorCode::kNotFound : ErrorCode::kIo,
                 path + ": " + (raw == nullptr ? "no memory" : sqlite3_errmsg(raw))};
  }
  sqlite3_busy_timeout(raw, kBusyMs);
  return db;
}

Status Database::Run(const char* sql) {
  if (sqlite3_exec(db_.get(), sql, nullptr, nullptr, nullptr) != SQLITE_OK) return SqliteError(db_.get());
  return Done{};
}

Result<Statement> Database::Prepare(const char* sql) {
  sqlite3_stmt* raw = nullptr;
  if (sqlite3_prepare_v2(db_.get(), sql, -1, &raw, nullptr) != SQLITE_OK) return SqliteError(db_.get());
  return Statement(raw);
}

}  // namespace hoidau
