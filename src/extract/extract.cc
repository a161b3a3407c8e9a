#include "extract/extract.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "extract/dates.h"
#include "extract/metadata.h"
#include "extract/quantities.h"
#include "extract/reading.h"
#include "extract/references.h"
#include "extract/rules.h"
#include "extract/tasks.h"
#include "extract/units.h"
#include "text/syllable.h"
#include "text/unicode.h"

namespace hoidau {
namespace {

using Tables = ExtractRules::Tables;

bool HasDates(BlockKind kind) {
  return kind != BlockKind::kPageHead && kind != BlockKind::kNoise && kind != BlockKind::kSignature;
}

// Recovery leaves a wrong letter here and there: fixed phrases are known by their other words.
void MendKeys(std::vector<KeyWord>& words, const Tables& rules) {
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (words[i].capital && rules.unit_phrases.Mend(words, i, {}) == 0) rules.group_phrases.Mend(words, i, {});
    rules.mended.Mend(words, i, {.least_words = 2, .any_first = true});
  }
  rules.verbs.Mend(words, 0, {.least_words = 2, .marks_only = true});
  // "ngay 15 thang 3 nam 2026" between its numbers.
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 3> kDateWords = {
      {{"ngay", "ngày"}, {"thang", "tháng"}, {"nam", "năm"}}};
  for (std::size_t i = 0; i + 1 < words.size(); ++i) {
    if (words[i].kind != WordKind::kWord || words[i + 1].kind != WordKind::kNumber) continue;
    const bool behind = i > 0 && words[i - 1].kind == WordKind::kNumber;
    const bool ahead = i + 3 < words.size() && words[i + 3].kind == WordKind::kNumber;
    if (!behind && !ahead) continue;
    for (const auto& [plain, key] : kDateWords) {
      if (words[i].key != key && StripMarks(words[i].key) == plain) words[i].key = key;
    }
  }
}

BlockReading ReadBlock(const Block& block, DateContext context, const Tables& rules) {
  BlockReading reading{.block = &block, .words = KeyWords(block.text), .dates = {}, .cited = {}, .cells = {}};
  MendKeys(reading.words, rules);
  if (HasDates(block.kind)) reading.dates = FindDates(block.text, reading.words, context);
  reading.cited.assign(reading.dates.size(), false);
  for (const Block& cell : block.cells) {
    context.cell_of_times = cell.column == "time";
    reading.cells.push_back(ReadBlock(cell, context, rules));
  }
  return reading;
}

// Whether a date belongs to the name of a document, a campaign, an event. `open_quote`: a quotation is open before it.
bool InName(const BlockReading& r, const FoundDate& date, bool open_quote, const Tables& rules) {
  const DateValue& v = date.value;
  if (v.in_name) return true;
  if (v.kind == "duration") {
    if (open_quote) return true;
    // "Kế hoạch cao điểm 90 ngày"
    for (std::size_t back = 1; back <= 5 && back <= date.first; ++back) {
      const std::size_t at = date.first - back;
      if (r.words[at].kind == WordKind::kSign) break;
      if (r.words[at].capital && at > 0 && rules.type_names.Longest(r.words, at)) return true;
    }
    return false;
  }
  const bool years = v.kind == "year" || v.kind == "quarter" || v.kind == "month" ||
                     (v.kind == "range" && v.start && v.start->size() == 4) ||
                     (v.kind == "before" && v.value && v.value->size() == 7);
  if (!years) return false;
  if (v.incomplete || v.part) return false;
  if (r.block->kind == BlockKind::kTitle) return true;
  if (open_quote) return v.kind != "month";
  if (v.kind == "month" || v.kind == "quarter") return false;
  // The name of a document or a law goes on to its year: "Kế hoạch chuyển đổi số năm 2026", "Luật … năm 2020".
  for (std::size_t i = date.first; i-- > 0 && date.first - i < 34;) {
    const KeyWord& word = r.words[i];
    if (word.key == ";" || word.key == "." || word.key == ":") return false;
    if (word.capital && i > 0 && (rules.type_names.Longest(r.words, i) || word.key == "luật")) {
      // "Kế hoạch được bố trí từ ngân sách xã năm 2025": a verb of its own ends the name.
      for (std::size_t k = i + 1; k < date.first; ++k) {
        if (r.Is(k, "được") || r.Is(k, "từ") || r.Is(k, "trong") || r.Is(k, "dự") || r.Is(k, "giao") || r.Is(k, "ngân"))
          return false;
        if (r.Is(k, ",") && word.key == "kế" && k + 1 < date.first && r.words[k + 1].capital) return false;
      }
      return true;
    }
  }
  // The subject of a section's heading: "Techfest … năm 2025"
  return false;
}

class Extractor {
 public:
  Extractor(const DocumentText& document, const Outline& outline, const Tables& rules, const ExtractContext& context,
            Record& record)
      : document_(document),
        outline_(outline),
        rules_(rules),
        context_(context),
        record_(record),
        units_(rules),
        registry_(record.units) {}

