// Files as whole values: read, map, and write so that a reader sees the old file or the new one, never a half.
//
//   Result<std::string> text = ReadFile("plan.txt");
//   Status written = WriteFileAtomic("plan.json", json);   // temporary name beside it, fsync, rename
//
// Thread safety: free functions, no shared state; a MappedFile is immutable. Limits: regular files and streams.
#ifndef HOIDAU_BASE_FILES_H_
#define HOIDAU_BASE_FILES_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"

namespace hoidau {

// The whole content of a regular file. kNotFound, kIo (also: a directory, no permission); kResourceLimit above
// max_bytes. "-" reads standard input.
Result<std::string> ReadFile(const std::string& path, std::uint64_t max_bytes = std::uint64_t{1} << 32);

// Writes a temporary file in the same folder, flushes it to the disk and renames it over `path`. On failure the old
// file is untouched and no temporary file stays. kIo.
Status WriteFileAtomic(const std::string& path, std::string_view content);

// A read-only memory map of a whole file.
class MappedFile {
 public:
  static Result<MappedFile> Open(const std::string& path);
  MappedFile() = default;
  MappedFile(MappedFile&& other) noexcept;
  MappedFile& operator=(MappedFile&& other) noexcept;
  MappedFile(const MappedFile&) = delete;
  MappedFile& operator=(const MappedFile&) = delete;
  ~MappedFile();

  std::string_view bytes() const { return {static_cast<const char*>(data_), size_}; }

 private:
  void* data_ = nullptr;
  std::size_t size_ = 0;
};

}  // namespace hoidau

#endif  // HOIDAU_BASE_FILES_H_
