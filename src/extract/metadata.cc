#include "extract/metadata.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <string>
#include <utility>

#include "extract/references.h"
#include "text/syllable.h"
#include "text/unicode.h"

namespace hoidau {
namespace {

using Tables = ExtractRules::Tables;

bool AllCaps(const std::vector<KeyWord>& words, std::size_t first, std::size_t last) {
  bool any = false;
  for (std::size_t i = first; i < last; ++i) {
    if (words[i].kind != WordKind::kWord) continue;
    if (!words[i].all_caps) return false;
    any = true;
  }
  return any;
}

// The word where the right column of a head line begins: motto, or place and date; words.size() where there is none.
std::size_t RightColumn(const BlockReading& r) {
  for (std::size_t i = 0; i < r.words.size(); ++i) {
    if (r.Is(i, "cộng") && r.Is(i + 1, "hòa") && r.Is(i + 2, "xã")) return i;
    if (r.Is(i, "độc") && r.Is(i + 1, "lập")) return i;
    if (r.Is(i, "đảng") && r.Is(i + 1, "cộng") && r.Is(i + 2, "sản")) return i;
  }
  return r.words.size();
}

struct NumberLine {
  OptionalString number;
  std::string symbol;
  std::size_t first = 0, last = 0;  // words of the symbol
};

// "Số: 15/KH-UBND", "Số:    /KH-UBND", "Số 36-HD/VPTW".
std::optional<NumberLine> ReadNumberLine(const BlockReading& r) {
  // "S6: 15/KH-UBND", "Sổ: …": the word itself may be misread where its colon and a symbol follow.
  std::size_t i = 1;
  if (!r.Is(0, "số")) {
    if (r.words.empty() || !(r.words[0].key.starts_with('s') || r.Is(0, "5") || r.Is(0, "8"))) return std::nullopt;
    while (i < r.words.size() && i < 3 && !r.Is(i, ":")) ++i;
    if (!r.Is(i, ":") || r.words[i].span.begin > 5) return std::nullopt;
  }
  if (r.Is(i, ":") || r.Is(i, ".")) ++i;
  NumberLine out;
  out.first = i;
  std::size_t end = 0;
  // "Số: 8 8/KH-UBND": a number whose figures were read apart.
  if (i + 2 < r.words.size() && r.words[i].kind == WordKind::kNumber && r.words[i + 1].kind == WordKind::kNumber &&
      r.words[i].key.size() + r.words[i + 1].key.size() <= 5) {
    const std::string rest = ReferenceReader::Symbol(r.block->text, r.words, i + 1, end);
    if (!rest.empty()) {
      out.number = r.words[i].key + r.words[i + 1].key;
      out.symbol = r.words[i].key + rest;
      out.last = end;
      return out;
    }
  }
  const std::string symbol = ReferenceReader::Symbol(r.block->text, r.words, i, end);
  if (!symbol.empty()) {
    out.number = r.words[i].key;
    out.symbol = symbol;
    out.last = end;
    return out;
  }
  // A blank, dots or strokes for the pen.
  while (r.Is(i, ".") || r.Is(i, "…") || r.Is(i, "_")) ++i;
  if (!(r.Is(i, "/") || r.Is(i, "-")) || i + 1 >= r.words.size()) return std::nullopt;
  out.first = i;
  std::string text;
  std::size_t k = i;
  while (k < r.words.size()) {
    const bool touches =
        k == i || r.words[k].span.begin == r.words[k - 1].span.end || text.back() == '-' || text.back() == '/';
    if (!touches ||
        (r.words[k].kind == WordKind::kSign && r.words[k].key != "/" && r.words[k].key != "-" && r.words[k].key != "&"))
      break;
    text += r.words[k].key == "-" ? "-" : std::string(r.words[k].span.In(r.block->text));
    ++k;
  }
  if (text.size() < 3) return std::nullopt;
  out.symbol = text;
  out.last = k;
  return out;
}

// The date of a head line "Lộc Vân, ngày 05 tháng 3 năm 2026", and the words before it.
const FoundDate* HeadDate(const BlockReading& r) {
  for (const FoundDate& date : r.dates) {
    if (date.value.kind != "day" && !date.value.incomplete) continue;
    if (r.words[date.first].key == "ngày") return &date;
    // "Lộc Vân, 05/3/2026"
    if (date.first >= 2 && r.Is(date.first - 1, ",") && r.words[date.first - 2].capital &&
        date.last == r.words.size() && date.value.value)
      return &date;
  }
  return nullptr;
}

class MetadataReader {
 public:
  MetadataReader(const std::vector<BlockReading>& readings, const Tables& rules, const UnitReader& units,
                 Record& record)
      : readings_(readings), rules_(rules), units_(units), record_(record), out_(record.metadata) {}

