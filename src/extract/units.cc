#include "extract/units.h"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <unordered_set>

#include "text/syllable.h"
#include "text/unicode.h"

namespace hoidau {
namespace {

bool IsAny(const std::vector<KeyWord>& words, std::size_t at, std::initializer_list<std::string_view> keys) {
  return at < words.size() && std::ranges::find(keys, words[at].key) != keys.end();
}

// "… xã", "… tỉnh Nghệ An": the name says whose it is.
bool NamesLevel(const std::string& name) {
  static constexpr std::array<std::string_view, 8> kTails = {" xã",    " phường", " tỉnh",     " thành phố",
                                                             " huyện", " quận",   " thị trấn", " thị xã"};
  return std::ranges::any_of(kTails, [&](std::string_view tail) { return name.find(tail) != std::string::npos; });
}

std::string Capitalised(std::string s) {
  if (s.empty()) return s;
  std::size_t at = 0;
  std::string out;
  AppendUtf8(ToUpper(DecodeAt(s, at)), out);
  return out + s.substr(at);
}

std::string KeyOf(const std::vector<KeyWord>& words, std::size_t count) {
  std::string key;
  for (std::size_t i = 0; i < count; ++i) {
    if (words[i].kind == WordKind::kSign) continue;
    if (!key.empty()) key += ' ';
    key += words[i].key;
  }
  return key;
}

}  // namespace

void UnitReader::Learn(std::string_view name) {
  if (!name.empty()) learned_.Add(name, 1);
}

void UnitReader::SetOwnPlace(std::string_view place) { own_place_ = ToLower(place); }

void UnitReader::LearnShort(std::string_view short_form, const UnitName& unit) {
  own_shorts_.Add(short_form, static_cast<int>(own_units_.size()));
  own_units_.push_back(unit);
}

void UnitReader::LearnShortForms(std::string_view text, const std::vector<KeyWord>& words) {
  constexpr std::size_t kLongestName = 16, kLongestShort = 4;  // words
  for (std::size_t i = 2; i + 1 < words.size(); ++i) {
    // "… (TTHCC)", "… (viết tắt: TTHCC)", "… (sau đây gọi tắt là Trung tâm)", "… gọi tắt là BQL"
    std::size_t name_end = i, at = 0;
    if (words[i].key == "(") {
      at = i + 1;
      for (std::size_t k = at; k < std::min(words.size(), at + 6); ++k) {
        if (words[k].key == "tắt") at = k + 1;
      }
      if (at == i + 1 && !(words[at].all_caps && words[at].key.size() > 1 && IsAny(words, at + 1, {")"}))) continue;
    } else if (IsAny(words, i, {"gọi", "viết"}) && IsAny(words, i + 1, {"tắt"})) {
      at = i + 2;
      if (words[i - 1].key == ",") --name_end;
    } else {
      continue;
    }
    if (IsAny(words, at, {"là", ":"})) ++at;
    std::size_t end = at;
    while (end < words.size() && end < at + kLongestShort && words[end].kind == WordKind::kWord) ++end;
    if (end == at || !words[at].capital || (end < words.size() && words[end].kind == WordKind::kWord)) continue;
    const std::string_view printed = text.substr(words[at].span.begin, words[end - 1].span.end - words[at].span.begin);
    // The unit that ends before the bracket, as long as it reaches back.
    for (std::size_t first = name_end > kLongestName ? name_end - kLongestName : 0; first < name_end; ++first) {
      if (!words[first].capital) continue;
      const UnitList list = ReadList(text, words, first, 1);
      if (list.units.size() != 1 || list.last != name_end || list.units.front().name == FullName(printed)) continue;
      LearnShort(printed, list.units.front());
      break;
    }
  }
}

// A short form of the document's own at words[at]: "BQL", "Trung tâm" with no name behind it.
std::optional<UnitName> UnitReader::ReadOwnShort(const std::vector<KeyWord>& words, std::size_t at) const {
  const auto match = own_shorts_.Longest(words, at);
  if (!match || !words[at].capital) return std::nullopt;
  const std::size_t end = at + match->words;
  if (!words[at].all_caps && end < words.size() && words[end].capital) return std::nullopt;
  UnitName unit = own_units_[static_cast<std::size_t>(match->value)];
  unit.first = at;
  unit.last = end;
  return unit;
}

// "Tổ đại biểu số 1 | , số 2 và số 3", "Tổ dân phố 4 | , 5": further ones of the same name.
void UnitReader::ReadNumbers(const std::vector<KeyWord>& words, const UnitName& unit,
                             std::vector<UnitName>& more) const {
  std::size_t at = unit.last;
  if (at == 0 || words[at - 1].kind != WordKind::kNumber) return;
  const std::size_t number = unit.name.find_last_not_of("0123456789");
  if (number == std::string::npos || number + 1 >= unit.name.size()) return;
  while (IsAny(words, at, {",", "và"}) && more.size() < kLongestList) {
    std::size_t next = at + 1;
    if (IsAny(words, next, {"số"})) ++next;
    if (next >= words.size() || words[next].kind != WordKind::kNumber || words[next].key.size() > 3 ||
        IsAny(words, next + 1, {"/", "%", "giờ", "ngày", "tháng"}))
      return;
    UnitName other = unit;
    other.name = unit.name.substr(0, number + 1) + words[next].key;
    other.first = next;
    other.last = at = next + 1;
    more.push_back(std::move(other));
  }
}

// "Trưởng thôn | , buôn": villages of another kind; "Thôn Phú Đa | , Lệ Bắc và Trà Lý": further ones of the same kind.
void UnitReader::ReadSisters(const std::vector<KeyWord>& words, const UnitName& unit,
                             std::vector<UnitName>& more) const {
  const std::vector<KeyWord> name = KeyWords(unit.name);
  if (name.size() < 2 || !more.empty()) return;
  const bool all =
      unit.collective && name[0].key == "các" && name.size() == 2 && rules_.territories.contains(name[1].key);
  const bool one = !unit.collective && rules_.territories.contains(name[0].key) && name[1].capital;
  std::size_t at = unit.last;
  // "Ủy ban nhân dân các xã | , phường"
  const std::size_t level = unit.name.rfind(" các ");
  if (unit.keeps_level && unit.collective && level != std::string::npos && IsAny(words, at, {",", "và"}) &&
      IsAny(words, at + 1, {"xã", "phường", "huyện"})) {
    more.push_back({.name = unit.name.substr(0, level) + " các " + words[at + 1].key,
                    .collective = true,
                    .keeps_level = true,
                    .first = at + 1,
                    .last = at + 2});
    return;
  }
  if (!all && !one) return;
  while (IsAny(words, at, {",", "và"}) && more.size() < kLongestList && at + 1 < words.size()) {
    std::size_t end = at + 1;
    if (all) {
      if (!rules_.territories.contains(words[end].key) || words[end].capital ||
          (end + 1 < words.size() && (words[end + 1].capital || words[end + 1].key == "trưởng")))
        return;
      ++end;
    } else {
      while (end < words.size() && end < at + 5 && words[end].capital && words[end].kind == WordKind::kWord) ++end;
      // A name of two syllables or more, and neither a body nor a person.
      if (end < at + 3 || BeginsUnit(words, at + 1) || rules_.unit_phrases.Longest(words, at + 1)) return;
    }
    UnitName sister{.name = all ? "Các " + words[at + 1].key : Capitalised(name[0].key),
                    .collective = all,
                    .keeps_level = false,
                    .first = at + 1,
                    .last = end};
    for (std::size_t k = at + 1; one && k < end; ++k) sister.name += " " + Capitalised(words[k].key);
    more.push_back(std::move(sister));
    at = end;
  }
}

// Where the name of a known body ends: "Ủy ban nhân dân | các xã lân cận", "Ủy ban Kiểm tra Tỉnh ủy | Đồng Tháp".
std::size_t UnitReader::BodyEnd(const std::vector<KeyWord>& words, std::size_t end, bool keeps_level) const {
  if (keeps_level && IsAny(words, end, {"các"}) && IsAny(words, end + 1, {"xã", "phường", "huyện", "tỉnh"}) &&
      !IsAny(words, end + 2, {"hội"})) {
    end += 2;
    if (IsAny(words, end, {"lân", "giáp", "bạn", "khác"})) end += IsAny(words, end + 1, {"cận", "ranh"}) ? 2 : 1;
    return end;
  }
  // "Đảng ủy | Công an xã", "Đảng ủy | Mặt trận": the Party committee of a body.
  if (end >= 2 && words[end - 1].key == "ủy" && IsAny(words, end - 2, {"đảng"}) && end < words.size() &&
      words[end].capital) {
    const auto body = rules_.unit_phrases.Longest(words, end);
    const auto shorter = body ? std::nullopt : rules_.short_forms.Longest(words, end);
    if (body && rules_.units[static_cast<std::size_t>(body->value)].kind == UnitKind::kBody) return end + body->words;
    if (shorter) return end + shorter->words;
  }
  if (end >= 2 && words[end - 1].key == "ủy" && IsAny(words, end - 2, {"tỉnh", "thành", "huyện"})) {
    while (end < words.size() && words[end].capital && words[end].kind == WordKind::kWord && !BeginsUnit(words, end))
      ++end;
  }
  return end;
}

void UnitReader::LearnLongForm(const UnitName& unit) {
  if (unit.collective) return;
  const std::vector<KeyWord> words = KeyWords(unit.name);
  const auto head = rules_.unit_phrases.Longest(words, 0);
  if (!head || head->words >= words.size()) return;
  const UnitKind kind = rules_.units[static_cast<std::size_t>(head->value)].kind;
  if (kind != UnitKind::kOpen && kind != UnitKind::kHead) return;
  // The bare head, and every beginning of two words or more, may stand for the whole.
  for (std::size_t n = kind == UnitKind::kHead ? head->words : 2; n < words.size() && n < 12; ++n) {
    if (words[n - 1].kind == WordKind::kSign) continue;
    long_forms_[KeyOf(words, n)].insert(unit.name);
  }
}

// Gives a shortened name its long form: a bare head or one that breaks off, where one name alone goes on from it.
void UnitReader::Lengthen(UnitName& unit) const {
  if (unit.collective) return;
  const std::vector<KeyWord> words = KeyWords(unit.name);
  const auto head = rules_.unit_phrases.Longest(words, 0);
  if (!head) return;
  const UnitRule& rule = rules_.units[static_cast<std::size_t>(head->value)];
  // "Đồn Biên phòng", "Ban Chỉ đạo", "Công chức Địa chính - Nông nghiệp"; a school or an office has a name of its own.
  if (rule.kind != UnitKind::kOpen && !(rule.kind == UnitKind::kHead && head->words >= words.size())) return;
  const auto found = long_forms_.find(KeyOf(words, words.size()));
  if (found == long_forms_.end()) return;
  // The longest that all others begin with.
  const std::string* longest = &*found->second.begin();
  for (const std::string& name : found->second) {
    if (name.size() > longest->size()) longest = &name;
  }
  for (const std::string& name : found->second) {
    if (!ToLower(*longest).starts_with(ToLower(name))) return;
  }
  unit.name = *longest;
}

bool UnitReader::Stops(const std::vector<KeyWord>& words, std::size_t at) const {
  const KeyWord& word = words[at];
  if (word.capital) return false;
  if (rules_.name_stops.contains(word.key)) {
    if (rules_.inner.Longest(words, at)) return false;
    if ((word.key == "hàng" || word.key == "hằng") && !IsAny(words, at + 1, {"ngày", "tuần", "tháng", "quý", "năm"}))
      return false;
    return true;
  }
  // "Ban Chỉ huy | hai giờ một lần"
  if (IsAny(words, at, {"một", "hai", "ba", "bốn", "năm", "sáu", "mười"}) &&
      IsAny(words, at + 1, {"giờ", "ngày", "tuần", "tháng", "quý", "lần", "buổi", "lượt", "đợt"}))
    return true;
  return rules_.verbs.Longest(words, at).has_value();
}

bool UnitReader::BeginsUnit(const std::vector<KeyWord>& words, std::size_t at) const {
  if (at >= words.size()) return false;
  if (IsAny(words, at, {"các", "những"})) return true;
  const auto match = rules_.unit_phrases.Longest(words, at);
  if (!match) {
    // "UBND", "Trang TTĐT" are bodies; "TKCN" in "PCTT và TKCN" none.
    const auto shorter = words[at].capital ? rules_.short_forms.Longest(words, at) : std::nullopt;
    return shorter &&
           rules_.unit_phrases.Longest(KeyWords(rules_.long_forms[static_cast<std::size_t>(shorter->value)]), 0);
  }
  const UnitRule& rule = rules_.units[static_cast<std::size_t>(match->value)];
  if (rule.kind == UnitKind::kNot || rule.kind == UnitKind::kGroup) return false;
  if (rule.kind == UnitKind::kHead) {
    const std::size_t next = at + match->words;
    return next < words.size() && (words[next].capital || words[next].kind == WordKind::kNumber);
  }
  return true;
}

// The word of a level ("tỉnh", "huyện") that a short run of small words from `at` ends at, none of them a verb or a
// function word; `at` where there is none.
std::size_t UnitReader::LevelBehind(const std::vector<KeyWord>& words, std::size_t at) const {
  constexpr std::size_t kLongest = 4;  // words
  for (std::size_t i = at; i < words.size() && i <= at + kLongest; ++i) {
    if (IsAny(words, i, {"tỉnh", "huyện"}) && !IsAny(words, i + 1, {"lộ", "ủy", "đoàn", "đội"})) return i;
    if (words[i].kind != WordKind::kWord || words[i].capital || Stops(words, i) || BeginsUnit(words, i) ||
        words[i].key == "và")
      break;
  }
  return at;
}

// "Ban Quản lý di tích | đình Vông": a small word or two that lead to a capital, none of them a verb.
bool UnitReader::GoesOnToName(const std::vector<KeyWord>& words, std::size_t at) const {
  for (std::size_t i = at; i < words.size() && i <= at + 2; ++i) {
    if (words[i].kind != WordKind::kWord || words[i].key == "và") return false;
    if (words[i].capital) return i > at && !BeginsUnit(words, i);
    if (Stops(words, i) || rules_.territories.contains(words[i].key) || rules_.unit_levels.Longest(words, i))
      return false;
  }
  return false;
}

// "Tổ | thu thập thông tin | lập danh sách": a group called by what it does, up to the verb of the sentence; `at` where
// no second verb follows, as in "Tổ rà soát danh sách, …".
std::size_t UnitReader::DeedEnd(const std::vector<KeyWord>& words, std::size_t at) const {
  constexpr std::size_t kLongest = 4;  // words
  const auto deed = at < words.size() && !words[at].capital ? rules_.verbs.Longest(words, at) : std::nullopt;
  if (!deed || deed->words < 2) return at;
  const std::size_t noun = at + deed->words;
  // "Tổ tuần tra số 1", "Tổ tuần tra" in a cell
  const std::size_t number = IsAny(words, noun, {"số"}) ? noun + 1 : noun;
  if (noun == words.size()) return noun;
  if (number < words.size() && words[number].kind == WordKind::kNumber) return number + 1;
  for (std::size_t i = noun; i < words.size() && i <= noun + kLongest; ++i) {
    if (words[i].kind != WordKind::kWord || words[i].capital) break;
    if (const auto part = i == noun ? rules_.name_parts.Longest(words, i) : std::nullopt) {
      i += part->words - 1;
      continue;
    }
    if (!Stops(words, i)) continue;
    return i > noun && rules_.verbs.Longest(words, i) ? i : at;
  }
  return at;
}

// Where a name behind its head ends. `open`: small letters belong to it from the first word on.
std::size_t UnitReader::NameEnd(const std::vector<KeyWord>& words, std::size_t at, bool open) const {
  std::size_t i = at, syllables = 0;
  bool named = open;
  bool closed = false;  // a known part was read: what is unknown behind it is no name
  bool small = open;    // small letters belong to the name: up to its first capital
  while (i < words.size() && syllables < 14) {
    const KeyWord& word = words[i];
    // "Chi đoàn thôn 1", "Chi bộ ấp Giữa"
    if (i == at && rules_.territories.contains(word.key) && i + 1 < words.size() &&
        (words[i + 1].kind == WordKind::kNumber || words[i + 1].capital)) {
      i += 2;
      while (i < words.size() && words[i].capital && words[i].kind == WordKind::kWord) ++i;
      break;
    }
    if (word.kind == WordKind::kNumber) {
      // "Ban Chỉ đạo 57", "Đề án 06", "PC07", "Phòng thủ khu vực 4"
      if (i > at && (words[i - 1].capital || words[i - 1].key == "án" || words[i - 1].key == "số" ||
                     (words[i - 1].key == "vực" && words[i - 2].key == "khu"))) {
        ++i;
        continue;
      }
      static constexpr std::array<std::string_view, 6> kCounted = {"giờ", "ngày", "tháng", "năm", "lần", "tuần"};
      if (i == at && !(i + 1 < words.size() && std::ranges::find(kCounted, words[i + 1].key) != kCounted.end())) {
        ++i;
        named = true;
        continue;
      }
      break;
    }
    if (word.kind == WordKind::kSign) {
      if (word.key == "," && i + 1 < words.size() && !BeginsUnit(words, i + 1) && named) {
        const KeyWord& next = words[i + 1];
        // "Văn hóa, Thông tin và Thể thao"; "phòng, chống tội phạm"
        const auto unit = rules_.unit_phrases.Longest(words, i + 1);
        const bool own =
            unit && unit->words >= 2 && rules_.units[static_cast<std::size_t>(unit->value)].kind != UnitKind::kNot;
        if ((next.capital && !own) || (i > at && words[i - 1].key == "phòng" && next.key == "chống") ||
            (open && i > at && next.key == "tệ" && IsAny(words, i + 2, {"nạn"}))) {
          ++i;
          continue;
        }
      }
      const bool inner = word.key == "-" || word.key == "&";
      if (inner && named && i + 1 < words.size() &&
          (words[i + 1].capital ||
           (words[i + 1].kind == WordKind::kWord && words[i + 1].span.begin == word.span.end))) {
        ++i;
        continue;
      }
      break;
    }
    if (word.key == "và") {
      if (named && i + 1 < words.size() && words[i + 1].capital && !BeginsUnit(words, i + 1)) {
        ++i;
        continue;
      }
      break;
    }
    // "Bộ phận chuyên môn | Phòng Giáo dục và Đào tạo": a body inside the name.
    if (word.capital && open && i > 0 && !words[i - 1].capital && BeginsUnit(words, i)) {
      const auto inner = rules_.unit_phrases.Longest(words, i);
      const UnitKind kind = inner ? rules_.units[static_cast<std::size_t>(inner->value)].kind : UnitKind::kNot;
      if (kind == UnitKind::kHead) return NameEnd(words, i + inner->words, false);
      if (kind == UnitKind::kBody) return i + inner->words;
    }
    if (word.capital) {
      named = true;
      small = false;
      ++syllables;
      ++i;
      continue;
    }
    // "Tổ khảo sát các thôn", "Chi ủy các chi bộ"
    if (open && word.key == "các" && i + 1 < words.size()) {
      const auto group = rules_.group_phrases.Longest(words, i + 1);
      if (rules_.territories.contains(words[i + 1].key) || (group && i == at)) {
        i += 1 + (group ? group->words : 1);
        break;
      }
    }
    if (!named) break;
    // "Hậu cần", "Tuyên truyền": a known part whose first syllable has the capital.
    if (i > at && words[i - 1].capital) {
      const auto part = rules_.name_parts.Longest(words, i - 1);
      if (part && part->words >= 2) {
        i += part->words - 1;
        syllables += part->words - 1;
        continue;
      }
    }
    if (!small && i > at) {
      // Small words go on a capitalised one: one syllable of its own ("Kinh tế"), then only known parts ("tổng hợp").
      const bool proper = words[i - 1].capital && ((i >= at + 2 && words[i - 2].capital) ||
                                                   (words[i - 1].all_caps && words[i - 1].key.size() > 1));
      if (const auto part = rules_.name_parts.Longest(words, i)) {
        i += part->words;
        syllables += part->words;
        continue;
      }
      // "Phòng thủ | dân sự tỉnh", "Điều phối | nông thôn mới huyện": what stands before the level belongs to the name.
      if (const std::size_t level = LevelBehind(words, i); level > i) {
        i = level;
        break;
      }
      if (proper || !words[i - 1].capital) break;
    }
    if (small) {
      if (const auto part = rules_.name_parts.Longest(words, i)) {
        i += part->words;
        syllables += part->words;
        closed = true;
        continue;
      }
      if (closed && !GoesOnToName(words, i)) break;
    }
    if (Stops(words, i)) {
      // A verb can be the second syllable of a capitalised word: "Thu gom", "Bảo vệ", and part of open names.
      const bool second = i > at && words[i - 1].capital && !rules_.name_stops.contains(word.key);
      if (!(second && rules_.verbs.Longest(words, i - 1) && rules_.verbs.Longest(words, i - 1)->words >= 2)) break;
    }
    if (rules_.unit_levels.Longest(words, i) && !IsAny(words, i + 1, {"hội"})) break;
    ++syllables;
    ++i;
  }
  // No name ends in a conjunction or a sign.
  while (i > at && (words[i - 1].kind == WordKind::kSign || words[i - 1].key == "và")) --i;
  return i;
}

UnitReader::Tail UnitReader::ReadTail(std::string_view text, const std::vector<KeyWord>& words, std::size_t at) const {
  std::size_t i = at;
  if (IsAny(words, i, {"thuộc", "của"})) {
    // "thuộc xã", "thuộc UBND xã", "của xã": only in front of a level or the issuer.
    std::size_t k = i + 1;
    if (IsAny(words, k, {"ubnd"}))
      ++k;
    else if (IsAny(words, k, {"ủy"}) && IsAny(words, k + 3, {"dân"}))
      k += 4;
    if (words.size() > i && words[i].key == "của" && k == i + 1) return {};
    if (!IsAny(words, k, {"xã", "phường"}) || IsAny(words, k + 1, {"hội"})) return {};
    return {.text = "xã", .last = k + 1};
  }
  if (IsAny(words, i, {"trên"}) && IsAny(words, i + 1, {"địa"}) && IsAny(words, i + 2, {"bàn"})) {
    std::size_t k = i + 3;
    if (!IsAny(words, k, {"xã", "phường", "toàn"})) return {};
    ++k;
    while (k < words.size() && words[k].capital && words[k].kind == WordKind::kWord) ++k;
    return {.text = "xã", .last = k};
  }
  if (IsAny(words, i, {"tại"}) && IsAny(words, i + 1, {"các"}) && IsAny(words, i + 2, {"thôn", "ấp", "bản", "xóm"}))
    return {.text = "", .last = i + 3};
  std::size_t k = i;
  // "Hội Phụ nữ khu phố": the branch of a body in a village or quarter.
  if (IsAny(words, k, {"khu", "khối"}) && IsAny(words, k + 1, {"phố"})) return {.text = "khu phố", .last = k + 2};
  if (IsAny(words, k, {"xã", "phường", "tỉnh", "huyện", "quận"}))
    ++k;
  else if (IsAny(words, k, {"thị"}) && IsAny(words, k + 1, {"trấn", "xã"}))
    k += 2;
  else if (IsAny(words, k, {"thành"}) && IsAny(words, k + 1, {"phố"}))
    k += 2;
  else if (IsAny(words, k, {"đặc"}) && IsAny(words, k + 1, {"khu"}))
    k += 2;
  else if (IsAny(words, k, {"tp"}))
    k += IsAny(words, k + 1, {"."}) ? 2 : 1;
  else if (IsAny(words, k, {"trung"}) && IsAny(words, k + 1, {"ương"}))
    k += 2;
  else
    return {};
  if (IsAny(words, k, {"hội", "viên"})) return {};
  // "Tỉnh ủy", "Huyện đoàn" are bodies.
  if (IsAny(words, k - 1, {"tỉnh", "huyện"}) && IsAny(words, k, {"ủy", "đoàn"}) && !IsAny(words, k + 1, {"ban"}))
    return {};
  while (k < words.size() && words[k].capital && words[k].kind == WordKind::kWord && k - i < 6 && !BeginsUnit(words, k))
    ++k;
  Tail tail{.text = std::string(text.substr(words[i].span.begin, words[k - 1].span.end - words[i].span.begin)),
            .last = k};
  return tail;
}

std::string UnitReader::FullName(std::string_view printed) const {
  const std::vector<KeyWord> words = KeyWords(printed);
  std::string out;
  bool caps = !words.empty();
  for (const KeyWord& word : words) caps = caps && (word.kind != WordKind::kWord || word.all_caps);
  std::size_t letters = 0;
  for (const KeyWord& word : words) letters += word.kind == WordKind::kWord ? 1 : 0;
  std::size_t end = 0;
  bool glue = true;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const bool apart = i > 0 && words[i].span.begin > end;
    if (const auto match = rules_.short_forms.Longest(words, i)) {
      if (!out.empty() && !glue) out += ' ';
      const std::string& form = rules_.long_forms[static_cast<std::size_t>(match->value)];
      out += form;
      glue = false;
      i += match->words - 1;
      end = words[i].span.end;
      continue;
    }
    const std::string_view bytes = words[i].span.In(printed);
    end = words[i].span.end;
    if (words[i].key == "-") {
      out += apart || (i + 1 < words.size() && words[i + 1].span.begin > words[i].span.end) ||
                     (i + 1 < words.size() && words[i + 1].capital)
                 ? " - "
                 : "-";
      glue = true;
      continue;
    }
    if (words[i].kind == WordKind::kSign) {
      if (words[i].key == "(" && !out.empty()) out += ' ';
      if (words[i].key == "/") {  // "Đ/c"
        out += '/';
        glue = true;
        continue;
      }
      if (words[i].key == "&") {
        out += apart ? " &" : "&";
        glue = !apart;
        continue;
      }
      out += bytes;
      glue = words[i].key == "(";
      continue;
    }
    if (!out.empty() && !glue && (apart || words[i - 1].kind == WordKind::kSign)) out += ' ';
    glue = false;
    std::string word = WithTonePlacement(bytes, TonePlacement::kOld);
    if (caps && letters > 2) word = ToLower(word);
    // "THÔN THƯỢNG ĐỒNG": what a village is called keeps its capitals.
    const bool village = caps && letters > 1 && i > 0 && rules_.territories.contains(words[0].key);
    out += village ? Capitalised(ToLower(word)) : word;
  }
  // The usual casing of a name that the tables know.
  const std::vector<KeyWord> full = KeyWords(out);
  if (const auto match = rules_.unit_phrases.Longest(full, 0)) {
    const UnitRule& rule = rules_.units[static_cast<std::size_t>(match->value)];
    if (!rule.name.empty() && rule.kind == UnitKind::kBody) {
      out = rule.name + out.substr(full[match->words - 1].span.end);
    }
  }
  return Capitalised(FoldSpace(out));
}

