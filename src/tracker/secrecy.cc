#include "tracker/secrecy.h"

#include <algorithm>

#include "text/rule_table.h"
#include "text/unicode.h"

namespace hoidau {
namespace {

constexpr std::size_t kLongestLine = 64;  // bytes; a stamp is short

// Letters in lower case, all else a blank.
std::string Key(std::string_view text) {
  std::string letters;
  for (const char32_t c : CodePoints(ToNfc(text))) AppendUtf8(IsAlnum(c) ? ToLower(c) : U' ', letters);
  return FoldSpace(letters);
}

}  // namespace

Result<SecrecyMarks> SecrecyMarks::Read(const std::string& path) {
  const Result<std::vector<RuleRow>> rows = ReadRuleTable(path, 1);
  if (!rows) return rows.error();
  SecrecyMarks marks;
  for (const RuleRow& row : *rows) marks.phrases_.insert(Key(row.cells[0]));
  return marks;
}

std::optional<std::string> SecrecyMarks::Find(const Record& record) const {
  const auto is_mark = [this](std::string_view line) {
    return line.size() <= kLongestLine && phrases_.contains(Key(line));
  };
  std::size_t begin = 0;
  while (begin <= record.text.size()) {
    const std::size_t end = std::min(record.text.find_first_of("\n\f", begin), record.text.size());
    const std::string_view line = std::string_view(record.text).substr(begin, end - begin);
    if (is_mark(line)) return FoldSpace(line);
    begin = end + 1;
  }
  for (const RecordPage& page : record.pages) {
    for (const Mark& mark : page.marks) {
      if (mark.text && is_mark(*mark.text)) return FoldSpace(*mark.text);
    }
  }
  return std::nullopt;
}

}  // namespace hoidau
