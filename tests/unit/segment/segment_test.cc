#include "segment/segment.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
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

TEST_F(SegmentTest, ADamagedHeadingLeavesItsFollowersInPlace) {
  const Outline o = Read(
      "KẾ HOẠCH\nTrồng cây\nI. MỤC TIÊU\n- Trồng 100 cây.\nI CHỦ ĐỀ\nMột cây mỗi nhà.\nIII. HOẠT ĐỘNG\n1. Đào hố\n"
      "- Đào xong trước tháng 6.\nIV. TỔ CHỨC THỰC HIỆN\n1. Phòng Kinh tế\n- Mua cây.\n");
  EXPECT_EQ(Ids(o), (std::vector<std::string>{"I", "II", "III", "III.1", "IV", "IV.1"}));
  ASSERT_EQ(o.issues.size(), 1U);
  EXPECT_EQ(o.issues[0].code, "doubtful-label");
  EXPECT_EQ(o.issues[0].message, "“I” → II");
}

TEST_F(SegmentTest, PartsKeepTheirNumbersWhateverBecameOfTheirMarks) {
  const Outline o = Read(
      "BÁO CÁO\nTrồng rừng\nPHẦN THỨ NHẬT\nKẾT QUẢ\nI. VIỆC ĐÃ LÀM\n- Trồng.\nPHAN THU HAI\nNHIỆM VỤ\nI. CHỈ TIÊU\n- "
      "Tưới.\n");
  EXPECT_EQ(Ids(o), (std::vector<std::string>{"Phần thứ nhất", "Phần thứ nhất.I", "Phần thứ hai", "Phần thứ hai.I"}));
  EXPECT_EQ(Ids(Read("BÁO CÁO\nThu chi\nPHẦN A - KẾT QUẢ\n1. Thu\n- Đủ.\nPHẦN B - NHIỆM VỤ\n1. Chi\n- Dè.\n")),
            (std::vector<std::string>{"Phần A", "Phần A.1", "Phần B", "Phần B.1"}));
  EXPECT_TRUE(Ids(Read("BÁO CÁO\nThu chi\nPhần thu năm 2026 đạt khá.\n")).empty());
}

TEST_F(SegmentTest, PartsWhoseFirstHeadingWasLost) {
  const std::string rest =
      "\nKẾT QUẢ\n1. Rừng\n- Trồng.\nPHẦN II\nNHIỆM VỤ\n1. Chỉ tiêu\n- Tưới.\nPHẦN III\nPHÂN CÔNG\n1. Các thôn\n- "
      "Gác.\n";
  const std::vector<std::string> later = {"Phần II", "Phần II.1", "Phần III", "Phần III.1"};
  std::vector<std::string> ids = Ids(Read("BÁO CÁO\nTrồng rừng\nPHẦN" + rest));
  EXPECT_EQ(ids, (std::vector<std::string>{"Phần I", "Phần I.1", "Phần II", "Phần II.1", "Phần III", "Phần III.1"}));
  ids = Ids(Read("BÁO CÁO\nTrồng rừng\nXHAM L" + rest));
  ASSERT_GE(ids.size(), later.size());
  EXPECT_TRUE(std::equal(later.rbegin(), later.rend(), ids.rbegin()));
  // A word of its own in a sentence is none.
  EXPECT_TRUE(Ids(Read("BÁO CÁO\nThu chi\nPhần\nnày để trống.\n")).empty());
}

TEST_F(SegmentTest, NothingIsDoubtfulInCleanLabels) {
  const Outline o = Read(
      "KẾ HOẠCH\nTrồng cây\n1. Mở đầu\nĐất rộng.\nI. MỤC TIÊU\n1. Chung\n- Trồng 100 cây.\nII. NỘI DUNG\n- Đào hố.\n");
  EXPECT_TRUE(o.issues.empty());
}

