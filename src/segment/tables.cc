#include "segment/tables.h"

#include <algorithm>
#include <array>
#include <limits>

namespace hoidau {
namespace {

bool BeginsUnit(const PrintedLine& line, const SegmentRules::Tables& rules) {
  if (line.words.empty() || !(line.words[0].capital || line.words[0].key == "các")) return false;
  if (const auto match = rules.unit_heads.Longest(line.words, 0))
    return static_cast<UnitHead>(match->value) != UnitHead::kNone;
  const std::string& first = line.words[0].key;
  if (first == "đ" && line.words.size() > 3 && line.words[1].key == "/") return true;  // "Đ/c Bí thư"
  if (first == "thường" && line.words.size() > 1 && line.words[1].key == "trực") return true;
  if ((first == "ông" || first == "bà") && line.words.size() > 1 && line.words[1].capital) return true;
  if (first == "đồng" && line.words.size() > 2 && line.words[1].key == "chí") return true;
  const bool plural = !line.words.empty() && (line.words[0].key == "các" || line.words[0].key == "những");
  return plural && rules.group_nouns.Longest(line.words, 1).has_value();
}

// "Văn phòng", "Ban Chỉ huy", "Công an xã; Trạm": the last of the line is a head without its name.
bool IsBareHead(const PrintedLine& line, const SegmentRules::Tables& rules) {
  // "Thường trực / HĐND xã"
  if (line.words.size() == 2 && line.words[0].key == "thường" && line.words[1].key == "trực") return true;
  std::size_t first = line.words.size();
  while (first > 0 && line.words[first - 1].key != ";" && line.words[first - 1].key != ",") --first;
  if (first >= line.words.size() || !line.words[first].capital) return false;
  const auto match = rules.unit_heads.Longest(line.words, first);
  if (!match || first + match->words != line.words.size()) return false;
  // "Ban Thường trực / UBMTTQVN xã": a standing body of the one behind it.
  if (line.words.back().key == "trực" || (line.words.back().key == "vụ" && line.words.size() == 3)) return true;
  const auto head = static_cast<UnitHead>(match->value);
  return head == UnitHead::kCapitalFollows || head == UnitHead::kNameFollows || head == UnitHead::kUnitFollows;
}

// "… giữa Chủ tịch": the office whose body follows.
bool EndsWithOffice(const PrintedLine& line, const SegmentRules::Tables& rules) {
  for (std::size_t back = 1; back <= 3 && back < line.words.size(); ++back) {
    const std::size_t at = line.words.size() - back;
    const auto match = rules.unit_heads.Longest(line.words, at);
    if (match && match->words == back && static_cast<UnitHead>(match->value) == UnitHead::kUnitFollows) return true;
  }
  return false;
}

// "UBND xã xử lý": a clause that opens with a unit; not "Đoàn kiểm tra".
bool SaysDeed(const PrintedLine& line, const SegmentRules::Tables& rules) {
  const auto head = rules.unit_heads.Longest(line.words, 0);
  for (std::size_t i = head ? head->words + 1 : 1; i < line.words.size(); ++i) {
    if (line.words[i].capital) continue;
    const auto verb = rules.verbs.Longest(line.words, i);
    if (verb && verb->words > 1 && i + verb->words == line.words.size()) return true;
  }
  return false;
}

bool EndsOpen(const PrintedLine& line, const SegmentRules::Tables& rules) {
  if (line.words.empty()) return false;
  const std::string& last = line.words.back().key;
  static constexpr std::array<std::string_view, 10> kParts = {"sáng", "trưa", "chiều", "tối", "đêm",
                                                              "sau",  "cuối", "giữa",  "đầu", "hết"};
  if (line.words.size() == 1 && std::ranges::find(kParts, last) != kParts.end()) return true;
  // "Giao ban Thường trực / Đảng ủy", but "Đ/c Phó Bí thư Thường trực".
  if (line.words.size() > 2 && last == "trực" && line.words[line.words.size() - 2].key == "thường" &&
      line.words[line.words.size() - 2].capital && line.words[line.words.size() - 3].key != "thư" &&
      line.words[line.words.size() - 3].key != "tịch")
    return true;
  // "… đầu tiên của tháng", "… đầu năm" end a time.
  if (line.words.size() > 1) {
    static constexpr std::array<std::string_view, 8> kWhole = {"của", "hằng", "hàng", "mỗi",
                                                               "đầu", "giữa", "cuối", "trong"};
    const std::string& before = line.words[line.words.size() - 2].key;
    if ((last == "tháng" || last == "năm" || last == "quý") && std::ranges::find(kWhole, before) != kWhole.end())
      return false;
  }
  const bool sign = last == "," || last == ";" || last == "-" || last == "(" || last == "&" || last == "/";
  return sign || rules.open_cell_ends.contains(last);
}

// How well lines of a table suit a column as a cell.
class CellScorer {
 public:
  CellScorer(const std::vector<PrintedLine>& row, const SegmentRules::Tables& rules)
      : row_(row), rules_(rules), words_before_(row.size() + 1, 0), digits_before_(row.size() + 1, 0) {
    for (std::size_t i = 0; i < row.size(); ++i) {
      words_before_[i + 1] = words_before_[i] + row[i].words.size();
      digits_before_[i + 1] = digits_before_[i] + static_cast<std::size_t>(std::ranges::count(
                                                      row[i].words, WordKind::kNumber, &KeyWord::kind));
    }
  }

