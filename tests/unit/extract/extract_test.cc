#include "extract/extract.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iomanip>
#include <sstream>
#include <string>
#include <string_view>

#include "segment/segment.h"
#include "text/rule_table.h"
#include "text/unicode.h"

namespace hoidau {
namespace {

const std::string kModels = std::string(HOIDAU_SOURCE_DIR) + "/models";

constexpr std::string_view kPlan =
    "ỦY BAN NHÂN DÂN\n"
    "XÃ LỘC VÂN\n"
    "Số: 15/KH-UBND\n"
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
    "Độc lập - Tự do - Hạnh phúc\n"
    "Lộc Vân, ngày 05 tháng 3 năm 2026\n"
    "KẾ HOẠCH\n"
    "Phòng, chống lụt bão năm 2026\n"
    "Thực hiện Nghị quyết số 57-\n"
    "NQ/TW ngày 22/12/2024 của Bộ Chính trị; Kế hoạch số 9/KH-UBND ngày 10/01/2026\n"
    "của UBND tỉnh Nghệ An, Ủy ban nhân dân xã ban hành Kế hoạch như sau:\n"
    "I. MỤC ĐÍCH, YÊU CẦU\n"
    "1. Mục đích\n"
    "Giữ vững đê điều, không để người dân bị cô lập trong mùa mưa bão năm nay.\n"
    "II. NỘI DUNG\n"
    "- Diễn tập hộ đê, xong trước ngày 15/5/2026.\n"
    "- Mua ít nhất 30 rọ đá.\n"
    "III. TỔ CHỨC THỰC HIỆN\n"
    "1. Phòng Kinh tế: Chủ trì, phối hợp với Công an xã kiểm tra cống; báo cáo UBND\n"
    "xã trước ngày 20 hằng tháng.\n"
    "2. Đề nghị Ủy ban MTTQ Việt Nam xã và các đoàn thể\n"
    "- Vận động hội viên tham gia trong quý II/2026.\n"
    "Trên đây là Kế hoạch, các đơn vị nghiêm túc thực hiện./.\n"
    "Nơi nhận:\n"
    "- UBND tỉnh (b/c);\n"
    "- Các phòng, ban;\n"
    "- Lưu: VT.\n"
    "TM. ỦY BAN NHÂN DÂN\n"
    "KT. CHỦ TỊCH\n"
    "PHÓ CHỦ TỊCH\n"
    "Lường Thế Khoáng\n";

class ExtractTest : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    Result<SegmentRules> segment = SegmentRules::Load(kModels);
    Result<ExtractRules> extract = ExtractRules::Load(kModels);
    ASSERT_TRUE(segment.ok()) << segment.error().message;
    ASSERT_TRUE(extract.ok()) << extract.error().message;
    segment_rules_ = new SegmentRules(*segment);
    extract_rules_ = new ExtractRules(*extract);
  }
  static void TearDownTestSuite() {
    delete segment_rules_;
    delete extract_rules_;
  }
  static Record Read(std::string_view text) {
    const DocumentText document = FromPlainText(text);
    Record record;
    Extract(document, Segment(document, *segment_rules_), *extract_rules_, {}, record);
    return record;
  }
  static SegmentRules* segment_rules_;
  static ExtractRules* extract_rules_;
};
SegmentRules* ExtractTest::segment_rules_ = nullptr;
ExtractRules* ExtractTest::extract_rules_ = nullptr;

TEST_F(ExtractTest, MetadataOfAPlan) {
  const Record r = Read(kPlan);
  EXPECT_EQ(r.metadata.issuer.name, "Ủy ban nhân dân xã Lộc Vân");
  EXPECT_EQ(r.metadata.issuer.place.name, "xã Lộc Vân");
  EXPECT_EQ(r.metadata.issuer.place.province, "Nghệ An");
  EXPECT_EQ(r.metadata.number, "15");
  EXPECT_EQ(r.metadata.symbol, "15/KH-UBND");
  EXPECT_EQ(r.metadata.type, "Kế hoạch");
  EXPECT_EQ(r.metadata.type_code, "KH");
  EXPECT_EQ(r.metadata.place, "Lộc Vân");
  EXPECT_EQ(r.metadata.date->value, "2026-03-05");
  EXPECT_EQ(r.metadata.subject, "Phòng, chống lụt bão năm 2026");
  EXPECT_EQ(r.metadata.recipients, (std::vector<std::string>{"UBND tỉnh (b/c)", "Các phòng, ban", "Lưu: VT"}));
  EXPECT_EQ(r.metadata.signature.authority, "TM. ỦY BAN NHÂN DÂN");
  EXPECT_EQ(r.metadata.signature.on_behalf, "KT. CHỦ TỊCH");
  EXPECT_EQ(r.metadata.signature.position, "PHÓ CHỦ TỊCH");
  EXPECT_EQ(r.metadata.signature.name, "Lường Thế Khoáng");
}

TEST_F(ExtractTest, SymbolsBrokenByTheLineEndAreJoined) {
  const Record r = Read(kPlan);
  ASSERT_EQ(r.references.size(), 2U);
  EXPECT_EQ(r.references[0].symbol, "57-NQ/TW");
  EXPECT_EQ(r.references[0].type, "Nghị quyết");
  EXPECT_EQ(r.references[0].date, "2024-12-22");
  EXPECT_EQ(r.references[0].issuer, "Bộ Chính trị");
  EXPECT_EQ(r.references[1].issuer, "Ủy ban nhân dân tỉnh Nghệ An");
}

TEST_F(ExtractTest, TasksWithUnitsDatesAndReports) {
  const Record r = Read(kPlan);
  ASSERT_EQ(r.tasks.size(), 4U);
  EXPECT_EQ(r.tasks[0].id, "II#1");
  EXPECT_EQ(r.tasks[0].kind, "activity");
  EXPECT_EQ(r.tasks[0].due, "2026-05-14");
  const Task& lead = r.tasks[2];
  EXPECT_EQ(lead.section, "III.1");
  ASSERT_EQ(lead.assignees.size(), 2U);
  EXPECT_EQ(lead.assignees[0].name, "Phòng Kinh tế");
  EXPECT_EQ(lead.assignees[0].role, "lead");
  EXPECT_EQ(lead.assignees[1].name, "Công an");
  EXPECT_EQ(lead.assignees[1].role, "coordinate");
  EXPECT_EQ(lead.action, "Chủ trì, phối hợp với Công an xã kiểm tra cống; báo cáo UBND xã trước ngày 20 hằng tháng.");
  EXPECT_EQ(lead.when->value, "FREQ=MONTHLY;BYMONTHDAY=20");
  EXPECT_EQ(lead.report_to, std::vector<std::string>{"UBND xã"});
  const Task& asked = r.tasks[3];
  EXPECT_TRUE(asked.requested);
  ASSERT_EQ(asked.assignees.size(), 2U);
  EXPECT_EQ(asked.assignees[0].name, "Ủy ban Mặt trận Tổ quốc Việt Nam xã");
  EXPECT_EQ(asked.assignees[1].name, "Các đoàn thể");
  EXPECT_EQ(asked.due, "2026-06-30");
}

TEST_F(ExtractTest, QuantitiesHaveBounds) {
  const Record r = Read(kPlan);
  const auto stones = std::ranges::find(r.quantities, 30.0, &Quantity::value);
  ASSERT_NE(stones, r.quantities.end());
  EXPECT_EQ(stones->text, "ít nhất 30 rọ đá");
  EXPECT_EQ(stones->bound, "min");
  EXPECT_EQ(stones->of, "rọ đá");
}

// A value is the text at its span, after folding white space.
TEST_F(ExtractTest, ValuesAreWhatTheirSpansSay) {
  const Record r = Read(kPlan);
  const auto at = [&](ByteSpan span) { return FoldSpace(span.In(r.text)); };
  for (const DateValue& date : r.dates) EXPECT_EQ(at(date.span), date.text);
  for (const Task& task : r.tasks) EXPECT_EQ(at(task.span), task.action);
  for (const Quantity& quantity : r.quantities) EXPECT_EQ(at(quantity.span), quantity.text);
  EXPECT_EQ(at(*r.evidence.at("/metadata/subject").span), r.metadata.subject);
  EXPECT_EQ(at(*r.evidence.at("/metadata/signature/name").span), r.metadata.signature.name);
  for (const auto& [pointer, evidence] : r.evidence) {
    EXPECT_FALSE(evidence.rule.empty()) << pointer;
    EXPECT_GT(evidence.confidence, 0) << pointer;
    EXPECT_LE(evidence.confidence, 1) << pointer;
    if (evidence.span) {
      EXPECT_LE(evidence.span->end, r.text.size()) << pointer;
    }
  }
}

TEST_F(ExtractTest, NamesOfEventsAndPlansAreMarked) {
  const Record r = Read(kPlan);
  const auto year = std::ranges::find(r.dates, "năm 2026", &DateValue::text);
  ASSERT_NE(year, r.dates.end());
  EXPECT_TRUE(year->in_name);
}

TEST_F(ExtractTest, WorkPlanTables) {
  const Record r = Read(
      "KẾ HOẠCH\nLàm thủy lợi\nCăn cứ nghị quyết của Hội đồng nhân dân xã về thủy lợi nội đồng;\nI. NỘI DUNG\n"
      "TT\nNội dung công việc\nChủ trì\nPhối hợp\nThời gian\n"
      "1\nNạo vét kênh\nPhòng Kinh tế\nCác thôn\nTrước ngày\n20/11/2025\n"
      "2\nSửa cống\nVăn phòng\nHĐND và UBND\nxã\nCông an xã\nTháng 12/2025\n"
      "II. KINH PHÍ\nTừ ngân sách xã và đóng góp của nhân dân theo quy định hiện hành.\n");
  ASSERT_EQ(r.tasks.size(), 2U);
  EXPECT_EQ(r.tasks[0].action, "Nạo vét kênh");
  EXPECT_EQ(r.tasks[0].assignees[1].name, "Các thôn");
  EXPECT_EQ(r.tasks[0].due, "2025-11-19");
  EXPECT_EQ(r.tasks[1].assignees[0].name, "Văn phòng Hội đồng nhân dân và Ủy ban nhân dân xã");
  EXPECT_EQ(r.tasks[1].due, "2025-12-31");
}

