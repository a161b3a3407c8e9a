#include "eval/evaluate.h"

#include <gtest/gtest.h>

#include <atomic>
#include <memory>

#include "eval/blame.h"

namespace hoidau {
namespace {

constexpr const char* kModels = HOIDAU_SOURCE_DIR "/models";

constexpr const char* kText =
    "KẾ HOẠCH\nRà soát hộ nghèo năm 2026\n\nI. MỤC ĐÍCH\n1. Nâng cao nhận thức của cán bộ và nhân dân trong xã.\n"
    "II. TỔ CHỨC THỰC HIỆN\n1. Phòng Kinh tế: Chủ trì rà soát hộ nghèo trên địa bàn xã, hoàn thành trước ngày "
    "15/10/2026.\n";
constexpr const char* kGold = R"({"metadata": {"type": "Kế hoạch"},
 "sections": [{"id": "I", "label": "I.", "title": "MỤC ĐÍCH", "role": "purpose", "children": []},
              {"id": "IX", "label": "IX.", "title": "KHÔNG CÓ", "role": "other", "children": []}], "tasks": []})";

class EvaluateTest : public ::testing::Test {
 protected:
  void SetUp() override {
    Result<EvalModels> models = EvalModels::Load(kModels);
    if (!models) GTEST_SKIP() << models.error().message;
    models_ = std::make_unique<EvalModels>(std::move(*models));
  }

  static EvalDocument Document(const std::string& id) {
    return {.id = id, .gold_text = kText, .gold_record = kGold, .observed = {}, .skipped = {}};
  }
  static double Value(const DocumentResult& d, const std::string& name) {
    return *MeasureValue(name, d.measures.at(name));
  }

  std::unique_ptr<EvalModels> models_;
};

TEST_F(EvaluateTest, RowsOfKindsAndVariants) {
  EvalOptions options;
  options.kinds = {"clean", "stripped"};
  options.variants = {"", "order2"};
  options.idempotence = true;
  const auto e = Evaluate({{.name = "set", .documents = {Document("a"), Document("b")}}}, *models_, options);
  ASSERT_TRUE(e) << e.error().message;
  ASSERT_EQ(e->rows.size(), 4u);
  EXPECT_EQ(e->rows[3].kind, "stripped/order2");
  const DocumentResult &clean = e->rows[0].documents[0], &stripped = e->rows[2].documents[1];
  EXPECT_EQ(Value(clean, "before.syllables"), 1);
  EXPECT_LT(Value(stripped, "before.syllables"), 0.5);
  EXPECT_GT(Value(stripped, "syllables"), 0.8);
  EXPECT_GT(Value(stripped, "errors_removed"), 0.7);
  EXPECT_EQ(Value(stripped, "made_worse"), 0);
  EXPECT_EQ(clean.measures.at("record.sections")[1], 2);
  EXPECT_TRUE(clean.measures.contains("idempotent"));
  EXPECT_FALSE(e->rows[1].documents[0].measures.contains("record.sections"));  // a variant is about recovery
  EXPECT_FALSE(clean.wrong.empty());                                           // the section that is not in the text
}

TEST_F(EvaluateTest, WhatIsNotThereIsAnError) {
  EvalOptions options;
  options.kinds = {"fax:vie"};
  options.scans_dir = "no/such/folder";
  EXPECT_EQ(Evaluate({{.name = "set", .documents = {Document("a")}}}, *models_, options).error().code,
            ErrorCode::kNotFound);
  options.kinds = {"no-such-kind"};
  EXPECT_EQ(Evaluate({{.name = "set", .documents = {Document("a")}}}, *models_, options).error().code,
            ErrorCode::kBadInput);
  options.kinds = {"clean"};
  options.variants = {"no-such-variant"};
  EXPECT_EQ(Evaluate({{.name = "set", .documents = {Document("a")}}}, *models_, options).error().code,
            ErrorCode::kBadInput);
}

TEST_F(EvaluateTest, SkippedLinesOfAPairDoNotCount) {
  EvalDocument document{.id = "p",
                        .gold_text = "hội nghị\nxxxx yyyy\n",
                        .gold_record = {},
                        .observed = "hội nghị\nabc def\n",
                        .skipped = {false, true}};
  const auto e = Evaluate({{.name = "p", .documents = {document}}}, *models_, {});
  ASSERT_TRUE(e) << e.error().message;
  ASSERT_EQ(e->rows.size(), 1u);
  EXPECT_EQ(e->rows[0].kind, "pair");
  EXPECT_EQ(e->rows[0].documents[0].measures.at("syllables"), (Numbers{2, 2}));
}

TEST_F(EvaluateTest, ASectionThatIsNotInTheTextIsNoFaultOfRecovery) {
  const auto blames = BlameDocument(Document("a"), "clean", *models_, {});
  ASSERT_TRUE(blames) << blames.error().message;
  bool found = false;
  for (const Blame& b : *blames) {
    if (b.value.part != "sections" || b.value.key != "IX") continue;
    found = true;
    EXPECT_EQ(b.stage, BlamedStage::kSegment);
  }
  EXPECT_TRUE(found);
}

TEST(InParallel, EveryTaskOnce) {
  std::vector<std::atomic<int>> runs(100);
  InParallel(100, 4, [&](std::size_t i) { ++runs[i]; });
  for (const auto& n : runs) EXPECT_EQ(n, 1);
  InParallel(0, 4, [&](std::size_t) { FAIL(); });
}

}  // namespace
}  // namespace hoidau
