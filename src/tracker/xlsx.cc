#include <unistd.h>
#include <xlsxwriter.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <memory>

#include "base/files.h"
#include "text/unicode.h"
#include "tracker/table.h"
#include "tracker/work_item.h"

namespace hoidau {
namespace {

constexpr std::size_t kMostRows = 1048575;   // and the head
constexpr std::size_t kMostLetters = 32767;  // UTF-16 units in a cell
constexpr std::size_t kMostSheetName = 31;
constexpr double kNarrowest = 6, kWidest = 60;  // columns, in letters

// What a cell can hold: XML's characters, not too many.
std::string CellText(std::string_view text) {
  std::string out;
  std::size_t units = 0;
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = DecodeAt(text, at);
    if ((c < 0x20 && c != '\n' && c != '\t') || c == 0xfffe || c == 0xffff) continue;
    units += c > 0xffff ? 2 : 1;
    if (units >= kMostLetters) return out + "…";
    AppendUtf8(c, out);
  }
  return out;
}

bool IsNumber(const std::string& text) {
  return !text.empty() && text.size() < 10 &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; }) &&
         (text.size() == 1 || text[0] != '0');
}

// Excel counts days from 1900, with a 29 February that was none: earlier days stay text.
bool IsExcelDay(const std::string& text) { return IsDay(text) && text >= "1900-03-01"; }

double WidthOf(const std::string& text) { return static_cast<double>(CodePoints(text).size()); }

// The whole sheet into `book`; lxw keeps the first error for workbook_close, but for cells it says at once.
lxw_error WriteSheet(const Table& table, lxw_workbook* book) {
  lxw_format* const head = workbook_add_format(book);
  format_set_bold(head);
  format_set_text_wrap(head);
  format_set_align(head, LXW_ALIGN_VERTICAL_CENTER);
  format_set_border(head, LXW_BORDER_THIN);
  format_set_bg_color(head, 0xE8EEF4);
  lxw_format* const text = workbook_add_format(book);
  format_set_text_wrap(text);
  format_set_align(text, LXW_ALIGN_VERTICAL_TOP);
  format_set_num_format(text, "@");
  lxw_format* const date = workbook_add_format(book);
  format_set_align(date, LXW_ALIGN_VERTICAL_TOP);
  format_set_num_format(date, "dd/mm/yyyy");
  lxw_format* const number = workbook_add_format(book);
  format_set_align(number, LXW_ALIGN_VERTICAL_TOP);

  std::string name = table.name;
  if (std::u32string points = CodePoints(name); points.size() > kMostSheetName) {
    points.resize(kMostSheetName);
    name = ToUtf8(points);
  }
  lxw_worksheet* const sheet = workbook_add_worksheet(book, name.c_str());
  if (sheet == nullptr) return LXW_ERROR_SHEETNAME_LENGTH_EXCEEDED;
  std::vector<double> widths;
  lxw_error error = LXW_NO_ERROR;
  const auto keep = [&error](lxw_error e) {
    if (error == LXW_NO_ERROR) error = e;
  };
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    const std::string& title = table.columns[i].head;
    keep(worksheet_write_string(sheet, 0, static_cast<lxw_col_t>(i), CellText(title).c_str(), head));
    // A head may wrap; the arrow of its filter takes room too.
    widths.push_back(std::max(kNarrowest, std::min(WidthOf(title), 16.0) + 3));
  }
  for (std::size_t r = 0; r < table.rows.size(); ++r) {
    const auto row = static_cast<lxw_row_t>(r + 1);
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
      const auto col = static_cast<lxw_col_t>(i);
      const std::string& cell = table.rows[r][i];
      const CellType type = table.columns[i].type;
      if (cell.empty()) continue;
      widths[i] = std::max(widths[i], WidthOf(cell) + 1);
      if (type == CellType::kDate && IsExcelDay(cell)) {
        lxw_datetime day{.year = std::atoi(cell.c_str()),
                         .month = std::atoi(&cell[5]),
                         .day = std::atoi(&cell[8]),
                         .hour = 0,
                         .min = 0,
                         .sec = 0};
        keep(worksheet_write_datetime(sheet, row, col, &day, date));
      } else if (type == CellType::kNumber && IsNumber(cell)) {
        keep(worksheet_write_number(sheet, row, col, std::atof(cell.c_str()), number));
      } else {
        keep(worksheet_write_string(sheet, row, col, CellText(cell).c_str(), text));
      }
    }
  }
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    lxw_row_col_options options{};
    options.hidden = table.columns[i].hidden ? LXW_TRUE : LXW_FALSE;
    const auto col = static_cast<lxw_col_t>(i);
    keep(worksheet_set_column_opt(sheet, col, col, std::min(widths[i], kWidest), nullptr, &options));
  }
  worksheet_freeze_panes(sheet, 1, 0);
  worksheet_repeat_rows(sheet, 0, 0);
  worksheet_set_landscape(sheet);
  worksheet_set_paper(sheet, 9);  // A4
  worksheet_fit_to_pages(sheet, 1, 0);
  if (!table.columns.empty()) {
    keep(worksheet_autofilter(sheet, 0, 0, static_cast<lxw_row_t>(table.rows.size()),
                              static_cast<lxw_col_t>(table.columns.size() - 1)));
  }
  return error;
}

}  // namespace

Result<std::string> ToXlsx(const Table& table) {
  if (table.rows.size() > kMostRows) {
    return Error{ErrorCode::kResourceLimit, std::to_string(table.rows.size()) + " rows are more than a sheet has"};
  }
  // libxlsxwriter 1.1.4 writes files only.
  std::error_code no_folder;
  std::string path = (std::filesystem::temp_directory_path(no_folder) / "hoidau-XXXXXX").string();
  const int fd = mkstemp(path.data());
  if (fd < 0) return Error{ErrorCode::kIo, path + ": cannot make a temporary file: " + std::strerror(errno)};
  close(fd);
  lxw_workbook* const book = workbook_new(path.c_str());
  if (book == nullptr) {
    unlink(path.c_str());
    return Error{ErrorCode::kInternal, "cannot make a workbook"};
  }
  lxw_doc_properties properties{};
  properties.created = 1;  // the same table gives the same file, whatever the time
  workbook_set_properties(book, &properties);
  const lxw_error written = WriteSheet(table, book);
  const lxw_error closed = workbook_close(book);
  Result<std::string> bytes = ReadFile(path);
  unlink(path.c_str());
  if (const lxw_error error = written != LXW_NO_ERROR ? written : closed; error != LXW_NO_ERROR) {
    return Error{ErrorCode::kIo, std::string("cannot write the workbook: ") + lxw_strerror(error)};
  }
  return bytes;
}

}  // namespace hoidau