  void Run() {
    record_.text = document_.text;
    record_.issues.insert(record_.issues.end(), outline_.issues.begin(), outline_.issues.end());
    ReadBlocks();
    LearnUnits();
    const OptionalString own = OwnSymbol(readings_);
    ReferenceReader references(rules_, units_);
    for (BlockReading& r : readings_) {
      const BlockKind kind = r.block->kind;
      if (kind == BlockKind::kHead || kind == BlockKind::kPageHead || kind == BlockKind::kNoise ||
          kind == BlockKind::kSignature || kind == BlockKind::kRecipients || kind == BlockKind::kAddressee)
        continue;
      references.Read(r, own, record_.references);
    }
    ReadMetadata(readings_, rules_, units_, context_, record_);
    units_.SetOwnPlace(record_.metadata.issuer.place.name.value_or(""));
    Issuers();
    record_.sections = ToSections(outline_);
    SectionEvidence(record_.sections, "/sections");
    ReadTasks(outline_, readings_, rules_, units_, registry_, record_);
    Receivers();
    // A body's full name may have come behind its first task.
    for (Task& task : record_.tasks) {
      for (Assignee& assignee : task.assignees) assignee.name = registry_.NameOf(assignee.unit);
    }
    Dates();
    Quantities();
    if (units_.cut())
      record_.issues.push_back(
          {.stage = "extract",
           .page = 0,
           .code = "limit",
           .message = "a list of more than " + std::to_string(UnitReader::kLongestList) + " units was cut"});
  }

 private:
  void ReadBlocks() {
    DateContext dates{.document_date = std::nullopt, .holidays = &rules_.holidays};
    // The head first: its date resolves the others.
    std::vector<BlockReading> head;
    for (const Block& block : outline_.blocks) {
      if (block.kind == BlockKind::kHead) head.push_back(ReadBlock(block, dates, rules_));
    }
    dates.document_date = OwnDate(head);
    dates.document_year = OwnYear(head);
    const int plan_year = PlanYear(dates.document_date);
    const std::vector<bool> past = SectionsOfThePast(outline_, rules_);
    for (const Block& block : outline_.blocks) {
      const bool told = block.section >= 0 && past[static_cast<std::size_t>(block.section)];
      dates.plan_year = told ? 0 : plan_year > 0 ? plan_year : SectionYear(block.section, dates.document_date);
      readings_.push_back(ReadBlock(block, dates, rules_));
      MarkNames(readings_.back());
      for (const FoundDate& date : readings_.back().dates) {
        const bool day = date.value.kind == "day" && date.value.value && block.kind != BlockKind::kHead;
        dates.day_before = day ? ParseIsoDay(*date.value.value) : std::nullopt;
      }
    }
  }

  // The year behind the document's own where its title names it alone, "phương hướng, nhiệm vụ năm 2026"; else 0.
  int PlanYear(const std::optional<Day>& own) const {
    if (!own) return 0;
    const int next = static_cast<int>(std::chrono::year_month_day(*own).year()) + 1;
    for (const Block& block : outline_.blocks) {
      const bool title = block.kind == BlockKind::kTitle ||
                         (block.kind == BlockKind::kHead && ToLower(block.text).find("v/v") != std::string::npos);
      if (title && block.text.find(std::to_string(next)) != std::string::npos &&
          block.text.find(std::to_string(next - 1)) == std::string::npos)
        return next;
    }
    return 0;
  }

