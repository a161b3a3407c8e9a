// iCalendar (RFC 5545): tasks as VTODO, events as VEVENT, with the item's UUID as UID. Nothing comes from the clock:
// DTSTAMP is the day of the document (else the earliest that it names), so the same record gives the same bytes.
//
//   std::string calendar = ToICalendar(changes);              // one file with all
//   for (const CalendarFile& file : ToCalendarFiles(changes)) // a collection: one file an item, by what changed
//
// Thread safety: pure. Limits: an event without a full day has no place in a calendar and is left out; a rule needs a
// day to count from, which is the document's: without one it stays in the description.
#ifndef HOIDAU_TRACKER_ICALENDAR_H_
#define HOIDAU_TRACKER_ICALENDAR_H_

#include <string>
#include <vector>

#include "tracker/ledger.h"

namespace hoidau {

// Everything, also what is as it was and what vanished: the file is the whole collection. What is taken back is
// CANCELLED.
std::string ToICalendar(const std::vector<Change>& changes);

struct CalendarFile {
  std::string name;  // "<uuid>.ics"
  std::string content;
};
// What is new, changed or taken back.
std::vector<CalendarFile> ToCalendarFiles(const std::vector<Change>& changes);

// Whether the item has a place in a calendar.
bool HasCalendarEntry(const WorkItem& item);

}  // namespace hoidau

#endif  // HOIDAU_TRACKER_ICALENDAR_H_
