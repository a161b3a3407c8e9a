#include "segment/labels.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdlib>

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

// "nhất" … "mười" behind "thứ", its marks read right or not: their number, 0 for none.
constexpr std::array<std::string_view, 10> kOrdinals = {"nhất", "hai", "ba",  "tư",   "năm",
                                                        "sáu",  "bảy", "tám", "chín", "mười"};
int SpelledOrdinal(std::string_view key) {
  const std::string bare = StripMarks(key);
  for (std::size_t i = 0; i < kOrdinals.size(); ++i) {
    if (StripMarks(kOrdinals[i]) == bare) return static_cast<int>(i) + 1;
  }
  return 0;
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
  // "i)", "ii)", "iv."; a lone "i." is rather a misread 1.
  if (run.size() <= 4 && (paren || run.size() > 1) && run.find_first_not_of("ivx") == std::string_view::npos) {
    if (const auto n = Roman(ToUpper(run)); n && RomanName(*n) == ToUpper(run))
      AddUnique(out, LabelKind::kSmallRoman, {*n}, false);
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

// The ordinals that may stand behind "Phần", "Điều", "Phụ lục": "2", "II", "A", "thứ hai"; `end`: the byte behind.
std::vector<LabelReading> KeywordOrdinals(std::string_view line, std::string_view lower, LabelKind kind, std::size_t at,
                                          std::size_t& end) {
  end = at;
  while (end < line.size() && std::isalnum(static_cast<unsigned char>(line[end]))) ++end;
  const std::size_t from = std::min(at, lower.size());
  const std::size_t blank = std::min(lower.find(' ', from), lower.size());
  const std::string_view opening = lower.substr(from, blank - from);  // "thứ", also misread "thu", "thử"
  const bool spelt = StripMarks(opening) == "thu" && blank < lower.size();
  if (!spelt && end < line.size() && static_cast<unsigned char>(line[end]) >= 0x80) return {};  // "PHÂN BỔ"
  const std::string_view run = line.substr(at, end - at);
  const auto as_printed = [&](int n) {
    return std::vector<LabelReading>{{kind, {n}, false, std::string(line.substr(at, end - at))}};
  };
  if (const auto n = Number(run)) return as_printed(*n);
  if (const auto n = Roman(run)) return as_printed(*n);
  const bool dashed = line.substr(end).starts_with(" - ") || line.substr(end).starts_with(" – ");  // "PHẦN A - KẾT QUẢ"
  if (run.size() == 1 && run[0] >= 'A' && run[0] <= 'H' && (end == line.size() || line[end] != ' ' || dashed))
    return as_printed(run[0] - 'A' + 1);
  if (spelt) {
    const std::size_t word = blank + 1;
    end = word;
    while (end < lower.size()) {
      std::size_t next = end;
      if (!IsAlnum(DecodeAt(lower, next))) break;
      end = next;
    }
    const std::string_view key = lower.substr(word, end - word);
    const int n = SpelledOrdinal(key);
    if (n == 0) return {};
    const std::string meant = "thứ " + std::string(kOrdinals[static_cast<std::size_t>(n) - 1]);
    if (std::string(opening) + " " + std::string(key) == meant) return {{kind, {n}, false, meant}};
    // "Phần thu năm 2026" tells of money.
    const std::size_t behind = SkipSpace(line, end);
    if (behind < line.size() && std::isdigit(static_cast<unsigned char>(line[behind]))) return {};
    return {{kind, {n}, true, meant}};
  }
  std::vector<LabelReading> out;
  if (run.empty() || run.size() > 4) return out;
  for (LabelReading& reading : Readings(run, '.')) {  // "Phần I1", "Điều l."
    if (reading.kind != LabelKind::kRoman && reading.kind != LabelKind::kArabic) continue;
    reading.ordinal = reading.kind == LabelKind::kRoman ? RomanName(reading.path[0]) : std::to_string(reading.path[0]);
    reading.kind = kind;
    reading.damaged = true;
    out.push_back(std::move(reading));
  }
  return out;
}

std::optional<LabelText> ReadKeyword(std::string_view line) {
  struct Keyword {
    std::string_view word, bare;  // bare: without marks, as a reader may leave it
    LabelKind kind;
  };
  static constexpr std::array<Keyword, 5> kKeywords = {{{"phụ lục", "phu luc", LabelKind::kAppendix},
                                                        {"phần", "phan", LabelKind::kPart},
                                                        {"chương", "chuong", LabelKind::kChapter},
                                                        {"mục", "muc", LabelKind::kItem},
                                                        {"điều", "dieu", LabelKind::kArticle}}};
  std::size_t first = 0;
  if (!IsUpper(DecodeAt(line, first))) return std::nullopt;
  const std::size_t window = std::min<std::size_t>(line.size(), 60);
  const std::string lower = ToLower(line.substr(0, window));
  for (const Keyword& keyword : kKeywords) {
    // The bytes of the line's first syllables, as many as the keyword has.
    std::size_t size = 0;
    for (auto blanks = std::ranges::count(keyword.word, ' ') + 1; blanks > 0 && size < lower.size(); --blanks) {
      if (size > 0) ++size;
      size = std::min(lower.find(' ', size), lower.size());
    }
    std::string_view head = std::string_view(lower).substr(0, size);
    // "PHỤ LỤCIV": the number runs into the word.
    std::size_t glued = 0;
    if (keyword.kind == LabelKind::kAppendix) {
      while (glued < head.size() &&
             std::string_view("ivx").find(head[head.size() - 1 - glued]) != std::string_view::npos)
        ++glued;
      head.remove_suffix(glued);
      size -= glued;
    }
    const bool exact = head == keyword.word && glued == 0;
    if (!exact && StripMarks(head) != keyword.bare) continue;
    std::size_t at = SkipSpace(line, size);
    // "PHỤ LỤC SỐ 02", "Phụ lục số: 1"
    if (keyword.kind == LabelKind::kAppendix && std::string_view(lower).substr(at).starts_with("số")) {
      at += std::string_view("số").size();
      if (at < line.size() && line[at] == ':') ++at;
      at = SkipSpace(line, at);
    }
    std::size_t end = 0;
    std::vector<LabelReading> readings = KeywordOrdinals(line, lower, keyword.kind, at, end);
    if (readings.empty()) {
      if (SkipSpace(line, size) < line.size()) return std::nullopt;
      if (keyword.kind == LabelKind::kAppendix) {  // "PHỤ LỤC" alone on its line has no number
        readings = {{keyword.kind, {1}, false, {}}};
      } else if (keyword.kind == LabelKind::kPart && line.substr(0, size) == ToUpper(line.substr(0, size))) {
        // "PHẦN": its number was lost, as where "PHANI" was read.
        for (int n = 1; n <= 5; ++n) readings.push_back({keyword.kind, {n}, true, RomanName(n)});
      } else {
        return std::nullopt;
      }
      end = size;
    }
    bool closed = end < line.size() && (line[end] == '.' || line[end] == ':' || line[end] == ')');
    const bool alone = SkipSpace(line, end) == line.size();
    // "Phần 1 - MỤC TIÊU", "Điều 2 – Phạm vi"
    std::size_t behind = closed ? end + 1 : end;
    if (!closed && !alone && line[end] == ' ') {
      std::size_t sign = SkipSpace(line, end);
      const char32_t dash = DecodeAt(line, sign);
      if ((dash == U'-' || dash == U'–') && SkipSpace(line, sign) > sign) {
        closed = true;
        behind = sign;
      }
    }
    // "Điều 5 Luật Đất đai" within a sentence is a citation, "Điều 5." is a label.
    if (!closed && !alone && (keyword.kind == LabelKind::kArticle || keyword.kind == LabelKind::kItem))
      return std::nullopt;
    // "Phần I của Kế hoạch" goes on in small letters; a title does not.
    if (!closed && !alone) {
      std::size_t next = SkipSpace(line, end);
      if (IsLower(DecodeAt(line, next))) return std::nullopt;
    }
    LabelText out;
    out.label = line.substr(0, closed && line[end] != ':' && line[end] != ' ' ? end + 1 : end);
    out.size = SkipSpace(line, behind);
    for (LabelReading& reading : readings) reading.damaged = reading.damaged || !exact;
    out.readings = std::move(readings);
    return out;
  }
  return std::nullopt;
}

// "(1)", "(a)", "(ii)", "①": points whose sign says little about their rank.
std::optional<LabelText> ReadBracketed(std::string_view line) {
  std::size_t at = 0;
  const char32_t first = DecodeAt(line, at);
  constexpr char32_t kCircledOne = U'①', kCircledTwenty = U'⑳';
  if (first >= kCircledOne && first <= kCircledTwenty) {
    return LabelText{.size = SkipSpace(line, at),
                     .label = std::string(line.substr(0, at)),
                     .readings = {{LabelKind::kBracket, {static_cast<int>(first - kCircledOne) + 1}, false}},
                     .bracketed = true};
  }
  const std::size_t close = line.substr(0, 8).find(')');
  if (first != U'(' || close == std::string_view::npos) return std::nullopt;
  const std::size_t text = SkipSpace(line, close + 1);
  if (text == close + 1 || text >= line.size()) return std::nullopt;
  std::vector<LabelReading> readings = Readings(line.substr(1, close - 1), ')');
  std::erase_if(readings, [](const LabelReading& reading) { return reading.damaged; });
  if (readings.empty()) return std::nullopt;
  for (LabelReading& reading : readings) {
    if (reading.kind == LabelKind::kParen) reading.kind = LabelKind::kBracket;
  }
  return LabelText{.size = text,
                   .label = std::string(line.substr(0, close + 1)),
                   .readings = std::move(readings),
                   .bracketed = true};
}

// "II.1.", "II.1.2", "A.I.", "1.a)": labels that repeat those above them. Only the last part is their own, and the
// numbers before it where it is a number.
std::optional<LabelText> ReadComposite(std::string_view line) {
  std::vector<std::string_view> parts;
  std::size_t at = 0;
  while (parts.size() < 6) {
    std::size_t end = at;
    while (end < line.size() && end < at + 4 && std::isalnum(static_cast<unsigned char>(line[end]))) ++end;
    if (end == at) break;
    parts.push_back(line.substr(at, end - at));
    at = end;
    if (at + 1 >= line.size() || line[at] != '.' || !std::isalnum(static_cast<unsigned char>(line[at + 1]))) break;
    ++at;
  }
  const auto numeric = [](std::string_view part) { return Number(part).has_value(); };
  if (parts.size() < 2 || std::ranges::all_of(parts, numeric)) return std::nullopt;
  for (const std::string_view part : parts) {
    if (part[0] == '0' || (!numeric(part) && part.size() > 1 && !Roman(part))) return std::nullopt;
  }
  const bool closed = at < line.size() && std::string_view(".)/-:").find(line[at]) != std::string_view::npos;
  const std::size_t stop = closed ? at + 1 : at;
  const std::size_t text = SkipSpace(line, stop);
  if (text == stop || text >= line.size()) return std::nullopt;
  std::size_t peek = text;
  const char32_t next = DecodeAt(line, peek);
  if (IsDigit(next) || (!closed && IsLower(next))) return std::nullopt;
  LabelText out{.size = text, .label = std::string(line.substr(0, stop)), .readings = {}};
  std::size_t own = parts.size() - 1;
  if (numeric(parts[own])) {
    while (own > 0 && numeric(parts[own - 1])) --own;
    LabelReading reading;
    for (; own < parts.size(); ++own) reading.path.push_back(*Number(parts[own]));
    out.readings.push_back(std::move(reading));
  } else {
    out.readings = Readings(parts[own], closed && line[at] == ')' ? ')' : '.');
    std::erase_if(out.readings, [](const LabelReading& reading) { return reading.damaged; });
  }
  return out.readings.empty() ? std::nullopt : std::optional(std::move(out));
}

}  // namespace

std::optional<LabelText> ReadLabel(std::string_view line) {
  if (line.empty()) return std::nullopt;
  std::size_t at = 0;
  const char32_t first = DecodeAt(line, at);
  // Bullets. A dash that touches a digit is a minus or a range.
  static constexpr std::u32string_view kBullets = U"-–—−‒―⁃+*•·∙▪►●■✓✔~➢➤❖◆◇○▫□◦‣»→";
  if (kBullets.find(first) != std::u32string_view::npos) {
    const std::size_t text = SkipSpace(line, at);
    if (text == line.size()) return std::nullopt;
    if (text == at && std::isdigit(static_cast<unsigned char>(line[at]))) return std::nullopt;
    LabelText out{.size = text, .label = {}, .readings = {{LabelKind::kBullet, {static_cast<int>(first)}, false}}};
    const bool dash = std::u32string_view(U"–—−‒―⁃").find(first) != std::u32string_view::npos;
    out.label = dash ? "-" : std::string(line.substr(0, at));
    if (dash) out.readings[0].path = {'-'};
    return out;
  }
  if (auto keyword = ReadKeyword(line)) return keyword;
  if (auto bracketed = ReadBracketed(line)) return bracketed;
  if (auto composite = ReadComposite(line)) return composite;
  // "$2." and "$.3." are 5.2. and 5.3.
  if (line.size() > 2 && line[0] == '$' && (line[1] == '.' || std::isdigit(static_cast<unsigned char>(line[1])))) {
    const std::string meant = (line[1] == '.' ? "5" : "5.") + std::string(line.substr(1));
    auto label = ReadLabel(meant);
    if (!label) return std::nullopt;
    label->size = line.size() - (meant.size() - label->size);
    for (LabelReading& reading : label->readings) reading.damaged = true;
    return label;
  }
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
    bool dotted = p > 0 && line[p - 1] == '.';
    if (path.size() >= 2 && p + 1 < line.size() && !dotted && std::string_view(")/-:").find(line[p]) < 4 &&
        SkipSpace(line, p + 1) > p + 1) {  // "2.1-", "1.2)", "1.2/"
      dotted = true;
      ++p;
    }
    if (path.size() >= 2 && p < line.size()) {
      const std::size_t text = SkipSpace(line, p);
      if (text == p && !dotted) return std::nullopt;
      std::size_t peek = text;
      if (!dotted && text < line.size() && IsDigit(DecodeAt(line, peek))) return std::nullopt;
      return LabelText{
          .size = text, .label = std::string(line.substr(0, p)), .readings = {{LabelKind::kArabic, path, false}}};
    }
    if (path.size() >= 2) return std::nullopt;
  }
  // "I- MỤC ĐÍCH": the labels of party documents; "I - MỤC ĐÍCH", "1 . Mục đích" with a blank.
  const std::size_t run = end;
  const bool spaced = line[end] == ' ';
  if (spaced && end + 2 < line.size() && (line[end + 1] == '-' || line[end + 1] == '.') && line[end + 2] == ' ' &&
      run <= 4) {
    std::size_t peek = SkipSpace(line, end + 2);
    if (peek == line.size() || !IsUpper(DecodeAt(line, peek))) return std::nullopt;
    ++end;
  }
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
  std::vector<LabelReading> readings = Readings(line.substr(0, run), close);
  if (readings.empty()) return std::nullopt;
  for (LabelReading& reading : readings) reading.damaged = reading.damaged || misread;
  // "L - Chi đoàn các thôn" is a bullet behind a speck; "L - MỤC ĐÍCH" is for the series of headings to know.
  if (spaced) std::erase_if(readings, [](const LabelReading& reading) { return reading.damaged; });
  if (readings.empty()) return std::nullopt;
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
    case LabelKind::kStage:
      return reading.ordinal;
    case LabelKind::kRoman:
      return RomanName(n);
    case LabelKind::kCapital:
      return ToUpper(kLetters[static_cast<std::size_t>(n - 1)]);
    case LabelKind::kLetter:
      return std::string(kLetters[static_cast<std::size_t>(n - 1)]);
    case LabelKind::kArabic:
    case LabelKind::kParen:
    case LabelKind::kBracket:
      return std::to_string(n);
    case LabelKind::kSmallRoman:
      return ToLower(RomanName(n));
    case LabelKind::kBullet:
      return std::string(label);
    default:
      break;
  }
  static constexpr std::array<std::string_view, 7> kNames = {"Phụ lục", "Phần", "Chương", "Mục", "", "", "Điều"};
  const std::string name(kNames[static_cast<std::size_t>(reading.kind)]);
  return reading.ordinal.empty() ? name : name + " " + reading.ordinal;
}

