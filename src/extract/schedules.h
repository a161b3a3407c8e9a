// What sections say of their time and place, for tasks and events alike. Private to the module.
//
//   SectionTimes times = ReadSectionTimes(outline, readings, rules);
//   times.of[2].schedule->value.value == "2026-04-21"     // "Thời gian: ngày 21/4/2026" among the items of section 2
//   times.whole.where == "sân đình"                       // "II. THỜI GIAN, ĐỊA ĐIỂM" speaks of the whole document
//
// Thread safety: pure. The readings have to outlive what is returned.
#ifndef HOIDAU_EXTRACT_SCHEDULES_H_
#define HOIDAU_EXTRACT_SCHEDULES_H_

#include <optional>
#include <string>
#include <vector>

#include "doc/record.h"
#include "extract/reading.h"
#include "extract/rules.h"

namespace hoidau {

struct SectionTime {
  const FoundDate* date = nullptr;      // of the heading
  const FoundDate* schedule = nullptr;  // of a "Thời gian" item in the section
  const BlockReading* schedule_reading = nullptr;
  std::string where;  // of a "Địa điểm" item
};

struct SectionTimes {
  std::vector<SectionTime> of;  // by section
  SectionTime whole;            // time and place of what the document is about
  int whole_section = -1;       // where its time stands
};

SectionTimes ReadSectionTimes(const Outline& outline, const std::vector<BlockReading>& readings,
                              const ExtractRules::Tables& rules);

// What an item that opens with a key and a colon tells: "Thời gian: …", "Kinh phí: …"; nothing for other items.
std::optional<ItemWord> ItemKey(const BlockReading& r, const ExtractRules::Tables& rules);

// Days and spans of days.
inline bool SaysWhen(const DateValue& v) { return v.kind == "day" || v.kind == "range"; }

// A date of a block with its span in the document.
DateValue ValueOf(const BlockReading& r, const FoundDate& date);

}  // namespace hoidau

#endif  // HOIDAU_EXTRACT_SCHEDULES_H_
