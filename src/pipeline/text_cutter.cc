#include "pipeline/text_cutter.h"

#include <algorithm>

namespace hoidau {

TextCutter::TextCutter(std::size_t document_bytes) : document_bytes_(std::max<std::size_t>(document_bytes, 1)) {}

std::size_t TextCutter::FindEnd(std::string_view text) {
  for (; scanned_ < text.size(); ++scanned_) {
    const std::size_t end = scanned_ + 1;
    const char c = text[scanned_];
    if (c == '\f') return end;
    if (c == '\n') {
      if (end > (blank_ ? document_bytes_ : 4 * document_bytes_)) return end;
      blank_ = true;
    } else if (c != ' ' && c != '\t' && c != '\r') {
      blank_ = false;
    }
    if (end < 8 * document_bytes_) continue;
    // Inside the line: at a white space where one is in reach, else before a letter and not between its bytes.
    const std::size_t space = text.find_last_of(" \t", scanned_);
    if (space != std::string_view::npos && space > scanned_ / 2) return space + 1;
    std::size_t lead = scanned_;
    while (lead > 1 && scanned_ - lead < 3 && (static_cast<unsigned char>(text[lead]) & 0xC0) == 0x80) --lead;
    return std::max<std::size_t>(lead, 1);
  }
  return 0;
}

void TextCutter::Feed(std::string_view bytes, const Take& take) {
  buffer_ += bytes;
  std::string_view rest = buffer_;
  while (const std::size_t end = FindEnd(rest)) {
    take(rest.substr(0, end));
    rest.remove_prefix(end);
    scanned_ = 0;
    blank_ = true;
  }
  buffer_.erase(0, buffer_.size() - rest.size());
}

void TextCutter::Finish(const Take& take) {
  if (!buffer_.empty()) take(buffer_);
  *this = TextCutter(document_bytes_);
}

}  // namespace hoidau
