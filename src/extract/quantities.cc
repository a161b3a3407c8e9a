#include "extract/quantities.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <string>
#include <string_view>

#include "text/unicode.h"

namespace hoidau {
namespace {

struct Printed {
  double value = 0;
  std::size_t last = 0;  // word behind
};

// "1.200", "385.000.000", "12,5", "02": the point groups thousands, the comma begins the fraction.
std::optional<Printed> ReadNumber(const BlockReading& r, std::size_t at) {
  const std::vector<KeyWord>& words = r.words;
  if (words[at].kind != WordKind::kNumber || words[at].key.size() > 12) return std::nullopt;
  std::string digits = words[at].key;
  std::string fraction;
  std::size_t i = at + 1;
  const auto touches = [&](std::size_t k) {
    return k + 1 < words.size() && words[k - 1].span.end == words[k].span.begin &&
           words[k].span.end == words[k + 1].span.begin;
  };
  while (i + 1 < words.size() && words[i].key == "." && touches(i) && words[i + 1].kind == WordKind::kNumber &&
         words[i + 1].key.size() == 3) {
    digits += words[i + 1].key;
    i += 2;
  }
  if (i + 1 < words.size() && words[i].key == "," && touches(i) && words[i + 1].kind == WordKind::kNumber) {
    fraction = words[i + 1].key;
    i += 2;
  }
  if (digits.size() > 15) return std::nullopt;
  double value = std::stod(digits);
  if (!fraction.empty() && fraction.size() < 9) value += std::stod("0." + fraction);
  return Printed{value, i};
}

bool Any(const BlockReading& r, std::size_t at, std::initializer_list<std::string_view> keys) {
  return at < r.words.size() && std::ranges::find(keys, r.words[at].key) != keys.end();
}

class QuantityReader {
 public:
  QuantityReader(const BlockReading& r, const ExtractRules::Tables& rules) : r_(r), words_(r.words), rules_(rules) {}

  void Run(std::vector<Quantity>& out) {
    std::size_t next_date = 0;
    int quotes = 0;
    bool state = TellsState(0);
    for (std::size_t i = 0; i < words_.size(); ++i) {
      if (words_[i].key == "." && i + 1 < words_.size() && words_[i + 1].capital) state = TellsState(i + 1);
      if (words_[i].key == "“") ++quotes;
      if (words_[i].key == "”") --quotes;
      while (next_date < r_.dates.size() && r_.dates[next_date].last <= i) ++next_date;
      if (next_date < r_.dates.size() && r_.dates[next_date].first <= i) {
        i = r_.dates[next_date].last - 1;
        continue;
      }
      if (quotes > 0) continue;
      std::size_t last = i;
      std::optional<double> upper;
      auto quantity = Read(i, last, upper);
      if (quantity && state && !quantity->of.starts_with("đồng")) quantity.reset();
      if (quantity) {
        if (quantity->of.starts_with("% ")) share_ = {quantity->of, last};
        out.push_back(*quantity);
        // "từ 5 đến 7 người": at least the first, at most the second.
        if (upper && quantity->bound == "min") {
          quantity->value = *upper;
          quantity->bound = "max";
          out.push_back(std::move(*quantity));
        }
        i = last - 1;
      }
    }
  }

 private:
  // "Toàn xã có 13 thôn", "Xã hiện còn 31 hộ ở nhà tạm": a sentence about how things are in a place.
  bool TellsState(std::size_t at) const {
    // "Sau sáp nhập, | xã có 27 khu dân cư"
    for (std::size_t k = at; k < at + 6 && k + 1 < words_.size() && !Any(r_, k, {"có", "còn"}); ++k) {
      if (words_[k].key != ",") continue;
      at = k + 1;
      break;
    }
    if (Any(r_, at, {"toàn", "cả"})) ++at;
    const bool place = rules_.levels.Longest(words_, at) || Any(r_, at, {"xã", "thị"});
    for (std::size_t k = at; place && k < at + 6 && k < words_.size() && words_[k].kind == WordKind::kWord; ++k) {
      if (Any(r_, k, {"có", "còn"}) && k > at) return true;
      if (rules_.verbs.Longest(words_, k) || Any(r_, k, {"phải", "cần"})) return false;
    }
    return false;
  }

  static constexpr int kNoun = 1, kMeasure = 2, kDistance = 3;                       // of the table of what is counted
  static constexpr int kHardEnd = 1, kClause = 2, kTrait = 3, kAct = 4, kPlace = 5;  // of the table of ends

  struct Noun {
    std::string text;
    std::size_t last = 0;
    bool known = false;
    bool distance = false;  // a measure of distance, heat or rank without what is measured
  };

  // What is counted, whole: a noun of the table, or the words up to the next end, and what tells which: "hộ | nghèo",
  // "lớp | tập huấn kỹ năng", "trẻ | 5 tuổi", "câu lạc bộ | “Chồng thương vợ”". `object`: something is done to it, so
  // that a clause behind it tells which as well, "rà soát 14 cặp | có nguy cơ tảo hôn"; "100 % bản | có tủ sách" does
  // not.
  Noun ReadNoun(std::size_t at, bool object) const {
    Noun noun = ReadHead(at);
    if (noun.text.empty()) return noun;
    const std::size_t end = EndOfSisters(at, EndOfModifiers(at, noun.last, object));
    if (end == noun.last) return noun;
    return {r_.TextOf(at, end), end, noun.known, false};
  }