TEST_F(ExtractTest, EmptyAndOddTextsGiveEmptyRecords) {
  for (const std::string_view text :
       {"", "\n\f\n", "1", "Kính gửi", "KẾ HOẠCH\n", "Số:", "- \n+ \n* \n", "ngày tháng năm"}) {
    const Record r = Read(text);
    EXPECT_TRUE(r.tasks.empty()) << text;
    EXPECT_EQ(r.text, text);
  }
}

TEST_F(ExtractTest, EventsOfItemsWithTheirTime) {
  const Record r = Read(
      "II. NỘI DUNG\n- Tổ chức Hội thi “Nhà sạch” vào sáng ngày 07/3/2026 tại nhà văn hóa xã.\n"
      "- Ban Chỉ đạo họp kiểm điểm 6 tháng/lần, biểu dương ấp về đích sớm.\n"
      "- Chuẩn bị phòng họp trước ngày 10/3/2026.\n");
  ASSERT_EQ(r.events.size(), 2U);
  EXPECT_EQ(r.events[0].title, "Hội thi “Nhà sạch”");
  EXPECT_EQ(r.events[0].when->value, "2026-03-07");
  EXPECT_EQ(r.events[0].where, "nhà văn hóa xã");
  EXPECT_EQ(r.events[1].title, "họp kiểm điểm");
}

TEST_F(ExtractTest, QuantitiesWithBoundAndUnit) {
  const Record r = Read(
      "I. KẾT QUẢ ĐẠT ĐƯỢC\nToàn xã có 8 thôn, 2.164 hộ.\nII. NỘI DUNG\n"
      "- Lắp 04 máy phun; tiêm tối thiểu 80% chó, mèo; giữ từ 5 đến 7 người trực, kinh phí 1,2 tỷ đồng.\n"
      "- Tỷ lệ hồ sơ trực tuyến đạt từ 95% trở lên.\n");
  std::vector<std::string> found;
  for (const Quantity& q : r.quantities)
    found.push_back(q.bound + " " + std::to_string(static_cast<long>(q.value)) + " " + q.of);
  EXPECT_EQ(found, (std::vector<std::string>{"exact 4 máy phun", "min 80 % chó, mèo", "min 5 người", "max 7 người",
                                             "exact 1200000000 đồng", "min 95 % hồ sơ trực tuyến"}));
}

TEST_F(ExtractTest, MisreadWordsOfFixedPhrasesAreKnown) {
  const Record r = Read(
      "ỦY BAN NHÂN DÂN\nXÃ LỘC VÂN\nS6: 15/KH-UBND\nLộc Vân, ngày 05 tháng /2 năm 2025\nKẾ HOẠCH\nPhòng dịch\n"
      "I. NỘI DUNG\n- Tổ chuyễm đổi số cộng đồng tập huấn cho dân, xong trudc ngày 20/12/2025.\n");
  EXPECT_EQ(r.metadata.symbol, "15/KH-UBND");
  EXPECT_EQ(r.metadata.date->value, "2025-12-05");
  ASSERT_EQ(r.tasks.size(), 1U);
  EXPECT_EQ(r.tasks[0].due, "2025-12-19");
  ASSERT_EQ(r.tasks[0].assignees.size(), 1U);
  EXPECT_EQ(r.tasks[0].assignees[0].name, "Tổ chuyển đổi số cộng đồng");
}

// Who acts, said in the ways of small offices.
TEST_F(ExtractTest, WhoActsInProseAndByName) {
  const Record r = Read(
      "ỦY BAN NHÂN DÂN\nXÃ LỘC VÂN\nSố: 15/KH-UBND\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
      "Lộc Vân, ngày 05 tháng 3 năm 2026\nKẾ HOẠCH\nDựng cầu tre\n"
      "I. CÁC VIỆC PHẢI LÀM\n"
      "- Vẽ cầu do Phòng Kinh tế đảm nhiệm, hạn chót 20/3/2026.\n"
      "- Chặt tre, giao cho Hội Nông dân chọn gốc già.\n"
      "- Hội Phụ nữ cùng với Đoàn Thanh niên xã nấu cơm.\n"
      "II. PHÂN CÔNG TRÁCH NHIỆM\n"
      "1. Ông Lê Văn Tám – Trưởng ban: Trông coi chung, có sự tham gia của Ban Giám sát đầu tư cộng đồng.\n");
  ASSERT_EQ(r.tasks.size(), 4U);
  const auto who = [&](std::size_t task) {
    std::string out;
    for (const Assignee& a : r.tasks[task].assignees) out += a.name + " (" + a.role + ") ";
    return out;
  };
  EXPECT_EQ(who(0), "Phòng Kinh tế (lead) ");
  EXPECT_EQ(r.tasks[0].due, "2026-03-20");
  EXPECT_EQ(who(1), "Hội Nông dân (lead) ");
  EXPECT_EQ(who(2), "Hội Phụ nữ (lead) Đoàn Thanh niên xã (lead) ");
  EXPECT_EQ(who(3), "Ông Lê Văn Tám (lead) Ban Giám sát đầu tư cộng đồng (coordinate) ");
}

TEST_F(ExtractTest, TablesWithoutRunningNumbers) {
  const Record r = Read(
      "ỦY BAN NHÂN DÂN\nXÃ LỘC VÂN\nSố: 15/KH-UBND\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
      "Lộc Vân, ngày 05 tháng 3 năm 2026\nKẾ HOẠCH\nDựng cầu tre\nI. TIẾN ĐỘ\n"
      "Việc cần làm\nAi làm\nXong trước\n"
      "Vẽ cầu, tính\ntiền\nPhòng Kinh tế\n20/3/2026\n"
      "Chặt tre\nÔng Lê Văn Tám\nTháng 4/2026\n"
      "II. KINH PHÍ\nDân góp 3.000.000đ, không dưới 200 cây tre.\n");
  ASSERT_EQ(r.tasks.size(), 2U);
  EXPECT_EQ(r.tasks[0].action, "Vẽ cầu, tính tiền");
  EXPECT_EQ(r.tasks[0].due, "2026-03-20");
  ASSERT_EQ(r.tasks[1].assignees.size(), 1U);
  EXPECT_EQ(r.tasks[1].assignees[0].name, "Ông Lê Văn Tám");
  EXPECT_EQ(r.tasks[1].due, "2026-04-30");
  ASSERT_EQ(r.quantities.size(), 2U);
  EXPECT_EQ(r.quantities[0].value, 3000000);
  EXPECT_EQ(r.quantities[1].bound, "min");
}

std::string HeadOf(std::string_view body) {
  return "ỦY BAN NHÂN DÂN\nXÃ LỘC VÂN\nSố: 15/KH-UBND\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh "
         "phúc\n"
         "Lộc Vân, ngày 05 tháng 3 năm 2026\nKẾ HOẠCH\nDựng cầu tre\n" +
         std::string(body);
}

std::vector<std::string> EventsOf(const Record& r) {
  std::vector<std::string> out;
  for (const Event& event : r.events) {
    std::string line = event.title + " | ";
    if (event.when && event.when->value) line += *event.when->value;
    if (event.when && event.when->time) line += " " + *event.when->time;
    if (event.where) line += " | " + *event.where;
    if (event.part_of) line += " < " + *event.part_of;
    out.push_back(line);
  }
  return out;
}

TEST_F(ExtractTest, AProgrammeOfDaysAndHours) {
  const Record r = Read(
      "ỦY BAN NHÂN DÂN\nXÃ LỘC VÂN\nSố: 15/GM-UBND\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
      "Lộc Vân, ngày 05 tháng 3 năm 2026\nGIẤY MỜI\nDự kỳ họp thứ tư, Hội đồng nhân dân xã khóa II\n"
      "1. Thời gian: từ ngày 23/3/2026 đến ngày 24/3/2026.\n2. Chương trình\n"
      "Giờ\nNội dung\nNgười điều hành\nĐịa điểm\nNGÀY 23/3\n(THỨ HAI)\n07h30\nĐón tiếp đại biểu,\nphát tài liệu\n"
      "Văn phòng HĐND và\nUBND\n08h00\nKhai mạc, chào cờ\nChủ tịch HĐND xã\nHội trường lớn\nNGÀY 24/3\n(THỨ BA)\n"
      "14h15\nThảo luận ở tổ\nTổ trưởng các tổ\nPhòng họp số 2\n3. Kinh phí\nTừ ngân sách xã.\n");
  EXPECT_EQ(EventsOf(r),
            (std::vector<std::string>{"kỳ họp thứ tư, Hội đồng nhân dân xã khóa II | 2026-03-23/2026-03-24",
                                      "Đón tiếp đại biểu, phát tài liệu | 2026-03-23 07:30 < e1",
                                      "Khai mạc, chào cờ | 2026-03-23 08:00 | Hội trường lớn < e1",
                                      "Thảo luận ở tổ | 2026-03-24 14:15 | Phòng họp số 2 < e1"}));
}

TEST_F(ExtractTest, GatheringsInAPlanByMonths) {
  const Record r = Read(
      HeadOf("I. CÁC THÁNG\nTháng\nNội dung\nĐơn vị chuẩn bị\nPhối hợp\nNgày\nTháng\n7\nHọp giao ban khối\nđoàn thể\n"
             "Văn phòng\nHĐND và UBND\nPhòng Kinh tế\nSáng\n16/7/2026\nGiám sát việc thu gom rác\nPhòng Kinh tế\n"
             "Công an xã\n10 -\n21/7/2026\nTháng\n8\nKỳ họp thứ năm HĐND xã\nVăn phòng\nHĐND và UBND\nPhòng Kinh tế\n"
             "27 và\n28/8/2026\nII. KINH PHÍ\nTừ ngân sách xã.\n"));
  ASSERT_EQ(r.tasks.size(), 3U);
  EXPECT_EQ(r.tasks[1].action, "Giám sát việc thu gom rác");
  EXPECT_EQ(r.tasks[1].when->value, "2026-07-10/2026-07-21");
  EXPECT_EQ(EventsOf(r), (std::vector<std::string>{"Họp giao ban khối đoàn thể | 2026-07-16",
                                                   "Kỳ họp thứ năm HĐND xã | 2026-08-27/2026-08-28"}));
}

