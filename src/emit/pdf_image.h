// A page image as a PDF image: the bytes of the file as they are where PDF can hold them (JPEG; PNG without
// transparency and interlacing), else its pixels, compressed without loss.
//
//   Result<PdfImage> image = ToPdfImage(file_bytes, 0);
//   image->dictionary;   // "/Width 1654 /Height 2339 /ColorSpace /DeviceGray …", a dictionary's inside
//   image->data;
//
// Thread safety: pure. Limits: PNG, JPEG, TIFF as image/image.h reads them. For emit/pdf.cc; not part of the interface.
#ifndef HOIDAU_EMIT_PDF_IMAGE_H_
#define HOIDAU_EMIT_PDF_IMAGE_H_

#include <string>
#include <string_view>

#include "base/result.h"

namespace hoidau {

struct PdfImage {
  std::string dictionary;  // PDF syntax, without << >> and /Length
  std::string data;        // raw stream
  int width = 0, height = 0;
  double dpi = 0;
};

// Page `page` from 0. kBadInput, kResourceLimit.
Result<PdfImage> ToPdfImage(std::string_view file, int page);

}  // namespace hoidau

#endif  // HOIDAU_EMIT_PDF_IMAGE_H_
