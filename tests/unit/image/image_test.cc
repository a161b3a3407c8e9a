#include "image/image.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace hoidau {
namespace {

using ::testing::HasSubstr;

constexpr std::int64_t kPixels = 1'000'000;

std::string Png(const Image& image) {
  Result<std::string> png = image.EncodePng();
  EXPECT_TRUE(png.ok());
  return png.ok() ? *png : "";
}

TEST(Image, FillStaysInTheBox) {
  Image over = Image::Blank(40, 30, 8, 300), inside = over.Copy();
  over.Fill({-20, -5, 10, 12}, 0, 0, 0), inside.Fill({0, 0, 10, 12}, 0, 0, 0);
  EXPECT_EQ(over.Sha256(), inside.Sha256());
  Image image = Image::Blank(40, 30, 8, 300);
  const std::string before = image.Sha256();
  image.Fill({-20, 5, -4, 12}, 0, 0, 0);
  image.Fill({50, 5, 60, 12}, 0, 0, 0);
  EXPECT_EQ(image.Sha256(), before);
}

TEST(Sniff, ByContent) {
  EXPECT_EQ(SniffImage("\x89PNG\r\n\x1a\n…"), ImageFormat::kPng);
  EXPECT_EQ(SniffImage("\xff\xd8\xff\xe0"), ImageFormat::kJpeg);
  EXPECT_EQ(SniffImage(std::string("II*\0", 4)), ImageFormat::kTiff);
  EXPECT_EQ(SniffImage(std::string("MM\0*", 4)), ImageFormat::kTiff);
  EXPECT_EQ(SniffImage("%PDF-1.7"), ImageFormat::kNone);
  EXPECT_EQ(SniffImage(""), ImageFormat::kNone);
}

TEST(Image, PngRoundTripKeepsPixelsAndResolution) {
  Image image = Image::Blank(120, 80, 32, 300);
  image.Fill({10, 10, 40, 30}, 200, 0, 0);
  const Result<ImageInfo> info = ReadImageInfo(Png(image));
  ASSERT_TRUE(info.ok());
  EXPECT_EQ(info->width, 120);
  EXPECT_EQ(info->height, 80);
  EXPECT_EQ(info->pages, 1);
  const Result<Image> back = DecodeImage(Png(image), 0, kPixels);
  ASSERT_TRUE(back.ok());
  EXPECT_EQ(back->Sha256(), image.Sha256());
  EXPECT_EQ(back->dpi(), 300);
}

TEST(Image, DigestIsOfThePicture) {
  const Image blank = Image::Blank(50, 50, 8, 300);
  Image dot = blank.Copy();
  dot.Fill({3, 3, 4, 4}, 0, 0, 0);
  EXPECT_EQ(blank.Sha256(), Image::Blank(50, 50, 8, 150).Sha256());
  EXPECT_NE(blank.Sha256(), dot.Sha256());
  EXPECT_NE(blank.Sha256(), Image::Blank(50, 50, 32, 300).Sha256());
}

TEST(Image, GeometryScalesResolution) {
  const Image half = Image::Blank(200, 100, 8, 300).Scaled(0.5F);
  EXPECT_EQ(half.width(), 100);
  EXPECT_EQ(half.dpi(), 150);
  EXPECT_EQ(half.Rotated90(1).width(), 50);
  EXPECT_EQ(half.Cropped({10, 10, 30, 20}).width(), 20);
}

TEST(Image, PixelLimitIsCheckedBeforeDecoding) {
  const std::string png = Png(Image::Blank(2000, 1000, 8, 300));
  const Result<Image> image = DecodeImage(png, 0, kPixels);
  ASSERT_FALSE(image.ok());
  EXPECT_EQ(image.error().code, ErrorCode::kResourceLimit);
  EXPECT_THAT(image.error().message, HasSubstr("2000x1000"));
}

TEST(Image, EveryTruncationIsAnError) {
  Image picture = Image::Blank(64, 64, 32, 300);
  for (std::uint8_t i = 0; i < 64; i += 2) picture.Fill({float(i), float(i), float(i + 1), 60}, i, 200, 90);
  const std::string png = Png(picture);
  for (std::size_t size = 0; size < png.size(); ++size) {
    const Result<Image> image = DecodeImage(png.substr(0, size), 0, kPixels);
    ASSERT_FALSE(image.ok()) << size;
    EXPECT_EQ(image.error().code, ErrorCode::kBadInput) << size;
  }
}

TEST(Image, RgbRowsWithStride) {
  const unsigned char rows[] = {0x10, 0x20, 0x30, 0, 0x40, 0x50, 0x60, 0, 9, 9, 9, 9};  // BGRx, padded to 12 bytes
  const Result<Image> image = Image::FromRgb24(rows, 2, 1, 12, 200);
  ASSERT_TRUE(image.ok());
  Image expected = Image::Blank(2, 1, 32, 200);
  expected.Fill({0, 0, 1, 1}, 0x30, 0x20, 0x10);
  expected.Fill({1, 0, 2, 1}, 0x60, 0x50, 0x40);
  EXPECT_EQ(image->Sha256(), expected.Sha256());
}

}  // namespace
}  // namespace hoidau
