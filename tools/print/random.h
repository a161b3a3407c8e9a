// Rng: a small seeded generator whose numbers are the same on every machine (the distributions of <random> are not).
//
//   Rng rng(7);  Rng(7).Next() == Rng(7).Next();
//   double angle = rng.Uniform(-0.5, 0.5);  if (rng.Chance(0.1)) …;  font = fonts[rng.Below(fonts.size())];
//
// Method: SplitMix64 (Steele, Lea, Flood 2014). Thread safety: one generator a thread. Limits: not for secrets.
#ifndef HOIDAU_TOOLS_PRINT_RANDOM_H_
#define HOIDAU_TOOLS_PRINT_RANDOM_H_

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <numbers>

namespace hoidau::print {

class Rng {
 public:
  explicit Rng(std::uint64_t seed) : state_(seed) {}

  std::uint64_t Next() {
    std::uint64_t z = state_ += 0x9e3779b97f4a7c15ULL;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
    return z ^ (z >> 31);
  }
  // A generator of its own for a named part, so that a change in one part leaves the others as they were.
  Rng Fork(std::uint64_t part) const { return Rng(Rng(state_ ^ (part * 0xd1342543de82ef95ULL)).Next()); }

  double Unit() { return static_cast<double>(Next() >> 11) * 0x1.0p-53; }  // [0, 1)
  double Uniform(double low, double high) { return low + (high - low) * Unit(); }
  std::size_t Below(std::size_t count) { return static_cast<std::size_t>(Next() % count); }  // REQUIRES: count > 0
  int Int(int low, int high) { return low + static_cast<int>(Below(static_cast<std::size_t>(high - low + 1))); }
  bool Chance(double p) { return Unit() < p; }
  double Normal() {  // mean 0, variance 1
    return std::sqrt(-2 * std::log(1 - Unit())) * std::cos(2 * std::numbers::pi * Unit());
  }

 private:
  std::uint64_t state_;
};

}  // namespace hoidau::print

#endif  // HOIDAU_TOOLS_PRINT_RANDOM_H_
