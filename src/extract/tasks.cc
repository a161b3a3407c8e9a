#include "extract/tasks.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <map>
#include <optional>
#include <ranges>
#include <set>
#include <string>
#include <utility>

#include "extract/events.h"
#include "extract/key_lines.h"
#include "extract/schedules.h"
#include "text/unicode.h"

namespace hoidau {
namespace {

using Tables = ExtractRules::Tables;

bool IsSign(const KeyWord& word) { return word.kind == WordKind::kSign; }

// What a section hands down to the items under it.
struct Inherited {
  UnitList units;                 // of the heading
  std::vector<UnitName> helpers;  // whom it calls to help
  const BlockReading* reading = nullptr;
  bool requested = false;
};

class TaskReader {
 public:
  TaskReader(const Outline& outline, const std::vector<BlockReading>& readings, const Tables& rules,
             const UnitReader& units, UnitRegistry& registry, Record& record)
      : outline_(outline),
        readings_(readings),
        rules_(rules),
        units_(units),
        registry_(registry),
        record_(record),
        times_(ReadSectionTimes(outline, readings, rules)),
        events_(ReadEvents(outline, readings, times_, rules, units, record)),
        key_lines_(outline, readings, rules, units),
        letter_(HasNoSections(outline)),
        sections_(outline.nodes.size()),
        topics_(outline.nodes.size()),
        past_(SectionsOfThePast(outline, rules)) {}

  void Run() {
    ReadHeadings();
    FindTopics();
    for (std::size_t b = 0; b < readings_.size(); ++b) {
      const BlockReading& r = readings_[b];
      switch (r.block->kind) {
        case BlockKind::kParagraph:
        case BlockKind::kBullet:
          if (IsTail(b)) {
            Closing(r);
            break;
          }
          if (events_.items[b] == EventItem::kProgramme || IsGathering(b)) break;
          Item(b);
          break;
        case BlockKind::kTableRow:
          if (!r.block->header_row && !r.cells.empty() && events_.items[b] == EventItem::kNone) Row(r);
          break;
        case BlockKind::kHeading:
          loose_ = r.block->section < 0;
          lead_in_ = {};
          break;
        case BlockKind::kClosing:
          Closing(r);
          break;
        default:
          break;
      }
    }
    TimesFromEvents();
  }

 private:
  const OutlineNode& Node(int index) const { return outline_.nodes[static_cast<std::size_t>(index)]; }
  // A paragraph that opens the bullets behind it: "Tháng 9/2026", "Các thôn thực hiện:".
  struct LeadIn {
    const BlockReading* reading = nullptr;  // null: none
    int section = -1;
    std::string mark;  // of a bullet that opens bullets of another mark
    UnitList units;
    bool asked = false;
    const FoundDate* date = nullptr;

    bool Holds(const BlockReading& item) const {
      return reading != nullptr && item.block->section == section && item.block->kind == BlockKind::kBullet &&
             item.block->label != mark;
    }
  };
  const SectionTime& TimeOf(int index) const { return times_.of[static_cast<std::size_t>(index)]; }
  Inherited& SectionOf(int index) { return sections_[static_cast<std::size_t>(index)]; }

  // --- Headings -------------------------------------------------------------------------------------------------

  // "Một là, …", "Thứ hai, về nước: …" at the head of an item: the word behind.
  std::size_t SkipOrdinal(const BlockReading& r) const {
    static constexpr std::array<std::string_view, 12> kOrdinals = {"nhất", "một", "hai", "ba",  "bốn",  "tư",
                                                                   "năm",  "sáu", "bảy", "tám", "chín", "mười"};
    const auto ordinal = [&](std::size_t at) {
      return at < r.words.size() && std::ranges::find(kOrdinals, r.words[at].key) != kOrdinals.end();
    };
    if (r.words.size() < 4 || !r.words[0].capital) return 0;
    // "Bước 2: …"
    if (r.Is(0, "bước") && r.words[1].kind == WordKind::kNumber && r.Is(2, ":")) return 3;
    std::size_t at = 0;
    if (ordinal(0) && r.Is(1, "là"))
      at = 2;
    else if (r.Is(0, "thứ") && ordinal(1))
      at = 2;
    if (at == 0 || !(r.Is(at, ",") || r.Is(at, ":") || r.Is(at, "."))) return 0;
    ++at;
    if (!r.Is(at, "về")) return at;
    for (std::size_t k = at + 1; k < std::min(r.words.size(), at + 10); ++k) {
      if (r.words[k].key == ":") return k + 1;
    }
    return at;
  }

  // Words before the unit of a heading or an item: "Đề nghị", "Giao", "Yêu cầu", "Đối với"; what they say.
  std::size_t SkipOpening(const BlockReading& r, bool& asked, bool& given) const {
    std::size_t i = SkipOrdinal(r);
    if (r.Is(i, "riêng")) ++i;
    for (int k = 0; k < 2; ++k) {
      if (r.Is(i, "đề") && r.Is(i + 1, "nghị")) {
        asked = true;
        i += 2;
      } else if (r.Is(i, "yêu") && r.Is(i + 1, "cầu")) {
        given = true;
        i += 2;
      } else if (r.Is(i, "giao") && !r.Is(i + 1, "lưu") && !r.Is(i + 1, "thông")) {
        given = true;
        ++i;
        if (r.Is(i, "cho")) ++i;
      } else if (r.Is(i, "đối") && r.Is(i + 1, "với")) {
        given = true;
        i += 2;
      } else if (r.Is(i, "mời") && i + 1 < r.words.size() && r.words[i + 1].capital) {
        given = true;
        ++i;
      } else if (((r.Is(i, "trách") && r.Is(i + 1, "nhiệm")) || (r.Is(i, "nhiệm") && r.Is(i + 1, "vụ"))) &&
                 r.Is(i + 2, "của")) {
        given = true;
        i += 3;
      }
    }
    return i;
  }

  void ReadHeadings() {
    for (const BlockReading& r : readings_) {
      if (r.block->kind != BlockKind::kHeading || r.block->section < 0) continue;
      const OutlineNode& node = Node(r.block->section);
      Inherited& section = SectionOf(r.block->section);
      section.reading = &r;
      if (node.role == "unit") {
        bool given = false;
        const std::size_t at = SkipOpening(r, section.requested, given);
        section.units = units_.ReadList(r.block->text, r.words, at);
        // "Các chủ rừng (Ban Quản lý rừng phòng hộ, Công ty Lâm nghiệp)": which they are.
        if (const UnitList& list = section.units; list.units.size() == 1 && list.units.front().collective) {
          std::size_t open = list.last;
          while (open > 0 && open < r.words.size() && r.words[open].key != "(" && open < list.last + 4) ++open;
          if (r.Is(open, "(")) {
            UnitList named = units_.ReadList(r.block->text, r.words, open + 1);
            if (named.units.size() > 1 && r.Is(named.last, ")")) section.units = std::move(named);
          }
        }
        SplitRoles(r, section);
        if (section.units.units.empty()) section.units = ReadOffice(r, at);
        const bool inherited = node.parent >= 0 && Node(node.parent).role == "unit";
        if (section.units.units.empty() && node.title && !inherited && !rules_.verbs.Longest(r.words, 0)) {
          // A heading that the rules of segmentation took for a unit is one, under its printed name.
          std::size_t last = r.words.size();
          while (last > at && IsSign(r.words[last - 1])) --last;
          if (last > at) {
            UnitName unit{.name = units_.FullName(r.TextOf(at, last)),
                          .collective = false,
                          .keeps_level = false,
                          .first = at,
                          .last = last};
            section.units = {.units = {unit}, .last = last};
          }
        }
      }
    }
  }

  // "Công an xã (chủ trì), Ban Chỉ huy Quân sự xã (phối hợp)", "Phòng Kinh tế chủ trì, Phòng Văn hóa - Xã hội phối
  // hợp": who helps by the heading.
  void SplitRoles(const BlockReading& r, Inherited& section) const {
    const auto role_at = [&](std::size_t at, const char* first, const char* second) {
      const std::size_t word = r.Is(at, "(") ? at + 1 : at;
      if (!r.Is(word, first) || !r.Is(word + 1, second)) return std::size_t{0};
      return word + 2 + (r.Is(word + 2, ")") ? 1 : 0);
    };
    std::vector<UnitName>& leads = section.units.units;
    if (leads.empty()) return;
    const auto ends_in = [&](std::size_t at, const char* first, const char* second) {
      const std::size_t end = role_at(at, first, second);
      return end > 0 && (end >= r.words.size() || IsSign(r.words[end]));
    };
    if (std::size_t end = role_at(section.units.last, "chủ", "trì"); end > 0 && end < r.words.size()) {
      if (IsSign(r.words[end])) ++end;
      UnitList beside = units_.ReadList(r.block->text, r.words, end);
      if (!beside.units.empty() && ends_in(beside.last, "phối", "hợp")) section.helpers = std::move(beside.units);
    }
    // "A (chủ trì), B, C (phối hợp)": all behind the last that leads.
    std::size_t first = leads.size(), last = 0;  // helpers [first, last)
    bool led = false;
    for (std::size_t k = 0; k < leads.size(); ++k) {
      if (ends_in(leads[k].last, "chủ", "trì")) {
        led = true;
        first = k + 1;
      }
      if (k == 0 || !ends_in(leads[k].last, "phối", "hợp")) continue;
      if (!led) first = std::min(first, k);
      last = k + 1;
    }
    if (first >= last) return;
    const auto from = leads.begin() + static_cast<std::ptrdiff_t>(first);
    const auto to = leads.begin() + static_cast<std::ptrdiff_t>(last);
    section.helpers.insert(section.helpers.begin(), from, to);
    leads.erase(from, to);
  }

  // --- Dates ----------------------------------------------------------------------------------------------------

  // The own date of an item that says when the action takes place.
  const FoundDate* OwnDate(const BlockReading& r) const {
    const FoundDate* duration = nullptr;  // counts where nothing else says when
    for (std::size_t d = 0; d < r.dates.size(); ++d) {
      const FoundDate& date = r.dates[d];
      const DateValue& v = date.value;
      if (v.in_name || r.cited[d] || v.kind == "annual" || IsPast(v)) continue;
      const std::string before = date.first > 0 ? r.words[date.first - 1].key : std::string();
      if (v.kind == "duration" && before != "trong" && before != "vòng" && before != "quá" && before != "suốt" &&
          before != "tục" && !r.Is(date.last, "liên") && !r.Is(date.last, "liền"))
        continue;
      // "sinh năm 1975", not "nhà vệ sinh trước ngày …"; "đạt 100 % kế hoạch trước ngày 31/10/2025" says by when.
      const bool by = r.Is(date.first, "trước") || r.Is(date.first, "chậm");
      if ((before == "sinh" && r.words[date.first].key == "năm") || before == "với" ||
          (!by && EndsPhrase(r, date.first)))
        continue;
      const bool term = v.kind == "range" && v.start && v.start->size() == 4 && r.words[date.first].key == "nhiệm";
      if (term) continue;
      // "trong 24 giờ" tells how fast, where nothing else says when.
      if (v.kind == "duration" && (before == "quá" || v.value.value_or("").starts_with("PT"))) {
        if (duration == nullptr) duration = &date;
        continue;
      }
      // "kế hoạch năm 2026, trình ký trước ngày 31/12/2025": the year tells which plan where a term follows.
      if (NamesYear(r, date) && std::any_of(r.dates.begin() + static_cast<std::ptrdiff_t>(d) + 1, r.dates.end(),
                                            [&](const FoundDate& later) { return SaysByWhen(r, later); }))
        continue;
      return &date;
    }
    return duration;
  }

