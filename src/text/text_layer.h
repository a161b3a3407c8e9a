// TextLayer: the edits that turn one text into another, as data, and the way back from any span of the result to
// the source. Raw text is never overwritten: a stage adds a layer.
//
//   auto layer = TextLayer::Apply("ke hoach", {{{0, 2}, "kế"}, {{3, 8}, "hoạch"}});
//   layer->text() == "kế hoạch";
//   layer->ToSource({0, 4}) == ByteSpan{0, 2};       // "kế" was read from "ke"
//   layer->ToResult({3, 8}) == ByteSpan{5, 12};
//
// Thread safety: immutable. Limits: sources and results under 4 GiB. Method: as icu::Edits, with the difference that
// a span that touches an edit is widened to the whole edit, never narrowed.
#ifndef HOIDAU_TEXT_TEXT_LAYER_H_
#define HOIDAU_TEXT_TEXT_LAYER_H_

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/span.h"

namespace hoidau {

// Replace source[source_span] by `after`. An empty span inserts; an empty `after` deletes.
struct TextEdit {
  ByteSpan source_span;
  std::string after;
};

class TextLayer {
 public:
  // The identity over the empty text.
  TextLayer() = default;

  // Edits must be sorted, disjoint and inside `source`; kInternal otherwise.
  static Result<TextLayer> Apply(std::string_view source, const std::vector<TextEdit>& edits);

  const std::string& text() const { return text_; }

  // The smallest source span that the result span was made from; what was deleted beside it does not belong to it.
  // Monotone in both ends of spans that are not empty. An empty span is a cut: what was deleted there.
  ByteSpan ToSource(ByteSpan result_span) const;
  // The smallest result span that the source span became; what was inserted beside it does not belong to it.
  ByteSpan ToResult(ByteSpan source_span) const;

 private:
  struct Piece {  // one edit: both sides, half-open
    ByteSpan source;
    ByteSpan result;
  };
  static ByteSpan Map(const std::vector<Piece>& pieces, ByteSpan span, ByteSpan Piece::*from, ByteSpan Piece::*to);

  std::string text_;
  std::vector<Piece> pieces_;
};

}  // namespace hoidau

#endif  // HOIDAU_TEXT_TEXT_LAYER_H_
