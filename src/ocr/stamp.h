// Incoming stamps: what the office that received a document stamped on it, "CÔNG VĂN ĐẾN / Số: 214 / Ngày: 06/3/2026".
// Their number and date are not the document's own.
//
//   StampReading r = ReadStamp(lines);  // the recognised lines of the stamp alone
//   r.incoming;                         // true
//   r.number;                           // "214", only where it was read with confidence
//   r.date;                             // "2026-03-06"
//
// Thread safety: pure. Limits: numbers by pen are mostly not read; they stay null.
#ifndef HOIDAU_OCR_STAMP_H_
#define HOIDAU_OCR_STAMP_H_

#include <optional>
#include <string>
#include <vector>

#include "ocr/engine.h"

namespace hoidau {

struct StampReading {
  bool incoming = false;
  std::optional<std::string> text, number, date;  // date: ISO 8601
};
StampReading ReadStamp(const std::vector<OcrLine>& lines);

}  // namespace hoidau

#endif  // HOIDAU_OCR_STAMP_H_
