#include "eval/observe.h"

#include <gtest/gtest.h>

namespace hoidau {
namespace {

TEST(Observe, TextKeepsItsPagesAndLines) {
  const std::string text = "Ke hoach\nso 5\n\fTrang hai\n";
  const Document d = ObserveText(text);
  ASSERT_EQ(d.pages.size(), 2u);
  EXPECT_EQ(RawText(d), text);
  EXPECT_EQ(RecoveredText(Unrecovered(d)), text);
  EXPECT_EQ(JoinPages(d, Unrecovered(d)).lines.size(), 3u);
}

TEST(Observe, NoScanIsNotFound) {
  EXPECT_EQ(ObserveScan("no/such/scan.pdf", {}, "").error().code, ErrorCode::kNotFound);
}

}  // namespace
}  // namespace hoidau
