// What a source itself says of a word beside its first reading: how sure it is, and which others it saw. Recognisers
// rank the printed word second in every third word that they get wrong.
//
//   Evidence evidence(document, atomized);
//   evidence.Cost(at, "tô", true);    // 1.3: the recogniser was not sure
//   evidence.Cost(at, "tổ", false);   // -2: it saw this, too
//   evidence.Cost(at, "tơ", false);   // 0.7: it did not see this
//
// Thread safety: immutable. Limits: alternatives that are cut into words and signs like the first reading.
#ifndef HOIDAU_REPAIR_EVIDENCE_H_
#define HOIDAU_REPAIR_EVIDENCE_H_

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "doc/document.h"
#include "repair/atoms.h"

namespace hoidau {

class Evidence {
 public:
  Evidence(const Document& document, const AtomizedDocument& atomized);

  // Whether the source says nothing of any word, as plain text.
  bool empty() const { return said_.empty(); }

  // Nats by which a reading of the atom is dearer, below zero cheaper, than what was read alone says; 0 where the
  // source says nothing, as plain text. `reading` is in lower case; `same`: it is the first reading.
  float Cost(std::size_t atom, std::string_view reading, bool same) const;

 private:
  struct Said {
    float doubt = 0;                        // of the first reading
    std::vector<std::string> alternatives;  // in lower case
  };
  std::unordered_map<std::size_t, Said> said_;  // by atom
};

}  // namespace hoidau

#endif  // HOIDAU_REPAIR_EVIDENCE_H_
