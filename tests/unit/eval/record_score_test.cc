#include "eval/record_score.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace hoidau {
namespace {

constexpr const char* kGold = R"({
 "metadata": {"number": "15", "signed_on": null, "addressees": [], "recipients": ["Như trên", "Lưu: VT"],
   "date": {"text": "ngày 5 tháng 3 năm 2026", "kind": "day", "value": "2026-03-05"}},
 "sections": [{"id": "I", "title": "MỤC ĐÍCH", "role": "purpose", "children": [
   {"id": "I.1", "title": null, "role": "purpose", "children": []}]}],
 "tasks": [
   {"id": "I.1#1", "kind": "assigned", "action": "Rà soát hộ nghèo trên địa bàn xã.", "due": "2026-03-31", "requested": false,
    "when": {"value": "2026-03"}, "report_to": null, "assignees": [{"name": "Phòng Kinh tế", "role": "lead"}]},
   {"id": "I.1#2", "kind": "activity", "action": "Tổ chức hai buổi tuyên truyền tại nhà văn hóa.", "due": null, "requested": false,
    "when": null, "report_to": ["UBND xã"], "assignees": []}],
 "dates": [{"kind": "day", "value": "2026-03-05", "in_name": false}, {"kind": "month", "value": "2026-03", "in_name": false}],
 "references": [{"symbol": "57-NQ/TW", "date": "2024-12-22"}],
 "events": [{"title": "Lễ phát động", "when": {"value": "2026-03-08"}}],
 "units": [{"name": "Phòng Kinh tế"}],
 "quantities": [{"value": 2, "bound": "exact", "of": "buổi tuyên truyền"}, {"value": 5, "bound": "min", "of": "% hộ nghèo"}]
})";

std::string With(std::string json, const std::string& from, const std::string& to) {
  const std::size_t at = json.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return json.replace(at, from.size(), to);
}

RecordScore Score(const std::string& given) { return *ScoreRecord(kGold, given); }

TEST(RecordScore, TheGoldRecordIsRight) {
  const RecordScore s = Score(kGold);
  EXPECT_TRUE(s.wrong.empty());
  for (const std::string& name : RecordParts()) {
    EXPECT_EQ(s.parts.at(name).right, s.parts.at(name).gold) << name;
    EXPECT_EQ(s.parts.at(name).right, s.parts.at(name).given) << name;
  }
}

TEST(RecordScore, NothingGivenIsNothingRight) {
  const RecordScore s = Score("{}");
  for (const std::string& name : RecordParts()) {
    EXPECT_EQ(s.parts.at(name).right, 0) << name;
    EXPECT_GT(s.parts.at(name).gold, 0) << name;
  }
}

TEST(RecordScore, AValueWhereTheTruthHasNullIsWrong) {
  const RecordScore s = Score(With(kGold, R"("signed_on": null)", R"("signed_on": "2026-03-06")"));
  EXPECT_EQ(s.parts.at("metadata").given, s.parts.at("metadata").gold + 1);
  ASSERT_EQ(s.wrong.size(), 1u);
  EXPECT_EQ(s.wrong[0].key, "/signed_on");
  const RecordScore due = Score(With(kGold, R"("due": null)", R"("due": "2026-12-31")"));
  ASSERT_EQ(due.wrong.size(), 1u);
  EXPECT_EQ(due.wrong[0].part, "task_due");
  EXPECT_EQ(due.wrong[0].key, "I.1#2");
  EXPECT_EQ(due.parts.at("task_due").right, 1);
}

TEST(RecordScore, SingleWrongSyllablesDoNotLoseATask) {
  const RecordScore s = Score(With(kGold, "Rà soát hộ nghèo trên địa bàn xã.", "Ra soát hộ nghèo trên địa bàn xã"));
  EXPECT_EQ(s.parts.at("tasks").right, 2);
  const RecordScore lost = Score(With(kGold, "Rà soát hộ nghèo trên địa bàn xã.", "Họp giao ban."));
  EXPECT_EQ(lost.parts.at("tasks").right, 1);
  EXPECT_EQ(lost.parts.at("task_when").right, 1);  // what hangs on it is wrong too
  EXPECT_EQ(lost.parts.at("task_units").right, 0);
  const auto extra =
      std::find_if(lost.wrong.begin(), lost.wrong.end(), [](const WrongValue& w) { return w.key == "+Họp giao ban."; });
  EXPECT_NE(extra, lost.wrong.end());
}

TEST(RecordScore, UnitsNeedTheirRole) {
  const RecordScore s = Score(With(kGold, R"("role": "lead")", R"("role": "coordinate")"));
  EXPECT_EQ(s.parts.at("task_units").right, 0);
  EXPECT_EQ(s.parts.at("units").right, 1);
}

TEST(RecordScore, DatesAreAMultiset) {
  const RecordScore s = Score(With(kGold, R"({"kind": "month", "value": "2026-03", "in_name": false})",
                                   R"({"kind": "day", "value": "2026-03-05", "in_name": true})"));
  EXPECT_EQ(s.parts.at("dates").right, 1);
  EXPECT_EQ(s.parts.at("dates_in_name").right, 1);
  EXPECT_EQ(Score(With(kGold, R"("value": "2026-03", "in_name": false)", R"("value": "2026-03", "in_name": true)"))
                .parts.at("dates")
                .right,
            2);
}

TEST(RecordScore, QuantitiesCompareValueBoundAndOf) {
  EXPECT_EQ(Score(With(kGold, R"("value": 5)", R"("value": 6)")).parts.at("quantities").right, 1);
  EXPECT_EQ(Score(With(kGold, R"("bound": "min")", R"("bound": "max")")).parts.at("quantities").right, 1);
  EXPECT_EQ(Score(With(kGold, R"("of": "% hộ nghèo")", R"("of": "% thôn")")).parts.at("quantities").right, 1);
}

TEST(RecordScore, EventsNeedTheirTime) {
  EXPECT_EQ(Score(With(kGold, R"("value": "2026-03-08")", R"("value": "2026-03-09")")).parts.at("events").right, 0);
}

TEST(RecordScore, ShortFormsOfOfficesAreFolded) {
  EXPECT_EQ(Overlap("Chủ tịch UBND xã", "chủ tịch Uỷ ban nhân dân xã"), 1);
  EXPECT_EQ(Overlap("", ""), 0);
}

TEST(RecordScore, BadInputIsAnError) {
  EXPECT_FALSE(ScoreRecord("{", "{}"));
  EXPECT_FALSE(ScoreRecord("[]", "{}"));
  for (const char* odd : {R"({"tasks": 5})", R"({"tasks": [5]})", R"({"metadata": []})", R"({"sections": [null]})",
                          R"({"dates": [{"kind": 3}]})"}) {
    EXPECT_TRUE(ScoreRecord(kGold, odd)) << odd;
    EXPECT_TRUE(ScoreRecord(odd, kGold)) << odd;
  }
}

TEST(RecordScore, ActionsByKey) {
  const auto actions = ActionsByKey(kGold);
  ASSERT_TRUE(actions);
  EXPECT_EQ(actions->at("I.1#2"), "Tổ chức hai buổi tuyên truyền tại nhà văn hóa.");
}

}  // namespace
}  // namespace hoidau
