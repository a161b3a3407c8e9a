// The picture that a scanned page is, told from the page's commands without decoding it.
//
//   ScanPictures pictures(bytes);
//   std::optional<ScanPicture> scan = pictures.Of(0);   // the first page draws one picture, upright, and nothing else
//   scan->area;                                         // where it stands, in points from the top left
//   scan->file;                                         // it as an image file, JPEG or TIFF, in plain colours
//
// Thread safety: one ScanPictures, one thread. Limits: nothing for a page that is turned, that shows anything beside
// the picture (hidden text, links and form fields apart), or whose picture is masked; such pages have to be drawn.
#ifndef HOIDAU_INGEST_SCAN_PICTURE_H_
#define HOIDAU_INGEST_SCAN_PICTURE_H_

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "doc/document.h"

namespace hoidau {

struct ScanPicture {
  Box area;                   // points, origin top-left
  int width = 0, height = 0;  // pixels, as declared
  std::string file;           // "" where it is packed as in no file, or its colours are not as they stand
};

class ScanPictures {
 public:
  // `bytes` of a PDF stay where they are for as long as this lives.
  explicit ScanPictures(std::string_view bytes);
  ScanPictures(ScanPictures&&) noexcept;
  ScanPictures& operator=(ScanPictures&&) noexcept;
  ~ScanPictures();

  // nullopt also where the file or the page cannot be understood.
  std::optional<ScanPicture> Of(int page) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace hoidau

#endif  // HOIDAU_INGEST_SCAN_PICTURE_H_
