// How right a text is against a gold text: syllables, characters, letters with marks; what recovery mended and harmed.
//
//   const TextScore s = ScoreText("Kế hoạch số 5", "Kế hoach số 5");
//   s.syllables.right == 3;  s.syllables.all == 4;      // also: s.characters, s.diacritics
//   const RecoveryEffect e = EffectOfRecovery("Kế hoạch", "Ke hoạch", "Kế hoach");   // e.mended 1 of 1, e.harmed 1 of
//   1
//
// Texts are compared in NFC, with white space folded and the two tone placements of open oa, oe, uy as one. Syllables
// are maximal runs of letters and digits; they are compared with case. Rates are (gold - edit distance) / gold over the
// whole text, so a text with much too much in it may score below zero.
//
// Thread safety: pure. Limits: aligning n syllables with e errors takes n * e time and bytes: texts under 20,000
// syllables. Method: edit distance with unit costs, banded (Ukkonen 1985) where the path is needed, bit-parallel
// (Myers 1999, Hyyrö 2003) where the distance is enough.
#ifndef HOIDAU_EVAL_TEXT_SCORE_H_
#define HOIDAU_EVAL_TEXT_SCORE_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/span.h"

namespace hoidau {

// The text with the tone of open oa, oe, uy on the first vowel: "hoà", "uỷ" → "hòa", "ủy". Input is NFC.
std::string FoldTonePlacement(std::string_view text);

struct Syllable {
  ByteSpan span;     // in the text given
  std::string text;  // with the tone placement folded
};
// Maximal runs of letters and digits. Input is NFC.
std::vector<Syllable> Syllables(std::string_view text);

// One step of an alignment: indices of the two sides, -1 where one has nothing.
struct AlignedPair {
  int gold = -1;
  int other = -1;
  bool same = false;
};
std::vector<AlignedPair> Align(const std::vector<std::uint32_t>& gold, const std::vector<std::uint32_t>& other);
std::vector<AlignedPair> AlignSyllables(const std::vector<Syllable>& gold, const std::vector<Syllable>& other);
std::size_t EditDistance(const std::u32string& a, const std::u32string& b);

struct Share {
  double right = 0, all = 0;
};

struct TextScore {
  Share syllables, syllables_any_case, characters;
  Share diacritics;  // gold letters with a mark that came out as they are
  Share order;       // syllables in their place among those that are somewhere: reading order
};
TextScore ScoreText(std::string_view gold, std::string_view other);

// What recovery did to the syllables of the gold text.
struct RecoveryEffect {
  Share mended;          // wrong before and right after, of those wrong before
  Share harmed;          // right before and wrong after, of those right before
  Share harmed_figures;  // the same for syllables with a digit
};
RecoveryEffect EffectOfRecovery(std::string_view gold, std::string_view before, std::string_view after);

}  // namespace hoidau

#endif  // HOIDAU_EVAL_TEXT_SCORE_H_
