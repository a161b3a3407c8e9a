#include "marks.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <numbers>

#include "pango_owned.h"
#include "smooth_field.h"
#include "text/tokenizer.h"
#include "text/unicode.h"

namespace hoidau::print {
namespace {

constexpr double kPi = std::numbers::pi;

struct Colour {
  double r, g, b;
};
constexpr Colour kSealRed{0.80, 0.10, 0.12}, kPenBlue{0.10, 0.16, 0.55}, kStampViolet{0.35, 0.15, 0.50};

Owned<PangoLayout> MakeText(PangoContext* context, const std::string& text, const char* font, double size, bool bold) {
  Owned<PangoLayout> layout(pango_layout_new(context));
  SetFont(layout.get(), font, size, bold, false);
  pango_layout_set_text(layout.get(), text.data(), static_cast<int>(text.size()));
  return layout;
}

// Letters along a circle, from the left over the top (or, below, from the left under the bottom).
void TextOnCircle(cairo_t* cr, PangoContext* context, const std::string& text, double radius, double size, double span,
                  bool above) {
  const std::u32string letters = CodePoints(text);
  for (std::size_t i = 0; i < letters.size(); ++i) {
    const double share =
        letters.size() > 1 ? static_cast<double>(i) / static_cast<double>(letters.size() - 1) - 0.5 : 0;
    const double angle = above ? share * span : kPi - share * span;  // from the top, clockwise
    const auto layout = MakeText(context, ToUtf8(letters.substr(i, 1)), "Liberation Sans", size, true);
    int width = 0, height = 0;
    pango_layout_get_size(layout.get(), &width, &height);
    cairo_save(cr);
    cairo_rotate(cr, angle);
    cairo_translate(cr, 0, -radius);
    if (!above) cairo_rotate(cr, kPi);
    cairo_move_to(cr, -pango_units_to_double(width) / 2, -pango_units_to_double(height) / 2);
    pango_cairo_show_layout(cr, layout.get());
    cairo_restore(cr);
  }
}

void Seal(cairo_t* cr, PangoContext* context, const Mark& mark, Rng& rng) {
  const double radius = std::min(mark.box.width, mark.box.height) / 2;
  cairo_translate(cr, mark.box.x + mark.box.width / 2, mark.box.y + mark.box.height / 2);
  cairo_rotate(cr, rng.Uniform(-0.35, 0.35));
  cairo_set_line_width(cr, 1.8);
  cairo_arc(cr, 0, 0, radius - 1, 0, 2 * kPi);
  cairo_stroke(cr);
  cairo_set_line_width(cr, 0.7);
  cairo_arc(cr, 0, 0, radius - 4, 0, 2 * kPi);
  cairo_stroke(cr);
  cairo_arc(cr, 0, 0, radius * 0.52, 0, 2 * kPi);
  cairo_stroke(cr);
  for (int i = 0; i < 10; ++i) {  // the star
    const double r = radius * (i % 2 == 0 ? 0.34 : 0.14), a = kPi / 5 * i - kPi / 2;
    cairo_line_to(cr, r * std::cos(a), r * std::sin(a));
  }
  cairo_close_path(cr);
  cairo_fill(cr);
  TextOnCircle(cr, context, ToUpper(mark.text), radius * 0.72, radius * 0.17, 1.45 * kPi, true);
  TextOnCircle(cr, context, "★", radius * 0.72, radius * 0.14, 0, false);
}

void IncomingStamp(cairo_t* cr, PangoContext* context, const Mark& mark, Rng& rng) {
  const std::vector<ByteSpan> lines = SplitLines(mark.text);
  if (lines.empty()) return;
  cairo_translate(cr, mark.box.x, mark.box.y);
  cairo_rotate(cr, rng.Uniform(-0.06, 0.06));
  cairo_set_line_width(cr, 1.2);
  cairo_rectangle(cr, 0, 0, mark.box.width, mark.box.height);
  cairo_stroke(cr);
  const double row = (mark.box.height - 6) / static_cast<double>(lines.size());
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const std::string text(lines[i].In(mark.text));
    // What follows the colon is written by pen.
    const std::size_t colon = text.find(':');
    const std::string printed = text.substr(0, colon == std::string::npos ? text.size() : colon + 1);
    const auto layout = MakeText(context, printed, "Liberation Serif", std::min(10.0, row * 0.72), true);
    int width = 0;
    pango_layout_get_size(layout.get(), &width, nullptr);
    const double x = colon == std::string::npos ? (mark.box.width - pango_units_to_double(width)) / 2 : 6;
    const double y = 3 + row * static_cast<double>(i);
    cairo_move_to(cr, x, y);
    pango_cairo_show_layout(cr, layout.get());
    if (colon == std::string::npos) continue;
    const auto pen = MakeText(context, text.substr(colon + 1), "TeX Gyre Chorus", std::min(13.0, row * 0.95), false);
    cairo_save(cr);
    cairo_translate(cr, x + pango_units_to_double(width) + 3, y - 1);
    cairo_rotate(cr, rng.Uniform(-0.05, 0.03));
    cairo_move_to(cr, 0, 0);
    pango_cairo_show_layout(cr, pen.get());
    cairo_restore(cr);
  }
}

void Handwriting(cairo_t* cr, PangoContext* context, const Mark& mark, Rng& rng) {
  double x = mark.box.x + 4;
  for (const char32_t letter : CodePoints(mark.text)) {
    const auto layout = MakeText(context, ToUtf8(std::u32string(1, letter)), "TeX Gyre Chorus",
                                 mark.box.height * rng.Uniform(0.85, 1.0), false);
    int width = 0;
    pango_layout_get_size(layout.get(), &width, nullptr);
    cairo_save(cr);
    cairo_translate(cr, x, mark.box.y + rng.Uniform(-3, 1));
    cairo_rotate(cr, rng.Uniform(-0.12, 0.12));
    cairo_move_to(cr, 0, 0);
    pango_cairo_layout_path(cr, layout.get());
    cairo_fill_preserve(cr);
    cairo_set_line_width(cr, 0.4);
    cairo_stroke(cr);
    cairo_restore(cr);
    x += pango_units_to_double(width) * rng.Uniform(0.9, 1.15);
  }
}

void Signature(cairo_t* cr, const Mark& mark, Rng& rng) {
  const Box& box = mark.box;
  cairo_set_line_cap(cr, CAIRO_LINE_CAP_ROUND);
  cairo_set_line_width(cr, 1.3);
  double x = box.x, y = box.y + box.height * 0.6;
  cairo_move_to(cr, x, y);
  const int loops = rng.Int(4, 7);
  for (int i = 0; i < loops; ++i) {
    const double next_x = box.x + box.width * (i + 1) / loops, next_y = box.y + box.height * rng.Uniform(0.25, 0.85);
    cairo_curve_to(cr, x + rng.Uniform(-10, 25), y - rng.Uniform(10, 45), next_x + rng.Uniform(-30, 10),
                   next_y + rng.Uniform(5, 40), next_x, next_y);
    x = next_x;
    y = next_y;
  }
  cairo_stroke(cr);
  cairo_move_to(cr, box.x - 5, box.y + box.height * 0.9);
  cairo_line_to(cr, box.x + box.width + 12, box.y + box.height * rng.Uniform(0.5, 0.75));
  cairo_stroke(cr);
}

}  // namespace

