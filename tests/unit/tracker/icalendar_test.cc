#include "tracker/icalendar.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/sample_record.h"

namespace hoidau {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

// Lines as they were before folding.
std::string Unfolded(std::string text) {
  for (std::size_t at = text.find("\r\n "); at != std::string::npos; at = text.find("\r\n ", at)) text.erase(at, 3);
  return text;
}

std::string CalendarOf(const Record& record, Action action = Action::kCreate, int revision = 0) {
  std::vector<Change> changes;
  for (const WorkItem& item : ItemsOf(record, {}))
    changes.push_back({.action = action, .item = item, .revision = revision});
  return Unfolded(ToICalendar(changes));
}

Record WithWhen(const DateValue& when) {
  Record record = SampleRecord();
  record.tasks[0].when = when;
  record.tasks[0].due.reset();
  record.events.clear();
  return record;
}

TEST(ICalendar, ATaskAndAnEvent) {
  const std::string text = CalendarOf(SampleRecord());
  const std::vector<WorkItem> items = ItemsOf(SampleRecord(), {});
  EXPECT_THAT(text, HasSubstr("BEGIN:VTODO\r\nUID:" + items[0].uuid +
                              "\r\nDTSTAMP:20260305T000000Z\r\nSEQUENCE:0\r\nSUMMARY:Tham mưu tối thiểu 02 phương án "
                              "trước ngày 15/4/2026\\, báo cáo UBND xã.\r\n"));
  EXPECT_THAT(text, HasSubstr("\r\nDUE;VALUE=DATE:20260414\r\nCATEGORIES:Phòng Kinh tế\r\nSTATUS:NEEDS-ACTION\r\n"));
  EXPECT_THAT(text, HasSubstr("BEGIN:VEVENT\r\nUID:" + items[1].uuid));
  EXPECT_THAT(text, HasSubstr("\r\nDTSTART:20260410T010000Z\r\nLOCATION:hội trường\r\n")) << "08:00 in Vietnam";
  EXPECT_EQ(text, CalendarOf(SampleRecord()));
}

TEST(ICalendar, Rules) {
  // The first day is one of the rule's, on or after the document's, a Thursday.
  EXPECT_THAT(CalendarOf(WithWhen({.text = "thứ 4 hàng tuần", .kind = "recurring", .value = "FREQ=WEEKLY;BYDAY=WE"})),
              HasSubstr("DTSTART;VALUE=DATE:20260311\r\nRRULE:FREQ=WEEKLY;BYDAY=WE\r\n"));
  EXPECT_THAT(
      CalendarOf(WithWhen({.text = "ngày 25 hằng tháng", .kind = "recurring", .value = "FREQ=MONTHLY;BYMONTHDAY=25"})),
      HasSubstr("DTSTART;VALUE=DATE:20260325\r\nRRULE:FREQ=MONTHLY;BYMONTHDAY=25\r\n"));
  EXPECT_THAT(CalendarOf(WithWhen({.text = "01-10", .kind = "annual", .value = "--10-01"})),
              HasSubstr("DTSTART;VALUE=DATE:20261001\r\nRRULE:FREQ=YEARLY;BYMONTHDAY=1;BYMONTH=10\r\n"));
}

TEST(ICalendar, ADayOfAQuartersMonthBeginsInIt) {
  const std::string rule = "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=30";
  Record record = WithWhen({.text = "ngày 30 tháng cuối quý", .kind = "recurring", .value = rule});
  EXPECT_THAT(CalendarOf(record), HasSubstr("DTSTART;VALUE=DATE:20260330\r\n"));
  record.metadata.date->value = "2026-01-31";
  EXPECT_THAT(CalendarOf(record), HasSubstr("DTSTART;VALUE=DATE:20260330\r\n"));
  record.metadata.date->value = "2026-10-02";
  EXPECT_THAT(CalendarOf(record), HasSubstr("DTSTART;VALUE=DATE:20261230\r\n"));
  record.tasks[0].when->text = "ngày 30 tháng đầu quý";
  EXPECT_THAT(CalendarOf(record), HasSubstr("DTSTART;VALUE=DATE:20261030\r\n"));
}

TEST(ICalendar, TheStampOfADocumentWithoutDateIsTheEarliestDayInIt) {
  Record record = SampleRecord();
  record.metadata.date.reset();
  record.metadata.signed_on.reset();
  EXPECT_THAT(CalendarOf(record), HasSubstr("DTSTAMP:20260410T000000Z"));
  EXPECT_THAT(CalendarOf(record), Not(HasSubstr("DTSTAMP:1970")));
}

TEST(ICalendar, WhatIsNoRuleIsLeftOut) {
  for (const char* rule : {"", "nonsense", "FREQ=SECONDLY", "FREQ=", "FREQ=MONTHLY;BYMONTHDAY=99",
                           "FREQ=DAILY;COUNT=-1", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=31"}) {
    EXPECT_THAT(CalendarOf(WithWhen({.text = "?", .kind = "recurring", .value = rule})), Not(HasSubstr("RRULE")))
        << rule;
  }
  Record undated = WithWhen({.text = "hằng ngày", .kind = "recurring", .value = "FREQ=DAILY"});
  undated.metadata.date.reset();
  undated.metadata.signed_on.reset();
  EXPECT_THAT(CalendarOf(undated), Not(HasSubstr("RRULE"))) << "nothing to count from";
}

TEST(ICalendar, PeriodsOfTasksAndEvents) {
  const DateValue range{.text = "Từ 09-11/4/2026",
                        .kind = "range",
                        .value = "2026-04-09/2026-04-11",
                        .start = "2026-04-09",
                        .end = "2026-04-11"};
  Record record = WithWhen(range);
  record.tasks[0].due = "2026-04-11";
  record.events = SampleRecord().events;
  record.events[0].when = range;
  const std::string text = CalendarOf(record);
  EXPECT_THAT(text, HasSubstr("DTSTART;VALUE=DATE:20260409\r\nDUE;VALUE=DATE:20260411\r\n"));
  EXPECT_THAT(text, HasSubstr("DTSTART;VALUE=DATE:20260409\r\nDTEND;VALUE=DATE:20260412\r\n"));
}

TEST(ICalendar, AnEventWithoutADayIsLeftOut) {
  Record record = SampleRecord();
  record.events[0].when = DateValue{.text = "tháng 12/2025", .kind = "month", .value = "2025-12"};
  EXPECT_FALSE(HasCalendarEntry(ItemsOf(record, {})[1]));
  EXPECT_THAT(CalendarOf(record), Not(HasSubstr("VEVENT")));
}

TEST(ICalendar, ACommaInAUnitIsNoSeparator) {
  Record record = SampleRecord();
  record.tasks[0].assignees[0].name = "Phòng Kinh tế, Hạ tầng và Đô thị";
  EXPECT_THAT(CalendarOf(record), HasSubstr("\r\nCATEGORIES:Phòng Kinh tế\\, Hạ tầng và Đô thị\r\n"));
}

TEST(ICalendar, TextMakesNoLinesOfItsOwn) {
  Record record = SampleRecord();
  record.tasks[0].action = "Họp\r\nEND:VTODO\r\nBEGIN:VALARM";
  EXPECT_THAT(CalendarOf(record), Not(HasSubstr("\r\nBEGIN:VALARM")));
}

TEST(ICalendar, FilesOnlyOfWhatChanged) {
  const WorkItem item = ItemsOf(SampleRecord(), {})[0];
  EXPECT_TRUE(ToCalendarFiles({{.action = Action::kSkip, .item = item, .revision = 1}}).empty());
  const std::vector<CalendarFile> files = ToCalendarFiles({{.action = Action::kTakeBack, .item = item, .revision = 2}});
  ASSERT_EQ(files.size(), 1U);
  EXPECT_EQ(files[0].name, item.uuid + ".ics");
  EXPECT_THAT(files[0].content, HasSubstr("STATUS:CANCELLED\r\n"));
  EXPECT_THAT(files[0].content, HasSubstr("SEQUENCE:2\r\n"));
  EXPECT_THAT(CalendarOf(SampleRecord(), Action::kSkip, 1), HasSubstr("SEQUENCE:0\r\n"));
}

}  // namespace
}  // namespace hoidau
