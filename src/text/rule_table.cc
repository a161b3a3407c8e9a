#include "text/rule_table.h"

#include <cstdint>

#include "base/files.h"
#include "text/tokenizer.h"
#include "text/unicode.h"

namespace hoidau {

Error RuleError(const std::string& path, const RuleRow& row, const std::string& message) {
  return {ErrorCode::kModel, path + ":" + std::to_string(row.line) + ": " + message};
}

Result<std::vector<RuleRow>> ReadRuleTable(const std::string& path, std::size_t columns) {
  Result<std::string> read = ReadFile(path, std::uint64_t{16} << 20);
  if (!read) {
    if (read.error().code == ErrorCode::kNotFound) return Error{ErrorCode::kMissing, "rule table not found: " + path};
    return read.error();
  }
  if (!IsValidUtf8(*read)) return Error{ErrorCode::kModel, path + ": not UTF-8"};
  const std::string text = ToNfc(*read);
  std::vector<RuleRow> rows;
  int number = 0;
  for (const ByteSpan span : SplitLines(text)) {
    ++number;
    std::string_view line = span.In(text);
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    if (line.empty() || line.front() == '#' || FoldSpace(line).empty()) continue;
    RuleRow row{.line = number, .cells = {}};
    while (true) {
      const std::size_t tab = line.find('\t');
      std::string cell = FoldSpace(line.substr(0, tab));
      row.cells.push_back(cell == "-" ? "" : std::move(cell));
      if (tab == std::string_view::npos) break;
      line.remove_prefix(tab + 1);
    }
    if (row.cells.size() != columns) {
      return RuleError(path, row,
                       std::to_string(columns) + " columns expected, " + std::to_string(row.cells.size()) + " found");
    }
    rows.push_back(std::move(row));
  }
  return rows;
}

}  // namespace hoidau