  void Run(const ExtractContext& context) {
    ReadHead();
    ReadTitle();
    ReadIssuer();
    ReadLists();
    ReadSignature();
    ReadDigitalSignatures(context);
    CasingOfText(out_.issuer.name);
    CasingOfText(out_.issuer.parent);
    // "ĐẢNG BỘ XÃ LỘC VÂN" / "ĐẢNG ỦY": the committee of that body.
    if (out_.issuer.name == "Đảng ủy" && out_.issuer.parent) {
      if (const std::string place = PlaceIn(*out_.issuer.parent); !place.empty()) *out_.issuer.name += " " + place;
    }
    // "ĐẢNG ỦY XÃ LỘC VÂN" / "ỦY BAN KIỂM TRA": a body of that committee.
    if (out_.issuer.name && out_.issuer.parent && out_.issuer.parent->starts_with("Đảng ủy")) {
      const std::string lower = ToLower(std::string_view(*out_.issuer.name));
      if (lower == "ủy ban kiểm tra") out_.issuer.name = "Ủy ban Kiểm tra " + *out_.issuer.parent;
      if (lower == "văn phòng") out_.issuer.name = "Văn phòng Đảng ủy";
    }
    ReadPlace();
  }

 private:
  void Note(const std::string& pointer, ByteSpan span, double confidence, const char* rule, bool inferred = false) {
    record_.evidence[pointer] = {.span = span, .confidence = confidence, .rule = rule, .inferred = inferred};
  }

  void ReadHead() {
    bool in_about = false, numbered = false;
    std::string subject;
    ByteSpan subject_span;
    for (const BlockReading& r : readings_) {
      if (r.block->kind != BlockKind::kHead) {
        if (r.block->kind != BlockKind::kPageHead && r.block->kind != BlockKind::kNoise) break;
        continue;
      }
      std::size_t right = RightColumn(r);
      const FoundDate* date = HeadDate(r);
      if (date != nullptr && !out_.date) {
        ReadDateLine(r, *date);
      }
      if (const auto number = ReadNumberLine(r); number && !numbered) {
        numbered = true;
        out_.number = number->number;
        out_.symbol = MendSymbol(number->symbol, rules_);
        const ByteSpan span = r.SpanOf(number->first, number->last);
        if (number->number) Note("/metadata/number", r.SpanOf(number->first, number->first + 1), 0.97, "head.number");
        Note("/metadata/symbol", span, 0.97, "head.number");
        in_about = false;
        continue;
      }
      std::size_t begin = 0;
      // The block below a letter's number is its subject, also where V/v was misread: "Và kê khai …".
      const bool below = numbered && !in_about && !r.words.empty() && r.words[0].capital &&
                         r.words[0].key.starts_with('v') && r.words[0].key.size() <= 5 && out_.symbol &&
                         out_.symbol->find("/UBND-") != std::string::npos && !AllCaps(r.words, 0, r.words.size());
      const bool opens = (r.Is(0, "v") && r.Is(1, "/") && r.Is(2, "v")) || (r.Is(0, "về") && r.Is(1, "việc")) || below;
      if (opens) in_about = true;
      if (date != nullptr) right = std::min(right, PlaceBegin(r, *date));
      if (in_about && right > begin && !(AllCaps(r.words, 0, right) && !opens)) {
        if (!subject.empty()) subject += ' ';
        subject += r.TextOf(begin, right);
        const ByteSpan span = r.SpanOf(begin, right);
        if (subject_span.empty()) subject_span = span;
        subject_span.end = span.end;
      }
      if (in_about && right == 0) in_about = false;
    }
    if (!subject.empty()) {
      out_.subject = subject;
      Note("/metadata/subject", subject_span, 0.93, "head.about");
    }
  }

  // The word where the place before a date begins.
  static std::size_t PlaceBegin(const BlockReading& r, const FoundDate& date) {
    std::size_t i = date.first;
    if (i > 0 && (r.words[i - 1].key == "," || r.words[i - 1].key == ".")) --i;
    while (i > 0 && r.words[i - 1].capital && r.words[i - 1].kind == WordKind::kWord && date.first - i < 7) {
      // What runs into the place from the number on the left: "117/KH-UBND Chương Dương, ngày …".
      const bool glued = i >= 2 && (r.words[i - 2].key == "-" || r.words[i - 2].key == "/") &&
                         r.words[i - 2].span.end == r.words[i - 1].span.begin;
      if (glued) break;
      --i;
    }
    while (i > 0 && i < date.first && r.words[i].kind == WordKind::kSign) ++i;
    return i;
  }

  void ReadDateLine(const BlockReading& r, const FoundDate& date) {
    out_.date = date.value;
    out_.date->span = r.SpanOf(date.first, date.last);
    Note("/metadata/date", out_.date->span, 0.97, "head.date");
    const std::size_t begin = PlaceBegin(r, date);
    std::size_t end = date.first;
    while (end > begin && r.words[end - 1].kind == WordKind::kSign) --end;
    if (end > begin) {
      out_.place = r.TextOf(begin, end);
      Note("/metadata/place", r.SpanOf(begin, end), 0.95, "head.place");
    }
  }

