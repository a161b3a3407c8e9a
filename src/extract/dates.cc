#include "extract/dates.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <unordered_set>
#include <utility>

#include "text/unicode.h"

namespace hoidau {
namespace {

using std::chrono::days;
using std::chrono::last;
using std::chrono::month;
using std::chrono::year;
using std::chrono::year_month_day;

enum class Grain { kDay, kMonth, kQuarter, kHalf, kYear };

// A point of the calendar at some precision; 0: not printed.
struct Point {
  Grain grain = Grain::kDay;
  int y = 0, m = 0, d = 0;  // kQuarter, kHalf: m is the quarter, the half
  bool valid = true;        // 31/02 is not
  bool resolved = false;    // the year was taken from elsewhere
  bool incomplete = false;
  OptionalString part_of_day, part, time;
  bool lunar = false;  // tháng Giêng, tháng Chạp
  int weekday = -1;    // 0 Sunday … 6 Saturday, as printed
};

struct Parsed {
  std::size_t end = 0;  // word behind
  DateValue value;
  std::string problem;
};

std::string Pad(int n, int width) {
  std::array<char, 16> buffer{};
  std::snprintf(buffer.data(), buffer.size(), "%0*d", width, n);
  return buffer.data();
}

Day FirstDay(const Point& p) {
  const int m = p.grain == Grain::kQuarter ? 3 * p.m - 2
                : p.grain == Grain::kHalf  ? 6 * p.m - 5
                : p.grain == Grain::kYear  ? 1
                                           : p.m;
  const int d = p.grain == Grain::kDay ? p.d : 1;
  return Day(year(p.y) / month(static_cast<unsigned>(m)) / std::chrono::day(static_cast<unsigned>(d)));
}

Day LastDay(const Point& p) {
  if (p.grain == Grain::kDay) return FirstDay(p);
  const int m = p.grain == Grain::kQuarter ? 3 * p.m
                : p.grain == Grain::kHalf  ? 6 * p.m
                : p.grain == Grain::kYear  ? 12
                                           : p.m;
  return Day(year(p.y) / month(static_cast<unsigned>(m)) / last);
}

std::string Iso(const Point& p) {
  const std::string y = Pad(p.y, 4);
  switch (p.grain) {
    case Grain::kDay:
      return IsoDay(FirstDay(p));
    case Grain::kMonth:
      return y + "-" + Pad(p.m, 2);
    case Grain::kQuarter:
      return y + "-Q" + std::to_string(p.m);
    case Grain::kHalf:
      return y + "-H" + std::to_string(p.m);
    case Grain::kYear:
      return y;
  }
  return y;
}

// The point before, of the same precision.
Point Before(Point p) {
  switch (p.grain) {
    case Grain::kDay: {
      const year_month_day ymd(FirstDay(p) - days(1));
      p.y = static_cast<int>(ymd.year());
      p.m = static_cast<int>(static_cast<unsigned>(ymd.month()));
      p.d = static_cast<int>(static_cast<unsigned>(ymd.day()));
      break;
    }
    case Grain::kYear:
      --p.y;
      break;
    default: {
      const int per_year = p.grain == Grain::kMonth ? 12 : p.grain == Grain::kQuarter ? 4 : 2;
      if (--p.m == 0) {
        p.m = per_year;
        --p.y;
      }
    }
  }
  return p;
}

bool Possible(const Point& p) {
  if (p.grain != Grain::kDay) return true;
  return year_month_day(year(p.y != 0 ? p.y : 2000), month(static_cast<unsigned>(p.m)),
                        std::chrono::day(static_cast<unsigned>(p.d)))
      .ok();
}

const char* KindOf(Grain grain) {
  switch (grain) {
    case Grain::kDay:
      return "day";
    case Grain::kMonth:
      return "month";
    case Grain::kQuarter:
      return "quarter";
    case Grain::kHalf:
      return "range";
    case Grain::kYear:
      return "year";
  }
  return "day";
}

class Grammar {
 public:
  Grammar(std::string_view text, const std::vector<KeyWord>& words, const DateContext& context)
      : text_(text), words_(words), context_(context) {}

  std::vector<FoundDate> Run() {
    static const std::unordered_set<std::string> kTriggers = {
        "hai",  "cứ",   "ngày",  "tháng",  "quý",   "năm",  "từ",   "đến",  "trước", "chậm", "muộn",
        "hết",  "sau",  "sáng",  "chiều",  "tối",   "trưa", "đêm",  "thứ",  "chủ",   "hằng", "hàng",
        "mỗi",  "định", "trong", "kể",     "đầu",   "giữa", "cuối", "giai", "nhiệm", "một",  "hai",
        "ba",   "bốn",  "sáu",   "tới",    "các",   "cả",   "mùng", "rằm",  "không", "nửa",  "học",
        "tuần", "hạn",  "trễ",   "thượng", "trung", "hạ",   "mồng", "hôm",  "cùng"};
    std::vector<FoundDate> out;
    for (std::size_t i = 0; i < words_.size();) {
      if (words_[i].kind != WordKind::kNumber && !kTriggers.contains(words_[i].key)) {
        ++i;
        continue;
      }
      std::optional<Parsed> parsed = ParseAt(i);
      if (!parsed) {
        ++i;
        continue;
      }
      const bool is_day = parsed->value.kind == "day" && parsed->value.value;
      last_day_ = is_day ? ParseIsoDay(*parsed->value.value) : std::nullopt;
      FoundDate found{.value = std::move(parsed->value),
                      .begin = words_[i].span.begin,
                      .end = words_[parsed->end - 1].span.end,
                      .first = i,
                      .last = parsed->end,
                      .problem = std::move(parsed->problem)};
      found.value.text = FoldSpace(text_.substr(found.begin, found.end - found.begin));
      out.push_back(std::move(found));
      i = parsed->end;
    }
    return out;
  }

  OptionalString TimeAtStart() const {
    std::size_t i = 0;
    return TimeOfDay(i);
  }

 private:
  // --- Words ----------------------------------------------------------------------------------------------------

  bool Is(std::size_t i, std::string_view key) const { return i < words_.size() && words_[i].key == key; }
  bool IsAny(std::size_t i, std::initializer_list<std::string_view> keys) const {
    return i < words_.size() && std::ranges::find(keys, words_[i].key) != keys.end();
  }
  bool Touches(std::size_t i) const {  // words i and i + 1 stand without a blank between them
    return i + 1 < words_.size() && words_[i].span.end == words_[i + 1].span.begin;
  }
  int Number(std::size_t i, std::size_t max_digits = 2) const {  // -1: none
    if (i >= words_.size() || words_[i].kind != WordKind::kNumber || words_[i].key.size() > max_digits) return -1;
    int n = 0;
    for (const char c : words_[i].key) {
      if (c < '0' || c > '9') return -1;
      n = n * 10 + (c - '0');
    }
    return n;
  }
  int Year(std::size_t i) const {
    const int n = words_.size() > i && words_[i].key.size() == 4 ? Number(i, 4) : -1;
    return n >= 1900 && n <= 2100 ? n : -1;
  }
  // A number in words up to twelve, moving behind it.
  int Spelled(std::size_t& i) const {
    static constexpr std::array<std::string_view, 13> kWords = {"",    "một", "hai",  "ba",   "bốn", "năm", "sáu",
                                                                "bảy", "tám", "chín", "mười", "",    ""};
    if (i >= words_.size()) return -1;
    if (Is(i, "mười") && IsAny(i + 1, {"một", "hai"})) {
      const int n = Is(i + 1, "một") ? 11 : 12;
      i += 2;
      return n;
    }
    if (IsAny(i, {"giêng"})) return ++i, 1;
    if (IsAny(i, {"chạp"})) return ++i, 12;
    if (IsAny(i, {"tư"})) return ++i, 4;
    if (IsAny(i, {"bảy", "bẩy"})) return ++i, 7;
    for (std::size_t n = 1; n <= 10; ++n) {
      if (Is(i, kWords[n])) return ++i, static_cast<int>(n);
    }
    return -1;
  }
  static int RomanQuarter(std::string_view key) {
    if (key == "i" || key == "1" || key == "l" || key == "01") return 1;
    if (key == "ii" || key == "2" || key == "ll" || key == "02") return 2;
    if (key == "iii" || key == "3" || key == "lll" || key == "03") return 3;
    if (key == "iv" || key == "4" || key == "lv" || key == "04" || key == "1v") return 4;
    // "quý ITI", "quý IHI", "quý 11": strokes that were read as other letters.
    if (key.size() >= 2 && key.size() <= 3 && key.find_first_not_of("il1th|") == std::string_view::npos)
      return static_cast<int>(key.size());
    return -1;
  }

  // --- Pieces ---------------------------------------------------------------------------------------------------

  // "7 giờ 30 phút", "07h30", "7:30" from word i on; moves behind it.
  OptionalString TimeOfDay(std::size_t& i) const {
    const int hour = Number(i);
    if (hour < 0 || hour > 24) return std::nullopt;
    std::size_t at = i + 1;
    int minute = 0;
    if (IsAny(at, {"giờ", "g", "h"})) {
      ++at;
      const int m = Number(at);
      if (m >= 0 && m < 60 && !Is(at + 1, "/") && !IsAny(at + 1, {"giờ", "tháng"})) {
        minute = m;
        ++at;
        if (Is(at, "phút")) ++at;
      }
    } else if (Is(at, ":") && Touches(i) && Touches(at) && Number(at + 1) >= 0 && Number(at + 1) < 60 &&
               words_[at + 1].key.size() == 2) {
      minute = Number(at + 1);
      at += 2;
    } else {
      return std::nullopt;
    }
    i = at;
    return Pad(hour, 2) + ":" + Pad(minute, 2);
  }

  OptionalString PartOfDay(std::size_t& i) const {
    if (IsAny(i, {"sáng", "trưa"})) return ++i, words_[i - 1].key == "sáng" ? "morning" : "noon";
    if (Is(i, "chiều")) return ++i, "afternoon";
    if (IsAny(i, {"tối", "đêm"})) return ++i, "evening";
    return std::nullopt;
  }

  // "thứ 4", "thứ Bảy", "chủ nhật": 0 Sunday … 6 Saturday; -1: none.
  int Weekday(std::size_t& i) const {
    if (Is(i, "chủ") && Is(i + 1, "nhật")) return i += 2, 0;
    if (!Is(i, "thứ")) return -1;
    // "phiên thứ hai", "lần thứ ba" count.
    if (i > 0 && IsAny(i - 1, {"phiên", "lần", "kỳ", "đợt", "cuộc", "năm", "người", "khóa"})) return -1;
    // "thứ? hai": a mark that was read beside its letter.
    std::size_t at = Is(i + 1, "?") ? i + 2 : i + 1;
    const int n = Number(at);
    if (n >= 2 && n <= 7) return i = at + 1, n - 1;
    // "thứ sau hằng tuần": the day without its mark.
    if (at + 1 < words_.size() && IsAny(at + 1, {"hằng", "hàng"}) && Is(at + 2, "tuần")) {
      static constexpr std::array<std::pair<std::string_view, int>, 5> kBare = {
          {{"bà", 3}, {"tu", 4}, {"nam", 5}, {"sau", 6}, {"bay", 7}}};
      for (const auto& [key, day] : kBare) {
        if (Is(at, key)) return i = at + 1, day - 1;
      }
    }
    const int spelled = Spelled(at);
    // "thứ nhất", "thứ ba" as an ordinal is no weekday: only the capital or its company tells (see callers).
    if (spelled >= 2 && spelled <= 7) return i = at, spelled - 1;
    return -1;
  }

  // Whether a run of digits and signs goes on as something that is no date: "29/2025/NQ-HĐND", "1/2/3/4".
  bool GoesOn(std::size_t end) const {
    if (end >= words_.size()) return false;
    const KeyWord& next = words_[end];
    if (next.span.begin != words_[end - 1].span.end) return false;
    if (next.kind == WordKind::kNumber) return true;
    if (next.key == "/" || next.key == "-") {
      if (end + 1 >= words_.size() || words_[end + 1].span.begin != next.span.end) return false;
      return words_[end + 1].kind == WordKind::kWord || next.key == "/";
    }
    if (next.key == "%") return true;
    if (next.key == "." || next.key == ",") {
      return end + 1 < words_.size() && words_[end + 1].span.begin == next.span.end &&
             words_[end + 1].kind == WordKind::kNumber;
    }
    return false;
  }
  bool GoesBack(std::size_t begin) const {
    if (begin == 0) return false;
    const KeyWord& before = words_[begin - 1];
    if (before.span.end != words_[begin].span.begin) return false;
    if (before.kind == WordKind::kNumber || before.key == "/") return true;
    if (before.key == "." || before.key == ",")
      return begin >= 2 && words_[begin - 2].kind == WordKind::kNumber &&
             words_[begin - 2].span.end == before.span.begin;
    return false;
  }

  // "Ất Tỵ", "Bính Ngọ": a year of the lunar calendar by stem and branch.
  bool IsLunarYear(std::size_t i) const {
    return IsAny(i, {"giáp", "ất", "bính", "đinh", "mậu", "kỷ", "canh", "tân", "nhâm", "quý"}) &&
           IsAny(i + 1, {"tý", "tí", "sửu", "dần", "mão", "mẹo", "thìn", "tỵ", "tị", "ngọ", "mùi", "thân", "dậu",
                         "tuất", "hợi"});
  }

