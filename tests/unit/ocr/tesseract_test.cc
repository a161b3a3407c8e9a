#include "ocr/tesseract.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <iterator>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "base/files.h"
#include "ocr/read_page.h"

namespace hoidau {
namespace {

using ::testing::HasSubstr;

Image Sample() {  // "Kế hoạch tổ chức ngày hội", printed at 150 dpi
  const Result<std::string> bytes = ReadFile(HOIDAU_SOURCE_DIR "/tests/data/ke_hoach.png");
  Image print = std::move(*DecodeImage(*bytes, 0, 1'000'000));
  print.set_dpi(150);
  return print;
}

std::string ReadSample(OcrEngine& engine) {
  const Result<OcrPage> page = ReadPage(engine, Prepare(Sample(), {}), 1, {});
  return page ? page->page.raw : page.error().message;
}

TEST(Tesseract, ReadsVietnamesePrint) {
  Result<std::unique_ptr<OcrEngine>> engine = OpenTesseract({});
  ASSERT_TRUE(engine.ok()) << engine.error().message;
  EXPECT_EQ(ReadSample(**engine), "Kế hoạch tổ chức ngày hội\n");
  EXPECT_EQ(ReadSample(**engine), "Kế hoạch tổ chức ngày hội\n");  // nothing is left of the page before
  EXPECT_THAT((*engine)->name(), HasSubstr("(vie)"));
}

TEST(Tesseract, BlankPageHasNoLines) {
  Result<std::unique_ptr<OcrEngine>> engine = OpenTesseract({});
  ASSERT_TRUE(engine.ok());
  for (const int depth : {1, 8, 32}) {
    Result<std::vector<OcrLine>> lines = (*engine)->Recognize(Image::Blank(600, 400, depth, 300), OcrScope::kPage);
    ASSERT_TRUE(lines.ok());
    EXPECT_TRUE(lines->empty());
  }
}

TEST(Tesseract, MissingLanguageSaysWhatToInstall) {
  const Result<std::unique_ptr<OcrEngine>> engine = OpenTesseract({.language = "vie", .data_dir = "/nonexistent"});
  ASSERT_FALSE(engine.ok());
  EXPECT_EQ(engine.error().code, ErrorCode::kMissing);
  EXPECT_THAT(engine.error().message, HasSubstr("apt install tesseract-ocr-vie"));
  EXPECT_EQ(OpenTesseract({.language = "../vie", .data_dir = ""}).error().code, ErrorCode::kMissing);
}

TEST(Tesseract, TimeLimit) {
  Result<std::unique_ptr<OcrEngine>> engine = OpenTesseract({.language = "vie", .data_dir = "", .time_limit_ms = 1});
  ASSERT_TRUE(engine.ok());
  Image page = Image::Blank(2480, 3508, 8, 300);
  for (int line = 0; line < 40; ++line) {
    for (int stroke = 0; stroke < 180; ++stroke) {
      const float x = 200 + 12.0F * static_cast<float>(stroke), y = 200 + 80.0F * static_cast<float>(line);
      page.Fill({x, y, x + (stroke % 3 == 0 ? 10.0F : 5.0F), y + 40}, 0, 0, 0);
    }
  }
  const Result<std::vector<OcrLine>> lines = (*engine)->Recognize(page, OcrScope::kPage);
  ASSERT_FALSE(lines.ok());
  EXPECT_EQ(lines.error().code, ErrorCode::kResourceLimit);
}

// OpenMP keeps the threads of a team that it has started.
TEST(Tesseract, StartsNoThreads) {
  if (std::getenv("OMP_THREAD_LIMIT") != nullptr) GTEST_SKIP() << "the user decides";
  const auto threads = [] {
    return std::distance(std::filesystem::directory_iterator("/proc/self/task"), std::filesystem::directory_iterator());
  };
  const auto before = threads();
  Result<std::unique_ptr<OcrEngine>> engine = OpenTesseract({});
  ASSERT_TRUE(engine.ok());
  ReadSample(**engine);
  EXPECT_EQ(threads(), before);
}

TEST(Tesseract, EnginesInThreadsAgree) {
  std::vector<std::string> texts(2);
  std::vector<std::thread> threads;
  for (std::string& text : texts) {
    threads.emplace_back([&text] {
      Result<std::unique_ptr<OcrEngine>> engine = OpenTesseract({});
      text = engine ? ReadSample(**engine) : engine.error().message;
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(texts[0], "Kế hoạch tổ chức ngày hội\n");
  EXPECT_EQ(texts[1], texts[0]);
}

}  // namespace
}  // namespace hoidau
