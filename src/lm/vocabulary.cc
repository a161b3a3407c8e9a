#include "lm/vocabulary.h"

#include "text/syllable.h"
#include "text/tokenizer.h"
#include "text/unicode.h"

namespace hoidau {
namespace {

std::string_view NumberClass(std::string_view digits) {
  if (digits.size() <= 2) return "<n1>";
  const bool year = digits.size() == 4 && (digits.substr(0, 2) == "19" || digits.substr(0, 2) == "20");
  return year ? "<year>" : "<num>";
}

// Signs that differ only in their drawing are one token.
char32_t FoldSign(char32_t c) {
  switch (c) {
    case U'“':
    case U'”':
    case U'„':
    case U'«':
    case U'»':
      return U'"';
    case U'‘':
    case U'’':
    case U'`':
    case U'´':
      return U'\'';
    case U'‐':
    case U'‑':
    case U'‒':
    case U'–':
    case U'—':
    case U'−':
    case U'\u00AD':
      return U'-';
    default:
      return c;
  }
}

}  // namespace

std::string LmWord(std::string_view word) {
  std::size_t letters = 0;
  std::size_t digits = 0;
  std::string out;
  const std::string nfc = IsNfc(word) ? std::string() : ToNfc(word);
  if (!nfc.empty()) word = nfc;
  for (std::size_t at = 0; at < word.size();) {
    char32_t c = ToLower(DecodeAt(word, at));
    if (IsDigit(c)) {
      ++digits;
    } else if (IsAlnum(c)) {
      ++letters;
      if (c == U'ð') c = U'đ';
    } else {
      c = FoldSign(c);
    }
    AppendUtf8(c, out);
  }
  if (digits > 0) return letters > 0 ? "<sym>" : std::string(NumberClass(word));
  return letters > 0 ? WithTonePlacement(out, TonePlacement::kOld) : out;
}

std::vector<std::string> LmTokens(std::string_view paragraph) {
  const std::vector<Word> words = SplitWords(paragraph);
  std::vector<std::string> out;
  out.reserve(words.size());
  for (const Word& w : words) out.push_back(LmWord(w.span.In(paragraph)));
  return out;
}

}  // namespace hoidau
