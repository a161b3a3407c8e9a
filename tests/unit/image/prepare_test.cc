#include "image/prepare.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

namespace hoidau {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr float kMm = 300 / 25.4F;  // pixels at 300 dpi

// A white A4 page with lines of black bars for words.
Image Page(float slope = 0) {
  Image page = Image::Blank(2480, 3508, 32, 300);
  for (int line = 0; line < 30; ++line) {
    for (int word = 0; word < 12; ++word) {
      const float x = 250.0F + 160.0F * static_cast<float>(word);
      const float y = 300.0F + 90.0F * static_cast<float>(line) + slope * (x - 1240);
      for (int stroke = 0; stroke < 12; ++stroke) {
        const float left = x + 10.0F * static_cast<float>(stroke);
        page.Fill({left, y + slope * 10 * static_cast<float>(stroke), left + 5,
                   y + slope * 10 * static_cast<float>(stroke) + 40},
                  20, 20, 20);
      }
    }
  }
  return page;
}

void DrawSeal(Image& page, float cx, float cy) {
  for (int i = 0; i < 720; ++i) {
    const float angle = static_cast<float>(i) * std::numbers::pi_v<float> / 360;
    for (const float radius : {17.5F, 12.0F, 6.0F}) {
      const float x = cx + radius * kMm * std::cos(angle), y = cy + radius * kMm * std::sin(angle);
      page.Fill({x - 6, y - 6, x + 6, y + 6}, 220, 40, 50);
    }
  }
}

TEST(Prepare, CleanPageIsLeftAlone) {
  const PrepareResult ready = Prepare(Page(), {});
  EXPECT_THAT(ready.done, ElementsAre());
  EXPECT_TRUE(ready.marks.empty());
  EXPECT_TRUE(ready.tables.empty());
  EXPECT_EQ(ready.image.width(), 2480);
  const Box box{10, 20, 30, 40};
  EXPECT_EQ(ready.ToPage(box), box);
}

TEST(Prepare, SealIsFoundAndFadesWhilePrintStays) {
  Image page = Page();
  DrawSeal(page, 1800, 2400);
  const PrepareResult ready = Prepare(page, {});
  ASSERT_EQ(ready.marks.size(), 1U);
  const Mark& seal = ready.marks[0];
  EXPECT_EQ(seal.kind, MarkKind::kSeal);
  EXPECT_NEAR((seal.box.left + seal.box.right) / 2, 1800, 20);
  EXPECT_NEAR((seal.box.top + seal.box.bottom) / 2, 2400, 20);
  ASSERT_EQ(ready.done.size(), 1U);
  EXPECT_THAT(ready.done[0], HasSubstr("faded coloured ink"));
  // A red pixel between the lines is light now.
  Image expected = Image::Blank(4, 4, 8, 300);
  expected.Fill({0, 0, 4, 4}, 220, 220, 220);
  Image red = Image::Blank(4, 4, 32, 300);
  Ink ink;
  red.Fill({0, 0, 4, 4}, 220, 40, 50);
  EXPECT_EQ(WithoutRedInk(red, &ink).Sha256(), expected.Sha256());
}

TEST(Prepare, BlueSignatureIsReportedAndFades) {
  Image page = Image::Blank(2480, 3508, 32, 300);
  for (int i = 0; i < 40; ++i) {  // a loose zigzag of 40 by 20 mm
    const float x = 1400 + 12.0F * static_cast<float>(i), y = 2600 + (i % 2 == 0 ? 0.0F : 180.0F);
    page.Fill({x, 2600, x + 4, y + 60}, 40, 60, 200);
  }
  const PrepareResult ready = Prepare(page, {});
  ASSERT_EQ(ready.marks.size(), 1U);
  EXPECT_EQ(ready.marks[0].kind, MarkKind::kSignature);
  Image blue = Image::Blank(4, 4, 32, 300);
  Ink ink;
  blue.Fill({0, 0, 4, 4}, 40, 60, 200);
  Image expected = Image::Blank(4, 4, 8, 300);
  expected.Fill({0, 0, 4, 4}, 69, 69, 69);  // its luminance
  Image grey = WithoutRedInk(blue, &ink);
  EXPECT_EQ(grey.Sha256(), expected.Sha256());
  FadeBlueInk(blue, {0, 0, 4, 2}, &grey);
  expected.Fill({0, 0, 4, 2}, 200, 200, 200);
  EXPECT_EQ(grey.Sha256(), expected.Sha256());
}

TEST(Prepare, BlackAndYellowedPaperAreNoInk) {
  Image page = Page();
  Ink ink;
  WithoutRedInk(page, &ink);
  EXPECT_EQ(ink.red.Sha256(), Image::Blank(2480, 3508, 1, 300).Sha256());
  EXPECT_EQ(ink.blue.Sha256(), ink.red.Sha256());
  Image paper = Image::Blank(2480, 3508, 32, 300);
  paper.Fill({0, 0, 2480, 3508}, 235, 225, 190);
  EXPECT_TRUE(Prepare(paper, {}).marks.empty());
}

TEST(Prepare, SkewIsMeasuredAndBoxesWalkBack) {
  const float slope = std::tan(2 * std::numbers::pi_v<float> / 180);  // 2 degrees clockwise
  const PrepareResult ready = Prepare(Page(slope), {});
  EXPECT_NEAR(ready.skew_radians, -2 * std::numbers::pi_v<float> / 180, 0.003);
  // The centre stays; a word on the right of a turned line lies lower on the page than in the straightened image.
  EXPECT_NEAR(ready.ToPage({1230, 1744, 1250, 1764}).left, 1230, 1);
  EXPECT_GT(ready.ToPage({2200, 1744, 2220, 1764}).top, 1744 + 25);
}

TEST(Prepare, SmallResolutionIsEnlarged) {
  PrepareOptions options;
  options.enlarge_below_dpi = 200;
  const PrepareResult ready = Prepare(Page().Scaled(1.0F / 3), options);
  EXPECT_FLOAT_EQ(ready.scale, 3);
  EXPECT_EQ(ready.page_width, 827);
  EXPECT_NEAR(ready.ToPage({300, 600, 330, 630}).left, 100, 1);
}

TEST(FindTables, RuledCellsInOrderAndUnderlinesAreNone) {
  Image page = Image::Blank(2480, 3508, 8, 300);
  const auto line = [&](float x0, float y0, float x1, float y1) { page.Fill({x0, y0, x1, y1}, 0, 0, 0); };
  for (const float y : {500.0F, 700.0F, 900.0F}) line(300, y, 2000, y + 4);
  for (const float x : {300.0F, 600.0F, 1996.0F}) line(x, 500, x + 4, 904);
  line(900, 300, 1500, 304);  // below a motto
  const std::vector<Table> tables = FindTables(page);
  ASSERT_EQ(tables.size(), 1U);
  ASSERT_EQ(tables[0].cells.size(), 4U);
  EXPECT_NEAR(tables[0].cells[0].left, 304, 8);
  EXPECT_NEAR(tables[0].cells[1].left, 604, 8);
  EXPECT_NEAR(tables[0].cells[2].top, 704, 8);
}

TEST(Prepare, TinyImagesDoNotCrash) {
  for (const int depth : {1, 8, 32}) {
    for (const int size : {1, 2, 17, 64}) {
      const PrepareResult ready = Prepare(Image::Blank(size, size, depth, 300), {});
      EXPECT_FALSE(ready.image.empty());
    }
  }
}

}  // namespace
}  // namespace hoidau
