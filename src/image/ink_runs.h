// Print that nobody has read: runs of letters on a page outside of the words that are known.
//
//   for (const Box& run : InkRuns(page, boxes_of_words, 40)) Recognize(page.Cropped(run));   // "2", "Nguyễn Văn A"
//
// Thread safety: pure. Limits: letters about as high as those of the page; rules, specks, dots and dashes are none.
#ifndef HOIDAU_IMAGE_INK_RUNS_H_
#define HOIDAU_IMAGE_INK_RUNS_H_

#include <vector>

#include "image/image.h"

namespace hoidau {

// Pixels of `page`, top to bottom. `em`: usual height of a word. O(letters found × runs).
std::vector<Box> InkRuns(const Image& page, const std::vector<Box>& words, float em);

}  // namespace hoidau

#endif  // HOIDAU_IMAGE_INK_RUNS_H_
