#include "tracker/icalendar.h"

#include <libical/ical.h>

#include <cstdlib>
#include <memory>
#include <optional>
#include <string_view>

namespace hoidau {
namespace {

struct FreeComponent {
  void operator()(icalcomponent* c) const { icalcomponent_free(c); }
};
using Component = std::unique_ptr<icalcomponent, FreeComponent>;

icaltimetype DayTime(const std::string& day) {
  icaltimetype time = icaltime_null_date();
  time.year = std::atoi(day.substr(0, 4).c_str());
  time.month = std::atoi(day.substr(5, 2).c_str());
  time.day = std::atoi(day.substr(8, 2).c_str());
  time.hour = time.minute = time.second = 0;
  time.is_date = 1;
  return time;
}

// "08:00" of a day in Vietnam (UTC+7, no summer time) as UTC.
icaltimetype ClockTime(const std::string& day, const std::string& clock) {
  icaltimetype time = DayTime(day);
  time.is_date = 0;
  time.hour = std::atoi(clock.substr(0, 2).c_str());
  time.minute = std::atoi(clock.substr(3, 2).c_str());
  icaltime_adjust(&time, 0, -7, 0, 0);
  return icaltime_set_timezone(&time, icaltimezone_get_utc_timezone());
}

bool IsClock(const std::string& text) {
  return text.size() == 5 && text[2] == ':' && text.find_first_not_of("0123456789:") == std::string::npos &&
         text < "24:00" && text.substr(3) < "60";
}

// The rule, where libical understands it and it counts days or more: no document asks for seconds.
std::optional<icalrecurrencetype> RuleOf(const WorkItem& item) {
  if (item.rule.empty()) return std::nullopt;
  icalerror_set_errors_are_fatal(false);  // else a rule that is none aborts the program
  const icalrecurrencetype rule = icalrecurrencetype_from_string(item.rule.c_str());
  if (rule.freq < ICAL_DAILY_RECURRENCE || rule.freq > ICAL_YEARLY_RECURRENCE) return std::nullopt;
  return rule;
}

// The first day that the rule gives, counted from `from`; a rule must begin with a day of its own.
std::optional<icaltimetype> FirstOf(const icalrecurrencetype& rule, const icaltimetype& from) {
  icalrecur_iterator* const days = icalrecur_iterator_new(rule, from);
  if (days == nullptr) return std::nullopt;
  const icaltimetype first = icalrecur_iterator_next(days);
  icalrecur_iterator_free(days);
  if (icaltime_is_null_time(first)) return std::nullopt;
  return first;
}

// The day to count a rule from. A day of a month of each quarter ("ngày 30 tháng cuối quý"; the rule says only every
// third month) is counted from a quarter's last month, or from its first where the words say so ("tháng đầu quý").
icaltimetype FirstDay(const WorkItem& item, const icalrecurrencetype& rule) {
  icaltimetype day = DayTime(item.start.empty() ? item.issued : item.start);
  const bool quarterly = rule.freq == ICAL_MONTHLY_RECURRENCE && rule.interval == 3 &&
                         rule.by_month_day[0] != ICAL_RECURRENCE_ARRAY_MAX &&
                         rule.by_month[0] == ICAL_RECURRENCE_ARRAY_MAX;
  const int month = item.when.find("đầu quý") != std::string::npos ? 1 : 0;
  while (quarterly && day.month % 3 != month) {
    day.day = 1;
    icaltime_adjust(&day, 31, 0, 0, 0);  // into the next month
    day.day = 1;
  }
  return day;
}

// The day of DTSTAMP, which is to be that of making: of the document; where it has none, the earliest day that it
// names, and else a day that is clearly none. The clock would give other bytes each time.
std::string StampDay(const WorkItem& item, const std::vector<Change>& changes) {
  if (!item.issued.empty()) return item.issued;
  std::string earliest;
  for (const Change& change : changes) {
    if (change.item.document != item.document) continue;
    for (const std::string& day : {change.item.start, change.item.due}) {
      if (!day.empty() && (earliest.empty() || day < earliest)) earliest = day;
    }
  }
  return earliest.empty() ? "1970-01-01" : earliest;
}

// CATEGORIES is a list, and libical 3 writes the comma of a name as if it stood between two. A character of the same
// length that no item has (OneLine drops it) stands for it until the text is made.
constexpr std::string_view kComma = "\xC2\x85", kEscapedComma = "\\,";

void Replace(std::string_view what, std::string_view by, std::string& text) {
  for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + by.size())) {
    text.replace(at, what.size(), by);
  }
}

void AddCategory(icalcomponent* component, std::string name) {
  Replace(",", kComma, name);
  icalcomponent_add_property(component, icalproperty_new_categories(name.c_str()));
}

