#include "batch/report.h"

#include <gmock/gmock.h>

namespace hoidau {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(Report, Durations) {
  EXPECT_EQ(DurationText(0), "0:00");
  EXPECT_EQ(DurationText(65.4), "1:05");
  EXPECT_EQ(DurationText(7389), "2:03:09");
  EXPECT_EQ(DurationText(-1), "0:00");
}

TEST(Report, Progress) {
  BatchProgress p{
      .files = 300, .ready = 150, .failed = 3, .files_now = 100, .pages_now = 300, .seconds = 50, .stopping = false};
  EXPECT_EQ(ProgressText(p), "[##########----------] 150 of 300 files, 3 failed, 2.0 files/s, 6.0 pages/s, 1:15 left");
  p.stopping = true;
  EXPECT_THAT(ProgressText(p), HasSubstr("stopping"));
  EXPECT_THAT(ProgressText(p), Not(HasSubstr("left")));
  EXPECT_EQ(ProgressText({}), "[--------------------] 0 of 0 files");
}

TEST(Report, SummaryForPeople) {
  BatchSummary s;
  s.files = 10;
  s.done = 5;
  s.done_before = 3;
  s.duplicates = 1;
  s.pages = 20;
  s.seconds = 10;
  s.failures = {{"a.pdf", {ErrorCode::kEncrypted, "is encrypted", 0}},
                {"b.pdf", {ErrorCode::kBadInput, "is damaged", 2}}};
  EXPECT_EQ(SummaryText(s),
            "10 files: 5 done (1 duplicate), 3 done before, 2 failed\n20 pages in 0:10, 2.0 pages/s\n"
            "failed   a.pdf: is encrypted\nfailed   b.pdf: is damaged\n");
}

TEST(Report, NamesThatAreNoTextGoIntoJson) {
  BatchSummary s;
  s.failures = {{"k\xff.pdf", {ErrorCode::kBadInput, "is damaged", 2}}};
  EXPECT_THAT(SummaryJson(s), HasSubstr("k\uFFFD.pdf"));
  EXPECT_THAT(SummaryJson(s), HasSubstr("\"page\": 2"));
}

TEST(Report, StateOfAKilledRun) {
  BatchState state;
  state.run = LedgerRun{.pid = 1, .started = 1000, .ended = 0, .outcome = ""};
  state.files.resize(2);
  state.files[0].state = FileState::kDone;
  state.files[0].pages = 2;
  EXPECT_EQ(
      StateText(state),
      "not at work; last run: killed\n2 files: 1 done, 1 waiting\n2 pages, 0 duplicates, 0 records need a look\n");
  EXPECT_THAT(StateJson(state), HasSubstr("\"last_run\": \"killed\""));
}

}  // namespace
}  // namespace hoidau
