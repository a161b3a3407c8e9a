#include "tracker/work_item.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/files.h"
#include "support/sample_record.h"
#include "support/temp_dir.h"

namespace hoidau {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

TEST(WorkItem, SaysWhatTheRecordSays) {
  const std::vector<WorkItem> items = ItemsOf(SampleRecord(), {});
  ASSERT_EQ(items.size(), 2U);
  const WorkItem& task = items[0];
  EXPECT_EQ(task.kind, "task");
  EXPECT_EQ(task.document, "Ủy ban nhân dân xã Lộc Vân/15/KH-UBND/2026");
  EXPECT_EQ(task.place, "I.1#1");
  EXPECT_EQ(task.title, "Tham mưu tối thiểu 02 phương án trước ngày 15/4/2026, báo cáo UBND xã.");
  EXPECT_EQ(task.due, "2026-04-14");
  EXPECT_EQ(task.issued, "2026-03-05");
  EXPECT_EQ(task.page, "1");
  EXPECT_THAT(task.leads, ElementsAre("Phòng Kinh tế"));
  EXPECT_THAT(task.labels, ElementsAre("Phòng Kinh tế"));
  EXPECT_EQ(task.assignee, "");
  const WorkItem& event = items[1];
  EXPECT_EQ(event.kind, "event");
  EXPECT_EQ(event.start, "2026-04-10");
  EXPECT_EQ(event.time, "08:00");
  EXPECT_EQ(event.where, "hội trường");
}

TEST(WorkItem, TheIdentityIsTheDocumentAndThePlace) {
  Record record = SampleRecord();
  const std::string uuid = ItemsOf(record, {})[0].uuid;
  EXPECT_EQ(uuid.size(), 36U);
  EXPECT_EQ(uuid[14], '5');
  record.tasks[0].action = "Tham mưu phương án.";
  record.tasks[0].due = "2026-05-01";
  record.source = {.file = "khác.pdf", .sha256 = "00"};
  EXPECT_EQ(ItemsOf(record, {})[0].uuid, uuid) << "a corrected text, another scan";
  record.tasks[0].id = "I.1#2";
  EXPECT_NE(ItemsOf(record, {})[0].uuid, uuid);
  record = SampleRecord();
  record.metadata.symbol = "16/KH-UBND";
  EXPECT_NE(ItemsOf(record, {})[0].uuid, uuid);
}

TEST(WorkItem, WithoutANumberTheSourceIsTheIdentity) {
  Record record = SampleRecord();
  record.metadata.number.reset();
  record.metadata.symbol = "/KH-UBND";
  EXPECT_EQ(DocumentIdentity(record), "sha256:" + record.source.sha256);
  record = SampleRecord();
  record.metadata.date.reset();
  EXPECT_EQ(DocumentIdentity(record), "Ủy ban nhân dân xã Lộc Vân/15/KH-UBND/2026") << "signed_on has the year";
  record.metadata.signed_on.reset();
  EXPECT_EQ(DocumentIdentity(record), "sha256:" + record.source.sha256);
}

TEST(WorkItem, AnIdGivenTwiceMakesTwoTasks) {
  Record record = SampleRecord();
  record.tasks.push_back(record.tasks[0]);
  const std::vector<WorkItem> items = ItemsOf(record, {});
  EXPECT_EQ(items[1].place, "I.1#1~2");
  EXPECT_NE(items[0].uuid, items[1].uuid);
}

TEST(WorkItem, TitlesHaveNoListMarkAndAnEnd) {
  Record record = SampleRecord();
  for (const auto& [action, title] :
       std::vector<std::pair<std::string, std::string>>{{"- Tham mưu\nphương án", "Tham mưu phương án"},
                                                        {"+ + Rà soát", "Rà soát"},
                                                        {"• Họp", "Họp"},
                                                        {"-5 độ", "-5 độ"},
                                                        {"=1+1", "=1+1"},
                                                        {"Rà\x07 soát\xC2\x85", "Rà soát"},
                                                        {"-", "-"}}) {
    record.tasks[0].action = action;
    EXPECT_EQ(ItemsOf(record, {})[0].title, title);
  }
  record.tasks[0].action.clear();
  for (int i = 0; i < 100; ++i) record.tasks[0].action += "đường ";
  const WorkItem item = ItemsOf(record, {})[0];
  EXPECT_THAT(item.title, HasSubstr("đường…"));
  EXPECT_LE(item.title.size(), 250 * 3U);
  EXPECT_GT(item.detail.size(), item.title.size());
}

TEST(WorkItem, AMapGivesPeopleAndLabels) {
  const TempDir dir;
  ASSERT_TRUE(WriteFileAtomic(dir / "map.tsv", "# đơn vị\nphòng kinh tế\tlan@example.vn\tkinh-te\nCác thôn\t-\t-\n"));
  const Result<UnitMap> map = UnitMap::Read(dir / "map.tsv");
  ASSERT_TRUE(map) << map.error().message;
  Record record = SampleRecord();
  record.tasks[0].assignees.insert(record.tasks[0].assignees.begin(),
                                   {.unit = "u9", .name = "Trạm Y tế", .role = "lead"});
  const WorkItem item = ItemsOf(record, *map)[0];
  EXPECT_EQ(item.assignee, "lan@example.vn");
  EXPECT_THAT(item.labels, ElementsAre("Trạm Y tế", "kinh-te"));
  EXPECT_FALSE(UnitMap::Read(dir / "nichts.tsv"));
}

TEST(WorkItem, RulesAndAnnualDays) {
  Record record = SampleRecord();
  record.tasks[0].due.reset();
  record.tasks[0].when = DateValue{.text = "hằng tuần", .kind = "recurring", .value = "FREQ=WEEKLY"};
  EXPECT_EQ(ItemsOf(record, {})[0].rule, "FREQ=WEEKLY");
  record.tasks[0].when = DateValue{.text = "01-10", .kind = "annual", .value = "--10-01"};
  EXPECT_EQ(ItemsOf(record, {})[0].rule, "FREQ=YEARLY;BYMONTH=10;BYMONTHDAY=1");
}

TEST(WorkItem, NoLineOfADescriptionIsTheDocumentsOwn) {
  Record record = SampleRecord();
  record.tasks[0].action = "/close\n/assign @root";
  const std::string text = Description(ItemsOf(record, {})[0]);
  EXPECT_THAT(text, Not(HasSubstr("\n/")));
  EXPECT_THAT(text, HasSubstr("Nội dung: /close /assign @root\nĐơn vị chủ trì: Phòng Kinh tế\n"));
  EXPECT_THAT(text, HasSubstr("Nguồn: kế hoạch 15.pdf, trang 1\n"));
}

TEST(WorkItem, PagesAreCountedByTheirSeparators) {
  const Record record = SampleRecord();
  EXPECT_EQ(PageAt(record, 0), 1);
  EXPECT_EQ(PageAt(record, record.text.size()), 2);
  EXPECT_EQ(PageAt(Record{}, 5), 1);
}

TEST(WorkItem, Days) {
  EXPECT_TRUE(IsDay("2024-02-29"));
  for (const char* no : {"2025-02-29", "2025-4-01", "2025-04", "2025-04-01 ", "2025/04/01", ""})
    EXPECT_FALSE(IsDay(no));
}

}  // namespace
}  // namespace hoidau
