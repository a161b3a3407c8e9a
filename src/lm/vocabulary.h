// How running text becomes the tokens of the language model; builder and decoder share it, so that training and use
// cannot differ.
//
//   LmTokens("Công văn số 3093 ngày 19/9/2025,") → công văn số <num> ngày <n1> / <n1> / <year> ,
//   LmWord("HOÀ") == "hòa";   LmWord("U23") == "<sym>";   LmWord("“") == "\"";
//
// A paragraph is cut as SplitWords cuts it (text/tokenizer.h): words, numbers, and every other sign alone.
//   words      lower case, NFC, old tone placement (legal syllables only); Ð (eth) reads as Đ
//   numbers    <n1> one or two digits, <year> 1900 to 2099, <num> any other
//   mixtures   <sym> letters with digits
//   signs      as they are, but for quotation marks (" and ') and dashes (-)
//
// Thread safety: pure. Limits: a token of more than 40 letters is kept, but no model knows it.
#ifndef HOIDAU_LM_VOCABULARY_H_
#define HOIDAU_LM_VOCABULARY_H_

#include <string>
#include <string_view>
#include <vector>

namespace hoidau {

// The model's form of one word, number or sign as SplitWords cuts them.
std::string LmWord(std::string_view word);

// The model's tokens of a paragraph.
std::vector<std::string> LmTokens(std::string_view paragraph);

}  // namespace hoidau

#endif  // HOIDAU_LM_VOCABULARY_H_
