// Dates of administrative Vietnamese: a small grammar over words, deterministic, no tables but the public holidays.
//
//   DateContext context{.document_date = Day(2025, 12, 8)};
//   FindDates("từ ngày 10/12/2025 đến hết ngày 31/12/2025", context)[0].value.value == "2025-12-10/2025-12-31"
//   FindDates("trước ngày 25 hằng tháng", context)[0].value.kind == "recurring"
//
// Kinds and values are those of DateValue (doc/record.h). What is no date is not found: document numbers, phone
// numbers, fractions, sums of money. Thread safety: pure. Limits: Gregorian years 1900–2100.
#ifndef HOIDAU_EXTRACT_DATES_H_
#define HOIDAU_EXTRACT_DATES_H_

#include <chrono>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "doc/record.h"
#include "text/phrases.h"

namespace hoidau {

using Day = std::chrono::sys_days;

struct DateContext {
  std::optional<Day> document_date;         // resolves "kể từ ngày ban hành"
  int document_year = 0;                    // of dates without a year; 0: that of document_date
  int plan_year = 0;                        // of a plan for the year behind that of document_date; 0: none
  const std::set<Day>* holidays = nullptr;  // days off beside Saturday and Sunday
  std::optional<Day> day_before;            // the last day told before the text, "cùng ngày"
  bool cell_of_times = false;               // a bare "2026" is a year there
};

struct FoundDate {
  DateValue value;
  std::size_t begin = 0, end = 0;   // bytes of the text
  std::size_t first = 0, last = 0;  // words [first, last)
  std::string problem;              // "impossible-date", "weekday-conflict" or empty
};

// All dates of a text, in its order, without overlap.
std::vector<FoundDate> FindDates(std::string_view text, const std::vector<KeyWord>& words, const DateContext& context);
std::vector<FoundDate> FindDates(std::string_view text, const DateContext& context);

// "7 giờ 30", "07h30", "7:30" at the head of a text: "07:30".
OptionalString LeadingTime(std::string_view text);

// The last full day of a date, as a task's due date: null for what has none (after, recurring, unresolved …).
OptionalString DueOf(const DateValue& date);

std::string IsoDay(Day day);
std::optional<Day> ParseIsoDay(std::string_view iso);

}  // namespace hoidau

#endif  // HOIDAU_EXTRACT_DATES_H_