// The unit that words[first, last) print.
UnitName UnitReader::Printed(std::string_view text, const std::vector<KeyWord>& words, std::size_t first,
                             std::size_t last, bool collective, bool keeps_level) const {
  return {.name = FullName(text.substr(words[first].span.begin, words[last - 1].span.end - words[first].span.begin)),
          .collective = collective,
          .keeps_level = keeps_level,
          .first = first,
          .last = last};
}

std::optional<UnitName> UnitReader::ReadGroup(std::string_view text, const std::vector<KeyWord>& words, std::size_t at,
                                              std::size_t noun, std::vector<UnitName>* more) const {
  const auto other = rules_.unit_phrases.Longest(words, noun);
  auto match = rules_.group_phrases.Longest(words, noun);
  if (!match || (other && other->words > match->words)) match = other;
  if (!match) return std::nullopt;
  const UnitRule& rule = rules_.units[static_cast<std::size_t>(match->value)];
  if (rule.kind == UnitKind::kNot) return std::nullopt;
  std::size_t end = noun + match->words;
  if (rule.kind != UnitKind::kGroup) {
    if (rule.kind != UnitKind::kPerson && rule.kind != UnitKind::kOpen && rule.kind != UnitKind::kHead)
      return std::nullopt;
    if (rule.kind == UnitKind::kHead && (end >= words.size() || !words[end].capital)) {
      // "các phòng …": the head as a noun
      if (!IsAny(words, noun, {"phòng", "ban", "hội", "trường", "sở", "trạm", "đội", "đoàn"})) return std::nullopt;
    }
  }
  // "Các tổ dân phố số 14, 15, 16": the first; the others are read behind it.
  const bool quarter = words[noun].key == "tổ" || words[noun].key == "khu" || words[noun].key == "khối";
  const std::size_t number = IsAny(words, end, {"số"}) ? end + 1 : end;
  if (more != nullptr && noun > at && (rules_.territories.contains(words[noun].key) || (quarter && match->words > 1)) &&
      number < words.size() && words[number].kind == WordKind::kNumber && words[number].key.size() < 4 &&
      !IsAny(words, number + 1, {"ngày", "giờ", "tháng", "tuần", "lần"})) {
    // "các tổ dân phố số 1 đến số 9": all of them
    const std::size_t last = number + 2 + (IsAny(words, number + 2, {"số"}) ? 1 : 0);
    if (IsAny(words, number + 1, {"đến"}) && last < words.size() && words[last].kind == WordKind::kNumber)
      return UnitName{.name = "Các " + std::string(text.substr(words[noun].span.begin,
                                                               words[end - 1].span.end - words[noun].span.begin)),
                      .collective = true,
                      .keeps_level = false,
                      .first = at,
                      .last = last + 1};
    return Printed(text, words, noun, number + 1);
  }
  // "Các thôn Phú Lộc, Di Luân", "các thôn: Vĩnh Thủy, Bồ Bản"
  if (IsAny(words, end, {":"}) && rules_.territories.contains(words[noun].key) && end + 2 < words.size() &&
      words[end + 1].capital && words[end + 1].kind == WordKind::kWord && !rules_.verbs.Longest(words, end + 1))
    ++end;
  if (more != nullptr && rules_.territories.contains(words[noun].key) && end < words.size() && words[end].capital &&
      words[end].kind == WordKind::kWord) {
    const std::string kind = Capitalised(words[noun].key);
    std::optional<UnitName> named;
    std::size_t i = end;
    while (i < words.size() && words[i].capital && words[i].kind == WordKind::kWord) {
      std::size_t stop = i;
      while (stop < words.size() && words[stop].capital && words[stop].kind == WordKind::kWord) ++stop;
      UnitName unit{
          .name = kind + " " +
                  std::string(text.substr(words[i].span.begin, words[stop - 1].span.end - words[i].span.begin)),
          .collective = false,
          .keeps_level = false,
          .first = named ? i : at,
          .last = stop};
      if (!named)
        named = std::move(unit);
      else
        more->push_back(std::move(unit));
      i = stop;
      if (!IsAny(words, i, {",", "và"}) || i + 1 >= words.size() || BeginsUnit(words, i + 1)) break;
      ++i;
    }
    return named;
  }
  // Qualifiers: "trường mầm non", "cơ sở sản xuất, kinh doanh", "hộ kinh doanh".
  std::size_t q = end;
  while (q < words.size() && q < end + 6 && words[q].kind == WordKind::kWord && words[q].key != "và" &&
         !rules_.unit_levels.Longest(words, q) && !rules_.name_stops.contains(words[q].key)) {
    if (IsAny(words, q, {"một", "hai", "ba"}) && !words[q].capital) break;  // "mỗi đảng viên | một bài"
    // "Các chi bộ trực thuộc": a part that is longer than its verb.
    const auto part = q == end ? rules_.name_parts.Longest(words, q) : std::nullopt;
    const auto verb = words[q].capital ? std::nullopt : rules_.verbs.Longest(words, q);
    if (verb && !(part && part->words > verb->words) && !IsAny(words, q, {"sản", "kinh"})) break;
    q += part ? part->words : 1;
  }
  // In the run of a sentence only known words qualify a group; a heading or an item of a list gives the whole.
  if (q < words.size() && words[q].kind == WordKind::kWord && words[q].key != "và" && !words[q].capital && q > end) {
    std::size_t known = end;
    while (known < q) {
      const auto part = rules_.name_parts.Longest(words, known);
      const auto body = words[known].capital ? rules_.unit_phrases.Longest(words, known) : std::nullopt;
      if (part)
        known += part->words;
      else if (body && (rules_.units[static_cast<std::size_t>(body->value)].kind == UnitKind::kBody ||
                        rules_.units[static_cast<std::size_t>(body->value)].kind == UnitKind::kPerson))
        known = q = std::max(q, known + body->words);  // "các vị đại biểu Hội đồng nhân dân"
      else if (words[known].capital)
        ++known;
      else
        break;
    }
    const bool stopped = rules_.name_stops.contains(words[q].key) || rules_.verbs.Longest(words, q);
    if (!stopped || q > end + 3) q = std::min(q, known);
  }
  const std::string_view printed = text.substr(words[noun].span.begin, words[q - 1].span.end - words[noun].span.begin);
  UnitName first{.name = {}, .collective = true, .keeps_level = false, .first = at, .last = q};
  std::string base = FullName(printed);
  std::size_t lower_at = 0;
  if (!base.empty()) {
    std::string small;
    const char32_t c = DecodeAt(base, lower_at);
    const bool capital_word = words[noun].capital && noun > at;
    AppendUtf8(capital_word ? c : ToLower(c), small);
    base = small + base.substr(lower_at);
  }
  first.name = rule.kind == UnitKind::kPerson && !rule.name.empty() ? rule.name : "Các " + base;
  if (more != nullptr) {
    // "Các phòng, ban, đơn vị", "Các trường mầm non, tiểu học và THCS"
    std::size_t i = q;
    while (i + 1 < words.size() && more->size() < kLongestList &&
           (words[i].key == "," || words[i].key == "và" || words[i].key == ";" || words[i].key == "/")) {
      std::size_t n = i + 1;
      if (words[n].key == "và") ++n;
      if (n >= words.size()) break;
      const bool school =
          words[noun].key == "trường" && IsAny(words, n, {"mầm", "tiểu", "trung", "thcs", "thpt", "mẫu", "phổ"});
      if (school) {
        std::size_t s = n;
        while (s < words.size() && words[s].kind == WordKind::kWord && words[s].key != "và" &&
               !rules_.name_stops.contains(words[s].key) && !rules_.verbs.Longest(words, s) && s < n + 4 &&
               !(words[s].key == "xã"))
          ++s;
        UnitName unit{.name = "Các trường " +
                              ToLower(text.substr(words[n].span.begin, words[s - 1].span.end - words[n].span.begin)),
                      .collective = true,
                      .keeps_level = false,
                      .first = n,
                      .last = s};
        const std::string printed_level =
            FullName(text.substr(words[n].span.begin, words[s - 1].span.end - words[n].span.begin));
        unit.name = "Các trường " + ToLower(printed_level);
        more->push_back(unit);
        i = s;
        continue;
      }
      auto next = rules_.group_phrases.Longest(words, n);
      if (!next) next = rules_.unit_phrases.Longest(words, n);
      if (!next || words[n].capital) break;
      const UnitRule& next_rule = rules_.units[static_cast<std::size_t>(next->value)];
      if (next_rule.kind != UnitKind::kGroup && !(next_rule.kind == UnitKind::kHead && next->words == 1)) break;
      auto unit = ReadGroup(text, words, n, n, nullptr);
      if (!unit) break;
      i = unit->last;
      more->push_back(std::move(*unit));
    }
  }
  return first;
}

