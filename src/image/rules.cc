// Rules, the tables and frames that they make, and underlines: steps of image/prepare.h.
#include <leptonica/allheaders.h>

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "image/binary.h"
#include "image/prepare.h"

namespace hoidau {

Rules FindRules(const Image& grey, int paper) {
  const float mm = PerMm(grey);
  Image binary;
  if (grey.depth() == 8) {
    // Against the paper around: beside a shadow a threshold of the whole tile loses thin rules.
    constexpr int kEvened = 200;  // as Leptonica makes the paper
    const Image level(paper > 0 ? pixClone(grey.pix()) : pixBackgroundNormSimple(grey.pix(), nullptr, nullptr));
    const int dark = (paper > 0 ? paper : kEvened) * 3 / 4;
    if (!level.empty()) binary = Image(pixThresholdToBinary(level.pix(), dark));
  }
  if (binary.empty()) binary = Binary(grey);
  if (binary.empty()) return {};
  if (grey.depth() == 8) {
    // The table on the back of the sheet shines through: no rule of this page.
    constexpr int kFaint = 190;
    const Image dark(pixThresholdToBinary(grey.pix(), kFaint));
    if (dark.empty()) return {};
    pixAnd(binary.pix(), binary.pix(), dark.pix());
  }
  const int length = std::max(20, static_cast<int>(12 * mm)), height = std::max(12, static_cast<int>(7 * mm));
  // Gaps of print quality are closed first, then only long strokes are left.
  const int gap = std::max(3, static_cast<int>(mm / 2)) | 1;
  Rules rules{Image(pixCloseSafeBrick(nullptr, binary.pix(), gap, 1)),
              Image(pixCloseSafeBrick(nullptr, binary.pix(), 1, gap))};
  if (rules.across.empty() || rules.down.empty()) return {};
  // In two steps a direction: the length differs by a pixel or two, and it takes a tenth of the time.
  pixOpenCompBrick(rules.across.pix(), rules.across.pix(), length, 1);
  pixOpenCompBrick(rules.down.pix(), rules.down.pix(), 1, height);
  rules.across.set_dpi(grey.dpi()), rules.down.set_dpi(grey.dpi());
  return rules;
}

namespace {

bool IsBlank(const Image& binary) {
  l_int32 blank = 0;
  return pixZero(binary.pix(), &blank) == 0 && blank == 1;
}

// Where strokes lie, along the other axis: centres within 1.2 mm are one line; the edges of the table are lines.
std::vector<float> GridLines(const Image& strokes, const Box& table, bool across, float mm) {
  std::vector<float> centres = {across ? table.top : table.left, across ? table.bottom : table.right};
  const Image part = strokes.Cropped(table);
  for (const Box& stroke : Components(part, 8)) {
    const float centre =
        across ? (stroke.top + stroke.bottom) / 2 + table.top : (stroke.left + stroke.right) / 2 + table.left;
    centres.push_back(centre);
  }
  std::sort(centres.begin(), centres.end());
  std::vector<float> lines;
  for (const float centre : centres) {
    if (lines.empty() || centre - lines.back() > 1.2F * mm) lines.push_back(centre);
  }
  return lines;
}

// Whether a stroke parts two cells: `line` across the way, from `begin` to `end` along it.
bool IsRuled(const Image& strokes, bool across, float line, float begin, float end, float mm) {
  const int reach = std::max(2, static_cast<int>(mm));
  const int from = static_cast<int>(begin), to = static_cast<int>(end);
  const int limit = across ? strokes.height() : strokes.width();
  int marked = 0, all = 0;
  for (int along = from; along < to; along += 2) {
    ++all;
    for (int off = -reach; off <= reach; ++off) {
      const int at = static_cast<int>(line) + off;
      if (at < 0 || at >= limit) continue;
      if (across ? GET_DATA_BIT(Row(strokes, at), along) : GET_DATA_BIT(Row(strokes, along), at)) {
        ++marked;
        break;
      }
    }
  }
  return marked * 5 > all * 2;
}

// The cells of a table: the fields of its grid, joined where no stroke parts them. A gap in a stroke parts no less.
std::vector<Box> GridCells(const Rules& rules, const Box& table, float mm) {
  const std::vector<float> xs = GridLines(rules.down, table, false, mm), ys = GridLines(rules.across, table, true, mm);
  constexpr std::size_t kMost = 4000;  // fields: more is a pattern, no table
  if (xs.size() < 2 || ys.size() < 2 || xs.size() * ys.size() > kMost) return {};
  const std::size_t columns = xs.size() - 1, rows = ys.size() - 1;
  std::vector<std::size_t> cell_of(columns * rows);
  for (std::size_t i = 0; i < cell_of.size(); ++i) cell_of[i] = i;
  const auto root = [&](std::size_t i) {
    while (cell_of[i] != i) i = cell_of[i];
    return i;
  };
  for (std::size_t r = 0; r < rows; ++r) {
    for (std::size_t c = 0; c < columns; ++c) {
      const std::size_t here = r * columns + c;
      if (c + 1 < columns && !IsRuled(rules.down, false, xs[c + 1], ys[r], ys[r + 1], mm)) {
        cell_of[std::max(root(here), root(here + 1))] = std::min(root(here), root(here + 1));
      }
      if (r + 1 < rows && !IsRuled(rules.across, true, ys[r + 1], xs[c], xs[c + 1], mm)) {
        cell_of[std::max(root(here), root(here + columns))] = std::min(root(here), root(here + columns));
      }
    }
  }
  std::vector<Box> boxes(cell_of.size());
  for (std::size_t i = 0; i < cell_of.size(); ++i) {
    const std::size_t r = i / columns, c = i % columns;
    boxes[root(i)] = Union(boxes[root(i)], {xs[c], ys[r], xs[c + 1], ys[r + 1]});
  }
  // Inside of the strokes.
  const float inset = mm / 3;
  std::vector<Box> cells;
  for (const Box& box : boxes) {
    if (box.right - box.left < 4 * mm || box.bottom - box.top < 3 * mm) continue;
    cells.push_back({box.left + inset, box.top + inset, box.right - inset, box.bottom - inset});
  }
  return cells;
}

}  // namespace

std::vector<Table> FindTables(const Rules& rules) {
  if (rules.across.empty()) return {};
  const float mm = PerMm(rules.across);
  const int gap = std::max(3, static_cast<int>(mm / 2)) | 1;
  Image grid(pixOr(nullptr, rules.across.pix(), rules.down.pix()));
  if (grid.empty()) return {};
  pixDilateBrick(grid.pix(), grid.pix(), gap, gap);  // corners that do not quite meet
  std::vector<Table> tables;
  for (const Box& box : Components(grid, 8)) {
    if (box.right - box.left < 30 * mm || box.bottom - box.top < 8 * mm) continue;
    // The edges of the sheet in the scanner's shadow, with the text within as what they enclose.
    const int edges = (box.left < mm) + (box.top < mm) + (box.right > static_cast<float>(grid.width()) - mm) +
                      (box.bottom > static_cast<float>(grid.height()) - mm);
    if (edges > 1) continue;
    Table table{.box = box, .cells = GridCells(rules, box, mm)};
    // A row alone, the head of a table that the page's end cut off, is as wide as the text; a stamp's frame is not.
    if (table.cells.size() < (box.right - box.left > 100 * mm ? 3 : 4)) continue;
    std::sort(table.cells.begin(), table.cells.end(), [](const Box& a, const Box& b) { return a.top < b.top; });
    // Rows: cells whose tops are within 2 mm of the row's first.
    for (auto row = table.cells.begin(); row != table.cells.end();) {
      auto end = std::find_if(row, table.cells.end(), [&](const Box& cell) { return cell.top - row->top > 2 * mm; });
      std::sort(row, end, [](const Box& a, const Box& b) { return a.left < b.left; });
      row = end;
    }
    tables.push_back(std::move(table));
  }
  return tables;
}

std::vector<Box> FindFrames(const Rules& rules) {
  if (rules.across.empty() || IsBlank(rules.across) || IsBlank(rules.down)) return {};
  const float mm = PerMm(rules.across);
  // Stamped frames are crooked and have gaps: strokes 2 mm apart belong together.
  const int gap = std::max(3, static_cast<int>(2 * mm)) | 1;
  Image grid(pixOr(nullptr, rules.across.pix(), rules.down.pix()));
  if (grid.empty()) return {};
  grid = Image(pixCloseSafeBrick(nullptr, grid.pix(), gap, gap));
  std::vector<Box> frames;
  for (const Box& box : Components(grid, 8)) {
    const float width = (box.right - box.left) / mm, height = (box.bottom - box.top) / mm;
    if (width < 25 || width > 95 || height < 12 || height > 50) continue;
    // Two strokes across and one down make it more than an underline or a mark in the margin.
    const auto longest = [&](const Image& strokes, bool across) {
      int count = 0;
      const Image part = strokes.Cropped(box);
      for (const Box& stroke : Components(part, 8)) {
        count += across ? stroke.right - stroke.left > 0.35F * (box.right - box.left)
                        : stroke.bottom - stroke.top > 0.35F * (box.bottom - box.top);
      }
      return count;
    };
    if (longest(rules.across, true) >= 2 && longest(rules.down, false) >= 1) frames.push_back(box);
  }
  return frames;
}

std::vector<Box> StrokesOf(const Image& image, const Box& frame) {
  const float mm = PerMm(image);
  // The office's name often stands on the upper edge.
  const Box reach{std::max(0.0F, frame.left - mm), std::max(0.0F, frame.top - 4 * mm), frame.right + mm,
                  frame.bottom + mm};
  const Box inside{frame.left - mm / 2, frame.top - 2 * mm, frame.right + mm / 2, frame.bottom};
  std::vector<Box> out;
  for (Box box : Components(Binary(image.Cropped(reach)), 8)) {
    box = {box.left + reach.left - 1, box.top + reach.top - 1, box.right + reach.left + 1, box.bottom + reach.top + 1};
    const float x = (box.left + box.right) / 2, y = (box.top + box.bottom) / 2;
    if (inside.left <= x && x <= inside.right && inside.top <= y && y <= inside.bottom) out.push_back(box);
  }
  return out;
}

void RemoveUnderlines(const Rules& rules, const std::vector<Table>& tables, Image* grey) {
  if (rules.across.empty()) return;
  const float mm = PerMm(rules.across);
  const int thick = std::max(3, static_cast<int>(0.9F * mm));
  const int width = grey->width(), height = grey->height();
  for (const Box& rule : Components(rules.across, 8)) {
    const bool in_table = std::any_of(tables.begin(), tables.end(), [&](const Table& table) {
      return rule.left < table.box.right + mm && rule.right > table.box.left - mm && rule.top < table.box.bottom + mm &&
             rule.bottom > table.box.top - mm;
    });
    if (in_table || rule.bottom - rule.top > 2 * static_cast<float>(thick)) continue;
    // With a line of text above and below, so that the threshold is that of print.
    const Box strip{rule.left, std::max(0.0F, rule.top - 6 * mm), std::min(static_cast<float>(width), rule.right),
                    std::min(static_cast<float>(height), rule.bottom + 6 * mm)};
    const Image binary = Binary(grey->Cropped(strip));
    if (binary.empty()) continue;
    const int first_x = static_cast<int>(strip.left), first_y = static_cast<int>(strip.top);
    for (int x = first_x; x < first_x + binary.width(); ++x) {
      // The column's run of ink that the rule is part of; a higher one is a letter that stands on it.
      int top = static_cast<int>(rule.top);
      while (top < static_cast<int>(rule.bottom) && !GET_DATA_BIT(Row(rules.across, top), x)) ++top;
      if (top == static_cast<int>(rule.bottom)) continue;
      int bottom = top;
      const auto ink = [&](int y) {
        return y >= first_y && y < first_y + binary.height() && GET_DATA_BIT(Row(binary, y - first_y), x - first_x);
      };
      while (ink(top - 1)) --top;
      while (ink(bottom + 1)) ++bottom;
      if (bottom - top + 1 > thick) continue;
      // With the soft edge.
      for (int y = std::max(0, top - 1); y <= std::min(height - 1, bottom + 1); ++y) {
        if (grey->depth() == 1) {
          CLEAR_DATA_BIT(Row(*grey, y), x);
        } else {
          SET_DATA_BYTE(Row(*grey, y), x, 255);
        }
      }
    }
  }
}

}  // namespace hoidau
