#include "repair/evidence.h"

#include <gtest/gtest.h>

namespace hoidau {
namespace {

// A line of one token with what a recogniser says of it.
Document Read(std::string text, float confidence, std::vector<Candidate> alternatives) {
  Document out;
  out.pages.push_back(PlainTextPage(std::move(text), 1));
  Token& token = out.pages[0].lines[0].tokens[0];
  token.confidence = confidence;
  token.alternatives = std::move(alternatives);
  return out;
}

TEST(Evidence, WhatWasSeenIsCheaperWhatWasNotIsDearer) {
  const Document document = Read("tô", 0.78F, {{"tổ", 0.6F}, {"tố", 0.4F}});
  const Evidence evidence(document, Atomize(document, true));
  EXPECT_GT(evidence.Cost(0, "tô", true), 0);
  EXPECT_LT(evidence.Cost(0, "tổ", false), evidence.Cost(0, "tố", false));
  EXPECT_LT(evidence.Cost(0, "tố", false), 0);
  EXPECT_GT(evidence.Cost(0, "tơ", false), 0);
}

TEST(Evidence, DoubtGrowsAsConfidenceFalls) {
  float before = -10;
  for (const float confidence : {0.99F, 0.9F, 0.7F, 0.4F}) {
    const Document document = Read("hội", confidence, {});
    const Evidence evidence(document, Atomize(document, true));
    EXPECT_GT(evidence.Cost(0, "hội", true), before);
    before = evidence.Cost(0, "hội", true);
    EXPECT_EQ(evidence.Cost(0, "hỏi", false), 0) << "no other reading was given";
  }
}

TEST(Evidence, PlainTextSaysNothing) {
  const Document document = Read("hội", 1, {});
  const Evidence evidence(document, Atomize(document, true));
  EXPECT_EQ(evidence.Cost(0, "hội", true), 0);
  EXPECT_EQ(evidence.Cost(7, "hội", true), 0);
}

TEST(Evidence, WordsAndSignsOfATokenKeepTheirPlaces) {
  const Document document = Read("(TÔ/chưc", 0.8F, {{"(TỔ/chưc", 0.5F}, {"(TỔ/chức", 0.4F}, {"xx", 0.3F}});
  const AtomizedDocument atomized = Atomize(document, true);
  ASSERT_EQ(atomized.atoms.size(), 4U);
  const Evidence evidence(document, atomized);
  EXPECT_LT(evidence.Cost(1, "tổ", false), 0);
  EXPECT_LT(evidence.Cost(3, "chức", false), 0);
  EXPECT_GT(evidence.Cost(3, "xx", false), 0);
}

}  // namespace
}  // namespace hoidau