  // The digits of a day: "15/3/2026", "15-3-2026", "15.3.2026", "15 tháng 3 năm 2026", "15 tháng 3", "15/3".
  std::optional<Point> DayCore(std::size_t& i) const {
    const int d = Number(i);
    if (d < 1 || d > 39 || GoesBack(i)) return std::nullopt;
    std::size_t at = i + 1;
    Point p{.d = d};
    if (Is(at, "tháng")) {
      ++at;
      p.lunar = IsAny(at, {"giêng", "chạp"});
      int m = Number(at);
      // "tháng /2 năm": a one before its digit read as a stroke.
      if (m < 0 && IsAny(at, {"/", "l", "i", "|"}) && Touches(at) && Number(at + 1) >= 0 && Number(at + 1) <= 2 &&
          Is(at + 2, "năm")) {
        ++at;
        m = 10 + Number(at);
      }
      if (m > 0)
        ++at;
      else
        m = Spelled(at);
      if (m < 1 || m > 12) return std::nullopt;
      p.m = m;
      if (Is(at, "năm") && Year(at + 1) > 0) {
        p.y = Year(at + 1);
        at += 2;
      } else if (Is(at, "năm") && IsLunarYear(at + 1)) {
        p.lunar = true;
        at += 3;
      } else if (IsAny(at, {"/", "-", ",", "."}) && Year(at + 1) > 0) {
        p.y = Year(at + 1);
        at += 2;
      } else if (Year(at) > 0) {
        p.y = Year(at);
        ++at;
      }
    } else if (IsAny(at, {"/", "-", "."})) {
      const std::string& sign = words_[at].key;
      const int m = Number(at + 1);
      if (m < 1 || m > 19) return std::nullopt;
      p.m = m;
      const std::size_t month_at = at + 1;
      at += 2;
      const bool second = Is(at, sign) || (IsAny(at, {"/", "-", "."}) && Year(at + 1) > 0);
      if (second && Year(at + 1) > 0) {
        p.y = Year(at + 1);
        at += 2;
      } else if (second && sign == "/" && Touches(month_at) && Touches(at) && Number(at + 1) >= 15 &&
                 Number(at + 1) <= 60 && words_[at + 1].key.size() == 2) {
        p.y = 2000 + Number(at + 1);
        at += 2;
      } else if (sign == ".") {
        return std::nullopt;
      } else if (!Touches(i) || !Touches(i + 1)) {
        return std::nullopt;  // "3 - 5" is a range of numbers
      }
      if (m > 12) return std::nullopt;
    } else {
      return std::nullopt;
    }
    if (GoesOn(at)) return std::nullopt;
    p.valid = d <= 31 && Possible(p);
    i = at;
    return p;
  }

  // "tháng 10/2025", "tháng 01 năm 2026", "tháng 6".
  std::optional<Point> MonthCore(std::size_t& i) const {
    if (!Is(i, "tháng")) return std::nullopt;
    std::size_t at = i + 1;
    int m = Number(at);
    if (m > 0)
      ++at;
    else
      m = Spelled(at);
    if (m < 1 || m > 12) return std::nullopt;
    Point p{.grain = Grain::kMonth, .m = m};
    p.lunar = words_[at - 1].key == "giêng" || words_[at - 1].key == "chạp";
    TakeYear(at, p);
    if (GoesOn(at)) return std::nullopt;
    i = at;
    return p;
  }

  // "/2026", "-2026", "năm 2026", ", năm 2026" behind a month or a quarter.
  void TakeYear(std::size_t& at, Point& p) const {
    if (IsAny(at, {"/", "-", "."}) && Year(at + 1) > 0) {
      p.y = Year(at + 1);
      at += 2;
    } else if (Is(at, "năm") && Year(at + 1) > 0) {
      p.y = Year(at + 1);
      at += 2;
    } else if (Is(at, "năm") && Is(at + 1, "nay") && context_.document_date) {
      p.y = DocumentYear();
      p.resolved = true;
      at += 2;
    }
  }

  std::optional<Point> QuarterCore(std::size_t& i) const {
    if (!Is(i, "quý") || i + 1 >= words_.size()) return std::nullopt;
    int q = RomanQuarter(words_[i + 1].key);
    std::size_t at = i + 2;
    if (q < 0) {
      at = i + 1;
      q = Spelled(at);
      if (q < 1 || q > 4 || (q > 0 && !Is(at, "năm") && !Is(at, "/"))) return std::nullopt;
    }
    Point p{.grain = Grain::kQuarter, .m = q};
    TakeYear(at, p);
    i = at;
    return p;
  }

  // The second quarter of two, "III/2026" behind "quý II -".
  std::optional<Point> BareQuarter(std::size_t& i) const {
    const int q = i < words_.size() ? RomanQuarter(words_[i].key) : -1;
    if (q < 0) return std::nullopt;
    Point p{.grain = Grain::kQuarter, .m = q};
    ++i;
    TakeYear(i, p);
    return p;
  }

  // "6 tháng đầu năm 2026", "sáu tháng cuối năm", "nửa đầu năm 2026".
  std::optional<Point> HalfCore(std::size_t& i) const {
    std::size_t at = i;
    if (Is(at, "nửa")) {
      ++at;
    } else {
      int n = Number(at);
      if (n > 0)
        ++at;
      else
        n = Spelled(at);
      if (n != 6 || !Is(at, "tháng")) return std::nullopt;
      ++at;
    }
    if (!IsAny(at, {"đầu", "cuối"}) || !Is(at + 1, "năm")) return std::nullopt;
    Point p{.grain = Grain::kHalf, .m = Is(at, "đầu") ? 1 : 2};
    at += 2;
    if (Year(at) > 0) {
      p.y = Year(at);
      ++at;
    }
    i = at;
    return p;
  }

  std::optional<Point> YearCore(std::size_t& i) const {
    if (!Is(i, "năm")) return std::nullopt;
    if (Year(i + 1) > 0 && !GoesOn(i + 2)) {
      Point p{.grain = Grain::kYear, .y = Year(i + 1)};
      i += 2;
      return p;
    }
    return std::nullopt;
  }

  // A point with its company: part of day, hour, weekday, "ngày". `need_cue`: a bare "3/4" counts only with a cue.
  std::optional<Point> PointAt(std::size_t& i, bool cue) const {
    std::size_t at = i;
    OptionalString part_of_day = PartOfDay(at);
    OptionalString time = TimeOfDay(at);
    if (time) {
      if (std::size_t until = at + 1; IsAny(at, {"-", "đến"}) && TimeOfDay(until)) at = until;  // "7h30 - 9h, ngày …"
      if (OptionalString after = PartOfDay(at)) part_of_day = after;
      if (Is(at, ",")) ++at;
      if (Is(at, "vào")) ++at;
    }
    int weekday = Weekday(at);
    if (weekday < 0 && Is(at, "ngày")) {  // "ngày thứ Sáu (14/11/2025)"
      std::size_t named = at + 1;
      if (Weekday(named) >= 0 && Is(named, "(") && Number(named + 1) > 0) weekday = Weekday(++at);
    }
    if (weekday >= 0 && Is(at, ",")) ++at;
    const bool bracket = weekday >= 0 && Is(at, "(");
    if (bracket) ++at;
    bool day_word = false;
    if (Is(at, "hết")) ++at;
    if (Is(at, "ngày")) {
      ++at;
      day_word = true;
    }
    std::optional<Point> p;
    if (!day_word) {
      OptionalString part;
      std::size_t from = at;
      if (IsAny(at, {"đầu", "giữa", "cuối"})) {
        part = Is(at, "đầu") ? "start" : Is(at, "giữa") ? "mid" : "end";
        ++from;
      } else if (IsAny(at, {"thượng", "trung", "hạ"}) && Is(at + 1, "tuần")) {
        part = Is(at, "thượng") ? "start" : Is(at, "trung") ? "mid" : "end";
        from += 2;
      } else if (const std::size_t month = WeekOfMonth(at, part); month > 0) {
        from = month;
      } else if ((Number(at) == 10 || Is(at, "mười")) && Is(at + 1, "ngày") && IsAny(at + 2, {"đầu", "giữa", "cuối"}) &&
                 Is(at + 3, "tháng")) {
        part = Is(at + 2, "đầu") ? "start" : Is(at + 2, "giữa") ? "mid" : "end";
        from += 3;
      } else if (Is(at, "nửa") && IsAny(at + 1, {"đầu", "cuối"}) && IsAny(at + 2, {"tháng", "quý"})) {
        part = Is(at + 1, "đầu") ? "start" : "end";
        from += 2;
      }
      std::size_t try_at = from;
      if (!time && !part_of_day) {
        p = MonthCore(try_at);
        if (!p) p = QuarterCore(try_at = from);
        if (!p && !part) p = HalfCore(try_at = from);
        if (!p) p = YearCore(try_at = from);
      }
      if (p) {
        p->part = part;
        i = try_at;
        return p;
      }
    }
    p = DayCore(at);
    if (!p && (cue || time || part_of_day)) p = ThisDay(at);
    if (!p) p = LunarDay(at);
    if (!p && day_word) p = BlankDay(at);
    if (!p) return std::nullopt;
    const bool anchored = p->lunar || day_word || cue || weekday >= 0 || part_of_day || time;
    if (p->y == 0 && !anchored && !p->incomplete) return std::nullopt;
    p->part_of_day = part_of_day;
    p->time = time;
    p->weekday = weekday;
    if (bracket && Is(at, ")")) ++at;
    // "26/6/2026 (thứ Sáu)"
    if (Is(at, "(")) {
      std::size_t inner = at + 1;
      PartOfDay(inner);
      const int w = Weekday(inner);
      if (w >= 0 && Is(inner, ")")) {
        p->weekday = w;
        at = inner + 1;
      }
    }
    i = at;
    return p;
  }

  // "(trước 15 giờ) hôm nay", "(12 giờ trưa) nay", "ngày mai": the document's own day or the next; "(20 giờ) cùng
  // ngày": the day told before.
  std::optional<Point> ThisDay(std::size_t& i) const {
    const bool part = i > 0 && IsAny(i - 1, {"sáng", "trưa", "chiều", "tối", "đêm"});
    const bool today = Is(i, "hôm") && Is(i + 1, "nay");
    const bool now = part && Is(i, "nay");
    const bool tomorrow = Is(i, "mai") && (part || (i > 0 && Is(i - 1, "ngày")));
    const bool same = Is(i, "cùng") && Is(i + 1, "ngày") && Number(i + 2) < 0;
    const std::optional<Day> day = same ? last_day_ : context_.document_date;
    if (!day || (!today && !now && !tomorrow && !same)) return std::nullopt;
    const year_month_day ymd(*day + days(tomorrow ? 1 : 0));
    i += today || same ? 2 : 1;
    return Point{.y = static_cast<int>(ymd.year()),
                 .m = static_cast<int>(static_cast<unsigned>(ymd.month())),
                 .d = static_cast<int>(static_cast<unsigned>(ymd.day())),
                 .resolved = true};
  }

  // "tuần 2 tháng 6", "tuần thứ ba của tháng 8", "tuần cuối tháng 9": the word where the month stands, 0 for none.
  std::size_t WeekOfMonth(std::size_t i, OptionalString& part) const {
    if (!Is(i, "tuần")) return 0;
    std::size_t at = i + 1;
    int week = 0;
    if (Is(at, "thứ")) ++at;
    if (Number(at) > 0) {
      week = Number(at++);
    } else if (IsAny(at, {"đầu", "cuối"})) {
      week = Is(at, "đầu") ? 1 : 4;
      at += IsAny(at + 1, {"tiên", "cùng"}) ? 2 : 1;
    } else if (Is(at, "nhất")) {
      week = 1;
      ++at;
    } else {
      week = Spelled(at);
    }
    if (Is(at, "của")) ++at;
    if (week < 1 || week > 5 || !Is(at, "tháng") || (Number(at + 1) < 0 && Year(at + 1) < 0)) return 0;
    part = week == 1 ? "start" : week >= 4 ? "end" : "mid";
    return at;
  }

  // "mùng 6 tháng Giêng", "rằm tháng Chạp"
  std::optional<Point> LunarDay(std::size_t& i) const {
    std::size_t at = i;
    Point p{.lunar = true};
    if (Is(at, "rằm")) {
      p.d = 15;
      ++at;
    } else if (IsAny(at, {"mùng", "mồng"})) {
      ++at;
      const int n = Number(at);
      p.d = n > 0 ? n : Spelled(at);
      if (n > 0) ++at;
    }
    if (p.d < 1 && Number(at) >= 20 && Number(at) <= 30 && Is(at + 1, "tết")) p.d = Number(at++);  // "28 Tết"
    if (p.d >= 1 && Is(at, "tết")) {
      p.m = p.d < 20 ? 1 : 12;
      i = at + (Is(at + 1, "nguyên") && Is(at + 2, "đán") ? 3 : 1);
      return p;
    }
    if (p.d < 1 || !Is(at, "tháng")) return std::nullopt;
    ++at;
    const int m = Number(at);
    p.m = m > 0 ? m : Spelled(at);
    if (m > 0) ++at;
    if (p.m < 1 || p.m > 12) return std::nullopt;
    i = at;
    return p;
  }

  // Behind "ngày": "   tháng   năm 2025", "... tháng 5 năm 2026" with blanks for the pen.
  std::optional<Point> BlankDay(std::size_t& i) const {
    std::size_t at = SkipDots(i);
    if (!Is(at, "tháng")) return std::nullopt;
    std::size_t m_at = SkipDots(at + 1);
    Point p{.incomplete = true};
    const int m = Number(m_at);
    if (m >= 1 && m <= 12) {
      p.grain = Grain::kMonth;
      p.m = m;
      ++m_at;
    } else {
      p.grain = Grain::kYear;
    }
    if (!Is(m_at, "năm")) return std::nullopt;
    std::size_t y_at = SkipDots(m_at + 1);
    if (Year(y_at) < 0) return std::nullopt;
    p.y = Year(y_at);
    i = y_at + 1;
    return p;
  }
  std::size_t SkipDots(std::size_t i) const {
    while (IsAny(i, {".", "…", "_", "-", ","})) ++i;
    return i;
  }