  void ReadTitle() {
    bool typed = false;
    for (const BlockReading& r : readings_) {
      if (r.block->kind != BlockKind::kTitle) continue;
      const auto type = rules_.type_names.Longest(r.words, 0);
      if (!typed && type && r.words.size() <= type->words + 3 && AllCaps(r.words, 0, r.words.size())) {
        SetType(static_cast<std::size_t>(type->value), r.SpanOf(0, type->words), 0.98, "title.type", false);
        typed = true;
        continue;
      }
      if (!out_.subject && !r.words.empty()) {
        std::size_t last = r.words.size();
        while (last > 1 && r.words[last - 1].kind == WordKind::kSign && r.words[last - 1].key != "”" &&
               r.words[last - 1].key != ")" && r.words[last - 1].key != "\"")
          --last;
        // Specks of the scan before the title: ". Chuyển đổi số …"; a quotation mark belongs to it.
        std::size_t first = 0;
        while (first + 1 < last && r.words[first].kind == WordKind::kSign && r.words[first].key != "“" &&
               r.words[first].key != "(" && r.words[first].key != "\"")
          ++first;
        out_.subject = r.TextOf(first, last);
        Note("/metadata/subject", r.SpanOf(first, last), 0.93, "title.subject");
      }
    }
    const bool letter =
        std::ranges::any_of(readings_, [](const BlockReading& r) { return r.block->kind == BlockKind::kAddressee; }) ||
        (out_.subject && !typed && (out_.subject->starts_with("V/v") || out_.subject->starts_with("Về việc")) &&
         out_.symbol);
    if (!typed && letter) {
      const auto code = rules_.type_codes.find("CV");
      if (code != rules_.type_codes.end()) {
        const auto evidence = record_.evidence.find("/metadata/subject");
        SetType(code->second,
                evidence != record_.evidence.end() && evidence->second.span ? *evidence->second.span : ByteSpan{}, 0.9,
                "type.letter", true);
        return;
      }
    }
    if (!typed && out_.symbol) {
      std::size_t part = out_.symbol->find_first_of("/-");
      while (part != std::string::npos && !out_.type) {
        const std::size_t next = out_.symbol->find_first_of("/-", part + 1);
        const auto code = rules_.type_codes.find(
            ToUpper(out_.symbol->substr(part + 1, next == std::string::npos ? next : next - part - 1)));
        if (code != rules_.type_codes.end())
          SetType(code->second, *record_.evidence["/metadata/symbol"].span, 0.9, "type.symbol", true);
        part = next;
      }
      // "318/UBND-KT": a letter's symbol names its office at once.
      const std::size_t cv = out_.symbol->find("/UBND-");
      const auto code = rules_.type_codes.find("CV");
      if (!out_.type && cv != std::string::npos && code != rules_.type_codes.end())
        SetType(code->second, *record_.evidence["/metadata/symbol"].span, 0.85, "type.letter", true);
    }
    if (!out_.type) {  // "… ban hành Kế hoạch …" of the preamble
      for (const BlockReading& r : readings_) {
        if (r.block->section >= 0) break;
        for (std::size_t i = 1; i < r.words.size(); ++i) {
          const bool issues =
              (r.words[i - 1].key == "hành" || r.words[i - 1].key == "dựng" || r.words[i - 1].key == "là");
          const auto type = issues && r.words[i].capital ? rules_.type_names.Longest(r.words, i) : std::nullopt;
          if (type && !out_.type)
            SetType(static_cast<std::size_t>(type->value), r.SpanOf(i, i + type->words), 0.8, "type.preamble", true);
        }
      }
    }
  }

  void SetType(std::size_t index, ByteSpan span, double confidence, const char* rule, bool inferred) {
    out_.type_code = rules_.types[index].first;
    out_.type = rules_.types[index].second;
    Note("/metadata/type", span, confidence, rule, inferred);
    Note("/metadata/type_code", span, confidence, rule, true);
  }

  static bool IsLevel(const std::string& key) {
    return key == "xã" || key == "phường" || key == "tỉnh" || key == "huyện" || key == "quận" || key == "trấn" ||
           key == "phố" || key == "khu";
  }

  // "Ủy ban nhân dân xã lộc vân" → with the name of the place in capitals.
  static std::string WithPlaceName(const std::string& name) {
    std::string out;
    bool place = false;
    std::size_t end = 0;
    for (const KeyWord& word : KeyWords(name)) {
      out += name.substr(end, word.span.begin - end);
      end = word.span.end;
      std::string bytes(word.span.In(name));
      if (place && word.kind == WordKind::kWord) {
        std::size_t at = 0;
        std::string cap;
        AppendUtf8(ToUpper(DecodeAt(bytes, at)), cap);
        bytes = cap + bytes.substr(at);
      }
      if (IsLevel(word.key)) place = true;
      out += bytes;
    }
    return out + name.substr(end);
  }

