// Carries bytes that are no UTF-8 through stages that want text: each becomes a private-use character that the text
// does not have, and back.
//
//   ByteEscape escape("tập\xFF");
//   Use(escape.text());                          // valid UTF-8
//   escape.Undo(escape.text()) == "tập\xFF";
//   escape.bad_bytes() == 1;
//
// Thread safety: immutable. Limits: a text that uses every block of plane 16 keeps U+FFFD for its bad bytes.
#ifndef HOIDAU_PIPELINE_BYTE_ESCAPE_H_
#define HOIDAU_PIPELINE_BYTE_ESCAPE_H_

#include <cstdint>
#include <string>
#include <string_view>

namespace hoidau {

class ByteEscape {
 public:
  explicit ByteEscape(std::string_view bytes);

  const std::string& text() const { return text_; }
  std::uint64_t bad_bytes() const { return bad_bytes_; }
  // Whether a piece of text() holds a byte that was no UTF-8.
  bool Has(std::string_view text) const;
  std::string Undo(std::string_view text) const;

 private:
  std::string text_;
  std::uint64_t bad_bytes_ = 0;
  bool IsEscape(char32_t c) const;
  char32_t base_ = 0;  // byte 0x80 + i is base_ + i; 0: nothing escaped
};

}  // namespace hoidau

#endif  // HOIDAU_PIPELINE_BYTE_ESCAPE_H_
