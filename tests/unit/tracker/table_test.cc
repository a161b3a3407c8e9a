#include "tracker/table.h"

#include <gtest/gtest.h>

#include "support/read_csv.h"

namespace hoidau {
namespace {

Table Traps() {
  return {.name = "Bẫy",
          .columns = {{.head = "Nội dung"}, {.head = "Ngày", .type = CellType::kDate}},
          .rows = {{"=1+1", "2026-04-14"},
                   {"- Tham mưu, \"rà soát\"\nbáo cáo", "quý IV"},
                   {"@SUM(A1)", ""},
                   {"+84 123", "1899-12-31"},
                   {"", "2026-02-30"}}};
}

TEST(Csv, IsRfc4180) {
  const std::string csv = ToCsv(Traps());
  const std::vector<std::vector<std::string>> rows = ReadCsv(csv);
  ASSERT_EQ(rows.size(), 6U);
  EXPECT_EQ(rows[0], (std::vector<std::string>{"Nội dung", "Ngày"}));
  EXPECT_EQ(rows[2], (std::vector<std::string>{"Tham mưu, \"rà soát\"\nbáo cáo", "quý IV"}));
  EXPECT_TRUE(csv.ends_with("\r\n"));
  EXPECT_EQ(ToCsv(Traps(), {.bom = true}), "\xEF\xBB\xBF" + csv);
}

TEST(Csv, NoCellIsAFormula) {
  for (const char* text : {"=1+1", "@SUM(A1)", "+84 123", "-5", "- - =cmd|' /C calc'!A0", "\t=1", "\r=1", "= =1"}) {
    const std::string safe = FormulaSafe(text);
    EXPECT_EQ(std::string("=+-@\t\r").find(safe[0]), std::string::npos) << text << " → " << safe;
  }
  EXPECT_EQ(FormulaSafe("- Rà soát"), "Rà soát");
  EXPECT_EQ(FormulaSafe("-5 độ"), "'-5 độ");
  EXPECT_EQ(FormulaSafe("Rà soát - báo cáo"), "Rà soát - báo cáo");
  EXPECT_EQ(FormulaSafe(""), "");
}

TEST(Xlsx, TheSameTableGivesTheSameBytes) {
  const Result<std::string> xlsx = ToXlsx(Traps());
  ASSERT_TRUE(xlsx) << xlsx.error().message;
  EXPECT_EQ(xlsx->substr(0, 2), "PK");
  EXPECT_EQ(*xlsx, *ToXlsx(Traps()));
}

TEST(Xlsx, CellsThatAreTooLongAndCharactersThatAreNone) {
  Table table = Traps();
  table.name = std::string(100, 'x');
  table.rows.push_back({std::string(40000, 'a'), std::string("\x01\x1f\x00", 3)});
  EXPECT_TRUE(ToXlsx(table));
  table.rows.clear();
  EXPECT_TRUE(ToXlsx(table));
}

}  // namespace
}  // namespace hoidau
