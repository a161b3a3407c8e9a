#include "eval/text_score.h"

#include <gtest/gtest.h>

#include <random>

#include "text/unicode.h"

namespace hoidau {
namespace {

TEST(TextScore, HeaderExample) {
  const TextScore s = ScoreText("Kế hoạch số 5", "Kế hoach số 5");
  EXPECT_EQ(s.syllables.right, 3);
  EXPECT_EQ(s.syllables.all, 4);
  EXPECT_EQ(s.characters.right, 12);
  EXPECT_EQ(s.characters.all, 13);
  EXPECT_EQ(s.diacritics.right, 2);
  EXPECT_EQ(s.diacritics.all, 3);
  const RecoveryEffect e = EffectOfRecovery("Kế hoạch", "Ke hoạch", "Kế hoach");
  EXPECT_EQ(e.mended.right, 1);
  EXPECT_EQ(e.mended.all, 1);
  EXPECT_EQ(e.harmed.right, 1);
  EXPECT_EQ(e.harmed.all, 1);
}

TEST(TextScore, ToneIsFoldedOnlyInOpenSyllables) {
  EXPECT_EQ(FoldTonePlacement("hoà khoẻ uỷ HOÀ Uỷ"), "hòa khỏe ủy HÒA Ủy");
  // The tone stands right where it is: a final consonant, gi and qu, a vowel with its own mark.
  for (const char* same : {"hoàn", "toán", "quý", "Quỳnh", "huỳnh", "thuế", "hoạch", "giá", "ngoằn", "thuở"}) {
    EXPECT_EQ(FoldTonePlacement(same), same);
  }
}

TEST(TextScore, SyllablesAreRunsOfLettersAndDigits) {
  std::string joined;
  const std::string text = "Số: 57-NQ/TW, 5 m² (hoà)";
  for (const Syllable& s : Syllables(text)) joined += s.text + "|";
  EXPECT_EQ(joined, "Số|57|NQ|TW|5|m²|hòa|");
  EXPECT_EQ(Syllables(text).back().span.In(text), "hoà");
}

TEST(TextScore, FormsAndSpaceAreTheSame) {
  const TextScore s = ScoreText("Uỷ ban\nnhân dân", "U\u0309y  ban nhân dân ");
  EXPECT_EQ(s.syllables.right, s.syllables.all);
  EXPECT_EQ(s.characters.right, s.characters.all);
}

TEST(TextScore, CaseCounts) {
  const TextScore s = ScoreText("XÃ Lộc Vân", "xã Lộc Vân");
  EXPECT_EQ(s.syllables.right, 2);
  EXPECT_EQ(s.syllables_any_case.right, 3);
}

TEST(TextScore, MissingAndInventedTextIsWrong) {
  EXPECT_EQ(ScoreText("một hai ba", "").syllables.right, 0);
  EXPECT_EQ(ScoreText("một", "hai ba bốn").syllables.right, -2);
  EXPECT_EQ(ScoreText("", "").syllables.all, 0);
}

TEST(TextScore, OrderSeesMovedText) {
  const TextScore in_place = ScoreText("a b c d e f g h", "a b x d e f g h");
  EXPECT_EQ(in_place.order.right, in_place.order.all);
  const TextScore moved = ScoreText("a b c d e f g h", "c d e f g h a b");
  EXPECT_EQ(moved.order.right, 6);
  EXPECT_EQ(moved.order.all, 8);
}

TEST(TextScore, FiguresAreWatched) {
  const RecoveryEffect e = EffectOfRecovery("năm 2025 và 15", "năm 2025 va 15", "năm 2026 và 15");
  EXPECT_EQ(e.harmed_figures.right, 1);
  EXPECT_EQ(e.harmed_figures.all, 2);
}

// The plain table of Wagner and Fischer.
std::size_t PlainDistance(const std::u32string& a, const std::u32string& b) {
  std::vector<std::vector<std::size_t>> d(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
  for (std::size_t i = 0; i <= a.size(); ++i) {
    for (std::size_t j = 0; j <= b.size(); ++j) {
      if (i == 0 || j == 0)
        d[i][j] = i + j;
      else
        d[i][j] = std::min({d[i - 1][j - 1] + (a[i - 1] != b[j - 1]), d[i - 1][j] + 1, d[i][j - 1] + 1});
    }
  }
  return d[a.size()][b.size()];
}

TEST(TextScore, DistanceAndAlignmentAgreeWithTheTable) {
  std::mt19937_64 random(20251120);
  const auto text = [&](std::size_t longest) {
    std::u32string out;
    for (std::size_t n = random() % (longest + 1); n > 0; --n) out += static_cast<char32_t>(U'a' + random() % 3);
    return out;
  };
  for (int i = 0; i < 600; ++i) {
    const std::u32string a = text(i < 300 ? 12 : 200), b = text(i < 300 ? 12 : 200);
    const std::size_t expected = PlainDistance(a, b);
    ASSERT_EQ(EditDistance(a, b), expected) << ToUtf8(a) << " " << ToUtf8(b);
    const std::vector<std::uint32_t> x(a.begin(), a.end()), y(b.begin(), b.end());
    std::size_t errors = 0, next_gold = 0, next_other = 0;
    for (const AlignedPair& pair : Align(x, y)) {
      errors += !pair.same;
      if (pair.gold >= 0) {
        ASSERT_EQ(static_cast<std::size_t>(pair.gold), next_gold++);
      }
      if (pair.other >= 0) {
        ASSERT_EQ(static_cast<std::size_t>(pair.other), next_other++);
      }
      if (pair.same) {
        ASSERT_EQ(a[static_cast<std::size_t>(pair.gold)], b[static_cast<std::size_t>(pair.other)]);
      }
    }
    ASSERT_EQ(next_gold, a.size());
    ASSERT_EQ(next_other, b.size());
    ASSERT_EQ(errors, expected);
  }
}

}  // namespace
}  // namespace hoidau
