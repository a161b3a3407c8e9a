#include "doc/page_json.h"

#include <gtest/gtest.h>

namespace hoidau {
namespace {

PageReading Sample() {
  Page page = PlainTextPage("Ke hoach\nso 5\n", 7);
  page.source = PageSource::kBoth;
  page.reason = "the layer is not Vietnamese";
  page.width = 100;
  page.height = 200;
  page.dpi = 300;
  page.lines[0].style = {.bold = true, .italic = false, .size_pt = 13.5F};
  page.lines[1].cell = {.table = 1, .row = 2, .column = 3};
  page.lines[0].tokens[1].box = {1, 2.3F, 3, 4};
  page.lines[0].tokens[1].confidence = 0.1F;
  page.lines[0].tokens[1].alternatives = {{"hoạch", 0.3F}};
  page.marks = {{.kind = MarkKind::kIncomingStamp, .box = {5, 6, 7, 8}, .text = "ĐẾN", .number = "214", .date = {}}};
  return {.page = page, .issues = {{"ocr", 7, "dropped-noise", "2 lines"}}};
}

TEST(PageJson, ComesBackWhole) {
  const PageReading sample = Sample();
  const Result<PageReading> back = PageReadingFromJson(PageReadingToJson(sample));
  ASSERT_TRUE(back) << back.error().message;
  EXPECT_EQ(PageReadingToJson(*back), PageReadingToJson(sample));
  const Page& page = back->page;
  EXPECT_EQ(page.number, 7);
  EXPECT_EQ(page.source, PageSource::kBoth);
  EXPECT_EQ(page.reason, sample.page.reason);
  EXPECT_EQ(page.raw, sample.page.raw);
  EXPECT_TRUE(page.lines[0].style.bold);
  EXPECT_EQ(page.lines[0].tokens[1].box, sample.page.lines[0].tokens[1].box);
  EXPECT_EQ(page.lines[0].tokens[1].confidence, 0.1F);  // to the last bit
  EXPECT_EQ(page.lines[0].tokens[1].alternatives[0].text, "hoạch");
  EXPECT_FALSE(page.lines[0].cell);
  EXPECT_EQ(page.lines[1].cell, sample.page.lines[1].cell);
  ASSERT_EQ(page.marks.size(), 1U);
  EXPECT_EQ(page.marks[0].kind, MarkKind::kIncomingStamp);
  EXPECT_EQ(page.marks[0].number, "214");
  EXPECT_FALSE(page.marks[0].date);
  ASSERT_EQ(back->issues.size(), 1U);
  EXPECT_EQ(back->issues[0].code, "dropped-noise");
}

TEST(PageJson, DamageIsAnError) {
  const std::string good = PageReadingToJson(Sample());
  const auto with = [&](const std::string& from, const std::string& to) {
    std::string json = good;
    const std::size_t at = json.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    return PageReadingFromJson(json.replace(at, from.size(), to));
  };
  EXPECT_FALSE(PageReadingFromJson(""));
  EXPECT_FALSE(PageReadingFromJson("{}"));
  EXPECT_FALSE(PageReadingFromJson(good.substr(0, good.size() / 2)));
  EXPECT_FALSE(with("[0,8]", "[0,99]"));
  EXPECT_FALSE(with("\"cell\":[1,2,3]", "\"cell\":[1,2,-3]"));
  EXPECT_FALSE(with("\"source\":3", "\"source\":4"));
  EXPECT_FALSE(with("\"issues\":[[\"ocr\"", "\"issues\":[[1"));
}

}  // namespace
}  // namespace hoidau