  bool OpensBody(const std::vector<KeyWord>& words) const {
    const auto unit = rules_.unit_phrases.Longest(words, 0);
    return (unit && rules_.units[static_cast<std::size_t>(unit->value)].kind != UnitKind::kNot &&
            rules_.units[static_cast<std::size_t>(unit->value)].kind != UnitKind::kGroup) ||
           rules_.short_forms.Longest(words, 0);
  }

  void ReadIssuer() {
    struct Part {
      std::string text;
      ByteSpan span;
    };
    std::vector<Part> parts;
    for (const BlockReading& r : readings_) {
      if (r.block->kind == BlockKind::kPageHead || r.block->kind == BlockKind::kNoise) continue;
      if (r.block->kind != BlockKind::kHead) break;
      if (ReadNumberLine(r)) break;
      const std::size_t right = RightColumn(r);
      if (right == 0 || !AllCaps(r.words, 0, right)) continue;
      std::size_t last = right;
      while (last > 0 && r.words[last - 1].kind == WordKind::kSign) --last;
      if (last == 0) continue;
      const std::vector<KeyWord> words(r.words.begin(), r.words.begin() + static_cast<std::ptrdiff_t>(last));
      const ByteSpan span = r.SpanOf(0, last);
      // "ỦY BAN NHÂN DÂN XÃ CẨM / TRƯỜNG": one syllable alone names no body.
      if (parts.empty() || (words.size() > 1 && OpensBody(words))) {
        parts.push_back({r.TextOf(0, last), span});
      } else {
        parts.back().text += " " + r.TextOf(0, last);
        parts.back().span.end = span.end;
      }
    }
    if (!parts.empty()) {
      // A commune below the name of its district alone: "HUYỆN TÂN KHÊ" / "ỦY BAN NHÂN DÂN XÃ …".
      out_.issuer.name = WithPlaceName(units_.FullName(parts.back().text));
      Note("/metadata/issuer/name", parts.back().span, 0.95, "head.issuer");
      if (parts.size() > 1) {
        out_.issuer.parent = WithPlaceName(units_.FullName(parts[parts.size() - 2].text));
        Note("/metadata/issuer/parent", parts[parts.size() - 2].span, 0.9, "head.parent");
        // "HTX ĐỒNG LẠC / HỘI ĐỒNG QUẢN TRỊ": a board is named by whose it is.
        const std::vector<KeyWord> name = KeyWords(*out_.issuer.name);
        const auto board = rules_.people.Longest(name, 0);
        if (board && board->words == name.size() && static_cast<PeopleWord>(board->value) == PeopleWord::kBoard)
          *out_.issuer.name += " " + *out_.issuer.parent;
      }
      return;
    }
    // No head: the body that issues, as the text names it.
    for (const BlockReading& r : readings_) {
      for (std::size_t i = 0; i + 1 < r.words.size(); ++i) {
        if (!r.words[i].capital || (r.words[i].key != "ủy" && r.words[i].key != "ubnd" && r.words[i].key != "đảng"))
          continue;
        const auto unit = units_.ReadOne(r.block->text, r.words, i);
        if (!unit) continue;
        const std::vector<KeyWord> words = KeyWords(unit->name);
        const bool commune =
            words.size() > 5 &&
            std::ranges::any_of(words, [](const KeyWord& w) { return w.key == "xã" || w.key == "phường"; }) &&
            words.back().capital;
        if (!commune) continue;
        out_.issuer.name = unit->name;
        Note("/metadata/issuer/name", r.SpanOf(unit->first, unit->last), 0.8, "issuer.preamble", true);
        return;
      }
    }
  }

  void ReadLists() {
    for (const BlockReading& r : readings_) {
      if (r.words.empty()) continue;
      if (r.block->kind == BlockKind::kAddressee)
        AddItems(r, out_.addressees, "/metadata/addressees/", "addressee.item");
      // "Lưu: VT" is the last: what follows is of the signature's column.
      const bool filed = !out_.recipients.empty() && KeyWords(out_.recipients.back())[0].key == "lưu";
      if (r.block->kind == BlockKind::kRecipients && !filed)
        AddItems(r, out_.recipients, "/metadata/recipients/", "recipients.item");
    }
  }

