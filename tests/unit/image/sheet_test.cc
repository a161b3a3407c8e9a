#include "image/sheet.h"

#include <gtest/gtest.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>

#include "image/binary.h"
#include "image/prepare.h"

namespace hoidau {
namespace {

constexpr int kWidth = 1400, kHeight = 1980;

std::uint32_t Level(int value) { return static_cast<std::uint32_t>(value) * 0x01010100U; }

// Whether a point is on the right-hand side of each side of the sheet, corners clockwise.
bool Covers(const std::array<Point, 4>& corners, float x, float y) {
  for (std::size_t i = 0; i < 4; ++i) {
    const Point a = corners[i], b = corners[(i + 1) % 4];
    if ((b.x - a.x) * (y - a.y) - (b.y - a.y) * (x - a.x) < 0) return false;
  }
  return true;
}

// A sheet on a desk in the light of a window on its left: both fade to the right.
Image Photograph(const std::array<Point, 4>& corners, int desk = 80, int paper = 235) {
  Image image = Image::Blank(kWidth, kHeight, 32, 170);
  for (int y = 0; y < kHeight; ++y) {
    std::uint32_t* row = Row(image, y);
    for (int x = 0; x < kWidth; ++x) {
      const int level = Covers(corners, static_cast<float>(x), static_cast<float>(y)) ? paper : desk;
      row[x] = Level(level - level * x / (2 * kWidth));
    }
  }
  return image;
}

Image Grey(const Image& image) {
  Image grey = Image::Blank(image.width(), image.height(), 8, image.dpi());
  for (int y = 0; y < image.height(); ++y) {
    for (int x = 0; x < image.width(); ++x) {
      const auto at = static_cast<float>(x), down = static_cast<float>(y);
      const auto level = static_cast<std::uint8_t>(Row(image, y)[x] >> 8);
      if (level != 255) grey.Fill({at, down, at + 1, down + 1}, level, level, level);
    }
  }
  return grey;
}

const std::array<Point, 4> kTilted{Point{150, 200}, Point{1290, 130}, Point{1340, 1880}, Point{60, 1830}};

TEST(FindSheet, CornersOfATiltedOne) {
  const std::optional<Sheet> sheet = FindSheet(Grey(Photograph(kTilted)));
  ASSERT_TRUE(sheet.has_value());
  for (std::size_t i = 0; i < 4; ++i) {
    EXPECT_NEAR(sheet->corners[i].x, kTilted[i].x, 8) << i;
    EXPECT_NEAR(sheet->corners[i].y, kTilted[i].y, 8) << i;
  }
}

TEST(FindSheet, ACornerOutOfThePicture) {
  const std::array<Point, 4> cut{Point{150, 200}, Point{1290, 130}, Point{1430, 2010}, Point{60, 1830}};
  const std::optional<Sheet> sheet = FindSheet(Grey(Photograph(cut)));
  ASSERT_TRUE(sheet.has_value());
  EXPECT_NEAR(sheet->corners[2].x, 1430, 12);
  EXPECT_NEAR(sheet->corners[2].y, 2010, 12);
}

TEST(FindSheet, NoneWhereItIsNotCertain) {
  EXPECT_FALSE(FindSheet(Grey(Photograph({Point{0, 0}, {kWidth, 0}, {kWidth, kHeight}, {0, kHeight}}))));  // a scan
  EXPECT_FALSE(FindSheet(Grey(Photograph({Point{20, 20}, {1385, 30}, {1380, 1960}, {15, 1950}}))));        // dark edges
  EXPECT_FALSE(FindSheet(Grey(Photograph(kTilted, 230, 235))));                                            // on white
  EXPECT_FALSE(FindSheet(Grey(Photograph({Point{500, 700}, {800, 700}, {800, 1100}, {500, 1100}}))));      // a card
  EXPECT_FALSE(
      FindSheet(Grey(Photograph({Point{150, -9}, {1290, -9}, {1340, 1999}, {60, 1999}}))));  // no ends in sight
  EXPECT_FALSE(FindSheet(Image::Blank(kWidth, kHeight, 8, 170)));
  EXPECT_FALSE(FindSheet(Image::Blank(kWidth, kHeight, 1, 170)));
  EXPECT_FALSE(FindSheet(Image::Blank(40, 60, 8, 170)));
}

TEST(Flatten, ARectangleOfA4AndTheWayBack) {
  const std::optional<FlatSheet> flat = Flatten(Photograph(kTilted), {kTilted});
  ASSERT_TRUE(flat.has_value());
  const auto width = static_cast<float>(flat->image.width()), height = static_cast<float>(flat->image.height());
  EXPECT_NEAR(height / width, 1.414, 0.01);
  EXPECT_NEAR(width / static_cast<float>(flat->image.dpi()), 8.27, 0.05);
  const std::array<Point, 4> corners{Point{0, 0}, Point{width, 0}, Point{width, height}, Point{0, height}};
  for (std::size_t i = 0; i < 4; ++i) {
    const Point there = flat->to_photograph.Of(corners[i]), back = flat->from_photograph.Of(there);
    EXPECT_NEAR(there.x, kTilted[i].x, 2) << i;
    EXPECT_NEAR(there.y, kTilted[i].y, 2) << i;
    EXPECT_NEAR(back.x, corners[i].x, 2) << i;
    EXPECT_NEAR(back.y, corners[i].y, 2) << i;
  }
  // Paper everywhere but at the very edge.
  for (int y = 10; y < flat->image.height() - 10; y += 100) {
    for (int x = 10; x < flat->image.width() - 10; x += 100) EXPECT_GT(Row(flat->image, y)[x] >> 24, 100U);
  }
}

TEST(Prepare, APhotographIsFlattenedAndItsBoxesAreThoseOfThePhotograph) {
  Image photograph = Photograph(kTilted);
  const Box word{700, 900, 800, 930};
  photograph.Fill(word, 20, 20, 20);
  const PrepareResult ready = Prepare(photograph, {.quarter_turns = 0});
  ASSERT_TRUE(ready.sheet.has_value());
  EXPECT_EQ(ready.page_width, kWidth);
  EXPECT_EQ(ready.page_dpi, 170);
  // The word is where the map says, dark on light that is even.
  const Box there = ready.FromPage(word);
  const auto level = [&](float x, float y) {
    return static_cast<int>(
        Row(ready.image, static_cast<int>(y))[static_cast<int>(x) / 4] >> (24 - 8 * (static_cast<int>(x) % 4)) & 255);
  };
  EXPECT_LT(level((there.left + there.right) / 2, (there.top + there.bottom) / 2), 80);
  EXPECT_NEAR(level(there.left, there.top - 60), level(there.right + 700, there.top - 60), 12);
  const Box back = ready.ToPage(there);
  EXPECT_NEAR(back.left, word.left, 1.5);
  EXPECT_NEAR(back.top, word.top, 1.5);
  EXPECT_NEAR(back.right, word.right, 1.5);
  EXPECT_NEAR(back.bottom, word.bottom, 1.5);
  EXPECT_FALSE(Prepare(photograph, {.quarter_turns = 0, .flatten = false}).sheet.has_value());
}

TEST(Flatten, GreyAsInColour) {
  const Image photograph = Photograph(kTilted), grey = Grey(photograph);
  const std::optional<Sheet> sheet = FindSheet(grey);
  ASSERT_TRUE(sheet.has_value());
  const std::optional<FlatSheet> colour = Flatten(photograph, *sheet), plain = Flatten(grey, *sheet);
  ASSERT_TRUE(colour.has_value() && plain.has_value());
  ASSERT_EQ(plain->image.depth(), 8);
  for (int y = 20; y < plain->image.height() - 20; y += 97) {
    for (int x = 20; x < plain->image.width() - 20; x += 89) {
      const auto level = static_cast<int>(Row(plain->image, y)[x / 4] >> (24 - x % 4 * 8) & 255U);
      const std::uint32_t pixel = Row(colour->image, y)[x];
      for (const int shift : {8, 16, 24})
        EXPECT_NEAR(static_cast<int>(pixel >> shift & 255U), level, 1) << x << ' ' << y;
    }
  }
}

}  // namespace
}  // namespace hoidau