TEST_F(SegmentTest, HeadingsInPlainSpeechHaveTheirRoles) {
  const Outline o = Read(
      "KẾ HOẠCH\nGặp cử tri\n1. Vì sao phải làm sớm\n- Để lâu thì nguội.\n2. Những điều phải giữ\n- Không mời cơm.\n"
      "3. Ai làm việc gì\n3.1. Công an xã\n- Giữ trật tự.\n4. Tiền chi\n- Xã chi.\n5. Sau khi gặp cử tri\n"
      "- Giám sát trả lời.\n6. Chuyện bàn giao\n- Công an xã nhận sổ.\n- Trạm Y tế nhận thuốc.\n");
  std::vector<std::string> roles;
  for (const OutlineNode& node : o.nodes) roles.push_back(node.role);
  EXPECT_EQ(roles, (std::vector<std::string>{"purpose", "requirements", "assignment", "unit", "budget",
                                             "implementation", "assignment"}));
}

TEST_F(SegmentTest, StepsThatAreWholeSentencesAreNoSections) {
  const Outline steps = Read(
      "KẾ HOẠCH\nTrả hồ sơ\n1. Các bước\nBước 1: Văn phòng soạn danh mục, trình Chủ tịch ký.\n"
      "Bước 2: Công an xã báo lịch cho dân.\n");
  EXPECT_EQ(Ids(steps), std::vector<std::string>{"1"});
  const Outline heads =
      Read("KẾ HOẠCH\nTrả hồ sơ\n1. Các bước\nBước 1: Khảo sát\n- Đi từng nhà.\nBước 2: Trả hồ sơ\n- Ký nhận.\n");
  EXPECT_EQ(Ids(heads), (std::vector<std::string>{"1", "1.Bước 1", "1.Bước 2"}));
}

TEST_F(SegmentTest, TheSubjectOfALetterMayEndWithAYear) {
  const Outline o = Read(
      "ỦY BAN NHÂN DÂN XÃ PHÚ KHÊ\nSố: 167/UBND-VX\nV/v bảo đảm điều kiện cho kỳ thi\nnăm 2025\n"
      "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nPhú Khê, ngày 26 tháng 5 năm 2025\nKính gửi:\n"
      "- Công an xã;\n- Trạm Y tế xã.\nĐể các em yên tâm làm bài, xã phân việc như sau:\n- Công an xã lập chốt.\n");
  EXPECT_EQ(std::ranges::count(o.blocks, BlockKind::kAddressee, &Block::kind), 2);
  EXPECT_EQ(std::ranges::count(o.blocks, BlockKind::kHead, &Block::kind), 6);
}

std::vector<std::vector<std::string>> Rows(const Outline& o) {
  std::vector<std::vector<std::string>> rows;
  for (const Block& block : o.blocks) {
    if (block.kind != BlockKind::kTableRow || block.header_row) continue;
    rows.emplace_back();
    for (const Block& cell : block.cells) rows.back().push_back(cell.column + ": " + cell.text);
  }
  return rows;
}

// Lines as wide as a page, which tell the width of the text.
constexpr const char* kWide =
    "Căn cứ Nghị quyết của Hội đồng nhân dân xã về nhiệm vụ phát triển kinh tế - xã hội;\n"
    "Căn cứ Kế hoạch của Ủy ban nhân dân tỉnh về phòng ngừa, ứng phó sự cố trong năm;\n"
    "Căn cứ tình hình thực tế của địa phương, theo đề nghị của Phòng Kinh tế và Công an xã;\n";

TEST_F(SegmentTest, ASubjectGoesOnWithACapital) {
  const auto subject = [](const std::string& lines) {
    const Outline o =
        Read("ỦY BAN NHÂN DÂN\nXÃ LỘC VÂN\nSố: 8/KH-UBND\nLộc Vân, ngày 05 tháng 3 năm 2026\nKẾ HOẠCH\n" + lines +
             "Căn cứ Luật Bầu cử đại biểu Quốc hội và đại biểu Hội đồng nhân dân ngày 25/6/2015,\n"
             "Ủy ban nhân dân xã ban hành Kế hoạch như sau:\nI. NỘI DUNG\n- Phát loa mỗi sáng.\n");
    for (const Block& b : o.blocks) {
      if (b.kind == BlockKind::kTitle && b.text != "KẾ HOẠCH") return b.text;
    }
    return std::string();
  };
  EXPECT_EQ(subject("Tuyên truyền bầu cử đại biểu Quốc hội khóa XVI và đại biểu\n"
                    "Hội đồng nhân dân các cấp nhiệm kỳ 2026 - 2031 trên địa bàn xã Lộc Vân\n"),
            "Tuyên truyền bầu cử đại biểu Quốc hội khóa XVI và đại biểu Hội đồng nhân dân các cấp nhiệm kỳ 2026 - 2031 "
            "trên địa bàn xã Lộc Vân");
  EXPECT_EQ(subject("Mở lớp học bơi cho trẻ em\nPhong trào học bơi của xã ta mấy năm nay được nhân dân hưởng ứng rất "
                    "đông.\n"),
            "Mở lớp học bơi cho trẻ em");
}

