#include "batch/scan.h"

#include <sys/stat.h>

#include <algorithm>
#include <filesystem>
#include <set>
#include <tuple>

namespace hoidau {
namespace {

namespace fs = std::filesystem;

std::int64_t Nanoseconds(const timespec& t) { return std::int64_t{t.tv_sec} * 1'000'000'000 + t.tv_nsec; }

class Scanner {
 public:
  explicit Scanner(const std::string& out_dir) : out_dir_(out_dir) {}

  void AddInput(const std::string& given) {
    fs::path path = given;
    if (!path.has_filename() && path != path.root_path()) path = path.parent_path();  // "scans/"
    std::error_code error;
    if (fs::is_directory(path, error)) {
      AddFolder(path, {});
    } else {
      AddFile(path, path.filename());
    }
  }

  ScanResult Finish() {
    std::sort(out_.files.begin(), out_.files.end(), [](const FoundFile& a, const FoundFile& b) {
      return std::tie(a.mirrored, a.path) < std::tie(b.mirrored, b.path);
    });
    out_.folders.assign(folders_.begin(), folders_.end());
    return std::move(out_);
  }

 private:
  void AddFolder(const fs::path& folder, const fs::path& mirrored) {
    std::error_code error;
    fs::directory_iterator entry(folder, error);
    if (!mirrored.empty()) folders_.insert(mirrored.string());
    for (; !error && entry != fs::directory_iterator(); entry.increment(error)) {
      std::error_code none;
      const fs::path name = entry->path().filename();
      if (name.native().front() == '.') continue;
      const fs::path path = folder / name;
      if (entry->is_directory(none)) {
        if (!entry->is_symlink(none) && !fs::equivalent(path, out_dir_, none)) AddFolder(path, mirrored / name);
      } else if (entry->is_regular_file(none) || (entry->is_symlink(none) && !entry->exists(none))) {
        AddFile(path, mirrored / name);
      }
    }
    if (error) out_.problems.push_back(folder.string() + ": cannot read the folder: " + error.message());
  }

  void AddFile(const fs::path& path, const fs::path& mirrored) {
    if (!seen_.insert(path.string()).second) return;
    FoundFile file{.path = path.string(), .mirrored = mirrored.string(), .stamp = {}, .device = 0, .inode = 0};
    struct stat info {};
    if (stat(path.c_str(), &info) == 0) {
      file.stamp = {info.st_size, Nanoseconds(info.st_mtim), Nanoseconds(info.st_ctim)};
      file.device = info.st_dev;
      file.inode = info.st_ino;
    }
    out_.files.push_back(std::move(file));
  }

  const fs::path out_dir_;
  ScanResult out_;
  std::set<std::string> seen_, folders_;
};

}  // namespace

ScanResult Scan(const std::vector<std::string>& inputs, const std::string& out_dir) {
  Scanner scanner(out_dir);
  for (const std::string& input : inputs) scanner.AddInput(input);
  return scanner.Finish();
}

FileStamp StampOf(const std::string& path) {
  struct stat info {};
  if (stat(path.c_str(), &info) != 0) return {};
  return {info.st_size, Nanoseconds(info.st_mtim), Nanoseconds(info.st_ctim)};
}

}  // namespace hoidau
