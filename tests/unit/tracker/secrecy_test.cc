#include "tracker/secrecy.h"

#include <gtest/gtest.h>

#include "support/sample_record.h"

namespace hoidau {
namespace {

SecrecyMarks Marks() {
  Result<SecrecyMarks> marks = SecrecyMarks::Read(HOIDAU_SOURCE_DIR "/models/rules/secrecy.tsv");
  EXPECT_TRUE(marks) << marks.error().message;
  return *marks;
}

TEST(Secrecy, AStampOnALineOfItsOwn) {
  for (const char* line : {"MẬT", "  TỐI MẬT ", "Tuyệt mật", "Độ mật: Mật", "[MẬT]"}) {
    Record record = SampleRecord();
    EXPECT_FALSE(Marks().Find(record));
    record.text.insert(record.text.find("KẾ HOẠCH"), std::string(line) + "\n");
    EXPECT_TRUE(Marks().Find(record)) << line;
  }
}

TEST(Secrecy, AStampThatIsAMark) {
  Record record = SampleRecord();
  record.pages[0].marks.push_back({.kind = MarkKind::kSeal, .text = "TỐI MẬT"});
  EXPECT_EQ(Marks().Find(record), "TỐI MẬT");
}

TEST(Secrecy, TalkOfSecrecyIsNone) {
  for (const char* line : {"Công tác bảo vệ bí mật nhà nước", "Giữ mật", "Tài liệu MẬT phải được niêm phong."}) {
    Record record;
    record.text = line;
    EXPECT_FALSE(Marks().Find(record)) << line;
  }
}

}  // namespace
}  // namespace hoidau