  // "so với | năm 2024": a phrase before a date that makes it no time of an action.
  bool EndsPhrase(const BlockReading& r, std::size_t date) const {
    constexpr std::size_t kLongest = 4;  // words
    for (std::size_t n = 1; n <= std::min(kLongest, date); ++n) {
      const auto match = rules_.before_dates.Longest(r.words, date - n);
      if (match && match->words == n) return true;
    }
    return false;
  }

  // "… năm 2026" behind a noun: a year without "trong", "đến", "từ".
  static bool NamesYear(const BlockReading& r, const FoundDate& date) {
    static constexpr std::array<std::string_view, 7> kWhen = {"trong", "ngay", "suốt", "vào", "cả", ",", "("};
    return date.value.kind == "year" && date.first > 0 && r.Is(date.first, "năm") &&
           std::ranges::find(kWhen, r.words[date.first - 1].key) == kWhen.end();
  }

  // "trước ngày 31/12/2025", "xong trong tháng 11": a term.
  static bool SaysByWhen(const BlockReading& r, const FoundDate& date) {
    const DateValue& v = date.value;
    return !v.in_name && (v.kind == "before" || (v.kind == "day" && date.first > 0 && !r.Is(date.first - 1, "số")));
  }

  // What was over before the document was written is no time of a task.
  bool IsPast(const DateValue& v) const {
    const auto& own = record_.metadata.date;
    if (!own || !own->value || own->kind != "day") return false;
    if (v.kind == "after" && v.value) {  // "từ năm 2026" of a plan of March 2026 is not past
      const std::string from = v.value->substr(0, v.value->find('/'));
      return from < own->value->substr(0, from.size()) && !v.resolved;
    }
    const OptionalString due = DueOf(v);
    return due && *due < *own->value;
  }

  // The date that an item takes from above: its heading's, or a schedule's under the same parent.
  const FoundDate* GivenDate(const BlockReading& r, int section, std::string& from, const BlockReading*& reading) {
    if (lead_in_.Holds(r) && lead_in_.date != nullptr) {
      from = "heading";
      reading = lead_in_.reading;
      return lead_in_.date;
    }
    const KeyLines* lines = key_lines_.Of(static_cast<std::size_t>(&r - readings_.data()), section);
    if (lines != nullptr && lines->date != nullptr) {
      from = "schedule";
      reading = lines->date_reading;
      return lines->date;
    }
    for (int n = section; n >= 0; n = Node(n).parent) {
      if (const FoundDate* date = TimeOf(n).date) {
        from = "heading";
        reading = SectionOf(n).reading;
        return date;
      }
    }
    for (int n = section; n >= 0; n = Node(n).parent) {
      const SectionTime& s = TimeOf(n);
      if (s.schedule != nullptr) {
        from = "schedule";
        reading = s.schedule_reading;
        return s.schedule;
      }
    }
    return nullptr;
  }

  // --- Items ----------------------------------------------------------------------------------------------------

  bool UnderRole(int section, std::initializer_list<std::string_view> roles) const {
    for (int n = section; n >= 0; n = Node(n).parent) {
      if (std::ranges::find(roles, Node(n).role) != roles.end()) return true;
    }
    return false;
  }

  // The unit that an item opens with as its subject.
  struct Subject {
    UnitList list;
    std::size_t action = 0;  // the word where the action begins
    bool asked = false;
  };
  // "1. Văn phòng HĐND và UBND xã | ban hành đề cương trước ngày 10/10": a point that says who acts and at once what he
  // does. What comes round, "1. Chủ tịch tiếp dân sáng thứ Hai hằng tuần", is a timetable.
  bool HasDuty(const BlockReading& r, const Subject& subject) const {
    const std::size_t verb = subject.list.last;
    if (subject.list.units.empty() || subject.action != 0 || r.block->label.empty() ||
        r.block->kind != BlockKind::kParagraph || verb >= r.words.size() || r.words[verb].capital)
      return false;
    const FoundDate* date = OwnDate(r);
    return rules_.verbs.Longest(r.words, verb) && (date == nullptr || date->value.kind != "recurring");
  }

  // `lead`: words of a lead-in before it.
  Subject ReadSubject(const BlockReading& r, std::size_t lead = 0) const {
    Subject subject;
    bool given = false;
    std::size_t at = lead > 0 ? lead : SkipOpening(r, subject.asked, given);
    // "Từ ngày 01/3/2026, Ủy ban nhân dân xã dùng …", "Từ 01/6 - 15/8: Các chi đoàn ra quân"
    if (at == 0 && !r.dates.empty() && r.dates.front().first == 0)
      at = r.dates.front().last + (r.Is(r.dates.front().last, ",") || r.Is(r.dates.front().last, ":") ? 1 : 0);
    if (at >= r.words.size()) return subject;
    UnitList list = units_.ReadList(r.block->text, r.words, at);
    if (list.units.empty()) list = ReadOffice(r, at);
    if (list.units.empty() && (given || subject.asked)) list = ReadUnknown(r, at);
    if (list.units.empty() && at == 0) list = ReadDutyBearer(r);
    if (list.units.empty() && at == 0) {
      at = SkipCircumstance(r);
      if (at > 0) list = units_.ReadList(r.block->text, r.words, at);
      // Behind a circumstance only a verb that is known makes a subject.
      if (!list.units.empty() &&
          (list.units.front().first != at || list.last >= r.words.size() || r.words[list.last].capital ||
           !(rules_.verbs.Longest(r.words, list.last) || r.Is(list.last, "không"))))
        list.units.clear();
    }
    if (list.units.empty()) {
      subject.asked = false;
      return subject;
    }
    std::size_t after = list.last;
    if (r.Is(after, "(")) {
      while (after < r.words.size() && r.words[after].key != ")") ++after;
      if (after < r.words.size()) ++after;
    }
    if (r.Is(after, ":")) {
      subject.list = std::move(list);
      subject.action = after + 1;
      return subject;
    }
    // As a grammatical subject it is followed by its verb, at once or behind a short phrase; the article that charges
    // all of a decision may list many before.
    bool verb = given || subject.asked ||
                r.block->text.find("chịu trách nhiệm thi hành", r.words[after - 1].span.end) != std::string::npos;
    // A name at the very beginning with a small word behind it is a subject, whatever the verb.
    static constexpr std::array<std::string_view, 14> kNoVerbs = {"của", "là",    "được", "về",  "tại", "trong", "và",
                                                                  "có",  "thuộc", "trên", "với", "cho", "ở",     "như"};
    if (r.Is(after, "là") && (r.Is(after + 1, "cơ") || r.Is(after + 1, "đầu") || r.Is(after + 1, "thường")))
      verb = true;
    if (after < r.words.size() && r.words[at].capital && r.words[after].kind == WordKind::kWord &&
        !r.words[after].capital && (!list.units.front().collective || at == 0) &&
        std::ranges::find(kNoVerbs, r.words[after].key) == kNoVerbs.end()) {
      verb = true;
    }
    for (std::size_t k = after; !verb && k < std::min(r.words.size(), after + 14); ++k) {
      if (k == after && (r.Is(k, "của") || r.Is(k, "là") || r.Is(k, "được") || r.Is(k, "-") || r.Is(k, "về"))) break;
      if (IsSign(r.words[k]) && r.words[k].key != "(" && r.words[k].key != ")" && r.words[k].key != ",") break;
      if (!r.words[k].capital && rules_.verbs.Longest(r.words, k)) verb = true;
    }
    if (!verb) {
      subject.asked = false;
      return subject;
    }
    subject.list = std::move(list);
    // "UBND xã giao Tổ thú y tiêm …": who is charged acts.
    if (r.Is(after, "giao") || (r.Is(after, "đề") && r.Is(after + 1, "nghị"))) {
      const bool asks = r.Is(after, "đề");
      UnitList charged = units_.ReadList(r.block->text, r.words, after + (asks ? 2 : r.Is(after + 1, "cho") ? 2 : 1));
      if (!charged.units.empty() && charged.last < r.words.size() && !r.words[charged.last].capital) {
        subject.list = std::move(charged);
        subject.asked = asks;
      }
    }
    return subject;
  }

  // The words at words[at] that are of this kind, 0 for none.
  std::size_t PeopleAt(const std::vector<KeyWord>& words, std::size_t at, PeopleWord kind) const {
    const auto match = rules_.people.Longest(words, at);
    return match && static_cast<PeopleWord>(match->value) == kind ? match->words : 0;
  }

  // "Người có nghĩa vụ kê khai | tự viết …", "Chủ sử dụng đất | có trách nhiệm …": people at the head of an item, by
  // whatever makes them so, up to what they must.
  UnitList ReadDutyBearer(const BlockReading& r) const {
    constexpr std::size_t kLongest = 8;  // words
    if (r.words.empty() || !r.words[0].capital || r.words[0].all_caps || !PeopleAt(r.words, 0, PeopleWord::kBearer))
      return {};
    for (std::size_t k = 1; k < std::min(r.words.size(), kLongest); ++k) {
      if (r.words[k].kind != WordKind::kWord) return {};
      const bool must = r.Is(k, "phải") || (r.Is(k, "có") && r.Is(k + 1, "trách")) ||
                        (r.Is(k, "chịu") && r.Is(k + 1, "trách")) || r.Is(k, "tự") || r.Is(k, "cần");
      if (!must || k < 2) continue;
      UnitName unit{
          .name = units_.FullName(r.TextOf(0, k)), .collective = true, .keeps_level = false, .first = 0, .last = k};
      return {.units = {std::move(unit)}, .last = k};
    }
    return {};
  }

  // "đề nghị | Viễn thông Đồng Nai | thu hồi …": a body that no table knows, by its capitals.
  UnitList ReadUnknown(const BlockReading& r, std::size_t at) const {
    std::size_t end = at, capitals = 0;
    while (end < r.words.size() && r.words[end].kind == WordKind::kWord && end < at + 10) {
      if (r.words[end].capital)
        ++capitals;
      else if (end == at || !r.words[end - 1].capital)  // "Viễn | thông": the second syllable of a word
        break;
      ++end;
    }
    while (end > at && !r.words[end - 1].capital) --end;
    if (capitals < 2 || end >= r.words.size() || r.words[end].kind != WordKind::kWord) return {};
    return {.units = {{.name = units_.FullName(r.TextOf(at, end)),
                       .collective = false,
                       .keeps_level = false,
                       .first = at,
                       .last = end}},
            .last = end};
  }

  // "Trường hợp hai nhà trùng ngày, Trưởng thôn …", "Về phía địa phương, Trạm Y tế …": the word behind the comma.
  std::size_t SkipCircumstance(const BlockReading& r) const {
    if (!rules_.circumstances.Longest(r.words, 0)) return 0;
    constexpr std::size_t kLongest = 14;  // words
    for (std::size_t k = 1; k + 1 < std::min(r.words.size(), kLongest); ++k) {
      if (r.words[k].key == "," && r.words[k + 1].kind == WordKind::kWord) return k + 1;
      if (IsSign(r.words[k]) && r.words[k].key != "-") return 0;
    }
    return 0;
  }

  // The office of the issuer alone, "Hiệu trưởng", "Đồng chí Phó Chủ tịch": it stands for the issuer.
  UnitList ReadOffice(const BlockReading& r, std::size_t at) const {
    const OptionalString& issuer = record_.metadata.issuer.name;
    if (!issuer || at >= r.words.size() || !r.words[at].capital) return {};
    // "Thường trực | giao ban với các Ban": that of the council or the Party committee that issues.
    if (r.Is(at, "thường") && r.Is(at + 1, "trực") && at + 2 < r.words.size() && !r.words[at + 2].capital &&
        rules_.verbs.Longest(r.words, at + 2)) {
      const std::string level = record_.metadata.issuer.place.name.value_or("xã");
      for (const std::string_view body : {"Hội đồng nhân dân", "Đảng ủy"}) {
        if (issuer->starts_with(body))
          return {.units = {{.name = "Thường trực " + std::string(body) + " " + level.substr(0, level.find(' ')),
                             .collective = false,
                             .keeps_level = true,
                             .first = at,
                             .last = at + 2}},
                  .last = at + 2};
      }
    }
    std::size_t end = at;
    if (r.Is(end, "đồng") && r.Is(end + 1, "chí")) end += 2;
    const std::size_t office = PeopleAt(r.words, end, PeopleWord::kOffice);
    end += office;
    if (office == 0 || (end < r.words.size() && r.words[end].capital)) return {};
    return {.units = {{.name = *issuer, .collective = false, .keeps_level = true, .first = at, .last = end}},
            .last = end};
  }