TEST_F(SegmentTest, ATimetableOfAnyColumnNames) {
  const Outline o = Read(std::string("KẾ HOẠCH\nDiễn tập\n") + kWide +
                         "1. Diễn biến\nGiờ\nTình huống\nVị trí\n6h30\nTập kết lực lượng\nBãi xe phía nam\n7h15\n"
                         "Giả định chập điện\nDãy C\n2. Kinh phí\n- Xã chi.\n");
  EXPECT_EQ(Rows(o),
            (std::vector<std::vector<std::string>>{{"time: 6h30", "work: Tập kết lực lượng", "place: Bãi xe phía nam"},
                                                   {"time: 7h15", "work: Giả định chập điện", "place: Dãy C"}}));
}

// Days stand between the rows of a programme; a line that had room for the next word ends its cell.
TEST_F(SegmentTest, AProgrammeOfDaysAndHours) {
  const Outline o =
      Read(std::string("THÔNG BÁO\nLịch công tác tuần\n") + kWide +
           "I. LỊCH CHUNG\nGiờ\nNội dung\nChủ trì\nĐịa điểm\nThứ\nHai\n13/4\n7g00\nChào cờ, sinh hoạt dưới\n"
           "cờ\nĐ/c Bí thư\nSân trụ sở\n14g00\nNghe phương án chống\nngập hẻm số năm mươi\nĐ/c Chủ tịch\nUBND\n"
           "Phòng họp B\nThứ Ba\n14/4\n8g00\nKhảo sát điểm sạt lở bờ\nrạch\nĐ/c Phó Chủ tịch\n"
           "P.KTHT\n2. Kinh phí\n- Xã chi.\n");
  EXPECT_EQ(Rows(o),
            (std::vector<std::vector<std::string>>{
                {},
                {"time: 7g00", "work: Chào cờ, sinh hoạt dưới cờ", "lead: Đ/c Bí thư", "place: Sân trụ sở"},
                {"time: 14g00", "work: Nghe phương án chống ngập hẻm số năm mươi", "lead: Đ/c Chủ tịch UBND",
                 "place: Phòng họp B"},
                {},
                {"time: 8g00", "work: Khảo sát điểm sạt lở bờ rạch", "lead: Đ/c Phó Chủ tịch", "place: P.KTHT"}}));
}

// The widths that the rows show tell where a cell ends: "Rước nước" had room for what stands beside it.
TEST_F(SegmentTest, NumberedRowsAreSplitByTheirWidths) {
  const Outline o =
      Read(std::string("KẾ HOẠCH\nMở hội\n") + kWide +
           "1. Bảng việc\nTT\nThời gian\nNội dung\nĐịa điểm\n1\n07 giờ 00 ngày\n27/02/2026\nLễ cáo yết, mở "
           "cửa đình\nĐình Châu Cầu\n2\n14 giờ 00 ngày\n27/02/2026\nRước nước\nBến Nguyệt - đình\nChâu "
           "Cầu\n3\n19 giờ 30 ngày\n27/02/2026\nĐêm giao lưu các câu lạc bộ quan họ\nSân khấu ao đình\n"
           "2. Kinh phí\n- Xã chi.\n");
  const auto rows = Rows(o);
  ASSERT_EQ(rows.size(), 3U);
  EXPECT_EQ(rows[1], (std::vector<std::string>{"time: 14 giờ 00 ngày 27/02/2026", "work: Rước nước",
                                               "place: Bến Nguyệt - đình Châu Cầu"}));
  EXPECT_EQ(rows[2][1], "work: Đêm giao lưu các câu lạc bộ quan họ");
}

