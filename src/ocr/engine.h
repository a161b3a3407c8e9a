// OcrEngine: what an engine has to give, and nothing of what is made of it. Tesseract is one (ocr/tesseract.h); tests
// plug in others that fail, crawl or return rubbish.
//
// Thread safety: one engine, one thread. Limits: words and lines only; order and paragraphs are ours.
#ifndef HOIDAU_OCR_ENGINE_H_
#define HOIDAU_OCR_ENGINE_H_

#include <string>
#include <vector>

#include "base/result.h"
#include "doc/document.h"
#include "image/image.h"

namespace hoidau {

struct OcrWord {
  std::string text;                     // as the engine gave it; ReadPage checks it
  Box box;                              // pixels of the image given
  float confidence = 0;                 // in [0, 1]
  std::vector<Candidate> alternatives;  // other readings of the word, best first
};

struct OcrLine {
  std::vector<OcrWord> words;
  bool bold = false, italic = false;
  float size_pt = 0;  // 0: unknown
};

// What the image shows: a whole page, lines one below the other (a stamp), or one line and nothing else.
enum class OcrScope { kPage, kBlock, kLine };

class OcrEngine {
 public:
  virtual ~OcrEngine() = default;
  // Name and model for the record, e.g. "Tesseract 5.3.0 (vie)".
  virtual std::string name() const = 0;
  // The lines in any order; none where nothing is printed. kResourceLimit: over its time.
  virtual Result<std::vector<OcrLine>> Recognize(const Image& image, OcrScope scope) = 0;
};

}  // namespace hoidau

#endif  // HOIDAU_OCR_ENGINE_H_
