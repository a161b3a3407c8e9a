// Recovered text as JSON lines: an object a line of the input, with every token as it was observed and as it is read.
//
//   TokenJson(document, recovered, 0);
//   {"line": 1, "text": "Kế hoạch", "tokens": [{"observed": "Ke", "text": "Kế", "confidence": 0.99, "alternatives": [],
//   "unsure": false}, …]}
//
// Thread safety: pure. Limits: invalid UTF-8 becomes U+FFFD.
#ifndef HOIDAU_EMIT_TOKEN_JSON_H_
#define HOIDAU_EMIT_TOKEN_JSON_H_

#include <cstdint>
#include <string>

#include "doc/document.h"

namespace hoidau {

// `lines_before`: lines of the stream before this document; the numbers count from 1.
std::string TokenJson(const Document& document, const RecoveredDocument& recovered, std::uint64_t lines_before);

// Every changed token for people, a line each: line number, what was observed, what it was read as, how sure, and why
// (RecoveredToken::reason).
std::string Explanations(const Document& document, const RecoveredDocument& recovered, std::uint64_t lines_before);

}  // namespace hoidau

#endif  // HOIDAU_EMIT_TOKEN_JSON_H_