// Teams lead where they are named, and are the running number where they are counted.
TEST_F(SegmentTest, TeamsLeadUnlessTheyAreCounted) {
  const auto named = Rows(Read(std::string("PHƯƠNG ÁN\nSơ tán dân\n") + kWide +
                               "1. Lực lượng\nTT\nTổ\nViệc\n1\nTổ xung kích\nChèo ghe cứu người\n2\nTổ y tế\n"
                               "Sơ cứu khi khẩn cấp\n2. Kinh phí\n- Xã chi.\n"));
  ASSERT_EQ(named.size(), 2U);
  EXPECT_EQ(named[0], (std::vector<std::string>{"lead: Tổ xung kích", "work: Chèo ghe cứu người"}));
  const auto counted = Rows(Read(std::string("PHƯƠNG ÁN\nSơ tán dân\n") + kWide +
                                 "1. Lực lượng\nTổ\nĐịa bàn\nSố hộ\n1\nXóm Đông\n88\n2\nXóm Đoài\n71\n"
                                 "2. Kinh phí\n- Xã chi.\n"));
  for (const auto& row : counted) {
    for (const std::string& cell : row) EXPECT_FALSE(cell.starts_with("lead")) << cell;
  }
}

// "02" is what the first row counts, and not the second one.
TEST_F(SegmentTest, CountsInCellsBeginNoRows) {
  const auto rows = [](std::string_view count) {
    return Rows(Read(std::string("KẾ HOẠCH\nMở hội\n") + kWide +
                     "1. Bảng việc\nTT\nNội dung\nThời gian\nSố người\n1\nDọn lòng kênh\n10/3/2026\n" +
                     std::string(count) + "\n2\nRước nước ở bến\n12/3/2026\n09\n2. Kinh phí\n- Xã chi.\n"));
  };
  for (const std::string_view count : {"02", "05"}) {
    ASSERT_EQ(rows(count).size(), 2U) << count;
    EXPECT_EQ(rows(count)[1][0], "work: Rước nước ở bến") << count;
  }
}

TEST_F(SegmentTest, NarrowTimesBeginTheirRows) {
  const Outline o = Read(std::string("KẾ HOẠCH\nTrồng cam\n") + kWide +
                         "1. Phân công\nHoàn\nthành\nVùng trồng\nCán bộ phụ trách\nNội dung phải làm\n10/3/20\n26\n"
                         "Đồi Thông\nÔng Vi Văn Lượm\nCắm biển vùng trồng,\nchốt danh sách\nHết\ntháng 3\nLàng Mo, "
                         "Làng\nRằm\nĐ/c Hồ Sỹ Đạt\nHướng dẫn lắp máy ảnh\n2. Kinh phí\n- Xã chi.\n");
  const auto rows = Rows(o);
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(rows[0], (std::vector<std::string>{"time: 10/3/2026", "other: Đồi Thông", "lead: Ông Vi Văn Lượm",
                                               "work: Cắm biển vùng trồng, chốt danh sách"}));
  EXPECT_EQ(rows[1][0], "time: Hết tháng 3");
  EXPECT_EQ(rows[1][2], "lead: Đ/c Hồ Sỹ Đạt");
}

TEST_F(SegmentTest, RoadmapsOfYearsAreSchedules) {
  const auto role = [](std::string_view items) {
    const Outline o = Read("KẾ HOẠCH\nTuyến phố\nI. LỘ TRÌNH\n" + std::string(items) + "II. KINH PHÍ\n- Xã chi.\n");
    return o.nodes.empty() ? std::string() : o.nodes[0].role;
  };
  EXPECT_EQ(role("- Năm 2026: làm điểm phố Chợ.\n- Năm 2027: mở rộng ra phố Ga.\n"), "schedule");
  EXPECT_EQ(role("- Kiểm đếm sạp hàng.\n- Bốc thăm chỗ ngồi.\n"), "content");
}

TEST_F(SegmentTest, TheLastWordOfADocumentIsNoItem) {
  const auto last = [](std::string_view leave) {
    const Outline o =
        Read(std::string("KẾ HOẠCH\nMở lớp\n") + kWide +
             "I. PHÂN CÔNG\n- Báo tình hình các lớp xóa mù chữ về Ban Chỉ đạo của xã mỗi tuần một lần qua nhóm.\n" +
             std::string(leave) + "\nNơi nhận:\n- Lưu: VT.\n");
    return std::ranges::count(o.blocks, BlockKind::kClosing, &Block::kind);
  };
  EXPECT_EQ(last("Các đơn vị, các bản nhận được Kế hoạch này bắt tay làm ngay./."), 1);
  EXPECT_EQ(last("Các đơn vị, các bản chọn cử người dạy trước vụ gặt chiêm."), 0);
}

