// CSV files that trackers import, by profiles that are data: models/rules/trackers/<name>.tsv, three columns.
//
//   option  date    yyyy-MM-dd        form of days, of yyyy MM dd
//   option  key     Issue Key         the column by which the tracker knows an item again; without it, it only creates
//   column  Summary {title}           a head and its cell: text with {fields} of a WorkItem, {description}, {key}; a
//                                     line (\n) whose fields are all empty is left out
//
//   Result<CsvProfile> jira = CsvProfile::Read("models/rules/trackers/jira.tsv");
//   Table table = jira->Fill(changes);   // what is new, and what changed where the tracker can take it
//
// Thread safety: immutable. Limits: as ReadRuleTable.
#ifndef HOIDAU_TRACKER_CSV_PROFILE_H_
#define HOIDAU_TRACKER_CSV_PROFILE_H_

#include <string>
#include <vector>

#include "base/result.h"
#include "tracker/ledger.h"
#include "tracker/table.h"

namespace hoidau {

class CsvProfile {
 public:
  // kMissing, kModel: no such file, an unknown option or field, no column.
  static Result<CsvProfile> Read(const std::string& path);

  // Whether a row for this change tells the tracker the truth: a new item, or one whose key is known and mapped.
  bool Carries(const Change& change) const;
  Table Fill(const std::vector<Change>& changes) const;

 private:
  struct ColumnRule {
    std::string head;
    std::vector<std::string> lines;
  };
  std::string Cell(const ColumnRule& rule, const Change& change) const;

  std::string date_form_ = "yyyy-MM-dd";
  std::string key_;
  std::vector<ColumnRule> columns_;
};

}  // namespace hoidau

#endif  // HOIDAU_TRACKER_CSV_PROFILE_H_