  // Behind "biển tên đường | , tên ngõ", "cây sao | , cây dầu": a word of [at, last) once more names more of the kind;
  // not "03 lớp, lớp đầu mở …", "05 thôn, thôn nào chậm …".
  std::size_t EndOfSisters(std::size_t at, std::size_t last) const {
    constexpr std::size_t kLongestSister = 4;  // words
    while (Any(r_, last, {","}) && last + 2 < words_.size() && !words_[last + 1].capital) {
      const auto same = [&](const KeyWord& word) {
        return word.kind == WordKind::kWord && word.key == words_[last + 1].key && word.key.size() > 1;
      };
      // "30 chiến sĩ, hội viên": people of two kinds.
      const bool people = rules_.agents_counted.Longest(words_, at) && rules_.agents_counted.Longest(words_, last + 1);
      if (!people && std::none_of(words_.begin() + static_cast<std::ptrdiff_t>(at),
                                  words_.begin() + static_cast<std::ptrdiff_t>(last), same))
        break;
      static constexpr std::array<std::string_view, 12> kWhich = {"đầu",  "nào", "này",  "đó",  "thứ", "sau",
                                                                  "cuối", "một", "khác", "còn", "có",  "mỗi"};
      if (rules_.verbs.Longest(words_, last + 1) || rules_.noun_ends.Longest(words_, last + 2) ||
          words_[last + 2].kind != WordKind::kWord || std::ranges::find(kWhich, words_[last + 2].key) != kWhich.end())
        break;
      std::size_t end = last + 3;
      while (end < words_.size() && end < last + 2 + kLongestSister && words_[end].kind == WordKind::kWord &&
             !rules_.verbs.Longest(words_, end) && !rules_.noun_ends.Longest(words_, end))
        ++end;
      // "14 công trình, công trình …" says more of the same.
      const bool again = std::equal(words_.begin() + static_cast<std::ptrdiff_t>(last + 1),
                                    words_.begin() + static_cast<std::ptrdiff_t>(end),
                                    words_.begin() + static_cast<std::ptrdiff_t>(at),
                                    [](const KeyWord& a, const KeyWord& b) { return a.key == b.key; });
      if (again) break;
      // The next sister, or the end of the phrase.
      if (end < words_.size() && words_[end].kind == WordKind::kWord && !rules_.noun_ends.Longest(words_, end) &&
          !rules_.verbs.Longest(words_, end))
        break;
      last = end;
    }
    return last;
  }

  // Behind "5 tuổi", "15 - 49 tuổi", "từ 3 đến 4 tuổi", "29 chỗ", "50 kVA" at a word, or the word itself.
  std::size_t EndOfSize(std::size_t at) const {
    std::size_t k = Any(r_, at, {"từ", "dưới", "trên", "loại", "cỡ"}) ? at + 1 : at;
    const bool from = k > at && !Any(r_, at, {"loại", "cỡ"});
    const auto number = [&](std::size_t i) { return i < words_.size() && words_[i].kind == WordKind::kNumber; };
    if (!number(k)) return at;
    const auto printed = ReadNumber(r_, k);
    k = printed ? printed->last : k + 1;
    const std::size_t first = k;
    if (Any(r_, k, {"-", "đến"}) && number(k + 1)) k += 2;
    if (k >= words_.size() || words_[k].kind != WordKind::kWord) return at;
    // "trẻ 6 - 59 tháng tuổi", "trẻ dưới 5 tuổi"
    if (Any(r_, k, {"tháng"}) && Any(r_, k + 1, {"tuổi"})) return k + 2;
    if (from || k > first) return Any(r_, k, {"tuổi"}) ? k + 1 : at;
    const auto size = rules_.sizes.Longest(words_, k);
    if (!size) return at;
    k += size->words;
    return Any(r_, k, {"/"}) && k + 1 < words_.size() ? k + 2 : k;  // "2.500 m3/giờ"
  }

