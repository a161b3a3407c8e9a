#include "doc/document.h"

#include <utility>

#include "text/tokenizer.h"

namespace hoidau {
namespace {

// Appends a page's text and its lines; `style_of` gives box and style of the line that begins at a byte of the page.
template <typename StyleOf>
void AppendPage(std::string_view page_text, int page, DocumentText& out, StyleOf style_of) {
  if (page > 1) out.text += '\f';
  const std::size_t base = out.text.size();
  out.text += page_text;
  for (const ByteSpan span : SplitLines(page_text)) {
    DocumentText::TextLine line{
        .span = MakeSpan(base + span.begin, base + span.end), .page = page, .box = {}, .style = {}};
    style_of(span, line);
    out.lines.push_back(std::move(line));
  }
  out.page_spans.push_back(MakeSpan(base, out.text.size()));
}

}  // namespace

Page PlainTextPage(std::string raw, int number) {
  Page page;
  page.number = number;
  page.raw = std::move(raw);
  for (const ByteSpan line_span : SplitLines(page.raw)) {
    Line line{.raw_span = line_span, .box = {}, .tokens = {}, .style = {}};
    for (const ByteSpan in_line : SplitWhitespace(line_span.In(page.raw))) {
      line.tokens.push_back({.raw_span = MakeSpan(line_span.begin + in_line.begin, line_span.begin + in_line.end),
                             .box = {},
                             .alternatives = {}});
    }
    page.lines.push_back(std::move(line));
  }
  return page;
}

DocumentText JoinPages(const Document& document, const RecoveredDocument& recovered) {
  DocumentText out;
  for (std::size_t i = 0; i < document.pages.size(); ++i) {
    const RecoveredPage& page = recovered.pages[i];
    std::size_t next = 0;
    AppendPage(page.layer.text(), static_cast<int>(i) + 1, out, [&](ByteSpan span, DocumentText::TextLine& line) {
      while (next < page.lines.size() && page.lines[next].text_span.begin < span.begin) ++next;
      if (next < page.lines.size() && page.lines[next].text_span.begin <= span.end) {
        line.box = page.lines[next].box;
        line.style = page.lines[next].style;
        line.cell = document.pages[i].lines[next].cell;  // recovered lines run parallel
      }
    });
  }
  return out;
}

DocumentText FromPlainText(std::string_view text) {
  DocumentText out;
  int page = 0;
  while (true) {
    const std::size_t feed = text.find('\f');
    AppendPage(text.substr(0, feed), ++page, out, [](ByteSpan, DocumentText::TextLine&) {});
    if (feed == std::string_view::npos) return out;
    text.remove_prefix(feed + 1);
  }
}

}  // namespace hoidau
