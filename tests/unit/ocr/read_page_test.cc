#include "ocr/read_page.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <string>
#include <utility>
#include <vector>

namespace hoidau {
namespace {

using ::testing::HasSubstr;

// Returns what it was given.
class FixedEngine : public OcrEngine {
 public:
  explicit FixedEngine(Result<std::vector<OcrLine>> lines) : lines_(std::move(lines)) {}
  std::string name() const override { return "fixed"; }
  Result<std::vector<OcrLine>> Recognize(const Image&) override { return lines_; }

 private:
  Result<std::vector<OcrLine>> lines_;
};

OcrWord Word(std::string text, float x, float y, float confidence = 0.9F) {
  const float width = 12.0F * static_cast<float>(text.size());
  return {.text = std::move(text), .box = {x, y, x + width, y + 20}, .confidence = confidence, .alternatives = {}};
}
OcrLine MakeLine(std::vector<OcrWord> words) { return {.words = std::move(words)}; }

Result<OcrPage> Read(Result<std::vector<OcrLine>> lines) {
  FixedEngine engine(std::move(lines));
  return ReadPage(engine, Prepare(Image::Blank(800, 1000, 8, 300), {}), 3, {});
}

TEST(ReadPage, TokensBoxesAndAlternatives) {
  OcrWord ke = Word("Kế", 10, 10, 0.8F);
  ke.alternatives = {{"Kề", 0.1F}, {"Kế", 0.05F}};
  const Result<OcrPage> read =
      Read(std::vector{MakeLine({ke, Word("hoạch", 60, 10)}), MakeLine({Word("năm", 10, 40)})});
  ASSERT_TRUE(read.ok());
  const Page& page = read->page;
  EXPECT_EQ(page.raw, "Kế hoạch\nnăm\n");
  EXPECT_EQ(page.number, 3);
  EXPECT_EQ(page.source, PageSource::kOcr);
  EXPECT_EQ(page.width, 800);
  EXPECT_EQ(page.dpi, 300);
  ASSERT_EQ(page.lines.size(), 2U);
  const Token& token = page.lines[0].tokens[0];
  EXPECT_EQ(token.raw_span.In(page.raw), "Kế");
  EXPECT_FLOAT_EQ(token.confidence, 0.8F);
  ASSERT_EQ(token.alternatives.size(), 1U);  // the chosen reading is none
  EXPECT_EQ(token.alternatives[0].text, "Kề");
  EXPECT_EQ(page.lines[0].raw_span.In(page.raw), "Kế hoạch");
  EXPECT_EQ(page.lines[0].box.left, 10);
  EXPECT_TRUE(read->issues.empty());
}

TEST(ReadPage, BlankPageIsAnIssue) {
  const Result<OcrPage> read = Read(std::vector<OcrLine>{});
  ASSERT_TRUE(read.ok());
  EXPECT_EQ(read->page.raw, "");
  ASSERT_EQ(read->issues.size(), 1U);
  EXPECT_EQ(read->issues[0].code, "empty-page");
  EXPECT_EQ(read->issues[0].page, 3);
}

TEST(ReadPage, EngineErrorNamesThePage) {
  const Result<OcrPage> read = Read(Error{ErrorCode::kResourceLimit, "too slow"});
  ASSERT_FALSE(read.ok());
  EXPECT_EQ(read.error().code, ErrorCode::kResourceLimit);
  EXPECT_EQ(read.error().message, "page 3: too slow");
}

TEST(ReadPage, RubbishOfAnEngineIsCleaned) {
  OcrWord strange = Word(
      "a\xff"
      "b c",
      -5000, 10, std::numeric_limits<float>::quiet_NaN());
  strange.box.right = 1e9F;
  const Result<OcrPage> read =
      Read(std::vector{MakeLine({strange, Word("", 0, 0), Word("  ", 0, 0), Word("hội", 700, 10, 7)})});
  ASSERT_TRUE(read.ok());
  const Page& page = read->page;
  EXPECT_EQ(page.raw, "a\uFFFDbc hội\n");
  EXPECT_EQ(page.lines[0].tokens[0].confidence, 0);
  EXPECT_EQ(page.lines[0].tokens[1].confidence, 1);
  EXPECT_GE(page.lines[0].tokens[0].box.left, 0);
  EXPECT_LE(page.lines[0].tokens[0].box.right, 800);
  ASSERT_EQ(read->issues.size(), 1U);
  EXPECT_EQ(read->issues[0].code, "invalid-utf8");
}

TEST(ReadPage, DecomposedWordsBecomeNfc) {
  EXPECT_EQ(Read(std::vector{MakeLine({Word("Kê\u0301", 0, 0)})})->page.raw, "Kế\n");
}

TEST(ReadPage, NoiseGoesFaintTextStays) {
  const auto lines = [](const std::vector<std::vector<OcrWord>>& all) {
    std::vector<OcrLine> out;
    for (const auto& words : all) out.push_back(MakeLine(words));
    return out;
  };
  const Result<OcrPage> noise = Read(lines({{Word("ˆ", 0, 0, 0.4F), Word("~", 40, 0, 0.5F), Word("^`", 80, 0, 0.3F)},
                                            {Word("|", 0, 50, 0.2F), Word("lÃ", 40, 50, 0.1F)}}));
  EXPECT_EQ(noise->page.raw, "");
  ASSERT_EQ(noise->issues.size(), 2U);
  EXPECT_EQ(noise->issues[0].code, "dropped-noise");
  EXPECT_THAT(noise->issues[0].message, HasSubstr("2 lines"));
  const Result<OcrPage> faint = Read(lines({{Word("Số:", 0, 0, 0.4F), Word("…", 60, 0, 0.1F)},
                                            {Word("2", 0, 60, 0.7F)},
                                            {Word("./.", 0, 120, 0.9F), Word("an", 60, 120, 0.95F)}}));
  EXPECT_EQ(faint->page.raw, "Số: …\n2\n./. an\n");
}

}  // namespace
}  // namespace hoidau
