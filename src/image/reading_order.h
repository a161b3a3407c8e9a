// Reading order from the places of words: the two-column head, recipients beside the signature, and tables, as a clerk
// reads them: the left column before the right one, a table row by row and cell by cell.
//
//   //  PHÒNG KINH TẾ        CỘNG HÒA XÃ HỘI     fragments {0,1,2}, {3,4,5,6} …: what the source took for lines
//   //  Số: 15/KH            Độc lập - Tự do
//   std::vector<LayoutLine> lines = ReadingOrder(words, fragments, {});
//   // PHÒNG KINH TẾ | Số: 15/KH | CỘNG HÒA XÃ HỘI | Độc lập - Tự do
//
// Thread safety: pure. Limits: upright text, left to right; columns are split at a white gutter as high as they are,
// and only where both sides are running text (a numbered list with wide tabs stays in rows).
// Method: bands of vertical overlap, gutters carried from band to band; a simplified recursive XY cut (Nagy, Seth
// 1984).
#ifndef HOIDAU_IMAGE_READING_ORDER_H_
#define HOIDAU_IMAGE_READING_ORDER_H_

#include <optional>
#include <vector>

#include "doc/document.h"

namespace hoidau {

struct LayoutLine {
  std::vector<int> words;  // indices, left to right
  Box box;
  std::optional<CellPlace> cell;
};

// A ruled table; cells in reading order, a cell merged over several rows at its first.
struct Table {
  Box box;
  std::vector<Box> cells;
};

// Row and column of each cell, by where its left and upper rules stand.
std::vector<CellPlace> Places(const Table& table, int number);

// `fragments` group the words that the source found side by side on one line; they are cut at wide gaps and joined
// again where no column stands between. Every word comes out once. O(n²) in the number of fragments.
std::vector<LayoutLine> ReadingOrder(const std::vector<Box>& words, const std::vector<std::vector<int>>& fragments,
                                     const std::vector<Table>& tables);

// The smallest box around both; an empty one does not count.
Box Union(const Box& a, const Box& b);

}  // namespace hoidau

#endif  // HOIDAU_IMAGE_READING_ORDER_H_