// "Ủy ban MTTQ Việt Nam", "Văn phòng HĐND và UBND": a body with a short form inside.
std::optional<UnitName> UnitReader::ReadMixed(std::string_view text, const std::vector<KeyWord>& words,
                                              std::size_t at) const {
  static constexpr std::size_t kWindow = 9;
  const std::size_t limit = std::min(words.size(), at + kWindow);
  if (!words[at].capital && !IsAny(words, at, {"ủy", "văn", "thường", "ban"})) return std::nullopt;
  bool shortened = false;
  for (std::size_t i = at + 1; i < limit; ++i) shortened = shortened || (words[i].all_caps && !words[at].all_caps);
  if (!shortened) return std::nullopt;
  for (std::size_t end = limit; end > at + 1; --end) {
    if (words[end - 1].kind != WordKind::kWord) continue;
    const std::string full =
        FullName(text.substr(words[at].span.begin, words[end - 1].span.end - words[at].span.begin));
    const std::vector<KeyWord> full_words = KeyWords(full);
    const auto body = rules_.unit_phrases.Longest(full_words, 0);
    if (!body || body->words != full_words.size()) continue;
    const UnitRule& rule = rules_.units[static_cast<std::size_t>(body->value)];
    if (rule.kind != UnitKind::kBody) continue;
    return UnitName{.name = full, .collective = false, .keeps_level = rule.keep_level, .first = at, .last = end};
  }
  return std::nullopt;
}

