#include "raster.h"

#include <leptonica/allheaders.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <memory>

namespace hoidau::print {
namespace {

struct PixDelete {
  void operator()(Pix* pix) const { pixDestroy(&pix); }
};
using PixPtr = std::unique_ptr<Pix, PixDelete>;

PixPtr ToPix(const Raster& image, int dpi) {
  const int depth = image.channels() == 1 ? 8 : 32;
  PixPtr pix(pixCreate(image.width(), image.height(), depth));
  if (!pix) return pix;
  pixSetResolution(pix.get(), dpi, dpi);
  for (int y = 0; y < image.height(); ++y) {
    l_uint32* line = pixGetData(pix.get()) + static_cast<std::ptrdiff_t>(y) * pixGetWpl(pix.get());
    const std::uint8_t* from = image.At(0, y);
    for (int x = 0; x < image.width(); ++x) {
      if (depth == 8) {
        SET_DATA_BYTE(line, x, from[x]);
      } else {
        composeRGBPixel(from[3 * x], from[3 * x + 1], from[3 * x + 2], line + x);
      }
    }
  }
  // A page of black and white alone is stored so.
  if (depth == 8 &&
      std::all_of(image.pixels().begin(), image.pixels().end(), [](std::uint8_t v) { return v == 0 || v == 255; })) {
    pix.reset(pixConvertTo1(pix.get(), 128));
  }
  return pix;
}

Raster FromPix(Pix* pix) {
  int width = 0, height = 0, depth = 0;
  pixGetDimensions(pix, &width, &height, &depth);
  Raster image(width, height, depth == 32 ? 3 : 1);
  for (int y = 0; y < height; ++y) {
    const l_uint32* line = pixGetData(pix) + static_cast<std::ptrdiff_t>(y) * pixGetWpl(pix);
    std::uint8_t* to = image.At(0, y);
    for (int x = 0; x < width; ++x) {
      if (depth == 32) {
        int r = 0, g = 0, b = 0;
        extractRGBValues(line[x], &r, &g, &b);
        to[3 * x] = static_cast<std::uint8_t>(r);
        to[3 * x + 1] = static_cast<std::uint8_t>(g);
        to[3 * x + 2] = static_cast<std::uint8_t>(b);
      } else {
        to[x] = static_cast<std::uint8_t>(GET_DATA_BYTE(line, x));
      }
    }
  }
  return image;
}

Result<std::string> Taken(l_uint8* data, std::size_t size, bool failed, const char* what) {
  std::string bytes;
  if (!failed && data) bytes.assign(reinterpret_cast<const char*>(data), size);
  lept_free(data);
  if (bytes.empty()) return Error{ErrorCode::kInternal, std::string("cannot encode ") + what};
  return bytes;
}

}  // namespace

Raster ToGrey(const Raster& image) {
  if (image.channels() == 1) return image;
  Raster grey(image.width(), image.height(), 1);
  const std::uint8_t* from = image.pixels().data();
  for (std::uint8_t& to : grey.pixels()) {
    to = ToByte(0.299 * from[0] + 0.587 * from[1] + 0.114 * from[2]);
    from += 3;
  }
  return grey;
}

Raster ToRgb(const Raster& image) {
  if (image.channels() == 3) return image;
  Raster rgb(image.width(), image.height(), 3);
  std::uint8_t* to = rgb.pixels().data();
  for (std::uint8_t from : image.pixels()) {
    to[0] = to[1] = to[2] = from;
    to += 3;
  }
  return rgb;
}

Raster Resample(const Raster& image, int width, int height) {
  // One axis after the other: for each place of the result, the weights of a box as wide as its pixel (or one source
  // pixel, when growing: bilinear).
  struct Tap {
    int from;
    std::vector<float> weights;
  };
  const auto taps = [](int source, int result) {
    std::vector<Tap> all(static_cast<std::size_t>(result));
    const double scale = static_cast<double>(source) / result;
    const double half = std::max(scale, 1.0) / 2;
    for (int i = 0; i < result; ++i) {
      const double centre = (i + 0.5) * scale;
      const int low = std::max(0, static_cast<int>(std::floor(centre - half)));
      const int high = std::min(source - 1, static_cast<int>(std::ceil(centre + half)) - 1);
      Tap& tap = all[static_cast<std::size_t>(i)];
      tap.from = low;
      double sum = 0;
      for (int s = low; s <= high; ++s) {
        const double w = std::min(s + 1.0, centre + half) - std::max<double>(s, centre - half);
        tap.weights.push_back(static_cast<float>(std::max(w, 0.0)));
        sum += std::max(w, 0.0);
      }
      for (float& w : tap.weights) w = static_cast<float>(w / sum);
    }
    return all;
  };
  const int channels = image.channels();
  const auto across = taps(image.width(), width);
  const auto down = taps(image.height(), height);
  const std::size_t row = static_cast<std::size_t>(width) * static_cast<std::size_t>(channels);
  std::vector<float> narrow(row * static_cast<std::size_t>(image.height()));
  for (int y = 0; y < image.height(); ++y) {
    float* to = narrow.data() + row * static_cast<std::size_t>(y);
    for (int x = 0; x < width; ++x) {
      const Tap& tap = across[static_cast<std::size_t>(x)];
      for (int c = 0; c < channels; ++c) {
        const std::uint8_t* from = image.At(tap.from, y) + c;
        float sum = 0;
        for (float w : tap.weights) sum += w * static_cast<float>(*from), from += channels;
        *to++ = sum;
      }
    }
  }
  Raster result(width, height, channels);
  std::vector<float> line(row);
  for (int y = 0; y < height; ++y) {
    const Tap& tap = down[static_cast<std::size_t>(y)];
    std::fill(line.begin(), line.end(), 0.0f);
    const float* from = narrow.data() + row * static_cast<std::size_t>(tap.from);
    for (float w : tap.weights) {
      for (std::size_t i = 0; i < row; ++i) line[i] += w * from[i];
      from += row;
    }
    std::uint8_t* to = result.At(0, y);
    for (std::size_t i = 0; i < row; ++i) to[i] = ToByte(line[i]);
  }
  return result;
}

Raster Blur(const Raster& image, double sigma) {
  if (sigma <= 0.05) return image;
  const int radius = static_cast<int>(std::ceil(2.5 * sigma));
  std::vector<float> kernel;
  float sum = 0;
  for (int i = -radius; i <= radius; ++i) {
    kernel.push_back(static_cast<float>(std::exp(-i * i / (2 * sigma * sigma))));
    sum += kernel.back();
  }
  for (float& k : kernel) k /= sum;

  const int width = image.width(), height = image.height(), channels = image.channels();
  const std::size_t row = static_cast<std::size_t>(width) * static_cast<std::size_t>(channels);
  Raster across(width, height, channels);
  const std::size_t pad = static_cast<std::size_t>(radius) * static_cast<std::size_t>(channels);
  std::vector<float> padded(row + 2 * pad), line(row);
  for (int y = 0; y < height; ++y) {
    const std::uint8_t* from = image.At(0, y);
    for (std::size_t i = 0; i < row; ++i) padded[pad + i] = from[i];
    const auto step = static_cast<std::size_t>(channels);
    for (std::size_t i = 0; i < pad; ++i) {
      padded[i] = from[i % step];
      padded[pad + row + i] = from[row - step + i % step];
    }
    std::fill(line.begin(), line.end(), 0.0f);
    for (std::size_t k = 0; k < kernel.size(); ++k) {
      const float* p = padded.data() + k * step;
      for (std::size_t i = 0; i < row; ++i) line[i] += kernel[k] * p[i];
    }
    std::uint8_t* to = across.At(0, y);
    for (std::size_t i = 0; i < row; ++i) to[i] = ToByte(line[i]);
  }
  Raster result(width, height, channels);
  for (int y = 0; y < height; ++y) {
    std::fill(line.begin(), line.end(), 0.0f);
    for (int k = -radius; k <= radius; ++k) {
      const std::uint8_t* from = across.At(0, std::clamp(y + k, 0, height - 1));
      const float w = kernel[static_cast<std::size_t>(k + radius)];
      for (std::size_t i = 0; i < row; ++i) line[i] += w * static_cast<float>(from[i]);
    }
    std::uint8_t* to = result.At(0, y);
    for (std::size_t i = 0; i < row; ++i) to[i] = ToByte(line[i]);
  }
  return result;
}

Raster Warp(const Raster& image, const std::function<Point(double, double)>& source, std::uint8_t fill) {
  Raster result(image.width(), image.height(), image.channels(), fill);
  const int channels = image.channels();
  for (int y = 0; y < result.height(); ++y) {
    std::uint8_t* to = result.At(0, y);
    for (int x = 0; x < result.width(); ++x, to += channels) {
      const Point p = source(x, y);
      const double fx = std::floor(p.x), fy = std::floor(p.y);
      if (fx < 0 || fy < 0 || fx >= image.width() - 1 || fy >= image.height() - 1) continue;
      const std::uint8_t* above = image.At(static_cast<int>(fx), static_cast<int>(fy));
      const std::uint8_t* below = image.At(static_cast<int>(fx), static_cast<int>(fy) + 1);
      const double u = p.x - fx, v = p.y - fy;
      for (int c = 0; c < channels; ++c) {
        to[c] = ToByte((1 - v) * ((1 - u) * above[c] + u * above[c + channels]) +
                       v * ((1 - u) * below[c] + u * below[c + channels]));
      }
    }
  }
  return result;
}

Result<std::string> EncodePng(const Raster& image, int dpi) {
  const PixPtr pix = ToPix(image, dpi);
  l_uint8* data = nullptr;
  std::size_t size = 0;
  const bool failed = !pix || pixWriteMemPng(&data, &size, pix.get(), 0.0f) != 0;
  return Taken(data, size, failed, "PNG");
}

Result<std::string> EncodeJpeg(const Raster& image, int dpi, int quality) {
  PixPtr pix = ToPix(image, dpi);
  if (pix && pixGetDepth(pix.get()) == 1) pix.reset(pixConvertTo8(pix.get(), 0));
  l_uint8* data = nullptr;
  std::size_t size = 0;
  const bool failed = !pix || pixWriteMemJpeg(&data, &size, pix.get(), quality, 0) != 0;
  return Taken(data, size, failed, "JPEG");
}

Result<std::string> ImagePdf(const std::vector<PdfPage>& pages, int jpeg_quality) {
  // Written here rather than by Leptonica, which puts the clock into the file: the same pages give the same bytes.
  std::string pdf = "%PDF-1.4\n%\xE2\xE3\xCF\xD3\n";
  std::vector<std::size_t> offsets;
  const auto object = [&](const std::string& body) {
    offsets.push_back(pdf.size());
    pdf += std::to_string(offsets.size()) + " 0 obj\n" + body + "\nendobj\n";
  };
  std::string kids;
  for (std::size_t p = 0; p < pages.size(); ++p) kids += std::to_string(3 + 3 * p) + " 0 R ";
  object("<< /Type /Catalog /Pages 2 0 R >>");
  object("<< /Type /Pages /Count " + std::to_string(pages.size()) + " /Kids [ " + kids + "] >>");
  for (const PdfPage& page : pages) {
    const PixPtr pix = ToPix(page.image, page.dpi);
    if (!pix) return Error{ErrorCode::kInternal, "cannot encode a page"};
    const bool two_levels = pixGetDepth(pix.get()) == 1;
    std::string data, filter;
    if (two_levels) {
      L_COMP_DATA* packed = nullptr;
      if (pixGenerateCIData(pix.get(), L_FLATE_ENCODE, 0, 0, &packed) != 0 || !packed)
        return Error{ErrorCode::kInternal, "cannot encode a page"};
      data.assign(reinterpret_cast<const char*>(packed->datacomp), packed->nbytescomp);
      filter = "/FlateDecode";
      if (packed->predictor)
        filter +=
            " /DecodeParms << /Predictor 14 /BitsPerComponent 1 /Columns " + std::to_string(page.image.width()) + " >>";
      l_CIDataDestroy(&packed);
    } else {
      Result<std::string> jpeg = EncodeJpeg(page.image, page.dpi, jpeg_quality);
      if (!jpeg) return jpeg.error();
      data = std::move(*jpeg);
      filter = "/DCTDecode";
    }
    char size[64];
    std::snprintf(size, sizeof size, "%.2f %.2f", page.image.width() * 72.0 / page.dpi,
                  page.image.height() * 72.0 / page.dpi);
    const std::string box = size;
    const std::string draw =
        "q " + box.substr(0, box.find(' ')) + " 0 0 " + box.substr(box.find(' ') + 1) + " 0 0 cm /I Do Q";
    const std::size_t number = offsets.size() + 1;
    object("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 " + box + "] /Contents " + std::to_string(number + 1) +
           " 0 R /Resources << /XObject << /I " + std::to_string(number + 2) + " 0 R >> >> >>");
    object("<< /Length " + std::to_string(draw.size()) + " >>\nstream\n" + draw + "\nendstream");
    object("<< /Type /XObject /Subtype /Image /Width " + std::to_string(page.image.width()) + " /Height " +
           std::to_string(page.image.height()) + " /ColorSpace " +
           (page.image.channels() == 3 ? "/DeviceRGB" : "/DeviceGray") + " /BitsPerComponent " +
           (two_levels ? "1 /Decode [1 0]" : "8") + " /Filter " + filter + " /Length " + std::to_string(data.size()) +
           " >>\nstream\n" + data + "\nendstream");
  }
  const std::size_t table = pdf.size();
  pdf += "xref\n0 " + std::to_string(offsets.size() + 1) + "\n0000000000 65535 f \n";
  for (const std::size_t offset : offsets) {
    char entry[32];
    std::snprintf(entry, sizeof entry, "%010zu 00000 n \n", offset);
    pdf += entry;
  }
  pdf += "trailer\n<< /Size " + std::to_string(offsets.size() + 1) + " /Root 1 0 R >>\nstartxref\n" +
         std::to_string(table) + "\n%%EOF\n";
  return pdf;
}

Result<Raster> DecodeImage(std::string_view bytes) {
  PixPtr pix(pixReadMem(reinterpret_cast<const l_uint8*>(bytes.data()), bytes.size()));
  if (!pix) return Error{ErrorCode::kBadInput, "not an image"};
  if (pixGetDepth(pix.get()) != 32 || pixGetColormap(pix.get())) {
    PixPtr flat(pixRemoveColormap(pix.get(), REMOVE_CMAP_BASED_ON_SRC));
    pix = std::move(flat);
    if (pix && pixGetDepth(pix.get()) != 32) pix.reset(pixConvertTo8(pix.get(), 0));
  }
  if (!pix) return Error{ErrorCode::kBadInput, "not an image that can be converted"};
  return FromPix(pix.get());
}

}  // namespace hoidau::print