  // "yêu cầu các phòng, ban … và đề nghị Ủy ban MTTQ …" within the first sentence of an item.
  UnitList ReadCharged(const BlockReading& r, bool& asked, bool& ordered) const {
    UnitList out;
    for (std::size_t i = 1; i + 2 < r.words.size() && i < 60; ++i) {
      // A sentence of its own may begin with the charge: "Đồng ý … . Giao Phòng Kinh tế …".
      const bool charges = r.Is(i + 1, "giao") || r.Is(i + 1, "yêu") || r.Is(i + 1, "đề");
      if (r.words[i].key == "." && r.words[i].span.end < r.block->text.size() && r.words[i + 1].capital && !charges)
        break;
      const bool demand = r.Is(i, "yêu") && r.Is(i + 1, "cầu");
      const bool ask = r.Is(i, "đề") && r.Is(i + 1, "nghị");
      const bool hands = r.Is(i - 1, "bàn") || r.Is(i - 1, "chuyển");  // "bàn giao cho tổ vận hành"
      const bool give = r.Is(i, "giao") && !r.Is(i + 1, "lưu") && !r.Is(i + 1, "thông") && !hands;
      if (!demand && !ask && !give) continue;
      const UnitList list =
          units_.ReadList(r.block->text, r.words, i + (give ? 1 : 2) + (give && r.Is(i + 1, "cho") ? 1 : 0));
      if (list.units.empty()) continue;
      if (r.Is(list.last, "của")) continue;
      (ask ? asked : ordered) = true;
      out.units.insert(out.units.end(), list.units.begin(), list.units.end());
      out.last = list.last;
      i = list.last - 1;
      // "… và đề nghị X" inside the list was read with it.
      for (std::size_t k = list.units.front().first; k < list.last; ++k) {
        if (r.Is(k, "đề") && r.Is(k + 1, "nghị")) asked = true;
      }
    }
    return out;
  }

  UnitList ReadCoordinate(const BlockReading& r) const {
    UnitList out;
    for (std::size_t i = 0; i + 2 < r.words.size(); ++i) {
      const bool beside =
          r.Is(i, "chủ") && r.Is(i + 1, "trì") && (r.Is(i + 2, "cùng") || (r.Is(i + 2, ",") && r.Is(i + 3, "cùng")));
      // "với sự tham gia của Đoàn Thanh niên", "có sự hỗ trợ của …"; "Cùng Trạm Y tế …" at the head of an item.
      const bool joined = r.Is(i, "sự") && (r.Is(i + 1, "tham") || r.Is(i + 1, "phối") || r.Is(i + 1, "hỗ") ||
                                            r.Is(i + 1, "giúp") || r.Is(i + 1, "chứng"));
      const bool together = i == 0 && r.Is(i, "cùng");
      if (joined || together) {
        std::size_t k = i + (together ? 1 : 3);
        if (r.Is(k, "của") || r.Is(k, "với")) ++k;
        const UnitList list = units_.ReadList(r.block->text, r.words, k);
        if (list.units.empty() || (together && list.units.front().collective)) continue;
        out.units.insert(out.units.end(), list.units.begin(), list.units.end());
        i = std::max(i, list.last - 1);
        continue;
      }
      if (!beside && !(r.Is(i, "phối") && r.Is(i + 1, "hợp"))) continue;
      std::size_t at = i + 2;
      if (r.Is(at, "chặt") && r.Is(at + 1, "chẽ")) at += 2;
      if (r.Is(at, ",")) ++at;
      if (r.Is(at, "với") || r.Is(at, "cùng")) ++at;
      if (r.Is(at, "với")) ++at;
      const UnitList list = units_.ReadList(r.block->text, r.words, at);
      out.units.insert(out.units.end(), list.units.begin(), list.units.end());
      i = std::max(i, list.last > 0 ? list.last - 1 : i);
    }
    return out;
  }

  // "… (Công an xã chủ trì; các thôn phối hợp)." at the end of an item: who leads and who helps.
  struct Bracket {
    std::vector<UnitName> leads, helpers;
  };
  Bracket ReadBracket(const BlockReading& r) const {
    std::size_t close = r.words.size();
    while (close > 0 && IsSign(r.words[close - 1]) && r.words[close - 1].key != ")") --close;
    if (close == 0) return {};
    // A short phrase may follow: "(… phối hợp), trước kỳ họp".
    for (std::size_t k = close; k-- > 0 && close - k < 14;) {
      if (r.words[k].key == ")") {
        close = k;
        break;
      }
    }
    if (close >= r.words.size() || r.words[close].key != ")") return {};
    std::size_t open = close;
    while (open > 0 && r.words[open].key != "(") --open;
    if (r.words[open].key != "(" || open == 0) return {};
    std::size_t at = open + 1;
    if (r.Is(at, "giao") || r.Is(at, "do")) ++at;
    // "(Chủ trì: Công an xã; phối hợp: trưởng các thôn; thời gian: …)"
    if (const auto key = rules_.column_keys.Longest(r.words, at); key && r.Is(at + key->words, ":")) {
      Bracket keyed;
      while (at < close) {
        const auto next = rules_.column_keys.Longest(r.words, at);
        std::size_t end = at;
        while (end < close && r.words[end].key != ";") ++end;
        if (next && r.Is(at + next->words, ":")) {
          const auto kind = static_cast<ColumnKey>(next->value);
          const Bracket actors = ReadActors(r, at + next->words + 1, end, true);
          auto& side = kind == ColumnKey::kCoordinate ? keyed.helpers : keyed.leads;
          if (kind == ColumnKey::kLead || kind == ColumnKey::kCoordinate || kind == ColumnKey::kBoth)
            side.insert(side.end(), actors.leads.begin(), actors.leads.end());
        }
        at = end + 1;
      }
      return keyed;
    }
    return ReadActors(r, at, close, false);
  }

  // "… Người thực hiện: Ban Phát triển thôn.", "… Phân công: Đoàn Thanh niên chủ trì, các đoàn thể phối hợp.": a
  // sentence of an item that names who acts.
  Bracket ReadKeySentence(const BlockReading& r) const {
    Bracket out;
    for (std::size_t i = 2; i + 2 < r.words.size(); ++i) {
      if ((r.words[i - 1].key != "." && r.words[i - 1].key != ";") || !r.words[i].capital) continue;
      const auto key = rules_.column_keys.Longest(r.words, i);
      if (!key || !r.Is(i + key->words, ":")) continue;
      const auto kind = static_cast<ColumnKey>(key->value);
      if (kind != ColumnKey::kLead && kind != ColumnKey::kBoth && kind != ColumnKey::kCoordinate) continue;
      const std::size_t at = i + key->words + 1;
      std::size_t end = at;
      while (end < r.words.size() &&
             !(r.words[end].key == "." && (end + 1 == r.words.size() || r.words[end + 1].capital)))
        ++end;
      Bracket actors = ReadActors(r, at, end, true);
      if (kind == ColumnKey::kBoth && actors.helpers.empty() && actors.leads.size() > 1) {
        actors.helpers.assign(actors.leads.begin() + 1, actors.leads.end());
        actors.leads.resize(1);
      }
      auto& first = kind == ColumnKey::kCoordinate ? out.helpers : out.leads;
      first.insert(first.end(), actors.leads.begin(), actors.leads.end());
      out.helpers.insert(out.helpers.end(), actors.helpers.begin(), actors.helpers.end());
      i = end;
    }
    return out;
  }

  // Who acts and who helps among words[at, close). `known`: the words name nothing else, so that an unknown name counts
  // and what a unit does is no remark.
  Bracket ReadActors(const BlockReading& r, std::size_t at, std::size_t close, bool known) const {
    Bracket out;
    const auto helping = [&](std::size_t k) { return r.Is(k, "phối") && r.Is(k + 1, "hợp"); };
    bool keyed = false;  // "Chủ trì: Phòng Kinh tế; phối hợp: các tổ dân phố"
    while (at < close) {
      if (known && helping(at) && r.Is(at + 2, ":")) {
        keyed = true;
        at += 3;
      }
      const bool with = helping(at) && (r.Is(at + 2, "với") || r.Is(at + 2, "cùng"));
      UnitList list = units_.ReadList(r.block->text, r.words, with ? at + 3 : at);
      if (known && list.units.empty()) list = ReadPeople(r, at, close);
      // "các hộ | nhận đất": a group goes on with what it does.
      if (known && list.units.size() == 1 && list.units.front().collective && list.last < close &&
          r.words[list.last].kind == WordKind::kWord && !r.words[list.last].capital &&
          !(r.Is(list.last, "phối") && r.Is(list.last + 1, "hợp")) && !rules_.agents.Longest(r.words, list.last) &&
          !rules_.verbs.Longest(r.words, list.last)) {
        std::size_t end = list.last;
        while (end < close && r.words[end].kind == WordKind::kWord && end < list.last + 4) ++end;
        list.units.front().name += " " + r.TextOf(list.last, end);
        list.units.front().last = list.last = end;
      }
      if (list.units.empty() || list.last > close) return known || !out.leads.empty() ? out : Bracket{};
      std::size_t next = list.last;
      const bool helps = keyed || with || r.Is(next, "hỗ") || (helping(next) && !r.Is(next + 2, "với"));
      // A bracket that says more than who acts is a remark.
      if (!known && !helps && next < close && !IsSign(r.words[next]) && !helping(next) &&
          !rules_.agents.Longest(r.words, next))
        return {};
      // "…, do trưởng thôn giám sát": how, not who.
      if (known && r.Is(next, ",") && r.Is(next + 1, "do")) next = close;
      auto& side = helps ? out.helpers : out.leads;
      side.insert(side.end(), list.units.begin(), list.units.end());
      while (next < close && !IsSign(r.words[next]) && !(helping(next) && r.Is(next + 2, "với"))) ++next;
      at = next < close && IsSign(r.words[next]) ? next + 1 : next;
    }
    return out;
  }

  // "hộ nhận đất | ; cán bộ khuyến nông hướng dẫn": people in small letters, up to a sign or what they do.
  UnitList ReadPeople(const BlockReading& r, std::size_t at, std::size_t close) const {
    const auto group = rules_.group_phrases.Longest(r.words, at);
    const auto title = group ? std::nullopt : rules_.unit_phrases.Longest(r.words, at);
    if (!group && !title) return {};
    std::size_t end = at + (group ? group->words : title->words);
    while (end < close && r.words[end].kind == WordKind::kWord && !rules_.verbs.Longest(r.words, end) &&
           !(r.Is(end, "phối") && r.Is(end + 1, "hợp")) && end < at + 7)
      ++end;
    const bool many = group && !r.words[at].capital;
    std::string name = r.TextOf(at, end);
    name = many ? "Các " + name : units_.FullName(name);
    return {.units = {{.name = name, .collective = true, .keeps_level = false, .first = at, .last = end}}, .last = end};
  }

