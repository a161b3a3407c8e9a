// A page image read: engine, reading order and the checks that make a Page of whatever the engine returned.
//
//   Result<OcrPage> page = ReadPage(*engine, Prepare(image, {}), 3, {});
//   page->page.raw;      // "ỦY BAN NHÂN DÂN\n…"
//   page->issues;        // "empty-page", "invalid-utf8", "dropped-noise", "unread-handwriting"
//
// Thread safety: as the engine's. Limits: nothing of the engine is trusted: bad UTF-8 becomes U+FFFD, empty words go,
// boxes are clamped to the page, confidences to [0, 1].
#ifndef HOIDAU_OCR_READ_PAGE_H_
#define HOIDAU_OCR_READ_PAGE_H_

#include <vector>

#include "base/result.h"
#include "doc/document.h"
#include "image/prepare.h"
#include "ocr/engine.h"

namespace hoidau {

struct OcrPage {
  Page page;  // boxes and marks in pixels of the page before preparation
  std::vector<Issue> issues;
};

struct ReadPageOptions {
  bool drop_noise = true;    // words and lines that are surely no text: specks, strokes, seal debris
  bool reread = true;        // places that the engine read twice over or hardly believes
  bool read_rest = true;     // print that it passed by: page numbers, figures in cells, names below a seal
  bool check_shapes = true;  // strokes of I, II, III and blanks between letters and figures, counted on the page
  bool clear_blanks = true;  // handwriting in the blanks of the head that was read as rubbish
};

// An engine's error comes back as it is.
Result<OcrPage> ReadPage(OcrEngine& engine, const PrepareResult& prepared, int page_number,
                         const ReadPageOptions& options);

}  // namespace hoidau

#endif  // HOIDAU_OCR_READ_PAGE_H_
