// Blanks that are filled in by pen: number and day of the head. Print models read handwriting as rubbish ("Số: @#/CT",
// "ngày 80 tháng 3"); a blank keeps what can be a number or a day, and is left blank otherwise.
//
//   std::vector<OcrWord> line = …;             // "Số:", "@#", "/CT-UBND"
//   std::vector<Box> unread = ClearBlanks(line);  // the box of "@#"; line is "Số:", "/CT-UBND"
//
// Thread safety: pure. Limits: lines "Số: … /…" and "…, ngày … tháng … năm …" only.
#ifndef HOIDAU_OCR_BLANKS_H_
#define HOIDAU_OCR_BLANKS_H_

#include <vector>

#include "ocr/engine.h"

namespace hoidau {

// Returns the places of what was taken out. `line` is in reading order.
std::vector<Box> ClearBlanks(std::vector<OcrWord>& line);

}  // namespace hoidau

#endif  // HOIDAU_OCR_BLANKS_H_
