// Damage: what scanners, copiers and time do to a page, step by step, seeded and described so that a page can be made
// again.
//
//   Rng rng(42);
//   const std::vector<DamageStep> steps = *DamagePreset("fax", rng);     // numbers drawn once, kept in the steps
//   Result<Raster> scan = ApplyDamage(page, 300, steps);                 // same page and steps: same pixels
//
// Thread safety: pure functions. Limits: pages of one size in, any size out (the step "resample" changes it).
#ifndef HOIDAU_TOOLS_PRINT_DAMAGE_H_
#define HOIDAU_TOOLS_PRINT_DAMAGE_H_

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "random.h"
#include "raster.h"

namespace hoidau::print {

// One step: its name, its numbers, and the seed of its randomness. Lengths are in points (1/72 inch), so that a step
// means the same at any resolution; sigma in pixels of the image it meets; levels 0-255.
struct DamageStep {
  std::string name;
  std::map<std::string, double> params;
  std::uint64_t seed = 0;
};

struct Scan {
  Raster image;
  int dpi = 0;
};

// kBadInput for a step that does not exist or lacks a number.
Result<Scan> ApplyDamage(const Raster& page, int dpi, const std::vector<DamageStep>& steps);

// Names of the presets, in the order of growing damage.
std::vector<std::string> DamagePresets();
// The steps of a preset, its ranges drawn from `rng`. kNotFound.
Result<std::vector<DamageStep>> DamagePreset(std::string_view name, Rng& rng);

}  // namespace hoidau::print

#endif  // HOIDAU_TOOLS_PRINT_DAMAGE_H_
