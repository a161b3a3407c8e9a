#include "extract/key_lines.h"

#include <algorithm>

namespace hoidau {

KeyLineTable::KeyLineTable(const Outline& outline, const std::vector<BlockReading>& readings,
                           const ExtractRules::Tables& rules, const UnitReader& units)
    : outline_(outline), readings_(readings), rules_(rules), units_(units), is_key_line_(readings.size(), false) {
  std::vector<std::size_t> items;  // since the last group of lines
  int scope = -1;                  // of the group that is being read; -1: none
  for (std::size_t b = 0; b < readings_.size(); ++b) {
    const BlockKind kind = readings_[b].block->kind;
    if (kind != BlockKind::kParagraph && kind != BlockKind::kBullet && kind != BlockKind::kHeading) continue;
    const Line line = Read(b);
    if (line.key == Key::kNone) {
      if (kind == BlockKind::kHeading) continue;
      if (scope >= 0) items.clear();
      scope = -1;
      items.push_back(b);
      continue;
    }
    KeyLines said;
    if (!Take(readings_[b], line, said)) continue;
    is_key_line_[b] = true;
    if (line.key == Key::kOther) continue;
    if (scope != line.scope) {
      scope = line.scope;
      bool any = false;
      for (const std::size_t item : items) {
        if (!Inside(readings_[item].block->section, scope)) continue;
        of_block_[item] = groups_.size();
        any = true;
      }
      if (!any) of_section_[scope] = groups_.size();
      groups_.emplace_back();
    }
    KeyLines& lines = groups_.back();
    lines.leads.insert(lines.leads.end(), said.leads.begin(), said.leads.end());
    lines.helpers.insert(lines.helpers.end(), said.helpers.begin(), said.helpers.end());
    if (lines.date == nullptr && said.date != nullptr) {
      lines.date = said.date;
      lines.date_reading = said.date_reading;
    }
  }
}

const KeyLines* KeyLineTable::Of(std::size_t block, int section) const {
  if (const auto found = of_block_.find(block); found != of_block_.end()) return &groups_[found->second];
  for (int n = section; n >= 0; n = outline_.nodes[static_cast<std::size_t>(n)].parent) {
    if (const auto found = of_section_.find(n); found != of_section_.end()) return &groups_[found->second];
  }
  return nullptr;
}

bool KeyLineTable::Inside(int section, int scope) const {
  while (section >= 0 && section != scope) section = outline_.nodes[static_cast<std::size_t>(section)].parent;
  return section == scope;
}

// The key that words[0, last) are as a whole.
KeyLineTable::Key KeyLineTable::KeyOf(const std::vector<KeyWord>& words, std::size_t last) const {
  const auto match = rules_.column_keys.Longest(words, 0);
  if (!match || match->words != last) return Key::kNone;
  return static_cast<ColumnKey>(match->value) == ColumnKey::kLead         ? Key::kLead
         : static_cast<ColumnKey>(match->value) == ColumnKey::kCoordinate ? Key::kHelp
         : static_cast<ColumnKey>(match->value) == ColumnKey::kBoth       ? Key::kBoth
         : static_cast<ColumnKey>(match->value) == ColumnKey::kTime       ? Key::kTime
         : static_cast<ColumnKey>(match->value) == ColumnKey::kResult     ? Key::kOther
                                                                          : Key::kNone;
}

KeyLineTable::Line KeyLineTable::Read(std::size_t block) const {
  const BlockReading& r = readings_[block];
  const int section = r.block->section;
  if (section < 0 || r.words.empty()) return {};
  const OutlineNode& node = outline_.nodes[static_cast<std::size_t>(section)];
  // "b) Đơn vị chủ trì: Phòng Kinh tế.": the key is the title, the value the paragraph below it.
  if (r.block->kind == BlockKind::kParagraph && node.title && node.parent >= 0) {
    const std::vector<KeyWord> title = KeyWords(*node.title);
    if (const Key key = KeyOf(title, title.size()); key != Key::kNone) return {key, node.parent, 0};
  }
  constexpr std::size_t kLongestKey = 8;  // words
  for (std::size_t i = 1; i < std::min(r.words.size(), kLongestKey); ++i) {
    if (r.words[i].key != ":") continue;
    const Key key = i + 1 < r.words.size() ? KeyOf(r.words, i) : Key::kNone;
    // Behind the last of "(1)", "(2)", "(3)" a plain line holds for all of them.
    const bool behind =
        r.block->kind == BlockKind::kParagraph && r.block->label.empty() && !node.title && node.parent >= 0;
    return {key, behind ? node.parent : section, i + 1};
  }
  return {};
}

// What a line says, or false where it only looks like one: who acts must be a body that is known as such.
bool KeyLineTable::Take(const BlockReading& r, const Line& line, KeyLines& lines) const {
  if (line.key == Key::kOther) return true;
  if (line.key == Key::kTime) {
    const auto date = std::ranges::find_if(r.dates, [](const FoundDate& d) { return !d.value.in_name; });
    if (date == r.dates.end()) return false;
    lines.date = &*date;
    lines.date_reading = &r;
    return true;
  }
  const UnitList list = units_.ReadList(r.block->text, r.words, line.value);
  bool first = true;
  for (const UnitName& unit : list.units) {
    (line.key == Key::kHelp || (line.key == Key::kBoth && !first) ? lines.helpers : lines.leads).emplace_back(&r, unit);
    first = false;
  }
  // "…; đơn vị phối hợp: …" on the same line.
  for (std::size_t i = list.last; i + 2 < r.words.size() && !list.units.empty(); ++i) {
    if (!(r.Is(i, "phối") && r.Is(i + 1, "hợp") && r.Is(i + 2, ":"))) continue;
    for (const UnitName& unit : units_.ReadList(r.block->text, r.words, i + 3).units)
      lines.helpers.emplace_back(&r, unit);
  }
  return !list.units.empty();
}

}  // namespace hoidau
