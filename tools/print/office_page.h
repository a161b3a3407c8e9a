// Office pages: a document of the corpus (layout.json) set as Decree 30/2020 wants, with the truth in boxes.
//
//   Result<OfficeDocument> plan = OfficeDocument::FromLayout(R"({"page": {"size_pt": 14, "number": "top"},
//       "blocks": [{"title": ["KẾ HOẠCH"]}, {"p": "Thực hiện …"}]})", {});
//   plan->Text();          // "KẾ HOẠCH\nThực hiện …\n", pages separated by form feeds
//   plan->Draw(0, 300);    // the first page, grey
//   plan->Pdf();           // with text, as typed
//
// A4; margins 20 mm, left 30 mm, right 15 mm; sizes after the annex of the decree: heads 12-13 pt, body 13-14 pt,
// recipients 11 pt. Text order: page number, head (left column, then right), blocks; recipients before the signature;
// tables row by row, cell by cell.
// Thread safety: one thread at a time (Pango). Limits: A4 upright.
#ifndef HOIDAU_TOOLS_PRINT_OFFICE_PAGE_H_
#define HOIDAU_TOOLS_PRINT_OFFICE_PAGE_H_

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "raster.h"

namespace hoidau::print {

inline constexpr double kPageWidthPt = 595.28, kPageHeightPt = 841.89;

// Points from the page's upper left corner.
struct Box {
  double x = 0, y = 0, width = 0, height = 0;
};
struct PrintedWord {
  std::string text;
  Box box;
};
struct PrintedLine {
  std::string text;
  std::string role;  // office, number, about, motto, date, title, to, paragraph, heading, cell, recipients, signature,
                     // page_number
  Box box;
  std::vector<PrintedWord> words;
};
// What was put on the paper after printing: seal, signature, incoming_stamp, handwriting; and signature_place, where
// nothing is drawn.
struct Mark {
  std::string kind;
  std::string text;
  Box box;
};
struct PrintedPage {
  std::vector<PrintedLine> lines;
  std::vector<Mark> marks;
};

struct PrintStyle {
  std::string font = "Liberation Serif";
  double line_spacing = 1.15;
};

class OfficeDocument {
 public:
  // kBadInput with the place in the file.
  static Result<OfficeDocument> FromLayout(std::string_view layout_json, const PrintStyle& style);
  OfficeDocument(OfficeDocument&&) noexcept;
  OfficeDocument& operator=(OfficeDocument&&) noexcept;
  ~OfficeDocument();

  const std::vector<PrintedPage>& pages() const;
  // The printed text with what was written by hand into blanks; lines end with \n, pages are separated by \f.
  std::string Text() const;
  // {"pages": [{"width", "height", "lines": [{"text", "role", "box", "words"}], "marks"}]}; boxes x, y, width, height.
  std::string TruthJson() const;
  // A page without its marks. REQUIRES: page < pages().size().
  Raster Draw(std::size_t page, int dpi) const;
  Result<std::string> Pdf() const;

 private:
  struct Impl;
  explicit OfficeDocument(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

// Reads the marks back from TruthJson(), page by page. kBadInput.
Result<std::vector<std::vector<Mark>>> MarksFromTruth(std::string_view truth_json);

}  // namespace hoidau::print

#endif  // HOIDAU_TOOLS_PRINT_OFFICE_PAGE_H_
