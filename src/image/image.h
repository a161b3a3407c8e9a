// A page image: an owning handle over Leptonica's Pix, read from bytes and never from a file name.
//
//   Result<ImageInfo> info = ReadImageInfo(bytes);           // header only: nothing is decoded
//   Result<Image> page = DecodeImage(bytes, 0, 200'000'000);  // the first page, at most 200 million pixels
//   page->width(); page->dpi(); page->Scaled(2.0f);
//
// Thread safety: an Image is a value with one owner; distinct images may be used in distinct threads.
// Limits: PNG, JPEG and TIFF (multi-page); 1, 8 and 32 bits a pixel after decoding. Leptonica's messages are silenced.
#ifndef HOIDAU_IMAGE_IMAGE_H_
#define HOIDAU_IMAGE_IMAGE_H_

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "doc/document.h"

struct Pix;  // Leptonica

namespace hoidau {

enum class ImageFormat { kNone, kPng, kJpeg, kTiff };

// By the first bytes. kNone: none of ours.
ImageFormat SniffImage(std::string_view bytes);

struct ImageInfo {
  ImageFormat format = ImageFormat::kNone;
  int pages = 0;
  int width = 0, height = 0;  // of the first page, pixels
};

class Image {
 public:
  Image() = default;
  explicit Image(Pix* owned) : pix_(owned) {}  // takes ownership
  // A white image of 1, 8 or 32 bits a pixel. REQUIRES: positive sizes.
  static Image Blank(int width, int height, int depth, int dpi);
  // Rows of 32-bit words 0xXXRRGGBB in machine order (Cairo's RGB24), `stride` bytes apart. Copied; of 8 bits where all
  // are grey.
  static Result<Image> FromRgb24(const unsigned char* rows, int width, int height, int stride, int dpi);

  bool empty() const { return pix_ == nullptr; }
  int width() const;
  int height() const;
  int depth() const;  // bits a pixel: 1, 8 or 32
  int dpi() const;    // 0: unknown
  void set_dpi(int dpi);

  Image Copy() const;
  Image Scaled(float factor) const;  // also scales dpi
  Image Cropped(const Box& box) const;
  // On a white sheet, its upper left corner at (left, top); what reaches over the edges is cut off.
  Image OnWhite(int sheet_width, int sheet_height, int left, int top) const;
  Image Rotated90(int quarter_turns_clockwise) const;
  void Fill(const Box& box, std::uint8_t red, std::uint8_t green, std::uint8_t blue);

  Result<std::string> EncodePng() const;
  // Of size, depth and pixels; the same picture in two file formats has the same digest.
  std::string Sha256() const;

  // For the modules that pass the image on to a library. Owned by this.
  Pix* pix() const { return pix_.get(); }

 private:
  struct Destroy {
    void operator()(Pix* pix) const;
  };
  std::unique_ptr<Pix, Destroy> pix_;
};

// kBadInput: damaged or not an image.
Result<ImageInfo> ReadImageInfo(std::string_view bytes);

// Decodes page `page` (from 0). kBadInput; kResourceLimit above max_pixels (checked before decoding).
Result<Image> DecodeImage(std::string_view bytes, int page, std::int64_t max_pixels);

}  // namespace hoidau

#endif  // HOIDAU_IMAGE_IMAGE_H_