TEST_F(SegmentTest, WhatStandsForASignatureIsNoRecipient) {
  const auto recipients = [](std::string_view mark) {
    const Outline o = Read("KẾ HOẠCH\nMở lớp\nI. PHÂN CÔNG\n- Công an xã trực.\nNơi nhận:\n- Các thôn;\n- Lưu: VT.\n" +
                           std::string(mark) + "\nCHỦ TỊCH\nLê Văn Tám\n");
    std::vector<std::string> all;
    for (const Block& block : o.blocks) {
      if (block.kind == BlockKind::kRecipients) all.push_back(block.text);
    }
    return all;
  };
  EXPECT_EQ(recipients("(Đã ký)"), (std::vector<std::string>{"Các thôn;", "Lưu: VT."}));
  EXPECT_EQ(recipients("- Hộ đã ký cam kết."),
            (std::vector<std::string>{"Các thôn;", "Lưu: VT.", "Hộ đã ký cam kết."}));
}

// Numbers without a sign before titles in capitals; a count of a table or one number alone is none.
TEST_F(SegmentTest, PlainNumbersBeforeCapitals) {
  const std::string begin = std::string("PHƯƠNG ÁN\nPhòng, chống bão\n") + kWide;
  const Outline o = Read(begin +
                         "1 ĐẶC ĐIỂM TÌNH HÌNH\n- Xã có 326 tàu cá.\n2 MỤC TIÊU\n- Đưa tàu vào bến.\n3 BIỆN PHÁP "
                         "THEO CẤP BÁO\n3.1 Trước mùa bão\n- Nạo vét luồng.\n");
  ASSERT_EQ(o.nodes.size(), 4U);
  EXPECT_EQ(o.nodes[0].title, "ĐẶC ĐIỂM TÌNH HÌNH");
  EXPECT_EQ(o.nodes[1].role, "purpose");
  EXPECT_EQ(o.nodes[3].id, "3.1");
  EXPECT_TRUE(Read(begin + "2 TÀU CỨU HỘ\n- Trực ở bến.\n").nodes.empty());
}

// A time that is printed once for several rows holds for each.
TEST_F(SegmentTest, MergedTimesHoldForTheirRows) {
  const Outline o =
      Read(std::string("KẾ HOẠCH\nMở hội\n") + kWide +
           "1. Lộ trình\nThời gian\nNội dung công việc\nCơ quan chủ trì\nCơ quan phối hợp\nTháng 3/2026\nRà soát số "
           "thuê bao của từng hộ\ntrong các thôn\nCông an xã\nPhòng Kinh tế\nLập nhóm liên lạc chung cho\ncả xã\nVăn "
           "phòng Đảng\nủy\nĐoàn Thanh niên\nxã\nTháng 4/2026\nCài đặt, kích hoạt tài khoản\ntheo từng thôn\nPhòng "
           "Kinh tế\nHội Nông dân\n2. Kinh phí\n- Xã chi.\n");
  const auto rows = Rows(o);
  ASSERT_EQ(rows.size(), 3U);
  EXPECT_EQ(rows[0][3], "coordinate: Phòng Kinh tế");
  EXPECT_EQ(rows[1], (std::vector<std::string>{"time: Tháng 3/2026", "work: Lập nhóm liên lạc chung cho cả xã",
                                               "lead: Văn phòng Đảng ủy", "coordinate: Đoàn Thanh niên xã"}));
  EXPECT_EQ(rows[2][0], "time: Tháng 4/2026");
}

