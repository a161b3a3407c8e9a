#include "text_page.h"

#include "pango_owned.h"

namespace hoidau::print {
namespace {

constexpr double kWidthPt = 595.28, kHeightPt = 841.89;  // A4
constexpr double kTopPt = 57, kBottomPt = 57, kLeftPt = 85, kRightPt = 43, kIndentPt = 28;

}  // namespace

TextPage SetTextPage(const std::vector<TextParagraph>& paragraphs, const TextStyle& style, int dpi) {
  const double scale = dpi / 72.0;
  const int width = static_cast<int>(kWidthPt * scale), height = static_cast<int>(kHeightPt * scale);
  const Owned<cairo_surface_t> surface(cairo_image_surface_create(CAIRO_FORMAT_A8, width, height));
  const Owned<cairo_t> cr(cairo_create(surface.get()));
  cairo_scale(cr.get(), scale, scale);
  const Owned<PangoContext> context = MakePointContext();
  const Owned<PangoLayout> layout(pango_layout_new(context.get()));
  pango_layout_set_width(layout.get(), static_cast<int>((kWidthPt - kLeftPt - kRightPt) * PANGO_SCALE));
  pango_layout_set_wrap(layout.get(), PANGO_WRAP_WORD_CHAR);
  pango_layout_set_line_spacing(layout.get(), static_cast<float>(style.line_spacing));

  TextPage page;
  double y = kTopPt;
  for (const TextParagraph& paragraph : paragraphs) {
    const bool bold = paragraph.kind == TextKind::kBold || paragraph.kind == TextKind::kCentred;
    const bool centred = paragraph.kind == TextKind::kCentred;
    SetFont(layout.get(), style.font, style.size_pt, bold, paragraph.kind == TextKind::kItalic);
    pango_layout_set_justify(layout.get(), !centred);
    pango_layout_set_alignment(layout.get(), centred ? PANGO_ALIGN_CENTER : PANGO_ALIGN_LEFT);
    pango_layout_set_indent(layout.get(), centred ? 0 : static_cast<int>(kIndentPt * PANGO_SCALE));
    pango_layout_set_text(layout.get(), paragraph.text.data(), static_cast<int>(paragraph.text.size()));
    int tall = 0;
    pango_layout_get_size(layout.get(), nullptr, &tall);
    const double tall_pt = static_cast<double>(tall) / PANGO_SCALE;
    if (y + tall_pt > kHeightPt - kBottomPt) break;

    cairo_move_to(cr.get(), kLeftPt, y);
    pango_cairo_show_layout(cr.get(), layout.get());
    for (GSList* at = pango_layout_get_lines_readonly(layout.get()); at; at = at->next) {
      const auto* line = static_cast<const PangoLayoutLine*>(at->data);
      page.truth.append(paragraph.text, static_cast<std::size_t>(line->start_index),
                        static_cast<std::size_t>(line->length));
      page.truth += '\n';
    }
    y += tall_pt + style.gap_pt;
    ++page.used;
  }

  cairo_surface_flush(surface.get());
  page.image = Raster(width, height, 1);
  const unsigned char* ink = cairo_image_surface_get_data(surface.get());
  const int stride = cairo_image_surface_get_stride(surface.get());
  for (int row = 0; row < height; ++row) {
    std::uint8_t* to = page.image.At(0, row);
    const unsigned char* from = ink + static_cast<std::ptrdiff_t>(row) * stride;
    for (int x = 0; x < width; ++x) to[x] = static_cast<std::uint8_t>(255 - from[x]);
  }
  return page;
}

}  // namespace hoidau::print