  int DocumentYear() const {
    return context_.document_date ? static_cast<int>(year_month_day(*context_.document_date).year())
                                  : context_.document_year;
  }

  // The year of a point that has none: the document's. A plan for the next year means that one, but for what is left of
  // the document's own.
  int YearOf(const Point& p) const {
    const int year = DocumentYear();
    if (context_.plan_year <= year || !context_.document_date) return year;
    const auto own = static_cast<int>(static_cast<unsigned>(year_month_day(*context_.document_date).month()));
    const bool month = p.grain == Grain::kDay || p.grain == Grain::kMonth;
    return month && p.m > 0 && p.m >= own ? year : context_.plan_year;
  }

  // Gives a point without a year that of a later date of the sentence, else the document's.
  void Resolve(Point& p, std::size_t from) const {
    if (p.y != 0) return;
    for (std::size_t i = from; i < std::min(words_.size(), from + 14); ++i) {
      if (IsAny(i, {".", ";"}) && !Touches(i)) break;
      const int y = Year(i);
      if (y > 0 && i > 0 && (IsAny(i - 1, {"/", "-", "năm"}))) {
        p.y = y;
        break;
      }
    }
    if (p.y == 0) p.y = YearOf(p);
    p.resolved = p.y != 0;
    if (p.y != 0 && p.grain == Grain::kDay) p.valid = p.valid && Possible(p);
  }

  // --- Values ---------------------------------------------------------------------------------------------------

  static void TakeMarks(DateValue& v, const Point& p) {
    v.part_of_day = p.part_of_day;
    v.part = p.part;
    v.time = p.time;
    v.resolved = v.resolved || p.resolved;
    v.incomplete = p.incomplete;
  }

  Parsed PointValue(Point p, std::size_t end, bool annual_if_yearless) const {
    Parsed out{.end = end, .value = {}, .problem = {}};
    DateValue& v = out.value;
    // "âm lịch" behind it
    const bool said = Is(end, "âm") && Is(end + 1, "lịch");
    if (said || p.lunar) {
      out.end = said ? end + 2 : end;
      v.kind = KindOf(p.grain);
      v.calendar = "lunar";
      TakeMarks(v, p);
      v.resolved = false;
      return out;
    }
    if (p.grain == Grain::kDay && p.y == 0 && annual_if_yearless) {
      v.kind = "annual";
      if (p.valid)
        v.value = "--" + Pad(p.m, 2) + "-" + Pad(p.d, 2);
      else
        out.problem = "impossible-date";
      v.in_name = true;
      return out;
    }
    Resolve(p, end);
    v.kind = KindOf(p.grain);
    TakeMarks(v, p);
    if (!p.valid) {
      out.problem = "impossible-date";
      v.resolved = false;
      return out;
    }
    if (p.y == 0) return out;
    v.value = Iso(p);
    if (p.grain == Grain::kHalf) {
      v.start = IsoDay(FirstDay(p));
      v.end = IsoDay(LastDay(p));
    }
    CheckWeekday(p, out.problem);
    return out;
  }

  static void CheckWeekday(const Point& p, std::string& problem) {
    if (p.weekday < 0 || p.grain != Grain::kDay || p.y == 0 || !p.valid) return;
    if (std::chrono::weekday(FirstDay(p)).c_encoding() != static_cast<unsigned>(p.weekday))
      problem = "weekday-conflict";
  }

  Parsed RangeValue(Point a, Point b, std::size_t end) const {
    Parsed out{.end = end, .value = {}, .problem = {}};
    DateValue& v = out.value;
    v.kind = "range";
    if (b.lunar || (Is(end, "âm") && Is(end + 1, "lịch"))) {
      if (Is(end, "âm")) out.end = end + 2;
      v.calendar = "lunar";
      return out;
    }
    Resolve(b, end);
    if (a.y == 0 && b.y != 0) {
      a.y = b.y;
      // "từ ngày 15/11 đến ngày 15/02/2026" begins the year before.
      if (a.grain == b.grain && (a.m > b.m || (a.m == b.m && a.grain == Grain::kDay && a.d > b.d)) && a.m > 0) --a.y;
      a.valid = a.valid && Possible(a);
    }
    v.resolved = a.resolved || b.resolved;
    v.part_of_day = a.part_of_day;
    v.time = a.time;
    v.part = {};
    if (!a.valid || !b.valid || a.y == 0 || b.y == 0) {
      if (!a.valid || !b.valid) out.problem = "impossible-date";
      return out;
    }
    CheckWeekday(a, out.problem);
    CheckWeekday(b, out.problem);
    v.start = a.grain == Grain::kYear && b.grain == Grain::kYear ? Pad(a.y, 4) : IsoDay(FirstDay(a));
    v.end = a.grain == Grain::kYear && b.grain == Grain::kYear ? Pad(b.y, 4) : IsoDay(LastDay(b));
    v.value = Iso(a) + "/" + Iso(b);
    if (FirstDay(a) > LastDay(b)) out.problem = "reversed-range";
    return out;
  }

  Parsed BeforeValue(Point p, std::size_t end, bool exclusive) const {
    Parsed out{.end = end, .value = {}, .problem = {}};
    out.value.kind = "before";
    if (p.lunar || (Is(end, "âm") && Is(end + 1, "lịch"))) {
      if (Is(end, "âm")) out.end = end + 2;
      out.value.calendar = "lunar";
      return out;
    }
    Resolve(p, end);
    TakeMarks(out.value, p);
    if (!p.valid) out.problem = "impossible-date";
    if (!p.valid || p.y == 0) return out;
    CheckWeekday(p, out.problem);
    // "trước 17 giờ ngày 15/3" still belongs to the day.
    const Point shown = exclusive && !p.time ? Before(p) : p;
    out.value.value = "../" + Iso(shown);
    out.value.end = IsoDay(LastDay(shown));
    return out;
  }

  Parsed AfterValue(Point p, std::size_t end, bool exclusive) const {
    Parsed out{.end = end, .value = {}, .problem = {}};
    out.value.kind = "after";
    const bool lunar = Is(end, "âm") && Is(end + 1, "lịch");
    if (p.lunar || lunar) {
      if (lunar) out.end = end + 2;
      out.value.calendar = "lunar";
      return out;
    }
    Resolve(p, end);
    TakeMarks(out.value, p);
    if (!p.valid) out.problem = "impossible-date";
    if (!p.valid || p.y == 0) return out;
    if (exclusive && p.grain == Grain::kDay) {
      const year_month_day ymd(FirstDay(p) + days(1));
      p.y = static_cast<int>(ymd.year());
      p.m = static_cast<int>(static_cast<unsigned>(ymd.month()));
      p.d = static_cast<int>(static_cast<unsigned>(ymd.day()));
    }
    out.value.value = Iso(p) + "/..";
    out.value.start = IsoDay(FirstDay(p));
    return out;
  }

  // --- Rules ----------------------------------------------------------------------------------------------------

  std::optional<Parsed> ParseAt(std::size_t i) const {
    if (auto p = Relative(i)) return p;
    if (auto p = AroundEvent(i)) return p;
    if (auto p = SchoolTerm(i)) return p;
    if (auto p = Rhythm(i)) return p;
    if (auto p = PartOfRound(i)) return p;
    if (auto p = Recurring(i)) return p;
    if (auto p = Interval(i)) return p;
    return Duration(i);
  }

  // "ngày ban hành (Kế hoạch)", "ngày ký", "nay" behind "từ": the document's own date; 0 where it is none.
  std::size_t IssueDay(std::size_t i) const {
    if (Is(i, "nay")) return i + 1;
    std::size_t at = i;
    if (IsAny(at, {"ngày", "khi"})) ++at;
    // "ngày Kế hoạch này được ban hành"
    if (at > i && Is(at + 2, "này")) {
      const std::size_t verb = at + 3 + (Is(at + 3, "được") ? 1 : 0);
      if (PaperName(at) == at + 2 && Is(verb, "ban") && Is(verb + 1, "hành")) return verb + 2;
    }
    if (Is(at, "ban") && Is(at + 1, "hành"))
      at += 2;
    else if (Is(at, "ký")) {
      ++at;
      if (Is(at, "ban") && Is(at + 1, "hành")) at += 2;
    } else if (Is(at, "phát") && Is(at + 1, "hành")) {
      at += 2;
    } else {
      return 0;
    }
    at = PaperName(at);
    return Is(at, "này") && PaperName(at - 2) == at ? at + 1 : at;
  }

  // Behind the name of a kind of document at word i; i where there is none.
  std::size_t PaperName(std::size_t i) const {
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 8> kNames = {{{"kế", "hoạch"},
                                                                                             {"quyết", "định"},
                                                                                             {"công", "văn"},
                                                                                             {"văn", "bản"},
                                                                                             {"thông", "báo"},
                                                                                             {"chỉ", "thị"},
                                                                                             {"nghị", "quyết"},
                                                                                             {"chương", "trình"}}};
    for (const auto& [a, b] : kNames) {
      if (Is(i, a) && Is(i + 1, b)) return i + 2;
    }
    return i;
  }

  // "hợp đồng | trong vòng 03 ngày kể từ ngày ký": a paper just before that is signed on a day of its own.
  bool SpeaksOfPaper(std::size_t i) const {
    constexpr std::size_t kFarthestPaper = 6;  // words
    for (std::size_t k = i; k-- > 0 && k + kFarthestPaper > i;) {
      if (words_[k].kind == WordKind::kSign) return false;
      if ((Is(k, "hợp") && Is(k + 1, "đồng")) || (Is(k, "biên") && Is(k + 1, "bản")) ||
          (Is(k, "quyết") && Is(k + 1, "định")))
        return !Is(k + 2, "này");
    }
    return false;
  }

  // "trong vòng 05 ngày (làm việc) kể từ ngày …", "chậm nhất 07 ngày làm việc sau khi …", "sau 21 ngày kể từ khi …".
  std::optional<Parsed> Relative(std::size_t i) const {
    std::size_t at = i;
    bool deadline = true;
    if (Is(at, "trong")) {
      ++at;
      if (IsAny(at, {"vòng", "thời"})) at += Is(at, "thời") ? 2 : 1;
    } else if ((Is(at, "chậm") || Is(at, "muộn")) && Is(at + 1, "nhất")) {
      at += 2;
      if (IsAny(at, {"là", "trong", "sau"})) ++at;
    } else if (Is(at, "không") && Is(at + 1, "quá")) {
      at += 2;
    } else if (Is(at, "sau")) {
      ++at;
      deadline = false;
    } else if (Is(at, "trước")) {
      ++at;
      for (std::size_t k = at; k < at + 4 && Number(at, 3) < 0 && k < words_.size(); ++k) {
        if (words_[k].kind == WordKind::kSign) break;
        if (Number(k, 3) > 0) {
          at = k;
          break;
        }
      }
      std::size_t unit = at + 1;
      if (Number(at, 3) < 0 && Spelled(unit = at) < 0) return std::nullopt;  // "trước một ngày"
      if (!Is(unit, "ngày") || Number(unit + 1) > 0) return std::nullopt;
    } else if (Number(i, 3) < 0) {
      return std::nullopt;
    }
    if (Is(at, "không") && Is(at + 1, "quá")) at += 2;
    const std::size_t number_at = at;
    int n = Number(at, 3);
    if (n > 0)
      ++at;
    else
      n = at > i ? Spelled(at) : -1;
    if (n <= 0 || GoesBack(number_at)) return std::nullopt;
    int unit_days = 0;
    bool working = false;
    if (Is(at, "ngày")) {
      unit_days = 1;
      ++at;
      if (Is(at, "làm") && Is(at + 1, "việc")) {
        working = true;
        at += 2;
      }
    } else if (Is(at, "tuần")) {
      unit_days = 7;
      ++at;
    } else if (IsAny(at, {"giờ", "phút", "tiếng", "tháng"})) {
      ++at;
    } else {
      return std::nullopt;
    }
    const std::size_t behind = at;
    if (Is(at, ",")) ++at;
    std::size_t anchor = at;
    if (Is(at, "kể") && Is(at + 1, "từ"))
      anchor = at + 2;
    else if (Is(at, "tính") && Is(at + 1, "từ"))
      anchor = at + 2;
    else if (Is(at, "từ") && IsAny(at + 1, {"ngày", "khi", "lúc"}) && Number(at + 2) < 0)
      anchor = at + 1;
    else if (Is(at, "sau") && (IsAny(at + 1, {"khi", "ngày"}) || number_at > i))
      anchor = at + 1;
    else if (Is(at, "trước") &&
             (IsAny(at + 1, {"khi", "buổi", "phiên", "kỳ", "lễ", "đêm", "lúc", "mỗi", "đợt", "cuộc"}) ||
              (Is(at + 1, "ngày") && Number(at + 2) < 0)))
      anchor = at + 1;
    else
      return BeforehandValue(i, number_at, behind);
    Parsed out{.end = 0, .value = {}, .problem = {}};
    out.value.kind = "relative";
    std::optional<Day> base;
    std::size_t end = IssueDay(anchor);
    if (end > 0) {
      if (!(Is(end - 1, "ký") && SpeaksOfPaper(i))) base = context_.document_date;
    } else {
      std::size_t p_at = anchor;
      if (auto p = PointAt(p_at, true); p && p->grain == Grain::kDay) {
        Point point = *p;
        Resolve(point, p_at);
        if (point.valid && point.y != 0) base = FirstDay(point);
        end = p_at;
      } else {
        // The event that the time runs from, up to the end of its clause.
        end = anchor;
        while (end < words_.size() && end < anchor + 16) {
          if (words_[end].kind == WordKind::kSign && words_[end].key != "/" && words_[end].key != "-") break;
          if (end > anchor + 1 && IsAny(end, {"mà", "phải", "thì", "để", "nếu", "đối", "và", "các", "gửi", "báo"}))
            break;
          ++end;
        }
        if (end == anchor) return std::nullopt;
      }
    }
    out.end = end;
    if (base && unit_days > 0) {
      Day due = *base;
      for (int left = n * unit_days; left > 0;) {
        due += days(1);
        if (!working || IsWorkingDay(due)) --left;
      }
      out.value.value = deadline ? "../" + IsoDay(due) : IsoDay(due) + "/..";
      if (deadline)
        out.value.end = IsoDay(due);
      else
        out.value.start = IsoDay(due);
      out.value.resolved = true;
    }
    return out;
  }

