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
        "CHỮ CHƯA CHẮC\n  trang 1     KẾ\n"}) {
    EXPECT_NE(page.find(part), std::string::npos) << part << "\nin\n" << page;
  }
}

TEST(Summary, ANothingIsSaidAsSuch) {
  const std::string page = Summary(Record{}, 100);
  EXPECT_NE(page.find("Số, ký hiệu      (không có)\n"), std::string::npos) << page;
  EXPECT_NE(page.find("NHIỆM VỤ (0)\n"), std::string::npos);
  EXPECT_NE(page.find("CẦN XEM LẠI\n  không có\n"), std::string::npos);
}

TEST(Summary, SaysEveryIssueInVietnamese) {
  Record record;
  const struct {
    const char *code, *message, *said;
  } kIssues[] = {
      {"dropped-noise", "2 lines of specks, strokes or seal ink were not taken as text", "đã bỏ 2 dòng vết bẩn"},
      {"unread-handwriting", "1 blank is filled in by hand and could not be read", "1 chỗ điền tay chưa đọc được"},
      {"invalid-utf8", "some bytes are no UTF-8 and became U+FFFD; save the file as UTF-8", "có byte không phải chữ"},
      {"low-confidence", "7 of 20 words are unsure", "7 chữ chưa chắc"},
      {"impossible-date", "date \"31/02/2026\"", "ngày tháng không có thật: \"31/02/2026\""},
      {"a-new-code", "some words of English", "cần xem lại (mã a-new-code)"},
  };
  for (const auto& issue : kIssues) {
    record.issues = {{.stage = "ocr", .page = 3, .code = issue.code, .message = issue.message}};
    const std::string page = Summary(record, 100);
    EXPECT_NE(page.find(std::string("CẦN XEM LẠI\n  trang 3     ") + issue.said), std::string::npos) << page;
    for (const char* english : {"words", " of ", "date", "lines", "blank"}) {
      EXPECT_EQ(page.find(english), std::string::npos) << english << "\nin\n" << page;
    }
  }
}

TEST(Summary, UnsureWordsAreBareAndNoReasonToLook) {
  Record record = SampleRecord();
  record.issues.clear();
  for (RecordPage& page : record.pages) {
    for (RecordLine& line : page.lines) {
      for (RecordToken& token : line.tokens) token.unsure = false;
    }
  }
  ASSERT_GE(record.pages[0].lines[0].tokens.size(), 2U);
  record.pages[0].lines[0].tokens[0].text = "“bản,,";
  record.pages[0].lines[0].tokens[1].text = "...";
  for (int i : {0, 1}) record.pages[0].lines[0].tokens[static_cast<std::size_t>(i)].unsure = true;
  const std::string page = Summary(record, 100);
  EXPECT_NE(page.find("CẦN XEM LẠI\n  không có\n\nCHỮ CHƯA CHẮC\n  trang 1     bản\n"), std::string::npos) << page;
}

TEST(Summary, ADateWithBlanksForThePen) {
  Record record = SampleRecord();
  record.metadata.date->incomplete = true;
  record.metadata.date->value = "2011-12";
  EXPECT_NE(Summary(record, 100).find("tháng 12/2011 (để trống ngày)\n"), std::string::npos);
  record.metadata.date->value = "2011";
  EXPECT_NE(Summary(record, 100).find("năm 2011 (để trống ngày, tháng)\n"), std::string::npos);
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
