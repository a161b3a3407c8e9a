#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>

#include "pipeline/hoidau.h"
#include "support/seed.h"
#include "text/unicode.h"

namespace hoidau {
namespace {

class TextFilterTest : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    Result<Pipeline> loaded = Pipeline::Load({.models_dir = HOIDAU_SOURCE_DIR "/models"});
    ASSERT_TRUE(loaded.ok()) << loaded.error().message;
    pipeline_ = new Pipeline(std::move(*loaded));
  }
  static void TearDownTestSuite() {
    delete pipeline_;
    pipeline_ = nullptr;
  }
  static std::string Repaired(std::string_view text, std::size_t document_bytes = 1 << 18) {
    Result<TextFilter> filter = pipeline_->Filter({.document_bytes = document_bytes});
    EXPECT_TRUE(filter.ok()) << (filter ? "" : filter.error().message);
    return filter ? filter->Whole(text) : "";
  }
  static Pipeline* pipeline_;
};
Pipeline* TextFilterTest::pipeline_ = nullptr;

TEST_F(TextFilterTest, RecoversAPlainSentence) {
  EXPECT_EQ(Repaired("Uy ban nhan dan xa to chuc hoi nghi trien khai ke hoach\n"),
            "Ủy ban nhân dân xã tổ chức hội nghị triển khai kế hoạch\n");
}

TEST_F(TextFilterTest, CleanLinesStayByteForByte) {
  const std::string clean =
      "ỦY BAN NHÂN DÂN\r\nSố: 15/KH-UBND\r\n\r\n  Căn cứ\tLuật Phòng, chống thiên tai năm 2013;  \n"
      "Xem https://example.vn/a?b=1 hoặc gửi vanthu@example.vn, điện thoại 0225.3888.999.\n";
  EXPECT_EQ(Repaired(clean), clean);
}

TEST_F(TextFilterTest, BytesThatAreNoTextStay) {
  for (const std::string& bytes :
       {std::string("\xFF\xFE\x80\n"), std::string("\0\0\n\0", 4), std::string("\n\n\n"), std::string("\f\f"),
        std::string(), std::string("x"), std::string("\r"), std::string("\xEF\xBB\xBF\n")}) {
    EXPECT_EQ(Repaired(bytes), bytes);
  }
  Result<TextFilter> filter = pipeline_->Filter({});
  ASSERT_TRUE(filter.ok());
  filter->Whole("a\xFF\n");
  EXPECT_EQ(filter->bad_bytes(), 1U);
}

// Whatever comes in: as many lines go out, in NFC, and form feeds stand where they stood.
TEST_F(TextFilterTest, LineNIsLineN) {
  SCOPED_TRACE(SeedTrace());
  std::mt19937 random(TestSeed());
  const std::string pieces[] = {"ke ",    "hoach ", "Kế ",  "\n",        "\n\n", "\f", "\xFF", "so 15/KH-UBND ",
                                "\u0301", "\r\n",   "~~~ ", "QUYT ĐNH ", "\t",   "😀"};
  for (int i = 0; i < 300; ++i) {
    std::string text;
    for (int n = std::uniform_int_distribution<>(0, 40)(random); n > 0; --n) {
      text += pieces[std::uniform_int_distribution<std::size_t>(0, std::size(pieces) - 1)(random)];
    }
    const std::string out = Repaired(text, 32);
    EXPECT_EQ(std::count(out.begin(), out.end(), '\n'), std::count(text.begin(), text.end(), '\n')) << text;
    EXPECT_EQ(std::count(out.begin(), out.end(), '\f'), std::count(text.begin(), text.end(), '\f')) << text;
    EXPECT_EQ(std::count(out.begin(), out.end(), '\xFF'), std::count(text.begin(), text.end(), '\xFF')) << text;
    EXPECT_TRUE(IsNfc(MakeValidUtf8(out))) << text;
  }
}

TEST_F(TextFilterTest, GivesTokensToASink) {
  Result<TextFilter> filter = pipeline_->Filter({.document_bytes = 8});
  ASSERT_TRUE(filter.ok());
  std::string seen;
  filter->SetSink([&](const Document& document, const RecoveredDocument& recovered, std::uint64_t first_line) {
    ASSERT_EQ(document.pages.size(), recovered.pages.size());
    seen += std::to_string(first_line) + ":" + std::to_string(recovered.pages[0].lines.size()) + " ";
  });
  EXPECT_EQ(filter->Whole("ke hoach\n\nso 2\nso 3\n"), "");
  EXPECT_EQ(seen, "0:2 2:2 ");
}

TEST(MarkStripper, TakesMarksOffAndKeepsTheRest) {
  TextFilter strip = MarkStripper({});
  EXPECT_EQ(strip.Whole("Kế hoạch\xFF số 1,\r\n\fĐiê\u0300u\n"), "Ke hoach\xFF so 1,\r\n\fDieu\n");
}

}  // namespace
}  // namespace hoidau