  // Behind what tells which of [at, last) are meant; `last` itself where nothing does, or where no end of it is seen.
  std::size_t EndOfModifiers(std::size_t at, std::size_t last, bool object) const {
    constexpr std::size_t kMostWords = 8, kLongestName = 10;
    if (const std::size_t sized = EndOfSize(last); sized > last) return sized;
    if (Any(r_, last, {"“"})) {
      for (std::size_t k = last + 1; k < words_.size() && k < last + kLongestName; ++k) {
        if (words_[k].key == "”") return k + 1;
      }
      return last;
    }
    // "xe | chữa cháy", "lớp | dạy bơi": such a thing is told by its use.
    const auto thing = rules_.things.Longest(words_, at);
    const bool agent = rules_.agents_counted.Longest(words_, at).has_value();
    // A head of one syllable is as good as a classifier: "mốc | giải phóng mặt bằng"; "tờ gấp | nói rõ" has its name.
    bool use = thing ? object || at + thing->words == last : !agent && object && last == at + 1;
    bool clause = false, used = false;
    std::size_t k = last;
    while (k < words_.size() && words_[k].kind == WordKind::kWord && (!words_[k].capital || words_[k].all_caps)) {
      const auto end = rules_.noun_ends.Longest(words_, k);
      if (end && (end->value == kHardEnd || end->value == kPlace ||
                  (end->value == kClause && (!object || clause || (!agent && words_[k].key == "có")))))
        break;
      clause = clause || (end && end->value == kClause);
      const auto verb = rules_.verbs.Longest(words_, k);
      if ((verb || end) && !use && !clause && !(end && end->value == kTrait)) break;
      // "máy bơm dã chiến | lấy nước": behind what it is like stands what is done with it.
      if (used && verb && !clause) break;
      used = used || verb;
      use = use && used;
      k += std::max(end ? end->words : 1, verb ? verb->words : 1);
      // "kênh N4", "mương cấp 3"
      const bool numbered = k < words_.size() && words_[k].kind == WordKind::kNumber;
      if (numbered && ((words_[k - 1].all_caps && words_[k].span.begin == words_[k - 1].span.end) ||
                       Any(r_, k - 1, {"cấp", "loại", "hạng"})))
        ++k;
      if (k > last + kMostWords) return last;
    }
    return EndOfSize(k);
  }

  // The noun by the table, or the first words of one that it does not know.
  Noun ReadHead(std::size_t at) const {
    if (at >= words_.size() || words_[at].kind != WordKind::kWord) return {};
    // "m2", "m3"
    const bool power =
        Any(r_, at, {"m", "km"}) && Any(r_, at + 1, {"2", "3"}) && words_[at].span.end == words_[at + 1].span.begin;
    const auto known = rules_.counted.Longest(words_, at);
    if (known && known->value == kNoun) return {r_.TextOf(at, at + known->words), at + known->words, true};
    const std::size_t unit = power ? at + 2 : known ? at + known->words : at;
    std::size_t k = unit;
    // "50 kg | Cloramin B", "26 độ C": what is measured has a name of its own.
    while (known && k < words_.size() && k < unit + 3 && words_[k].kind == WordKind::kWord && words_[k].capital &&
           !rules_.unit_phrases.Longest(words_, k) && r_.cells.empty())
      ++k;
    const auto ends = [&](std::size_t i) {
      const auto end = rules_.noun_ends.Longest(words_, i);
      return end && (i > at || end->value != kPlace);  // "4 vùng sản xuất"
    };
    while (k < words_.size() && k < at + 3 && words_[k].kind == WordKind::kWord && !words_[k].capital && !ends(k)) {
      const auto verb = rules_.verbs.Longest(words_, k);
      if (!verb) {
        ++k;
        continue;
      }
      // "trên 85 % | giải quyết dứt điểm": what is done to it, and no noun.
      if (k == at && verb->words > 1) break;
      const std::size_t behind = k + verb->words;
      // "túi | sơ cứu", "biển | chỉ đường": what a thing is for, where the phrase ends with it.
      const bool use = known && known->value == kMeasure && k == unit && verb->words >= 2 &&
                       (behind >= words_.size() || words_[behind].kind != WordKind::kWord ||
                        rules_.noun_ends.Longest(words_, behind));
      // "máy | phun", "lớp | dạy bơi", "công | trình": one syllable alone is a classifier, and goes on with its verb.
      const bool classifier = !known && k == at + 1;
      if (use || classifier) k = behind;
      if (k == at) {
        ++k;
        continue;
      }
      break;
    }
    Noun noun{k > at ? r_.TextOf(at, k) : std::string(), k, known.has_value()};
    noun.distance = known && known->value == kDistance && !power && (k == unit || words_[unit].capital);
    return noun;
  }

  // "/năm", "/hộ/tháng" behind a unit.
  void ReadRate(std::string& of, std::size_t& last) const {
    while (last + 1 < words_.size() && words_[last].key == "/" && words_[last + 1].kind == WordKind::kWord) {
      const auto noun = rules_.counted.Longest(words_, last + 1);
      const bool power = Any(r_, last + 1, {"m", "km"}) && Any(r_, last + 2, {"2", "3"}) &&
                         words_[last + 1].span.end == words_[last + 2].span.begin;
      const std::size_t words = noun && noun->value == kNoun ? noun->words : power ? 2 : 1;
      of += "/" + r_.TextOf(last + 1, last + 1 + words);
      last += 1 + words;
    }
  }

  // A word by which a clause says how much of its subject: "giảm", "đạt", "dưới"; but "con thứ 3 | trở lên".
  bool IsPredicate(std::size_t at) const {
    static constexpr std::array<std::string_view, 16> kVerbs = {"giảm", "tăng",  "đạt",  "còn",  "chiếm", "là",
                                                                "lên",  "xuống", "dưới", "trên", "không", "tối",
                                                                "ít",   "hơn",   "từ",   "phải"};
    return std::ranges::find(kVerbs, words_[at].key) != kVerbs.end() && !(at > 0 && Any(r_, at - 1, {"trở"}));
  }

