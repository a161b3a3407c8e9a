// What an evaluation comes out as: JSON and CSV for machines, tables for people, and what changed between two runs.
//
//   std::string json = EvaluationToJson(evaluation, {});
//   Result<Evaluation> old = EvaluationFromJson(old_json);
//   std::string table = EvaluationTable(evaluation, {});
//   std::string changes = ComparisonTable(*old, evaluation, {});
//
// Thread safety: pure. Limits: none.
#ifndef HOIDAU_EVAL_REPORT_H_
#define HOIDAU_EVAL_REPORT_H_

#include <string>
#include <string_view>

#include "base/result.h"
#include "eval/evaluate.h"

namespace hoidau {

// Numbers of every document, and the estimate of every measure of a row as [value, low, high].
std::string EvaluationToJson(const Evaluation& evaluation, const BootstrapOptions& options);
Result<Evaluation> EvaluationFromJson(std::string_view json);
// set,kind,measure,value,low,high,documents
std::string EvaluationToCsv(const Evaluation& evaluation, const BootstrapOptions& options);

std::string EvaluationTable(const Evaluation& evaluation, const BootstrapOptions& options);

// Measures whose value changed, with the interval of the difference over the documents that both runs have; then, a
// document at a time, record values that became wrong or right.
std::string ComparisonTable(const Evaluation& before, const Evaluation& after, const BootstrapOptions& options);

// Lines of cells in columns: the first column to the left, the others to the right. Widths are in code points.
std::string Columns(const std::vector<std::vector<std::string>>& rows);

}  // namespace hoidau

#endif  // HOIDAU_EVAL_REPORT_H_