// What is done at an hour of a day is a gathering; what somebody has to send at that hour is none.
TEST_F(ExtractTest, WhatHappensAtAnHour) {
  const Record r = Read(HeadOf(
      "I. NỘI DUNG\n- Phòng Kinh tế chủ trì, phối hợp với Công an xã tổng duyệt hai tổ bơm 19 giờ ngày 21/5/2026.\n"
      "- Đoàn Thanh niên xã ra quân sáng Chủ nhật, ngày 24/5/2026 tại thôn Đồng.\n"
      "- Phòng Kinh tế gửi báo cáo nhanh 15 giờ ngày 22/5/2026.\n- Ra quân dọn vật liệu ngày 15/5/2026.\n"
      "- Trạm Y tế cắt điện từ 8 giờ đến 11 giờ ngày 23/5/2026.\n- Gửi tài liệu trước hội nghị ngày 20/5/2026.\n"));
  EXPECT_EQ(EventsOf(r),
            (std::vector<std::string>{"tổng duyệt hai tổ bơm | 2026-05-21 19:00", "ra quân | 2026-05-24 | thôn Đồng"}));
}

// Under a heading that names an event its sentences tell the parts of it.
TEST_F(ExtractTest, PartsOfAnEventInSentences) {
  const Record r =
      Read(HeadOf("I. NGÀY HỘI CHIẾU LỘC VÂN\nNgày hội mở ở sân đình từ ngày 25/9 đến ngày 27/9/2026. Lễ rước tổ nghề "
                  "bắt đầu 6 giờ 30 "
                  "sáng 25/9 từ miếu Cả. Đêm 27/9 trao giải, bế mạc.\n"
                  "II. NGÀY HỘI THẢ CÁ\nNgày hội mở ngày 05/10/2026 tại bến Nà: 7 giờ 15 cúng hồ; 8 giờ thả cá giống; "
                  "kinh phí 3 triệu "
                  "đồng.\n"
                  "III. KINH PHÍ\nTừ ngân sách xã; họp hai tuần một lần.\n"));
  EXPECT_EQ(EventsOf(r), (std::vector<std::string>{
                             "NGÀY HỘI CHIẾU LỘC VÂN | 2026-09-25/2026-09-27", "NGÀY HỘI THẢ CÁ | 2026-10-05 | bến Nà",
                             "Lễ rước tổ nghề | 2026-09-25 06:30 < e1", "trao giải, bế mạc | 2026-09-27 < e1",
                             "cúng hồ | 2026-10-05 07:15 < e2", "thả cá giống | 2026-10-05 08:00 < e2"}));
}

TEST_F(ExtractTest, SymbolsThatLostTheirMarks) {
  const Record r = Read(HeadOf(
      "Căn cứ Nghị quyết số 09-NQ/DU ngày 28/01/2026 của Đảng ủy xã; Kế hoạch số 41/KH-DCT ngày 22/01/2026; Công văn "
      "số 2204/SNNMIT-TL ngày 19/02/2026; Hướng dẫn số 7/HD-SNV ngày 20/02/2026;\nI. NỘI DUNG\n- Quét đường.\n"));
  std::vector<std::string> symbols;
  for (const Reference& reference : r.references) symbols.push_back(reference.symbol.value_or(""));
  EXPECT_EQ(symbols, (std::vector<std::string>{"09-NQ/ĐU", "41/KH-ĐCT", "2204/SNNMT-TL", "7/HD-SNV"}));
}

TEST_F(ExtractTest, OfficesUnderASeal) {
  const auto signature = [](const std::string& lines) {
    return Read(HeadOf("I. NỘI DUNG\n- Quét đường.\nNơi nhận:\n- Lưu: VT.\nTM. ỦY BAN NHÂN DÂN\n" + lines))
        .metadata.signature;
  };
  EXPECT_EQ(signature("CHỦ\nLường Thế Khoáng\n").position, "CHỦ TỊCH");
  const Signature deputy = signature("KT.\nCHỦ TỊCH\nLường Thế Khoáng\n");
  EXPECT_EQ(deputy.on_behalf, "KT. CHỦ TỊCH");
  EXPECT_EQ(deputy.position, "PHÓ CHỦ TỊCH");
  EXPECT_EQ(signature("CHỦ TỊCH\nLường Thế Khoáng\n").position, "CHỦ TỊCH");
}

TEST_F(ExtractTest, TheFileCopyIsTheLastRecipient) {
  const Record r =
      Read(HeadOf("I. NỘI DUNG\n- Quét đường.\nNơi nhận:\n- UBND tỉnh;\n- 14 thôn;\n- Lưu: VT.\n- Về Sỹ Hlgp.\nTM. ỦY "
                  "BAN NHÂN DÂN\nCHỦ "
                  "TỊCH\nLường Thế Khoáng\n"));
  EXPECT_EQ(r.metadata.recipients, (std::vector<std::string>{"UBND tỉnh", "14 thôn", "Lưu: VT"}));
}

TEST_F(ExtractTest, ASchoolLiesInTheCommuneOfItsName) {
  const Record r = Read(
      "SỞ GIÁO DỤC VÀ ĐÀO TẠO LÀO CAI\nTRƯỜNG TRUNG HỌC CƠ SỞ NẬM MƯỜI\nSố: 18/KH-THCS\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT "
      "NAM\n"
      "Độc lập - Tự do - Hạnh phúc\nNậm Mười, ngày 28 tháng 8 năm 2025\nKẾ HOẠCH\nTổ chức bếp ăn\nI. NỘI DUNG\n"
      "- Phối hợp với Trạm Y tế xã Nậm Mười kiểm tra bếp.\n");
  EXPECT_EQ(r.metadata.issuer.place.name, "xã Nậm Mười");
  EXPECT_EQ(r.metadata.issuer.place.province, "Lào Cai");
}

TEST_F(ExtractTest, BodiesOfAPartyCommittee) {
  const Record r = Read(
      "ĐẢNG ỦY XÃ LỘC VÂN\nỦY BAN KIỂM TRA\n*\nSố 02-KH/UBKTĐU\nĐẢNG CỘNG SẢN VIỆT NAM\n"
      "Lộc Vân, ngày 14 tháng 01 năm 2026\nKẾ HOẠCH\nkiểm tra, giám sát năm 2026\n"
      "Thực hiện Chương trình của Tỉnh ủy Nghệ An, Ủy ban Kiểm tra xây dựng Kế hoạch:\nI. NỘI DUNG\n- Giám sát chi "
      "bộ.\n");
  EXPECT_EQ(r.metadata.issuer.name, "Ủy ban Kiểm tra Đảng ủy xã Lộc Vân");
  EXPECT_EQ(r.metadata.issuer.place.province, "Nghệ An");
}

// Who acts and when, in the ways of many offices: section, units, time of each task.
TEST_F(ExtractTest, TasksInTheWaysOfManyOffices) {
  struct Sample {
    const char* body;
    std::vector<std::string> tasks;  // "units | when"
  };
  const std::vector<Sample> samples = {
      // The unit in brackets at the end.
      {"I. NỘI DUNG\n- Xóa 21 nhà tạm (Mặt trận Tổ quốc xã chủ trì; Hội Nông dân, Đoàn Thanh niên phối hợp).\n"
       "- Khám sức khỏe người già, xong trước ngày 15/5/2026 (Trạm Y tế).\n",
       {"Mặt trận Tổ quốc xã lead, Hội Nông dân coordinate, Đoàn Thanh niên coordinate | ",
        "Trạm Y tế lead | ../2026-05-14"}},
      // Lines below the task.
      {"I. NỘI DUNG\n1. Mở 04 lớp tập huấn cho thôn.\n- Đơn vị thực hiện: Phòng Văn hóa - Xã hội.\n- Đơn vị phối hợp: "
       "Các "
       "thôn.\n- Thời gian hoàn thành: tháng 4/2026.\n",
       {"Phòng Văn hóa - Xã hội lead, Các thôn coordinate | 2026-04"}},
      {"I. NỘI DUNG\n1. Nhiệm vụ 1: Làm đường\na) Nội dung: Đổ bê tông đường nội đồng.\nb) Đơn vị chủ trì: Phòng Kinh "
       "tế.\nc) Thời gian hoàn thành: Trước ngày 30/9/2026.\n",
       {"Phòng Kinh tế lead | ../2026-09-29"}},
      // Lines behind points in brackets.
      {"Nhiệm vụ 1: Dọn suối\n(1) Chia suối làm bốn đoạn.\n(2) Buộc lưới chắn.\nĐơn vị thực hiện: Chi đoàn thôn 1; "
       "phối hợp: "
       "Hội Nông dân xã.\nNhiệm vụ 2: Trồng cây\n(1) Ươm cây.\n(2) Đào hố.\nĐơn vị thực hiện: Chi đoàn thôn 2.\n",
       {"Chi đoàn thôn 1 lead, Hội Nông dân coordinate | ", "Chi đoàn thôn 1 lead, Hội Nông dân coordinate | ",
        "Chi đoàn thôn 2 lead | ", "Chi đoàn thôn 2 lead | "}},
      // A line that names the time or the unit of the bullets behind it.
      {"II. VIỆC TỪNG THÁNG\nTháng 9/2026\n* Phát phiếu hỏi.\nTháng 10/2026\n* Chiếu phim ngắn.\n",
       {" | 2026-09", " | 2026-10"}},
      {"III. PHÂN CÔNG\nTiểu ban Lễ tân, khánh tiết\n• Gửi giấy mời.\nTrạm Y tế\n• Trực sơ cứu.\n",
       {"Tiểu ban Lễ tân, khánh tiết lead | ", "Trạm Y tế lead | "}},
      // Counted points of prose.
      {"II. NỘI DUNG\nMột là, nâng cao nhận thức của nhân dân.\nHai là, đề nghị Viễn thông Đồng Nai thu hồi cáp "
       "hỏng.\n",
       {" | ", "Viễn thông Đồng Nai lead | "}},
      // The committee hands on; the office stands for the issuer; "mỗi" means the heading's unit.
      {"III. PHÂN CÔNG\n1. UBND xã giao Tổ thú y tiêm phòng đàn vật nuôi.\n2. Chủ tịch: Ký duyệt danh sách.\n3. Tổ Thư "
       "ký: Mỗi "
       "đồng chí viết hai bài.\n",
       {"Tổ thú y lead | ", "Ủy ban nhân dân xã Lộc Vân lead | ", "Tổ Thư ký lead | "}},
      // A short name takes its long form.
      {"III. PHÂN CÔNG\n1. Đề nghị Đồn Biên phòng Lạch Dừa\n- Trực màn hình.\n2. Công an xã: Phối hợp với Đồn Biên "
       "phòng canh "
       "cửa lạch.\n",
       {"Đồn Biên phòng Lạch Dừa lead | ", "Công an lead, Đồn Biên phòng Lạch Dừa coordinate | "}},
      // A Party committee of a body, branches, the heads of groups, a body of another commune.
      {"III. PHÂN CÔNG\n1. Đảng ủy Công an xã, Chi bộ Quân sự\n- Đi đầu về tỷ lệ cài đặt.\n2. Các chi bộ trực "
       "thuộc\n- Họp phổ biến Kế hoạch.\n3. Tổ trưởng 31 tổ dân phố\n- Phát tờ rơi tới từng nhà.\n4. Công an xã Ea "
       "Siên\n- Trực chốt đầu cầu.\n",
       {"Đảng ủy Công an xã lead, Chi bộ Quân sự lead | ", "Các chi bộ trực thuộc lead | ", "Các tổ dân phố lead | ",
        "Công an xã Ea Siên lead | "}},
      // Below a heading without a label.
      {"I. NỘI DUNG\n- Dọn suối.\nCHIA PHẦN VIỆC TRONG BAN\n- Đồng chí Phạm Gia Huy: ký nhận trẻ với cha mẹ.\n",
       {" | ", "Đồng chí Phạm Gia Huy lead | "}},
  };
  for (const Sample& sample : samples) {
    std::vector<std::string> found;
    for (const Task& task : Read(HeadOf(sample.body)).tasks) {
      std::string line;
      for (const Assignee& a : task.assignees) line += (line.empty() ? "" : ", ") + a.name + " " + a.role;
      found.push_back(line + " | " + (task.when ? task.when->value.value_or("") : std::string()));
    }
    EXPECT_EQ(found, sample.tasks) << sample.body;
  }
}

