// The outline as the gold record has it: what structure analysis would have to give. Puts gold into extraction, to tell
// its errors from those of structure.
//
//   Outline read = Segment(text, rules);
//   Result<Outline> right = GoldOutline(read, gold_json);   // sections, titles and roles of the gold record
//
// Thread safety: pure. Limits: head, title, tail and the borders of paragraphs stay as they were read; a section whose
// heading is not found has no text.
#ifndef HOIDAU_EVAL_GOLD_OUTLINE_H_
#define HOIDAU_EVAL_GOLD_OUTLINE_H_

#include <string_view>

#include "base/result.h"
#include "doc/record.h"

namespace hoidau {

Result<Outline> GoldOutline(const Outline& read, std::string_view gold_json);

}  // namespace hoidau

#endif  // HOIDAU_EVAL_GOLD_OUTLINE_H_
