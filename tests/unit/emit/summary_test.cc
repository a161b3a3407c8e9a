#include "emit/summary.h"

#include <gtest/gtest.h>

#include "support/sample_record.h"
#include "text/tokenizer.h"
#include "text/unicode.h"

namespace hoidau {
namespace {

TEST(Summary, SaysWhatAClerkWantsToKnow) {
  const std::string page = Summary(SampleRecord(), 100);
  for (const char* part :
       {"Cơ quan          Ủy ban nhân dân xã Lộc Vân\n", "Số, ký hiệu      15/KH-UBND\n",
        "Ngày             05/03/2026\n", "Trích yếu        Phòng, chống thiên tai năm 2026\n",
        "Người ký         PHÓ CHỦ TỊCH Nguyễn Văn Thử\n", "  I.  TỔ CHỨC THỰC HIỆN\n", "    1.  Phòng Kinh tế\n",
        "NHIỆM VỤ (1)\n", "  1    Phòng Kinh tế              14/04/2026    Tham mưu tối thiểu 02", "LỊCH (1)\n",
        "trang 1", "chữ chưa chắc: KẾ\n"}) {
    EXPECT_NE(page.find(part), std::string::npos) << part << "\nin\n" << page;
  }
}

TEST(Summary, ANothingIsSaidAsSuch) {
  const std::string page = Summary(Record{}, 100);
  EXPECT_NE(page.find("Số, ký hiệu      (không có)\n"), std::string::npos) << page;
  EXPECT_NE(page.find("NHIỆM VỤ (0)\n"), std::string::npos);
  EXPECT_NE(page.find("CẦN XEM LẠI\n  không có\n"), std::string::npos);
}

TEST(Summary, KeepsToTheColumns) {
  Record record = SampleRecord();
  for (int i = 0; i < 5; ++i) record.tasks[0].action += " " + record.tasks[0].action;
  for (const int columns : {60, 80, 120}) {
    const std::string page = Summary(record, columns);
    for (const ByteSpan line : SplitLines(page)) {
      EXPECT_LE(CodePoints(line.In(page)).size(), static_cast<std::size_t>(columns)) << line.In(page);
    }
  }
  EXPECT_EQ(Summary(record, 10), Summary(record, 60));
}

}  // namespace
}  // namespace hoidau
