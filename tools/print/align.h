// Alignment of what an OCR engine read with what was printed: token pairs for learning a channel.
//
//   AlignTokens("co s& va", "cơ sở và") → {"co","cơ"}, {"s&","sở"}, {"va","và"}
//   AlignTokens("hu 'O'ng dan", "hướng dẫn") → {"hu 'O'ng","hướng"}, {"dan","dẫn"}        // split
//   AlignTokens("huongdan", "hướng dẫn") → {"huongdan","hướng dẫn"}                        // joined
//
// Junk that the engine invented and lines that it left out give no pair. Both texts are NFC; white space of any kind is
// one blank. Method: edit distance over the characters of the whole text, letters cheaper when they are the same below
// their marks, blanks never against ink; cut where blank meets blank.
// Thread safety: pure. Limits: quadratic; texts of more than 40,000 characters give no pairs.
#ifndef HOIDAU_TOOLS_PRINT_ALIGN_H_
#define HOIDAU_TOOLS_PRINT_ALIGN_H_

#include <string>
#include <string_view>
#include <vector>

namespace hoidau::print {

struct TokenPair {
  std::string observed;  // one token, or up to three with single blanks between them
  std::string truth;     // likewise
  friend bool operator==(const TokenPair&, const TokenPair&) = default;
};

std::vector<TokenPair> AlignTokens(std::string_view observed, std::string_view truth);

}  // namespace hoidau::print

#endif  // HOIDAU_TOOLS_PRINT_ALIGN_H_
