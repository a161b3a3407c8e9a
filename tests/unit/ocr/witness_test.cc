#include "ocr/witness.h"

#include <gtest/gtest.h>

namespace hoidau {
namespace {

// One line of words 100 pixels apart, of a page of a width.
Page PageOf(const std::string& text, int width) {
  Page page = PlainTextPage(text, 1);
  page.width = width, page.height = width;
  const float scale = static_cast<float>(width) / 1000;
  Line& line = page.lines[0];
  for (std::size_t i = 0; i < line.tokens.size(); ++i) {
    const float left = 100 * static_cast<float>(i);
    line.tokens[i].box = {left * scale, 100 * scale, (left + 80) * scale, 130 * scale};
  }
  line.box = {0, 100 * scale, 100 * static_cast<float>(line.tokens.size()) * scale, 130 * scale};
  return page;
}

TEST(AddWitness, WordsAtTheSamePlaceThatDiffer) {
  Page page = PageOf("Kê hoạch 37 ngày hoi", 1000);
  EXPECT_EQ(AddWitness(PageOf("Kế hoạch 57 ngay hội", 500), page), 3);
  const std::vector<Token>& tokens = page.lines[0].tokens;
  EXPECT_EQ(tokens[0].alternatives.at(0).text, "Kế");
  EXPECT_TRUE(tokens[1].alternatives.empty()) << "both say the same";
  EXPECT_EQ(tokens[2].alternatives.at(0).text, "57");
  EXPECT_TRUE(tokens[3].alternatives.empty()) << "a word without its marks is no evidence";
  EXPECT_EQ(tokens[4].alternatives.at(0).text, "hội");
}

TEST(AddWitness, OtherPlacesAndNoPlacesSayNothing) {
  Page page = PageOf("Kê hoạch", 1000);
  Page below = PageOf("Kế hoặch", 1000);
  for (Token& token : below.lines[0].tokens) token.box.top += 300, token.box.bottom += 300;
  below.lines[0].box.top += 300, below.lines[0].box.bottom += 300;
  EXPECT_EQ(AddWitness(below, page), 0);
  EXPECT_EQ(AddWitness(PlainTextPage("Kế hoặch", 1), page), 0);
  EXPECT_EQ(AddWitness(Page{}, page), 0);
}

}  // namespace
}  // namespace hoidau
