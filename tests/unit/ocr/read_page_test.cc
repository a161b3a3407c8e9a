#include "ocr/read_page.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include "ocr/blanks.h"
#include "ocr/stamp.h"

namespace hoidau {
namespace {

using ::testing::HasSubstr;

// Returns what it was given.
class FixedEngine : public OcrEngine {
 public:
  explicit FixedEngine(Result<std::vector<OcrLine>> lines) : lines_(std::move(lines)) {}
  std::string name() const override { return "fixed"; }
  Result<std::vector<OcrLine>> Recognize(const Image&, OcrScope) override { return lines_; }

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

// Of the star and the letters around it; the words that it was stamped over stay, and so do figures outside.
TEST(ReadPage, DebrisInAGreySealGoesPrintUnderItStays) {
  FixedEngine engine(std::vector{MakeLine({Word("x4", 120, 100, 0.74F), Word("N", 160, 100, 0.95F),
                                           Word("CHỦ", 200, 100, 0.96F), Word("TỊCH", 240, 100, 0.96F)}),
                                 MakeLine({Word("4", 180, 200, 0.94F)}), MakeLine({Word("3", 500, 700, 0.9F)})});
  PrepareResult prepared = Prepare(Image::Blank(800, 1000, 8, 300), {});
  prepared.grey_seals = {{100, 50, 350, 300}};
  const Result<OcrPage> read = ReadPage(engine, prepared, 1, {.reread = false, .read_rest = false});
  ASSERT_TRUE(read.ok());
  EXPECT_EQ(read->page.raw, "CHỦ TỊCH\n3\n");
  ASSERT_EQ(read->page.marks.size(), 1U);
  EXPECT_EQ(read->page.marks[0].kind, MarkKind::kSeal);
  EXPECT_EQ(read->page.marks[0].box, (Box{100, 50, 350, 300}));
  ASSERT_EQ(read->issues.size(), 1U);
  EXPECT_EQ(read->issues[0].code, "dropped-noise");
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

TEST(ReadPage, RulesOfTablesReadAsCharactersAreNoWords) {
  const Result<OcrPage> read = Read(std::vector{
      MakeLine({Word("|", 0, 0), Word("Khoa", 40, 0), Word("[`", 140, 0), Word("Dược", 180, 0), Word("|”.", 300, 0)}),
      MakeLine({Word("Ký", 0, 60), Word("số:", 50, 60), Word("____", 120, 60), Word("x|x", 200, 60)}),
      MakeLine({Word("2_", 0, 120), Word("|Ông", 40, 120), Word("An|", 100, 120), Word("tên__", 160, 120)})});
  EXPECT_EQ(read->page.raw, "Khoa Dược\nKý số: ____ x|x\n2 Ông An tên__\n");
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

TEST(ReadPage, AFigureAloneInACellIsNoNoise) {
  FixedEngine engine(std::vector{MakeLine({Word("3", 110, 110, 0.5F)}), MakeLine({Word("5", 110, 500, 0.5F)}),
                                 MakeLine({Word("i", 310, 110, 0.5F)})});
  PrepareResult prepared = Prepare(Image::Blank(800, 1000, 8, 300), {});
  prepared.tables = {{.box = {100, 100, 500, 140}, .cells = {{100, 100, 300, 140}, {300, 100, 500, 140}}}};
  const Result<OcrPage> read = ReadPage(engine, prepared, 1, {.reread = false, .read_rest = false});
  ASSERT_TRUE(read.ok());
  EXPECT_EQ(read->page.raw, "3\n");
}

TEST(ReadPage, TheIcelandicLetterIsTheVietnameseOne) {
  EXPECT_EQ(Read(std::vector{MakeLine({Word("số", 0, 0), Word("43/QĐÐ-UBND", 60, 0)}),
                             MakeLine({Word("ÐỘC", 0, 50), Word("LĐLĐ", 60, 50)})})
                ->page.raw,
            "số 43/QĐ-UBND\nĐỘC LĐLĐ\n");
}

TEST(ReadPage, AFractionStrokeIsASlash) {
  EXPECT_EQ(Read(std::vector{MakeLine({Word("số", 0, 0), Word("01/⁄2018/TT-VPCP", 60, 0)}),
                             MakeLine({Word("13⁄6", 0, 50), Word("https://xa.vn", 60, 50)})})
                ->page.raw,
            "số 01/2018/TT-VPCP\n13/6 https://xa.vn\n");
}

// Pages, blocks and lines from three lists.
class ScopedEngine : public OcrEngine {
 public:
  std::vector<OcrLine> page, block, line;
  std::string name() const override { return "scoped"; }
  Result<std::vector<OcrLine>> Recognize(const Image&, OcrScope scope) override {
    return scope == OcrScope::kPage ? page : scope == OcrScope::kBlock ? block : line;
  }
};

TEST(ReadPage, WhatWasReadTwiceIsReadAgain) {
  ScopedEngine engine;
  engine.page = {
      MakeLine({Word("Độc", 100, 0), Word("lập", 170, 0), Word("ộc", 104, 2, 0.7F), Word("lập", 172, 2, 0.7F)})};
  engine.line = {MakeLine({Word("Độc", 5, 5, 0.95F), Word("lập", 75, 5, 0.95F)})};
  const PrepareResult prepared = Prepare(Image::Blank(800, 1000, 8, 300), {});
  EXPECT_EQ(ReadPage(engine, prepared, 1, {})->page.raw, "Độc lập\n");
  engine.line = {};  // nothing better: what is believed less goes
  EXPECT_EQ(ReadPage(engine, prepared, 1, {})->page.raw, "Độc lập\n");
  EXPECT_EQ(ReadPage(engine, prepared, 1, {.reread = false})->page.raw, "Độc ộc lập lập\n");
}

TEST(ReadPage, DoubtfulLineTakesTheBetterReading) {
  ScopedEngine engine;
  engine.page = {MakeLine({Word("TH", 100, 0, 0.2F), Word("ẾU", 140, 0, 0.2F), Word("TỊCH", 190, 0, 0.3F)})};
  engine.line = {MakeLine({Word("PHÓ", 5, 5), Word("CHỦ", 60, 5), Word("TỊCH", 120, 5)})};
  const PrepareResult prepared = Prepare(Image::Blank(800, 1000, 8, 300), {});
  EXPECT_EQ(ReadPage(engine, prepared, 1, {})->page.raw, "PHÓ CHỦ TỊCH\n");
}

TEST(ReadPage, DoubtfulCellIsReadAlone) {
  // The head of a table read across its rules; the cell beside it is believed and stays.
  ScopedEngine engine;
  engine.page = {MakeLine({Word("Fan", 110, 110, 0.3F), Word("vị", 160, 110, 0.4F)}), MakeLine({Word("TT", 420, 110)})};
  engine.block = {MakeLine({Word("Thời", 10, 10), Word("gian", 70, 10)})};
  PrepareResult prepared = Prepare(Image::Blank(800, 1000, 8, 300), {});
  prepared.tables = {{.box = {100, 100, 700, 200}, .cells = {{100, 100, 390, 200}, {400, 100, 700, 200}}}};
  const Result<OcrPage> read = ReadPage(engine, prepared, 1, {});
  EXPECT_EQ(read->page.raw, "Thời gian\nTT\n");
  EXPECT_EQ(read->page.lines[0].cell, (CellPlace{.table = 0, .row = 0, .column = 0}));
  EXPECT_EQ(read->page.lines[0].tokens[0].box.left, 110);
  engine.block = {MakeLine({Word("T", 10, 10)})};  // surer, but most of it is lost
  EXPECT_EQ(ReadPage(engine, prepared, 1, {})->page.raw, "Fan vị\nTT\n");
}

TEST(ReadPage, BlackIncomingStampIsAMarkAndNoText) {
  ScopedEngine engine;
  engine.page = {MakeLine({Word("Kính", 100, 600), Word("gửi", 170, 600)})};
  engine.block = {MakeLine({Word("CV", 0, 0), Word("ĐẾN", 40, 0)}), MakeLine({Word("Số:", 0, 30), Word("214", 50, 30)}),
                  MakeLine({Word("Ngày:", 0, 60), Word("06/3/26", 70, 60)})};
  PrepareResult prepared = Prepare(Image::Blank(800, 1000, 8, 300), {});
  prepared.frames = {{50, 100, 500, 300}};
  const Result<OcrPage> read = ReadPage(engine, prepared, 1, {});
  EXPECT_EQ(read->page.raw, "Kính gửi\n");
  ASSERT_EQ(read->page.marks.size(), 1U);
  EXPECT_EQ(read->page.marks[0].kind, MarkKind::kIncomingStamp);
  EXPECT_EQ(read->page.marks[0].number, "214");
  EXPECT_EQ(read->page.marks[0].date, "2026-03-06");
  engine.block = {MakeLine({Word("Họ", 0, 0), Word("tên", 40, 0)})};  // a small table
  EXPECT_TRUE(ReadPage(engine, prepared, 1, {})->page.marks.empty());
}

TEST(ReadPage, ColouredStampIsWhatItSays) {
  ScopedEngine engine;
  PrepareResult prepared = Prepare(Image::Blank(800, 1000, 8, 300), {});
  prepared.marks = {{.kind = MarkKind::kSignature, .box = {50, 100, 500, 300}, .text = {}, .number = {}, .date = {}}};
  prepared.mark_images.push_back(Image::Blank(450, 200, 1, 300));
  engine.block = {MakeLine({Word("ĐẾN", 40, 0)}), MakeLine({Word("Số:", 0, 30), Word("820", 50, 30)})};
  const Result<OcrPage> incoming = ReadPage(engine, prepared, 1, {});
  EXPECT_EQ(incoming->page.marks[0].kind, MarkKind::kIncomingStamp);
  EXPECT_EQ(incoming->page.marks[0].text, "ĐẾN\nSố: 820");
  EXPECT_EQ(incoming->page.marks[0].number, "820");
  prepared.marks[0].kind = MarkKind::kIncomingStamp;  // by its shape
  engine.block = {MakeLine({Word("HỎA", 0, 0), Word("TỐC", 60, 0)})};
  EXPECT_EQ(ReadPage(engine, prepared, 1, {})->page.marks[0].kind, MarkKind::kSeal);
}

TEST(ReadPage, FiguresByHandStandInTheirBlank) {
  ScopedEngine engine;
  engine.page = {MakeLine({Word("Số:", 100, 200), Word("/KH-UBND", 260, 200)})};
  PrepareResult prepared = Prepare(Image::Blank(800, 1000, 8, 300), {});
  prepared.marks = {
      {.kind = MarkKind::kHandwriting, .box = {190, 190, 240, 225}, .text = {}, .number = {}, .date = {}}};
  prepared.mark_images.push_back(Image::Blank(90, 75, 8, 300));
  engine.line = {MakeLine({Word("27:", 0, 0)})};
  const Result<OcrPage> read = ReadPage(engine, prepared, 1, {});
  EXPECT_EQ(read->page.raw, "Số: 27 /KH-UBND\n");
  EXPECT_EQ(read->page.marks[0].text, "27");
  for (const OcrWord& rubbish : {Word("27", 0, 0, 0.5F), Word("n7", 0, 0), Word("/", 0, 0)}) {
    engine.line = {MakeLine({rubbish})};
    EXPECT_EQ(ReadPage(engine, prepared, 1, {})->page.raw, "Số: /KH-UBND\n");
  }
}

TEST(ReadPage, ANameStampedInAColourIsTextAndPenStrokesAreAMark) {
  ScopedEngine engine;
  engine.page = {MakeLine({Word("CHỦ", 400, 200), Word("TỊCH", 450, 200)})};
  PrepareResult prepared = Prepare(Image::Blank(800, 1000, 8, 300), {});
  prepared.marks = {
      {.kind = MarkKind::kHandwriting, .box = {390, 400, 590, 440}, .text = {}, .number = {}, .date = {}}};
  prepared.mark_images.push_back(Image::Blank(200, 40, 8, 300));
  engine.line = {MakeLine({Word("Trần", 0, 0), Word("Văn", 80, 0), Word("An", 150, 0)})};
  const Result<OcrPage> read = ReadPage(engine, prepared, 1, {});
  EXPECT_EQ(read->page.raw, "CHỦ TỊCH\nTrần Văn An\n");
  EXPECT_TRUE(read->page.marks.empty());
  EXPECT_EQ(read->page.lines[1].box, (Box{390, 400, 590, 440}));
  for (const OcrWord& stroke : {Word("x4", 150, 0), Word("An", 150, 0, 0.2F), Word("an", 150, 0)}) {
    engine.line = {MakeLine({Word("Trần", 0, 0), stroke})};
    const Result<OcrPage> pen = ReadPage(engine, prepared, 1, {});
    EXPECT_EQ(pen->page.raw, "CHỦ TỊCH\n");
    EXPECT_EQ(pen->page.marks.size(), 1U);
  }
}

TEST(ReadPage, PrintThatTheEnginePassedBy) {
  ScopedEngine engine;
  Image page = Image::Blank(800, 1000, 8, 300);
  for (int i = 0; i < 8; ++i)
    page.Fill({100.0F + 15.0F * static_cast<float>(i), 200, 110.0F + 15.0F * static_cast<float>(i), 218}, 0, 0, 0);
  page.Fill({400, 60, 410, 78}, 0, 0, 0);
  engine.page = {MakeLine({Word("Kế", 100, 200), Word("hoạch", 136, 200)})};
  engine.line = {MakeLine({Word("2", 8, 8)})};
  EXPECT_EQ(ReadPage(engine, Prepare(page, {}), 1, {})->page.raw, "2\nKế hoạch\n");
  EXPECT_EQ(ReadPage(engine, Prepare(page, {}), 1, {.read_rest = false})->page.raw, "Kế hoạch\n");
  for (const OcrWord& stroke : {Word("Y", 8, 8), Word("lÍ", 8, 8, 0.75F), Word("2", 8, 8, 0.6F), Word("*", 8, 8)}) {
    engine.line = {MakeLine({stroke})};
    EXPECT_EQ(ReadPage(engine, Prepare(page, {}), 1, {})->page.raw, "Kế hoạch\n") << stroke.text;
  }
}

TEST(ReadStamp, DoubtfulDigitsStayNull) {
  const StampReading stamp = ReadStamp({MakeLine({Word("ĐẾN", 0, 0), Word("Số:", 60, 0), Word("2352", 120, 0, 0.4F)}),
                                        MakeLine({Word("Ngày:", 0, 30), Word("31/02/2026", 60, 30)})});
  EXPECT_TRUE(stamp.incoming);
  EXPECT_FALSE(stamp.number.has_value());
  EXPECT_FALSE(stamp.date.has_value());
  EXPECT_FALSE(ReadStamp({MakeLine({Word("đến", 0, 0), Word("năm", 60, 0)})}).incoming);
}

TEST(ClearBlanks, RubbishGoesNumbersAndPrintStay) {
  const auto cleared = [](std::vector<OcrWord> line, std::size_t taken) {
    EXPECT_EQ(ClearBlanks(line).size(), taken);
    std::string out;
    for (const OcrWord& word : line) out += (out.empty() ? "" : " ") + word.text;
    return out;
  };
  EXPECT_EQ(cleared({Word("Số:", 0, 0), Word("@#", 50, 0, 0.2F), Word("/CT-UBND", 90, 0)}, 1), "Số: /CT-UBND");
  EXPECT_EQ(cleared({Word("Số:K3/KH-DCT", 0, 0, 0.7F)}, 1), "Số: /KH-DCT");
  EXPECT_EQ(cleared({Word("Số:", 0, 0), Word("15/KH-UBND", 50, 0)}, 0), "Số: 15/KH-UBND");
  EXPECT_EQ(cleared({Word("Số:", 0, 0), Word("...", 50, 0, 0.3F), Word("/KH-UBND", 90, 0)}, 0), "Số: ... /KH-UBND");
  const auto date = [](OcrWord day, OcrWord month) {
    return std::vector<OcrWord>{Word("Ngãi,", 0, 0), Word("ngày", 60, 0), std::move(day),      Word("tháng", 160, 0),
                                std::move(month),    Word("năm", 260, 0), Word("2018", 300, 0)};
  };
  EXPECT_EQ(cleared(date(Word("80", 120, 0, 0.7F), Word("3", 230, 0)), 1), "Ngãi, ngày tháng 3 năm 2018");
  EXPECT_EQ(cleared(date(Word("08", 120, 0, 0.7F), Word("Øƒ", 230, 0, 0.3F)), 1), "Ngãi, ngày 08 tháng năm 2018");
  // A sentence is no head.
  EXPECT_EQ(cleared({Word("từ", 0, 0), Word("ngày", 30, 0), Word("O8", 80, 0, 0.5F), Word("tháng", 120, 0)}, 0),
            "từ ngày O8 tháng");
}

}  // namespace
}  // namespace hoidau