  // The same for a part of a document, "Phần thứ hai. PHƯƠNG HƯỚNG NĂM 2026".
  int SectionYear(int section, const std::optional<Day>& own) const {
    if (!own) return 0;
    const int next = static_cast<int>(std::chrono::year_month_day(*own).year()) + 1;
    for (int n = section; n >= 0; n = outline_.nodes[static_cast<std::size_t>(n)].parent) {
      const OptionalString& title = outline_.nodes[static_cast<std::size_t>(n)].title;
      if (title && title->find(std::to_string(next)) != std::string::npos) return next;
    }
    return 0;
  }

  void MarkNames(BlockReading& r) {
    int quotes = 0;
    std::size_t at = 0;
    for (FoundDate& date : r.dates) {
      for (; at < date.first; ++at) {
        if (r.words[at].key == "“") ++quotes;
        if (r.words[at].key == "”") --quotes;
      }
      date.value.in_name = InName(r, date, quotes > 0, rules_);
    }
    // "“Mỗi ngày đến trường là một ngày vui”" tells no time.
    std::erase_if(r.dates, [&](const FoundDate& date) {
      return date.value.kind == "recurring" && date.first > 0 && r.words[date.first - 1].key == "“" &&
             r.Is(date.first, "mỗi");
    });
    r.cited.assign(r.dates.size(), false);
    for (BlockReading& cell : r.cells) MarkNames(cell);
  }

  // Whether what stands in a heading behind the name that the grammar read belongs to the name as well: small words
  // that are no duty, "Trung tâm Quản lý | chất lượng", "Ban Chỉ đạo chống | khai thác IUU".
  bool IsPlainRest(const BlockReading& r, std::size_t first, std::size_t last) const {
    constexpr std::size_t kLongestRest = 6;  // words
    if (last - first > kLongestRest || rules_.agents.Longest(r.words, first)) return false;
    for (std::size_t i = first; i < last; ++i) {
      static constexpr std::array<std::string_view, 13> kNotNames = {"và",  "các", "tại",  "thuộc", "trên", "của", "xã",
                                                                     "với", "có",  "cùng", "chịu",  "phối", "là"};
      if (r.words[i].kind != WordKind::kWord || (r.words[i].capital && !r.words[i].all_caps) ||
          std::ranges::find(kNotNames, r.words[i].key) != kNotNames.end())
        return false;
    }
    return true;
  }

  // "Ông Lê Văn Tám", "Đồng chí Hoàng Thị Mơ – Phó Bí thư".
  static bool NamesPerson(const BlockReading& r) {
    return r.Is(0, "ông") || r.Is(0, "bà") || r.Is(0, "thầy") || r.Is(0, "cô") || (r.Is(0, "đồng") && r.Is(1, "chí")) ||
           (r.Is(0, "đ") && r.Is(1, "/"));
  }

  // Names that stand alone, as headings and recipients, are whole.
  void LearnUnits() {
    for (const BlockReading& r : readings_) {
      if (r.cells.empty()) units_.LearnShortForms(r.block->text, r.words);
    }
    for (const BlockReading& r : readings_) {
      if (r.words.empty()) continue;
      const bool heading = r.block->kind == BlockKind::kHeading && r.block->section >= 0 &&
                           outline_.nodes[static_cast<std::size_t>(r.block->section)].role == "unit";
      if (!heading) continue;
      std::size_t last = r.words.size();
      while (last > 0 && r.words[last - 1].kind == WordKind::kSign) --last;
      const std::size_t first = r.Is(0, "đề") && r.Is(1, "nghị") ? 2 : r.Is(0, "giao") ? 1 : 0;
      const UnitList list = units_.ReadList(r.block->text, r.words, first);
      if (list.units.size() > 1 && list.last == last) {
        for (const UnitName& unit : list.units) units_.LearnLongForm(unit);
      }
      if (list.units.size() != 1 || list.units[0].collective || last < first + 3 || NamesPerson(r)) continue;
      const UnitName& unit = list.units[0];
      if (unit.first != first) continue;
      if (list.last < last) {
        std::size_t end = last;
        if (end > list.last + 1 && (r.Is(end - 1, "xã") || r.Is(end - 1, "phường"))) --end;
        if (unit.keeps_level || !IsPlainRest(r, list.last, end)) continue;
        units_.Learn(r.TextOf(first, end));
        UnitName whole = unit;
        whole.name = units_.FullName(r.TextOf(first, end));
        units_.LearnLongForm(whole);
        continue;
      }
      // The printed name without its tail.
      units_.LearnLongForm(unit);
      const std::vector<KeyWord> full = KeyWords(unit.name);
      if (full.size() >= 3 && full.size() <= last - first && !unit.keeps_level) units_.Learn(unit.name);
    }
    for (const BlockReading& r : readings_) LearnBoards(r);
    // Whom the document goes to.
    for (const BlockReading& r : readings_) {
      if (r.block->kind != BlockKind::kRecipients && r.block->kind != BlockKind::kAddressee) continue;
      const UnitList list = units_.ReadList(r.block->text, r.words, 0);
      for (const UnitName& unit : list.units) units_.LearnLongForm(unit);
      LearnGroup(r, list);
    }
  }