  // What a clause says to grow, to fall or to reach so many per cent: "Số vụ cháy rừng | giảm 50 %", "nợ quá hạn | dưới
  // 3 %"; without "tỷ lệ".
  std::string ClauseSubject(std::size_t begin, std::size_t at) const {
    for (std::size_t k = begin; k < at; ++k) {
      if (words_[k].key == ",") begin = k + 1;
    }
    std::size_t end = begin;
    while (end < at && words_[end].kind == WordKind::kWord && !IsPredicate(end)) ++end;
    for (std::size_t k = end; k < at; ++k) {
      const bool filler =
          IsPredicate(k) || Any(r_, k, {"thiểu", "nhất", "đa", "quá", "được", "khoảng", "bình", "quân"});
      if (!filler || words_[k].kind != WordKind::kWord) return {};
    }
    if (Any(r_, begin, {"tỷ", "tỉ"}) && Any(r_, begin + 1, {"lệ"})) begin += 2;
    if (Any(r_, begin, {"trong"}) && Any(r_, begin + 1, {"đó"})) begin += 2;
    // "Trẻ 5 tuổi ra lớp: | 100 %"
    constexpr std::size_t kLongest = 7;  // words
    if (end <= begin + 1 || end >= at || end > begin + kLongest) return {};
    const bool known = rules_.counted.Longest(words_, begin).has_value();
    const bool unit = rules_.unit_phrases.Longest(words_, begin) || rules_.group_phrases.Longest(words_, begin);
    if (unit || Any(r_, begin, {"phấn", "bảo", "đảm", "cuối", "đầu", "giữa", "năm", "tháng", "quý", "đến", "hết"}))
      return {};
    for (std::size_t k = begin; k < end; ++k) {
      // A clause with a verb of its own has another subject, unless it opens with what is counted.
      if (!known && (rules_.verbs.Longest(words_, k) || rules_.noun_ends.Longest(words_, k))) return {};
    }
    const std::string subject = r_.TextOf(begin, end);
    return words_[begin].all_caps ? subject : ToLower(std::string_view(subject));
  }

  // Behind what a rate is of: "tỷ lệ | biết chữ trong độ tuổi 15 - 60 | đạt 88,5 %"; `begin` where no end is seen.
  std::size_t EndOfRate(std::size_t begin, std::size_t at) const {
    constexpr std::size_t kLongestRate = 12;  // words
    std::size_t k = begin;
    while (k < at && !(words_[k].kind == WordKind::kSign && words_[k].key != "-") && !IsPredicate(k)) {
      const std::size_t sized = EndOfSize(k);
      k = sized > k ? sized : k + 1;
    }
    return k - begin <= kLongestRate ? std::min(k, at) : begin;
  }

  // "Trẻ 5 tuổi ra lớp: | 100 %", "Tỷ lệ lồng có mã số: | tối thiểu 90 %": what stands before the colon.
  std::string ColonSubject(std::size_t begin, std::size_t at) const {
    constexpr std::size_t kLongest = 12;  // words
    if (begin < 2 || words_[begin - 1].key != ":" || Opening(at) != begin) return {};
    std::size_t first = begin - 1;
    while (first > 0 && words_[first - 1].key != ";" && words_[first - 1].key != "." && words_[first - 1].key != ",")
      --first;
    if (Any(r_, first, {"tỷ", "tỉ"}) && r_.Is(first + 1, "lệ")) first += 2;
    if (first + 1 >= begin || begin - first > kLongest) return {};
    const std::string subject = r_.TextOf(first, begin - 1);
    return words_[first].all_caps ? subject : ToLower(std::string_view(subject));
  }

  // What a bare "85%" is of: the "tỷ lệ …" before it, else the first known noun of its clause.
  std::string ShareOf(std::size_t at) const {
    std::size_t begin = at;
    while (begin > 0 && at - begin < 80 && words_[begin - 1].key != ";" && words_[begin - 1].key != ":" &&
           !(words_[begin - 1].key == "." && words_[begin].capital))
      --begin;
    if (const std::string subject = ColonSubject(begin, at); !subject.empty()) return " " + subject;
    for (std::size_t k = begin; k + 2 < at; ++k) {
      if (!(Any(r_, k, {"tỷ", "tỉ"}) && r_.Is(k + 1, "lệ"))) continue;
      const std::size_t end = EndOfRate(k + 2, at);
      if (end > k + 2) return " " + r_.TextOf(k + 2, end);
    }
    if (const std::string subject = ClauseSubject(begin, at); !subject.empty()) return " " + subject;
    return {};
  }

  // The first word of the number at `i` with its bound.
  std::size_t Opening(std::size_t i) const {
    Quantity bound;
    std::size_t last = i;
    return ReadBound(i, bound, last, false);
  }

  // Whether a word stands before the number at `i` and its bound, and something is done: "rà soát | tối thiểu 14".
  bool IsObject(std::size_t i) const {
    const std::size_t first = Opening(i);
    // "bảo đảm | 100 % gian hàng có mã quét": something is said of them.
    return first > 0 && words_[first - 1].kind == WordKind::kWord &&
           !Any(r_, first - 1, {"đảm", "đấu", "để", "cầu", "có"});
  }

