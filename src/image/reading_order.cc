#include "image/reading_order.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <utility>

namespace hoidau {
namespace {

// All in multiples of the median height of a word's box, which is about the size of an em.
constexpr float kSplitGap = 1.6F;     // wider than a blank in justified text: the fragment is cut
constexpr float kJoinGap = 6.0F;      // further apart and both running text: two lines, no row
constexpr float kGutter = 0.4F;       // least width of the white that all lines of two columns leave free
constexpr float kColumnWidth = 3.5F;  // least median width of a line in a column
constexpr float kAlign = 2.0F;        // left edges of one column
constexpr float kAxis = 1.5F;         // centres of one column; "Kính gửi:" below the office's lines is further off
constexpr float kNumber = 2.0F;       // width of a page number
constexpr std::size_t kLeadingLines = 15;
constexpr float kPitch = 2.0F;  // from a line's bottom to the next one's top within a column

float Height(const Box& box) { return box.bottom - box.top; }
float Width(const Box& box) { return box.right - box.left; }
float CenterX(const Box& box) { return (box.left + box.right) / 2; }
float CenterY(const Box& box) { return (box.top + box.bottom) / 2; }

bool SideBySide(const Box& a, const Box& b) {
  const float overlap = std::min(a.bottom, b.bottom) - std::max(a.top, b.top);
  return overlap > 0.4F * std::min(Height(a), Height(b));
}

template <typename T>
float Median(const std::vector<T>& items, float (*measure)(const T&), float otherwise) {
  if (items.empty()) return otherwise;
  std::vector<float> values;
  for (const T& item : items) values.push_back(measure(item));
  std::nth_element(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2), values.end());
  return values[values.size() / 2];
}

// A line's piece, or a whole table.
struct Item {
  std::vector<int> words;
  Box box;
  int table = -1;
};

struct Interval {
  float left, right;
};

class Orderer {
 public:
  Orderer(const std::vector<Box>& words, const std::vector<Table>& tables)
      : words_(words),
        tables_(tables),
        em_(std::max(1.0F, Median<Box>(words, &Height, 1.0F))),
        in_table_(tables.size()) {}

  std::vector<LayoutLine> Run(const std::vector<std::vector<int>>& fragments) {
    std::vector<Item> items;
    for (const std::vector<int>& fragment : fragments) Take(fragment, items);
    for (std::size_t t = 0; t < tables_.size(); ++t) {
      if (!in_table_[t].empty()) items.push_back({.words = {}, .box = tables_[t].box, .table = static_cast<int>(t)});
    }
    Emit(std::move(items));
    return std::move(out_);
  }

 private:
  int TableOf(const Box& word) const {
    for (std::size_t t = 0; t < tables_.size(); ++t) {
      const Box& box = tables_[t].box;
      if (box.left <= CenterX(word) && CenterX(word) <= box.right && box.top <= CenterY(word) &&
          CenterY(word) <= box.bottom) {
        return static_cast<int>(t);
      }
    }
    return -1;
  }

  // The cell that holds most of the word; the nearest where none does.
  std::size_t CellOf(const Table& table, const Box& word) const {
    std::size_t best = 0;
    float best_score = -1e30F;
    for (std::size_t c = 0; c < table.cells.size(); ++c) {
      const Box& cell = table.cells[c];
      const float dx = std::max({cell.left - CenterX(word), 0.0F, CenterX(word) - cell.right});
      const float dy = std::max({cell.top - CenterY(word), 0.0F, CenterY(word) - cell.bottom});
      const float score = -(dx + dy);
      if (score > best_score) best = c, best_score = score;
    }
    return best;
  }

  // Cuts a fragment at wide gaps; words of tables are put aside.
  void Take(const std::vector<int>& fragment, std::vector<Item>& items) {
    std::vector<int> sorted;
    for (const int w : fragment) {
      const int table = TableOf(words_[w]);
      if (table < 0) sorted.push_back(w);
    }
    std::vector<std::vector<int>> pieces(tables_.size());
    for (const int w : fragment) {
      const int table = TableOf(words_[w]);
      if (table >= 0) pieces[table].push_back(w);
    }
    for (std::size_t t = 0; t < tables_.size(); ++t) {
      if (!pieces[t].empty()) in_table_[t].push_back(std::move(pieces[t]));
    }
    std::stable_sort(sorted.begin(), sorted.end(), [&](int a, int b) { return words_[a].left < words_[b].left; });
    Item item;
    for (const int w : sorted) {
      if (!item.words.empty() && words_[w].left - item.box.right > kSplitGap * em_) {
        items.push_back(std::exchange(item, {}));
      }
      item.words.push_back(w);
      item.box = Union(item.box, words_[w]);
    }
    if (!item.words.empty()) items.push_back(std::move(item));
  }

