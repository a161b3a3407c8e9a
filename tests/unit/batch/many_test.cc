// What the ledger costs and how fast a search is where there are many records.
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <filesystem>

#include "batch/ledger.h"
#include "batch/search.h"
#include "support/temp_dir.h"

namespace hoidau {
namespace {

constexpr int kFiles = 10'000;

double MillisecondsSince(std::chrono::steady_clock::time_point begin) {
  return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count();
}

// Three pages of some thirty lines that differ from file to file; each tenth file speaks of "chuyển đổi số".
std::string TextOf(int file) {
  static constexpr const char* kWords[] = {"kế hoạch", "nhân dân", "phòng chống", "thiên tai", "xã",       "thôn",
                                           "báo cáo",  "ủy ban",   "tổ chức",     "thực hiện", "hòa giải", "năm 2026"};
  std::string out;
  unsigned chance = static_cast<unsigned>(file) * 2654435761U + 1;
  for (int line = 0; line < 90; ++line) {
    for (int word = 0; word < 6; ++word) {
      chance = chance * 1664525U + 1013904223U;
      out += std::string(word > 0 ? " " : "") + kWords[(chance >> 16) % std::size(kWords)];
    }
    out += line % 30 == 29 ? "\n\f" : "\n";
  }
  return out + (file % 10 == 0 ? "chuyển đổi số\n" : "hết\n") + "số " + std::to_string(file) + "\n";
}

TEST(ManyRecords, AreSearchedInTime) {
  const TempDir dir;
  std::filesystem::create_directory(dir / kBatchFolder);
  Result<BatchLedger> ledger = BatchLedger::Open(BatchPath(dir.path().string(), kLedgerName));
  ASSERT_TRUE(ledger.ok());
  // How long a disk takes to be sure of a commit is its own affair.
  ASSERT_TRUE(ledger->database().Run("PRAGMA synchronous=OFF").ok());
  ScanResult found;
  for (int i = 0; i < kFiles; ++i) {
    const std::string name = std::to_string(i) + ".pdf";
    found.files.push_back({.path = "in/" + name, .mirrored = name, .stamp = {1, 2, 3}, .device = 0, .inode = 0});
  }
  const auto files = ledger->Register(found, {".json", ".txt"}, dir.path().string());
  ASSERT_TRUE(files.ok());
  auto begin = std::chrono::steady_clock::now();
  for (int i = 0; i < kFiles; ++i) {
    const LedgerFile& file = (*files)[static_cast<std::size_t>(i)];
    ASSERT_TRUE(ledger->Claim(file.id, {1, 2, 3}, "hash" + std::to_string(i), "settings").ok());
    FileResult result;
    result.pages = 4;
    result.text = TextOf(i);
    ASSERT_TRUE(ledger->Finish(file.id, result, "").ok());
  }
  const double cost = MillisecondsSince(begin) / kFiles;
  std::cout << "ledger and index: " << cost << " ms a file of 4 pages\n";

  const std::pair<const char*, std::size_t> cases[] = {
      {"chuyen doi so", 50}, {"chuyển đổi số", 50},     {"ủy ban", 50},
      {"số 4711", 1},        {"hoà giải nhân dân", 50}, {"không có", 0}};
  for (const auto& [phrase, count] : cases) {
    double best = 1e9;
    for (int i = 0; i < 5; ++i) {
      begin = std::chrono::steady_clock::now();
      const auto hits = Search(dir.path().string(), phrase, 50);
      best = std::min(best, MillisecondsSince(begin));
      ASSERT_TRUE(hits.ok());
      EXPECT_EQ(hits->size(), count) << phrase;
    }
    std::cout << phrase << ": " << best << " ms\n";
    EXPECT_LT(best, 50) << phrase;
  }
}

}  // namespace
}  // namespace hoidau