  // "100 % kiến nghị được trả lời; | trên 85 % giải quyết dứt điểm": a share without its noun opens a clause behind
  // one.
  bool ClauseOfShare(std::size_t i) const {
    const std::size_t first = Opening(i);
    if (share_.second == 0 || first <= share_.second || !Any(r_, first - 1, {";", ","})) return false;
    for (std::size_t k = share_.second; k + 1 < first; ++k) {
      if (words_[k].key == "." || words_[k].key == ";") return false;
    }
    return true;
  }

  // Whether the words before make the number a name: "Điều 5", "Tiểu đoàn 70", "mẫu 02", "đường ĐH 7"; "làm mẫu 05 nhà"
  // counts houses.
  bool NamesNumber(std::size_t i) const {
    for (std::size_t back = 1; back <= 2 && back <= i; ++back) {
      const auto name = rules_.number_names.Longest(words_, i - back);
      if (!name || name->words != back || (i > back && Any(r_, i - back - 1, {"mỗi"}))) continue;
      return name->value == 1 || !rules_.counted.Longest(words_, i + 1);
    }
    constexpr std::size_t kLongestCode = 3;  // bytes of "ĐH", "QL"
    return words_[i - 1].all_caps && words_[i - 1].key.size() <= kLongestCode && i + 1 < words_.size() &&
           !rules_.counted.Longest(words_, i + 1);
  }

