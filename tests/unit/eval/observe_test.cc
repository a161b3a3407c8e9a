#include "eval/observe.h"

#include <gtest/gtest.h>

namespace hoidau {
namespace {

Page SamplePage() {
  Page page = PlainTextPage("Ke hoach\nso 5\n", 1);
  page.width = 100;
  page.height = 200;
  page.dpi = 300;
  page.lines[0].style = {.bold = true, .italic = false, .size_pt = 13.5F};
  page.lines[0].tokens[1].box = {1, 2, 3, 4};
  page.lines[0].tokens[1].confidence = 0.25F;
  page.lines[0].tokens[1].alternatives = {{"hoạch", 0.5F}};
  return page;
}

TEST(Observe, PagesGoToTheCacheAndBack) {
  const Page page = SamplePage();
  const auto back = PageFromJson(PageToJson(page));
  ASSERT_TRUE(back) << back.error().message;
  EXPECT_EQ(PageToJson(*back), PageToJson(page));
  EXPECT_EQ(back->raw, page.raw);
  EXPECT_EQ(back->source, PageSource::kOcr);
  EXPECT_EQ(back->lines[0].tokens[1].alternatives[0].text, "hoạch");
  EXPECT_EQ(back->lines[0].tokens[1].box, page.lines[0].tokens[1].box);
  EXPECT_TRUE(back->lines[0].style.bold);
}

TEST(Observe, DamagedCacheIsAnError) {
  EXPECT_FALSE(PageFromJson(""));
  EXPECT_FALSE(PageFromJson("{}"));
  std::string json = PageToJson(SamplePage());
  const std::size_t at = json.find("[0,8]");
  ASSERT_NE(at, std::string::npos);
  EXPECT_FALSE(PageFromJson(json.replace(at, 5, "[0,99]")));
}

TEST(Observe, TextKeepsItsPagesAndLines) {
  const std::string text = "Ke hoach\nso 5\n\fTrang hai\n";
  const Document d = ObserveText(text);
  ASSERT_EQ(d.pages.size(), 2u);
  EXPECT_EQ(RawText(d), text);
  EXPECT_EQ(RecoveredText(Unrecovered(d)), text);
  EXPECT_EQ(JoinPages(d, Unrecovered(d)).lines.size(), 3u);
}

TEST(Observe, NoScanIsNotFound) {
  EXPECT_EQ(ObserveScan("no/such/scan.pdf", {}, "").error().code, ErrorCode::kNotFound);
}

}  // namespace
}  // namespace hoidau
