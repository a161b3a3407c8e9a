// The Vietnamese syllable: letters with their marks, tone and its place, legality.
//
//   StripMarks("Kế hoạch số") == "Ke hoach so";   StripMarks("Đường") == "Duong";
//   ToneOf("hoà") == Tone::kGrave;
//   WithTonePlacement("hoà", TonePlacement::kOld) == "hòa";   WithTonePlacement("hòa", TonePlacement::kNew) == "hoà";
//   IsSyllable("nghiêng");   !IsSyllable("facebook");   !IsSyllable("nghêing");
//
// Old placement ("hòa", "ủy") puts the tone of open oa, oe, uy on the first vowel, new placement ("hoà", "uỷ") on the
// second; everything else is the same in both. Input is NFC; case is kept.
// Source of the phonotactics: Đoàn Thiện Thuật, Ngữ âm tiếng Việt (1977), ch. IV; loans with final -p/-t/-c/-ch take
// only sắc and nặng.
//
// Thread safety: pure functions over constant tables. Limits: one syllable at a time except StripMarks.
#ifndef HOIDAU_TEXT_SYLLABLE_H_
#define HOIDAU_TEXT_SYLLABLE_H_

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace hoidau {

enum class Tone { kLevel, kGrave, kAcute, kHook, kTilde, kDot };  // ngang huyền sắc hỏi ngã nặng
enum class TonePlacement { kOld, kNew };

// A letter split into its base with quality (a ă â e ê i o ô ơ u ư y, or any other letter) and tone.
struct LetterParts {
  char32_t base;
  Tone tone;
};
LetterParts Decompose(char32_t letter);
// The letter with the tone, or `base` itself where there is none such.
char32_t Compose(char32_t base, Tone tone);

// The ASCII letter below all marks (ở → o, đ → d); other characters unchanged.
char32_t StripLetter(char32_t letter);
std::string StripMarks(std::string_view text);

// The tone of a syllable: that of its first toned vowel.
Tone ToneOf(std::string_view syllable);
std::string WithoutTone(std::string_view syllable);
// The syllable with the tone set on the vowel where orthography puts it. No vowel: unchanged.
std::string WithTone(std::string_view syllable, Tone tone, TonePlacement placement);
// The same syllable with its tone (if any) at its orthographic place; also mends "nứơc" → "nước". A token that is no
// legal syllable afterwards is returned unchanged.
std::string WithTonePlacement(std::string_view syllable, TonePlacement placement);

// Whether onset, rhyme and tone are legal together (either placement; any case).
bool IsSyllable(std::string_view token);

// Every legal syllable once, lower case, old placement, sorted (about 18,000; not all are words).
std::vector<std::string> AllSyllables();

}  // namespace hoidau

#endif  // HOIDAU_TEXT_SYLLABLE_H_
