#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "emit/alto.h"
#include "emit/hocr.h"
#include "emit/markdown.h"
#include "support/sample_record.h"

namespace hoidau {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

Record TwoWords() {
  Record record;
  record.source.file = "kế <hoạch> & \"15\".pdf";
  const auto token = [](const char* text, Box box) {
    return RecordToken{.span = {}, .observed = "", .text = text, .confidence = 0.97F, .box = box, .alternatives = {}};
  };
  record.pages.push_back({.width = 1240,
                          .height = 1754,
                          .source = PageSource::kOcr,
                          .reason = "",
                          .marks = {},
                          .lines = {{.span = {},
                                     .box = {120.4F, 90, 330, 131},
                                     .tokens = {token("Kế", {120.4F, 90, 214, 131}), token("", {}),
                                                token("<hoạch>\x01", {230, 91, 330, 130})}},
                                    {.span = {}, .box = {}, .tokens = {}}}});
  return record;
}

TEST(Hocr, WordsWithBoxesAndConfidences) {
  const std::string hocr = ToHocr(TwoWords());
  EXPECT_THAT(hocr,
              HasSubstr("title=\"image &quot;kế &lt;hoạch&gt; &amp; &quot;15&quot;.pdf&quot;; bbox 0 0 1240 1754; "
                        "ppageno 0\""));
  EXPECT_THAT(hocr, HasSubstr("<span class=\"ocr_line\" id=\"line_1_1\" title=\"bbox 120 90 330 131\">"
                              "<span class=\"ocrx_word\" id=\"word_1_1_1\" title=\"bbox 120 90 214 131; x_wconf "
                              "97\">Kế</span> <span class=\"ocrx_word\" id=\"word_1_1_3\""));
  EXPECT_THAT(hocr, HasSubstr(">&lt;hoạch&gt;\uFFFD</span></span>\n"));
}

TEST(Alto, WordsWithPlacesAndConfidences) {
  const std::string alto = ToAlto(TwoWords());
  EXPECT_THAT(alto, HasSubstr("<Page ID=\"page_1\" PHYSICAL_IMG_NR=\"1\" WIDTH=\"1240\" HEIGHT=\"1754\">"));
  EXPECT_THAT(alto, HasSubstr("<String CONTENT=\"Kế\" HPOS=\"120\" VPOS=\"90\" WIDTH=\"94\" HEIGHT=\"41\" "
                              "WC=\"0.9700\"/><SP/><String CONTENT=\"&lt;hoạch&gt;\uFFFD\""));
  EXPECT_THAT(alto, HasSubstr("<TextBlock ID=\"block_1\" HPOS=\"120\" VPOS=\"90\" WIDTH=\"210\" HEIGHT=\"41\""));
  EXPECT_THAT(alto, Not(HasSubstr("line_1_2")));
}

TEST(TextForms, ATextFileHasNoPlaces) {
  Record record = TwoWords();
  RecordPage& page = record.pages[0];
  page.width = page.height = 0;
  for (RecordLine& line : page.lines) {
    line.box = {};
    for (RecordToken& token : line.tokens) token.box = {};
  }
  EXPECT_THAT(ToHocr(record), Not(HasSubstr("bbox")));
  EXPECT_THAT(ToHocr(record), HasSubstr("title=\"x_wconf 97\">Kế<"));
  EXPECT_THAT(ToAlto(record), Not(HasSubstr("HPOS")));
}

Block BlockOf(BlockKind kind, std::string text, std::string label = "") {
  Block block;
  block.kind = kind;
  block.text = std::move(text);
  block.label = std::move(label);
  return block;
}

TEST(Markdown, ADocumentsParts) {
  Outline outline;
  outline.nodes.push_back({.id = "I", .label = "I.", .title = "TỔ CHỨC", .role = "implementation", .level = 1});
  outline.nodes.push_back({.id = "I.1", .label = "1.", .title = "Phòng Kinh tế", .role = "unit", .level = 2});
  auto& blocks = outline.blocks;
  blocks = {BlockOf(BlockKind::kHead, "ỦY BAN NHÂN DÂN"),
            BlockOf(BlockKind::kHead, "Số: 15/KH-UBND"),
            BlockOf(BlockKind::kTitle, "KẾ HOẠCH"),
            BlockOf(BlockKind::kTitle, "Phòng, chống thiên tai"),
            BlockOf(BlockKind::kPageHead, "2"),
            BlockOf(BlockKind::kHeading, "TỔ CHỨC", "I."),
            BlockOf(BlockKind::kHeading, "Phòng Kinh tế", "1."),
            BlockOf(BlockKind::kBullet, "Tham mưu *02* phương án_a.", "-"),
            BlockOf(BlockKind::kBullet, "con", "+"),
            BlockOf(BlockKind::kParagraph, "1. không phải danh sách"),
            BlockOf(BlockKind::kRecipients, "Như trên;", "-"),
            BlockOf(BlockKind::kSignature, "CHỦ TỊCH"),
            BlockOf(BlockKind::kSignature, "Nguyễn Văn Thử")};
  blocks[5].section = 0;
  blocks[6].section = 1;
  EXPECT_EQ(ToMarkdown({}, outline),
            "ỦY BAN NHÂN DÂN\\\nSố: 15/KH-UBND\n\n# KẾ HOẠCH\n\n**Phòng, chống thiên tai**\n\n## I. TỔ CHỨC\n\n"
            "### 1. Phòng Kinh tế\n\n- Tham mưu \\*02\\* phương án\\_a.\n  - con\n\n1\\. không phải danh sách\n\n"
            "- Như trên;\n\nCHỦ TỊCH\\\nNguyễn Văn Thử\n");
  EXPECT_EQ(ToMarkdown({}, {}), "");
}

TEST(Markdown, WhatStructureLeftOutIsKept) {
  const DocumentText text = FromPlainText("Kính gửi: Sở Nội vụ\n* dấu *\nVề việc X\n2\nhết\n");
  Outline outline;
  outline.blocks = {BlockOf(BlockKind::kAddressee, "Sở Nội vụ"), BlockOf(BlockKind::kTitle, "Về việc X"),
                    BlockOf(BlockKind::kPageHead, "2")};
  const std::size_t at = text.text.find("Sở");
  outline.blocks[0].span = MakeSpan(at, text.lines[0].span.end);
  outline.blocks[1].first_line = outline.blocks[1].last_line = 2;
  outline.blocks[2].first_line = outline.blocks[2].last_line = 3;
  EXPECT_EQ(ToMarkdown(text, outline), "Kính gửi:\n\nSở Nội vụ\n\n\\* dấu \\*\n\n# Về việc X\n\nhết\n");
}

TEST(Markdown, Tables) {
  Outline outline;
  Block header = BlockOf(BlockKind::kTableRow, "STT Nội dung");
  header.header_row = true;
  Block row = BlockOf(BlockKind::kTableRow, "1 Tập huấn");
  row.cells = {BlockOf(BlockKind::kTableRow, "1"), BlockOf(BlockKind::kTableRow, "Tập | huấn")};
  outline.blocks = {header, row, row};
  const std::string rows = "| 1 | Tập \\| huấn |\n| 1 | Tập \\| huấn |\n";
  EXPECT_EQ(ToMarkdown({}, outline), "**STT Nội dung**\n\n|  |  |\n| --- | --- |\n" + rows);
  outline.blocks = {row, row};
  EXPECT_EQ(ToMarkdown({}, outline), "|  |  |\n| --- | --- |\n" + rows);
  header.cells = {BlockOf(BlockKind::kTableRow, "STT"), BlockOf(BlockKind::kTableRow, "Nội dung")};
  outline.blocks = {header, row, row};
  EXPECT_EQ(ToMarkdown({}, outline), "| STT | Nội dung |\n| --- | --- |\n" + rows);
}

}  // namespace
}  // namespace hoidau
