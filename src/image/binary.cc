#include "image/binary.h"

#include <leptonica/allheaders.h>

#include <cstddef>

namespace hoidau {

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

float PerMm(const Image& image) { return static_cast<float>(image.dpi() > 0 ? image.dpi() : 300) / 25.4F; }

const std::uint32_t* Row(const Image& image, int y) {
  return pixGetData(image.pix()) + static_cast<std::size_t>(y) * static_cast<std::size_t>(pixGetWpl(image.pix()));
}
std::uint32_t* Row(Image& image, int y) {
  return pixGetData(image.pix()) + static_cast<std::size_t>(y) * static_cast<std::size_t>(pixGetWpl(image.pix()));
}

}  // namespace hoidau
