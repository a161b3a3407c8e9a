#include "image/prepare.h"

#include <leptonica/allheaders.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <iterator>
#include <utility>

#include "image/binary.h"

namespace hoidau {
namespace {

struct Hue {
  int red, green, blue;
};
// As Leptonica's extractRGBValues, which is a call for every pixel.
Hue Split(l_uint32 pixel) {
  const auto channel = [&](int shift) { return static_cast<int>(pixel >> shift & 255); };
  return {channel(L_RED_SHIFT), channel(L_GREEN_SHIFT), channel(L_BLUE_SHIFT)};
}

// By how much the strongest channel stands above the others: red and blue or violet.
int Redness(const Hue& c) { return c.red - std::max(c.green, c.blue); }
// Violet has as much red as blue, now the one and now the other ahead.
int Blueness(const Hue& c) {
  const int blue = c.blue >= c.red && c.blue >= c.green ? c.blue - std::min(c.red, c.green) : 0;
  return std::max(blue, std::min(c.red, c.blue) - c.green);
}

// Ink has a colour of its own: well above what JPEG leaves around black print (about 25) and what yellowed paper has,
// which is bright in two channels. The cast of the print, as a bluish scanner gives it, comes on top.
constexpr int kInkChroma = 50;
// Violet stamps are pale, and black print has less of a blue fringe than of a red one.
constexpr int kBlueChroma = 36;
// A pixel beside ink that has some of its colour is the soft edge of the same stroke.
constexpr int kEdgeChroma = 12;

int Luminance(const Hue& c) { return (c.red * 77 + c.green * 150 + c.blue * 29) >> 8; }

// Pixels that are looked at together: a word of a black and white image.
constexpr int kRun = 32;

// At least as much as the redness and the blueness of every pixel.
int MostChroma(const l_uint32* begin, const l_uint32* end) {
  int most = 0;
  for (const l_uint32* at = begin; at != end; ++at) {
    const Hue c = Split(*at);
    most = std::max(most, std::max(std::max(c.red, c.green), c.blue) - std::min(std::min(c.red, c.green), c.blue));
  }
  return most;
}

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

// Coloured strokes that belong together, of the size of a mark: 2 mm apart one below the other, `gap_mm` side by side;
// pixels of the mask.
std::vector<Box> Blobs(const Image& mask, float least_mm, float gap_mm) {
  const float mm = PerMm(mask);
  constexpr int kReduce = 4;
  Image small(pixReduceRankBinaryCascade(mask.pix(), 1, 1, 0, 0));
  if (small.empty()) return {};
  const auto pixels = [&](float millimetres) { return std::max(3, static_cast<int>(millimetres * mm / kReduce)) | 1; };
  const Image closed(pixCloseSafeBrick(nullptr, small.pix(), pixels(gap_mm), pixels(2)));
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

// What is stamped within `box`, without the print below it: dark strokes without a colour, and their soft edges, become
// white. By brightness: JPEG keeps colour coarsely.
Image StampOf(const Image& rgb, const Box& box) {
  constexpr int kDark = 70, kColourless = 25;
  const Image part = rgb.Cropped(box);
  if (part.empty()) return {};
  Image print(pixCreate(part.width(), part.height(), 1)), out(pixConvertRGBToLuminance(part.pix()));
  if (print.empty() || out.empty()) return {};
  for (int y = 0; y < part.height(); ++y) {
    const l_uint32* in = Row(part, y);
    l_uint32* dark = Row(print, y);
    for (int x = 0; x < part.width(); ++x) {
      const Hue c = Split(in[x]);
      if (Luminance(c) < kDark && std::max(Redness(c), Blueness(c)) < kColourless) SET_DATA_BIT(dark, x);
    }
  }
  const int reach = std::max(3, static_cast<int>(0.5F * PerMm(rgb))) | 1;
  pixDilateBrick(print.pix(), print.pix(), reach, reach);
  pixSetMasked(out.pix(), print.pix(), 255);
  return out;
}

// The same of the ink of one colour alone: nothing that stands around it.
Image InkAlone(const Image& rgb, const Image& ink, const Box& box) {
  Image out = StampOf(rgb, box), mask = ink.Cropped(box);
  if (out.empty() || mask.empty()) return {};
  const int edge = std::max(3, static_cast<int>(0.3F * PerMm(rgb))) | 1;
  const Image around(pixDilateBrick(nullptr, mask.pix(), edge, edge));
  if (around.empty() || pixInvert(around.pix(), around.pix()) == nullptr) return {};
  pixSetMasked(out.pix(), around.pix(), 255);
  return out;
}

// Makes a seal white with the edge of its ring; `ring` in pixels of the page that `image` shows from `origin` on.
void ClearDisc(const Box& ring, const Box& origin, Image* image) {
  const float by = PerMm(*image), radius = (ring.right - ring.left) / 2 + by;
  const float x = (ring.left + ring.right) / 2 - origin.left, y = (ring.top + ring.bottom) / 2 - origin.top;
  const int first = std::max(0, static_cast<int>(y - radius));
  const int last = std::min(image->height() - 1, static_cast<int>(y + radius));
  for (int row = first; row <= last; ++row) {
    const float down = static_cast<float>(row) - y;
    const float half = std::sqrt(std::max(0.0F, radius * radius - down * down));
    const auto at = static_cast<float>(row);
    image->Fill({x - half, at, x + half, at + 1}, 255, 255, 255);
  }
}

// With some paper around, which recognisers need.
Box Around(const Box& box, const Image& page) {
  const float by = 2 * PerMm(page);
  return {std::max(0.0F, box.left - by), std::max(0.0F, box.top - by),
          std::min(static_cast<float>(page.width()), box.right + by),
          std::min(static_cast<float>(page.height()), box.bottom + by)};
}

// Whether a page in colour has none: scans in grey are kept in three channels by many programs.
bool IsColourless(const Image& rgb) {
  for (int y = 0; y < rgb.height(); ++y) {
    const l_uint32* in = Row(rgb, y);
    for (int x = 0; x < rgb.width(); ++x) {
      const Hue c = Split(in[x]);
      if (c.red != c.green || c.green != c.blue) return false;
    }
  }
  return true;
}

// The page itself where it has no colours.
Image Grey(const Image& page) {
  return Image(page.depth() == 32 ? pixConvertRGBToLuminance(page.pix()) : pixClone(page.pix()));
}

// Black and white at 130 to 260 dpi, in which directions are measured: finer costs more and tells no more.
Image ForDirection(Image grey) {
  if (grey.empty()) return {};
  const int dpi = grey.dpi() > 0 ? grey.dpi() : 300;
  if (dpi >= 250) {
    grey = Image(grey.depth() == 1 ? pixReduceRankBinary2(grey.pix(), 2, nullptr) : pixScaleAreaMap2(grey.pix()));
    if (!grey.empty()) grey.set_dpi(dpi / 2);
  } else if (dpi < 130) {
    grey = Image(grey.depth() == 1 ? pixConvertTo8(grey.pix(), 0) : pixClone(grey.pix())).Scaled(2);
  }
  return grey.empty() ? Image() : Binary(grey);
}

std::optional<int> OrientationOf(const Image& binary) {
  l_float32 up = 0, left = 0;
  if (binary.empty() || pixUpDownDetect(binary.pix(), &up, 0, 0, 0) != 0) return std::nullopt;
  // No page on its side came near this (8.6 at most of 231), and four of five upright ones have more.
  constexpr float kClear = 12;
  if (std::abs(up) >= kClear) return up > 0 ? 0 : 2;
  const Image turned(pixRotate90(binary.pix(), 1));
  if (turned.empty() || pixUpDownDetect(turned.pix(), &left, 0, 0, 0) != 0) return std::nullopt;
  // Of 550 pages tried in all four directions none was told wrong at these and about one of twenty was not told; but a
  // short last page of a faint scan was, so who reads a turned page looks whether its words are believed.
  constexpr float kLeast = 5, kRatio = 2;
  l_int32 direction = L_TEXT_ORIENT_UNKNOWN;
  if (makeOrientDecision(up, left, kLeast, kRatio, &direction, 0) != 0) return std::nullopt;
  switch (direction) {
    case L_TEXT_ORIENT_UP:
      return 0;
    case L_TEXT_ORIENT_LEFT:
      return 1;
    case L_TEXT_ORIENT_DOWN:
      return 2;
    case L_TEXT_ORIENT_RIGHT:
      return 3;
    default:
      return std::nullopt;
  }
}

// All that is clearly darker than the paper: a seal that has become a pale grey is on the light side of the threshold
// of print. A blank page where the image is black and white.
Image NoPaper(const Image& grey) {
  constexpr float kClearly = 0.75F;
  if (grey.depth() != 8) return Image::Blank(grey.width(), grey.height(), 1, grey.dpi());
  Image dark(pixThresholdToBinary(grey.pix(), static_cast<int>(kClearly * static_cast<float>(PaperOf(grey, 3).level))));
  return dark.empty() ? Image::Blank(grey.width(), grey.height(), 1, grey.dpi()) : std::move(dark);
}

// Angle to turn by, radians, 0 where it is small or cannot be told.
float SkewOf(const Image& binary) {
  constexpr float kWidest = 7, kStep = 1, kFinest = 0.01F;  // degrees
  const int reduce = binary.dpi() >= 180 ? 2 : 1;
  l_float32 degrees = 0, confidence = 0;
  if (binary.empty() || pixFindSkewSweepAndSearch(binary.pix(), &degrees, &confidence, 2 * reduce, reduce, kWidest,
                                                  kStep, kFinest) != 0) {
    return 0;
  }
  // Below a third of a degree the recogniser's own baselines do as well; above 7 the search has no meaning.
  if (confidence < 3 || std::abs(degrees) < 0.3F || std::abs(degrees) > kWidest) return 0;
  return degrees * 3.14159265F / 180;
}

constexpr int kEvenedPaper = 200;  // as Leptonica makes it where it evens the light

// Of the pixels of a page.
struct InkShare {
  l_float32 red = 0, blue = 0;
  float all() const { return red + blue; }
};
constexpr float kLeastInk = 0.0001F;
InkShare ShareOf(const Ink& ink) {
  InkShare share;
  if (ink.red.empty()) return share;
  pixForegroundFraction(ink.red.pix(), &share.red);
  pixForegroundFraction(ink.blue.pix(), &share.blue);
  return share;
}

// The largest upright box between the sides.
Box Within(const Sheet& sheet) {
  const auto& [a, b, c, d] = sheet.corners;
  return {std::max(a.x, d.x), std::max(a.y, b.y), std::min(b.x, c.x), std::min(c.y, d.y)};
}

std::string Text(const char* format, double value) {
  char buffer[96];
  std::snprintf(buffer, sizeof buffer, format, value);
  return buffer;
}

}  // namespace

Ink FindInk(const Image& rgb) {
  const auto blank = [&] { return Image(pixCreate(rgb.width(), rgb.height(), 1)); };
  Ink ink{blank(), blank()}, pale{blank(), blank()};
  if (ink.red.empty() || ink.blue.empty() || pale.red.empty() || pale.blue.empty()) return {};
  const Tone tone = MeasureTone(rgb);
  const int red_at_least = kInkChroma + tone.red_cast * 3 / 2, blue_at_least = kBlueChroma + tone.blue_cast * 5 / 2;
  // Nearly all of a page is paper and print: runs of pixels without a colour are passed over.
  const int least = std::min(red_at_least, blue_at_least);
  for (int y = 0; y < rgb.height(); ++y) {
    const l_uint32* in = Row(rgb, y);
    l_uint32 *red = Row(ink.red, y), *blue = Row(ink.blue, y);
    l_uint32 *pale_red = Row(pale.red, y), *pale_blue = Row(pale.blue, y);
    for (int begin = 0; begin < rgb.width(); begin += kRun) {
      const int end = std::min(begin + kRun, rgb.width());
      if (2 * MostChroma(in + begin, in + end) <= least) continue;
      for (int x = begin; x < end; ++x) {
        const Hue c = Split(in[x]);
        const int redness = Redness(c), blueness = Blueness(c);
        if (redness > red_at_least) {
          SET_DATA_BIT(red, x);
        } else if (blueness > blue_at_least) {
          SET_DATA_BIT(blue, x);
        }
        if (2 * redness > red_at_least) SET_DATA_BIT(pale_red, x);
        if (2 * blueness > blue_at_least) SET_DATA_BIT(pale_blue, x);
      }
    }
  }
  // What is paler belongs to the ink that it touches: JPEG and a thin stamp pad wash strokes out in places.
  for (const auto& [strong, weak] : {std::pair{&ink.red, &pale.red}, std::pair{&ink.blue, &pale.blue}}) {
    pixOr(weak->pix(), weak->pix(), strong->pix());
    pixSeedfillBinary(strong->pix(), strong->pix(), weak->pix(), 8);
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
    for (int begin = 0; begin < width; begin += kRun) {
      const int end = std::min(begin + kRun, width), word = begin / kRun;
      if ((red[word] | blue[word] | around_red[word] | around_blue[word]) == 0) {
        for (int x = begin; x < end; ++x) SET_DATA_BYTE(out, x, static_cast<l_uint8>(Luminance(Split(in[x]))));
        continue;
      }
      for (int x = begin; x < end; ++x) {
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
  }
  grey.set_dpi(rgb.dpi());
  return grey;
}

std::vector<Mark> FindRedMarks(const Image& ink) {
  std::vector<Mark> marks;
  const float mm = PerMm(ink);
  const auto page_width = static_cast<float>(ink.width());
  // Seals of state bodies are red and round, 30 to 42 mm across. What is stamped beside one, the signatory's title and
  // name, often touches it.
  Image red = ink.Copy();
  for (const Box& ring : FindRings(ink)) {
    marks.push_back({.kind = MarkKind::kSeal, .box = ring, .text = {}, .number = {}, .date = {}});
    ClearDisc(ring, {}, &red);
  }
  for (const Box& box : Blobs(red, 8, 3)) {  // words of a stamped line
    // A seal with a broken ring; one laid over the edge of the sheets shows a part.
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
  return marks;
}

std::vector<Mark> FindBlueMarks(const Image& ink) {
  std::vector<Mark> marks;
  const float mm = PerMm(ink);
  for (const Box& box : Blobs(ink, 3, 2)) {
    const bool large = box.right - box.left > 12 * mm && box.bottom - box.top > 8 * mm;
    marks.push_back({.kind = large ? MarkKind::kSignature : MarkKind::kHandwriting,
                     .box = box,
                     .text = {},
                     .number = {},
                     .date = {}});
  }
  return marks;
}

Image Smoothed(const Image& binary, bool soften) {
  // Of the ink what a square of two pixels fits into: half or less of it where strokes are about as thin, against 0.53
  // to 0.75 on scans, copies and faxes with a threshold in the middle. Specks and hairlines, in which there is no such
  // square, do not count: a fax of few words or of a table has as much of them as of letters.
  constexpr float kThin = 0.525F;
  Image strokes(pixErodeBrick(nullptr, binary.pix(), 2, 2));
  const Image letters(strokes.empty() ? nullptr : pixSeedfillBinary(nullptr, strokes.pix(), binary.pix(), 8));
  l_int32 all = 0, in_strokes = 0;
  if (letters.empty() || pixCountPixels(letters.pix(), &all, nullptr) != 0 ||
      pixCountPixels(strokes.pix(), &in_strokes, nullptr) != 0) {
    return {};
  }
  const bool thin = static_cast<float>(in_strokes) <= kThin * static_cast<float>(all);
  strokes = Image(thin ? pixDilateBrick(nullptr, binary.pix(), 2, 2) : pixClone(binary.pix()));
  if (strokes.empty()) return {};
  Image grey(pixConvertTo8(strokes.pix(), 0));
  if (grey.empty() || !soften) return grey;
  Image soft(pixBlockconvGray(grey.pix(), nullptr, 1, 1));
  if (!soft.empty()) soft.set_dpi(binary.dpi());
  return soft;
}

void WhitenPaper(Image* grey) {
  if (grey->depth() != 8) return;
  constexpr float kLeast = 0.2F;  // of the page: else there is no paper in sight
  const auto [level, share] = PaperOf(*grey, 3);
  if (level == 255 || share < kLeast) return;
  NUMA* map = numaCreate(256);
  if (map == nullptr) return;
  for (int value = 0; value < 256; ++value) {
    numaAddNumber(map, static_cast<l_float32>(std::min(255, (value * 255 + level / 2) / level)));
  }
  pixTRCMap(grey->pix(), nullptr, map);
  numaDestroy(&map);
}

std::optional<int> FindOrientation(const Image& page) { return OrientationOf(ForDirection(Grey(page))); }

PrepareResult Prepare(const Image& given, const PrepareOptions& options) {
  PrepareResult result;
  Image grey = Grey(given), page(pixClone(given.depth() == 32 && IsColourless(given) ? grey.pix() : given.pix()));
  if (grey.empty() || page.empty()) return result;
  Image direction = !options.quarter_turns || options.deskew ? ForDirection(Grey(grey)) : Image();
  const std::optional<int> turns = options.quarter_turns ? options.quarter_turns : OrientationOf(direction);
  result.upright = turns.has_value();
  result.quarter_turns = turns.value_or(0) & 3;
  if (result.quarter_turns != 0) {
    Image turned = page.Rotated90(result.quarter_turns);
    if (turned.empty()) {
      result.quarter_turns = 0;
    } else {
      page = std::move(turned), grey = Grey(page);
      if (!direction.empty()) direction = direction.Rotated90(result.quarter_turns);
      result.done.push_back(Text("turned by %.0f degrees", 90.0 * result.quarter_turns));
    }
  }
  result.page_width = page.width(), result.page_height = page.height();
  result.page_dpi = page.dpi() > 0 ? page.dpi() : 300;
  if (const auto sheet = options.flatten && !grey.empty() ? FindSheet(grey) : std::nullopt) {
    // Without ink there is nothing to do in colour, which takes three times as long.
    if (page.depth() == 32 && ShareOf(FindInk(page.Cropped(Within(*sheet)))).all() <= kLeastInk) page = Grey(page);
    if ((result.sheet = Flatten(page, *sheet))) {
      page = std::exchange(result.sheet->image, Image());
      direction = Image();  // a rectangle is straight
      result.done.push_back("the sheet of a photograph made a rectangle");
    }
  }
  if (page.empty()) return result;
  result.sheet_width = page.width(), result.sheet_height = page.height();
  // Turning softens edges by itself; to do both makes blanks between words vanish.
  const float angle = options.deskew ? SkewOf(direction) : 0;
  if (page.depth() == 32) {
    Ink ink = FindInk(page);
    const InkShare share = ShareOf(ink);
    // A page that is coloured all over is a photograph or coloured paper, no ink.
    if (options.remove_ink && share.all() > kLeastInk && share.all() < 0.3F) {
      // More than a pen leaves is blue print.
      if (share.blue > 0.02F) pixClearAll(ink.blue.pix());
      result.marks = FindRedMarks(ink.red);
      const std::size_t reds = result.marks.size();
      std::ranges::move(FindBlueMarks(ink.blue), std::back_inserter(result.marks));
      for (const Mark& mark : result.marks) {
        const float width = (mark.box.right - mark.box.left) / PerMm(page);
        const float height = (mark.box.bottom - mark.box.top) / PerMm(page);
        // A number or a day that was written into a blank; a name or a title that was stamped.
        const bool pen_or_line = mark.kind == MarkKind::kHandwriting && height > 2.5F && height < 12;
        const bool stamp_size = width > 25 && height > 12 && height < 50 && width > 1.3F * height;
        result.mark_images.push_back(
            stamp_size ? StampOf(page, mark.box)
            : pen_or_line
                ? InkAlone(page, result.mark_images.size() < reds ? ink.red : ink.blue, Around(mark.box, page))
                : Image());
        for (const Mark& other : result.marks) {
          if (!pen_or_line || other.kind != MarkKind::kSeal || result.mark_images.back().empty()) continue;
          ClearDisc(other.box, Around(mark.box, page), &result.mark_images.back());
        }
      }
      result.image = WithoutInk(page, ink);
      if (result.sheet) {
        for (Mark& mark : result.marks) mark.box = result.sheet->to_photograph.Of(mark.box);
      }
      result.done.push_back(
          Text("faded coloured ink on %.1f %% of the page", 100.0 * static_cast<double>(share.all())));
    } else {
      result.image = Grey(page);
    }
  } else {
    result.image = options.smooth && page.depth() == 1 ? Smoothed(page, angle == 0) : page.Copy();
  }
  if (result.sheet) {
    Image even(pixBackgroundNormSimple(result.image.pix(), nullptr, nullptr));
    if (!even.empty()) result.image = std::move(even);
    // The sheet's edges, where it is not quite straight or something lies on it.
    const int edge = static_cast<int>(2.5F * PerMm(result.image));
    pixSetBorderVal(result.image.pix(), edge, edge, edge, edge, kEvenedPaper);
  }
  // Rules of black and white pages are looked for before their edges are made soft.
  Image ruled = page.depth() == 1 ? page.Copy() : Image();
  if (options.deskew) {
    if (angle != 0) {
      // In black and white strokes would break.
      const Image eight(result.image.depth() == 1 ? pixConvertTo8(result.image.pix(), 0)
                                                  : pixClone(result.image.pix()));
      Image turned(eight.empty() ? nullptr : pixRotate(eight.pix(), angle, L_ROTATE_AREA_MAP, L_BRING_IN_WHITE, 0, 0));
      if (!turned.empty()) {
        if (page.depth() == 1) {
          const Image sharp(pixConvertTo8(page.pix(), 0));
          ruled =
              Image(sharp.empty() ? nullptr : pixRotate(sharp.pix(), angle, L_ROTATE_AREA_MAP, L_BRING_IN_WHITE, 0, 0));
        }
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
      ruled = Image();
      result.done.push_back(Text("enlarged %.1f times", static_cast<double>(factor)));
    }
  }
  if (result.image.dpi() <= 0) result.image.set_dpi(300);
  if (result.image.empty()) return result;
  const bool coloured_seal = std::any_of(result.marks.begin(), result.marks.end(),
                                         [](const Mark& mark) { return mark.kind == MarkKind::kSeal; });
  if (options.find_grey_seals && !coloured_seal) {
    if (!direction.empty()) {
      const float by = static_cast<float>(page.width()) / static_cast<float>(direction.width());
      for (const Box& ring : FindRings(direction)) {
        result.grey_seals.push_back(
            result.FromSheet({ring.left * by, ring.top * by, ring.right * by, ring.bottom * by}));
      }
    }
    if (result.grey_seals.empty()) result.grey_seals = FindRings(NoPaper(result.image));
    for (const Box& seal : result.grey_seals) {
      if (options.fade_grey_seals && FadeGreySeal(seal, &result.image)) result.done.push_back("faded a grey seal");
    }
  }
  const Rules rules = FindRules(ruled.empty() ? result.image : ruled, result.sheet ? kEvenedPaper : 0);
  if (options.find_tables) result.tables = FindTables(rules);
  if (options.find_frames) result.frames = FindFrames(rules);
  if (options.remove_underlines) RemoveUnderlines(rules, result.tables, &result.image);
  if (options.whiten) WhitenPaper(&result.image);
  return result;
}

Box PrepareResult::FromPage(const Box& on_page) const {
  return FromSheet(sheet ? sheet->from_photograph.Of(on_page) : on_page);
}

Box PrepareResult::FromSheet(const Box& box) const {
  const float cx = static_cast<float>(sheet_width) / 2, cy = static_cast<float>(sheet_height) / 2;
  const float cos = std::cos(skew_radians), sin = std::sin(skew_radians);
  const float x = (box.left + box.right) / 2 - cx, y = (box.top + box.bottom) / 2 - cy;
  const float center_x = (x * cos - y * sin + cx) * scale, center_y = (x * sin + y * cos + cy) * scale;
  const float half_width = (box.right - box.left) / 2 * scale, half_height = (box.bottom - box.top) / 2 * scale;
  return {center_x - half_width, center_y - half_height, center_x + half_width, center_y + half_height};
}

Box PrepareResult::ToPage(const Box& box) const {
  const float cx = static_cast<float>(sheet_width) / 2, cy = static_cast<float>(sheet_height) / 2;
  const float cos = std::cos(-skew_radians), sin = std::sin(-skew_radians);
  // The centre is turned back and the size kept: skew is small, and a box around turned corners would grow with width.
  const float x = (box.left + box.right) / (2 * scale) - cx, y = (box.top + box.bottom) / (2 * scale) - cy;
  const float center_x = x * cos - y * sin + cx, center_y = x * sin + y * cos + cy;
  const float half_width = (box.right - box.left) / (2 * scale), half_height = (box.bottom - box.top) / (2 * scale);
  const Box flat{center_x - half_width, center_y - half_height, center_x + half_width, center_y + half_height};
  const Box at = sheet ? sheet->to_photograph.Of(flat) : flat;
  const auto clamp = [](float v, int high) { return std::clamp(v, 0.0F, static_cast<float>(high)); };
  return {clamp(at.left, page_width), clamp(at.top, page_height), clamp(at.right, page_width),
          clamp(at.bottom, page_height)};
}

}  // namespace hoidau