  std::optional<Quantity> Read(std::size_t i, std::size_t& last, std::optional<double>& most) const {
    if (words_[i].kind != WordKind::kNumber) return std::nullopt;
    if (i > 0 && words_[i - 1].span.end == words_[i].span.begin && !Any(r_, i - 1, {"(", "“", "≥", "≤", ">", "<"}))
      return std::nullopt;
    if (i > 0 && Any(r_, i - 1, {"giờ", "h"})) return std::nullopt;
    const std::optional<Printed> number = ReadNumber(r_, i);
    if (!number) return std::nullopt;
    // "đặc khu 2,15 tỷ đồng": sums and shares are no names.
    if (i > 0 && !Any(r_, number->last, {"triệu", "tỷ", "tỉ", "nghìn", "đồng", "đ", "%"}) && NamesNumber(i))
      return std::nullopt;
    Quantity q;
    q.value = number->value;
    q.bound = "exact";
    last = number->last;
    bool least = false, distance = false;
    // "14/14 thôn" is 14 of them, "1/3 thời gian" a third; "24/7" is neither.
    if (Any(r_, last, {"/"}) && last + 1 < words_.size() && words_[last + 1].kind == WordKind::kNumber &&
        words_[last].span.begin == words_[last - 1].span.end) {
      const auto whole = ReadNumber(r_, last + 1);
      if (!whole || whole->value < q.value) return std::nullopt;
      if (whole->value <= 10 && q.value < whole->value) q.value = std::round(q.value / whole->value * 1000) / 1000;
      last = whole->last;
    }
    // "từ 5 đến 7 người", "2 - 3 buổi": at least the first.
    if (Any(r_, last, {"đến", "-"}) && last + 1 < words_.size() && words_[last + 1].kind == WordKind::kNumber) {
      const auto upper = ReadNumber(r_, last + 1);
      if (!upper || upper->value <= q.value) return std::nullopt;
      last = upper->last;
      least = true;
      most = upper->value;
    }
    std::size_t unit = last;
    if (unit >= words_.size()) return std::nullopt;
    // "từ 5 triệu đồng đến 10 triệu đồng"
    if (i > 0 && Any(r_, i - 1, {"từ"}) && Any(r_, unit, {"triệu", "tỷ", "nghìn"}) && Any(r_, unit + 1, {"đồng"}) &&
        Any(r_, unit + 2, {"đến", "-"}) && unit + 3 < words_.size() && words_[unit + 3].kind == WordKind::kNumber) {
      const auto upper = ReadNumber(r_, unit + 3);
      if (upper && upper->value > q.value && upper->last + 1 < words_.size() &&
          words_[upper->last].key == words_[unit].key && words_[upper->last + 1].key == "đồng") {
        unit = upper->last;
        least = true;
        most = upper->value;
      }
    }
    // "từ 8,5% đến 9%"
    if ((words_[unit].key == "%" || words_[unit].key == "‰") && Any(r_, unit + 1, {"đến", "-"}) &&
        unit + 2 < words_.size() && words_[unit + 2].kind == WordKind::kNumber) {
      const auto upper = ReadNumber(r_, unit + 2);
      if (upper && upper->value > q.value && upper->last < words_.size() && words_[upper->last].key == "%") {
        unit = upper->last;
        least = true;
        most = upper->value;
      }
    }
    if ((words_[unit].key == "%" || words_[unit].key == "‰")) {
      const bool is = r_.Is(unit + 1, "là");
      const bool share = words_[unit].key == "%" && !r_.Is(unit + 1, "/");
      const Noun said = share ? ReadNoun(is ? unit + 2 : unit + 1, IsObject(i)) : Noun{};
      q.of = words_[unit].key;
      last = unit + 1;
      if (!share) {
        ReadRate(q.of, last);
      } else if (!said.text.empty()) {
        q.of += " " + said.text;
        last = said.last;
      } else if (ClauseOfShare(i)) {
        q.of = share_.first;
      } else {
        q.of += ShareOf(i);
      }
    } else if (Any(r_, unit, {"triệu", "tỷ", "tỉ", "nghìn", "ngàn", "trăm"})) {
      const double factor = words_[unit].key == "triệu"  ? 1e6
                            : words_[unit].key == "trăm" ? 100
                            : words_[unit].key[0] == 't' ? 1e9
                                                         : 1e3;
      q.value = std::round(q.value * factor * 100) / 100;
      if (most) most = std::round(*most * factor * 100) / 100;
      if (Any(r_, unit + 1, {"đồng", "đ", "vnđ", "vnd"})) {
        q.of = "đồng";
        last = unit + 2;
      } else {
        const Noun noun = ReadNoun(unit + 1, IsObject(i));
        // "38 triệu" at the end of its phrase is money.
        const bool money = words_[unit].key != "trăm" && words_[unit].key[0] == 't' &&
                           (unit + 1 >= words_.size() || words_[unit + 1].kind == WordKind::kSign);
        if (noun.text.empty() && !money) return std::nullopt;
        q.of = money ? "đồng" : noun.text;
        last = money ? unit + 1 : noun.last;
      }
      ReadRate(q.of, last);
    } else if (Any(r_, unit, {"đồng", "đ", "vnđ", "vnd"}) && !Any(r_, unit + 1, {"chí", "bào", "hồ", "ruộng"}) &&
               !(r_.Is(unit + 1, "/") && r_.Is(unit + 2, "c"))) {
      q.of = "đồng";
      last = unit + 1;
      ReadRate(q.of, last);
    } else if (words_[unit].kind == WordKind::kWord && (!words_[unit].all_caps || words_[unit].key == "m") &&
               !(Any(r_, unit, {"đ"}) && r_.Is(unit + 1, "/"))) {
      // "4 đêm/tuần"
      if (Any(r_, unit, {"ngày", "đêm", "giờ", "tuần", "tháng"}) && r_.Is(unit + 1, "/")) {
        q.of = r_.TextOf(unit, unit + 1);
        last = unit + 1;
        ReadRate(q.of, last);
        const std::size_t opens = ReadBound(i, q, last, least);
        q.text = r_.TextOf(opens, last);
        q.span = r_.SpanOf(opens, last);
        return q;
      }
      if (Any(r_, unit, {"ngày", "tháng", "năm", "giờ", "phút", "tuần", "tuổi", "quý", "h", "g", "thế"}) &&
          !rules_.counted.Longest(words_, unit))
        return std::nullopt;
      // "máy phát 5 kW", "Mebendazol 500 mg": how big one is.
      if (i > 0 && rules_.sizes.Longest(words_, unit) && !rules_.counted.Longest(words_, unit) &&
          words_[i - 1].kind == WordKind::kWord)
        return std::nullopt;
      const Noun noun = ReadNoun(unit, IsObject(i));
      if (noun.text.empty()) return std::nullopt;
      // A number before a name or a table's next cell counts nothing.
      if (words_[unit].capital && r_.block->kind == BlockKind::kTableRow) return std::nullopt;
      if (words_[unit].capital && (!noun.known || noun.last == unit + 1)) return std::nullopt;
      if (!noun.known && words_[unit].span.begin == words_[unit - 1].span.end) return std::nullopt;
      q.of = noun.text;
      last = noun.last;
      distance = noun.distance;
      ReadRate(q.of, last);
    } else {
      return std::nullopt;
    }
    // "từ 14,6 % | xuống dưới 10,5 %": where it begins.
    if (i > 0 && Any(r_, i - 1, {"từ"}) && !least && Any(r_, last, {"xuống", "lên", "còn"})) return std::nullopt;
    const std::size_t first = ReadBound(i, q, last, least);
    // "cách lớp trên 15 km" says where; "ít nhất 1.200 kW" and a cell of its own say how much.
    if (distance && !least && !Any(r_, first, {"tối", "ít", "không", "đủ", "thấp", "cao"}) &&
        !(q.bound == "min" && Any(r_, unit, {"độ"}) && !Any(r_, first, {"trên", "hơn"})) &&
        !(r_.block->kind == BlockKind::kTableRow && first == 0 && last == words_.size()))
      return std::nullopt;
    // "tàu dưới 12 m", "từ 15 m trở lên": a class of things, no target.
    if ((q.of == "m" || q.of == "mét") && first < i && Any(r_, first, {"dưới", "trên", "từ"})) return std::nullopt;
    // "của 11 thôn", "ở 9 ấp": where, not how many; "giữa 06 thôn": among whom.
    if (q.bound == "exact" && first > 0 && Any(r_, first - 1, {"giữa"})) return std::nullopt;
    if (q.bound == "exact" && first > 0 && words_[i].key[0] != '0' &&
        Any(r_, unit, {"thôn", "ấp", "bản", "xóm", "buôn", "làng"}) &&
        Any(r_, first - 1, {"của", "ở", "tại", "gồm", "trong", "có", "cả", "thuộc", "giữa"}))
      return std::nullopt;
    if (q.bound == "exact" && first > 0 && Any(r_, first - 1, {"của"}) && rules_.levels.Longest(words_, unit))
      return std::nullopt;
    q.text = r_.TextOf(first, last);
    q.span = r_.SpanOf(first, last);
    return q;
  }

