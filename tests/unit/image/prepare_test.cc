#include "image/prepare.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numbers>
#include <string>

#include "image/binary.h"

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

void DrawSeal(Image& page, float cx, float cy, std::uint8_t red = 220, std::uint8_t green = 40,
              std::uint8_t blue = 50) {
  for (int i = 0; i < 720; ++i) {
    const float angle = static_cast<float>(i) * std::numbers::pi_v<float> / 360;
    for (const float radius : {17.5F, 12.0F, 6.0F}) {
      const float x = cx + radius * kMm * std::cos(angle), y = cy + radius * kMm * std::sin(angle);
      page.Fill({x - 6, y - 6, x + 6, y + 6}, red, green, blue);
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

TEST(WhitenPaper, PaperBecomesWhiteAndPrintStaysInProportion) {
  Image page = Image::Blank(90, 90, 8, 300);
  page.Fill({0, 0, 90, 90}, 200, 200, 200);
  page.Fill({0, 0, 90, 20}, 204, 204, 204);  // noise
  page.Fill({30, 30, 60, 60}, 40, 40, 40);
  page.Fill({0, 80, 90, 90}, 180, 180, 180);  // a shadow
  WhitenPaper(&page);
  const auto at = [&](int x, int y) { return Row(page, y)[x / 4] >> (24 - x % 4 * 8) & 255U; };
  EXPECT_EQ(at(8, 40), 255U);
  EXPECT_EQ(at(8, 10), 255U);
  EXPECT_EQ(at(40, 40), 51U);
  EXPECT_NEAR(at(40, 85), 230, 1);
}

TEST(WhitenPaper, PageWithoutPaperStays) {
  Image page = Image::Blank(256, 90, 8, 300);
  for (int x = 0; x < 256; ++x) {
    const auto level = static_cast<std::uint8_t>(x);
    const auto left = static_cast<float>(x);
    page.Fill({left, 0, left + 1, 90}, level, level, level);
  }
  const std::string before = page.Sha256();
  WhitenPaper(&page);
  EXPECT_EQ(page.Sha256(), before);
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
}

// The grey value of a patch of one colour in the middle of white paper, ink taken off.
std::uint8_t GreyOf(std::uint8_t red, std::uint8_t green, std::uint8_t blue) {
  Image page = Image::Blank(60, 60, 32, 300);
  page.Fill({20, 20, 40, 40}, red, green, blue);
  const Image grey = WithoutInk(page, FindInk(page));
  for (int value = 0; value < 256; ++value) {
    Image expected = Image::Blank(60, 60, 8, 300);
    const auto v = static_cast<std::uint8_t>(value);
    expected.Fill({20, 20, 40, 40}, v, v, v);
    if (grey.Sha256() == expected.Sha256()) return v;
  }
  ADD_FAILURE() << "no patch of one value";
  return 0;
}

TEST(WithoutInk, InkBecomesPaperPrintStays) {
  EXPECT_EQ(GreyOf(220, 40, 50), 255);   // a seal
  EXPECT_EQ(GreyOf(40, 60, 200), 255);   // a pen
  EXPECT_EQ(GreyOf(110, 50, 160), 255);  // a violet stamp
  EXPECT_EQ(GreyOf(20, 20, 20), 20);     // print
  EXPECT_LE(GreyOf(60, 5, 5), 60);       // print under a seal
}

TEST(WithoutInk, SoftEdgesGoWithTheStroke) {
  Image page = Image::Blank(60, 60, 32, 300);
  page.Fill({20, 20, 40, 40}, 200, 165, 168);  // too pale for ink of its own
  const Image pale = WithoutInk(page, FindInk(page));
  EXPECT_NE(pale.Sha256(), Image::Blank(60, 60, 8, 300).Sha256());
  page.Fill({22, 22, 38, 38}, 220, 40, 50);
  EXPECT_EQ(WithoutInk(page, FindInk(page)).Sha256(), Image::Blank(60, 60, 8, 300).Sha256());
}

TEST(FindInk, BluishPrintOfABluishScanIsNoPen) {
  Image page = Image::Blank(600, 600, 32, 300);
  page.Fill({50, 50, 550, 300}, 20, 20, 50);    // most of the print
  page.Fill({50, 350, 550, 360}, 20, 20, 85);   // a heading, somewhat bluer
  page.Fill({50, 400, 150, 450}, 40, 60, 200);  // a pen
  Image pen = Image::Blank(600, 600, 1, 300);
  pen.Fill({50, 400, 150, 450}, 0, 0, 0);
  EXPECT_EQ(FindInk(page).blue.Sha256(), pen.Sha256());
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
}

TEST(Prepare, BlackAndYellowedPaperAreNoInk) {
  Image page = Page();
  const Ink ink = FindInk(page);
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
  const std::vector<Table> tables = FindTables(FindRules(page));
  ASSERT_EQ(tables.size(), 1U);
  ASSERT_EQ(tables[0].cells.size(), 4U);
  EXPECT_NEAR(tables[0].cells[0].left, 304, 8);
  EXPECT_NEAR(tables[0].cells[1].left, 604, 8);
  EXPECT_NEAR(tables[0].cells[2].top, 704, 8);
}

TEST(FindTables, TableThatIsNotQuiteStraight) {
  // Two columns, eight rows; every upright rule leans to the right by 16 pixels on its way down.
  Image page = Image::Blank(2480, 3508, 8, 300);
  for (int step = 0; step < 16; ++step) {
    for (const float left : {300.0F, 1000.0F, 1700.0F}) {
      const float x = left + static_cast<float>(step), y = 400 + 50 * static_cast<float>(step);
      page.Fill({x, y, x + 4, y + 50}, 0, 0, 0);
    }
  }
  for (int row = 0; row <= 8; ++row) {
    const float left = 300 + 2 * static_cast<float>(row), y = 400 + 100 * static_cast<float>(row);
    page.Fill({left, y, left + 1400, y + 4}, 0, 0, 0);
  }
  const std::vector<Table> tables = FindTables(FindRules(page));
  ASSERT_EQ(tables.size(), 1U);
  EXPECT_EQ(tables[0].cells.size(), 16U);
}

TEST(FindTables, BrokenRulesAndMergedCells) {
  Image page = Image::Blank(2480, 3508, 8, 300);
  for (const float y : {500.0F, 700.0F, 900.0F, 1100.0F}) page.Fill({300, y, 2000, y + 4}, 60, 60, 60);
  for (const float x : {300.0F, 600.0F, 1300.0F, 1996.0F}) page.Fill({x, 500, x + 4, 1104}, 60, 60, 60);
  page.Fill({597, 560, 608, 600}, 255, 255, 255);    // a gap in a rule joins nothing
  page.Fill({1297, 708, 1308, 896}, 255, 255, 255);  // where there is no rule the cell is one
  const std::vector<Table> tables = FindTables(FindRules(page));
  ASSERT_EQ(tables.size(), 1U);
  ASSERT_EQ(tables[0].cells.size(), 8U);
  EXPECT_NEAR(tables[0].cells[4].left, 604, 8);
  EXPECT_NEAR(tables[0].cells[4].right, 1996, 8);
  EXPECT_NEAR(tables[0].cells[5].top, 904, 8);
}

TEST(FindTables, EdgesOfTheSheetAreNone) {
  Image page = Image::Blank(2480, 3508, 8, 300);
  page.Fill({0, 0, 2480, 8}, 30, 30, 30), page.Fill({0, 0, 8, 3508}, 30, 30, 30);
  for (const float x : {600.0F, 2460.0F}) page.Fill({x, 0, x + 5, 3508}, 30, 30, 30);
  page.Fill({0, 2000, 2480, 2004}, 30, 30, 30);
  EXPECT_TRUE(FindTables(FindRules(page)).empty());
}

TEST(FindTables, TableOfTheBackIsNone) {
  for (const std::uint8_t shade : {std::uint8_t{40}, std::uint8_t{215}}) {
    Image page = Image::Blank(2480, 3508, 8, 300);
    for (const float y : {500.0F, 700.0F, 900.0F}) page.Fill({300, y, 2000, y + 4}, shade, shade, shade);
    for (const float x : {300.0F, 600.0F, 1996.0F}) page.Fill({x, 500, x + 4, 904}, shade, shade, shade);
    EXPECT_EQ(FindTables(FindRules(page)).size(), shade == 40 ? 1U : 0U);
  }
}

TEST(FindFrames, FrameOfAStampAndNoUnderline) {
  Image page = Image::Blank(2480, 3508, 8, 300);
  const auto line = [&](float x0, float y0, float x1, float y1) { page.Fill({x0, y0, x1, y1}, 0, 0, 0); };
  line(900, 300, 1500, 304);                                                // below a motto
  for (const float y : {600.0F, 820.0F}) line(100, y, 760, y + 4);          // a stamp of 56 by 19 mm
  for (const float x : {100.0F, 260.0F, 756.0F}) line(x, 600, x + 4, 824);  //
  for (const float y : {1500.0F, 1900.0F}) line(100, y, 2300, y + 4);       // a table as wide as the page
  for (const float x : {100.0F, 1000.0F, 2296.0F}) line(x, 1500, x + 4, 1904);
  const std::vector<Box> frames = FindFrames(FindRules(page));
  ASSERT_EQ(frames.size(), 1U);
  EXPECT_NEAR(frames[0].left, 100, 10);
  EXPECT_NEAR(frames[0].bottom, 824, 10);
}

TEST(FindRings, TheRingOfASealAndNothingElse) {
  Image page = Page();
  EXPECT_TRUE(Prepare(page, {}).grey_seals.empty());
  for (int i = 0; i < 360; ++i) {  // a ring drawn by hand around a word, and one as wide as the text
    const float angle = static_cast<float>(i) * std::numbers::pi_v<float> / 180;
    for (const float radius : {6.0F, 60.0F}) {
      const float x = 1200 + radius * kMm * std::cos(angle), y = 1500 + radius * kMm * std::sin(angle);
      page.Fill({x - 8, y - 8, x + 8, y + 8}, 60, 60, 60);
    }
  }
  page.Fill({300, 3020, 900, 3024}, 60, 60, 60), page.Fill({300, 3020, 304, 3400}, 60, 60, 60);  // a frame
  page.Fill({300, 3400, 900, 3404}, 60, 60, 60), page.Fill({896, 3020, 900, 3404}, 60, 60, 60);
  EXPECT_TRUE(Prepare(page, {}).grey_seals.empty());
  DrawSeal(page, 1800, 3180, 90, 90, 90);
  const PrepareResult ready = Prepare(page, {});
  ASSERT_EQ(ready.grey_seals.size(), 1U);
  EXPECT_NEAR(ready.grey_seals[0].left, 1800 - 17.5F * kMm, 15);
  EXPECT_NEAR(ready.grey_seals[0].bottom, 3180 + 17.5F * kMm, 15);
  EXPECT_TRUE(Prepare(page, {.find_grey_seals = false}).grey_seals.empty());
}

TEST(FindRings, ARingThatAFaxHasBroken) {
  Image page = Image::Blank(2480, 3508, 8, 300);
  for (int i = 0; i < 360; ++i) {
    if (i % 20 >= 15) continue;  // 4 mm of 6 are drawn
    const float angle = static_cast<float>(i) * std::numbers::pi_v<float> / 180;
    const float x = 1800 + 17.5F * kMm * std::cos(angle), y = 3180 + 17.5F * kMm * std::sin(angle);
    page.Fill({x - 5, y - 5, x + 5, y + 5}, 0, 0, 0);
  }
  // The star, grown together with the ring by dirt.
  page.Fill({1740, 3120, 1860, 3240}, 0, 0, 0), page.Fill({1800, 3176, 2010, 3182}, 0, 0, 0);
  page.Fill({1590, 3176, 1800, 3182}, 0, 0, 0), page.Fill({1797, 2973, 1803, 3387}, 0, 0, 0);
  const std::vector<Box> rings = FindRings(Binary(page));
  ASSERT_EQ(rings.size(), 1U);
  EXPECT_NEAR(rings[0].left, 1800 - 17.5F * kMm, 20);
  EXPECT_NEAR(rings[0].bottom, 3180 + 17.5F * kMm, 20);
}

// The darkest of a box.
int Darkest(const Image& grey, const Box& box) {
  int darkest = 255;
  for (int y = static_cast<int>(box.top); y < static_cast<int>(box.bottom); ++y) {
    for (int x = static_cast<int>(box.left); x < static_cast<int>(box.right); ++x) {
      darkest = std::min(darkest, static_cast<int>(Row(grey, y)[x / 4] >> (24 - x % 4 * 8) & 255U));
    }
  }
  return darkest;
}

TEST(FadeGreySeal, PrintStaysASealAsDarkStays) {
  for (const std::uint8_t shade : {std::uint8_t{120}, std::uint8_t{20}}) {
    Image page = Page();
    DrawSeal(page, 1800, 3180, shade, shade, shade);
    page.Fill({1780, 2980, 1830, 3020}, 20, 20, 20);  // a letter that the ring crosses
    Image grey = Prepare(page, {.find_grey_seals = false}).image;
    const Box ring{1800 - 17.5F * kMm, 3180 - 17.5F * kMm, 1800 + 17.5F * kMm, 3180 + 17.5F * kMm};
    EXPECT_EQ(FadeGreySeal(ring, &grey), shade == 120);
    EXPECT_EQ(Darkest(grey, {1785, 2985, 1825, 3015}), 20);
    EXPECT_EQ(Darkest(grey, {1580, 3050, 1700, 3300}), shade == 120 ? 255 : 20);
    EXPECT_EQ(Darkest(grey, {1500, 2900, 2100, 2960}), 20);  // lines above
  }
}

TEST(Smoothed, ThinStrokesGrowOthersKeepTheirWidth) {
  for (const float width : {1.0F, 4.0F}) {
    Image page = Image::Blank(200, 100, 1, 200);
    for (float x = 20; x < 180; x += 16) page.Fill({x, 20, x + width, 80}, 0, 0, 0);
    // Hairlines and specks say nothing of the strokes.
    for (float y = 1; y < 18; y += 2) page.Fill({0, y, 200, y + 1}, 0, 0, 0);
    for (float x = 1; x < 200; x += 4) page.Fill({x, 90, x + 1, 91}, 0, 0, 0);
    const Image soft = Smoothed(page);
    ASSERT_EQ(soft.depth(), 8);
    EXPECT_EQ(soft.dpi(), 200);
    int black = 0;
    for (int x = 0; x < 200; ++x)
      black += Darkest(soft, {static_cast<float>(x), 50, static_cast<float>(x) + 1, 51}) < 128;
    EXPECT_EQ(black, width == 1 ? 20 : 40);  // ten strokes, of two pixels where they had one
  }
}

TEST(Prepare, TextStampedInRedBesideASealIsAnImageOfItsOwn) {
  Image page = Page();
  DrawSeal(page, 1500, 3180);
  // A line of strokes that begins in the ring, and a line below.
  for (const float top : {3100.0F, 3420.0F}) {
    for (float x = 1650; x < 2200; x += 20) page.Fill({x, top, x + 8, top + 50}, 220, 40, 50);
  }
  const PrepareResult ready = Prepare(page, {});
  ASSERT_EQ(ready.marks.size(), 3U);
  ASSERT_EQ(ready.mark_images.size(), 3U);
  EXPECT_EQ(ready.marks[0].kind, MarkKind::kSeal);
  EXPECT_NEAR(ready.marks[0].box.right, 1500 + 17.5F * kMm, 20);
  for (std::size_t i = 1; i < 3; ++i) {
    EXPECT_EQ(ready.marks[i].kind, MarkKind::kHandwriting);
    EXPECT_NEAR(ready.marks[i].box.right, 2198, 12);
    EXPECT_FALSE(ready.mark_images[i].empty());
  }
}

TEST(Prepare, GreyInThreeChannelsIsGrey) {
  const Image page = Page();
  EXPECT_EQ(page.depth(), 32);
  EXPECT_EQ(Prepare(page, {}).image.depth(), 8);
  EXPECT_TRUE(Prepare(page, {}).done.empty());
}

TEST(Binary, LargePagesInTilesWithALittleOver) {
  // Shaded from one side to the other: one threshold would lose half of it.
  Image page = Image::Blank(1300, 950, 8, 300);
  for (int x = 0; x < 1300; ++x) {
    const auto at = static_cast<float>(x);
    const auto paper = static_cast<std::uint8_t>(90 + x / 10);
    page.Fill({at, 0, at + 1, 950}, paper, paper, paper);
    if (x % 20 < 4) page.Fill({at, 0, at + 1, 950}, 30, 30, 30);
  }
  const Image binary = Binary(page);
  EXPECT_EQ(binary.dpi(), 300);
  EXPECT_EQ(Components(binary, 8).size(), 65U);
  EXPECT_EQ(Binary(Image::Blank(3, 3, 8, 300)).width(), 3);
}

TEST(RemoveUnderlines, RulesGoLettersAndTablesStay) {
  Image page = Image::Blank(2480, 3508, 8, 300);
  page.Fill({1000, 250, 1030, 300}, 0, 0, 0);  // a letter that stands on the rule
  Image letter = page.Copy();
  page.Fill({900, 300, 1500, 304}, 0, 0, 0);
  RemoveUnderlines(FindRules(page), {}, &page);
  letter.Fill({1000, 300, 1030, 304}, 0, 0, 0);  // what it touches stays with it
  EXPECT_EQ(page.Sha256(), letter.Sha256());
  page.Fill({900, 900, 1500, 904}, 0, 0, 0);
  const Image before = page.Copy();
  RemoveUnderlines(FindRules(page), {{.box = {880, 700, 1520, 1100}, .cells = {}}}, &page);
  EXPECT_EQ(page.Sha256(), before.Sha256());
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