  // "do đồng chí Lãnh đạo UBND xã chủ trì", "do Phòng Kinh tế thực hiện".
  UnitList ReadAgent(const BlockReading& r) const {
    for (std::size_t i = 0; i + 2 < r.words.size(); ++i) {
      if (!r.Is(i, "do")) continue;
      UnitList list = units_.ReadList(r.block->text, r.words, i + 1);
      if (list.units.empty()) continue;
      if (rules_.agents.Longest(r.words, list.last)) return list;
    }
    return {};
  }

  // Who receives a report, a result or a registration: "báo cáo UBND xã và Công an tỉnh", "gửi kết quả về Phòng Kinh
  // tế", "cung cấp danh sách cho Trạm Y tế". What is sent to many for their use is no report.
  std::vector<UnitList> ReadReportTo(const BlockReading& r) const {
    std::vector<UnitList> out;
    std::size_t done = 0;
    for (std::size_t i = 0; i + 1 < r.words.size(); ++i) {
      if (i < done) continue;
      const ReportVerb verb = ReadReportVerb(r, i);
      if (verb.last == 0) continue;
      // "gửi về UBND xã để tổng hợp, báo cáo Sở …": the second is somebody else's report.
      bool purpose = false;
      for (std::size_t k = i; k-- > 0 && k + 8 > i && r.words[k].key != ";" && r.words[k].key != ".";)
        purpose = purpose || r.Is(k, "để");
      if (purpose && !out.empty()) continue;
      if (verb.direct) {
        UnitList list = ReadReceiver(r, verb.last);
        if (verb.paper && !IsReportPaper(r, list.last)) continue;
        if (!list.units.empty() &&
            (ForSignature(r, list.last) || ((r.Is(i, "trình") || r.Is(i, "chuyển")) && list.last < r.words.size() &&
                                            rules_.verbs.Longest(r.words, list.last)))) {
          done = list.last;
          continue;
        }
        if (!list.units.empty()) {
          done = list.last;
          out.push_back(std::move(list));
          continue;
        }
      }
      for (std::size_t k = verb.last; k < std::min(r.words.size(), verb.last + 22); ++k) {
        if (r.words[k].key == ";" || r.words[k].key == "." || r.words[k].key == ":") break;
        if (k > verb.last && ReadReportVerb(r, k).last > 0) break;
        const bool to = r.Is(k, "về") || r.Is(k, "cho") || r.Is(k, "lên") || r.Is(k, "đến") || r.Is(k, "với") ||
                        r.Is(k, "tới") || (r.Is(k, "kiến") && r.Is(k - 1, "ý"));
        const bool desk = verb.at_desk && (r.Is(k, "tại") || r.Is(k, "với"));
        if (!desk && (!to || (verb.hand && !r.Is(k, "cho") && !r.Is(k, "về") && !r.Is(k, "lên")))) continue;
        UnitList list = ReadReceiver(r, k + 1);
        if (list.units.empty() || ForSignature(r, list.last)) continue;
        if (r.Is(i, "bàn") && !r.words[k + 1].capital) continue;
        // "thông báo cho xã": news, no report
        if (r.Is(i, "thông") && list.last == k + 2 && !r.words[k + 1].capital) continue;
        done = list.last;
        out.push_back(std::move(list));
        break;
      }
    }
    return out;
  }

  struct ReportVerb {
    std::size_t last = 0;  // word behind; 0: none
    bool direct = true;    // the receiver may follow at once
    bool hand = false;     // hands something over: the receiver follows "cho"
    bool at_desk = false;  // "đăng ký tại Phòng Kinh tế", "với đồng chí …"
    bool paper = false;    // the report follows the receiver
  };
  // "trình UBND xã | bản đánh giá", not "trình UBND xã | dự thảo Quyết định", which he has to decide on.
  bool IsReportPaper(const BlockReading& r, std::size_t at) const {
    if (r.Is(at, "các") || r.Is(at, "một")) ++at;
    const auto paper = rules_.report_papers.Longest(r.words, at);
    return paper && static_cast<ReportWord>(paper->value) == ReportWord::kPaper;
  }

  // Whether the clause before "trình" tells of a report that was put together.
  static bool IsReportedBefore(const BlockReading& r, std::size_t i) {
    for (std::size_t k = i; k-- > 0 && k + 20 > i && r.words[k].key != ";" && r.words[k].key != ".";) {
      if (r.Is(k, "tổng") && r.Is(k + 1, "hợp") && k + 7 > i) return true;
      if (r.Is(k, "báo") && r.Is(k + 1, "cáo") && (k + 2 == i || r.Is(k + 2, "tổng"))) return true;
    }
    return false;
  }
  // "gửi Chủ tịch UBND phường | duyệt": for his signature, no report.
  bool ForSignature(const BlockReading& r, std::size_t at) const {
    const auto sign = rules_.report_papers.Longest(r.words, at);
    return sign && static_cast<ReportWord>(sign->value) == ReportWord::kSign;
  }
  ReportVerb ReadReportVerb(const BlockReading& r, std::size_t i) const {
    constexpr std::size_t kLongest = 3;  // words
    const auto verb = rules_.report_verbs.Longest(r.words, i);
    if (!verb) return {};
    // "thu | nộp", "dự | báo": within a longer one that is none.
    for (std::size_t n = 1; n < kLongest && n <= i; ++n) {
      const auto longer = rules_.report_verbs.Longest(r.words, i - n);
      if (longer && longer->words > n && static_cast<ReportWord>(longer->value) == ReportWord::kNot) return {};
    }
    const std::size_t next = i + verb->words;
    const bool capital = next < r.words.size() && r.words[next].capital;
    const bool small = next < r.words.size() && r.words[next].kind == WordKind::kWord && !capital;
    switch (static_cast<ReportWord>(verb->value)) {
      case ReportWord::kDirect:
        return {.last = next, .direct = true};
      case ReportWord::kHand:
        return {.last = next, .direct = false, .hand = true};
      case ReportWord::kAbout:
        return {.last = next, .direct = false};
      case ReportWord::kDesk:
        return {.last = next, .direct = false, .hand = true, .at_desk = true};
      case ReportWord::kSubmit:
        return {.last = next, .direct = true, .paper = !IsReportedBefore(r, i)};
      case ReportWord::kTell:
        if (i > 0 && rules_.report_verbs.Longest(r.words, i - 1).value_or(PhraseTable::Match{}).words > 1) return {};
        if (capital) return {.last = next, .direct = true};
        return small ? ReportVerb{.last = next + 1, .direct = false, .hand = true} : ReportVerb{};
      case ReportWord::kPass:
        return {.last = next, .direct = capital, .hand = true};
      case ReportWord::kHandover: {
        const std::size_t what = r.Is(next, "giao") ? next + 1 : next;
        const bool papers = r.Is(what, "cho") || rules_.report_files.Longest(r.words, what);
        return papers ? ReportVerb{.last = next, .direct = false, .hand = true} : ReportVerb{};
      }
      default:
        return {};
    }
  }

  // One body or more; a bare "xã", "huyện" at the end of its phrase stands for its people's committee. No groups.
  UnitList ReadReceiver(const BlockReading& r, std::size_t at) const {
    if (r.Is(at, "về")) ++at;
    if (UnitList office = OwnOffice(r, at); !office.units.empty()) return office;
    if ((r.Is(at, "xã") || r.Is(at, "huyện") || r.Is(at, "tỉnh") || r.Is(at, "phường")) && !r.Is(at + 1, "hội")) {
      const bool ends = at + 1 >= r.words.size() || IsSign(r.words[at + 1]) || r.Is(at + 1, "trước") ||
                        r.Is(at + 1, "chậm") || r.Is(at + 1, "trong") || r.Is(at + 1, "ngày") || r.Is(at + 1, "hằng") ||
                        r.Is(at + 1, "để") || r.Is(at + 1, "vào");
      if (ends)
        return {.units = {{.name = "Ủy ban nhân dân " + r.words[at].key,
                           .collective = false,
                           .keeps_level = true,
                           .first = at,
                           .last = at + 1}},
                .last = at + 1};
      return {};
    }
    UnitList list = units_.ReadList(r.block->text, r.words, at);
    // "… về Văn phòng; Ban Tổ chức chọn đội": behind a semicolon somebody else acts; what stands behind a person is
    // his office.
    const bool person = !list.units.empty() && IsPersonOf({.units = {list.units.front()}, .last = 0});
    for (std::size_t k = 1; k < list.units.size(); ++k) {
      if (!r.Is(list.units[k].first - 1, ";") && !person) continue;
      list.units.resize(k);
      list.last = list.units.back().last;
    }
    if (list.units.empty()) list = Ourselves(r, at);
    if (list.units.empty()) list = OwnHead(r, at);
    if (!list.units.empty() && list.last < at + 2 && !r.words[at].capital) return {};  // "cho tổ vận hành"
    if (list.units.empty() || IsSign(r.words[at])) return {};
    // "cho tổ trưởng tổ dân phố": each has one of them.
    const bool head = r.Is(at, "trưởng") || (r.Is(at, "tổ") && r.Is(at + 1, "trưởng")) ||
                      (r.Is(at, "chi") && r.Is(at + 2, "trưởng")) || (r.Is(at, "bí") && r.Is(at + 1, "thư"));
    if (list.units.front().collective && !head && !r.Is(at, "cơ")) return {};
    return list;
  }

  // "nộp về Văn phòng trước ngày 20": the office of the Party committee or of the councils.
  UnitList OwnOffice(const BlockReading& r, std::size_t at) const {
    static constexpr std::array<std::string_view, 14> kBehind = {
        "trước", "chậm", "trong", "ngày", "vào", "để", "sáng", "chiều", "hằng", "hàng", "muộn", "theo", "qua", "sau"};
    if (!r.Is(at, "văn") || !r.Is(at + 1, "phòng") || !r.words[at].capital) return {};
    if (at + 2 < r.words.size() && !IsSign(r.words[at + 2]) &&
        std::ranges::find(kBehind, r.words[at + 2].key) == kBehind.end())
      return {};
    const std::string issuer = ToLower(record_.metadata.issuer.name.value_or(""));
    const bool party = issuer.find("đảng ủy") != std::string::npos || issuer == "văn phòng";
    return {.units = {{.name = party ? "Văn phòng Đảng ủy" : "Văn phòng Hội đồng nhân dân và Ủy ban nhân dân",
                       .collective = false,
                       .keeps_level = true,
                       .first = at,
                       .last = at + 2}},
            .last = at + 2};
  }

  // "báo ngay Phó Hiệu trưởng", "trình Giám đốc Sở": an office of the issuer, with what body of its own it heads.
  UnitList OwnHead(const BlockReading& r, std::size_t at) const {
    const OptionalString& issuer = record_.metadata.issuer.name;
    if (!issuer || at >= r.words.size() || !r.words[at].capital) return {};
    std::size_t words = PeopleAt(r.words, at, PeopleWord::kOffice);
    if (words == 0) words = PeopleAt(r.words, at, PeopleWord::kHead);
    if (words == 0) return {};
    std::size_t end = at + words;
    while (end < r.words.size() && end < at + words + 3 && r.words[end].kind == WordKind::kWord &&
           (r.words[end].capital || (r.words[end - 1].capital && r.Is(end, "cục"))))
      ++end;
    if (r.Is(end, "và")) {
      const UnitList more = units_.ReadList(r.block->text, r.words, end + 1, 1);
      if (!more.units.empty() && r.words[end + 1].capital) end = more.last;
    }
    return {.units = {{.name = *issuer, .collective = false, .keeps_level = true, .first = at, .last = end}},
            .last = end};
  }

  // "gửi về Trung tâm": the issuer by the head of its name.
  UnitList Ourselves(const BlockReading& r, std::size_t at) const {
    const OptionalString& issuer = record_.metadata.issuer.name;
    if (!issuer || at >= r.words.size() || !r.words[at].capital) return {};
    std::size_t end = at;
    while (end < r.words.size() && r.words[end].kind == WordKind::kWord && end < at + 3 &&
           ToLower(*issuer).starts_with(ToLower(r.TextOf(at, end + 1)) + " "))
      ++end;
    if (end < at + 2) return {};
    return {.units = {{.name = *issuer, .collective = false, .keeps_level = true, .first = at, .last = end}},
            .last = end};
  }

