#include "image/binary.h"

#include <leptonica/allheaders.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <numeric>

namespace hoidau {
namespace {

// Where nothing is printed Otsu's threshold parts the noise of the paper: no threshold is as light as the paper.
int MostThreshold(const Image& grey) {
  constexpr float kInk = 0.93F;  // of the paper; faint print has 0.85 of it, and a threshold halfway
  return static_cast<int>(kInk * static_cast<float>(PaperOf(grey, 2).level));
}

}  // namespace

Paper PaperOf(const Image& grey, int step) {
  constexpr int kDarkest = 160, kPeak = 8;
  Paper paper;
  NUMA* counts = pixGetGrayHistogram(grey.pix(), step);
  if (counts == nullptr) return paper;
  std::array<l_float32, 256> pixels{};
  for (int level = 0; level < 256; ++level) numaGetFValue(counts, level, &pixels[static_cast<std::size_t>(level)]);
  numaDestroy(&counts);
  const auto peak = std::max_element(pixels.begin() + kDarkest, pixels.end());
  if (*peak == 0) return paper;
  paper.level = static_cast<int>(peak - pixels.begin());
  paper.share = std::accumulate(peak - kPeak, std::min(peak + kPeak, pixels.end()), 0.0F) /
                std::accumulate(pixels.begin(), pixels.end(), 0.0F);
  return paper;
}

Image Binary(const Image& grey) {
  if (grey.depth() == 1) return grey.Copy();
  Image eight(grey.depth() == 8 ? pixClone(grey.pix()) : pixConvertTo8(grey.pix(), 0));
  if (eight.empty()) return {};
  constexpr int kTile = 400;
  constexpr float kBest = 0.1F;  // of the scores, among which the lowest count is the threshold
  const int width = eight.width(), height = eight.height();
  Pix* made = nullptr;
  if (width < 2 * kTile || height < 2 * kTile) {
    if (pixOtsuAdaptiveThreshold(eight.pix(), kTile, kTile, 0, 0, kBest, nullptr, &made) != 0) return {};
    return Image(made);
  }
  // The thresholds are those of a sample, a quarter of the page.
  const Image sample(pixScaleByIntSampling(eight.pix(), 2));
  if (sample.empty() ||
      pixOtsuAdaptiveThreshold(sample.pix(), kTile / 2, kTile / 2, 0, 0, kBest, &made, nullptr) != 0) {
    return {};
  }
  const Image thresholds(made);
  const int most = MostThreshold(sample);
  Image binary(pixCreate(width, height, 1));
  if (binary.empty()) return {};
  binary.set_dpi(eight.dpi());
  for (int row = 0; row < thresholds.height(); ++row) {
    for (int column = 0; column < thresholds.width(); ++column) {
      // The last tile has what is left over.
      const int x = column * kTile, y = row * kTile;
      const int w = column + 1 < thresholds.width() ? kTile : width - x;
      const int h = row + 1 < thresholds.height() ? kTile : height - y;
      const Image tile = eight.Cropped(
          Box{static_cast<float>(x), static_cast<float>(y), static_cast<float>(x + w), static_cast<float>(y + h)});
      if (tile.empty()) return {};
      const int threshold = std::min<int>(GET_DATA_BYTE(Row(thresholds, row), column), most);
      const Image black(pixThresholdToBinary(tile.pix(), threshold));
      if (black.empty()) return {};
      pixRasterop(binary.pix(), x, y, w, h, PIX_SRC, black.pix(), 0, 0);
    }
  }
  return binary;
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
