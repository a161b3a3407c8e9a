// A document as Markdown (CommonMark with tables): printed lines joined into paragraphs, sections as headings, bullets,
// tables.
//
//   WriteFileAtomic("plan.md", ToMarkdown(text, outline));
//
//   # KẾ HOẠCH
//
//   **Phòng, chống thiên tai năm 2026**
//
//   ## I. TỔ CHỨC THỰC HIỆN
//   …
//
// Thread safety: pure. Limits: page numbers and running heads are left out; lines that belong to no block are
// paragraphs.
#ifndef HOIDAU_EMIT_MARKDOWN_H_
#define HOIDAU_EMIT_MARKDOWN_H_

#include <string>

#include "doc/record.h"

namespace hoidau {

// `outline` is of `text`.
std::string ToMarkdown(const DocumentText& text, const Outline& outline);

}  // namespace hoidau

#endif  // HOIDAU_EMIT_MARKDOWN_H_
