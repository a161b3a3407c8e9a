#include "ingest/reader.h"

#include <algorithm>
#include <cstddef>
#include <map>
#include <optional>
#include <string_view>
#include <utility>

#include "base/files.h"
#include "base/sha256.h"
#include "image/prepare.h"
#include "image/reading_order.h"
#include "ingest/pdf.h"
#include "text/tokenizer.h"
#include "text/unicode.h"

namespace hoidau {
namespace {

constexpr float kPointsPerInch = 72;
constexpr int kNominalDpi = 150;      // of the boxes of pages that nobody has scanned
constexpr float kScanCover = 0.6F;    // as in judge.cc: images over more than this make a scan
constexpr std::size_t kSniff = 1024;  // a PDF's header may stand behind some bytes of rubbish

// UTF-16 with a byte order mark as UTF-8; anything else unchanged.
std::string FromUtf16(std::string bytes, std::string* encoding) {
  const std::string_view in = bytes;
  const bool little = in.starts_with("\xff\xfe"), big = in.starts_with("\xfe\xff");
  if (!little && !big) return bytes;
  *encoding = little ? "utf-16le" : "utf-16be";
  const auto unit = [&](std::size_t at) -> char32_t {
    const auto low = static_cast<unsigned char>(in[at + (little ? 0 : 1)]);
    const auto high = static_cast<unsigned char>(in[at + (little ? 1 : 0)]);
    return static_cast<char32_t>(high << 8 | low);
  };
  std::string out;
  for (std::size_t at = 2; at + 1 < in.size(); at += 2) {
    char32_t c = unit(at);
    if (c >= 0xD800 && c < 0xDC00 && at + 3 < in.size()) {
      const char32_t low = unit(at + 2);
      if (low >= 0xDC00 && low < 0xE000) {
        c = 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00);
        at += 2;
      }
    }
    AppendUtf8(c >= 0xD800 && c < 0xE000 ? char32_t{0xFFFD} : c, out);
  }
  return out;
}

// Text has no bytes below blank but white space (and the odd escape); one NUL is enough to be no text.
bool LooksBinary(std::string_view bytes) {
  std::size_t control = 0;
  for (const char c : bytes.substr(0, 1 << 16)) {
    if (c == '\0') return true;
    control += static_cast<unsigned char>(c) < ' ' && c != '\n' && c != '\r' && c != '\t' && c != '\f' && c != '\v';
  }
  return control * 50 > std::min<std::size_t>(bytes.size(), 1 << 16);
}

std::string WithUnixLineEnds(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\r' || i + 1 == text.size() || text[i + 1] != '\n') out += text[i];
  }
  return out;
}

Page PlainPage(std::string_view text, int number) {
  Page page = PlainTextPage(std::string(text), number);
  page.reason = "text file";
  return page;
}

Box Scaled(const Box& box, float factor) {
  return {box.left * factor, box.top * factor, box.right * factor, box.bottom * factor};
}

// A line's typography is that of most of its letters.
LineStyle StyleOf(const LayoutLine& line, const std::vector<PdfWord>& words) {
  std::size_t letters = 0, bold = 0, italic = 0;
  float size = 0;
  for (const int w : line.words) {
    const std::size_t n = words[w].text.size();
    letters += n, bold += words[w].bold ? n : 0, italic += words[w].italic ? n : 0;
    size = std::max(size, words[w].size_pt);
  }
  return {.bold = 2 * bold > letters, .italic = 2 * italic > letters, .size_pt = size};
}

// The ruled tables of a page that was set, not scanned, in points: its words say nothing of cells.
std::vector<Table> DrawnTables(const PdfFile& pdf, int page, const PdfPage& read) {
  constexpr std::size_t kFewestWords = 8;  // of a table with a head and a row
  constexpr float kDrawnCover = 0.3F;      // images over more than this are no drawing
  if (read.image_cover > kDrawnCover || read.words.size() < kFewestWords) return {};
  const Result<Image> drawn = pdf.Raster(page, {.usual_dpi = kNominalDpi});
  if (!drawn) return {};
  std::vector<Table> tables = Prepare(*drawn, {.quarter_turns = 0,
                                               .flatten = false,
                                               .remove_ink = false,
                                               .deskew = false,
                                               .enlarge_below_dpi = 0,
                                               .find_frames = false,
                                               .find_grey_seals = false,
                                               .remove_underlines = false,
                                               .whiten = false})
                                  .tables;
  const float scale = kPointsPerInch / static_cast<float>(drawn->dpi());
  for (Table& table : tables) {
    table.box = Scaled(table.box, scale);
    for (Box& cell : table.cells) cell = Scaled(cell, scale);
  }
  return tables;
}