// Whether a head of one word, "Đồn", is no part of what stands at `at`: a sign, a verb, the end.
bool UnitReader::StandsAlone(const std::vector<KeyWord>& words, std::size_t at) const {
  return at >= words.size() || words[at].kind == WordKind::kSign || words[at].key == "và" ||
         (!words[at].capital && rules_.verbs.Longest(words, at));
}

std::optional<UnitName> UnitReader::ReadOne(std::string_view text, const std::vector<KeyWord>& words,
                                            std::size_t at) const {
  // The units behind share a tail with it.
  UnitList list = ReadList(text, words, at, kLongestList / 10);
  return list.units.empty() ? std::nullopt : std::optional(std::move(list.units.front()));
}

// "Ông Lê Văn Tám", "đồng chí Hoàng Thị Mơ – Phó Bí thư": somebody by name, whatever office is printed behind.
std::optional<UnitName> UnitReader::ReadPerson(std::string_view text, const std::vector<KeyWord>& words,
                                               std::size_t at) const {
  std::size_t name = at;
  if (IsAny(words, at, {"ông", "bà", "anh", "chị", "thầy", "cô"}) &&
      (words[at].capital || (at + 2 < words.size() && words[at + 1].capital && words[at + 2].capital)))
    name = at + 1;
  else if (IsAny(words, at, {"đồng"}) && IsAny(words, at + 1, {"chí"}))
    name = at + 2;
  else if (IsAny(words, at, {"đ"}) && IsAny(words, at + 1, {"/"}) && IsAny(words, at + 2, {"c"}))
    name = at + 3;
  if (name == at) return std::nullopt;
  std::size_t end = name;
  while (end < words.size() && end < name + 8 &&
         ((words[end].kind == WordKind::kWord && words[end].capital) ||
          (IsAny(words, end, {"'", "’"}) && end + 1 < words.size() && words[end + 1].capital)))  // "K' Brèn"
    ++end;
  if (end < name + 2) return std::nullopt;
  UnitName unit{.name = FullName(text.substr(words[at].span.begin, words[end - 1].span.end - words[at].span.begin)),
                .collective = false,
                .keeps_level = false,
                .first = at,
                .last = end};
  // The office: up to the colon or the end of its phrase.
  if (end + 1 < words.size() && IsAny(words, end, {"-", ","})) {
    const auto title = rules_.unit_phrases.Longest(words, end + 1);
    const UnitKind kind = title ? rules_.units[static_cast<std::size_t>(title->value)].kind : UnitKind::kNot;
    if (title && (kind == UnitKind::kTitle || kind == UnitKind::kPerson || !words[end + 1].capital)) {
      std::size_t stop = end + 1 + title->words;
      // Up to the verb, or to the next of several: "… và đồng chí Bàn Văn Tá - Trưởng Đài Truyền thanh".
      const auto next_person = [&](std::size_t i) {
        return IsAny(words, i, {"và", ","}) &&
               (IsAny(words, i + 1, {"ông", "bà"}) || (IsAny(words, i + 1, {"đồng"}) && IsAny(words, i + 2, {"chí"})));
      };
      while (stop < words.size() && !IsAny(words, stop, {":", ";", "."}) && !next_person(stop) &&
             (words[stop].capital || !rules_.verbs.Longest(words, stop)))
        ++stop;
      unit.last = stop;
      // A position stands for its body: "Bà Y Blưn, công chức Văn hóa - Xã hội".
      UnitList body = ReadList(text, words, end + 1, 1);
      if (body.units.size() == 1 && body.units.front().name != "Các đồng chí" && kind != UnitKind::kPerson &&
          kind != UnitKind::kNot) {
        UnitName office = std::move(body.units.front());
        office.first = at;
        office.last = std::max(stop, body.last);
        return office;
      }
    }
  }
  return unit;
}

