// Black and white, the pieces of black, and rows of pixels.
//
//   for (const Box& piece : Components(Binary(page), 8)) …   // letters, dots, rules
//
// Thread safety: pure. Limits: one bit a pixel is kept as it is.
#ifndef HOIDAU_IMAGE_BINARY_H_
#define HOIDAU_IMAGE_BINARY_H_

#include <cstdint>
#include <vector>

#include "image/image.h"

namespace hoidau {

// The commonest light grey of an eight-bit page, of every `step`-th pixel both ways.
struct Paper {
  int level = 255;
  float share = 0;  // of the pixels that are about as light
};
Paper PaperOf(const Image& grey, int step);
// One bit a pixel, by a threshold that follows the background (Otsu, tile by tile) and leaves blank paper white; empty
// where memory is short.
Image Binary(const Image& grey);
// Boxes of the connected pieces; `connectivity` is 4 or 8. REQUIRES: one bit a pixel.
std::vector<Box> Components(const Image& binary, int connectivity);

// Pixels a millimetre; 300 dpi where the image does not say.
float PerMm(const Image& image);

// A row of packed pixels as Leptonica's macros take it. REQUIRES: 0 <= y < height.
const std::uint32_t* Row(const Image& image, int y);
std::uint32_t* Row(Image& image, int y);

}  // namespace hoidau

#endif  // HOIDAU_IMAGE_BINARY_H_
