// A block with its words and dates, read once and shared by the parts of extraction. Private to the module.
#ifndef HOIDAU_EXTRACT_READING_H_
#define HOIDAU_EXTRACT_READING_H_

#include <string>
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
  bool Is(std::size_t at, std::string_view key) const { return at < words.size() && words[at].key == key; }
};

}  // namespace hoidau

#endif  // HOIDAU_EXTRACT_READING_H_