  void Item(std::size_t b) {
    const BlockReading& r = readings_[b];
    if (r.words.size() < 3) return;
    const int section = r.block->section;
    if (section < 0) {
      // In a document without sections, or below a heading without a label, a paragraph that charges somebody is a
      // task.
      if (letter_ || loose_) LetterItem(r, b);
      return;
    }
    const std::string& role = Node(section).role;
    const std::string& text = r.block->text;
    if (OpensItems(b)) {
      SetLeadIn(r);
      return;
    }
    if (!lead_in_.Holds(r)) lead_in_ = {};
    if (key_lines_.IsKeyLine(b)) return;
    if (ListsAttendance(section) || TellsMoney(r)) return;
    if (ItemKey(r, rules_) || NamesPerson(r) || TakesEffect(text) || (text.starts_with("(") && text.ends_with(")")))
      return;
    // A label before a colon inside an item ("Các hoạt động chính: …") is no unit.
    Subject subject = ReadSubject(r);
    int holder = -1;
    for (int n = section; n >= 0 && holder < 0; n = Node(n).parent) {
      if (!SectionOf(n).units.units.empty()) holder = n;
    }
    const bool dutiful = UnderRole(section, {"assignment", "implementation", "unit"});
    // "Mời Trung tâm …" under a unit's heading is its own duty, so is "UBND các xã: giao Phòng Kinh tế chuẩn bị …".
    if (holder >= 0 && (r.Is(0, "mời") || (r.Is(0, "giao") && !r.words[0].capital))) subject = {};
    // "Mỗi đồng chí" under a unit's heading is of that unit.
    if (holder >= 0 && (r.Is(0, "mỗi") || r.Is(0, "từng")) && subject.action == 0) subject.list.units.clear();
    // … and so is "Đồng chí Hà Thị Phin, Chánh Văn phòng, làm đầu mối".
    if (holder >= 0 && IsPersonOf(subject.list) && !IsOfPersons(SectionOf(holder).units)) subject = {};
    UnitList agent = ReadAgent(r);
    Bracket bracket = ReadKeySentence(r);
    if (bracket.leads.empty() && bracket.helpers.empty()) bracket = ReadBracket(r);
    const KeyLines* lines = key_lines_.Of(b, section);
    const bool silent = role == "purpose" || role == "requirements" || role == "purpose_and_requirements" ||
                        role == "theme" || role == "budget" || (role == "schedule" && !IsProgress(section)) ||
                        role == "place";
    if (silent && !(role == "schedule" && HasDuty(r, subject))) return;
    const bool later = (role == "event" || role == "other") && subject.list.units.empty() && ChargesInSentence(r);
    if ((role == "event" || role == "other") && subject.list.units.empty() && !dutiful && !later) return;
    if (role == "event" && !later && subject.list.units.empty() && (lines == nullptr || lines->leads.empty())) return;
    if (past_[static_cast<std::size_t>(section)]) return;
    bool requested = false;
    std::size_t action = 0;
    const char* rule = "task.content";
    double confidence = 0.8;
    std::vector<std::pair<const BlockReading*, UnitName>> named;
    if (!subject.list.units.empty()) {
      for (const UnitName& unit : subject.list.units) named.emplace_back(&r, unit);
      // Under "Đề nghị X và Y" an item of Y alone is asked for as well.
      requested = subject.asked || (holder >= 0 && SectionOf(holder).requested);
      action = subject.action;
      rule = "task.subject";
      confidence = 0.93;
    } else if (!bracket.leads.empty()) {
      for (const UnitName& unit : bracket.leads) named.emplace_back(&r, unit);
      rule = "task.bracket";
      confidence = 0.88;
    } else if (lead_in_.Holds(r) && !lead_in_.units.units.empty()) {
      for (const UnitName& unit : lead_in_.units.units) named.emplace_back(lead_in_.reading, unit);
      requested = lead_in_.asked;
      rule = "task.lead-in";
      confidence = 0.85;
    } else if (lines != nullptr && !lines->leads.empty()) {
      for (const auto& [reading, unit] : lines->leads) named.emplace_back(reading, unit);
      rule = "task.key-line";
      confidence = 0.9;
    } else if (holder >= 0) {
      for (const UnitName& unit : SectionOf(holder).units.units) named.emplace_back(SectionOf(holder).reading, unit);
      requested = SectionOf(holder).requested;
      rule = "task.heading-unit";
      confidence = 0.95;
    } else if (!agent.units.empty()) {
      for (const UnitName& unit : agent.units) named.emplace_back(&r, unit);
      rule = "task.agent";
      confidence = 0.85;
    } else if (dutiful || role == "content" || role == "forms") {
      bool asked = false, ordered = false;
      const UnitList charged = ReadCharged(r, asked, ordered);
      if (dutiful || !charged.units.empty()) {
        for (const UnitName& unit : charged.units) named.emplace_back(&r, unit);
        requested = asked && !ordered;
        if (!charged.units.empty()) rule = "task.charged";
        confidence = 0.82;
      }
    }
    if (named.empty() && !dutiful) {
      if (!IsActivity(r, section, b)) return;
      confidence = 0.75;
    }
    std::vector<std::pair<const BlockReading*, UnitName>> helpers;
    if (bracket.leads.empty()) ClauseSubjects(r, named, helpers);
    for (const UnitName& unit : bracket.helpers) helpers.emplace_back(&r, unit);
    if (lines != nullptr) helpers.insert(helpers.end(), lines->helpers.begin(), lines->helpers.end());
    if (rule == std::string_view("task.heading-unit")) {
      for (const UnitName& unit : SectionOf(holder).helpers) helpers.emplace_back(SectionOf(holder).reading, unit);
    }
    AddTask(r, section, action, named, requested, dutiful || !named.empty(), confidence, rule, helpers);
  }

  // "Hội nghị cấp xã: 20/3/2026. Văn phòng Đảng ủy lo hậu cần.": a later sentence with a body as its subject and a
  // verb at once behind it.
  bool ChargesInSentence(const BlockReading& r) const {
    std::vector<std::pair<const BlockReading*, UnitName>> named, helpers;
    ClauseSubjects(r, named, helpers);
    return !named.empty();
  }

  // One person by name, whatever office stands behind.
  bool IsPersonOf(const UnitList& list) const {
    return list.units.size() == 1 && PeopleAt(KeyWords(list.units.front().name), 0, PeopleWord::kHonour) > 0;
  }

  // "Thành viên Ủy ban Kiểm tra", "Các đồng chí Đảng ủy viên": people, one of whom may have a duty of his own.
  bool IsOfPersons(const UnitList& list) const {
    return std::ranges::any_of(
        list.units, [&](const UnitName& unit) { return PeopleAt(KeyWords(unit.name), 0, PeopleWord::kMember) > 0; });
  }

  // "TIẾN ĐỘ": a schedule whose items say what is to be done.
  bool IsProgress(int section) const {
    const OptionalString& title = Node(section).title;
    return title && HeadingAt(KeyWords(*title), 0, ItemWord::kProgress);
  }

  bool HeadingAt(const std::vector<KeyWord>& title, std::size_t at, ItemWord kind) const {
    const auto match = rules_.item_headings.Longest(title, at);
    return match && static_cast<ItemWord>(match->value) == kind;
  }
  bool HeadingHas(const std::string& title, ItemWord kind) const {
    const std::vector<KeyWord> words = KeyWords(title);
    for (std::size_t i = 0; i < words.size(); ++i) {
      if (HeadingAt(words, i, kind)) return true;
    }
    return false;
  }

  // Under "Thành phần" stand those who come, under "Khen thưởng" what they get: not what they do.
  bool ListsAttendance(int section) const {
    return Node(section).title && Node(section).role == "other" &&
           HeadingAt(KeyWords(*Node(section).title), 0, ItemWord::kListed);
  }

  // "Kinh phí tổ chức do ngân sách xã bảo đảm …" as a paragraph below the items.
  static bool TellsMoney(const BlockReading& r) {
    return r.block->kind == BlockKind::kParagraph && r.block->label.empty() && r.Is(0, "kinh") && r.Is(1, "phí") &&
           !r.words[0].all_caps;
  }

  // "Quyết định này có hiệu lực kể từ ngày ký." says of no one what to do.
  static bool TakesEffect(const std::string& text) {
    return text.find("này có hiệu lực") != std::string::npos && text.find("chịu trách nhiệm") == std::string::npos;
  }

  // "Ông Đỗ Minh Khang, Phó Chủ tịch …, Tổ trưởng;": a member of a list.
  bool NamesPerson(const BlockReading& r) const {
    std::size_t at = r.Is(0, "ông") || r.Is(0, "bà") ? 1 : r.Is(0, "đồng") && r.Is(1, "chí") ? 2 : 0;
    if (at == 0) return false;
    const std::size_t name = at;
    while (at < r.words.size() && r.words[at].kind == WordKind::kWord && r.words[at].capital) ++at;
    if (at < name + 2 || at >= name + 6 || r.words.size() >= 40) return false;
    // "Ông Lê Văn Tám: Trông coi …" says what he does, "Bà Hà Thị Mơ - Phó Trưởng ban: Trực …" too.
    for (std::size_t k = at; k + 1 < r.words.size(); ++k) {
      if (r.words[k].key == ":") return !rules_.verbs.Longest(r.words, k + 1);
    }
    if (!r.Is(at, ",") && !r.Is(at, "-")) return false;
    // "…, Phó Chủ tịch UBND xã phụ trách chung." has a duty; "… phụ trách kinh tế, Trưởng ban" an office more.
    const UnitList list = units_.ReadList(r.block->text, r.words, 0, 1);
    if (!list.units.empty() && list.last < r.words.size() && list.last > at + 1 && !r.words[list.last].capital &&
        rules_.verbs.Longest(r.words, list.last)) {
      bool office = false;
      for (std::size_t k = list.last; k + 1 < r.words.size(); ++k)
        office = office || ((r.Is(k, ",") || r.Is(k, "-")) && r.words[k + 1].capital);
      if (!office) return false;
    }
    // "…, Chánh Văn phòng, làm đầu mối; tổng hợp ý kiến": what he does stands behind his office.
    for (std::size_t k = at + 2; k + 1 < r.words.size(); ++k) {
      if (!r.Is(k, ",") && !r.Is(k, ":")) continue;
      const bool office = r.Is(k + 1, "làm") && k + 2 < r.words.size() && r.words[k + 2].capital;
      if (!r.words[k + 1].capital && !office && rules_.verbs.Longest(r.words, k + 1)) return false;
      if (r.Is(k + 1, "làm") && !office) return false;
    }
    // "…, Chỉ huy trưởng … chịu trách nhiệm kiểm tra quân số": he has a duty.
    return r.block->text.find("trách nhiệm") == std::string::npos;
  }