  // "học kỳ II", "đầu học kỳ I": nobody wrote when it begins.
  std::optional<Parsed> SchoolTerm(std::size_t i) const {
    std::size_t at = i;
    if (IsAny(at, {"đầu", "giữa", "cuối", "hết"})) ++at;
    if (!Is(at, "học") || !Is(at + 1, "kỳ") || !IsAny(at + 2, {"i", "ii", "1", "2", "một", "hai"})) return std::nullopt;
    Parsed out{.end = at + 3, .value = {}, .problem = {}};
    out.value.kind = "relative";
    return out;
  }

  // "trước ngày khai giảng 05 ngày", "sau khi tạnh mưa 03 ngày", "trước kỳ họp tháng 10": before or after something
  // whose day nobody wrote.
  std::optional<Parsed> AroundEvent(std::size_t i) const {
    if (!IsAny(i, {"trước", "sau"})) return std::nullopt;
    std::size_t at = i + 1;
    const bool each = Is(at, "mỗi");
    if (each) ++at;
    Parsed out{.end = 0, .value = {}, .problem = {}};
    out.value.kind = "relative";
    if (Is(at, "lập") && IsAny(at + 1, {"xuân", "hạ", "thu", "đông"})) {  // "trước lập đông"
      out.end = at + 2;
      return out;
    }
    if (!IsAny(at, {"khi", "ngày", "kỳ", "phiên", "buổi", "đợt", "lễ", "cuộc", "đêm", "lúc", "hội"}) ||
        Number(at + 1) > 0)
      return std::nullopt;
    constexpr std::size_t kLongestEvent = 14;  // words
    std::size_t end = at + 1;
    for (; end < words_.size() && end < at + kLongestEvent; ++end) {
      if (words_[end].kind == WordKind::kSign && !Is(end, "-")) break;
      if (IsAny(end, {"mà", "phải", "thì", "để", "nếu", "báo", "gửi"})) break;
      const bool number = Number(end, 3) > 0 || IsAny(end, {"một", "hai", "ba", "mười"});
      const bool counted = number && IsAny(end + 1, {"ngày", "giờ", "tuần"}) && Number(end + 2) < 0;
      if (!counted || GoesBack(end)) continue;
      out.end = end + 2;
      if (Is(out.end, "làm") && Is(out.end + 1, "việc")) out.end += 2;
      return out;
    }
    if (!IsAny(at, {"kỳ", "phiên"}) || !IsAny(at + 1, {"họp", "sinh", "tiếp"})) return std::nullopt;
    // "trước kỳ họp" alone names no time.
    bool told = each;
    for (std::size_t k = at + 2; k < end; ++k)
      told = told || IsAny(k, {"tháng", "thường", "sau", "tới"}) || (Is(k, "cuối") && Is(k + 1, "năm"));
    if (!told) return std::nullopt;
    out.end = end;
    return out;
  }

  // "trước 07 ngày", "trước phiên họp 05 ngày làm việc": so long before something.
  std::optional<Parsed> BeforehandValue(std::size_t i, std::size_t number_at, std::size_t end) const {
    // "trong vòng 24 giờ": from something that happened.
    const bool hours = Is(i, "trong") && IsAny(i + 1, {"vòng", "thời"}) && Is(end - 1, "giờ") && Number(end) < 0;
    if (number_at == i || (!Is(i, "trước") && !hours)) return std::nullopt;
    Parsed out{.end = end, .value = {}, .problem = {}};
    out.value.kind = "relative";
    return out;
  }

  bool IsWorkingDay(Day day) const {
    const unsigned weekday = std::chrono::weekday(day).c_encoding();
    if (weekday == 0 || weekday == 6) return false;
    return context_.holidays == nullptr || !context_.holidays->contains(day);
  }

  // "hằng tuần", "mỗi tháng"; moves behind it. FREQ and INTERVAL, or nothing.
  std::optional<std::string> Frequency(std::size_t& i) const {
    if (IsAny(i, {"hằng", "hàng", "mỗi"})) {
      const std::size_t at = i + 1;
      // "ngành hàng tối thứ Tư"
      if (i > 0 && Is(i, "hàng") &&
          IsAny(i - 1, {"ngành", "mặt", "cửa", "bán", "khách", "gian", "quầy", "sạp", "dãy", "nhà", "lô", "ngân"}))
        return std::nullopt;
      // "mỗi buổi sáng", "mỗi giờ", but "mỗi giờ học"
      if (Is(at, "buổi") && IsAny(at + 1, {"sáng", "trưa", "chiều", "tối"})) return i = at + 2, "FREQ=DAILY";
      if (Is(at, "giờ") && !IsAny(at + 1, {"học", "dạy", "làm", "lên", "ra", "chơi", "công"}))
        return i = at + 1, "FREQ=HOURLY";
      const char* freq = Is(at, "ngày")                               ? "DAILY"
                         : Is(at, "tuần")                             ? "WEEKLY"
                         : Is(at, "tháng")                            ? "MONTHLY"
                         : Is(at, "quý")                              ? "MONTHLY;INTERVAL=3"
                         : Is(at, "năm")                              ? "YEARLY"
                         : IsAny(at, {"sáng", "chiều", "tối", "đêm"}) ? "DAILY"
                                                                      : nullptr;
      if (freq == nullptr) return std::nullopt;
      if (Number(at + 1, 4) > 0 && Is(at, "năm") && Year(at + 1) > 0) return std::nullopt;
      i = at + 1;
      return std::string("FREQ=") + freq;
    }
    // "6 tháng một lần", "hai tuần/lần"
    std::size_t at = i;
    int n = Number(at);
    if (n > 0)
      ++at;
    else
      n = Spelled(at);
    if (n < 1) {
      n = 1;
      at = i;
    }
    const char* freq = Is(at, "ngày")                ? "DAILY"
                       : Is(at, "tuần")              ? "WEEKLY"
                       : IsAny(at, {"tháng", "quý"}) ? "MONTHLY"
                       : Is(at, "năm")               ? "YEARLY"
                                                     : nullptr;
    if (freq == nullptr) return std::nullopt;
    const int factor = Is(at, "quý") ? 3 : 1;
    ++at;
    if (Is(at, "/")) ++at;
    if (IsAny(at, {"một", "1", "01"}))
      ++at;
    else if (n == 1 && at == i + 2 && !Is(i, "01") && IsAny(at, {"hai", "ba", "2", "3", "02", "03"}))
      ++at;  // "một tuần hai lần"
    if (!IsAny(at, {"lần", "kỳ"}) || at == i + 1) return std::nullopt;
    const bool twice_a_year = n == 1 && Is(i + 1, "năm") && IsAny(at - 1, {"hai", "2", "02"});
    i = at + 1;
    if (twice_a_year) return "FREQ=MONTHLY;INTERVAL=6";
    const int interval = n * factor;
    return std::string("FREQ=") + freq + (interval > 1 ? ";INTERVAL=" + std::to_string(interval) : "");
  }

  // "các tuần chẵn", "cứ hai tháng một lần", "nửa năm một lần", "từ thứ Hai đến thứ Sáu hằng tuần".
  std::optional<Parsed> Rhythm(std::size_t i) const {
    std::size_t at = i;
    Parsed out{.end = 0, .value = {}, .problem = {}};
    out.value.kind = "recurring";
    const auto once = [&](std::size_t from) {
      std::size_t end = Is(from, "/") ? from + 1 : from;
      if (IsAny(end, {"một", "1", "01"})) ++end;
      return end > from && IsAny(end, {"lần", "kỳ"}) ? end + 1 : from;
    };
    // "15 hằng tháng"
    if (const int n = Number(at); n > 0 && n <= 31) {
      const bool day = IsAny(at + 1, {"hằng", "hàng", "mỗi"}) && Is(at + 2, "tháng") && !GoesBack(at);
      if (day && (i == 0 || !IsAny(i - 1, {"ngày", "và", "số", "tuần", "thứ"}))) {
        out.value.value = "FREQ=MONTHLY;BYMONTHDAY=" + std::to_string(n);
        out.end = at + 3;
        return out;
      }
    }
    if (IsAny(at, {"các", "những", "mỗi"})) ++at;
    const bool listed = at > i;
    if (Is(at, "định") && Is(at + 1, "kỳ") && Is(at + 2, "tháng")) at += 2;
    // "các tháng 3, 6, 9 và 12 hằng năm", "tháng 02 và tháng 8 hằng năm"
    if (Is(at, "tháng") && Number(at + 1) > 0) {
      std::string by;
      std::size_t m_at = at + 1;
      int months = 0;
      for (int m = Number(m_at); m >= 1 && m <= 12; ++months) {
        by += (by.empty() ? "" : ",") + std::to_string(m);
        ++m_at;
        std::size_t next = m_at;
        if (!IsAny(next, {",", "và"})) {
          ++months;
          break;
        }
        ++next;
        if (Is(next, "tháng")) ++next;
        m = Number(next);
        if (m >= 1 && m <= 12) m_at = next;
      }
      std::size_t end = m_at;
      const auto yearly = Frequency(end);
      if (listed && months == 2 && yearly != "FREQ=YEARLY") {  // "các tháng 10 và 11"
        const std::size_t comma = by.find(',');
        Point a{.grain = Grain::kMonth, .m = std::stoi(by.substr(0, comma))};
        Point b{.grain = Grain::kMonth, .m = std::stoi(by.substr(comma + 1))};
        if (b.m == a.m + 1) {
          TakeYear(m_at, b);
          return RangeValue(a, b, m_at);
        }
      }
      if (months > 1 && (yearly == "FREQ=YEARLY" || (listed && months > 2 && !IsAny(m_at, {"/", "năm", "-"})))) {
        out.value.value = "FREQ=YEARLY;BYMONTH=" + by;
        out.end = yearly == "FREQ=YEARLY" ? end : m_at;
        return out;
      }
    }
    if (IsAny(at, {"tuần", "tháng"}) && IsAny(at + 1, {"chẵn", "lẻ"})) {
      out.value.value = Is(at, "tuần") ? "FREQ=WEEKLY;INTERVAL=2" : "FREQ=MONTHLY;INTERVAL=2";
      out.end = at + 2;
      return out;
    }
    if (Is(at, "nửa") && Is(at + 1, "năm")) {
      out.end = once(at + 2);
      if (out.end == at + 2 && at == i) return std::nullopt;
      out.value.value = "FREQ=MONTHLY;INTERVAL=6";
      return out;
    }
    if (Is(i, "cứ")) {
      at = i + 1;
      if (Is(at, "mỗi")) ++at;
      int n = Number(at);
      if (n > 0)
        ++at;
      else
        n = std::max(1, Spelled(at));
      static constexpr std::array<std::pair<std::string_view, std::string_view>, 5> kUnits = {
          {{"ngày", "DAILY"}, {"tuần", "WEEKLY"}, {"tháng", "MONTHLY"}, {"quý", "MONTHLY"}, {"năm", "YEARLY"}}};
      for (const auto& [unit, freq] : kUnits) {
        if (!Is(at, unit)) continue;
        const int interval = unit == "quý" ? 3 * n : n;
        out.value.value =
            "FREQ=" + std::string(freq) + (interval > 1 ? ";INTERVAL=" + std::to_string(interval) : std::string());
        out.end = once(at + 1);
        return out;
      }
      return std::nullopt;
    }
    // "hai lần một năm", "02 lần/năm"
    if (IsAny(i, {"hai", "2", "02"}) && IsAny(i + 1, {"lần", "kỳ"}) &&
        IsAny(i + 2, {"một", "1", "01", "mỗi", "/", "trong"})) {
      const std::size_t year = i + 3 + (Is(i + 2, "trong") && IsAny(i + 3, {"một", "1", "01"}) ? 1 : 0);
      if (Is(year, "năm") && Number(year + 1, 4) < 0) {
        out.value.value = "FREQ=MONTHLY;INTERVAL=6";
        out.end = year + 1;
        return out;
      }
    }
    // "3 giờ một lần", "hai giờ một lần"
    std::size_t unit = i;
    const int digits = Number(i);
    const int hours = digits > 0 ? (++unit, digits) : Spelled(unit);
    if (hours > 0 && hours <= 24 && IsAny(unit, {"giờ", "tiếng"})) {
      out.end = once(unit + 1);
      if (out.end > unit + 1) {
        out.value.value = "FREQ=HOURLY" + (hours > 1 ? ";INTERVAL=" + std::to_string(hours) : std::string());
        return out;
      }
    }
    // "từ 22 giờ đến 4 giờ hằng đêm"
    if (std::size_t clock = Is(i, "từ") ? i + 1 : i; const OptionalString time = TimeOfDay(clock)) {
      if (IsAny(clock, {"đến", "-", "tới"}) && TimeOfDay(++clock)) {
        if (IsAny(clock, {"các", "vào"})) ++clock;
        if (const auto freq = Frequency(clock); freq == "FREQ=DAILY") {
          out.value.value = *freq;
          out.value.time = time;
          out.end = clock;
          return out;
        }
      }
    }
    at = Is(i, "từ") ? i + 1 : i;
    const int from = Weekday(at);
    if (from < 0 || !IsAny(at, {"đến", "-", "tới"})) return std::nullopt;
    ++at;
    if (Is(at, "hết")) ++at;
    PartOfDay(at);
    const int to = Weekday(at);
    // "từ thứ Hai, ngày …" is a range of days.
    if (to < 0 || Number(at) > 0 || Is(at, "ngày") || Is(at, "tuần") ||
        (IsAny(at, {",", "("}) && (Is(at + 1, "ngày") || Number(at + 1) > 0)))
      return std::nullopt;
    static constexpr std::array<std::string_view, 7> kDays = {"SU", "MO", "TU", "WE", "TH", "FR", "SA"};
    std::string by;
    for (int day = from;; day = (day + 1) % 7) {
      if (!by.empty()) by += ",";
      by += kDays[static_cast<std::size_t>(day)];
      if (day == to) break;
    }
    std::size_t end = at;
    const auto freq = Frequency(end);
    if (freq && *freq != "FREQ=WEEKLY") return std::nullopt;
    out.value.value = "FREQ=WEEKLY;BYDAY=" + by;
    out.end = freq ? end : at;
    return out;
  }

