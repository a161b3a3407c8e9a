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

// The syllable of a row that must have one alone.
Status AddSyllable(const RuleRow& row, std::unordered_set<std::string>& syllables) {
  const std::vector<KeyWord> words = KeyWords(row.cells[1]);
  if (words.size() != 1) return RuleError(row, "one syllable expected: " + row.cells[1]);
  syllables.insert(words[0].key);
  return Done{};
}

Status LoadNames(const RuleFolders& folders, ExtractRules::Tables& tables) {
  const auto rows = folders.Read("names.tsv", 2);
  if (!rows) return rows.error();
  for (const RuleRow& row : *rows) {
    const std::string &kind = row.cells[0], &phrase = row.cells[1];
    Status added = Done{};
    if (kind == "stop")
      added = AddSyllable(row, tables.name_stops);
    else if (kind == "territory")
      added = AddSyllable(row, tables.territories);
    else if (kind == "inner")
      tables.inner.Add(phrase, 1);
    else if (kind == "level")
      tables.unit_levels.Add(phrase, 1);
    else
      return RuleError(row, "stop, inner, territory or level expected: " + kind);
    if (!added) return added.error();
  }
  return Done{};
}

// Adds the phrases of a table to those of their kind. `kinds`: name, value, where it goes.
template <typename Kind>
struct KindOfWord {
  std::string_view name;
  Kind kind;
  PhraseTable* table;
};
template <typename Kind, std::size_t kCount>
Status LoadWords(const RuleFolders& folders, const std::string& file,
                 const std::array<KindOfWord<Kind>, kCount>& kinds) {
  const auto rows = folders.Read(file, 2);
  if (!rows) return rows.error();
  for (const RuleRow& row : *rows) {
    const auto known = std::ranges::find(kinds, row.cells[0], &KindOfWord<Kind>::name);
    if (known == kinds.end()) {
      std::string names;
      for (const KindOfWord<Kind>& kind : kinds) names += (names.empty() ? "" : ", ") + std::string(kind.name);
      return RuleError(row, "one of " + names + " expected: " + row.cells[0]);
    }
    known->table->Add(row.cells[1], static_cast<int>(known->kind));
  }
  return Done{};
}

Status LoadPeople(const RuleFolders& folders, ExtractRules::Tables& tables) {
  PhraseTable* const people = &tables.people;
  return LoadWords<PeopleWord, 7>(folders, "people.tsv",
                                  {{{"bearer", PeopleWord::kBearer, people},
                                    {"not", PeopleWord::kNot, people},
                                    {"honour", PeopleWord::kHonour, people},
                                    {"member", PeopleWord::kMember, people},
                                    {"office", PeopleWord::kOffice, people},
                                    {"head", PeopleWord::kHead, people},
                                    {"board", PeopleWord::kBoard, people}}});
}

Status LoadItems(const RuleFolders& folders, ExtractRules::Tables& tables) {
  PhraseTable *const keys = &tables.item_keys, *const headings = &tables.item_headings;
  return LoadWords<ItemWord, 9>(folders, "items.tsv",
                                {{{"time", ItemWord::kTime, keys},
                                  {"place", ItemWord::kPlace, keys},
                                  {"other", ItemWord::kOther, keys},
                                  {"listed", ItemWord::kListed, headings},
                                  {"topics", ItemWord::kTopics, headings},
                                  {"roster", ItemWord::kRoster, headings},
                                  {"progress", ItemWord::kProgress, headings},
                                  {"mention", ItemWord::kMention, &tables.before_dates},
                                  {"circumstance", ItemWord::kCircumstance, &tables.circumstances}}});
}

Status LoadReports(const RuleFolders& folders, ExtractRules::Tables& tables) {
  PhraseTable *const verbs = &tables.report_verbs, *const papers = &tables.report_papers;
  return LoadWords<ReportWord, 12>(folders, "reports.tsv",
                                   {{{"direct", ReportWord::kDirect, verbs},
                                     {"hand", ReportWord::kHand, verbs},
                                     {"about", ReportWord::kAbout, verbs},
                                     {"desk", ReportWord::kDesk, verbs},
                                     {"submit", ReportWord::kSubmit, verbs},
                                     {"tell", ReportWord::kTell, verbs},
                                     {"pass", ReportWord::kPass, verbs},
                                     {"handover", ReportWord::kHandover, verbs},
                                     {"not", ReportWord::kNot, verbs},
                                     {"file", ReportWord::kFile, &tables.report_files},
                                     {"paper", ReportWord::kPaper, papers},
                                     {"sign", ReportWord::kSign, papers}}});
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
  if (const Status names = LoadNames(*folders, *tables); !names) return names.error();
  if (const Status people = LoadPeople(*folders, *tables); !people) return people.error();
  if (const Status items = LoadItems(*folders, *tables); !items) return items.error();
  if (const Status reports = LoadReports(*folders, *tables); !reports) return reports.error();

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
                     : row.cells[0] == "hold"    ? 6
                     : row.cells[0] == "open"    ? 7
                                                 : 0;
    if (kind == 0)
      return RuleError(row, "event, course, not, open, session, rite, hold, duty or venue expected: " + row.cells[0]);
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
    else if (kind == "agent")
      tables->agents_counted.Add(row.cells[1], 1);
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
                       "noun, open, not, thing, agent, end, clause, trait, act, where, size, level, before, perhaps or "
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
    if (row.cells[0] == "office") {
      if (const Status added = AddSyllable(row, tables->office_words); !added) return added.error();
      continue;
    }
    const int kind = row.cells[0] == "authority" ? 1 : row.cells[0] == "behalf" ? 2 : 0;
    if (kind == 0) return RuleError(row, "authority, behalf or office expected: " + row.cells[0]);
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
