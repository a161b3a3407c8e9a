#include "ingest/reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

#include "base/sha256.h"
#include "support/pdf_bytes.h"

namespace hoidau {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

DocumentReader Read(std::string bytes) {
  Result<DocumentReader> reader = DocumentReader::FromBytes(std::move(bytes), "input", {});
  if (!reader) throw std::runtime_error(reader.error().message);
  return std::move(*reader);
}

Page TextOf(const DocumentReader& reader, int page) {
  Result<PageText> text = reader.TextLayer(page);
  if (!text) throw std::runtime_error(text.error().message);
  return std::move(text->page);
}

std::vector<std::string> Tokens(const Page& page) {
  std::vector<std::string> out;
  for (const Line& line : page.lines) {
    for (const Token& token : line.tokens) out.emplace_back(token.raw_span.In(page.raw));
  }
  return out;
}

TEST(TextFile, LinesPagesAndTokens) {
  const std::string bytes = "Kế hoạch\n\n  số 15 \fPhụ lục\n";
  const DocumentReader reader = Read(bytes);
  EXPECT_EQ(reader.source().kind, SourceKind::kText);
  EXPECT_EQ(reader.source().encoding, "utf-8");
  EXPECT_EQ(reader.source().sha256, Sha256Hex(bytes));
  ASSERT_EQ(reader.page_count(), 2);
  const Page first = TextOf(reader, 1);
  EXPECT_EQ(first.raw, "Kế hoạch\n\n  số 15 ");
  ASSERT_EQ(first.lines.size(), 3U);  // line n stays line n
  EXPECT_TRUE(first.lines[1].tokens.empty());
  EXPECT_THAT(Tokens(first), ElementsAre("Kế", "hoạch", "số", "15"));
  EXPECT_TRUE(first.lines[0].box.empty());
  EXPECT_EQ(TextOf(reader, 2).raw, "Phụ lục\n");
  EXPECT_EQ(reader.TextLayer(1)->verdict.use, PageSource::kText);
  EXPECT_EQ(reader.Raster(1).error().code, ErrorCode::kUnsupported);
}

TEST(TextFile, DecomposedBomAndWindowsLineEnds) {
  EXPECT_EQ(TextOf(Read("Kê\u0301 hoa\u0323ch\n"), 1).raw, "Kế hoạch\n");
  EXPECT_EQ(TextOf(Read("\xEF\xBB\xBFsố\r\n15\r\n"), 1).raw, "số\n15\n");
}

TEST(TextFile, Utf16) {
  const DocumentReader little = Read(std::string("\xff\xfe\x58\x00\xe3\x00\x3d\xd8\x00\xde", 10));
  EXPECT_EQ(TextOf(little, 1).raw, "Xã😀");
  EXPECT_EQ(little.source().encoding, "utf-16le");
  const DocumentReader big = Read(std::string("\xfe\xff\x1e\xbf\xd8\x00", 6));  // a half of a pair
  EXPECT_EQ(TextOf(big, 1).raw, "ế\uFFFD");
}

TEST(TextFile, InvalidBytesAreReplacedAndReported) {
  const DocumentReader reader = Read("s\xe1\xbb 15\n");
  EXPECT_EQ(TextOf(reader, 1).raw, "s\uFFFD\uFFFD 15\n");
  ASSERT_EQ(reader.issues().size(), 1U);
  EXPECT_EQ(reader.issues()[0].code, "invalid-utf8");
}

TEST(Image, IsOneScanWithoutText) {
  const std::string png = *Image::Blank(300, 200, 8, 200).EncodePng();
  const DocumentReader reader = Read(png);
  EXPECT_EQ(reader.source().kind, SourceKind::kImage);
  EXPECT_EQ(reader.TextLayer(1)->verdict.use, PageSource::kOcr);
  EXPECT_EQ(reader.Raster(1)->width(), 300);
  EXPECT_EQ(reader.Raster(1)->dpi(), 200);
}

TEST(Pdf, DrawnTextHasPlacesAndStyle) {
  const DocumentReader reader = Read(PdfBuilder().TextPage({"Ke hoach so 15", "Noi nhan:"}).Bytes());
  EXPECT_EQ(reader.source().kind, SourceKind::kDigitalPdf);
  EXPECT_THAT(reader.signatures(), IsEmpty());
  const Page page = TextOf(reader, 1);
  EXPECT_EQ(page.raw, "Ke hoach so 15\nNoi nhan:\n");
  EXPECT_EQ(page.source, PageSource::kTextLayer);
  EXPECT_EQ(page.dpi, 150);
  EXPECT_EQ(page.width, 1240);
  ASSERT_EQ(page.lines.size(), 2U);
  EXPECT_TRUE(page.lines[0].style.bold);
  EXPECT_FALSE(page.lines[0].style.italic);
  EXPECT_FLOAT_EQ(page.lines[0].style.size_pt, 12);
  EXPECT_THAT(Tokens(page), ElementsAre("Ke", "hoach", "so", "15", "Noi", "nhan:"));
  EXPECT_NEAR(page.lines[0].tokens[0].box.left, 72 * 150 / 72, 3);
  EXPECT_NEAR(page.lines[0].box.bottom, (842 - 770) * 150 / 72.0, 10);
  EXPECT_LT(page.lines[0].box.bottom, page.lines[1].box.bottom);
}

TEST(Pdf, RuledTablesGiveTheirCells) {
  const DocumentReader reader =
      Read(PdfBuilder()
               .TablePage({{"Noi dung", "Thoi gian", "Chu tri"}, {"Phat quang muong", "Quy I", "Cac thon"}})
               .Bytes());
  const Page page = TextOf(reader, 1);
  EXPECT_EQ(page.raw, "Noi dung\nThoi gian\nChu tri\nPhat quang muong\nQuy I\nCac thon\n");
  ASSERT_EQ(page.lines.size(), 6U);
  for (int i = 0; i < 6; ++i) {
    EXPECT_EQ(page.lines[static_cast<std::size_t>(i)].cell, (CellPlace{.table = 0, .row = i / 3, .column = i % 3}));
  }
}

TEST(Pdf, ScanIsTheEmbeddedImageItself) {
  const DocumentReader reader = Read(PdfBuilder().ScanPage(1654, 2339, "").Bytes());
  EXPECT_EQ(reader.source().kind, SourceKind::kScannedPdf);
  EXPECT_EQ(reader.TextLayer(1)->verdict.use, PageSource::kOcr);
  const Result<Image> image = reader.Raster(1);
  ASSERT_TRUE(image.ok());
  EXPECT_EQ(image->width(), 1654);
  EXPECT_EQ(image->height(), 2339);
  EXPECT_EQ(image->dpi(), 200);
}

TEST(Pdf, AScanWithMarginsIsSeenAtItsPlaceOnThePage) {
  std::string bytes = PdfBuilder().ScanPage(1654, 2339, "").Bytes();
  const std::string whole = "595 0 0 842 0 0 cm", with_margins = "560 0 0 800 9 9 cm";
  bytes.replace(bytes.find(whole), whole.size(), with_margins);
  const Result<Image> image = Read(bytes).Raster(1);
  ASSERT_TRUE(image.ok());
  EXPECT_EQ(image->width(), std::lround(1654 * 595 / 560.0));
  EXPECT_EQ(image->height(), std::lround(2339 * 842 / 800.0));
}

TEST(Pdf, HiddenTextOverAScanIsALayer) {
  const DocumentReader reader = Read(PdfBuilder().ScanPage(827, 1169, "Ke hoach").Bytes());
  EXPECT_EQ(TextOf(reader, 1).raw, "Ke hoach\n");
  EXPECT_THAT(reader.TextLayer(1)->verdict.reason, HasSubstr("only 2 words"));
}

TEST(Pdf, MixedFileAndDrawnPage) {
  const DocumentReader reader = Read(PdfBuilder().ScanPage(827, 1169, "").TextPage({"Phu luc"}).Bytes());
  EXPECT_EQ(reader.source().kind, SourceKind::kMixedPdf);
  EXPECT_EQ(reader.source().pages, 2);
  EXPECT_EQ(reader.Raster(2)->dpi(), 300);
  EXPECT_EQ(reader.Raster(2)->width(), 2480);
}

TEST(Pdf, HeaderBehindRubbishIsStillAPdf) {
  EXPECT_EQ(Read("\n\n" + PdfBuilder().TextPage({"a"}).Bytes()).source().kind, SourceKind::kDigitalPdf);
}

}  // namespace
}  // namespace hoidau
