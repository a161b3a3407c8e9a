// What a tracker gets: a task or an event of a record as plain fields, with an identity that is the same in every
// export. The identity is the document's (issuer, symbol and year; else the hash of the source) and the place in it, so
// a correction of the wording is an update, not a new task.
//
//   WorkItems items = ItemsOf(record, map);
//   items.items[0].uuid;    // UUIDv5, "…-5…"
//   items.items[0].title;   // "Tham mưu phương án …", without list mark
//
// Thread safety: pure. Limits: titles are cut to 250 code points; `detail` has the whole paragraph.
#ifndef HOIDAU_TRACKER_WORK_ITEM_H_
#define HOIDAU_TRACKER_WORK_ITEM_H_

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "doc/record.h"

namespace hoidau {

// Empty: the document does not say. Days are ISO 8601.
struct WorkItem {
  std::string uuid;
  std::string document;  // identity of the document
  std::string place;     // id of the task or event in it: "IV.2#1", "e2"
  std::string kind;      // "task", "event"
  std::string title;     // one line
  std::string detail;    // the whole paragraph, one line
  std::string symbol, issuer, issued, subject;
  std::string start, due;
  std::string time;  // "08:00", Vietnam's
  std::string rule;  // RRULE
  std::string when;  // as printed
  std::string where;
  std::string file, page;
  std::string assignee;                         // of the tracker, by the map
  std::vector<std::string> leads, coordinates;  // units
  std::vector<std::string> labels;              // by the map; a unit that it does not name is its own label
  friend bool operator==(const WorkItem&, const WorkItem&) = default;
};

// The fields by name: what a ledger keeps, a difference shows and a template places.
struct TextField {
  const char* name;
  std::string WorkItem::*member;
};
struct ListField {
  const char* name;
  std::vector<std::string> WorkItem::*member;
};
inline constexpr TextField kTextFields[] = {
    {"uuid", &WorkItem::uuid},        {"document", &WorkItem::document}, {"place", &WorkItem::place},
    {"kind", &WorkItem::kind},        {"title", &WorkItem::title},       {"detail", &WorkItem::detail},
    {"symbol", &WorkItem::symbol},    {"issuer", &WorkItem::issuer},     {"issued", &WorkItem::issued},
    {"subject", &WorkItem::subject},  {"start", &WorkItem::start},       {"due", &WorkItem::due},
    {"time", &WorkItem::time},        {"rule", &WorkItem::rule},         {"when", &WorkItem::when},
    {"where", &WorkItem::where},      {"file", &WorkItem::file},         {"page", &WorkItem::page},
    {"assignee", &WorkItem::assignee}};
inline constexpr ListField kListFields[] = {
    {"leads", &WorkItem::leads}, {"coordinates", &WorkItem::coordinates}, {"labels", &WorkItem::labels}};

// Who is who in a tracker: a table that the office edits, three columns: unit as records name it or as it is printed
// ("Công an xã", where a record says "Công an"), user, label.
//   Phòng Kinh tế <TAB> kinhte@example.vn <TAB> kinh-te
class UnitMap {
 public:
  struct Entry {
    std::string unit, assignee, label;
  };
  UnitMap() = default;
  // kMissing, kModel as ReadRuleTable.
  static Result<UnitMap> Read(const std::string& path);
  // nullptr where the table does not name the unit. Case does not matter.
  const Entry* Find(std::string_view unit) const;
  // By the name, else by what is printed where the document names the unit.
  const Entry* Find(const Record& record, const Assignee& assignee) const;
  // The units of the table, as it writes them, that no task of the records names.
  std::vector<std::string> UnitsWithoutTask(const std::vector<Record>& records) const;

 private:
  std::map<std::string, Entry, std::less<>> entries_;
};

// "Ủy ban nhân dân xã Lộc Vân/15/KH-UBND/2026"; "sha256:…" where number, symbol, issuer or year is missing.
std::string DocumentIdentity(const Record& record);

// Whether the identity says which document it is: there is something to make it of.
bool HasIdentity(const Record& record);

// Number of the page that byte `at` of record.text stands on, from 1.
int PageAt(const Record& record, std::size_t at);

// Tasks, then events, in the record's order.
std::vector<WorkItem> ItemsOf(const Record& record, const UnitMap& map);

// Everything for people, in Vietnamese, a line each: what, who, when, which document and page. No line begins with the
// document's own words, so none of them is a command to a tracker.
std::string Description(const WorkItem& item);

// "a; b".
std::string Joined(const std::vector<std::string>& parts, std::string_view between = "; ");

// White space folded, control characters dropped.
std::string OneLine(std::string_view text);

// `2026-04-14`, a day that exists.
bool IsDay(std::string_view text);

// "14/04/2026" of such a day, as the annexes of Decree 30/2020 write it; anything else as it is.
std::string OfficeDay(const std::string& text);

}  // namespace hoidau

#endif  // HOIDAU_TRACKER_WORK_ITEM_H_
