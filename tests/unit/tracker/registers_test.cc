#include "tracker/registers.h"

#include <gtest/gtest.h>

#include "support/sample_record.h"

namespace hoidau {
namespace {

std::string CellUnder(const Table& table, const std::string& head, std::size_t row = 0) {
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    if (table.columns[i].head == head) return table.rows.at(row).at(i);
  }
  ADD_FAILURE() << "no column " << head;
  return "";
}

TEST(Registers, RowsAreAsWideAsTheirHead) {
  Record poor;
  for (const RegisterName& name : kRegisterNames) {
    const Table table = MakeRegister(name.kind, {SampleRecord(), poor, SampleRecord()});
    EXPECT_FALSE(table.rows.empty()) << name.name;
    for (const auto& row : table.rows) EXPECT_EQ(row.size(), table.columns.size()) << name.name;
    EXPECT_TRUE(MakeRegister(name.kind, {}).rows.empty());
  }
}

TEST(Registers, Documents) {
  const Table table = MakeRegister(RegisterKind::kDocuments, {SampleRecord()});
  EXPECT_EQ(CellUnder(table, "Số của văn bản (CodeNumber)"), "15");
  EXPECT_EQ(CellUnder(table, "Ký hiệu của văn bản (CodeNotation)"), "KH-UBND");
  EXPECT_EQ(CellUnder(table, "Ngày, tháng, năm văn bản (IssuedDate)"), "2026-03-05");
  EXPECT_EQ(CellUnder(table, "Chức vụ người ký (Position)"), "PHÓ CHỦ TỊCH");
  EXPECT_EQ(CellUnder(table, "Nơi nhận (To)"), "Như trên; Lưu: VT");
}

TEST(Registers, Archive) {
  const Table table = MakeRegister(RegisterKind::kArchive, {SampleRecord()});
  std::vector<std::string> heads;
  for (const Column& column : table.columns) heads.push_back(column.head);
  EXPECT_EQ(heads, (std::vector<std::string>{"STT", "Số, ký hiệu văn bản", "Ngày, tháng văn bản",
                                             "Tên loại và trích yếu nội dung văn bản", "Tác giả văn bản", "Tờ số",
                                             "Ghi chú"}));
  EXPECT_EQ(table.rows[0],
            (std::vector<std::string>{"1", "15/KH-UBND", "2026-03-05", "Kế hoạch Phòng, chống thiên tai năm 2026",
                                      "Ủy ban nhân dân xã Lộc Vân", "", ""}));
}

TEST(Registers, Tasks) {
  Record other = SampleRecord();
  other.metadata.symbol = "16/KH-UBND";
  const Table table = MakeRegister(RegisterKind::kTasks, {SampleRecord(), other, SampleRecord()});
  ASSERT_EQ(table.rows.size(), 2U);
  EXPECT_EQ(CellUnder(table, "STT", 1), "2");
  EXPECT_EQ(CellUnder(table, "Đơn vị chủ trì"), "Phòng Kinh tế");
  EXPECT_EQ(CellUnder(table, "Thời hạn"), "2026-04-14");
  EXPECT_EQ(CellUnder(table, "Nguồn: tệp"), "kế hoạch 15.pdf");
  EXPECT_EQ(CellUnder(table, "Nguồn: trang"), "1");
}

TEST(Registers, Incoming) {
  const Table table = MakeRegister(RegisterKind::kIncoming, {SampleRecord()});
  EXPECT_EQ(table.columns.size(), 7U);
  EXPECT_EQ(table.rows[0][0], "214");
  EXPECT_EQ(table.rows[0][1],
            "Kế hoạch Phòng, chống thiên tai năm 2026, số 15/KH-UBND, ngày 05/03/2026, Ủy ban nhân dân xã Lộc Vân");
  EXPECT_EQ(table.rows[0][2], "Phòng Kinh tế");
  EXPECT_EQ(table.rows[0][3], "2026-04-14");
}

}  // namespace
}  // namespace hoidau
