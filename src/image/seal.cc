// Seals by their form, and off grey scans: steps of image/prepare.h.
#include <leptonica/allheaders.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <numbers>
#include <numeric>
#include <optional>
#include <utility>
#include <vector>

#include "image/binary.h"
#include "image/prepare.h"

namespace hoidau {
namespace {

struct Circle {
  float x, y, radius;
  float drawn = 0;  // how much of it is black
};

bool IsBlack(const Image& binary, float x, float y) {
  const int column = static_cast<int>(x + 0.5F), row = static_cast<int>(y + 0.5F);
  return column >= 0 && row >= 0 && column < binary.width() && row < binary.height() &&
         GET_DATA_BIT(Row(binary, row), column);
}

// Of the circle, how much is black.
float Drawn(const Image& binary, const Circle& circle, int reach) {
  constexpr std::size_t kSamples = 120;
  static const auto directions = [] {
    std::array<std::pair<float, float>, kSamples> all{};
    for (std::size_t i = 0; i < kSamples; ++i) {
      const float angle = 2 * std::numbers::pi_v<float> * static_cast<float>(i) / kSamples;
      all[i] = {std::cos(angle), std::sin(angle)};
    }
    return all;
  }();
  int black = 0;
  for (const auto& [across, down] : directions) {
    bool here = false;
    for (int off = -reach; off <= reach && !here; ++off) {
      const float radius = circle.radius + static_cast<float>(off);
      here = IsBlack(binary, circle.x + radius * across, circle.y + radius * down);
    }
    black += here;
  }
  return static_cast<float>(black) / kSamples;
}

std::optional<Circle> Through(const Circle& a, const Circle& b, const Circle& c) {
  const float d = 2 * (a.x * (b.y - c.y) + b.x * (c.y - a.y) + c.x * (a.y - b.y));
  if (std::abs(d) < 1) return std::nullopt;
  const float aa = a.x * a.x + a.y * a.y, bb = b.x * b.x + b.y * b.y, cc = c.x * c.x + c.y * c.y;
  const float x = (aa * (b.y - c.y) + bb * (c.y - a.y) + cc * (a.y - b.y)) / d;
  const float y = (aa * (c.x - b.x) + bb * (a.x - c.x) + cc * (b.x - a.x)) / d;
  return Circle{x, y, std::hypot(a.x - x, a.y - y)};
}

// How dark the page's print is: a quarter of what is darker than half of the paper is as dark.
int PrintOf(const Image& grey, int paper) {
  NUMA* counts = pixGetGrayHistogram(grey.pix(), 2);
  if (counts == nullptr) return paper;
  std::array<l_float32, 256> pixels{};
  for (int level = 0; level < 256; ++level) numaGetFValue(counts, level, &pixels[static_cast<std::size_t>(level)]);
  numaDestroy(&counts);
  const float dark = std::accumulate(pixels.begin(), pixels.begin() + paper / 2, 0.0F);
  int level = 0;
  for (float seen = 0; level < paper / 2; ++level) {
    if ((seen += pixels[static_cast<std::size_t>(level)]) * 4 > dark) break;
  }
  return level;
}

// The circle that most of a piece of black is part of (RANSAC over three points); nothing where none is drawn.
std::optional<Circle> RingIn(const Image& binary, const Box& piece, float mm) {
  constexpr int kTries = 3000;  // a tenth of the points on the ring is enough; most tries end at their radius
  constexpr float kSmallest = 13, kLargest = 23;  // mm
  // Of the circle, and of the one 1.5 mm around it. A fax breaks rings; of a circle through lines of text a third is
  // black.
  constexpr float kRing = 0.6F, kOutside = 0.45F;
  std::vector<Circle> points;
  for (int y = static_cast<int>(piece.top); y < static_cast<int>(piece.bottom); ++y) {
    for (int x = static_cast<int>(piece.left); x < static_cast<int>(piece.right); ++x) {
      if (GET_DATA_BIT(Row(binary, y), x)) points.push_back({static_cast<float>(x), static_cast<float>(y), 0});
    }
  }
  if (points.size() < 50) return std::nullopt;
  std::uint32_t seed = 1;
  const auto any = [&] {
    seed = seed * 1664525U + 1013904223U;
    return points[static_cast<std::size_t>(seed >> 8) % points.size()];
  };
  // What the circle itself goes through counts, and what is beside it: strokes are broken, and a few pixels wide.
  const auto score = [&](const Circle& circle) { return Drawn(binary, circle, 0) + Drawn(binary, circle, 1); };
  Circle best{};
  float best_score = 0;
  for (int i = 0; i < kTries; ++i) {
    const std::optional<Circle> circle = Through(any(), any(), any());
    if (!circle || circle->radius < kSmallest * mm || circle->radius > kLargest * mm) continue;
    if (const float now = score(*circle); now > best_score) best_score = now, best = *circle;
  }
  // Three points are whole pixels: it is moved to where more of it is drawn.
  for (int step = 0; step < 20; ++step) {
    const Circle from = best;
    for (const Circle& by : {Circle{0.5F, 0, 0}, Circle{-0.5F, 0, 0}, Circle{0, 0.5F, 0}, Circle{0, -0.5F, 0},
                             Circle{0, 0, 0.5F}, Circle{0, 0, -0.5F}}) {
      const Circle moved{from.x + by.x, from.y + by.y, from.radius + by.radius};
      if (const float now = score(moved); now > best_score) best_score = now, best = moved;
    }
    if (best.x == from.x && best.y == from.y && best.radius == from.radius) break;
  }
  float most = Drawn(binary, best, 1);
  // The outermost of its rings.
  for (float out = 1; out < 4 * mm; out += 1) {
    const Circle wider{best.x, best.y, best.radius + out};
    if (wider.radius < kLargest * mm && Drawn(binary, wider, 1) > kRing) most = std::max(most, kRing), best = wider;
  }
  // Noise where nothing is printed, and pictures, are black all over.
  constexpr float kInside = 0.5F;
  int black = 0;
  for (const Circle& point : points) black += std::hypot(point.x - best.x, point.y - best.y) < best.radius;
  if (static_cast<float>(black) > kInside * std::numbers::pi_v<float> * best.radius * best.radius) return std::nullopt;
  if (most < kRing || Drawn(binary, {best.x, best.y, best.radius + 1.5F * mm}, 1) > kOutside) return std::nullopt;
  best.drawn = Drawn(binary, best, 1);
  return best;
}

}  // namespace

std::vector<Box> FindRings(const Image& binary) {
  // 100 dpi is enough for a ring of 36 mm.
  Image small(binary.dpi() >= 130 ? pixReduceRankBinary2(binary.pix(), 1, nullptr) : pixClone(binary.pix()));
  if (binary.dpi() >= 250 && !small.empty()) small = Image(pixReduceRankBinary2(small.pix(), 1, nullptr));
  if (small.empty()) return {};
  const float scale = static_cast<float>(binary.width()) / static_cast<float>(small.width());
  const float mm = PerMm(binary) / scale;
  std::vector<Circle> rings;
  const auto find = [&](const Image& pieces) {
    for (const Box& piece : Components(pieces, 8)) {
      const float width = (piece.right - piece.left) / mm, height = (piece.bottom - piece.top) / mm;
      if (width < 25 || height < 25 || width > 75 || height > 60) continue;
      if (const std::optional<Circle> ring = RingIn(small, piece, mm)) rings.push_back(*ring);
    }
  };
  find(small);
  if (rings.empty()) {
    // Broken into pieces that are a millimetre apart.
    const int gap = std::max(3, static_cast<int>(mm)) | 1;
    const Image closed(pixCloseSafeBrick(nullptr, small.pix(), gap, gap));
    if (!closed.empty()) find(closed);
  }
  // The outer ring of a seal, and not an inner one nor a circle through parts of several.
  constexpr float kWhole = 0.8F;
  std::ranges::sort(rings, [](const Circle& a, const Circle& b) {
    return std::pair(a.drawn > kWhole, a.radius) > std::pair(b.drawn > kWhole, b.radius);
  });
  std::vector<Circle> outer;
  for (const Circle& ring : rings) {
    const bool same = std::ranges::any_of(
        outer, [&](const Circle& other) { return std::hypot(ring.x - other.x, ring.y - other.y) < other.radius; });
    if (!same) outer.push_back(ring);
  }
  std::vector<Box> out;
  for (const Circle& ring : outer) {
    out.push_back({(ring.x - ring.radius) * scale, (ring.y - ring.radius) * scale, (ring.x + ring.radius) * scale,
                   (ring.y + ring.radius) * scale});
  }
  return out;
}

bool FadeGreySeal(const Box& ring, Image* grey) {
  if (grey->depth() != 8) return false;
  const float mm = PerMm(*grey);
  const float by = 1.5F * mm;  // strokes, and what the ring is not quite round
  const Box around{ring.left - by, ring.top - by, ring.right + by, ring.bottom + by};
  Image part = grey->Cropped(around);
  const int paper = PaperOf(*grey, 3).level;
  if (part.empty()) return false;
  const float radius = (ring.right - ring.left) / 2;
  const float x = (ring.left + ring.right) / 2 - std::max(0.0F, around.left);
  const float y = (ring.top + ring.bottom) / 2 - std::max(0.0F, around.top);
  // How dark the ring is: of every degree the darkest pixel of the stroke, and of those the tenth that is darkest.
  std::vector<int> darkest;
  for (int degree = 0; degree < 360; ++degree) {
    const float angle = static_cast<float>(degree) * std::numbers::pi_v<float> / 180;
    int least = 255;
    for (float r = radius - 0.7F * mm; r <= radius + 0.7F * mm; r += 1) {
      const int column = static_cast<int>(x + r * std::cos(angle)), row = static_cast<int>(y + r * std::sin(angle));
      if (column < 0 || row < 0 || column >= part.width() || row >= part.height()) continue;
      least = std::min<int>(least, GET_DATA_BYTE(Row(part, row), column));
    }
    darkest.push_back(least);
  }
  std::nth_element(darkest.begin(), darkest.begin() + 36, darkest.end());
  const int seal = darkest[36], print = PrintOf(*grey, paper);
  // Less apart, and the darker grains of the stamp pad are as dark as the soft print.
  constexpr float kApart = 0.18F;
  if (static_cast<float>(seal - print) < kApart * static_cast<float>(paper)) return false;
  // Print is what is darker than the seal, with its soft edges; grains are smaller than a full stop.
  Image core(pixThresholdToBinary(part.pix(), (seal + print) / 2));
  if (core.empty()) return false;
  const int grain = std::max(2, static_cast<int>(0.35F * mm));
  Image strokes(pixSelectBySize(core.pix(), grain, grain, 8, L_SELECT_IF_EITHER, L_SELECT_IF_GT, nullptr));
  const int edge = std::max(3, static_cast<int>(0.35F * mm)) | 1;
  if (strokes.empty()) return false;
  const Image print_there(pixDilateBrick(nullptr, strokes.pix(), edge, edge));
  if (print_there.empty()) return false;
  for (int row = 0; row < part.height(); ++row) {
    l_uint32* out = Row(part, row);
    const l_uint32* keep = Row(print_there, row);
    for (int column = 0; column < part.width(); ++column) {
      if (std::hypot(static_cast<float>(column) - x, static_cast<float>(row) - y) > radius + by) continue;
      if (!GET_DATA_BIT(keep, column)) {
        SET_DATA_BYTE(out, column, static_cast<l_uint8>(std::max<int>(paper, GET_DATA_BYTE(out, column))));
      }
    }
  }
  pixRasterop(grey->pix(), std::max(0, static_cast<int>(around.left)), std::max(0, static_cast<int>(around.top)),
              part.width(), part.height(), PIX_SRC, part.pix(), 0, 0);
  return true;
}

}  // namespace hoidau
