// The sheet in a photograph: a page taken by a phone lies askew on a desk, seen from the side.
//
//   if (const std::optional<Sheet> sheet = FindSheet(grey)) {
//     std::optional<FlatSheet> flat = Flatten(photograph, *sheet);
//     flat->image;                  // the sheet alone, a rectangle, as large as A4 where it can be A4
//     flat->to_photograph.Of(box);  // where that stood
//   }
//
// Thread safety: pure. Limits: a flat sheet brighter than what it lies on, all four sides in sight and straight for
// most of their length; a corner may be cut off. A scan, whose sheet fills it, is none.
#ifndef HOIDAU_IMAGE_SHEET_H_
#define HOIDAU_IMAGE_SHEET_H_

#include <array>
#include <optional>

#include "image/image.h"

namespace hoidau {

struct Point {
  float x = 0, y = 0;
};

// Corners in pixels: upper left, upper right, lower right, lower left; they may lie outside of the picture.
struct Sheet {
  std::array<Point, 4> corners;
};

// A projective map of the plane: x' = (c0 x + c1 y + c2) / (c6 x + c7 y + 1), y' = (c3 x + c4 y + c5) / (…).
struct Projection {
  std::array<float, 8> c{1, 0, 0, 0, 1, 0, 0, 0};

  Point Of(Point at) const;
  // Around the place of its centre, as large as its middle lines become: a box around the four corners would grow with
  // the slope of its line.
  Box Of(const Box& box) const;
};

struct FlatSheet {
  Image image;
  Projection to_photograph, from_photograph;
};

// Nothing where it is not certain. O(pixels), about 3 ms.
// Method: of each row and column the strongest step from dark to bright, a line through most of them (RANSAC with all
// pairs of a few, then least squares), four lines that make a sheet.
// 8 bits a pixel; in one there is no shade to tell paper by.
std::optional<Sheet> FindSheet(const Image& grey);

// Nothing where memory is short.
std::optional<FlatSheet> Flatten(const Image& page, const Sheet& sheet);

}  // namespace hoidau

#endif  // HOIDAU_IMAGE_SHEET_H_
