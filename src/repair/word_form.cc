#include "repair/word_form.h"

#include <algorithm>
#include <array>

#include "text/syllable.h"
#include "text/unicode.h"

namespace hoidau {

Shape ShapeOf(std::u32string_view observed, bool capital_line) {
  int upper = 0;
  int lower = 0;
  for (const char32_t c : observed) {
    upper += IsUpper(c) ? 1 : 0;
    lower += IsLower(c) ? 1 : 0;
  }
  const bool first = !observed.empty() && IsUpper(observed[0]);
  if (capital_line && upper >= lower) return Shape::kUpper;
  // SO in running text is Sở with an o that an engine took for a capital.
  if (observed.size() == 2 && upper == 2 &&
      std::u32string_view(U"CGOSUVWXZ").find(observed[1]) != std::u32string_view::npos)
    return Shape::kTitle;
  if (upper >= 2 && upper > 2 * lower) return Shape::kUpper;
  return first ? Shape::kTitle : Shape::kLower;
}

WordJudge::Shape JudgeShape(std::u32string_view word) {
  if (word.empty() || !IsLetter(word[0])) return WordJudge::Shape::kNoWord;
  switch (ShapeOf(word, false)) {
    case Shape::kLower:
      return WordJudge::Shape::kLower;
    case Shape::kTitle:
      return WordJudge::Shape::kTitle;
    case Shape::kUpper:
      return WordJudge::Shape::kUpper;
  }
  return WordJudge::Shape::kNoWord;
}

std::string WithShape(std::string_view lower, Shape shape) {
  if (shape == Shape::kLower) return std::string(lower);
  if (shape == Shape::kUpper) return ToUpper(lower);
  std::size_t at = 0;
  const char32_t first = DecodeAt(lower, at);
  std::string out;
  AppendUtf8(ToUpper(first), out);
  out += lower.substr(at);
  return out;
}

bool HasStrayCapital(std::u32string_view letters) {
  const auto small = std::find_if(letters.begin(), letters.end(), [](char32_t c) { return IsLower(c); });
  return std::any_of(small, letters.end(), [](char32_t c) { return IsUpper(c); });
}

Shape WrittenShape(std::u32string_view observed, std::string_view printed, Shape shape) {
  if (shape == Shape::kTitle && (observed[0] == U'I' || observed[0] == U'J') && printed.starts_with('l'))
    return Shape::kLower;
  if (shape == Shape::kLower && observed.size() > 2 && !IsAlnum(observed[0]) && IsUpper(observed[1]) &&
      IsLower(observed[2]))
    return Shape::kTitle;
  return shape;
}

bool IsVowelless(std::u32string_view letters) {
  return letters.size() > 1 && std::all_of(letters.begin(), letters.end(), [](char32_t c) {
           return IsUpper(c) && std::u32string_view(U"AEIOUY").find(StripLetter(c)) == std::u32string_view::npos;
         });
}

bool IsRoman(std::u32string_view letters) {
  return letters.size() > 1 && letters.find_first_not_of(U"IVX") == std::u32string_view::npos;
}

bool IsMeasure(std::u32string_view letters) {
  const std::size_t figures = std::min(letters.find_first_not_of(U"0123456789"), letters.size());
  const std::u32string_view unit = letters.substr(figures);
  if (figures == 0 || unit.empty() || (figures == 1 && unit.size() == 1)) return false;
  static constexpr std::array<std::u32string_view, 18> kUnits = {U"m",  U"m2", U"m3",  U"km", U"cm", U"mm",
                                                                 U"ha", U"kg", U"g",   U"l",  U"ml", U"h",
                                                                 U"kV", U"kW", U"kWh", U"MW", U"V",  U"tr"};
  return std::find(kUnits.begin(), kUnits.end(), unit) != kUnits.end();
}

bool MayChange(std::u32string_view letters, std::string_view entry) {
  const std::string stripped = StripMarks(ToLower(ToUtf8(letters)));
  const std::string other = StripMarks(entry);
  if (letters.size() == 1) return stripped == other;
  return !(stripped.size() == other.size() &&
           stripped.back() == (other.back() == 'y'   ? 'i'
                               : other.back() == 'i' ? 'y'
                                                     : '\0') &&
           stripped.compare(0, stripped.size() - 1, other, 0, other.size() - 1) == 0);
}

bool IsOddSign(char32_t c) {
  return std::u32string_view(U"¢$&@¥£§€©®¤#{}[]\\|<>^~°¬").find(c) != std::u32string_view::npos;
}

std::vector<std::string> AcronymReadings(std::u32string_view letters, Damage damage) {
  std::vector<std::string> out;
  if (letters.size() < 2 || letters.size() > 9 || damage == Damage::kLost || damage == Damage::kForeign) return out;
  const auto capitals = std::count_if(letters.begin(), letters.end(), [](char32_t c) { return IsUpper(c); });
  if (capitals + 1 < static_cast<std::ptrdiff_t>(letters.size()) || capitals < 2) return out;
  const std::u32string_view confusable = damage == Damage::kLatin ? U"DPBbÐ" : U"DÐ";
  for (std::size_t i = 0; i < letters.size(); ++i) {
    if (confusable.find(letters[i]) == std::u32string_view::npos) continue;
    for (std::size_t length = 1; length <= 2; ++length) {
      if (i + length > letters.size() ||
          (length == 2 &&
           (damage == Damage::kStripped || confusable.find(letters[i + 1]) == std::u32string_view::npos)))
        break;
      std::u32string mended(letters);
      mended.replace(i, length, U"Đ");
      out.push_back(ToUpper(ToUtf8(mended)));
    }
  }
  return out;
}

}  // namespace hoidau
