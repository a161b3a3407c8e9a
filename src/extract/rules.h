// The tables of extraction, loaded. Private to the module.
#ifndef HOIDAU_EXTRACT_RULES_H_
#define HOIDAU_EXTRACT_RULES_H_

#include <map>
#include <set>
#include <string>
#include <unordered_set>
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

// What an item, a heading or the words before a date tell (items.tsv).
enum class ItemWord { kTime, kPlace, kOther, kListed, kTopics, kRoster, kProgress, kMention, kCircumstance };

// How the words of a report lead to who receives it (reports.tsv).
enum class ReportWord { kDirect, kHand, kAbout, kDesk, kSubmit, kTell, kPass, kHandover, kNot, kFile, kPaper, kSign };

// Who acts without the name of a body (people.tsv).
enum class PeopleWord { kBearer, kNot, kHonour, kMember, kOffice, kHead, kBoard };

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
  std::unordered_set<std::string> name_stops;              // syllables that end a name
  PhraseTable inner;                                       // → 1: what begins with one and ends no name
  std::unordered_set<std::string> territories;             // syllables that head the name of a village
  PhraseTable unit_levels;                                 // → 1: levels of government behind a name
  PhraseTable people;                                      // → PeopleWord
  PhraseTable item_keys;                                   // → ItemWord: keys before a colon
  PhraseTable item_headings;                               // → ItemWord
  PhraseTable before_dates;                                // → ItemWord: what makes a date no time of an action
  PhraseTable circumstances;                               // → ItemWord
  PhraseTable report_verbs;                                // → ReportWord
  PhraseTable report_files;                                // → ReportWord: papers that are handed over
  PhraseTable report_papers;                               // → ReportWord: papers that report, what is to be signed
  PhraseTable verbs;                                       // → 1
  PhraseTable agents;                                      // → 1: verbs behind "do X" by which X acts
  std::vector<std::pair<std::string, std::string>> types;  // code, name
  PhraseTable type_names;                                  // → index into types
  std::map<std::string, std::size_t> type_codes;           // upper case code → index into types
  PhraseTable signature;                                   // → 1 authority (TM), 2 on behalf (KT, TL, TUQ)
  std::unordered_set<std::string> office_words;            // syllables of an office
  PhraseTable events;  // → 1 noun that names a gathering, 2 one whose name may hold a list, 3 none, 4 of a body, 5 an
                       // act, 6 "tổ chức", 7 one that needs a name
  PhraseTable event_duties;                         // → 1: duties with an hour that are no gatherings
  PhraseTable venues;                               // → 1: nouns that open a place behind a comma
  std::map<std::string, std::string> symbol_parts;  // short forms in symbols by their letters without marks
  PhraseTable mended;                               // → 1: phrases known in spite of a wrong letter
  PhraseTable counted;         // → 1 noun, 2 measure that goes on to its noun, 3 measure that is no target
  PhraseTable agents_counted;  // → 1: counted people and bodies, of whom a verb behind tells what they do
  PhraseTable things;          // → 1: counted things of one syllable whose name goes on with their use
  PhraseTable noun_ends;       // → 1: words that end a noun, 2 a clause, 3 a trait, 4 an act, 5 a place
  PhraseTable sizes;           // → 1: what a number behind a noun tells its size in, "29 chỗ"
  PhraseTable levels;          // → 1: parts of the country, which tell where
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
