#include "extract/schedules.h"

#include <algorithm>

#include "text/unicode.h"

namespace hoidau {

// "Thời gian: …" among the items of a section gives its sisters their time, "Địa điểm: …" an event its place.
SectionTimes ReadSectionTimes(const Outline& outline, const std::vector<BlockReading>& readings,
                              const ExtractRules::Tables& rules) {
  SectionTimes out{.of = std::vector<SectionTime>(outline.nodes.size())};
  const auto node_at = [&](int n) -> const OutlineNode& { return outline.nodes[static_cast<std::size_t>(n)]; };
  for (const BlockReading& r : readings) {
    const int n = r.block->section;
    if (n < 0 || (r.block->kind != BlockKind::kParagraph && r.block->kind != BlockKind::kBullet &&
                  r.block->kind != BlockKind::kHeading))
      continue;
    const OutlineNode& node = node_at(n);
    if (r.block->kind == BlockKind::kHeading) {
      for (const FoundDate& date : r.dates) {
        if (date.value.in_name || date.value.kind == "annual" || date.value.kind == "duration") continue;
        out.of[static_cast<std::size_t>(n)].date = &date;
        break;
      }
    }
    const bool under_heading = r.block->kind != BlockKind::kBullet && (node.role == "schedule" || node.role == "place");
    const std::optional<ItemWord> key = ItemKey(r, rules);
    int target = -1;
    if (under_heading)
      target = node.parent;
    else if (key == ItemWord::kTime || key == ItemWord::kPlace)
      target = n;
    // A section of the first rank, "II. THỜI GIAN, ĐỊA ĐIỂM" or its points, speaks of the whole document.
    const bool timetable = node.title && ToLower(*node.title).starts_with("lịch");
    const bool whole =
        (node.role == "schedule" || node.role == "place") && !timetable &&
        (node.parent < 0 || (node_at(node.parent).role == "schedule" && node_at(node.parent).parent < 0));
    if (target < 0 && !whole) continue;
    SectionTime& section = whole ? out.whole : out.of[static_cast<std::size_t>(target)];
    if ((node.role == "schedule" && under_heading) || key == ItemWord::kTime) {
      for (const FoundDate& date : r.dates) {
        if (date.value.in_name || date.value.kind == "duration") continue;
        // Of several the first, but a day rather than a term.
        if (section.schedule != nullptr && !(whole && !SaysWhen(section.schedule->value) && SaysWhen(date.value)))
          continue;
        section.schedule = &date;
        section.schedule_reading = &r;
        if (whole) out.whole_section = n;
      }
    }
    if (((node.role == "place" && under_heading) || key == ItemWord::kPlace) && section.where.empty() &&
        r.block->kind != BlockKind::kHeading) {
      std::size_t first = 0, last = r.words.size();
      for (std::size_t i = 0; i < std::min<std::size_t>(r.words.size(), 6); ++i) {
        if (r.words[i].key == ":") first = i + 1;
      }
      while (last > first && (r.words[last - 1].key == "." || r.words[last - 1].key == ";")) --last;
      if (last > first) {
        section.where = r.TextOf(first, last);
      }
    }
  }
  return out;
}

std::optional<ItemWord> ItemKey(const BlockReading& r, const ExtractRules::Tables& rules) {
  std::size_t colon = 0;
  for (std::size_t i = 0; i < std::min<std::size_t>(r.words.size(), 12); ++i) {
    if (r.words[i].key == ":") {
      colon = i;
      break;
    }
  }
  const auto key = rules.item_keys.Longest(r.words, 0);
  if (!key) return std::nullopt;
  const auto kind = static_cast<ItemWord>(key->value);
  // "Chủ đề của Ngày hội: …"; without a colon only the time counts.
  if (colon > 0 || (kind == ItemWord::kTime && !r.dates.empty() && r.words.size() < 40 && r.dates.front().first < 8))
    return kind;
  return std::nullopt;
}

DateValue ValueOf(const BlockReading& r, const FoundDate& date) {
  DateValue value = date.value;
  value.span = r.SpanOf(date.first, date.last);
  return value;
}

}  // namespace hoidau
