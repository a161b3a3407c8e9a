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

// What the sums of a table are counted in, where a line above it or its head says so: "(Đơn vị tính: triệu đồng)" is
// 1e6, "Kinh phí (đồng)" is 1; 0: it does not. `of_table`: it holds for every column.
double MoneyOfTable(const BlockReading& reading, bool& of_table);

// The sums of a cell, or of a row without cells, that holds nothing but numbers: "4.320", "Cộng 11.862 2.300". Returns
// how many there are, and adds none where `out` is null.
std::size_t ReadSums(const BlockReading& cell, double factor, std::vector<Quantity>* out);

// Whether the head of a table has a column for units, "TT | Mặt hàng | ĐVT | Số lượng".
bool CountsByUnit(const BlockReading& head);

// What a row of a table with a column for units counts: "Gạo | tấn | 38" is 38 "tấn".
void ReadCounts(const BlockReading& row, const ExtractRules::Tables& rules, std::vector<Quantity>& out);

}  // namespace hoidau

#endif  // HOIDAU_EXTRACT_QUANTITIES_H_
