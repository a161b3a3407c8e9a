// The image of a page read: prepared, recognised, and where its direction cannot be told beforehand, tried.
//
//   Result<OcrPage> read = ReadImagePage(*engine, image, 3);
//   read->page.quarter_turns;    // 1: the scan lay on its left side
//
// Thread safety: as the engine's. Limits: a page is turned only where that makes it much more believable; one with next
// to no text stays as it is.
#ifndef HOIDAU_PIPELINE_READ_IMAGE_PAGE_H_
#define HOIDAU_PIPELINE_READ_IMAGE_PAGE_H_

#include "base/result.h"
#include "image/image.h"
#include "image/prepare.h"
#include "ocr/engine.h"
#include "ocr/read_page.h"

namespace hoidau {

// An engine's error comes back as it is.
Result<OcrPage> ReadImagePage(OcrEngine& engine, const Image& image, int page_number,
                              const PrepareOptions& prepare = {}, const ReadPageOptions& read = {});

// Adds what a page's own layer says is on it (signatures) to what was seen on its image.
void AddLayerMarks(const Page& layer, Page& page);

}  // namespace hoidau

#endif  // HOIDAU_PIPELINE_READ_IMAGE_PAGE_H_
