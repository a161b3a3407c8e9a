// Owning pointers for Pango and Cairo, and a layout without hinting: the same lines at every resolution.
// For the .cc files of this folder. Thread safety: Pango's default font map belongs to one thread.
#ifndef HOIDAU_TOOLS_PRINT_PANGO_OWNED_H_
#define HOIDAU_TOOLS_PRINT_PANGO_OWNED_H_

#include <pango/pangocairo.h>

#include <memory>
#include <string>

namespace hoidau::print {

struct CairoDelete {
  void operator()(cairo_surface_t* p) const { cairo_surface_destroy(p); }
  void operator()(cairo_t* p) const { cairo_destroy(p); }
  void operator()(PangoLayout* p) const { g_object_unref(p); }
  void operator()(PangoContext* p) const { g_object_unref(p); }
  void operator()(PangoFontDescription* p) const { pango_font_description_free(p); }
  void operator()(PangoAttrList* p) const { pango_attr_list_unref(p); }
  void operator()(PangoLayoutIter* p) const { pango_layout_iter_free(p); }
  void operator()(cairo_font_options_t* p) const { cairo_font_options_destroy(p); }
  void operator()(cairo_pattern_t* p) const { cairo_pattern_destroy(p); }
};
template <typename T>
using Owned = std::unique_ptr<T, CairoDelete>;

// One unit of the layout is a point.
inline Owned<PangoContext> MakePointContext() {
  Owned<PangoContext> context(pango_font_map_create_context(pango_cairo_font_map_get_default()));
  pango_cairo_context_set_resolution(context.get(), 72);
  const Owned<cairo_font_options_t> options(cairo_font_options_create());
  cairo_font_options_set_hint_style(options.get(), CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics(options.get(), CAIRO_HINT_METRICS_OFF);
  pango_cairo_context_set_font_options(context.get(), options.get());
  return context;
}

inline void SetFont(PangoLayout* layout, const std::string& family, double size_pt, bool bold, bool italic) {
  const Owned<PangoFontDescription> font(pango_font_description_new());
  pango_font_description_set_family(font.get(), family.c_str());
  pango_font_description_set_size(font.get(), static_cast<int>(size_pt * PANGO_SCALE));
  if (bold) pango_font_description_set_weight(font.get(), PANGO_WEIGHT_BOLD);
  if (italic) pango_font_description_set_style(font.get(), PANGO_STYLE_ITALIC);
  pango_layout_set_font_description(layout, font.get());
}

}  // namespace hoidau::print

#endif  // HOIDAU_TOOLS_PRINT_PANGO_OWNED_H_
