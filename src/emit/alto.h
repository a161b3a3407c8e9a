// The recovered text with its places as ALTO 4.2 (Library of Congress), the form of libraries and archives.
//
//   WriteFileAtomic("plan.alto.xml", ToAlto(record));
//   … <String CONTENT="Kế" HPOS="120" VPOS="90" WIDTH="94" HEIGHT="41" WC="0.97"/><SP/> …
//
// Thread safety: pure. Limits: words that have no place (of text files) have no position.
#ifndef HOIDAU_EMIT_ALTO_H_
#define HOIDAU_EMIT_ALTO_H_

#include <string>

#include "doc/record.h"

namespace hoidau {

// Positions in pixels of the page image; a text block a page.
std::string ToAlto(const Record& record);

}  // namespace hoidau

#endif  // HOIDAU_EMIT_ALTO_H_