TEST_F(ExtractTest, ProgrammesAsLists) {
  const Record r =
      Read(HeadOf("I. THỜI GIAN, ĐỊA ĐIỂM\n- Thời gian: hai ngày, 14 và 15/11/2026.\n- Địa điểm: bãi chợ cũ.\nII. "
                  "CHƯƠNG TRÌNH NGÀY HỘI\n"
                  "Ngày thứ nhất: thứ Bảy, 14/11/2026\n* 6 giờ 30 - 7 giờ 30: Đón khách, tại cổng bản.\n* Từ 13 giờ "
                  "30: Đẩy gậy, đánh yến.\n"
                  "Ngày thứ hai: Chủ nhật, 15/11/2026\n* 9 giờ 15: Chọi dê.\n"));
  ASSERT_EQ(r.events.size(), 4U);
  EXPECT_EQ(r.events[1].title, "Đón khách");
  EXPECT_EQ(r.events[1].where, "cổng bản");
  EXPECT_EQ(r.events[1].when->value, "2026-11-14");
  EXPECT_EQ(r.events[1].when->time, "06:30");
  EXPECT_EQ(r.events[3].when->value, "2026-11-15");
  EXPECT_EQ(r.events[3].part_of, r.events[0].id);
  EXPECT_TRUE(r.tasks.empty());
}

TEST_F(ExtractTest, MoreBoundsAndUnitsOfQuantities) {
  const Record r = Read(HeadOf(
      "II. CHỈ TIÊU\n- Giá trị sản xuất tăng từ 8,5% đến 9%.\n- Mỗi lớp ba em làm nòng cốt; không để quá 02 vụ bắt "
      "nạt.\n"
      "- Bầu không quá 05 đồng chí; xã thưởng 38 triệu; mời độ 2.000 người.\n- Rà soát ở 11 thôn, lắp 05 tủ sách.\n"));
  std::vector<std::string> found;
  for (const Quantity& q : r.quantities)
    found.push_back(q.bound + " " + std::to_string(q.value).substr(0, std::to_string(q.value).find('.') + 2) + " " +
                    q.of);
  EXPECT_EQ(found, (std::vector<std::string>{"min 8.5 % giá trị sản xuất", "max 9.0 % giá trị sản xuất",
                                             "max 2.0 vụ bắt nạt", "max 5.0 đồng chí", "exact 38000000.0 đồng",
                                             "approx 2000.0 người", "exact 5.0 tủ sách"}));
}

// What a signature must be, and the place that the head names twice, after a reader's errors.
TEST_F(ExtractTest, MisreadHeadsAndSignatures) {
  const Record r = Read(
      "ỦY BAN NHÂN DÂN\nXÃ LỘC VÂN\nSố: 1 5/UBND-KT\nVà kê khai\ntài sản\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập "
      "- Tự do - "
      "Hạnh phúc\nLộc Vận, ngày 05 tháng 3 năm 2026\nKính gửi: Các thôn.\nXã Lộc Vân mời các thôn Lộc Vân Đông họp.\n"
      "Nơi nhận:\n- Như trên;\n- Lưu: VT.\nIM, ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nỞ CHỦ TỊCH\nLường Thế Khoáng\n");
  EXPECT_EQ(r.metadata.number, "15");
  EXPECT_EQ(r.metadata.symbol, "15/UBND-KT");
  EXPECT_EQ(r.metadata.subject, "Và kê khai tài sản");
  EXPECT_EQ(r.metadata.place, "Lộc Vân");
  EXPECT_TRUE(r.evidence.at("/metadata/place").inferred);
  EXPECT_EQ(r.metadata.signature.authority, "TM. ỦY BAN NHÂN DÂN");
  EXPECT_EQ(r.metadata.signature.position, "PHÓ CHỦ TỊCH");
  EXPECT_TRUE(r.evidence.at("/metadata/signature/position").inferred);
}

TEST_F(ExtractTest, ListsThatAreCutAreReported) {
  std::string list = "Thôn Một";
  for (int i = 0; i < 130; ++i) list += ", Công an xã";
  const Record r = Read(HeadOf("III. PHÂN CÔNG\n1. " + list + ": Họp.\n"));
  EXPECT_TRUE(std::ranges::any_of(r.issues, [](const Issue& issue) { return issue.code == "limit"; }));
}

TEST(ExtractRules, MissingAndDamagedTablesAreNamed) {
  EXPECT_EQ(ExtractRules::Load("no/such/folder").error().code, ErrorCode::kMissing);
  const std::filesystem::path dir = std::filesystem::path(testing::TempDir()) / "damaged_rules";
  std::filesystem::create_directories(dir / "rules");
  for (const auto& file : std::filesystem::directory_iterator(kModels + "/rules")) {
    if (!file.is_regular_file()) continue;
    std::filesystem::copy_file(file, dir / "rules" / file.path().filename(),
                               std::filesystem::copy_options::overwrite_existing);
  }
  std::ofstream(dir / "rules" / "units.tsv") << "# units\nbody\tcông an\n";
  const Result<ExtractRules> rules = ExtractRules::Load(dir.string());
  ASSERT_FALSE(rules.ok());
  EXPECT_EQ(rules.error().code, ErrorCode::kModel);
  EXPECT_NE(rules.error().message.find("units.tsv:2: 4 columns expected, 2 found"), std::string::npos)
      << rules.error().message;
}

// What is wrong in an office's own table is said with its file and line.
TEST(ExtractRules, TablesOfAnOfficeAreChecked) {
  struct Case {
    std::string file, rows, message;
  };
  const std::vector<Case> cases = {
      {"names.tsv", "# ours\nterritory\tnóc\nhamlet\tplei\n", "names.tsv:3: stop, inner, territory or level expected"},
      {"names.tsv", "stop\tbên cạnh\n", "names.tsv:1: one syllable expected: bên cạnh"},
      {"people.tsv", "trader\tthương lái\n",
       "people.tsv:1: one of bearer, not, honour, member, office, head, board expected"},
      {"items.tsv", "\n\nwhen\tthời điểm\n", "items.tsv:3: one of time, place"},
      {"reports.tsv", "direct\n", "reports.tsv:1: 2 columns expected, 1 found"},
      {"signature.tsv", "office\tđội trưởng\n", "signature.tsv:1: one syllable expected"},
      {"person.tsv", "bearer\tthương lái\n", "there is no table of this name"},
  };
  for (const Case& c : cases) {
    const std::filesystem::path office = std::filesystem::path(testing::TempDir()) / "office_rules_checked";
    std::filesystem::remove_all(office);
    std::filesystem::create_directories(office);
    std::ofstream(office / c.file) << c.rows;
    const Result<ExtractRules> rules = ExtractRules::Load(kModels, office.string());
    ASSERT_FALSE(rules.ok()) << c.message;
    EXPECT_EQ(rules.error().code, ErrorCode::kModel);
    EXPECT_NE(rules.error().message.find(c.message), std::string::npos) << rules.error().message;
  }
}

