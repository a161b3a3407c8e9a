#include "text/rule_table.h"

#include <cstdint>
#include <filesystem>

#include "base/files.h"
#include "text/tokenizer.h"
#include "text/unicode.h"

namespace hoidau {

Error RuleError(const RuleRow& row, const std::string& message) { return RuleError(row.file, row, message); }

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
    RuleRow row{.file = path, .line = number, .cells = {}};
    while (true) {
      const std::size_t tab = line.find('\t');
      std::string cell = FoldSpace(line.substr(0, tab));
      row.cells.push_back(cell == "-" ? "" : std::move(cell));
      if (tab == std::string_view::npos) break;
      line.remove_prefix(tab + 1);
    }
    if (row.cells.size() != columns) {
      return RuleError(row,
                       std::to_string(columns) + " columns expected, " + std::to_string(row.cells.size()) + " found");
    }
    rows.push_back(std::move(row));
  }
  return rows;
}

Result<RuleFolders> RuleFolders::Open(const std::string& models_dir, const std::string& office_dir) {
  namespace fs = std::filesystem;
  RuleFolders out;
  out.models_ = models_dir + "/rules/";
  if (office_dir.empty()) return out;
  out.office_ = office_dir + "/";
  std::error_code error;
  fs::directory_iterator files(office_dir, error);
  if (error) return Error{ErrorCode::kMissing, office_dir + ": is no folder of rules"};
  for (; files != fs::directory_iterator(); files.increment(error)) {
    const fs::path& path = files->path();
    std::error_code ignored;
    if (path.extension() == ".tsv" && !fs::exists(out.models_ + path.filename().string(), ignored))
      return Error{ErrorCode::kModel, path.string() + ": there is no table of this name in " + out.models_};
    if (error) break;
  }
  if (error) return Error{ErrorCode::kMissing, office_dir + ": cannot be read"};
  return out;
}

Result<std::vector<RuleRow>> RuleFolders::Read(const std::string& name, std::size_t columns) const {
  Result<std::vector<RuleRow>> rows = ReadRuleTable(models_ + name, columns);
  std::error_code ignored;
  if (!rows || office_.empty() || !std::filesystem::exists(office_ + name, ignored)) return rows;
  const Result<std::vector<RuleRow>> own = ReadRuleTable(office_ + name, columns);
  if (!own) return own.error();
  rows->insert(rows->end(), own->begin(), own->end());
  return rows;
}

}  // namespace hoidau
