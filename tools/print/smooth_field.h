// SmoothField: a smooth random surface, about -1 to 1, for ink that wears unevenly, paper, light. Value noise.
//
//   SmoothField field(width, height, 40, rng);  level += 10 * field.At(x, y);
//
// Thread safety: immutable. Limits: REQUIRES 0 <= x < width, 0 <= y < height.
#ifndef HOIDAU_TOOLS_PRINT_SMOOTH_FIELD_H_
#define HOIDAU_TOOLS_PRINT_SMOOTH_FIELD_H_

#include <algorithm>
#include <vector>

#include "random.h"

namespace hoidau::print {

class SmoothField {
 public:
  // `cell`: pixels between the random knots; bilinear between them.
  SmoothField(int width, int height, double cell, Rng& rng)
      : cell_(std::max(cell, 2.0)), columns_(static_cast<int>(width / cell_) + 2) {
    const int rows = static_cast<int>(height / cell_) + 2;
    for (int i = 0; i < columns_ * rows; ++i) knots_.push_back(static_cast<float>(rng.Uniform(-1, 1)));
  }
  double At(int x, int y) const {
    const double fx = x / cell_, fy = y / cell_;
    const int ix = static_cast<int>(fx), iy = static_cast<int>(fy);
    const double u = fx - ix, v = fy - iy;
    const float* knot = knots_.data() + static_cast<std::ptrdiff_t>(iy) * columns_ + ix;
    return (1 - v) * ((1 - u) * knot[0] + u * knot[1]) + v * ((1 - u) * knot[columns_] + u * knot[columns_ + 1]);
  }

 private:
  double cell_;
  int columns_;
  std::vector<float> knots_;
};

}  // namespace hoidau::print

#endif  // HOIDAU_TOOLS_PRINT_SMOOTH_FIELD_H_
