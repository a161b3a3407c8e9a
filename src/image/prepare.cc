#include "image/prepare.h"

#include <leptonica/allheaders.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

namespace hoidau {
namespace {

// Pixels a millimetre.
float PerMm(const Image& image) { return static_cast<float>(image.dpi() > 0 ? image.dpi() : 300) / 25.4F; }

struct Hue {
  int red, green, blue;
};
Hue Split(l_uint32 pixel) {
  l_int32 r, g, b;
  extractRGBValues(pixel, &r, &g, &b);
  return {r, g, b};
}

// By how much the strongest channel stands above the others: red and blue or violet.
int Redness(const Hue& c) { return c.red - std::max(c.green, c.blue); }
int Blueness(const Hue& c) { return c.blue >= c.red && c.blue >= c.green ? c.blue - std::min(c.red, c.green) : 0; }

// Ink has a colour of its own: well above what JPEG leaves around black print (about 25) and what yellowed paper has,
// which is bright in two channels. The cast of the print, as a bluish scanner gives it, comes on top.
constexpr int kInkChroma = 50;
// Violet stamps are pale, and black print has less of a blue fringe than of a red one.
constexpr int kBlueChroma = 36;
// A pixel beside ink that has some of its colour is the soft edge of the same stroke.
constexpr int kEdgeChroma = 12;

const l_uint32* Row(const Image& image, int y) {
  return pixGetData(image.pix()) + static_cast<std::size_t>(y) * pixGetWpl(image.pix());
}
l_uint32* Row(Image& image, int y) {
  return pixGetData(image.pix()) + static_cast<std::size_t>(y) * pixGetWpl(image.pix());
}
int Luminance(const Hue& c) { return (c.red * 77 + c.green * 150 + c.blue * 29) >> 8; }

// What the page as a whole looks like, from every third pixel of every third row.
struct Tone {
  int red_cast = 0, blue_cast = 0;  // of the dark print: medians
  int paper = 255;                  // the commonest light grey
};
Tone MeasureTone(const Image& rgb) {
  constexpr int kStep = 3, kDark = 130;
  std::array<int, 256> red{}, blue{}, light{};
  int dark = 0;
  for (int y = 0; y < rgb.height(); y += kStep) {
    const l_uint32* in = Row(rgb, y);
    for (int x = 0; x < rgb.width(); x += kStep) {
      const Hue c = Split(in[x]);
      ++light[static_cast<std::size_t>(Luminance(c))];
      if (std::max({c.red, c.green, c.blue}) >= kDark) continue;
      ++red[static_cast<std::size_t>(std::max(0, Redness(c)))], ++blue[static_cast<std::size_t>(Blueness(c))], ++dark;
    }
  }
  const auto median = [&](const std::array<int, 256>& counts) {
    int seen = 0, value = 0;
    while (value < 255 && (seen += counts[static_cast<std::size_t>(value)]) * 2 < dark) ++value;
    return dark == 0 ? 0 : std::min(value, kInkChroma);
  };
  const auto paper = std::max_element(light.begin() + 160, light.end());
  return {median(red), median(blue), static_cast<int>(paper - light.begin())};
}

Image Binary(const Image& grey) {
  if (grey.depth() == 1) return grey.Copy();
  Image eight(grey.depth() == 8 ? pixClone(grey.pix()) : pixConvertTo8(grey.pix(), 0));
  Pix* binary = nullptr;
  if (pixOtsuAdaptiveThreshold(eight.pix(), 400, 400, 0, 0, 0.1F, nullptr, &binary) != 0) return {};
  return Image(binary);
}

std::vector<Box> Components(const Image& binary, int connectivity) {
  std::vector<Box> out;
  BOXA* boxes = pixConnCompBB(binary.pix(), connectivity);
  for (int i = 0; i < boxaGetCount(boxes); ++i) {
    l_int32 x, y, w, h;
    boxaGetBoxGeometry(boxes, i, &x, &y, &w, &h);
    out.push_back({static_cast<float>(x), static_cast<float>(y), static_cast<float>(x + w), static_cast<float>(y + h)});
  }
  boxaDestroy(&boxes);
  return out;
}

// Coloured strokes that belong together, of the size of a mark; pixels of the mask.
std::vector<Box> Blobs(const Image& mask, float least_mm) {
  const float mm = PerMm(mask);
  // At a quarter of the size strokes 2 mm apart run together.
  constexpr int kReduce = 4;
  Image small(pixReduceRankBinaryCascade(mask.pix(), 1, 1, 0, 0));
  if (small.empty()) return {};
  const int gap = std::max(3, static_cast<int>(2 * mm / kReduce)) | 1;
  const Image closed(pixCloseSafeBrick(nullptr, small.pix(), gap, gap));
  std::vector<Box> out;
  for (const Box& blob : Components(closed, 8)) {
    const Box box{blob.left * kReduce, blob.top * kReduce, blob.right * kReduce, blob.bottom * kReduce};
    const float width = (box.right - box.left) / mm, height = (box.bottom - box.top) / mm;
    // Specks; coloured shadows and backgrounds.
    if (std::max(width, height) < least_mm || std::min(width, height) < least_mm * 0.4F || std::max(width, height) > 90)
      continue;
    out.push_back(box);
  }
  // Rings of a seal that do not touch lie inside its outer one.
  std::vector<Box> outer;
  for (const Box& box : out) {
    const bool inside = std::any_of(out.begin(), out.end(), [&](const Box& other) {
      return other != box && other.left <= box.left && other.top <= box.top && box.right <= other.right &&
             box.bottom <= other.bottom;
    });
    if (!inside) outer.push_back(box);
  }
  return outer;
}

// The ink within `box`, as print: black on white.
Image InkOf(const Ink& ink, const Box& box) {
  Image out = ink.red.Cropped(box);
  const Image blue = ink.blue.Cropped(box);
  if (out.empty() || blue.empty()) return {};
  pixOr(out.pix(), out.pix(), blue.pix());
  return out;
}

std::string Text(const char* format, double value) {
  char buffer[96];
  std::snprintf(buffer, sizeof buffer, format, value);
  return buffer;
}

}  // namespace

Ink FindInk(const Image& rgb) {
  Ink ink{Image(pixCreate(rgb.width(), rgb.height(), 1)), Image(pixCreate(rgb.width(), rgb.height(), 1))};
  if (ink.red.empty() || ink.blue.empty()) return {};
  const Tone tone = MeasureTone(rgb);
  const int red_at_least = kInkChroma + tone.red_cast * 3 / 2, blue_at_least = kBlueChroma + tone.blue_cast * 5 / 2;
  for (int y = 0; y < rgb.height(); ++y) {
    const l_uint32* in = Row(rgb, y);
    l_uint32 *red = Row(ink.red, y), *blue = Row(ink.blue, y);
    for (int x = 0; x < rgb.width(); ++x) {
      const Hue c = Split(in[x]);
      if (Redness(c) > red_at_least) {
        SET_DATA_BIT(red, x);
      } else if (Blueness(c) > blue_at_least) {
        SET_DATA_BIT(blue, x);
      }
    }
  }
  ink.red.set_dpi(rgb.dpi()), ink.blue.set_dpi(rgb.dpi());
  return ink;
}

Image WithoutInk(const Image& rgb, const Ink& ink) {
  const int width = rgb.width(), height = rgb.height();
  Image grey(pixCreateNoInit(width, height, 8));
  const int reach = std::max(3, static_cast<int>(0.5F * PerMm(rgb))) | 1;
  const Image near_red(pixDilateBrick(nullptr, ink.red.pix(), reach, reach));
  const Image near_blue(pixDilateBrick(nullptr, ink.blue.pix(), reach, reach));
  if (grey.empty() || near_red.empty() || near_blue.empty()) return {};
  const int paper = MeasureTone(rgb).paper;
  // In the channel of its colour ink is light and print is dark; what is lighter than kInk becomes paper.
  constexpr int kPrint = 60, kInk = 150;
  const auto lift = [&](int value) {
    return value <= kPrint ? value : std::min(paper, kPrint + (value - kPrint) * (paper - kPrint) / (kInk - kPrint));
  };
  for (int y = 0; y < height; ++y) {
    const l_uint32 *in = Row(rgb, y), *red = Row(ink.red, y), *blue = Row(ink.blue, y);
    const l_uint32 *around_red = Row(near_red, y), *around_blue = Row(near_blue, y);
    l_uint32* out = Row(grey, y);
    for (int x = 0; x < width; ++x) {
      const Hue c = Split(in[x]);
      int value = Luminance(c);
      if (GET_DATA_BIT(red, x) || (GET_DATA_BIT(around_red, x) && Redness(c) > kEdgeChroma)) {
        value = std::max(value, lift(c.red));
      } else if (GET_DATA_BIT(blue, x) || (GET_DATA_BIT(around_blue, x) && Blueness(c) > kEdgeChroma)) {
        value = std::max(value, lift(c.blue));
      }
      SET_DATA_BYTE(out, x, static_cast<l_uint8>(value));
    }
  }
  grey.set_dpi(rgb.dpi());
  return grey;
}

std::vector<Mark> FindMarks(const Ink& ink) {
  std::vector<Mark> marks;
  const float mm = PerMm(ink.red);
  const auto page_width = static_cast<float>(ink.red.width());
  for (const Box& box : Blobs(ink.red, 8)) {
    // Seals of state bodies are red and round, 30 to 42 mm across; one laid over the edge of the sheets shows a part.
    const float width = (box.right - box.left) / mm, height = (box.bottom - box.top) / mm;
    const bool round =
        width > 20 && width < 48 && height > 20 && height < 48 && width / height > 0.6F && width / height < 1.6F;
    const bool at_edge = (box.right > page_width - 3 * mm || box.left < 3 * mm) && height > 15 && height < 48;
    const bool stamp = width > 25 && height > 12 && width / height > 1.3F;
    const MarkKind kind = round || at_edge ? MarkKind::kSeal
                          : stamp          ? MarkKind::kIncomingStamp
                                           : MarkKind::kHandwriting;
    marks.push_back({.kind = kind, .box = box, .text = {}, .number = {}, .date = {}});
  }
  for (const Box& box : Blobs(ink.blue, 5)) {
    const bool large = box.right - box.left > 12 * mm && box.bottom - box.top > 8 * mm;
    marks.push_back({.kind = large ? MarkKind::kSignature : MarkKind::kHandwriting,
                     .box = box,
                     .text = {},
                     .number = {},
                     .date = {}});
  }
  return marks;
}

float FindSkew(const Image& grey) {
  const Image binary = Binary(grey);
  l_float32 degrees = 0, confidence = 0;
  if (binary.empty() || pixFindSkew(binary.pix(), &degrees, &confidence) != 0) return 0;
  // Below a third of a degree the recogniser's own baselines do as well; above 7 the search has no meaning.
  if (confidence < 3 || std::abs(degrees) < 0.3F || std::abs(degrees) > 7) return 0;
  return degrees * 3.14159265F / 180;
}

Rules FindRules(const Image& grey) {
  const float mm = PerMm(grey);
  Image binary = Binary(grey);
  if (binary.empty()) return {};
  if (grey.depth() == 8) {
    // The table on the back of the sheet shines through: no rule of this page.
    constexpr int kFaint = 190;
    const Image dark(pixThresholdToBinary(grey.pix(), kFaint));
    if (dark.empty()) return {};
    pixAnd(binary.pix(), binary.pix(), dark.pix());
  }
  const int length = std::max(20, static_cast<int>(12 * mm)), height = std::max(12, static_cast<int>(7 * mm));
  // Gaps of print quality are closed first, then only long strokes are left.
  const int gap = std::max(3, static_cast<int>(mm / 2)) | 1;
  Rules rules{Image(pixCloseSafeBrick(nullptr, binary.pix(), gap, 1)),
              Image(pixCloseSafeBrick(nullptr, binary.pix(), 1, gap))};
  if (rules.across.empty() || rules.down.empty()) return {};
  pixOpenBrick(rules.across.pix(), rules.across.pix(), length, 1);
  pixOpenBrick(rules.down.pix(), rules.down.pix(), 1, height);
  rules.across.set_dpi(grey.dpi()), rules.down.set_dpi(grey.dpi());
  return rules;
}

std::vector<Table> FindTables(const Rules& rules) {
  if (rules.across.empty()) return {};
  const float mm = PerMm(rules.across);
  const int gap = std::max(3, static_cast<int>(mm / 2)) | 1;
  Image grid(pixOr(nullptr, rules.across.pix(), rules.down.pix()));
  if (grid.empty()) return {};
  pixDilateBrick(grid.pix(), grid.pix(), gap, gap);  // corners that do not quite meet
  std::vector<Table> tables;
  for (const Box& box : Components(grid, 8)) {
    if (box.right - box.left < 30 * mm || box.bottom - box.top < 8 * mm) continue;
    Image part = grid.Cropped(box);
    pixInvert(part.pix(), part.pix());
    Table table{.box = box, .cells = {}};
    for (const Box& cell : Components(part, 4)) {
      if (cell.right - cell.left < 4 * mm || cell.bottom - cell.top < 3 * mm) continue;
      table.cells.push_back({cell.left + box.left, cell.top + box.top, cell.right + box.left, cell.bottom + box.top});
    }
    if (table.cells.size() < 4) continue;
    std::sort(table.cells.begin(), table.cells.end(), [](const Box& a, const Box& b) { return a.top < b.top; });
    // Rows: cells whose tops are within 2 mm of the row's first.
    for (auto row = table.cells.begin(); row != table.cells.end();) {
      auto end = std::find_if(row, table.cells.end(), [&](const Box& cell) { return cell.top - row->top > 2 * mm; });
      std::sort(row, end, [](const Box& a, const Box& b) { return a.left < b.left; });
      row = end;
    }
    tables.push_back(std::move(table));
  }
  return tables;
}

std::vector<Box> FindFrames(const Rules& rules) {
  if (rules.across.empty()) return {};
  const float mm = PerMm(rules.across);
  // Stamped frames are crooked and have gaps: strokes 2 mm apart belong together.
  const int gap = std::max(3, static_cast<int>(2 * mm)) | 1;
  Image grid(pixOr(nullptr, rules.across.pix(), rules.down.pix()));
  if (grid.empty()) return {};
  grid = Image(pixCloseSafeBrick(nullptr, grid.pix(), gap, gap));
  std::vector<Box> frames;
  for (const Box& box : Components(grid, 8)) {
    const float width = (box.right - box.left) / mm, height = (box.bottom - box.top) / mm;
    if (width < 25 || width > 95 || height < 12 || height > 50) continue;
    // Two strokes across and one down make it more than an underline or a mark in the margin.
    const auto longest = [&](const Image& strokes, bool across) {
      int count = 0;
      const Image part = strokes.Cropped(box);
      for (const Box& stroke : Components(part, 8)) {
        count += across ? stroke.right - stroke.left > 0.35F * (box.right - box.left)
                        : stroke.bottom - stroke.top > 0.35F * (box.bottom - box.top);
      }
      return count;
    };
    if (longest(rules.across, true) >= 2 && longest(rules.down, false) >= 1) frames.push_back(box);
  }
  return frames;
}

std::vector<Box> StrokesOf(const Image& image, const Box& frame) {
  const float mm = PerMm(image);
  // The office's name often stands on the upper edge.
  const Box reach{std::max(0.0F, frame.left - mm), std::max(0.0F, frame.top - 4 * mm), frame.right + mm,
                  frame.bottom + mm};
  const Box inside{frame.left - mm / 2, frame.top - 2 * mm, frame.right + mm / 2, frame.bottom};
  std::vector<Box> out;
  for (Box box : Components(Binary(image.Cropped(reach)), 8)) {
    box = {box.left + reach.left - 1, box.top + reach.top - 1, box.right + reach.left + 1, box.bottom + reach.top + 1};
    const float x = (box.left + box.right) / 2, y = (box.top + box.bottom) / 2;
    if (inside.left <= x && x <= inside.right && inside.top <= y && y <= inside.bottom) out.push_back(box);
  }
  return out;
}

void RemoveUnderlines(const Rules& rules, const std::vector<Table>& tables, Image* grey) {
  if (rules.across.empty()) return;
  const float mm = PerMm(rules.across);
  const int thick = std::max(3, static_cast<int>(0.9F * mm));
  const Image binary = Binary(*grey);
  if (binary.empty()) return;
  const int width = grey->width(), height = grey->height();
  for (const Box& rule : Components(rules.across, 8)) {
    const bool in_table = std::any_of(tables.begin(), tables.end(), [&](const Table& table) {
      return rule.left < table.box.right + mm && rule.right > table.box.left - mm && rule.top < table.box.bottom + mm &&
             rule.bottom > table.box.top - mm;
    });
    if (in_table || rule.bottom - rule.top > 2 * static_cast<float>(thick)) continue;
    for (int x = static_cast<int>(rule.left); x < std::min(width, static_cast<int>(rule.right)); ++x) {
      // The column's run of ink that the rule is part of; a higher one is a letter that stands on it.
      int top = static_cast<int>(rule.top);
      while (top < static_cast<int>(rule.bottom) && !GET_DATA_BIT(Row(rules.across, top), x)) ++top;
      if (top == static_cast<int>(rule.bottom)) continue;
      int bottom = top;
      while (top > 0 && GET_DATA_BIT(Row(binary, top - 1), x)) --top;
      while (bottom + 1 < height && GET_DATA_BIT(Row(binary, bottom + 1), x)) ++bottom;
      if (bottom - top + 1 > thick) continue;
      // With the soft edge.
      for (int y = std::max(0, top - 1); y <= std::min(height - 1, bottom + 1); ++y) {
        if (grey->depth() == 1) {
          CLEAR_DATA_BIT(Row(*grey, y), x);
        } else {
          SET_DATA_BYTE(Row(*grey, y), x, 255);
        }
      }
    }
  }
}

PrepareResult Prepare(const Image& page, const PrepareOptions& options) {
  PrepareResult result;
  result.page_width = page.width(), result.page_height = page.height();
  if (page.depth() == 32) {
    Ink ink = FindInk(page);
    l_float32 red = 0, blue = 0;
    if (!ink.red.empty()) pixForegroundFraction(ink.red.pix(), &red), pixForegroundFraction(ink.blue.pix(), &blue);
    // A page that is coloured all over is a photograph or coloured paper, no ink.
    if (options.remove_ink && red + blue > 0.0001F && red + blue < 0.3F) {
      // More than a pen leaves is blue print.
      if (blue > 0.02F) pixClearAll(ink.blue.pix());
      result.marks = FindMarks(ink);
      for (const Mark& mark : result.marks) {
        const float width = (mark.box.right - mark.box.left) / PerMm(page);
        const float height = (mark.box.bottom - mark.box.top) / PerMm(page);
        const bool stamp_size = width > 25 && height > 12 && height < 50 && width > 1.3F * height;
        result.mark_images.push_back(stamp_size ? InkOf(ink, mark.box) : Image());
      }
      result.image = WithoutInk(page, ink);
      result.done.push_back(Text("faded coloured ink on %.1f %% of the page", 100.0 * (red + blue)));
    } else {
      result.image = Image(pixConvertRGBToLuminance(page.pix()));
    }
  } else {
    result.image = page.Copy();
  }
  if (options.deskew) {
    if (const float angle = FindSkew(result.image); angle != 0) {
      Image turned(pixRotate(result.image.pix(), angle, result.image.depth() == 1 ? L_ROTATE_SHEAR : L_ROTATE_AREA_MAP,
                             L_BRING_IN_WHITE, 0, 0));
      if (!turned.empty()) {
        result.image = std::move(turned);
        result.skew_radians = angle;
        result.done.push_back(Text("turned by %.1f degrees", static_cast<double>(angle) * 180 / 3.14159265));
      }
    }
  }
  const int dpi = page.dpi();
  if (dpi > 0 && dpi < options.enlarge_below_dpi) {
    const float factor = 300.0F / static_cast<float>(dpi);
    Image larger =
        (result.image.depth() == 1 ? Image(pixConvertTo8(result.image.pix(), 0)) : result.image.Copy()).Scaled(factor);
    if (!larger.empty()) {
      result.image = std::move(larger);
      result.scale = factor;
      result.done.push_back(Text("enlarged %.1f times", static_cast<double>(factor)));
    }
  }
  if (result.image.dpi() <= 0) result.image.set_dpi(300);
  if (result.image.empty()) return result;
  const Rules rules = FindRules(result.image);
  if (options.find_tables) result.tables = FindTables(rules);
  if (options.find_frames) result.frames = FindFrames(rules);
  if (options.remove_underlines) RemoveUnderlines(rules, result.tables, &result.image);
  return result;
}

Box PrepareResult::ToPage(const Box& box) const {
  const float cx = static_cast<float>(page_width) / 2, cy = static_cast<float>(page_height) / 2;
  const float cos = std::cos(-skew_radians), sin = std::sin(-skew_radians);
  // The centre is turned back and the size kept: skew is small, and a box around turned corners would grow with width.
  const float x = (box.left + box.right) / (2 * scale) - cx, y = (box.top + box.bottom) / (2 * scale) - cy;
  const float center_x = x * cos - y * sin + cx, center_y = x * sin + y * cos + cy;
  const float half_width = (box.right - box.left) / (2 * scale), half_height = (box.bottom - box.top) / (2 * scale);
  const auto clamp = [](float v, int high) { return std::clamp(v, 0.0F, static_cast<float>(high)); };
  return {clamp(center_x - half_width, page_width), clamp(center_y - half_height, page_height),
          clamp(center_x + half_width, page_width), clamp(center_y + half_height, page_height)};
}

}  // namespace hoidau
