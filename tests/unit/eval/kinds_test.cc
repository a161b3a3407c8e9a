#include "eval/kinds.h"

#include <gtest/gtest.h>

#include "text/syllable.h"
#include "text/unicode.h"

namespace hoidau {
namespace {

constexpr const char* kText = "QUYẾT ĐỊNH\nVề việc hoà giải, uỷ quyền và khoẻ mạnh; nước, ngưỡng, ặ ễ\n";

TEST(Kinds, NamesGoBothWays) {
  for (const std::string& name : TextDamageNames()) EXPECT_TRUE(TextDamageOf(name).has_value()) << name;
  EXPECT_FALSE(TextDamageOf("fax:vie").has_value());
}

TEST(Kinds, CleanAndStripped) {
  EXPECT_EQ(DamageText(kText, TextDamage::kClean, 1), kText);
  EXPECT_EQ(DamageText("Kế hoạch", TextDamage::kStripped, 1), "Ke hoach");
}

TEST(Kinds, LettersWithAToneAreLostAndNoOthers) {
  EXPECT_EQ(DamageText("QUYẾT ĐỊNH", TextDamage::kLost, 3), "QUYT ĐNH");
  const std::string lost = DamageText(kText, TextDamage::kLost, 5);
  EXPECT_EQ(lost, DamageText(kText, TextDamage::kLost, 5));
  // What is left is a subsequence that keeps every letter without a tone.
  const std::u32string before = CodePoints(kText), after = CodePoints(lost);
  std::size_t next = 0, gone = 0;
  for (const char32_t c : before) {
    if (next < after.size() && after[next] == c) {
      ++next;
    } else {
      ++gone;
      EXPECT_NE(Decompose(c).tone, Tone::kLevel);
    }
  }
  EXPECT_EQ(next, after.size());
  EXPECT_GT(gone, 5u);
}

TEST(Kinds, TonePlacements) {
  EXPECT_EQ(DamageText("hoà giải, ủy quyền", TextDamage::kOldPlacement, 1), "hòa giải, ủy quyền");
  EXPECT_EQ(DamageText("hoà giải, ủy quyền", TextDamage::kNewPlacement, 1), "hoà giải, uỷ quyền");
}

TEST(Kinds, DecomposedIsCanonicalAndComposesBack) {
  const std::string nfd = DamageText(kText, TextDamage::kNfd, 1);
  EXPECT_EQ(ToNfc(nfd), kText);
  EXPECT_EQ(DamageText("ặ", TextDamage::kNfd, 1), "a\u0323\u0306");
  EXPECT_EQ(DamageText("ễ", TextDamage::kNfd, 1), "e\u0302\u0303");
  EXPECT_EQ(DamageText("ự", TextDamage::kNfd, 1), "u\u031B\u0323");
}

}  // namespace
}  // namespace hoidau
