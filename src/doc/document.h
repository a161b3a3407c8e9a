// The document as it was read: pages, lines and tokens with their places, before and after recovery. Stages meet in
// these types and in doc/record.h; none of them includes another.
//
//   Page page;                       // filled by ingest or ocr
//   page.raw = "Ke hoach\n";         // never changed afterwards
//   page.lines = {{.raw_span = {0, 8}, .box = {}, .tokens = {{.raw_span = {0, 2}}, {.raw_span = {3, 8}}}}};
//   RecoveredPage after;             // filled by repair: after.layer.text() == "Kế hoạch\n"
//
// Invariants (property-tested): lines are sorted, disjoint and inside raw; tokens are sorted, disjoint and inside
// their line; what lies between is white space. Thread safety: plain values.
#ifndef HOIDAU_DOC_DOCUMENT_H_
#define HOIDAU_DOC_DOCUMENT_H_

#include <optional>
#include <string>
#include <vector>

#include "base/span.h"
#include "text/text_layer.h"

namespace hoidau {

// Pixels of the page image, origin top-left; all zero where there is no image.
struct Box {
  float left = 0, top = 0, right = 0, bottom = 0;
  bool empty() const { return right <= left || bottom <= top; }
  friend bool operator==(const Box&, const Box&) = default;
};

struct Candidate {
  std::string text;
  float confidence = 0;  // probability in [0, 1]
};

// One run without white space as the source gave it. Spans are bytes of Page::raw.
struct Token {
  ByteSpan raw_span;
  Box box;
  float confidence = 1;                 // of the source, in [0, 1]; 1 for plain text
  std::vector<Candidate> alternatives;  // other readings of the source, best first
};

// Typography where the source knows it.
struct LineStyle {
  bool bold = false;
  bool italic = false;
  float size_pt = 0;  // 0: unknown
};

// A cell of a ruled table. All count from 0: tables on their page, rows and columns by the rules; a cell merged over
// several rows or columns stands at its first.
struct CellPlace {
  int table = 0;
  int row = 0, column = 0;
  bool operator==(const CellPlace&) const = default;
};

struct Line {
  ByteSpan raw_span;  // without its line end
  Box box;
  std::vector<Token> tokens;
  LineStyle style;
  std::optional<CellPlace> cell;  // that it stands in, where the rules were seen
};

enum class MarkKind { kSeal, kIncomingStamp, kSignature, kHandwriting };

// What stands on the page and is no print.
struct Mark {
  MarkKind kind = MarkKind::kSeal;
  Box box;
  std::optional<std::string> text, number, date;
};

enum class PageSource { kText, kTextLayer, kOcr, kBoth };

struct Page {
  int number = 1;
  PageSource source = PageSource::kText;
  std::string reason;                  // why this source was taken, for people
  int width = 0, height = 0, dpi = 0;  // of the page image upright, pixels; 0: none
  int quarter_turns = 0;               // clockwise, that bring the page of the file upright
  std::string raw;                     // UTF-8, lines ended by \n
  std::vector<Line> lines;
  std::vector<Mark> marks;
};

// Something that went wrong or is doubtful and did not stop the run.
struct Issue {
  std::string stage;  // "ingest", "ocr", "repair", "segment", "extract", "emit"
  int page = 0;       // 0: the whole document
  std::string code;   // kebab-case, stable: "low-confidence", "empty-page"
  std::string message;
};

enum class SourceKind { kScannedPdf, kDigitalPdf, kMixedPdf, kImage, kText };
enum class TextOrigin { kOcr, kTextLayer, kCombined, kText };

struct SourceFile {
  std::string file;    // the path as given
  std::string sha256;  // of the bytes
  int pages = 0;
  SourceKind kind = SourceKind::kText;
  TextOrigin text_origin = TextOrigin::kText;
  std::string encoding = "utf-8";
};

struct DigitalSignature {
  std::string signer;
  std::optional<std::string> email, time;  // time: ISO 8601 with offset
};

struct Document {
  SourceFile source;
  std::vector<Page> pages;
  std::vector<DigitalSignature> digital_signatures;
  std::vector<Issue> issues;
};

// One token after recovery. raw_span in Page::raw; text_span in the recovered text of the page. A joined token covers
// several raw tokens; a dropped one (noise) has an empty text_span.
struct RecoveredToken {
  ByteSpan raw_span;
  ByteSpan text_span;
  float confidence = 1;                 // calibrated, of the whole token
  std::vector<Candidate> alternatives;  // other readings, best first, without the chosen one
  Box box;
  bool unsure = false;  // a person should look
  std::string reason;   // why it reads as it does: channel, model, document; filled on request
};

struct RecoveredLine {
  ByteSpan text_span;
  Box box;
  LineStyle style;
  std::vector<RecoveredToken> tokens;
};

struct RecoveredPage {
  TextLayer layer;  // from Page::raw to the recovered text
  std::vector<RecoveredLine> lines;
};

// What recovery made of a Document; pages run parallel.
struct RecoveredDocument {
  std::vector<RecoveredPage> pages;
  std::vector<Issue> issues;
};

// The recovered text of the whole document, as structure and extraction read it: pages joined by form feeds.
struct DocumentText {
  std::string text;  // UTF-8 NFC
  struct TextLine {
    ByteSpan span;  // without its line end
    int page = 1;
    Box box;  // empty for plain text
    LineStyle style;
    std::optional<CellPlace> cell;
  };
  std::vector<TextLine> lines;       // every line, blank ones too
  std::vector<ByteSpan> page_spans;  // one a page, without the form feeds
};

// A page of plain text: a line for each line of `raw`, a token for each run without white space.
// REQUIRES: raw is valid UTF-8.
Page PlainTextPage(std::string raw, int number);

// Joins recovered pages. REQUIRES: a recovered page for each page.
DocumentText JoinPages(const Document& document, const RecoveredDocument& recovered);
// The same for text that needs no recovery; a form feed begins a page.
DocumentText FromPlainText(std::string_view text);

}  // namespace hoidau

#endif  // HOIDAU_DOC_DOCUMENT_H_