// "Tổ trưởng | phân công", "Trưởng đoàn:": who heads a body that is not named.
std::optional<UnitName> UnitReader::ReadOffice(const std::vector<KeyWord>& words, std::size_t at) const {
  const bool heads = IsAny(words, at, {"tổ", "đội", "nhóm"}) && IsAny(words, at + 1, {"trưởng"});
  const bool headed = IsAny(words, at, {"trưởng"}) && IsAny(words, at + 1, {"đoàn", "nhóm", "đội"});
  if (!(heads || headed) || !words[at].capital) return std::nullopt;
  std::size_t end = at + 2;
  // "Tổ trưởng tổ tiết kiệm và vay vốn": of which
  if (heads && end + 1 < words.size() && words[end].key == words[at].key && !words[end].capital)
    end = std::max(end, NameEnd(words, end + 1, true));
  if (end < words.size() && !IsAny(words, end, {":", ",", "và", "phải", "có", "được"}) &&
      !rules_.verbs.Longest(words, end))
    return std::nullopt;
  std::string name = Capitalised(words[at].key);
  for (std::size_t k = at + 1; k < end; ++k) name += " " + words[k].key;
  return UnitName{.name = name, .collective = true, .keeps_level = false, .first = at, .last = end};
}

// "Hai hợp tác xã dịch vụ Đông Hưng, Lãm Hạ", "các ấp Rạch Tràm, Xẻo Cui và Minh Thạnh": each by its own name, as many
// as were counted.
std::optional<UnitName> UnitReader::ReadCounted(std::string_view text, const std::vector<KeyWord>& words,
                                                std::size_t at, std::vector<UnitName>& more) const {
  static constexpr std::array<std::string_view, 6> kCounts = {"hai", "ba", "bốn", "năm", "sáu", "bảy"};
  constexpr std::size_t kLongestNoun = 8, kLongestName = 4, kMost = 20;  // words, words, units
  if (at + 3 >= words.size()) return std::nullopt;
  const bool all = IsAny(words, at, {"các"});
  std::size_t count = 0;
  if (const auto word = std::ranges::find(kCounts, words[at].key); word != kCounts.end())
    count = static_cast<std::size_t>(word - kCounts.begin()) + 2;
  else if (words[at].kind == WordKind::kNumber && words[at].key.size() <= 2)
    count = static_cast<std::size_t>(std::stoi(words[at].key));
  if (!all && (count < 2 || count > kMost)) return std::nullopt;
  const std::size_t noun = at + 1;
  const auto head = rules_.unit_phrases.Longest(words, noun);
  const UnitKind kind = head ? rules_.units[static_cast<std::size_t>(head->value)].kind : UnitKind::kNot;
  const bool territory = rules_.territories.contains(words[noun].key);
  if (words[noun].capital || !(territory || (!all && (kind == UnitKind::kOpen || kind == UnitKind::kHead))))
    return std::nullopt;
  std::size_t next = noun;
  while (next < words.size() && next < noun + kLongestNoun && words[next].kind == WordKind::kWord &&
         !words[next].capital)
    ++next;
  if (territory && next > noun + 1) return std::nullopt;
  const std::string called =
      Capitalised(words[noun].key) +
      std::string(text.substr(words[noun].span.end, words[next - 1].span.end - words[noun].span.end));
  if (IsAny(words, next, {":"})) ++next;
  std::vector<UnitName> units;
  while (next < words.size() && units.size() < kMost) {
    std::size_t end = next;
    while (end < words.size() && end < next + kLongestName && words[end].capital && words[end].kind == WordKind::kWord)
      ++end;
    if (end == next || rules_.unit_phrases.Longest(words, next)) break;
    units.push_back(
        {.name = called + " " +
                 std::string(text.substr(words[next].span.begin, words[end - 1].span.end - words[next].span.begin)),
         .collective = false,
         .keeps_level = false,
         .first = next,
         .last = end});
    if (!IsAny(words, end, {",", "và"})) break;
    next = end + 1;
  }
  if (units.size() < 2 || (!all && units.size() != count)) return std::nullopt;
  units.front().first = at;
  more.assign(units.begin() + 1, units.end());
  return units.front();
}