  // Items whose vertical overlap chains them together.
  std::vector<std::vector<Item>> Bands(std::vector<Item> items) const {
    std::stable_sort(items.begin(), items.end(), [](const Item& a, const Item& b) { return a.box.top < b.box.top; });
    std::vector<std::vector<Item>> bands;
    for (Item& item : items) {
      bool joined = false;
      // A later item may still overlap a band that is not the last: a high seal line, a drop.
      for (std::size_t b = bands.size(); b-- > 0 && !joined;) {
        for (const Item& other : bands[b]) {
          if (SideBySide(item.box, other.box)) {
            for (std::size_t later = b + 1; later < bands.size(); ++later) {
              std::move(bands[later].begin(), bands[later].end(), std::back_inserter(bands[b]));
            }
            bands.resize(b + 1);
            bands[b].push_back(std::move(item));
            joined = true;
            break;
          }
        }
      }
      if (!joined) bands.push_back({std::move(item)});
    }
    return bands;
  }

  // White intervals between the items of a band, at least a gutter wide.
  std::vector<Interval> Gutters(const std::vector<Item>& band) const {
    std::vector<Interval> covered;
    for (const Item& item : band) covered.push_back({item.box.left, item.box.right});
    std::sort(covered.begin(), covered.end(), [](Interval a, Interval b) { return a.left < b.left; });
    std::vector<Interval> gutters;
    float right = covered.front().right;
    for (const Interval& c : covered) {
      if (c.left - right >= kGutter * em_) gutters.push_back({right, c.left});
      right = std::max(right, c.right);
    }
    return gutters;
  }

  // What is left of the gutters beside a single line: those that it does not touch.
  std::vector<Interval> Beside(const std::vector<Interval>& gutters, const Box& box) const {
    std::vector<Interval> out;
    for (Interval g : gutters) {
      if (CenterX(box) < CenterX({g.left, 0, g.right, 0})) {
        g.left = std::max(g.left, box.right);
      } else {
        g.right = std::min(g.right, box.left);
      }
      if (g.right - g.left >= kGutter * em_) out.push_back(g);
    }
    return out;
  }

  bool RunningText(const std::vector<Item>& column) const {
    std::size_t words = 0;
    for (const Item& item : column) words += item.words.size();
    return Median<Item>(
               column, +[](const Item& item) { return Width(item.box); }, 0) >= kColumnWidth * em_ &&
           words >= 2;
  }

  void Emit(std::vector<Item> items) {
    std::vector<std::vector<Item>> bands = Bands(std::move(items));
    for (std::size_t b = 0; b < bands.size();) {
      const std::size_t end = EmitZone(bands, b);
      if (end > b) {
        b = end;
        continue;
      }
      EmitRows(std::move(bands[b]));
      ++b;
    }
  }

