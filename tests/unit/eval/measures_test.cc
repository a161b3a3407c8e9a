#include "eval/measures.h"

#include <gtest/gtest.h>

namespace hoidau {
namespace {

TEST(Measures, HeaderExample) {
  const Measures a{{"syllables", {98, 100}}}, b{{"syllables", {45, 50}}};
  const auto e = Summarize("syllables", {&a, &b}, {});
  ASSERT_TRUE(e);
  EXPECT_DOUBLE_EQ(e->value, 143.0 / 150);
  EXPECT_DOUBLE_EQ(e->low, 0.9);
  EXPECT_DOUBLE_EQ(e->high, 0.98);
  EXPECT_EQ(e->documents, 2);
}

TEST(Measures, F1AsPrecisionAndRecallGiveIt) {
  EXPECT_NEAR(*MeasureValue("record.tasks", {3, 4, 6}), 2 * 0.5 * 0.75 / 1.25, 1e-12);
  EXPECT_EQ(MeasureValue("record.events", {0, 0, 0}), 1);  // nothing to find, nothing given
  EXPECT_EQ(MeasureValue("record.events", {0, 0, 2}), 0);
  EXPECT_EQ(MeasureValue("record.events", {0, 2, 0}), 0);
}

TEST(Measures, NothingToCountIsNoValue) {
  const Measures empty{{"harm", {0, 0}}};
  EXPECT_FALSE(Summarize("harm", {&empty}, {}));
  EXPECT_FALSE(Summarize("mended", {&empty}, {}));
}

TEST(Measures, CalibrationOfWhatIsRightAsOftenAsItSays) {
  Calibration honest, boastful;
  for (int i = 0; i < 100; ++i) {
    honest.Add(0.75F, i % 4 != 0, i % 4 == 0);
    boastful.Add(0.95F, i % 4 != 0, false);
  }
  Measures h, b;
  honest.WriteTo(h);
  boastful.WriteTo(b);
  EXPECT_NEAR(*MeasureValue("calibration", h.at("calibration")), 0, 1e-6);
  EXPECT_NEAR(*MeasureValue("calibration", b.at("calibration")), 0.2, 1e-6);
  EXPECT_DOUBLE_EQ(*MeasureValue("unsure", h.at("unsure")), 1);
  EXPECT_DOUBLE_EQ(*MeasureValue("unsure_share", h.at("unsure_share")), 0.25);
}

TEST(Measures, LeastConfidentOnes) {
  Calibration c;
  for (int i = 0; i < 95; ++i) c.Add(0.99F, true, false);
  for (int i = 0; i < 3; ++i) c.Add(0.20F, false, true);
  for (int i = 0; i < 2; ++i) c.Add(0.30F, true, true);
  Measures m;
  c.WriteTo(m);
  EXPECT_NEAR(*MeasureValue("unsure_at_5", m.at("unsure_at_5")), 0.6, 1e-9);
}

TEST(Measures, IntervalIsTheSameEveryTimeAndHoldsTheValue) {
  std::vector<Measures> documents;
  for (int i = 0; i < 20; ++i) documents.push_back({{"harm", {static_cast<double>(i % 5), 100}}});
  std::vector<const Measures*> pointers;
  for (const Measures& d : documents) pointers.push_back(&d);
  const auto a = Summarize("harm", pointers, {}), b = Summarize("harm", pointers, {});
  EXPECT_EQ(a->low, b->low);
  EXPECT_LT(a->low, a->value);
  EXPECT_GT(a->high, a->value);
  EXPECT_GT(a->high - a->low, 0.005);
  EXPECT_LT(a->high - a->low, 0.03);
}

}  // namespace
}  // namespace hoidau