  std::optional<Parsed> Recurring(std::size_t i) const {
    std::size_t at = i;
    Parsed out{.end = 0, .value = {}, .problem = {}};
    DateValue& v = out.value;
    v.kind = "recurring";
    bool limited = false;  // "trước": the rule names the day itself
    bool plural = false, periodic = false;
    if (Is(at, "định") && Is(at + 1, "kỳ")) {
      at += 2;
      periodic = true;
    }
    if (Is(at, "vào") && periodic) ++at;
    if (Is(at, "trước")) {
      ++at;
      limited = true;
    } else if ((Is(at, "chậm") || Is(at, "muộn")) && Is(at + 1, "nhất")) {
      at += 2;
      if (Is(at, "là") || Is(at, "vào")) ++at;
    } else if (IsAny(at, {"các", "những"})) {
      ++at;
      plural = true;
    } else if (Is(at, "mỗi")) {  // "mỗi tối thứ Bảy"
      std::size_t day = at + 1;
      PartOfDay(day);
      if (Weekday(day) >= 0) {
        ++at;
        plural = true;
      }
    }
    if (Is(at, "buổi")) ++at;
    v.part_of_day = PartOfDay(at);
    v.time = TimeOfDay(at);
    if (v.time && !v.part_of_day) v.part_of_day = PartOfDay(at);
    if (v.time && Is(at, ",")) ++at;
    const bool ngay = Is(at, "ngày") && !Is(at + 1, "làm");
    std::size_t body = at + (ngay ? 1 : 0);
    // Weekdays: "thứ Ba, thứ Sáu hằng tuần", "các tối thứ Bảy".
    std::size_t w_at = body;
    std::vector<int> weekdays;
    for (int w = Weekday(w_at); w >= 0;) {
      weekdays.push_back(w);
      std::size_t next = w_at;
      if (IsAny(next, {",", "và", "-"})) ++next;
      const bool joined = next > w_at;
      if (joined) {
        const OptionalString again = PartOfDay(next);  // "sáng thứ Ba và sáng thứ Sáu"
        if (!v.part_of_day) v.part_of_day = again;
      }
      w = joined ? Weekday(next) : -1;
      if (w >= 0) w_at = next;
    }
    if (!weekdays.empty()) {
      std::size_t end = w_at;
      if (weekdays.size() == 1) {
        if (const std::vector<int> nths = NthOfMonth(end); !nths.empty()) {
          static constexpr std::array<std::string_view, 7> kNames = {"SU", "MO", "TU", "WE", "TH", "FR", "SA"};
          v.value = "FREQ=MONTHLY;BYDAY=";
          for (const int nth : nths) {
            if (nth != nths.front()) *v.value += ",";
            *v.value += std::to_string(nth) + std::string(kNames[static_cast<std::size_t>(weekdays[0])]);
          }
          out.end = end;
          return out;
        }
        if (auto day = NthOfNamedMonth(weekdays[0], w_at)) {
          day->value.part_of_day = v.part_of_day;
          day->value.time = v.time;
          return day;
        }
        // "tối thứ Năm các tuần chẵn"
        if (Is(w_at, "các") && Is(w_at + 1, "tuần") && IsAny(w_at + 2, {"chẵn", "lẻ"})) {
          static constexpr std::array<std::string_view, 7> kNames = {"SU", "MO", "TU", "WE", "TH", "FR", "SA"};
          v.value = "FREQ=WEEKLY;INTERVAL=2;BYDAY=" + std::string(kNames[static_cast<std::size_t>(weekdays[0])]);
          out.end = w_at + 3;
          return out;
        }
      }
      end = w_at;
      if (IsAny(end, {",", "của"}) && IsAny(end + 1, {"hằng", "hàng", "mỗi"})) ++end;
      const auto freq = Frequency(end);
      const bool spelled_time = v.part_of_day.has_value() || plural;
      if (freq ? *freq != "FREQ=WEEKLY" : !(spelled_time || Is(end, "tuần"))) return std::nullopt;
      // "chiều thứ Sáu, ngày 26/6/2026" is a day with its weekday.
      if (!freq && (Is(w_at, "ngày") || (Is(w_at, ",") && Is(w_at + 1, "ngày")) || Number(w_at) > 0 ||
                    (IsAny(w_at, {",", "("}) && Number(w_at + 1) > 0) || Is(w_at, "(")))
        return std::nullopt;
      static constexpr std::array<std::string_view, 7> kDays = {"SU", "MO", "TU", "WE", "TH", "FR", "SA"};
      std::string by;
      for (const int w : weekdays) {
        if (!by.empty()) by += ",";
        by += kDays[static_cast<std::size_t>(w)];
      }
      v.value = "FREQ=WEEKLY;BYDAY=" + by;
      out.end = freq ? end : w_at;
      return out;
    }
    // Days of the month: "ngày 25 hằng tháng", "ngày 10 và 25 hằng tháng", "ngày 25 của tháng cuối quý".
    std::size_t d_at = body;
    std::vector<int> month_days;
    bool lunar = false;
    if (IsAny(d_at, {"mùng", "mồng"})) {
      ++d_at;
      int d = Number(d_at);
      if (d > 0)
        ++d_at;
      else
        d = Spelled(d_at);
      if (d > 0) month_days.push_back(d);
    } else if (Is(d_at, "rằm")) {
      ++d_at;
      month_days.push_back(15);
      lunar = true;
    } else if (ngay || limited || v.part_of_day) {
      while (true) {
        const int d = Number(d_at);
        if (d < 1 || d > 31 || Is(d_at + 1, "/") || Is(d_at + 1, "giờ")) break;
        month_days.push_back(d);
        ++d_at;
        std::size_t next = d_at;
        if (!IsAny(next, {",", "và"})) break;
        ++next;
        if (Is(next, "ngày")) ++next;
        if (Number(next) < 1) break;
        d_at = next;
      }
    }
    if (!month_days.empty()) {
      std::size_t end = d_at;
      if (Is(end, "âm") && Is(end + 1, "lịch")) {
        lunar = true;
        end += 2;
      }
      if (IsAny(end, {"của", ",", "vào"})) ++end;
      std::string freq;
      if (Is(end, "tháng") && Is(end + 1, "cuối") &&
          (Is(end + 2, "quý") || (IsAny(end + 2, {"của", "mỗi", "hằng", "hàng"}) && Is(end + 3, "quý")))) {
        freq = "FREQ=MONTHLY;INTERVAL=3";
        end += Is(end + 2, "quý") ? 3 : 4;
      } else if (Is(end, "tháng") &&
                 ((Is(end + 1, "thứ") && Is(end + 2, "ba")) || Is(end + 1, "đầu") || Is(end + 1, "cuối")) &&
                 (Is(end + 2, "quý") || Is(end + 3, "quý") || Is(end + 4, "quý"))) {
        freq = "FREQ=MONTHLY;INTERVAL=3";
        while (!Is(end, "quý")) ++end;
        ++end;
        if (Is(end, "sau")) ++end;
      } else if (Is(end, "tháng") && IsAny(end + 1, {"đầu", "cuối", "cuối"}) &&
                 IsAny(end + 2, {"hằng", "hàng", "mỗi"}) && Is(end + 3, "quý")) {
        freq = "FREQ=MONTHLY;INTERVAL=3";
        end += 4;
      } else if (Is(end, "tháng") && Number(end + 1) > 0 && IsAny(end + 2, {"hằng", "hàng", "mỗi"}) &&
                 Is(end + 3, "năm")) {
        freq = "FREQ=YEARLY;BYMONTH=" + std::to_string(Number(end + 1));
        end += 4;
      } else if (Is(end, "các") && Is(end + 1, "tháng")) {
        const auto months = Rhythm(end);
        if (!months || !months->value.value || !months->value.value->starts_with("FREQ=YEARLY")) return std::nullopt;
        freq = *months->value.value;
        end = months->end;
      } else if (Is(end, "tháng") && (Is(end + 1, "sau") || (IsAny(end + 1, {"liền", "kế", "tiếp"}) &&
                                                             IsAny(end + 2, {"sau", "kề", "tiếp", "theo"})))) {
        freq = "FREQ=MONTHLY";
        end += Is(end + 1, "sau") ? 2 : 3;
      } else if (const auto f = Frequency(end)) {
        freq = *f;
        if (freq != "FREQ=MONTHLY" && freq != "FREQ=MONTHLY;INTERVAL=3") return std::nullopt;
      } else {
        return std::nullopt;
      }
      out.end = end;
      if (lunar) {
        v.calendar = "lunar";
        return out;
      }
      std::string by;
      for (const int d : month_days) {
        if (!by.empty()) by += ",";
        by += std::to_string(d);
      }
      v.value = freq + ";BYMONTHDAY=" + by;
      return out;
    }
    // "ngày cuối tháng"
    std::size_t month = body + (Is(body + 1, "cùng") ? 2 : 1);
    if (IsAny(month, {"của", "mỗi", "hằng", "hàng"})) ++month;
    if (ngay && Is(body, "cuối") && Is(month, "tháng") && Number(month + 1) < 0) {
      v.value = "FREQ=MONTHLY;BYMONTHDAY=-1";
      out.end = month + 1;
      return out;
    }
    // "ngày 26/3 hằng năm"
    if (ngay) {
      std::size_t c = body;
      if (const auto p = DayCore(c); p && p->y == 0 && p->valid) {
        std::size_t end = c;
        if (const auto f = Frequency(end); f == "FREQ=YEARLY") {
          v.value = "FREQ=YEARLY;BYMONTH=" + std::to_string(p->m) + ";BYMONTHDAY=" + std::to_string(p->d);
          out.end = end;
          return out;
        }
      }
      if (!limited && !v.time) return std::nullopt;
    }
    // "tháng 8 hằng năm", "trước 15/5 hằng năm"
    if (std::size_t m_at = at; Is(m_at, "tháng") || (IsAny(m_at, {"đầu", "cuối", "giữa"}) && Is(m_at + 1, "tháng"))) {
      if (!Is(m_at, "tháng")) {
        v.part = Is(m_at, "đầu") ? "start" : Is(m_at, "giữa") ? "mid" : "end";
        ++m_at;
      }
      if (const auto p = MonthCore(m_at); p && p->y == 0) {
        if (Frequency(m_at) == "FREQ=YEARLY") {
          v.value = "FREQ=YEARLY;BYMONTH=" + std::to_string(p->m);
          out.end = m_at;
          return out;
        }
      }
      v.part = {};
    } else if (std::size_t d_only = at; Number(d_only) > 0) {
      if (const auto p = DayCore(d_only); p && p->y == 0 && p->valid) {
        if (Frequency(d_only) == "FREQ=YEARLY") {
          v.value = "FREQ=YEARLY;BYMONTH=" + std::to_string(p->m) + ";BYMONTHDAY=" + std::to_string(p->d);
          out.end = d_only;
          return out;
        }
      }
    }
    // A bare frequency, with hour: "trước 16 giờ hằng ngày", "định kỳ hàng quý", "mỗi ngày".
    std::size_t f_at = at;
    if (IsAny(at, {"đầu", "cuối"}) && IsAny(at + 1, {"hằng", "hàng", "mỗi"})) {  // "cuối mỗi quý"
      v.part = Is(at, "đầu") ? "start" : "end";
      ++f_at;
    }
    const auto freq = Frequency(f_at);
    if (!freq) {
      if (periodic && IsAny(at, {"tuần", "tháng", "quý", "năm"}) && Number(at + 1, 4) < 0) {
        v.value = Is(at, "tuần")    ? "FREQ=WEEKLY"
                  : Is(at, "tháng") ? "FREQ=MONTHLY"
                  : Is(at, "quý")   ? "FREQ=MONTHLY;INTERVAL=3"
                                    : "FREQ=YEARLY";
        out.end = at + 1;
        return out;
      }
      if (periodic) {  // "định kỳ 6 tháng", "định kỳ hai tuần"
        std::size_t unit = at;
        int n = Number(at);
        if (n > 0)
          ++unit;
        else
          n = Spelled(unit);
        if (n > 0 && IsAny(unit, {"ngày", "tuần", "tháng"}) && !IsAny(unit + 1, {"đầu", "cuối"}) &&
            Number(unit + 1) < 0) {
          v.value = std::string("FREQ=") +
                    (Is(unit, "ngày")   ? "DAILY"
                     : Is(unit, "tuần") ? "WEEKLY"
                                        : "MONTHLY") +
                    (n > 1 ? ";INTERVAL=" + std::to_string(n) : std::string());
          out.end = unit + 1;
          return out;
        }
      }
      return std::nullopt;
    }
    if ((limited || plural) && !v.time) return std::nullopt;
    // "mỗi ngày 02 lượt" says how many.
    if (*freq == "FREQ=DAILY" && Is(at, "mỗi") &&
        (Number(f_at, 4) > 0 || (IsAny(f_at, {"một", "hai", "ba", "bốn", "năm"}) && !IsAny(f_at + 1, {"lần", "buổi"}))))
      return std::nullopt;
    v.value = *freq;
    out.end = f_at;
    // "mỗi năm hai lần"
    if (*freq == "FREQ=YEARLY" && IsAny(f_at, {"hai", "2", "02"}) && IsAny(f_at + 1, {"lần", "kỳ"})) {
      v.value = "FREQ=MONTHLY;INTERVAL=6";
      out.end = f_at + 2;
      return out;
    }
    DayOfRound(out);
    return out;
  }

