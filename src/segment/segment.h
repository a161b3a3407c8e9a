// Recovered text to blocks and an outline: printed lines joined into paragraphs, head, title, bases, sections, bullets,
// table rows, closing, recipients and signature told apart, labels read and repaired from their sequence.
//
//   Result<SegmentRules> rules = SegmentRules::Load("models");        // reads models/rules/headings.tsv …
//   Outline outline = Segment(FromPlainText("I. MỤC ĐÍCH\n1. Yêu cầu\n"), *rules);
//   outline.nodes[1].id == "I.1";  outline.nodes[1].role == "requirements";
//
// Thread safety: SegmentRules is immutable after Load and may be shared; Segment is pure. Limits: texts under 4 GiB;
// time is linear in the text. Method: line classes from labels, typography (where known) and line length, then a stack
// of label series.
#ifndef HOIDAU_SEGMENT_SEGMENT_H_
#define HOIDAU_SEGMENT_SEGMENT_H_

#include <memory>
#include <string>

#include "base/result.h"
#include "doc/document.h"
#include "doc/record.h"

namespace hoidau {

// Heading words and roles as data.
class SegmentRules {
 public:
  struct Tables;

  // Reads the tables of `models_dir`/rules. kMissing where a file is not there, kModel (with file and line) where one
  // is wrong.
  static Result<SegmentRules> Load(const std::string& models_dir, const std::string& office_dir = {});

  const Tables& tables() const { return *tables_; }

 private:
  std::shared_ptr<const Tables> tables_;
};

Outline Segment(const DocumentText& document, const SegmentRules& rules);

}  // namespace hoidau

#endif  // HOIDAU_SEGMENT_SEGMENT_H_
