#include "doc/record.h"

#include <string_view>

namespace hoidau {

std::vector<RecordPage> RecordPages(const Document& document, const RecoveredDocument& recovered,
                                    const DocumentText& text) {
  std::vector<RecordPage> out;
  for (std::size_t i = 0; i < document.pages.size(); ++i) {
    const Page& page = document.pages[i];
    const RecoveredPage& after = recovered.pages[i];
    const std::uint32_t base = text.page_spans[i].begin;
    RecordPage to{.number = page.number,
                  .width = page.width,
                  .height = page.height,
                  .quarter_turns = page.quarter_turns,
                  .source = page.source,
                  .reason = page.reason,
                  .marks = page.marks,
                  .lines = {}};
    for (const RecoveredLine& line : after.lines) {
      RecordLine to_line{
          .span = {base + line.text_span.begin, base + line.text_span.end}, .box = line.box, .tokens = {}};
      for (const RecoveredToken& token : line.tokens) {
        to_line.tokens.push_back({.span = {base + token.text_span.begin, base + token.text_span.end},
                                  .observed = std::string(token.raw_span.In(page.raw)),
                                  .text = std::string(token.text_span.In(after.layer.text())),
                                  .confidence = token.confidence,
                                  .box = token.box,
                                  .alternatives = token.alternatives,
                                  .unsure = token.unsure});
      }
      to.lines.push_back(std::move(to_line));
    }
    out.push_back(std::move(to));
  }
  return out;
}

std::string Notation(const Metadata& metadata) {
  std::string_view symbol = metadata.symbol ? std::string_view(*metadata.symbol) : std::string_view();
  if (metadata.number && symbol.starts_with(*metadata.number)) symbol.remove_prefix(metadata.number->size());
  if (!symbol.empty() && (symbol.front() == '/' || symbol.front() == '-')) symbol.remove_prefix(1);
  return std::string(symbol);
}

ByteSpan Block::At(std::size_t begin, std::size_t end) const {
  if (begin >= end) return {back[begin], back[begin]};
  // The last byte's own place, and one behind it: a line end after it is not part of the value.
  return {back[begin], back[end - 1] + 1};
}

std::vector<Section> ToSections(const Outline& outline) {
  std::vector<Section> top;
  std::vector<std::vector<std::size_t>> children(outline.nodes.size());
  std::vector<std::size_t> roots;
  for (std::size_t i = 0; i < outline.nodes.size(); ++i) {
    const int parent = outline.nodes[i].parent;
    (parent < 0 ? roots : children[static_cast<std::size_t>(parent)]).push_back(i);
  }
  const auto build = [&](const auto& self, std::size_t i) -> Section {
    const OutlineNode& n = outline.nodes[i];
    Section s{.id = n.id,
              .label = n.label,
              .title = n.title,
              .role = n.role,
              .level = n.level,
              .span = n.span,
              .children = {}};
    for (const std::size_t c : children[i]) s.children.push_back(self(self, c));
    return s;
  };
  for (const std::size_t i : roots) top.push_back(build(build, i));
  return top;
}

}  // namespace hoidau
