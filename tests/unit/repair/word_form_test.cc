#include "repair/word_form.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace hoidau {
namespace {

TEST(WordForm, ShapeIsReadFromObservedLetters) {
  struct Case {
    const char32_t* observed;
    bool capital_line;
    Shape shape;
  };
  for (const Case& c : {Case{U"chtrc", false, Shape::kLower},
                        {U"P6i", false, Shape::kTitle},
                        {U"PiCH", false, Shape::kUpper},
                        {U"vOi", false, Shape::kLower},
                        {U"S6", false, Shape::kTitle},
                        {U"S6", true, Shape::kUpper},
                        {U"SO", false, Shape::kTitle},
                        {U"SO", true, Shape::kUpper},
                        {U"(mg", false, Shape::kLower},
                        {U"", false, Shape::kLower}}) {
    EXPECT_EQ(ShapeOf(c.observed, c.capital_line), c.shape);
  }
  EXPECT_EQ(WithShape("ứng", Shape::kTitle), "Ứng");
  EXPECT_EQ(WithShape("đổi", Shape::kUpper), "ĐỔI");
}

TEST(WordForm, ACapitalBehindASmallLetterIsAStray) {
  for (const char32_t* word : {U"vỀ", U"hoạT", U"HoạT"}) EXPECT_TRUE(HasStrayCapital(word));
  for (const char32_t* word : {U"về", U"Về", U"VỀ", U"UBNDxã", U""}) EXPECT_FALSE(HasStrayCapital(word));
}

TEST(WordForm, TheFirstLetterOfALatinReadingDecidesTheCapital) {
  EXPECT_EQ(WrittenShape(U"Idp", "lớp", Shape::kTitle), Shape::kLower);
  EXPECT_EQ(WrittenShape(U"Jan", "lần", Shape::kTitle), Shape::kLower);
  EXPECT_EQ(WrittenShape(U"Ich", "ích", Shape::kTitle), Shape::kTitle);
  EXPECT_EQ(WrittenShape(U"Lan", "lần", Shape::kTitle), Shape::kTitle);
  EXPECT_EQ(WrittenShape(U"|Lao", "lao", Shape::kLower), Shape::kTitle);
  EXPECT_EQ(WrittenShape(U"(mg", "ứng", Shape::kLower), Shape::kLower);
}

TEST(WordForm, AcronymsGetTheirStrokeBack) {
  EXPECT_THAT(AcronymReadings(U"HPND", Damage::kLatin), testing::Contains("HĐND"));
  EXPECT_THAT(AcronymReadings(U"DPMST", Damage::kLatin), testing::Contains("ĐMST"));
  EXPECT_THAT(AcronymReadings(U"ND", Damage::kStripped), testing::ElementsAre("NĐ"));
  EXPECT_TRUE(AcronymReadings(U"HPNT", Damage::kStripped).empty());
  EXPECT_TRUE(AcronymReadings(U"Ban", Damage::kLatin).empty());
  EXPECT_TRUE(AcronymReadings(U"UNESCO", Damage::kLatin).empty());
}

TEST(WordForm, LightDamageLeavesSpellingVariantsAlone) {
  EXPECT_FALSE(MayChange(U"sỹ", "sĩ"));
  EXPECT_FALSE(MayChange(U"kĩ", "kỹ"));
  EXPECT_FALSE(MayChange(U"p", "a"));
  EXPECT_TRUE(MayChange(U"à", "á"));
  EXPECT_TRUE(MayChange(U"tô", "tổ"));
}

TEST(WordForm, MeasuresAreNumbersWithAUnit) {
  for (const char32_t* measure : {U"35kg", U"3km", U"12m", U"100m2"}) EXPECT_TRUE(IsMeasure(measure));
  for (const char32_t* other : {U"6m", U"1a", U"x4", U"kg", U"35", U"d6i", U""}) EXPECT_FALSE(IsMeasure(other));
}

TEST(WordForm, RomanNumbersAndAcronyms) {
  EXPECT_TRUE(IsRoman(U"VII"));
  EXPECT_FALSE(IsRoman(U"V"));
  EXPECT_FALSE(IsRoman(U"VIP"));
  EXPECT_TRUE(IsVowelless(U"TTHC"));
  EXPECT_FALSE(IsVowelless(U"UBND"));
  EXPECT_FALSE(IsVowelless(U"tthc"));
}

}  // namespace
}  // namespace hoidau