  // "Ban Xây dựng / Đảng", "Công an xã, Ủy ban Kiểm tra / Đảng ủy": the next line ends a name that the tables know.
  bool EndsInName(std::size_t i) const {
    if (i + 1 >= row_.size()) return false;
    std::vector<KeyWord> words = row_[i].words;
    std::size_t first = words.size();
    while (first > 0 && words[first - 1].key != ";" && words[first - 1].key != ",") --first;
    if (first >= words.size() || !words[first].capital) return false;
    const std::size_t own = words.size() - first;
    words.insert(words.end(), row_[i + 1].words.begin(), row_[i + 1].words.end());
    const auto match = rules_.unit_heads.Longest(words, first);
    return match && match->words > own && static_cast<UnitHead>(match->value) != UnitHead::kNone;
  }

  // Whether line i asks for more, "Tháng", "Ban Thường trực", whatever room it has.
  bool AsksForMore(std::size_t i) const {
    // "Ban Thường / trực / UBMTTQVN xã"
    const auto standing = [&](std::size_t k) {
      return k + 1 < row_.size() && row_[k + 1].words.size() == 1 && row_[k + 1].words[0].key == "trực" &&
             !row_[k].words.empty() && row_[k].words.back().key == "thường";
    };
    return standing(i) || (i > 0 && standing(i - 1)) || EndsOpen(row_[i], rules_) || IsBareHead(row_[i], rules_) ||
           EndsInName(i);
  }

  // "UBND xã / Trường Lộc", "Đ/c Phan Thị Quế / Chi": line i of the cell that begins at line b is the rest of a name.
  bool IsNameRest(std::size_t b, std::size_t i) const {
    const std::vector<KeyWord>& words = row_[i].words;
    const auto named = [](const KeyWord& word) { return word.kind == WordKind::kWord && word.capital; };
    if (words.empty() || row_[i - 1].words.empty() || words.size() > 3 || !std::ranges::all_of(words, named) ||
        BeginsUnit(row_[i], rules_))
      return false;
    const std::vector<KeyWord>& first = row_[b].words;
    const bool somebody = !first.empty() && (first[0].key == "ông" || first[0].key == "bà" ||
                                             (first.size() > 2 && ((first[0].key == "đ" && first[2].key == "c") ||
                                                                   (first[0].key == "đồng" && first[1].key == "chí"))));
    const KeyWord& last = row_[i - 1].words.back();
    return (somebody && i == b + 1 && words.size() < 3 && named(last)) ||
           (!last.capital && (last.key == "xã" || last.key == "phường" || rules_.territories.contains(last.key)));
  }

  // Score of lines [b, e) as the cell of a column of this kind.
  double Score(std::size_t b, std::size_t e, const std::string& kind) const {
    const bool unit = kind == "lead" || kind == "coordinate" || kind == "both";
    if (b == e) return kind == "work" ? -6.0 : kind == "time" || kind == "lead" ? -1.5 : -1.0;
    double s =
        row_[b].words.empty() || row_[b].words[0].capital || row_[b].words[0].kind != WordKind::kWord ? 1.0 : -1.5;
    const bool digits = digits_before_[e] > digits_before_[b];
    const std::size_t words = words_before_[e] - words_before_[b];
    for (std::size_t i = b; i < e; ++i) {
      if (i > b) {
        const bool open = EndsOpen(row_[i - 1], rules_);
        const bool rest = unit && !open && IsNameRest(b, i);
        s += open ? 0.5 : rest ? 1 : row_[i].words[0].capital ? -0.5 : 0.4;
        // "Văn phòng / HĐND và UBND": a head alone on its line goes on.
        const bool head_only = !open && AsksForMore(i - 1);
        if (head_only) s += 1;
        if (unit && LooksLikeTime(row_[i], rules_) && row_[i].words[0].capital) s -= 2.5;
        // "27/02/2026 / Rước nước": what is done at the time stands beside it.
        if (kind == "time" && !open && row_[i].words[0].capital && digits_before_[i] == digits_before_[i + 1] &&
            digits_before_[i] > digits_before_[b] && !LooksLikeTime(row_[i], rules_))
          s -= 1;
        // "Đ/c Chủ tịch / UBND" goes on, "Phòng Kinh tế / Công an xã" does not.
        if (unit && !open && !head_only && BeginsUnit(row_[i], rules_))
          s += EndsWithOffice(row_[i - 1], rules_) ? 1 : -1.5;
        if (kind == "work" && row_[i].words.size() <= 6 && !open && BeginsUnit(row_[i], rules_) &&
            !SaysDeed(row_[i], rules_))
          s -= EndsWithOffice(row_[i - 1], rules_) ? -1 : 1.2;
      }
    }
    if (EndsOpen(row_[e - 1], rules_) || (kind == "work" && EndsWithOffice(row_[e - 1], rules_)) ||
        (e < row_.size() && AsksForMore(e - 1)))
      s -= 3;
    const bool time = LooksLikeTime(row_[b], rules_);
    // "6 giờ 30 - 7 giờ / 15": minutes on a line of their own.
    const bool minutes = b > 0 && row_[b].words.size() == 1 && row_[b].words[0].kind == WordKind::kNumber &&
                         !row_[b - 1].words.empty() && row_[b - 1].words.back().key == "giờ";
    if (minutes) s -= 5;
    if (kind == "time") s += (time ? 2.5 : -1.5) + (digits ? 0.5 : 0) - (words > 16 ? 3 : 0);
    if (unit)
      s += (BeginsUnit(row_[b], rules_) && !SaysDeed(row_[b], rules_) ? 2.5 : -0.5) - (time ? 2 : 0) -
           (words > 40 ? 2 : 0);
    if (kind == "work")
      s += std::min(2.0, 0.2 * static_cast<double>(words)) - (time ? words < 4 ? 4 : 1 : 0) -
           (words < 12 && BeginsUnit(row_[b], rules_) ? 1 : 0);
    return s;
  }

