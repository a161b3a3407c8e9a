#include "emit/token_json.h"

#include <gtest/gtest.h>

namespace hoidau {
namespace {

TEST(TokenJson, ALineIsAnObject) {
  Document document;
  document.pages.push_back(PlainTextPage("Ke\n\n", 1));
  RecoveredDocument recovered;
  RecoveredPage& page = recovered.pages.emplace_back();
  page.layer = *TextLayer::Apply(document.pages[0].raw, {{{0, 2}, "Kế"}});
  const RecoveredToken token{.raw_span = {0, 2},
                             .text_span = {0, 4},
                             .confidence = 0.98766F,
                             .alternatives = {{"Kẻ", 0.01F}},
                             .box = {},
                             .unsure = false};
  page.lines = {{.text_span = {0, 4}, .box = {}, .style = {}, .tokens = {token}},
                {.text_span = {5, 5}, .box = {}, .style = {}, .tokens = {}}};
  EXPECT_EQ(TokenJson(document, recovered, 41),
            "{\"line\":42,\"text\":\"Kế\",\"tokens\":[{\"observed\":\"Ke\",\"text\":\"Kế\",\"confidence\":0.9877,"
            "\"alternatives\":[{\"text\":\"Kẻ\","
            "\"confidence\":0.01}],\"unsure\":false}]}\n{\"line\":43,\"text\":\"\",\"tokens\":[]}\n");
}

}  // namespace
}  // namespace hoidau
