// Atoms: the document cut into the pieces that the lattice is built from, and joined into paragraphs.
//
//   "(mg dung CNTT" → ( | mg | dung | CNTT: an atom is a run of letters and digits, or one sign.
//
// A paragraph runs over line ends: a line goes on in the next one unless it ends a sentence, is much shorter than its
// neighbours, or the next line opens with a label or a bullet.
// Thread safety: pure. Limits: a paragraph is cut after kMaxParagraph atoms.
#ifndef HOIDAU_REPAIR_ATOMS_H_
#define HOIDAU_REPAIR_ATOMS_H_

#include <string>
#include <vector>

#include "base/span.h"
#include "doc/document.h"
#include "text/tokenizer.h"

namespace hoidau {

struct Atom {
  int page = 0, line = 0, token = 0;  // indices into Document::pages, Page::lines, Line::tokens
  ByteSpan raw_span;                  // in Page::raw
  WordKind kind = WordKind::kWord;
  bool glued = false;         // no white space before it
  bool fixed = false;         // part of a number, address, URL: never changed
  bool symbol = false;        // part of a document symbol: only acronyms may be mended
  bool capital_line = false;  // its line is set in capitals
  std::u32string text;
};

struct Paragraph {
  std::size_t begin = 0, end = 0;  // atoms
};

struct AtomizedDocument {
  std::vector<Atom> atoms;
  std::vector<Paragraph> paragraphs;
};

inline constexpr std::size_t kMaxParagraph = 600;

AtomizedDocument Atomize(const Document& document, bool across_lines);

}  // namespace hoidau

#endif  // HOIDAU_REPAIR_ATOMS_H_