  void AddItems(const BlockReading& r, std::vector<std::string>& list, const std::string& pointer, const char* rule) {
    // "1", "4": strokes of a seal.
    if (std::ranges::none_of(r.words, [](const KeyWord& w) { return w.kind == WordKind::kWord && w.key.size() > 1; }))
      return;
    std::size_t last = r.words.size();
    // What a seal or a signature left behind the final sign has no word: "…; - 2 N", "… xã; _—".
    for (std::size_t i = last; i-- > 1;) {
      if (r.words[i].kind != WordKind::kSign) {
        if (r.words[i].key.size() > 2) break;
      } else if (r.Is(i, ";")) {
        last = i;
      }
    }
    // "… UBND xã; hộ eee": what follows the final sign in small letters is of the other column.
    bool scrap = false;
    for (std::size_t i = last; i-- > 2 && !r.words[i].capital;) {
      scrap = scrap || (r.words[i].kind == WordKind::kWord && !IsSyllable(r.words[i].key));
      if (r.Is(i, ";") && scrap) last = i;
    }
    while (last > 1 && r.words[last - 1].kind == WordKind::kSign && r.words[last - 1].key != ")" &&
           r.words[last - 1].key != "”" && r.words[last - 1].key != "\"")
      --last;
    // "at [0", "Lage": what a seal left.
    const auto readable = [](const KeyWord& w) {
      return w.kind == WordKind::kWord && (w.all_caps || IsSyllable(w.key));
    };
    if (!list.empty() && std::none_of(r.words.begin(), r.words.begin() + static_cast<std::ptrdiff_t>(last), readable))
      return;
    Note(pointer + std::to_string(list.size()), r.SpanOf(0, last), 0.95, rule);
    list.push_back(r.TextOf(0, last));
  }

  static constexpr std::size_t kSpeck = 6;  // bytes of what a seal leaves of a short word

  // "CHỦ TỊCH" of "KT. CHỦ TỊCH", "KT,CHỦ TỊCH"; empty for none.
  static std::string OfficeBehind(const OptionalString& on_behalf) {
    if (!on_behalf) return {};
    const std::vector<KeyWord> words = KeyWords(*on_behalf);
    const bool slashed = words.size() > 2 && words[0].key == "k" && words[1].key == "/" && words[2].key == "t";
    if (words.empty() || (words[0].key != "kt" && !slashed)) return {};
    std::size_t i = slashed ? 3 : 1;
    while (i < words.size() && words[i].kind == WordKind::kSign) ++i;
    return i < words.size() ? on_behalf->substr(words[i].span.begin) : std::string();
  }

  // What a seal over the signature leaves of fixed forms: "CHỦ" alone, "KT." above an office without its own.
  void MendOffice(ByteSpan span) {
    Signature& s = out_.signature;
    const auto inferred = [&] { Note("/metadata/signature/position", span, 0.8, "signature.deputy", true); };
    if (s.position == "CHỦ") {
      s.position = "CHỦ TỊCH";
      inferred();
    }
    if (s.on_behalf && KeyWords(*s.on_behalf)[0].key == "kt" && OfficeBehind(s.on_behalf).empty() &&
        !s.position->starts_with("PHÓ")) {
      s.on_behalf = "KT. " + *s.position;
      record_.evidence["/metadata/signature/on_behalf"].inferred = true;
    }
    // Who signs KT. an office is its deputy: "Ở CHỦ TỊCH" below "KT. CHỦ TỊCH".
    if (const std::string office = OfficeBehind(s.on_behalf);
        !office.empty() && s.position->ends_with(office) && s.position->size() <= office.size() + kSpeck) {
      s.position = "PHÓ " + office;
      inferred();
    }
  }

  // A misread beginning before "… NHÂN DÂN", in a document of a people's committee.
  bool SignsForCouncil(const BlockReading& r) const {
    const std::size_t n = r.words.size();
    return n >= 3 && r.Is(n - 2, "nhân") && r.Is(n - 1, "dân") && !r.Is(0, "hội") && out_.issuer.name &&
           out_.issuer.name->starts_with("Ủy ban nhân dân");
  }

  // A line of a signature that goes on with the body of the line before, and names no office.
  bool GoesOnWithBody(const BlockReading& r) const {
    return std::ranges::none_of(r.words, [&](const KeyWord& w) { return rules_.office_words.contains(w.key); });
  }