  // "hằng tuần vào sáng thứ Hai", "mỗi tháng một lần vào ngày 15": the day behind the frequency.
  void DayOfRound(Parsed& round) const {
    std::size_t at = round.end;
    if (IsAny(at, {"một", "1", "01"}) && IsAny(at + 1, {"lần", "kỳ"})) at += 2;
    const bool comma = Is(at, ",");
    if (comma) ++at;
    std::string& rule = *round.value.value;
    // "hằng tháng, trước ngày 25", "hằng quý, trước ngày 20 của tháng cuối quý"
    if (comma && rule.starts_with("FREQ=MONTHLY") && (IsAny(at, {"trước", "vào", "chậm"})) && Number(at + 2) > 0) {
      const std::size_t day = at + 2;
      std::size_t behind = day + 1;
      if (IsAny(at, {"trước", "vào"}) && Is(at + 1, "ngày") && Number(day) <= 31 && !GoesOn(behind)) {
        if (IsAny(behind, {"của"})) ++behind;
        const bool of_quarter = Is(behind, "tháng") && IsAny(behind + 1, {"cuối", "đầu"}) && Is(behind + 2, "quý");
        if (of_quarter) behind += 3;
        if (!Is(behind, "tháng") && !Is(behind, "hằng") && !Is(behind, "hàng")) {
          rule += ";BYMONTHDAY=" + std::to_string(Number(day));
          round.end = of_quarter ? behind : day + 1;
          return;
        }
      }
    }
    if (!Is(at, "vào")) return;
    ++at;
    const OptionalString part = PartOfDay(at);
    // "hằng năm vào ngày 01 tháng 4"
    std::size_t of_year = Is(at, "ngày") ? at + 1 : at;
    if (const auto day = rule == "FREQ=YEARLY" ? DayCore(of_year) : std::nullopt; day && day->y == 0 && day->valid) {
      rule += ";BYMONTH=" + std::to_string(day->m) + ";BYMONTHDAY=" + std::to_string(day->d);
      round.value.part_of_day = part;
      round.end = of_year;
      return;
    }
    if (rule == "FREQ=WEEKLY") {
      const int weekday = Weekday(at);
      if (weekday < 0) return;
      static constexpr std::array<std::string_view, 7> kDays = {"SU", "MO", "TU", "WE", "TH", "FR", "SA"};
      rule += ";BYDAY=" + std::string(kDays[static_cast<std::size_t>(weekday)]);
    } else if (rule.starts_with("FREQ=MONTHLY") && Is(at, "ngày") && Number(at + 1) > 0 && Number(at + 1) <= 31 &&
               !GoesOn(at + 2)) {
      rule += ";BYMONTHDAY=" + std::to_string(Number(at + 1));
      at += 2;
    } else {
      return;
    }
    round.value.part_of_day = part;
    round.end = at;
  }

  // The number of a week or a weekday in its month, "đầu tiên", "thứ hai", "thứ 2", "2", "cuối cùng": 1 to 5, -1 the
  // last, 0 none; moves behind it.
  int Ordinal(std::size_t& i) const {
    if (IsAny(i, {"đầu", "cuối"})) {
      const int nth = Is(i, "đầu") ? 1 : -1;
      i += IsAny(i + 1, {"tiên", "cùng"}) ? 2 : 1;
      return nth;
    }
    std::size_t at = Is(i, "thứ") ? i + 1 : i;
    int n = Number(at);
    if (n > 0) {
      ++at;
    } else if (at > i) {
      n = Is(at, "nhất") ? (++at, 1) : Spelled(at);
    }
    if (n < 1 || n > 5) return 0;
    i = at;
    return n;
  }

  // "tuần 1 và tuần 3", "tuần thứ hai, thứ tư", "tuần cuối": their numbers; moves behind them.
  std::vector<int> Weeks(std::size_t& i) const {
    std::vector<int> weeks;
    std::size_t at = i;
    while (Is(at, "tuần") || (!weeks.empty() && (Is(at, "thứ") || Number(at) > 0))) {
      if (Is(at, "tuần")) ++at;
      const int nth = Ordinal(at);
      if (nth == 0) break;
      weeks.push_back(nth);
      i = at;
      if (!IsAny(at, {",", "và", "&", "-"})) break;
      ++at;
    }
    return weeks;
  }

  // "(của) tháng", "hằng tháng", "mỗi tháng" without a number: the word behind, 0 for none.
  std::size_t AnyMonth(std::size_t i) const {
    std::size_t at = Is(i, "của") ? i + 1 : i;
    if (IsAny(at, {"mỗi", "hằng", "hàng"})) ++at;
    return Is(at, "tháng") && Number(at + 1) < 0 ? at + 1 : 0;
  }

  // Behind a weekday: "đầu tiên của tháng", "tuần thứ ba của tháng", "tuần 1 và tuần 3 hằng tháng", "cuối tháng".
  std::vector<int> NthOfMonth(std::size_t& i) const {
    std::size_t at = i;
    std::vector<int> nths = Weeks(at);
    if (nths.empty() && IsAny(at, {"đầu", "cuối"})) nths.push_back(Ordinal(at));
    const std::size_t end = nths.empty() ? 0 : AnyMonth(at);
    if (end == 0) return {};
    i = end;
    return nths;
  }

  // "Chủ nhật tuần thứ hai của tháng 12/2025": a day.
  std::optional<Parsed> NthOfNamedMonth(int weekday, std::size_t i) const {
    std::size_t at = i;
    const std::vector<int> nths = Weeks(at);
    if (nths.size() != 1) return std::nullopt;
    if (Is(at, "của")) ++at;
    std::optional<Point> month = MonthCore(at);
    if (!month || month->lunar) return std::nullopt;
    Resolve(*month, at);
    if (month->y == 0) return std::nullopt;
    const std::chrono::weekday name(static_cast<unsigned>(weekday));
    const std::chrono::year_month ym = year(month->y) / std::chrono::month(static_cast<unsigned>(month->m));
    Day day = Day(ym / std::chrono::weekday_last(name));
    if (nths[0] > 0) {
      const std::chrono::year_month_weekday nth = ym / name[static_cast<unsigned>(nths[0])];
      if (!nth.ok()) return std::nullopt;
      day = Day(nth);
    }
    Parsed out{.end = at, .value = {}, .problem = {}};
    out.value.kind = "day";
    out.value.value = IsoDay(day);
    out.value.resolved = true;
    return out;
  }

  // "tuần thứ hai hằng tháng", "tuần đầu của quý", "ngày làm việc đầu tiên của tháng": a part of a round, whose day the
  // rule cannot tell.
  std::optional<Parsed> PartOfRound(std::size_t i) const {
    std::size_t at = i;
    if (Is(at, "ngày") && Is(at + 1, "làm") && Is(at + 2, "việc")) {
      at += 3;
      if (Ordinal(at) == 0) return std::nullopt;
    } else if (Weeks(at).empty()) {
      return std::nullopt;
    }
    Parsed out{.end = AnyMonth(at), .value = {}, .problem = {}};
    out.value.kind = "recurring";
    out.value.value = "FREQ=MONTHLY";
    if (out.end == 0) {
      if (Is(at, "của")) ++at;
      if (IsAny(at, {"mỗi", "hằng", "hàng"})) ++at;
      if (!Is(at, "quý") || (at + 1 < words_.size() && RomanQuarter(words_[at + 1].key) > 0)) return std::nullopt;
      *out.value.value += ";INTERVAL=3";
      out.end = at + 1;
    }
    return out;
  }

  // Days that share their month, "các ngày 5, 12 và 19/4/2026": the one at word i, where it is not the last of them.
  std::optional<Parsed> ListedDay(std::size_t i) const {
    std::size_t at = i;
    if (Is(at, "các")) ++at;
    const OptionalString part = PartOfDay(at);
    if (Is(at, "ngày")) ++at;
    const int day = Number(at);
    if (day < 1 || day > 31 || GoesBack(at)) return std::nullopt;
    // The list began with "ngày" or a part of the day.
    std::size_t head = at;
    while (head >= 2 && IsAny(head - 1, {",", "và"}) && Number(head - 2) > 0) head -= 2;
    if (head == 0 || !IsAny(head - 1, {"ngày", "sáng", "chiều", "tối"})) return std::nullopt;
    const std::size_t end = at + 1;
    int previous = day;
    for (std::size_t k = end; IsAny(k, {",", "và", "&"}); ++k) {
      const int next = Number(k + 1);
      if (next <= previous || next > 31) return std::nullopt;
      previous = next;
      std::size_t core = k + 1;
      if (const auto whole = DayCore(core)) {
        Point p = *whole;
        p.d = day;
        p.valid = Possible(p);
        p.part_of_day = part;
        if (p.y == 0) Resolve(p, core);
        return PointValue(p, end, false);
      }
      ++k;
    }
    return std::nullopt;
  }

  std::optional<Parsed> Interval(std::size_t i) const {
    // Periods of years: "năm học 2025 - 2026", "giai đoạn 2026-2030", "nhiệm kỳ 2025 - 2030", "năm 2025 - 2026".
    if (auto p = Period(i)) return p;
    std::size_t at = i;
    if (IsAny(at, {"trước"}) && !IsAny(at + 1, {"khi", "mắt", "đó", "đây"})) {
      ++at;
      if (Is(at, "quốc") && Is(at + 1, "khánh"))
        at += 2;
      else if (IsAny(at, {"lễ", "dịp"}))  // "trước lễ 30/4"
        at += 1;
      if (auto p = PointAt(at, true)) return BeforeValue(*p, at, true);
      if (Is(at, "tết") && Is(at + 1, "nguyên") && Is(at + 2, "đán"))
        return BeforeValue(Point{.lunar = true}, at + 3, true);
      return std::nullopt;
    }
    if (const std::size_t behind = DeadlineWords(at); behind > 0) {
      at = behind;
      while (IsAny(at, {"là", "vào", "trong", "đến", "tới", ":", "hết"})) ++at;
      const bool exclusive = Is(at, "trước");
      if (exclusive) ++at;
      if (auto p = PointAt(at, true)) return BeforeValue(*p, at, exclusive);
      return LastWorkingDay(at);
    }
    bool from = false;
    // "năm sau", "năm tới"
    if (Is(at, "năm") && IsAny(at + 1, {"sau", "tới"}) && DocumentYear() > 0 &&
        !(i > 0 && (words_[i - 1].kind == WordKind::kNumber ||
                    IsAny(i - 1, {"những", "các", "mấy", "trong", "hoạch", "toán", "vụ", "hướng", "sang"})))) {
      Point p{.grain = Grain::kYear, .y = DocumentYear() + 1, .resolved = true};
      return PointValue(p, at + 2, false);
    }
    if (Is(at, "kể") && Is(at + 1, "từ")) {
      at += 2;
      from = true;
    } else if (Is(at, "từ")) {
      ++at;
      from = true;
    }
    if (from) {
      if (auto p = FromIssueDay(at)) return p;
      // "từ năm học 2025 - 2026" has no end.
      if (auto p = Period(at); p && Is(at, "năm") && Is(at + 1, "học") && p->value.value) {
        p->value.kind = "after";
        p->value.value = p->value.value->substr(0, p->value.value->find('/')) + "/..";
        p->value.end.reset();
        return p;
      }
      // "từ 7 giờ 30 đến 11 giờ, ngày 22/4/2024" is a day.
      std::size_t clock = at;
      if (const OptionalString time = TimeOfDay(clock); time && IsAny(clock, {"đến", "-"})) {
        ++clock;
        if (TimeOfDay(clock)) {
          if (IsAny(clock, {",", "vào"})) ++clock;
          if (auto p = PointAt(clock, true); p && p->grain == Grain::kDay) {
            p->time = time;
            return PointValue(*p, clock, false);
          }
        }
      }
      if (auto p = RangeAt(at, true)) {
        if (auto season = MonthsOfTheYear(*p)) return season;
        return p;
      }
      std::size_t p_at = at;
      if (auto p = PointAt(p_at, true)) {
        // "từ 7 giờ 30 ngày 15/11/2026" says when something begins that day.
        if (p->time && p->grain == Grain::kDay && !p->lunar) return PointValue(*p, p_at, false);
        return AfterValue(*p, p_at, false);
      }
      return std::nullopt;
    }
    if (IsAny(at, {"đến", "tới", "hết"})) {
      const bool ends = Is(at, "hết");
      ++at;
      if (Is(at, "hết")) ++at;
      if (Is(at, "trước")) {
        std::size_t p_at = at + 1;
        if (auto p = PointAt(p_at, true)) return BeforeValue(*p, p_at, true);
      }
      if (auto p = PointAt(at, ends || Is(at, "ngày"))) return BeforeValue(*p, at, false);
      // "đến hết năm", "đến cuối năm nay"
      const bool whole = IsAny(at, {"cuối", "hết"});
      const std::size_t year_at = at + (whole ? 1 : 0);
      if (DocumentYear() > 0 && (whole || Is(at - 1, "hết")) && Is(year_at, "năm") && EndsClause(year_at + 1)) {
        const Point p{.grain = Grain::kYear, .y = DocumentYear(), .resolved = true};
        return BeforeValue(p, year_at + (Is(year_at + 1, "nay") ? 2 : 1), false);
      }
      return std::nullopt;
    }
    if (Is(at, "sau") && ((Is(at + 1, "ngày") && Number(at + 2) > 0) || IsAny(at + 1, {"rằm", "mùng", "mồng"}))) {
      std::size_t p_at = at + 1;
      if (auto p = PointAt(p_at, true)) return AfterValue(*p, p_at, true);
    }
    if (Is(at, "trong")) return std::nullopt;  // what follows is found without it
    if (auto p = RangeAt(i, false)) return p;
    if (auto p = ListedDay(i)) return p;
    std::size_t p_at = i;
    // A yearless "26/6", "01-10" at the end of a name of a day: "Ngày toàn dân phòng, chống ma túy 26/6".
    if (words_[i].kind == WordKind::kNumber) {
      if (auto years = BareYears(i)) return years;
      std::size_t d_at = i;
      if (auto p = DayCore(d_at); p && p->y == 0) {
        if (i > 0 && IsAny(i - 1, {"đường", "phố"})) return std::nullopt;  // "đường 30 tháng 4"
        if (Is(i + 1, "tháng") || DayName(i)) return PointValue(*p, d_at, DayName(i));
        // "05/10" alone in a cell, "15/11 tại Huổi Lạ"
        const bool alone = i == 0 && d_at == words_.size();
        const bool placed = IsAny(d_at, {"tại", "ở"}) && (i == 0 || IsAny(i - 1, {":", "và", ",", "("}));
        const bool opens = Is(d_at, ":") && (i == 0 || IsAny(i - 1, {";", "."}));  // "21/6: gặp mặt …"
        const bool lunar = Is(d_at, "âm") && Is(d_at + 1, "lịch");
        if (alone || placed || opens || lunar || IsCued(i) || IsListed(i)) return PointValue(*p, d_at, false);
        return std::nullopt;
      }
    }
    if (auto p = PointAt(p_at, false)) {
      return PointValue(*p, p_at, Anniversary(i));
    }
    return std::nullopt;
  }

