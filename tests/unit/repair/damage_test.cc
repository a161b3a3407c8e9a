#include "repair/damage.h"

#include <gtest/gtest.h>

#include "text/syllable.h"
#include "text/unicode.h"

namespace hoidau {
namespace {

Lexicon Syllables() {
  std::vector<Lexicon::Entry> entries;
  for (const std::string& s : AllSyllables()) entries.push_back({s, -5.0F});
  return Lexicon::Build(entries);
}

TEST(Damage, IsToldByTheTokens) {
  const Lexicon lexicon = Syllables();
  struct Case {
    const char* text;
    Damage want;
  };
  for (const Case& c :
       {Case{"Thực hiện Công văn của Sở Khoa học và Công nghệ về việc phối hợp hưởng ứng ngày hội đổi mới sáng tạo",
             Damage::kLight},
        {"Thuc hien Cong van cua So Khoa hoc va Cong nghe ve viec phoi hop huong ung ngay hoi doi moi sang tao",
         Damage::kStripped},
        {"Thuc hién Céng vin sb cta S& Khoa hoc va Cong nghé vé viéc phdi hop hudng tmg ngay hoi d6i méi séng tao",
         Damage::kLatin},
        {"Thc hin Công văn ca S Khoa hc và Công ngh v vic phi hp hưng ng ngày hi đi mi sáng to trên đa bàn",
         Damage::kLost},
        {"The committee met on Monday in London to discuss the new plan for the river and the two old bridges",
         Damage::kForeign}}) {
    std::vector<Atom> atoms;
    for (const Word& w : SplitWords(c.text)) {
      Atom atom;
      atom.kind = w.kind;
      atom.text = CodePoints(w.span.In(c.text));
      atoms.push_back(atom);
    }
    EXPECT_EQ(DamageOf(SignsOf(atoms, lexicon)), c.want) << c.text;
  }
}

TEST(Damage, WithinALatinDocumentAFewWordsShowLittle) {
  const DamageSigns heading{.words = 14, .legal = 10, .small = 2, .marked = 0, .legal_stripped = 14, .plausible = 14};
  EXPECT_EQ(DamageOf(heading), Damage::kStripped);
  EXPECT_EQ(DamageWithinLatin(heading), Damage::kLatin);
  const DamageSigns running{.words = 40, .legal = 20, .small = 38, .marked = 0, .legal_stripped = 40, .plausible = 40};
  EXPECT_EQ(DamageWithinLatin(running), Damage::kStripped);
  const DamageSigns clean{.words = 30, .legal = 30, .small = 28, .marked = 20, .vietnamese = 12, .plausible = 30};
  EXPECT_EQ(DamageWithinLatin(clean), Damage::kLight);
}

TEST(Damage, NothingIsLight) { EXPECT_EQ(DamageOf({}), Damage::kLight); }

}  // namespace
}  // namespace hoidau
