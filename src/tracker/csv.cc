#include "tracker/table.h"
#include "tracker/work_item.h"

namespace hoidau {
namespace {

std::string Quoted(const std::string& cell) {
  if (cell.find_first_of(",\"\r\n") == std::string::npos) return cell;
  std::string out = "\"";
  for (const char c : cell) {
    if (c == '"') out += '"';
    out += c;
  }
  return out + "\"";
}

void AppendRow(const std::vector<std::string>& cells, std::string& out) {
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (i > 0) out += ',';
    out += Quoted(cells[i]);
  }
  out += "\r\n";
}

}  // namespace

std::string FormulaSafe(std::string_view text) {
  std::string_view rest = text;
  while (rest.size() > 1 && std::string_view("-+*=").find(rest[0]) != std::string_view::npos && rest[1] == ' ') {
    rest.remove_prefix(2);
  }
  const bool trap = !rest.empty() && std::string_view("=+-@\t\r").find(rest[0]) != std::string_view::npos;
  return (trap ? "'" : "") + std::string(rest);
}

std::string ToCsv(const Table& table, const CsvOptions& options) {
  std::string out = options.bom ? "\xEF\xBB\xBF" : "";
  std::vector<std::string> cells;
  for (const Column& column : table.columns) cells.push_back(column.head);
  AppendRow(cells, out);
  for (const std::vector<std::string>& row : table.rows) {
    cells.clear();
    for (std::size_t i = 0; i < row.size(); ++i) {
      const bool date = table.columns[i].type == CellType::kDate;
      cells.push_back(FormulaSafe(date ? OfficeDay(row[i]) : row[i]));
    }
    AppendRow(cells, out);
  }
  return out;
}

}  // namespace hoidau
