// A folder of its own for a test, removed at its end.
//
//   TempDir dir;
//   WriteFileAtomic(dir / "plan.txt", "…");
//
// Thread safety: one owner. Limits: POSIX.
#ifndef HOIDAU_TESTS_SUPPORT_TEMP_DIR_H_
#define HOIDAU_TESTS_SUPPORT_TEMP_DIR_H_

#include <cstdlib>
#include <filesystem>
#include <stdexcept>
#include <string>

namespace hoidau {

class TempDir {
 public:
  TempDir() {
    std::string name = (std::filesystem::temp_directory_path() / "hoidau-test-XXXXXX").string();
    if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
    path_ = name;
  }
  TempDir(const TempDir&) = delete;
  TempDir& operator=(const TempDir&) = delete;
  ~TempDir() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  std::string operator/(const std::string& name) const { return (path_ / name).string(); }
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

}  // namespace hoidau

#endif  // HOIDAU_TESTS_SUPPORT_TEMP_DIR_H_
