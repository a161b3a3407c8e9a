#include "text/text_layer.h"

#include <algorithm>

namespace hoidau {

Result<TextLayer> TextLayer::Apply(std::string_view source, const std::vector<TextEdit>& edits) {
  TextLayer layer;
  std::size_t at = 0;
  for (const TextEdit& edit : edits) {
    const ByteSpan span = edit.source_span;
    if (span.begin < at || span.end < span.begin || span.end > source.size()) {
      return Error{ErrorCode::kInternal,
                   "text layer: edits overlap or leave the text at byte " + std::to_string(span.begin)};
    }
    layer.text_ += source.substr(at, span.begin - at);
    const std::size_t begin = layer.text_.size();
    layer.text_ += edit.after;
    layer.pieces_.push_back({span, MakeSpan(begin, layer.text_.size())});
    at = span.end;
  }
  layer.text_ += source.substr(at);
  return layer;
}

ByteSpan TextLayer::ToSource(ByteSpan result_span) const {
  return Map(pieces_, result_span, &Piece::result, &Piece::source);
}

ByteSpan TextLayer::ToResult(ByteSpan source_span) const {
  return Map(pieces_, source_span, &Piece::source, &Piece::result);
}

ByteSpan TextLayer::Map(const std::vector<Piece>& pieces, ByteSpan span, ByteSpan Piece::*from, ByteSpan Piece::*to) {
  // Pieces are sorted on both sides; counted are those that end at or before `at`, and those that begin before it.
  const auto ending_by = [&](std::uint32_t at) {
    return std::upper_bound(pieces.begin(), pieces.end(), at,
                            [&](std::uint32_t x, const Piece& p) { return x < (p.*from).end; });
  };
  const auto beginning_before = [&](std::uint32_t at) {
    return std::lower_bound(pieces.begin(), pieces.end(), at,
                            [&](const Piece& p, std::uint32_t x) { return (p.*from).begin < x; });
  };
  // The place `at`, which no piece before `next` reaches beyond.
  const auto behind = [&](auto next, std::uint32_t at) {
    return next == pieces.begin() ? at : ((*std::prev(next)).*to).end + (at - ((*std::prev(next)).*from).end);
  };
  const auto by_begin = ending_by(span.begin);
  const bool begins_inside =
      by_begin != pieces.end() && ((*by_begin).*from).begin < span.begin + (span.empty() ? 0 : 1);
  if (span.empty()) {
    // A cut: inside a piece the whole piece, else what stands there and is nothing on this side.
    if (begins_inside) return (*by_begin).*to;
    return {behind(beginning_before(span.begin), span.begin), behind(by_begin, span.begin)};
  }
  const auto before_end = beginning_before(span.end);
  const bool ends_inside = before_end != pieces.begin() && ((*std::prev(before_end)).*from).end >= span.end;
  return {begins_inside ? ((*by_begin).*to).begin : behind(by_begin, span.begin),
          ends_inside ? ((*std::prev(before_end)).*to).end : behind(before_end, span.end)};
}

}  // namespace hoidau