  // "không thu quá", "không để sân khấu quá": a "không" a few words before.
  bool Denied(std::size_t at) const {
    for (std::size_t k = at; k-- > 0 && k + 6 > at && words_[k].kind == WordKind::kWord;) {
      if (words_[k].key == "không") return true;
    }
    return false;
  }

  // "đi bộ | trên 8,4 km hè", "chữ trên 21 mốc phụ": where, behind a noun; behind a verb, a sign or at the head how
  // many.
  bool IsPlace(std::size_t on, const std::string& of) const {
    if (on == 0 || of.starts_with("%") || of.starts_with("đồng") || words_[on - 1].kind != WordKind::kWord)
      return false;
    static constexpr std::array<std::string_view, 16> kSaid = {
        "có", "với", "cho", "đạt", "là", "còn", "được", "lên", "của", "từng", "cả", "đón", "đấu", "mức", "thu", "cấp"};
    if (std::ranges::find(kSaid, words_[on - 1].key) != kSaid.end()) return false;
    for (std::size_t back = 1; back <= 3 && back <= on; ++back) {
      const auto verb = rules_.verbs.Longest(words_, on - back);
      if (verb && verb->words >= back) return false;
    }
    return true;
  }

  // The bound before the number and the half-bound behind it; the first word of both.
  std::size_t ReadBound(std::size_t i, Quantity& q, std::size_t& last, bool least) const {
    const auto two = [&](std::string_view a, std::string_view b) {
      return i >= 2 && words_[i - 2].key == a && words_[i - 1].key == b;
    };
    const std::string before = i > 0 ? words_[i - 1].key : std::string();
    std::size_t first = i;
    if (two("tối", "thiểu") || two("ít", "nhất") || two("không", "dưới") || two("thấp", "nhất") || two("chí", "ít") ||
        two("ít", "ra") || two("phải", "trên")) {
      q.bound = "min";
      first = i - 2;
    } else if (i >= 3 && before == "hơn" && words_[i - 3].key == "không" &&
               Any(r_, i - 2, {"ít", "thấp", "kém", "dưới", "nhỏ", "bé"})) {
      q.bound = "min";
      first = i - 3;
    } else if (i >= 3 && before == "hơn" && words_[i - 3].key == "không" && Any(r_, i - 2, {"nhiều", "cao", "lớn"})) {
      q.bound = "max";
      first = i - 3;
    } else if ((before == "hơn" || (before == "trên" && !IsPlace(i - 1, q.of))) && !two("không", "trên") &&
               !two("không", "hơn")) {
      q.bound = "min";
      first = i - 1;
    } else if (i >= 3 && before == "quá" && words_[i - 3].key == "không" && words_[i - 2].key == "vượt") {
      q.bound = "max";
      first = i - 3;
    } else if (two("tối", "đa") || two("không", "quá") || two("để", "quá") || two("vượt", "quá") ||
               two("nhiều", "nhất") || two("cao", "nhất") || two("không", "trên") || two("không", "hơn") ||
               two("không", "vượt") || two("chưa", "quá") || two("chỉ", "được")) {
      q.bound = "max";
      first = i - 2;
    } else if (two("dự", "kiến") || two("ước", "tính") || two("xấp", "xỉ") || two("trên", "dưới") ||
               two("ước", "khoảng") || two("vào", "khoảng")) {
      q.bound = "approx";
      first = i - 2;
    } else if (before == "quá" && Denied(i - 1)) {
      q.bound = "max";
      first = i - 1;
    } else if (before == "≥" || before == ">") {
      q.bound = "min";
      first = i - 1;
    } else if (before == "≤" || before == "<") {
      q.bound = "max";
      first = i - 1;
    } else if ((before == "đến" || before == "tới") && q.of.starts_with("đồng") &&
               !(i >= 2 && Any(r_, i - 2, {"từ"}))) {
      q.bound = "max";  // "phạt đến 2 triệu đồng"
      first = i - 1;
    } else if (before == "dưới") {
      q.bound = "max";
      first = i - 1;
    } else if (before == "khoảng" || before == "gần" || before == "chừng" || before == "non" || before == "ước" ||
               before == "ngót" ||
               (before == "độ" &&
                !(i >= 2 && Any(r_, i - 2, {"tiến", "nhiệt", "mật", "cường", "chế", "mức", "tốc"})))) {
      q.bound = "approx";
      first = i - 1;
    } else if (before == "từ" && !Any(r_, last, {"lên", "xuống", "đến"})) {
      q.bound = "min";
      first = i - 1;
    } else if (before == "đủ") {
      first = i - 1;
    } else if (least) {
      q.bound = "min";
    }
    // "95 % người dân từ 15 tuổi trở lên" says who.
    const bool age = last > 0 && last > i + 1 && words_[last - 1].key == "tuổi";
    if (age) return first;
    if (Any(r_, last, {"trở"}) && Any(r_, last + 1, {"lên"})) {
      q.bound = "min";
      last += 2;
    } else if (Any(r_, last, {"trở"}) && Any(r_, last + 1, {"xuống"})) {
      q.bound = "max";
      last += 2;
    }
    return first;
  }

