#include "base/files.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <utility>
#include <vector>

namespace hoidau {
namespace {

Error FileError(const std::string& path, const char* what) {
  const int e = errno;
  return {e == ENOENT ? ErrorCode::kNotFound : ErrorCode::kIo, path + ": " + what + ": " + std::strerror(e)};
}

class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (fd_ > 2) close(fd_);
  }
  int get() const { return fd_; }
  int Release() { return std::exchange(fd_, -1); }

 private:
  int fd_;
};

}  // namespace

Result<std::string> ReadFile(const std::string& path, std::uint64_t max_bytes) {
  const bool stream = path == "-";
  Descriptor fd(stream ? 0 : open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (fd.get() < 0) return FileError(path, "cannot open");
  struct stat info {};
  if (fstat(fd.get(), &info) != 0) return FileError(path, "cannot read");
  if (S_ISDIR(info.st_mode)) return Error{ErrorCode::kIo, path + ": is a directory; give a file"};
  const Error too_large{ErrorCode::kResourceLimit, path + ": larger than " + std::to_string(max_bytes >> 20) + " MiB"};
  if (S_ISREG(info.st_mode) && static_cast<std::uint64_t>(info.st_size) > max_bytes) return too_large;
  std::string content;
  content.reserve(S_ISREG(info.st_mode) ? static_cast<std::size_t>(info.st_size) : 0);
  std::vector<char> buffer(1 << 16);
  while (true) {
    const ssize_t n = read(fd.get(), buffer.data(), buffer.size());
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return FileError(path, "cannot read");
    if (n == 0) break;
    if (content.size() + static_cast<std::size_t>(n) > max_bytes) return too_large;
    content.append(buffer.data(), static_cast<std::size_t>(n));
  }
  return content;
}

Status WriteFileAtomic(const std::string& path, std::string_view content) {
  std::string temporary = path + ".XXXXXX.tmp";
  const int raw = mkostemps(temporary.data(), 4, O_CLOEXEC);
  if (raw < 0) return FileError(path, "cannot write");
  Descriptor fd(raw);
  auto fail = [&](const char* what) {
    const Error error = FileError(path, what);
    unlink(temporary.c_str());
    return error;
  };
  while (!content.empty()) {
    const ssize_t n = write(fd.get(), content.data(), content.size());
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return fail("cannot write");
    content.remove_prefix(static_cast<std::size_t>(n));
  }
  const mode_t mask = umask(0);
  umask(mask);
  if (fchmod(fd.get(), 0666 & ~mask) != 0 || fsync(fd.get()) != 0) return fail("cannot write");
  if (close(fd.Release()) != 0) return fail("cannot write");
  if (rename(temporary.c_str(), path.c_str()) != 0) return fail("cannot replace");
  return Done{};
}

Result<MappedFile> MappedFile::Open(const std::string& path) {
  Descriptor fd(open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (fd.get() < 0) return FileError(path, "cannot open");
  struct stat info {};
  if (fstat(fd.get(), &info) != 0) return FileError(path, "cannot read");
  MappedFile file;
  file.size_ = static_cast<std::size_t>(info.st_size);
  if (file.size_ == 0) return file;
  file.data_ = mmap(nullptr, file.size_, PROT_READ, MAP_PRIVATE, fd.get(), 0);
  if (file.data_ == MAP_FAILED) {
    file.data_ = nullptr;
    return FileError(path, "cannot map");
  }
  return file;
}

MappedFile::MappedFile(MappedFile&& other) noexcept
    : data_(std::exchange(other.data_, nullptr)), size_(std::exchange(other.size_, 0)) {}

MappedFile& MappedFile::operator=(MappedFile&& other) noexcept {
  std::swap(data_, other.data_);
  std::swap(size_, other.size_);
  return *this;
}

MappedFile::~MappedFile() {
  if (data_ != nullptr) munmap(data_, size_);
}

}  // namespace hoidau
