#include "eval/blame.h"

#include <gtest/gtest.h>

#include "eval/observe.h"
#include "text/unicode.h"

namespace hoidau {
namespace {

TEST(PerfectRecovery, PutsTheTruthWhereSomethingWasSeen) {
  const Document observed = ObserveText("Ke hoach\ntuyên truyen phap\n\fluat\n");
  const RecoveredDocument recovered = PerfectRecovery(observed, "Kế hoạch\ntuyên truyền pháp\n\fluật\n");
  EXPECT_EQ(RecoveredText(recovered), "Kế hoạch\ntuyên truyền pháp\n\fluật\n");
  const DocumentText text = JoinPages(observed, recovered);
  ASSERT_EQ(text.lines.size(), 3u);
  EXPECT_EQ(text.lines[1].span.In(text.text), "tuyên truyền pháp");
}

TEST(PerfectRecovery, JoinsAndSplitsAreMendedAndNoiseGoes) {
  const auto recover = [](const char* observed, const char* gold) {
    return FoldSpace(RecoveredText(PerfectRecovery(ObserveText(observed), gold)));
  };
  EXPECT_EQ(recover("huongchinh sách x1 hội\n", "hướng chính sách hội\n"), "hướng chính sách hội");
  EXPECT_EQ(recover("sách hu ong hội\n", "sách hướng hội\n"), "sách hướng hội");
}

TEST(PerfectRecovery, WhatWasNeverReadStaysAway) {
  EXPECT_EQ(RecoveredText(PerfectRecovery(ObserveText("một ba\n"), "một hai ba\n")), "một ba\n");
}

TEST(BlameTable, CountsStagesByParts) {
  const std::vector<Blame> blames = {
      {.document = "a",
       .kind = "stripped",
       .stage = BlamedStage::kRepairMissed,
       .value = {"tasks", "I#1", "Rà soát", ""}},
      {.document = "a", .kind = "stripped", .stage = BlamedStage::kExtract, .value = {"tasks", "I#2", "Họp", ""}},
      {.document = "b",
       .kind = "stripped",
       .stage = BlamedStage::kExtract,
       .value = {"dates", "day 2026-01-01", "day 2026-01-01", ""}}};
  const std::string table = BlameTable(blames, 1);
  EXPECT_NE(table.find("tasks             .              1              .        .        1    2\n"), std::string::npos)
      << table;
  EXPECT_NE(table.find("repair-missed, tasks: 1\n  a stripped  I#1"), std::string::npos) << table;
  EXPECT_EQ(BlameTable(blames, 0).find("a stripped"), std::string::npos);
  EXPECT_NE(BlameToJson(blames).find("\"repair-missed\""), std::string::npos);
}

}  // namespace
}  // namespace hoidau