  // Later clauses with a subject of their own: "…; Hội Nông dân vận động …", "…; riêng Hội Nông dân lồng ghép …".
  void ClauseSubjects(const BlockReading& r, std::vector<std::pair<const BlockReading*, UnitName>>& named,
                      std::vector<std::pair<const BlockReading*, UnitName>>& helpers) const {
    const std::size_t charge = r.block->text.rfind("chịu trách nhiệm");
    std::size_t read = 0;  // word behind the last list: its units were all read
    for (const auto& [reading, unit] : named) {
      if (reading == &r) read = std::max(read, unit.last);
    }
    const UnitList beside = ReadCoordinate(r);
    int brackets = 0;
    for (std::size_t i = 1; i + 3 < r.words.size(); ++i) {
      if (r.words[i].key == "(") ++brackets;
      if (r.words[i].key == ")") --brackets;
      if (brackets > 0 || (i < read && r.words[i].key == ",")) continue;
      const bool led = !named.empty() && named.front().first == &r;
      const bool clause = r.words[i].key == ";";
      const bool sentence = r.words[i].key == "." && named.empty() && r.words[i + 1].capital;
      if (!clause && !sentence && !(r.words[i].key == "," && led)) continue;
      std::size_t at = i + 1;
      if (r.Is(at, "riêng")) ++at;
      const UnitList list = units_.ReadList(r.block->text, r.words, at);
      if (list.units.empty() || list.units.front().first != at) continue;
      // "…, chủ hộ ký vào phiếu", "…; hộ nào chậm …" in an item without a subject: how it is done.
      if (!r.words[at].capital && (r.words[i].key == "," || named.empty())) continue;
      // "phối hợp với Hội Nông dân, | Hội Cựu chiến binh theo dõi": a list has one role.
      if (std::ranges::any_of(beside.units, [&](const UnitName& unit) { return unit.first == at; })) continue;
      read = list.last;
      if (list.last >= r.words.size()) continue;
      // "…, Trưởng phòng Kinh tế và các ông, bà có tên tại Điều 1 chịu trách nhiệm thi hành"
      const bool charged = sentence && charge != std::string::npos && charge >= r.words[at].span.begin;
      // "Công an xã chủ trì, Ban Chỉ huy Quân sự xã và … phối hợp"
      if (r.Is(list.last, "phối") && r.Is(list.last + 1, "hợp") && !r.Is(list.last + 2, "với")) {
        for (const UnitName& unit : list.units) helpers.emplace_back(&r, unit);
        continue;
      }
      if (!charged && (r.words[list.last].capital || !rules_.verbs.Longest(r.words, list.last))) continue;
      // "…; Tổ thu gom tăng lên 3 chuyến" tells a result.
      if (clause && named.empty() && (r.Is(list.last, "tăng") || r.Is(list.last, "giảm") || r.Is(list.last, "đạt")))
        continue;
      for (const UnitName& unit : list.units) named.emplace_back(&r, unit);
    }
  }

  // Whether a paragraph says nothing but whom or when the items behind it concern.
  bool OpensItems(std::size_t b) const {
    const BlockReading& r = readings_[b];
    if (r.block->text.ends_with(":")) return LeadsOthers(b);
    const bool bullets = b + 1 < readings_.size() && readings_[b + 1].block->kind == BlockKind::kBullet;
    if (bullets && r.block->kind == BlockKind::kParagraph && NamesUnitAlone(r)) return true;
    if (r.dates.empty() || r.dates.front().first != 0) return false;
    const std::size_t last = r.dates.front().last;
    if (last < r.words.size() && !(last + 1 == r.words.size() && IsSign(r.words[last]))) return false;
    return b + 1 < readings_.size() && readings_[b + 1].block->kind == BlockKind::kBullet;
  }

  // "Tiểu ban Văn nghệ - Thể thao (đồng chí Mai, Trưởng tiểu ban)" on a line of its own.
  bool NamesUnitAlone(const BlockReading& r) const {
    bool asked = false, given = false;
    const std::size_t at = SkipOpening(r, asked, given);
    const UnitList list = units_.ReadList(r.block->text, r.words, at);
    if (list.units.empty() || list.units.front().first != at) return false;
    std::size_t last = list.last;
    // "Tiểu ban Lễ tân | , khánh tiết": a short line without a stop is a name to its end.
    constexpr std::size_t kLongestLine = 12;  // words
    if (last < r.words.size() && r.words.size() <= kLongestLine && !IsSign(r.words.back()) &&
        !rules_.verbs.Longest(r.words, last))
      return true;
    if (r.Is(last, "(")) {
      while (last < r.words.size() && r.words[last].key != ")") ++last;
      ++last;
    }
    return last >= r.words.size();
  }

  void SetLeadIn(const BlockReading& r) {
    Subject subject = ReadSubject(r);
    if (subject.list.units.empty() && NamesUnitAlone(r)) {
      bool given = false;
      const std::size_t at = SkipOpening(r, subject.asked, given);
      subject.list = units_.ReadList(r.block->text, r.words, at);
      if (subject.list.units.size() == 1 && subject.list.last < r.words.size() && !r.Is(subject.list.last, "(")) {
        subject.list.units.front().name = units_.FullName(r.TextOf(at, r.words.size()));
        subject.list.units.front().last = r.words.size();
      }
    }
    lead_in_ = {.reading = &r,
                .section = r.block->section,
                .mark = r.block->label,
                .units = subject.list,
                .asked = subject.asked,
                .date = OwnDate(r)};
  }

  // Whether bullets or sections stand under this paragraph.
  bool LeadsOthers(std::size_t b) const {
    for (std::size_t k = b + 1; k < readings_.size(); ++k) {
      const BlockKind kind = readings_[k].block->kind;
      if (kind == BlockKind::kPageHead || kind == BlockKind::kNoise) continue;
      return kind == BlockKind::kBullet || kind == BlockKind::kHeading || kind == BlockKind::kTableRow ||
             kind == BlockKind::kParagraph;
    }
    return false;
  }

  // "Nội dung tuyên truyền": the items under it are topics.
  void FindTopics() {
    for (std::size_t n = 0; n < topics_.size(); ++n) {
      const OutlineNode& node = outline_.nodes[n];
      topics_[n] = node.parent >= 0 && topics_[static_cast<std::size_t>(node.parent)];
      if (topics_[n] || !node.title) continue;
      topics_[n] = HeadingHas(*node.title, ItemWord::kTopics);
    }
  }

  // Whether an item without a unit says what is to be done.
  bool IsActivity(const BlockReading& r, int section, std::size_t) const {
    const OutlineNode& node = Node(section);
    if (node.role != "content" && node.role != "forms") return false;
    const bool verb = OpensWithVerb(r);
    if (topics_[static_cast<std::size_t>(section)]) return verb;
    // "Vắc xin dại: 640 liều" is a figure, no deed.
    for (std::size_t i = 1; !verb && r.dates.empty() && i + 1 < std::min<std::size_t>(r.words.size(), 8); ++i) {
      if (r.words[i].key == ":" && r.words[i + 1].kind == WordKind::kNumber) return false;
    }
    // A labelled point without a heading is an item as well.
    return verb || r.block->kind == BlockKind::kBullet || (!r.block->label.empty() && !node.title);
  }

  bool OpensWithVerb(const BlockReading& r) const {
    std::size_t i = SkipOrdinal(r);
    if (i > 0) return true;
    while (i < r.words.size() && (IsSign(r.words[i]) || (i == 0 && !r.dates.empty() && r.dates.front().first == 0))) {
      i = !r.dates.empty() && r.dates.front().first == i ? r.dates.front().last : i + 1;
    }
    return i < r.words.size() && rules_.verbs.Longest(r.words, i).has_value();
  }

  // "Luật Người cao tuổi năm 2009 và Kế hoạch số … yêu cầu …": what others have laid down.
  bool BeginsWithLaw(const BlockReading& r) const {
    return !r.words.empty() && r.words[0].capital && (r.Is(0, "luật") || rules_.type_names.Longest(r.words, 0)) &&
           !r.cited.empty() && std::ranges::any_of(r.cited, [](bool cited) { return cited; });
  }

  // "Báo cáo: Trạm Y tế nhắn …", "Phân công. Các tổ …" in a letter: the word behind its lead-in, 0 for none.
  static std::size_t SkipLeadIn(const BlockReading& r) {
    constexpr std::size_t kLongest = 4;  // words
    if (r.block->kind != BlockKind::kParagraph) return 0;
    for (std::size_t k = 1; k + 2 < r.words.size() && k <= kLongest; ++k) {
      if (r.words[k].key == ":" || r.words[k].key == ".") return r.words[k + 1].capital ? k + 1 : 0;
      if (r.words[k].kind != WordKind::kWord || (r.words[k].capital && !r.words[k].all_caps)) return 0;
    }
    return 0;
  }

  void LetterItem(const BlockReading& r, std::size_t b) {
    bool asked = false, ordered = false;
    Subject subject = ReadSubject(r);
    if (const std::size_t lead = SkipLeadIn(r); subject.list.units.empty() && lead > 0) subject = ReadSubject(r, lead);
    std::vector<std::pair<const BlockReading*, UnitName>> named;
    if (!subject.list.units.empty()) {
      for (const UnitName& unit : subject.list.units) named.emplace_back(&r, unit);
      asked = subject.asked;
    } else {
      const UnitList charged = ReadCharged(r, asked, ordered);
      for (const UnitName& unit : charged.units) named.emplace_back(&r, unit);
    }
    const Bracket bracket = named.empty() ? ReadBracket(r) : Bracket{};
    for (const UnitName& unit : bracket.leads) named.emplace_back(&r, unit);
    std::vector<std::pair<const BlockReading*, UnitName>> helpers;
    for (const UnitName& unit : bracket.helpers) helpers.emplace_back(&r, unit);
    if (r.block->text.ends_with(":") && LeadsOthers(b)) {
      letter_units_ = named;
      letter_asked_ = asked && !ordered;
      return;
    }
    if (named.empty()) {
      if (r.block->kind != BlockKind::kBullet && !(OpensWithVerb(r) && !letter_units_.empty())) return;
      named = letter_units_;
      asked = letter_asked_;
    }
    if (named.empty() || BeginsWithLaw(r)) return;
    AddTask(r, -1, subject.action, named, asked && !ordered, true, 0.8, "task.letter", helpers);
  }

  // Whether a paragraph without a label ends the text behind the items of the last section: it closes the document,
  // whatever its words.
  bool IsTail(std::size_t b) const {
    const auto skipped = [&](std::size_t k) {
      const BlockKind kind = readings_[k].block->kind;
      return kind == BlockKind::kPageHead || kind == BlockKind::kNoise;
    };
    const BlockReading& r = readings_[b];
    if (r.block->kind != BlockKind::kParagraph || !r.block->label.empty() || r.block->section < 0 || letter_)
      return false;
    std::size_t before = b;
    while (before > 0 && skipped(before - 1)) --before;
    if (before == 0) return false;
    const Block& last = *readings_[before - 1].block;
    if (last.kind != BlockKind::kBullet && (last.kind != BlockKind::kParagraph || last.label.empty())) return false;
    for (std::size_t k = b + 1; k < readings_.size(); ++k) {
      if (!skipped(k)) return readings_[k].block->kind == BlockKind::kRecipients;
    }
    return false;
  }

  // "nghiêm túc triển khai thực hiện", "quan tâm, phối hợp": what every closing asks for.
  static bool IsUsualDuty(const BlockReading& r, std::size_t at) {
    static constexpr std::array<std::string_view, 9> kUsual = {"nghiêm", "triển", "thực", "quan", "phối",
                                                               "tổ",     "căn",   "chủ",  "khẩn"};
    return at >= r.words.size() || std::ranges::find(kUsual, r.words[at].key) != kUsual.end() ||
           (r.Is(at, "chỉ") && r.Is(at + 1, "đạo"));
  }

