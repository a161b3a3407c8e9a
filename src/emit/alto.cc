#include "emit/alto.h"

#include <algorithm>
#include <cmath>

#include "emit/xml_text.h"

namespace hoidau {
namespace {

std::string Position(const Box& box) {
  if (box.empty()) return {};
  const auto pixel = [](float value) { return std::to_string(std::max(0L, std::lround(value))); };
  return " HPOS=\"" + pixel(box.left) + "\" VPOS=\"" + pixel(box.top) + "\" WIDTH=\"" + pixel(box.right - box.left) +
         "\" HEIGHT=\"" + pixel(box.bottom - box.top) + "\"";
}

// A probability with four digits, whatever the locale.
std::string Probability(float value) {
  const long parts = std::clamp(std::lround(value * 10000), 0L, 10000L);
  if (parts == 10000) return "1";
  const std::string digits = std::to_string(parts);
  return "0." + std::string(4 - digits.size(), '0') + digits;
}

bool HasText(const RecordLine& line) {
  return std::any_of(line.tokens.begin(), line.tokens.end(), [](const RecordToken& t) { return !t.text.empty(); });
}

}  // namespace

std::string ToAlto(const Record& record) {
  std::string out =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
      "<alto xmlns=\"http://www.loc.gov/standards/alto/ns-v4#\" SCHEMAVERSION=\"4.2\">\n"
      "<Description>\n<MeasurementUnit>pixel</MeasurementUnit>\n<sourceImageInformation>\n<fileName>" +
      XmlEscaped(record.source.file) +
      "</fileName>\n</sourceImageInformation>\n<Processing ID=\"hoidau\">\n<processingSoftware>\n"
      "<softwareName>hoidau</softwareName>\n</processingSoftware>\n</Processing>\n</Description>\n<Layout>\n";
  for (std::size_t p = 0; p < record.pages.size(); ++p) {
    const RecordPage& page = record.pages[p];
    const std::string number = std::to_string(p + 1);
    const Box whole{0, 0, static_cast<float>(page.width), static_cast<float>(page.height)};
    out += "<Page ID=\"page_" + number + "\" PHYSICAL_IMG_NR=\"" + number + "\"";
    if (!whole.empty()) {
      out += " WIDTH=\"" + std::to_string(page.width) + "\" HEIGHT=\"" + std::to_string(page.height) + "\"";
    }
    out += ">\n<PrintSpace" + Position(whole) + ">\n";
    Box block;
    std::string lines;
    for (std::size_t l = 0; l < page.lines.size(); ++l) {
      const RecordLine& line = page.lines[l];
      if (!HasText(line)) continue;  // a line of ALTO has a word
      if (!line.box.empty()) {
        block = block.empty() ? line.box
                              : Box{std::min(block.left, line.box.left), std::min(block.top, line.box.top),
                                    std::max(block.right, line.box.right), std::max(block.bottom, line.box.bottom)};
      }
      lines += "<TextLine ID=\"line_" + number + "_" + std::to_string(l + 1) + "\"" + Position(line.box) + ">";
      bool first = true;
      for (const RecordToken& token : line.tokens) {
        if (token.text.empty()) continue;
        if (!first) lines += "<SP/>";
        first = false;
        lines += "<String CONTENT=\"" + XmlEscaped(token.text) + "\"" + Position(token.box) + " WC=\"" +
                 Probability(token.confidence) + "\"/>";
      }
      lines += "</TextLine>\n";
    }
    if (!lines.empty()) {
      out += "<TextBlock ID=\"block_" + number + "\"" + Position(block) + " LANG=\"vi\">\n" + lines + "</TextBlock>\n";
    }
    out += "</PrintSpace>\n</Page>\n";
  }
  return out + "</Layout>\n</alto>\n";
}

}  // namespace hoidau