// An office's own people, villages and reports.
TEST_F(ExtractTest, TablesOfAnOfficeAreUsed) {
  const std::filesystem::path office = std::filesystem::path(testing::TempDir()) / "office_rules_used";
  std::filesystem::create_directories(office);
  std::ofstream(office / "people.tsv") << "bearer\tthương lái\n";
  std::ofstream(office / "names.tsv") << "territory\tnóc\n";
  std::ofstream(office / "reports.tsv") << "direct\ttrình sổ\n";
  const std::string text =
      std::string(kPlan.substr(0, kPlan.find("III."))) +
      "III. TỔ CHỨC THỰC HIỆN\n- Thương lái mua tôm phải ghi sổ.\n- Nóc Măng Rơi dựng rào chuồng.\n"
      "- Công an xã trực ngày lễ, trình sổ Phòng Kinh tế trong tuần.\n";
  const auto read = [&](const std::string& folder) {
    const Result<SegmentRules> segment = SegmentRules::Load(kModels, folder);
    const Result<ExtractRules> extract = ExtractRules::Load(kModels, folder);
    Record record;
    if (!segment.ok() || !extract.ok()) return record;
    const DocumentText document = FromPlainText(text);
    Extract(document, Segment(document, *segment), *extract, {}, record);
    return record;
  };
  const auto lead = [](const Record& r, std::size_t task) {
    return r.tasks.size() > task && !r.tasks[task].assignees.empty() ? r.tasks[task].assignees[0].name : std::string();
  };
  const Record own = read(office.string()), plain = read({});
  ASSERT_EQ(own.tasks.size(), plain.tasks.size());
  const std::size_t first = own.tasks.size() - 3;
  EXPECT_EQ(lead(own, first), "Thương lái mua tôm");
  EXPECT_EQ(lead(plain, first), "");
  EXPECT_EQ(lead(own, first + 1), "Nóc Măng Rơi");
  EXPECT_EQ(lead(plain, first + 1), "");
  EXPECT_EQ(own.tasks[first + 2].report_to, std::vector<std::string>{"Phòng Kinh tế"});
  EXPECT_TRUE(plain.tasks[first + 2].report_to.empty());
}

// The items of a plan's content, one a row of a table, and what is read of each as "…; …".
template <typename Items, typename Show>
std::vector<std::string> ReadRows(const std::vector<RuleRow>& rows, const std::function<Record(std::string_view)>& read,
                                  const Items& items, const Show& show) {
  std::vector<std::string> out;
  for (const RuleRow& row : rows) {
    const Record r = read("KẾ HOẠCH\nMột số việc của xã năm 2026\nI. NỘI DUNG\n- " + row.cells[0] + "\n");
    std::string all;
    for (const auto& item : items(r)) all += (all.empty() ? "" : "; ") + show(item);
    out.push_back(all);
  }
  return out;
}

TEST_F(ExtractTest, QuantitiesOfTheTable) {
  const auto rows = ReadRuleTable(std::string(HOIDAU_SOURCE_DIR) + "/tests/unit/extract/data/quantities.tsv", 2);
  ASSERT_TRUE(rows.ok()) << rows.error().message;
  ASSERT_GT(rows->size(), 100U);
  const auto found = ReadRows(
      *rows, [](std::string_view text) { return Read(text); }, [](const Record& r) { return r.quantities; },
      [](const Quantity& q) {
        std::ostringstream value;
        value << std::setprecision(14) << q.value;
        return q.bound + " " + value.str() + " " + q.of;
      });
  for (std::size_t i = 0; i < rows->size(); ++i) EXPECT_EQ(found[i], (*rows)[i].cells[1]) << (*rows)[i].cells[0];
}

// A heading that the first words below it give a time and a place names an event; its hours are parts of it.
TEST_F(ExtractTest, AHeadingThatIsGivenItsTimeBelow) {
  const Record r =
      Read(HeadOf("I. DIỄN TẬP CẤP CỨU TRÊN BIỂN\nBắt đầu 05 giờ 30 ngày 18/4/2026, tại bến Bãi Giếng.\nII. KINH "
                  "PHÍ\nTừ ngân sách xã, "
                  "chi xong trước ngày 20/5/2026.\n"));
  EXPECT_EQ(EventsOf(r), (std::vector<std::string>{"DIỄN TẬP CẤP CỨU TRÊN BIỂN | 2026-04-18 05:30 | bến Bãi Giếng"}));
}

TEST_F(ExtractTest, ATableWithAColumnForUnitsCounts) {
  const Record r = Read(HeadOf(
      "I. VẬT TƯ\nTT\nTên vật tư\nĐVT\nSố lượng\n1\nCân điện tử\ncái\n6\n2\nGạo tẻ\ntấn\n38\nII. KINH PHÍ\nTừ ngân "
      "sách xã.\n"));
  std::vector<std::string> found;
  for (const Quantity& q : r.quantities) found.push_back(std::to_string(static_cast<int>(q.value)) + " " + q.of);
  EXPECT_EQ(found, (std::vector<std::string>{"6 cái", "38 tấn"}));
}

TEST_F(ExtractTest, EventsOfTheTable) {
  const auto rows = ReadRuleTable(std::string(HOIDAU_SOURCE_DIR) + "/tests/unit/extract/data/events.tsv", 2);
  ASSERT_TRUE(rows.ok()) << rows.error().message;
  for (const RuleRow& row : *rows) {
    const Record r = Read(HeadOf("I. NỘI DUNG\n- " + row.cells[0] + "\n"));
    std::string all;
    for (const Event& e : r.events)
      all += (all.empty() ? "" : "; ") + e.title + " @ " + (e.when ? e.when->value.value_or("-") : "-") + " @ " +
             e.where.value_or("-");
    EXPECT_EQ(all, row.cells[1]) << row.cells[0];
  }
}

std::vector<std::string> Units(const Task& task) {
  std::vector<std::string> out;
  for (const Assignee& a : task.assignees) out.push_back(a.name + " " + a.role);
  return out;
}

TEST_F(ExtractTest, ASentenceOrABracketWithAKeyNamesWhoActs) {
  const Record r = Read(HeadOf(
      "II. NHIỆM VỤ\n- Trồng 800 cây ở đồi Bái. Phân công: Đoàn Thanh niên chủ trì, các đoàn thể phối hợp.\n"
      "- Cấp bò giống cho hộ nghèo. Người thực hiện: ông Hứa Văn Đáo, công chức Địa chính - Nông nghiệp.\n"
      "- Kiểm tra 15 hộ, lần đầu chỉ nhắc. (Chủ trì: Phòng Kinh tế; phối hợp: Công an xã; thời gian: mỗi quý)\n"));
  ASSERT_EQ(r.tasks.size(), 3U);
  EXPECT_EQ(Units(r.tasks[0]), (std::vector<std::string>{"Đoàn Thanh niên lead", "Các đoàn thể coordinate"}));
  EXPECT_EQ(Units(r.tasks[1]), (std::vector<std::string>{"Công chức Địa chính - Nông nghiệp lead"}));
  EXPECT_EQ(Units(r.tasks[2]), (std::vector<std::string>{"Phòng Kinh tế lead", "Công an coordinate"}));
}

TEST_F(ExtractTest, ShortFormsThatTheDocumentDefines) {
  const Record r = Read(HeadOf(
      "Ủy ban nhân dân xã giao Trung tâm Phục vụ hành chính công (viết tắt: TTHCC) làm đầu mối như sau:\n"
      "I. PHÂN CÔNG\n- TTHCC mua 02 máy quét trước ngày 30/10/2026.\n- Phòng Kinh tế chuyển danh sách cho TTHCC.\n"));
  ASSERT_EQ(r.tasks.size(), 2U);
  EXPECT_EQ(Units(r.tasks[0]), (std::vector<std::string>{"Trung tâm Phục vụ hành chính công lead"}));
  EXPECT_EQ(r.tasks[1].report_to, std::vector<std::string>{"TTHCC"});
}

TEST_F(ExtractTest, PersonsStandForTheirBodiesAndListsOfVillagesAreSplit) {
  const Record r = Read(
      HeadOf("I. PHÂN CÔNG\n- Bà Y Blưn, công chức Văn hóa - Xã hội, in 650 tờ giấy mời.\n"
             "- Trưởng thôn Đông Lạc, thôn Nam Lạc vận động nhân dân.\n"
             "- Tổ trưởng các tổ dân phố số 14, 15 và 16 báo cho từng hộ.\n"
             "1. Văn phòng HĐND và UBND\n- Đồng chí Hà Thị Phin, Chánh Văn phòng, làm đầu mối; tổng hợp ý kiến.\n"));
  ASSERT_EQ(r.tasks.size(), 4U);
  EXPECT_EQ(Units(r.tasks[0]), (std::vector<std::string>{"Công chức Văn hóa - Xã hội lead"}));
  EXPECT_EQ(Units(r.tasks[1]), (std::vector<std::string>{"Thôn Đông Lạc lead", "Thôn Nam Lạc lead"}));
  EXPECT_EQ(Units(r.tasks[2]),
            (std::vector<std::string>{"Tổ dân phố số 14 lead", "Tổ dân phố số 15 lead", "Tổ dân phố số 16 lead"}));
  EXPECT_EQ(Units(r.tasks[3]), (std::vector<std::string>{"Văn phòng Hội đồng nhân dân và Ủy ban nhân dân lead"}));
}

TEST_F(ExtractTest, AnAuthorityOverTwoLines) {
  const Record r = Read(HeadOf(
      "I. NỘI DUNG\n- Họp tổ trước ngày 12/6/2026.\nNơi nhận:\n- Lưu: VT,\nKT, VP, CAX;\nTM. THƯỜNG TRỰC HỘI ĐỒNG\n"
      "NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\nPhùng Thế Ngạn\n"));
  EXPECT_EQ(r.metadata.signature.authority, "TM. THƯỜNG TRỰC HỘI ĐỒNG NHÂN DÂN");
  EXPECT_EQ(r.metadata.signature.on_behalf, "KT. CHỦ TỊCH");
  EXPECT_EQ(r.metadata.signature.position, "PHÓ CHỦ TỊCH");
}

TEST_F(ExtractTest, TargetsOfANoticeWithoutSections) {
  const Record r = Read(
      HeadOf("Thực hiện Kế hoạch số 9/KH-UBND ngày 10/01/2026 của UBND huyện, xã ta có 9 làng\nthì tiêm cả 9 làng.\n"
             "Chỉ tiêu: Trên 95 % trẻ được tiêm; mỗi buổi không quá 100 mũi.\n"));
  ASSERT_EQ(r.quantities.size(), 2U);
  EXPECT_EQ(r.quantities[0].of, "% trẻ");
  EXPECT_EQ(r.quantities[1].of, "mũi");
}

// Of each task the units with their roles, "A lead; B coordinate".
std::vector<std::string> UnitsOfTasks(const Record& record) {
  std::vector<std::string> out;
  for (const Task& task : record.tasks) {
    std::string all;
    for (const std::string& unit : Units(task)) all += (all.empty() ? "" : "; ") + unit;
    out.push_back(all);
  }
  return out;
}

