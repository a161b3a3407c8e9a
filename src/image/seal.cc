// Seals without a colour, on grey and black and white scans: a step of image/prepare.h.
#include <leptonica/allheaders.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numbers>
#include <optional>
#include <vector>

#include "image/binary.h"
#include "image/prepare.h"

namespace hoidau {
namespace {

struct Circle {
  float x, y, radius;
};

bool IsBlack(const Image& binary, float x, float y) {
  const int column = static_cast<int>(x + 0.5F), row = static_cast<int>(y + 0.5F);
  return column >= 0 && row >= 0 && column < binary.width() && row < binary.height() &&
         GET_DATA_BIT(Row(binary, row), column);
}

// Of the circle, how much is black.
float Drawn(const Image& binary, const Circle& circle, int reach) {
  constexpr int kSamples = 120;
  int black = 0;
  for (int i = 0; i < kSamples; ++i) {
    const float angle = 2 * std::numbers::pi_v<float> * static_cast<float>(i) / kSamples;
    bool here = false;
    for (int off = -reach; off <= reach && !here; ++off) {
      const float radius = circle.radius + static_cast<float>(off);
      here = IsBlack(binary, circle.x + radius * std::cos(angle), circle.y + radius * std::sin(angle));
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

// The circle that most of a piece of black is part of (RANSAC over three points); nothing where none is drawn.
std::optional<Circle> RingIn(const Image& binary, const Box& piece, float mm) {
  constexpr int kTries = 600;
  constexpr float kSmallest = 13, kLargest = 23;   // mm
  constexpr float kRing = 0.7F, kOutside = 0.45F;  // of the circle, and of the one 1.5 mm around it
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
  Circle best{};
  float most = 0;
  for (int i = 0; i < kTries; ++i) {
    const std::optional<Circle> circle = Through(any(), any(), any());
    if (!circle || circle->radius < kSmallest * mm || circle->radius > kLargest * mm) continue;
    if (const float drawn = Drawn(binary, *circle, 1); drawn > most) most = drawn, best = *circle;
  }
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
  return best;
}

}  // namespace

std::vector<Box> FindGreySeals(const Image& binary) {
  // 100 dpi is enough for a ring of 36 mm.
  const Image small(binary.dpi() >= 130 ? pixReduceRankBinary2(binary.pix(), 1, nullptr) : pixClone(binary.pix()));
  if (small.empty()) return {};
  const float scale = static_cast<float>(binary.width()) / static_cast<float>(small.width());
  const float mm = PerMm(binary) / scale;
  std::vector<Box> seals;
  for (const Box& piece : Components(small, 8)) {
    const float width = (piece.right - piece.left) / mm, height = (piece.bottom - piece.top) / mm;
    if (width < 25 || height < 25 || width > 75 || height > 60) continue;
    const std::optional<Circle> ring = RingIn(small, piece, mm);
    if (!ring) continue;
    const Box box{(ring->x - ring->radius) * scale, (ring->y - ring->radius) * scale, (ring->x + ring->radius) * scale,
                  (ring->y + ring->radius) * scale};
    seals.push_back(box);
  }
  // The inner ring of one that is found already.
  std::vector<Box> out;
  for (const Box& box : seals) {
    const bool inside = std::any_of(seals.begin(), seals.end(), [&](const Box& other) {
      return other != box && other.left <= box.left && other.top <= box.top && box.right <= other.right &&
             box.bottom <= other.bottom;
    });
    if (!inside) out.push_back(box);
  }
  return out;
}

}  // namespace hoidau
