// A record for a clerk: who issued what and when, the sections, the tasks with unit and due date, and what to look at
// again. Plain text in Vietnamese.
//
//   std::string page = Summary(record, 100);
//
//   Cơ quan        Ủy ban nhân dân xã Lộc Vân
//   Số, ký hiệu    15/KH-UBND
//   …
//   NHIỆM VỤ (12)
//     STT  Đơn vị                Thời hạn     Nội dung
//     1    Phòng Kinh tế         14/04/2026   Tham mưu tối thiểu 02 phương án …
//
// Thread safety: pure. Limits: columns are counted in code points; a terminal that shows NFC Vietnamese agrees.
#ifndef HOIDAU_EMIT_SUMMARY_H_
#define HOIDAU_EMIT_SUMMARY_H_

#include <string>

#include "doc/record.h"

namespace hoidau {

// Lines of at most `columns` code points, except where a single word is longer; below 60 it is taken as 60.
std::string Summary(const Record& record, int columns);

}  // namespace hoidau

#endif  // HOIDAU_EMIT_SUMMARY_H_
