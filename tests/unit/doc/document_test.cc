#include "doc/document.h"

#include <gtest/gtest.h>

#include <string>

namespace hoidau {
namespace {

TEST(Document, PlainTextPageHasEveryLineAndToken) {
  const Page page = PlainTextPage("Số: 15/KH\n\n  kế\thoạch \ncuối", 3);
  EXPECT_EQ(page.number, 3);
  ASSERT_EQ(page.lines.size(), 4U);
  EXPECT_EQ(page.lines[0].tokens.size(), 2U);
  EXPECT_EQ(page.lines[0].tokens[1].raw_span.In(page.raw), "15/KH");
  EXPECT_TRUE(page.lines[1].tokens.empty());
  EXPECT_EQ(page.lines[2].raw_span.In(page.raw), "  kế\thoạch ");
  EXPECT_EQ(page.lines[2].tokens[0].raw_span.In(page.raw), "kế");
  EXPECT_EQ(page.lines[3].tokens[0].raw_span.In(page.raw), "cuối");
  EXPECT_TRUE(PlainTextPage("", 1).lines.empty());
}

TEST(Document, JoinsPagesByFormFeeds) {
  Document document;
  RecoveredDocument recovered;
  for (const char* raw : {"Ke hoach\n", "", "so 2"}) {
    const int number = static_cast<int>(document.pages.size()) + 1;
    document.pages.push_back(PlainTextPage(raw, number));
    RecoveredPage page;
    const std::vector<TextEdit> edits =
        number == 1 ? std::vector<TextEdit>{{{0, 2}, "Kế"}, {{3, 8}, "hoạch"}} : std::vector<TextEdit>{};
    page.layer = *TextLayer::Apply(raw, edits);
    for (const Line& line : document.pages.back().lines) {
      RecoveredLine to;
      to.text_span = page.layer.ToResult(line.raw_span);
      to.box = {.left = 1, .top = static_cast<float>(number), .right = 2, .bottom = 9};
      to.style.bold = number == 1;
      page.lines.push_back(to);
    }
    recovered.pages.push_back(page);
  }
  const DocumentText text = JoinPages(document, recovered);
  EXPECT_EQ(text.text, "Kế hoạch\n\f\fso 2");
  ASSERT_EQ(text.page_spans.size(), 3U);
  EXPECT_EQ(text.page_spans[0].In(text.text), "Kế hoạch\n");
  EXPECT_TRUE(text.page_spans[1].empty());
  EXPECT_EQ(text.page_spans[2].In(text.text), "so 2");
  ASSERT_EQ(text.lines.size(), 2U);
  EXPECT_EQ(text.lines[0].span.In(text.text), "Kế hoạch");
  EXPECT_TRUE(text.lines[0].style.bold);
  EXPECT_EQ(text.lines[1].page, 3);
  EXPECT_EQ(text.lines[1].box.top, 3);
}

TEST(Document, FromPlainTextTakesAFormFeedAsAPage) {
  const DocumentText text = FromPlainText("một\n\nhai\fba\n");
  EXPECT_EQ(text.text, "một\n\nhai\fba\n");
  ASSERT_EQ(text.lines.size(), 4U);
  EXPECT_TRUE(text.lines[1].span.empty());
  EXPECT_EQ(text.lines[3].span.In(text.text), "ba");
  EXPECT_EQ(text.lines[3].page, 2);
  EXPECT_EQ(text.page_spans.size(), 2U);
  EXPECT_EQ(FromPlainText("").page_spans.size(), 1U);
  EXPECT_EQ(FromPlainText("\f").page_spans.size(), 2U);
}

}  // namespace
}  // namespace hoidau
