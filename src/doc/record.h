// The record: what hoidau says about one document, schema hoidau-document/1. In memory spans are bytes of
// Record::text; the JSON form has code points (doc/record_json.h).
//
//   Record r;
//   r.text = "Kế hoạch\n";
//   r.metadata.type = "Kế hoạch";
//   r.evidence["/metadata/type"] = {.span = {0, 11}, .confidence = 0.99, .rule = "head.type"};
//
// A value that the document does not give is std::nullopt; nothing is guessed. Dates are ISO 8601.
// Thread safety: plain values.
#ifndef HOIDAU_DOC_RECORD_H_
#define HOIDAU_DOC_RECORD_H_

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/span.h"
#include "doc/document.h"

namespace hoidau {

using OptionalString = std::optional<std::string>;

// One date or time expression. `kind`: day month quarter year range before after annual recurring duration relative.
struct DateValue {
  std::string text;
  std::string kind;
  OptionalString value;  // "2025-10-09", "2025-10-09/2025-10-11", "../2025-10-14", "--10-01", an RRULE, "P90D"
  OptionalString start, end;
  OptionalString part_of_day;  // morning afternoon evening
  OptionalString part;         // start mid end
  OptionalString time;         // "08:00"
  OptionalString calendar;     // lunar
  bool incomplete = false;     // blanks for the pen
  bool resolved = false;       // worked out from another date
  bool in_name = false;        // belongs to the name of an event or a law
  ByteSpan span;
};

struct Place {
  OptionalString name, province, code;
};

struct Issuer {
  OptionalString name, parent;
  Place place;
};

struct Signature {
  OptionalString authority, on_behalf, position, name;
};

struct Metadata {
  Issuer issuer;
  OptionalString number, symbol, type, type_code, place;
  std::optional<DateValue> date;
  OptionalString signed_on, subject;
  std::vector<std::string> addressees, recipients;
  Signature signature;
  std::vector<DigitalSignature> digital_signatures;
};

struct Reference {
  OptionalString type, symbol, title, date, issuer;
  std::vector<ByteSpan> mentions;
};

struct Section {
  std::string id, label;
  OptionalString title;
  std::string role;
  int level = 1;
  ByteSpan span;
  std::vector<Section> children;
};

struct Assignee {
  std::string unit;  // id in units
  std::string name;
  std::string role;  // lead coordinate
};

struct Task {
  std::string id;
  OptionalString section;
  std::string kind;  // assigned activity
  std::vector<Assignee> assignees;
  bool requested = false;
  std::string action;
  std::optional<DateValue> when;
  OptionalString when_from;  // own heading schedule
  OptionalString due;
  std::vector<std::string> report_to;
  ByteSpan span;
  double confidence = 0;
};

struct Event {
  std::string id, title;
  std::optional<DateValue> when;
  OptionalString where, section, part_of;
  ByteSpan span;
};

struct Unit {
  std::string id, name;
  bool collective = false;
  std::vector<std::string> roles;  // issue issue_cited lead coordinate receive
  std::vector<ByteSpan> mentions;
};

struct Quantity {
  std::string text;
  double value = 0;
  std::string bound;  // min max exact approx
  std::string of;
  ByteSpan span;
};

struct Evidence {
  std::optional<ByteSpan> span;
  double confidence = 0;
  std::string rule;
  bool inferred = false;
};

// The record's view of a page: what the provenance layer says, flattened for readers.
struct RecordToken {
  ByteSpan span;
  std::string observed, text;
  float confidence = 1;
  Box box;
  std::vector<Candidate> alternatives;
  bool unsure = false;
};

struct RecordLine {
  ByteSpan span;
  Box box;
  std::vector<RecordToken> tokens;
};

struct RecordPage {
  int number = 1;
  int width = 0, height = 0;  // 0: null
  int quarter_turns = 0;      // clockwise, that bring the page of the file upright; boxes are those of the upright page
  PageSource source = PageSource::kText;
  std::string reason;
  std::vector<Mark> marks;
  std::vector<RecordLine> lines;
};

struct Record {
  SourceFile source;
  Metadata metadata;
  std::vector<Reference> references;
  std::vector<Section> sections;
  std::vector<Task> tasks;
  std::vector<Event> events;
  std::vector<DateValue> dates;
  std::vector<Unit> units;
  std::vector<Quantity> quantities;
  std::string text;
  std::vector<RecordPage> pages;
  std::vector<Issue> issues;
  std::map<std::string, Evidence> evidence;  // by JSON Pointer
};

// The pages of a record: lines and tokens with their places in `text`, which JoinPages made of the same two.
std::vector<RecordPage> RecordPages(const Document& document, const RecoveredDocument& recovered,
                                    const DocumentText& text);

// --- What `segment` gives to `extract` -------------------------------------------------------------------------

enum class BlockKind {
  kPageHead,    // page number, running head or foot
  kHead,        // the two-column head: issuer, number, motto, place and date
  kTitle,       // type and subject
  kAddressee,   // Kính gửi
  kBasis,       // Căn cứ, Thực hiện …
  kHeading,     // a labelled or known heading, alone or run in
  kParagraph,   // body text
  kBullet,      // an item with - + *
  kTableRow,    // one row, cells in `cells`
  kRecipients,  // Nơi nhận
  kSignature,
  kClosing,  // Trên đây là …
  kNoise,
};

// A paragraph: printed lines joined. `text` has line ends folded to blanks and broken symbols joined; `At` walks back.
struct Block {
  BlockKind kind = BlockKind::kParagraph;
  ByteSpan span;     // in DocumentText::text
  std::string text;  // joined
  std::vector<std::uint32_t>
      back;           // back[i]: the byte of DocumentText::text that text[i] was read from; size text.size() + 1
  std::string label;  // "I.", "1.1.", "a)", "-"; empty: none. Not part of `text`
  int section = -1;   // index into Outline::nodes of the section that holds it; a heading: its own
  int first_line = 0, last_line = 0;  // indices into DocumentText::lines
  std::vector<Block> cells;           // of a table row
  bool header_row = false;
  std::string column;  // of a cell: number work lead coordinate time place product note, or empty
  bool bold = false, italic = false;

  // The span in the document's text of text[begin, end).
  ByteSpan At(std::size_t begin, std::size_t end) const;
};

// A section in document order; `parent` is an index, -1 at the top.
struct OutlineNode {
  std::string id, label;
  OptionalString title;
  std::string role;
  int level = 1;
  int parent = -1;
  ByteSpan span;
  int block = -1;  // its heading
};

struct Outline {
  std::vector<Block> blocks;       // in reading order
  std::vector<OutlineNode> nodes;  // in reading order
  std::vector<Issue> issues;
};

// The tree of `nodes` as the record has it.
std::vector<Section> ToSections(const Outline& outline);

// The symbol without the number before it: "KH-UBND" of "117/KH-UBND", "KH/ĐU" of "25-KH/ĐU"; empty without symbol.
std::string Notation(const Metadata& metadata);

}  // namespace hoidau

#endif  // HOIDAU_DOC_RECORD_H_
