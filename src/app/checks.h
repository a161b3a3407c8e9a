// Checks of options that say in a few words what is wrong.
//
//   command.add_option("--threads", threads)->check(AtLeast(0));  // "--threads: give a number of at least 0, not -1"
//
// Thread safety: pure.
#ifndef HOIDAU_APP_CHECKS_H_
#define HOIDAU_APP_CHECKS_H_

#include <charconv>
#include <functional>
#include <string>

namespace hoidau {

// What CLI11 calls with the text given: nothing where it is a number of at least `least`, else what is wrong.
inline std::function<std::string(const std::string&)> AtLeast(int least) {
  return [least](const std::string& text) {
    double value = 0;
    const char* const end = text.data() + text.size();
    const auto [read, error] = std::from_chars(text.data(), end, value);
    if (error == std::errc() && read == end && value >= least) return std::string();
    return "give a number of at least " + std::to_string(least) + ", not " + text;
  };
}

}  // namespace hoidau

#endif  // HOIDAU_APP_CHECKS_H_
