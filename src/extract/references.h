// Citations of documents: "Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị", "Luật Thú y năm 2015".
// Private to the module.
#ifndef HOIDAU_EXTRACT_REFERENCES_H_
#define HOIDAU_EXTRACT_REFERENCES_H_

#include <string>
#include <unordered_map>
#include <vector>

#include "extract/reading.h"
#include "extract/rules.h"
#include "extract/units.h"

namespace hoidau {

// A symbol whose parts lost a mark or a letter, with the short forms that every office writes: "41/KH-DCT" →
// "41/KH-ĐCT", "2204/SNNMIT-MT" → "2204/SNNMT-MT". A part that may be right stands.
std::string MendSymbol(const std::string& symbol, const ExtractRules::Tables& rules);

class ReferenceReader {
 public:
  ReferenceReader(const ExtractRules::Tables& rules, const UnitReader& units) : rules_(rules), units_(units) {}

  // Adds the documents that a block cites to `out`, the same list for all blocks of a document, and marks its dates
  // that belong to them.
  void Read(BlockReading& reading, const OptionalString& own_symbol, std::vector<Reference>& out);

  // A document symbol ("57-NQ/TW", "29/2025/NQ-HĐND") at words[at]: joined, and the word behind it; empty: none.
  static std::string Symbol(const std::string& text, const std::vector<KeyWord>& words, std::size_t at,
                            std::size_t& end);

 private:
  bool ReadLaw(BlockReading& reading, std::size_t at, std::size_t& end, std::vector<Reference>& out);
  void ReadDateAndIssuer(BlockReading& reading, std::size_t& at, Reference& reference) const;
  void ReadPassed(BlockReading& reading, std::size_t& at, Reference& reference) const;
  void Merge(Reference reference, std::vector<Reference>& out);

  const ExtractRules::Tables& rules_;
  const UnitReader& units_;
  std::unordered_map<std::string, std::vector<std::size_t>> by_key_;  // indices into `out` by symbol or title
};

}  // namespace hoidau

#endif  // HOIDAU_EXTRACT_REFERENCES_H_
