#include "eval/report.h"

#include <gtest/gtest.h>

namespace hoidau {
namespace {

Evaluation Sample(double right) {
  DocumentResult a{.id = "a",
                   .measures = {{"syllables", {right, 100}}, {"harm", {1, 100}}, {"record.tasks", {3, 4, 5}}},
                   .wrong = {}};
  DocumentResult b = a;
  b.id = "b";
  a.wrong = {{"task_due", "I#1", "2026-03-31", "null"}};
  return {.rows = {{.set = "dev", .kind = "stripped", .documents = {a, b}}}};
}

TEST(Report, JsonGoesBothWays) {
  const std::string json = EvaluationToJson(Sample(90), {});
  const auto back = EvaluationFromJson(json);
  ASSERT_TRUE(back) << back.error().message;
  EXPECT_EQ(EvaluationToJson(*back, {}), json);
  EXPECT_FALSE(EvaluationFromJson("{}"));
  EXPECT_FALSE(EvaluationFromJson("no JSON"));
}

TEST(Report, TablesHaveTheirNumbers) {
  const std::string table = EvaluationTable(Sample(90), {});
  EXPECT_NE(table.find("dev stripped"), std::string::npos);
  EXPECT_NE(table.find("90.00 (90.0-90.0)"), std::string::npos);
  EXPECT_NE(table.find("66.67"), std::string::npos);  // F1 of 6 right, 8 gold, 10 given
  const std::string csv = EvaluationToCsv(Sample(90), {});
  EXPECT_NE(csv.find("dev,stripped,syllables,0.900000,0.900000,0.900000,2\n"), std::string::npos) << csv;
}

TEST(Report, WhatChanged) {
  EXPECT_EQ(ComparisonTable(Sample(90), Sample(90), {}), "nothing changed\n");
  Evaluation now = Sample(95);
  now.rows[0].documents[0].wrong = {{"task_when", "I#1", "2026-03", "null"}};
  const std::string changes = ComparisonTable(Sample(90), now, {});
  EXPECT_NE(changes.find("+5.00 (5.00 to 5.00)"), std::string::npos) << changes;
  EXPECT_NE(changes.find("better"), std::string::npos);
  EXPECT_NE(changes.find("now wrong  a  task_when  I#1"), std::string::npos) << changes;
  EXPECT_NE(changes.find("now right  a  task_due  I#1"), std::string::npos) << changes;
}

TEST(Report, ColumnsCountCodePoints) { EXPECT_EQ(Columns({{"số", "1"}, {"a", "22"}}), "số   1\na   22\n"); }

}  // namespace
}  // namespace hoidau
