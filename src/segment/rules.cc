#include "segment/rules.h"

#include <algorithm>
#include <array>
#include <memory>
#include <utility>

#include "text/rule_table.h"
#include "text/unicode.h"

namespace hoidau {
namespace {

constexpr std::array<std::pair<std::string_view, Landmark>, 10> kLandmarks = {{
    {"motto", Landmark::kMotto},
    {"basis", Landmark::kBasis},
    {"opener", Landmark::kOpener},
    {"closing", Landmark::kClosing},
    {"addressee", Landmark::kAddressee},
    {"recipients", Landmark::kRecipients},
    {"authority", Landmark::kAuthority},
    {"position", Landmark::kPosition},
    {"appendix-ref", Landmark::kAppendixRef},
    {"signed", Landmark::kSigned},
}};

constexpr std::array<std::string_view, 14> kRoles = {
    "purpose", "requirements", "purpose_and_requirements", "theme", "content", "forms", "schedule", "place",
    "budget",  "assignment",   "implementation",           "unit",  "event",   "other"};
constexpr std::array<std::string_view, 12> kColumns = {"number",  "work", "lead",   "coordinate", "both",  "time",
                                                       "product", "note", "person", "place",      "other", "tail"};

bool IsRole(std::string_view role) { return std::ranges::find(kRoles, role) != kRoles.end(); }

int IndexOf(std::vector<std::string>& names, const std::string& name) {
  const auto found = std::ranges::find(names, name);
  if (found == names.end()) {
    names.push_back(name);
    return static_cast<int>(names.size()) - 1;
  }
  return static_cast<int>(found - names.begin());
}

}  // namespace

Result<SegmentRules> SegmentRules::Load(const std::string& models_dir, const std::string& office_dir) {
  const Result<RuleFolders> folders = RuleFolders::Open(models_dir, office_dir);
  if (!folders) return folders.error();
  auto tables = std::make_shared<Tables>();

  const auto headings = folders->Read("headings.tsv", 2);
  if (!headings) return headings.error();
  for (const RuleRow& row : *headings) {
    const bool whole = row.cells[0].starts_with('=');
    if (const std::string role = row.cells[0].substr(whole ? 1 : 0); !IsRole(role))
      return RuleError(row, "unknown role: " + role);
    (whole ? tables->whole_headings : tables->heading_roles)
        .Add(row.cells[1], IndexOf(tables->roles, row.cells[0].substr(whole ? 1 : 0)));
  }

  const auto hints = folders->Read("heading_hints.tsv", 2);
  if (!hints) return hints.error();
  for (const RuleRow& row : *hints) {
    if (!IsRole(row.cells[0])) return RuleError(row, "unknown role: " + row.cells[0]);
    tables->heading_hints.Add(row.cells[1], IndexOf(tables->roles, row.cells[0]));
  }

  const auto landmarks = folders->Read("landmarks.tsv", 2);
  if (!landmarks) return landmarks.error();
  int stages = 0;
  for (const RuleRow& row : *landmarks) {
    if (row.cells[0] == "stage") {
      tables->stages.Add(row.cells[1], stages++);
      continue;
    }
    const auto kind = std::ranges::find(kLandmarks, row.cells[0], &std::pair<std::string_view, Landmark>::first);
    if (kind == kLandmarks.end()) return RuleError(row, "unknown kind: " + row.cells[0]);
    tables->landmarks.Add(row.cells[1], static_cast<int>(kind->second));
  }

  const auto types = folders->Read("doctypes.tsv", 2);
  if (!types) return types.error();
  for (const RuleRow& row : *types) tables->types.Add(row.cells[1], 1);

  const auto columns = folders->Read("columns.tsv", 2);
  if (!columns) return columns.error();
  for (const RuleRow& row : *columns) {
    const bool hint = row.cells[0].starts_with('~');
    const std::string kind = row.cells[0].substr(hint ? 1 : 0);
    if (std::ranges::find(kColumns, kind) == kColumns.end()) return RuleError(row, "unknown kind: " + row.cells[0]);
    (hint ? tables->column_hints : tables->column_heads).Add(row.cells[1], IndexOf(tables->columns, kind));
  }

  const auto units = folders->Read("units.tsv", 4);
  if (!units) return units.error();
  for (const RuleRow& row : *units) {
    const std::string& kind = row.cells[0];
    if (kind == "group") tables->group_nouns.Add(row.cells[1], 1);
    if (kind == "group" || kind == "part" ||
        (kind == "short" && !row.cells[3].starts_with("Ủy ban") && !row.cells[3].starts_with("Hội đồng")))
      continue;
    const UnitHead head = kind == "head"    ? UnitHead::kCapitalFollows
                          : kind == "title" ? UnitHead::kUnitFollows
                          : kind == "open"  ? UnitHead::kNameFollows
                          : kind == "not"   ? UnitHead::kNone
                                            : UnitHead::kWhole;
    tables->unit_heads.Add(row.cells[1], static_cast<int>(head));
  }

  const auto verbs = folders->Read("verbs.tsv", 2);
  if (!verbs) return verbs.error();
  for (const RuleRow& row : *verbs) {
    if (row.cells[0] == "verb") tables->verbs.Add(row.cells[1], 1);
  }

  const auto lines = folders->Read("lines.tsv", 2);
  if (!lines) return lines.error();
  for (const RuleRow& row : *lines) {
    const std::vector<KeyWord> words = KeyWords(row.cells[1]);
    if (words.size() != 1) return RuleError(row, "one syllable expected: " + row.cells[1]);
    if (row.cells[0] == "open")
      tables->open_ends.insert(words[0].key);
    else if (row.cells[0] == "open-cell")
      tables->open_cell_ends.insert(words[0].key);
    else if (row.cells[0] == "time")
      tables->time_openings.insert(words[0].key);
    else
      return RuleError(row, "open, open-cell or time expected: " + row.cells[0]);
  }

  const auto names = folders->Read("names.tsv", 2);
  if (!names) return names.error();
  for (const RuleRow& row : *names) {
    if (row.cells[0] == "territory") tables->territories.insert(ToLower(row.cells[1]));
  }

  SegmentRules rules;
  rules.tables_ = std::move(tables);
  return rules;
}

}  // namespace hoidau
