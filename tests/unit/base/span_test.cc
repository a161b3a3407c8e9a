#include "base/span.h"

#include <gtest/gtest.h>

#include "base/result.h"

namespace hoidau {
namespace {

TEST(ByteSpan, IsHalfOpen) {
  const ByteSpan s{3, 8};
  EXPECT_EQ(s.size(), 5U);
  EXPECT_TRUE(s.Contains(3));
  EXPECT_FALSE(s.Contains(8));
  EXPECT_EQ(s.In("0123456789"), "34567");
  EXPECT_TRUE(s.Contains(ByteSpan{3, 8}));
  EXPECT_FALSE(s.Contains(ByteSpan{3, 9}));
  EXPECT_FALSE(s.Overlaps({8, 9}));
  EXPECT_TRUE(s.Overlaps({7, 9}));
}

TEST(Result, HoldsAValueOrAReason) {
  const Result<int> value = 3;
  ASSERT_TRUE(value);
  EXPECT_EQ(*value, 3);
  const Result<int> reason = Error{ErrorCode::kIo, "disk"};
  ASSERT_FALSE(reason);
  EXPECT_EQ(reason.error().code, ErrorCode::kIo);
  EXPECT_EQ(reason.error().message, "disk");
}

}  // namespace
}  // namespace hoidau
