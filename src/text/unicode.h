// UTF-8 and Unicode: decoding, validity, NFC, case, classes of letters. The only module that knows ICU.
//
//   ToNfc("Kê\u0301 hoa\u0323ch") == "Kế hoạch";
//   ToLower("ĐIỀU") == "điều";
//   CodePoints("số") == std::u32string(U"số");
//   CodePointIndex index("số 1"); index.ToCodePoint(4) == 2; index.ToByte(2) == 4;
//
// Thread safety: pure functions; a CodePointIndex is immutable. Limits: texts under 4 GiB.
#ifndef HOIDAU_TEXT_UNICODE_H_
#define HOIDAU_TEXT_UNICODE_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/span.h"

namespace hoidau {

// Decodes the code point at `at` and moves `at` behind it. Invalid bytes give U+FFFD and advance by one.
// REQUIRES: at < text.size().
char32_t DecodeAt(std::string_view text, std::size_t& at);
void AppendUtf8(char32_t c, std::string& out);

std::u32string CodePoints(std::string_view text);
std::string ToUtf8(std::u32string_view text);

bool IsValidUtf8(std::string_view text);
// Every invalid byte becomes U+FFFD; a byte order mark at the beginning is dropped.
std::string MakeValidUtf8(std::string_view text);

bool IsNfc(std::string_view text);
std::string ToNfc(std::string_view text);

char32_t ToLower(char32_t c);
char32_t ToUpper(char32_t c);
std::string ToLower(std::string_view text);
std::string ToUpper(std::string_view text);

bool IsLetter(char32_t c);  // general category L
bool IsMark(char32_t c);    // general category M
bool IsDigit(char32_t c);   // ASCII digits and other decimal digits
bool IsNumber(char32_t c);  // general category N: digits, and ² ½ Ⅳ
bool IsUpper(char32_t c);
bool IsLower(char32_t c);
bool IsSpace(char32_t c);  // white space, with the no-break ones
inline bool IsAlnum(char32_t c) { return IsLetter(c) || IsMark(c) || IsDigit(c); }

// Folds runs of white space to one blank and drops those at the ends.
std::string FoldSpace(std::string_view text);

// Maps between bytes and code points of one text.
class CodePointIndex {
 public:
  explicit CodePointIndex(std::string_view text);
  // Number of code points before the byte `at`; at == size gives their count.
  std::uint32_t ToCodePoint(std::uint32_t at) const;
  std::uint32_t ToByte(std::uint32_t code_point) const;

 private:
  static constexpr std::uint32_t kStep = 64;
  std::string text_;
  std::vector<std::uint32_t> code_points_at_;  // before byte kStep * i
};

}  // namespace hoidau

#endif  // HOIDAU_TEXT_UNICODE_H_
