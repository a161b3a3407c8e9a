// How right a record is against a gold record: precision, recall and F1 of each part, and what is wrong by name.
//
//   Result<RecordScore> s = ScoreRecord(gold_json, ToJson(record));
//   s->parts.at("tasks").right;                                    // of s->parts.at("tasks").gold
//   s->wrong[0];   // {.part = "task_due", .key = "IV.2#1", .gold = "2025-10-15", .given = "null"}
//
// Parts: metadata, sections (by id), section_titles, section_roles, tasks, assigned_tasks, task_units, task_due,
// task_when, task_requested, task_report_to, dates, dates_in_name, references, events, units, quantities.
// A value given where the gold record has null is wrong. Titles, names of units and actions match by the overlap of
// their syllables (Dice), because recovered text may hold single wrong ones; text is compared without case, with white
// space, dashes, tone placement and the usual short forms of offices folded. What hangs on a task (units, due, …)
// counts as wrong where the task was not found.
//
// Thread safety: pure. Limits: kBadInput for what is no JSON record.
#ifndef HOIDAU_EVAL_RECORD_SCORE_H_
#define HOIDAU_EVAL_RECORD_SCORE_H_

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace hoidau {

struct PartScore {
  int right = 0, gold = 0, given = 0;
};

// One value that is wrong. `key` says which and is the same in every run; it begins with "+" where the gold record has
// no such value.
struct WrongValue {
  std::string part, key, gold, given;
};

struct RecordScore {
  std::map<std::string, PartScore> parts;
  std::vector<WrongValue> wrong;
};

Result<RecordScore> ScoreRecord(std::string_view gold_json, std::string_view given_json);

// The actions of a record's tasks, by the keys that their wrong values have.
Result<std::map<std::string, std::string>> ActionsByKey(std::string_view record_json);

// The names of the parts, in the order of a table.
const std::vector<std::string>& RecordParts();

// Dice overlap of the syllables of two texts as records are compared, in [0, 1].
double Overlap(std::string_view a, std::string_view b);

}  // namespace hoidau

#endif  // HOIDAU_EVAL_RECORD_SCORE_H_
