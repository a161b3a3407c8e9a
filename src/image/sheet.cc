#include "image/sheet.h"

#include <leptonica/allheaders.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "image/binary.h"

namespace hoidau {
namespace {

constexpr int kSize = 500;  // longest side of the picture in which sides are looked for, pixels

// A side of the sheet, seen from the edge of the picture nearest to it: depth = at + slope * along.
struct Side {
  float at = 0, slope = 0;
};

// The picture as seen from one of its edges.
class View {
 public:
  enum class From { kLeft, kTop, kRight, kBottom };
  View(const Image& grey, From from) : grey_(grey), from_(from) {}

  bool upright() const { return from_ == From::kLeft || from_ == From::kRight; }
  int length() const { return upright() ? grey_.height() : grey_.width(); }
  int depth() const { return upright() ? grey_.width() : grey_.height(); }
  int At(int along, int depth) const {
    if (from_ == From::kRight || from_ == From::kBottom) depth = this->depth() - 1 - depth;
    return upright() ? GET_DATA_BYTE(Row(grey_, along), depth) : GET_DATA_BYTE(Row(grey_, depth), along);
  }
  // As y = at + slope * x, or x = at + slope * y for upright ones.
  Side InPicture(const Side& side) const {
    if (from_ == From::kLeft || from_ == From::kTop) return side;
    return {static_cast<float>(depth()) - side.at, -side.slope};
  }

