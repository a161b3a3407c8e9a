// A second reading of a page as evidence beside the first: where both have a word at the same place and differ, the
// other's is an alternative that recovery weighs.
//
//   int words = AddWitness(layer, page);   // page.lines[0].tokens[2].alternatives.front().text == "hội"
//
// Thread safety: pure. Limits: the other's words count only where they are Vietnamese words with their marks, or
// figures: an engine without Vietnamese writes "hoi" for every "hội".
#ifndef HOIDAU_OCR_WITNESS_H_
#define HOIDAU_OCR_WITNESS_H_

#include "doc/document.h"

namespace hoidau {

// `other` upright and of any scale, its boxes on the same sheet as those of `page`. Returns how many words got an
// alternative. O(words of both, line by line).
int AddWitness(const Page& other, Page& page);

}  // namespace hoidau

#endif  // HOIDAU_OCR_WITNESS_H_