  void ReadSignature() {
    Signature& s = out_.signature;
    for (const BlockReading& r : readings_) {
      if (r.block->kind != BlockKind::kSignature || r.words.empty()) continue;
      const auto opens = rules_.signature.Longest(r.words, 0);
      const std::string text = r.TextOf(0, r.words.size());
      const ByteSpan span = r.SpanOf(0, r.words.size());
      // "Bí THƯ": most of it in capitals.
      std::size_t capitals = 0;
      for (std::size_t at = 0; at < text.size();) capitals += IsUpper(DecodeAt(text, at));
      const bool caps = AllCaps(r.words, 0, r.words.size()) || (r.words.size() <= 3 && capitals >= 2 * r.words.size());
      if (caps && !opens && !s.position && !s.name && s.authority && !s.on_behalf && GoesOnWithBody(r)) {
        // "TM. THƯỜNG TRỰC HỘI ĐỒNG / NHÂN DÂN"
        *s.authority += " " + text;
        Evidence& evidence = record_.evidence["/metadata/signature/authority"];
        if (evidence.span) evidence.span->end = span.end;
      } else if (opens && opens->value == 1 && !s.authority) {
        s.authority = text;
        Note("/metadata/signature/authority", span, 0.95, "signature.authority");
      } else if (!s.authority && !s.on_behalf && !s.position && SignsForCouncil(r)) {
        // "IM, ỦY BAN NHÂN DÂN": who signs in the name of a council signs TM.
        const bool bare = r.words.size() == 4 && r.Is(0, "ủy") && r.Is(1, "ban");
        s.authority = bare ? text : "TM. ỦY BAN NHÂN DÂN";
        Note("/metadata/signature/authority", span, 0.7, "signature.authority", !bare);
      } else if (opens && opens->value == 2 && !s.on_behalf) {
        s.on_behalf = text;
        Note("/metadata/signature/on_behalf", span, 0.95, "signature.on-behalf");
      } else if (caps && !s.position && !s.name && !opens) {
        // Specks of the seal before the office.
        std::size_t first = 0;
        while (first + 1 < r.words.size() && r.words[first].kind == WordKind::kSign) ++first;
        s.position = r.TextOf(first, r.words.size());
        Note("/metadata/signature/position", r.SpanOf(first, r.words.size()), 0.95, "signature.position");
        MendOffice(r.SpanOf(first, r.words.size()));
      } else if (!caps || (s.position && !s.name)) {
        // The last name stands: a stamp may have left another line before.
        s.name = text;
        Note("/metadata/signature/name", span, 0.93, "signature.name");
      }
    }
  }

  // "2025-09-26T14:04:43+0700 / Việt Nam / Vũ Văn … <mail> đã ký lên văn bản này!": what viewers print of a signature.
  void ReadDigitalSignatures(const ExtractContext& context) {
    out_.digital_signatures = context.digital_signatures;
    if (out_.digital_signatures.empty()) {
      OptionalString time;
      for (const BlockReading& r : readings_) {
        if (r.block->kind != BlockKind::kNoise) continue;
        const std::string& text = r.block->text;
        if (text.size() >= 19 && text[4] == '-' && text[10] == 'T') {
          std::string stamp = text.substr(0, 19);
          const std::size_t zone = text.find_first_of("+-Z", 19);
          if (zone != std::string::npos && text[zone] != 'Z' && text.size() >= zone + 5) {
            const std::size_t minutes = text[zone + 3] == ':' ? zone + 4 : zone + 3;
            stamp += text.substr(zone, 3) + ":" + text.substr(minutes, 2);
          }
          time = stamp;
          continue;
        }
        const std::size_t signed_at = text.find("đã ký");
        if (!time || signed_at == std::string::npos) continue;
        DigitalSignature signature{
            .signer = FoldSpace(text.substr(0, std::min(text.find('<'), signed_at))), .email = {}, .time = time};
        const std::size_t open = text.find('<'), close = text.find('>');
        if (open != std::string::npos && close != std::string::npos && close > open)
          signature.email = text.substr(open + 1, close - open - 1);
        out_.digital_signatures.push_back(std::move(signature));
        time.reset();
      }
    }
    if (!out_.digital_signatures.empty() && out_.digital_signatures.front().time)
      out_.signed_on = out_.digital_signatures.front().time->substr(0, 10);
  }

  // A name printed in capitals in the head takes the casing it has further on: "Sở Thông tin và Truyền thông".
  void CasingOfText(OptionalString& name) const {
    constexpr std::size_t kLongestName = 300;  // bytes
    if (!name || name->size() > kLongestName) return;
    const std::string lower = ToLower(record_.text), wanted = ToLower(*name);
    if (lower.size() != record_.text.size()) return;
    for (std::size_t at = lower.find(wanted); at != std::string::npos; at = lower.find(wanted, at + 1)) {
      const std::string printed = record_.text.substr(at, wanted.size());
      const std::vector<KeyWord> words = KeyWords(printed);
      if (words.empty() || !words[0].capital || AllCaps(words, 0, words.size())) continue;
      const auto capitals = [](const std::vector<KeyWord>& of) {
        return std::ranges::count_if(of, [](const KeyWord& word) { return word.capital; });
      };
      if (capitals(words) > capitals(KeyWords(*name))) *name = printed;
      return;
    }
  }

