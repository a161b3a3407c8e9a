#include "tracker/taskwarrior.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "support/sample_record.h"

namespace hoidau {
namespace {

using Json = nlohmann::json;

Change SampleChange(Action action) { return {.action = action, .item = ItemsOf(SampleRecord(), {})[0]}; }

TEST(Taskwarrior, ATask) {
  const Json tasks = Json::parse(ToTaskwarrior({SampleChange(Action::kCreate)}));
  ASSERT_EQ(tasks.size(), 1U);
  const Json& task = tasks[0];
  EXPECT_EQ(task["uuid"], ItemsOf(SampleRecord(), {})[0].uuid);
  EXPECT_EQ(task["due"], "20260414T165959Z");
  EXPECT_EQ(task["status"], "pending");
  EXPECT_EQ(task["project"], "15/KH-UBND");
  EXPECT_EQ(task["tags"], Json({"phòng_kinh_tế"}));
  EXPECT_EQ(task["donvi"], "Phòng Kinh tế");
  EXPECT_EQ(task["nguon"], "kế hoạch 15.pdf, trang 1");
  EXPECT_FALSE(task.contains("nguoi")) << "nobody is nobody";
}

TEST(Taskwarrior, OnlyWhatHasToBeSaid) {
  EXPECT_EQ(ToTaskwarrior({SampleChange(Action::kSkip), SampleChange(Action::kVanished)}), "[\n]\n");
  EXPECT_EQ(Json::parse(ToTaskwarrior({SampleChange(Action::kTakeBack)}))[0]["status"], "deleted");
}

}  // namespace
}  // namespace hoidau
