#include "extract/dates.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "base/files.h"
#include "text/rule_table.h"
#include "text/tokenizer.h"

namespace hoidau {
namespace {

const std::string kData = std::string(HOIDAU_SOURCE_DIR) + "/tests/unit/extract/data/";

DateContext December() {
  using namespace std::chrono;
  return {.document_date = sys_days(year(2025) / 12 / 8), .document_year = 0, .holidays = nullptr};
}

TEST(Dates, EverySurfaceFormOfTheTable) {
  const auto rows = ReadRuleTable(kData + "dates.tsv", 3);
  ASSERT_TRUE(rows.ok()) << rows.error().message;
  ASSERT_GT(rows->size(), 200U);
  for (const RuleRow& row : *rows) {
    const std::size_t bar = row.cells[2].find('|');
    const std::string form = row.cells[2].substr(0, bar);
    const std::string text = bar == std::string::npos ? form : row.cells[2].substr(bar + 1);
    for (const std::string& around : {text, "Hoàn thành, " + text + ", báo cáo.", "(" + text + ")"}) {
      const std::vector<FoundDate> found = FindDates(around, December());
      ASSERT_EQ(found.size(), 1U) << "line " << row.line << ": " << around;
      EXPECT_EQ(found[0].value.kind, row.cells[0]) << "line " << row.line << ": " << around;
      EXPECT_EQ(found[0].value.value.value_or(""), row.cells[1]) << "line " << row.line << ": " << around;
    }
  }
}

TEST(Dates, NothingInWhatIsNoDate) {
  const auto text = ReadFile(kData + "not_dates.txt");
  ASSERT_TRUE(text.ok());
  std::size_t lines = 0;
  for (const ByteSpan span : SplitLines(*text)) {
    const std::string line(span.In(*text));
    ++lines;
    const std::vector<FoundDate> found = FindDates(line, December());
    EXPECT_TRUE(found.empty()) << line << " → "
                               << (found.empty() ? "" : found[0].value.kind + " " + found[0].value.text);
  }
  EXPECT_GE(lines, 300U);
}

TEST(Dates, TheSameDayIsTheOneToldBefore) {
  const auto found = FindDates("Khai mạc 8 giờ ngày 03/3/2026; hát then 20 giờ cùng ngày.", December());
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[1].value.value, "2026-03-03");
  EXPECT_EQ(found[1].value.time, "20:00");
  // A day of a round is no day.
  const auto round = FindDates("Trực hằng ngày, báo cáo trước 16 giờ cùng ngày.", December());
  ASSERT_EQ(round.size(), 1U);
  EXPECT_EQ(round[0].value.kind, "recurring");
}

TEST(Dates, ACellOfTimesMayHoldABareYear) {
  DateContext context = December();
  EXPECT_TRUE(FindDates("2026", context).empty());
  context.cell_of_times = true;
  const auto found = FindDates("2026", context);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].value.kind, "year");
  EXPECT_EQ(found[0].value.value, "2026");
  EXPECT_TRUE(FindDates("2026 cây", context).empty());
}

TEST(Dates, APaperOfItsOwnIsSignedOnADayOfItsOwn) {
  const auto other = FindDates("niêm yết quyết định trong thời hạn 03 ngày làm việc kể từ ngày ký", December());
  ASSERT_EQ(other.size(), 1U);
  EXPECT_FALSE(other[0].value.value.has_value());
  const auto own = FindDates("Gửi danh sách trong vòng 03 ngày làm việc kể từ ngày ký", December());
  ASSERT_EQ(own.size(), 1U);
  EXPECT_EQ(own[0].value.value, "../2025-12-11");
}

TEST(Dates, DaysThatShareTheirMonthAreDaysEach) {
  const auto found = FindDates("Họp các ngày 5, 12 và 19/4/2026.", December());
  ASSERT_EQ(found.size(), 3U);
  EXPECT_EQ(found[0].value.value, "2026-04-05");
  EXPECT_EQ(found[1].value.value, "2026-04-12");
  EXPECT_EQ(found[2].value.value, "2026-04-19");
}

