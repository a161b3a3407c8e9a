#include "emit/xml_text.h"

#include "text/unicode.h"

namespace hoidau {

std::string XmlEscaped(std::string_view text) {
  std::string out;
  for (const char32_t c : CodePoints(text)) {
    switch (c) {
      case U'&':
        out += "&amp;";
        break;
      case U'<':
        out += "&lt;";
        break;
      case U'>':
        out += "&gt;";
        break;
      case U'"':
        out += "&quot;";
        break;
      case U'\'':
        out += "&#39;";
        break;
      default:
        AppendUtf8((c < U' ' && c != U'\t' && c != U'\n') || c == 0xFFFE || c == 0xFFFF ? char32_t{0xFFFD} : c, out);
    }
  }
  return out;
}

}  // namespace hoidau