  // Writes the two-column zone that begins at band `first`; returns the band behind it, or `first` where there is none.
  std::size_t EmitZone(std::vector<std::vector<Item>>& bands, std::size_t first) {
    // A page number right of the middle, above the two columns.
    if (bands[first].size() == 1 && bands[first][0].words.size() == 1 && Width(bands[first][0].box) < kNumber * em_) {
      return first;
    }
    // The right column may begin above the left one, and some lines may pass before two stand side by side: the title
    // of the signatory, beside recipients in small print.
    std::size_t start = first;
    while (start + 1 < bands.size() && start < first + kLeadingLines && bands[start].size() == 1 &&
           bands[start][0].table < 0 && bands[start + 1][0].box.top - bands[start][0].box.bottom < kPitch * em_) {
      ++start;
    }
    if (bands[start].size() < 2) return EmitStaggered(bands, first);
    std::vector<Interval> gutters = Gutters(bands[start]);
    for (std::size_t b = first; b < start && !gutters.empty(); ++b) gutters = Beside(gutters, bands[b][0].box);
    if (gutters.empty()) return first;
    // A line of the left column alone comes before the zone anyway.
    if (start > first && bands[first][0].box.left < gutters.front().right) return first;

    std::size_t end = start + 1;  // behind the last band that surely belongs to the zone
    float left_edge = 0, left_center = 0, left_bottom = -1e30F, zone_bottom = -1e30F;
    const auto note_left = [&](const std::vector<Item>& band) {
      for (const Item& item : band) zone_bottom = std::max(zone_bottom, item.box.bottom);
      Box left;  // a line with a blank for the pen is two items
      for (const Item& item : band) {
        if (item.box.right <= gutters.front().left + 1) left = Union(left, item.box);
      }
      if (left.empty()) return;
      left_edge = left.left, left_center = CenterX(left), left_bottom = std::max(left_bottom, left.bottom);
    };
    note_left(bands[start]);
    std::vector<Interval> tentative = gutters;
    for (std::size_t b = start + 1; b < bands.size(); ++b) {
      const std::vector<Item>& band = bands[b];
      if (band.size() == 1 && band[0].table >= 0) break;
      Box box;
      for (const Item& item : band) {
        tentative = Beside(tentative, item.box);
        box = Union(box, item.box);
      }
      if (tentative.empty()) break;
      if (box.left < tentative.front().left && box.right > tentative.front().right) {
        // A gap of several lines without text on both sides ends a zone: head and body table are two things.
        gutters = tentative, end = b + 1;
        note_left(band);
      } else if (b == end) {
        const bool left = box.right <= tentative.front().left + 1;
        const bool aligned =
            std::abs(box.left - left_edge) < kAlign * em_ || std::abs(CenterX(box) - left_center) < kAxis * em_;
        if (left ? aligned && box.top - zone_bottom < kPitch * em_ && box.top - left_bottom < 2 * kPitch * em_ : true) {
          gutters = tentative, end = b + 1;
          note_left(band);
        }
      }
    }
    const Interval gutter = *std::max_element(
        gutters.begin(), gutters.end(), [](Interval a, Interval b) { return a.right - a.left < b.right - b.left; });
    std::vector<Item> left, right;
    std::size_t left_lines = 0, right_lines = 0;
    for (std::size_t b = first; b < end; ++b) {
      const std::size_t left_before = left.size(), right_before = right.size();
      for (const Item& item : bands[b])
        (CenterX(item.box) < (gutter.left + gutter.right) / 2 ? left : right).push_back(item);
      left_lines += left.size() > left_before, right_lines += right.size() > right_before;
    }
    // "Lộc Vân, ngày      tháng 3 năm 2026" above the title: a line with a blank for the pen is no column.
    if (std::min(left_lines, right_lines) < 2 && gutter.right - gutter.left < kJoinGap * em_) return first;
    if (left.size() + right.size() < 3 || !RunningText(left) || !RunningText(right)) return first;
    Emit(std::move(left));
    Emit(std::move(right));
    return end;
  }

  // The title of the signatory may stand above the recipients and the name below them, so that no two lines are side by
  // side: two lines or more on the right, then at least two that end left of them, go left first.
  std::size_t EmitStaggered(std::vector<std::vector<Item>>& bands, std::size_t first) {
    const auto next_to = [&](std::size_t b) {
      return b < bands.size() && bands[b].size() == 1 && bands[b][0].table < 0 &&
             (b == first || bands[b][0].box.top - bands[b - 1][0].box.bottom < kPitch * em_);
    };
    if (!next_to(first)) return first;
    Box all;
    for (const std::vector<Item>& band : bands) {
      for (const Item& item : band) all = Union(all, item.box);
    }
    float right_from = bands[first][0].box.left;
    std::size_t turn = first;
    // On the right: lines over one another, about one axis.
    while (next_to(turn) && std::abs(CenterX(bands[turn][0].box) - CenterX(bands[first][0].box)) < kAlign * em_) {
      right_from = std::min(right_from, bands[turn][0].box.left);
      ++turn;
    }
    std::size_t end = turn;
    while (next_to(end) && bands[end][0].box.right < right_from - em_) ++end;
    // A short title in the middle above short headings is no such thing.
    if (turn - first < 2 || end - turn < 2 || right_from < CenterX(all)) return first;
    for (std::size_t b = turn; b < end; ++b) EmitRows(std::move(bands[b]));
    for (std::size_t b = first; b < turn; ++b) EmitRows(std::move(bands[b]));
    return end;
  }

