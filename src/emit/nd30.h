// The metadata of a document under the names of Decree 30/2020/NĐ-CP, Annex VI, part II, as record-keeping systems
// take them.
//
//   ToNd30(record);
//   {"DocOrdinal": null, "TypeName": "Kế hoạch", "CodeNumber": "117", "CodeNotation": "KH-UBND",
//    "IssuedDate": "08/12/2025", "OrganName": "Ủy ban nhân dân xã Chương Dương", …}
//
// Lengths are those of the annex; what is longer is cut at a word. What the document does not say (codes of offices,
// ordinals, priority) is null. DueDate is set only in letters, where a single date is asked for.
// Thread safety: pure. Limits: the annex knows no tasks; they stay in the record.
#ifndef HOIDAU_EMIT_ND30_H_
#define HOIDAU_EMIT_ND30_H_

#include <string>

#include "doc/record.h"

namespace hoidau {

std::string ToNd30(const Record& record);

}  // namespace hoidau

#endif  // HOIDAU_EMIT_ND30_H_