// Heads of columns that no table has as a whole, by their words.
TEST_F(SegmentTest, ColumnsAreGuessedByTheirWords) {
  const std::string begin = std::string("KẾ HOẠCH\nMở hội\n") + kWide;
  const auto steps =
      Rows(Read(begin + "1. Việc theo mốc\nXong lúc\nViệc\nChủ trì\nCùng làm\n05/9/2026\nDựng rạp, kê bàn ghế\nThôn "
                        "Thượng\nCông an xã\n20/9/2026\nSơn vạch đi bộ, lắp 60 đèn\nPhòng Kinh tế\nĐoàn Thanh niên xã\n"
                        "2. Kinh phí\n- Xã chi.\n"));
  ASSERT_EQ(steps.size(), 2U);
  EXPECT_EQ(steps[0], (std::vector<std::string>{"time: 05/9/2026", "work: Dựng rạp, kê bàn ghế", "lead: Thôn Thượng",
                                                "coordinate: Công an xã"}));
  const auto moves =
      Rows(Read(begin +
                "1. Đợt dời\nDời theo bảng sau.\nCơ quan dời đến\nViệc phải xong\nĐơn vị làm, đơn\nvị cùng làm\nHạn\n"
                "Trụ sở xã cũ\nDồn phòng, lắp vách ngăn\nVăn phòng HĐND\nvà UBND; Công an\nxã\n30/8/2026\nĐặt quầy "
                "tiếp nhận\nTrạm Y tế\n07/9/2026\n2. Kinh phí\n- Xã chi.\n"));
  ASSERT_EQ(moves.size(), 2U);
  EXPECT_EQ(moves[0], (std::vector<std::string>{"other: Trụ sở xã cũ", "work: Dồn phòng, lắp vách ngăn",
                                                "both: Văn phòng HĐND và UBND; Công an xã", "time: 30/8/2026"}));
  EXPECT_EQ(moves[1][0], "other: Trụ sở xã cũ");
  EXPECT_EQ(moves[1][3], "time: 07/9/2026");
}

TEST_F(SegmentTest, AHeadOfTwoRowsIsUnfolded) {
  const Outline o = Read(
      std::string("KẾ HOẠCH\nMở hội\n") + kWide +
      "1. Bảng việc\nTT\nPhần việc\nNgười làm\nHạn\nChủ trì\nPhối hợp\n1\nSơn lại nghi môn\n"
      "Ban Quản lý di tích\nThôn Đình\n20/9/2025\n2\nNạo vét hồ bán nguyệt\nThôn Đình\nĐoàn Thanh niên\nTrước 30/9\n");
  EXPECT_EQ(
      Rows(o),
      (std::vector<std::vector<std::string>>{
          {"work: Sơn lại nghi môn", "lead: Ban Quản lý di tích", "coordinate: Thôn Đình", "time: 20/9/2025"},
          {"work: Nạo vét hồ bán nguyệt", "lead: Thôn Đình", "coordinate: Đoàn Thanh niên", "time: Trước 30/9"}}));
}

TEST_F(SegmentTest, AnOfficeWithASmallLetterStillSigns) {
  const Outline o = Read(
      "NGHỊ QUYẾT\nlàm đường\nI- MỤC TIÊU\n- Làm đường.\nII- THỰC HIỆN\n- Góp công.\nNơi nhận:\n- Đảng ủy xã,\n- Lưu.\n"
      "T/M CHI Bộ\nBí THƯ\nPhan Đình Khoa\n");
  EXPECT_EQ(std::ranges::count(o.blocks, BlockKind::kSignature, &Block::kind), 3);
  EXPECT_EQ(std::ranges::count(o.blocks, BlockKind::kRecipients, &Block::kind), 2);
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

// An engine reads the slash of "I/" as part of the letter; a place's name in capitals is no label.
TEST_F(SegmentTest, SlashInTheLetterOfALabel) {
  const std::string head = "KẾ HOẠCH\nPhòng, chống lụt bão\n\nCăn cứ Luật Đê điều;\nXã làm như sau:\n";
  const Outline o = Read(head + "U MỤC ĐÍCH\nII/ NỘI DUNG\nIII/ KINH PHÍ\nIV/ PHÂN CÔNG\nV/ THỜI GIAN\nVU BÁO CÁO\n");
  EXPECT_EQ(Ids(o), (std::vector<std::string>{"I", "II", "III", "IV", "V", "VI"}));
  const Outline place = Read(head + "I. MỤC ĐÍCH\nU MINH HẠ\nII. NỘI DUNG\nIII. KINH PHÍ\n");
  EXPECT_EQ(Ids(place), (std::vector<std::string>{"I", "II", "III"}));
}

// "L -" before an addressee is a speck and a bullet; before a heading in capitals it is a label.
TEST_F(SegmentTest, SpeckBeforeABulletIsNoLabel) {
  const Outline letter =
      Read("Kính gửi:\n- Chi đoàn xã;\nL - Chi đoàn các thôn;\n\n1. Thành phần\nMột lớp.\n2. Thời gian\nHai buổi.\n");
  EXPECT_EQ(Ids(letter), (std::vector<std::string>{"1", "2"}));
  const Outline party = Read("I - MỤC ĐÍCH\nMột lớp.\nII - NỘI DUNG\nHai buổi.\nIII - KINH PHÍ\nXã chi.\n");
  EXPECT_EQ(Ids(party), (std::vector<std::string>{"I", "II", "III"}));
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
      {"ĐỀ NGHỊ", "other"},
      {"Giao ban", "content"},
      {"Giải quyết tố cáo, thi hành kỷ luật", "content"},
      {"CHƯƠNG TRÌNH TUẦN VĂN HÓA - DU LỊCH", "event"},
  };
  for (const auto& [title, role] : samples) {
    const Outline o = Read(std::string("I. ") + title + "\n- Quét đường.\n");
    ASSERT_EQ(o.nodes.size(), 1U) << title;
    EXPECT_EQ(o.nodes[0].role, role) << title;
  }
}

