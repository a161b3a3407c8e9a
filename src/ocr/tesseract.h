// Tesseract as an OcrEngine.
//
//   Result<std::unique_ptr<OcrEngine>> engine = OpenTesseract({});   // the model "vie"
//   if (!engine) …                                                   // kMissing: apt install tesseract-ocr-vie
//   (*engine)->Recognize(image, OcrScope::kPage);
//
// Thread safety: one engine a thread; opening is safe from several threads. Limits: one core a page: Tesseract's own
// threads cost more than they bring, and it starts none unless the user has set OMP_THREAD_LIMIT.
#ifndef HOIDAU_OCR_TESSERACT_H_
#define HOIDAU_OCR_TESSERACT_H_

#include <memory>
#include <string>

#include "ocr/engine.h"

namespace hoidau {

struct TesseractOptions {
  std::string language = "vie";
  std::string data_dir;        // folder of *.traineddata; empty: TESSDATA_PREFIX or the system's
  int time_limit_ms = 60'000;  // of work (processor time) on a page; 0: none
  bool alternatives = true;    // other readings of each word
};

// kMissing: no such language data, with the package that has it.
Result<std::unique_ptr<OcrEngine>> OpenTesseract(const TesseractOptions& options);

// "5.3.0"
std::string TesseractVersion();

}  // namespace hoidau

#endif  // HOIDAU_OCR_TESSERACT_H_
