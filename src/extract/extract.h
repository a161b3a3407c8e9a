// Outline to record: metadata, references, sections, tasks, events, dates, units, quantities, each value with its
// evidence (span, rule, confidence).
//
//   Result<ExtractRules> rules = ExtractRules::Load("models");
//   Record record;
//   Extract(text, Segment(text, *segment_rules), *rules, {}, record);
//   record.metadata.type == "Kế hoạch";
//
// Thread safety: ExtractRules is immutable after Load and may be shared; Extract touches only `record`. Limits: texts
// under 4 GiB; time is linear in the text.
#ifndef HOIDAU_EXTRACT_EXTRACT_H_
#define HOIDAU_EXTRACT_EXTRACT_H_

#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "doc/document.h"
#include "doc/record.h"

namespace hoidau {

// Names of units, their short forms, verbs, document types, places: data that an office can extend.
class ExtractRules {
 public:
  struct Tables;

  // Reads the tables of `models_dir`/rules. kMissing where a file is not there, kModel (with file and line) where one
  // is wrong.
  // `office_dir`: a folder of an office's own tables, added to them; empty for none.
  static Result<ExtractRules> Load(const std::string& models_dir, const std::string& office_dir = {});

  const Tables& tables() const { return *tables_; }

 private:
  std::shared_ptr<const Tables> tables_;
};

// What is known of the document from elsewhere than its text.
struct ExtractContext {
  std::vector<DigitalSignature> digital_signatures;
};

// Fills metadata, references, sections, tasks, events, dates, units, quantities and evidence of `record`, sets its
// text, and appends issues. Spans are bytes of DocumentText::text.
void Extract(const DocumentText& document, const Outline& outline, const ExtractRules& rules,
             const ExtractContext& context, Record& record);

}  // namespace hoidau

#endif  // HOIDAU_EXTRACT_EXTRACT_H_
