#include "ocr/word_shape.h"

#include <gtest/gtest.h>

namespace hoidau {
namespace {

constexpr float kEm = 40;

// Pieces 24 pixels high, as wide as said, with gaps before them; one that is 0 wide is a full stop.
std::vector<Box> Pieces(const std::vector<std::pair<float, float>>& gaps_and_widths) {
  std::vector<Box> out;
  float x = 0;
  for (const auto& [gap, width] : gaps_and_widths) {
    x += gap;
    out.push_back(width > 0 ? Box{x, 0, x + width, 24} : Box{x, 20, x + 4, 24});
    x += width;
  }
  return out;
}

TEST(CountedStrokes, AsManyAsStandThere) {
  const std::vector<Box> two = Pieces({{0, 10}, {4, 10}, {4, 0}}), three = Pieces({{0, 10}, {4, 10}, {4, 10}, {4, 0}});
  EXPECT_EQ(CountedStrokes("II.", three), "III.");
  EXPECT_EQ(CountedStrokes("IH.", three), "III.");
  EXPECT_EQ(CountedStrokes("HI", three), "III");
  EXPECT_EQ(CountedStrokes("H.", two), "II.");
  EXPECT_EQ(CountedStrokes("Il", two), "II");
}

TEST(CountedStrokes, LeavesTheRest) {
  const std::vector<Box> two = Pieces({{0, 10}, {4, 10}, {4, 0}}), three = Pieces({{0, 10}, {4, 10}, {4, 10}, {4, 0}});
  for (const char* text : {"II.", "HI", "III", "11.", "IV.", "Hội", "I.2", "", "H/"})
    EXPECT_EQ(CountedStrokes(text, two), text);
  EXPECT_EQ(CountedStrokes("III.", two), "III.") << "strokes that touch are one";
  EXPECT_EQ(CountedStrokes("H.", Pieces({{0, 22}, {4, 0}})), "H.") << "an H is wide";
  EXPECT_EQ(CountedStrokes("II", Pieces({{0, 10}, {4, 10}, {4, 10}, {4, 10}})), "II") << "four strokes are no number";
  EXPECT_EQ(CountedStrokes("I", {}), "I");
  EXPECT_EQ(CountedStrokes("II", three), "III");
}

TEST(NarrowAsOne, TooNarrowForAT) {
  const std::vector<Box> narrow = Pieces({{0, 12}, {1, 26}, {3, 0}}), touching = Pieces({{0, 38}});
  const std::vector<Box> wide = Pieces({{0, 21}, {1, 26}, {3, 0}});
  EXPECT_EQ(NarrowAsOne("TV.", narrow), "IV.");
  EXPECT_EQ(NarrowAsOne("TX", touching), "IX");
  for (const char* text : {"TV.", "TX"}) EXPECT_EQ(NarrowAsOne(text, wide), text) << "standing committee, town";
  for (const char* text : {"TT", "T", "TVA", "V", "", "T."}) EXPECT_EQ(NarrowAsOne(text, narrow), text);
  EXPECT_EQ(NarrowAsOne("TV", {}), "TV");
}

TEST(BlankInside, BetweenLettersAndFigures) {
  const std::vector<Box> gap = Pieces({{0, 12}, {3, 12}, {12, 12}, {3, 12}}),
                         none = Pieces({{0, 12}, {3, 12}, {3, 12}});
  EXPECT_EQ(BlankInside("Từ01", gap, kEm), 4U);
  EXPECT_EQ(BlankInside("2025đến", gap, kEm), 4U);
  EXPECT_EQ(BlankInside("ĐạKao", gap, kEm), 5U);
  EXPECT_EQ(BlankInside("ĐạKao", none, kEm), 0U);
  EXPECT_EQ(BlankInside("Từ01", none, kEm), 0U);
  for (const char* text : {"Từ", "2025", "QĐ01", "a1b", "09xx", ""}) EXPECT_EQ(BlankInside(text, gap, kEm), 0U) << text;
  EXPECT_EQ(BlankInside("Từ01", {}, kEm), 0U);
}

TEST(SplitWord, SharesTheBox) {
  std::vector<OcrWord> line = {
      {.text = "Từ01", .box = {0, 0, 60, 20}, .confidence = 0.9F, .alternatives = {{"Tù01", 0.1F}}}};
  SplitWord(line, 0, 4);
  ASSERT_EQ(line.size(), 2U);
  EXPECT_EQ(line[0].text, "Từ");
  EXPECT_EQ(line[1].text, "01");
  EXPECT_EQ(line[0].box.right, line[1].box.left);
  EXPECT_TRUE(line[0].alternatives.empty());
}

}  // namespace
}  // namespace hoidau