static bool SameSeries(LabelKind kind, const std::vector<int>& path, const LabelReading& reading) {
  return kind == reading.kind && path.size() == reading.path.size() &&
         std::equal(path.begin(), path.end() - 1, reading.path.begin());
}

// Whether a series that usually stands above an open section begins inside it: "Điều 1.", "I.", "II.", "Điều 2.".
bool LabelSeries::Holds(const Open& open, const LabelReading& reading, std::span<const LabelReading> ahead,
                        bool outermost) const {
  if (reading.path.back() != 1 || reading.damaged || reading.kind == LabelKind::kAppendix) return false;
  const auto next = std::ranges::find_if(ahead, [&](const LabelReading& r) {
    // "I." may be the ninth of A, B, C.
    const bool letter = r.kind == LabelKind::kRoman && r.path.back() == 1 && reading.kind == LabelKind::kCapital;
    return !letter && SameSeries(open.kind, open.path, r);
  });
  if (next != ahead.end()) return next->path.back() == open.path.back() + 1;
  // Nothing of the open series follows: as before in the document; what it began with is its outermost series.
  return outermost || inside_.contains({open.kind, reading.kind});
}

std::optional<LabelSeries::Place> LabelSeries::FitReading(const LabelReading& reading,
                                                          std::span<const LabelReading> ahead) const {
  const int ordinal = reading.path.back();
  Place place{.reading = reading};
  if (reading.damaged) place.doubt += 0.5;
  if (reading.kind == LabelKind::kArabic && reading.path.size() > 1) {  // "2.3." under "2." or after "2.2."
    const std::vector<int> prefix(reading.path.begin(), reading.path.end() - 1);
    for (std::size_t i = open_.size(); i-- > 0;) {
      // "1.1." under "I." or "Điều 1.", where no plain number stands between.
      const bool parent = open_[i].path == prefix && (open_[i].kind == LabelKind::kArabic ||
                                                      (prefix.size() == 1 && open_[i].kind < LabelKind::kArabic));
      const bool sister = SameSeries(open_[i].kind, open_[i].path, reading);
      if (!parent && !sister) continue;
      const Open* before = sister ? &open_[i] : i + 1 < open_.size() ? &open_[i + 1] : nullptr;
      const int last = before != nullptr && before->kind == LabelKind::kArabic ? before->path.back() : 0;
      place.keep = sister ? i : i + 1;
      place.parent = place.keep > 0 ? open_[place.keep - 1].node : -1;
      if (ordinal <= last) place.doubt += 2;
      if (ordinal > last + 1) place.doubt += 1;
      return place;
    }
    // "1.1." alone under a heading of another number.
    if (ordinal != 1 || open_.empty() || open_.back().kind >= LabelKind::kArabic) return std::nullopt;
    place.keep = open_.size();
    place.parent = open_.back().node;
    place.doubt += 1;
    return place;
  }
  // The innermost open section of the same kind.
  for (std::size_t i = open_.size(); i-- > 0;) {
    if (!SameSeries(open_[i].kind, open_[i].path, reading)) continue;
    const int last = open_[i].path.back();
    if (ordinal == 1) {
      // A list that begins anew: inside the innermost section where that is of another kind, else beside.
      if (i + 1 < open_.size() && open_.back().kind > reading.kind && reading.kind >= LabelKind::kArabic) {
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
    if ((reading.kind == LabelKind::kLetter || reading.kind == LabelKind::kCapital) && ordinal == last + 2)
      return place;
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
  // "4." under "II." where "I." ended with "3.": the numbers run through the parts.
  const auto closed = closed_.find(reading.kind);
  const bool runs_on = !reading.damaged && closed != closed_.end() && ordinal == closed->second + 1 && ordinal > 1;
  // "PHẦN II" is told by its word, also where the first one was lost.
  const bool named = !reading.damaged && (reading.kind == LabelKind::kPart || reading.kind == LabelKind::kChapter);
  const bool numbered_alone =
      reading.kind == LabelKind::kArticle || reading.kind == LabelKind::kAppendix || runs_on || (named && ordinal <= 3);
  if (ordinal > 3 && !numbered_alone) return std::nullopt;
  place.doubt += ordinal == 1 || numbered_alone ? 0 : 1.5;
  place.keep = open_.size();
  while (place.keep > 0 && open_[place.keep - 1].kind > reading.kind &&
         !Holds(open_[place.keep - 1], reading, ahead, place.keep == 1))
    --place.keep;
  place.parent = place.keep > 0 ? open_[place.keep - 1].node : -1;
  if (place.keep < open_.size()) place.doubt += 1;
  return place;
}

std::optional<LabelSeries::Place> LabelSeries::Fit(const LabelText& label, std::span<const LabelReading> ahead) const {
  std::optional<Place> best;
  for (const LabelReading& reading : label.readings) {
    const auto place = FitReading(reading, ahead);
    if (place && (!best || place->doubt < best->doubt)) best = place;
  }
  return best;
}

int StrokesFromRoman(std::string_view label, int number) {
  std::string run;
  for (const char c : label) {
    if (std::string_view(".,:;)-/ ").find(c) != std::string_view::npos) break;
    const bool stroke = std::string_view("Il1|!TtJLi").find(c) != std::string_view::npos;
    if (c == 'H' || c == 'D' || c == 'U' || c == 'N')
      run += "II";
    else if (c == 'V' || c == 'v' || c == 'Y')
      run += 'V';
    else if (c == 'X' || c == 'x')
      run += 'X';
    else if (stroke)
      run += 'I';
    else
      return 9;
  }
  const std::string wanted = RomanName(number);
  if (run.empty()) return 9;
  // Strokes come and go; V and X stay.
  const auto marks = [](const std::string& s) {
    std::string out;
    for (const char c : s) {
      if (c != 'I') out += c;
    }
    return out;
  };
  if (marks(run) != marks(wanted)) return 9;
  return std::abs(static_cast<int>(run.size()) - static_cast<int>(wanted.size()));
}

int LabelSeries::Last(LabelKind kind) const {
  for (std::size_t i = open_.size(); i-- > 0;) {
    if (open_[i].kind == kind) return open_[i].path.back();
  }
  return 0;
}

bool LabelSeries::HasKind(LabelKind kind, std::size_t keep) const {
  return std::any_of(open_.begin(), open_.begin() + static_cast<std::ptrdiff_t>(std::min(keep, open_.size())),
                     [&](const Open& open) { return open.kind == kind; });
}

void LabelSeries::Push(const Place& place, int node) {
  for (std::size_t i = open_.size(); i-- > place.keep;) {
    if (open_[i].path.size() == 1) closed_[open_[i].kind] = open_[i].path.back();
  }
  open_.resize(place.keep);
  if (!open_.empty() && open_.back().kind > place.reading.kind) inside_.emplace(open_.back().kind, place.reading.kind);
  open_.push_back({place.reading.kind, place.reading.path, node});
}

}  // namespace hoidau
