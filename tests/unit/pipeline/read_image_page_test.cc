#include "pipeline/read_image_page.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <utility>
#include <vector>

#include "image/prepare.h"
#include "ingest/reader.h"
#include "ocr/tesseract.h"

namespace hoidau {
namespace {

// The pages of the corpus' sample scan.
std::vector<Image> SampleScan() {
  std::vector<Image> pages;
  for (const auto& folder : std::filesystem::directory_iterator(HOIDAU_SOURCE_DIR "/corpus/dev")) {
    if (!folder.is_directory()) continue;
    for (const auto& file : std::filesystem::directory_iterator(folder)) {
      if (file.path().extension() != ".pdf") continue;
      const Result<DocumentReader> reader = DocumentReader::Open(file.path().string(), {});
      for (int page = 1; reader && page <= reader->page_count(); ++page)
        pages.push_back(std::move(*reader->Raster(page)));
    }
  }
  return pages;
}

// Says what it is told to of a page of a size; everything else is rubbish.
class PickyEngine : public OcrEngine {
 public:
  PickyEngine(int width, int words) : width_(width), words_(words) {}
  std::string name() const override { return "picky"; }
  Result<std::vector<OcrLine>> Recognize(const Image& image, OcrScope scope) override {
    if (scope != OcrScope::kPage) return std::vector<OcrLine>{};
    OcrLine line;
    for (int i = 0; i < words_; ++i) {
      const float left = 30.0F * static_cast<float>(i);
      line.words.push_back({.text = "hội",
                            .box = {left, 10, left + 20, 30},
                            .confidence = image.width() == width_ ? 0.9F : 0.35F,
                            .alternatives = {}});
    }
    return std::vector<OcrLine>{line};
  }

 private:
  int width_, words_;
};

TEST(Orientation, OfAScanInAllDirections) {
  const std::vector<Image> pages = SampleScan();
  ASSERT_FALSE(pages.empty());
  for (const Image& page : pages) {
    for (int turns = 0; turns < 4; ++turns) {
      EXPECT_EQ(FindOrientation(page.Rotated90(turns)), (4 - turns) % 4);
    }
  }
}

TEST(Orientation, CannotBeToldOfAnEmptyPage) {
  EXPECT_FALSE(FindOrientation(Image::Blank(1200, 1700, 8, 150)));
  EXPECT_FALSE(FindOrientation(Image::Blank(3, 2, 1, 300)));
  EXPECT_FALSE(Prepare(Image::Blank(1200, 1700, 32, 150), {}).upright);
}

TEST(Orientation, ATurnedScanReadsAsTheUprightOne) {
  Result<std::unique_ptr<OcrEngine>> engine = OpenTesseract({});
  ASSERT_TRUE(engine.ok()) << engine.error().message;
  const Image page = std::move(SampleScan().at(0));
  const Result<OcrPage> upright = ReadImagePage(**engine, page, 1);
  const Result<OcrPage> turned = ReadImagePage(**engine, page.Rotated90(1), 1);
  ASSERT_TRUE(upright.ok() && turned.ok());
  EXPECT_EQ(upright->page.quarter_turns, 0);
  EXPECT_EQ(turned->page.quarter_turns, 3);
  EXPECT_EQ(turned->page.raw, upright->page.raw);
  EXPECT_EQ(turned->page.width, upright->page.width);
}

TEST(Orientation, IsTriedWhereItCannotBeTold) {
  // Believed only where it lies: 700 pixels wide.
  PickyEngine lying(700, 12);
  EXPECT_EQ(ReadImagePage(lying, Image::Blank(500, 700, 8, 150), 1)->page.quarter_turns, 1);
  PickyEngine standing(500, 12);
  EXPECT_EQ(ReadImagePage(standing, Image::Blank(500, 700, 8, 150), 1)->page.quarter_turns, 0);
  PickyEngine few(700, 3);
  EXPECT_EQ(ReadImagePage(few, Image::Blank(500, 700, 8, 150), 1)->page.quarter_turns, 0) << "next to no text";
}

TEST(AddLayerMarks, InPixelsOfTheUprightPage) {
  Page layer;
  layer.width = 100, layer.height = 200;
  layer.marks.push_back(
      {.kind = MarkKind::kSignature, .box = {10, 20, 30, 60}, .text = "Ký bởi", .number = {}, .date = {}});
  Page page;
  page.width = 200, page.height = 400;
  page.marks.push_back({.kind = MarkKind::kSeal, .box = {0, 0, 9, 9}, .text = {}, .number = {}, .date = {}});
  AddLayerMarks(layer, page);
  ASSERT_EQ(page.marks.size(), 2U);
  EXPECT_EQ(page.marks[1].box, (Box{20, 40, 60, 120}));
  EXPECT_EQ(page.marks[1].text, "Ký bởi");
  Page turned;
  turned.width = 200, turned.height = 100, turned.quarter_turns = 1;
  AddLayerMarks(layer, turned);
  EXPECT_EQ(turned.marks.at(0).box, (Box{140, 10, 180, 30}));
  AddLayerMarks(Page{}, turned);
  EXPECT_EQ(turned.marks.size(), 1U);
}

}  // namespace
}  // namespace hoidau