UnitList UnitReader::ReadList(std::string_view text, const std::vector<KeyWord>& words, std::size_t at,
                              std::size_t most) const {
  UnitList out;
  out.last = at;
  std::size_t i = at;
  while (i < words.size() && out.units.size() < most) {
    std::size_t begin = i;
    std::vector<UnitName> more;
    std::optional<UnitName> unit;
    // An office that stands for its body: "đồng chí Lãnh đạo UBND xã", "Thủ trưởng các đơn vị".
    for (int titles = 0; titles < 3; ++titles) {
      const auto title = rules_.unit_phrases.Longest(words, i);
      if (!title) break;
      const UnitRule& rule = rules_.units[static_cast<std::size_t>(title->value)];
      if (rule.kind != UnitKind::kTitle) break;
      const std::size_t next = i + title->words;
      const bool unit_follows = BeginsUnit(words, next) || rules_.group_phrases.Longest(words, next).has_value();
      if (!unit_follows && words[i].key == "trưởng" && title->words > 1 && BeginsUnit(words, i + 1)) {
        ++i;  // "Trưởng | Trạm Y tế", where "trưởng trạm" is an office as well
        continue;
      }
      if (!unit_follows) break;
      // "Các đồng chí Đảng ủy viên" are those people.
      const bool comrades = words[i].key == "các" && IsAny(words, i + 1, {"đồng"}) && next < words.size() &&
                            (words[next].capital || words[i].capital);
      const auto people = comrades ? rules_.unit_phrases.Longest(words, next) : std::nullopt;
      if (people && rules_.units[static_cast<std::size_t>(people->value)].kind == UnitKind::kPerson &&
          rules_.units[static_cast<std::size_t>(people->value)].name.empty())
        break;
      i = next;
    }
    // "Trưởng các thôn, buôn", "trưởng 09 thôn", "Bí thư chi bộ thôn Khe Ngang"
    if (IsAny(words, i, {"trưởng"}) && i + 2 < words.size() &&
        (IsAny(words, i + 1, {"các", "hai", "ba", "bốn"}) || words[i + 1].kind == WordKind::kNumber) &&
        rules_.territories.contains(words[i + 2].key))
      ++i;
    if (IsAny(words, i, {"bí"}) && IsAny(words, i + 2, {"chi"}) && IsAny(words, i + 3, {"bộ"}) &&
        i + 5 < words.size() && rules_.territories.contains(words[i + 4].key) &&
        (words[i + 5].capital || words[i + 5].kind == WordKind::kNumber))
      i += 2;
    // "Tổ trưởng | 31 tổ dân phố", "Đội trưởng | các đội sản xuất"
    if (IsAny(words, i, {"tổ", "đội", "nhóm"}) && IsAny(words, i + 1, {"trưởng"}) && i + 3 < words.size() &&
        words[i + 3].key == words[i].key && (words[i + 2].kind == WordKind::kNumber || words[i + 2].key == "các"))
      i += 2;
    // "Trưởng thôn Đông Lạc", "Tổ trưởng các tổ dân phố số 14, 15": the head of one stands for it.
    if (IsAny(words, i, {"trưởng"}) || (IsAny(words, i, {"tổ", "thôn"}) && IsAny(words, i + 1, {"trưởng"}))) {
      std::size_t place = i + (words[i].key == "trưởng" ? 1 : 2);
      const bool all = IsAny(words, place, {"các"});
      const std::size_t noun_at = place + (all ? 1 : 0);
      std::size_t name = noun_at + 1;
      if (IsAny(words, noun_at, {"tổ"}) && IsAny(words, noun_at + 1, {"dân"}) && IsAny(words, noun_at + 2, {"phố"}))
        name = noun_at + 3;
      else if (IsAny(words, noun_at, {"khu"}) && IsAny(words, noun_at + 1, {"phố"}))
        name = noun_at + 2;
      const bool territory = noun_at < words.size() &&
                             (rules_.territories.contains(words[noun_at].key) || name > noun_at + 1) &&
                             name < words.size();
      if (territory &&
          (words[name].kind == WordKind::kNumber || words[name].capital ||
           (IsAny(words, name, {"số"}) && name + 1 < words.size() && words[name + 1].kind == WordKind::kNumber)))
        i = place;
    }
    std::size_t noun = i;
    bool many = false;
    if (IsAny(words, i, {"các", "những", "mọi", "mỗi", "từng"})) {
      noun = i + 1;
      many = true;
    } else if (IsAny(words, i, {"toàn", "tất"}) && IsAny(words, i + 1, {"thể", "bộ", "cả"})) {
      noun = i + 2 + (IsAny(words, i + 2, {"các"}) ? 1 : 0);
      many = true;
    } else if (words[i].kind == WordKind::kNumber && words[i].key.size() <= 3) {
      noun = i + 1;
      many = true;
    }
    const auto known = learned_.Longest(words, i);
    if ((unit = ReadOwnShort(words, i)) || (unit = ReadCounted(text, words, i, more))) {
    } else if (many && known) {
      unit = Printed(text, words, i, i + known->words, true);
    } else if (many) {
      const auto no = rules_.unit_phrases.Longest(words, i);
      const bool excluded = no && rules_.units[static_cast<std::size_t>(no->value)].kind == UnitKind::kNot;
      if (!excluded && noun < words.size()) unit = ReadGroup(text, words, i, noun, &more);
      if (unit && words[i].kind == WordKind::kNumber && !more.empty()) more.clear();
    } else if (known && known->words >= 2) {
      const std::size_t end = i + known->words;
      unit = Printed(text, words, i, end);
      const auto match = rules_.unit_phrases.Longest(words, i);
      unit->keeps_level = match && rules_.units[static_cast<std::size_t>(match->value)].keep_level;
    } else if ((unit = ReadMixed(text, words, i))) {
    } else {
      const std::optional<PhraseTable::Match> match = rules_.unit_phrases.Longest(words, i);
      const auto shorter = rules_.short_forms.Longest(words, i);
      if (shorter && words[i].all_caps && (!match || match->words < shorter->words)) {
        // "UBND", "MTTQ": a body in short.
        const std::string& form = rules_.long_forms[static_cast<std::size_t>(shorter->value)];
        const std::vector<KeyWord> full = KeyWords(form);
        const auto body = rules_.unit_phrases.Longest(full, 0);
        if (body && body->words == full.size()) {
          const UnitRule& rule = rules_.units[static_cast<std::size_t>(body->value)];
          if (rule.kind == UnitKind::kBody) {
            std::size_t end = BodyEnd(words, i + shorter->words, rule.keep_level);
            if (form == "Mặt trận Tổ quốc" && IsAny(words, end, {"việt"}) && IsAny(words, end + 1, {"nam"})) end += 2;
            unit = Printed(text, words, i, end, IsAny(words, i + shorter->words, {"các"}), rule.keep_level);
            unit->collective = unit->collective && end > i + shorter->words;
          } else if (rule.kind == UnitKind::kOpen) {
            const std::size_t end = NameEnd(words, i + shorter->words, true);
            unit = Printed(text, words, i, end);
          }
        }
      }
      if (!unit && match) {
        const UnitRule& rule = rules_.units[static_cast<std::size_t>(match->value)];
        std::size_t end = i + match->words;
        if (rule.kind == UnitKind::kBody) {
          // "Công chức Địa chính - Xây dựng" goes on with "- Nông nghiệp".
          if (IsAny(words, end, {"-"}) && end + 1 < words.size() && words[end + 1].capital &&
              words[end - 1].key != "xã") {
            const std::size_t stop = NameEnd(words, end + 1, false);
            if (stop > end + 1) end = stop;
          }
          end = BodyEnd(words, end, rule.keep_level);
          unit = UnitName{.name = {},
                          .collective = end > i + match->words && IsAny(words, i + match->words, {"các"}),
                          .keeps_level = rule.keep_level,
                          .first = i,
                          .last = end};
          unit->name = FullName(text.substr(words[i].span.begin, words[end - 1].span.end - words[i].span.begin));
        } else if (rule.kind == UnitKind::kPerson) {
          // "Nghệ nhân thôn Đông Phú"
          if (rule.name.empty() && end + 1 < words.size() && rules_.territories.contains(words[end].key) &&
              words[end + 1].capital) {
            ++end;
            while (end < words.size() && words[end].capital && words[end].kind == WordKind::kWord) ++end;
          } else if (rule.name.empty() && IsAny(words, end, {"các"}) && end + 1 < words.size() &&
                     rules_.territories.contains(words[end + 1].key)) {
            end += 2;  // "Thú y viên các thôn"
          }
          unit = UnitName{
              .name = !rule.name.empty()
                          ? rule.name
                          : FullName(text.substr(words[i].span.begin, words[end - 1].span.end - words[i].span.begin)),
              .collective = true,
              .keeps_level = false,
              .first = i,
              .last = end};
        } else if (rule.kind == UnitKind::kHead || rule.kind == UnitKind::kOpen) {
          const bool open = rule.kind == UnitKind::kOpen;
          const bool branch = end + 1 < words.size() && rules_.territories.contains(words[end].key) &&
                              (words[end + 1].kind == WordKind::kNumber || words[end + 1].capital);
          if (open || branch || (end < words.size() && (words[end].capital || words[end].kind == WordKind::kNumber))) {
            // "Thôn Nam Lạc | vận động nhân dân": a village's name has capitals alone.
            const bool village = rules_.territories.contains(words[i].key) && match->words == 1;
            std::size_t stop = village ? end : NameEnd(words, end, open);
            if (stop == end && match->words == 1 && open) stop = DeedEnd(words, end);
            while (village && stop < words.size() && words[stop].capital && words[stop].kind == WordKind::kWord) ++stop;
            if (village && stop == end && words[end].kind == WordKind::kNumber) ++stop;
            if (open || stop > end) {
              end = stop;
              unit = Printed(text, words, i, end);
            }
          }
        }
      }
    }
    if (!unit && rules_.territories.contains(words[i].key)) {
      // "Thôn Quế Lâm" is one; "Thôn" at the head of a sentence is all of them.
      std::size_t end = i + 1;
      while (end < words.size() && words[end].capital && words[end].kind == WordKind::kWord && !BeginsUnit(words, end))
        ++end;
      if (end > i + 1) {
        unit = Printed(text, words, i, end);
      } else if (i == 0 && words[i].capital) {
        unit =
            UnitName{.name = "Các " + words[i].key, .collective = true, .keeps_level = false, .first = i, .last = end};
      }
    }
    if (!unit) unit = ReadPerson(text, words, i);
    if (!unit) unit = ReadOffice(words, i);
    // "Văn phòng tổng hợp số liệu": the head alone, whose name the document has elsewhere.
    if (const auto head = unit ? std::nullopt : rules_.unit_phrases.Longest(words, i);
        head && words[i].capital && rules_.units[static_cast<std::size_t>(head->value)].kind == UnitKind::kHead &&
        (head->words >= 2 || StandsAlone(words, i + 1))) {
      UnitName bare{
          .name = FullName(text.substr(words[i].span.begin, words[i + head->words - 1].span.end - words[i].span.begin)),
          .collective = false,
          .keeps_level = false,
          .first = i,
          .last = i + head->words};
      const std::string before = bare.name;
      Lengthen(bare);
      if (bare.name != before) unit = std::move(bare);
    }
    if (!unit) break;
    ReadSisters(words, *unit, more);
    ReadNumbers(words, *unit, more);
    Lengthen(*unit);
    // "Ban Thường vụ Hội Liên hiệp Phụ nữ xã": a standing body of the one behind it.
    if (const std::size_t end = unit->last;
        (unit->name == "Ban Thường vụ" || unit->name == "Ban Thường trực" || unit->name == "Ban Chấp hành") &&
        end < words.size() && words[end].capital) {
      const UnitList inner = ReadList(text, words, end, most / 10);
      if (!inner.units.empty() && inner.units.front().first == end) {
        unit->name += " " + inner.units.front().name;
        unit->last = inner.units.front().last;
        unit->keeps_level = true;
      }
    }
    // "Thường trực Đảng ủy, HĐND xã": the standing members of both.
    if (!out.units.empty() && out.units.back().name.starts_with("Thường trực Đảng ủy") &&
        unit->name.starts_with("Hội đồng nhân dân"))
      unit->name = "Thường trực " + unit->name;
    unit->first = begin;
    const std::size_t fresh = out.units.size();
    std::size_t end = more.empty() ? unit->last : more.back().last;
    out.units.push_back(std::move(*unit));
    for (UnitName& other : more) out.units.push_back(std::move(other));
    const Tail tail = ReadTail(text, words, end);
    if (tail.last > end) {
      UnitName& last = out.units.back();
      // "Công an xã Ea Siên" in a document of another commune's is not the own.
      const bool foreign = own_place_.find(' ') != std::string::npos && tail.text.find(' ') != std::string::npos &&
                           (tail.text.starts_with("xã ") || tail.text.starts_with("phường ")) &&
                           ToLower(tail.text) != own_place_;
      const bool commune = tail.text == "xã" || tail.text == "phường" || tail.text.starts_with("xã ") ||
                           tail.text.starts_with("phường ") || tail.text.starts_with("thị trấn") || tail.text.empty();
      if (last.keeps_level || !commune || foreign) {
        for (std::size_t k = 0; k < out.units.size(); ++k) {
          UnitName& member = out.units[k];
          // A list of councils shares the tail of its last.
          const bool shares = member.keeps_level && commune && !member.collective && !NamesLevel(member.name);
          const bool told = member.name.ends_with(" " + tail.text);  // a long form brought it along
          if ((k + 1 == out.units.size() || shares) && !told) member.name += " " + tail.text;
        }
      } else if (commune) {
        for (std::size_t k = 0; k < fresh; ++k) {
          UnitName& member = out.units[k];
          if (member.keeps_level && !NamesLevel(member.name)) member.name += " " + tail.text;
        }
        UnitName& first = out.units[fresh];
        if (first.keeps_level && fresh + 1 < out.units.size() && !NamesLevel(first.name)) first.name += " " + tail.text;
      }
      last.last = tail.last;
      end = tail.last;
    }
    out.last = end;
    // A bracket behind a name is a remark: "Công an xã (thường trực)".
    std::size_t next = end;
    if (IsAny(words, next, {"("})) {
      std::size_t close = next;
      while (close < words.size() && words[close].key != ")" && close < next + 8) ++close;
      if (close < words.size() && words[close].key == ")") {
        next = close + 1;
      }
    }
    if (!IsAny(words, next, {",", "và", ";", "cùng", "&", "/", "-"})) break;
    const bool cung = words[next].key == "cùng";
    ++next;
    if (cung && IsAny(words, next, {"với"})) ++next;
    if (IsAny(words, next, {"và"})) ++next;
    if (IsAny(words, next, {"đề"}) && IsAny(words, next + 1, {"nghị"})) next += 2;
    if (next >= words.size()) break;
    // "…, các thôn": the next unit must begin here, or the list ends.
    i = next;
    if (out.units.size() >= kLongestList && BeginsUnit(words, i)) cut_ = true;
  }
  return out;
}

