#include "extract/events.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <map>
#include <optional>
#include <ranges>
#include <set>
#include <string>
#include <utility>

#include "extract/tasks.h"
#include "text/unicode.h"

namespace hoidau {
namespace {

using Tables = ExtractRules::Tables;

bool IsSign(const KeyWord& word) { return word.kind == WordKind::kSign; }

class EventReader {
 public:
  EventReader(const Outline& outline, const std::vector<BlockReading>& readings, const SectionTimes& times,
              const Tables& rules, const UnitReader& units, Record& record)
      : outline_(outline),
        readings_(readings),
        times_(times),
        rules_(rules),
        units_(units),
        record_(record),
        letter_(HasNoSections(outline)),
        headings_(outline.nodes.size()) {}

  EventReading Run() {
    EventReading out;
    out.items.resize(readings_.size());
    for (const BlockReading& r : readings_) {
      if (r.block->kind == BlockKind::kHeading && r.block->section >= 0)
        headings_[static_cast<std::size_t>(r.block->section)] = &r;
    }
    SubjectEvent();
    NamedEvents();
    for (std::size_t b = 0; b < readings_.size(); ++b) {
      const BlockReading& r = readings_[b];
      switch (r.block->kind) {
        case BlockKind::kParagraph:
        case BlockKind::kBullet:
          NoteDay(b);
          if (TimedItem(r) || DatedItem(r))
            out.items[b] = EventItem::kProgramme;
          else if (Sentences(r, r.block->section))
            out.items[b] = EventItem::kNamed;
          break;
        case BlockKind::kTableRow:
          if (r.block->header_row) break;
          if (r.cells.empty())
            NoteDayOfRows(r);
          else if (Row(r))
            out.items[b] = EventItem::kProgramme;
          break;
        case BlockKind::kHeading:
          day_ = nullptr;
          NoteDayOfHeading(r);
          break;
        case BlockKind::kBasis:
          // "Sáng ngày 05/6/2026, tại phòng họp số 2, Ban Thường vụ họp …": what a notice reports on.
          if (!r.dates.empty() && r.dates.front().first == 0) Sentences(r, -1);
          break;
        case BlockKind::kClosing:
          Sentences(r, -1);
          break;
        default:
          break;
      }
    }
    DropEmptyEvents();
    out.subject = subject_event_;
    return out;
  }

 private:
  const OutlineNode& Node(int index) const { return outline_.nodes[static_cast<std::size_t>(index)]; }

  bool UnderRole(int section, std::initializer_list<std::string_view> roles) const {
    for (int n = section; n >= 0; n = Node(n).parent) {
      if (std::ranges::find(roles, Node(n).role) != roles.end()) return true;
    }
    return false;
  }

  // A row of a programme, whose work column says what is held; whether it is one. Of a row of a work plan only what
  // names a gathering is an event.
  bool Row(const BlockReading& row) {
    const int section = row.block->section;
    const BlockReading* work = row.Cell("work");
    const BlockReading* time = row.Cell("time");
    // A timetable of audiences and places names its rows by the audience.
    if (work == nullptr && !row.HasColumn("work") && row.HasColumn("place")) work = row.Cell("note");
    // A row with a cell less than its head: what is held has come under the time, and where under what is held.
    for (const BlockReading& cell : row.cells) {
      if (work != nullptr && cell.block->column == "time" && cell.words.size() > 1 && cell.dates.empty() &&
          time != nullptr && LeadingTime(time->block->text) && !LeadingTime(cell.block->text))
        work = &cell;
    }
    if (work == nullptr) return false;
    const bool plan = row.HasColumn("lead") || row.HasColumn("both") || row.HasColumn("coordinate");
    const bool timetable =
        row.HasColumn("time") && !row.HasColumn("person") &&
        (row.HasColumn("place") || (section >= 0 && UnderRole(section, {"schedule"}) && !row.HasColumn("other")));
    // "7g45" below "Thứ Hai 13/4": a programme, whoever leads its parts.
    const bool hour = (DayOf(section) != nullptr || WholeOf(section).day) && time != nullptr && time->dates.empty() &&
                      LeadingTime(time->block->text).has_value();
    if (hour || (section >= 0 && UnderRole(section, {"event"})) || (!plan && timetable)) {
      RowEvent(row, *work, time, section);
      return true;
    }
    RowTextEvent(*work, time, section);
    return false;
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

  // The event that the document is about: its subject, at the time and place that a section of the first rank gives,
  // or that the paragraphs before the sections tell, "diễn ra từ ngày 23/5/2026 đến ngày 29/5/2026".
  void SubjectEvent() {
    const FoundDate* date = times_.whole.schedule;
    const BlockReading* from = times_.whole.schedule_reading;
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
        if (!noun || noun->value == kNoEvent || noun->value == kHold || r.words[i].all_caps ||
            !(r.words[i].capital || session))
          continue;
        static constexpr std::array<std::string_view, 6> kEnds = {"gắn", "và", "năm", "nhân", "chào", "kỷ"};
        std::size_t last = EventEnd(r, i, *noun, r.words.size());
        // "kỳ họp thứ ba, | Hội đồng nhân dân xã khóa II": whose it is.
        if (session && r.Is(last, ",") && last + 1 < r.words.size() && r.words[last + 1].capital)
          last = EventEnd(r, last + 1, {1, 1}, r.words.size());
        for (std::size_t k = i + noun->words; k < last; ++k) {
          const bool people = r.Is(k, "nhân") && r.Is(k + 1, "dân");
          if (k > i + 1 && !people && std::ranges::find(kEnds, r.words[k].key) != kEnds.end()) last = k;
        }
        subject_event_ = AddEvent(r.TextOf(i, last), r.SpanOf(i, last), times_.whole_section, ValueOf(*from, *date),
                                  times_.whole.where, std::nullopt, "event.subject");
        return;
      }
    }
  }

