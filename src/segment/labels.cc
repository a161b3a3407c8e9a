#include "segment/labels.h"

#include <algorithm>
#include <array>
#include <cctype>

#include "text/phrases.h"
#include "text/syllable.h"
#include "text/unicode.h"

namespace hoidau {
namespace {

// Points of a list follow the Vietnamese alphabet without the letters that lists skip; offices also use f, j, w, z.
constexpr std::array<std::string_view, 27> kLetters = {"a", "b", "c", "d", "đ", "e", "f", "g", "h",
                                                       "i", "j", "k", "l", "m", "n", "o", "p", "q",
                                                       "r", "s", "t", "u", "v", "w", "x", "y", "z"};

std::optional<int> Roman(std::string_view s) {
  int total = 0, last = 0;
  for (std::size_t i = s.size(); i-- > 0;) {
    const int v = s[i] == 'I' ? 1 : s[i] == 'V' ? 5 : s[i] == 'X' ? 10 : s[i] == 'L' ? 50 : 0;
    if (v == 0) return std::nullopt;
    total += v < last ? -v : v;
    last = std::max(last, v);
  }
  return total > 0 && total < 40 ? std::optional(total) : std::nullopt;
}

std::string RomanName(int n) {
  static constexpr std::array<std::pair<int, std::string_view>, 5> kSigns = {
      {{10, "X"}, {9, "IX"}, {5, "V"}, {4, "IV"}, {1, "I"}}};
  std::string out;
  for (const auto& [value, sign] : kSigns) {
    for (; n >= value; n -= value) out += sign;
  }
  return out;
}

std::optional<int> Number(std::string_view s) {
  if (s.empty() || s.size() > 3) return std::nullopt;
  int n = 0;
  for (const char c : s) {
    if (c < '0' || c > '9') return std::nullopt;
    n = n * 10 + (c - '0');
  }
  return n;
}

// "thứ nhất" … and "I", "1", "01" after Phần, Chương, Mục, Điều, Phụ lục.
std::optional<int> SpelledOrdinal(std::string_view key) {
  static constexpr std::array<std::string_view, 10> kWords = {"nhất", "hai", "ba",  "tư",   "năm",
                                                              "sáu",  "bảy", "tám", "chín", "mười"};
  const auto found = std::ranges::find(kWords, key);
  return found == kWords.end() ? std::nullopt : std::optional(static_cast<int>(found - kWords.begin()) + 1);
}

std::size_t SkipSpace(std::string_view s, std::size_t at) {
  while (at < s.size()) {
    std::size_t next = at;
    if (!IsSpace(DecodeAt(s, next))) break;
    at = next;
  }
  return at;
}

void AddUnique(std::vector<LabelReading>& out, LabelKind kind, std::vector<int> path, bool damaged) {
  for (const LabelReading& r : out) {
    if (r.kind == kind && r.path == path) return;
  }
  out.push_back({kind, std::move(path), damaged});
}

// Readings of the run of letters and digits before the closing sign of a label.
std::vector<LabelReading> Readings(std::string_view run, char close) {
  std::vector<LabelReading> out;
  const bool paren = close == ')';
  if (const auto n = Number(run); n && *n > 0 && run[0] != '0')
    AddUnique(out, paren ? LabelKind::kParen : LabelKind::kArabic, {*n}, false);
  if (const auto n = Roman(run)) AddUnique(out, LabelKind::kRoman, {*n}, false);
  std::size_t at = 0;
  const char32_t first = DecodeAt(run, at);
  if (at == run.size() && IsLetter(first)) {
    const std::string lower = ToLower(run);
    const auto letter = std::ranges::find(kLetters, lower);
    if (letter != kLetters.end()) {
      AddUnique(out, IsUpper(first) ? LabelKind::kCapital : LabelKind::kLetter,
                {static_cast<int>(letter - kLetters.begin()) + 1}, false);
    }
  }
  // Damage: I, l, 1, | and ! stand for each other; lower-case Roman numerals.
  if (run.size() <= 5 && std::ranges::all_of(run, [](char c) {
        return std::string_view("Il1|!iVvXx").find(c) != std::string_view::npos;
      })) {
    std::string roman, digits;
    for (const char c : run) {
      roman += c == 'V' || c == 'v' ? 'V' : c == 'X' || c == 'x' ? 'X' : 'I';
      digits += c == 'V' || c == 'v' || c == 'X' || c == 'x' ? 'V' : '1';
    }
    if (const auto n = Roman(roman); n && RomanName(*n) == roman) AddUnique(out, LabelKind::kRoman, {*n}, true);
    if (const auto n = Number(digits)) AddUnique(out, paren ? LabelKind::kParen : LabelKind::kArabic, {*n}, true);
  }
  // A stroke lost or gained: "IL" for II, "H" for II, "TV" for IV; "II" for III where the series asks for it.
  if (run.size() <= 4 && std::ranges::all_of(run, [](char c) {
        return std::string_view("IVXLTHJl1").find(c) != std::string_view::npos;
      })) {
    std::string roman;
    for (const char c : run) roman += c == 'V' || c == 'X' ? std::string(1, c) : c == 'H' ? "II" : "I";
    if (const auto n = Roman(roman); n && RomanName(*n) == roman) {
      AddUnique(out, LabelKind::kRoman, {*n}, true);
      if (roman == run && run.ends_with("II")) AddUnique(out, LabelKind::kRoman, {*n + 1}, true);
    }
  }
  // Letters and digits that readers take for each other, and letters with marks.
  struct Confusion {
    std::string_view read, meant;
  };
  static constexpr std::array<Confusion, 16> kConfusions = {{{"e", "c"},
                                                             {"c", "e"},
                                                             {"d", "đ"},
                                                             {"đ", "d"},
                                                             {"q", "g"},
                                                             {"h", "b"},
                                                             {"b", "h"},
                                                             {"o", "c"},
                                                             {"6", "b"},
                                                             {"ả", "a"},
                                                             {"S", "5"},
                                                             {"s", "5"},
                                                             {"Z", "2"},
                                                             {"z", "2"},
                                                             {"B", "8"},
                                                             {"G", "6"}}};
  const auto letter = [&](std::string_view meant) {
    const auto at_letter = std::ranges::find(kLetters, meant);
    if (at_letter != kLetters.end())
      AddUnique(out, LabelKind::kLetter, {static_cast<int>(at_letter - kLetters.begin()) + 1}, true);
  };
  for (const Confusion& confusion : kConfusions) {
    if (run != confusion.read) continue;
    if (const auto n = Number(confusion.meant))
      AddUnique(out, paren ? LabelKind::kParen : LabelKind::kArabic, {*n}, true);
    else
      letter(confusion.meant);
  }
  if (at == run.size() && first >= 0x80 && !IsUpper(first)) letter(StripMarks(run));
  return out;
}

std::optional<LabelText> ReadKeyword(std::string_view line) {
  struct Keyword {
    std::string_view word;
    LabelKind kind;
  };
  static constexpr std::array<Keyword, 5> kKeywords = {{{"phụ lục", LabelKind::kAppendix},
                                                        {"phần", LabelKind::kPart},
                                                        {"chương", LabelKind::kChapter},
                                                        {"mục", LabelKind::kItem},
                                                        {"điều", LabelKind::kArticle}}};
  std::size_t first = 0;
  if (!IsUpper(DecodeAt(line, first))) return std::nullopt;
  const std::size_t window = std::min<std::size_t>(line.size(), 60);
  const std::string lower = ToLower(line.substr(0, window));
  for (const Keyword& keyword : kKeywords) {
    if (!lower.starts_with(keyword.word)) continue;
    std::size_t at = SkipSpace(line, keyword.word.size());
    if (at == keyword.word.size() && at < line.size()) return std::nullopt;  // a longer word
    std::size_t end = at;
    while (end < line.size() && std::isalnum(static_cast<unsigned char>(line[end]))) ++end;
    const std::string_view run = line.substr(at, end - at);
    std::optional<int> ordinal = Number(run);
    if (!ordinal) ordinal = Roman(run);
    if (!ordinal && lower.substr(std::min(at, lower.size())).starts_with("thứ ")) {
      const std::size_t word = at + std::string_view("thứ ").size();
      std::size_t stop = word;
      while (stop < lower.size()) {
        std::size_t next = stop;
        if (!IsAlnum(DecodeAt(lower, next))) break;
        stop = next;
      }
      ordinal = SpelledOrdinal(std::string_view(lower).substr(word, stop - word));
      end = stop;
    }
    if (!ordinal) {
      // "PHỤ LỤC" alone on its line has no number.
      if (keyword.kind != LabelKind::kAppendix || SkipSpace(line, keyword.word.size()) < line.size())
        return std::nullopt;
      ordinal = 1;
      end = keyword.word.size();
    }
    const bool closed = end < line.size() && (line[end] == '.' || line[end] == ':' || line[end] == ')');
    const bool alone = SkipSpace(line, end) == line.size();
    // "Điều 5 Luật Đất đai" within a sentence is a citation, "Điều 5." is a label.
    if (!closed && !alone && (keyword.kind == LabelKind::kArticle || keyword.kind == LabelKind::kItem))
      return std::nullopt;
    // "Phần I của Kế hoạch" goes on in small letters; a title does not.
    if (!closed && !alone) {
      std::size_t next = SkipSpace(line, end);
      if (IsLower(DecodeAt(line, next))) return std::nullopt;
    }
    LabelText out;
    out.label = line.substr(0, closed && line[end] != ':' ? end + 1 : end);
    out.size = SkipSpace(line, closed ? end + 1 : end);
    out.readings = {{keyword.kind, {*ordinal}, false}};
    return out;
  }
  return std::nullopt;
}

}  // namespace

std::optional<LabelText> ReadLabel(std::string_view line) {
  if (line.empty()) return std::nullopt;
  std::size_t at = 0;
  const char32_t first = DecodeAt(line, at);
  // Bullets. A dash that touches a digit is a minus or a range.
  static constexpr std::u32string_view kBullets = U"-–—+*•·▪►●■✓~➢❖◆○▫";
  if (kBullets.find(first) != std::u32string_view::npos) {
    const std::size_t text = SkipSpace(line, at);
    if (text == line.size()) return std::nullopt;
    if (text == at && std::isdigit(static_cast<unsigned char>(line[at]))) return std::nullopt;
    LabelText out{.size = text, .label = {}, .readings = {{LabelKind::kBullet, {static_cast<int>(first)}, false}}};
    const bool dash = first == U'–' || first == U'—';
    out.label = dash ? "-" : std::string(line.substr(0, at));
    if (dash) out.readings[0].path = {'-'};
    return out;
  }
  if (auto keyword = ReadKeyword(line)) return keyword;
  // "$2." and "$.3." are 5.2. and 5.3.
  if (line.size() > 2 && line[0] == '$' && (line[1] == '.' || std::isdigit(static_cast<unsigned char>(line[1])))) {
    const std::string meant = (line[1] == '.' ? "5" : "5.") + std::string(line.substr(1));
    auto label = ReadLabel(meant);
    if (!label) return std::nullopt;
    label->size = line.size() - (meant.size() - label->size);
    for (LabelReading& reading : label->readings) reading.damaged = true;
    return label;
  }
  // "(1)" opens a point within a paragraph more often than a section: not a label.
  std::size_t end = 0;
  while (end < line.size()) {
    std::size_t next = end;
    const char32_t c = DecodeAt(line, next);
    if (!IsAlnum(c) && c != U'|' && c != U'!') break;
    end = next;
    if (end > 8) return std::nullopt;
  }
  if (end == 0 || end >= line.size()) return std::nullopt;
  // Decimal labels: digits and dots, the last dot may be missing.
  if (std::isdigit(static_cast<unsigned char>(line[0]))) {
    constexpr std::size_t kDeepest = 9;  // numbers of a decimal label
    std::vector<int> path;
    std::size_t p = 0;
    while (p < line.size() && std::isdigit(static_cast<unsigned char>(line[p]))) {
      std::size_t stop = p;
      while (stop < line.size() && std::isdigit(static_cast<unsigned char>(line[stop]))) ++stop;
      const auto n = Number(line.substr(p, stop - p));
      if (!n || *n == 0 || *n > 99 || line[p] == '0') return std::nullopt;
      path.push_back(*n);
      if (path.size() > kDeepest) return std::nullopt;
      p = stop;
      if (p < line.size() && line[p] == '.')
        ++p;
      else
        break;
    }
    const bool dotted = p > 0 && line[p - 1] == '.';
    if (path.size() >= 2 && p < line.size()) {
      const std::size_t text = SkipSpace(line, p);
      if (text == p && !dotted) return std::nullopt;
      std::size_t peek = text;
      if (text < line.size() && IsDigit(DecodeAt(line, peek))) return std::nullopt;
      return LabelText{
          .size = text, .label = std::string(line.substr(0, p)), .readings = {{LabelKind::kArabic, path, false}}};
    }
    if (path.size() >= 2) return std::nullopt;
  }
  // "I- MỤC ĐÍCH": the labels of party documents.
  const char close = line[end];
  const bool misread = close == ',' || close == ';' || close == ':';  // a point read as another sign
  if (close != '.' && close != ')' && close != '/' && close != '-' && !misread) return std::nullopt;
  const std::size_t text = SkipSpace(line, end + 1);
  if (misread) {
    std::size_t peek = text;
    if (text == end + 1 || text == line.size() || end > 4 || !IsUpper(DecodeAt(line, peek))) return std::nullopt;
  }
  if (close == '-') {
    std::size_t peek = text;
    if (text == end + 1 || text == line.size() || IsLower(DecodeAt(line, peek))) return std::nullopt;
  }
  if (text == line.size()) {
    if (close == '/') return std::nullopt;
  } else {
    std::size_t peek = text;
    const char32_t c = DecodeAt(line, peek);
    // "10.000", "15/3" are no labels; "1.Mục đích" is one.
    if (text == end + 1 && (IsDigit(c) || close == '/')) return std::nullopt;
    if (!IsAlnum(c) && c != U'“' && c != U'"' && c != U'(' && c != U'‘') return std::nullopt;
  }
  std::vector<LabelReading> readings = Readings(line.substr(0, end), close);
  if (readings.empty()) return std::nullopt;
  for (LabelReading& reading : readings) reading.damaged = reading.damaged || misread;
  return LabelText{.size = text, .label = std::string(line.substr(0, end + 1)), .readings = std::move(readings)};
}

std::optional<LabelText> ReadOpenLabel(std::string_view line) {
  std::size_t end = 0;
  while (end < line.size() && end < 5 && std::isalnum(static_cast<unsigned char>(line[end]))) ++end;
  const std::size_t text = SkipSpace(line, end);
  if (end == 0 || text == end || text == line.size()) return std::nullopt;
  std::size_t peek = text;
  if (!IsUpper(DecodeAt(line, peek))) return std::nullopt;
  LabelText out{.size = text, .label = std::string(line.substr(0, end)), .readings = {}};
  if (const auto n = Number(line.substr(0, end)); n && *n > 0 && *n < 40 && line[0] != '0')
    out.readings = {{LabelKind::kArabic, {*n}, true}};
  else
    out.readings = Readings(line.substr(0, end), '.');
  std::erase_if(out.readings, [](const LabelReading& reading) {
    return reading.kind != LabelKind::kRoman && reading.kind != LabelKind::kArabic;
  });
  for (LabelReading& reading : out.readings) reading.damaged = true;
  return out.readings.empty() ? std::nullopt : std::optional(std::move(out));
}

std::string OrdinalName(const LabelReading& reading, std::string_view label) {
  const int n = reading.path.back();
  switch (reading.kind) {
    case LabelKind::kRoman:
      return RomanName(n);
    case LabelKind::kCapital:
      return ToUpper(kLetters[static_cast<std::size_t>(n - 1)]);
    case LabelKind::kLetter:
      return std::string(kLetters[static_cast<std::size_t>(n - 1)]);
    case LabelKind::kArabic:
    case LabelKind::kParen:
      return std::to_string(n);
    case LabelKind::kBullet:
      return std::string(label);
    default:
      break;
  }
  static constexpr std::array<std::string_view, 7> kNames = {"Phụ lục", "Phần", "Chương", "Mục", "", "", "Điều"};
  std::string name(kNames[static_cast<std::size_t>(reading.kind)]);
  // The ordinal as printed: what follows the keyword, without the closing sign.
  std::string printed(label);
  while (!printed.empty() && (printed.back() == '.' || printed.back() == ')' || printed.back() == ':'))
    printed.pop_back();
  const std::size_t words = reading.kind == LabelKind::kAppendix ? 2 : 1;
  std::size_t at = 0;
  for (std::size_t i = 0; i < words && at != std::string::npos; ++i) at = printed.find(' ', at == 0 ? 0 : at + 1);
  if (at != std::string::npos) name += " " + FoldSpace(printed.substr(at));
  return name;
}

std::optional<LabelSeries::Place> LabelSeries::FitReading(const LabelReading& reading) const {
  const int ordinal = reading.path.back();
  Place place{.reading = reading};
  if (reading.damaged) place.doubt += 0.5;
  if (reading.path.size() > 1) {  // "2.3." under "2." or after "2.2."
    const std::vector<int> prefix(reading.path.begin(), reading.path.end() - 1);
    for (std::size_t i = open_.size(); i-- > 0;) {
      if (open_[i].kind == LabelKind::kArabic && open_[i].path == prefix) {
        const int last = i + 1 < open_.size() && open_[i + 1].kind == LabelKind::kArabic ? open_[i + 1].path.back() : 0;
        place.keep = i + 1;
        place.parent = open_[i].node;
        if (ordinal <= last) place.doubt += 2;
        if (ordinal > last + 1) place.doubt += 1;
        return place;
      }
    }
    return std::nullopt;
  }
  // The innermost open section of the same kind.
  for (std::size_t i = open_.size(); i-- > 0;) {
    if (open_[i].kind != reading.kind || open_[i].path.size() != 1) continue;
    const int last = open_[i].path.back();
    if (ordinal == 1) {
      // A list that begins anew: inside the innermost section where that is of another kind, else beside.
      if (i + 1 < open_.size() && open_.back().kind > reading.kind) {
        place.keep = open_.size();
        place.parent = open_.back().node;
        place.doubt += 1;
        return place;
      }
      place.keep = i;
      place.parent = i > 0 ? open_[i - 1].node : -1;
      place.doubt += 2;
      return place;
    }
    place.keep = i;
    place.parent = i > 0 ? open_[i - 1].node : -1;
    if (ordinal == last + 1) return place;
    // "d)" after "c)" where the writer skips đ, "g)" after "e)".
    if (reading.kind == LabelKind::kLetter && ordinal == last + 2) return place;
    if (ordinal == last) {
      place.doubt += 2;
      return place;
    }
    if (ordinal > last && ordinal <= last + 3) {
      place.doubt += 1.5;
      return place;
    }
    return std::nullopt;
  }
  const bool numbered_alone = reading.kind == LabelKind::kArticle || reading.kind == LabelKind::kAppendix;
  if (ordinal > 3 && !numbered_alone) return std::nullopt;
  place.doubt += ordinal == 1 || numbered_alone ? 0 : 1.5;
  place.keep = open_.size();
  while (place.keep > 0 && open_[place.keep - 1].kind > reading.kind) --place.keep;
  place.parent = place.keep > 0 ? open_[place.keep - 1].node : -1;
  if (place.keep < open_.size()) place.doubt += 1;
  return place;
}

std::optional<LabelSeries::Place> LabelSeries::Fit(const LabelText& label) const {
  std::optional<Place> best;
  for (const LabelReading& reading : label.readings) {
    const auto place = FitReading(reading);
    if (place && (!best || place->doubt < best->doubt)) best = place;
  }
  return best;
}

void LabelSeries::Push(const Place& place, int node) {
  open_.resize(place.keep);
  open_.push_back({place.reading.kind, place.reading.path, node});
}

}  // namespace hoidau