// The name as it is compared: the Fatherland Front is one body, whether "Ủy ban" and "Việt Nam" are said or not.
std::string UnitRegistry::KeyOfName(const std::string& name) {
  const std::vector<KeyWord> words = KeyWords(name);
  std::string key = KeyOf(words, words.size());
  constexpr std::string_view kCommittee = "ủy ban mặt trận tổ quốc", kFront = "mặt trận tổ quốc việt nam";
  if (key.starts_with(kCommittee)) key.erase(0, kCommittee.find("mặt"));
  if (key.starts_with(kFront)) key.erase(kFront.find(" việt"), kFront.size() - kFront.find(" việt"));
  return key;
}

// "… tỉnh", "… xã", "Ủy ban Kiểm tra Tỉnh ủy": the level's own name may follow.
bool UnitRegistry::EndsInLevel(const std::string& key) {
  static constexpr std::array<std::string_view, 9> kTails = {
      " tỉnh", " huyện", " thành phố", " xã", " thị trấn", " phường", " tỉnh ủy", " huyện ủy", " khu vực"};
  return std::ranges::any_of(kTails, [&](std::string_view tail) { return key.ends_with(tail); });
}

// Whether the words `rest` (in small letters) at the end of `name` have capitals.
bool UnitRegistry::IsProperName(const std::string& name, const std::string& rest) {
  const std::vector<KeyWord> words = KeyWords(name);
  const std::size_t count = KeyWords(rest).size();
  return count > 0 && count < words.size() &&
         std::all_of(words.end() - static_cast<std::ptrdiff_t>(count), words.end(),
                     [](const KeyWord& word) { return word.capital; });
}

