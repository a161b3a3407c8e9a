// The tables of extraction, loaded. Private to the module.
#ifndef HOIDAU_EXTRACT_RULES_H_
#define HOIDAU_EXTRACT_RULES_H_

#include <map>
#include <set>
#include <string>
#include <vector>

#include "extract/dates.h"
#include "extract/extract.h"
#include "text/phrases.h"

namespace hoidau {

enum class UnitKind { kHead, kOpen, kBody, kGroup, kPerson, kTitle, kNot };

struct UnitRule {
  UnitKind kind = UnitKind::kBody;
  bool keep_level = false;  // the tail "xã" belongs to the name
  std::string name;         // usual casing, empty: as printed
};

// What the head of a table's column, or the key of a line, says about its value.
enum class ColumnKey { kLead, kCoordinate, kBoth, kTime, kResult };

struct PlaceRule {
  std::string name, kind, province, code;
};

struct ExtractRules::Tables {
  std::vector<UnitRule> units;
  PhraseTable unit_phrases;   // → index into units, groups left out
  PhraseTable group_phrases;  // → index into units, groups alone
  std::vector<std::string> long_forms;
  PhraseTable short_forms;                                 // → index into long_forms
  PhraseTable name_parts;                                  // → 1: small words that go on a capitalised name
  PhraseTable verbs;                                       // → 1
  PhraseTable agents;                                      // → 1: verbs behind "do X" by which X acts
  std::vector<std::pair<std::string, std::string>> types;  // code, name
  PhraseTable type_names;                                  // → index into types
  std::map<std::string, std::size_t> type_codes;           // upper case code → index into types
  PhraseTable signature;  // → 1 authority (TM), 2 on behalf (KT, TL, TUQ), 3 position
  PhraseTable
      events;  // → 1 noun that names a gathering, 2 one whose name may hold a list, 3 none, 4 of a body, 5 a rite
  PhraseTable event_duties;                         // → 1: duties with an hour that are no gatherings
  PhraseTable venues;                               // → 1: nouns that open a place behind a comma
  std::map<std::string, std::string> symbol_parts;  // short forms in symbols by their letters without marks
  PhraseTable mended;                               // → 1: phrases known in spite of a wrong letter
  PhraseTable counted;       // → 1 noun, 2 measure that goes on to its noun, 3 measure that is no target
  PhraseTable things;        // → 1: counted things of one syllable whose name goes on with their use
  PhraseTable noun_ends;     // → 1: words that end a noun, 2 a clause, 3 a trait, 4 an act, 5 a place
  PhraseTable sizes;         // → 1: what a number behind a noun tells its size in, "29 chỗ"
  PhraseTable levels;        // → 1: parts of the country, which tell where
  PhraseTable number_names;  // → 1: words that make the number behind them a name, 2 unless something counted follows
  PhraseTable column_keys;   // → ColumnKey
  PhraseTable situations;    // → 1: openings of headings that tell what was
  std::set<Day> holidays;
  std::vector<std::string> provinces;              // bare names in their usual casing
  PhraseTable province_names;                      // → index into provinces
  std::multimap<std::string, PlaceRule> communes;  // by lower-case "xã lộc vân"
};

}  // namespace hoidau

#endif  // HOIDAU_EXTRACT_RULES_H_