  // The level and name of the place that ends the name of a body: "xã Lộc Vân"; empty where it has none.
  static std::string PlaceIn(const std::string& body) {
    const std::vector<KeyWord> words = KeyWords(body);
    for (std::size_t i = 0; i + 1 < words.size(); ++i) {
      static constexpr std::array<std::string_view, 5> kPlain = {"xã", "phường", "huyện", "quận", "tỉnh"};
      const bool other = words[i].key == "xã" && (words[i + 1].key == "hội" || (i > 0 && words[i - 1].key == "tác"));
      const bool plain = !other && std::ranges::find(kPlain, words[i].key) != kPlain.end() && words[i + 1].capital;
      const bool two = i + 2 < words.size() && words[i + 2].capital &&
                       ((words[i].key == "thị" && words[i + 1].key == "trấn") ||
                        (words[i].key == "thành" && words[i + 1].key == "phố") ||
                        (words[i].key == "đặc" && words[i + 1].key == "khu"));
      if (plain || two) return body.substr(words[i].span.begin);
    }
    return {};
  }

  void ReadPlace() {
    if (!out_.issuer.name) return;
    Place& place = out_.issuer.place;
    std::string name = PlaceIn(*out_.issuer.name);
    bool own = !name.empty();
    // A school or a centre lies in the commune whose committee it is under.
    if (!own && out_.issuer.parent) {
      const std::string above = PlaceIn(*out_.issuer.parent);
      if (above.starts_with("xã ") || above.starts_with("phường ") || above.starts_with("đặc khu ")) name = above;
    }
    // A school is called by its commune, "TRƯỜNG THCS NẬM MƯỜI": the text says of what kind that is.
    if (name.empty() && out_.place &&
        ToLower(std::string_view(*out_.issuer.name)).ends_with(ToLower(std::string_view(*out_.place))))
      name = LevelOf(*out_.place);
    if (name.empty() && out_.issuer.parent) {
      const std::string above = PlaceIn(*out_.issuer.parent);
      if (above.starts_with("tỉnh ") || above.starts_with("thành phố ")) name = above;
    }
    if (!name.empty()) {
      place.name = name;
      AgreeOnPlace();
      const auto& evidence = record_.evidence[own ? "/metadata/issuer/name" : "/metadata/issuer/parent"];
      Note("/metadata/issuer/place/name", evidence.span.value_or(ByteSpan{}), evidence.confidence, "issuer.place",
           true);
    }
    ReadProvince();
    if (place.name && place.province) {
      const auto [first, last] = rules_.communes.equal_range(ToLower(*place.name));
      const PlaceRule* hit = nullptr;
      int hits = 0;
      for (auto it = first; it != last; ++it) {
        if (it->second.province != *place.province) continue;
        hit = &it->second;
        ++hits;
      }
      if (hits == 1) {
        place.code = hit->code;
        Note("/metadata/issuer/place/code", record_.evidence["/metadata/issuer/place/name"].span.value_or(ByteSpan{}),
             0.95, "places.code", true);
      }
    }
  }

  // "xã Nậm Mười" for "Nậm Mười", where the text has it; else empty.
  std::string LevelOf(const std::string& name) const {
    const std::string lower = ToLower(std::string_view(name));
    for (const BlockReading& r : readings_) {
      for (std::size_t i = 1; i < r.words.size(); ++i) {
        if (r.words[i - 1].key != "xã" && r.words[i - 1].key != "phường") continue;
        const std::string_view rest = std::string_view(r.block->text).substr(r.words[i].span.begin);
        if (rest.size() >= name.size() && ToLower(rest.substr(0, name.size())) == lower)
          return r.words[i - 1].key + " " + name;
      }
    }
    return {};
  }

  // The name of the place in the head, in the issuer's name and before the date is one name: where recovery left its
  // marks apart, the form that the text has most often stands.
  void AgreeOnPlace() {
    std::string& full = *out_.issuer.place.name;
    const std::size_t level = full.find(' ');
    if (level == std::string::npos) return;
    const std::string name = full.substr(
        full.starts_with("thị trấn ") || full.starts_with("đặc khu ") ? full.find(' ', level + 1) + 1 : level + 1);
    const std::vector<KeyWord> wanted = KeyWords(name);
    if (wanted.empty() || (out_.place && StripMarks(ToLower(*out_.place)) != StripMarks(ToLower(name)))) return;
    std::map<std::string, std::size_t> forms;  // as printed with small letters
    std::map<std::string, std::string> printed;
    for (const BlockReading& r : readings_) {
      for (std::size_t i = 0; i + wanted.size() <= r.words.size(); ++i) {
        bool same = r.words[i].capital;
        for (std::size_t k = 0; same && k < wanted.size(); ++k)
          same = r.words[i + k].capital && StripMarks(r.words[i + k].key) == StripMarks(wanted[k].key);
        if (!same) continue;
        const std::string form = r.TextOf(i, i + wanted.size());
        ++forms[ToLower(form)];
        if (!r.words[i].all_caps) printed.try_emplace(ToLower(form), form);
      }
    }
    const auto most = std::ranges::max_element(forms, {}, [](const auto& form) { return form.second; });
    if (most == forms.end() || most->second < 2 || !printed.contains(most->first) ||
        most->second < 2 * forms[ToLower(name)]) {
      // The issuer's form stands, and the place before the date follows it.
      if (out_.place && ToLower(*out_.place) != ToLower(name) && forms[ToLower(name)] > forms[ToLower(*out_.place)])
        SetPlace(name);
      return;
    }
    const std::string& form = printed.at(most->first);
    if (ToLower(form) != ToLower(name)) {
      full.replace(full.size() - name.size(), name.size(), form);
      if (out_.issuer.name->ends_with(name))
        out_.issuer.name->replace(out_.issuer.name->size() - name.size(), name.size(), form);
      record_.evidence["/metadata/issuer/name"].inferred = true;
    }
    if (out_.place && ToLower(*out_.place) != ToLower(form)) SetPlace(form);
  }

