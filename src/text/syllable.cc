#include "text/syllable.h"

#include <algorithm>
#include <array>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "text/unicode.h"

namespace hoidau {
namespace {

// Vowels by tone: level, grave, acute, hook, tilde, dot.
constexpr std::array<std::u32string_view, 12> kVowels = {U"aàáảãạ", U"ăằắẳẵặ", U"âầấẩẫậ", U"eèéẻẽẹ",
                                                         U"êềếểễệ", U"iìíỉĩị", U"oòóỏõọ", U"ôồốổỗộ",
                                                         U"ơờớởỡợ", U"uùúủũụ", U"ưừứửữự", U"yỳýỷỹỵ"};
constexpr std::string_view kPlain = "aaaeeiooouuy";  // the ASCII letter below each row of kVowels

// Sorted longest first, so that the first that fits is the onset.
constexpr std::array<std::u32string_view, 28> kOnsets = {
    U"ngh", U"ch", U"gh", U"gi", U"kh", U"ng", U"nh", U"ph", U"qu", U"th", U"tr", U"b", U"c", U"d",
    U"đ",   U"g",  U"h",  U"k",  U"l",  U"m",  U"n",  U"p",  U"r",  U"s",  U"t",  U"v", U"x", U""};

// Rhymes after onsets other than qu.
constexpr std::string_view kRhymes =
    "a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây "
    "e ec em en eng eo ep et ê êch êm ên ênh êp êt êu "
    "i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu "
    "o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăp oăt oc oe oen oeo oet oi om on ong ooc "
    "oong op ot "
    "ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt "
    "u ua uân uâng uât uây uc uê uêch uênh uêu ui um un ung uơ uôc uôi uôm uôn uông uôt up ut "
    "uy uya uych uyên uyêt uyn uynh uyp uyt uyu "
    "ư ưa ưc ưi ưm ưn ưng ưt ưu ươc ươi ươm ươn ương ươp ươt ươu y yêm yên yêng yêt yêu";
// Rhymes after qu, whose u is the medial.
constexpr std::string_view kRhymesAfterQu =
    "a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc ân âng ât âu ây e ec en eng eo et ê êch ên ênh êt "
    "êu "
    "i in inh it ich ô ôc ôi ôn ông ơ ơi ơn ơt y yên yêt yn ynh yp yt ych yu ươn ương";
// gi loses its i before i and iê: gì, gìn, giếng, giết.
constexpr std::string_view kRhymesOfBareGi = "i in ip it im iêc iêng iêt iên";

struct LetterTables {
  std::unordered_map<char32_t, LetterParts> parts;
  std::unordered_map<char32_t, std::array<char32_t, 6>> toned;
  std::unordered_map<char32_t, char32_t> plain;