Page LayerPage(const PdfPage& pdf, const std::vector<Table>& tables, int number) {
  Page page;
  page.number = number;
  page.source = PageSource::kTextLayer;
  page.dpi = kNominalDpi;
  const float scale = kNominalDpi / kPointsPerInch;
  page.width = static_cast<int>(pdf.width_pt * scale + 0.5F);
  page.height = static_cast<int>(pdf.height_pt * scale + 0.5F);
  std::vector<Box> boxes;
  for (const PdfWord& word : pdf.words) boxes.push_back(word.box);
  for (const LayoutLine& layout : ReadingOrder(boxes, pdf.lines, tables)) {
    Line line{.raw_span = {}, .box = Scaled(layout.box, scale), .tokens = {}, .style = StyleOf(layout, pdf.words)};
    const std::size_t begin = page.raw.size();
    for (const int w : layout.words) {
      if (page.raw.size() > begin) page.raw += ' ';
      const std::size_t at = page.raw.size();
      page.raw += ToNfc(pdf.words[w].text);
      line.tokens.push_back(
          {.raw_span = MakeSpan(at, page.raw.size()), .box = Scaled(pdf.words[w].box, scale), .alternatives = {}});
    }
    line.raw_span = MakeSpan(begin, page.raw.size());
    line.cell = layout.cell;
    page.raw += '\n';
    page.lines.push_back(std::move(line));
  }
  page.marks = pdf.signatures;
  for (Mark& mark : page.marks) mark.box = Scaled(mark.box, scale);
  return page;
}

}  // namespace

struct DocumentReader::Impl {
  IngestOptions options;
  SourceFile source;
  std::vector<DigitalSignature> signatures;
  std::vector<Issue> issues;
  std::optional<PdfFile> pdf;
  std::string image;               // bytes of an image file
  std::vector<std::string> parts;  // pages of a text file, NFC

  Error At(int page, const Error& error) const {
    return {error.code, source.file + ": page " + std::to_string(page) + ": " + error.message};
  }
  // Of each page of a PDF, once it was read.
  std::map<int, bool> is_scan;

  Result<PdfPage> ReadPdfPage(int page) {
    Result<PdfPage> read = pdf->ReadPage(page);
    is_scan[page] = read && read->image_cover > kScanCover;
    return read;
  }
  void DecideKind();
  Status OpenPdf(std::string bytes);
  Status OpenImage(std::string bytes);
  Status OpenText(std::string bytes);
};

Status DocumentReader::Impl::OpenPdf(std::string bytes) {
  Result<PdfFile> opened = PdfFile::Open(std::move(bytes));
  if (!opened) return opened.error();
  pdf = std::move(*opened);
  source.pages = pdf->page_count();
  signatures = pdf->Signatures();
  source.text_origin = TextOrigin::kTextLayer;
  return Done{};
}

void DocumentReader::Impl::DecideKind() {
  int scans = 0;
  for (int page = 0; page < source.pages; ++page) {
    if (!is_scan.contains(page)) (void)ReadPdfPage(page);
    scans += is_scan[page];
  }
  source.kind = scans == 0              ? SourceKind::kDigitalPdf
                : scans == source.pages ? SourceKind::kScannedPdf
                                        : SourceKind::kMixedPdf;
}

Status DocumentReader::Impl::OpenImage(std::string bytes) {
  const Result<ImageInfo> info = ReadImageInfo(bytes);
  if (!info) return info.error();
  image = std::move(bytes);
  source.pages = info->pages;
  source.kind = SourceKind::kImage;
  source.text_origin = TextOrigin::kOcr;
  return Done{};
}