std::string UnitRegistry::Add(const std::string& name, bool collective, const std::string& role, ByteSpan mention) {
  std::string full = name;
  std::string key = KeyOfName(full);
  for (const std::string& own : own_bodies_) {
    const std::string own_key = KeyOfName(own);
    if (!EndsInLevel(key) || !own_key.starts_with(key + " ")) continue;
    full = own;
    key = own_key;
    break;
  }
  if (!issuer_.empty()) {
    const std::string issuer_key = KeyOfName(issuer_);
    if (issuer_key.starts_with(key) && key.starts_with("ủy ban nhân dân") &&
        (key == "ủy ban nhân dân" || key.ends_with(" xã") || key.ends_with(" phường"))) {
      full = issuer_;
      key = issuer_key;
    }
  }
  auto found = by_key_.find(key);
  if (found == by_key_.end()) {
    // "Sở Y tế" and "Sở Y tế tỉnh Nghệ An"; "Đoàn Thanh niên" and "Đoàn Thanh niên xã".
    // What begins with one of them and a blank: the beginnings of this key, then what follows it in the order of keys.
    std::vector<std::map<std::string, std::size_t>::iterator> near;
    for (std::size_t blank = key.find(' '); blank != std::string::npos; blank = key.find(' ', blank + 1)) {
      if (const auto it = by_key_.find(key.substr(0, blank)); it != by_key_.end()) near.push_back(it);
    }
    for (auto it = by_key_.lower_bound(key + " "); it != by_key_.end() && it->first.starts_with(key + " "); ++it)
      near.push_back(it);
    for (const auto it : near) {
      const std::string& other = it->first;
      const std::string& longer = other.size() > key.size() ? other : key;
      const std::string& shorter = other.size() > key.size() ? key : other;
      const std::string rest = longer.substr(shorter.size() + 1);
      const bool level = rest == "xã" || rest == "phường" || rest == "thị trấn" || rest == "tỉnh" ||
                         rest == "thành phố" || rest.starts_with("xã ") || rest.starts_with("tỉnh ") ||
                         rest.starts_with("thành phố ") || rest.starts_with("phường ");
      // "Ủy ban nhân dân tỉnh" and "Ủy ban nhân dân tỉnh Điện Biên": what the level is called.
      if (EndsInLevel(shorter) && IsProperName(other.size() > key.size() ? units_[it->second].name : full, rest)) {
        found = it;
        if (other.size() < key.size()) units_[it->second].name = full;
        break;
      }
      const bool province = rest.starts_with("tỉnh") || rest.starts_with("thành phố");
      if (province && !shorter.starts_with("sở ")) continue;
      if (level && !shorter.starts_with("công an") && shorter != "ủy ban nhân dân" && shorter != "hội đồng nhân dân") {
        found = it;
        // "Mặt trận Tổ quốc" of the text is "Ủy ban Mặt trận Tổ quốc thị trấn" of the recipients.
        if (other.size() < key.size() && key.starts_with("mặt trận")) units_[it->second].name = full;
        break;
      }
    }
  }
  if (found == by_key_.end()) {
    units_.push_back({.id = "u" + std::to_string(units_.size() + 1),
                      .name = full,
                      .collective = collective,
                      .roles = {},
                      .mentions = {}});
    found = by_key_.emplace(key, units_.size() - 1).first;
  }
  Unit& unit = units_[found->second];
  by_key_.emplace(key, found->second);
  if (std::ranges::find(unit.roles, role) == unit.roles.end()) unit.roles.push_back(role);
  if (!mention.empty() && mentions_.emplace(found->second, mention.begin, mention.end).second)
    unit.mentions.push_back(mention);
  return unit.id;
}

const std::string& UnitRegistry::NameOf(const std::string& id) const {
  return units_[static_cast<std::size_t>(std::stoi(id.substr(1)) - 1)].name;
}

void UnitRegistry::SetIssuer(const std::string& name) { issuer_ = name; }

void UnitRegistry::AddOwnBody(const std::string& name) { own_bodies_.push_back(name); }

}  // namespace hoidau
