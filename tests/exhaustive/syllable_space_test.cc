// The syllable space of Vietnamese is finite: every property is checked on all of it.
#include <gtest/gtest.h>

#include <set>
#include <string>

#include "text/syllable.h"
#include "text/unicode.h"

namespace hoidau {
namespace {

constexpr Tone kTones[] = {Tone::kLevel, Tone::kGrave, Tone::kAcute, Tone::kHook, Tone::kTilde, Tone::kDot};

const std::vector<std::string>& Space() {
  static const std::vector<std::string> all = AllSyllables();
  return all;
}

// The canonical decomposition: base letters and combining marks, as NFD has them.
std::string Nfd(std::string_view text) {
  static constexpr char32_t kToneMarks[] = {0, 0x300, 0x301, 0x309, 0x303, 0x323};
  std::u32string out;
  for (const char32_t c : CodePoints(text)) {
    const LetterParts p = Decompose(c);
    const char32_t plain = StripLetter(p.base);
    out += p.base == U'đ' || p.base == U'Đ' ? p.base : plain;
    const bool dot = p.tone == Tone::kDot;
    if (dot) out += kToneMarks[5];  // class 220 stands before the marks above
    if (plain != p.base && p.base != U'đ' && p.base != U'Đ') {
      const char32_t lower = ToLower(p.base);
      out += lower == U'ă' ? 0x306 : lower == U'ơ' || lower == U'ư' ? 0x31B : 0x302;
    }
    if (p.tone != Tone::kLevel && !dot) out += kToneMarks[static_cast<int>(p.tone)];
  }
  return ToUtf8(out);
}

TEST(SyllableSpace, HasTheKnownSize) {
  EXPECT_GT(Space().size(), 15'000U);
  EXPECT_LT(Space().size(), 22'000U);
  EXPECT_EQ(std::set<std::string>(Space().begin(), Space().end()).size(), Space().size());
}

TEST(SyllableSpace, EachIsLegalInEveryCaseAndPlacement) {
  for (const std::string& s : Space()) {
    EXPECT_TRUE(IsSyllable(s)) << s;
    EXPECT_TRUE(IsSyllable(ToUpper(s))) << s;
    EXPECT_TRUE(IsSyllable(WithTonePlacement(s, TonePlacement::kNew))) << s;
    EXPECT_TRUE(IsNfc(s)) << s;
  }
}

TEST(SyllableSpace, TonesTakeOffAndPutOn) {
  for (const std::string& s : Space()) {
    const std::string bare = WithoutTone(s);
    EXPECT_EQ(ToneOf(bare), Tone::kLevel) << s;
    EXPECT_EQ(WithTone(bare, ToneOf(s), TonePlacement::kOld), s);
    for (const Tone tone : kTones) {
      for (const TonePlacement placement : {TonePlacement::kOld, TonePlacement::kNew}) {
        const std::string toned = WithTone(s, tone, placement);
        EXPECT_EQ(ToneOf(toned), tone) << s;
        EXPECT_EQ(WithoutTone(toned), bare) << s;
        EXPECT_EQ(CodePoints(toned).size(), CodePoints(s).size()) << s;
      }
    }
  }
}

TEST(SyllableSpace, PlacementsLeadToEachOther) {
  for (const std::string& s : Space()) {
    const std::string modern = WithTonePlacement(s, TonePlacement::kNew);
    EXPECT_EQ(WithTonePlacement(modern, TonePlacement::kOld), s);
    EXPECT_EQ(WithTonePlacement(modern, TonePlacement::kNew), modern) << s;
    const std::string upper = ToUpper(s);
    EXPECT_EQ(WithTonePlacement(WithTonePlacement(upper, TonePlacement::kNew), TonePlacement::kOld), upper);
  }
}

TEST(SyllableSpace, AToneOnAnyVowelIsPutRight) {
  for (const std::string& s : Space()) {
    const Tone tone = ToneOf(s);
    if (tone == Tone::kLevel) continue;
    const std::u32string bare = CodePoints(WithoutTone(s));
    for (std::size_t i = 0; i < bare.size(); ++i) {
      std::u32string misplaced = bare;
      misplaced[i] = Compose(bare[i], tone);
      if (misplaced[i] == bare[i]) continue;  // a consonant
      EXPECT_EQ(WithTonePlacement(ToUtf8(misplaced), TonePlacement::kOld), s) << ToUtf8(misplaced);
    }
  }
}

TEST(SyllableSpace, StripMarksLeavesAsciiOfTheSameLength) {
  for (const std::string& s : Space()) {
    const std::string plain = StripMarks(s);
    EXPECT_EQ(plain.size(), CodePoints(s).size()) << s;
    EXPECT_TRUE(plain.find_first_not_of("abcdefghijklmnopqrstuvwxyz") == std::string::npos) << plain;
    EXPECT_EQ(StripMarks(ToUpper(s)), ToUpper(plain));
    EXPECT_EQ(StripMarks(plain), plain);
  }
}

TEST(SyllableSpace, NfcBringsBackEveryDecomposedForm) {
  for (const std::string& s : Space()) {
    EXPECT_EQ(ToNfc(Nfd(s)), s);
    EXPECT_EQ(ToNfc(Nfd(ToUpper(s))), ToUpper(s));
    EXPECT_EQ(ToLower(ToUpper(s)), s);
  }
}

// What is not in the space is no syllable: one wrong tone for a closed rhyme, or two tones.
TEST(SyllableSpace, StopsTakeOnlyAcuteAndDot) {
  for (const std::string& s : Space()) {
    const char32_t last = CodePoints(s).back();
    const bool stop = last == U'p' || last == U't' || last == U'c' || s.ends_with("ch");
    for (const Tone tone : kTones) {
      const bool legal = IsSyllable(WithTone(s, tone, TonePlacement::kOld));
      EXPECT_EQ(legal, !stop || tone == Tone::kAcute || tone == Tone::kDot) << s << " " << static_cast<int>(tone);
    }
  }
}

}  // namespace
}  // namespace hoidau
