// Splits text into the tokens that recovery works on: maximal runs without white space, and within them words,
// numbers and signs.
//
//   SplitWhitespace("Số: 15/KH-UBND\n") → "Số:", "15/KH-UBND"
//   SplitWords("(học sinh,") → "(" kSign, "học" kWord, "sinh" kWord, "," kSign   // white space separates
//
// Thread safety: pure. Limits: texts under 4 GiB. Spans are bytes of the text given.
#ifndef HOIDAU_TEXT_TOKENIZER_H_
#define HOIDAU_TEXT_TOKENIZER_H_

#include <string_view>
#include <vector>

#include "base/span.h"

namespace hoidau {

// Runs without white space.
std::vector<ByteSpan> SplitWhitespace(std::string_view text);

// Lines without their line ends; a last line without an end counts, an empty rest does not.
std::vector<ByteSpan> SplitLines(std::string_view text);

enum class WordKind { kWord, kNumber, kMixed, kSign };  // letters; digits; letters and digits; one other character

struct Word {
  ByteSpan span;
  WordKind kind;
};
// Maximal runs of letters and digits, and every other non-blank character alone.
std::vector<Word> SplitWords(std::string_view text);

}  // namespace hoidau

#endif  // HOIDAU_TEXT_TOKENIZER_H_