Status DocumentReader::Impl::OpenText(std::string bytes) {
  const std::string text = FromUtf16(std::move(bytes), &source.encoding);
  if (LooksBinary(text)) {
    return Error{ErrorCode::kBadInput, "is neither PDF, PNG, JPEG, TIFF nor text"};
  }
  if (!IsValidUtf8(text)) {
    issues.push_back({.stage = "ingest",
                      .page = 0,
                      .code = "invalid-utf8",
                      .message = "some bytes are no UTF-8 and became U+FFFD; save the file as UTF-8"});
  }
  std::string normal = ToNfc(WithUnixLineEnds(MakeValidUtf8(text)));
  std::string_view rest = normal;
  while (true) {
    const std::size_t feed = rest.find('\f');
    parts.emplace_back(rest.substr(0, feed));
    if (feed == std::string_view::npos) break;
    rest.remove_prefix(feed + 1);
  }
  source.pages = static_cast<int>(parts.size());
  source.kind = SourceKind::kText;
  source.text_origin = TextOrigin::kText;
  return Done{};
}

DocumentReader::DocumentReader(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
DocumentReader::DocumentReader(DocumentReader&&) noexcept = default;
DocumentReader& DocumentReader::operator=(DocumentReader&&) noexcept = default;
DocumentReader::~DocumentReader() = default;

Result<DocumentReader> DocumentReader::Open(const std::string& path, const IngestOptions& options) {
  Result<std::string> bytes = ReadFile(path, options.max_bytes);
  if (!bytes) return bytes.error();
  return FromBytes(std::move(*bytes), path, options);
}

Result<DocumentReader> DocumentReader::FromBytes(std::string bytes, const std::string& name,
                                                 const IngestOptions& options) {
  auto impl = std::make_unique<Impl>();
  impl->options = options;
  impl->source.file = name;
  impl->source.sha256 = Sha256Hex(bytes);
  if (bytes.empty()) return Error{ErrorCode::kBadInput, name + ": is empty; give a PDF, an image or a text"};
  const bool is_pdf = std::string_view(bytes).substr(0, kSniff).find("%PDF-") != std::string_view::npos;
  Status opened = is_pdf                                    ? impl->OpenPdf(std::move(bytes))
                  : SniffImage(bytes) != ImageFormat::kNone ? impl->OpenImage(std::move(bytes))
                                                            : impl->OpenText(std::move(bytes));
  if (!opened) return Error{opened.error().code, name + ": " + opened.error().message};
  if (impl->source.pages > options.max_pages) {
    return Error{ErrorCode::kResourceLimit, name + ": has " + std::to_string(impl->source.pages) +
                                                " pages, more than " + std::to_string(options.max_pages) +
                                                "; split it"};
  }
  return DocumentReader(std::move(impl));
}

int DocumentReader::page_count() const { return impl_->source.pages; }
const SourceFile& DocumentReader::source() const {
  if (impl_->pdf) impl_->DecideKind();
  return impl_->source;
}
const std::vector<DigitalSignature>& DocumentReader::signatures() const { return impl_->signatures; }
const std::vector<Issue>& DocumentReader::issues() const { return impl_->issues; }

Result<PageText> DocumentReader::TextLayer(int number) const {
  PageText out;
  if (!impl_->parts.empty()) {
    out.page = PlainPage(impl_->parts[static_cast<std::size_t>(number) - 1], number);
    out.verdict = {PageSource::kText, out.page.reason};
    return out;
  }
  if (!impl_->pdf) {
    out.page.number = number;
    out.verdict = JudgeTextLayer("", 1, impl_->options.mode);
    out.verdict.reason = impl_->options.mode == LayerMode::kOff ? "image; OCR is off" : "image";
  } else {
    const Result<PdfPage> pdf = impl_->ReadPdfPage(number - 1);
    if (!pdf) return impl_->At(number, pdf.error());
    out.page = LayerPage(*pdf, DrawnTables(*impl_->pdf, number - 1, *pdf), number);
    out.verdict = JudgeTextLayer(out.page.raw, pdf->image_cover, impl_->options.mode);
  }
  out.page.reason = out.verdict.reason;
  return out;
}

Result<Image> DocumentReader::Raster(int number) const {
  if (!impl_->parts.empty()) {
    return Error{ErrorCode::kUnsupported, impl_->source.file + ": is a text; it has no page images"};
  }
  Result<Image> image = impl_->pdf ? impl_->pdf->Raster(number - 1, {.max_pixels = impl_->options.max_pixels})
                                   : DecodeImage(impl_->image, number - 1, impl_->options.max_pixels);
  if (!image) return impl_->At(number, image.error());
  return image;
}

}  // namespace hoidau