  // "Trong quá trình thực hiện, Ban Xây dựng Đảng theo dõi, kiểm tra …": a body other than the issuer, at the head of a
  // sentence or behind its first words, that has to see to the plan; not where it is told what to do if need be.
  bool OwnDuty(const BlockReading& r) {
    std::size_t sentence = 0;
    for (std::size_t i = 0; i + 2 < r.words.size(); ++i) {
      if (i > 0 && r.words[i - 1].key == "." && r.words[i].capital) sentence = i;
      const bool head = i == sentence || (r.words[i - 1].key == "," && i < sentence + 8);
      if (!head || !r.words[i].capital) continue;
      bool need = false;
      for (std::size_t k = sentence; k < i; ++k)
        need = need || r.Is(k, "nếu") || r.Is(k, "gặp") || r.Is(k, "khi") || r.Is(k, "có") || r.Is(k, "trường");
      if (need) continue;
      const UnitList list = units_.ReadList(r.block->text, r.words, i);
      if (list.units.size() != 1 || list.units.front().first != i || list.units.front().collective ||
          list.last >= r.words.size())
        continue;
      static constexpr std::array<std::string_view, 6> kDuties = {"theo", "kiểm", "đôn", "tổng", "phối", "chịu"};
      const std::string name = ToLower(list.units.front().name);
      const bool issuer =
          name.starts_with("ủy ban nhân dân") || name == ToLower(record_.metadata.issuer.name.value_or(""));
      if (issuer || std::ranges::find(kDuties, r.words[list.last].key) == kDuties.end() ||
          !rules_.verbs.Longest(r.words, list.last))
        continue;
      AddTask(r, -1, 0, {{&r, list.units.front()}}, false, true, 0.75, "task.closing");
      return true;
    }
    return false;
  }

  void Closing(const BlockReading& r) {
    if (OwnDuty(r)) return;
    // A duty of its own for a named unit: "giao Ban Chỉ đạo … kiểm tra … và báo cáo UBND xã vào thứ Sáu hằng tuần",
    // "các đơn vị … báo cáo kết quả … trước ngày …", "Đề nghị Ủy ban Mặt trận … đưa nội dung này vào …". The usual
    // request to carry the plan out is none.
    const FoundDate* date = OwnDate(r);
    for (const bool only_given : {true, false}) {
      std::size_t read = 0;  // word behind the last list: its units were all read
      for (std::size_t i = 0; i + 2 < r.words.size(); ++i) {
        const bool asked = r.Is(i, "đề") && r.Is(i + 1, "nghị");
        const bool given = asked || (r.Is(i, "giao") && !r.Is(i + 1, "lưu") && !r.Is(i + 1, "thông"));
        const bool clause = date != nullptr && (i == 0 || r.words[i - 1].key == "," || r.words[i - 1].key == ";" ||
                                                r.words[i - 1].key == ".");
        if (i < read || (only_given ? !given : !clause)) continue;
        std::size_t at = asked ? i + 2 : given ? i + 1 : i;
        if (given && r.Is(at, "cho")) ++at;
        const UnitList list = units_.ReadList(r.block->text, r.words, at);
        if (list.units.empty() || list.units.front().first != at) continue;
        read = list.last;
        if (list.last >= r.words.size()) continue;
        if (asked && (list.units.front().collective || IsUsualDuty(r, list.last))) continue;
        if (!given && !rules_.verbs.Longest(r.words, list.last)) continue;
        std::vector<std::pair<const BlockReading*, UnitName>> named;
        for (const UnitName& unit : list.units) named.emplace_back(&r, unit);
        AddTask(r, -1, 0, named, asked, true, 0.75, "task.closing");
        return;
      }
    }
  }

  void AddTask(const BlockReading& r, int section, std::size_t action,
               const std::vector<std::pair<const BlockReading*, UnitName>>& leads, bool requested, bool assigned,
               double confidence, const char* rule,
               const std::vector<std::pair<const BlockReading*, UnitName>>& helpers = {}) {
    Task task;
    if (section >= 0) task.section = Node(section).id;
    task.id =
        (task.section ? *task.section : std::string()) + "#" + std::to_string(++count_[task.section.value_or("")]);
    task.kind = assigned ? "assigned" : "activity";
    task.requested = requested;
    const std::size_t begin = action < r.words.size() ? r.words[action].span.begin : 0;
    task.action = r.block->text.substr(begin);
    task.span = r.block->At(begin, r.block->text.size());
    const std::string pointer = "/tasks/" + std::to_string(record_.tasks.size());
    for (const auto& [reading, unit] : leads) AddAssignee(task, *reading, unit, "lead", pointer);
    for (const UnitName& unit : ReadCoordinate(r).units) AddAssignee(task, r, unit, "coordinate", pointer);
    // "1. Phòng Kinh tế chủ trì, phối hợp với các ấp:" holds for the items under it.
    if (!leads.empty() && leads.front().first != &r && leads.front().first->block->kind == BlockKind::kHeading) {
      for (const UnitName& unit : ReadCoordinate(*leads.front().first).units)
        AddAssignee(task, *leads.front().first, unit, "coordinate", pointer);
    }
    for (const auto& [reading, unit] : helpers) AddAssignee(task, *reading, unit, "coordinate", pointer);
    const BlockReading* where = &r;
    std::string from = "own";
    const FoundDate* date = OwnDate(r);
    if (date == nullptr) date = GivenDate(r, section, from, where);
    if (date != nullptr) SetWhen(task, *where, *date, from, pointer);
    AddReports(task, r, pointer);
    task.confidence = confidence;
    record_.evidence[pointer] = {.span = task.span, .confidence = confidence, .rule = rule};
    record_.tasks.push_back(std::move(task));
  }

  // The day on which the gathering of that name begins (or ends): the only one called so, or what the document is
  // about; of that, the part held on a single day counts before others.
  // `titles`: of the events, in small letters.
  std::optional<Day> DayOfEvent(const std::vector<std::string>& titles, const std::string& name, bool end) const {
    std::optional<Day> day;
    bool single = false, several = false, about = false;
    for (std::size_t e = 0; e < titles.size(); ++e) {
      const std::string& title = titles[e];
      const Event& event = record_.events[e];
      const bool named = title.starts_with(name) &&
                         (title.size() == name.size() || title[name.size()] == ' ' || title[name.size()] == ',');
      if (!named || !event.when || !SaysWhen(*event.when)) continue;
      about = about || (events_.subject && event.id == *events_.subject);
      const DateValue& when = *event.when;
      const bool on_one = when.kind == "day";
      const OptionalString& iso = on_one ? when.value : end ? when.end : when.start;
      const std::optional<Day> found = iso ? ParseIsoDay(*iso) : std::nullopt;
      if (!found || (single && !on_one)) continue;
      several = several || (day && *found != *day);
      if (!day || (on_one && !single) || *found < *day) day = found;
      single = single || on_one;
    }
    return several && !about ? std::nullopt : day;
  }

  // "trước lễ 10 ngày", "chậm nhất 10 ngày sau bế mạc": a term that is counted from a gathering whose day the document
  // gives, wherever it does.
  void TimesFromEvents() {
    std::vector<std::string> titles;
    for (const Event& event : record_.events) titles.push_back(ToLower(event.title));
    for (std::size_t t = 0; t < record_.tasks.size(); ++t) {
      Task& task = record_.tasks[t];
      if (!task.when || task.when->kind != "relative" || task.when->value) continue;
      const std::string& text = task.when->text;
      const std::vector<KeyWord> words = KeyWords(text);
      const auto is = [&](std::size_t at, std::string_view key) { return at < words.size() && words[at].key == key; };
      std::size_t number = 0, last = words.size();
      while (number < words.size() && words[number].kind != WordKind::kNumber) ++number;
      while (last > 0 && IsSign(words[last - 1])) --last;
      if (number >= words.size() || words[number].key.size() > 3 || !is(number + 1, "ngày")) continue;
      const bool behind = is(number + 2, "sau");
      std::size_t first = 1;
      if (behind)
        first = number + (is(number + 3, "khi") ? 4 : 3);
      else if (is(0, "trước") && number + 2 == last)
        last = number;
      else
        continue;
      if (!behind && is(first, "ngày")) ++first;
      if (first >= last) continue;
      const std::string name = text.substr(words[first].span.begin, words[last - 1].span.end - words[first].span.begin);
      const std::optional<Day> day = DayOfEvent(titles, ToLower(name), behind);
      if (!day) continue;
      const std::chrono::days count{std::stoi(words[number].key)};
      const std::string iso = IsoDay(behind ? *day + count : *day - count);
      task.when->kind = "before";
      task.when->value = "../" + iso;
      task.when->end = iso;
      task.when->resolved = true;
      task.due = DueOf(*task.when);
      const std::string pointer = "/tasks/" + std::to_string(t);
      record_.evidence[pointer + "/when"].inferred = true;
      record_.evidence[pointer + "/due"] = {
          .span = task.when->span, .confidence = 0.8, .rule = "task.when-event", .inferred = true};
    }
  }

  void AddReports(Task& task, const BlockReading& r, const std::string& pointer) {
    for (const UnitList& report : ReadReportTo(r)) {
      // As printed: "UBND xã và cơ quan cấp trên" is one entry, its units are in the list of units.
      std::size_t last = report.last;
      while (last > report.units.front().first + 1 && IsSign(r.words[last - 1])) --last;
      const ByteSpan span = r.SpanOf(report.units.front().first, last);
      record_.evidence[pointer + "/report_to/" + std::to_string(task.report_to.size())] = {
          .span = span, .confidence = 0.85, .rule = "task.report-to"};
      task.report_to.push_back(r.TextOf(report.units.front().first, last));
      for (const UnitName& unit : report.units)
        registry_.Add(unit.name, unit.collective, "receive", r.SpanOf(unit.first, unit.last));
    }
  }

  void SetWhen(Task& task, const BlockReading& where, const FoundDate& date, const std::string& from,
               const std::string& pointer) {
    task.when = ValueOf(where, date);
    task.when_from = from;
    task.due = DueOf(*task.when);
    record_.evidence[pointer + "/when"] = {.span = task.when->span,
                                           .confidence = from == "own" ? 0.93 : 0.88,
                                           .rule = "task.when-" + from,
                                           .inferred = from != "own"};
    if (task.due)
      record_.evidence[pointer + "/due"] = {
          .span = task.when->span, .confidence = from == "own" ? 0.93 : 0.88, .rule = "task.due", .inferred = true};
  }

  void AddAssignee(Task& task, const BlockReading& r, const UnitName& unit, const char* role,
                   const std::string& pointer) {
    const ByteSpan span = r.SpanOf(unit.first, unit.last);
    const std::string id = registry_.Add(unit.name, unit.collective, role, span);
    for (const Assignee& other : task.assignees) {
      if (other.unit == id) return;
    }
    record_.evidence[pointer + "/assignees/" + std::to_string(task.assignees.size())] = {
        .span = span, .confidence = role == std::string_view("lead") ? 0.93 : 0.9, .rule = std::string("task.") + role};
    task.assignees.push_back({.unit = id, .name = registry_.NameOf(id), .role = role});
  }

  // --- Tables ---------------------------------------------------------------------------------------------------

  // Whether words [first, last) of a cell say when: a date, or "Trước mùa du lịch", "15/3 - 31/3".
  bool SaysTime(const BlockReading& cell, std::size_t first, std::size_t last) const {
    static constexpr std::array<std::string_view, 9> kOpenings = {"trước", "sau",  "cuối",  "đầu", "giữa",
                                                                  "hết",   "tuần", "tháng", "khi"};
    while (first < last && IsSign(cell.words[first])) ++first;
    if (first >= last) return false;
    if (std::ranges::any_of(cell.dates, [&](const FoundDate& d) { return d.first <= first && first < d.last; }))
      return true;
    if (std::none_of(cell.words.begin() + static_cast<std::ptrdiff_t>(first),
                     cell.words.begin() + static_cast<std::ptrdiff_t>(last),
                     [](const KeyWord& word) { return word.kind == WordKind::kWord; }))
      return true;
    return std::ranges::find(kOpenings, cell.words[first].key) != kOpenings.end() &&
           !rules_.unit_phrases.Longest(cell.words, first);
  }

