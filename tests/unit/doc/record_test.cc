#include "doc/record.h"

#include <gtest/gtest.h>

#include <string>

namespace hoidau {
namespace {

TEST(Record, BlockWalksBackToTheText) {
  // "57-⏎NQ/TW" joined: the line end has no letter in the block.
  const std::string text = "57-\nNQ/TW\n";
  Block block;
  block.text = "57-NQ/TW";
  block.back = {0, 1, 2, 4, 5, 6, 7, 8, 9};
  EXPECT_EQ(block.At(0, 8).In(text), "57-\nNQ/TW");
  EXPECT_EQ(block.At(0, 3).In(text), "57-") << "the line end behind it is no part";
  EXPECT_TRUE(block.At(3, 3).empty());
}

TEST(Record, SectionsAreTheTreeOfTheOutline) {
  Outline outline;
  outline.nodes = {
      {.id = "I", .label = "I.", .title = "A", .role = "content", .level = 1, .parent = -1, .span = {0, 9}},
      {.id = "I.1", .label = "1.", .title = std::nullopt, .role = "content", .level = 2, .parent = 0, .span = {3, 6}},
      {.id = "I.2", .label = "2.", .title = std::nullopt, .role = "forms", .level = 2, .parent = 0, .span = {6, 9}},
      {.id = "II", .label = "II.", .title = "B", .role = "other", .level = 1, .parent = -1, .span = {9, 12}}};
  const std::vector<Section> sections = ToSections(outline);
  ASSERT_EQ(sections.size(), 2U);
  ASSERT_EQ(sections[0].children.size(), 2U);
  EXPECT_EQ(sections[0].children[1].id, "I.2");
  EXPECT_EQ(sections[0].children[1].role, "forms");
  EXPECT_TRUE(sections[1].children.empty());
}

TEST(Record, PagesKeepWhatWasObservedBesideWhatIsRead) {
  Document document;
  RecoveredDocument recovered;
  for (const char* raw : {"x\n", "Ke ~ hoach\n"}) {
    document.pages.push_back(PlainTextPage(raw, static_cast<int>(document.pages.size()) + 1));
    recovered.pages.emplace_back().layer = *TextLayer::Apply(raw, {});
  }
  RecoveredPage& page = recovered.pages[1];
  page.layer = *TextLayer::Apply(document.pages[1].raw, {{{0, 2}, "Kế"}, {{3, 5}, ""}, {{5, 10}, "hoạch"}});
  RecoveredToken first{.raw_span = {0, 2},
                       .text_span = {0, 4},
                       .confidence = 0.5F,
                       .alternatives = {{"Kẻ", 0.4F}},
                       .box = {},
                       .unsure = true};
  RecoveredToken dropped{.raw_span = {3, 4}, .text_span = {5, 5}, .alternatives = {}, .box = {}};
  page.lines = {{.text_span = {0, 12}, .box = {}, .style = {}, .tokens = {first, dropped}}};
  const DocumentText text = JoinPages(document, recovered);
  const std::vector<RecordPage> pages = RecordPages(document, recovered, text);
  ASSERT_EQ(pages.size(), 2U);
  const RecordLine& line = pages[1].lines.at(0);
  EXPECT_EQ(line.span.In(text.text), "Kế hoạch");
  EXPECT_EQ(line.tokens.at(0).observed, "Ke");
  EXPECT_EQ(line.tokens.at(0).text, "Kế");
  EXPECT_EQ(line.tokens.at(0).span.In(text.text), "Kế");
  EXPECT_TRUE(line.tokens.at(0).unsure);
  EXPECT_EQ(line.tokens.at(1).observed, "~");
  EXPECT_EQ(line.tokens.at(1).text, "");
}

}  // namespace
}  // namespace hoidau
