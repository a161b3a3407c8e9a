#include "extract/rules.h"

#include <algorithm>
#include <array>
#include <memory>
#include <utility>

#include "text/rule_table.h"
#include "text/syllable.h"
#include "text/unicode.h"

namespace hoidau {
namespace {

constexpr std::array<std::pair<std::string_view, UnitKind>, 7> kUnitKinds = {{{"head", UnitKind::kHead},
                                                                              {"open", UnitKind::kOpen},
                                                                              {"body", UnitKind::kBody},
                                                                              {"group", UnitKind::kGroup},
                                                                              {"person", UnitKind::kPerson},
                                                                              {"title", UnitKind::kTitle},
                                                                              {"not", UnitKind::kNot}}};

Status LoadUnits(const RuleFolders& folders, ExtractRules::Tables& tables) {
  const auto rows = folders.Read("units.tsv", 4);
  if (!rows) return rows.error();
  for (const RuleRow& row : *rows) {
    const std::string &kind = row.cells[0], &phrase = row.cells[1], &scope = row.cells[2];
    if (kind == "short") {
      if (row.cells[3].empty()) return RuleError(row, "a short form needs its full form");
      tables.short_forms.Add(phrase, static_cast<int>(tables.long_forms.size()));
      tables.long_forms.push_back(row.cells[3]);
      continue;
    }
    if (kind == "part") {
      tables.name_parts.Add(phrase, 1);
      continue;
    }
    const auto known = std::ranges::find(kUnitKinds, kind, &std::pair<std::string_view, UnitKind>::first);
    if (known == kUnitKinds.end()) return RuleError(row, "unknown kind: " + kind);
    if (scope != "keep" && scope != "drop") return RuleError(row, "keep or drop expected: " + scope);
    (known->second == UnitKind::kGroup ? tables.group_phrases : tables.unit_phrases)
        .Add(phrase, static_cast<int>(tables.units.size()));
    tables.units.push_back({.kind = known->second, .keep_level = scope == "keep", .name = row.cells[3]});
  }
  return Done{};
}

Status LoadPlaces(const RuleFolders& folders, ExtractRules::Tables& tables) {
  const auto rows = folders.Read("places.tsv", 6);
  if (!rows) return rows.error();
  for (const RuleRow& row : *rows) {
    const std::string &code = row.cells[0], &kind = row.cells[1], &name = row.cells[2], &province = row.cells[3];
    if (kind == "province") {
      tables.province_names.Add(name, static_cast<int>(tables.provinces.size()));
      tables.provinces.push_back(name);
    } else {
      tables.communes.emplace(ToLower(kind + " " + name), PlaceRule{name, kind, province, code});
    }
  }
  return Done{};
}

}  // namespace

Result<ExtractRules> ExtractRules::Load(const std::string& models_dir, const std::string& office_dir) {
  const Result<RuleFolders> folders = RuleFolders::Open(models_dir, office_dir);
  if (!folders) return folders.error();
  auto tables = std::make_shared<Tables>();
  if (const Status units = LoadUnits(*folders, *tables); !units) return units.error();
  if (const Status places = LoadPlaces(*folders, *tables); !places) return places.error();

  const auto verbs = folders->Read("verbs.tsv", 2);
  if (!verbs) return verbs.error();
  for (const RuleRow& row : *verbs) {
    if (row.cells[0] != "verb" && row.cells[0] != "agent")
      return RuleError(row, "verb or agent expected: " + row.cells[0]);
    (row.cells[0] == "agent" ? tables->agents : tables->verbs).Add(row.cells[1], 1);
  }

  const auto events = folders->Read("events.tsv", 2);
  if (!events) return events.error();
  for (const RuleRow& row : *events) {
    if (row.cells[0] == "venue") {
      tables->venues.Add(row.cells[1], 1);
      continue;
    }
    if (row.cells[0] == "duty") {
      tables->event_duties.Add(row.cells[1], 1);
      continue;
    }
    const int kind = row.cells[0] == "event"     ? 1
                     : row.cells[0] == "course"  ? 2
                     : row.cells[0] == "not"     ? 3
                     : row.cells[0] == "session" ? 4
                     : row.cells[0] == "rite"    ? 5
                                                 : 0;
    if (kind == 0) return RuleError(row, "event, course, not, session, rite, duty or venue expected: " + row.cells[0]);
    tables->events.Add(row.cells[1], kind);
  }

  const auto mended = folders->Read("mend.tsv", 2);
  if (!mended) return mended.error();
  for (const RuleRow& row : *mended) {
    if (row.cells[0] == "symbol") {
      tables->symbol_parts.emplace(StripMarks(ToUpper(row.cells[1])), row.cells[1]);
      continue;
    }
    if (row.cells[0] != "date" && row.cells[0] != "duty")
      return RuleError(row, "date, duty or symbol expected: " + row.cells[0]);
    tables->mended.Add(row.cells[1], 1);
  }

  const auto columns = folders->Read("columns.tsv", 2);
  if (!columns) return columns.error();
  for (const RuleRow& row : *columns) {
    static constexpr std::array<std::pair<std::string_view, ColumnKey>, 5> kKeys = {
        {{"lead", ColumnKey::kLead},
         {"coordinate", ColumnKey::kCoordinate},
         {"both", ColumnKey::kBoth},
         {"time", ColumnKey::kTime},
         {"product", ColumnKey::kResult}}};
    const auto key = std::ranges::find(kKeys, row.cells[0], &std::pair<std::string_view, ColumnKey>::first);
    if (key != kKeys.end()) tables->column_keys.Add(row.cells[1], static_cast<int>(key->second));
  }

  const auto quantities = folders->Read("quantities.tsv", 2);
  if (!quantities) return quantities.error();
  for (const RuleRow& row : *quantities) {
    const std::string& kind = row.cells[0];
    if (kind == "noun")
      tables->counted.Add(row.cells[1], 1);
    else if (kind == "open")
      tables->counted.Add(row.cells[1], 2);
    else if (kind == "not")
      tables->counted.Add(row.cells[1], 3);
    else if (kind == "thing")
      tables->things.Add(row.cells[1], 1);
    else if (kind == "end")
      tables->noun_ends.Add(row.cells[1], 1);
    else if (kind == "clause")
      tables->noun_ends.Add(row.cells[1], 2);
    else if (kind == "trait")
      tables->noun_ends.Add(row.cells[1], 3);
    else if (kind == "act")
      tables->noun_ends.Add(row.cells[1], 4);
    else if (kind == "where")
      tables->noun_ends.Add(row.cells[1], 5);
    else if (kind == "size")
      tables->sizes.Add(row.cells[1], 1);
    else if (kind == "level")
      tables->levels.Add(row.cells[1], 1);
    else if (kind == "before")
      tables->number_names.Add(row.cells[1], 1);
    else if (kind == "perhaps")
      tables->number_names.Add(row.cells[1], 2);
    else if (kind == "situation")
      tables->situations.Add(row.cells[1], 1);
    else
      return RuleError(row,
                       "noun, open, not, thing, end, clause, trait, act, where, size, level, before, perhaps or "
                       "situation expected: " +
                           kind);
  }

  const auto types = folders->Read("doctypes.tsv", 2);
  if (!types) return types.error();
  for (const RuleRow& row : *types) {
    tables->type_names.Add(row.cells[1], static_cast<int>(tables->types.size()));
    tables->type_codes.try_emplace(ToUpper(row.cells[0]), tables->types.size());
    tables->types.emplace_back(row.cells[0], row.cells[1]);
  }

  const auto signature = folders->Read("signature.tsv", 2);
  if (!signature) return signature.error();
  for (const RuleRow& row : *signature) {
    const int kind = row.cells[0] == "authority" ? 1 : row.cells[0] == "behalf" ? 2 : 0;
    if (kind == 0) return RuleError(row, "authority or behalf expected: " + row.cells[0]);
    tables->signature.Add(row.cells[1], kind);
  }

  const auto holidays = folders->Read("holidays.tsv", 2);
  if (!holidays) return holidays.error();
  for (const RuleRow& row : *holidays) {
    const auto day = ParseIsoDay(row.cells[0]);
    if (!day) return RuleError(row, "a day as 2026-01-31 expected: " + row.cells[0]);
    tables->holidays.insert(*day);
  }

  ExtractRules rules;
  rules.tables_ = std::move(tables);
  return rules;
}

}  // namespace hoidau
