// Bytes to text, words and keys: what comes out is valid, in order and within the text.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "text/phrases.h"
#include "text/syllable.h"
#include "text/tokenizer.h"
#include "text/unicode.h"

namespace hoidau {
namespace {

void Require(bool holds) {
  if (!holds) std::abort();
}

void Check(std::string_view bytes) {
  const std::string text = ToNfc(MakeValidUtf8(bytes));
  Require(IsValidUtf8(text));
  Require(ToNfc(text) == text);
  Require(ToUtf8(CodePoints(text)) == text);
  Require(FoldSpace(FoldSpace(text)) == FoldSpace(text));
  std::size_t end = 0;
  for (const KeyWord& word : KeyWords(text)) {
    Require(word.span.begin >= end && word.span.end > word.span.begin && word.span.end <= text.size());
    Require(!word.key.empty() && IsValidUtf8(word.key));
    end = word.span.end;
  }
  const CodePointIndex index(text);
  for (std::size_t at = 0; at < text.size(); static_cast<void>(DecodeAt(text, at))) {
    const auto byte = static_cast<std::uint32_t>(at);
    Require(index.ToByte(index.ToCodePoint(byte)) == byte);
  }
  Require(IsValidUtf8(StripMarks(text)));
  Require(IsValidUtf8(WithTonePlacement(text, TonePlacement::kOld)));
}

}  // namespace
}  // namespace hoidau

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  hoidau::Check({reinterpret_cast<const char*>(data), size});
  return 0;
}
