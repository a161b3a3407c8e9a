#include "tracker/work_item.h"

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <set>
#include <utility>

#include "base/uuid.h"
#include "text/rule_table.h"
#include "text/unicode.h"

namespace hoidau {
namespace {

constexpr std::size_t kTitleCodePoints = 250;  // Jira and GitLab take 255
// The space of our names: Uuid5(kUuidDns, "hoidau-document"). Never change it: every identity would change.
constexpr UuidBytes kTaskSpace = {0x8e, 0xa6, 0x7c, 0xbe, 0xd2, 0x6d, 0x52, 0x94,
                                  0xb3, 0xed, 0xc2, 0x4d, 0x09, 0xa5, 0x81, 0x57};

// A blank behind it makes it a list mark: "- Tham mưu", but not "-5 độ".
constexpr std::u32string_view kListMarks = U"-–—+*•●▪=>";

std::string TitleOf(std::string_view text) {
  std::u32string points = CodePoints(text);
  while (points.size() > 1 && kListMarks.find(points[0]) != std::u32string_view::npos && points[1] == U' ') {
    points.erase(0, 2);
  }
  if (points.size() > kTitleCodePoints) {
    points.resize(kTitleCodePoints - 1);
    const std::size_t blank = points.rfind(U' ');
    if (blank != std::u32string::npos && blank > kTitleCodePoints / 2) points.resize(blank);
    points += U'…';
  }
  return ToUtf8(points);
}

std::string UnitKey(std::string_view unit) { return ToLower(FoldSpace(ToNfc(unit))); }

// Days and rule of an item from its date expression.
void SetWhen(const DateValue& when, WorkItem& item) {
  item.when = OneLine(when.text);
  item.time = when.time.value_or("");
  const std::string value = when.value.value_or("");
  if (when.start && IsDay(*when.start)) {
    item.start = *when.start;
  } else if (when.kind == "day" && IsDay(value)) {
    item.start = value;
  }
  if (when.kind == "recurring") {
    item.rule = value;
  } else if (when.kind == "annual" && value.size() == 7 && value.starts_with("--")) {
    item.rule = "FREQ=YEARLY;BYMONTH=" + std::to_string(std::atoi(value.substr(2, 2).c_str())) +
                ";BYMONTHDAY=" + std::to_string(std::atoi(value.substr(5, 2).c_str()));
  }
}

void SetUnits(const Record& record, const Task& task, const UnitMap& map, WorkItem& item) {
  for (const Assignee& assignee : task.assignees) {
    if (assignee.role != "lead") continue;
    const std::string unit = OneLine(assignee.name);
    const UnitMap::Entry* const entry = map.Find(record, assignee);
    if (entry != nullptr && item.assignee.empty()) item.assignee = entry->assignee;
    const std::string& label = entry != nullptr && !entry->label.empty() ? entry->label : unit;
    if (std::find(item.labels.begin(), item.labels.end(), label) == item.labels.end()) item.labels.push_back(label);
  }
}

}  // namespace

std::string Joined(const std::vector<std::string>& parts, std::string_view between) {
  std::string out;
  for (const std::string& part : parts) {
    if (!out.empty()) out += between;
    out += part;
  }
  return out;
}

std::string OneLine(std::string_view text) {
  std::string kept;
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = DecodeAt(text, at);
    if (IsSpace(c)) {
      kept += ' ';
    } else if (c >= 0x20 && (c < 0x7f || c > 0x9f) && c != 0xfffe && c != 0xffff) {
      AppendUtf8(c, kept);
    }
  }
  return FoldSpace(kept);
}

bool IsDay(std::string_view text) {
  if (text.size() != 10) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool hyphen = i == 4 || i == 7;
    if (hyphen ? text[i] != '-' : text[i] < '0' || text[i] > '9') return false;
  }
  const std::string copy(text);
  return std::chrono::year_month_day(std::chrono::year(std::atoi(copy.c_str())),
                                     std::chrono::month(static_cast<unsigned>(std::atoi(&copy[5]))),
                                     std::chrono::day(static_cast<unsigned>(std::atoi(&copy[8]))))
      .ok();
}

std::string OfficeDay(const std::string& text) {
  if (!IsDay(text)) return text;
  return text.substr(8, 2) + "/" + text.substr(5, 2) + "/" + text.substr(0, 4);
}

Result<UnitMap> UnitMap::Read(const std::string& path) {
  const Result<std::vector<RuleRow>> rows = ReadRuleTable(path, 3);
  if (!rows) return rows.error();
  UnitMap map;
  for (const RuleRow& row : *rows) {
    if (row.cells[0].empty()) return RuleError(path, row, "no unit");
    map.entries_.insert_or_assign(UnitKey(row.cells[0]), Entry{row.cells[0], row.cells[1], row.cells[2]});
  }
  return map;
}

const UnitMap::Entry* UnitMap::Find(std::string_view unit) const {
  const auto found = entries_.find(UnitKey(unit));
  return found == entries_.end() ? nullptr : &found->second;
}

