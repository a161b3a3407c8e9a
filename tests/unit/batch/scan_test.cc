#include "batch/scan.h"

#include <gmock/gmock.h>

#include <filesystem>

#include "base/files.h"
#include "support/temp_dir.h"

namespace hoidau {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::IsEmpty;

class ScanTest : public testing::Test {
 protected:
  void Write(const std::string& name) {
    fs::create_directories(fs::path(dir_ / name).parent_path());
    ASSERT_TRUE(WriteFileAtomic(dir_ / name, name).ok());
  }
  // Paths below the folder of the test, with the mirrored name.
  std::vector<std::string> Found(const std::vector<std::string>& inputs) {
    std::vector<std::string> given;
    for (const std::string& input : inputs) given.push_back(dir_ / input);
    result_ = Scan(given, dir_ / "in/out");
    std::vector<std::string> out;
    for (const FoundFile& file : result_.files) {
      out.push_back(file.path.substr(dir_.path().string().size() + 1) + " " + file.mirrored);
    }
    return out;
  }
  TempDir dir_;
  ScanResult result_;
};

TEST_F(ScanTest, FoldersAndFiles) {
  for (const char* name :
       {"in/b.pdf", "in/a/x.pdf", "in/a/deep/y", "in/.hidden", "in/.git/z", "in/out/a.json", "c.txt"}) {
    Write(name);
  }
  EXPECT_THAT(Found({"in", "c.txt", "in/"}),
              ElementsAre("in/a/deep/y a/deep/y", "in/a/x.pdf a/x.pdf", "in/b.pdf b.pdf", "c.txt c.txt"));
  EXPECT_THAT(result_.folders, ElementsAre("a", "a/deep"));
  EXPECT_THAT(result_.problems, IsEmpty());
  EXPECT_EQ(result_.files[2].stamp.size, 8);
  EXPECT_EQ(result_.files[2].stamp, StampOf(dir_ / "in/b.pdf"));
}

TEST_F(ScanTest, LinksToFilesButNotToFolders) {
  Write("in/real/x.pdf");
  fs::create_symlink("x.pdf", dir_ / "in/real/link.pdf");
  fs::create_symlink("nowhere", dir_ / "in/real/dangling.pdf");
  fs::create_directory_symlink("..", dir_ / "in/real/loop");
  EXPECT_THAT(Found({"in"}), ElementsAre("in/real/dangling.pdf real/dangling.pdf", "in/real/link.pdf real/link.pdf",
                                         "in/real/x.pdf real/x.pdf"));
  EXPECT_EQ(result_.files[0].stamp.size, -1);
}

TEST_F(ScanTest, WhatIsNotThereIsAFileThatCannotBeRead) {
  EXPECT_THAT(Found({"gone.pdf"}), ElementsAre("gone.pdf gone.pdf"));
  EXPECT_EQ(result_.files[0].stamp, FileStamp{});
}

}  // namespace
}  // namespace hoidau
