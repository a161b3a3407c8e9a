#include "image/image.h"

#include <leptonica/allheaders.h>

#include <algorithm>
#include <cmath>
#include <cstring>

#include "base/sha256.h"

namespace hoidau {
namespace {

// Leptonica writes to stderr unless told not to; the setting is global, so it is made once.
const bool kSilenced = [] {
  setMsgSeverity(L_SEVERITY_NONE);
  leptSetStderrHandler([](const char*) {});
  return true;
}();

const l_uint8* Bytes(std::string_view bytes) { return reinterpret_cast<const l_uint8*>(bytes.data()); }

// Palettes, alpha and odd depths become 1, 8 or 32 bits without palette.
Pix* Normalized(Pix* pix) {
  if (pix == nullptr) return nullptr;
  Pix* plain = pix;
  if (pixGetColormap(pix) != nullptr) {
    plain = pixRemoveColormap(pix, REMOVE_CMAP_BASED_ON_SRC);
    pixDestroy(&pix);
  }
  if (plain != nullptr && pixGetDepth(plain) == 32 && pixGetSpp(plain) == 4) {
    Pix* opaque = pixRemoveAlpha(plain);
    pixDestroy(&plain);
    plain = opaque;
  }
  if (plain == nullptr) return nullptr;
  const int depth = pixGetDepth(plain);
  if (depth == 1 || depth == 8 || depth == 32) return plain;
  Pix* eight = pixConvertTo8(plain, 0);
  pixDestroy(&plain);
  return eight;
}

BOX* ToLept(const Box& box) {
  const int left = std::max(0, static_cast<int>(std::floor(box.left)));
  const int top = std::max(0, static_cast<int>(std::floor(box.top)));
  return boxCreate(left, top, std::max(1, static_cast<int>(std::ceil(box.right)) - left),
                   std::max(1, static_cast<int>(std::ceil(box.bottom)) - top));
}

bool IsGrey(const unsigned char* row, int width) {
  std::uint32_t differs = 0;
  for (int x = 0; x < width; ++x) {
    std::uint32_t pixel;
    std::memcpy(&pixel, row + 4 * static_cast<std::size_t>(x), 4);
    differs |= (pixel ^ pixel >> 8) & 0xFFFF;
  }
  return differs == 0;
}

constexpr int kMaxPages = 10000;

// Whether the file goes on to its end mark. The PNG and JPEG libraries complain about a cut file on stderr, so it is
// never given to them.
bool Complete(std::string_view bytes, ImageFormat format) {
  if (format == ImageFormat::kJpeg)
    return bytes.rfind("\xff\xd9") > bytes.size() / 2 && bytes.rfind("\xff\xd9") != bytes.npos;
  if (format != ImageFormat::kPng) return true;
  std::size_t at = 8;
  while (at + 12 <= bytes.size()) {
    std::size_t length = 0;
    for (int i = 0; i < 4; ++i) length = length << 8 | static_cast<unsigned char>(bytes[at + i]);
    if (length > bytes.size() - at - 12) return false;
    if (bytes.substr(at + 4, 4) == "IEND") return true;
    at += 12 + length;
  }
  return false;
}

}  // namespace

void Image::Destroy::operator()(Pix* pix) const { pixDestroy(&pix); }

ImageFormat SniffImage(std::string_view bytes) {
  if (bytes.starts_with("\x89PNG\r\n\x1a\n")) return ImageFormat::kPng;
  if (bytes.starts_with("\xff\xd8\xff")) return ImageFormat::kJpeg;
  if (bytes.starts_with(std::string_view("II*\0", 4)) || bytes.starts_with(std::string_view("MM\0*", 4))) {
    return ImageFormat::kTiff;
  }
  return ImageFormat::kNone;
}

Image Image::Blank(int width, int height, int depth, int dpi) {
  Image image(pixCreate(width, height, depth));
  if (depth > 1) pixSetAll(image.pix());
  image.set_dpi(dpi);
  return image;
}

Result<Image> Image::FromRgb24(const unsigned char* rows, int width, int height, int stride, int dpi) {
  const auto row = [&](int y) { return rows + static_cast<std::size_t>(y) * static_cast<std::size_t>(stride); };
  bool grey = true;
  for (int y = 0; y < height && grey; ++y) grey = IsGrey(row(y), width);
  Image image(pixCreateNoInit(width, height, grey ? 8 : 32));
  if (image.empty()) return Error{ErrorCode::kResourceLimit, "no memory for a page image"};
  for (int y = 0; y < height; ++y) {
    l_uint32* out = pixGetData(image.pix()) + static_cast<std::size_t>(y) * pixGetWpl(image.pix());
    const unsigned char* in = row(y);
    for (int x = 0; x < width; ++x) {
      std::uint32_t pixel;
      std::memcpy(&pixel, in + 4 * static_cast<std::size_t>(x), 4);
      if (grey) {
        SET_DATA_BYTE(out, x, static_cast<l_uint8>(pixel & 255));
      } else {
        out[x] = pixel << L_BLUE_SHIFT;  // both have red above green above blue
      }
    }
  }
  image.set_dpi(dpi);
  return image;
}

int Image::width() const { return pix_ ? pixGetWidth(pix()) : 0; }
int Image::height() const { return pix_ ? pixGetHeight(pix()) : 0; }
int Image::depth() const { return pix_ ? pixGetDepth(pix()) : 0; }
int Image::dpi() const { return pix_ ? pixGetXRes(pix()) : 0; }
void Image::set_dpi(int dpi) { pixSetResolution(pix(), dpi, dpi); }

Image Image::Copy() const { return Image(pixCopy(nullptr, pix())); }

Image Image::Scaled(float factor) const {
  Image scaled(depth() == 1 && factor < 1 ? pixScaleToGray(pix(), factor) : pixScale(pix(), factor, factor));
  if (!scaled.empty()) scaled.set_dpi(static_cast<int>(std::lround(static_cast<float>(dpi()) * factor)));
  return scaled;
}

Image Image::Cropped(const Box& box) const {
  BOX* area = ToLept(box);
  Image cropped(pixClipRectangle(pix(), area, nullptr));
  boxDestroy(&area);
  return cropped;
}

Image Image::OnWhite(int sheet_width, int sheet_height, int left, int top) const {
  Image sheet(pixCreate(sheet_width, sheet_height, depth()));
  if (sheet.empty()) return sheet;
  if (depth() > 1) pixSetAll(sheet.pix());
  pixRasterop(sheet.pix(), left, top, width(), height(), PIX_SRC, pix(), 0, 0);
  sheet.set_dpi(dpi());
  return sheet;
}

Image Image::Rotated90(int quarter_turns_clockwise) const {
  return Image(pixRotateOrth(pix(), quarter_turns_clockwise & 3));
}

void Image::Fill(const Box& box, std::uint8_t red, std::uint8_t green, std::uint8_t blue) {
  if (box.right <= 0 || box.bottom <= 0) return;
  BOX* area = ToLept(box);
  l_uint32 value = 0;
  if (depth() == 32) {
    composeRGBPixel(red, green, blue, &value);
  } else {
    const int gray = (red * 299 + green * 587 + blue * 114) / 1000;
    value = static_cast<l_uint32>(depth() == 8 ? gray : (gray < 128 ? 1 : 0));
  }
  pixSetInRectArbitrary(pix(), area, value);
  boxDestroy(&area);
}

Result<std::string> Image::EncodePng() const {
  l_uint8* data = nullptr;
  size_t size = 0;
  if (empty() || pixWriteMemPng(&data, &size, pix(), 0.0f) != 0) {
    return Error{ErrorCode::kInternal, "a page image could not be encoded"};
  }
  std::string png(reinterpret_cast<const char*>(data), size);
  lept_free(data);
  return png;
}

std::string Image::Sha256() const {
  std::string bytes = std::to_string(width()) + "x" + std::to_string(height()) + "x" + std::to_string(depth()) + "\n";
  if (empty()) return Sha256Hex(bytes);
  Image copy(pixCopy(nullptr, pix()));
  pixSetPadBits(copy.pix(), 0);
  if (depth() == 32) {  // the fourth byte is no part of the picture
    l_uint32* pixels = pixGetData(copy.pix());
    std::for_each(pixels, pixels + static_cast<std::size_t>(width()) * height(),
                  [](l_uint32& pixel) { pixel &= ~255U; });
  }
  pixEndianByteSwap(copy.pix());  // the same order of bytes on every machine
  const std::size_t size = sizeof(l_uint32) * static_cast<std::size_t>(pixGetWpl(copy.pix())) * copy.height();
  bytes.append(reinterpret_cast<const char*>(pixGetData(copy.pix())), size);
  return Sha256Hex(bytes);
}

Result<ImageInfo> ReadImageInfo(std::string_view bytes) {
  ImageInfo info{.format = SniffImage(bytes)};
  if (info.format == ImageFormat::kNone) return Error{ErrorCode::kBadInput, "is no PNG, JPEG or TIFF image"};
  l_int32 format = 0, bits = 0, samples = 0, palette = 0;
  bool read = false;
  info.pages = 1;
  if (!Complete(bytes, info.format)) return Error{ErrorCode::kBadInput, "the image is cut off; scan or save it again"};
  if (info.format == ImageFormat::kTiff) {
    // pixReadHeaderMem counts only; the sizes come from the header of page 0.
    read = readHeaderMemTiff(Bytes(bytes), bytes.size(), 0, &info.width, &info.height, &bits, &samples, nullptr,
                             &palette, &format) == 0;
    l_int32 page_width, page_height;
    while (read && info.pages < kMaxPages &&
           readHeaderMemTiff(Bytes(bytes), bytes.size(), info.pages, &page_width, &page_height, &bits, &samples,
                             nullptr, &palette, &format) == 0) {
      ++info.pages;
    }
  } else {
    read = pixReadHeaderMem(Bytes(bytes), bytes.size(), &format, &info.width, &info.height, &bits, &samples,
                            &palette) == 0;
  }
  if (!read || info.width <= 0 || info.height <= 0) {
    return Error{ErrorCode::kBadInput, "the header of the image is damaged; scan or save it again"};
  }
  return info;
}

Result<Image> DecodeImage(std::string_view bytes, int page, std::int64_t max_pixels) {
  const Result<ImageInfo> info = ReadImageInfo(bytes);
  if (!info) return info.error();
  l_int32 width = info->width, height = info->height, bits = 0, samples = 0, palette = 0, format = 0;
  if (info->format == ImageFormat::kTiff && page > 0 &&
      readHeaderMemTiff(Bytes(bytes), bytes.size(), page, &width, &height, &bits, &samples, nullptr, &palette,
                        &format) != 0) {
    return Error{ErrorCode::kBadInput, "the image has no such page"};
  }
  if (static_cast<std::int64_t>(width) * height > max_pixels) {
    return Error{ErrorCode::kResourceLimit, std::to_string(width) + "x" + std::to_string(height) +
                                                " pixels are more than " + std::to_string(max_pixels) +
                                                "; scan it at 300 dpi"};
  }
  Image image(Normalized(info->format == ImageFormat::kTiff ? pixReadMemTiff(Bytes(bytes), bytes.size(), page)
                                                            : pixReadMem(Bytes(bytes), bytes.size())));
  if (image.empty()) return Error{ErrorCode::kBadInput, "the image is damaged or cut off; scan or save it again"};
  return image;
}

}  // namespace hoidau
