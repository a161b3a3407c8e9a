#include "batch/ledger.h"

#include <gmock/gmock.h>

#include <filesystem>

#include "base/files.h"
#include "support/temp_dir.h"

namespace hoidau {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;

const std::vector<std::string> kExtensions = {".json", ".txt"};

ScanResult Found(const std::vector<std::pair<std::string, std::string>>& files) {
  ScanResult out;
  std::uint64_t inode = 1'000'000'000'000;
  for (const auto& [path, mirrored] : files) {
    out.files.push_back({.path = path, .mirrored = mirrored, .stamp = {1, 2, 3}, .device = 1, .inode = ++inode});
  }
  return out;
}

class LedgerTest : public testing::Test {
 protected:
  BatchLedger Open() {
    Result<BatchLedger> opened = BatchLedger::Open(path_);
    EXPECT_TRUE(opened.ok()) << opened.error().message;
    return std::move(*opened);
  }
  std::vector<std::string> Stems(BatchLedger& ledger, const ScanResult& found) {
    const Result<std::vector<LedgerFile>> files = ledger.Register(found, kExtensions, dir_.path().string());
    EXPECT_TRUE(files.ok());
    std::vector<std::string> out;
    for (const LedgerFile& file : *files) out.push_back(file.stem);
    return out;
  }
  LedgerFile Only(BatchLedger& ledger) { return ledger.Files()->at(0); }

