// Text and attributes of XML.
//
//   "<p title=\"" + XmlEscaped("A & B") + "\">"   // A &amp; B
//
// Thread safety: pure. For emit's own files; not part of the interface.
#ifndef HOIDAU_EMIT_XML_TEXT_H_
#define HOIDAU_EMIT_XML_TEXT_H_

#include <string>
#include <string_view>

namespace hoidau {

// Good between tags and within both kinds of quotes. What XML 1.0 cannot hold (control characters) becomes U+FFFD.
std::string XmlEscaped(std::string_view text);

}  // namespace hoidau

#endif  // HOIDAU_EMIT_XML_TEXT_H_
