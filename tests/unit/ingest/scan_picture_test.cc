#include "ingest/scan_picture.h"

#include <gtest/gtest.h>

#include <stdexcept>
#include <string>
#include <string_view>

#include "image/binary.h"
#include "image/image.h"
#include "support/pdf_bytes.h"

namespace hoidau {
namespace {

// A scanned page with some of its commands replaced by as many bytes, so that the places of the objects stay.
std::string Scan(std::string_view from = {}, std::string_view to = {}, std::string_view hidden = {}) {
  std::string bytes = PdfBuilder().ScanPage(827, 1169, std::string(hidden)).Bytes();
  const std::size_t at = bytes.find(from);
  if (at == std::string::npos || from.size() != to.size()) throw std::runtime_error("no such commands in the page");
  return bytes.replace(at, from.size(), to);
}

TEST(ScanPictures, PageOfOnePicture) {
  const std::string bytes = Scan();
  const auto scan = ScanPictures(bytes).Of(0);
  ASSERT_TRUE(scan.has_value());
  EXPECT_EQ(scan->width, 827);
  EXPECT_EQ(scan->height, 1169);
  EXPECT_EQ(scan->area, (Box{0, 0, 595, 842}));
  EXPECT_FALSE(ScanPictures(bytes).Of(1).has_value());
}

TEST(ScanPictures, AtItsPlace) {
  const std::string bytes = Scan("595 0 0 842 0 0 cm", "560 0 0 800 9 9 cm");
  const auto scan = ScanPictures(bytes).Of(0);
  ASSERT_TRUE(scan.has_value());
  EXPECT_EQ(scan->area, (Box{9, 33, 569, 833}));
}

TEST(ScanPictures, HiddenTextIsNoDrawing) {
  const std::string hidden = Scan("", "", "Ke hoach"), shown = Scan("3 Tr", "0 Tr", "Ke hoach");
  EXPECT_TRUE(ScanPictures(hidden).Of(0).has_value());
  EXPECT_FALSE(ScanPictures(shown).Of(0).has_value());
}

TEST(ScanPictures, NothingForATurnedOrMirroredPicture) {
  const std::string turned = Scan("595 0 0 842 0 0 cm", "0 842 -9 0 0 99 cm"),
                    mirrored = Scan("595 0 0 842 0 0 cm", "-95 0 0 842 9 0 cm");
  EXPECT_FALSE(ScanPictures(turned).Of(0).has_value());
  EXPECT_FALSE(ScanPictures(mirrored).Of(0).has_value());
}

// The first eight pixels of both rows of the first page's picture, read from its file; "" where it has none.
std::string Rows(const std::string& dictionary, const std::string& data) {
  const std::string pdf =
      PdfBuilder()
          .PicturePage("/Width 8 /Height 2 /BitsPerComponent 1 /ColorSpace /DeviceGray " + dictionary, data)
          .Bytes();
  const auto scan = ScanPictures(pdf).Of(0);
  if (!scan || scan->file.empty()) return "";
  const Result<Image> image = DecodeImage(scan->file, 0, 100);
  if (!image || image->depth() != 1) return "damaged";
  std::string out;
  for (int y = 0; y < 2; ++y) {
    for (int x = 0; x < 8; ++x) out += (Row(*image, y)[0] >> (31 - x) & 1U) != 0 ? '#' : '.';
    out += y == 0 ? " " : "";
  }
  return out;
}

TEST(ScanPictures, BlackAndWhiteIsReadFromItsFile) {
  const std::string flate("\x78\x01\x01\x02\x00\xfd\xff\xf0\x0f\x01\xf1\x01\x00", 13);
  EXPECT_EQ(Rows("/Filter /FlateDecode", flate), "....#### ####....");
  EXPECT_EQ(Rows("/Filter [/FlateDecode]", flate), "....#### ####....");
  EXPECT_EQ(Rows("/Filter /FlateDecode /Decode [1 0]", flate), "####.... ....####");
  const std::string fax("\x36\xf0\x01\x00\x10", 5);
  EXPECT_EQ(Rows("/Filter /CCITTFaxDecode /DecodeParms << /K -1 /Columns 8 >>", fax), "....#### ....####");
  EXPECT_EQ(Rows("/Filter /CCITTFaxDecode /DecodeParms << /K -1 /Columns 8 >> /Decode [1 0]", fax),
            "####.... ####....");
}

TEST(ScanPictures, WhatNoFileHasIsLeftToBeDrawn) {
  const std::string flate("\x78\x01\x01\x02\x00\xfd\xff\xf0\x0f\x01\xf1\x01\x00", 13);
  EXPECT_EQ(Rows("/Filter /FlateDecode /DecodeParms << /Predictor 15 /Columns 8 >>", flate), "");
  EXPECT_EQ(Rows("/Filter /FlateDecode /Decode [0 0.5]", flate), "");
  EXPECT_EQ(Rows("/Filter /CCITTFaxDecode /DecodeParms << /K 0 /Columns 8 >>", flate), "");
  EXPECT_EQ(Rows("/Filter /CCITTFaxDecode /DecodeParms << /K -1 >>", flate), "");  // 1728 columns
  EXPECT_EQ(Rows("/Filter /CCITTFaxDecode /DecodeParms << /K -1 /Columns 8 /BlackIs1 true >>", flate), "");
  EXPECT_EQ(Rows("/Filter [/ASCII85Decode /FlateDecode]", flate), "");
}

TEST(ScanPictures, NothingForATextOrRubbish) {
  const std::string text = PdfBuilder().TextPage({"Ke hoach"}).Bytes(), rubbish = "%PDF-1.4 rubbish";
  EXPECT_FALSE(ScanPictures(text).Of(0).has_value());
  EXPECT_FALSE(ScanPictures(rubbish).Of(0).has_value());
}

}  // namespace
}  // namespace hoidau