  void SetPlace(const std::string& name) {
    out_.place = name;
    record_.evidence["/metadata/place"].inferred = true;
  }

  // The province that the text names most often behind "tỉnh" or "thành phố", the head counting double.
  void ReadProvince() {
    std::map<std::size_t, std::pair<int, ByteSpan>> votes;
    for (const BlockReading& r : readings_) {
      for (std::size_t i = 0; i + 1 < r.words.size(); ++i) {
        const bool tinh = r.words[i].key == "tỉnh" || r.words[i].key == "tp";
        const bool pho = r.words[i].key == "phố" && i > 0 && r.words[i - 1].key == "thành";
        std::size_t at = i + 1;
        if (r.Is(at, ".") || (tinh && (r.Is(at, "ủy") || r.Is(at, "đoàn")))) ++at;  // "Tỉnh ủy Đồng Tháp"
        const auto match = rules_.province_names.Longest(r.words, at);
        if (!match || at >= r.words.size() || !r.words[at].capital) continue;
        const bool bare = !tinh && !pho;
        if (bare) continue;
        auto& vote = votes[static_cast<std::size_t>(match->value)];
        vote.first += r.block->kind == BlockKind::kHead || r.block->kind == BlockKind::kBasis ? 3 : 2;
        if (vote.second.empty()) vote.second = r.SpanOf(at, at + match->words);
      }
    }
    const auto best = std::ranges::max_element(votes, {}, [](const auto& v) { return v.second.first; });
    if (best == votes.end()) {
      // "SỞ GIÁO DỤC VÀ ĐÀO TẠO LÀO CAI"
      if (!out_.issuer.parent) return;
      const std::vector<KeyWord> words = KeyWords(*out_.issuer.parent);
      for (std::size_t i = 1; i < words.size(); ++i) {
        const auto match = rules_.province_names.Longest(words, i);
        if (!match || i + match->words != words.size()) continue;
        out_.issuer.place.province = rules_.provinces[static_cast<std::size_t>(match->value)];
        Note("/metadata/issuer/place/province", record_.evidence["/metadata/issuer/parent"].span.value_or(ByteSpan{}),
             0.8, "issuer.province", true);
        return;
      }
      return;
    }
    out_.issuer.place.province = rules_.provinces[best->first];
    Note("/metadata/issuer/place/province", best->second.second, best->second.first > 2 ? 0.9 : 0.8, "issuer.province",
         true);
  }

  const std::vector<BlockReading>& readings_;
  const Tables& rules_;
  const UnitReader& units_;
  Record& record_;
  Metadata& out_;
};

}  // namespace

void ReadMetadata(const std::vector<BlockReading>& readings, const Tables& rules, const UnitReader& units,
                  const ExtractContext& context, Record& record) {
  MetadataReader(readings, rules, units, record).Run(context);
}

OptionalString OwnSymbol(const std::vector<BlockReading>& readings) {
  for (const BlockReading& r : readings) {
    if (r.block->kind != BlockKind::kHead) continue;
    if (const auto number = ReadNumberLine(r)) return number->symbol;
  }
  return std::nullopt;
}

std::optional<Day> OwnDate(const std::vector<BlockReading>& readings) {
  for (const BlockReading& r : readings) {
    if (r.block->kind != BlockKind::kHead) continue;
    const FoundDate* date = HeadDate(r);
    if (date != nullptr && date->value.value && date->value.kind == "day") return ParseIsoDay(*date->value.value);
  }
  return std::nullopt;
}

int OwnYear(const std::vector<BlockReading>& readings) {
  for (const BlockReading& r : readings) {
    if (r.block->kind != BlockKind::kHead) continue;
    const FoundDate* date = HeadDate(r);
    if (date != nullptr && date->value.value && date->value.value->size() >= 4)
      return std::stoi(date->value.value->substr(0, 4));
  }
  return 0;
}

}  // namespace hoidau
