#include "text/tokenizer.h"

#include "text/unicode.h"

namespace hoidau {

std::vector<ByteSpan> SplitWhitespace(std::string_view text) {
  std::vector<ByteSpan> out;
  std::size_t begin = std::string_view::npos;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t here = at;
    if (IsSpace(DecodeAt(text, at))) {
      if (begin != std::string_view::npos) out.push_back(MakeSpan(begin, here));
      begin = std::string_view::npos;
    } else if (begin == std::string_view::npos) {
      begin = here;
    }
  }
  if (begin != std::string_view::npos) out.push_back(MakeSpan(begin, text.size()));
  return out;
}

std::vector<ByteSpan> SplitLines(std::string_view text) {
  std::vector<ByteSpan> out;
  std::size_t begin = 0;
  while (begin < text.size()) {
    const std::size_t end = text.find('\n', begin);
    if (end == std::string_view::npos) {
      out.push_back(MakeSpan(begin, text.size()));
      break;
    }
    out.push_back(MakeSpan(begin, end));
    begin = end + 1;
  }
  return out;
}

std::vector<Word> SplitWords(std::string_view text) {
  std::vector<Word> out;
  bool open = false;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = at;
    const char32_t c = DecodeAt(text, at);
    if (IsSpace(c)) {
      open = false;
    } else if (IsAlnum(c)) {
      const WordKind kind = IsDigit(c) ? WordKind::kNumber : WordKind::kWord;
      if (open) {
        Word& last = out.back();
        last.span.end = static_cast<std::uint32_t>(at);
        if (last.kind != kind) last.kind = WordKind::kMixed;
      } else {
        out.push_back({MakeSpan(begin, at), kind});
        open = true;
      }
    } else {
      out.push_back({MakeSpan(begin, at), WordKind::kSign});
      open = false;
    }
  }
  return out;
}

}  // namespace hoidau