  // Whether nothing, a sign or "nay" stands at word i.
  bool EndsClause(std::size_t i) const {
    return i >= words_.size() || words_[i].kind == WordKind::kSign || Is(i, "nay");
  }

  // "xong 30/9", "dịp 20/10", "Thời hạn: 20/10": words before a bare day and month that leave no doubt; not "đạt 2/3".
  bool IsCued(std::size_t i) const {
    if (i == 0) return false;
    if (IsAny(i - 1, {"xong", "dịp"})) return true;
    if (i > 1 && IsAny(i - 1, {"lễ", "ngày"}) && Is(i - 2, "dịp")) return true;
    return i > 2 && Is(i - 1, ":") && IsAny(i - 3, {"thời", "bắt", "kết"}) &&
           IsAny(i - 2, {"hạn", "gian", "đầu", "thúc"});
  }

  // "ngày 5/9, | 12/9 và | 19/9": one of a list of days that began with its word.
  bool IsListed(std::size_t i) const {
    std::size_t head = i;
    while (head >= 4 && IsAny(head - 1, {",", "và", "&"}) && Number(head - 2) > 0 && Is(head - 3, "/") &&
           Number(head - 4) > 0)
      head -= 4;
    return head < i && head > 0 && IsAny(head - 1, {"ngày", "sáng", "chiều", "tối"});
  }

  // "ngày làm việc cuối cùng của năm" behind the words of a deadline.
  std::optional<Parsed> LastWorkingDay(std::size_t i) const {
    std::size_t at = i;
    if (Is(at, "ngày") && Is(at + 1, "làm") && Is(at + 2, "việc") && Is(at + 3, "cuối")) {
      at += Is(at + 4, "cùng") ? 5 : 4;
    } else {
      return std::nullopt;
    }
    if (Is(at, "của")) ++at;
    Point p{.grain = Grain::kYear, .resolved = true};
    if (Is(at, "năm") && Year(at + 1) > 0) {
      p.y = Year(at + 1);
      at += 2;
    } else if (Is(at, "năm") && DocumentYear() > 0) {
      p.y = DocumentYear();
      ++at;
    } else {
      std::size_t month = at;
      const auto core = MonthCore(month);
      if (!core) return std::nullopt;
      p = *core;
      at = month;
      Resolve(p, at);
      if (p.y == 0) return std::nullopt;
    }
    Day day = LastDay(p);
    while (!IsWorkingDay(day)) day -= days(1);
    Parsed out{.end = at, .value = {}, .problem = {}};
    out.value.kind = "before";
    out.value.value = "../" + IsoDay(day);
    out.value.end = IsoDay(day);
    out.value.resolved = true;
    return out;
  }

  // "chậm nhất", "không muộn hơn", "hạn chót", "hạn nộp" before the last day; the word behind, 0 for none.
  std::size_t DeadlineWords(std::size_t i) const {
    if (IsAny(i, {"chậm", "muộn", "trễ"}) && Is(i + 1, "nhất")) return i + 2;
    if (Is(i, "không")) {
      std::size_t at = i + 1;
      if (IsAny(at, {"được", "để"})) ++at;
      if (Is(at, "quá")) return at + 1;
      if (IsAny(at, {"muộn", "chậm", "trễ"}) && IsAny(at + 1, {"hơn", "quá"})) return at + 2;
      return 0;
    }
    if (!Is(i, "hạn")) return 0;
    if (i > 0 && IsAny(i - 1, {"thời", "kỳ", "quá", "giới", "hữu"}) && !IsAny(i + 1, {"chót", "cuối", "nộp"})) return 0;
    if (IsAny(i + 1, {"chót", "cuối", "nộp", "gửi", "xong"}))
      return i + (Is(i + 1, "cuối") && Is(i + 2, "cùng") ? 3 : 2);
    if (Is(i + 1, "báo") && Is(i + 2, "cáo")) return i + 3;
    if (Is(i + 1, "hoàn") && Is(i + 2, "thành")) return i + 3;
    // "Hạn: 03/9", "hạn 15/9"
    return IsAny(i + 1, {"đến", "là", "trước", ":"}) || Number(i + 1) > 0 ? i + 1 : 0;
  }

  // Whether the words before i are the name of a day of the year.
  bool DayName(std::size_t i) const {
    for (std::size_t k = i; k-- > 0 && k + 14 > i;) {
      if (IsAny(k, {".", ";", ":"})) return false;
      if (words_[k].kind == WordKind::kNumber) return false;
      if (Is(k, "ngày") && (words_[k].capital || words_[k + 1].capital || Is(k + 1, "hội"))) return true;
    }
    return Anniversary(i);
  }
  bool Anniversary(std::size_t i) const {
    for (std::size_t k = i; k-- > 0 && k + 10 > i;) {
      if (IsAny(k, {".", ";", ":", "kế"})) return false;
      if (Is(k, "thành") && Is(k + 1, "lập")) return true;
      if (Is(k, "kỷ") && Is(k + 1, "niệm")) return true;
      if (Is(k, "truyền") && Is(k + 1, "thống")) return true;
    }
    return false;
  }

  // "từ ngày ban hành Kế hoạch đến hết ngày D", "từ nay đến …", "kể từ ngày ký".
  std::optional<Parsed> FromIssueDay(std::size_t at) const {
    std::size_t end = IssueDay(at);
    if (end == 0) return std::nullopt;
    std::size_t to = end;
    if (IsAny(to, {"-", ","})) ++to;
    if (IsAny(to, {"đến", "tới"})) {
      ++to;
      std::size_t p_at = to;
      if (IsAny(p_at, {"hết", "cuối"})) ++p_at;
      auto p = PointAt(p_at, true);
      if (!p && Is(p_at, "năm") && DocumentYear() > 0 && !IsAny(p_at + 1, {"sau", "tới", "học"}) &&
          Number(p_at + 1) < 0) {  // "từ nay đến hết năm"
        p = Point{.grain = Grain::kYear, .y = DocumentYear(), .resolved = true};
        ++p_at;
      }
      if (p) {
        if (!context_.document_date) return BeforeValue(*p, p_at, false);
        const year_month_day ymd(*context_.document_date);
        Point a{.y = static_cast<int>(ymd.year()),
                .m = static_cast<int>(static_cast<unsigned>(ymd.month())),
                .d = static_cast<int>(static_cast<unsigned>(ymd.day()))};
        Parsed out = RangeValue(a, *p, p_at);
        out.value.resolved = true;
        return out;
      }
    }
    if (Is(at, "nay")) return std::nullopt;
    Parsed out{.end = end, .value = {}, .problem = {}};
    out.value.kind = "relative";
    if (context_.document_date) {
      out.value.value = IsoDay(*context_.document_date) + "/..";
      out.value.start = IsoDay(*context_.document_date);
      out.value.resolved = true;
    }
    return out;
  }

  // "09-11/10/2025", "ngày 10 đến ngày 25/6/2026", "26 và 27/9/2025", "X - Y" from word i on.
  std::optional<Parsed> RangeAt(std::size_t i, bool from) const {
    std::size_t at = i;
    bool counted = false;
    if (IsAny(at, {"hai", "ba", "bốn", "năm", "các", "02", "03", "04", "05", "2", "3", "4", "5"}) &&
        (Is(at + 1, "ngày") || (Is(at + 1, "buổi") && IsAny(at + 2, {"sáng", "chiều", "tối"})))) {
      // "hai ngày 14 và 15/11", "ba ngày, từ 17 đến 19/10", "hai buổi tối, 16 và 17/3"
      const std::size_t noun = Is(at + 1, "ngày") ? at + 2 : at + 3;
      const std::size_t comma = Is(noun, ",") || Is(noun, "(") ? noun + 1 : noun;
      const bool spans = Is(comma, "từ");
      if (Number(comma + (spans ? 1 : 0)) > 0 && (comma == noun || spans || !Is(at, "các"))) {
        at = comma > noun || spans ? comma + (spans ? 1 : 0) : noun - 1;
        counted = true;
        from = from || comma > at || spans;
      }
    }
    std::size_t a_at = at;
    std::optional<Point> a = PointAt(a_at, true);
    if (!a) {
      // Parts shared with the end: "ngày 10", "tháng 3" is read by PointAt, so only a bare day is left.
      std::size_t d_at = at;
      OptionalString part = PartOfDay(d_at);
      OptionalString time = TimeOfDay(d_at);
      bool day_word = false;
      if (Is(d_at, "ngày")) {
        ++d_at;
        day_word = true;
      }
      const int d = Number(d_at);
      if (d < 1 || d > 31 || GoesBack(d_at)) return std::nullopt;
      const bool pair = Is(d_at + 1, "và") && (NextDayWithYear(d_at) || part);
      // "14 - 15/02" alone in a cell, "tuần 17 - 22/8/2026", "16 - 19/9 âm lịch"
      if (Is(d_at + 1, "-")) {
        std::size_t whole = d_at + 2;
        const auto b = DayCore(whole);
        const bool alone = i == 0 && (whole == words_.size() || Is(whole, ":"));
        const bool full = b && b->d > d && (b->y != 0 || (Is(whole, "âm") && Is(whole + 1, "lịch")));
        if (b && (alone || full)) from = true;
      }
      if (!from && !day_word && !pair && !counted && !(Is(d_at + 1, "-") && Touches(d_at) && Touches(d_at + 1)))
        return std::nullopt;
      a = Point{.d = d, .part_of_day = part, .time = time};
      a_at = d_at + 1;
      // "các ngày 10, 11 và 12/9/2025": consecutive days are a range.
      int previous = d;
      while ((counted || day_word) && Is(a_at, ",") && Number(a_at + 1) == previous + 1) {
        std::size_t end = a_at + 1;
        if (auto b = DayCore(end)) {  // "các ngày 18, 19/7/2026"
          a->m = b->m;
          Resolve(*b, end);
          a->y = b->y;
          return RangeValue(*a, *b, end);
        }
        previous = Number(a_at + 1);
        a_at += 2;
      }
      if (Is(a_at, "và") || Is(a_at, "&")) {
        std::size_t b_at = a_at + 1;
        if (part) PartOfDay(b_at);  // "tối 17 và tối 18/10"
        if (Is(b_at, "ngày")) ++b_at;
        const std::size_t day_at = b_at;
        auto b = DayCore(b_at);
        if (!b || Number(day_at) != previous + 1) return std::nullopt;
        a->m = b->m;
        a->y = b->y;
        Point start = *a;
        Resolve(*b, b_at);
        start.y = b->y;
        return RangeValue(start, *b, b_at);
      }
    }
    if ((a->grain == Grain::kMonth || a->grain == Grain::kQuarter) && a->y == 0 && !a->part && !a->lunar) {
      if (auto run = RunOfMonths(*a, a_at)) return run;
    }
    // "tháng 02 và tháng 3/2026", "quý II và quý III/2024"
    if ((a->grain == Grain::kMonth || a->grain == Grain::kQuarter) && a->y == 0 && !a->part && Is(a_at, "và")) {
      std::size_t b_at = a_at + 1;
      std::optional<Point> b = a->grain == Grain::kMonth ? MonthCore(b_at) : QuarterCore(b_at);
      if (!b && a->grain == Grain::kQuarter) b = BareQuarter(b_at);  // "quý II và III/2026"
      if (b && b->m == a->m + 1 && !a->lunar) return RangeValue(*a, *b, b_at);
    }
    std::size_t to = a_at;
    if (Is(to, ",")) ++to;
    const bool dash = Is(to, "-");
    if (dash) ++to;
    const bool word = IsAny(to, {"đến", "tới"});
    if (word) ++to;
    if (!dash && !word) return std::nullopt;
    if (Is(to, "hết")) ++to;
    std::size_t b_at = to;
    std::optional<Point> b = PointAt(b_at, true);
    if (!b && a->grain == Grain::kQuarter) b = BareQuarter(b_at);  // "quý II-III/2026"
    if (!b && a->grain == Grain::kMonth) {                         // "tháng 3 - 5/2026"
      const int m = Number(to);
      if (m >= 1 && m <= 12) {
        b = Point{.grain = Grain::kMonth, .m = m};
        b_at = to + 1;
        TakeYear(b_at, *b);
      }
    }
    if (b && a->grain == Grain::kMonth && b->grain == Grain::kDay && b->y == 0 && Year(b_at - 1) > 0) b.reset();
    if (!b && a->grain == Grain::kYear && Year(to) > 0) {
      b = Point{.grain = Grain::kYear, .y = Year(to)};
      b_at = to + 1;
    }
    if (!b) return std::nullopt;
    if (a->m == 0 && a->grain == Grain::kDay) {
      if (b->grain != Grain::kDay) return std::nullopt;
      if (a->d > b->d) return std::nullopt;
      a->m = b->m;
      a->y = b->y;
    }
    if (GoesOn(b_at)) return std::nullopt;
    // "(27/7/1947 - 27/7/2026)" are two days of one anniversary.
    if (!from && a->grain == Grain::kDay && b->grain == Grain::kDay && a->d == b->d && a->m == b->m && a->y != 0 &&
        b->y > a->y)
      return std::nullopt;
    return RangeValue(*a, *b, b_at);
  }