TEST_F(ExtractTest, NamesGoOnOverTheirNouns) {
  const Record r = Read(HeadOf(
      "I. PHÂN CÔNG\n1. Phòng Kinh tế\n- Gửi kết quả về Ban Chỉ huy Phòng thủ dân sự tỉnh trước ngày 21/3/2026.\n"
      "- Phối hợp với Hội Liên hiệp phụ nữ, Tổ thu thập thông tin lập danh sách.\n"
      "- Báo cáo Ban Chỉ huy PCTT và TKCN huyện; Đội xung kích trực đê.\n"
      "2. Giao việc khác\n- Phòng Công tác học sinh, sinh viên rà soát danh sách.\n"
      "- Tổ tuần tra số 2 đi từng nhà ghi phiếu.\n- Tổ công tác rà soát danh sách, gửi Hội NCT.\n"));
  ASSERT_EQ(r.tasks.size(), 6U);
  EXPECT_EQ(r.tasks[0].report_to, std::vector<std::string>{"Ban Chỉ huy Phòng thủ dân sự tỉnh"});
  EXPECT_EQ(UnitsOfTasks(r)[1],
            "Phòng Kinh tế lead; Hội Liên hiệp Phụ nữ coordinate; Tổ thu thập thông tin coordinate");
  EXPECT_EQ(r.tasks[2].report_to, std::vector<std::string>{"Ban Chỉ huy PCTT và TKCN huyện"});
  EXPECT_EQ(UnitsOfTasks(r)[3], "Phòng Công tác học sinh, sinh viên lead");
  EXPECT_EQ(UnitsOfTasks(r)[4], "Tổ tuần tra số 2 lead");
  EXPECT_EQ(UnitsOfTasks(r)[5], "Tổ công tác lead");
  EXPECT_TRUE(std::ranges::any_of(r.units, [](const Unit& u) { return u.name == "Hội Người cao tuổi"; }));
}

TEST_F(ExtractTest, PeopleWhoActByTheirTradeAndVillagesByTheirNames) {
  const Record r = Read(
      HeadOf("I. PHÂN CÔNG\n1. THÔN THƯỢNG ĐỒNG\n- Đắp bờ bao trước ngày 10/4/2026.\n2. Việc khác\n"
             "- Nghệ nhân, giáo viên âm nhạc dạy hát cho học sinh.\n- Chủ trại tiêm phòng cho đàn lợn.\n"
             "- Các hộ nhận khoán chăm sóc rừng đến hết tháng 6/2026.\n- Các hộ ven sông dời chuồng trại lên cao.\n"
             "- Trưởng thôn Thượng Đồng, thôn Đoàn Kết họp dân.\n"));
  EXPECT_EQ(UnitsOfTasks(r),
            (std::vector<std::string>{"Thôn Thượng Đồng lead", "Nghệ nhân lead; Giáo viên âm nhạc lead",
                                      "Chủ trại lead", "Các hộ nhận khoán lead", "Các hộ ven sông lead",
                                      "Thôn Thượng Đồng lead; Thôn Đoàn Kết lead"}));
}

TEST_F(ExtractTest, CellsAreReadByWhatTheyHold) {
  const Record r =
      Read(HeadOf("I. NHIỆM VỤ\nTT\nNội dung công việc\nChủ trì\nPhối hợp\nThời gian\n1\nSửa cầu tàu\nPhòng Kinh tế\n"
                  "20/3/2026\n2\nTập huấn cứu hộ\nCông an xã\nPhối hợp các trường học\n15/3 - 31/3/2026\n3\n"
                  "Kiểm tra nhà nghỉ\nChủ trì Phòng Văn hóa - Xã hội\nTrạm Y tế\nTrước mùa du lịch\n4\nTổng kết\n"
                  "Văn phòng HĐND và UBND\nCuối tháng 11/2026\n"));
  EXPECT_EQ(UnitsOfTasks(r), (std::vector<std::string>{"Phòng Kinh tế lead", "Công an lead; Các trường học coordinate",
                                                       "Phòng Văn hóa - Xã hội lead; Trạm Y tế coordinate",
                                                       "Văn phòng Hội đồng nhân dân và Ủy ban nhân dân lead"}));
  ASSERT_EQ(r.tasks.size(), 4U);
  EXPECT_EQ(r.tasks[0].due, "2026-03-20");
  EXPECT_EQ(r.tasks[1].due, "2026-03-31");
  EXPECT_FALSE(r.tasks[2].due);
  EXPECT_EQ(r.tasks[3].due, "2026-11-30");
}

TEST_F(ExtractTest, ARosterOfPatrolsGivesTasks) {
  const Record r =
      Read(HeadOf("I. PHÂN CÔNG TUẦN TRA\nTT\nTổ\nTuyến\nThời gian\n1\nTổ tuần tra số 1\nTừ cầu Đá đến bến Giang\n"
                  "19 giờ đến 22 giờ hằng ngày\n2\nCông an xã\nChợ Cẩm và khu bến xe\n22 giờ đến 5 giờ hằng ngày\n"));
  EXPECT_EQ(UnitsOfTasks(r), (std::vector<std::string>{"Tổ tuần tra số 1 lead", "Công an lead"}));
  ASSERT_EQ(r.tasks.size(), 2U);
  EXPECT_EQ(r.tasks[0].action, "Từ cầu Đá đến bến Giang");
  EXPECT_EQ(r.tasks[1].when->value, "FREQ=DAILY");
}

TEST_F(ExtractTest, AYearTellsWhichPlanWhereATermFollows) {
  const Record r =
      Read(HeadOf("I. PHÂN CÔNG\n1. Phòng Kinh tế\n- Lập kế hoạch năm 2027, trình ký trước ngày 30/11/2026.\n"
                  "- Thu nộp quỹ đạt 100 % kế hoạch trước ngày 31/10/2026.\n- Xây dựng nhà văn hóa trong năm 2027.\n"
                  "- Số hóa hồ sơ xong năm 2027.\n"));
  ASSERT_EQ(r.tasks.size(), 4U);
  EXPECT_EQ(r.tasks[0].due, "2026-11-29");
  EXPECT_EQ(r.tasks[1].due, "2026-10-30");
  EXPECT_EQ(r.tasks[2].due, "2027-12-31");
  EXPECT_EQ(r.tasks[3].due, "2027-12-31");
}

TEST_F(ExtractTest, HeadsOverTwoLinesAddresseesAndFiledCopies) {
  const Record r = Read(
      "ỦY BAN NHÂN DÂN HUYỆN TÂN SƠN\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nỦY BAN NHÂN DÂN XÃ CẨM\n"
      "Độc lập - Tự do - Hạnh phúc\nTRƯỜNG\nSố: 12/UBND-KT\nCẩm Trường, ngày 05 tháng 3 năm 2026\n"
      "V/v kiểm tra đê bao\nKính gửi: Phòng Nội vụ huyện; Hạt Quản lý đê; Trạm Thủy nông.\n"
      "Thực hiện Kế hoạch số 9/KH-UBND ngày 10/01/2026, đề nghị các đơn vị phối hợp.\n"
      "Nơi nhận:\n- Như trên;\n- Lưu: VT, KT (8).\nTM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\nVi Thế Lâm\n");
  EXPECT_EQ(r.metadata.issuer.name, "Ủy ban nhân dân xã Cẩm Trường");
  EXPECT_EQ(r.metadata.issuer.parent, "Ủy ban nhân dân huyện Tân Sơn");
  EXPECT_EQ(r.metadata.addressees,
            (std::vector<std::string>{"Phòng Nội vụ huyện", "Hạt Quản lý đê", "Trạm Thủy nông"}));
  EXPECT_EQ(r.metadata.recipients, (std::vector<std::string>{"Như trên", "Lưu: VT, KT (8)"}));
  EXPECT_EQ(r.metadata.signature.on_behalf, "KT. CHỦ TỊCH");
}

TEST_F(ExtractTest, TermsCountedFromAGathering) {
  const auto due = [](std::string_view events) {
    const Record r = Read(HeadOf("I. CHƯƠNG TRÌNH\n" + std::string(events) +
                                 "II. PHÂN CÔNG\n1. Phòng Kinh tế\n"
                                 "- Công khai thu chi chậm nhất 10 ngày sau khi bế mạc hội chợ.\n"
                                 "- Gửi giấy mời trước khai mạc 05 ngày.\n"));
    std::string all;
    for (const Task& task : r.tasks) {
      if (task.section == "II.1") all += task.due.value_or("-") + " ";
    }
    return all;
  };
  const std::string opening = "- Khai mạc hội chợ: sáng ngày 12/9/2026.\n";
  const std::string end = "- Bế mạc hội chợ: tối ngày 15/9/2026.\n";
  EXPECT_EQ(due(opening + end), "2026-09-25 2026-09-07 ");
  EXPECT_EQ(due(opening), "- 2026-09-07 ");
  EXPECT_EQ(due(opening + end + "- Bế mạc hội chợ làng nghề: tối ngày 18/9/2026.\n"), "- 2026-09-07 ");
}

TEST_F(ExtractTest, AKeyAtTheEndOfALineGoesOn) {
  const Record r =
      Read(HeadOf("II. NHIỆM VỤ\n- Đo mực nước mỗi ngày hai lần, ghi sổ, gọi về trực ban. Đơn vị thực hiện:\n"
                  "Tổ quản lý hồ Cây Sung.\n- Bổ sung số điện thoại của từng hộ kinh doanh trong xã. (Chủ trì:\n"
                  "Công an xã; phối hợp: các thôn; thời gian: từ 12/7 đến 30/7/2026)\n"));
  EXPECT_EQ(UnitsOfTasks(r),
            (std::vector<std::string>{"Tổ quản lý hồ Cây Sung lead", "Công an lead; Các thôn coordinate"}));
}

