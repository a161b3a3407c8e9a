// A block with its words and dates, read once and shared by the parts of extraction. Private to the module.
#ifndef HOIDAU_EXTRACT_READING_H_
#define HOIDAU_EXTRACT_READING_H_

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "doc/record.h"
#include "extract/dates.h"
#include "text/phrases.h"

namespace hoidau {

struct BlockReading {
  const Block* block = nullptr;
  std::vector<KeyWord> words;
  std::vector<FoundDate> dates;
  std::vector<bool> cited;  // of each date: it belongs to a cited document
  std::vector<BlockReading> cells;

  // The span in the document of words [first, last).
  ByteSpan SpanOf(std::size_t first, std::size_t last) const {
    return block->At(words[first].span.begin, words[last - 1].span.end);
  }
  std::string TextOf(std::size_t first, std::size_t last) const {
    return block->text.substr(words[first].span.begin, words[last - 1].span.end - words[first].span.begin);
  }
  // Of a row: its cell of a column, nullptr where that is missing or empty; and whether there is such a column.
  const BlockReading* Cell(std::string_view column) const {
    for (const BlockReading& cell : cells) {
      if (cell.block->column == column && !cell.words.empty()) return &cell;
    }
    return nullptr;
  }
  bool HasColumn(std::string_view column) const {
    return std::any_of(cells.begin(), cells.end(),
                       [&](const BlockReading& cell) { return cell.block->column == column; });
  }
  bool Is(std::size_t at, std::string_view key) const { return at < words.size() && words[at].key == key; }
};

}  // namespace hoidau

#endif  // HOIDAU_EXTRACT_READING_H_
