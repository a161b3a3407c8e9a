// Makes a page image ready for recognition: each step measures first whether it is needed, and says what it did.
//
//   PrepareResult ready = Prepare(page, {});
//   Recognize(ready.image);          // 8-bit grey, upright
//   ready.marks;                     // seals and ink, boxes in pixels of the upright page
//   ready.ToPage(box);               // from ready.image back to the upright page
//   ready.done;                      // {"faded coloured ink on 2.1 % of the page", …}
//
// Thread safety: pure. Limits: one direction of text a page, Latin letters.
// Costs: about 0.1 s and 5 bytes a pixel at A4 and 300 dpi.
#ifndef HOIDAU_IMAGE_PREPARE_H_
#define HOIDAU_IMAGE_PREPARE_H_

#include <optional>
#include <string>
#include <vector>

#include "image/image.h"
#include "image/reading_order.h"
#include "image/sheet.h"

namespace hoidau {

struct PrepareOptions {
  // Quarter turns clockwise that bring the page upright; nothing: they are measured.
  std::optional<int> quarter_turns;
  bool flatten = true;     // the sheet of a photograph made a rectangle, and its light evened
  bool remove_ink = true;  // seals and signatures taken off the print
  bool deskew = true;
  int enlarge_below_dpi = 90;  // to 300; at 100 and 150 dpi it was measured to bring nothing and to cost 40 %
  bool find_tables = true;
  bool find_frames = true;
  bool find_grey_seals = true;
  bool fade_grey_seals = true;
  bool smooth = true;  // black and white, whose edges are steps
  bool remove_underlines = true;
  bool whiten = true;  // the paper, which is grey and noisy on poor scans and photographs
};

struct PrepareResult {
  Image image;
  int quarter_turns = 0;           // clockwise, that brought the page given upright
  bool upright = true;             // false: its direction could not be told, and it was not turned
  std::vector<Mark> marks;         // pixels of the upright page, as all that is said of the page
  std::vector<Image> mark_images;  // a mark each: what is to be read of it, black on white; empty: nothing
  std::vector<Table> tables;       // pixels of `image`
  std::vector<Box> frames;         // of the size of a stamp, in the colour of print; pixels of `image`
  std::vector<Box> grey_seals;     // round, without a colour, faded where lighter than print; pixels of `image`
  std::vector<std::string> done;
  // From the page to `image`: the sheet in it, if it is a photograph, then turned, then enlarged.
  int page_width = 0, page_height = 0, page_dpi = 0;
  std::optional<FlatSheet> sheet;  // its image is empty
  int sheet_width = 0, sheet_height = 0;
  float skew_radians = 0;  // the sheet was turned by this around its centre, clockwise positive
  float scale = 1;         // of image against the sheet

  Box ToPage(const Box& box) const;
  Box FromPage(const Box& box) const;  // back again; may leave the image
  Box FromSheet(const Box& box) const;
};

// REQUIRES: !page.empty().
PrepareResult Prepare(const Image& page, const PrepareOptions& options);

// The steps, each alone.

// Where ink of a colour of its own is: 1-bit masks of the page's size.
struct Ink {
  Image red, blue;
};
// Red, and blue or violet; the cast of the page's own print is allowed for.
Ink FindInk(const Image& rgb);
// Grey, the ink lifted to the paper: each pixel of it by the channel of its colour, where ink is as light as paper
// while the black print under a seal stays black. Soft edges of the strokes go with them: a faded seal with dark rims
// would still be binarised into debris.
Image WithoutInk(const Image& rgb, const Ink& ink);
// Seals, stamps and strokes in the ink of one colour, boxes in pixels of the mask.
std::vector<Mark> FindRedMarks(const Image& ink);
std::vector<Mark> FindBlueMarks(const Image& ink);
// Quarter turns clockwise that bring a page of text upright, by the letters that rise above the others and those that
// reach below: in Latin script, and more so with the marks of Vietnamese, more rise. Nothing where it cannot be told.
// Method: Bloomberg's hit-or-miss transforms (Leptonica, flipdetect.c).
std::optional<int> FindOrientation(const Image& page);

// Long strokes, 1-bit masks of the page's size.
struct Rules {
  Image across, down;
};
// `paper`: its grey where the light is the same all over the page, else 0.
Rules FindRules(const Image& grey, int paper = 0);
// Ruled tables with at least four cells, or three over most of the page's width.
std::vector<Table> FindTables(const Rules& rules);
// Frames that an incoming stamp may have, where it is as black as the print.
std::vector<Box> FindFrames(const Rules& rules);
// What to blank of the page so that a framed stamp is off it: strokes that stand in the frame or across its upper edge.
std::vector<Box> StrokesOf(const Image& image, const Box& frame);
// Seals by their form: rings of 26 to 46 mm across. `binary` is the page, or the ink of one colour; boxes in its
// pixels. A ring of which less than 0.6 is drawn, or that has grown together with a table, is not found.
std::vector<Box> FindRings(const Image& binary);
// Takes a seal that was red, and is a middle grey on this scan, off the print in it; nothing where it is as dark as the
// print. Eight bits a pixel; `ring` in its pixels. Returns whether it did.
bool FadeGreySeal(const Box& ring, Image* grey);
// Black and white as grey with soft edges, as recognisers were trained on. Strokes that a high threshold has left thin
// and broken are made a pixel wider first. `soften`: false where the page is turned later, which softens edges, too.
Image Smoothed(const Image& binary, bool soften = true);
// Takes rules outside of tables off the page: the strokes under motto and title touch the letters, and recognisers then
// split or double the line.
void RemoveUnderlines(const Rules& rules, const std::vector<Table>& tables, Image* grey);
// Makes the commonest light grey white and all that is darker lighter in proportion: half of the paper's noise is gone.
// Eight bits a pixel; a page without paper stays as it is.
void WhitenPaper(Image* grey);

}  // namespace hoidau

#endif  // HOIDAU_IMAGE_PREPARE_H_