Raster DrawMarks(const Raster& page, int dpi, const std::vector<Mark>& marks, Rng& rng) {
  Raster result = ToRgb(page);
  const int width = page.width(), height = page.height();
  const Owned<PangoContext> context = MakePointContext();
  for (const Mark& mark : marks) {
    if (mark.kind == "signature_place") continue;  // takes no randomness: recipes leave it out
    Colour colour = kPenBlue;
    if (mark.kind == "seal") colour = kSealRed;
    if (mark.kind == "incoming_stamp") colour = kStampViolet;
    const Owned<cairo_surface_t> surface(cairo_image_surface_create(CAIRO_FORMAT_A8, width, height));
    const Owned<cairo_t> cr(cairo_create(surface.get()));
    cairo_scale(cr.get(), dpi / 72.0, dpi / 72.0);
    Rng own = rng.Fork(rng.Next());
    if (mark.kind == "seal") {
      Seal(cr.get(), context.get(), mark, own);
    } else if (mark.kind == "incoming_stamp") {
      IncomingStamp(cr.get(), context.get(), mark, own);
    } else if (mark.kind == "handwriting") {
      Handwriting(cr.get(), context.get(), mark, own);
    } else if (mark.kind == "signature") {
      Signature(cr.get(), mark, own);
    } else {
      continue;
    }
    cairo_surface_flush(surface.get());
    // Stamp ink is uneven: coarse pressure and fine grain.
    const bool stamp = mark.kind == "seal" || mark.kind == "incoming_stamp";
    const SmoothField pressure(width, height, dpi / 4.0, own), grain(width, height, dpi / 100.0, own);
    const unsigned char* ink = cairo_image_surface_get_data(surface.get());
    const int stride = cairo_image_surface_get_stride(surface.get());
    for (int y = 0; y < height; ++y) {
      const unsigned char* line = ink + static_cast<std::ptrdiff_t>(y) * stride;
      for (int x = 0; x < width; ++x) {
        if (line[x] == 0) continue;
        const double wear =
            stamp ? std::clamp(0.72 + 0.22 * pressure.At(x, y) + 0.25 * grain.At(x, y), 0.0, 1.0) : 0.95;
        const double alpha = line[x] / 255.0 * wear;
        std::uint8_t* to = result.At(x, y);
        to[0] = ToByte(to[0] * (1 - alpha * (1 - colour.r)));
        to[1] = ToByte(to[1] * (1 - alpha * (1 - colour.g)));
        to[2] = ToByte(to[2] * (1 - alpha * (1 - colour.b)));
      }
    }
  }
  return result;
}

}  // namespace hoidau::print
