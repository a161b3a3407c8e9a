#include "base/files.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <string>

#include "support/temp_dir.h"

namespace hoidau {
namespace {

std::size_t Entries(const TempDir& dir) {
  return static_cast<std::size_t>(std::distance(std::filesystem::directory_iterator(dir.path()), {}));
}

TEST(Files, WritesAndReadsBackWithEveryByte) {
  const TempDir dir;
  std::string bytes;
  for (int i = 0; i < 200'000; ++i) bytes += static_cast<char>(i * 7);
  ASSERT_TRUE(WriteFileAtomic(dir / "a", bytes).ok());
  const auto back = ReadFile(dir / "a");
  ASSERT_TRUE(back.ok());
  EXPECT_EQ(*back, bytes);
  EXPECT_EQ(Entries(dir), 1U) << "a temporary file stayed";
}

TEST(Files, AnEmptyFileIsAnEmptyText) {
  const TempDir dir;
  ASSERT_TRUE(WriteFileAtomic(dir / "a", "").ok());
  EXPECT_EQ(*ReadFile(dir / "a"), "");
  const auto map = MappedFile::Open(dir / "a");
  ASSERT_TRUE(map.ok());
  EXPECT_TRUE(map->bytes().empty());
}

TEST(Files, ReplacesAnOldFileAndKeepsTheUmask) {
  const TempDir dir;
  const mode_t old = umask(027);
  ASSERT_TRUE(WriteFileAtomic(dir / "a", "old").ok());
  ASSERT_TRUE(WriteFileAtomic(dir / "a", "new").ok());
  umask(old);
  EXPECT_EQ(*ReadFile(dir / "a"), "new");
  struct stat info {};
  ASSERT_EQ(stat((dir / "a").c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 0777, 0640U);
}

TEST(Files, MissingFolderAndUnreadableAreToldApart) {
  const TempDir dir;
  const auto missing = ReadFile(dir / "none");
  ASSERT_FALSE(missing.ok());
  EXPECT_EQ(missing.error().code, ErrorCode::kNotFound);
  EXPECT_NE(missing.error().message.find("none"), std::string::npos);
  const auto folder = ReadFile(dir.path().string());
  ASSERT_FALSE(folder.ok());
  EXPECT_EQ(folder.error().code, ErrorCode::kIo);
  EXPECT_NE(folder.error().message.find("directory"), std::string::npos);
}

TEST(Files, RefusesWhatIsLargerThanTheLimit) {
  const TempDir dir;
  ASSERT_TRUE(WriteFileAtomic(dir / "a", "123456").ok());
  EXPECT_TRUE(ReadFile(dir / "a", 6).ok());
  const auto large = ReadFile(dir / "a", 5);
  ASSERT_FALSE(large.ok());
  EXPECT_EQ(large.error().code, ErrorCode::kResourceLimit);
}

TEST(Files, AFailedWriteLeavesTheOldFileAndNothingElse) {
  const TempDir dir;
  std::filesystem::create_directory(dir / "target");  // rename over a folder fails
  const Status written = WriteFileAtomic(dir / "target", "x");
  ASSERT_FALSE(written.ok());
  EXPECT_EQ(written.error().code, ErrorCode::kIo);
  EXPECT_EQ(Entries(dir), 1U);
  EXPECT_FALSE(WriteFileAtomic(dir / "no/such/folder/a", "x").ok());
}

TEST(Files, AMapGivesTheBytesAndMoves) {
  const TempDir dir;
  ASSERT_TRUE(WriteFileAtomic(dir / "a", "content").ok());
  auto map = MappedFile::Open(dir / "a");
  ASSERT_TRUE(map.ok());
  const MappedFile moved = std::move(*map);
  EXPECT_EQ(moved.bytes(), "content");
  EXPECT_FALSE(MappedFile::Open(dir / "none").ok());
}

TEST(Files, AFolderIsNoMap) {
  const TempDir dir;
  EXPECT_FALSE(MappedFile::Open(dir.path().string()).ok());
}

}  // namespace
}  // namespace hoidau
