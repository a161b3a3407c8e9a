#include "repair/damage.h"

#include <algorithm>

#include "text/syllable.h"
#include "text/unicode.h"

namespace hoidau {
namespace {

// Letters that no engine without Vietnamese writes.
bool OnlyVietnamese(char32_t c) {
  return (c >= 0x1EA0 && c <= 0x1EF9) || c == U'đ' || c == U'Đ' || c == U'ơ' || c == U'Ơ' || c == U'ư' || c == U'Ư';
}

bool OfVietnamese(char32_t c) {
  if (c < 0x80) return true;
  return StripLetter(c) != c;
}

}  // namespace

const char* ToString(Damage damage) {
  switch (damage) {
    case Damage::kLight:
      return "light";
    case Damage::kStripped:
      return "stripped";
    case Damage::kLatin:
      return "latin";
    case Damage::kLost:
      return "lost";
    case Damage::kForeign:
      return "foreign";
  }
  return "";
}

void DamageSigns::Add(const DamageSigns& other) {
  words += other.words;
  legal += other.legal;
  small += other.small;
  marked += other.marked;
  vietnamese += other.vietnamese;
  legal_stripped += other.legal_stripped;
  plausible += other.plausible;
  vowelless += other.vowelless;
  odd += other.odd;
}

DamageSigns SignsOf(std::span<const Atom> atoms, const Lexicon& lexicon) {
  DamageSigns signs;
  for (std::size_t i = 0; i < atoms.size(); ++i) {
    const Atom& atom = atoms[i];
    if (atom.fixed || atom.symbol || atom.text.size() < 2) continue;
    if (atom.kind == WordKind::kMixed) {
      ++signs.odd;
      ++signs.words;
      continue;
    }
    if (atom.kind != WordKind::kWord) continue;
    bool marked = false;
    bool vietnamese = false;
    bool foreign = false;
    bool capitals_after = false;
    bool small = false;
    std::u32string lower;
    for (const char32_t c : atom.text) {
      marked = marked || c >= 0x80;
      vietnamese = vietnamese || OnlyVietnamese(c);
      foreign = foreign || !OfVietnamese(c);
      capitals_after = capitals_after || (IsUpper(c) && !lower.empty());
      small = small || IsLower(c);
      lower += ToLower(c);
    }
    if (!small && atom.text.size() < 6 && !atom.capital_line) continue;  // acronyms say nothing
    ++signs.words;
    signs.small += small ? 1 : 0;
    signs.marked += marked ? 1 : 0;
    signs.vietnamese += vietnamese ? 1 : 0;
    signs.odd += foreign || (capitals_after && small) ? 1 : 0;
    const std::string word = ToUtf8(lower);
    if (lexicon.Find(WithTonePlacement(word, TonePlacement::kOld)) != Lexicon::kNoEntry) ++signs.legal;
    const std::string stripped = StripMarks(word);
    const bool plausible = !lexicon.Stripped(stripped).empty();
    signs.plausible += plausible ? 1 : 0;
    signs.legal_stripped += plausible && !marked ? 1 : 0;
    signs.vowelless += small && stripped.find_first_of("aeiouy") == std::string::npos ? 1 : 0;
  }
  return signs;
}

Damage DamageOf(const DamageSigns& s) {
  if (s.words == 0) return Damage::kLight;
  const double words = s.words;
  const double marked = s.marked / words;
  const double vietnamese = s.vietnamese / words;
  const double illegal = 1 - s.legal / words;
  const double odd = s.odd / words;
  const double stripped = s.legal_stripped / words;
  if (s.plausible / words < 0.45 && odd < 0.15 && s.vowelless / words < 0.05 && illegal > 0.3) return Damage::kForeign;
  if (marked < 0.25 && stripped > 0.5 && odd < 0.04 && illegal + stripped > 0.55 && marked + stripped > 0.8 &&
      illegal < 0.62 && (marked < 0.04 || vietnamese > 0.5 * marked)) {
    return Damage::kStripped;
  }
  // An engine without Vietnamese writes é and ô, but hardly ever ế, ị, đ or ơ.
  if (illegal > 0.12 && vietnamese < 0.08) return Damage::kLatin;
  if (s.vowelless / words > 0.06 && illegal > 0.15) return Damage::kLost;
  return Damage::kLight;
}

Damage DamageWithinLatin(const DamageSigns& s) {
  const Damage alone = DamageOf(s);
  switch (alone) {
    case Damage::kStripped:
      return s.small >= 25 && s.marked == 0 && s.odd == 0 && s.legal_stripped == s.words ? alone : Damage::kLatin;
    case Damage::kLight:
    case Damage::kLost:
      return s.words >= 12 && s.vietnamese * 6 >= s.words ? alone : Damage::kLatin;
    case Damage::kLatin:
    case Damage::kForeign:
      return alone;
  }
  return alone;
}

}  // namespace hoidau
