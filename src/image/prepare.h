// Makes a page image ready for recognition: each step measures first whether it is needed, and says what it did.
//
//   PrepareResult ready = Prepare(page, {});
//   Recognize(ready.image);          // 8-bit grey, upright
//   ready.marks;                     // seals and ink, boxes in pixels of `page`
//   ready.ToPage(box);               // from ready.image back to `page`
//   ready.done;                      // {"faded coloured ink on 2.1 % of the page", …}
//
// Thread safety: pure. Limits: text upright or nearly so (orientation is for the recogniser).
// Costs: about 0.1 s and 5 bytes a pixel at A4 and 300 dpi.
#ifndef HOIDAU_IMAGE_PREPARE_H_
#define HOIDAU_IMAGE_PREPARE_H_

#include <string>
#include <vector>

#include "image/image.h"
#include "image/reading_order.h"

namespace hoidau {

struct PrepareOptions {
  bool remove_ink = true;  // seals and signatures taken off the print
  bool deskew = true;
  int enlarge_below_dpi = 90;  // to 300; at 100 and 150 dpi it was measured to bring nothing and to cost 40 %
  bool find_tables = true;
};

struct PrepareResult {
  Image image;
  std::vector<Mark> marks;    // pixels of the page given
  std::vector<Table> tables;  // pixels of `image`
  std::vector<std::string> done;
  float scale = 1;         // of image against the page
  float skew_radians = 0;  // the page was turned by this around its centre, clockwise positive
  int page_width = 0, page_height = 0;

  Box ToPage(const Box& box) const;
};

// REQUIRES: !page.empty().
PrepareResult Prepare(const Image& page, const PrepareOptions& options);

// The steps, each alone.

// Where ink of a colour of its own is: 1-bit masks of the page's size.
struct Ink {
  Image red, blue;
};
// Grey; red ink by its red channel, where it is as light as paper while the black print under a seal stays black.
Image WithoutRedInk(const Image& rgb, Ink* ink);
// Seals, stamps and strokes, boxes in pixels of the masks.
std::vector<Mark> FindMarks(const Ink& ink);
// Makes blue strokes light within `area`: signatures, and numbers filled in by pen, which print models misread.
void FadeBlueInk(const Image& rgb, const Box& area, Image* grey);
// Angle to turn by, radians, 0 where it is small or cannot be told.
float FindSkew(const Image& grey);
// Ruled tables with at least four cells.
std::vector<Table> FindTables(const Image& grey);

}  // namespace hoidau

#endif  // HOIDAU_IMAGE_PREPARE_H_
