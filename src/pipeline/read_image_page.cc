#include "pipeline/read_image_page.h"

#include <utility>

namespace hoidau {
namespace {

constexpr float kBelieved = 0.6F;  // words below say nothing: rubbish of a page on its side has 0.2 to 0.5
constexpr int kFewWords = 8;       // a page with fewer may be an empty back with a seal shining through

// Words that the engine believes in, and all.
struct Belief {
  int believed = 0, words = 0;
};
Belief BeliefIn(const Page& page) {
  Belief out;
  for (const Line& line : page.lines) {
    for (const Token& token : line.tokens) {
      if (token.raw_span.size() < 2) continue;
      ++out.words;
      out.believed += token.confidence >= kBelieved;
    }
  }
  return out;
}

}  // namespace

Result<OcrPage> ReadImagePage(OcrEngine& engine, const Image& image, int page_number, const PrepareOptions& prepare,
                              const ReadPageOptions& read) {
  const PrepareResult prepared = Prepare(image, prepare);
  Result<OcrPage> best = ReadPage(engine, prepared, page_number, read);
  // Whether it was right to turn a page shows in its words: few letters can tell the direction wrong.
  if (!best || (prepared.upright && prepared.quarter_turns == 0)) return best;
  Belief belief = BeliefIn(best->page);
  if (belief.words == 0 || belief.believed * 2 >= belief.words) return best;
  for (const int turns : {0, 2, 1, 3}) {
    if (turns == prepared.quarter_turns) continue;
    PrepareOptions turn = prepare;
    turn.quarter_turns = turns;
    Result<OcrPage> turned = ReadPage(engine, Prepare(image, turn), page_number, read);
    if (!turned) continue;
    const Belief now = BeliefIn(turned->page);
    if (now.believed < kFewWords || now.believed < 2 * belief.believed || now.believed * 2 < now.words) continue;
    belief = now;
    best = std::move(turned);
  }
  return best;
}

void AddLayerMarks(const Page& layer, Page& page) {
  if (layer.width <= 0 || layer.height <= 0) return;
  for (Mark mark : layer.marks) {
    Box box = mark.box;
    auto width = static_cast<float>(layer.width), height = static_cast<float>(layer.height);
    for (int turn = 0; turn < page.quarter_turns; ++turn) {
      box = {height - box.bottom, box.left, height - box.top, box.right};
      std::swap(width, height);
    }
    const float x = static_cast<float>(page.width) / width, y = static_cast<float>(page.height) / height;
    mark.box = {box.left * x, box.top * y, box.right * x, box.bottom * y};
    page.marks.push_back(std::move(mark));
  }
}

}  // namespace hoidau
