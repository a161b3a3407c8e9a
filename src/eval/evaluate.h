// One command that says how good we are: every document of every set, damaged in every way asked for, goes through
// recovery, structure and extraction, and is measured against its truth.
//
//   Result<EvalModels> models = EvalModels::Load("models");
//   Result<EvalSet> dev = LoadCorpus("corpus/dev");
//   EvalOptions options;
//   options.kinds = {"clean", "stripped", "fax:vie"};
//   Result<Evaluation> e = Evaluate({*dev}, *models, options);
//   e->rows[1].documents[0].measures.at("harm");
//
// Kinds are those of eval/kinds.h and scans: "PRESET:LANGUAGE" takes <scans_dir>/PRESET/<id>.pdf,
// "PRESET:LANGUAGE:bare" without our preparation of the page, "PRESET:layer" its text layer. Documents without a scan
// are left out of the row. A pair has the one kind "pair". Measures: before.* of the observed text; syllables,
// syllables_any_case, characters, diacritics, order, errors_removed, mark_errors_removed, made_worse (documents),
// mended, harm, harm_figures, lines_kept, calibration, unsure, unsure_share, unsure_at_5, idempotent of the recovered
// one; record.*.
//
// Thread safety: one call at a time. Limits: those of text_score.h.
#ifndef HOIDAU_EVAL_EVALUATE_H_
#define HOIDAU_EVAL_EVALUATE_H_

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "base/result.h"
#include "doc/document.h"
#include "eval/corpus.h"
#include "eval/measures.h"
#include "eval/record_score.h"
#include "extract/extract.h"
#include "repair/repair.h"
#include "segment/segment.h"

namespace hoidau {

struct EvalModels {
  RepairModel repair;
  SegmentRules segment;
  ExtractRules extract;

  // Without `record`, structure and extraction have no rules and must not be asked.
  static Result<EvalModels> Load(const std::string& models_dir, bool record = true);
};

struct EvalOptions {
  std::vector<std::string> kinds = {"clean", "stripped", "lost"};
  std::vector<std::string> variants = {""};  // of recovery, to see what a part of it brings: see VariantNames
  bool record = true;                        // structure and extraction too, where there is a gold record
  bool idempotence = false;                  // recover twice
  std::string scans_dir, cache_dir;
  int threads = 0;  // documents at once; 0: as many as there are cores
  std::uint64_t seed = 1;
  std::function<void(const std::string& row, std::size_t done, std::size_t all)> progress;  // one call at a time
};

struct DocumentResult {
  std::string id;
  Measures measures;
  std::vector<WrongValue> wrong;  // of the record
  double recovery_seconds = 0;
};

struct EvalRow {
  std::string set, kind;  // kind with "/variant" where there is one
  std::vector<DocumentResult> documents;
};

struct Evaluation {
  std::vector<EvalRow> rows;
};

Result<Evaluation> Evaluate(const std::vector<EvalSet>& sets, const EvalModels& models, const EvalOptions& options);

// "order2", "order3", "one-letter" (channel edits of one letter), "lines" (for paragraphs), "no-acronyms",
// "no-document" (one pass, without the words that the document uses elsewhere).
const std::vector<std::string>& VariantNames();

// What is observed of a document damaged in a way. kNotFound where there is no scan.
Result<Document> ObserveAs(const EvalDocument& document, const std::string& kind, const EvalOptions& options);
// The record of a text, as JSON.
std::string Describe(const DocumentText& text, const EvalModels& models);

// Runs task(0) … task(count - 1) on threads; `threads` 0: as many as there are cores.
void InParallel(std::size_t count, int threads, const std::function<void(std::size_t)>& task);

}  // namespace hoidau

#endif  // HOIDAU_EVAL_EVALUATE_H_
