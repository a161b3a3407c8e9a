// Bad files: each is refused with one clear line, or read as far as it goes; nothing crashes.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>
#include <string>

#include "base/files.h"
#include "ingest/reader.h"
#include "support/pdf_bytes.h"
#include "support/temp_dir.h"

namespace hoidau {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

Error OpenError(const std::string& path, const IngestOptions& options = {}) {
  const Result<DocumentReader> reader = DocumentReader::Open(path, options);
  return reader ? Error{ErrorCode::kInternal, "was opened"} : reader.error();
}

void ExpectRefused(const TempDir& dir, const std::string& name, const std::string& bytes, ErrorCode code,
                   const char* what, const IngestOptions& options = {}) {
  const std::string path = dir / name;
  ASSERT_TRUE(WriteFileAtomic(path, bytes).ok());
  const Error error = OpenError(path, options);
  EXPECT_EQ(error.code, code) << error.message;
  EXPECT_THAT(error.message, StartsWith(path));
  EXPECT_THAT(error.message, HasSubstr(what));
  EXPECT_THAT(error.message, Not(HasSubstr("\n")));
}

TEST(BadInput, EachIsRefusedWithOneLine) {
  const TempDir dir;
  EXPECT_EQ(OpenError(dir / "none.pdf").code, ErrorCode::kNotFound);
  EXPECT_EQ(OpenError(dir.path().string()).code, ErrorCode::kIo);
  ExpectRefused(dir, "empty.pdf", "", ErrorCode::kBadInput, "is empty");
  ExpectRefused(dir, "binary.pdf",
                std::string("\x7f"
                            "ELF\2\1\0\0\0",
                            9),
                ErrorCode::kBadInput, "neither PDF");
  ExpectRefused(dir, "fake.pdf", "%PDF-1.7\nand nothing else\n", ErrorCode::kBadInput, "damaged or cut off");
  const std::string pdf = PdfBuilder().TextPage({"Ke hoach"}).Bytes();
  ExpectRefused(dir, "head.pdf", pdf.substr(0, 200), ErrorCode::kBadInput, "cut off");
  ExpectRefused(dir, "nopages.pdf", PdfBuilder().Bytes(), ErrorCode::kBadInput, "no pages");
  const std::string key = "<" + std::string(64, '4') + ">";
  ExpectRefused(
      dir, "locked.pdf",
      PdfBuilder()
          .TextPage({"Ke hoach"})
          .Bytes(" /Encrypt << /Filter /Standard /V 1 /R 2 /O " + key + " /U " + key + " /P -4 >> /ID [<00> <00>]"),
      ErrorCode::kEncrypted, "password");
  ExpectRefused(dir, "cut.png", Image::Blank(90, 90, 8, 300).EncodePng()->substr(0, 60), ErrorCode::kBadInput,
                "cut off");
  ExpectRefused(dir, "cut.tif", std::string("II*\0\x10\0\0\0", 8), ErrorCode::kBadInput, "damaged");
  ExpectRefused(dir, "long.txt", "a\fb\fc", ErrorCode::kResourceLimit, "3 pages", {.max_pages = 2});
  ExpectRefused(dir, "large.txt", std::string(3 << 20, 'a'), ErrorCode::kResourceLimit, "larger than",
                {.max_bytes = 1 << 20});
}

TEST(BadInput, PixelLimitNamesFileAndPage) {
  Result<DocumentReader> image =
      DocumentReader::FromBytes(*Image::Blank(500, 500, 8, 300).EncodePng(), "big.png", {.max_pixels = 1000});
  ASSERT_TRUE(image.ok());
  EXPECT_EQ(image->Raster(1).error().code, ErrorCode::kResourceLimit);
  EXPECT_THAT(image->Raster(1).error().message, StartsWith("big.png: page 1: 500x500 pixels"));
  Result<DocumentReader> pdf =
      DocumentReader::FromBytes(PdfBuilder().TextPage({"a"}).Bytes(), "big.pdf", {.max_pixels = 1000});
  ASSERT_TRUE(pdf.ok());
  EXPECT_EQ(pdf->Raster(1).error().code, ErrorCode::kResourceLimit);
}

TEST(BadInput, PdfPictureThatDeclaresMoreThanTheLimitIsNotDecoded) {
  // 200,000 pixels wide by its dictionary: the page is drawn instead, at the usual resolution.
  Result<DocumentReader> reader =
      DocumentReader::FromBytes(PdfBuilder().ScanPage(300, 1000, "", 200'000).Bytes(), "bomb.pdf", {});
  ASSERT_TRUE(reader.ok());
  const Result<Image> image = reader->Raster(1);
  ASSERT_TRUE(image.ok()) << image.error().message;
  EXPECT_EQ(image->dpi(), 300);
}

// Every byte of a small PDF is damaged once: opened or refused, never a crash.
TEST(BadInput, DamagedPdfBytes) {
  const std::string pdf = PdfBuilder().ScanPage(40, 60, "Ke hoach").TextPage({"so 15"}).Bytes();
  std::mt19937 random(11);
  for (int round = 0; round < 400; ++round) {
    std::string damaged = pdf;
    for (int i = 0; i < 3; ++i) damaged[random() % damaged.size()] = static_cast<char>(random());
    const Result<DocumentReader> reader = DocumentReader::FromBytes(damaged, "damaged.pdf", {});
    if (!reader) continue;
    for (int page = 1; page <= reader->page_count() && page < 4; ++page) {
      const Result<PageText> text = reader->TextLayer(page);
      if (text && text->verdict.use == PageSource::kOcr && round % 8 == 0) static_cast<void>(reader->Raster(page));
    }
  }
}

TEST(BadInput, TruncatedPdfAtEveryLength) {
  const std::string pdf = PdfBuilder().TextPage({"Ke hoach so 15"}).Bytes();
  for (std::size_t size = 0; size < pdf.size(); size += 3) {
    const Result<DocumentReader> reader = DocumentReader::FromBytes(pdf.substr(0, size), "cut.pdf", {});
    if (reader && reader->page_count() > 0) static_cast<void>(reader->TextLayer(1));
  }
}

}  // namespace
}  // namespace hoidau
