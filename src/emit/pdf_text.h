// The invisible text of searchable PDFs: page content that writes a page's tokens at their places, and the font it is
// written in. The font has no outlines: every character is a blank half an em wide, which each token stretches to its
// box; a ToUnicode CMap says what is meant. A letter with all its marks is one character of the font, so that a viewer
// never cuts a Vietnamese letter in two.
//
//   HiddenText text;
//   std::string content = text.PageContent(record.pages[0], 595, 842);   // "BT 3 Tr /HoidauText …"
//   text.ToUnicode();                                                    // CMap of all pages so far
//   BlankFont(text.glyph_count());                                       // TrueType
//
// Thread safety: one owner. Limits: 65,534 different characters; later ones are written as U+FFFD.
#ifndef HOIDAU_EMIT_PDF_TEXT_H_
#define HOIDAU_EMIT_PDF_TEXT_H_

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "doc/record.h"

namespace hoidau {

// Metrics of the font, thousandths of an em.
inline constexpr int kBlankAdvance = 500, kBlankAscent = 800, kBlankDescent = -200;

class HiddenText {
 public:
  // Operators for a page shown `width_pt` × `height_pt`, origin bottom-left, of `page` in reading order; `font` is the
  // name of the font's resource with its slash. Empty where the page has no text or no size. Lines that run down, up or
  // upside down (a sheet scanned sideways) are told by the order of their tokens.
  std::string PageContent(const RecordPage& page, double width_pt, double height_pt, std::string_view font);

  // What the codes written so far mean.
  std::string ToUnicode() const;
  int glyph_count() const { return static_cast<int>(characters_.size()) + 1; }

 private:
  std::string Codes(std::string_view text, int* count);

  std::map<std::u32string, int> codes_;
  std::vector<std::u32string> characters_;  // of code i + 1
};

// A number as PDF writes it: three decimals, no exponent.
std::string PdfNumber(double value);

// A TrueType font of blank glyphs.
std::string BlankFont(int glyph_count);

}  // namespace hoidau

#endif  // HOIDAU_EMIT_PDF_TEXT_H_
