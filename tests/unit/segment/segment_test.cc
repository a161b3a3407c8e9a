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

// Lines of a page with the cell each stands in, {row, column}; row -1: outside of the table.
struct Placed {
  const char* text;
  int row, column;
};
DocumentText PlacedText(const std::vector<std::vector<Placed>>& pages) {
  std::string text;
  std::vector<std::optional<CellPlace>> cells;
  for (const std::vector<Placed>& page : pages) {
    if (!text.empty()) text += '\f';
    for (const Placed& line : page) {
      text += std::string(line.text) + '\n';
      cells.push_back(line.row < 0 ? std::nullopt : std::optional(CellPlace{0, line.row, line.column}));
    }
  }
  DocumentText out = FromPlainText(text);
  for (std::size_t i = 0; i < cells.size(); ++i) out.lines[i].cell = cells[i];
  return out;
}

TEST_F(SegmentTest, RuledTablesByTheirCells) {
  static const Result<SegmentRules> rules = SegmentRules::Load(std::string(HOIDAU_SOURCE_DIR) + "/models");
  // The cells alone say what belongs together: an empty one, one that begins like a number, a row over two pages, a
  // group of rows. The head is not repeated on the second page.
  const Outline o = Segment(PlacedText({{{"II. TIẾN ĐỘ", -1, 0},
                                         {"TT", 0, 0},
                                         {"Nội dung công việc", 0, 1},
                                         {"Thời gian", 0, 2},
                                         {"thực hiện", 0, 2},
                                         {"Đơn vị chủ", 0, 3},
                                         {"tri", 0, 3},  // as it was read
                                         {"1", 1, 0},
                                         {"Phát quang", 1, 1},
                                         {"02 tuyến mương", 1, 1},
                                         {"Phòng Kinh tế", 1, 3},
                                         {"Làm vệ sinh", 2, 1},
                                         {"2", 3, 0},
                                         {"Gửi báo cáo kết quả", 3, 1},
                                         {"Trước ngày", 3, 2},
                                         {"15/7/2026", 3, 2}},
                                        {{"2", -1, 0}, {"về xã", 0, 1}, {"Các thôn", 0, 3}, {"III. KINH PHÍ", -1, 0}}}),
                            *rules);
  std::vector<std::vector<std::string>> rows;
  for (const Block& block : o.blocks) {
    if (block.kind != BlockKind::kTableRow || block.header_row) continue;
    rows.emplace_back();
    for (const Block& cell : block.cells) rows.back().push_back(cell.column + ": " + cell.text);
  }
  EXPECT_EQ(rows, (std::vector<std::vector<std::string>>{
                      {"work: Phát quang 02 tuyến mương", "time: ", "lead: Phòng Kinh tế"},
                      {},
                      {"work: Gửi báo cáo kết quả về xã", "time: Trước ngày 15/7/2026", "lead: Các thôn"}}));
  EXPECT_EQ(Ids(o), (std::vector<std::string>{"II", "III"}));
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

// The numberings of many offices: a text and the ids of its sections.
TEST_F(SegmentTest, NumberingsOfManyOffices) {
  struct Sample {
    const char* text;
    std::vector<std::string> ids;
  };
  const std::vector<Sample> samples = {
      {"I/ MỤC ĐÍCH\n1/ Mục đích:\nGiữ sạch làng.\n2/ Yêu cầu:\nLàm đều.\nII/ NỘI DUNG\n", {"I", "I.1", "I.2", "II"}},
      {"I - MỤC ĐÍCH\nGiữ sạch làng.\nII - NỘI DUNG\n1 . Quét đường.\n2 . Khơi cống.\n", {"I", "II", "II.1", "II.2"}},
      {"II- QUAN ĐIỂM, MỤC TIÊU\n2- Mục tiêu\n2.1- Mục tiêu chung\n2.2- Mục tiêu cụ thể\n",
       {"II", "II.2", "II.2.1", "II.2.2"}},
      // The label repeats those above it.
      {"I. MỤC TIÊU\nI.1. Mục tiêu chung\nI.2. Chỉ tiêu\nII. NHIỆM VỤ\nII.1. Tuyên truyền\nII.1.1. Phát loa\n",
       {"I", "I.1", "I.2", "II", "II.1", "II.1.1"}},
      // Decimals under a Roman number or an article.
      {"I. MỤC TIÊU\n1.1. Chung\n1.2. Riêng\nII. NHIỆM VỤ\n2.1. Phát loa\n", {"I", "I.1", "I.2", "II", "II.1"}},
      {"Điều 1. Mục tiêu\n1.1. Chung\n1.2. Riêng\nĐiều 2. Nhiệm vụ\n2.1. Phát loa\n",
       {"Điều 1", "Điều 1.1", "Điều 1.2", "Điều 2", "Điều 2.1"}},
      // Series in another order than the usual one.
      {"Điều 1. Nội dung\nI. MỤC ĐÍCH\n1. Giữ làng sạch.\nII. NHIỆM VỤ\nĐiều 2. Thi hành\n",
       {"Điều 1", "Điều 1.I", "Điều 1.I.1", "Điều 1.II", "Điều 2"}},
      {"I. MỤC ĐÍCH\nGiữ làng sạch.\nII. PHÂN CÔNG\nA. Công an xã\nB. Trạm Y tế\n", {"I", "II", "II.A", "II.B"}},
      {"1) Mục tiêu\na) Chung\nb) Riêng\n2) Nhiệm vụ\na) Phát loa\n", {"1", "1.a", "1.b", "2", "2.a"}},
      // Points in brackets, small Roman numbers.
      {"1. Nhiệm vụ\n(1) Phát loa mỗi sáng.\n(2) Treo cờ.\n2. Kinh phí\n", {"1", "1.1", "1.2", "2"}},
      {"1. Nhiệm vụ\na) Phát loa\ni) Mỗi sáng.\nii) Mỗi chiều.\nb) Treo cờ.\n", {"1", "1.a", "1.a.i", "1.a.ii", "1.b"}},
      // A number in brackets within a paragraph opens nothing.
      {"1. Nhiệm vụ\nĐất chia làm hai loại, gồm:\n(1) đất ở; (2) đất vườn.\n2. Kinh phí\n", {"1", "2"}},
      // Stages, with bullets or in a series.
      {"I. CÁCH LÀM\nNhiệm vụ 1: Dọn suối\n(1) Chia đoạn.\n(2) Buộc lưới.\nNhiệm vụ 2: Trồng cây\n(1) Ươm cây.\n(2) "
       "Đào "
       "hố.\n",
       {"I", "I.Nhiệm vụ 1", "I.Nhiệm vụ 1.1", "I.Nhiệm vụ 1.2", "I.Nhiệm vụ 2", "I.Nhiệm vụ 2.1", "I.Nhiệm vụ 2.2"}},
      {"II. TIẾN ĐỘ\nĐợt 1 (từ 01/3 đến 10/3/2026)\n- Phát loa.\nĐợt 2 (tháng 4)\n- Treo cờ.\n",
       {"II", "II.Đợt 1", "II.Đợt 2"}},
      // A label printed twice, below one printed twice.
      {"I. A\n1. Làm đường.\n1. Làm cầu.\nI. B\n1. Làm kè.\n1. Làm cống.\n",
       {"I", "I.1", "I.1~2", "I~2", "I~2.1", "I~2.1~2"}},
      // Numbers that run through the parts.
      {"I. MỤC TIÊU\n1. Chung\n2. Riêng\nII. NHIỆM VỤ\n3. Phát loa\n4. Treo cờ\n5. Dọn rác\n",
       {"I", "I.1", "I.2", "II", "II.3", "II.4", "II.5"}},
      // Strokes that a reader lost or gained: "I." for II, "VI." for V, a scrap for "I.".
      {"I- MỤC ĐÍCH, YÊU CẦU\n1- Họp gọn.\nI- NHIỆM VỤ VÀ GIẢI PHÁP\n1- Học nghề.\nI- TỔ CHỨC THỰC HIỆN\n1- Các chi "
       "bộ\n",
       {"I", "I.1", "II", "II.1", "III", "III.1"}},
      {"KẾ HOẠCH\nLàm cầu\nCăn cứ Nghị quyết số 5/NQ-HĐND của Hội đồng nhân dân xã;\nTỪ QUAN ĐIỂM\nLàm thật.\nII. CHỈ "
       "TIÊU\nTrồng cây.\n",
       {"I", "II"}},
      {"Diều 1. Mục tiêu\n1. Chung.\nĐiều 2. Nhiệm vụ\n", {"Điều 1", "Điều 1.1", "Điều 2"}},
  };
  for (const Sample& sample : samples) EXPECT_EQ(Ids(Read(sample.text)), sample.ids) << sample.text;
}

TEST_F(SegmentTest, HeadingsWithoutALabelEndTheSectionBefore) {
  const Outline o = Read("I. NỘI DUNG\n- Dọn suối.\nCHIA PHẦN VIỆC TRONG BAN\n- Đồng chí Mai: trông trẻ.\n");
  EXPECT_EQ(Ids(o), std::vector<std::string>{"I"});
  EXPECT_EQ(o.blocks.back().section, -1);
}

TEST_F(SegmentTest, WhatADecisionPutsInForceFollowsTheSignature) {
  const Outline o = Read(
      "QUYẾT ĐỊNH\nBan hành Quy chế\nĐiều 1. Ban hành kèm theo Quyết định này Quy chế quản lý nhà văn hóa.\n"
      "Nơi nhận:\n- Các thôn;\n- Lưu: VT.\nCHỦ TỊCH\nLại Quang Tiệp\n\f2\nQUY CHẾ\nQuản lý nhà văn hóa\nChương I\nQUY "
      "ĐỊNH "
      "CHUNG\nĐiều 1. Phạm vi\nQuy chế nói về việc mở cửa, mượn nhà.\n");
  EXPECT_EQ(Ids(o), (std::vector<std::string>{"Điều 1", "Chương I", "Chương I.Điều 1"}));
}

TEST_F(SegmentTest, RecipientsInTheTextAreNoTail) {
  const Outline o =
      Read("1. Nơi nộp\nNơi nhận hồ sơ là bộ phận một cửa.\n2. Lệ phí\nKhông thu.\nNơi nhận:\n- Các thôn.\n");
  EXPECT_EQ(Ids(o), (std::vector<std::string>{"1", "2"}));
}

// Headings and their roles, as offices word them.
TEST_F(SegmentTest, RolesOfHeadings) {
  const std::vector<std::pair<const char*, const char*>> samples = {
      {"MỤC TIÊU VÀ CÁC CHỈ TIÊU CHỦ YẾU", "purpose"},
      {"PHƯƠNG CHÂM, CHỦ ĐỀ ĐIỀU HÀNH", "requirements"},
      {"Những điều cấm", "requirements"},
      {"NHIỆM VỤ, GIẢI PHÁP", "content"},
      {"VIỆC PHẢI LÀM NGAY", "content"},
      {"KIỂM ĐIỂM VIỆC ĐÃ LÀM", "other"},
      {"ĐẶC ĐIỂM, TÌNH HÌNH", "other"},
      {"Chế độ trực", "other"},
      {"QUAN ĐIỂM", "other"},
      {"TIẾN ĐỘ THỰC HIỆN", "content"},
      {"Giờ mở cửa", "schedule"},
      {"THỜI GIAN, ĐỊA ĐIỂM, THÀNH PHẦN", "schedule"},
      {"AI GIỮ VIỆC GÌ", "assignment"},
      {"BẢNG GIAO VIỆC", "assignment"},
      {"THI HÀNH", "implementation"},
      {"ĐIỀU KHOẢN THI HÀNH", "implementation"},
      {"DỰ TRÙ KINH PHÍ", "budget"},
      {"CHƯƠNG TRÌNH NGÀY HỘI", "event"},
      {"Hiệu trưởng", "unit"},
      {"Đề nghị Hội Liên hiệp Phụ nữ xã", "unit"},
  };
  for (const auto& [title, role] : samples) {
    const Outline o = Read(std::string("I. ") + title + "\n- Quét đường.\n");
    ASSERT_EQ(o.nodes.size(), 1U) << title;
    EXPECT_EQ(o.nodes[0].role, role) << title;
  }
}

TEST_F(SegmentTest, LimitsAreReported) {
  std::string text = "KẾ HOẠCH\n";
  for (int i = 0; i < 14; ++i) text += "trồng cây gây rừng\n";
  const Outline o = Read(text);
  EXPECT_TRUE(std::ranges::any_of(o.issues, [](const Issue& issue) { return issue.code == "limit"; }));
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
