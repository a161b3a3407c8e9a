#include "ingest/scan_picture.h"

#include <gtest/gtest.h>

#include <stdexcept>
#include <string>
#include <string_view>

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

TEST(ScanPictures, NothingForATextOrRubbish) {
  const std::string text = PdfBuilder().TextPage({"Ke hoach"}).Bytes(), rubbish = "%PDF-1.4 rubbish";
  EXPECT_FALSE(ScanPictures(text).Of(0).has_value());
  EXPECT_FALSE(ScanPictures(rubbish).Of(0).has_value());
}

}  // namespace
}  // namespace hoidau