  // "tháng 6, tháng 7 và tháng 8", "tháng 9, 10/2026", "quý I, quý II/2026": months or quarters one behind the other.
  std::optional<Parsed> RunOfMonths(const Point& a, std::size_t at) const {
    const bool month = a.grain == Grain::kMonth;
    Point b = a;
    bool word = true;  // whether the last of them has its word: a bare number is a month where its year follows
    while (IsAny(at, {",", "và", "&", "+"})) {
      std::size_t next = at + 1;
      const bool said = Is(next, month ? "tháng" : "quý");
      if (said) ++next;
      const int number = next >= words_.size() ? -1 : month ? Number(next) : RomanQuarter(words_[next].key);
      if (number != b.m + 1 || number > (month ? 12 : 4)) break;
      b = Point{.grain = a.grain, .m = number};
      word = said;
      at = next + 1;
    }
    if (b.m == a.m) return std::nullopt;
    TakeYear(at, b);
    const bool ends = EndsClause(at) || IsAny(at, {"tại", "ở", "trên"});
    if (GoesOn(at) || (b.y == 0 && !word && !ends)) return std::nullopt;
    return RangeValue(a, b, at);
  }

  // "từ 01/4 đến 31/7 | hằng năm": whole months that come round.
  std::optional<Parsed> MonthsOfTheYear(const Parsed& range) const {
    std::size_t end = range.end;
    if (!range.value.start || !range.value.end || Frequency(end) != "FREQ=YEARLY") return std::nullopt;
    const std::optional<Day> start = ParseIsoDay(*range.value.start), stop = ParseIsoDay(*range.value.end);
    if (!start || !stop) return std::nullopt;
    const year_month_day from(*start), to(*stop), behind(*stop + days(1));
    if (from.year() != to.year() || static_cast<unsigned>(from.day()) != 1 || static_cast<unsigned>(behind.day()) != 1)
      return std::nullopt;
    Parsed out{.end = end, .value = {}, .problem = {}};
    out.value.kind = "recurring";
    std::string months;
    for (unsigned m = static_cast<unsigned>(from.month()); m <= static_cast<unsigned>(to.month()); ++m)
      months += (months.empty() ? "" : ",") + std::to_string(m);
    out.value.value = "FREQ=YEARLY;BYMONTH=" + months;
    return out;
  }

  // "2025 - 2026" by itself, and in a cell of times "2026".
  std::optional<Parsed> BareYears(std::size_t i) const {
    const int a = Year(i);
    if (a < 2000 || GoesBack(i)) return std::nullopt;
    if (context_.cell_of_times && i == 0 && words_.size() == 1)
      return PointValue(Point{.grain = Grain::kYear, .y = a}, 1, false);
    constexpr int kLongestPeriod = 10;  // years
    const int b = Year(i + 2);
    if (!Is(i + 1, "-") || b <= a || b > a + kLongestPeriod || GoesOn(i + 3) || Is(i + 3, "-")) return std::nullopt;
    if (Touches(i + 2) && words_[i + 3].kind == WordKind::kWord) return std::nullopt;
    return RangeValue(Point{.grain = Grain::kYear, .y = a}, Point{.grain = Grain::kYear, .y = b}, i + 3);
  }

  // "05 và 06/10/2026": the day behind the number's "và" follows it and has its year.
  bool NextDayWithYear(std::size_t i) const {
    std::size_t at = i + 2;
    const int next = Number(at);
    const auto day = DayCore(at);
    return day && day->y != 0 && next == Number(i) + 1;
  }

  std::optional<Parsed> Period(std::size_t i) const {
    std::size_t at = i;
    // "các năm 2024, 2025"
    if (Is(at, "các") && Is(at + 1, "năm") && Year(at + 2) > 0) {
      int last_year = Year(at + 2);
      std::size_t behind = at + 3;
      while (IsAny(behind, {",", "và"}) && Year(behind + 1) == last_year + 1) {
        ++last_year;
        behind += 2;
      }
      if (last_year > Year(at + 2) && !GoesOn(behind)) {
        Parsed out{.end = behind, .value = {}, .problem = {}};
        out.value.kind = "range";
        out.value.start = Pad(Year(at + 2), 4);
        out.value.end = Pad(last_year, 4);
        out.value.value = *out.value.start + "/" + *out.value.end;
        return out;
      }
    }
    if (Is(at, "năm") && Is(at + 1, "học"))
      at += 2;
    else if (Is(at, "giai") && Is(at + 1, "đoạn"))
      at += 2;
    else if (Is(at, "nhiệm") && Is(at + 1, "kỳ"))
      at += 2;
    else if (Is(at, "hai") && Is(at + 1, "năm") && Year(at + 2) > 0)
      at += 2;
    else if (Is(at, "năm") && Year(at + 1) > 0)
      ++at;
    else
      return std::nullopt;
    if (Is(at, "năm")) ++at;
    const int a = Year(at);
    const bool both = Is(i, "hai") && Is(at + 1, "và");
    if (a < 0 || !(both || IsAny(at + 1, {"-", "đến", "/"}))) return std::nullopt;
    std::size_t b_at = at + 2;
    if (Is(b_at, "năm")) ++b_at;
    const int b = Year(b_at);
    if (b <= a || b > a + 60 || GoesOn(b_at + 1)) return std::nullopt;
    Parsed out{.end = b_at + 1, .value = {}, .problem = {}};
    out.value.kind = "range";
    out.value.value = Pad(a, 4) + "/" + Pad(b, 4);
    out.value.start = Pad(a, 4);
    out.value.end = Pad(b, 4);
    return out;
  }

  // "90 ngày", "03 ngày làm việc", "7 năm", "trong hai tuần".
  std::optional<Parsed> Duration(std::size_t i) const {
    std::size_t at = i;
    int n = Number(at, 3);
    if (n > 0) {
      ++at;
    } else {
      const bool measured = i > 0 && IsAny(i - 1, {"trong", "suốt", "dài", "thêm", "hạn", "vòng"});
      if (!measured) return std::nullopt;
      n = Spelled(at);
    }
    if (n <= 0 || GoesBack(i) ||
        (i > 0 && IsAny(i - 1, {"/", "-", "điều", "khoản", "mục", "ngày", "tháng", "quý", "số", "từ", "đến", "tuổi"})))
      return std::nullopt;
    char unit = 0;
    if (Is(at, "ngày"))
      unit = 'D';
    else if (Is(at, "tuần"))
      unit = 'W';
    else if (Is(at, "tháng"))
      unit = 'M';
    else if (Is(at, "năm"))
      unit = 'Y';
    else if (IsAny(at, {"giờ", "phút"}) && i > 0 && IsAny(i - 1, {"trong", "suốt", "tục"}) && Number(at + 1) < 0 &&
             !IsAny(at + 1, {"ngày", "sáng", "trưa", "chiều", "tối", "đêm", "phút", "thứ", "kém", "hằng", "hàng"}))
      unit = Is(at, "giờ") ? 'h' : 'm';
    else
      return std::nullopt;
    if (unit == 'h' || unit == 'm') {  // "trong 24 giờ"
      Parsed out{.end = at + 1, .value = {}, .problem = {}};
      out.value.kind = "duration";
      out.value.value = "PT" + std::to_string(n) + (unit == 'h' ? "H" : "M");
      return out;
    }
    const KeyWord& word = words_[at];
    if (word.all_caps && word.key != "ngày") return std::nullopt;
    ++at;
    if (unit != 'D' && (IsAny(at, {"tuổi", "một", "đầu", "cuối"}) || Number(at, 4) >= 0 || Is(at, "lần")))
      return std::nullopt;
    // "lớp 6 năm học", "đủ 6 tháng", "một ngày lương"
    if (Is(at, "học") || (unit != 'D' && i > 0 && IsAny(i - 1, {"lớp", "dưới", "đủ"}))) return std::nullopt;
    if (unit == 'D' && Is(at, "lương")) return std::nullopt;
    if (unit == 'D' && (word.capital || Number(at) > 0 || IsAny(at, {"công", "hội", "tháng", "tuổi"})))
      return std::nullopt;
    if (Is(at, "/")) return std::nullopt;
    if (unit == 'D' && Is(at, "làm") && Is(at + 1, "việc")) at += 2;
    Parsed out{.end = at, .value = {}, .problem = {}};
    out.value.kind = "duration";
    out.value.value = "P" + std::to_string(n) + unit;
    return out;
  }

  std::string_view text_;
  const std::vector<KeyWord>& words_;
  const DateContext& context_;
  std::optional<Day> last_day_ = context_.day_before;  // the last one that was read
};

}  // namespace

std::string IsoDay(Day day) {
  const year_month_day ymd(day);
  return Pad(static_cast<int>(ymd.year()), 4) + "-" + Pad(static_cast<int>(static_cast<unsigned>(ymd.month())), 2) +
         "-" + Pad(static_cast<int>(static_cast<unsigned>(ymd.day())), 2);
}

std::optional<Day> ParseIsoDay(std::string_view iso) {
  if (iso.size() < 10 || iso[4] != '-' || iso[7] != '-') return std::nullopt;
  const auto number = [&](std::size_t begin, std::size_t size) {
    int n = 0;
    for (const char c : iso.substr(begin, size)) n = c < '0' || c > '9' || n < 0 ? -1 : n * 10 + (c - '0');
    return n;
  };
  const int y = number(0, 4), m = number(5, 2), d = number(8, 2);
  if (y < 0 || m < 0 || d < 0) return std::nullopt;
  const year_month_day ymd(year(y), month(static_cast<unsigned>(m)), std::chrono::day(static_cast<unsigned>(d)));
  return ymd.ok() ? std::optional(Day(ymd)) : std::nullopt;
}

std::vector<FoundDate> FindDates(std::string_view text, const std::vector<KeyWord>& words, const DateContext& context) {
  return Grammar(text, words, context).Run();
}

std::vector<FoundDate> FindDates(std::string_view text, const DateContext& context) {
  const std::vector<KeyWord> words = KeyWords(text);
  return FindDates(text, words, context);
}

OptionalString LeadingTime(std::string_view text) {
  const std::vector<KeyWord> words = KeyWords(text);
  const DateContext context;
  return Grammar(text, words, context).TimeAtStart();
}

OptionalString DueOf(const DateValue& date) {
  if (!date.value || date.incomplete) return std::nullopt;
  std::string_view value = *date.value;
  if (date.kind == "day") return std::string(value);
  if (date.kind == "annual" || date.kind == "recurring" || date.kind == "duration" || date.kind == "after")
    return std::nullopt;
  if (date.kind == "relative" && !value.starts_with("../")) return std::nullopt;
  if (const std::size_t slash = value.rfind('/'); slash != std::string_view::npos) value.remove_prefix(slash + 1);
  if (value.size() >= 10) return std::string(value);
  if (value.size() < 4) return std::nullopt;
  const int y = std::stoi(std::string(value.substr(0, 4)));
  Point p{.grain = Grain::kYear, .y = y};
  if (value.size() > 5) {
    const std::string_view rest = value.substr(5);
    if (rest[0] == 'Q')
      p = {.grain = Grain::kQuarter, .y = y, .m = rest[1] - '0'};
    else if (rest[0] == 'H')
      p = {.grain = Grain::kHalf, .y = y, .m = rest[1] - '0'};
    else
      p = {.grain = Grain::kMonth, .y = y, .m = std::stoi(std::string(rest))};
  }
  return IsoDay(LastDay(p));
}

}  // namespace hoidau