const UnitMap::Entry* UnitMap::Find(const Record& record, const Assignee& assignee) const {
  if (entries_.empty()) return nullptr;
  if (const Entry* const entry = Find(assignee.name)) return entry;
  for (const Unit& unit : record.units) {
    if (unit.id != assignee.unit) continue;
    for (const ByteSpan& mention : unit.mentions) {
      if (const Entry* const entry = Find(mention.In(record.text))) return entry;
    }
  }
  return nullptr;
}

std::vector<std::string> UnitMap::UnitsWithoutTask(const std::vector<Record>& records) const {
  std::set<const Entry*> named;
  for (const Record& record : records) {
    for (const Task& task : record.tasks) {
      for (const Assignee& assignee : task.assignees) named.insert(Find(record, assignee));
    }
  }
  std::vector<std::string> without;
  for (const auto& [key, entry] : entries_) {
    if (!named.contains(&entry)) without.push_back(entry.unit);
  }
  return without;
}

bool HasIdentity(const Record& record) { return DocumentIdentity(record) != "sha256:"; }

std::string DocumentIdentity(const Record& record) {
  const Metadata& m = record.metadata;
  const std::string date = m.date && m.date->value ? *m.date->value : m.signed_on.value_or("");
  if (!m.number || !m.symbol || !m.issuer.name || date.size() < 4) return "sha256:" + record.source.sha256;
  return FoldSpace(*m.issuer.name) + "/" + FoldSpace(*m.symbol) + "/" + date.substr(0, 4);
}

int PageAt(const Record& record, std::size_t at) {
  const std::string_view before = std::string_view(record.text).substr(0, at);
  const auto index = static_cast<std::size_t>(std::count(before.begin(), before.end(), '\f'));
  return index < record.pages.size() ? record.pages[index].number : static_cast<int>(index) + 1;
}

std::vector<WorkItem> ItemsOf(const Record& record, const UnitMap& map) {
  const Metadata& m = record.metadata;
  WorkItem base;
  base.document = DocumentIdentity(record);
  base.symbol = OneLine(m.symbol.value_or(""));
  base.issuer = OneLine(m.issuer.name.value_or(""));
  base.subject = OneLine(m.subject.value_or(""));
  base.file = OneLine(record.source.file);
  const std::string date = m.date ? m.date->value.value_or("") : m.signed_on.value_or("");
  if (IsDay(date)) base.issued = date;

  std::vector<WorkItem> items;
  std::map<std::string, int> taken;
  const auto add = [&](WorkItem item, const std::string& text) {
    item.detail = OneLine(text);
    item.title = TitleOf(item.detail);
    // An id that a record gives twice must not make two tasks one.
    if (const int n = ++taken[item.place]; n > 1) item.place += "~" + std::to_string(n);
    item.uuid = Uuid5(kTaskSpace, item.document + "#" + item.place);
    items.push_back(std::move(item));
  };
  for (const Task& task : record.tasks) {
    WorkItem item = base;
    item.kind = "task";
    item.place = OneLine(task.id);
    item.page = std::to_string(PageAt(record, task.span.begin));
    for (const Assignee& a : task.assignees) {
      (a.role == "lead" ? item.leads : item.coordinates).push_back(OneLine(a.name));
    }
    SetUnits(record, task, map, item);
    if (task.when) SetWhen(*task.when, item);
    if (task.due && IsDay(*task.due)) item.due = *task.due;
    // The day of the work is its due day too; only a beginning before it says more.
    if (!item.due.empty() && item.start >= item.due) item.start.clear();
    add(std::move(item), task.action);
  }
  for (const Event& event : record.events) {
    WorkItem item = base;
    item.kind = "event";
    item.place = OneLine(event.id);
    item.page = std::to_string(PageAt(record, event.span.begin));
    item.where = OneLine(event.where.value_or(""));
    if (event.when) {
      SetWhen(*event.when, item);
      if (event.when->end && IsDay(*event.when->end)) item.due = *event.when->end;
    }
    add(std::move(item), event.title);
  }
  return items;
}

std::string Description(const WorkItem& item) {
  std::string out;
  const auto line = [&out](const char* label, const std::string& value) {
    if (value.empty()) return;
    out += (out.empty() ? "" : "\n") + std::string(label) + ": " + value;
  };
  line("Nội dung", item.detail);
  line("Đơn vị chủ trì", Joined(item.leads));
  line("Phối hợp", Joined(item.coordinates));
  line("Thời gian", item.when);
  line("Địa điểm", item.where);
  line("Văn bản", item.symbol + (item.symbol.empty() || item.subject.empty() ? "" : " ") + item.subject);
  line("Cơ quan ban hành", item.issuer);
  line("Nguồn", item.file + (item.page.empty() ? "" : ", trang " + item.page));
  line("Mã", item.uuid);
  return out;
}

}  // namespace hoidau
