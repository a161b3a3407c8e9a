// Tables for offices: typed columns and rows of text, written as Excel or as CSV.
//
//   Table table{.name = "Nhiệm vụ", .columns = {{.head = "Thời hạn", .type = CellType::kDate}}, .rows =
//   {{"2026-04-14"}}}; Result<std::string> xlsx = ToXlsx(table);          // a real date cell, shown 14/04/2026
//   std::string csv = ToCsv(table, {.bom = true});     // RFC 4180, CRLF
//
// Whatever a document says stays text: in Excel by the type of the cell, in CSV by an apostrophe before what Excel
// would read as a formula. Thread safety: pure, but ToXlsx writes a temporary file. Limits: those of Excel, 1,048,576
// rows and 32,767 characters a cell (longer text is cut, with "…").
#ifndef HOIDAU_TRACKER_TABLE_H_
#define HOIDAU_TRACKER_TABLE_H_

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace hoidau {

enum class CellType {
  kText,
  kDate,    // `2026-04-14` becomes a date, in CSV 14/04/2026; anything else stays text
  kNumber,  // ASCII digits become a number; anything else stays text
};

struct Column {
  std::string head;
  CellType type = CellType::kText;
  bool hidden = false;  // in Excel
};

struct Table {
  std::string name;  // of the sheet
  std::vector<Column> columns;
  std::vector<std::vector<std::string>> rows;  // as many cells as there are columns
};

struct CsvOptions {
  bool bom = false;  // Excel takes UTF-8 for what it is only with a byte order mark
};

// kResourceLimit: more rows than a sheet has; kIo: no temporary file.
Result<std::string> ToXlsx(const Table& table);
std::string ToCsv(const Table& table, const CsvOptions& options = {});

// `text` without list mark, and with an apostrophe before what a spreadsheet would take for a formula.
std::string FormulaSafe(std::string_view text);

}  // namespace hoidau

#endif  // HOIDAU_TRACKER_TABLE_H_
