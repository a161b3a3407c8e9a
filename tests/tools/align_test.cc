#include "align.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace hoidau::print {
namespace {

using testing::ElementsAre;

TEST(AlignTokens, PairsTokensByPlace) {
  EXPECT_THAT(AlignTokens("co s& va d6i", "cơ sở và đổi"), ElementsAre(TokenPair{"co", "cơ"}, TokenPair{"s&", "sở"},
                                                                       TokenPair{"va", "và"}, TokenPair{"d6i", "đổi"}));
}

TEST(AlignTokens, KeepsSplitsAndJoins) {
  EXPECT_THAT(AlignTokens("hu 'O'ng dan", "hướng dẫn"),
              ElementsAre(TokenPair{"hu 'O'ng", "hướng"}, TokenPair{"dan", "dẫn"}));
  EXPECT_THAT(AlignTokens("ke huongdan cua", "kế hướng dẫn của"),
              ElementsAre(TokenPair{"ke", "kế"}, TokenPair{"huongdan", "hướng dẫn"}, TokenPair{"cua", "của"}));
}

TEST(AlignTokens, JunkBetweenTokensGivesNoPair) {
  EXPECT_THAT(AlignTokens("thi ~ dua", "thi đua"), ElementsAre(TokenPair{"thi", "thi"}, TokenPair{"dua", "đua"}));
}

TEST(AlignTokens, LinesThatWereNotReadGiveNoPair) {
  const auto pairs = AlignTokens("mot hai\nnam sau", "một hai\nỦy ban nhân dân huyện Bát Tràng\nnăm sáu");
  EXPECT_THAT(pairs, ElementsAre(TokenPair{"mot", "một"}, TokenPair{"hai", "hai"}, TokenPair{"nam", "năm"},
                                 TokenPair{"sau", "sáu"}));
}

TEST(AlignTokens, OneUnlikeTokenAmongGoodOnesIsKept) {
  EXPECT_THAT(AlignTokens("chuc (mg dung", "chức ứng dụng"),
              ElementsAre(TokenPair{"chuc", "chức"}, TokenPair{"(mg", "ứng"}, TokenPair{"dung", "dụng"}));
}

TEST(AlignTokens, EmptySidesGiveNothing) {
  EXPECT_TRUE(AlignTokens("", "một").empty());
  EXPECT_TRUE(AlignTokens("mot", "").empty());
  EXPECT_TRUE(AlignTokens("", "").empty());
}

}  // namespace
}  // namespace hoidau::print
