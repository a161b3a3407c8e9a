// Targets in figures and sums of money: "tối thiểu 02 nhiệm vụ", "100% các thôn", "385.000.000 đồng".
// Private to the module.
#ifndef HOIDAU_EXTRACT_QUANTITIES_H_
#define HOIDAU_EXTRACT_QUANTITIES_H_

#include <vector>

#include "doc/record.h"
#include "extract/reading.h"
#include "extract/rules.h"

namespace hoidau {

// Adds the quantities of a block; numbers inside its dates are left out.
void ReadQuantities(const BlockReading& reading, const ExtractRules::Tables& rules, std::vector<Quantity>& out);

}  // namespace hoidau

#endif  // HOIDAU_EXTRACT_QUANTITIES_H_
