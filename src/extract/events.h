// Gatherings with a time of their own: rows and items of programmes, and what a sentence says to be held. Private to
// the module.
#ifndef HOIDAU_EXTRACT_EVENTS_H_
#define HOIDAU_EXTRACT_EVENTS_H_

#include <vector>

#include "doc/record.h"
#include "extract/reading.h"
#include "extract/rules.h"
#include "extract/schedules.h"
#include "extract/units.h"

namespace hoidau {

// What an item or a row is beside its events: nothing of them, a gathering named with its time, which may be somebody's
// work as well, or a part of a programme, which is no work.
enum class EventItem { kNone, kNamed, kProgramme };

struct EventReading {
  std::vector<EventItem> items;  // by reading
  OptionalString subject;        // the id of the event that the document is about
};

// Fills `record.events` and their evidence.
EventReading ReadEvents(const Outline& outline, const std::vector<BlockReading>& readings, const SectionTimes& times,
                        const ExtractRules::Tables& rules, const UnitReader& units, Record& record);

}  // namespace hoidau

#endif  // HOIDAU_EXTRACT_EVENTS_H_