  // "Kiện toàn Ban Chỉ đạo phổ cập giáo dục, …": a board whose name ends at a sign, as the running text calls it in
  // full.
  void LearnBoards(const BlockReading& r) {
    for (const BlockReading& cell : r.cells) LearnBoards(cell);
    constexpr std::size_t kHead = 3;  // words of "Ban Chỉ đạo"
    for (std::size_t i = 0; i + kHead < r.words.size() && r.cells.empty(); ++i) {
      if (!r.words[i].capital || !r.Is(i, "ban") || !r.Is(i + 1, "chỉ") || !r.Is(i + 2, "đạo")) continue;
      const UnitList list = units_.ReadList(r.block->text, r.words, i, 1);
      if (list.units.size() != 1) continue;
      const UnitName& unit = list.units.front();
      const bool ends = list.last >= r.words.size() || r.words[list.last].kind == WordKind::kSign;
      if (unit.last > i + kHead + 1 && ends) units_.LearnLongForm(unit);
    }
  }

  // "Các cơ sở rang xay, chế biến cà phê": a group that stands alone among the addressees is called by the whole line,
  // but for what a bracket says; not "Các phòng, ban; Công an xã".
  void LearnGroup(const BlockReading& r, const UnitList& list) {
    if (list.units.size() != 1 || !list.units.front().collective || !r.Is(0, "các")) return;
    if (!r.Is(list.last, ",")) return;
    std::size_t end = r.words.size();
    while (end > list.last && r.words[end - 1].kind == WordKind::kSign) --end;
    std::size_t last = list.last;
    for (; last < end && !r.Is(last, "("); ++last) {
      if (r.words[last].capital || r.words[last].kind == WordKind::kNumber || r.Is(last, "và") || r.Is(last, ";"))
        return;
      if (r.Is(last, ",") && !units_.ReadList(r.block->text, r.words, last + 1, 1).units.empty()) return;
    }
    if (last > list.last + 1) units_.Learn(r.TextOf(0, last));
  }

  void Issuers() {
    if (record_.metadata.issuer.name) {
      const auto evidence = record_.evidence.find("/metadata/issuer/name");
      registry_.Add(*record_.metadata.issuer.name, false, "issue",
                    evidence != record_.evidence.end() && evidence->second.span ? *evidence->second.span : ByteSpan{});
      registry_.SetIssuer(*record_.metadata.issuer.name);
      if (const OptionalString& parent = record_.metadata.issuer.parent) registry_.AddOwnBody(*parent);
      const OptionalString& place = record_.metadata.issuer.place.name;
      if (place && !record_.metadata.issuer.name->starts_with("Ủy ban nhân dân") &&
          (place->starts_with("xã ") || place->starts_with("phường ") || place->starts_with("thị trấn ")))
        registry_.AddOwnBody("Ủy ban nhân dân " + *place);
    }
    for (std::size_t i = 0; i < record_.references.size(); ++i) {
      const Reference& reference = record_.references[i];
      const ByteSpan span = reference.mentions.empty() ? ByteSpan{} : reference.mentions.front();
      record_.evidence["/references/" + std::to_string(i)] = {
          .span = span,
          .confidence = reference.symbol ? 0.96 : 0.88,
          .rule = reference.symbol ? "reference.symbol" : "reference.law"};
      if (reference.issuer) registry_.Add(*reference.issuer, false, "issue_cited", {});
    }
  }

  void SectionEvidence(const std::vector<Section>& sections, const std::string& pointer) {
    for (std::size_t i = 0; i < sections.size(); ++i) {
      const std::string here = pointer + "/" + std::to_string(i);
      record_.evidence[here] = {.span = sections[i].span, .confidence = 0.95, .rule = "section.label"};
      SectionEvidence(sections[i].children, here + "/children");
    }
  }

