// SQLite as values: a connection, statements with bound values, errors as Result.
//
//   Result<Database> db = Database::Open("x.sqlite", Database::kWrite);
//   db->Run("CREATE TABLE t(a, b)");
//   Statement insert = *db->Prepare("INSERT INTO t VALUES(?, ?)");
//   insert.Do(1, "x");
//   Statement select = *db->Prepare("SELECT a FROM t WHERE b = ?");
//   select.Bind("x");
//   while (*select.Step()) Use(select.Int(0));
//
// Thread safety: one thread a Database. Limits: text goes in and out as bytes, file names need not be UTF-8.
#ifndef HOIDAU_BATCH_SQLITE_H_
#define HOIDAU_BATCH_SQLITE_H_

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"

struct sqlite3;
struct sqlite3_stmt;

namespace hoidau {

class Statement {
 public:
  // Values for ?1, ?2 … of a new execution. An integer that cannot be bound shows in Step.
  template <typename... T>
  void Bind(const T&... values) {
    Reset();
    int i = 0;
    (BindOne(++i, values), ...);
  }
  // True: there is a row. kIo.
  Result<bool> Step();
  // Bind and one Step; rows are dropped.
  template <typename... T>
  Status Do(const T&... values) {
    Bind(values...);
    const Result<bool> stepped = Step();
    Reset();
    if (!stepped) return stepped.error();
    return Done{};
  }
  // Columns from 0. NULL is 0 or "".
  std::int64_t Int(int column) const;
  std::string Text(int column) const;
  void Reset();

 private:
  friend class Database;
  struct Finalize {
    void operator()(sqlite3_stmt* statement) const;
  };
  explicit Statement(sqlite3_stmt* statement) : statement_(statement) {}
  void BindOne(int i, std::int64_t value);
  void BindOne(int i, int value) { BindOne(i, static_cast<std::int64_t>(value)); }
  void BindOne(int i, bool value) { BindOne(i, static_cast<std::int64_t>(value)); }
  void BindOne(int i, std::string_view value);
  void BindOne(int i, const char* value) { BindOne(i, std::string_view(value)); }
  void BindOne(int i, const std::string& value) { BindOne(i, std::string_view(value)); }

  std::unique_ptr<sqlite3_stmt, Finalize> statement_;
};

class Database {
 public:
  enum Mode { kRead, kWrite };
  // kWrite makes the file where it is missing. kNotFound, kIo.
  static Result<Database> Open(const std::string& path, Mode mode);
  // One or several statements without values.
  Status Run(const char* sql);
  Result<Statement> Prepare(const char* sql);

 private:
  struct Close {
    void operator()(sqlite3* db) const;
  };
  explicit Database(sqlite3* db) : db_(db) {}
  std::unique_ptr<sqlite3, Close> db_;
};

}  // namespace hoidau

#endif  // HOIDAU_BATCH_SQLITE_H_