  // "Chu Thị Mến" in a duty roster: capitalised words alone, and no body.
  bool NamesSomebody(const BlockReading& cell) const {
    return cell.words.size() >= 2 && cell.words.size() <= 5 &&
           std::ranges::all_of(cell.words, [](const KeyWord& w) { return w.kind == WordKind::kWord && w.capital; }) &&
           units_.ReadList(cell.block->text, cell.words, 0).units.empty();
  }

  // A heading that gives out work: "Phân công", "Bảng phân công tuần tra".
  bool GivesOutWork(int section) const {
    for (int n = section; n >= 0; n = Node(n).parent) {
      const OptionalString& title = Node(n).title;
      if (Node(n).role == "assignment") return true;
      if (title && HeadingHas(*title, ItemWord::kRoster)) return true;
    }
    return false;
  }

  // "Tổ tuần tra số 1 | Từ cầu Đá đến bến Giang | 19 giờ": a row that names a unit and, under whatever head, what it
  // has to see to; false where it does not.
  bool ReadRoster(const BlockReading& row, const BlockReading*& lead, const BlockReading*& work) const {
    if (row.HasColumn("person")) return false;
    const BlockReading* task = nullptr;
    for (const BlockReading& cell : row.cells) {
      if (cell.words.size() < 2 || &cell == lead || SaysTime(cell, 0, cell.words.size()) || NamesSomebody(cell))
        continue;
      const UnitList list = units_.ReadList(cell.block->text, cell.words, 0);
      const bool names = !list.units.empty() && list.last >= cell.words.size();
      if (names && lead == nullptr)
        lead = &cell;
      else if (!names && task == nullptr)
        task = &cell;
    }
    if (lead == nullptr || task == nullptr) return false;
    work = task;
    return true;
  }

  void Row(const BlockReading& row) {
    const int section = row.block->section;
    const BlockReading* work = row.Cell("work");
    const BlockReading* time = row.Cell("time");
    // A timetable of audiences and places names its rows by the audience.
    if (work == nullptr && !row.HasColumn("work") && row.HasColumn("place")) work = row.Cell("note");
    const BlockReading* lead = row.Cell("lead");
    const bool roster = work == nullptr && GivesOutWork(section) && ReadRoster(row, lead, work);
    if (work == nullptr) return;
    const BlockReading* helper = row.Cell("coordinate");
    bool plan = roster || row.HasColumn("lead") || row.HasColumn("both") || row.HasColumn("coordinate");
    // A head that nobody can read: a cell that is a body leads, the next one helps, a date says when.
    const bool unread = !plan && !row.HasColumn("place") && !row.HasColumn("person");
    for (const BlockReading& cell : row.cells) {
      if (!unread || cell.block->column != "other" || cell.words.empty()) continue;
      if (!units_.ReadList(cell.block->text, cell.words, 0).units.empty())
        (lead == nullptr ? lead : helper) = &cell;
      else if (time == nullptr && !cell.dates.empty() && cell.dates.front().first == 0)
        time = &cell;
    }
    plan = plan || (lead != nullptr && time != nullptr);
    // In a row with fewer cells than the head a date may have come under who acts.
    for (const BlockReading** cell : {&lead, &helper}) {
      if (*cell == nullptr || !SaysTime(**cell, 0, (*cell)->words.size())) continue;
      if (time == nullptr) time = *cell;
      *cell = nullptr;
    }
    if (!plan && NamesSomebody(*work)) return;
    if (!plan) {
      const std::string role = section >= 0 ? Node(section).role : "";
      if (!row.HasColumn("time") || row.HasColumn("person") ||
          (role != "content" && role != "assignment" && role != "implementation"))
        return;
    }
    Task task;
    if (section >= 0) task.section = Node(section).id;
    task.id =
        (task.section ? *task.section : std::string()) + "#" + std::to_string(++count_[task.section.value_or("")]);
    task.action = work->block->text;
    task.span = work->block->At(0, work->block->text.size());
    const std::string pointer = "/tasks/" + std::to_string(record_.tasks.size());
    const auto charge = [&](const BlockReading* cell, const char* first, const char* rest) {
      if (cell == nullptr) return;
      const char* role = first;
      for (const CellUnit& actor : CellUnits(*cell)) {
        AddAssignee(task, *cell, actor.unit, actor.role != nullptr ? actor.role : role, pointer);
        role = rest;
      }
    };
    if (plan) charge(lead, "lead", "lead");
    charge(row.Cell("both"), "lead", "coordinate");
    if (plan) charge(helper, "coordinate", "coordinate");
    task.kind = plan ? "assigned" : "activity";
    if (time != nullptr && !time->dates.empty())
      SetWhen(task, *time, time->dates.front(), "own", pointer);
    else if (const FoundDate* date = OwnDate(*work))
      SetWhen(task, *work, *date, "own", pointer);
    AddReports(task, *work, pointer);
    task.confidence = 0.85;
    record_.evidence[pointer] = {.span = task.span, .confidence = task.confidence, .rule = "task.table-row"};
    record_.tasks.push_back(std::move(task));
  }

  // Words behind a name in a cell that go on with it: no level, no joint, no office of its own.
  bool IsNameRest(const BlockReading& cell, std::size_t first, std::size_t last) const {
    for (std::size_t i = first; i < last; ++i) {
      const KeyWord& word = cell.words[i];
      static constexpr std::array<std::string_view, 12> kNotNames = {"và",     "các", "tại",  "thuộc", "trên", "của",
                                                                     "phường", "với", "cùng", "chủ",   "phối", "xã"};
      if (word.kind != WordKind::kWord || std::ranges::find(kNotNames, word.key) != kNotNames.end()) return false;
    }
    return !cell.words[first].capital;
  }

  // A unit of a cell with the role that the cell itself gives it; null: that of its column.
  struct CellUnit {
    UnitName unit;
    const char* role = nullptr;
  };

  // All units of a cell; what is no known unit is taken whole, by its separators. Words of a role ("Chủ trì: …", "Phối
  // hợp các trường học") and times name nobody.
  std::vector<CellUnit> CellUnits(const BlockReading& cell) const {
    std::vector<CellUnit> out;
    const char* role = nullptr;
    std::size_t told = 0;  // word behind the last role that closed a clause
    for (std::size_t i = 0; i < cell.words.size();) {
      if (const auto key = rules_.column_keys.Longest(cell.words, i)) {
        const auto kind = static_cast<ColumnKey>(key->value);
        std::size_t behind = i + key->words;
        const bool names = kind == ColumnKey::kLead || kind == ColumnKey::kCoordinate || kind == ColumnKey::kBoth;
        const bool with = cell.Is(behind, ":") || cell.Is(behind, "với");
        // "Trạm Y tế; Hội Phụ nữ | phối hợp": said of the units before it, back to a semicolon.
        const bool closes = !with && !out.empty() && out.back().unit.last == i &&
                            (behind == cell.words.size() || IsSign(cell.words[behind]));
        if (closes && (kind == ColumnKey::kLead || kind == ColumnKey::kCoordinate)) {
          std::size_t clause = i;
          while (clause > told && cell.words[clause - 1].key != ";") --clause;
          for (CellUnit& actor : out) {
            if (actor.unit.first >= clause) actor.role = kind == ColumnKey::kLead ? "lead" : "coordinate";
          }
          role = nullptr;
          i = told = behind;
          continue;
        }
        if (names && (with || behind == cell.words.size() || cell.Is(i, "phối") || cell.Is(i, "chủ"))) {
          role = kind == ColumnKey::kCoordinate ? "coordinate" : "lead";
          i = behind + (with ? 1 : 0);
          continue;
        }
      }
      if (IsSign(cell.words[i]) || cell.Is(i, "và")) {
        ++i;
        continue;
      }
      UnitList list = units_.ReadList(cell.block->text, cell.words, i);
      std::size_t end = i;
      while (end < cell.words.size() && cell.words[end].key != "," && cell.words[end].key != ";") ++end;
      // "Hợp tác xã Dịch vụ hậu cần | nghề cá": small words up to the next sign belong to the name.
      if (list.units.size() == 1 && list.last < end && list.units.front().first == i &&
          IsNameRest(cell, list.last, end)) {
        const std::string printed = units_.FullName(cell.TextOf(i, end));
        const std::string level = list.units.front().collective ? "Các " : "";
        list.units.front().name = level.empty() || printed.starts_with(level) ? printed : list.units.front().name;
        list.units.front().last = list.last = end;
      }
      if (list.units.empty()) {
        // "38 triệu" counts something.
        if (!SaysTime(cell, i, end) && cell.words[i].kind == WordKind::kWord) {
          const std::string name = units_.FullName(cell.TextOf(i, end));
          list.units.push_back(
              {.name = name, .collective = name.starts_with("Các "), .keeps_level = false, .first = i, .last = end});
        }
        list.last = end;
      }
      for (UnitName& unit : list.units) {
        // "Tổ thủy nông | cùng các đội sản xuất"
        const bool beside = unit.first > i && (cell.Is(unit.first - 1, "cùng") || cell.Is(unit.first - 1, "với"));
        if (beside && role == nullptr) role = "coordinate";
        out.push_back({std::move(unit), role});
      }
      i = std::max(i + 1, list.last);
    }
    return out;
  }

  // --- Gatherings -----------------------------------------------------------------------------------------------

  // "Họp lãnh đội …: 19 giờ 30 ngày 13/3", "Khai mạc: …", "Bế mạc …" name what is held, though their words are verbs.
  // "Diễn tập sơ tán: 19 giờ ngày 29/8/2026" says what is to be done as well: a drill or a course has to be held.
  bool IsGathering(std::size_t b) const {
    const BlockReading& r = readings_[b];
    if (events_.items[b] != EventItem::kNamed || !ReadKeySentence(r).leads.empty() ||
        !ReadSubject(r).list.units.empty())
      return false;
    const bool work = (r.Is(0, "diễn") && r.Is(1, "tập")) || (r.Is(0, "tập") && r.Is(1, "huấn")) ||
                      (r.Is(0, "ra") && r.Is(1, "quân"));
    return !OpensWithVerb(r) || (!work && (r.Is(1, "mạc") || rules_.events.Longest(r.words, 0)));
  }

  const Outline& outline_;
  const std::vector<BlockReading>& readings_;
  const Tables& rules_;
  const UnitReader& units_;
  UnitRegistry& registry_;
  Record& record_;
  SectionTimes times_;
  EventReading events_;
  KeyLineTable key_lines_;
  LeadIn lead_in_;
  bool letter_ = false;  // no sections but bullets that head others
  bool loose_ = false;   // below a heading without a label
  std::vector<Inherited> sections_;
  std::vector<bool> topics_;  // of sections: their items are topics, as those of the sections above are
  std::vector<bool> past_;    // of sections: they tell results or the state of things
  std::map<std::string, int> count_;
  std::vector<std::pair<const BlockReading*, UnitName>> letter_units_;
  bool letter_asked_ = false;
};

}  // namespace

bool HasNoSections(const Outline& outline) {
  return std::ranges::all_of(outline.nodes, [](const OutlineNode& node) {
    return node.label.find_first_of("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz") ==
           std::string::npos;
  });
}

std::vector<bool> SectionsOfThePast(const Outline& outline, const Tables& rules) {
  std::vector<bool> past(outline.nodes.size());
  for (std::size_t n = 0; n < past.size(); ++n) {
    const OutlineNode& node = outline.nodes[n];
    past[n] = (node.parent >= 0 && past[static_cast<std::size_t>(node.parent)]) ||
              (node.title && rules.situations.Longest(KeyWords(*node.title), 0));
  }
  return past;
}

void ReadTasks(const Outline& outline, const std::vector<BlockReading>& readings, const Tables& rules,
               const UnitReader& units, UnitRegistry& registry, Record& record) {
  TaskReader(outline, readings, rules, units, registry, record).Run();
}

}  // namespace hoidau