TEST_F(ExtractTest, ReceiversOfReportsAreAsPrinted) {
  const Record r = Read(HeadOf(
      "I. PHÂN CÔNG\n1. Phòng Kinh tế\n- Tổng hợp, báo cáo UBND xã và Trung tâm Y tế huyện trước ngày 20/9/2026.\n"
      "- Gửi kết quả về Phòng Văn hóa và Thông tin, Sở Nông nghiệp và Môi trường.\n"
      "- Báo cáo Ban Tuyên giáo và Dân vận.\n- Báo cáo Hội đồng nhân dân và Ủy ban nhân dân xã.\n- Nộp hồ sơ về Văn "
      "phòng HĐND và UBND; Ban Tổ chức chọn đội tuyển.\n"
      "- Thu nộp Quỹ Phòng chống thiên tai đúng hạn.\n"));
  ASSERT_EQ(r.tasks.size(), 6U);
  EXPECT_EQ(r.tasks[0].report_to, std::vector<std::string>{"UBND xã và Trung tâm Y tế huyện"});
  EXPECT_EQ(r.tasks[1].report_to, std::vector<std::string>{"Phòng Văn hóa và Thông tin, Sở Nông nghiệp và Môi trường"});
  EXPECT_EQ(r.tasks[2].report_to, std::vector<std::string>{"Ban Tuyên giáo và Dân vận"});
  EXPECT_EQ(r.tasks[3].report_to, std::vector<std::string>{"Hội đồng nhân dân và Ủy ban nhân dân xã"});
  EXPECT_EQ(r.tasks[4].report_to, std::vector<std::string>{"Văn phòng HĐND và UBND"});
  EXPECT_TRUE(r.tasks[5].report_to.empty());
}

TEST_F(ExtractTest, AListBehindACoordinationHasOneRole) {
  const Record r =
      Read(HeadOf("I. PHÂN CÔNG\n- Trạm Y tế phối hợp với Hội Nông dân, Hội Cựu chiến binh xã theo dõi ổ dịch.\n"
                  "- Tổ trưởng các tổ dân phố số 1 đến số 9 nhắc các hộ dọn rác.\n"));
  EXPECT_EQ(UnitsOfTasks(r),
            (std::vector<std::string>{"Trạm Y tế lead; Hội Nông dân coordinate; Hội Cựu chiến binh coordinate",
                                      "Các tổ dân phố lead"}));
  ASSERT_EQ(r.tasks.size(), 2U);
  EXPECT_EQ(r.tasks[1].assignees.size(), 1U);
}

TEST_F(ExtractTest, PapersGoToDesksOfficesAndHeads) {
  const Record r =
      Read(HeadOf("I. PHÂN CÔNG\n1. Phòng Kinh tế\n- Nộp báo cáo về Văn phòng trước ngày 20/9/2026.\n"
                  "- Báo quân số về Ban Chỉ huy hai giờ một lần.\n- Đăng ký tại Trạm Y tế trước 15/9/2026.\n"
                  "- Gửi phiếu cho tổ trưởng tổ dân phố trước ngày 20/9/2026.\n- Tổng hợp số liệu trình UBND xã.\n"
                  "- Lập phương án, gửi Chủ tịch UBND xã duyệt.\n- Lập dự toán trình UBND xã phê duyệt.\n"
                  "- Bàn giao mặt bằng cho chủ đầu tư, thông báo cho xã trước khi mở cống.\n"));
  ASSERT_EQ(r.tasks.size(), 8U);
  EXPECT_EQ(r.tasks[0].report_to, std::vector<std::string>{"Văn phòng"});
  EXPECT_EQ(r.tasks[1].report_to, std::vector<std::string>{"Ban Chỉ huy"});
  EXPECT_EQ(r.tasks[2].report_to, std::vector<std::string>{"Trạm Y tế"});
  EXPECT_EQ(r.tasks[3].report_to, std::vector<std::string>{"tổ trưởng tổ dân phố"});
  EXPECT_EQ(r.tasks[4].report_to, std::vector<std::string>{"UBND xã"});
  for (std::size_t i = 5; i < 8; ++i) EXPECT_TRUE(r.tasks[i].report_to.empty()) << r.tasks[i].action;
}

TEST_F(ExtractTest, HeadsOfVillagesAndSistersOfAList) {
  const Record r =
      Read(HeadOf("I. PHÂN CÔNG\n- Trưởng các thôn, buôn họp dân trước ngày 15/9/2026.\n"
                  "- Trưởng bản, bí thư chi bộ, người có uy tín đến từng nhà.\n"
                  "- Trưởng thôn, buôn trưởng, cộng tác viên dân số ghi sổ.\n"
                  "- Trưởng thôn Phú Đa, Lệ Bắc, Trà Lý gọi từng nhà.\n- Trưởng 09 thôn thi hành Kế hoạch.\n"
                  "- Đồng chí Lê Thị Mỹ Hạnh làm tổ trưởng; đồng chí Ngô Văn Đực làm thư ký.\n"
                  "- Thôn Phú Đa, Hợp tác xã Trà Lý dọn kênh.\n"));
  EXPECT_EQ(UnitsOfTasks(r), (std::vector<std::string>{
                                 "Các thôn lead; Các buôn lead", "Các bản lead; Các chi bộ lead; Người có uy tín lead",
                                 "Các thôn lead; Các buôn lead; Cộng tác viên dân số lead",
                                 "Thôn Phú Đa lead; Thôn Lệ Bắc lead; Thôn Trà Lý lead", "Các thôn lead",
                                 "Đồng chí Lê Thị Mỹ Hạnh lead; Đồng chí Ngô Văn Đực lead",
                                 "Thôn Phú Đa lead; Hợp tác xã Trà Lý lead"}));
}

TEST_F(ExtractTest, OneBodyUnderALongAndAShortName) {
  const Record r = Read(
      HeadOf("Căn cứ Kế hoạch số 9/KH-UBND ngày 10/01/2026 của UBND tỉnh Nghệ An.\n"
             "I. PHÂN CÔNG\n1. Các cơ sở rang xay, chế biến cà phê: tránh chạy máy giờ cao điểm.\n"
             "2. Đề nghị Ủy ban Mặt trận Tổ quốc Việt Nam xã: giám sát việc thực hiện.\n"
             "3. Phòng Kinh tế: tổng hợp, báo cáo UBND tỉnh trước ngày 20/9/2026.\n"
             "Nơi nhận:\n- UBND tỉnh (b/c);\n- UBMTTQ xã;\n- UBND các xã lân cận;\n"
             "- Các cơ sở rang xay, chế biến cà phê;\n- Lưu: VT.\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nLường Thế Khoáng\n"));
  std::vector<std::string> names;
  for (const Unit& unit : r.units) names.push_back(unit.name);
  const auto count = [&](std::string_view name) { return std::ranges::count(names, name); };
  EXPECT_EQ(count("Ủy ban nhân dân tỉnh Nghệ An"), 1);
  EXPECT_EQ(count("Ủy ban nhân dân tỉnh"), 0);
  EXPECT_EQ(count("Ủy ban Mặt trận Tổ quốc Việt Nam xã"), 1);
  EXPECT_EQ(count("Ủy ban Mặt trận Tổ quốc xã"), 0);
  EXPECT_EQ(count("Ủy ban nhân dân các xã lân cận"), 1);
  EXPECT_EQ(count("Các cơ sở rang xay, chế biến cà phê"), 1);
}

TEST_F(ExtractTest, TablesWithBars) {
  const Record r =
      Read(HeadOf("I. TIẾN ĐỘ\n| STT | Nội dung công việc | Đơn vị chủ trì | Đơn vị phối hợp | Thời gian |\n"
                  "|---|---|---|---|---|\n| 1 | Rà soát trẻ em khó khăn | Trạm Y tế | Các thôn | Trước 10/9/2026 |\n"
                  "| 2 | Mua quà, đóng gói | Đoàn Thanh niên xã |  | 15/9 - 20/9/2026 |\n"
                  "II. TUYÊN TRUYỀN\n- Treo 20 băng rôn |trước cổng.\n"));
  ASSERT_EQ(r.tasks.size(), 3U);
  EXPECT_EQ(r.tasks[0].action, "Rà soát trẻ em khó khăn");
  EXPECT_EQ(Units(r.tasks[0]), (std::vector<std::string>{"Trạm Y tế lead", "Các thôn coordinate"}));
  EXPECT_EQ(r.tasks[0].due, "2026-09-09");
  EXPECT_EQ(Units(r.tasks[1]), std::vector<std::string>{"Đoàn Thanh niên xã lead"});
  EXPECT_EQ(r.tasks[1].due, "2026-09-20");
  EXPECT_FALSE(r.tasks[2].when.has_value());
}

TEST_F(ExtractTest, PeopleByTheirDutyAndSeveralByName) {
  const Record r = Read(
      HeadOf("I. PHÂN CÔNG\n- Người có nghĩa vụ kê khai tự viết, ký từng trang.\n"
             "- Giao đồng chí Triệu Thị Sính - công chức Văn hóa - Xã hội và đồng chí Bàn Văn Tá - Trưởng Đài Truyền "
             "thanh viết bài.\n"
             "- Hiệu trưởng các trường học, Trưởng Trạm Y tế, Trưởng Ban Quản lý chợ ký cam kết.\n"
             "- Bước 2: Phòng Kinh tế khảo sát các điểm đặt bể chứa.\n"
             "- Khi nhiệt độ dưới 10 độ C, các hộ không thả rông gia súc.\n"
             "- Đồng ý đề xuất của Công an xã. Giao Phòng Kinh tế thẩm định dự toán.\n"));
  EXPECT_EQ(UnitsOfTasks(r), (std::vector<std::string>{"Người có nghĩa vụ kê khai lead",
                                                       "Công chức Văn hóa - Xã hội lead; Đài Truyền thanh lead",
                                                       "Các trường học lead; Trạm Y tế lead; Ban Quản lý chợ lead",
                                                       "Phòng Kinh tế lead", "Các hộ lead", "Phòng Kinh tế lead"}));
}