TEST_F(SegmentTest, RolesOfAppendicesAndLastArticles) {
  const Outline o = Read(
      "ỦY BAN NHÂN DÂN\nXÃ LỘC VÂN\nSố: 15/QĐ-UBND\nQUYẾT ĐỊNH\nGiao chỉ tiêu làm đường\nĐiều 1. Giao 09 thôn làm "
      "đường.\n"
      "Điều 2. Chánh Văn phòng HĐND và UBND, Trưởng phòng Kinh tế thi hành Quyết định này./.\nNơi nhận:\n- Như Điều "
      "2;\n- Lưu: "
      "VT.\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nLê Văn Tám\nPhụ lục\nVẬT TƯ HIỆN CÓ TẠI KHO\n(Kèm theo Quyết định số "
      "15/QĐ-UBND)\n30 rọ đá, 12 máy bơm, 40 cuộn bạt.\n");
  ASSERT_EQ(o.nodes.size(), 3U);
  EXPECT_EQ(o.nodes[1].role, "unit");
  EXPECT_EQ(o.nodes[2].role, "other");
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

TEST(SegmentRules, TablesOfAnOfficeAreChecked) {
  const std::filesystem::path office = std::filesystem::path(testing::TempDir()) / "office_segment_rules";
  const std::vector<std::array<std::string, 3>> cases = {
      {"headings.tsv", "purpose\tđích đến\npurpos\tmong đợi\n", "headings.tsv:2: unknown role: purpos"},
      {"heading_hints.tsv", "aim\tmong\n", "heading_hints.tsv:1: unknown role: aim"},
      {"columns.tsv", "# ours\nwho\tai làm\n", "columns.tsv:2: unknown kind: who"},
      {"lines.tsv", "open\tcùng với\n", "lines.tsv:1: one syllable expected: cùng với"},
      {"lines.tsv", "shut\tnhé\n", "lines.tsv:1: open, open-cell or time expected: shut"},
  };
  for (const auto& [file, rows, message] : cases) {
    std::filesystem::remove_all(office);
    std::filesystem::create_directories(office);
    std::ofstream(office / file) << rows;
    const Result<SegmentRules> rules = SegmentRules::Load(std::string(HOIDAU_SOURCE_DIR) + "/models", office.string());
    ASSERT_FALSE(rules.ok()) << message;
    EXPECT_EQ(rules.error().code, ErrorCode::kModel);
    EXPECT_NE(rules.error().message.find(message), std::string::npos) << rules.error().message;
  }
}

TEST(SegmentRules, MissingTablesAreNamed) {
  const Result<SegmentRules> rules = SegmentRules::Load("no/such/folder");
  ASSERT_FALSE(rules.ok());
  EXPECT_EQ(rules.error().code, ErrorCode::kMissing);
}

}  // namespace
}  // namespace hoidau
