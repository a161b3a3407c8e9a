// Marks that people put on a printed page: seal, signature, incoming stamp, numbers by pen.
//
//   Raster stamped = DrawMarks(page, 300, {{"seal", "UBND XÃ …", {300, 500, 100, 100}}}, rng);   // RGB
//
// Ink multiplies with what is below it, as on paper. Same page, marks and seed: same pixels.
// Thread safety: one thread at a time (Pango). Limits: kinds that are not known, and signature_place, draw nothing.
#ifndef HOIDAU_TOOLS_PRINT_MARKS_H_
#define HOIDAU_TOOLS_PRINT_MARKS_H_

#include <vector>

#include "office_page.h"
#include "random.h"
#include "raster.h"

namespace hoidau::print {

Raster DrawMarks(const Raster& page, int dpi, const std::vector<Mark>& marks, Rng& rng);

}  // namespace hoidau::print

#endif  // HOIDAU_TOOLS_PRINT_MARKS_H_
