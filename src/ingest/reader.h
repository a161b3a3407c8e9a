// DocumentReader: any input file as pages. The kind is told by content, never by name: PDF, PNG, JPEG, TIFF, text.
//
//   Result<DocumentReader> reader = DocumentReader::Open("plan.pdf", {});
//   for (int page = 1; page <= reader->page_count(); ++page) {
//     Result<PageText> layer = reader->TextLayer(page);      // layer->verdict says whether to believe it
//     if (layer->verdict.use == PageSource::kOcr) Result<Image> image = reader->Raster(page);
//   }
//
// Thread safety: one reader, one thread; open one for each. Limits: see IngestOptions; nothing is decoded that is above
// them. Text: UTF-8 (NFC or NFD) or UTF-16 with a byte order mark; a form feed begins a page; line n stays line n.
#ifndef HOIDAU_INGEST_READER_H_
#define HOIDAU_INGEST_READER_H_

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "doc/document.h"
#include "image/image.h"
#include "ingest/judge.h"

namespace hoidau {

struct IngestOptions {
  LayerMode mode = LayerMode::kAuto;
  std::uint64_t max_bytes = std::uint64_t{1} << 30;
  int max_pages = 2000;
  std::int64_t max_pixels = 100'000'000;  // of one page image: A3 at 600 dpi has 70 million
};

// What a page gives without recognition.
struct PageText {
  Page page;  // raw, lines, tokens; empty where there is no text layer. Boxes in pixels of the raster
  TextLayerVerdict verdict;
};

class DocumentReader {
 public:
  // "-" is standard input. kNotFound, kIo (also a directory), kBadInput, kEncrypted, kUnsupported, kResourceLimit; the
  // message is one line that begins with the file.
  static Result<DocumentReader> Open(const std::string& path, const IngestOptions& options);
  // The same from memory; `name` is for messages and the record.
  static Result<DocumentReader> FromBytes(std::string bytes, const std::string& name, const IngestOptions& options);
  DocumentReader(DocumentReader&&) noexcept;
  DocumentReader& operator=(DocumentReader&&) noexcept;
  ~DocumentReader();

  int page_count() const;
  // `kind` of a PDF is by its pages' images; those that were not read yet are looked at now. text_origin is kText or
  // kTextLayer: the caller knows better after OCR.
  // kTextLayer: the caller knows better after OCR.
  const SourceFile& source() const;
  const std::vector<DigitalSignature>& signatures() const;
  // What was odd about the file as a whole.
  const std::vector<Issue>& issues() const;

  // REQUIRES: 1 <= page <= page_count(), for both. Errors name file and page.
  Result<PageText> TextLayer(int page) const;
  // kUnsupported for text files.
  Result<Image> Raster(int page) const;

 private:
  struct Impl;
  explicit DocumentReader(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace hoidau

#endif  // HOIDAU_INGEST_READER_H_
