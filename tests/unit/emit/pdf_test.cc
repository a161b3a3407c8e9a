#include "emit/pdf.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <map>
#include <memory>
#include <qpdf/Buffer.hh>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFObjectHandle.hh>
#include <qpdf/QPDFPageDocumentHelper.hh>
#include <qpdf/QPDFPageObjectHelper.hh>
#include <qpdf/QPDFWriter.hh>
#include <string>
#include <utility>
#include <vector>

#include "base/sha256.h"
#include "image/image.h"
#include "ingest/pdf.h"
#include "support/pdf_bytes.h"

namespace hoidau {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr float kAnyPixel = 2;  // points that a place may be off

std::string Rewritten(QPDF& pdf) {
  QPDFWriter writer(pdf);
  writer.setOutputMemory();
  writer.setStreamDataMode(qpdf_s_preserve);
  writer.setStaticID(true);
  writer.write();
  const std::shared_ptr<Buffer> buffer = writer.getBufferSharedPointer();
  return {reinterpret_cast<const char*>(buffer->getBuffer()), buffer->getSize()};
}

// The file with something done to it.
std::string Changed(const std::string& bytes, const std::function<void(QPDF&, QPDFPageObjectHelper&)>& change) {
  QPDF pdf;
  pdf.processMemoryFile("test", bytes.data(), bytes.size());
  QPDFPageObjectHelper page = QPDFPageDocumentHelper(pdf).getAllPages().at(0);
  change(pdf, page);
  return Rewritten(pdf);
}

// The raw bytes of every image of the file, with its size as the key; what is damaged throws.
std::multimap<std::string, std::string> ImageStreams(const std::string& bytes) {
  QPDF pdf;
  pdf.processMemoryFile("test", bytes.data(), bytes.size());
  std::multimap<std::string, std::string> out;
  for (QPDFObjectHandle object : pdf.getAllObjects()) {
    if (!object.isStream() || !object.getDict().getKey("/Subtype").isNameAndEquals("/Image")) continue;
    const std::shared_ptr<Buffer> raw = object.getRawStreamData();
    out.emplace(object.getDict().getKey("/Width").unparse() + "x" + object.getDict().getKey("/Height").unparse(),
                std::string(reinterpret_cast<const char*>(raw->getBuffer()), raw->getSize()));
  }
  EXPECT_THAT(pdf.getWarnings(), IsEmpty());
  return out;
}

PdfPage PageOf(const std::string& bytes, int page = 0) {
  const Result<PdfFile> pdf = PdfFile::Open(bytes);
  if (!pdf) throw std::runtime_error(pdf.error().message);
  Result<PdfPage> read = pdf->ReadPage(page);
  if (!read) throw std::runtime_error(read.error().message);
  return std::move(*read);
}

std::vector<std::string> WordsOf(const std::string& bytes, int page = 0) {
  std::vector<std::string> out;
  for (const PdfWord& word : PageOf(bytes, page).words) out.push_back(word.text);
  return out;
}

// A line of words side by side, 100 by 40 pixels each, 20 apart.
RecordLine LineAt(float left, float top, const std::vector<std::string>& words) {
  RecordLine line;
  for (const std::string& word : words) {
    const Box box{left, top, left + 100, top + 40};
    line.tokens.push_back({.span = {}, .observed = word, .text = word, .box = box, .alternatives = {}});
    left += 120;
  }
  line.box = {line.tokens.front().box.left, top, line.tokens.back().box.right, top + 40};
  return line;
}

Record RecordOf(const std::string& bytes, SourceKind kind, const std::vector<RecordPage>& pages) {
  Record record;
  record.source = {
      .file = "plan.pdf", .sha256 = Sha256Hex(bytes), .pages = static_cast<int>(pages.size()), .kind = kind};
  record.pages = pages;
  return record;
}

RecordPage OcrPage(std::vector<RecordLine> lines, int width = 1240, int height = 1754) {
  return {.width = width,
          .height = height,
          .source = PageSource::kOcr,
          .reason = "",
          .marks = {},
          .lines = std::move(lines)};
}

SearchablePdf Made(const std::string& bytes, const Record& record) {
  Result<SearchablePdf> made = MakeSearchablePdf(bytes, record);
  if (!made) throw std::runtime_error(made.error().message);
  return std::move(*made);
}

const std::vector<std::string> kPeople = {"Ủy", "ban", "nhân", "dân"};

TEST(SearchablePdf, AScansBadLayerGivesWayToOurTextAtItsPlace) {
  const std::string scan = PdfBuilder().ScanPage(1240, 1754, "UY BAN NHAN DAN").Bytes();
  ASSERT_EQ(WordsOf(scan).size(), 4U);
  const std::string made =
      Made(scan, RecordOf(scan, SourceKind::kScannedPdf, {OcrPage({LineAt(200, 300, kPeople)})})).bytes;
  const PdfPage page = PageOf(made);
  ASSERT_EQ(page.words.size(), 4U);
  for (std::size_t i = 0; i < 4; ++i) {
    EXPECT_EQ(page.words[i].text, kPeople[i]);
    const float left = (200 + 120 * static_cast<float>(i)) * 595 / 1240;
    EXPECT_NEAR(page.words[i].box.left, left, kAnyPixel);
    EXPECT_NEAR(page.words[i].box.right, left + 100 * 595 / 1240.0, kAnyPixel);
    EXPECT_NEAR(page.words[i].box.top, 300 * 842 / 1754.0, kAnyPixel);
    EXPECT_NEAR(page.words[i].box.bottom, 340 * 842 / 1754.0, kAnyPixel);
  }
  EXPECT_EQ(page.lines.size(), 1U);
}

TEST(SearchablePdf, ImagesStayBitForBitAndThePageLooksTheSame) {
  const std::string scan = PdfBuilder().ScanPage(620, 877, "sai").ScanPage(500, 700, "").Bytes();
  const Record record =
      RecordOf(scan, SourceKind::kScannedPdf, {OcrPage({LineAt(9, 9, kPeople)}), OcrPage({LineAt(9, 99, kPeople)})});
  const std::string made = Made(scan, record).bytes;
  EXPECT_EQ(ImageStreams(made), ImageStreams(scan));
  EXPECT_EQ(ImageStreams(made).size(), 2U);
  for (int page = 0; page < 2; ++page) {
    EXPECT_EQ(PdfFile::Open(made)->Raster(page, {})->Sha256(), PdfFile::Open(scan)->Raster(page, {})->Sha256());
  }
  EXPECT_EQ(made, Made(scan, record).bytes);
}

TEST(SearchablePdf, TurnedShiftedAndCutPages) {
  const std::string scan = PdfBuilder().ScanPage(1240, 1754, "").Bytes();
  for (const int rotation : {0, 90, 180, 270, -90, 450}) {
    const std::string turned = Changed(scan, [&](QPDF&, QPDFPageObjectHelper& page) {
      page.getObjectHandle().replaceKey("/MediaBox", QPDFObjectHandle::parse("[-50 -20 650 900]"));
      page.getObjectHandle().replaceKey("/CropBox", QPDFObjectHandle::parse("[100 40 500 880]"));
      page.getObjectHandle().replaceKey("/Rotate", QPDFObjectHandle::newInteger(rotation));
    });
    const bool sideways = rotation % 180 != 0;
    const int width = sideways ? 1680 : 800, height = sideways ? 800 : 1680;  // two pixels a point
    const std::string made =
        Made(turned, RecordOf(turned, SourceKind::kScannedPdf, {OcrPage({LineAt(200, 300, kPeople)}, width, height)}))
            .bytes;
    const PdfPage page = PageOf(made);
    ASSERT_EQ(page.words.size(), 4U) << rotation;
    EXPECT_EQ(page.words[3].text, "dân");
    EXPECT_NEAR(page.words[3].box.left, 280, kAnyPixel) << rotation;
    EXPECT_NEAR(page.words[3].box.top, 150, kAnyPixel) << rotation;
    EXPECT_NEAR(page.words[3].box.right, 330, kAnyPixel) << rotation;
  }
}

TEST(SearchablePdf, PagesThatWereReadTurnedAreShownUpright) {
  for (const int rotation : {0, 90}) {
    const std::string scan =
        Changed(PdfBuilder().ScanPage(1240, 1754, "").Bytes(), [&](QPDF&, QPDFPageObjectHelper& page) {
          page.getObjectHandle().replaceKey("/Rotate", QPDFObjectHandle::newInteger(rotation));
        });
    for (const int turns : {1, 2, 3}) {
      const bool lying = (rotation / 90 + turns) % 2 != 0;
      RecordPage page = OcrPage({LineAt(200, 300, kPeople)}, lying ? 1754 : 1240, lying ? 1240 : 1754);
      page.quarter_turns = turns;
      const std::string made = Made(scan, RecordOf(scan, SourceKind::kScannedPdf, {page})).bytes;
      EXPECT_EQ(ImageStreams(made), ImageStreams(scan));
      const PdfPage read = PageOf(made);
      EXPECT_EQ(read.width_pt > read.height_pt, lying) << turns;
      ASSERT_EQ(read.words.size(), 4U);
      EXPECT_EQ(read.words[0].text, "Ủy");
      EXPECT_NEAR(read.words[0].box.left, 200 * read.width_pt / static_cast<float>(page.width), kAnyPixel);
      EXPECT_NEAR(read.words[0].box.top, 300 * read.height_pt / static_cast<float>(page.height), kAnyPixel);
    }
  }
}

TEST(SearchablePdf, LinesOfASheetScannedSideways) {
  const std::string scan = PdfBuilder().ScanPage(1240, 1754, "").Bytes();
  RecordLine up;  // reads upwards
  for (std::size_t i = 0; i < kPeople.size(); ++i) {
    const float bottom = 1000 - 120 * static_cast<float>(i);
    up.tokens.push_back(
        {.span = {}, .observed = "", .text = kPeople[i], .box = {100, bottom - 100, 140, bottom}, .alternatives = {}});
  }
  up.box = {100, 540, 140, 1000};
  const PdfPage page = PageOf(Made(scan, RecordOf(scan, SourceKind::kScannedPdf, {OcrPage({up})})).bytes);
  ASSERT_EQ(page.words.size(), 4U);
  EXPECT_EQ(page.words[1].text, "ban");
  EXPECT_NEAR(page.words[1].box.left, 100 * 595 / 1240.0, kAnyPixel);
  EXPECT_NEAR(page.words[1].box.top, 780 * 842 / 1754.0, kAnyPixel);
  EXPECT_NEAR(page.words[1].box.bottom, 880 * 842 / 1754.0, kAnyPixel);
}

TEST(SearchablePdf, WordsThatTouchOrOverlapStayApartAndWordsWithoutAPlaceStay) {
  const std::string scan = PdfBuilder().ScanPage(1240, 1754, "").Bytes();
  RecordLine line = LineAt(200, 300, {"một", "hai", "ba", "bốn", "năm"});
  line.tokens[1].box.left = 300;
  line.tokens[2].box.left = 430;
  line.tokens[3].box = {};
  const std::string made = Made(scan, RecordOf(scan, SourceKind::kScannedPdf, {OcrPage({line})})).bytes;
  EXPECT_THAT(WordsOf(made), ElementsAre("một", "hai", "ba", "bốn", "năm"));
}

TEST(SearchablePdf, ALetterWithItsMarksIsOneCharacter) {
  const std::string scan = PdfBuilder().ScanPage(1240, 1754, "").Bytes();
  const std::vector<std::string> words = {"Nghị-quyết", "x\u0302\u0301y", "😀", "“ề”"};
  const std::string made = Made(scan, RecordOf(scan, SourceKind::kScannedPdf, {OcrPage({LineAt(9, 9, words)})})).bytes;
  EXPECT_EQ(WordsOf(made), words);
}

TEST(SearchablePdf, PagesWithAGoodLayerAreNotTouched) {
  const std::string mixed = PdfBuilder().ScanPage(620, 877, "").TextPage({"Phu luc"}).Bytes();
  const RecordPage kept{.number = 2,
                        .width = 1240,
                        .height = 1754,
                        .source = PageSource::kTextLayer,
                        .reason = "",
                        .marks = {},
                        .lines = {LineAt(9, 9, {"Phụ", "lục"})}};
  const std::string made =
      Made(mixed, RecordOf(mixed, SourceKind::kMixedPdf, {OcrPage({LineAt(9, 9, kPeople)}), kept})).bytes;
  EXPECT_EQ(WordsOf(made, 0), kPeople);
  EXPECT_THAT(WordsOf(made, 1), ElementsAre("Phu", "luc"));

  const std::string digital = PdfBuilder().TextPage({"Phu luc"}).Bytes();
  EXPECT_EQ(Made(digital, RecordOf(digital, SourceKind::kDigitalPdf, {kept})).bytes, digital);
}

TEST(SearchablePdf, TextBehindTheScanGoesAndTextThatIsSeenIsSilent) {
  const std::string scan =
      Changed(PdfBuilder().ScanPage(1240, 1754, "").Bytes(), [](QPDF& pdf, QPDFPageObjectHelper& page) {
        page.addPageContents(
            QPDFObjectHandle::newStream(&pdf, "BT /F 12 Tf 12 TL 72 600 Td (behind) Tj (second) ' 1 2 (third) \" ET\n"),
            true);
        page.addPageContents(QPDFObjectHandle::newStream(&pdf, "BT /F 12 Tf 72 300 Td [(se) 5 (en)] TJ ET\n"), false);
      });
  ASSERT_EQ(WordsOf(scan).size(), 4U);
  const std::string made =
      Made(scan, RecordOf(scan, SourceKind::kScannedPdf, {OcrPage({LineAt(9, 9, kPeople)})})).bytes;
  EXPECT_EQ(WordsOf(made), kPeople);
  EXPECT_THAT(made, HasSubstr("[(se) 5 (en)] TJ"));
  EXPECT_EQ(made.find("behind"), std::string::npos);
}

TEST(SearchablePdf, TextInsideFormsGoesOnThisPageOnly) {
  const auto add_form = [](QPDF& pdf, QPDFPageObjectHelper& page) {
    QPDFObjectHandle form = QPDFObjectHandle::newStream(&pdf, "BT 3 Tr /F 12 Tf 72 600 Td (hidden) Tj ET\n");
    form.getDict().replaceKey("/Type", QPDFObjectHandle::newName("/XObject"));
    form.getDict().replaceKey("/Subtype", QPDFObjectHandle::newName("/Form"));
    form.getDict().replaceKey("/BBox", QPDFObjectHandle::parse("[0 0 595 842]"));
    form.getDict().replaceKey("/Resources", QPDFObjectHandle::parse("<< >>"));
    form.getDict().getKey("/Resources").replaceKey("/Font", page.getAttribute("/Resources", false).getKey("/Font"));
    form = pdf.makeIndirectObject(form);
    for (QPDFPageObjectHelper& each : QPDFPageDocumentHelper(pdf).getAllPages()) {
      each.getAttribute("/Resources", false).getKey("/XObject").replaceKey("/Layer", form);
      each.addPageContents(QPDFObjectHandle::newStream(&pdf, "q /Layer Do Q\n"), false);
    }
  };
  const std::string scan = Changed(PdfBuilder().ScanPage(620, 877, "").ScanPage(620, 877, "").Bytes(), add_form);
  ASSERT_THAT(WordsOf(scan), ElementsAre("hidden"));
  const RecordPage kept{.number = 2,
                        .width = 620,
                        .height = 877,
                        .source = PageSource::kTextLayer,
                        .reason = "",
                        .marks = {},
                        .lines = {}};
  const std::string made =
      Made(scan, RecordOf(scan, SourceKind::kScannedPdf, {OcrPage({LineAt(9, 9, kPeople)}), kept})).bytes;
  EXPECT_EQ(WordsOf(made, 0), kPeople);
  EXPECT_THAT(WordsOf(made, 1), ElementsAre("hidden"));
}

TEST(SearchablePdf, ASignedFileGivesACopyThatSaysItIsUnsigned) {
  const std::string scan =
      Changed(PdfBuilder().ScanPage(620, 877, "").Bytes(), [](QPDF& pdf, QPDFPageObjectHelper& page) {
        QPDFObjectHandle look = QPDFObjectHandle::newStream(&pdf, "0 0 9 9 re f");
        look.getDict().replaceKey("/Subtype", QPDFObjectHandle::newName("/Form"));
        look.getDict().replaceKey("/BBox", QPDFObjectHandle::parse("[0 0 9 9]"));
        QPDFObjectHandle field = pdf.makeIndirectObject(QPDFObjectHandle::parse(
            "<< /Type /Annot /Subtype /Widget /FT /Sig /T (s) /Rect [9 9 99 99] /V << /Type /Sig >> /AP << >> >>"));
        field.getKey("/AP").replaceKey("/N", look);
        page.getObjectHandle().replaceKey("/Annots", QPDFObjectHandle::newArray({field}));
        QPDFObjectHandle form = QPDFObjectHandle::parse("<< /SigFlags 3 /Fields [] >>");
        form.getKey("/Fields").appendItem(field);
        pdf.getRoot().replaceKey("/AcroForm", form);
      });
  const SearchablePdf made = Made(scan, RecordOf(scan, SourceKind::kScannedPdf, {OcrPage({LineAt(9, 9, kPeople)})}));
  ASSERT_EQ(made.issues.size(), 1U);
  EXPECT_EQ(made.issues[0].code, "unsigned-copy");
  EXPECT_EQ(made.issues[0].stage, "emit");
  QPDF pdf;
  pdf.processMemoryFile("test", made.bytes.data(), made.bytes.size());
  EXPECT_FALSE(pdf.getRoot().hasKey("/AcroForm"));
  EXPECT_THAT(pdf.getTrailer().getKey("/Info").getKey("/HoidauNote").getUTF8Value(), HasSubstr("carries none"));
  QPDFObjectHandle stamp =
      QPDFPageDocumentHelper(pdf).getAllPages().at(0).getObjectHandle().getKey("/Annots").getArrayItem(0);
  EXPECT_EQ(stamp.getKey("/Subtype").getName(), "/Stamp");
  EXPECT_TRUE(stamp.getKey("/AP").getKey("/N").isStream());
  EXPECT_FALSE(stamp.hasKey("/V"));
}

TEST(SearchablePdf, APngIsWrappedAsItIs) {
  Image picture = Image::Blank(300, 400, 8, 150);
  picture.Fill({50, 60, 150, 90}, 0, 0, 0);
  const std::string png = *picture.EncodePng();
  const std::string made =
      Made(png, RecordOf(png, SourceKind::kImage, {OcrPage({LineAt(50, 60, {"Kế"})}, 300, 400)})).bytes;
  const PdfPage page = PageOf(made);
  EXPECT_FLOAT_EQ(page.width_pt, 144);
  EXPECT_FLOAT_EQ(page.height_pt, 192);
  ASSERT_EQ(page.words.size(), 1U);
  EXPECT_EQ(page.words[0].text, "Kế");
  EXPECT_NEAR(page.words[0].box.left, 24, kAnyPixel);
  EXPECT_EQ(PdfFile::Open(made)->Raster(0, {})->width(), 300);
  const auto streams = ImageStreams(made);
  ASSERT_EQ(streams.count("300x400"), 1U);
  EXPECT_THAT(png, HasSubstr(streams.begin()->second));
}

TEST(SearchablePdf, ASheetOfNoLikelyResolutionIsTakenForA4) {
  const std::string png = *Image::Blank(2400, 3400, 1, 72).EncodePng();
  const std::string made =
      Made(png, RecordOf(png, SourceKind::kImage, {OcrPage({LineAt(50, 60, {"Kế"})}, 2400, 3400)})).bytes;
  EXPECT_NEAR(PageOf(made).height_pt, 842, 1);
}

TEST(SearchablePdf, WhatItCannotDoItSays) {
  const std::string scan = PdfBuilder().ScanPage(620, 877, "").Bytes();
  const std::vector<RecordPage> pages = {OcrPage({LineAt(9, 9, kPeople)})};
  EXPECT_EQ(MakeSearchablePdf("text", RecordOf("text", SourceKind::kText, pages)).error().code,
            ErrorCode::kUnsupported);
  EXPECT_EQ(MakeSearchablePdf(scan + " ", RecordOf(scan, SourceKind::kScannedPdf, pages)).error().code,
            ErrorCode::kBadInput);
  for (const std::string& bad : {std::string("%PDF-1.4\n"), std::string(), std::string("no PDF at all")}) {
    const Result<SearchablePdf> made = MakeSearchablePdf(bad, RecordOf(bad, SourceKind::kScannedPdf, pages));
    ASSERT_FALSE(made.ok());
    EXPECT_EQ(made.error().code, ErrorCode::kBadInput);
    EXPECT_EQ(made.error().message.find('\n'), std::string::npos);
    EXPECT_EQ(MakeSearchablePdf(bad, RecordOf(bad, SourceKind::kImage, pages)).error().code, ErrorCode::kBadInput);
  }
}

// Damage byte by byte: an error or a file, and nothing worse.
TEST(SearchablePdf, DamagedFilesDoNoHarm) {
  const std::string scan = PdfBuilder().ScanPage(8, 12, "hidden").Bytes();
  const std::vector<RecordPage> pages = {OcrPage({LineAt(9, 9, kPeople)})};
  for (std::size_t at = 0; at < scan.size(); at += 3) {
    for (const char value : {'\0', '9', '<', '\xff'}) {
      std::string bad = scan;
      bad[at] = value;
      const Result<SearchablePdf> made = MakeSearchablePdf(bad, RecordOf(bad, SourceKind::kScannedPdf, pages));
      EXPECT_EQ(made.ok(), made.ok() ? !made->bytes.empty() : false);
    }
  }
}

}  // namespace
}  // namespace hoidau
