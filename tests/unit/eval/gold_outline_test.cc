#include "eval/gold_outline.h"

#include <gtest/gtest.h>

#include <numeric>

namespace hoidau {
namespace {

Block MakeBlock(BlockKind kind, const std::string& label, const std::string& text, int line, std::uint32_t begin) {
  Block block;
  block.kind = kind;
  block.label = label;
  block.text = text;
  block.first_line = block.last_line = line;
  block.span = {begin, begin + static_cast<std::uint32_t>(text.size())};
  block.back.resize(text.size() + 1);
  std::iota(block.back.begin(), block.back.end(), begin);
  return block;
}

constexpr const char* kGold = R"({"sections": [
  {"id": "I", "label": "I.", "title": "MỤC ĐÍCH", "role": "purpose", "level": 1, "children": []},
  {"id": "II", "label": "II.", "title": "TỔ CHỨC", "role": "implementation", "level": 1, "children": [
    {"id": "II.1", "label": "1.", "title": "Phòng Kinh tế", "role": "unit", "level": 2, "children": []},
    {"id": "II.2", "label": "2.", "title": null, "role": "unit", "level": 2, "children": []}]}]})";

TEST(GoldOutline, SectionsAreThoseOfTheGoldRecord) {
  Outline read;
  read.blocks = {MakeBlock(BlockKind::kHeading, "I.", "Mục đích", 0, 0),
                 MakeBlock(BlockKind::kHeading, "-", "Nâng cao nhận thức.", 1, 20),         // no heading in truth
                 MakeBlock(BlockKind::kParagraph, "", "II. TỔ CHỨC", 2, 50),                // a heading that was missed
                 MakeBlock(BlockKind::kParagraph, "1.", "Phòng Kinh tế: Chủ trì.", 3, 70),  // runs on
                 MakeBlock(BlockKind::kHeading, "2.", "Đề nghị:", 4, 110),                  // cut where no title is
                 MakeBlock(BlockKind::kParagraph, "2.", "Công an xã.", 4, 120),
                 MakeBlock(BlockKind::kRecipients, "", "Như trên", 5, 140)};
  const auto outline = GoldOutline(read, kGold);
  ASSERT_TRUE(outline) << outline.error().message;
  ASSERT_EQ(outline->nodes.size(), 4u);
  EXPECT_EQ(outline->nodes[2].parent, 1);
  ASSERT_EQ(outline->blocks.size(), 7u);
  EXPECT_EQ(outline->blocks[0].kind, BlockKind::kHeading);
  EXPECT_EQ(outline->blocks[1].kind, BlockKind::kBullet);
  EXPECT_EQ(outline->blocks[1].section, 0);
  EXPECT_EQ(outline->blocks[2].kind, BlockKind::kHeading);
  EXPECT_EQ(outline->blocks[2].text, "TỔ CHỨC");
  EXPECT_EQ(outline->blocks[2].label, "II.");
  EXPECT_EQ(outline->blocks[3].text, "Phòng Kinh tế: ");
  EXPECT_EQ(outline->blocks[4].text, "Chủ trì.");
  EXPECT_EQ(outline->blocks[4].section, 2);
  EXPECT_EQ(outline->blocks[5].text, "Đề nghị: Công an xã.");
  EXPECT_EQ(outline->blocks[5].kind, BlockKind::kParagraph);
  EXPECT_EQ(outline->blocks[6].section, -1);
  EXPECT_EQ(outline->nodes[1].span.end, outline->blocks[5].span.end);
  for (const Block& block : outline->blocks) EXPECT_EQ(block.back.size(), block.text.size() + 1);
}

TEST(GoldOutline, NoRecordIsAnError) {
  EXPECT_FALSE(GoldOutline({}, "{"));
  EXPECT_FALSE(GoldOutline({}, "{}"));
}

}  // namespace
}  // namespace hoidau
