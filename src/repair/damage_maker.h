// Makes test input: text as an engine would have damaged it, drawn from a channel.
//
//   Result<DamageMaker> latin = DamageMaker::Load("models/channel/latin.tsv");
//   latin->Damage("Thực hiện Công văn số 3093", 1) == "Thuc hién Céng vin sb 3093";   // say
//
// The same text and seed give the same damage. Words are damaged, one letter or two at a time, as often as the channel
// says; numbers, signs, white space and line ends stay.
// Thread safety: immutable after Load. Limits: real engines also err in ways that no single edit shows.
#ifndef HOIDAU_REPAIR_DAMAGE_MAKER_H_
#define HOIDAU_REPAIR_DAMAGE_MAKER_H_

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "repair/channel.h"

namespace hoidau {

class DamageMaker {
 public:
  // Reads a channel file (repair/channel.h).
  static Result<DamageMaker> Load(const std::string& path);

  std::string Damage(std::string_view text, std::uint64_t seed) const;

 private:
  struct Outcome {
    std::u32string observed;
    double probability;
  };
  std::map<std::pair<Shape, std::u32string>, std::vector<Outcome>> outcomes_;  // by printed letters
};

}  // namespace hoidau

#endif  // HOIDAU_REPAIR_DAMAGE_MAKER_H_
