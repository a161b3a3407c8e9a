#include "app/output_names.h"

#include <algorithm>
#include <filesystem>
#include <set>

namespace hoidau {
namespace {

namespace fs = std::filesystem;

bool SameFile(const fs::path& a, const fs::path& b) {
  std::error_code none;
  return fs::equivalent(a, b, none) && !none;
}

}  // namespace

std::vector<std::string> OutputStems(const std::vector<std::string>& inputs, const std::string& dir,
                                     const std::vector<std::string>& extensions) {
  std::set<std::string> taken;
  const auto is_free = [&](const std::string& stem) {
    if (taken.contains(stem)) return false;
    return std::none_of(inputs.begin(), inputs.end(), [&](const std::string& input) {
      return std::any_of(extensions.begin(), extensions.end(), [&](const std::string& extension) {
        return input != "-" && SameFile(fs::path(dir) / (stem + extension), input);
      });
    });
  };
  std::vector<std::string> out;
  for (const std::string& input : inputs) {
    const fs::path name = input == "-" ? fs::path("stdin") : fs::path(input).filename();
    std::string stem = name.stem().string();
    if (!is_free(stem)) stem = name.string();
    for (int n = 2; !is_free(stem); ++n) stem = name.string() + "." + std::to_string(n);
    taken.insert(stem);
    out.push_back((fs::path(dir) / stem).string());
  }
  return out;
}

}  // namespace hoidau
