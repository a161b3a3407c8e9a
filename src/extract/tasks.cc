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

#include "extract/key_lines.h"
#include "text/unicode.h"

namespace hoidau {
namespace {

using Tables = ExtractRules::Tables;

bool IsSign(const KeyWord& word) { return word.kind == WordKind::kSign; }

// What a section hands down to the items under it.
struct Inherited {
  UnitList units;  // of the heading
  const BlockReading* reading = nullptr;
  bool requested = false;
  const FoundDate* date = nullptr;      // of the heading
  const FoundDate* schedule = nullptr;  // of a "Thời gian" item in the section
  const BlockReading* schedule_reading = nullptr;
  std::string where;
  ByteSpan where_span;
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
        key_lines_(outline, readings, rules, units),
        letter_(HasNoSections(outline)),
        sections_(outline.nodes.size()),
        topics_(outline.nodes.size()),
        past_(SectionsOfThePast(outline, rules)) {}

  void Run() {
    ReadHeadings();
    FindTopics();
    ReadSchedules();
    SubjectEvent();
    NamedEvents();
    for (std::size_t b = 0; b < readings_.size(); ++b) {
      const BlockReading& r = readings_[b];
      switch (r.block->kind) {
        case BlockKind::kParagraph:
        case BlockKind::kBullet:
          if (IsTail(b)) {
            Closing(r);
            TextEvent(r, -1);
            break;
          }
          NoteDay(b);
          if (TimedItem(r) || DatedItem(r)) break;
          // "Diễn tập sơ tán: 19 giờ ngày 29/8/2026" says what is to be done as well.
          if (NamedAtTime(r) && (!OpensWithVerb(r) || IsGathering(r))) break;
          Item(b);
          TextEvent(r, r.block->section);
          break;
        case BlockKind::kTableRow:
          if (r.block->header_row) break;
          if (r.cells.empty())
            NoteDayOfRows(r);
          else
            Row(r);
          break;
        case BlockKind::kHeading:
          day_ = nullptr;
          NoteDayOfHeading(r);
          loose_ = r.block->section < 0;
          lead_in_ = {};
          break;
        case BlockKind::kClosing:
          Closing(r);
          TextEvent(r, -1);
          break;
        default:
          break;
      }
    }
    DropEmptyEvents();
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
      for (const FoundDate& date : r.dates) {
        if (date.value.in_name || date.value.kind == "annual" || date.value.kind == "duration") continue;
        section.date = &date;
        break;
      }
      if (node.role == "unit") {
        bool given = false;
        const std::size_t at = SkipOpening(r, section.requested, given);
        section.units = units_.ReadList(r.block->text, r.words, at);
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

  // "Thời gian: …" among the items of a section gives its sisters their time, "Địa điểm: …" an event its place.
  void ReadSchedules() {
    for (const BlockReading& r : readings_) {
      const int n = r.block->section;
      if (n < 0 || (r.block->kind != BlockKind::kParagraph && r.block->kind != BlockKind::kBullet &&
                    r.block->kind != BlockKind::kHeading))
        continue;
      const OutlineNode& node = Node(n);
      const bool under_heading =
          r.block->kind != BlockKind::kBullet && (node.role == "schedule" || node.role == "place");
      const std::string key = ItemKey(r);
      int target = -1;
      if (under_heading)
        target = node.parent;
      else if (key == "thời gian" || key == "địa điểm")
        target = n;
      // A section of the first rank, "II. THỜI GIAN, ĐỊA ĐIỂM" or its points, speaks of the whole document.
      const bool whole = (node.role == "schedule" || node.role == "place") &&
                         (node.parent < 0 || (Node(node.parent).role == "schedule" && Node(node.parent).parent < 0));
      if (target < 0 && !whole) continue;
      Inherited& section = whole ? programme_ : SectionOf(target);
      if ((node.role == "schedule" && under_heading) || key == "thời gian") {
        for (const FoundDate& date : r.dates) {
          if (date.value.in_name || date.value.kind == "duration") continue;
          // Of several the first, but a day rather than a term.
          if (section.schedule != nullptr && !(whole && !SaysWhen(section.schedule->value) && SaysWhen(date.value)))
            continue;
          section.schedule = &date;
          section.schedule_reading = &r;
          if (whole) programme_section_ = n;
        }
      }
      if (((node.role == "place" && under_heading) || key == "địa điểm") && section.where.empty() &&
          r.block->kind != BlockKind::kHeading) {
        std::size_t first = 0, last = r.words.size();
        for (std::size_t i = 0; i < std::min<std::size_t>(r.words.size(), 6); ++i) {
          if (r.words[i].key == ":") first = i + 1;
        }
        while (last > first && (r.words[last - 1].key == "." || r.words[last - 1].key == ";")) --last;
        if (last > first) {
          section.where = r.TextOf(first, last);
          section.where_span = r.SpanOf(first, last);
        }
      }
    }
  }

  // The kind of an item that opens with a key and a colon: "Thời gian: …", "Kinh phí: …"; empty for other items.
  static std::string ItemKey(const BlockReading& r) {
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 14> kKeys = {
        {{"thời gian", "thời gian"},
         {"địa điểm", "địa điểm"},
         {"kinh phí", "kinh phí"},
         {"chủ đề", "chủ đề"},
         {"khẩu hiệu", "chủ đề"},
         {"thông điệp", "chủ đề"},
         {"thành phần", "thành phần"},
         {"đối tượng", "đối tượng"},
         {"số lượng", "số lượng"},
         {"quy mô", "số lượng"},
         {"chủ trì", ""},
         {"giải thưởng", "kinh phí"},
         {"phương tiện", ""},
         {"thời lượng", "thời gian"}}};
    std::size_t colon = 0;
    for (std::size_t i = 0; i < std::min<std::size_t>(r.words.size(), 12); ++i) {
      if (r.words[i].key == ":") {
        colon = i;
        break;
      }
    }
    if (r.words.size() < 2) return {};
    const std::string head = r.words[0].key + " " + r.words[1].key;
    for (const auto& [phrase, kind] : kKeys) {
      if (head != phrase) continue;
      // "Chủ đề của Ngày hội: …"; without a colon only the time counts.
      if (colon > 0 || (kind == "thời gian" && !r.dates.empty() && r.words.size() < 40 && r.dates.front().first < 8))
        return std::string(kind);
    }
    return {};
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
      const std::string before2 = (date.first > 1 ? r.words[date.first - 2].key + " " : std::string()) + before;
      if (v.kind == "duration" && before != "trong" && before != "vòng" && before != "quá" && before != "suốt" &&
          before != "tục")
        continue;
      static constexpr std::array<std::string_view, 12> kOther = {"so với",  "số liệu",  "cùng kỳ", "hiệu lực",
                                                                  "áp dụng", "kế hoạch", "dự toán", "ngân sách",
                                                                  "kỳ năm",  "với năm",  "có từ",   "nguồn vốn"};
      // "sinh năm 1975", not "nhà vệ sinh trước ngày …"; "đạt 100 % kế hoạch trước ngày 31/10/2025" says by when.
      const bool by = r.Is(date.first, "trước") || r.Is(date.first, "chậm");
      if ((before == "sinh" && r.words[date.first].key == "năm") || before == "với" ||
          (!by && std::ranges::find(kOther, before2) != kOther.end()))
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
    if (v.kind == "after" && v.start) return *v.start < *own->value && !v.resolved;
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
      const Inherited& s = SectionOf(n);
      if (s.date != nullptr) {
        from = "heading";
        reading = s.reading;
        return s.date;
      }
    }
    for (int n = section; n >= 0; n = Node(n).parent) {
      const Inherited& s = SectionOf(n);
      if (s.schedule != nullptr) {
        from = "schedule";
        reading = s.schedule_reading;
        return s.schedule;
      }
    }
    return nullptr;
  }

  static DateValue ValueOf(const BlockReading& r, const FoundDate& date) {
    DateValue value = date.value;
    value.span = r.SpanOf(date.first, date.last);
    return value;
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

  // "Người có nghĩa vụ kê khai | tự viết …", "Chủ sử dụng đất | có trách nhiệm …": people at the head of an item, by
  // whatever makes them so, up to what they must.
  UnitList ReadDutyBearer(const BlockReading& r) const {
    static constexpr std::array<std::string_view, 6> kPeople = {"người", "chủ", "hộ", "nhân", "bà", "nhà"};
    constexpr std::size_t kLongest = 8;  // words
    if (r.words.empty() || !r.words[0].capital || r.words[0].all_caps ||
        std::ranges::find(kPeople, r.words[0].key) == kPeople.end() ||
        (r.Is(0, "chủ") && (r.Is(1, "trì") || r.Is(1, "động") || r.Is(1, "tịch") || r.Is(1, "yếu"))) ||
        (r.Is(0, "nhân") && !r.Is(1, "dân")) || (r.Is(0, "bà") && !r.Is(1, "con")))
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
  static std::size_t SkipCircumstance(const BlockReading& r) {
    static constexpr std::array<std::string_view, 11> kOpenings = {"về",   "riêng", "trường", "khi",  "nếu", "trong",
                                                                   "hằng", "định",  "sau",    "trên", "ngay"};
    if (r.words.empty() || std::ranges::find(kOpenings, r.words[0].key) == kOpenings.end()) return 0;
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
    const std::size_t office = end;
    static constexpr std::array<std::string_view, 8> kOffices = {"hiệu trưởng",  "phó hiệu trưởng", "chủ tịch",
                                                                 "phó chủ tịch", "giám đốc",        "phó giám đốc",
                                                                 "bí thư",       "phó bí thư"};
    for (std::size_t words = 3; words >= 2 && end == office; --words) {
      if (office + words > r.words.size()) continue;
      std::string key;
      for (std::size_t k = office; k < office + words; ++k) key += (k > office ? " " : "") + r.words[k].key;
      if (std::ranges::find(kOffices, key) != kOffices.end()) end = office + words;
    }
    if (end == office || (end < r.words.size() && r.words[end].capital)) return {};
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
  static bool IsReportPaper(const BlockReading& r, std::size_t at) {
    if (r.Is(at, "các") || r.Is(at, "một")) ++at;
    if (r.Is(at, "bản") || r.Is(at, "bảng"))
      return r.Is(at + 1, "đánh") || r.Is(at + 1, "tổng") || r.Is(at + 1, "kê") || r.Is(at + 1, "báo") ||
             r.Is(at + 1, "kiểm") || r.Is(at + 1, "tự") || r.Is(at + 1, "thống") || r.Is(at + 1, "nhận");
    return (r.Is(at, "báo") && r.Is(at + 1, "cáo")) || (r.Is(at, "kết") && r.Is(at + 1, "quả")) ||
           (r.Is(at, "số") && r.Is(at + 1, "liệu")) || (r.Is(at, "biên") && r.Is(at + 1, "bản"));
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
  static bool ForSignature(const BlockReading& r, std::size_t at) {
    return r.Is(at, "duyệt") || r.Is(at, "ký") || (r.Is(at, "phê") && r.Is(at + 1, "duyệt"));
  }
  static ReportVerb ReadReportVerb(const BlockReading& r, std::size_t i) {
    if (r.Is(i, "báo") && r.Is(i + 1, "cáo")) return {i + 2, true, false};
    if (r.Is(i, "thông") && r.Is(i + 1, "báo")) return {i + 2, false, true};
    if (r.Is(i, "khai") && r.Is(i + 1, "báo")) return {i + 2, false, false};
    if (r.Is(i, "báo") && (r.Is(i + 1, "ngay") || r.Is(i + 1, "về"))) return {i + 2, true, false};
    // "báo số lượng, quân số, lý do … cho X"
    static constexpr std::array<std::string_view, 13> kNouns = {"thông", "cảnh", "dự",  "khai", "tờ",  "điểm", "mật",
                                                                "đài",   "nhà",  "bài", "đăng", "bảo", "loa"};
    const bool noun = i > 0 && std::ranges::find(kNouns, r.words[i - 1].key) != kNouns.end();
    if (r.Is(i, "báo") && !noun && i + 1 < r.words.size() && r.words[i + 1].kind == WordKind::kWord &&
        !r.words[i + 1].capital && !r.Is(i + 1, "chí") && !r.Is(i + 1, "động") && !r.Is(i + 1, "hiệu"))
      return {i + 2, false, true};
    if (r.Is(i, "báo") && i + 1 < r.words.size() && r.words[i + 1].capital &&
        !(i > 0 && (r.Is(i - 1, "thông") || r.Is(i - 1, "cảnh") || r.Is(i - 1, "dự"))))
      return {i + 1, true, false};
    if (r.Is(i, "phản") && r.Is(i + 1, "ánh")) return {i + 2, false, false};
    if (r.Is(i, "cung") && r.Is(i + 1, "cấp")) return {i + 2, false, true};
    // "bàn giao hồ sơ cho X", not "bàn giao mặt bằng cho X"
    if (r.Is(i, "bàn") && r.Is(i + 1, "giao")) {
      static constexpr std::array<std::string_view, 10> kPapers = {"hồ",  "tài", "danh", "số",  "biên",
                                                                   "kết", "dữ",  "giấy", "cho", "tệp"};
      const std::size_t what = r.Is(i + 2, "giao") ? i + 3 : i + 2;
      const bool papers = what < r.words.size() && std::ranges::find(kPapers, r.words[what].key) != kPapers.end();
      return papers ? ReportVerb{i + 2, false, true} : ReportVerb{};
    }
    if (r.Is(i, "đăng") && r.Is(i + 1, "ký")) return {i + 2, false, true, true};
    // "tổng hợp số liệu trình UBND xã"
    if (r.Is(i, "trình") && !r.Is(i + 1, "bày") && !r.Is(i + 1, "độ"))
      return {.last = i + 1, .direct = true, .paper = !IsReportedBefore(r, i)};
    // "thu nộp Quỹ …" pays
    if (r.Is(i, "gửi") || (r.Is(i, "nộp") && !(i > 0 && (r.Is(i - 1, "thu") || r.Is(i - 1, "trích")))))
      return {i + 1, true, false};
    // "chuyển Phòng giao dịch … trước ngày …", not "chuyển Phòng Kinh tế xử lý"
    if (r.Is(i, "chuyển") && i + 1 < r.words.size() && r.words[i + 1].capital) return {i + 1, true, true};
    if (r.Is(i, "nhắn") || (r.Is(i, "chuyển") && !(i > 0 && r.Is(i - 1, "vận")))) return {i + 1, false, true};
    if (r.Is(i, "trả") && !r.Is(i + 1, "lời")) return {i + 1, false, true};
    return {};
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
    static constexpr std::array<std::string_view, 10> kOffices = {
        "hiệu trưởng", "phó hiệu trưởng", "giám đốc",    "phó giám đốc", "lãnh đạo",
        "viện trưởng", "chi cục trưởng",  "trưởng đoàn", "chủ nhiệm",    "chánh văn phòng"};
    for (std::size_t words = 3; words >= 2; --words) {
      if (at + words > r.words.size()) continue;
      std::string key;
      for (std::size_t k = at; k < at + words; ++k) key += (k > at ? " " : "") + r.words[k].key;
      if (std::ranges::find(kOffices, key) == kOffices.end()) continue;
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
    return {};
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
    const std::string key = ItemKey(r);
    if (ListsAttendance(section) || TellsMoney(r)) return;
    if (!key.empty() || NamesPerson(r) || TakesEffect(text) || (text.starts_with("(") && text.ends_with(")"))) return;
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
  static bool IsPersonOf(const UnitList& list) {
    static constexpr std::array<std::string_view, 8> kHonours = {"Đồng chí ", "Ông ",  "Bà ", "Anh ",
                                                                 "Chị ",      "Thầy ", "Cô ", "Đ/c "};
    return list.units.size() == 1 && std::ranges::any_of(kHonours, [&](std::string_view honour) {
             return list.units.front().name.starts_with(honour);
           });
  }

  // "Thành viên Ủy ban Kiểm tra", "Các đồng chí Đảng ủy viên": people, one of whom may have a duty of his own.
  static bool IsOfPersons(const UnitList& list) {
    static constexpr std::array<std::string_view, 4> kPeople = {"Thành viên ", "Các thành viên", "Các đồng chí",
                                                                "Các ông"};
    return std::ranges::any_of(list.units, [&](const UnitName& unit) {
      return std::ranges::any_of(kPeople, [&](std::string_view people) { return unit.name.starts_with(people); });
    });
  }

  // "TIẾN ĐỘ": a schedule whose items say what is to be done.
  bool IsProgress(int section) const {
    const OptionalString& title = Node(section).title;
    return title && ToLower(*title).starts_with("tiến độ");
  }

  // Under "Thành phần" stand those who come, under "Khen thưởng" what they get: not what they do.
  bool ListsAttendance(int section) const {
    static constexpr std::array<std::string_view, 9> kListed = {"thành phần",  "đối tượng", "phạm vi",
                                                                "khen thưởng", "thi đua",   "giải thưởng",
                                                                "cơ cấu giải", "quy mô",    "lực lượng tham gia"};
    if (!Node(section).title || Node(section).role != "other") return false;
    const std::string title = ToLower(std::string_view(*Node(section).title).substr(0, 60));
    return std::ranges::any_of(kListed, [&](std::string_view word) { return title.starts_with(word); });
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
      const std::string title = ToLower(*node.title);
      topics_[n] = title.find("nội dung tuyên truyền") != std::string::npos ||
                   title.find("nội dung truyền thông") != std::string::npos ||
                   title.find("nội dung phổ biến") != std::string::npos ||
                   title.find("nội dung trọng tâm tuyên truyền") != std::string::npos ||
                   title.find("nội dung kiểm tra") != std::string::npos;
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
    if (before == 0 || readings_[before - 1].block->kind != BlockKind::kBullet) return false;
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
      about = about || (subject_event_ && event.id == *subject_event_);
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

  static const BlockReading* Cell(const BlockReading& row, std::string_view column) {
    for (const BlockReading& cell : row.cells) {
      if (cell.block->column == column && !cell.words.empty()) return &cell;
    }
    return nullptr;
  }
  static bool HasColumn(const BlockReading& row, std::string_view column) {
    return std::ranges::any_of(row.cells, [&](const BlockReading& cell) { return cell.block->column == column; });
  }

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
      if (title && (ToLower(*title).find("phân công") != std::string::npos ||
                    ToLower(*title).find("tuần tra") != std::string::npos))
        return true;
    }
    return false;
  }

  // "Tổ tuần tra số 1 | Từ cầu Đá đến bến Giang | 19 giờ": a row that names a unit and, under whatever head, what it
  // has to see to; false where it does not.
  bool ReadRoster(const BlockReading& row, const BlockReading*& lead, const BlockReading*& work) const {
    if (HasColumn(row, "person")) return false;
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
    const BlockReading* work = Cell(row, "work");
    const BlockReading* time = Cell(row, "time");
    // A timetable of audiences and places names its rows by the audience.
    if (work == nullptr && !HasColumn(row, "work") && HasColumn(row, "place")) work = Cell(row, "note");
    const BlockReading* lead = Cell(row, "lead");
    const bool roster = work == nullptr && GivesOutWork(section) && ReadRoster(row, lead, work);
    if (work == nullptr) return;
    const BlockReading* helper = Cell(row, "coordinate");
    bool plan = roster || HasColumn(row, "lead") || HasColumn(row, "both") || HasColumn(row, "coordinate");
    // A head that nobody can read: a cell that is a body leads, the next one helps, a date says when.
    const bool unread = !plan && !HasColumn(row, "place") && !HasColumn(row, "person");
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
    // A programme: rows of an event, or of a timetable with places.
    const bool timetable =
        HasColumn(row, "time") && !HasColumn(row, "person") &&
        (HasColumn(row, "place") || (section >= 0 && UnderRole(section, {"schedule"}) && !HasColumn(row, "other")));
    if (!plan && NamesSomebody(*work)) return;
    // "7g45" below "Thứ Hai 13/4": a programme, whoever leads its parts.
    if (DayOf(section) != nullptr && time != nullptr && time->dates.empty() && LeadingTime(time->block->text)) {
      RowEvent(row, *work, time, section);
      return;
    }
    if ((section >= 0 && UnderRole(section, {"event"})) || (!plan && timetable)) {
      RowEvent(row, *work, time, section);
      return;
    }
    if (!plan) {
      const std::string role = section >= 0 ? Node(section).role : "";
      if (!HasColumn(row, "time") || HasColumn(row, "person") ||
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
    charge(Cell(row, "both"), "lead", "coordinate");
    if (plan) charge(helper, "coordinate", "coordinate");
    task.kind = plan ? "assigned" : "activity";
    if (time != nullptr && !time->dates.empty())
      SetWhen(task, *time, time->dates.front(), "own", pointer);
    else if (const FoundDate* date = OwnDate(*work))
      SetWhen(task, *work, *date, "own", pointer);
    AddReports(task, *work, pointer);
    RowTextEvent(*work, time, section);
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
      for (UnitName& unit : list.units) out.push_back({std::move(unit), role});
      i = std::max(i + 1, list.last);
    }
    return out;
  }

  // --- Events ---------------------------------------------------------------------------------------------------

  std::string AddEvent(const std::string& title, ByteSpan span, int section, const std::optional<DateValue>& when,
                       const std::string& where, const OptionalString& part_of, const char* rule) {
    Event event;
    event.id = "e" + std::to_string(record_.events.size() + 1);
    event.title = title;
    event.when = when;
    if (!where.empty()) event.where = where;
    if (section >= 0) event.section = Node(section).id;
    event.part_of = part_of;
    event.span = span;
    record_.evidence["/events/" + std::to_string(record_.events.size())] = {
        .span = span, .confidence = 0.85, .rule = rule};
    record_.events.push_back(event);
    return event.id;
  }

  static bool SaysWhen(const DateValue& v) { return v.kind == "day" || v.kind == "range"; }

  // The event that the document is about: its subject, at the time and place that a section of the first rank gives,
  // or that the paragraphs before the sections tell, "diễn ra từ ngày 23/5/2026 đến ngày 29/5/2026".
  void SubjectEvent() {
    const FoundDate* date = programme_.schedule;
    const BlockReading* from = programme_.schedule_reading;
    if (date == nullptr || !SaysWhen(date->value)) date = nullptr;
    for (const BlockReading& r : readings_) {
      if (date != nullptr || r.block->section >= 0) break;
      if (r.block->kind != BlockKind::kParagraph && r.block->kind != BlockKind::kBasis) continue;
      for (const FoundDate& found : r.dates) {
        if (date != nullptr || !SaysWhen(found.value) || found.first < 2 || !r.Is(found.first - 1, "ra") ||
            !r.Is(found.first - 2, "diễn"))
          continue;
        date = &found;
        from = &r;
      }
    }
    if (date == nullptr) return;
    for (const BlockReading& r : readings_) {
      if (r.block->kind != BlockKind::kTitle) continue;
      for (std::size_t i = 0; i < std::min<std::size_t>(r.words.size(), 6); ++i) {
        const auto noun = rules_.events.Longest(r.words, i);
        const bool session = noun && noun->value == kSession;
        if (!noun || noun->value == kNoEvent || r.words[i].all_caps || !(r.words[i].capital || session)) continue;
        static constexpr std::array<std::string_view, 6> kEnds = {"gắn", "và", "năm", "nhân", "chào", "kỷ"};
        std::size_t last = EventEnd(r, i, *noun, r.words.size());
        // "kỳ họp thứ ba, | Hội đồng nhân dân xã khóa II": whose it is.
        if (session && r.Is(last, ",") && last + 1 < r.words.size() && r.words[last + 1].capital)
          last = EventEnd(r, last + 1, {1, 1}, r.words.size());
        for (std::size_t k = i + noun->words; k < last; ++k) {
          const bool people = r.Is(k, "nhân") && r.Is(k + 1, "dân");
          if (k > i + 1 && !people && std::ranges::find(kEnds, r.words[k].key) != kEnds.end()) last = k;
        }
        subject_event_ = AddEvent(r.TextOf(i, last), r.SpanOf(i, last), programme_section_, ValueOf(*from, *date),
                                  programme_.where, std::nullopt, "event.subject");
        return;
      }
    }
  }

  // A heading that names an event gives one, with the time and place among its items.
  void NamedEvents() {
    for (std::size_t n = 0; n < outline_.nodes.size(); ++n) {
      const OutlineNode& node = outline_.nodes[n];
      if (node.role != "event" || !node.title || (node.parent >= 0 && Node(node.parent).role == "event")) continue;
      const Inherited& section = sections_[n];
      if (section.reading == nullptr) continue;
      const BlockReading& r = *section.reading;
      // "II. CHƯƠNG TRÌNH NGÀY HỘI": the programme of the event that the document is about.
      if (subject_event_ && node.parent < 0 && section.schedule == nullptr && section.date == nullptr) {
        event_of_[static_cast<int>(n)] = *subject_event_;
        continue;
      }
      std::size_t first = 0, last = r.words.size();
      for (std::size_t i = 0; i + 2 < r.words.size(); ++i) {
        if (r.Is(i, "sự") && r.Is(i + 1, "kiện") && r.words[i + 2].capital) first = i + 2;
      }
      // "4. DIỄN TẬP": what is meant by it is told below.
      const auto noun = rules_.events.Longest(r.words, first);
      if (noun && noun->words + first == last && section.schedule == nullptr && section.date == nullptr) continue;
      if (section.date != nullptr && section.date->first > first) last = section.date->first;
      while (last > first + 1 &&
             (IsSign(r.words[last - 1]) && r.words[last - 1].key != "”" && r.words[last - 1].key != ")"))
        --last;
      if (last > first && r.words[last - 1].key == "(") --last;
      const FoundDate* date = section.schedule != nullptr ? section.schedule : section.date;
      const BlockReading* where = section.schedule != nullptr ? section.schedule_reading : &r;
      std::string place = section.where;
      // "III. CHƯƠNG TRÌNH LỄ …" takes the time and place of "II. THỜI GIAN, ĐỊA ĐIỂM".
      if (date == nullptr && node.parent < 0 && programme_.schedule != nullptr) {
        date = programme_.schedule;
        where = programme_.schedule_reading;
        if (place.empty()) place = programme_.where;
      }
      // "2. Ngày hội đọc sách: Tổ chức ngày 21/4/2026 tại sân trường."
      if (date == nullptr) {
        for (const BlockReading& text : readings_) {
          if (text.block->section != static_cast<int>(n) || text.block->kind != BlockKind::kParagraph) continue;
          for (const FoundDate& found : text.dates) {
            if (date != nullptr || found.value.in_name || !(SaysWhen(found.value) || OfYear(found.value, r))) continue;
            date = &found;
            where = &text;
            if (place.empty()) place = PlaceIn(text, 0);
          }
          break;
        }
      }
      std::optional<DateValue> when;
      if (date != nullptr) when = ValueOf(*where, *date);
      event_of_[static_cast<int>(n)] = AddEvent(r.TextOf(first, last), r.SpanOf(first, last), static_cast<int>(n), when,
                                                place, std::nullopt, "event.heading");
    }
  }

  void RowEvent(const BlockReading& row, const BlockReading& work, const BlockReading* time, int section) {
    OptionalString part_of;
    std::optional<DateValue> when;
    const OptionalString hour = time != nullptr ? LeadingTime(time->block->text) : std::nullopt;
    // "7 giờ 30": an hour of the event's day.
    if (section >= 0) {
      const BlockReading& from = hour ? *time : work;
      when = HourOf(section, hour.value_or(""), from, 0, from.words.size(), part_of);
    }
    if (!hour) when.reset();
    if (time != nullptr && !time->dates.empty()) when = ValueOf(*time, time->dates.front());
    if (!part_of && when && IsOfSubject(*when)) part_of = subject_event_;
    std::string place;
    if (const BlockReading* cell = Cell(row, "place")) place = cell->block->text;
    std::size_t last = work.words.size();
    while (last > 1 && (work.words[last - 1].key == ";" || work.words[last - 1].key == ".")) --last;
    AddEvent(work.TextOf(0, last), work.SpanOf(0, last), section, when, place, part_of, "event.row");
  }

  // Whether a time lies within that of the event that the document is about.
  bool IsOfSubject(const DateValue& when) const {
    if (!subject_event_ || !when.value) return false;
    const Event& subject = record_.events[static_cast<std::size_t>(std::stoi(subject_event_->substr(1)) - 1)];
    if (!subject.when || !subject.when->value) return false;
    if (subject.when->kind == "day") return *subject.when->value == *when.value;
    return when.kind == "day" && subject.when->start && subject.when->end && *subject.when->start <= *when.value &&
           *when.value <= *subject.when->end;
  }

  // "- 7h30 - 8h00: Đón tiếp đại biểu" under an event or in a programme: a part of it at its hour.
  bool TimedItem(const BlockReading& r) {
    const int section = r.block->section;
    const bool from = r.Is(0, "từ") || r.Is(0, "lúc");
    const std::size_t first = from ? 1 : 0;
    const bool of_day = day_ != nullptr && day_section_ == section;
    const bool part =
        of_day && (r.Is(0, "cả") || r.Is(0, "sáng") || r.Is(0, "chiều") || r.Is(0, "tối") || r.Is(0, "buổi"));
    if (r.words.size() <= first || (!part && r.words[first].kind != WordKind::kNumber)) return false;
    if (section < 0 && !of_day) return false;
    const bool programme =
        of_day || UnderRole(section, {"event"}) ||
        (Node(section).title && ToLower(*Node(section).title).find("chương trình") != std::string::npos);
    const OptionalString hour =
        programme ? LeadingTime(std::string_view(r.block->text).substr(r.words[first].span.begin)) : std::nullopt;
    if (!hour && !part) return false;
    std::size_t colon = 1;
    while (colon < r.words.size() && colon < 16 &&
           !(r.words[colon].key == ":" && r.words[colon].span.end < r.block->text.size() &&
             r.block->text[r.words[colon].span.end] == ' '))
      ++colon;
    if (colon + 1 >= r.words.size() || colon >= 16 || r.words[colon + 1].kind == WordKind::kNumber) return false;
    std::size_t last = r.words.size();
    while (last > colon + 2 && (r.words[last - 1].key == ";" || r.words[last - 1].key == ".")) --last;
    OptionalString part_of;
    std::optional<DateValue> when;
    if (!r.dates.empty() && r.dates.front().first < colon) {
      when = ValueOf(r, r.dates.front());
    } else {
      when = HourOf(section, hour.value_or(""), r, 0, colon, part_of);
      if (when && !hour) when->time.reset();
    }
    // "…, tại sân khấu chính; mỗi đội bốn người"
    std::string place;
    last = TitleEnd(r, colon + 1, last, place);
    while (last > colon + 2 && IsSign(r.words[last - 1]) && r.words[last - 1].key != "”" &&
           r.words[last - 1].key != ")")
      --last;
    AddEvent(r.TextOf(colon + 1, last), r.SpanOf(colon + 1, last), section, when, place, part_of, "event.timed-item");
    return true;
  }

  // Where the name of a gathering ends that begins at `first`: before its place, "…, tại sân khấu chính", "…, hội
  // trường", or what follows a semicolon or a bracket. The place goes to `place`.
  std::size_t TitleEnd(const BlockReading& r, std::size_t first, std::size_t limit, std::string& place) const {
    int quotes = 0;
    for (std::size_t k = first + 1; k < limit; ++k) {
      if (r.words[k].key == "“") ++quotes;
      if (r.words[k].key == "”") --quotes;
      if (quotes > 0) continue;
      if (r.words[k].key == ";" || (r.words[k].key == "." && k + 1 < limit && r.words[k + 1].capital) ||
          r.words[k].key == "(")
        return k;
      const bool at = r.Is(k, "tại");
      const bool venue = r.Is(k, ",") && k + 1 < limit && rules_.venues.Longest(r.words, k + 1);
      if (!at && !venue) continue;
      place = PlaceFrom(r, k + 1);
      return k;
    }
    return limit;
  }

  // The place at word k, "(tại) hội trường xã", up to the end of its phrase.
  static std::string PlaceFrom(const BlockReading& r, std::size_t k) {
    if (r.Is(k, "tại") || r.Is(k, "ở") || r.Is(k, "trên")) ++k;
    std::size_t end = k;
    while (end < r.words.size() && end < k + kLongestName && r.words[end].key != "," && r.words[end].key != ";" &&
           r.words[end].key != "." && r.words[end].key != "(" && !r.Is(end, "vào") &&
           !(r.Is(end, "và") && end + 1 < r.words.size() &&
             std::ranges::binary_search(r.dates, end + 1, {}, &FoundDate::first)))
      ++end;
    return end > k ? r.TextOf(k, end) : std::string();
  }

  // Days, spans of days and what comes round: the times of a gathering.
  static bool TellsDay(const DateValue& v) {
    return v.kind == "day" || v.kind == "recurring" || (v.kind == "range" && v.start && v.start->size() > 7);
  }

  // "- Tối 21/7: báo cáo kết quả kỳ họp, tại sân vận động xã" in a schedule; a clause may follow with a time of its
  // own.
  bool DatedItem(const BlockReading& r) {
    const int section = r.block->section;
    if (r.dates.empty() || r.dates.front().first != 0) return false;
    const bool schedule = section >= 0 ? UnderRole(section, {"schedule", "event"}) : letter_;
    if (!schedule || r.block->kind != BlockKind::kBullet) return false;
    bool any = false;
    for (std::size_t d = 0; d < r.dates.size(); ++d) {
      const FoundDate& date = r.dates[d];
      const bool opens = date.first == 0 || r.words[date.first - 1].key == ";";
      if (!opens || !r.Is(date.last, ":") || !TellsDay(date.value) || date.last + 2 >= r.words.size()) continue;
      const std::size_t first = date.last + 1;
      // Who has to do something there has a task.
      if (d == 0 && r.words[first].capital && !units_.ReadList(r.block->text, r.words, first).units.empty())
        return false;
      std::size_t limit = r.words.size();
      while (limit > first + 1 && IsSign(r.words[limit - 1]) && !r.Is(limit - 1, "”") && !r.Is(limit - 1, ")")) --limit;
      std::string place;
      const std::size_t last = TitleEnd(r, first, limit, place);
      AddEvent(r.TextOf(first, last), r.SpanOf(first, last), section, ValueOf(r, date), place, std::nullopt,
               "event.dated-item");
      any = true;
    }
    return any;
  }

  // "Hát chèo thuyền: tối 17 và tối 18/10, trên hồ bán nguyệt.": sentences that name something and, behind a colon,
  // when it is; a date more, "… và tối 12/4 ở nhà rông Kon Lung", is once more. Whether they are all of an item.
  bool NamedAtTime(const BlockReading& r) {
    const int section = r.block->section;
    if (section >= 0 && !UnderRole(section, {"content", "schedule", "event", "forms"})) return false;
    if (section >= 0 && UnderRole(section, {"unit", "assignment", "implementation", "budget"})) return false;
    std::size_t told = 0;  // word behind the last event
    bool from_start = false;
    for (std::size_t d = 0; d < r.dates.size(); ++d) {
      const FoundDate& date = r.dates[d];
      if (date.value.in_name || r.cited[d] || !TellsDay(date.value) || date.first < 3 || date.first < told) continue;
      if (!r.Is(date.first - 1, ":")) continue;
      constexpr std::size_t kLongestTitle = 22;  // words
      std::size_t first = date.first - 1;
      while (first > told && first + 2 * kLongestTitle > date.first && r.words[first - 1].key != ";" &&
             r.words[first - 1].key != ":" && !(r.words[first - 1].key == "." && r.words[first].capital))
        --first;
      if (r.Is(first, "ngoài") && r.Is(first + 1, "ra")) first += 2;
      for (std::size_t k = first; k + 1 < date.first && k < first + 6; ++k) {
        // "Ngoài ra xã mở hai buổi | nói chuyện …", "có hai ngày | làm cao điểm …"
        if ((r.Is(k, "mở") || r.Is(k, "có") || r.Is(k, "tổ") || r.Is(k, "chức")) && k + 2 < date.first) first = k + 1;
      }
      // "hai buổi | nói chuyện", "hai | ngày làm cao điểm"
      static constexpr std::array<std::string_view, 6> kCounts = {"một", "hai", "ba", "bốn", "02", "03"};
      if (std::ranges::find(kCounts, r.words[first].key) != kCounts.end() && first > 0)
        first += r.Is(first + 1, "buổi") || r.Is(first + 1, "đợt") ? 2 : 1;
      std::size_t last = date.first - 1;
      // "Hội thi nấu ăn | , thời gian: ngày 18/10"
      for (std::size_t k = last; k > first + 2; --k) {
        const auto key = r.words[k - 1].key == "," ? rules_.column_keys.Longest(r.words, k) : std::nullopt;
        if (key && k + key->words == last) last = k - 1;
      }
      if (last < first + 2 || last > first + kLongestTitle || rules_.column_keys.Longest(r.words, first)) continue;
      static constexpr std::array<std::string_view, 12> kKeys = {"thời", "hạn", "lịch", "xong", "ngày",  "nộp",
                                                                 "hoàn", "bắt", "kết",  "từ",   "trước", "đợt"};
      const bool key = std::ranges::find(kKeys, r.words[first].key) != kKeys.end() && !r.Is(first + 1, "làm") &&
                       !r.Is(first + 1, "hội");
      const bool dated = d > 0 && r.dates[d - 1].last > first && !r.dates[d - 1].value.in_name;
      if (key || dated) continue;
      const FoundDate* time = &date;
      while (true) {
        std::string place;
        const std::size_t next = time->last;
        const bool venue = r.Is(next, "tại") || r.Is(next, "ở") ||
                           (r.Is(next, ",") && next + 1 < r.words.size() && rules_.venues.Longest(r.words, next + 1));
        if (venue)
          place = PlaceFrom(r, r.Is(next, ",") ? next + 1 : next);
        else if (next < r.words.size() && !IsSign(r.words[next]) && !r.Is(next, "và"))
          break;
        if (IsKnownEvent(r.TextOf(first, last), time->value)) break;
        AddEvent(r.TextOf(first, last), r.SpanOf(first, last), section, ValueOf(r, *time), place, std::nullopt,
                 "event.named-at-time");
        from_start = from_start || first == 0;
        told = time->last;
        const FoundDate* again = time + 1;
        if (again == r.dates.data() + r.dates.size() || again->first > next + 10 || !TellsDay(again->value) ||
            !(r.Is(again->first - 1, "và") || (venue && r.Is(again->first - 1, ","))))
          break;
        time = again;
      }
    }
    return from_start && r.block->kind == BlockKind::kBullet && ReadKeySentence(r).leads.empty() &&
           ReadSubject(r).list.units.empty();
  }

  // "Họp lãnh đội …", "Khai mạc: …", "Bế mạc …" name what is held, though their words are verbs.
  // A drill or a course has to be held.
  bool IsGathering(const BlockReading& r) const {
    const bool held = (r.Is(0, "diễn") && r.Is(1, "tập")) || (r.Is(0, "tập") && r.Is(1, "huấn")) ||
                      (r.Is(0, "ra") && r.Is(1, "quân"));
    return !held && (r.Is(1, "mạc") || rules_.events.Longest(r.words, 0));
  }

  // "Ngày thứ nhất: thứ Bảy, 14/11/2026" above the hours of that day.
  void NoteDay(std::size_t b) {
    const BlockReading& r = readings_[b];
    constexpr std::size_t kLongestLine = 16;  // words
    if (r.block->kind != BlockKind::kParagraph || r.dates.empty() || r.words.size() > kLongestLine) return;
    std::size_t last = r.words.size();
    while (last > 0 && IsSign(r.words[last - 1])) --last;
    const FoundDate& date = r.dates.back();
    if (date.last < last || date.value.kind != "day") return;
    day_ = &date;
    day_section_ = r.block->section;
  }

  // "* Giai đoạn diễn tập (sáng ngày 16/5/2026)" above the table of its hours.
  void NoteDayOfHeading(const BlockReading& r) {
    if (r.dates.size() != 1 || r.dates.front().value.kind != "day" || r.block->section < 0) return;
    day_ = &r.dates.front();
    day_section_ = r.block->section;
  }

  // The last line that names a day, where it holds for items of this section.
  const FoundDate* DayOf(int section) const {
    if (day_ == nullptr) return nullptr;
    const bool above = day_section_ >= 0 && Node(day_section_).parent == section;
    return day_section_ == section || above ? day_ : nullptr;
  }

  // "NGÀY 23/7 (THỨ NĂM)" between the rows of a programme.
  void NoteDayOfRows(const BlockReading& r) {
    const auto day = std::ranges::find(r.dates, "day", [](const FoundDate& date) { return date.value.kind; });
    if (day == r.dates.end()) return;
    day_ = &*day;
    day_section_ = r.block->section;
  }

  // A heading that turned out to hold no time and no parts names no event of its own.
  void DropEmptyEvents() {
    const std::vector<Event> all = std::move(record_.events);
    record_.events.clear();
    std::map<std::string, std::string> renamed;
    std::vector<Evidence> evidence;
    for (std::size_t i = 0; i < all.size(); ++i) {
      const auto note = record_.evidence.find("/events/" + std::to_string(i));
      const bool parts = std::ranges::any_of(all, [&](const Event& e) { return e.part_of == all[i].id; });
      if (note->second.rule == "event.heading" && !all[i].when && !all[i].where && !parts) continue;
      evidence.push_back(note->second);
      record_.events.push_back(all[i]);
      renamed[all[i].id] = record_.events.back().id = "e" + std::to_string(record_.events.size());
    }
    for (std::size_t i = 0; i < all.size(); ++i) record_.evidence.erase("/events/" + std::to_string(i));
    for (std::size_t i = 0; i < evidence.size(); ++i) record_.evidence["/events/" + std::to_string(i)] = evidence[i];
    for (Event& event : record_.events) {
      if (event.part_of) event.part_of = renamed.at(*event.part_of);
    }
  }

  // "hằng năm vào ngày 01 tháng 4" in the year that a paragraph names, "Riêng năm 2026", or that of the document.
  std::optional<DateValue> OfYear(const DateValue& yearly, const BlockReading& r) const {
    int month = 0, day = 0;
    if (yearly.kind != "recurring" || !yearly.value ||
        std::sscanf(yearly.value->c_str(), "FREQ=YEARLY;BYMONTH=%d;BYMONTHDAY=%d", &month, &day) != 2)
      return std::nullopt;
    const auto named = std::ranges::find(r.dates, "year", [](const FoundDate& date) { return date.value.kind; });
    const std::optional<DateValue>& own = record_.metadata.date;
    const std::string year = named != r.dates.end() && named->value.value ? *named->value.value
                             : own && own->value                          ? own->value->substr(0, 4)
                                                                          : std::string();
    if (year.size() != 4 || month < 1 || month > 12 || day < 1 || day > 31) return std::nullopt;
    DateValue value = yearly;
    value.kind = "day";
    value.value =
        year + (month < 10 ? "-0" : "-") + std::to_string(month) + (day < 10 ? "-0" : "-") + std::to_string(day);
    value.start = value.end = {};
    return value;
  }

  // An hour of the day of the event that a section belongs to, and that event's id.
  std::optional<DateValue> HourOf(int section, const std::string& hour, const BlockReading& r, std::size_t first,
                                  std::size_t last, OptionalString& part_of) const {
    const bool day = DayOf(section) != nullptr;
    const auto at_hour = [&](DateValue value) {
      value.text = r.TextOf(first, last);
      value.time = hour;
      value.resolved = true;
      value.part_of_day = {};
      value.span = r.SpanOf(first, last);
      return value;
    };
    for (int n = section; n >= 0; n = Node(n).parent) {
      const auto found = event_of_.find(n);
      if (found == event_of_.end()) continue;
      part_of = found->second;
      const Event& parent = record_.events[static_cast<std::size_t>(std::stoi(found->second.substr(1)) - 1)];
      if (!day && parent.when) {
        if (const auto of_year = OfYear(*parent.when, r)) return at_hour(*of_year);
      }
      if (!day && (!parent.when || parent.when->kind != "day")) return std::nullopt;
      return at_hour(day ? day_->value : *parent.when);
    }
    // "a) Ngày thứ nhất - thứ Bảy, 28/3/2026" above the table of its hours.
    for (int n = section; n >= 0 && !day; n = Node(n).parent) {
      const FoundDate* date = sections_[static_cast<std::size_t>(n)].date;
      if (date != nullptr && date->value.kind == "day") return at_hour(date->value);
    }
    return day ? std::optional(at_hour(day_->value)) : std::nullopt;
  }

  // "… cho các ông chồng": an audience of a few words belongs to the name, one that is counted does not.
  static bool ShortAudience(const BlockReading& r, std::size_t at, std::size_t limit) {
    std::size_t end = at + 1;
    while (end < limit && r.words[end].kind == WordKind::kWord && !r.Is(end, "vào") && !r.Is(end, "tại") &&
           !r.Is(end, "trong"))
      ++end;
    return end - at <= 4 && !(end < limit && r.words[end].kind == WordKind::kNumber);
  }

  // "Hội nghị quán triệt | , triển khai Nghị quyết", "Bế mạc | , phát thưởng": a comma between what is done there.
  // `from`: the word behind the noun.
  bool JoinsDeeds(const BlockReading& r, std::size_t from, std::size_t comma, std::size_t limit) const {
    if (comma + 1 >= limit || r.words[comma + 1].capital) return false;
    const auto next = rules_.verbs.Longest(r.words, comma + 1);
    if (!next || next->words < 2 || r.Is(comma + 1, "tổ") || r.Is(comma + 1, "hoàn")) return false;
    const auto deed = from < comma ? rules_.verbs.Longest(r.words, from) : std::nullopt;
    return from == comma || (deed && from + deed->words == comma);
  }

  // Where the name of a gathering ends: before its place, its time, its audience, a new clause.
  // `noun`: the table's match at words[first]; the name of a course may hold a list.
  std::size_t EventEnd(const BlockReading& r, std::size_t begin, const PhraseTable::Match& noun,
                       std::size_t limit) const {
    const std::size_t first = begin + noun.words - 1;
    static constexpr std::array<std::string_view, 16> kEnds = {",",     ";",     ".", "(",  ":",  "vào",  "tại", "lúc",
                                                               "trong", "trước", "ở", "do", "về", "xong", "mở",  "để"};
    int quotes = 0;
    if (first >= limit) return limit;
    std::size_t last = r.words[first].key == "“" ? first : first + 1;
    for (; last < limit; ++last) {
      if (r.words[last].key == "“") ++quotes;
      // "Tập huấn kỹ năng | cho …", but "tập huấn cho xã viên".
      if (quotes == 0 && (last > first + 1 || noun.words > 2) && r.Is(last, "cho") && !ShortAudience(r, last, limit))
        break;
      if (quotes == 0 && noun.value == kCourse && r.words[last].key == ",") continue;
      if (quotes == 0 && r.words[last].key == "," && JoinsDeeds(r, first + 1, last, limit)) continue;
      // A name in quotation marks ends the title, "“Bữa cơm ngày mùa” và đêm hội …" has two.
      if (r.words[last].key == "”" && --quotes == 0) {
        if (last + 2 < limit && r.Is(last + 1, "và") && (r.Is(last + 2, "đêm") || r.Is(last + 2, "lễ"))) continue;
        return last + 1;
      }
      if (quotes == 0 && std::ranges::find(kEnds, r.words[last].key) != kEnds.end()) break;
    }
    // "… | tổ chức lúc 7 giờ", "… | dự kiến cuối tháng 12", "… | hai ngày, 05 và 06/10".
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 14> kTails = {{{"tổ", "chức"},
                                                                                              {"thời", "gian"},
                                                                                              {"thời", "điểm"},
                                                                                              {"một", "lần"},
                                                                                              {"hai", "lần"},
                                                                                              {"hai", "buổi"},
                                                                                              {"triệu", "tập"},
                                                                                              {"ba", "ngày"},
                                                                                              {"dự", "kiến"},
                                                                                              {"diễn", "ra"},
                                                                                              {"bắt", "đầu"},
                                                                                              {"hai", "ngày"},
                                                                                              {"một", "buổi"},
                                                                                              {"một", "ngày"}}};
    for (bool more = true; more;) {
      more = false;
      while (last > first + 1 &&
             (IsSign(r.words[last - 1]) || r.Is(last - 1, "được") || r.Is(last - 1, "sẽ") || r.Is(last - 1, "dịp"))) {
        if (r.words[last - 1].key == "”" || r.words[last - 1].key == ")") break;
        --last;
      }
      for (const auto& [a, b] : kTails) {
        if (last > first + 2 && r.Is(last - 2, a) && r.Is(last - 1, b)) {
          last -= 2;
          more = true;
        }
      }
      // "… cấp xã | 01 ngày, ngày 22/4"
      if (last > first + 2 && r.words[last - 2].kind == WordKind::kNumber &&
          (r.Is(last - 1, "ngày") || r.Is(last - 1, "buổi") || r.Is(last - 1, "lần") || r.Is(last - 1, "đêm"))) {
        last -= 2;
        more = true;
      }
    }
    return last;
  }

  // "… tại hội trường xã": the place of a gathering, up to the end of its phrase.
  static std::string PlaceIn(const BlockReading& r, std::size_t from) {
    for (std::size_t k = from; k + 1 < r.words.size() && k < from + 80 && r.words[k].key != ";" &&
                               !(r.words[k].key == "." && r.words[k + 1].capital);
         ++k) {
      if (!r.Is(k, "tại")) continue;
      std::size_t end = k + 1;
      while (end < r.words.size() && r.words[end].key != "," && r.words[end].key != ";" && r.words[end].key != "." &&
             r.words[end].key != ":" && r.words[end].key != "vào" && r.words[end].key != "(" &&
             end < k + kLongestName && std::ranges::none_of(r.dates, [&](const FoundDate& date) {
               return date.first == end && !date.value.in_name && TellsTime(date.value);
             }))
        ++end;
      return end > k + 1 ? r.TextOf(k + 1, end) : std::string();
    }
    return {};
  }

  static constexpr int kCourse = 2, kNoEvent = 3, kSession = 4, kRite = 5;  // of the table of events
  static constexpr std::size_t kLongestName = 100;                          // words of a gathering or a place
  static constexpr std::size_t kLongestSession = 12;                        // words behind the noun of a session

  static bool TellsTime(const DateValue& v) {
    return v.kind == "day" || v.kind == "range" || v.kind == "recurring" || v.kind == "month" || v.kind == "quarter";
  }

  // Whether the words between a gathering and its date say nothing but where and when.
  static bool Beside(const BlockReading& r, std::size_t from, std::size_t date) {
    static constexpr std::array<std::string_view, 12> kLinks = {"(",    ",",   ":", "vào", "lúc", "trong",
                                                                "được", "tại", "ở", "từ",  "mở",  "chấm"};
    if (from >= date) return true;
    if (std::ranges::find(kLinks, r.words[from].key) == kLinks.end()) return false;
    for (std::size_t k = from; k < date; ++k) {
      if (r.words[k].key == ";" || r.words[k].key == "." || r.Is(k, "trước") || r.Is(k, "xong")) return false;
    }
    return date - from < 14;
  }

  // "diễn ra", "được triệu tập", "mở ba ngày": what a gathering does at its time.
  static bool Happens(const BlockReading& r, std::size_t at) {
    if (r.Is(at, "dự") && r.Is(at + 1, "kiến")) at += 2;
    if (r.Is(at, "sẽ")) ++at;
    if (r.Is(at, "được")) ++at;
    return (r.Is(at, "diễn") && r.Is(at + 1, "ra")) || (r.Is(at, "triệu") && r.Is(at + 1, "tập")) ||
           (r.Is(at, "tổ") && r.Is(at + 1, "chức")) || (r.Is(at, "khai") && r.Is(at + 1, "mạc")) ||
           (r.Is(at, "bắt") && r.Is(at + 1, "đầu")) || (r.Is(at, "mở") && (r.Is(at + 2, "ngày") || r.Is(at + 1, "từ")));
  }

  // "lớp dạy bơi … từ 08/6 đến 31/7": what goes on for more than a month is held at no time of its own.
  static bool LastsLong(const DateValue& v) {
    if (v.kind != "range" || !v.start || !v.end || v.start->size() != 10 || v.end->size() != 10) return false;
    const auto months = [](const std::string& day) {
      return 12 * std::stoi(day.substr(0, 4)) + std::stoi(day.substr(5, 2));
    };
    return months(*v.end) > months(*v.start) && v.end->substr(8) > v.start->substr(8);
  }

  // Whether a clause ends among words [from, to).
  static bool ClauseEnds(const BlockReading& r, std::size_t from, std::size_t to) {
    for (std::size_t k = from; k < to; ++k) {
      if (r.words[k].key == ";" || (r.words[k].key == "." && k + 1 < r.words.size() && r.words[k + 1].capital))
        return true;
    }
    return false;
  }

  // Where, at or within `most` words behind word `at`, what a gathering does at its time is said; 0: nowhere.
  static std::size_t DeedBehind(const BlockReading& r, std::size_t at, std::size_t most) {
    for (std::size_t k = at; k <= at + most && k < r.words.size() && !(k > at && IsSign(r.words[k])); ++k) {
      if (Happens(r, k)) return k;
    }
    return 0;
  }

  // The day that the sentence of word i opens with, where a gathering at word i is held then: "Tối 19/8 diễn ra | đêm
  // văn nghệ", "Ngày 20/5: | Lễ tổng kết". `held`: the words before it say so.
  static const FoundDate* OpeningDay(const BlockReading& r, std::size_t i, const std::vector<const FoundDate*>& times,
                                     bool held) {
    std::size_t first = i;
    while (first > 0 && r.words[first - 1].key != ";" && !(r.words[first - 1].key == "." && r.words[first].capital))
      --first;
    if (r.Is(first, "vào") || r.Is(first, "lúc")) ++first;
    if (r.Is(first, "dự") && r.Is(first + 1, "kiến")) first += 2;
    const auto found =
        std::ranges::find_if(times, [&](const FoundDate* t) { return t->first == first && TellsDay(t->value); });
    if (found == times.end() || (*found)->last > i) return nullptr;
    const std::size_t behind = (*found)->last;
    const bool next = behind == i || (behind + 1 == i && (IsSign(r.words[behind]) || r.Is(behind, "có")));
    const bool opens = i >= 2 && ((r.Is(i - 2, "diễn") && r.Is(i - 1, "ra")) || r.Is(i - 1, "mạc"));
    return held || next || opens ? *found : nullptr;
  }

  // An item that holds a named gathering at its own time: "Tổ chức Hội nghị … vào ngày … tại …", "… phiên chợ quê
  // sáng Chủ nhật hằng tuần". At the head of a clause the date may stand anywhere behind, elsewhere beside the name.
  void TextEvent(const BlockReading& r, int section) {
    // Under a heading that names an event what has a time of its own is a part of it.
    const auto whole = section >= 0 ? event_of_.find(section) : event_of_.end();
    const OptionalString part_of = whole != event_of_.end() ? OptionalString(whole->second) : std::nullopt;
    OptionalString whole_time;
    if (part_of) {
      const Event& event = record_.events[static_cast<std::size_t>(std::stoi(part_of->substr(1)) - 1)];
      if (event.when) whole_time = event.when->value;
      HourClauses(r, section);
    }
    std::size_t clause = 0;  // where a clause ends, at or behind word i
    std::vector<const FoundDate*> times;
    for (std::size_t d = 0; d < r.dates.size(); ++d) {
      const DateValue& value = r.dates[d].value;
      const bool of_whole = part_of && whole_time == value.value && !value.time;
      if (!value.in_name && !r.cited[d] && TellsTime(value) && !of_whole) times.push_back(&r.dates[d]);
    }
    std::set<const FoundDate*> told;
    std::size_t ahead = 0;  // of these, the first at or behind word i
    for (std::size_t i = 0; i + 1 < r.words.size(); ++i) {
      while (ahead < times.size() && times[ahead]->first < i) ++ahead;
      const bool held =
          i >= 2 && ((r.Is(i - 2, "tổ") && r.Is(i - 1, "chức")) || (r.Is(i - 2, "chủ") && r.Is(i - 1, "trì")) ||
                     (r.Is(i - 2, "triệu") && r.Is(i - 1, "tập")) || (r.Is(i - 2, "tiến") && r.Is(i - 1, "hành")));
      const bool start = i == 0 || held || (i == 1 && (r.Is(0, "mở") || r.Is(0, "dự"))) ||
                         (i > 0 && (r.words[i - 1].key == ";" || (r.words[i - 1].key == ":" && i < 9))) ||
                         (i > 0 && r.words[i - 1].key == "." && r.words[i].capital);
      // "Tổ chức “Ngày không hẹn” …": a name in quotation marks that is held.
      const bool quoted = held && r.words[i].key == "“" && r.words[i + 1].capital;
      const auto noun = rules_.events.Longest(r.words, i);
      // "Kỳ họp được triệu tập trong hai ngày, …": a noun that else names no gathering does where it happens.
      // "Kỳ họp thứ 8 HĐND xã | dự kiến khai mạc ngày 10/12"
      const std::size_t deed = noun && noun->words > 1 && r.words[i].capital
                                   ? DeedBehind(r, i + noun->words, noun->value == kSession ? kLongestSession : 0)
                                   : 0;
      const bool happens = deed > 0;
      if (noun && (noun->value == kNoEvent || noun->value == kSession) && !happens) {
        i += noun->words - 1;
        continue;
      }
      if (!noun && !quoted) continue;
      // "Giao Ban Xây dựng …" hands something to a body; a "phòng họp" is a place.
      if (noun && r.Is(i, "giao") && r.Is(i + 1, "ban") && r.words[i + 1].capital) continue;
      if (i > 0 && (r.Is(i - 1, "phòng") || r.Is(i - 1, "cuộc"))) continue;
      // "gửi tài liệu trước | hội nghị ngày 5/3": named on the way.
      static constexpr std::array<std::string_view, 9> kMentions = {"trước", "sau", "dịp",  "bị", "của",
                                                                    "ký",    "bản", "liệu", "mời"};
      if (noun && i > 0 && std::ranges::find(kMentions, r.words[i - 1].key) != kMentions.end()) continue;
      const std::size_t words = noun ? noun->words : 1;
      // The first own date behind the noun, in the same clause; "sinh hoạt | định kỳ vào ngày 03 hằng tháng".
      const FoundDate* date = nullptr;
      for (std::size_t d = ahead; d < times.size() && date == nullptr; ++d) {
        const bool shared = times[d]->value.kind == "recurring" && times[d]->first > i && times[d]->last > i + words;
        if (times[d]->first >= i + words || shared) date = times[d];
        // "Phiên họp tháng 4 dự kiến mở chiều ngày 29/4": a month in the name, then the day.
        if (date == nullptr || d + 1 == times.size() || TellsDay(date->value) || !TellsDay(times[d + 1]->value) ||
            date->first != i + words)
          continue;
        if (!ClauseEnds(r, date->last, times[d + 1]->first)) date = times[d + 1];
      }
      if (date != nullptr) {
        clause = std::max(clause, i);
        while (clause < date->first && r.words[clause].key != ";" &&
               !(r.words[clause].key == "." && r.words[clause + 1].capital))
          ++clause;
        if (clause < date->first && (r.words[clause].key == ";" || clause + 1 < date->first)) date = nullptr;
      }
      // "Sáng ngày 02/12/2025, … tổ chức | giao ban công tác tháng 12": the day that opens the sentence.
      const FoundDate* opening = OpeningDay(r, i, times, held);
      const bool rite = noun && noun->value == kRite;
      const bool opened = opening != nullptr && !told.contains(opening) &&
                          !(rite && !opening->value.time && !opening->value.part_of_day) &&
                          (date == nullptr || !TellsDay(date->value));
      if (opened) {
        const std::size_t end =
            EventEnd(r, i, noun.value_or(PhraseTable::Match{1, 1}), std::min(r.words.size(), i + kLongestName));
        if (end < i + 2 || IsKnownEvent(r.TextOf(i, end), opening->value)) continue;
        AddEvent(r.TextOf(i, end), r.SpanOf(i, end), section, ValueOf(r, *opening), PlaceIn(r, opening->last), part_of,
                 "event.text");
        told.insert(opening);
        i = end - 1;
        continue;
      }
      if (date == nullptr) continue;
      // "24 hội nghị khách hàng … trong 6 tháng đầu năm": many of a term are none.
      const bool many =
          i > 0 && r.words[i - 1].kind == WordKind::kNumber && r.words[i - 1].key != "01" && r.words[i - 1].key != "1";
      if (many && (!TellsDay(date->value) || LastsLong(date->value))) continue;
      const std::size_t last = EventEnd(r, i, noun.value_or(PhraseTable::Match{1, 1}),
                                        std::min(happens ? deed : std::max(date->first, i + words), i + kLongestName));
      // "họp", "tuần lễ" alone name nothing, unless their time follows at once: "Họp | chiều thứ Sáu hằng tuần", "ra
      // quân | sáng 04/01/2026".
      const bool hourly = date->value.time || (date->value.kind == "day" && date->value.part_of_day);
      const bool next =
          noun && last == i + noun->words && date->first <= last + 1 &&
          (date->first == last || !IsSign(r.words[last])) &&
          (hourly ? start || noun->words > 1
                  : (start && SaysWhichDay(date->value)) || (noun->words > 2 && SaysWhichDay(date->value)));
      // "Ra quân dọn vật liệu 15/12": such a word needs its hour.
      if (rite && !hourly) continue;
      // "03 lớp tập huấn trong quý I": courses of a term are none.
      if (noun && noun->value == kCourse && (date->value.kind == "quarter" || LastsLong(date->value))) continue;
      const bool bare = last < i + 3 && !(noun && noun->words > 1 && start) && !next;
      if (!happens && (bare || (!start && !Beside(r, last, date->first)))) continue;
      if (IsKnownEvent(r.TextOf(i, last), date->value) || IsPartOfKnown(r.TextOf(i, last), r.SpanOf(i, last))) {
        i += words - 1;
        continue;
      }
      AddEvent(r.TextOf(i, last), r.SpanOf(i, last), section, ValueOf(r, *date), PlaceIn(r, i), part_of, "event.text");
      told.insert(date);
      // "… sáng 12/6/2026 và sáng 16/10/2026"
      const FoundDate* again = date + 1;
      if (again < r.dates.data() + r.dates.size() && again->first == date->last + 1 && r.Is(date->last, "và")) {
        AddEvent(r.TextOf(i, last), r.SpanOf(i, last), section, ValueOf(r, *again), PlaceIn(r, i), part_of,
                 "event.text");
        date = again;
      }
      i = date->last - 1;
    }
    for (const FoundDate* time : times) {
      if (!told.contains(time)) ClockEvent(r, *time, section, part_of);
    }
  }

  // "chiều thứ Sáu hằng tuần", "ngày 28 hằng tháng", but not "hai tuần một lần".
  static bool SaysWhichDay(const DateValue& v) {
    return v.kind == "recurring" && v.value &&
           (v.value->find("BYDAY") != std::string::npos || v.value->find("BYMONTHDAY") != std::string::npos);
  }

  // "7 giờ 15 cúng hồ; 8 giờ thả cá": the hours of an event's day within a paragraph.
  void HourClauses(const BlockReading& r, int section) {
    for (std::size_t k = 0; k + 2 < r.words.size(); ++k) {
      const bool opens = k == 0 || IsSign(r.words[k - 1]);
      if (!opens || r.words[k].kind != WordKind::kNumber ||
          !(r.Is(k + 1, "giờ") || r.Is(k + 1, "h") || r.Is(k + 1, "g")))
        continue;
      std::size_t first = k + 2;
      if (r.words[first].kind == WordKind::kNumber) ++first;
      if (r.Is(first, "phút")) ++first;
      if (r.Is(first, "có") || r.Is(first, ":")) ++first;
      std::size_t last = first;
      while (last < r.words.size() && r.words[last].key != "," && r.words[last].key != ";" &&
             !(r.words[last].key == "." && (last + 1 == r.words.size() || r.words[last + 1].capital)) &&
             !r.Is(last, "tại") && !r.Is(last, "từ"))
        ++last;
      const bool dated = std::ranges::any_of(r.dates, [&](const FoundDate& d) {
        return d.first >= k && d.first < last && d.value.kind != "duration" && d.last > first;
      });
      const OptionalString hour = LeadingTime(std::string_view(r.block->text).substr(r.words[k].span.begin));
      if (dated || !hour || last < first + 2 || r.words[first].kind != WordKind::kWord) continue;
      OptionalString part_of;
      const std::optional<DateValue> when = HourOf(section, *hour, r, k, first, part_of);
      if (!when || !part_of || IsKnownEvent(r.TextOf(first, last), *when)) continue;
      AddEvent(r.TextOf(first, last), r.SpanOf(first, last), section, when, PlaceIn(r, first), part_of,
               "event.hour-clause");
    }
  }

  // "đối thoại với bà con hai bản 15 giờ ngày 18/10/2024 tại trường Nà Bỏ", "18 giờ 30 có đoàn đạp xe xuất phát": what
  // is done at an hour of a day is a gathering, whatever its name, unless it is somebody's duty ("gửi báo cáo",
  // `duty`).
  void ClockEvent(const BlockReading& r, const FoundDate& date, int section, const OptionalString& part_of) {
    constexpr std::size_t kLongestTitle = 14;  // words
    // Of an event every day tells a part, "Đêm 27/9 trao giải, bế mạc".
    if (date.value.kind != "day" || r.Is(date.first, "từ") || !(date.value.time || part_of)) return;
    const auto stops = [&](std::size_t k) {
      return r.words[k].key == ";" || r.words[k].key == ":" || (r.words[k].key == "." && k + 1 < r.words.size());
    };
    std::size_t first = date.first;
    while (first > 0 && !stops(first - 1)) --first;
    for (std::size_t k = first; k < date.first; ++k) {
      if (rules_.event_duties.Longest(r.words, k)) return;
    }
    std::size_t last = date.first;
    const bool ahead = date.first == first || r.Is(date.first - 1, ",");
    if (ahead) {
      first = date.last + (r.Is(date.last, "có") || r.Is(date.last, ":") ? 1 : 0);
      last = first;
      const auto goes_on = [&](std::size_t k) {
        return r.words[k].kind == WordKind::kWord || (part_of && r.words[k].key == "," && k > first);
      };
      while (last < r.words.size() && goes_on(last) && !r.Is(last, "từ") && !r.Is(last, "tại") && !r.Is(last, "ở"))
        ++last;
      while (last > first && IsSign(r.words[last - 1])) --last;
    } else {
      // Who calls it: "Phòng Kinh tế chủ trì, phối hợp với Trung tâm Dịch vụ | tổng duyệt phần lễ".
      const UnitList callers = units_.ReadList(r.block->text, r.words, first);
      if (!callers.units.empty()) first = callers.last;
      for (std::size_t k = first; k + 1 < last; ++k) {
        const bool with = r.Is(k, "phối") && r.Is(k + 1, "hợp") && (r.Is(k + 2, "với") || r.Is(k + 2, "cùng"));
        if (with) first = std::max(first, std::min(last, units_.ReadList(r.block->text, r.words, k + 3).last));
        if ((r.Is(k, "chủ") && r.Is(k + 1, "trì")) || (r.Is(k, "tổ") && r.Is(k + 1, "chức")))
          first = std::max(first, k + 2);
        if (r.Is(k, "đi")) first = std::max(first, k + 1);
      }
      static constexpr std::array<std::string_view, 9> kTails = {"lúc",  "vào", "được", "tổ", "chức",
                                                                 "diễn", "ra",  "từ",   "mở"};
      while (last > first &&
             (IsSign(r.words[last - 1]) || std::ranges::find(kTails, r.words[last - 1].key) != kTails.end()))
        --last;
      for (std::size_t k = first + 2; k < last; ++k) {
        if (r.Is(k, "tại") || r.Is(k, "ở")) last = k;
      }
    }
    while (first < last && (IsSign(r.words[first]) || r.Is(first, "và"))) ++first;
    if (last < first + 2 || last > first + kLongestTitle || r.words[first].kind != WordKind::kWord) return;
    // "lớp | thứ nhất 14 giờ 00 ngày 13/10": one of several that were named before.
    if (r.Is(first + 1, "thứ") || IsKnownEvent(r.TextOf(first, last), date.value)) return;
    if (rules_.event_duties.Longest(r.words, first)) return;
    AddEvent(r.TextOf(first, last), r.SpanOf(first, last), section, ValueOf(r, date), PlaceIn(r, first), part_of,
             "event.clock");
  }

  // The same gathering, named again with its time.
  bool IsKnownEvent(const std::string& title, const DateValue& when) {
    return !named_events_.insert(ToLower(title) + "\n" + when.value.value_or("")).second;
  }

  // A gathering that a longer name, read at the same place, holds.
  bool IsPartOfKnown(const std::string& title, ByteSpan span) const {
    constexpr std::size_t kNear = 40;  // events: those of the same item were read just before
    const std::size_t skipped = record_.events.size() > kNear ? record_.events.size() - kNear : 0;
    return std::ranges::any_of(record_.events | std::views::drop(skipped), [&](const Event& event) {
      return event.span.begin <= span.begin && span.end <= event.span.end && event.title.size() > title.size();
    });
  }

  // The same for a row of a work plan, with the row's time.
  void RowTextEvent(const BlockReading& work, const BlockReading* time, int section) {
    if (time == nullptr || time->dates.empty() || !TellsTime(time->dates.front().value)) return;
    std::size_t i = 0;
    if (work.Is(0, "tổ") && work.Is(1, "chức")) i = 2;
    const auto noun = i < work.words.size() ? rules_.events.Longest(work.words, i) : std::nullopt;
    if (!noun || noun->value == kNoEvent) return;
    // The whole cell names it, up to a stop or its place.
    std::size_t last = i + noun->words;
    const auto counted = [&](std::size_t k) {  // "… | với khoảng 120 hộ nuôi tôm"
      return work.Is(k, "với") && k + 2 < work.words.size() &&
             (work.words[k + 1].kind == WordKind::kNumber || work.words[k + 2].kind == WordKind::kNumber);
    };
    while (last < work.words.size() && !counted(last) && work.words[last].key != ";" && work.words[last].key != "." &&
           work.words[last].key != "(" && !work.Is(last, "tại") &&
           !(work.words[last].key == "," && noun->value != kCourse && last + 1 < work.words.size() &&
             !work.Is(last + 1, "giao") && rules_.verbs.Longest(work.words, last + 1)))
      ++last;
    while (last > i + 1 && work.words[last - 1].key == ",") --last;
    AddEvent(work.TextOf(i, last), work.SpanOf(i, last), section, ValueOf(*time, time->dates.front()), PlaceIn(work, i),
             std::nullopt, "event.plan-row");
  }

  const Outline& outline_;
  const std::vector<BlockReading>& readings_;
  const Tables& rules_;
  const UnitReader& units_;
  UnitRegistry& registry_;
  Record& record_;
  KeyLineTable key_lines_;
  LeadIn lead_in_;
  bool letter_ = false;  // no sections but bullets that head others
  bool loose_ = false;   // below a heading without a label
  std::vector<Inherited> sections_;
  Inherited programme_;  // time and place of what the document is about
  int programme_section_ = -1;
  const FoundDate* day_ = nullptr;  // of the last line that names a day, "Ngày thứ nhất: thứ Bảy, 14/11/2026"
  int day_section_ = -1;
  std::vector<bool> topics_;  // of sections: their items are topics, as those of the sections above are
  std::vector<bool> past_;    // of sections: they tell results or the state of things
  std::map<std::string, int> count_;
  std::map<int, std::string> event_of_;
  OptionalString subject_event_;
  std::set<std::string> named_events_;  // title and time
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
