#include "image/ink_runs.h"

#include <algorithm>

#include "image/binary.h"
#include "image/reading_order.h"

namespace hoidau {
namespace {

// Sizes against the height of a word, which has its marks and tails: a digit is two thirds of it.
constexpr float kLeastHeight = 0.45F, kMostHeight = 1.6F, kMostWidth = 1.8F, kLeastWidth = 0.06F;
constexpr float kGap = 0.9F;    // between letters of one run
constexpr float kBlank = 0.3F;  // between words

float Height(const Box& box) { return box.bottom - box.top; }

}  // namespace

std::vector<Box> InkRuns(const Image& page, const std::vector<Box>& words, float em) {
  Image binary = Binary(page);
  if (binary.empty() || em <= 0) return {};
  for (const Box& word : words) {
    const float by = 0.1F * em;
    binary.Fill({word.left - by, word.top - by, word.right + by, word.bottom + by}, 255, 255, 255);
  }
  std::vector<Box> letters;
  for (const Box& piece : Components(binary, 8)) {
    const float width = piece.right - piece.left, height = Height(piece);
    if (height < kLeastHeight * em || height > kMostHeight * em || width > kMostWidth * em || width < kLeastWidth * em)
      continue;
    letters.push_back(piece);
  }
  std::sort(letters.begin(), letters.end(), [](const Box& a, const Box& b) { return a.left < b.left; });
  std::vector<Box> runs;
  for (const Box& letter : letters) {
    const auto run = std::find_if(runs.begin(), runs.end(), [&](const Box& r) {
      const float down = std::min(r.bottom, letter.bottom) - std::max(r.top, letter.top);
      return letter.left - r.right < kGap * em && down > 0.5F * std::min(Height(r), Height(letter));
    });
    if (run == runs.end()) {
      runs.push_back(letter);
    } else {
      *run = Union(*run, letter);
    }
  }
  // What grew into several lines is no line: a picture, a pattern. What stands closer to a word than a blank is wide is
  // a letter of it, outside of a box that was drawn too narrow.
  std::erase_if(runs, [&](const Box& run) {
    return Height(run) > 2 * em || std::any_of(words.begin(), words.end(), [&](const Box& word) {
             const float down = std::min(run.bottom, word.bottom) - std::max(run.top, word.top);
             const float gap = std::max(run.left - word.right, word.left - run.right);
             return gap < kBlank * em && down > 0.5F * Height(run);
           });
  });
  std::sort(runs.begin(), runs.end(), [](const Box& a, const Box& b) { return a.top < b.top; });
  return runs;
}

}  // namespace hoidau
