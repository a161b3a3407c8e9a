// The recovered text with its places as hOCR 1.2: XHTML that other tools for scans read.
//
//   WriteFileAtomic("plan.hocr", ToHocr(record));
//   … <span class="ocrx_word" id="word_1_1_1" title="bbox 120 90 214 131; x_wconf 97">Kế</span> …
//
// Thread safety: pure. Limits: words that have no place (of text files) have no bbox.
#ifndef HOIDAU_EMIT_HOCR_H_
#define HOIDAU_EMIT_HOCR_H_

#include <string>

#include "doc/record.h"

namespace hoidau {

// Boxes in whole pixels of the page image, confidences in percent.
std::string ToHocr(const Record& record);

}  // namespace hoidau

#endif  // HOIDAU_EMIT_HOCR_H_
