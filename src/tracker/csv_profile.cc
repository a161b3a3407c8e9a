#include "tracker/csv_profile.h"

#include <optional>
#include <string_view>

#include "text/rule_table.h"

namespace hoidau {
namespace {

std::string Replaced(std::string text, std::string_view what, std::string_view by) {
  const std::size_t at = text.find(what);
  return at == std::string::npos ? text : text.replace(at, what.size(), by);
}

// A day in the profile's form; anything else as it is.
std::string Day(const std::string& day, const std::string& form) {
  if (!IsDay(day)) return day;
  return Replaced(Replaced(Replaced(form, "yyyy", day.substr(0, 4)), "MM", day.substr(5, 2)), "dd", day.substr(8, 2));
}

std::vector<std::string> SplitAt(std::string_view text, std::string_view between) {
  std::vector<std::string> parts;
  while (true) {
    const std::size_t at = text.find(between);
    parts.emplace_back(text.substr(0, at));
    if (at == std::string_view::npos) return parts;
    text.remove_prefix(at + between.size());
  }
}

// The value of a field by its name; nothing where there is no such field.
std::optional<std::string> FieldValue(std::string_view name, const Change& change, const std::string& date_form) {
  if (name == "description") return Description(change.item);
  if (name == "key") return change.key;
  for (const TextField& field : kTextFields) {
    if (name != field.name) continue;
    const std::string& value = change.item.*field.member;
    const bool day = name == "due" || name == "start" || name == "issued";
    return day ? Day(value, date_form) : value;
  }
  for (const ListField& field : kListFields) {
    if (name == field.name) return Joined(change.item.*field.member, ", ");
  }
  return std::nullopt;
}

}  // namespace

Result<CsvProfile> CsvProfile::Read(const std::string& path) {
  const Result<std::vector<RuleRow>> rows = ReadRuleTable(path, 3);
  if (!rows) return rows.error();
  CsvProfile profile;
  for (const RuleRow& row : *rows) {
    const std::string &kind = row.cells[0], &name = row.cells[1], &value = row.cells[2];
    if (kind == "option" && name == "date") {
      profile.date_form_ = value;
    } else if (kind == "option" && name == "key") {
      profile.key_ = value;
    } else if (kind == "column" && !name.empty()) {
      profile.columns_.push_back({.head = name, .lines = SplitAt(value, "\\n")});
      for (std::size_t at = value.find('{'); at != std::string::npos; at = value.find('{', at + 1)) {
        const std::size_t end = value.find('}', at);
        const std::string field = value.substr(at + 1, end == std::string::npos ? end : end - at - 1);
        if (end == std::string::npos || !FieldValue(field, {}, "")) {
          return RuleError(path, row, "no such field: {" + field + "}");
        }
      }
    } else {
      return RuleError(path, row, "\"column\" with a head, or \"option\" date or key expected");
    }
  }
  if (profile.columns_.empty()) return Error{ErrorCode::kModel, path + ": a profile without columns"};
  return profile;
}

bool CsvProfile::Carries(const Change& change) const {
  if (change.action == Action::kCreate) return true;
  return change.action == Action::kUpdate && !key_.empty() && !change.key.empty();
}

std::string CsvProfile::Cell(const ColumnRule& rule, const Change& change) const {
  std::string cell;
  for (const std::string& line : rule.lines) {
    std::string filled;
    bool any_field = false, any_value = false;
    for (std::size_t at = 0; at < line.size();) {
      const std::size_t open = line.find('{', at);
      filled += line.substr(at, open == std::string::npos ? open : open - at);
      if (open == std::string::npos) break;
      const std::size_t close = line.find('}', open);
      const std::string value = FieldValue(line.substr(open + 1, close - open - 1), change, date_form_).value_or("");
      any_field = true;
      any_value |= !value.empty();
      filled += value;
      at = close + 1;
    }
    if (any_field && !any_value) continue;
    cell += (cell.empty() ? "" : "\n") + filled;
  }
  return cell;
}

Table CsvProfile::Fill(const std::vector<Change>& changes) const {
  Table table;
  for (const ColumnRule& rule : columns_) table.columns.push_back({.head = rule.head});
  for (const Change& change : changes) {
    if (!Carries(change)) continue;
    std::vector<std::string>& row = table.rows.emplace_back();
    for (const ColumnRule& rule : columns_) row.push_back(Cell(rule, change));
  }
  return table;
}

}  // namespace hoidau
