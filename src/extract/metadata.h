// Head, title, addressees, recipients and signature to metadata. Private to the module.
#ifndef HOIDAU_EXTRACT_METADATA_H_
#define HOIDAU_EXTRACT_METADATA_H_

#include <vector>

#include "doc/record.h"
#include "extract/extract.h"
#include "extract/reading.h"
#include "extract/rules.h"
#include "extract/units.h"

namespace hoidau {

// Fills `record.metadata` with evidence. References must have been read before: they tell the province.
void ReadMetadata(const std::vector<BlockReading>& readings, const ExtractRules::Tables& rules, const UnitReader& units,
                  const ExtractContext& context, Record& record);

// The document's own number and symbol, needed before references are read.
OptionalString OwnSymbol(const std::vector<BlockReading>& readings);

// The document's own date, from the line of place and date.
std::optional<Day> OwnDate(const std::vector<BlockReading>& readings);

// The year of that line, also where day and month are left for the pen; 0: none.
int OwnYear(const std::vector<BlockReading>& readings);

}  // namespace hoidau

#endif  // HOIDAU_EXTRACT_METADATA_H_
