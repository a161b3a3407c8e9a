#include "segment/segment.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace hoidau {
namespace {

class SegmentTest : public testing::Test {
 protected:
  static Outline Read(std::string_view text) {
    static const Result<SegmentRules> rules = SegmentRules::Load(std::string(HOIDAU_SOURCE_DIR) + "/models");
    EXPECT_TRUE(rules.ok());
    return Segment(FromPlainText(text), *rules);
  }
  static std::vector<std::string> Ids(const Outline& outline) {
    std::vector<std::string> ids;
    for (const OutlineNode& node : outline.nodes) ids.push_back(node.id);
    return ids;
  }
};

TEST_F(SegmentTest, HeaderExample) {
  const Outline outline = Read("I. MỤC ĐÍCH\n1. Yêu cầu\n");
  ASSERT_EQ(outline.nodes.size(), 2U);
  EXPECT_EQ(outline.nodes[1].id, "I.1");
  EXPECT_EQ(outline.nodes[1].role, "requirements");
}

TEST_F(SegmentTest, IdsLevelsAndRunInHeadings) {
  const Outline o = Read(
      "KẾ HOẠCH\nTrồng cây\nCăn cứ nghị quyết của Hội đồng nhân dân xã;\n"
      "1. Mục tiêu\n1.1. Đến hết tháng 6 năm 2026\n+ Trồng 100 cây.\n2. Phân công\n2.1. Công an xã: Bảo vệ cây.\n"
      "2.2. Các hộ tự trồng cây trước nhà, tưới nước và làm cỏ mỗi tuần.\n");
  EXPECT_EQ(Ids(o), (std::vector<std::string>{"1", "1.1", "2", "2.1", "2.2"}));
  EXPECT_EQ(o.nodes[3].title, "Công an xã");
  EXPECT_EQ(o.nodes[3].role, "unit");
  EXPECT_EQ(o.nodes[3].level, 2);
  EXPECT_EQ(o.nodes[4].title, std::nullopt);
}

TEST_F(SegmentTest, StarredPhasesHeadTheirBullets) {
  const Outline o = Read(
      "II. NỘI DUNG\n* Giai đoạn 1: Chuẩn bị (từ ngày 01/3/2026)\n- Họp dân.\n- Đo đất.\n* Giai đoạn 2: Làm\n- Đào "
      "hố.\n");
  EXPECT_EQ(Ids(o), (std::vector<std::string>{"II", "II.*1", "II.*2"}));
  EXPECT_EQ(o.nodes[1].title, "Giai đoạn 1: Chuẩn bị (từ ngày 01/3/2026)");
}

TEST_F(SegmentTest, StagesWithBulletsAreNodes) {
  const Outline o =
      Read("II. CÁC BƯỚC\nBước 1: Khảo sát (từ ngày 01/3/2026)\n- Họp dân.\n- Đo đất.\nBước 2: Thi công\n- Đào hố.\n");
  EXPECT_EQ(Ids(o), (std::vector<std::string>{"II", "II.Bước 1", "II.Bước 2"}));
}

TEST_F(SegmentTest, LabelsThatLostTheirPointCountInTheirSeries) {
  const Outline o = Read("II. NỘI DUNG\n1 Tuyên truyền\n- Phát tờ rơi.\n2. Vận động\n- Họp dân.\nIIL KINH PHÍ\n");
  EXPECT_EQ(Ids(o), (std::vector<std::string>{"II", "II.1", "II.2", "III"}));
}

TEST_F(SegmentTest, RowsPrintedOnOneLineAreCutIntoCells) {
  const Outline o = Read(
      "II. PHÂN CÔNG\nSTT Nội dung công việc Đơn vị chủ trì Đơn vị phối hợp Thời gian\n"
      "1 Vận động hiến đất Mặt trận Tổ quốc Các thôn Tháng 10/2025\n"
      "2 Nghiệm thu công trình Phòng Kinh tế Công an xã Trước 20/12/2025\n");
  const auto row = std::ranges::find_if(o.blocks, [](const Block& block) { return !block.cells.empty(); });
  ASSERT_NE(row, o.blocks.end());
  std::vector<std::string> cells;
  for (const Block& cell : row->cells) cells.push_back(cell.text);
  EXPECT_EQ(cells, (std::vector<std::string>{"Vận động hiến đất", "Mặt trận Tổ quốc", "Các thôn", "Tháng 10/2025"}));
}

TEST_F(SegmentTest, DamagedLabelsAreRepairedAndReported) {
  const Outline o = Read("I. MỤC ĐÍCH\nl. Mục đích\nI1. NỘI DUNG\nIII. KINH PHÍ\n");
  EXPECT_EQ(Ids(o), (std::vector<std::string>{"I", "I.1", "II", "III"}));
  EXPECT_EQ(o.nodes[2].label, "I1.");
  EXPECT_FALSE(o.issues.empty());
}

TEST_F(SegmentTest, PrintedLinesAreJoinedAcrossPages) {
  const Outline o = Read(
      "I. NỘI DUNG\n- Tổ chức tuyên truyền trên hệ thống truyền thanh của xã bảo đảm thông tin\n\f2\nthường xuyên, kịp "
      "thời đến "
      "từng hộ.\n- Kế hoạch số 12/KH-\nUBND được phổ biến.\n");
  std::vector<std::string> bullets;
  for (const Block& block : o.blocks) {
    if (block.kind == BlockKind::kBullet) bullets.push_back(block.text);
  }
  ASSERT_EQ(bullets.size(), 2U);
  EXPECT_EQ(
      bullets[0],
      "Tổ chức tuyên truyền trên hệ thống truyền thanh của xã bảo đảm thông tin thường xuyên, kịp thời đến từng hộ.");
  EXPECT_EQ(bullets[1], "Kế hoạch số 12/KH-UBND được phổ biến.");
  EXPECT_TRUE(
      std::ranges::any_of(o.blocks, [](const Block& b) { return b.kind == BlockKind::kPageHead && b.text == "2"; }));
}

TEST_F(SegmentTest, BlocksWalkBackToTheText) {
  const std::string text = "I. NỘI DUNG\n- Kế hoạch số 12/KH-\n  UBND  được phổ biến.\n";
  const Outline o = Read(text);
  for (const Block& block : o.blocks) {
    ASSERT_EQ(block.back.size(), block.text.size() + 1);
    for (std::size_t i = 0; i < block.text.size(); ++i) {
      if (block.text[i] != ' ') {
        EXPECT_EQ(text[block.back[i]], block.text[i]);
      }
    }
  }
}

TEST_F(SegmentTest, LettersHaveAddresseesAndASubject) {
  const Outline o = Read(
      "ỦY BAN NHÂN DÂN\nXÃ LỘC VÂN\nSố: 7/UBND-KT\nV/v rà soát hộ\nnuôi trâu bò\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
      "Độc lập - Tự do - Hạnh phúc\nLộc Vân, ngày 05 tháng 3 năm 2026\nKính gửi:\n- Các thôn;\n- Trạm Y tế.\n"
      "Thực hiện Công văn số 9/SNN ngày 01/3/2026, đề nghị các thôn báo cáo.\n");
  std::vector<std::string> addressees;
  for (const Block& block : o.blocks) {
    if (block.kind == BlockKind::kAddressee) addressees.push_back(block.text);
  }
  EXPECT_EQ(addressees, (std::vector<std::string>{"Các thôn;", "Trạm Y tế."}));
  EXPECT_TRUE(std::ranges::any_of(o.blocks, [](const Block& b) { return b.text == "V/v rà soát hộ nuôi trâu bò"; }));
}

TEST_F(SegmentTest, PartsInWordsHaveTheirTitleOnTheNextLine) {
  const Outline o = Read(
      "ỦY BAN NHÂN DÂN\nXÃ LỘC VÂN\nSố: 7/KH-UBND\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
      "Lộc Vân, ngày 05 tháng 3 năm 2026\nKẾ HOẠCH\nTrồng cây\nPhần thứ nhất\nNHỮNG VẤN ĐỀ CHUNG\nĐất còn trống "
      "nhiều.\n"
      "Phần thứ hai\nTRÁCH NHIỆM THI HÀNH\nA. Thôn Đông\nTrồng bờ sông.\n");
  ASSERT_EQ(o.nodes.size(), 3U);
  EXPECT_EQ(o.nodes[0].title, "NHỮNG VẤN ĐỀ CHUNG");
  EXPECT_EQ(o.nodes[1].role, "implementation");
  EXPECT_EQ(o.nodes[2].id, "Phần thứ hai.A");
  EXPECT_EQ(o.nodes[2].role, "unit");
}

TEST_F(SegmentTest, OddTextsDoNotStopIt) {
  for (const std::string_view text : {"", "\n", "\f\f", "Kính gửi", "Nơi nhận", "TT", "1.", "* ", "Phụ lục", "Điều"})
    EXPECT_NO_FATAL_FAILURE(Read(text));
}

TEST(SegmentRules, MissingTablesAreNamed) {
  const Result<SegmentRules> rules = SegmentRules::Load("no/such/folder");
  ASSERT_FALSE(rules.ok());
  EXPECT_EQ(rules.error().code, ErrorCode::kMissing);
}

}  // namespace
}  // namespace hoidau
