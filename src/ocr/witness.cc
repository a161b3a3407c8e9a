#include "ocr/witness.h"

#include <algorithm>
#include <string_view>

#include "text/syllable.h"
#include "text/tokenizer.h"
#include "text/unicode.h"

namespace hoidau {
namespace {

constexpr float kSamePlace = 0.6F;  // of the larger box
constexpr float kBelief = 0.5F;     // a layer does not say how sure it is
constexpr std::size_t kMostAlternatives = 5;

bool IsEvidence(std::string_view token) {
  for (const Word& word : SplitWords(token)) {
    const std::string_view text = word.span.In(token);
    if (word.kind == WordKind::kNumber) return true;
    if (word.kind == WordKind::kWord && IsSyllable(text) && StripMarks(text) != text) return true;
  }
  return false;
}

float Area(const Box& box) { return box.empty() ? 0 : (box.right - box.left) * (box.bottom - box.top); }

bool SamePlace(const Box& a, const Box& b) {
  const Box both{std::max(a.left, b.left), std::max(a.top, b.top), std::min(a.right, b.right),
                 std::min(a.bottom, b.bottom)};
  return Area(both) > kSamePlace * std::max(Area(a), Area(b));
}

}  // namespace

int AddWitness(const Page& other, Page& page) {
  if (other.width <= 0 || other.height <= 0) return 0;
  const float x = static_cast<float>(page.width) / static_cast<float>(other.width);
  const float y = static_cast<float>(page.height) / static_cast<float>(other.height);
  const auto scaled = [&](const Box& b) { return Box{b.left * x, b.top * y, b.right * x, b.bottom * y}; };
  int words = 0;
  for (const Line& line : other.lines) {
    const Box there = scaled(line.box);
    for (Line& own : page.lines) {
      if (there.bottom < own.box.top || there.top > own.box.bottom) continue;
      for (const Token& token : line.tokens) {
        const std::string_view text = token.raw_span.In(other.raw);
        if (!IsEvidence(text)) continue;
        const Box place = scaled(token.box);
        for (Token& mine : own.tokens) {
          if (mine.raw_span.In(page.raw) == text || !SamePlace(mine.box, place)) continue;
          std::erase_if(mine.alternatives, [&](const Candidate& c) { return c.text == text; });
          mine.alternatives.insert(mine.alternatives.begin(), {std::string(text), kBelief});
          if (mine.alternatives.size() > kMostAlternatives) mine.alternatives.resize(kMostAlternatives);
          ++words;
        }
      }
    }
  }
  return words;
}

}  // namespace hoidau
