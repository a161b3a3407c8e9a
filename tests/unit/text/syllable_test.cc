#include "text/syllable.h"

#include <gtest/gtest.h>

namespace hoidau {
namespace {

TEST(Syllable, StripMarksKeepsCaseAndOtherSigns) {
  EXPECT_EQ(StripMarks("Kế hoạch số 15/KH-UBND, Đường Ơ"), "Ke hoach so 15/KH-UBND, Duong O");
  EXPECT_EQ(StripMarks("naïve — 中"), "naïve — 中") << "only letters of Vietnamese";
}

TEST(Syllable, Tones) {
  EXPECT_EQ(ToneOf("hoà"), Tone::kGrave);
  EXPECT_EQ(ToneOf("nghiêng"), Tone::kLevel);
  EXPECT_EQ(ToneOf("QUYỂN"), Tone::kHook);
  EXPECT_EQ(WithoutTone("Quyển"), "Quyên");
  EXPECT_EQ(WithTone("quyên", Tone::kHook, TonePlacement::kOld), "quyển");
  EXPECT_EQ(WithTone("quyển", Tone::kLevel, TonePlacement::kOld), "quyên");
  EXPECT_EQ(WithTone("facebook", Tone::kHook, TonePlacement::kOld), "facebook");
}

TEST(Syllable, TonePlacement) {
  struct {
    const char *old_form, *new_form;
  } const cases[] = {
      {"hòa", "hoà"},     {"khỏe", "khoẻ"}, {"ủy", "uỷ"},     {"thủy", "thuỷ"},   {"HÒA", "HOÀ"},
      {"ngoài", "ngoài"}, {"hoàn", "hoàn"}, {"quà", "quà"},   {"quý", "quý"},     {"già", "già"},
      {"giếng", "giếng"}, {"mùa", "mùa"},   {"nước", "nước"}, {"thuở", "thuở"},   {"khuya", "khuya"},
      {"yếu", "yếu"},     {"gì", "gì"},     {"hoặc", "hoặc"}, {"tuyết", "tuyết"}, {"chịu", "chịu"},
      {"rượu", "rượu"},
  };
  for (const auto& c : cases) {
    EXPECT_EQ(WithTonePlacement(c.old_form, TonePlacement::kNew), c.new_form);
    EXPECT_EQ(WithTonePlacement(c.new_form, TonePlacement::kOld), c.old_form);
  }
  EXPECT_EQ(WithTonePlacement("nứơc", TonePlacement::kOld), "nước") << "a misplaced tone is mended";
  EXPECT_EQ(WithTonePlacement("qùa", TonePlacement::kOld), "quà");
  EXPECT_EQ(WithTonePlacement("hòá", TonePlacement::kOld), "hòá") << "two tones: no syllable";
  EXPECT_EQ(WithTonePlacement("café", TonePlacement::kOld), "café");
}

TEST(Syllable, Legality) {
  for (const char* s : {"nghiêng",         "Ủy",    "quyết", "gì", "giêng", "khuỷu", "yêu",   "ý",   "oằn",
                        "đ\u01B0\u1EDDng", "xoong", "quýt",  "uỷ", "giặt",  "giữ",   "huých", "loa", "TUYÊN",
                        "k\u1EF3",         "quốc",  "gịt"}) {
    EXPECT_TRUE(IsSyllable(s)) << s;
  }
  for (const char* s : {"",    "facebook", "nghêing", "ngiên", "cê", "kư",  "ght",  "hat", "cach", "bòt", "hỏp",
                        "zoo", "w",        "b",       "đ",     "1",  "hòá", "nứơc", "gha", "ngha", "ab1", "-"}) {
    EXPECT_FALSE(IsSyllable(s)) << s;
  }
}

TEST(Syllable, LettersComposeAndDecompose) {
  EXPECT_EQ(Decompose(U'ệ').base, U'ê');
  EXPECT_EQ(Decompose(U'ệ').tone, Tone::kDot);
  EXPECT_EQ(Compose(U'Ê', Tone::kDot), U'Ệ');
  EXPECT_EQ(Compose(U'x', Tone::kDot), U'x');
  EXPECT_EQ(StripLetter(U'ở'), U'o');
  EXPECT_EQ(StripLetter(U'Đ'), U'D');
}

}  // namespace
}  // namespace hoidau
