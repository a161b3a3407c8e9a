// A searchable PDF: the pages as they are, the recovered text invisible at its place.
//
//   Result<SearchablePdf> made = MakeSearchablePdf(*ReadFile("plan.pdf"), record);
//   WriteFileAtomic("out/plan.pdf", made->bytes);
//   record.issues.insert(record.issues.end(), made->issues.begin(), made->issues.end());
//
// Of a PDF every stream stays as it is, byte for byte, images above all; only the content of pages that were recognised
// anew is replaced where it held an old text layer, which is cut out, and pages that lay on their side are shown
// upright
// (/Rotate). Pages whose own text layer was kept are not
// touched; where that is every page, the file given comes back unchanged, with its signatures. Else no digital
// signature would hold: their pictures stay, the signatures go, and an issue and the document information say so.
// Images are wrapped into pages, without decoding them where PDF can hold them as they are.
//
// Thread safety: pure. Limits: encrypted files keep their restrictions and need no password for reading; the claim of a
// PDF/A in the metadata is not looked at.
#ifndef HOIDAU_EMIT_PDF_H_
#define HOIDAU_EMIT_PDF_H_

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "doc/record.h"

namespace hoidau {

struct SearchablePdf {
  std::string bytes;
  std::vector<Issue> issues;
};

// `source` is the file that the record was made of: kBadInput where its SHA-256 is another, or where it is damaged in a
// way that its reading did not mind. kUnsupported for text files.
Result<SearchablePdf> MakeSearchablePdf(std::string_view source, const Record& record);

}  // namespace hoidau

#endif  // HOIDAU_EMIT_PDF_H_
