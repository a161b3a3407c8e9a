#include "app/output_names.h"

#include <gmock/gmock.h>

#include "app/exit_codes.h"
#include "base/files.h"
#include "support/temp_dir.h"

namespace hoidau {
namespace {

const std::vector<std::string> kExtensions = {".json", ".txt"};

using testing::ElementsAre;

TEST(OutputNames, TheLastExtensionGoes) {
  EXPECT_THAT(OutputStems({"a/plan.pdf", "b.c.txt", "no", ".hidden", "-"}, "out", kExtensions),
              ElementsAre("out/plan", "out/b.c", "out/no", "out/.hidden", "out/stdin"));
}

TEST(OutputNames, ASecondInputOfTheNameKeepsItsExtension) {
  EXPECT_THAT(OutputStems({"a/plan.pdf", "b/plan.txt", "c/plan.txt", "d/plan.txt"}, "out", kExtensions),
              ElementsAre("out/plan", "out/plan.txt", "out/plan.txt.2", "out/plan.txt.3"));
}

TEST(OutputNames, NoOutputIsAnInput) {
  const TempDir dir;
  for (const char* name : {"plan.txt", "other.txt", "other.txt.txt"})
    ASSERT_TRUE(WriteFileAtomic(dir / name, "x").ok());
  EXPECT_THAT(OutputStems({dir / "plan.txt"}, dir.path().string(), kExtensions), ElementsAre(dir / "plan.txt"));
  EXPECT_THAT(OutputStems({dir / "other.txt", dir / "other.txt.txt"}, dir.path().string(), kExtensions),
              ElementsAre(dir / "other.txt.2", dir / "other.txt.txt"));
}

TEST(ExitCodes, TheWorstOfSeveralCounts) {
  EXPECT_EQ(Worse(ExitCode::kOk, ExitCode::kNeedsLook), ExitCode::kNeedsLook);
  EXPECT_EQ(Worse(ExitCode::kNeedsLook, ExitCode::kBadInput), ExitCode::kBadInput);
  EXPECT_EQ(Worse(ExitCode::kOther, ExitCode::kFileAccess), ExitCode::kOther);
  EXPECT_EQ(Worse(ExitCode::kOk, ExitCode::kOk), ExitCode::kOk);
}

}  // namespace
}  // namespace hoidau