  // Addressees and recipients that are units.
  void Receivers() {
    for (const BlockReading& r : readings_) {
      if (r.block->kind != BlockKind::kRecipients && r.block->kind != BlockKind::kAddressee) continue;
      if (r.Is(0, "lưu") || r.Is(0, "như")) continue;
      std::size_t i = 0;
      while (i < r.words.size()) {
        const UnitList list = units_.ReadList(r.block->text, r.words, i);
        for (const UnitName& unit : list.units)
          registry_.Add(unit.name, unit.collective, "receive", r.SpanOf(unit.first, unit.last));
        i = std::max(list.last, i + 1);
        while (i < r.words.size() && r.words[i].kind != WordKind::kSign) ++i;
        ++i;
      }
    }
  }

  // Whether a cell is printed in this row, and not merged with one above.
  static bool IsOwnCell(const BlockReading& row, const BlockReading& cell) {
    return cell.block->span.begin >= row.block->span.begin;
  }

  void AddDates(const BlockReading& r) {
    if (!r.cells.empty()) {
      for (const BlockReading& cell : r.cells) {
        if (IsOwnCell(r, cell)) AddDates(cell);
      }
      return;
    }
    for (const FoundDate& date : r.dates) {
      DateValue value = date.value;
      value.span = r.SpanOf(date.first, date.last);
      const std::string pointer = "/dates/" + std::to_string(record_.dates.size());
      record_.evidence[pointer] = {.span = value.span,
                                   .confidence = value.value ? (value.resolved ? 0.85 : 0.96) : 0.7,
                                   .rule = "date." + value.kind};
      if (!date.problem.empty()) {
        record_.issues.push_back({.stage = "extract",
                                  .page = PageOf(value.span),
                                  .code = date.problem,
                                  .message = "date \"" + value.text + "\""});
      }
      record_.dates.push_back(std::move(value));
    }
  }

  int PageOf(ByteSpan span) const {
    const auto page = std::ranges::lower_bound(document_.page_spans, span.begin, {}, &ByteSpan::end);
    return page == document_.page_spans.end() ? 0 : static_cast<int>(page - document_.page_spans.begin()) + 1;
  }

  void Dates() {
    for (const BlockReading& r : readings_) {
      if (r.block->kind == BlockKind::kRecipients || r.block->kind == BlockKind::kAddressee) continue;
      AddDates(r);
    }
  }

  // The spans of the tasks by their begin, each reaching to the furthest end so far.
  std::vector<ByteSpan> TaskReach() const {
    std::vector<ByteSpan> reach;
    for (const Task& task : record_.tasks) reach.push_back(task.span);
    std::ranges::sort(reach, {}, &ByteSpan::begin);
    for (std::size_t i = 1; i < reach.size(); ++i) reach[i].end = std::max(reach[i].end, reach[i - 1].end);
    return reach;
  }
  static bool InTask(const std::vector<ByteSpan>& reach, ByteSpan span) {
    const auto behind = std::ranges::lower_bound(reach, span.end, {}, &ByteSpan::begin);
    return behind != reach.begin() && span.begin < std::prev(behind)->end;
  }

  // A paragraph that opens with a few words and a colon, or a short line without a stop.
  static bool OpensPart(const BlockReading& r) {
    constexpr std::size_t kLongestKey = 6;  // words
    if (r.block->kind != BlockKind::kParagraph || r.words.empty() || !r.words[0].capital) return false;
    constexpr std::size_t kLongestLine = 10;  // words of a heading of its own
    if (r.words.size() <= kLongestLine && r.words.back().kind == WordKind::kWord) return true;
    for (std::size_t i = 1; i < std::min(r.words.size(), kLongestKey + 1); ++i) {
      if (r.words[i].key == ":") return true;
      if (r.words[i].key == "." && i < 4 && i + 1 < r.words.size() && r.words[i + 1].capital) return true;
      if (r.words[i].kind != WordKind::kWord) return false;
    }
    return false;
  }

