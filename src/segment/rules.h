// The tables of segmentation, loaded. Private to the module.
#ifndef HOIDAU_SEGMENT_RULES_H_
#define HOIDAU_SEGMENT_RULES_H_

#include <string>
#include <unordered_set>
#include <vector>

#include "segment/segment.h"
#include "text/phrases.h"

namespace hoidau {

// Fixed phrases that mark a place in the document (landmarks.tsv).
enum class Landmark {
  kMotto,        // lines of the national or party motto
  kBasis,        // Căn cứ, Thực hiện: paragraphs before the body
  kOpener,       // Trên cơ sở, Nhằm: other ways a body begins
  kClosing,      // Trên đây là
  kAddressee,    // Kính gửi
  kRecipients,   // Nơi nhận
  kAuthority,    // TM., KT., T/M
  kPosition,     // CHỦ TỊCH
  kAppendixRef,  // (Kèm theo Kế hoạch số …)
  kSigned        // (đã ký)
};

// What the beginning of a unit's name asks of the words behind it.
enum class UnitHead { kNone, kWhole, kCapitalFollows, kUnitFollows, kNameFollows };

struct SegmentRules::Tables {
  std::vector<std::string> roles;
  PhraseTable heading_roles;   // → index into roles
  PhraseTable whole_headings;  // → index into roles: the heading as a whole
  PhraseTable heading_hints;   // → index into roles: words that tell a role wherever they stand in a heading
  PhraseTable landmarks;       // → Landmark
  PhraseTable stages;          // → number of the row: words that head a part with a number, "giai đoạn"
  PhraseTable types;           // names of document types → 1
  std::vector<std::string> columns;
  PhraseTable column_heads;                   // → index into columns
  PhraseTable column_hints;                   // → index into columns: words of a head that is not known as a whole
  PhraseTable unit_heads;                     // → UnitHead
  PhraseTable group_nouns;                    // → 1: what "các" or a number makes a collective of
  PhraseTable verbs;                          // → 1: words that begin a duty
  std::unordered_set<std::string> open_ends;  // syllables that a line of prose does not end with
  std::unordered_set<std::string> open_cell_ends;  // the same of a line in a cell
  std::unordered_set<std::string> time_openings;   // syllables that open a cell that says when
  std::unordered_set<std::string> territories;     // syllables that head the name of a village
};

}  // namespace hoidau

#endif  // HOIDAU_SEGMENT_RULES_H_
