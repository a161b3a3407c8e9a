#include "ocr/word_shape.h"

#include <algorithm>
#include <utility>

#include "image/reading_order.h"
#include "text/syllable.h"
#include "text/unicode.h"

namespace hoidau {

std::string CountedStrokes(std::string_view text, const std::vector<Box>& pieces) {
  constexpr std::string_view kStrokes = "IHl|";
  constexpr std::size_t kMost = 3;
  const std::size_t end = std::min(text.find_first_not_of(kStrokes), text.size());
  if (end == 0 || end > kMost || text.find_first_of("IH") >= end || text.size() > end + 1) return std::string(text);
  if (end < text.size() && std::string_view(".,:").find(text[end]) == std::string_view::npos) return std::string(text);
  float tallest = 0;
  for (const Box& piece : pieces) tallest = std::max(tallest, piece.bottom - piece.top);
  std::size_t strokes = 0;
  for (const Box& piece : pieces) {
    const float width = piece.right - piece.left, height = piece.bottom - piece.top;
    if (height < 0.5F * tallest) continue;  // the full stop, specks
    if (height < 0.85F * tallest || width > 0.7F * height) return std::string(text);
    ++strokes;
  }
  std::size_t read = 0;
  for (const char c : text.substr(0, end)) read += c == 'H' ? 2 : 1;
  if (strokes > kMost || strokes < read || text.substr(0, end) == std::string(strokes, 'I')) return std::string(text);
  return std::string(strokes, 'I') + std::string(text.substr(end));
}

std::string NarrowAsOne(std::string_view text, const std::vector<Box>& pieces) {
  // Of the height: IV and IX have 1.5 to 1.6, TV and TX 1.8 to 2. Of the whole word, for these letters often touch.
  constexpr float kWidest = 1.7F;
  std::string out(text);
  const bool one_of_both = text.starts_with("TV") || text.starts_with("TX");
  const bool ends = text.size() == 2 || (text.size() == 3 && std::string_view(".,:;").find(text[2]) != text.npos);
  if (!one_of_both || !ends) return out;
  float tallest = 0;
  for (const Box& piece : pieces) tallest = std::max(tallest, piece.bottom - piece.top);
  Box letters;
  for (const Box& piece : pieces) {
    if (piece.bottom - piece.top >= 0.85F * tallest) letters = Union(letters, piece);
  }
  if (tallest > 0 && letters.right - letters.left <= kWidest * tallest) out[0] = 'I';
  return out;
}

void SplitWord(std::vector<OcrWord>& line, std::size_t word, std::size_t at) {
  OcrWord rest = line[word];
  const float share = static_cast<float>(at) / static_cast<float>(rest.text.size());
  const float middle = rest.box.left + share * (rest.box.right - rest.box.left);
  rest.text.erase(0, at), rest.box.left = middle, rest.alternatives.clear();
  line[word].text.resize(at), line[word].box.right = middle, line[word].alternatives.clear();
  line.insert(line.begin() + static_cast<std::ptrdiff_t>(word) + 1, std::move(rest));
}

std::size_t BlankInside(std::string_view text, const std::vector<Box>& pieces, float em) {
  // The one place where letters and figures meet; letters without a vowel are no word ("09xx").
  std::size_t place = 0;
  bool vowel = false;
  char32_t before = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = at;
    const char32_t c = DecodeAt(text, at);
    if ((IsLower(before) && (IsDigit(c) || IsUpper(c))) || (IsDigit(before) && IsLower(c))) {
      if (place != 0) return 0;
      place = begin;
    }
    vowel = vowel || (IsLower(c) && std::u32string_view(U"aeiouy").find(StripLetter(c)) != std::u32string_view::npos);
    before = c;
  }
  if (place == 0 || !vowel) return 0;
  std::vector<Box> sorted = pieces;
  std::sort(sorted.begin(), sorted.end(), [](const Box& a, const Box& b) { return a.left < b.left; });
  float right = sorted.empty() ? 0 : sorted[0].right, widest = 0, second = 0;
  for (const Box& piece : sorted) {
    const float gap = piece.left - right;
    second = std::max(second, std::min(gap, widest));
    widest = std::max(widest, gap);
    right = std::max(right, piece.right);
  }
  constexpr float kBlank = 0.15F;  // of the height of a word; letters of a word stand closer
  return widest >= kBlank * em && widest >= 1.5F * second ? place : 0;
}

}  // namespace hoidau