  TempDir dir_;
  const std::string path_ = dir_ / "ledger.sqlite";
};

TEST_F(LedgerTest, PlacesAreThoseOfRunAndStay) {
  BatchLedger ledger = Open();
  const ScanResult found = Found(
      {{"a/plan.pdf", "plan.pdf"}, {"a/plan.txt", "plan.txt"}, {"b/plan.txt", "plan.txt"}, {"a/s/plan", "s/plan"}});
  EXPECT_THAT(Stems(ledger, found), ElementsAre("plan", "plan.txt", "plan.txt.2", "s/plan"));
  EXPECT_THAT(Stems(ledger, found), ElementsAre("plan", "plan.txt", "plan.txt.2", "s/plan"));
  // A new file that sorts first takes no place of another.
  EXPECT_THAT(Stems(ledger, Found({{"a/plan.doc", "plan.doc"}, {"a/plan.pdf", "plan.pdf"}})),
              ElementsAre("plan.doc", "plan"));
}

TEST_F(LedgerTest, NoOutputIsAnInputOrAFolder) {
  BatchLedger ledger = Open();
  ScanResult found = Found({{"a/x.pdf", "x.pdf"}, {"a/y.pdf", "y.pdf"}});
  found.folders = {"x.json"};
  ASSERT_TRUE(WriteFileAtomic(dir_ / "y.txt", "an input").ok());
  const ScanResult real = Scan({dir_ / "y.txt"}, "nowhere");
  found.files.push_back(real.files.at(0));
  EXPECT_THAT(Stems(ledger, found), ElementsAre("x.pdf", "y.pdf", "y.txt"));
}

TEST_F(LedgerTest, AFileThatHasMovedKeepsItsRow) {
  BatchLedger ledger = Open();
  Stems(ledger, Found({{"old/plan.pdf", "plan.pdf"}}));
  const std::int64_t id = Only(ledger).id;
  EXPECT_THAT(Stems(ledger, Found({{"new/plan.pdf", "plan.pdf"}})), ElementsAre("plan"));
  EXPECT_EQ(Only(ledger).id, id);
  EXPECT_EQ(Only(ledger).path, "new/plan.pdf");
  // One of another name does not.
  EXPECT_THAT(Stems(ledger, Found({{"new/plan.txt", "plan.txt"}})), ElementsAre("plan.txt"));
}

TEST_F(LedgerTest, TheWayOfAFile) {
  BatchLedger ledger = Open();
  Stems(ledger, Found({{"plan.pdf", "plan.pdf"}}));
  const std::int64_t id = Only(ledger).id;
  EXPECT_EQ(Only(ledger).state, FileState::kWaiting);
  EXPECT_FALSE(Only(ledger).owned);

  ASSERT_TRUE(ledger.Claim(id, {5, 6, 7}, "hash", "settings").ok());
  ASSERT_TRUE(ledger.SetStage(id, "recover").ok());
  EXPECT_EQ(Only(ledger).state, FileState::kRunning);
  EXPECT_EQ(Only(ledger).stage, "recover");
  EXPECT_TRUE(Only(ledger).owned);
  EXPECT_EQ(Only(ledger).stamp, (FileStamp{5, 6, 7}));
  EXPECT_FALSE((*ledger.FindTwin("hash", "settings", FileState::kDone, 0)).has_value());

  ASSERT_TRUE(ledger.Fail(id, {5, 6, 7}, "hash", "settings", {ErrorCode::kEncrypted, "is encrypted", 2}).ok());
  EXPECT_EQ(Only(ledger).state, FileState::kFailed);
  EXPECT_EQ(Only(ledger).error, "is encrypted");
  EXPECT_EQ(Only(ledger).error_code, ErrorCode::kEncrypted);
  EXPECT_EQ(Only(ledger).error_page, 2);

  ASSERT_TRUE(ledger.Claim(id, {5, 6, 7}, "hash", "settings").ok());
  FileResult result;
  result.pages = 3;
  result.json_sha256 = "json";
  result.issues = {{.stage = "ocr", .page = 2, .code = "c", .message = "m"}};
  for (int i = 0; i < 2; ++i) ASSERT_TRUE(ledger.Finish(id, result, "").ok());
  EXPECT_EQ(Only(ledger).state, FileState::kDone);
  EXPECT_EQ(Only(ledger).error, "");
  EXPECT_EQ(Only(ledger).pages, 3);
  EXPECT_GT(Only(ledger).ended, 0);
  EXPECT_EQ(ledger.Issues()->at(id).size(), 1U);
  EXPECT_EQ((*ledger.FindTwin("hash", "settings", FileState::kDone, 0))->path, "plan.pdf");
  EXPECT_FALSE((*ledger.FindTwin("hash", "settings", FileState::kDone, id)).has_value());
  EXPECT_FALSE((*ledger.FindTwin("hash", "others", FileState::kDone, 0)).has_value());
}

TEST_F(LedgerTest, WhatWasRunningIsWaitingAgain) {
  {
    BatchLedger ledger = Open();
    Stems(ledger, Found({{"plan.pdf", "plan.pdf"}}));
    ASSERT_TRUE(ledger.Claim(Only(ledger).id, {}, "hash", "settings").ok());
    ASSERT_TRUE(ledger.BeginRun(42).ok());
  }
  EXPECT_EQ(BatchLedger::OpenToRead(path_)->Files()->at(0).state, FileState::kRunning);
  BatchLedger ledger = Open();
  EXPECT_EQ(Only(ledger).state, FileState::kWaiting);
  EXPECT_TRUE(Only(ledger).owned);
  const std::optional<LedgerRun> run = *ledger.LastRun();
  EXPECT_EQ(run->pid, 42);
  EXPECT_EQ(run->ended, 0);
}

TEST_F(LedgerTest, NoLedger) {
  const auto none = BatchLedger::OpenToRead(path_);
  ASSERT_FALSE(none.ok());
  EXPECT_EQ(none.error().code, ErrorCode::kNotFound);
  EXPECT_FALSE(fs::exists(path_));
  ASSERT_TRUE(WriteFileAtomic(path_, std::string(5000, 'x')).ok());
  EXPECT_FALSE(BatchLedger::Open(path_).ok());
  EXPECT_FALSE(BatchLedger::OpenToRead(path_).ok());
}

}  // namespace
}  // namespace hoidau
