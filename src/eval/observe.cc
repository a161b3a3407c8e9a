#include "eval/observe.h"

#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>

#include "base/files.h"
#include "base/sha256.h"
#include "image/prepare.h"
#include "ingest/reader.h"
#include "ocr/read_page.h"
#include "ocr/tesseract.h"
#include "text/unicode.h"

namespace hoidau {
namespace {

using Json = nlohmann::ordered_json;

Json BoxToJson(const Box& box) { return {box.left, box.top, box.right, box.bottom}; }
Box BoxFromJson(const Json& json) {
  return {json.at(0).get<float>(), json.at(1).get<float>(), json.at(2).get<float>(), json.at(3).get<float>()};
}
Json SpanToJson(ByteSpan span) { return {span.begin, span.end}; }
ByteSpan SpanFromJson(const Json& json, ByteSpan inside) {
  const ByteSpan span{json.at(0).get<std::uint32_t>(), json.at(1).get<std::uint32_t>()};
  if (span.begin > span.end || !inside.Contains(span)) throw std::out_of_range("a span leaves its line");
  return span;
}

PrepareResult AsItIs(Image image) {
  PrepareResult out;
  out.page_width = image.width();
  out.page_height = image.height();
  out.image = std::move(image);
  return out;
}

Result<Page> ReadScannedPage(Image image, int number, const ScanOptions& options, const std::string& cache_dir,
                             std::unique_ptr<OcrEngine>& engine) {
  // Bump the number when what is kept, or how a page is prepared or ordered, changes.
  const std::string settings =
      "page/1 " + TesseractVersion() + " " + options.language + (options.prepare ? " prepared " : " bare ");
  const std::string kept =
      cache_dir.empty()
          ? ""
          : (std::filesystem::path(cache_dir) / (Sha256Hex(settings + image.Sha256()) + ".json")).string();
  if (!kept.empty() && std::filesystem::exists(kept)) {
    if (const Result<std::string> json = ReadFile(kept)) {
      if (Result<Page> page = PageFromJson(*json)) {
        page->number = number;
        return page;
      }
    }
  }
  if (engine == nullptr) {
    Result<std::unique_ptr<OcrEngine>> opened = OpenTesseract({.language = options.language, .data_dir = {}});
    if (!opened) return opened.error();
    engine = std::move(*opened);
  }
  const PrepareResult prepared = options.prepare ? Prepare(image, {}) : AsItIs(std::move(image));
  Result<OcrPage> read = ReadPage(*engine, prepared, number, {.drop_noise = options.prepare});
  if (!read) return read.error();
  if (!kept.empty()) {
    std::error_code ignored;
    std::filesystem::create_directories(cache_dir, ignored);
    if (Status written = WriteFileAtomic(kept, PageToJson(read->page)); !written) return written.error();
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
  const Result<DocumentReader> reader = DocumentReader::Open(path, {.mode = LayerMode::kForce});
  if (!reader) return reader.error();
  Document out;
  out.source = reader->source();
  out.source.text_origin = TextOrigin::kOcr;
  std::unique_ptr<OcrEngine> engine;
  for (int number = 1; number <= reader->page_count(); ++number) {
    Result<Image> image = reader->Raster(number);
    if (!image) return image.error();
    Result<Page> page = ReadScannedPage(std::move(*image), number, options, cache_dir, engine);
    if (!page) return page.error();
    out.pages.push_back(std::move(*page));
  }
  return out;
}

std::string PageToJson(const Page& page) {
  Json lines = Json::array();
  for (const Line& line : page.lines) {
    Json tokens = Json::array();
    for (const Token& token : line.tokens) {
      Json alternatives = Json::array();
      for (const Candidate& c : token.alternatives) alternatives.push_back({c.text, c.confidence});
      tokens.push_back({SpanToJson(token.raw_span), BoxToJson(token.box), token.confidence, alternatives});
    }
    lines.push_back({{"span", SpanToJson(line.raw_span)},
                     {"box", BoxToJson(line.box)},
                     {"style", {line.style.bold, line.style.italic, line.style.size_pt}},
                     {"tokens", tokens}});
  }
  const Json out = {
      {"width", page.width}, {"height", page.height}, {"dpi", page.dpi}, {"raw", page.raw}, {"lines", lines}};
  return out.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

Result<Page> PageFromJson(std::string_view text) {
  try {
    const Json json = Json::parse(text);
    Page page{.source = PageSource::kOcr, .reason = "recognised"};
    page.width = json.at("width").get<int>();
    page.height = json.at("height").get<int>();
    page.dpi = json.at("dpi").get<int>();
    page.raw = json.at("raw").get<std::string>();
    const ByteSpan whole = MakeSpan(0, page.raw.size());
    for (const Json& line : json.at("lines")) {
      Line& to = page.lines.emplace_back();
      to.raw_span = SpanFromJson(line.at("span"), whole);
      to.box = BoxFromJson(line.at("box"));
      const Json& style = line.at("style");
      to.style = {
          .bold = style.at(0).get<bool>(), .italic = style.at(1).get<bool>(), .size_pt = style.at(2).get<float>()};
      for (const Json& token : line.at("tokens")) {
        Token& to_token = to.tokens.emplace_back();
        to_token.raw_span = SpanFromJson(token.at(0), to.raw_span);
        to_token.box = BoxFromJson(token.at(1));
        to_token.confidence = token.at(2).get<float>();
        for (const Json& c : token.at(3))
          to_token.alternatives.push_back({c.at(0).get<std::string>(), c.at(1).get<float>()});
      }
    }
    return page;
  } catch (const std::exception& e) {
    return Error{ErrorCode::kBadInput, std::string("page: ") + e.what()};
  }
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
