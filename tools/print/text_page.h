// Text pages for learning a channel: paragraphs set in a Times-like face on A4, with the lines as printed.
//
//   TextStyle style;  style.font = "Liberation Serif";
//   TextPage page = SetTextPage({{"Kế hoạch tổ chức …", TextKind::kBody}}, style, 300);
//   page.truth == "Kế hoạch tổ chức …\n";   page.used == 1;    // paragraphs that found room
//
// Thread safety: one thread at a time (Pango's font map). Limits: plain text, no markup.
#ifndef HOIDAU_TOOLS_PRINT_TEXT_PAGE_H_
#define HOIDAU_TOOLS_PRINT_TEXT_PAGE_H_

#include <cstddef>
#include <string>
#include <vector>

#include "raster.h"

namespace hoidau::print {

enum class TextKind { kBody, kItalic, kBold, kCentred };  // justified; justified italic; bold; bold and centred

struct TextParagraph {
  std::string text;
  TextKind kind = TextKind::kBody;
};

struct TextStyle {
  std::string font = "Liberation Serif";
  double size_pt = 14;
  double line_spacing = 1.15;  // times the font's own
  double gap_pt = 6;           // between paragraphs
};

struct TextPage {
  Raster image;  // grey
  std::string truth;
  std::size_t used = 0;
};

TextPage SetTextPage(const std::vector<TextParagraph>& paragraphs, const TextStyle& style, int dpi);

}  // namespace hoidau::print

#endif  // HOIDAU_TOOLS_PRINT_TEXT_PAGE_H_
