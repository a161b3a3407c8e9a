// Tables in running text: a head row recognised by the names of its columns, rows by their running number, cells by
// what a column may hold. Private to the module.
#ifndef HOIDAU_SEGMENT_TABLES_H_
#define HOIDAU_SEGMENT_TABLES_H_

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "base/span.h"
#include "doc/document.h"
#include "segment/rules.h"
#include "text/phrases.h"

namespace hoidau {

// A printed line with text, as segmentation sees it.
struct PrintedLine {
  int index = 0;  // into DocumentText::lines
  int page = 1;
  ByteSpan span;  // of DocumentText::text, without white space at the ends
  std::string_view text;
  std::vector<KeyWord> words;
  double width = 0;            // in the mean width of a small letter
  double left = 0, right = 0;  // pixels; 0: unknown
  bool blank_before = false;   // an empty line stands before it
  bool page_head = false;      // page number or running head
  bool bold = false;
  std::optional<CellPlace> cell;  // where the rules of a table were seen
};

struct TableHead {
  std::vector<std::string> columns;  // kinds, the running number left out
  bool numbered = false;             // the first column is a running number
  std::size_t lines = 0;             // of the head
};

// The head of a table that begins at lines[at], or one with lines == 0.
TableHead ReadTableHead(const std::vector<PrintedLine>& lines, std::size_t at, const SegmentRules::Tables& rules);

// A table whose rules were seen: what stands in which cell is known.
struct Grid {
  std::vector<std::string> columns;  // kinds, by column of the grid; "other" where the head says nothing known
  int head_rows = 0;
};

// The grid that lines[at] is the first line of, where its head makes it a table of work; else one without columns.
Grid ReadGrid(const std::vector<PrintedLine>& lines, std::size_t at, const SegmentRules::Tables& rules);

// The index behind the last line of the table that lines[at] is in.
std::size_t EndOfGrid(const std::vector<PrintedLine>& lines, std::size_t at);

// The running number that a row begins with, 0 where the line begins no row. `rest`: bytes of the line behind it.
int RowNumber(const PrintedLine& line, std::size_t& rest);

// Whether a line looks like a time: "Quý I/2026", "7 giờ 30", "Thường xuyên".
bool LooksLikeTime(const PrintedLine& line, const SegmentRules::Tables& rules);

// Whether a line says an hour of the day, and no day: "7g00", "8 giờ 15 - 9 giờ", "14:00"; not "8 giờ ngày 17/02".
bool BeginsWithHour(const PrintedLine& line);

// How many lines at lines[at] do nothing but say the day of the rows behind them, "NGÀY 23/7 / (THỨ / NĂM)", "Thứ / Hai
// / 13/4"; 0: none.
std::size_t DayLines(const std::vector<PrintedLine>& lines, std::size_t at);

// How many lines at lines[at] do nothing but say the term of the rows behind them, "Tháng / 7", "Quý II"; 0: none.
std::size_t TermLines(const std::vector<PrintedLine>& lines, std::size_t at);

// Splits the lines of a row (without its number) into one run of lines a column: result[0][c] is the index of the first
// line of column c; result[0][columns] is where the row ends. A run may be empty. `widths`: of the columns, in the
// measure of PrintedLine::width, where they are known: a line that had room for the next word ends its cell. Where
// cells before the work are merged over several rows, result[1] and so on are the other rows, without lines there.
std::vector<std::vector<std::size_t>> SplitRow(const std::vector<PrintedLine>& row,
                                               const std::vector<std::string>& columns,
                                               const SegmentRules::Tables& rules,
                                               const std::vector<double>& widths = {});

// Where the rows of a table without running numbers begin, lines of it and their number at the end: each row has its
// cells in the order of the columns, the first never empty. `widths` as in SplitRow.
std::vector<std::size_t> SplitRows(const std::vector<PrintedLine>& lines, const std::vector<std::string>& columns,
                                   const SegmentRules::Tables& rules, const std::vector<double>& widths = {});

// A row printed as one line over all columns, cut where a unit's name or a time may begin a cell; SplitRow puts the
// pieces together.
std::vector<PrintedLine> CellPieces(const PrintedLine& line, const SegmentRules::Tables& rules);

}  // namespace hoidau

#endif  // HOIDAU_SEGMENT_TABLES_H_
