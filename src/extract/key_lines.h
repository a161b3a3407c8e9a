// Lines below an item that say who does it and when: "Đơn vị chủ trì: Phòng Kinh tế", "Phối hợp: các thôn", "Thời gian
// hoàn thành: tháng 4/2026", as bullets or as labelled points. Their keys are the heads of table columns (columns.tsv).
// Private to the module.
#ifndef HOIDAU_EXTRACT_KEY_LINES_H_
#define HOIDAU_EXTRACT_KEY_LINES_H_

#include <cstddef>
#include <map>
#include <utility>
#include <vector>

#include "doc/document.h"
#include "extract/reading.h"
#include "extract/rules.h"
#include "extract/units.h"

namespace hoidau {

// What the lines of one group say.
struct KeyLines {
  std::vector<std::pair<const BlockReading*, UnitName>> leads, helpers;
  const FoundDate* date = nullptr;
  const BlockReading* date_reading = nullptr;
};

class KeyLineTable {
 public:
  KeyLineTable(const Outline& outline, const std::vector<BlockReading>& readings, const ExtractRules::Tables& rules,
               const UnitReader& units);

  // Whether a block is such a line, and so no item itself.
  bool IsKeyLine(std::size_t block) const { return is_key_line_[block]; }
  // The lines that hold for an item: those below it, else those that open its section. Null for none.
  const KeyLines* Of(std::size_t block, int section) const;

 private:
  enum class Key { kNone, kLead, kHelp, kBoth, kTime, kOther };
  struct Line {
    Key key = Key::kNone;
    int scope = -1;         // the section whose items it holds for
    std::size_t value = 0;  // word behind the colon
  };
  Line Read(std::size_t block) const;
  Key KeyOf(const std::vector<KeyWord>& words, std::size_t last) const;
  bool Take(const BlockReading& reading, const Line& line, KeyLines& lines) const;
  bool Inside(int section, int scope) const;

  const Outline& outline_;
  const std::vector<BlockReading>& readings_;
  const ExtractRules::Tables& rules_;
  const UnitReader& units_;
  std::vector<bool> is_key_line_;
  std::vector<KeyLines> groups_;
  std::map<std::size_t, std::size_t> of_block_;  // → index into groups_
  std::map<int, std::size_t> of_section_;        // lines before all items
};

}  // namespace hoidau

#endif  // HOIDAU_EXTRACT_KEY_LINES_H_
