#include "pipeline/byte_escape.h"

#include <set>

#include "text/unicode.h"

namespace hoidau {
namespace {

constexpr char32_t kPlane = 0x100000;  // private use
constexpr char32_t kBlock = 128;
constexpr char32_t kBlocks = 0xFF00 / kBlock;

// The first block of plane 16 that the text does not use; 0: none.
char32_t FreeBlock(std::string_view bytes) {
  std::set<char32_t> used;
  for (std::size_t at = 0; at < bytes.size();) {
    const char32_t c = DecodeAt(bytes, at);
    if (c >= kPlane) used.insert((c - kPlane) / kBlock);
  }
  for (char32_t block = 0; block < kBlocks; ++block) {
    if (!used.contains(block)) return kPlane + block * kBlock;
  }
  return 0;
}

}  // namespace

ByteEscape::ByteEscape(std::string_view bytes) {
  if (IsValidUtf8(bytes)) {
    text_ = bytes;
    return;
  }
  base_ = FreeBlock(bytes);
  for (std::size_t at = 0; at < bytes.size();) {
    const std::size_t begin = at;
    const char32_t c = DecodeAt(bytes, at);
    const bool bad = c == 0xFFFD && at - begin == 1;
    bad_bytes_ += bad;
    AppendUtf8(bad && base_ != 0 ? base_ + (static_cast<unsigned char>(bytes[begin]) - 0x80) : c, text_);
  }
}

bool ByteEscape::IsEscape(char32_t c) const { return base_ != 0 && c >= base_ && c < base_ + kBlock; }

bool ByteEscape::Has(std::string_view text) const {
  for (std::size_t at = 0; at < text.size();) {
    if (IsEscape(DecodeAt(text, at))) return true;
  }
  return false;
}

std::string ByteEscape::Undo(std::string_view text) const {
  if (base_ == 0) return std::string(text);
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = DecodeAt(text, at);
    if (IsEscape(c)) {
      out += static_cast<char>(0x80 + (c - base_));
    } else {
      AppendUtf8(c, out);
    }
  }
  return out;
}

}  // namespace hoidau
