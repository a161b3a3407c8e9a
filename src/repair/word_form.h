// The outward form of words: their capitals, and what capitals, single letters and signs can be.
//
//   ShapeOf(U"Chtrc", false) == Shape::kTitle;   WithShape("chức", Shape::kTitle) == "Chức";
//   AcronymReadings(U"HPND", Damage::kLatin) holds "HĐND";   IsRoman(U"VII");   IsVowelless(U"TTHC");
//
// Thread safety: pure.
#ifndef HOIDAU_REPAIR_WORD_FORM_H_
#define HOIDAU_REPAIR_WORD_FORM_H_

#include <string>
#include <string_view>
#include <vector>

#include "lm/word_judge.h"
#include "repair/channel.h"
#include "repair/damage.h"

namespace hoidau {

// The pattern of capitals of observed letters; in a line set in capitals a doubtful word is one too.
Shape ShapeOf(std::u32string_view observed, bool capital_line);
std::string WithShape(std::string_view lower, Shape shape);

// How the word judge sees a word's outward form.
WordJudge::Shape JudgeShape(std::u32string_view word);

// Whether a capital stands behind a small letter, as no Vietnamese word is written: vỀ.
bool HasStrayCapital(std::u32string_view letters);

// The shape that a word read by a Latin engine is written in, where its first letter alone decides: I and J are its
// small l (Idp → lớp), and a stroke before a capital is no letter (|Lao → Lao).
Shape WrittenShape(std::u32string_view observed, std::string_view printed, Shape shape);

// Two capitals and more, none of them a vowel: an acronym (TTHC, DVC).
bool IsVowelless(std::u32string_view letters);

// A Roman number of two figures and more.
bool IsRoman(std::u32string_view letters);

// A number with its unit: 35kg, 3km, 12m. One figure with one letter is none: 6m may be ốm.
bool IsMeasure(std::u32string_view letters);

// Whether light damage can have made `letters` of a syllable: a single letter may differ in its marks only, and sĩ is
// as right as sỹ.
bool MayChange(std::u32string_view letters, std::string_view entry);

// Signs that no document puts inside a word: an engine wrote them for letters (¢6 → có, t§ → tổ).
bool IsOddSign(char32_t c);

// What capitals can be when an engine wrote D, P, B or PD for Đ: UBND stays, HPND may be HĐND.
std::vector<std::string> AcronymReadings(std::u32string_view letters, Damage damage);

}  // namespace hoidau

#endif  // HOIDAU_REPAIR_WORD_FORM_H_
