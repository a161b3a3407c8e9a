#include "tracker/ledger.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/files.h"
#include "support/sample_record.h"
#include "support/temp_dir.h"

namespace hoidau {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<Action> Actions(const std::vector<Change>& changes) {
  std::vector<Action> out;
  for (const Change& change : changes) out.push_back(change.action);
  return out;
}

class LedgerTest : public ::testing::Test {
 protected:
  std::vector<Change> Plan(const Record& record) {
    return PlanExport(ItemsOf(record, {}), {DocumentIdentity(record)}, ledger_, "ics");
  }
  Ledger ledger_;
  Record record_ = SampleRecord();
};

TEST_F(LedgerTest, NewThenKnownThenChangedThenGone) {
  std::vector<Change> changes = Plan(record_);
  EXPECT_THAT(Actions(changes), ElementsAre(Action::kCreate, Action::kCreate));
  ledger_.Append("ics", changes);
  EXPECT_THAT(Actions(Plan(record_)), ElementsAre(Action::kSkip, Action::kSkip));
  EXPECT_THAT(Actions(PlanExport(ItemsOf(record_, {}), {}, ledger_, "taskwarrior")),
              ElementsAre(Action::kCreate, Action::kCreate))
      << "another target knows nothing of it";

  record_.tasks[0].due = "2026-04-20";
  changes = Plan(record_);
  EXPECT_THAT(Actions(changes), ElementsAre(Action::kUpdate, Action::kSkip));
  EXPECT_THAT(Differences(*changes[0].before, changes[0].item), ElementsAre("due: 2026-04-14 → 2026-04-20"));
  EXPECT_EQ(changes[0].revision, 1);
  ledger_.Append("ics", changes);

  record_.tasks.clear();
  changes = Plan(record_);
  EXPECT_THAT(Actions(changes), ElementsAre(Action::kSkip, Action::kVanished));
  ledger_.Append("ics", changes);
  EXPECT_THAT(Actions(Plan(record_)), ElementsAre(Action::kSkip, Action::kVanished)) << "reported, not deleted";
}

TEST_F(LedgerTest, AnotherDocumentMakesNothingVanish) {
  ledger_.Append("ics", Plan(record_));
  Record other = SampleRecord();
  other.metadata.symbol = "16/KH-UBND";
  EXPECT_THAT(Actions(Plan(other)), ElementsAre(Action::kCreate, Action::kCreate));
}

TEST_F(LedgerTest, AnExportIsTakenBack) {
  EXPECT_THAT(ledger_.PlanUndo("ics"), IsEmpty());
  ledger_.Append("ics", Plan(record_));
  record_.tasks[0].due = "2026-04-20";
  ledger_.Append("ics", Plan(record_));

  std::vector<Change> undo = ledger_.PlanUndo("ics");
  ASSERT_THAT(Actions(undo), ElementsAre(Action::kUpdate));
  EXPECT_EQ(undo[0].item.due, "2026-04-14");
  EXPECT_EQ(undo[0].revision, 2);
  ledger_.AppendUndo("ics", undo);

  undo = ledger_.PlanUndo("ics");
  EXPECT_THAT(Actions(undo), ElementsAre(Action::kTakeBack, Action::kTakeBack));
  ledger_.AppendUndo("ics", undo);
  EXPECT_THAT(ledger_.PlanUndo("ics"), IsEmpty());
  const std::vector<Change> again = Plan(record_);
  EXPECT_THAT(Actions(again), ElementsAre(Action::kCreate, Action::kCreate));
  EXPECT_EQ(again[0].revision, 4) << "a sequence only grows";
}

TEST_F(LedgerTest, HalfAnUndoLeavesTheOtherHalf) {
  ledger_.Append("ics", Plan(record_));
  std::vector<Change> undo = ledger_.PlanUndo("ics");
  ledger_.AppendUndo("ics", {undo[0]}, false);
  undo.erase(undo.begin());
  const std::vector<Change> rest = ledger_.PlanUndo("ics");
  ASSERT_THAT(Actions(rest), ElementsAre(Action::kTakeBack));
  EXPECT_EQ(rest[0].item, undo[0].item);
  ledger_.AppendUndo("ics", rest);
  EXPECT_THAT(ledger_.PlanUndo("ics"), IsEmpty());
}

TEST_F(LedgerTest, TheSameDocumentTwiceCountsOnce) {
  std::vector<WorkItem> items = ItemsOf(record_, {});
  const std::vector<WorkItem> copy = items;
  items.insert(items.end(), copy.begin(), copy.end());
  EXPECT_EQ(PlanExport(items, {}, ledger_, "ics").size(), 2U);
}

TEST_F(LedgerTest, AFileKeepsIt) {
  const TempDir dir;
  {
    Result<Ledger> ledger = Ledger::Open(dir / "exports");
    ASSERT_TRUE(ledger) << ledger.error().message;
    ledger->Append("ics", Plan(record_));
    ledger->SetKey("ics", ItemsOf(record_, {})[0].uuid, "KH-7");
    EXPECT_FALSE(Ledger::Open(dir / "exports")) << "one export at a time";
    ASSERT_TRUE(ledger->Save());
  }
  Result<Ledger> ledger = Ledger::Open(dir / "exports");
  ASSERT_TRUE(ledger) << ledger.error().message;
  const std::vector<Change> changes = PlanExport(ItemsOf(record_, {}), {}, *ledger, "ics");
  EXPECT_THAT(Actions(changes), ElementsAre(Action::kSkip, Action::kSkip));
  EXPECT_EQ(changes[0].key, "KH-7");
}

TEST_F(LedgerTest, WhatIsNoLedgerIsNotTouched) {
  const TempDir dir;
  for (const char* content :
       {"", "{", "[]", "{\"schema\":\"other\"}", "{\"schema\":\"hoidau-export-ledger/1\"}",
        "{\"schema\":\"hoidau-export-ledger/1\",\"targets\":{\"ics\":{\"keys\":{},\"exports\":[1]}}}"}) {
    ASSERT_TRUE(WriteFileAtomic(dir / "x", content));
    const Result<Ledger> ledger = Ledger::Open(dir / "x");
    ASSERT_FALSE(ledger) << content;
    EXPECT_EQ(ledger.error().code, ErrorCode::kBadInput);
    EXPECT_EQ(*ReadFile(dir / "x"), content);
  }
}

}  // namespace
}  // namespace hoidau
