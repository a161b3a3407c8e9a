#include "tracker/csv_profile.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/files.h"
#include "support/read_csv.h"
#include "support/sample_record.h"
#include "support/temp_dir.h"

namespace hoidau {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

CsvProfile Profile(const std::string& name) {
  Result<CsvProfile> profile = CsvProfile::Read(HOIDAU_SOURCE_DIR "/models/rules/trackers/" + name + ".tsv");
  if (!profile) throw std::runtime_error(profile.error().message);
  return *profile;
}

WorkItem Item() {
  Record record = SampleRecord();
  record.tasks[0].action = "- Tham mưu, \"rà soát\"\r\nphương án";
  WorkItem item = ItemsOf(record, {})[0];
  item.assignee = "lan@example.vn";
  return item;
}

// The rows that an import would read: by its heads, of one new item.
std::vector<std::vector<std::string>> Rows(const std::string& name, const Change& change) {
  return ReadCsv(ToCsv(Profile(name).Fill({change})));
}

struct Documented {
  const char* profile;
  std::vector<std::string> heads;             // in the order that the tracker documents
  const char *title, *due, *form, *assignee;  // heads; assignee "": the tracker has no column for it
  const char* key;                            // head of the tracker's own key, "": it only creates
};

class CsvProfiles : public ::testing::TestWithParam<Documented> {
 protected:
  std::string Cell(const std::vector<std::vector<std::string>>& rows, const std::string& head) {
    for (std::size_t i = 0; i < rows[0].size(); ++i) {
      if (rows[0][i] == head) return rows.at(1).at(i);
    }
    ADD_FAILURE() << "no column " << head;
    return "";
  }
};

TEST_P(CsvProfiles, IsReadBackByTheDocumentedColumns) {
  const Documented& d = GetParam();
  const auto rows = Rows(d.profile, {.item = Item()});
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(rows[0], d.heads);
  EXPECT_EQ(rows[1].size(), rows[0].size());
  EXPECT_EQ(Cell(rows, d.title), "Tham mưu, \"rà soát\" phương án");
  EXPECT_EQ(Cell(rows, d.due), d.form);
  if (*d.assignee != '\0') {
    EXPECT_EQ(Cell(rows, d.assignee), "lan@example.vn");
  }
}

TEST_P(CsvProfiles, NobodyAndNoDayAreEmptyCells) {
  const Documented& d = GetParam();
  WorkItem item = Item();
  item.assignee.clear();
  item.due.clear();
  const auto rows = Rows(d.profile, {.item = item});
  EXPECT_EQ(Cell(rows, d.due), "");
  if (*d.assignee != '\0') {
    EXPECT_EQ(Cell(rows, d.assignee), "");
  }
  for (const std::string& cell : rows[1]) EXPECT_THAT(cell, Not(HasSubstr("@")));
}

TEST_P(CsvProfiles, NoCellIsAFormula) {
  const Documented& d = GetParam();
  WorkItem item = Item();
  item.title = item.detail = item.symbol = item.labels[0] = item.assignee = "=HYPERLINK(\"http://x\")";
  const auto rows = Rows(d.profile, {.item = item});
  for (const std::string& cell : rows[1]) {
    EXPECT_TRUE(cell.empty() || std::string("=+-@\t\r").find(cell[0]) == std::string::npos) << cell;
  }
}

TEST_P(CsvProfiles, ASecondExportIsEmptyOrCarriesTheKey) {
  const Documented& d = GetParam();
  Ledger ledger;
  const std::string target = std::string("csv:") + d.profile;
  WorkItem item = Item();
  const auto plan = [&] { return PlanExport({item}, {item.document}, ledger, target); };
  ledger.Append(target, plan());
  EXPECT_TRUE(Profile(d.profile).Fill(plan()).rows.empty());
  item.due = "2026-05-01";
  EXPECT_TRUE(Profile(d.profile).Fill(plan()).rows.empty()) << "without a key an update would be a second task";
  ledger.SetKey(target, item.uuid, "KH-7");
  const Table table = Profile(d.profile).Fill(plan());
  ASSERT_EQ(table.rows.size(), *d.key == '\0' ? 0U : 1U);
  if (*d.key != '\0') {
    EXPECT_EQ(Cell(ReadCsv(ToCsv(table)), d.key), "KH-7");
  }
}

INSTANTIATE_TEST_SUITE_P(
    All, CsvProfiles,
    ::testing::Values(
        Documented{"jira",
                   {"Issue Key", "Summary", "Issue Type", "Description", "Assignee", "Due Date", "External ID"},
                   "Summary",
                   "Due Date",
                   "2026-04-14",
                   "Assignee",
                   "Issue Key"},
        Documented{"gitlab", {"title", "description", "due_date"}, "title", "due_date", "2026-04-14", "", ""},
        Documented{"todoist",
                   {"TYPE", "CONTENT", "DESCRIPTION", "PRIORITY", "INDENT", "AUTHOR", "RESPONSIBLE", "DATE",
                    "DATE_LANG", "TIMEZONE"},
                   "CONTENT",
                   "DATE",
                   "2026-04-14",
                   "RESPONSIBLE",
                   ""},
        Documented{"asana",
                   {"Name", "Description", "Section/Column", "Assignee", "Collaborators", "Start Date", "Due Date"},
                   "Name",
                   "Due Date",
                   "04/14/2026",
                   "Assignee",
                   ""},
        Documented{"redmine",
                   {"Subject", "Description", "Assignee", "Start date", "Due date", "Unique id"},
                   "Subject",
                   "Due date",
                   "2026-04-14",
                   "Assignee",
                   ""},
        Documented{"openproject",
                   {"ID", "Subject", "Type", "Description", "Assignee", "Start date", "Finish date"},
                   "Subject",
                   "Finish date",
                   "2026-04-14",
                   "Assignee",
                   "ID"},
        Documented{"vikunja",
                   {"title", "description", "due_date", "start_date", "labels", "project"},
                   "title",
                   "due_date",
                   "2026-04-14",
                   "",
                   ""}),
    [](const auto& param) { return std::string(param.param.profile); });

TEST(CsvProfile, GitLabAssignsByAQuickActionOnItsOwnLine) {
  WorkItem item = Item();
  item.assignee = "lan";
  EXPECT_THAT(Rows("gitlab", {.item = item})[1][1], ::testing::EndsWith("\n/assign @lan"));
  item.assignee.clear();
  EXPECT_THAT(Rows("gitlab", {.item = item})[1][1], Not(HasSubstr("/assign")));
}

TEST(CsvProfile, TodoistHasItsConstants) {
  const auto rows = Rows("todoist", {.item = Item()});
  EXPECT_EQ(rows[1][0], "task");
  EXPECT_EQ(rows[1][3], "4") << "an empty priority is the highest";
  EXPECT_EQ(rows[1][8], "en");
}

TEST(CsvProfile, WhatIsNoProfileIsSaidWithItsLine) {
  const TempDir dir;
  for (const char* content : {"", "column\tA\t{nichts}\n", "column\tA\t{title\n", "option\tshape\tround\n",
                              "column\t-\tx\n", "column\tA\n"}) {
    ASSERT_TRUE(WriteFileAtomic(dir / "own.tsv", content));
    const Result<CsvProfile> profile = CsvProfile::Read(dir / "own.tsv");
    ASSERT_FALSE(profile) << content;
    EXPECT_EQ(profile.error().code, ErrorCode::kModel);
  }
  ASSERT_TRUE(WriteFileAtomic(dir / "own.tsv", "option\tdate\tdd/MM/yyyy\ncolumn\tHạn\tđến {due}\n"));
  EXPECT_EQ(CsvProfile::Read(dir / "own.tsv")->Fill({{.item = Item()}}).rows[0][0], "đến 14/04/2026");
}

}  // namespace
}  // namespace hoidau
