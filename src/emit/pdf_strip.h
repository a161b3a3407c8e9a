// Takes the old text out of a PDF page whose text has been recovered anew, and leaves what is seen as it is.
//
//   HideText(pdf, page);   // qpdf's objects
//
// Text that nobody sees (render mode 3, or behind the scan) is cut out. Text that is seen stays drawn, but for search
// and copying it is declared to say nothing (an empty ActualText), because the new text says the same.
//
// Thread safety: as qpdf: one document, one thread. Limits: form XObjects nested up to 8 deep; text in annotations
// stays. For emit/pdf.cc; not part of the interface.
#ifndef HOIDAU_EMIT_PDF_STRIP_H_
#define HOIDAU_EMIT_PDF_STRIP_H_

class QPDF;
class QPDFPageObjectHelper;

namespace hoidau {

// Throws what qpdf throws on a damaged page. Streams are replaced, never changed: pages that share them keep theirs.
void HideText(QPDF& pdf, QPDFPageObjectHelper& page);

}  // namespace hoidau

#endif  // HOIDAU_EMIT_PDF_STRIP_H_
