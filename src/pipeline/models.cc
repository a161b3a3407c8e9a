#include "pipeline/models.h"

#include <cstdlib>
#include <filesystem>
#include <vector>

namespace hoidau {
namespace {

namespace fs = std::filesystem;

bool IsModels(const fs::path& dir) {
  std::error_code ignored;
  return fs::is_directory(dir / "rules", ignored);
}

}  // namespace

Result<std::string> FindModels(const std::string& wanted) {
  const char* const environment = std::getenv("HOIDAU_MODELS");
  const bool from_environment = wanted.empty() && environment != nullptr && *environment != '\0';
  const std::string given = from_environment ? environment : wanted;
  if (!given.empty()) {
    if (IsModels(given)) return given;
    return Error{ErrorCode::kMissing, given + ": is no models folder (it has no rules/)" +
                                          (from_environment ? std::string("; it is named by HOIDAU_MODELS") : "")};
  }
  std::vector<fs::path> places;
  std::error_code error;
  const fs::path program = fs::read_symlink("/proc/self/exe", error);
  if (!error) places = {program.parent_path() / "models", program.parent_path().parent_path() / "share/hoidau/models"};
  places.emplace_back(HOIDAU_DATA_DIR "/models");
  for (const fs::path& place : places) {
    if (IsModels(place)) return place.string();
  }
  return Error{ErrorCode::kMissing, "no models: not beside the program and not in " + places.back().string() +
                                        "; install them, or name their folder by --models or HOIDAU_MODELS"};
}

}  // namespace hoidau
