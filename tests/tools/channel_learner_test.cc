#include "channel_learner.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace hoidau::print {
namespace {

const ChannelEdit* Find(const LearntChannel& channel, char shape, std::u32string_view printed,
                        std::u32string_view observed) {
  const auto found = std::find_if(channel.edits.begin(), channel.edits.end(), [&](const ChannelEdit& e) {
    return e.shape == shape && e.printed == printed && e.observed == observed;
  });
  return found == channel.edits.end() ? nullptr : &*found;
}

ChannelLearner Taught() {
  ChannelLearner learner;
  learner.Add(U"cd", U"cố", 60);
  learner.Add(U"sd", U"số", 60);
  learner.Add(U"s6", U"số", 30);
  learner.Add(U"chirc", U"chức", 40);
  learner.Add(U"mirc", U"mức", 40);
  learner.Add(U"chit", U"chứt", 10);
  learner.Add(U"Po", U"Đo", 30);
  learner.Add(U"Do", U"Đo", 10);
  learner.Add(U"PO", U"ĐO", 20);
  return learner;
}

TEST(ChannelLearner, CostsAreFrequencies) {
  const LearntChannel channel = Taught().Learn({});
  const ChannelEdit* six = Find(channel, 'l', U"ố", U"6");
  ASSERT_NE(six, nullptr);
  EXPECT_NEAR(six->cost, -std::log(30.0 / 150), 0.1);
  const ChannelEdit* p = Find(channel, 't', U"đ", U"P");
  ASSERT_NE(p, nullptr);
  EXPECT_NEAR(p->cost, -std::log(0.75), 0.1);
}

TEST(ChannelLearner, SeveralLettersWhereTheySayMore) {
  const LearntChannel channel = Taught().Learn({});
  // "ức" is always read "irc", "ứ" alone is not always "ir".
  EXPECT_NE(Find(channel, 'l', U"ức", U"irc"), nullptr);
  EXPECT_LT(channel.Cost(U"birc", U"bức"), channel.Cost(U"biic", U"bức"));
  LearnOptions single;
  single.max_edit = 1;
  for (const ChannelEdit& edit : Taught().Learn(single).edits) EXPECT_LE(edit.printed.size(), 1u);
}

TEST(ChannelLearner, CapitalsApart) {
  const LearntChannel channel = Taught().Learn({});
  EXPECT_NE(Find(channel, 'u', U"đ", U"P"), nullptr);
  EXPECT_EQ(Find(channel, 'l', U"đ", U"P"), nullptr);
}

TEST(ChannelLearner, DigitsAndSignsAreNotTaught) {
  ChannelLearner learner;
  learner.Add(U"l5/KH-UBND", U"15/KH-UBND", 50);
  learner.Add(U"a,", U"a.", 50);
  for (const ChannelEdit& edit : learner.Learn({}).edits) {
    EXPECT_EQ(edit.printed.find_first_of(U"15/-."), std::u32string::npos);
  }
}

TEST(ChannelLearner, OldAndNewPlacementAreOne) {
  ChannelLearner learner;
  learner.Add(U"hoa", U"hoà", 10);
  learner.Add(U"hoa", U"hòa", 10);
  const LearntChannel channel = learner.Learn({});
  EXPECT_NEAR(channel.Cost(U"hoa", U"hoà"), channel.Cost(U"hoa", U"hòa"), 1e-9);
}

}  // namespace
}  // namespace hoidau::print
