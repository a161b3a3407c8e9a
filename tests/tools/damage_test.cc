#include "damage.h"

#include <gtest/gtest.h>

#include <numeric>

#include "marks.h"

namespace hoidau::print {
namespace {

// A small page with bars, as if of text.
Raster Page() {
  Raster page(300, 400, 1);
  for (int y = 40; y < 360; y += 12) {
    for (int x = 30; x < 270; ++x) *page.At(x, y) = *page.At(x, y + 1) = *page.At(x, y + 2) = 0;
  }
  return page;
}

double Mean(const Raster& image) {
  return std::accumulate(image.pixels().begin(), image.pixels().end(), 0.0) /
         static_cast<double>(image.pixels().size());
}

TEST(Damage, SameSeedSamePixelsForEveryPreset) {
  for (const std::string& preset : DamagePresets()) {
    SCOPED_TRACE(preset);
    Rng a(5), b(5), other(6);
    const auto steps = DamagePreset(preset, a), again = DamagePreset(preset, b),
               different = DamagePreset(preset, other);
    ASSERT_TRUE(steps && again && different);
    const auto first = ApplyDamage(Page(), 72, *steps), second = ApplyDamage(Page(), 72, *again);
    ASSERT_TRUE(first && second) << first.error().message;
    EXPECT_EQ(first->image.pixels(), second->image.pixels());
    if (preset == "clean") continue;  // nothing random in it
    EXPECT_NE(first->image.pixels(), ApplyDamage(Page(), 72, *different)->image.pixels());
  }
}

TEST(Damage, ResolutionIsTheScans) {
  Rng rng(1);
  const auto scan = ApplyDamage(Page(), 72, *DamagePreset("poor-150", rng));
  ASSERT_TRUE(scan);
  EXPECT_EQ(scan->dpi, 150);
  EXPECT_NEAR(scan->image.width(), 300 * 150 / 72.0, 1);
}

TEST(Damage, FatPrintIsDarkerThanFaint) {
  Rng a(3), b(3);
  const auto fat = ApplyDamage(Page(), 300, *DamagePreset("fat-200", a));
  const auto faint = ApplyDamage(Page(), 300, *DamagePreset("faint-200", b));
  ASSERT_TRUE(fat && faint);
  EXPECT_LT(Mean(fat->image), Mean(faint->image));
}

TEST(Damage, UnknownNamesAndMissingNumbersAreErrors) {
  Rng rng(1);
  EXPECT_FALSE(DamagePreset("no-such", rng));
  EXPECT_FALSE(ApplyDamage(Page(), 72, {{"no-such", {}, 1}}));
  EXPECT_FALSE(ApplyDamage(Page(), 72, {{"blur", {}, 1}}));
}

TEST(Marks, SealIsRedAndLeavesInkBelow) {
  Rng a(9), b(9);
  const std::vector<Mark> marks{{"signature_place", "", {0, 0, 10, 10}}, {"seal", "UBND XÃ", {60, 60, 100, 100}}};
  const Raster page = Page(), stamped = DrawMarks(page, 72, marks, a);
  ASSERT_EQ(stamped.channels(), 3);
  long red = 0, ink_lost = 0;
  for (int y = 0; y < stamped.height(); ++y) {
    for (int x = 0; x < stamped.width(); ++x) {
      const std::uint8_t* p = stamped.At(x, y);
      red += p[0] > p[1] + 60;
      ink_lost += *page.At(x, y) == 0 && p[0] > 10;
    }
  }
  EXPECT_GT(red, 200);
  EXPECT_EQ(ink_lost, 0);
  // The place of a signature draws nothing and takes no randomness.
  EXPECT_EQ(stamped.pixels(), DrawMarks(page, 72, {marks[1]}, b).pixels());
}

TEST(Raster, PngRoundTrip) {
  const Result<std::string> png = EncodePng(Page(), 72);
  ASSERT_TRUE(png);
  const Result<Raster> back = DecodeImage(*png);
  ASSERT_TRUE(back);
  EXPECT_EQ(back->pixels(), Page().pixels());
  EXPECT_FALSE(DecodeImage("not an image"));
}

TEST(Raster, ImagePdfIsTheSameEachTime) {
  const auto a = ImagePdf({{Page(), 72}, {ToRgb(Page()), 72}}, 60),
             b = ImagePdf({{Page(), 72}, {ToRgb(Page()), 72}}, 60);
  ASSERT_TRUE(a && b);
  EXPECT_EQ(*a, *b);
  EXPECT_TRUE(a->starts_with("%PDF-1.4"));
}

}  // namespace
}  // namespace hoidau::print