  // The sums in a row of a table that says what they are counted in; where one column's head says it, of that column.
  void Sums(const BlockReading& row, double factor, bool of_table) {
    if (row.cells.empty()) {
      if (of_table) ReadSums(row, factor, &record_.quantities);
      return;
    }
    static constexpr std::array<std::string_view, 2> kColumns = {"note", "other"};
    const auto sums = [&](const BlockReading& cell) {
      return std::ranges::find(kColumns, cell.block->column) != kColumns.end() && ReadSums(cell, factor, nullptr) > 0;
    };
    const auto columns = std::ranges::count_if(row.cells, sums);
    if (!of_table && columns != 1) return;
    for (const BlockReading& cell : row.cells) {
      if (sums(cell)) ReadSums(cell, factor, &record_.quantities);
    }
  }

  void Quantities() {
    const std::vector<ByteSpan> tasks = TaskReach();
    const bool letter = HasNoSections(outline_);
    bool loose = false;
    const std::vector<bool> past_sections = SectionsOfThePast(outline_, rules_);
    double money = 0;       // what the sums of the table that is being read are counted in
    bool of_table = false;  // said for all its columns
    bool in_table = false;
    bool counts = false;  // its head has a column for units
    for (const BlockReading& r : readings_) {
      if (r.block->header_row) counts = CountsByUnit(r);
      if (r.block->kind == BlockKind::kTableRow || r.block->header_row) {
        in_table = true;
      } else if (r.block->kind != BlockKind::kPageHead) {
        if (in_table) money = 0;
        in_table = counts = false;
      }
      if (bool whole = false; !r.words.empty() && r.cells.empty() && r.block->kind != BlockKind::kPageHead) {
        if (const double said = MoneyOfTable(r, whole); said > 0) {
          money = said;
          of_table = whole;
        } else if (!in_table) {
          money = 0;
        }
      }
      if (money > 0 && in_table) Sums(r, money, of_table);
      if (r.block->kind == BlockKind::kHeading) loose = r.block->section < 0 && !rules_.situations.Longest(r.words, 0);
      const bool body = r.block->kind == BlockKind::kParagraph || r.block->kind == BlockKind::kBullet ||
                        r.block->kind == BlockKind::kTableRow;
      if (!body || r.block->header_row) continue;
      // "Chỉ tiêu: …", "Phân công:" in a document without sections: from there on it says what is to be done.
      if (letter && r.block->section < 0 && OpensPart(r)) loose = true;
      // Outside sections only tasks say what has to be reached, and what stands below a heading without a label.
      if (r.block->section < 0 && !loose && r.block->kind != BlockKind::kTableRow && !InTask(tasks, r.block->span))
        continue;
      const std::size_t before = record_.quantities.size();
      if (counts && money == 0) ReadCounts(r, rules_, record_.quantities);
      if (r.cells.empty()) ReadQuantities(r, rules_, record_.quantities);
      for (const BlockReading& cell : r.cells) {
        if (!IsOwnCell(r, cell)) continue;
        // "06 thôn" under "Phối hợp" acts, and is nothing to be reached.
        static constexpr std::array<std::string_view, 4> kActors = {"lead", "coordinate", "both", "person"};
        if (std::ranges::find(kActors, cell.block->column) == kActors.end())
          ReadQuantities(cell, rules_, record_.quantities);
      }
      if (r.block->section < 0 || !past_sections[static_cast<std::size_t>(r.block->section)]) continue;
      // Sums of money stay.
      const auto past = [](const Quantity& quantity) { return !quantity.of.starts_with("đồng"); };
      record_.quantities.erase(std::remove_if(record_.quantities.begin() + static_cast<std::ptrdiff_t>(before),
                                              record_.quantities.end(), past),
                               record_.quantities.end());
    }
    for (std::size_t i = 0; i < record_.quantities.size(); ++i) {
      record_.evidence["/quantities/" + std::to_string(i)] = {
          .span = record_.quantities[i].span, .confidence = 0.8, .rule = "quantity"};
    }
  }

  const DocumentText& document_;
  const Outline& outline_;
  const Tables& rules_;
  const ExtractContext& context_;
  Record& record_;
  UnitReader units_;
  UnitRegistry registry_;
  std::vector<BlockReading> readings_;
};

}  // namespace

void Extract(const DocumentText& document, const Outline& outline, const ExtractRules& rules,
             const ExtractContext& context, Record& record) {
  Extractor(document, outline, rules.tables(), context, record).Run();
}

}  // namespace hoidau
