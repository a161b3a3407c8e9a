#include "text/text_layer.h"

#include <gtest/gtest.h>

#include <ostream>

namespace hoidau {

void PrintTo(ByteSpan s, std::ostream* out) { *out << "[" << s.begin << ", " << s.end << ")"; }

namespace {

TEST(TextLayer, Example) {
  const auto layer = TextLayer::Apply("ke hoach", {{{0, 2}, "kế"}, {{3, 8}, "hoạch"}});
  ASSERT_TRUE(layer.ok());
  EXPECT_EQ(layer->text(), "kế hoạch");
  EXPECT_EQ(layer->ToSource({0, 4}), (ByteSpan{0, 2}));
  EXPECT_EQ(layer->ToResult({3, 8}), (ByteSpan{5, 12}));
  EXPECT_EQ(layer->ToSource({1, 2}), (ByteSpan{0, 2})) << "a part of an edit widens to the whole";
  EXPECT_EQ(layer->ToSource({4, 5}), (ByteSpan{2, 3})) << "what no edit touches keeps its place";
}

TEST(TextLayer, InsertionsAndDeletions) {
  const auto layer = TextLayer::Apply("abcd", {{{1, 1}, "XY"}, {{2, 3}, ""}});
  ASSERT_TRUE(layer.ok());
  EXPECT_EQ(layer->text(), "aXYbd");
  EXPECT_EQ(layer->ToSource({1, 3}), (ByteSpan{1, 1})) << "an insertion comes from nothing";
  EXPECT_EQ(layer->ToSource({0, 5}), (ByteSpan{0, 4}));
  EXPECT_EQ(layer->ToResult({2, 3}), (ByteSpan{4, 4})) << "a deletion becomes nothing";
  EXPECT_EQ(layer->ToResult({0, 4}), (ByteSpan{0, 5}));
  EXPECT_EQ(layer->ToSource({4, 4}), (ByteSpan{2, 3})) << "a cut is what was deleted there";
  EXPECT_EQ(layer->ToResult({1, 1}), (ByteSpan{1, 3})) << "or inserted";
}

TEST(TextLayer, NoEditsIsTheIdentity) {
  const auto layer = TextLayer::Apply("abc", {});
  ASSERT_TRUE(layer.ok());
  EXPECT_EQ(layer->text(), "abc");
  EXPECT_EQ(layer->ToSource({1, 2}), (ByteSpan{1, 2}));
}

TEST(TextLayer, RefusesWrongEdits) {
  EXPECT_FALSE(TextLayer::Apply("abc", {{{2, 3}, "x"}, {{0, 1}, "y"}}).ok()) << "unsorted";
  EXPECT_FALSE(TextLayer::Apply("abc", {{{0, 2}, "x"}, {{1, 3}, "y"}}).ok()) << "overlapping";
  EXPECT_FALSE(TextLayer::Apply("abc", {{{2, 4}, "x"}}).ok()) << "outside";
  EXPECT_FALSE(TextLayer::Apply("abc", {{{2, 1}, "x"}}).ok()) << "turned round";
}

}  // namespace
}  // namespace hoidau