  const BlockReading& r_;
  const std::vector<KeyWord>& words_;
  const ExtractRules::Tables& rules_;
  std::pair<std::string, std::size_t> share_;  // what the last share was of, and the word behind it
};

}  // namespace

double MoneyOfTable(const BlockReading& reading, bool& of_table) {
  const std::vector<KeyWord>& words = reading.words;
  for (std::size_t i = 0; i < words.size(); ++i) {
    std::size_t at = i + 1;
    of_table = reading.Is(i, "đvt");
    if (reading.Is(i, "đơn") && reading.Is(i + 1, "vị")) {
      of_table = true;
      at = i + (reading.Is(i + 2, "tính") ? 3 : 2);
    }
    if (of_table ? !reading.Is(at, ":") : !reading.Is(i, "(")) continue;
    if (of_table) ++at;
    double factor = 1;
    if (reading.Is(at, "triệu")) factor = 1e6;
    if (reading.Is(at, "tỷ") || reading.Is(at, "tỉ")) factor = 1e9;
    if (reading.Is(at, "nghìn") || reading.Is(at, "ngàn")) factor = 1e3;
    if (factor > 1) ++at;
    if ((reading.Is(at, "đồng") || reading.Is(at, "đ") || reading.Is(at, "vnđ")) &&
        (at + 1 >= words.size() || reading.Is(at + 1, ")") || (of_table && words[at + 1].capital)))
      return factor;
  }
  return 0;
}

std::size_t ReadSums(const BlockReading& cell, double factor, std::vector<Quantity>* out) {
  constexpr std::size_t kLongestSum = 20;  // bytes
  const std::string& text = cell.block->text;
  std::size_t sums = 0;
  std::vector<Quantity> found;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = text.find(' ', at);
    if (end == std::string::npos) end = text.size();
    const std::string token = text.substr(at, end - at);
    const std::size_t begin = at;
    at = end + 1;
    if (token.empty()) continue;
    const std::string word = ToLower(token);
    if (sums == 0 && (word == "cộng" || word == "tổng" || word == "số" || word == "cộng:" || word == ":")) continue;
    if (token.size() > kLongestSum || token.find_first_not_of("0123456789.,") != std::string::npos || token[0] == '.' ||
        token[0] == ',')
      return 0;
    // Points part thousands, a comma what is below one.
    std::string digits;
    std::size_t group = 3;
    bool below = false, grouped = true;
    for (const char c : token) {
      if (c == ',') {
        grouped = grouped && !below && group == 3;
        below = true;
        digits += '.';
      } else if (c == '.') {
        grouped = grouped && !below && (group == 3 || digits.size() <= 3);
        group = 0;
      } else {
        digits += c;
        ++group;
      }
    }
    if (!grouped || (token.find('.') != std::string::npos && !below && group != 3)) return 0;
    ++sums;
    const double value = std::round(std::strtod(digits.c_str(), nullptr) * factor * 100) / 100;
    if (value > 0) found.push_back({token, value, "exact", "đồng", cell.block->At(begin, end)});
  }
  if (out != nullptr) out->insert(out->end(), found.begin(), found.end());
  return sums;
}

bool CountsByUnit(const BlockReading& head) {
  for (std::size_t i = 0; i < head.words.size(); ++i) {
    const std::size_t last = head.Is(i, "đvt") ? i + 1 : i + 3;
    const bool unit = head.Is(i, "đvt") || (head.Is(i, "đơn") && head.Is(i + 1, "vị") && head.Is(i + 2, "tính"));
    if (unit && !head.Is(last, ":")) return true;
  }
  return false;
}

void ReadCounts(const BlockReading& row, const ExtractRules::Tables& rules, std::vector<Quantity>& out) {
  const BlockReading* named = nullptr;  // the last cell with words
  for (const BlockReading& cell : row.cells) {
    if (cell.words.empty()) continue;
    if (cell.words[0].kind != WordKind::kNumber) {
      named = &cell;
      continue;
    }
    const auto number = ReadNumber(cell, 0);
    if (named == nullptr || !number || number->last < cell.words.size()) continue;
    // "Gạo | tấn", "Dầu DO lít": the unit is the last that a name and its unit say.
    const std::size_t size = named->words.size();
    std::size_t first = size - 1;
    if (first > 0 && named->words[first].kind == WordKind::kNumber &&
        named->words[first - 1].span.end == named->words[first].span.begin)
      --first;
    if (size >= 2) {
      const auto two = rules.counted.Longest(named->words, size - 2);
      if (two && two->words == 2) first = size - 2;
    }
    if (named->words[first].kind != WordKind::kWord) continue;
    Quantity q;
    q.value = number->value;
    q.bound = "exact";
    q.of = named->TextOf(first, size);
    q.text = cell.TextOf(0, number->last);
    q.span = cell.SpanOf(0, number->last);
    out.push_back(std::move(q));
  }
}

void ReadQuantities(const BlockReading& reading, const ExtractRules::Tables& rules, std::vector<Quantity>& out) {
  QuantityReader(reading, rules).Run(out);
}

}  // namespace hoidau