 private:
  const std::vector<PrintedLine>& row_;
  const SegmentRules::Tables& rules_;
  std::vector<std::size_t> words_before_, digits_before_;
};

}  // namespace

namespace {

// A head of two rows reads its groups first and what they hold last: "Người làm, Hạn" and then "Chủ trì, Phối hợp". The
// last two columns take the place of the group that they are of.
void UnfoldGroups(std::vector<std::string>& columns) {
  const auto unfold = [&](std::string_view first, std::string_view second, auto is_group, const char* left,
                          const char* right) {
    const std::size_t n = columns.size();
    if (n < 4 || columns[n - 2] != first || columns[n - 1] != second) return false;
    const auto group = std::find_if(columns.begin(), columns.end() - 2, is_group);
    if (group == columns.end() - 2) return false;
    columns.resize(n - 2);
    *group = left;
    columns.insert(group + 1, right);
    return true;
  };
  const auto of_time = [](const std::string& kind) { return kind == "time"; };
  const auto of_units = [](const std::string& kind) { return kind == "lead" || kind == "both"; };
  unfold("time", "time", of_time, "other", "time");
  unfold("time", "place", of_time, "time", "place");
  unfold("lead", "coordinate", of_units, "lead", "coordinate");
}

// What a head that is not known as a whole is about, by its words: "Việc phải xong", "Giờ mở cống"; "other" for
// nothing.
std::string GuessColumn(const std::vector<KeyWord>& name, const SegmentRules::Tables& rules) {
  std::vector<std::pair<std::string, std::size_t>> votes;  // kind, words
  for (std::size_t i = 0; i < name.size();) {
    const auto hint = rules.column_hints.Longest(name, i);
    if (!hint) {
      ++i;
      continue;
    }
    const std::string& kind = rules.columns[static_cast<std::size_t>(hint->value)];
    const auto known = std::ranges::find(votes, kind, &std::pair<std::string, std::size_t>::first);
    if (known == votes.end())
      votes.emplace_back(kind, hint->words);
    else
      known->second += hint->words;
    i += hint->words;
  }
  if (votes.empty()) return "other";
  const auto has = [&](std::string_view kind) {
    return std::ranges::find(votes, kind, &std::pair<std::string, std::size_t>::first) != votes.end();
  };
  // "Đơn vị làm, đơn vị cùng làm"
  const bool listed = std::ranges::any_of(name, [](const KeyWord& word) { return word.kind == WordKind::kSign; });
  if (listed && has("lead") && has("coordinate")) return "both";
  return std::ranges::max_element(votes, {}, &std::pair<std::string, std::size_t>::second)->first;
}

// A timetable by its first column: "Giờ / Tình huống / Vị trí" above rows that begin with a time, whatever its other
// columns are called.
TableHead ReadTimetable(const std::vector<PrintedLine>& lines, std::size_t at, const SegmentRules::Tables& rules) {
  constexpr std::size_t kMostLines = 8, kLongestName = 5;
  const auto kind_of = [&](const std::vector<KeyWord>& words) -> std::string {
    const auto match = rules.column_heads.Longest(words, 0);
    return match && match->words == words.size() ? rules.columns[static_cast<std::size_t>(match->value)] : "other";
  };
  const auto digits = [](const PrintedLine& line) {
    return std::ranges::any_of(line.words, [](const KeyWord& w) { return w.kind == WordKind::kNumber; });
  };
  if (lines[at].page_head || lines[at].cell) return {};
  // "Hoàn / thành": a narrow first column breaks its name.
  std::vector<KeyWord> first = lines[at].words;
  std::size_t i = at + 1;
  if (kind_of(first) != "time" && !first.empty() && first.size() < 3 && first[0].capital && i < lines.size() &&
      !lines[i].page_head && !lines[i].words.empty() && lines[i].words.size() < 3 && !lines[i].words[0].capital) {
    first.insert(first.end(), lines[i].words.begin(), lines[i].words.end());
    ++i;
  }
  if (kind_of(first) != "time") return {};
  std::vector<std::vector<KeyWord>> names;
  for (; i < lines.size() && i < at + kMostLines; ++i) {
    const PrintedLine& line = lines[i];
    if (line.page_head || line.words.size() > kLongestName || digits(line) ||
        line.words.back().kind != WordKind::kWord || DayLines(lines, i) > 0 || TermLines(lines, i) > 0)
      break;
    if (line.words[0].capital)
      names.push_back(line.words);
    else if (!names.empty())
      names.back().insert(names.back().end(), line.words.begin(), line.words.end());
    else
      return {};
  }
  if (names.empty() || names.size() > 5 || i >= lines.size()) return {};
  const bool dated = LooksLikeTime(lines[i], rules) && (digits(lines[i]) || lines[i].words[0].key == "thứ");
  const bool terms = TermLines(lines, i) > 0;
  if (!dated && !terms && DayLines(lines, i) == 0) return {};
  std::size_t rows = terms ? 2 : 0;
  for (std::size_t k = i; k < lines.size() && k < i + 30; ++k)
    rows += LooksLikeTime(lines[k], rules) && digits(lines[k]) && (lines[k].words[0].capital || digits(lines[k]));
  if (rows < 2) return {};
  TableHead head{.columns = {"time"}, .numbered = false, .lines = i - at};
  for (const auto& name : names) head.columns.push_back(kind_of(name));
  const auto has = [&](std::string_view kind) { return std::ranges::find(head.columns, kind) != head.columns.end(); };
  if (!has("work") && !has("person") && !has("lead")) {
    const auto other = std::ranges::find(head.columns, "other");
    if (other == head.columns.end()) return {};
    *other = "work";
  }
  return head;
}

}  // namespace

TableHead ReadTableHead(const std::vector<PrintedLine>& lines, std::size_t at, const SegmentRules::Tables& rules) {
  if (TableHead timetable = ReadTimetable(lines, at, rules); timetable.lines > 0) return timetable;
  TableHead head;
  std::vector<KeyWord> words;
  std::vector<std::size_t> line_of;
  constexpr std::size_t kLongestHead = 400, kLongestRemark = 16;  // words
  const std::size_t limit = std::min(lines.size(), at + 14);
  for (std::size_t i = at; i < limit && words.size() < kLongestHead; ++i) {
    if (lines[i].page_head) continue;
    for (const KeyWord& word : lines[i].words) {
      if (words.size() >= kLongestHead) break;
      words.push_back(word);
      line_of.push_back(i);
    }
  }
  std::size_t known = 0, i = 0, last_line = at;
  bool unknown = false;       // the last column read has no known name
  bool guessed = false;       // the first column's name is unknown: a running number, if the rows begin with it
  std::vector<KeyWord> name;  // of the unknown column
  std::size_t hinted = 0;     // unknown columns whose words tell what they are
  // The head as it was before the line that is being read: a line of which only a part is known belongs to the rows.
  struct {
    std::size_t columns = 0, known = 0, last_line = 0, next = 0;
  } before;
  while (i < words.size()) {
    const bool line_begin = i == 0 || line_of[i] != line_of[i - 1];
    if (line_begin) before = {head.columns.size(), known, last_line, i};
    const auto match = rules.column_heads.Longest(words, i);
    // "Số trẻ" is not the running number.
    const std::size_t behind = match ? i + match->words : 0;
    const bool broken = match && behind < words.size() && line_of[behind] == line_of[behind - 1] &&
                        words[behind].kind == WordKind::kWord && !words[behind].capital;
    const auto kind_of = [&](const PhraseTable::Match& found) -> const std::string& {
      return rules.columns[static_cast<std::size_t>(found.value)];
    };
    const bool counts = match && (match->words == 1 || kind_of(*match) == "number");
    // "Tổ" above 1, 2, 3 counts them.
    const bool counted = i == 0 && match && match->words == 1 && kind_of(*match) == "lead";
    // "Đơn vị làm, đơn / vị cùng làm": a name of several.
    const bool listed = match && behind < words.size() && line_of[behind] == line_of[behind - 1] &&
                        (words[behind].key == "," || words[behind].key == "/");
    if (match && !counted && !listed && !(broken && (guessed || counts)) &&
        (line_begin || (words[i].capital && head.numbered))) {
      const std::string& kind = kind_of(*match);
      if (kind == "number" && !head.numbered) {
        if (!head.columns.empty() || i > 0) return {};  // the head begins here
        head.numbered = true;
      } else if (kind != "tail") {
        head.columns.push_back(kind);
      }
      ++known;
      name.clear();
      // "Đơn vị thực hiện (chủ trì; / phối hợp)"
      if (i + match->words < words.size() && words[i + match->words].key == "(") {
        std::size_t close = i + match->words;
        while (close < words.size() && close < i + kLongestRemark && words[close].key != ")") ++close;
        if (close < words.size() && words[close].key == ")") {
          const auto own = [&](std::size_t k) { return words.begin() + static_cast<std::ptrdiff_t>(k); };
          if (kind == "lead" && GuessColumn({own(i), own(close)}, rules) == "both") head.columns.back() = "both";
          i = close + 1;
          last_line = line_of[i - 1];
          unknown = false;
          continue;
        }
      }
      std::size_t stop = i;  // of its line
      while (stop < words.size() && line_of[stop] == line_of[i]) ++stop;
      unknown = broken && (head.numbered || stop - i <= 5);  // "Thời gian và nơi / tập trung": the rest of its name
      i += match->words;
      while (unknown && i < words.size() && line_of[i] == line_of[i - 1]) ++i;
      last_line = line_of[i - 1];
      continue;
    }
    // "Trậ / n", "Bu / ổi": the broken name of a narrow first column.
    if (i == 0 && words[0].kind == WordKind::kWord && words[0].capital && words[0].key.size() <= 8 &&
        (words.size() < 2 || line_of[1] != line_of[0])) {
      guessed = head.numbered = true;
      i = words.size() > 1 && !words[1].capital && (words.size() < 3 || line_of[2] != line_of[1]) ? 2 : 1;
      last_line = line_of[i - 1];
      continue;
    }
    // The words of an unknown column, or notes in brackets, up to the end of their line.
    if (words[i].kind == WordKind::kNumber || !line_begin) break;
    std::size_t end = i;
    while (end < words.size() && line_of[end] == line_of[i]) ++end;
    const bool bracket = words[i].key == "(";
    // A second line of an unknown column, or of a known one: "Thời gian và nơi / tập trung".
    const bool tail = !words[i].capital && (unknown || (end - i <= 2 && !head.columns.empty()));
    if (end - i == 1 && words[i].all_caps && words[i].key.size() == 1) break;  // "A", the first group of rows
    const auto own = [&](std::size_t k) { return words.begin() + static_cast<std::ptrdiff_t>(k); };
    const bool lasting = end - i > 5 && (end - i > 8 || GuessColumn({own(i), own(end)}, rules) == "other");
    if (!bracket && (lasting || !(words[i].capital || tail) || words[end - 1].key == "." || words[end - 1].key == ":"))
      break;
    if (!bracket && !head.numbered && !tail) {
      const bool guess = GuessColumn({own(i), own(end)}, rules) != "other";
      // "Nhóm người học" opens a table where a sentence has ended: who or what the rows are about.
      const bool opens = i == 0 && at > 0 && end - i <= 4 && words[end - 1].kind == WordKind::kWord &&
                         (lines[at - 1].text.ends_with('.') || lines[at - 1].text.ends_with(':'));
      if (words[i].all_caps || !(guess || opens)) break;
      hinted += guess;
    }
    if (!bracket && !head.numbered && tail && !unknown) break;
    if (!bracket && !tail) {
      head.columns.push_back("other");
      name.clear();
    }
    if (!bracket && !head.columns.empty() && (!tail || !name.empty())) {
      name.insert(name.end(), own(i), own(end));
      head.columns.back() = GuessColumn(name, rules);
    }
    unknown = true;
    i = end;
    last_line = line_of[end - 1];
  }
  if (i < words.size() && known > before.known && line_of[i] == last_line && before.known > 0) {
    head.columns.resize(before.columns);
    known = before.known;
    last_line = before.last_line;
    i = before.next;
  }
  const bool whole_lines = i >= words.size() || line_of[i] != last_line || known == 0;
  // Columns of unknown names are a table where the first row follows at once.
  const bool rows_follow = head.numbered && i < words.size() && words[i].key == "1";
  if (guessed && !rows_follow) return {};
  const std::size_t needed = rows_follow || (known > 0 && known + hinted > 2) ? 1 : head.numbered ? 3 : 2;
  if (!head.numbered && known + hinted < head.columns.size() && head.columns.size() < 4) return {};
  if (known < needed || !whole_lines || head.columns.size() < 2) return {};
  // Two known columns without a running number are a table only as the heads of a timetable.
  if (!head.numbered && (head.columns.size() > 6 || std::ranges::find(head.columns, "time") == head.columns.end()))
    return {};
  head.lines = last_line - at + 1;
  UnfoldGroups(head.columns);
  // "Cơ quan dời đến" before "Đơn vị làm, đơn vị cùng làm" names nobody who acts.
  if (std::ranges::find(head.columns, "both") != head.columns.end())
    std::ranges::replace(head.columns, std::string("lead"), std::string("other"));
  // Who is named nowhere else stands in the first column that is no time, or in the first of two times: "Buổi, Lúc,
  // Chỗ".
  const auto times = std::ranges::count(head.columns, "time");
  if (head.numbered && times > 0 && std::ranges::find(head.columns, "work") == head.columns.end()) {
    const auto somebody = [](const std::string& kind) { return kind == "person" || kind == "lead" || kind == "other"; };
    const bool twice = times > 1 && std::ranges::none_of(head.columns, somebody);
    const auto first = std::ranges::find(head.columns, twice ? "time" : "other");
    // "Buổi khám, Thời gian, Địa điểm": what the rows are about, under whatever name.
    const bool timetable =
        std::ranges::find(head.columns, "place") != head.columns.end() && first == head.columns.begin() &&
        std::ranges::none_of(
            head.columns, [](const std::string& kind) { return kind == "person" || kind == "lead" || kind == "both"; });
    // "Công trình, Vốn, Hoàn thành, Chủ đầu tư"
    const auto led = [](const std::string& kind) { return kind == "lead" || kind == "both"; };
    const bool given = first == head.columns.begin() && std::ranges::any_of(head.columns, led);
    if (first != head.columns.end() && (guessed || twice || timetable || given)) *first = "work";
  }
  return head;
}

namespace {

bool InSameGrid(const PrintedLine& a, const PrintedLine& b) {
  return a.cell && b.cell && a.page == b.page && a.cell->table == b.cell->table;
}

}  // namespace

std::size_t EndOfGrid(const std::vector<PrintedLine>& lines, std::size_t at) {
  std::size_t end = at;
  while (end < lines.size() && InSameGrid(lines[at], lines[end])) ++end;
  return end;
}

Grid ReadGrid(const std::vector<PrintedLine>& lines, std::size_t at, const SegmentRules::Tables& rules) {
  // Asked of every line: only the first of a table is worth reading on.
  if (!lines[at].cell || (at > 0 && InSameGrid(lines[at - 1], lines[at]))) return {};
  const std::size_t end = EndOfGrid(lines, at);
  constexpr int kMostColumns = 30;
  int columns = 0;
  for (std::size_t i = at; i < end; ++i) columns = std::max(columns, lines[i].cell->column + 1);
  if (columns < 2 || columns > kMostColumns) return {};

  // The head is one row, or two where columns are grouped; a row of column numbers, "(1) (2) (3)", belongs to it.
  Grid grid{.columns = std::vector<std::string>(static_cast<std::size_t>(columns), "other")};
  const int first_row = lines[at].cell->row;
  std::size_t i = at;
  for (int row = first_row; row < first_row + 3 && i < end; ++row) {
    std::vector<std::vector<KeyWord>> heads(static_cast<std::size_t>(columns));
    std::size_t next = i;
    for (; next < end && lines[next].cell->row <= row; ++next) {
      std::vector<KeyWord>& head = heads[static_cast<std::size_t>(lines[next].cell->column)];
      head.insert(head.end(), lines[next].words.begin(), lines[next].words.end());
    }
    std::size_t known = 0, numbers = 0, texts = 0;
    std::vector<std::string> kinds(heads.size());
    for (std::size_t c = 0; c < heads.size(); ++c) {
      if (heads[c].empty()) continue;
      ++texts;
      numbers += std::ranges::any_of(heads[c], [](const KeyWord& w) { return w.kind == WordKind::kNumber; }) &&
                 std::ranges::none_of(heads[c], [](const KeyWord& w) { return w.kind == WordKind::kWord; });
      rules.column_heads.Mend(heads[c], 0, {.least_words = 2, .marks_only = true, .any_first = true});
      const auto match = rules.column_heads.Longest(heads[c], 0);
      // One word alone names a column only where it is the whole head: "Phòng", not "Phòng Kinh tế".
      if (!match || (match->words == 1 && heads[c].size() > 1 && heads[c][1].kind == WordKind::kWord)) continue;
      ++known;
      kinds[c] = rules.columns[static_cast<std::size_t>(match->value)];
      // "Đơn vị chủ trì/phối hợp": the head names two columns in one.
      const auto second = match->words + 1 < heads[c].size() && heads[c][match->words].key == "/"
                              ? rules.column_heads.Longest(heads[c], match->words + 1)
                              : std::nullopt;
      const bool both =
          kinds[c] == "lead" && second && rules.columns[static_cast<std::size_t>(second->value)] == "coordinate";
      if (both) kinds[c] = "both";
    }
    const bool column_numbers = row > first_row && texts > 2 && numbers == texts;
    if (!column_numbers && (known == 0 || 2 * known < texts)) break;
    for (std::size_t c = 0; c < kinds.size(); ++c) {
      if (!kinds[c].empty() && kinds[c] != "tail") grid.columns[c] = kinds[c];
    }
    grid.head_rows = row - first_row + 1;
    i = next;
  }
  const auto has = [&](std::string_view kind) { return std::ranges::find(grid.columns, kind) != grid.columns.end(); };
  // A head that nobody can read: what stands below tells units and times.
  for (std::size_t c = 0; c < grid.columns.size() && grid.head_rows > 0; ++c) {
    if (grid.columns[c] != "other") continue;
    std::size_t cells = 0, units = 0, times = 0;
    int row = -1;
    for (std::size_t k = i; k < end; ++k) {
      if (lines[k].cell->column != static_cast<int>(c) || lines[k].cell->row == row) continue;
      row = lines[k].cell->row;
      ++cells;
      units += BeginsUnit(lines[k], rules);
      times += LooksLikeTime(lines[k], rules);
    }
    if (cells < 2) continue;
    if (3 * units > 2 * cells && !has("both") && !has("coordinate"))
      grid.columns[c] = has("lead") ? "coordinate" : "lead";
    else if (3 * times > 2 * cells && !has("time"))
      grid.columns[c] = "time";
  }
  const bool work = has("work") && (has("time") || has("lead") || has("coordinate") || has("both"));
  if (grid.head_rows == 0 || !(work || (has("time") && has("number")))) return {};
  return grid;
}

int RowNumber(const PrintedLine& line, std::size_t& rest) {
  if (line.words.empty() || line.words[0].kind != WordKind::kNumber || line.words[0].key.size() > 3) return 0;
  std::size_t next = 1;
  if (next < line.words.size() && (line.words[next].key == "." || line.words[next].key == ")")) ++next;
  if (next < line.words.size()) {
    const KeyWord& after = line.words[next];
    // A range, a date or a number with its unit goes on directly.
    if (after.kind != WordKind::kWord && after.key != "“" && after.key != "\"") return 0;
    rest = after.span.begin;
    if (next == 1 && !after.capital) return 0;
  } else {
    rest = line.text.size();
  }
  return std::stoi(line.words[0].key);
}

bool LooksLikeTime(const PrintedLine& line, const SegmentRules::Tables& rules) {
  if (line.words.empty()) return false;
  if (line.words[0].kind == WordKind::kNumber) {
    // "2026", "2027 - 2028"
    const bool year = line.words[0].key.size() == 4 && line.words[0].key.starts_with("20");
    if (year && (line.words.size() == 1 || line.words[1].key == "-")) return true;
    return line.words.size() > 1 &&
           (line.words[1].key == "giờ" || line.words[1].key == "h" || line.words[1].key == "g" ||
            line.words[1].key == ":" || line.words[1].key == "/" || line.words[1].key == "ngày" ||
            line.words[1].key == "tháng" || line.words[1].key == "và" ||
            (line.words[1].key == "-" && (line.words.size() == 2 || line.words[2].kind == WordKind::kNumber)));
  }
  if (line.words[0].key == "thường" && line.words.size() > 1 && line.words[1].key == "trực") return false;
  // "Cả 9 vùng", not "Cả ngày".
  if (line.words[0].key == "cả" && line.words.size() > 1 && line.words[1].kind == WordKind::kNumber) return false;
  // "Hai ngày 13 -"
  if (line.words.size() > 2 && line.words[1].key == "ngày" && line.words[2].kind == WordKind::kNumber) return true;
  // "Năm Roi" is a pomelo.
  if (line.words[0].key == "năm" && (line.words.size() < 2 || line.words[1].kind != WordKind::kNumber)) return false;
  return rules.time_openings.contains(line.words[0].key);
}

bool BeginsWithHour(const PrintedLine& line) {
  const std::vector<KeyWord>& w = line.words;
  if (w.size() < 2 || w[0].kind != WordKind::kNumber || w[0].key.size() > 2) return false;
  if (w[1].key == ":" && !(w.size() > 2 && w[2].kind == WordKind::kNumber && w[2].key.size() == 2)) return false;
  static constexpr std::array<std::string_view, 7> kHours = {"h", "g", "giờ", "phút", ":", "-", "đến"};
  if (std::ranges::find(kHours, w[1].key) == kHours.end() || w[1].key == "-") return false;
  // "8 giờ ngày 17/02" says the day itself.
  std::size_t i = 1;
  while (i < w.size() && (w[i].kind == WordKind::kNumber || std::ranges::find(kHours, w[i].key) != kHours.end())) ++i;
  return i == w.size() || w[i].capital;
}

std::size_t DayLines(const std::vector<PrintedLine>& lines, std::size_t at) {
  constexpr std::size_t kMostLines = 4;
  static constexpr std::array<std::string_view, 4> kFirst = {"ngày", "thứ", "chủ", "sáng"};
  static constexpr std::array<std::string_view, 18> kWords = {"ngày", "tháng", "năm",  "thứ",  "hai",  "ba",
                                                              "tư",   "sáu",   "bảy",  "chủ",  "nhật", "cn",
                                                              "sáng", "chiều", "buổi", "nhất", "mùng", "mồng"};
  if (at >= lines.size() || lines[at].words.empty() || !lines[at].words[0].capital ||
      std::ranges::find(kFirst, lines[at].words[0].key) == kFirst.end())
    return 0;
  bool number = false;
  std::size_t i = at;
  for (; i < lines.size() && i < at + kMostLines && !lines[i].page_head && !BeginsWithHour(lines[i]); ++i) {
    for (const KeyWord& word : lines[i].words) {
      if (word.kind == WordKind::kWord && std::ranges::find(kWords, word.key) == kWords.end()) return 0;
      number = number || word.kind == WordKind::kNumber;
    }
  }
  while (i < lines.size() && lines[i].page_head) ++i;
  return number && i < lines.size() && BeginsWithHour(lines[i]) ? i - at : 0;
}

std::size_t TermLines(const std::vector<PrintedLine>& lines, std::size_t at) {
  static constexpr std::array<std::string_view, 3> kTerms = {"tháng", "quý", "tuần"};
  std::vector<KeyWord> words;
  for (std::size_t i = at; i < std::min(lines.size(), at + 2) && !lines[i].page_head; ++i) {
    words.insert(words.end(), lines[i].words.begin(), lines[i].words.end());
    if (words.size() > 2 || !words[0].capital || std::ranges::find(kTerms, words[0].key) == kTerms.end()) return 0;
    const bool roman =
        words.size() == 2 && words[1].all_caps && words[1].key.find_first_not_of("iv") == std::string::npos;
    if (words.size() == 2) return words[1].kind == WordKind::kNumber || roman ? i - at + 1 : 0;
  }
  return 0;
}

namespace {

constexpr double kRoom = 2;  // what a break inside a cell costs where the line had room for the next word

constexpr double kMerged = 3;  // what a row costs whose first cells are merged with those above

// How many columns may have cells merged over several rows: those before the work that say when, where or how many.
std::size_t MergedColumns(const std::vector<std::string>& columns) {
  const auto work = std::ranges::find(columns, "work");
  if (work == columns.end()) return 0;
  return static_cast<std::size_t>(
      std::find_if(columns.begin(), work,
                   [](const std::string& kind) { return kind != "time" && kind != "other" && kind != "place"; }) -
      columns.begin());
}

// How much room line i - 1 had behind the first word of line i, in a column of this width.
double Room(const std::vector<PrintedLine>& lines, std::size_t i, double width) {
  const double word = lines[i].width * static_cast<double>(lines[i].words[0].span.end) /
                      static_cast<double>(std::max<std::size_t>(lines[i].text.size(), 1));
  return width - lines[i - 1].width - word - 1;
}

}  // namespace

std::vector<std::vector<std::size_t>> SplitRow(const std::vector<PrintedLine>& row,
                                               const std::vector<std::string>& columns,
                                               const SegmentRules::Tables& rules, const std::vector<double>& widths) {
  constexpr double kLow = -1e9;
  const std::size_t n = row.size(), m = columns.size(), merged = MergedColumns(columns);
  const CellScorer scorer(row, rules);
  // best[b][c]: lines before b are split and line b begins column c; column m closes a row.
  struct Step {
    double score = kLow;
    std::size_t line = 0, column = 0;  // where it came from
  };
  std::vector<std::vector<Step>> best(n + 1, std::vector<Step>(m + 1));
  best[0][0].score = 0;
  for (std::size_t b = 0; b <= n; ++b) {
    // Cells may be empty, so that a row closes at b once all columns were tried.
    for (std::size_t round = 0; round < 2; ++round) {
      for (std::size_t c = 0; c < m; ++c) {
        if (best[b][c].score <= kLow) continue;
        double wide = 0;  // for breaks where there was room
        for (std::size_t e = b; e <= n; ++e) {
          if (!widths.empty() && e > b + 1 && Room(row, e - 1, widths[c]) > 0 && !scorer.AsksForMore(e - 2))
            wide += kRoom;
          const double s = best[b][c].score + scorer.Score(b, e, columns[c]) - wide;
          if (s > best[e][c + 1].score) best[e][c + 1] = {s, b, c};
        }
      }
      if (round > 0 || b == 0 || b == n || best[b][m].score <= kLow) break;
      bool again = false;
      for (std::size_t c = 1; c <= merged; ++c) {
        const double s = best[b][m].score - kMerged;
        if (s <= best[b][c].score) continue;
        best[b][c] = {s, b, m};
        again = true;
      }
      if (!again) break;
    }
  }
  std::vector<std::vector<std::size_t>> rows(1, std::vector<std::size_t>(m + 1, n));
  for (std::size_t line = n, c = m; line > 0 || c > 0;) {
    const Step& step = best[line][c];
    if (step.column == m) {  // a row of merged cells begins here
      std::fill_n(rows.back().begin(), c, line);
      rows.emplace_back(m + 1, line);
      c = m;
      continue;
    }
    c = step.column;
    line = step.line;
    rows.back()[c] = line;
  }
  std::ranges::reverse(rows);
  return rows;
}

std::vector<std::size_t> SplitRows(const std::vector<PrintedLine>& lines, const std::vector<std::string>& columns,
                                   const SegmentRules::Tables& rules, const std::vector<double>& widths) {
  constexpr std::size_t kLongestCell = 8;  // lines
  constexpr std::size_t kRestart = std::numeric_limits<std::size_t>::max();
  constexpr double kLow = -1e9;
  const std::size_t n = lines.size(), m = columns.size(), merged = MergedColumns(columns);
  if (n == 0 || m == 0) return {};
  const CellScorer scorer(lines, rules);
  // best[b][c]: lines before b are split and line b begins column c; column m closes the row.
  std::vector<std::vector<double>> best(n + 1, std::vector<double>(m + 1, kLow));
  std::vector<std::vector<std::size_t>> from(n + 1, std::vector<std::size_t>(m + 1, 0));
  best[0][0] = 0;
  for (std::size_t b = 0; b <= n; ++b) {
    if (b > 0 && best[b][m] > best[b][0]) best[b][0] = best[b][m];
    for (std::size_t c = 1; b > 0 && b < n && c <= merged; ++c) {
      if (best[b][m] - kMerged <= best[b][c]) continue;
      best[b][c] = best[b][m] - kMerged;
      from[b][c] = kRestart;
    }
    for (std::size_t c = 0; c < m; ++c) {
      if (best[b][c] <= kLow) continue;
      // The first cell of a row is never empty: every row takes a line.
      double wide = 0;
      for (std::size_t e = c == 0 ? b + 1 : b; e <= std::min(n, b + kLongestCell); ++e) {
        if (!widths.empty() && e > b + 1 && Room(lines, e - 1, widths[c]) > 0 && !scorer.AsksForMore(e - 2))
          wide += kRoom;
        const double s = best[b][c] + scorer.Score(b, e, columns[c]) - wide;
        if (s > best[e][c + 1]) {
          best[e][c + 1] = s;
          from[e][c + 1] = b;
        }
      }
    }
  }
  if (best[n][m] <= kLow) return {0, n};
  std::vector<std::size_t> rows = {n};
  for (std::size_t e = n; e > 0;) {
    for (std::size_t c = m; c > 0;) {
      if (from[e][c] == kRestart) {  // of the same row, by its merged cells
        c = m;
        continue;
      }
      e = from[e][c];
      --c;
    }
    rows.push_back(e);
  }
  std::ranges::reverse(rows);
  return rows;
}

std::vector<PrintedLine> CellPieces(const PrintedLine& line, const SegmentRules::Tables& rules) {
  constexpr std::size_t kLongestRow = 200;  // words; a longer line is no row
  if (line.words.size() > kLongestRow) return {line};
  std::vector<PrintedLine> out;
  const auto piece = [&](std::size_t first, std::size_t last) {
    PrintedLine part = line;
    const std::uint32_t begin = line.words[first].span.begin, end = line.words[last - 1].span.end;
    part.span = {line.span.begin + begin, line.span.begin + end};
    part.text = line.text.substr(begin, end - begin);
    part.words = KeyWords(part.text);
    return part;
  };
  std::size_t first = 0;
  for (std::size_t i = 2; i < line.words.size(); ++i) {
    const KeyWord& before = line.words[i - 1];
    // A list goes on: "Các thôn, Công an", "Văn phòng HĐND và UBND".
    if (before.kind == WordKind::kSign || before.key == "và" || before.key == "với" || before.key == "của") continue;
    if (!line.words[i].capital && line.words[i].kind != WordKind::kNumber) continue;
    const PrintedLine rest = piece(i, line.words.size());
    if (!BeginsUnit(rest, rules) && !LooksLikeTime(rest, rules)) continue;
    // "Trước ngày 15/12": the number belongs to the time that was begun.
    if (line.words[i].kind == WordKind::kNumber && LooksLikeTime(piece(first, i), rules)) continue;
    out.push_back(piece(first, i));
    first = i;
  }
  if (first < line.words.size()) out.push_back(piece(first, line.words.size()));
  return out;
}

}  // namespace hoidau
