// For each wrong value of a record, the first stage that fails: gold is put into each stage in turn until the value
// comes out right.
//
//   Result<std::vector<Blame>> b = BlameDocument(document, "fax:vie", models, options);
//   b->front().stage == BlamedStage::kSegment;
//   std::string table = BlameTable(*b, 3);    // stages by parts of the record, with three examples each
//
// What is tried, in this order, and what is to blame where the value comes out right for the first time:
//   the gold text, the observed text without recovery       recovery spoilt it      repair-harmed
//   the gold text, the observed text recovered perfectly    recovery missed it      repair-missed
//   the gold text                                           it was never read       ocr
//   the gold text with the gold outline                     structure               segment
//   nothing of these                                        extraction              extract
// "Recovered perfectly" means that every syllable that was observed in some form is replaced by the true one; what was
// left out, lost punctuation and a wrong order stay. A text kind has no recognition: what is wrong in it was missed.
//
// Thread safety: pure. Limits: as evaluate.h. Head, title and tail have no gold outline: metadata counts as extraction.
#ifndef HOIDAU_EVAL_BLAME_H_
#define HOIDAU_EVAL_BLAME_H_

#include <string>
#include <vector>

#include "base/result.h"
#include "eval/evaluate.h"

namespace hoidau {

enum class BlamedStage { kOcr, kRepairMissed, kRepairHarmed, kSegment, kExtract };
const char* ToString(BlamedStage stage);  // "ocr" "repair-missed" "repair-harmed" "segment" "extract"

struct Blame {
  std::string document, kind;
  BlamedStage stage = BlamedStage::kExtract;
  WrongValue value;
};

// Empty for a document without a gold record.
Result<std::vector<Blame>> BlameDocument(const EvalDocument& document, const std::string& kind,
                                         const EvalModels& models, const EvalOptions& options);
// All documents and kinds; documents without a scan are left out.
Result<std::vector<Blame>> BlameSet(const EvalSet& set, const EvalModels& models, const EvalOptions& options);

std::string BlameTable(const std::vector<Blame>& blames, int examples);
std::string BlameToJson(const std::vector<Blame>& blames);

// The observed document with every syllable that was observed in some form replaced by the true one.
RecoveredDocument PerfectRecovery(const Document& observed, const std::string& gold_text);

}  // namespace hoidau

#endif  // HOIDAU_EVAL_BLAME_H_
