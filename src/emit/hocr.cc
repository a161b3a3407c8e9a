#include "emit/hocr.h"

#include <algorithm>
#include <cmath>

#include "emit/xml_text.h"

namespace hoidau {
namespace {

std::string Bbox(const Box& box) {
  const auto pixel = [](float value) { return std::to_string(std::max(0L, std::lround(value))); };
  return "bbox " + pixel(box.left) + " " + pixel(box.top) + " " + pixel(box.right) + " " + pixel(box.bottom);
}

std::string Name(const char* kind, std::initializer_list<std::size_t> numbers) {
  std::string out = kind;
  for (const std::size_t number : numbers) out += "_" + std::to_string(number);
  return out;
}

}  // namespace

std::string ToHocr(const Record& record) {
  const std::string file = XmlEscaped(record.source.file);
  std::string out =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
      "<!DOCTYPE html PUBLIC \"-//W3C//DTD XHTML 1.0 Transitional//EN\" "
      "\"http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd\">\n"
      "<html xmlns=\"http://www.w3.org/1999/xhtml\" xml:lang=\"vi\" lang=\"vi\">\n<head>\n"
      "<title>" +
      file +
      "</title>\n<meta http-equiv=\"Content-Type\" content=\"text/html; charset=utf-8\" />\n"
      "<meta name=\"ocr-system\" content=\"hoidau\" />\n"
      "<meta name=\"ocr-capabilities\" content=\"ocr_page ocr_line ocrx_word\" />\n"
      "<meta name=\"ocr-number-of-pages\" content=\"" +
      std::to_string(record.pages.size()) + "\" />\n</head>\n<body>\n";
  for (std::size_t p = 0; p < record.pages.size(); ++p) {
    const RecordPage& page = record.pages[p];
    const Box whole{0, 0, static_cast<float>(page.width), static_cast<float>(page.height)};
    out += "<div class=\"ocr_page\" id=\"" + Name("page", {p + 1}) + "\" title=\"image &quot;" + file + "&quot;" +
           (whole.empty() ? "" : "; " + Bbox(whole)) + "; ppageno " + std::to_string(p) + "\">\n";
    for (std::size_t l = 0; l < page.lines.size(); ++l) {
      const RecordLine& line = page.lines[l];
      out += "<span class=\"ocr_line\" id=\"" + Name("line", {p + 1, l + 1}) + "\"" +
             (line.box.empty() ? "" : " title=\"" + Bbox(line.box) + "\"") + ">";
      for (std::size_t w = 0; w < line.tokens.size(); ++w) {
        const RecordToken& token = line.tokens[w];
        if (token.text.empty()) continue;
        if (out.back() != '>' || out.ends_with("</span>")) out += ' ';
        out += "<span class=\"ocrx_word\" id=\"" + Name("word", {p + 1, l + 1, w + 1}) + "\" title=\"" +
               (token.box.empty() ? "" : Bbox(token.box) + "; ") + "x_wconf " +
               std::to_string(std::lround(100 * token.confidence)) + "\">" + XmlEscaped(token.text) + "</span>";
      }
      out += "</span>\n";
    }
    out += "</div>\n";
  }
  return out + "</body>\n</html>\n";
}

}  // namespace hoidau
