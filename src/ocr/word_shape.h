// What the shape of a word on the page says against the engine's reading of it.
//
//   std::vector<Box> pieces = Components(Binary(page.Cropped(word.box)), 8);
//   CountedStrokes("II.", pieces);         // "III." where three strokes stand there
//   BlankInside("Từ01/9", pieces, 40);     // 4, the byte of "01", where there is a gap as wide as a blank
//
// Thread safety: pure. Limits: strokes that touch are one; pieces of a word on one line.
#ifndef HOIDAU_OCR_WORD_SHAPE_H_
#define HOIDAU_OCR_WORD_SHAPE_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "ocr/engine.h"

namespace hoidau {

// Roman one, two and three are read one for the other and as H: the reading with as many strokes as there are. Text
// that is nothing of the kind, or has as many, comes back as it is.
std::string CountedStrokes(std::string_view text, const std::vector<Box>& pieces);

// Roman four and nine are read as TV and TX: those where the word is too narrow for a T. Other text comes back as it
// is.
std::string NarrowAsOne(std::string_view text, const std::vector<Box>& pieces);

// In two at byte `at`, the box shared by length.
void SplitWord(std::vector<OcrWord>& line, std::size_t word, std::size_t at);

// Where figures or capitals begin behind small letters or figures end before them, as in "Từ01/9", "ĐạKao" and
// "2025đến", and there is a blank on the page: the byte of the second word; 0 where not. `em`: usual height of a word.
std::size_t BlankInside(std::string_view text, const std::vector<Box>& pieces, float em);

}  // namespace hoidau

#endif  // HOIDAU_OCR_WORD_SHAPE_H_
