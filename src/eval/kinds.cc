#include "eval/kinds.h"

#include <algorithm>
#include <random>

#include "text/syllable.h"
#include "text/tokenizer.h"
#include "text/unicode.h"

namespace hoidau {
namespace {

constexpr std::uint64_t kLostOfTen = 9;

std::string LoseLetters(std::string_view text, std::uint64_t seed) {
  std::mt19937_64 random(seed);
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = DecodeAt(text, at);
    if (Decompose(c).tone == Tone::kLevel || random() % 10 >= kLostOfTen) AppendUtf8(c, out);
  }
  return out;
}

std::string PlaceTones(std::string_view text, TonePlacement placement) {
  std::string out;
  std::size_t done = 0;
  for (const Word& word : SplitWords(text)) {
    if (word.kind != WordKind::kWord || !IsSyllable(word.span.In(text))) continue;
    out.append(text, done, word.span.begin - done);
    out += WithTonePlacement(word.span.In(text), placement);
    done = word.span.end;
  }
  out.append(text, done);
  return out;
}

// The marks of Vietnamese taken apart from their letters, in canonical order.
std::string Decomposed(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const LetterParts parts = Decompose(DecodeAt(text, at));
    char32_t letter = parts.base, quality = 0;
    switch (ToLower(letter)) {
      case U'â':
      case U'ê':
      case U'ô':
        quality = U'\u0302';
        break;
      case U'ă':
        quality = U'\u0306';
        break;
      case U'ơ':
      case U'ư':
        quality = U'\u031B';
        break;
      default:
        break;
    }
    if (quality != 0) letter = StripLetter(letter);
    constexpr char32_t kTones[] = {0, U'\u0300', U'\u0301', U'\u0309', U'\u0303', U'\u0323'};
    const char32_t tone = kTones[static_cast<std::size_t>(parts.tone)];
    // The dot below stands before the circumflex and the breve, all else behind.
    const bool tone_first = parts.tone == Tone::kDot && quality != U'\u031B';
    AppendUtf8(letter, out);
    if (tone != 0 && tone_first) AppendUtf8(tone, out);
    if (quality != 0) AppendUtf8(quality, out);
    if (tone != 0 && !tone_first) AppendUtf8(tone, out);
  }
  return out;
}

}  // namespace

std::string DamageText(std::string_view text, TextDamage damage, std::uint64_t seed) {
  switch (damage) {
    case TextDamage::kClean:
      break;
    case TextDamage::kStripped:
      return StripMarks(text);
    case TextDamage::kLost:
      return LoseLetters(text, seed);
    case TextDamage::kOldPlacement:
      return PlaceTones(text, TonePlacement::kOld);
    case TextDamage::kNewPlacement:
      return PlaceTones(text, TonePlacement::kNew);
    case TextDamage::kNfd:
      return Decomposed(text);
  }
  return std::string(text);
}

const std::vector<std::string>& TextDamageNames() {
  static const std::vector<std::string> names = {"clean", "stripped", "lost", "old", "new", "nfd"};
  return names;
}

std::optional<TextDamage> TextDamageOf(std::string_view name) {
  const auto& names = TextDamageNames();
  const auto found = std::find(names.begin(), names.end(), name);
  if (found == names.end()) return std::nullopt;
  return static_cast<TextDamage>(found - names.begin());
}

}  // namespace hoidau
