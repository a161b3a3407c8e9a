#include "image/prepare.h"

#include <leptonica/allheaders.h>

#include <algorithm>
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

// Ink has a colour of its own: well above what JPEG leaves around black print (about 25) and what yellowed paper has,
// which is bright in two channels.
constexpr int kInkChroma = 50;
bool IsRed(const Hue& c) { return c.red - std::max(c.green, c.blue) > kInkChroma; }
bool IsBlue(const Hue& c) { return c.blue - c.red > kInkChroma; }

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
std::vector<Box> Blobs(const Image& mask) {
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
    if (std::max(width, height) < 8 || std::min(width, height) < 3 || std::max(width, height) > 90) continue;
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

std::string Text(const char* format, double value) {
  char buffer[96];
  std::snprintf(buffer, sizeof buffer, format, value);
  return buffer;
}

}  // namespace

Image WithoutRedInk(const Image& rgb, Ink* ink) {
  const int width = rgb.width(), height = rgb.height();
  Image grey(pixCreateNoInit(width, height, 8));
  ink->red = Image(pixCreate(width, height, 1));
  ink->blue = Image(pixCreate(width, height, 1));
  if (grey.empty() || ink->red.empty() || ink->blue.empty()) return {};
  const auto row = [](const Image& image, int y) {
    return pixGetData(image.pix()) + static_cast<std::size_t>(y) * pixGetWpl(image.pix());
  };
  for (int y = 0; y < height; ++y) {
    const l_uint32* in = row(rgb, y);
    l_uint32* out = row(grey, y);
    l_uint32* red_row = row(ink->red, y);
    l_uint32* blue_row = row(ink->blue, y);
    for (int x = 0; x < width; ++x) {
      const Hue c = Split(in[x]);
      const bool red = IsRed(c);
      if (red) SET_DATA_BIT(red_row, x);
      if (!red && IsBlue(c)) SET_DATA_BIT(blue_row, x);
      SET_DATA_BYTE(out, x, static_cast<l_uint8>(red ? c.red : (c.red * 77 + c.green * 150 + c.blue * 29) >> 8));
    }
  }
  for (const Image* image : {&grey, &ink->red, &ink->blue}) pixSetResolution(image->pix(), rgb.dpi(), rgb.dpi());
  return grey;
}

std::vector<Mark> FindMarks(const Ink& ink) {
  std::vector<Mark> marks;
  const float mm = PerMm(ink.red);
  const auto page_width = static_cast<float>(ink.red.width());
  for (const Box& box : Blobs(ink.red)) {
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
  for (const Box& box : Blobs(ink.blue)) {
    const bool large = box.right - box.left > 12 * mm && box.bottom - box.top > 8 * mm;
    marks.push_back({.kind = large ? MarkKind::kSignature : MarkKind::kHandwriting,
                     .box = box,
                     .text = {},
                     .number = {},
                     .date = {}});
  }
  return marks;
}

void FadeBlueInk(const Image& rgb, const Box& area, Image* grey) {
  const int right = std::min(static_cast<int>(area.right), rgb.width()),
            bottom = std::min(static_cast<int>(area.bottom), rgb.height());
  for (int y = static_cast<int>(area.top); y < bottom; ++y) {
    const l_uint32* in = pixGetData(rgb.pix()) + static_cast<std::size_t>(y) * pixGetWpl(rgb.pix());
    l_uint32* out = pixGetData(grey->pix()) + static_cast<std::size_t>(y) * pixGetWpl(grey->pix());
    for (int x = static_cast<int>(area.left); x < right; ++x) {
      if (const Hue c = Split(in[x]); IsBlue(c)) SET_DATA_BYTE(out, x, static_cast<l_uint8>(c.blue));
    }
  }
}

float FindSkew(const Image& grey) {
  const Image binary = Binary(grey);
  l_float32 degrees = 0, confidence = 0;
  if (binary.empty() || pixFindSkew(binary.pix(), &degrees, &confidence) != 0) return 0;
  // Below a third of a degree the recogniser's own baselines do as well; above 7 the search has no meaning.
  if (confidence < 3 || std::abs(degrees) < 0.3F || std::abs(degrees) > 7) return 0;
  return degrees * 3.14159265F / 180;
}

std::vector<Table> FindTables(const Image& grey) {
  const float mm = PerMm(grey);
  const Image binary = Binary(grey);
  if (binary.empty()) return {};
  const int length = std::max(20, static_cast<int>(12 * mm)), height = std::max(12, static_cast<int>(7 * mm));
  // Gaps of print quality are closed first, then only long strokes are left.
  const int gap = std::max(3, static_cast<int>(mm / 2)) | 1;
  Image across(pixCloseSafeBrick(nullptr, binary.pix(), gap, 1));
  pixOpenBrick(across.pix(), across.pix(), length, 1);
  Image down(pixCloseSafeBrick(nullptr, binary.pix(), 1, gap));
  pixOpenBrick(down.pix(), down.pix(), 1, height);
  Image rules(pixOr(nullptr, across.pix(), down.pix()));
  if (rules.empty()) return {};
  pixDilateBrick(rules.pix(), rules.pix(), gap, gap);  // corners that do not quite meet
  std::vector<Table> tables;
  for (const Box& box : Components(rules, 8)) {
    if (box.right - box.left < 30 * mm || box.bottom - box.top < 8 * mm) continue;
    Image part = rules.Cropped(box);
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

PrepareResult Prepare(const Image& page, const PrepareOptions& options) {
  PrepareResult result;
  result.page_width = page.width(), result.page_height = page.height();
  if (page.depth() == 32) {
    Ink ink;
    Image grey = WithoutRedInk(page, &ink);
    l_float32 red = 0, blue = 0;
    if (!grey.empty()) pixForegroundFraction(ink.red.pix(), &red), pixForegroundFraction(ink.blue.pix(), &blue);
    // A page that is coloured all over is a photograph or coloured paper, no ink.
    if (options.remove_ink && red + blue > 0.0005F && red + blue < 0.3F) {
      result.marks = FindMarks(ink);
      // More than a pen leaves is blue print.
      if (blue < 0.02F) {
        FadeBlueInk(page, {0, 0, static_cast<float>(page.width()), static_cast<float>(page.height())}, &grey);
      }
      result.done.push_back(Text("faded coloured ink on %.1f %% of the page", 100.0 * (red + blue)));
      result.image = std::move(grey);
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
  if (options.find_tables) result.tables = FindTables(result.image);
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
