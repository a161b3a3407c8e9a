// Raster: a page image in memory, grey or RGB, 8 bits a channel, and the few operations that printing and damage need.
//
//   Raster page(1654, 2339, 1);                    // white
//   page.At(10, 20)[0] = 0;
//   Status written = WriteFileAtomic("page.png", *EncodePng(Resample(page, 827, 1170), 100));
//
// Thread safety: a plain value. Limits: sides under 32,768 pixels. Codecs are Leptonica's.
#ifndef HOIDAU_TOOLS_PRINT_RASTER_H_
#define HOIDAU_TOOLS_PRINT_RASTER_H_

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace hoidau::print {

class Raster {
 public:
  Raster() = default;
  Raster(int width, int height, int channels, std::uint8_t fill = 255)
      : width_(width),
        height_(height),
        channels_(channels),
        pixels_(static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * static_cast<std::size_t>(channels),
                fill) {}

  int width() const { return width_; }
  int height() const { return height_; }
  int channels() const { return channels_; }  // 1 grey, 3 RGB
  std::vector<std::uint8_t>& pixels() { return pixels_; }
  const std::vector<std::uint8_t>& pixels() const { return pixels_; }
  // The first channel of a pixel. REQUIRES: inside.
  std::uint8_t* At(int x, int y) { return pixels_.data() + Offset(x, y); }
  const std::uint8_t* At(int x, int y) const { return pixels_.data() + Offset(x, y); }

 private:
  std::size_t Offset(int x, int y) const {
    return (static_cast<std::size_t>(y) * static_cast<std::size_t>(width_) + static_cast<std::size_t>(x)) *
           static_cast<std::size_t>(channels_);
  }
  int width_ = 0;
  int height_ = 0;
  int channels_ = 1;
  std::vector<std::uint8_t> pixels_;
};

inline std::uint8_t ToByte(double v) { return static_cast<std::uint8_t>(v <= 0 ? 0 : v >= 255 ? 255 : v + 0.5); }

Raster ToGrey(const Raster& image);
Raster ToRgb(const Raster& image);
// Area mean when it shrinks, bilinear when it grows.
Raster Resample(const Raster& image, int width, int height);
// Gaussian, sigma in pixels.
Raster Blur(const Raster& image, double sigma);
// Every pixel (x, y) of the result is read, bilinearly, where `source` says; outside is `fill`.
struct Point {
  double x;
  double y;
};
Raster Warp(const Raster& image, const std::function<Point(double, double)>& source, std::uint8_t fill);

Result<std::string> EncodePng(const Raster& image, int dpi);
Result<std::string> EncodeJpeg(const Raster& image, int dpi, int quality);
Result<Raster> DecodeImage(std::string_view bytes);

// A PDF of images alone, one a page, as scanners write it: JPEG, or lossless for pages of black and white alone.
struct PdfPage {
  Raster image;
  int dpi = 0;
};
Result<std::string> ImagePdf(const std::vector<PdfPage>& pages, int jpeg_quality);

}  // namespace hoidau::print

#endif  // HOIDAU_TOOLS_PRINT_RASTER_H_
