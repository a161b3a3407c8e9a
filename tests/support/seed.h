// The seed of random tests: fixed, printed on failure, and set by HOIDAU_TEST_SEED to hunt further.
//
//   std::mt19937 random(TestSeed());
//   SCOPED_TRACE(SeedTrace());
//
// Thread safety: pure.
#ifndef HOIDAU_TESTS_SUPPORT_SEED_H_
#define HOIDAU_TESTS_SUPPORT_SEED_H_

#include <cstdlib>
#include <string>

namespace hoidau {

inline unsigned TestSeed() {
  const char* const set = std::getenv("HOIDAU_TEST_SEED");
  return set != nullptr ? static_cast<unsigned>(std::strtoul(set, nullptr, 10)) : 20251120U;
}

inline std::string SeedTrace() { return "HOIDAU_TEST_SEED=" + std::to_string(TestSeed()); }

}  // namespace hoidau

#endif  // HOIDAU_TESTS_SUPPORT_SEED_H_
