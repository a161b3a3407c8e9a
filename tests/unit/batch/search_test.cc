#include "batch/search.h"

#include <gmock/gmock.h>

#include <filesystem>

#include "batch/ledger.h"
#include "support/temp_dir.h"

namespace hoidau {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class SearchTest : public testing::Test {
 protected:
  SearchTest() {
    std::filesystem::create_directory(dir_ / kBatchFolder);
    ledger_.emplace(std::move(*BatchLedger::Open(BatchPath(dir_.path().string(), kLedgerName))));
  }
  void Add(const std::string& name, const std::string& text) {
    ScanResult found;
    found.files.push_back({.path = name, .mirrored = name, .stamp = {}, .device = 0, .inode = 0});
    const auto files = ledger_->Register(found, {".json"}, dir_.path().string());
    FileResult result;
    result.text = text;
    ASSERT_TRUE(ledger_->Finish(files->at(0).id, result, "").ok());
  }
  // "a.pdf:1:2: the line"
  std::vector<std::string> Hits(const std::string& phrase, int limit = 100) {
    const auto hits = Search(dir_.path().string(), phrase, limit);
    EXPECT_TRUE(hits.ok()) << hits.error().message;
    std::vector<std::string> out;
    for (const SearchHit& hit : *hits) {
      out.push_back(hit.file + ":" + std::to_string(hit.page) + ":" + std::to_string(hit.line) + ": " + hit.text);
    }
    return out;
  }
  TempDir dir_;
  std::optional<BatchLedger> ledger_;
};

TEST_F(SearchTest, WithMarksAndWithout) {
  Add("a.pdf", "KẾ HOẠCH\nChuyển đổi số năm 2026\n");
  Add("b.pdf", "Chuyến đối sổ\n");
  EXPECT_THAT(Hits("chuyển đổi số"), ElementsAre("a.pdf:1:2: Chuyển đổi số năm 2026"));
  EXPECT_THAT(Hits("CHUYỂN  ĐỔI"), ElementsAre("a.pdf:1:2: Chuyển đổi số năm 2026"));
  EXPECT_THAT(Hits("chuyen doi so"), ElementsAre("a.pdf:1:2: Chuyển đổi số năm 2026", "b.pdf:1:1: Chuyến đối sổ"));
  EXPECT_THAT(Hits("chuyen doi so", 1).size(), 1U);
  EXPECT_THAT(Hits("đổi chuyển"), IsEmpty());
  EXPECT_THAT(Hits("chuyê"), IsEmpty());  // words, not their beginnings
}

TEST_F(SearchTest, PagesAndLines) {
  Add("a.pdf", "một\nhai\n\fba\n\nphòng chống\ntham nhũng\n\f\fphòng chống tham nhũng");
  EXPECT_THAT(Hits("phòng chống tham nhũng"),
              ElementsAre("a.pdf:2:3: phòng chống", "a.pdf:4:1: phòng chống tham nhũng"));
  EXPECT_THAT(Hits("hai ba"), IsEmpty());  // not over pages
}

TEST_F(SearchTest, EachLineOfAPageOnce) {
  Add("a.pdf", "số 5, số 5\nkhông\nsố 5\n\n\fsố 5");
  EXPECT_THAT(Hits("số 5"), ElementsAre("a.pdf:1:1: số 5, số 5", "a.pdf:1:3: số 5", "a.pdf:2:1: số 5"));
  EXPECT_THAT(Hits("số 5", 2), ElementsAre("a.pdf:1:1: số 5, số 5", "a.pdf:1:3: số 5"));
}

TEST_F(SearchTest, EitherPlaceOfTheTone) {
  Add("a.pdf", "Hòa bình\n");
  Add("b.pdf", "hoà bình\n");
  EXPECT_THAT(Hits("hòa bình").size(), 2U);
  EXPECT_THAT(Hits("hoà bình").size(), 2U);
  EXPECT_THAT(Hits("hoá bình"), IsEmpty());
}

TEST_F(SearchTest, WhatIsTypedIsNoQueryLanguage) {
  Add("a.pdf", "Số: 15/KH-UBND AND \"plain : x\"\n");
  for (const char* phrase : {"15/KH-UBND", "and", "\"plain", "plain : x", "KH-UBND\"", "(15"}) {
    EXPECT_THAT(Hits(phrase).size(), 1U) << phrase;
  }
  for (const char* phrase : {"NEAR(15 KH)", "1*", "15 OR 16"}) EXPECT_THAT(Hits(phrase), IsEmpty()) << phrase;
  for (const char* phrase : {"", "  ", "\"", "*"}) {
    EXPECT_FALSE(Search(dir_.path().string(), phrase, 1).ok()) << phrase;
  }
}

TEST_F(SearchTest, ANewTextTakesThePlaceOfTheOld) {
  Add("a.pdf", "dịch tả\f\n\ftrang ba");
  Add("a.pdf", "hòa giải");
  EXPECT_THAT(Hits("dịch tả"), IsEmpty());
  EXPECT_THAT(Hits("trang ba"), IsEmpty());
  EXPECT_THAT(Hits("hoa giai"), ElementsAre("a.pdf:1:1: hòa giải"));
}

}  // namespace
}  // namespace hoidau
