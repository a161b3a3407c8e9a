// Rules as data: tab-separated tables that an office can extend. A line that begins with # is a comment, a blank line
// is skipped, every other line has the same number of columns; "-" stands for an empty cell.
//
//   Result<std::vector<RuleRow>> rows = ReadRuleTable("models/rules/headings.tsv", 2);
//   rows->front().cells == std::vector<std::string>{"purpose", "mục đích"};
//
// Thread safety: pure. Limits: UTF-8, 16 MiB.
#ifndef HOIDAU_TEXT_RULE_TABLE_H_
#define HOIDAU_TEXT_RULE_TABLE_H_

#include <string>
#include <vector>

#include "base/result.h"

namespace hoidau {

struct RuleRow {
  std::string file;
  int line = 0;  // in the file, from 1
  std::vector<std::string> cells;
};

// kMissing where the file is not there; kModel, with file and line, where it is no such table.
Result<std::vector<RuleRow>> ReadRuleTable(const std::string& path, std::size_t columns);

// kModel: "file:line: message".
Error RuleError(const RuleRow& row, const std::string& message);
Error RuleError(const std::string& path, const RuleRow& row, const std::string& message);

// The tables of models/rules, and beside them a folder of an office's own with files of the same names and columns.
// Their rows come last: where a phrase stands in both, the office's counts.
class RuleFolders {
 public:
  // kMissing where `office_dir` is given and is no folder; kModel where it holds a table that there is not.
  static Result<RuleFolders> Open(const std::string& models_dir, const std::string& office_dir);

  // The rows of "<name>": of the models, then the office's where it has such a file.
  Result<std::vector<RuleRow>> Read(const std::string& name, std::size_t columns) const;

 private:
  std::string models_, office_;  // office_: empty for none
};

}  // namespace hoidau

#endif  // HOIDAU_TEXT_RULE_TABLE_H_
