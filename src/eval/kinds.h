// Kinds of damage that need no page: what becomes of a right text.
//
//   DamageText("Kế hoạch", TextDamage::kStripped, 1) == "Ke hoach";
//   DamageText("QUYẾT ĐỊNH", TextDamage::kLost, 1);   // "QUYT ĐNH": letters lost with their tone
//   TextDamageOf("stripped") == TextDamage::kStripped;
//
// Thread safety: pure; the same text and seed give the same damage. Limits: input is NFC. Lines stay lines.
#ifndef HOIDAU_EVAL_KINDS_H_
#define HOIDAU_EVAL_KINDS_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace hoidau {

enum class TextDamage {
  kClean,         // as it is
  kStripped,      // all marks off
  kLost,          // nine of ten letters with a tone are gone, tone and all
  kOldPlacement,  // hòa, ủy
  kNewPlacement,  // hoà, uỷ
  kNfd,           // decomposed
};

std::string DamageText(std::string_view text, TextDamage damage, std::uint64_t seed);

std::optional<TextDamage> TextDamageOf(std::string_view name);
// In the order of the enumerators: clean stripped lost old new nfd.
const std::vector<std::string>& TextDamageNames();

}  // namespace hoidau

#endif  // HOIDAU_EVAL_KINDS_H_