  LetterTables() {
    for (std::size_t row = 0; row < kVowels.size(); ++row) {
      const auto plain_letter = static_cast<char32_t>(kPlain[row]);
      for (const bool upper : {false, true}) {
        std::array<char32_t, 6> forms{};
        for (std::size_t tone = 0; tone < 6; ++tone) {
          forms[tone] = upper ? ToUpper(kVowels[row][tone]) : kVowels[row][tone];
          plain[forms[tone]] = upper ? ToUpper(plain_letter) : plain_letter;
        }
        for (std::size_t tone = 0; tone < 6; ++tone) parts[forms[tone]] = {forms[0], static_cast<Tone>(tone)};
        toned[forms[0]] = forms;
      }
    }
    plain[U'đ'] = U'd';
    plain[U'Đ'] = U'D';
  }
};

const LetterTables& Letters() {
  static const LetterTables tables;
  return tables;
}

bool IsVowel(char32_t lower_base) {
  return std::any_of(kVowels.begin(), kVowels.end(), [&](std::u32string_view row) { return row[0] == lower_base; });
}

std::unordered_set<std::u32string> WordSet(std::string_view words) {
  std::unordered_set<std::u32string> set;
  std::u32string word;
  for (const char32_t c : CodePoints(words)) {
    if (c == U' ') {
      set.insert(std::exchange(word, {}));
    } else {
      word += c;
    }
  }
  set.insert(word);
  return set;
}

struct RhymeTables {
  std::unordered_set<std::u32string> common = WordSet(kRhymes);
  std::unordered_set<std::u32string> after_qu = WordSet(kRhymesAfterQu);
  std::unordered_set<std::u32string> bare_gi = WordSet(kRhymesOfBareGi);
};

const RhymeTables& Rhymes() {
  static const RhymeTables tables;
  return tables;
}

// A syllable in lower case without tone, split at the end of its onset.
struct Parsed {
  std::u32string bare;
  std::size_t onset = 0;  // letters
};

// The split, or nothing where the letters make no syllable.
std::optional<Parsed> Parse(std::u32string bare) {
  for (const std::u32string_view onset : kOnsets) {
    if (bare.compare(0, onset.size(), onset) != 0) continue;
    const std::u32string rhyme = bare.substr(onset.size());
    const RhymeTables& tables = Rhymes();
    if (onset == U"qu") {
      if (tables.after_qu.contains(rhyme)) return Parsed{std::move(bare), 2};
      continue;
    }
    if (onset == U"gi" && tables.common.contains(rhyme) && rhyme[0] != U'i' && rhyme[0] != U'y')
      return Parsed{std::move(bare), 2};
    if (onset == U"gi") continue;
    if (onset == U"g" && tables.bare_gi.contains(rhyme)) return Parsed{std::move(bare), 1};
    if (!tables.common.contains(rhyme)) continue;
    const char32_t v = rhyme[0];
    const bool front = v == U'e' || v == U'ê' || v == U'i' || v == U'y';
    // c, g, ng before back vowels; k, gh, ngh before front ones (k also in Đắk Lắk, not a rule of the orthography).
    if ((onset == U"c" || onset == U"g" || onset == U"ng") && front) continue;
    if ((onset == U"gh" || onset == U"ngh") && !front) continue;
    if (onset == U"k" && !front) continue;
    if (rhyme.size() > 1 && v == U'y' && !onset.empty()) continue;  // yêu, yên stand alone
    return Parsed{std::move(bare), onset.size()};
  }
  return std::nullopt;
}

bool EndsInStop(const std::u32string& bare) {
  const char32_t last = bare.back();
  return last == U'c' || last == U'p' || last == U't' || (last == U'h' && bare[bare.size() - 2] == U'c');
}

// Index of the letter that carries the tone. REQUIRES: a parsed syllable.
std::size_t ToneIndex(const Parsed& s, TonePlacement placement) {
  const std::u32string& b = s.bare;
  std::size_t begin = s.onset;
  std::size_t end = begin;
  while (end < b.size() && IsVowel(b[end])) ++end;
  for (std::size_t i = end; i-- > begin;) {
    if (std::u32string_view(U"ăâêôơ").find(b[i]) != std::u32string_view::npos) return i;
  }
  for (std::size_t i = begin; i < end; ++i) {
    if (b[i] == U'ư') return i;
  }
  const std::size_t n = end - begin;
  if (n == 1) return begin;
  if (n == 3 || end < b.size()) return begin + 1;
  const std::u32string_view pair(&b[begin], 2);
  const bool movable = pair == U"oa" || pair == U"oe" || pair == U"uy";
  return movable && placement == TonePlacement::kNew ? begin + 1 : begin;
}

struct Toned {
  std::u32string bare_cased;  // without tone, case kept
  Tone tone = Tone::kLevel;
  int tones = 0;  // letters that carry a tone
};

Toned TakeTone(std::string_view syllable) {
  Toned out;
  for (const char32_t c : CodePoints(syllable)) {
    const LetterParts p = Decompose(c);
    out.bare_cased += p.base;
    if (p.tone != Tone::kLevel) {
      if (out.tones++ == 0) out.tone = p.tone;
    }
  }
  return out;
}

std::u32string Lower(std::u32string s) {
  for (char32_t& c : s) c = ToLower(c);
  return s;
}

}  // namespace

LetterParts Decompose(char32_t letter) {
  if (letter < 0x80) return {letter, Tone::kLevel};
  const auto it = Letters().parts.find(letter);
  return it == Letters().parts.end() ? LetterParts{letter, Tone::kLevel} : it->second;
}

char32_t Compose(char32_t base, Tone tone) {
  const auto it = Letters().toned.find(base);
  return it == Letters().toned.end() ? base : it->second[static_cast<std::size_t>(tone)];
}

char32_t StripLetter(char32_t letter) {
  if (letter < 0x80) return letter;
  const auto it = Letters().plain.find(letter);
  return it == Letters().plain.end() ? letter : it->second;
}

std::string StripMarks(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) AppendUtf8(StripLetter(DecodeAt(text, at)), out);
  return out;
}

Tone ToneOf(std::string_view syllable) { return TakeTone(syllable).tone; }

std::string WithoutTone(std::string_view syllable) { return ToUtf8(TakeTone(syllable).bare_cased); }

std::string WithTone(std::string_view syllable, Tone tone, TonePlacement placement) {
  Toned t = TakeTone(syllable);
  const auto parsed = Parse(Lower(t.bare_cased));
  if (!parsed) return std::string(syllable);
  char32_t& letter = t.bare_cased[ToneIndex(*parsed, placement)];
  letter = Compose(letter, tone);
  return ToUtf8(t.bare_cased);
}

std::string WithTonePlacement(std::string_view syllable, TonePlacement placement) {
  const Toned t = TakeTone(syllable);
  if (t.tones != 1) return std::string(syllable);
  return WithTone(syllable, t.tone, placement);
}

bool IsSyllable(std::string_view token) {
  const Toned t = TakeTone(token);
  if (t.tones > 1 || t.bare_cased.empty()) return false;
  const auto parsed = Parse(Lower(t.bare_cased));
  if (!parsed) return false;
  if (EndsInStop(parsed->bare) && t.tone != Tone::kAcute && t.tone != Tone::kDot) return false;
  if (t.tones == 0) return true;
  return WithTone(token, t.tone, TonePlacement::kOld) == token || WithTone(token, t.tone, TonePlacement::kNew) == token;
}

std::vector<std::string> AllSyllables() {
  std::vector<std::string> out;
  const RhymeTables& tables = Rhymes();
  for (const std::u32string_view onset : kOnsets) {
    std::unordered_set<std::u32string> rhymes = tables.common;
    rhymes.insert(tables.after_qu.begin(), tables.after_qu.end());
    for (const std::u32string& rhyme : rhymes) {
      const std::string bare = ToUtf8(std::u32string(onset) + rhyme);
      for (int tone = 0; tone < 6; ++tone) {
        std::string s = WithTone(bare, static_cast<Tone>(tone), TonePlacement::kOld);
        if (IsSyllable(s)) out.push_back(std::move(s));
      }
    }
  }
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

}  // namespace hoidau