 private:
  const Image& grey_;
  From from_;
};

struct Step {
  float along, depth;
};

// Where the picture becomes bright: the strongest step in each row, with nothing as bright as the inside before it.
std::vector<Step> Steps(const View& view) {
  constexpr int kReach = 4, kLeast = 14;  // pixels on either side; grey levels
  constexpr float kDeepest = 0.45F;
  std::vector<Step> steps;
  const int deepest = static_cast<int>(kDeepest * static_cast<float>(view.depth()));
  std::vector<int> sums(static_cast<std::size_t>(deepest + kReach) + 1);
  for (int along = 0; along < view.length(); along += 2) {
    for (int d = 0; d < deepest + kReach; ++d) {
      sums[static_cast<std::size_t>(d) + 1] = sums[static_cast<std::size_t>(d)] + view.At(along, d);
    }
    const auto mean = [&](int from) {
      return (sums[static_cast<std::size_t>(from + kReach)] - sums[static_cast<std::size_t>(from)]) / kReach;
    };
    int best = kLeast, place = -1, brightest = 0;
    for (int d = kReach; d < deepest; ++d) {
      const int outside = mean(d - kReach), inside = mean(d), step = inside - outside;
      brightest = std::max(brightest, outside);
      if (step > best && brightest < inside - step / 2) best = step, place = d;
    }
    if (place >= 0) steps.push_back({static_cast<float>(along), static_cast<float>(place)});
  }
  return steps;
}

// The line that most of the steps lie on.
std::optional<Side> FitSide(const View& view) {
  constexpr float kNear = 1.6F, kSteepest = 0.35F;
  constexpr float kMost = 0.6F, kLength = 0.45F;  // of the steps; of the picture's edge
  const std::vector<Step> steps = Steps(view);
  const auto edge = static_cast<float>(view.length());
  if (2 * static_cast<float>(steps.size()) < kLength * edge) return std::nullopt;
  const auto near = [&](const Side& side, const Step& step) {
    return std::abs(side.at + side.slope * step.along - step.depth) < kNear;
  };
  const auto count = [&](const Side& side) {
    return std::count_if(steps.begin(), steps.end(), [&](const Step& step) { return near(side, step); });
  };
  Side best;
  std::ptrdiff_t most = 0;
  const std::size_t stride = steps.size() / 32 + 1;
  for (std::size_t i = 0; i < steps.size(); i += stride) {
    for (std::size_t j = i + stride; j < steps.size(); j += stride) {
      const float slope = (steps[j].depth - steps[i].depth) / (steps[j].along - steps[i].along);
      if (std::abs(slope) > kSteepest) continue;
      const Side side{steps[i].depth - slope * steps[i].along, slope};
      if (const std::ptrdiff_t here = count(side); here > most) most = here, best = side;
    }
  }
  for (int round = 0; round < 3 && most > 2; ++round) {
    double n = 0, x = 0, y = 0, xx = 0, xy = 0;
    for (const Step& step : steps) {
      if (!near(best, step)) continue;
      n += 1, x += step.along, y += step.depth, xx += step.along * step.along, xy += step.along * step.depth;
    }
    const double slope = (n * xy - x * y) / (n * xx - x * x);
    best = {static_cast<float>((y - slope * x) / n), static_cast<float>(slope)};
    most = count(best);
  }
  if (static_cast<float>(most) < kMost * static_cast<float>(steps.size()) ||
      2 * static_cast<float>(most) < kLength * edge) {
    return std::nullopt;
  }
  return view.InPicture(best);
}

Point Crossing(const Side& upright, const Side& across) {
  const float y = (across.at + across.slope * upright.at) / (1 - across.slope * upright.slope);
  return {upright.at + upright.slope * y, y};
}

float Distance(Point a, Point b) { return std::hypot(a.x - b.x, a.y - b.y); }

float Area(const std::array<Point, 4>& corners) {
  float twice = 0;
  for (std::size_t i = 0; i < 4; ++i) {
    const Point a = corners[i], b = corners[(i + 1) % 4];
    twice += a.x * b.y - b.x * a.y;
  }
  return std::abs(twice) / 2;
}

std::optional<Projection> MapOf(const std::array<Point, 4>& from, const std::array<Point, 4>& to) {
  const auto points = [](const std::array<Point, 4>& corners) {
    PTA* pta = ptaCreate(4);
    for (const Point p : corners) ptaAddPt(pta, p.x, p.y);
    return pta;
  };
  PTA *a = points(from), *b = points(to);
  l_float32* coefficients = nullptr;
  const bool found = getProjectiveXformCoeffs(a, b, &coefficients) == 0;
  ptaDestroy(&a), ptaDestroy(&b);
  if (!found) return std::nullopt;
  Projection out;
  std::copy_n(coefficients, out.c.size(), out.c.begin());
  lept_free(coefficients);
  return out;
}

// The bytes of a pixel, weighted by 256ths, in two halves so that none runs into the next.
std::uint32_t Mix(std::uint32_t a, std::uint32_t b, std::uint32_t share_of_b) {
  constexpr std::uint32_t kOdd = 0x00ff00ff, kEven = 0xff00ff00;
  const std::uint32_t odd = (a & kOdd) * (256 - share_of_b) + (b & kOdd) * share_of_b;
  const std::uint32_t even = (a >> 8 & kOdd) * (256 - share_of_b) + (b >> 8 & kOdd) * share_of_b;
  return (odd >> 8 & kOdd) | (even & kEven);
}

// A row of the flat sheet, each pixel mixed of the four around its place in the photograph; white where that has none.
// As Leptonica's linearInterpolatePixel…, which is a call for every pixel.
template <int kDepth>
void WarpRow(const Image& photograph, const Projection& to, int y, Image& flat) {
  const auto& c = to.c;
  const auto row = static_cast<float>(y);
  const float from_x = c[1] * row + c[2], from_y = c[4] * row + c[5], from_z = c[7] * row + 1;
  const int width = photograph.width(), height = photograph.height();
  const std::size_t words = static_cast<std::size_t>(pixGetWpl(photograph.pix()));
  const std::uint32_t* const first = Row(photograph, 0);
  std::uint32_t* const out = Row(flat, y);
  for (int x = 0; x < flat.width(); ++x) {
    const auto column = static_cast<float>(x);
    const float scale = 256 / (c[6] * column + from_z);
    const int at_x = static_cast<int>((c[0] * column + from_x) * scale);
    const int at_y = static_cast<int>((c[3] * column + from_y) * scale);
    const int left = at_x >> 8, top = at_y >> 8;
    const bool inside = left >= 0 && top >= 0 && left + 1 < width && top + 1 < height;
    const auto right_share = static_cast<std::uint32_t>(at_x & 255),
               lower_share = static_cast<std::uint32_t>(at_y & 255);
    const std::uint32_t* const upper = inside ? first + static_cast<std::size_t>(top) * words : first;
    const std::uint32_t* const lower = inside ? upper + words : first;
    if constexpr (kDepth == 8) {
      std::uint32_t value = 255U << 16;
      if (inside) {
        const std::uint32_t left_share = 256 - right_share;
        const std::uint32_t high =
            GET_DATA_BYTE(upper, left) * left_share + GET_DATA_BYTE(upper, left + 1) * right_share;
        const std::uint32_t low =
            GET_DATA_BYTE(lower, left) * left_share + GET_DATA_BYTE(lower, left + 1) * right_share;
        value = high * (256 - lower_share) + low * lower_share;
      }
      SET_DATA_BYTE(out, x, static_cast<l_uint8>(value >> 16));
    } else {
      out[x] = inside ? Mix(Mix(upper[left], upper[left + 1], right_share),
                            Mix(lower[left], lower[left + 1], right_share), lower_share)
                      : 0xffffff00;
    }
  }
}

}  // namespace

Point Projection::Of(Point at) const {
  const float z = c[6] * at.x + c[7] * at.y + 1;
  return {(c[0] * at.x + c[1] * at.y + c[2]) / z, (c[3] * at.x + c[4] * at.y + c[5]) / z};
}

Box Projection::Of(const Box& box) const {
  const float x = (box.left + box.right) / 2, y = (box.top + box.bottom) / 2;
  const Point centre = Of(Point{x, y});
  const float half_width = Distance(Of(Point{box.left, y}), Of(Point{box.right, y})) / 2;
  const float half_height = Distance(Of(Point{x, box.top}), Of(Point{x, box.bottom})) / 2;
  return {centre.x - half_width, centre.y - half_height, centre.x + half_width, centre.y + half_height};
}

std::optional<Sheet> FindSheet(const Image& page) {
  const float factor = static_cast<float>(kSize) / static_cast<float>(std::max(page.width(), page.height()));
  if (page.depth() != 8 || factor >= 0.7F) return std::nullopt;
  const Image grey(pixScaleAreaMap(page.pix(), factor, factor));
  if (grey.empty()) return std::nullopt;
  const std::optional<Side> left = FitSide({grey, View::From::kLeft}), right = FitSide({grey, View::From::kRight});
  if (!left || !right) return std::nullopt;
  const std::optional<Side> top = FitSide({grey, View::From::kTop}), bottom = FitSide({grey, View::From::kBottom});
  if (!top || !bottom) return std::nullopt;

  Sheet sheet{{Crossing(*left, *top), Crossing(*right, *top), Crossing(*right, *bottom), Crossing(*left, *bottom)}};
  // A sheet that all but fills the picture is a scan; one that is a small part of it is something else.
  constexpr float kLeastShare = 0.3F, kMostShare = 0.92F, kLeastRatio = 0.6F, kOutside = 0.1F;
  const auto width = static_cast<float>(grey.width()), height = static_cast<float>(grey.height());
  const float share = Area(sheet.corners) / (width * height);
  if (share < kLeastShare || share > kMostShare) return std::nullopt;
  for (std::size_t i = 0; i < 4; ++i) {
    const Point p = sheet.corners[i];
    if (p.x < -kOutside * width || p.x > (1 + kOutside) * width || p.y < -kOutside * height ||
        p.y > (1 + kOutside) * height) {
      return std::nullopt;
    }
    const float here = Distance(p, sheet.corners[(i + 1) % 4]);
    const float opposite = Distance(sheet.corners[(i + 2) % 4], sheet.corners[(i + 3) % 4]);
    if (here < kLeastRatio * opposite) return std::nullopt;
  }
  for (Point& p : sheet.corners) p.x /= factor, p.y /= factor;
  return sheet;
}

std::optional<FlatSheet> Flatten(const Image& page, const Sheet& sheet) {
  const auto& [a, b, c, d] = sheet.corners;
  float width = std::max(Distance(a, b), Distance(c, d)), height = std::max(Distance(b, c), Distance(d, a));
  // Seen from the side a sheet looks shorter than it is.
  constexpr float kA4 = 1.4142F, kSlack = 0.15F, kA4Inches = 8.27F, kBestDpi = 250, kMostGrowth = 2;
  int dpi = page.dpi();
  if (const float longer = std::max(width, height) / std::min(width, height); std::abs(longer / kA4 - 1) < kSlack) {
    float& small = width < height ? width : height;
    float& large = width < height ? height : width;
    small = std::max(small, large / kA4);
    const float grow = std::clamp(kBestDpi * kA4Inches / small, 1.0F, kMostGrowth);
    small *= grow, large = small * kA4;
    dpi = static_cast<int>(std::lround(small / kA4Inches));
  }
  const int w = static_cast<int>(width), h = static_cast<int>(height);
  const std::array<Point, 4> flat{Point{0, 0}, Point{width, 0}, Point{width, height}, Point{0, height}};
  const std::optional<Projection> to = MapOf(flat, sheet.corners), from = MapOf(sheet.corners, flat);
  FlatSheet out{Image(pixCreateNoInit(w, h, page.depth())), to.value_or(Projection{}), from.value_or(Projection{})};
  if (!to || !from || out.image.empty()) return std::nullopt;
  out.image.set_dpi(dpi);
  for (int y = 0; y < h; ++y) {
    if (page.depth() == 8) {
      WarpRow<8>(page, *to, y, out.image);
    } else {
      WarpRow<32>(page, *to, y, out.image);
    }
  }
  return out;
}

}  // namespace hoidau
