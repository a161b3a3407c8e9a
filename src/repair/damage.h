// What kind of damage a stretch of text has, judged by its tokens alone: which channel is to read it.
//
//   DamageOf({.words = 40, .marked = 0, .legal_stripped = 39, …}) == Damage::kStripped;
//
// Thread safety: pure. Limits: under about eight words the judgement of the whole document is better.
#ifndef HOIDAU_REPAIR_DAMAGE_H_
#define HOIDAU_REPAIR_DAMAGE_H_

#include <span>

#include "repair/atoms.h"
#include "repair/lexicon.h"

namespace hoidau {

enum class Damage {
  kLight,     // clean, or read by an engine that knows Vietnamese
  kStripped,  // all marks gone, letters right
  kLatin,     // read by an engine that knows no Vietnamese
  kLost,      // letters gone with their marks
  kForeign,   // another language: nothing is changed
};
const char* ToString(Damage damage);

// Counts over word atoms of two letters and more.
struct DamageSigns {
  int words = 0;
  int legal = 0;   // in the lexicon as they are
  int small = 0;   // with a small letter
  int marked = 0;  // with a letter beyond ASCII
  int vietnamese =
      0;  // with a letter that only a Vietnamese engine writes: đ ơ ư, hook, tilde on ơ, stacked marks, dots
  int legal_stripped = 0;  // plain ASCII and the stripped form of a syllable
  int plausible = 0;       // the stripped form of a syllable once its accents are taken off
  int vowelless = 0;       // small letters without a vowel
  int odd = 0;             // digits or signs inside a word, capitals in the middle, letters foreign to Vietnamese

  void Add(const DamageSigns& other);
};

DamageSigns SignsOf(std::span<const Atom> atoms, const Lexicon& lexicon);
Damage DamageOf(const DamageSigns& signs);

// The same of a stretch of a document that was read by an engine without Vietnamese: capitals lose all their marks and
// a few words show little, so only running text that such an engine could hardly have written is anything else.
Damage DamageWithinLatin(const DamageSigns& signs);

}  // namespace hoidau

#endif  // HOIDAU_REPAIR_DAMAGE_H_
