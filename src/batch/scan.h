// The files that a batch is to read: those given, and those in the folders given, at any depth.
//
//   ScanResult found = Scan({"scans", "more/plan.pdf"}, "out");
//   found.files[0].path;        // "scans/2025/a.pdf": the source.file of its record
//   found.files[0].mirrored;    // "2025/a.pdf": where its outputs go below OUT, and its extension
//
// Thread safety: pure, but it looks at the file system. Limits: hidden files and folders are left out, and so are OUT
// and folders behind symbolic links.
#ifndef HOIDAU_BATCH_SCAN_H_
#define HOIDAU_BATCH_SCAN_H_

#include <compare>
#include <cstdint>
#include <string>
#include <vector>

namespace hoidau {

// What changes when a file's content does.
struct FileStamp {
  std::int64_t size = -1, mtime_ns = 0, ctime_ns = 0;
  friend bool operator==(const FileStamp&, const FileStamp&) = default;
};

struct FoundFile {
  std::string path, mirrored;
  FileStamp stamp;  // size -1: not to be had
  std::uint64_t device = 0, inode = 0;
};

struct ScanResult {
  std::vector<FoundFile> files;       // sorted by mirrored name, then path; a path is there once
  std::vector<std::string> folders;   // mirrored, sorted
  std::vector<std::string> problems;  // folders that cannot be read, as messages
};

ScanResult Scan(const std::vector<std::string>& inputs, const std::string& out_dir);

FileStamp StampOf(const std::string& path);

}  // namespace hoidau

#endif  // HOIDAU_BATCH_SCAN_H_
