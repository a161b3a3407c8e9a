#include "extract/extract.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

#include "segment/segment.h"
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
  EXPECT_EQ(found, (std::vector<std::string>{"exact 4 máy phun", "min 80 % chó, mèo", "min 5 người",
                                             "exact 1200000000 đồng", "min 95 % hồ sơ"}));
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
  EXPECT_EQ(found,
            (std::vector<std::string>{"min 8.5 % giá trị", "exact 3.0 em", "max 2.0 vụ bắt nạt", "max 5.0 đồng chí",
                                      "exact 38000000.0 đồng", "approx 2000.0 người", "exact 5.0 tủ sách"}));
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

}  // namespace
}  // namespace hoidau