  // Row by row; the pieces of a row joined into one line unless they stand far apart.
  void EmitRows(std::vector<Item> band) {
    if (band.size() == 1 && band[0].table >= 0) return EmitTable(static_cast<std::size_t>(band[0].table));
    std::stable_sort(band.begin(), band.end(),
                     [](const Item& a, const Item& b) { return CenterY(a.box) < CenterY(b.box); });
    std::vector<std::vector<Item>> rows;
    for (Item& item : band) {
      if (!rows.empty() && rows.back()[0].table < 0 && item.table < 0 &&
          std::abs(CenterY(item.box) - CenterY(rows.back()[0].box)) < 0.5F * em_) {
        rows.back().push_back(std::move(item));
      } else {
        rows.push_back({std::move(item)});
      }
    }
    for (std::vector<Item>& row : rows) {
      if (row[0].table >= 0) {
        EmitTable(static_cast<std::size_t>(row[0].table));
        continue;
      }
      std::stable_sort(row.begin(), row.end(), [](const Item& a, const Item& b) { return a.box.left < b.box.left; });
      LayoutLine line;
      for (const Item& item : row) {
        const bool far = !line.words.empty() && item.box.left - line.box.right > kJoinGap * em_ &&
                         line.words.size() > 1 && item.words.size() > 1;
        if (far) out_.push_back(std::exchange(line, {}));
        line.words.insert(line.words.end(), item.words.begin(), item.words.end());
        line.box = Union(line.box, item.box);
      }
      out_.push_back(std::move(line));
    }
  }

  void EmitTable(std::size_t t) {
    const Table& table = tables_[t];
    std::vector<std::vector<Item>> cells(table.cells.size());
    for (const std::vector<int>& fragment : in_table_[t]) {
      std::vector<Item> piece(table.cells.size());
      for (const int w : fragment) {
        Item& item = piece[CellOf(table, words_[w])];
        item.words.push_back(w);
        item.box = Union(item.box, words_[w]);
      }
      for (std::size_t c = 0; c < piece.size(); ++c) {
        if (piece[c].words.empty()) continue;
        std::stable_sort(piece[c].words.begin(), piece[c].words.end(),
                         [&](int a, int b) { return words_[a].left < words_[b].left; });
        cells[c].push_back(std::move(piece[c]));
      }
    }
    const std::vector<CellPlace> places = Places(table, static_cast<int>(t));
    for (std::size_t c = 0; c < cells.size(); ++c) {
      const std::size_t begin = out_.size();
      for (std::vector<Item>& band : Bands(std::move(cells[c]))) EmitRows(std::move(band));
      for (std::size_t i = begin; i < out_.size(); ++i) out_[i].cell = places[c];
    }
  }

  const std::vector<Box>& words_;
  const std::vector<Table>& tables_;
  const float em_;
  std::vector<std::vector<std::vector<int>>> in_table_;  // fragments, by table
  std::vector<LayoutLine> out_;
};

}  // namespace

Box Union(const Box& a, const Box& b) {
  if (a.empty()) return b;
  if (b.empty()) return a;
  return {std::min(a.left, b.left), std::min(a.top, b.top), std::max(a.right, b.right), std::max(a.bottom, b.bottom)};
}

std::vector<CellPlace> Places(const Table& table, int number) {
  // Edges in a row of a table that is not quite straight drift by less than a part of the smallest cell.
  const auto indices = [&](float Box::*low, float Box::*high) {
    float smallest = 1e9F;
    std::vector<float> edges;
    for (const Box& cell : table.cells) {
      edges.push_back(cell.*low);
      smallest = std::min(smallest, cell.*high - cell.*low);
    }
    std::sort(edges.begin(), edges.end());
    std::vector<float> starts;
    for (std::size_t i = 0; i < edges.size(); ++i) {
      if (i == 0 || edges[i] - edges[i - 1] > 0.3F * smallest) starts.push_back(edges[i]);
    }
    return starts;
  };
  const std::vector<float> columns = indices(&Box::left, &Box::right), rows = indices(&Box::top, &Box::bottom);
  const auto index_of = [](const std::vector<float>& starts, float edge) {
    return static_cast<int>(std::upper_bound(starts.begin(), starts.end(), edge) - starts.begin()) - 1;
  };
  std::vector<CellPlace> out;
  for (const Box& cell : table.cells) {
    out.push_back({.table = number, .row = index_of(rows, cell.top), .column = index_of(columns, cell.left)});
  }
  return out;
}

std::vector<LayoutLine> ReadingOrder(const std::vector<Box>& words, const std::vector<std::vector<int>>& fragments,
                                     const std::vector<Table>& tables) {
  return Orderer(words, tables).Run(fragments);
}

}  // namespace hoidau