  // A heading that names an event gives one, with the time and place among its items.
  void NamedEvents() {
    for (std::size_t n = 0; n < outline_.nodes.size(); ++n) {
      const OutlineNode& node = outline_.nodes[n];
      if (!node.title || headings_[n] == nullptr || (node.parent >= 0 && Node(node.parent).role == "event")) continue;
      // "2. Hội giảng cấp trường (từ ngày 03/11 đến ngày 14/11/2025)": a heading of any role may name one with its
      // time.
      const FoundDate* stated = times_.of[n].date != nullptr ? times_.of[n].date : times_.of[n].schedule;
      const bool own =
          stated != nullptr && PrecisionOf(stated->value) >= Precision::kDay && NounAt(*headings_[n], 0).has_value();
      if (node.role != "event" && !own) continue;
      const SectionTime& section = times_.of[n];
      const BlockReading& r = *headings_[n];
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
      if (date == nullptr && node.parent < 0 && times_.whole.schedule != nullptr) {
        date = times_.whole.schedule;
        where = times_.whole.schedule_reading;
        if (place.empty()) place = times_.whole.where;
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
    if (!when) return;
    // A place under what is held, and none in its own column: the row has lost its name.
    if (rules_.venues.Longest(work.words, 0) && row.Cell("place") == nullptr) return;
    std::string place;
    if (const BlockReading* cell = row.Cell("place")) place = cell->block->text;
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

  // A heading that turned out to hold no time names no event of its own.
  void DropEmptyEvents() {
    const std::vector<Event> all = std::move(record_.events);
    record_.events.clear();
    std::map<std::string, std::string> renamed;
    std::vector<Evidence> evidence;
    for (std::size_t i = 0; i < all.size(); ++i) {
      const auto note = record_.evidence.find("/events/" + std::to_string(i));
      if (note->second.rule == "event.heading" && !all[i].when) continue;
      evidence.push_back(note->second);
      record_.events.push_back(all[i]);
      renamed[all[i].id] = record_.events.back().id = "e" + std::to_string(record_.events.size());
    }
    for (std::size_t i = 0; i < all.size(); ++i) record_.evidence.erase("/events/" + std::to_string(i));
    for (std::size_t i = 0; i < evidence.size(); ++i) record_.evidence["/events/" + std::to_string(i)] = evidence[i];
    for (Event& event : record_.events) {
      if (!event.part_of) continue;
      const auto whole = renamed.find(*event.part_of);
      event.part_of = whole != renamed.end() ? OptionalString(whole->second) : std::nullopt;
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
      const FoundDate* date = times_.of[static_cast<std::size_t>(n)].date;
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
    return end - at <= 4 && !(at + 1 < limit && r.words[at + 1].kind == WordKind::kNumber) &&
           !(end < limit && r.words[end].kind == WordKind::kNumber);
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
      if (quotes == 0 && r.Is(last, "cho") && !ShortAudience(r, last, limit)) break;
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
      // "… dự kiến khai mạc ngày 10/12", but "Lễ khai mạc".
      if (last > first + 3 && r.Is(last - 2, "khai") && (r.Is(last - 3, "kiến") || r.Is(last - 3, "sẽ"))) {
        last -= 2;
        more = true;
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
               return date.first == end && !date.value.in_name && PrecisionOf(date.value) != Precision::kNone;
             }))
        ++end;
      return end > k + 1 ? r.TextOf(k + 1, end) : std::string();
    }
    return {};
  }

  static constexpr int kCourse = 2, kNoEvent = 3, kSession = 4, kRite = 5, kHold = 6,
                       kOpen = 7;                   // of the table of events
  static constexpr std::size_t kLongestName = 100;  // words of a gathering or a place

  // --- Sentences ------------------------------------------------------------------------------------------------
  //
  // A sentence tells an event where its clause has a time at which something takes place, and names what that is. How
  // much the words have to say of a gathering depends on how well the time tells an occurrence: an hour of a day is
  // proof enough for whatever is nobody's duty, "đối thoại với bà con 15 giờ ngày 18/10"; a part of a day, or a day
  // with a place, for what is done at one time (`act`), "ra quân sáng 24/5"; a day for what is held, "tổ chức “Ngày
  // không hẹn” thứ Năm …", or bears the noun of a gathering (`event`); a month or a round only for the last two. A term
  // ("trước", "xong", "hạn") and a duty ("gửi", "báo cáo") tell none.

  enum class Precision { kNone, kRound, kDay, kPart, kHour };

  static Precision PrecisionOf(const DateValue& v) {
    const bool lunar = v.calendar.has_value();
    if (v.kind == "day" || v.kind == "range") {
      if (v.kind == "range" && !lunar && Days(v) > kLongestGathering)
        return Days(v) <= kLongestFair ? Precision::kRound : Precision::kNone;
      return v.time ? Precision::kHour : v.part_of_day ? Precision::kPart : Precision::kDay;
    }
    if (v.kind == "recurring") {
      const bool daily = v.value && v.value->starts_with("FREQ=DAILY");
      if (daily && v.time) return Precision::kDay;
      if (!SaysWhichDay(v) && !lunar) return daily ? Precision::kNone : Precision::kRound;
      return v.time || v.part_of_day ? Precision::kPart : Precision::kDay;
    }
    return v.kind == "month" || v.kind == "quarter" ? Precision::kRound : Precision::kNone;
  }
  static constexpr int kLongestGathering = 14, kLongestFair = 31;  // days

  // How many days a range has; more than any gathering where it is one of months or years.
  static int Days(const DateValue& v) {
    const auto start = v.start ? ParseIsoDay(*v.start) : std::nullopt;
    const auto end = v.end ? ParseIsoDay(*v.end) : std::nullopt;
    return start && end ? static_cast<int>((*end - *start).count()) + 1 : kLongestFair + 1;
  }

  // "chiều thứ Sáu hằng tuần", "ngày 28 hằng tháng", but not "hai tuần một lần".
  static bool SaysWhichDay(const DateValue& v) {
    return v.value && (v.value->find("BYDAY") != std::string::npos || v.value->find("BYMONTHDAY") != std::string::npos);
  }

  // What a sentence names, and how well it does.
  struct Named {
    enum class Kind { kAnything, kAct, kHeld, kGathering };
    Kind kind = Kind::kAnything;
    std::size_t first = 0, last = 0;  // words of the title
    bool opens = false;               // at the head of its clause, behind who holds it, or behind "tổ chức"
    bool bare = false;                // nothing but the noun
    bool nameless = false;            // … of a kind that needs a name, "buổi", "lễ"
    bool many = false;                // several are held: "03 lớp tập huấn"
  };

  // Whether a noun of the table at word i names something that may be held: "hội nghị", "họp"; not "phòng họp".
  std::optional<PhraseTable::Match> NounAt(const BlockReading& r, std::size_t i) const {
    const auto noun = rules_.events.Longest(r.words, i);
    if (!noun || noun->value == kNoEvent || noun->value == kRite || noun->value == kHold) return std::nullopt;
    // "Giao Ban Xây dựng …" hands something to a body; a "phòng họp" is a place.
    if (r.Is(i, "giao") && r.Is(i + 1, "ban") && i + 1 < r.words.size() && r.words[i + 1].capital) return std::nullopt;
    if (i > 0 && (r.Is(i - 1, "phòng") || r.Is(i - 1, "ban") || r.Is(i - 1, "điểm"))) return std::nullopt;
    return noun;
  }

  // Words that count before what is held, "một", "02 buổi", "các lớp": the word behind them.
  static std::size_t SkipCount(const BlockReading& r, std::size_t i, bool& many) {
    static constexpr std::array<std::string_view, 9> kCounts = {"một", "hai", "ba",    "bốn",  "năm",
                                                                "các", "mỗi", "nhiều", "những"};
    if (i >= r.words.size()) return i;
    const bool number = r.words[i].kind == WordKind::kNumber;
    if (!number && std::ranges::find(kCounts, r.words[i].key) == kCounts.end()) return i;
    many = !(r.Is(i, "một") || r.Is(i, "01") || r.Is(i, "1"));
    return i + 1;
  }

  // The date that a word belongs to; null for none.
  static const FoundDate* DateAt(const BlockReading& r, std::size_t word) {
    const auto behind = std::ranges::upper_bound(r.dates, word, {}, &FoundDate::last);
    return behind != r.dates.end() && behind->first <= word ? &*behind : nullptr;
  }

  // What words [begin, end) name that is held. `begin` is the head of a clause.
  std::optional<Named> NameIn(const BlockReading& r, std::size_t begin, std::size_t end) const {
    const std::size_t subject = SkipHolder(r, begin, end);
    // "Dạy 03 | lớp xóa mù chữ", "tham mưu | hội nghị": the object of the clause's verb.
    std::size_t object = subject;
    for (bool counted = false; object < end && !NounAt(r, object);) {
      const auto verb = rules_.verbs.Longest(r.words, object);
      const std::size_t next = verb ? object + verb->words : SkipCount(r, object, counted);
      if (next == object) break;
      object = next;
    }
    std::optional<Named> act, beside;
    int quotes = 0;
    for (std::size_t i = begin; i < end; ++i) {
      if (r.words[i].key == "“") ++quotes;
      if (r.words[i].key == "”") --quotes;
      if (quotes > 0) continue;
      if (const FoundDate* within = DateAt(r, i)) {
        i = within->last - 1;
        continue;
      }
      const auto word = rules_.events.Longest(r.words, i);
      if (word && word->value == kHold) {
        Named name{.kind = Named::Kind::kHeld, .first = i + word->words, .opens = true};
        name.first = SkipCount(r, name.first, name.many);
        if (name.many && (r.Is(name.first, "buổi") || r.Is(name.first, "cuộc") || r.Is(name.first, "ngày")))
          ++name.first;
        if (name.first >= end || i < subject) continue;
        const auto noun = NounAt(r, name.first);
        const auto verb = rules_.verbs.Longest(r.words, name.first);
        const bool open = r.words[name.first].key == "“" || (r.words[name.first].capital && word->words > 1);
        // "mở": gatherings and what bears a name, not doors.
        if (word->words == 1 && !noun && !open) continue;
        if (!noun && (verb || IsSign(r.words[name.first])) && !open) {
          // "tổ chức | kiểm tra": done rather than held.
          if (verb && !act) {
            act = Named{.kind = Named::Kind::kAct, .first = name.first, .last = end, .opens = true};
            CutPlace(r, *act);
          }
          i += word->words - 1;
          continue;
        }
        if (noun) name.kind = Named::Kind::kGathering;
        return Finished(r, name, noun, end);
      }
      if (word && word->value == kNoEvent) {
        i += word->words - 1;
        continue;
      }
      const bool opens = i == begin || i == subject || i == object || IsSign(r.words[i - 1]);
      if (const auto noun = NounAt(r, i)) {
        Named name{.kind = Named::Kind::kGathering, .first = i, .opens = opens};
        if (i > 0 && r.words[i - 1].kind == WordKind::kNumber) name.many = !r.Is(i - 1, "01") && !r.Is(i - 1, "1");
        if (opens && act && act->first < i) continue;  // "Bế mạc, | trao giải"
        if (noun->value == kSession && (!opens || r.Is(name.first + noun->words + 2, "thông"))) {
          i += noun->words - 1;
          continue;
        }
        if (opens) return Finished(r, name, noun, end);
        if (!beside && !IsMention(r, i)) beside = Finished(r, name, noun, end);
        if (beside && beside->nameless) beside.reset();
        i += noun->words - 1;
        continue;
      }
      if (word && word->value == kRite && opens && !act) {
        act = Named{.kind = Named::Kind::kAct, .first = i, .last = end, .opens = true};
        CutPlace(r, *act);
      }
    }
    if (act) {
      // "Ra quân dọn đường, | mỗi nhà một người": up to what follows, unless a list goes on to the time.
      for (std::size_t k = act->first + 1; k < act->last; ++k) {
        if (!r.Is(k, ",")) continue;
        act->last = std::max(k, EndOfTitleList(r, k, end));
        break;
      }
      CutPlace(r, *act);
      return act;
    }
    if (beside) return beside;
    Named rest{.first = subject, .last = end, .opens = true};
    if (const auto hold = rules_.events.Longest(r.words, subject); hold && hold->value == kHold)
      rest.first = subject + hold->words;
    CutPlace(r, rest);
    return rest.first < rest.last ? std::optional(rest) : std::nullopt;
  }

  // "gửi tài liệu trước | hội nghị", "tại | phiên họp": named on the way.
  static bool IsMention(const BlockReading& r, std::size_t i) {
    static constexpr std::array<std::string_view, 18> kMentions = {"trước", "sau",  "dịp", "bị",    "của",   "ký",
                                                                   "bản",   "liệu", "mời", "tài",   "trong", "cho",
                                                                   "ở",     "vụ",   "các", "những", "từ",    "về"};
    return i > 0 && std::ranges::find(kMentions, r.words[i - 1].key) != kMentions.end();
  }

  // Behind who holds it, "Phòng Kinh tế chủ trì, phối hợp với Công an xã | tổng duyệt": the word where what is held may
  // begin.
  std::size_t SkipHolder(const BlockReading& r, std::size_t begin, std::size_t end) const {
    std::size_t at = begin;
    if (r.Is(at, "giao") || r.Is(at, "mời")) ++at;
    const UnitList holders = units_.ReadList(r.block->text, r.words, at, 8);
    if (!holders.units.empty() && holders.last < end) at = holders.last;
    for (std::size_t k = at; k + 1 < end && k < at + 12; ++k) {
      if (r.Is(k, "chủ") && r.Is(k + 1, "trì")) at = k + 2;
      if (r.Is(k, "phối") && r.Is(k + 1, "hợp")) {
        const std::size_t with = k + (r.Is(k + 2, "với") || r.Is(k + 2, "cùng") ? 3 : 2);
        const UnitList helpers = units_.ReadList(r.block->text, r.words, with, 8);
        at = helpers.units.empty() ? with : std::min(end, helpers.last);
        k = at;
      }
    }
    if (at == begin && holders.units.empty()) return begin;
    while (at < end && (IsSign(r.words[at]) || r.Is(at, "sẽ") || r.Is(at, "để"))) ++at;
    return at < end ? at : begin;
  }

  Named Finished(const BlockReading& r, Named name, const std::optional<PhraseTable::Match>& noun,
                 std::size_t end) const {
    const PhraseTable::Match match = noun.value_or(PhraseTable::Match{1, 1});
    name.last = EventEnd(r, name.first, match, std::min(end, name.first + kLongestName));
    name.last = EndOfTitleList(r, name.last, end);
    name.bare = noun && name.last <= name.first + match.words && (match.words < 2 || match.value == kOpen);
    const std::size_t behind = name.first + match.words;
    const bool named = behind < name.last && (!IsSign(r.words[behind]) || r.Is(behind, "“"));
    name.nameless = noun && match.value == kOpen && !named;
    return name;
  }

  // Behind "giải đá cầu | , kéo co giữa các lớp", "Họp lãnh đội | , bốc thăm": a list that goes on to the place or
  // time.
  std::size_t EndOfTitleList(const BlockReading& r, std::size_t last, std::size_t end) const {
    constexpr std::size_t kLongestRest = 8;  // words
    const bool timed = std::ranges::any_of(r.dates, [&](const FoundDate& date) { return date.first == end; });
    if (!timed || !r.Is(last, ",") || last + 2 >= end || r.words[last + 1].capital) return last;
    std::size_t k = last + 1;
    while (k < end && r.words[k].kind == WordKind::kWord && !r.Is(k, "tại") && !r.Is(k, "vào") && !r.Is(k, "lúc") &&
           !r.Is(k, "từ") && !r.Is(k, "cho"))
      ++k;
    const bool ends = k == end || r.words[k].kind == WordKind::kWord;
    static constexpr std::array<std::string_view, 8> kNoNames = {"hai", "ba", "dự", "vòng", "do", "có", "mời", "thời"};
    if (!ends || k > last + 1 + kLongestRest || IsDuty(r, last + 1, k) ||
        std::ranges::find(kNoNames, r.words[last + 1].key) != kNoNames.end())
      return last;
    return k;
  }

  // The title of what is no known gathering ends before its place and without the words that lead to its time.
  static void CutPlace(const BlockReading& r, Named& name) {
    static constexpr std::array<std::string_view, 14> kLinks = {"lúc", "vào", "được",  "tổ", "chức", "diễn", "ra",
                                                                "từ",  "mở",  "trong", "dự", "kiến", "ngày", "và"};
    for (std::size_t k = name.first + 2; k < name.last; ++k) {
      if (r.Is(k, "tại") || (r.Is(k, "ở") && k + 3 < name.last) || r.words[k].key == "(" ||
          (r.Is(k, "cho") && !ShortAudience(r, k, name.last)))
        name.last = k;
    }
    // "Ra quân đánh chuột | tập trung vào hai buổi sáng"
    for (std::size_t k = name.first + 2; k < name.last; ++k) {
      if (r.Is(k, "vào") && k + 5 > name.last) name.last = r.Is(k - 1, "trung") && k > name.first + 3 ? k - 2 : k;
    }
    while (name.last > name.first &&
           (IsSign(r.words[name.last - 1]) || std::ranges::find(kLinks, r.words[name.last - 1].key) != kLinks.end())) {
      if (r.Is(name.last - 1, "”") || r.Is(name.last - 1, ")")) break;
      --name.last;
    }
    while (name.first < name.last && (IsSign(r.words[name.first]) || r.Is(name.first, "và")) && !r.Is(name.first, "“"))
      ++name.first;
  }

  // Whether something is due then rather than held: "xong ngày 20/6", "gửi … ngày 15/10", "hạn đăng ký: 17 giờ ngày …".
  bool IsDuty(const BlockReading& r, std::size_t first, std::size_t last) const {
    for (std::size_t k = first; k < last; ++k) {
      const auto word = rules_.events.Longest(r.words, k);
      if (word && word->value == kNoEvent)
        k += word->words - 1;
      else if (rules_.event_duties.Longest(r.words, k))
        return true;
    }
    return false;
  }

  struct Clause {
    std::size_t first = 0, last = 0;
  };

  // The clauses of an item: up to a semicolon or the end of a sentence, quotation marks and brackets kept whole.
  static std::vector<Clause> ClausesOf(const BlockReading& r) {
    std::vector<Clause> out;
    std::size_t first = 0;
    int depth = 0;
    for (std::size_t k = 0; k < r.words.size(); ++k) {
      const std::string& key = r.words[k].key;
      if (key == "“" || key == "(") ++depth;
      if ((key == "”" || key == ")") && depth > 0) --depth;
      const bool stop = key == ";" || (key == "." && (k + 1 == r.words.size() || r.words[k + 1].capital ||
                                                      (r.words[k + 1].kind == WordKind::kNumber &&
                                                       r.words[k].span.end < r.words[k + 1].span.begin)));
      if (!stop || (depth > 0 && key != ".")) continue;
      if (k > first) out.push_back({first, k});
      first = k + 1;
      depth = 0;
    }
    if (first < r.words.size()) out.push_back({first, r.words.size()});
    return out;
  }

  // The event that a section belongs to, and its day.
  struct Whole {
    OptionalString id, day;
  };
  Whole WholeOf(int section) const {
    const auto found = section >= 0 ? event_of_.find(section) : event_of_.end();
    if (found == event_of_.end()) return {};
    const Event& event = record_.events[static_cast<std::size_t>(std::stoi(found->second.substr(1)) - 1)];
    return {found->second, event.when ? event.when->value : std::nullopt};
  }

  // The events of an item; whether it is nothing but a gathering and its time.
  bool Sentences(const BlockReading& r, int section) {
    const Whole whole = WholeOf(section);
    if (whole.id) HourClauses(r, section);
    bool alone = false;
    for (const Clause& clause : ClausesOf(r)) {
      std::vector<const FoundDate*> times;
      for (std::size_t d = 0; d < r.dates.size(); ++d) {
        const FoundDate& date = r.dates[d];
        const bool of_whole = whole.id && whole.day == date.value.value && !date.value.time;
        if (date.first >= clause.first && date.last <= clause.last && !date.value.in_name && !r.cited[d] && !of_whole &&
            PrecisionOf(date.value) != Precision::kNone)
          times.push_back(&date);
      }
      if (!times.empty() && ReadClause(r, clause, times, section, whole.id) && clause.first == 0) alone = true;
    }
    return alone && r.block->kind == BlockKind::kBullet;
  }

  // Whether the clause is of the form "title: time".
  bool ReadClause(const BlockReading& r, const Clause& clause, const std::vector<const FoundDate*>& times, int section,
                  const OptionalString& part_of) {
    constexpr std::size_t kFarthestName = 150;  // words before its time
    bool titled = false;
    std::size_t from = clause.first;  // behind the last event's time
    for (std::size_t t = 0; t < times.size(); ++t) {
      const FoundDate& date = *times[t];
      if (date.first > from + kFarthestName) from = date.first - kFarthestName;
      const Precision precision = PrecisionOf(date.value);
      // "Phiên họp tháng 4 | dự kiến mở chiều ngày 29/4": a month, then the day.
      const bool later =
          std::any_of(times.begin() + static_cast<std::ptrdiff_t>(t) + 1, times.end(),
                      [&](const FoundDate* other) { return PrecisionOf(other->value) >= Precision::kDay; });
      if (precision == Precision::kRound && later) continue;
      if (date.first > 0 &&
          (r.Is(date.first - 1, "xong") || r.Is(date.first - 1, "hạn") || r.Is(date.first - 1, "đến")))
        continue;
      const std::size_t time = date.first > from && r.Is(date.first - 1, "cả") ? date.first - 1 : date.first;
      const bool colon = time > from + 1 && r.words[time - 1].key == ":";
      const std::size_t next = t + 1 < times.size() ? std::max(date.last, times[t + 1]->first) : clause.last;
      std::optional<Named> name;
      bool told = false;  // by its place in the clause, "title: time" or "time: title"
      if (Opens(r, clause.first, date.first)) {
        std::size_t begin = date.last;
        told = r.Is(begin, ":");
        while (begin < clause.last && (IsSign(r.words[begin]) || r.Is(begin, "có")) && !r.Is(begin, "“")) ++begin;
        name = NameIn(r, begin, std::max(begin, next));
        if (name && name->kind <= Named::Kind::kAct) {
          std::string place;
          name->last = std::min(name->last, TitleEnd(r, name->first, name->last, place));
          if (!told) CutAtComma(r, *name);
        }
        told = told && name && name->first == begin;
      } else if (date.first > from && r.Is(date.first - 1, ",") && NameFollows(r, date.last, clause.last)) {
        // "Xóm Lũng Sặp làm điểm, 30/6/2026 | họp rút kinh nghiệm"
        name = NameIn(r, date.last, next);
      } else if (colon) {
        name = TitleBefore(r, from, time - 1);
        told = name.has_value();
      } else {
        // "sinh hoạt | định kỳ vào ngày 03 hằng tháng": a word of both.
        const bool shared = r.Is(date.first, "định") && r.Is(date.first + 1, "kỳ");
        name = NameIn(r, HeadOf(r, from, date.first), date.first + (shared ? 2 : 0));
      }
      if (!name || !Holds(r, clause, date, *name, told, section, part_of)) {
        if (t == 0 && clause.first == 0 && precision >= Precision::kPart && Opens(r, 0, date.first))
          NamedByHeading(r, date, section);
        continue;
      }
      titled = titled || (told && colon);
      const std::string title = r.TextOf(name->first, name->last);
      const FoundDate* held = &date;
      while (true) {
        if (!IsKnownEvent(title, held->value) && !IsPartOfKnown(title, r.SpanOf(name->first, name->last)))
          AddEvent(title, r.SpanOf(name->first, name->last), section, ValueOf(r, *held),
                   PlaceOf(r, *name, *held, clause.last), part_of, told ? "event.titled" : "event.sentence");
        from = held->last;
        // "… sáng 12/6/2026 và sáng 16/10/2026", "… tối 11/4 ở nhà rông Kon Jri và tối 12/4 ở nhà rông Kon Lung"
        if (t + 1 >= times.size() || !IsOnceMore(r, *held, *times[t + 1])) break;
        held = times[++t];
      }
    }
    return titled;
  }

  // Whether the noun or the verb of a gathering stands at word i.
  bool NameFollows(const BlockReading& r, std::size_t i, std::size_t end) const {
    if (i >= end) return false;
    const auto word = rules_.events.Longest(r.words, i);
    return NounAt(r, i) || (word && (word->value == kRite || word->value == kHold));
  }

  // Whether nothing but "vào", "lúc", "dự kiến" stands before the time that a clause opens with.
  static bool Opens(const BlockReading& r, std::size_t first, std::size_t date) {
    static constexpr std::array<std::string_view, 13> kBefore = {"vào", "lúc", "dự",  "kiến", "và", "riêng", "-",
                                                                 "từ",  "bắt", "đầu", "diễn", "ra", ":"};
    for (std::size_t k = first; k < date; ++k) {
      if (std::ranges::find(kBefore, r.words[k].key) == kBefore.end()) return false;
    }
    return true;
  }

  // The head of the clause that ends at `end`: behind the last colon, and behind words that only lead on.
  static std::size_t HeadOf(const BlockReading& r, std::size_t from, std::size_t end) {
    int quotes = 0;
    std::size_t head = from;
    for (std::size_t k = from; k + 1 < end; ++k) {
      if (r.words[k].key == "“") ++quotes;
      if (r.words[k].key == "”") --quotes;
      if (quotes == 0 && r.words[k].key == ":" && k + 2 < end) head = k + 1;
    }
    while (head < end) {
      if ((r.Is(head, "ngoài") && r.Is(head + 1, "ra")) || (r.Is(head, "đồng") && r.Is(head + 1, "thời")))
        head += 2;
      else if ((IsSign(r.words[head]) && r.words[head].key != "“") || r.Is(head, "riêng") || r.Is(head, "và"))
        ++head;
      else
        break;
    }
    return head;
  }

  // "IV. DIỄN TẬP CẤP CỨU TRÊN BIỂN" above "Bắt đầu 05 giờ 30 ngày 18/4/2026, tại bến Bãi Giếng": a heading that the
  // first words below it give a time and a place names an event, whose programme may follow.
  void NamedByHeading(const BlockReading& r, const FoundDate& date, int section) {
    if (section < 0 || event_of_.contains(section) || r.block->kind != BlockKind::kParagraph) return;
    const BlockReading* heading = headings_[static_cast<std::size_t>(section)];
    if (heading == nullptr || heading + 1 != &r || heading->words.empty()) return;
    const std::size_t next = date.last + (r.Is(date.last, ",") ? 1 : 0);
    const bool place = r.Is(next, "tại") || r.Is(next, "ở") || rules_.venues.Longest(r.words, next) ||
                       HasPlace(r, date.last, std::min(r.words.size(), date.last + kNearPlace));
    if (!place || ItemKey(*heading, rules_) || rules_.column_keys.Longest(heading->words, 0)) return;
    std::size_t last = heading->words.size();
    while (last > 1 && IsSign(heading->words[last - 1]) && !heading->Is(last - 1, "”")) --last;
    const Named behind{.first = date.first, .last = date.last};
    event_of_[section] = AddEvent(heading->TextOf(0, last), heading->SpanOf(0, last), section, ValueOf(r, date),
                                  PlaceOf(r, behind, date, r.words.size()), std::nullopt, "event.below-heading");
  }
  static constexpr std::size_t kNearPlace = 8;  // words

  // What stands before a colon and a time, "Kiểm tra mỏ Soi Chiêm: cả ngày 10/9"; nothing where it is a key.
  std::optional<Named> TitleBefore(const BlockReading& r, std::size_t from, std::size_t colon) const {
    constexpr std::size_t kLongestTitle = 22;  // words
    std::size_t first = from, last = colon;
    for (std::size_t k = from; k < colon; ++k) {
      if (r.words[k].key == ":") first = k + 1;
    }
    // "Hội thi nấu ăn | , thời gian: ngày 18/10"
    for (std::size_t k = last; k > first + 2; --k) {
      const auto key = r.words[k - 1].key == "," ? rules_.column_keys.Longest(r.words, k) : std::nullopt;
      if (key && k + key->words == colon) last = k - 1;
    }
    first = HeadOf(r, first, last);
    if (first >= last) return std::nullopt;
    const auto key = rules_.column_keys.Longest(r.words, first);
    const bool names = NounAt(r, first).has_value();
    if (key && !names && (first + key->words == last || r.Is(first, "thời"))) return std::nullopt;
    const auto known = NameIn(r, first, last);
    if (known && known->kind >= Named::Kind::kHeld) {
      Named name = *known;
      if (name.kind == Named::Kind::kGathering && name.opens) name.last = last;
      CutPlace(r, name);
      return name;
    }
    Named name{.kind = known ? known->kind : Named::Kind::kAnything, .first = first, .last = last, .opens = true};
    CutPlace(r, name);
    if (last > first + kLongestTitle || last < first + 2) return std::nullopt;
    return name;
  }

  static void CutAtComma(const BlockReading& r, Named& name) {
    for (std::size_t k = name.first + 1; k < name.last; ++k) {
      if (r.words[k].key == "," || r.words[k].key == ":") name.last = k;
    }
  }

  // Whether what is named is held at that time.
  bool Holds(const BlockReading& r, const Clause& clause, const FoundDate& date, const Named& name, bool told,
             int section, const OptionalString& part_of) const {
    using Kind = Named::Kind;
    constexpr std::size_t kLongestDeed = 14, kLongestTitle = 18;  // words
    if (DateAt(r, name.first) != nullptr) return false;
    const Precision precision = PrecisionOf(date.value);
    if (name.last <= name.first || r.words[name.first].kind == WordKind::kNumber) return false;
    if (IsDuty(r, std::min(clause.first, name.first), name.first)) return false;
    // "Hội thi viết, nộp bài ngày 12/9": what lies between says what is due then.
    std::size_t rest = name.last;
    for (std::size_t k = rest; k < date.first; ++k) {
      if (r.words[k].key == ",") rest = k + 1;
    }
    if (rest < date.first && IsDuty(r, rest, date.first)) return false;
    const std::size_t behind = date.last + (r.Is(date.last, ",") ? 1 : 0);
    const bool place = r.Is(behind, "tại") || r.Is(behind, "ở") || HasPlace(r, name.last, date.first);
    switch (name.kind) {
      case Kind::kGathering:
        if (name.nameless || name.last > name.first + kLongestTitle) return false;
        if (precision == Precision::kRound) return name.opens && !name.many && !name.bare;
        if (name.bare && precision < Precision::kPart && !place && !SaysWhichDay(date.value)) return false;
        if (name.opens) return true;
        return Beside(r, name.last, date.first) && (precision >= Precision::kPart || place || name.last == date.first);
      case Kind::kHeld:
        return precision >= Precision::kDay &&
               (date.value.kind != "recurring" || r.Is(name.first, "“") || r.words[name.first].capital);
      case Kind::kAct:
        return precision >= Precision::kPart || (precision == Precision::kDay && (place || told || part_of));
      case Kind::kAnything:
        break;
    }
    if (name.last < name.first + 2 || IsDuty(r, name.first, name.last)) return false;
    // "7 giờ 30 ngày 16/3, | hội trường xã": where, not what.
    if (rules_.venues.Longest(r.words, name.first)) return false;
    // In a list of times a day with its colon is enough.
    if (told && precision >= Precision::kDay && r.words[date.first].key != "từ" &&
        !rules_.column_keys.Longest(r.words, name.first))
      return section < 0 ? letter_
                         : UnderRole(section, {"content", "schedule", "event", "forms"}) &&
                               !UnderRole(section, {"unit", "assignment", "implementation", "budget"});
    if (name.last > name.first + kLongestDeed || r.Is(name.first + 1, "thứ") || date.value.kind != "day") return false;
    return precision == Precision::kHour || (part_of && precision >= Precision::kDay);
  }

  // Whether words [from, to) tell a place.
  static bool HasPlace(const BlockReading& r, std::size_t from, std::size_t to) {
    for (std::size_t k = from; k < to; ++k) {
      if (r.Is(k, "tại")) return true;
    }
    return false;
  }

  // Whether the words between a gathering and its date say nothing but where and when.
  static bool Beside(const BlockReading& r, std::size_t from, std::size_t date) {
    static constexpr std::array<std::string_view, 12> kLinks = {"(",    ",",   ":", "vào", "lúc", "trong",
                                                                "được", "tại", "ở", "từ",  "mở",  "chấm"};
    if (from >= date) return true;
    return date - from < 14 && std::ranges::find(kLinks, r.words[from].key) != kLinks.end();
  }

  static bool IsOnceMore(const BlockReading& r, const FoundDate& time, const FoundDate& next) {
    constexpr std::size_t kLongestPlace = 10;  // words
    if (PrecisionOf(next.value) < Precision::kDay || next.first > time.last + kLongestPlace || next.first == 0)
      return false;
    const bool joined = r.Is(next.first - 1, "và") || r.Is(next.first - 1, ",") || r.Is(next.first - 1, "hoặc");
    return joined && (next.first == time.last + 1 || r.Is(time.last, "tại") || r.Is(time.last, "ở"));
  }

  // The place of a gathering: behind its time, "…, nhà văn hóa thôn", or behind its name, "tại sân trường".
  std::string PlaceOf(const BlockReading& r, const Named& name, const FoundDate& time, std::size_t end) const {
    const std::size_t next = time.last;
    if (next < end && (r.Is(next, "tại") || r.Is(next, "ở"))) return PlaceFrom(r, next);
    if (r.Is(next, ",") && next + 1 < end && rules_.venues.Longest(r.words, next + 1)) return PlaceFrom(r, next + 1);
    for (std::size_t k = name.last; k + 1 < end; ++k) {
      if (r.Is(k, "tại") || (r.Is(k, "ở") && k == name.last)) return PlaceIn(r, k);
    }
    return {};
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

  // A row of a work plan that names a gathering, at the row's time: the whole cell, up to a stop or its place.
  void RowTextEvent(const BlockReading& work, const BlockReading* time, int section) {
    if (time == nullptr || time->dates.empty()) return;
    const FoundDate& date = time->dates.front();
    const Precision precision = PrecisionOf(date.value);
    if (precision == Precision::kNone || IsDuty(*time, 0, date.first)) return;
    bool many = false;
    std::size_t first = 0;
    if (const auto hold = rules_.events.Longest(work.words, 0); hold && hold->value == kHold)
      first = SkipCount(work, hold->words, many);
    const auto noun = NounAt(work, first);
    const auto word = rules_.events.Longest(work.words, first);
    const bool act = word && word->value == kRite;
    // An hour or a part of a day says that the work is done then, a mere day that it is done by then.
    const bool round = date.value.kind == "recurring" && SaysWhichDay(date.value);
    const bool held = precision >= Precision::kPart && date.value.kind == "day" &&
                      !IsDuty(work, 0, std::min<std::size_t>(work.words.size(), 3));
    const bool act_held = act && (round || precision >= Precision::kPart);
    if (!(noun && !(many && precision == Precision::kRound)) && !act_held && !held) return;
    std::size_t last = first + 1;
    const auto counted = [&](std::size_t k) {  // "… | với khoảng 120 hộ nuôi tôm"
      return work.Is(k, "với") && k + 2 < work.words.size() &&
             (work.words[k + 1].kind == WordKind::kNumber || work.words[k + 2].kind == WordKind::kNumber);
    };
    while (last < work.words.size() && !counted(last) && work.words[last].key != ";" && work.words[last].key != "." &&
           work.words[last].key != "(" && !work.Is(last, "tại") &&
           !(work.words[last].key == "," && !(noun && noun->value == kCourse) && last + 1 < work.words.size() &&
             !work.Is(last + 1, "giao") && rules_.verbs.Longest(work.words, last + 1)))
      ++last;
    while (last > first + 1 && work.words[last - 1].key == ",") --last;
    AddEvent(work.TextOf(first, last), work.SpanOf(first, last), section, ValueOf(*time, date), PlaceIn(work, first),
             std::nullopt, "event.plan-row");
  }

  const Outline& outline_;
  const std::vector<BlockReading>& readings_;
  const SectionTimes& times_;
  const Tables& rules_;
  const UnitReader& units_;
  Record& record_;
  bool letter_ = false;                        // no sections but bullets that head others
  std::vector<const BlockReading*> headings_;  // by section
  const FoundDate* day_ = nullptr;  // of the last line that names a day, "Ngày thứ nhất: thứ Bảy, 14/11/2026"
  int day_section_ = -1;
  std::map<int, std::string> event_of_;  // by section
  OptionalString subject_event_;
  std::set<std::string> named_events_;  // title and time
};

}  // namespace

EventReading ReadEvents(const Outline& outline, const std::vector<BlockReading>& readings, const SectionTimes& times,
                        const ExtractRules::Tables& rules, const UnitReader& units, Record& record) {
  return EventReader(outline, readings, times, rules, units, record).Run();
}

}  // namespace hoidau
