// The one adapter to PDF: text with places and fonts, page images, signatures. Poppler stands behind it (GPL) and is
// named nowhere else.
//
//   Result<PdfFile> pdf = PdfFile::Open(bytes);
//   pdf->page_count();
//   Result<PdfPage> page = pdf->ReadPage(0);       // words in points, images' cover
//   Result<Image> scan = pdf->Raster(0, {});       // at the scan's own resolution
//
// Thread safety: one PdfFile, one thread; several files in several threads. Limits: no password; no JavaScript, no
// attachments; signatures are read, their certificates are not checked.
#ifndef HOIDAU_INGEST_PDF_H_
#define HOIDAU_INGEST_PDF_H_

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "doc/document.h"
#include "image/image.h"

namespace hoidau {

struct PdfWord {
  std::string text;  // UTF-8 as in the file
  Box box;           // points, origin top-left
  float size_pt = 0;
  bool bold = false, italic = false;
};

struct PdfPage {
  float width_pt = 0, height_pt = 0;
  std::vector<PdfWord> words;
  std::vector<std::vector<int>> lines;  // words that Poppler puts on one line
  float image_cover = 0;                // share of the page under images, in [0, 1]
  // What signatures show on the page, boxes in points. `text` has their words that stand on no printed line ("Ký bởi …,
  // 10:47:25 +07:00"); the others, a number filled in, are in `words`.
  std::vector<Mark> signatures;
};

struct RasterOptions {
  int least_dpi = 150, most_dpi = 400, usual_dpi = 300;  // usual: where the page is no single scan
  std::int64_t max_pixels = 100'000'000;
};

class PdfFile {
 public:
  // Takes the bytes. kEncrypted, kBadInput.
  static Result<PdfFile> Open(std::string bytes);
  PdfFile(PdfFile&&) noexcept;
  PdfFile& operator=(PdfFile&&) noexcept;
  ~PdfFile();

  int page_count() const;
  Result<PdfPage> ReadPage(int page) const;
  // The embedded image itself where one picture covers the page, else the page drawn. kResourceLimit, kBadInput.
  Result<Image> Raster(int page, const RasterOptions& options) const;
  std::vector<DigitalSignature> Signatures() const;

 private:
  struct Impl;
  explicit PdfFile(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace hoidau

#endif  // HOIDAU_INGEST_PDF_H_