TEST_F(ExtractTest, AKeySentenceMayNameTheHelpersToo) {
  const Record r =
      Read(HeadOf("I. NỘI DUNG\n- Vẽ sơ đồ từng ngõ. Chủ trì: Phòng Kinh tế; phối hợp: các tổ dân phố, Công an xã.\n"
                  "- Nghiệm thu, chạy thử liên tục 72 giờ rồi bàn giao cho tổ vận hành.\n"
                  "II. PHÂN CÔNG\n1. Ủy ban nhân dân các xã, phường: giao Phòng Kinh tế chuẩn bị hồ sơ.\n"
                  "2. Phòng Phòng, chống thiên tai: rà lại kịch bản sơ tán.\n"
                  "3. Điện lực Lương Kim, Viettel Lương Kim và VNPT Lương Kim: bó gọn cáp.\n"));
  EXPECT_EQ(UnitsOfTasks(r),
            (std::vector<std::string>{"Phòng Kinh tế lead; Các tổ dân phố coordinate; Công an coordinate", "",
                                      "Ủy ban nhân dân các xã lead; Ủy ban nhân dân các phường lead",
                                      "Phòng Phòng, chống thiên tai lead",
                                      "Điện lực Lương Kim lead; Viettel Lương Kim lead; VNPT Lương Kim lead"}));
  ASSERT_GT(r.tasks.size(), 1U);
  EXPECT_TRUE(r.tasks[1].report_to.empty());
}

TEST_F(ExtractTest, ABoardIsKnownByItsFullNameElsewhere) {
  const Record r =
      Read(HeadOf("I. NỘI DUNG\n- Kiện toàn Ban Chỉ đạo xây dựng nông thôn mới.\n"
                  "II. PHÂN CÔNG\n- Ban Chỉ đạo xã kiểm tra từng thôn.\n- Ban Chỉ huy Quân sự xã giúp dân.\n"));
  EXPECT_EQ(UnitsOfTasks(r),
            (std::vector<std::string>{"", "Ban Chỉ đạo xây dựng nông thôn mới lead", "Ban Chỉ huy Quân sự lead"}));
}

TEST_F(ExtractTest, AClosingMayGiveADutyOfItsOwn) {
  const Record r = Read(
      HeadOf("I. PHÂN CÔNG\n1. Phòng Kinh tế: kiểm tra cống trước ngày 20/9/2026.\n"
             "Trong quá trình thực hiện, Ban Chỉ huy Quân sự xã theo dõi, đôn đốc; nếu có vướng mắc, các đơn vị phản "
             "ánh về Phòng Kinh tế./.\nNơi nhận:\n- Lưu: VT.\n"));
  ASSERT_EQ(r.tasks.size(), 2U);
  EXPECT_FALSE(r.tasks[1].section.has_value());
  EXPECT_EQ(Units(r.tasks[1]), std::vector<std::string>{"Ban Chỉ huy Quân sự lead"});
  const Record usual = Read(
      HeadOf("I. PHÂN CÔNG\n1. Phòng Kinh tế: kiểm tra cống trước ngày 20/9/2026.\n"
             "Trên đây là Kế hoạch của UBND xã. Nếu có thay đổi, Phòng Kinh tế theo dõi, báo cáo; đề nghị các đơn vị "
             "nghiêm túc thực hiện./.\nNơi nhận:\n- Lưu: VT.\n"));
  EXPECT_EQ(usual.tasks.size(), 1U);
}

TEST_F(ExtractTest, ADateOfTheHeadWithoutItsWord) {
  const Record r = Read(
      "ỦY BAN NHÂN DÂN\nXÃ LỘC VÂN\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
      "Số: 21/KH-UBND\nLộc Vân, 05/3/2026\nKẾ HOẠCH\nTrồng cây đầu xuân\nI. PHÂN CÔNG\n"
      "1. Phòng Kinh tế\n- Giao cây giống trước 28/3.\n");
  EXPECT_EQ(r.metadata.place, "Lộc Vân");
  ASSERT_TRUE(r.metadata.date);
  EXPECT_EQ(r.metadata.date->value, "2026-03-05");
  ASSERT_EQ(r.tasks.size(), 1U);
  EXPECT_EQ(r.tasks[0].due, "2026-03-27");
}

TEST_F(ExtractTest, PointsOfAScheduleThatNameWhoActs) {
  const Record r =
      Read(HeadOf("I. TIẾN ĐỘ\n1. Công an xã rà soát các hộ trước ngày 20/10/2026.\n"
                  "2. Trạm Y tế tổ chức trực sáng thứ Hai hằng tuần.\n3. Đợt một: trước ngày 25/10/2026.\n"));
  EXPECT_EQ(UnitsOfTasks(r), std::vector<std::string>{"Công an lead"});
}

TEST_F(ExtractTest, ARoleAtTheEndOfACellIsOfItsClause) {
  const Record r =
      Read(HeadOf("II. PHÂN CÔNG\nTT\nNội dung\nĐơn vị thực hiện\nThời gian\n"
                  "1\nPhun thuốc khử trùng chợ\nTrạm Y tế xã; Hội Phụ nữ xã phối hợp\n10/6/2026\n"
                  "2\nThu gom rác\nCông an xã chủ trì\n12/6/2026\n"));
  EXPECT_EQ(UnitsOfTasks(r), (std::vector<std::string>{"Trạm Y tế lead; Hội Phụ nữ coordinate", "Công an lead"}));
}

TEST_F(ExtractTest, UnitsThatAreCountedAndNamed) {
  const Record r =
      Read(HeadOf("II. PHÂN CÔNG\n1. Hai hợp tác xã dịch vụ Đông Hưng, Lãm Hạ: thu gom vỏ thuốc.\n"
                  "2. Các thôn Khe Ná, Bàu Dài và Tân Vĩnh cử người trực.\n"
                  "3. Hai trường, ba thôn dọn cỏ.\n"));
  const std::vector<std::string> units = UnitsOfTasks(r);
  ASSERT_EQ(units.size(), 3U);
  EXPECT_EQ(units[0], "Hợp tác xã dịch vụ Đông Hưng lead; Hợp tác xã dịch vụ Lãm Hạ lead");
  EXPECT_EQ(units[1], "Thôn Khe Ná lead; Thôn Bàu Dài lead; Thôn Tân Vĩnh lead");
  EXPECT_EQ(units[2].find("Hai trường"), std::string::npos);
}

TEST_F(ExtractTest, OfficesWithoutTheirBodyAct) {
  const Record r =
      Read(HeadOf("II. PHÂN CÔNG\n- Tổ trưởng phân công người trực.\n- Đ/c Hồ Văn Sỹ theo dõi thôn Khe Ná.\n"
                  "- Tổ trưởng Tổ công tác số 2 báo cáo hằng ngày.\n"));
  EXPECT_EQ(UnitsOfTasks(r),
            (std::vector<std::string>{"Tổ trưởng lead", "Đồng chí Hồ Văn Sỹ lead", "Tổ công tác số 2 lead"}));
}

TEST_F(ExtractTest, AHeadingTellsWhoLeadsAndWhoHelps) {
  const auto roles = [](const std::string& heading) {
    const Record r = Read(HeadOf("I. TỔ CHỨC THỰC HIỆN\n1. " + heading + "\n- Tuần tra ban đêm.\n"));
    std::string out;
    for (const Assignee& assignee : r.tasks.at(0).assignees)
      out += (out.empty() ? "" : ", ") + assignee.name + " " + assignee.role;
    return out;
  };
  EXPECT_EQ(roles("Công an xã (chủ trì), Trạm Y tế (phối hợp)"), "Công an lead, Trạm Y tế coordinate");
  EXPECT_EQ(roles("Công an xã (chủ trì), Trạm Y tế, Đoàn Thanh niên (phối hợp)"),
            "Công an lead, Trạm Y tế coordinate, Đoàn Thanh niên coordinate");
  EXPECT_EQ(roles("Phòng Kinh tế chủ trì, Trạm Y tế phối hợp"), "Phòng Kinh tế lead, Trạm Y tế coordinate");
  EXPECT_EQ(roles("Công an xã, Trạm Y tế"), "Công an lead, Trạm Y tế lead");
}

TEST_F(ExtractTest, WhatBeginsInTheYearOfThePlanIsNotPast) {
  const auto when = [](const std::string& since) {
    const Record r = Read(HeadOf("I. TỔ CHỨC THỰC HIỆN\n1. Công an xã\n- Ghi sổ điện tử " + since + ".\n"));
    return r.tasks.at(0).when ? r.tasks.at(0).when->value.value_or("") : std::string();
  };
  EXPECT_EQ(when("từ năm 2026"), "2026/..");
  EXPECT_EQ(when("từ năm 2020"), "");
}

TEST_F(ExtractTest, PapersThatAreSubmittedAreReportsUnlessTheyAreDecidedOn) {
  const Record r =
      Read(HeadOf("II. PHÂN CÔNG\n- Phòng Kinh tế trình UBND xã bản đánh giá trước ngày 20/12/2026.\n"
                  "- Phòng Kinh tế trình UBND xã dự thảo Quyết định trước ngày 20/12/2026.\n"));
  ASSERT_EQ(r.tasks.size(), 2U);
  EXPECT_EQ(r.tasks[0].report_to, std::vector<std::string>{"UBND xã"});
  EXPECT_TRUE(r.tasks[1].report_to.empty());
}

TEST_F(ExtractTest, SumsOfATableAreCountedInWhatItSays) {
  const auto sums = [](std::string_view unit, std::string_view column) {
    const Record r = Read(HeadOf("I. KINH PHÍ\n1. Phân bổ\n" + std::string(unit) + "STT\nCông trình\n" +
                                 std::string(column) + "\n1\nBê tông ngõ xóm\n4.320\n2\nKiên cố kênh N2\n642\n" +
                                 "Cộng\n4.962\n2. Nguồn vốn\n- Ngân sách xã.\n"));
    std::vector<double> values;
    for (const Quantity& q : r.quantities) {
      EXPECT_EQ(q.of, "đồng");
      values.push_back(q.value);
    }
    return values;
  };
  EXPECT_EQ(sums("(Đơn vị tính: triệu đồng)\n", "Tổng vốn"), (std::vector<double>{4.32e9, 6.42e8, 4.962e9}));
  EXPECT_TRUE(sums("", "Số lượng").empty());
  EXPECT_TRUE(sums("(Đơn vị tính: mét)\n", "Khối lượng").empty());
}

}  // namespace
}  // namespace hoidau
