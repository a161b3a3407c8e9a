#include "eval/observe.h"

#include <filesystem>
#include <memory>

#include "base/files.h"
#include "base/sha256.h"
#include "doc/page_json.h"
#include "image/prepare.h"
#include "ingest/reader.h"
#include "ocr/read_page.h"
#include "ocr/tesseract.h"
#include "text/unicode.h"

namespace hoidau {
namespace {

PrepareResult AsItIs(Image image) {
  PrepareResult out;
  out.page_width = image.width();
  out.page_height = image.height();
  out.page_dpi = image.dpi();
  out.image = std::move(image);
  return out;
}

Result<Page> ReadScannedPage(Image image, int number, const ScanOptions& options, const std::string& cache_dir,
                             std::unique_ptr<OcrEngine>& engine) {
  const std::string settings =
      HOIDAU_PAGE_CODE " " + TesseractVersion() + " " + options.language + (options.prepare ? " prepared " : " bare ");
  const std::string kept =
      cache_dir.empty()
          ? ""
          : (std::filesystem::path(cache_dir) / (Sha256Hex(settings + image.Sha256()) + ".json")).string();
  if (!kept.empty() && std::filesystem::exists(kept)) {
    if (const Result<std::string> json = ReadFile(kept)) {
      if (Result<PageReading> reading = PageReadingFromJson(*json)) {
        reading->page.number = number;
        return std::move(reading->page);
      }
    }
  }
  if (engine == nullptr) {
    Result<std::unique_ptr<OcrEngine>> opened = OpenTesseract({.language = options.language, .data_dir = {}});
    if (!opened) return opened.error();
    engine = std::move(*opened);
  }
  const PrepareResult prepared = options.prepare ? Prepare(image, {}) : AsItIs(std::move(image));
  const ReadPageOptions bare{
      .drop_noise = false, .reread = false, .read_rest = false, .check_shapes = false, .clear_blanks = false};
  Result<OcrPage> read = ReadPage(*engine, prepared, number, options.prepare ? ReadPageOptions() : bare);
  if (!read) return read.error();
  if (!kept.empty()) {
    std::error_code ignored;
    std::filesystem::create_directories(cache_dir, ignored);
    if (Status written = WriteFileAtomic(kept, PageReadingToJson({.page = read->page, .issues = read->issues}));
        !written)
      return written.error();
  }
  return std::move(read->page);
}

}  // namespace

Document ObserveText(std::string_view text) {
  Document out;
  const Result<DocumentReader> reader = DocumentReader::FromBytes(std::string(text), "text", {});
  if (!reader) return out;  // empty, or no text
  out.source = reader->source();
  for (int number = 1; number <= reader->page_count(); ++number) {
    if (Result<PageText> page = reader->TextLayer(number)) out.pages.push_back(std::move(page->page));
  }
  return out;
}

Result<Document> ObserveScan(const std::string& path, const ScanOptions& options, const std::string& cache_dir) {
  const Result<DocumentReader> reader =
      DocumentReader::Open(path, {.mode = options.layer ? LayerMode::kOff : LayerMode::kForce});
  if (!reader) return reader.error();
  Document out;
  out.source = reader->source();
  out.source.text_origin = options.layer ? TextOrigin::kTextLayer : TextOrigin::kOcr;
  std::unique_ptr<OcrEngine> engine;
  for (int number = 1; number <= reader->page_count(); ++number) {
    if (options.layer) {
      Result<PageText> layer = reader->TextLayer(number);
      if (!layer) return layer.error();
      out.pages.push_back(std::move(layer->page));
      continue;
    }
    Result<Image> image = reader->Raster(number);
    if (!image) return image.error();
    Result<Page> page = ReadScannedPage(std::move(*image), number, options, cache_dir, engine);
    if (!page) return page.error();
    out.pages.push_back(std::move(*page));
  }
  return out;
}

RecoveredDocument Unrecovered(const Document& document) {
  RecoveredDocument out;
  for (const Page& page : document.pages) {
    RecoveredPage& to = out.pages.emplace_back();
    to.layer = *TextLayer::Apply(page.raw, {});
    for (const Line& line : page.lines) {
      to.lines.push_back({.text_span = line.raw_span, .box = line.box, .style = line.style, .tokens = {}});
    }
  }
  return out;
}

std::string RawText(const Document& document) {
  std::string out;
  for (const Page& page : document.pages) out += (&page == &document.pages.front() ? "" : "\f") + page.raw;
  return out;
}

std::string RecoveredText(const RecoveredDocument& recovered) {
  std::string out;
  for (const RecoveredPage& page : recovered.pages)
    out += (&page == &recovered.pages.front() ? "" : "\f") + page.layer.text();
  return out;
}

}  // namespace hoidau
