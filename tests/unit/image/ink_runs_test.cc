#include "image/ink_runs.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace hoidau {
namespace {

using ::testing::IsEmpty;

constexpr float kEm = 40;

// Letters of 20 by 28 pixels, 8 apart.
Box Write(Image& page, float x, float y, int letters) {
  for (int i = 0; i < letters; ++i) {
    const float left = x + 28 * static_cast<float>(i);
    page.Fill({left, y, left + 20, y + 28}, 0, 0, 0);
  }
  return {x, y, x + 28 * static_cast<float>(letters) - 8, y + 28};
}

TEST(InkRuns, WhatNobodyHasRead) {
  for (const int depth : {1, 8, 32}) {
    Image page = Image::Blank(1000, 800, depth, 300);
    const Box known = Write(page, 100, 100, 8), number = Write(page, 500, 40, 1), name = Write(page, 300, 600, 6);
    const std::vector<Box> runs = InkRuns(page, {known}, kEm);
    ASSERT_EQ(runs.size(), 2U) << depth;
    EXPECT_EQ(runs[0], number);
    EXPECT_EQ(runs[1], name);
  }
}

TEST(InkRuns, LettersOfAWordInANarrowBoxAreNone) {
  Image page = Image::Blank(1000, 800, 8, 300);
  const Box word = Write(page, 100, 100, 8);
  EXPECT_THAT(InkRuns(page, {{word.left, word.top, word.right - 28, word.bottom}}, kEm), IsEmpty());
}

TEST(InkRuns, RulesSpecksDotsAndPicturesAreNone) {
  Image page = Image::Blank(1000, 800, 8, 300);
  page.Fill({100, 100, 900, 104}, 0, 0, 0);
  page.Fill({100, 100, 104, 700}, 0, 0, 0);
  for (float x = 200; x < 800; x += 20) page.Fill({x, 300, x + 5, 305}, 0, 0, 0);
  page.Fill({500, 400, 700, 600}, 0, 0, 0);
  EXPECT_THAT(InkRuns(page, {}, kEm), IsEmpty());
}

TEST(InkRuns, NothingOnNothing) {
  EXPECT_THAT(InkRuns(Image::Blank(1, 1, 8, 300), {}, kEm), IsEmpty());
  EXPECT_THAT(InkRuns(Image::Blank(100, 100, 1, 300), {{-5, -5, 500, 500}}, kEm), IsEmpty());
  EXPECT_THAT(InkRuns(Image::Blank(100, 100, 1, 300), {}, 0), IsEmpty());
}

}  // namespace
}  // namespace hoidau
