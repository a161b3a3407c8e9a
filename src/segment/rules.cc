#include "segment/rules.h"

#include <algorithm>
#include <array>
#include <memory>
#include <utility>

#include "text/rule_table.h"

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
    (whole ? tables->whole_headings : tables->heading_roles)
        .Add(row.cells[1], IndexOf(tables->roles, row.cells[0].substr(whole ? 1 : 0)));
  }

  const auto hints = folders->Read("heading_hints.tsv", 2);
  if (!hints) return hints.error();
  for (const RuleRow& row : *hints) {
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
    tables->column_heads.Add(row.cells[1], IndexOf(tables->columns, row.cells[0]));
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

  SegmentRules rules;
  rules.tables_ = std::move(tables);
  return rules;
}

}  // namespace hoidau
