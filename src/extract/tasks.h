// Tasks of the outline. Private to the module.
#ifndef HOIDAU_EXTRACT_TASKS_H_
#define HOIDAU_EXTRACT_TASKS_H_

#include <vector>

#include "doc/record.h"
#include "extract/reading.h"
#include "extract/rules.h"
#include "extract/units.h"

namespace hoidau {

// Of each section, whether it or one above tells results or the state of things: nothing has to be done or reached
// there.
std::vector<bool> SectionsOfThePast(const Outline& outline, const ExtractRules::Tables& rules);

// Whether the document has no sections, as a letter: nothing, or bullets alone, head others.
bool HasNoSections(const Outline& outline);

// Fills `record.tasks` and `record.events`, and the units that lead, coordinate and receive reports.
void ReadTasks(const Outline& outline, const std::vector<BlockReading>& readings, const ExtractRules::Tables& rules,
               const UnitReader& units, UnitRegistry& registry, Record& record);

}  // namespace hoidau

#endif  // HOIDAU_EXTRACT_TASKS_H_