TEST(Dates, APlanForTheNextYearMeansItsMonths) {
  DateContext context = December();
  EXPECT_EQ(FindDates("từ tháng 5 đến tháng 8", context)[0].value.value, "2025-05/2025-08");
  context.plan_year = 2026;
  EXPECT_EQ(FindDates("từ tháng 5 đến tháng 8", context)[0].value.value, "2026-05/2026-08");
  EXPECT_EQ(FindDates("trước ngày 25/12", context)[0].value.value, "../2025-12-24");
}

TEST(Dates, ABareDayInACellOrBeforeItsPlace) {
  EXPECT_EQ(FindDates("05/10", December())[0].value.value, "2025-10-05");
  EXPECT_EQ(FindDates("14 - 15/02", December())[0].value.value, "2025-02-14/2025-02-15");
  EXPECT_EQ(FindDates("làm thẻ: 15/11 tại bản trên", December())[0].value.value, "2025-11-15");
  EXPECT_TRUE(FindDates("đạt 9/10 hộ", December()).empty());
}

TEST(Dates, DaysOfAListThatHaveTheirMonths) {
  const auto found = FindDates("Ra quân các ngày 5/9, 12/9 và 19/9/2026.", December());
  ASSERT_EQ(found.size(), 3U);
  EXPECT_EQ(found[1].value.value, "2026-09-12");
  EXPECT_TRUE(FindDates("Có 2/9, 5/9 phiếu.", December()).empty());
}

TEST(Dates, TextIsTheLongestFormAndFolds) {
  const auto found = FindDates("Thời gian: Từ  22/9/2025\n- 05/10/2025.", December());
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].value.text, "Từ 22/9/2025 - 05/10/2025");
  EXPECT_EQ(found[0].value.start, "2025-09-22");
  EXPECT_EQ(found[0].value.end, "2025-10-05");
}

TEST(Dates, PartsOfTheDayAndHours) {
  const auto found = FindDates("Sáng ngày 9/10/2025; 07 giờ 30 ngày 10/10/2025", December());
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].value.part_of_day, "morning");
  EXPECT_EQ(found[1].value.time, "07:30");
  EXPECT_EQ(LeadingTime("7h05"), "07:05");
  EXPECT_EQ(LeadingTime("Khai mạc"), std::nullopt);
}

TEST(Dates, ImpossibleAndContradictoryDatesAreSaid) {
  EXPECT_EQ(FindDates("ngày 31/02/2026", December())[0].problem, "impossible-date");
  EXPECT_EQ(FindDates("thứ Hai, ngày 09/10/2025", December())[0].problem, "weekday-conflict");
  EXPECT_EQ(FindDates("thứ Năm, ngày 09/10/2025", December())[0].problem, "");
}

TEST(Dates, WorkingDaysSkipHolidays) {
  using namespace std::chrono;
  const std::set<Day> holidays = {sys_days(year(2026) / 1 / 1)};
  const DateContext context{.document_date = sys_days(year(2025) / 12 / 30), .document_year = 0, .holidays = &holidays};
  const auto found = FindDates("trong vòng 03 ngày làm việc kể từ ngày ký", context);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].value.value, "../2026-01-05");
  EXPECT_TRUE(found[0].value.resolved);
}

TEST(Dates, DueIsTheLastFullDay) {
  const auto due = [](const char* text) { return DueOf(FindDates(text, December())[0].value); };
  EXPECT_EQ(due("quý IV/2025"), "2025-12-31");
  EXPECT_EQ(due("tháng 02/2028"), "2028-02-29");
  EXPECT_EQ(due("6 tháng đầu năm 2026"), "2026-06-30");
  EXPECT_EQ(due("từ tháng 3 đến tháng 5/2026"), "2026-05-31");
  EXPECT_EQ(due("trước ngày 01/3/2026"), "2026-02-28");
  EXPECT_EQ(due("kể từ ngày 01/7/2025"), std::nullopt);
  EXPECT_EQ(due("hằng tuần"), std::nullopt);
  EXPECT_EQ(due("90 ngày"), std::nullopt);
}

}  // namespace
}  // namespace hoidau
