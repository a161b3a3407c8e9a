// Whether a page's text layer is to be believed. A scanner's own recognition knows no Vietnamese and is worse than
// ours; the text of a word processor is exact and must never be recognised again.
//
//   TextLayerVerdict v = JudgeTextLayer(layer, 0.98F, LayerMode::kAuto);
//   v.use == PageSource::kOcr;
//   v.reason == "scan; its text layer is no Vietnamese: 3 % of 310 words have marks";
//
// Thread safety: pure. Limits: Vietnamese only; a layer in another language is taken for a bad one on a scan.
#ifndef HOIDAU_INGEST_JUDGE_H_
#define HOIDAU_INGEST_JUDGE_H_

#include <string>
#include <string_view>

#include "doc/document.h"

namespace hoidau {

// As OCRmyPDF: skip keeps every layer there is, redo reads every scan again, force every page, off none. Both reads
// scans again and keeps their layer as a second witness.
enum class LayerMode { kAuto, kSkip, kRedo, kForce, kOff, kBoth };

// What stands in a text, counted over words of two letters and more.
struct TextTraits {
  int words = 0;
  double syllables = 0;  // share that are legal Vietnamese syllables
  double marked = 0;     // share with a tone or another mark; about 0.8 in Vietnamese prose
};
TextTraits MeasureText(std::string_view text);

struct TextLayerVerdict {
  PageSource use = PageSource::kOcr;  // kTextLayer, kOcr, or kBoth: to be recognised, with the layer as evidence
  std::string reason;                 // for the record
};

// `layer` is the text of the layer, "" where there is none; `image_cover` the share of the page under images, in [0,
// 1].
TextLayerVerdict JudgeTextLayer(std::string_view layer, float image_cover, LayerMode mode);

}  // namespace hoidau

#endif  // HOIDAU_INGEST_JUDGE_H_