void AddDates(const WorkItem& item, icalcomponent* component) {
  const auto add = [component](icalproperty* property) { icalcomponent_add_property(component, property); };
  if (const std::optional<icalrecurrencetype> rule = RuleOf(item);
      rule && !(item.start.empty() && item.issued.empty())) {
    if (const std::optional<icaltimetype> first = FirstOf(*rule, FirstDay(item, *rule))) {
      add(icalproperty_new_dtstart(*first));
      add(icalproperty_new_rrule(*rule));
      return;
    }
  }
  if (item.kind == "task") {
    if (!item.start.empty()) add(icalproperty_new_dtstart(DayTime(item.start)));
    if (!item.due.empty()) add(icalproperty_new_due(DayTime(item.due)));
    return;
  }
  if (IsClock(item.time)) {
    add(icalproperty_new_dtstart(ClockTime(item.start, item.time)));
    return;
  }
  add(icalproperty_new_dtstart(DayTime(item.start)));
  if (item.due > item.start) {  // DTEND is the day after the last
    icaltimetype end = DayTime(item.due);
    icaltime_adjust(&end, 1, 0, 0, 0);
    add(icalproperty_new_dtend(end));
  }
}

icalcomponent* NewEntry(const Change& change, const std::string& stamp_day) {
  const WorkItem& item = change.item;
  const bool task = item.kind == "task";
  icalcomponent* const entry = icalcomponent_new(task ? ICAL_VTODO_COMPONENT : ICAL_VEVENT_COMPONENT);
  const auto add = [entry](icalproperty* property) { icalcomponent_add_property(entry, property); };
  add(icalproperty_new_uid(item.uuid.c_str()));
  icaltimetype stamp = DayTime(stamp_day);
  stamp.is_date = 0;
  add(icalproperty_new_dtstamp(icaltime_set_timezone(&stamp, icaltimezone_get_utc_timezone())));
  const bool resent = change.action == Action::kSkip || change.action == Action::kVanished;
  add(icalproperty_new_sequence(resent ? change.revision - 1 : change.revision));
  add(icalproperty_new_summary(item.title.c_str()));
  add(icalproperty_new_description(Description(item).c_str()));
  AddDates(item, entry);
  if (!item.where.empty()) add(icalproperty_new_location(item.where.c_str()));
  for (const std::string& label : item.labels) AddCategory(entry, label);
  if (item.assignee.find('@') != std::string::npos && item.assignee.find_first_of(" \"<>") == std::string::npos) {
    add(icalproperty_new_attendee(("mailto:" + item.assignee).c_str()));
  }
  if (change.action == Action::kTakeBack) {
    add(icalproperty_new_status(ICAL_STATUS_CANCELLED));
  } else if (task) {
    add(icalproperty_new_status(ICAL_STATUS_NEEDSACTION));
  }
  return entry;
}

Component NewCalendar() {
  Component calendar(icalcomponent_new(ICAL_VCALENDAR_COMPONENT));
  icalcomponent_add_property(calendar.get(), icalproperty_new_version("2.0"));
  icalcomponent_add_property(calendar.get(), icalproperty_new_prodid("-//hoidau//hoidau 1//VI"));
  return calendar;
}

std::string TextOf(const Component& calendar) {
  char* const text = icalcomponent_as_ical_string_r(calendar.get());
  std::string out = text;
  icalmemory_free_buffer(text);
  Replace(kComma, kEscapedComma, out);
  return out;
}

}  // namespace

bool HasCalendarEntry(const WorkItem& item) {
  if (item.kind == "task" || !item.start.empty()) return true;
  return RuleOf(item).has_value() && !item.issued.empty();
}

std::string ToICalendar(const std::vector<Change>& changes) {
  const Component calendar = NewCalendar();
  for (const Change& change : changes) {
    if (!HasCalendarEntry(change.item)) continue;
    icalcomponent_add_component(calendar.get(), NewEntry(change, StampDay(change.item, changes)));
  }
  return TextOf(calendar);
}

std::vector<CalendarFile> ToCalendarFiles(const std::vector<Change>& changes) {
  std::vector<CalendarFile> files;
  for (const Change& change : changes) {
    if (change.action == Action::kSkip || change.action == Action::kVanished) continue;
    if (!HasCalendarEntry(change.item)) continue;
    const Component calendar = NewCalendar();
    icalcomponent_add_component(calendar.get(), NewEntry(change, StampDay(change.item, changes)));
    files.push_back({.name = change.item.uuid + ".ics", .content = TextOf(calendar)});
  }
  return files;
}

}  // namespace hoidau
