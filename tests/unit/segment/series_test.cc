#include "segment/series.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace hoidau {
namespace {

std::vector<int> Roman(const std::vector<std::string>& runs) {
  std::vector<HeadCandidate> candidates;
  for (const std::string& run : runs) candidates.push_back({.run = run});
  return BestSeries(candidates, Numbering::kRoman);
}

TEST(BestSeries, HeaderExample) {
  EXPECT_EQ(BestSeries({{.run = "I"}, {.run = "I", .closed = false}, {.run = "III"}}, Numbering::kRoman),
            (std::vector<int>{1, 2, 3}));
}

TEST(BestSeries, OneDamagedLabelCostsOneLabel) {
  EXPECT_EQ(Roman({"I", "I", "II", "IV", "V", "VI"}), (std::vector<int>{1, 2, 3, 4, 5, 6}));
  EXPECT_EQ(Roman({"I", "Il", "IlIl", "IV"}), (std::vector<int>{1, 2, 3, 4}));
  EXPECT_EQ(Roman({"I", "H", "HI", "TV", "Y"}), (std::vector<int>{1, 2, 3, 4, 5}));
  EXPECT_EQ(Roman({"l", "II", "III"}), (std::vector<int>{1, 2, 3}));
  EXPECT_EQ(Roman({}), std::vector<int>{});
}

TEST(BestSeries, ANumberMayBeMissingAndANewPartBeginsAnew) {
  EXPECT_EQ(Roman({"I", "III", "IV"}), (std::vector<int>{1, 3, 4}));
  std::vector<HeadCandidate> parts = {{.run = "I"}, {.run = "II"}, {.run = "I"}, {.run = "II"}};
  parts[2].begins_anew = true;
  EXPECT_EQ(BestSeries(parts, Numbering::kRoman), (std::vector<int>{1, 2, 1, 2}));
}

TEST(BestSeries, WhatIsNoHeadingIsPassedBy) {
  std::vector<HeadCandidate> candidates = {{.run = "I"}, {.run = "II"}, {.run = "X"}, {.run = "III"}};
  candidates[2].capitals = false;
  EXPECT_EQ(BestSeries(candidates, Numbering::kRoman), (std::vector<int>{1, 2, 0, 3}));
}

TEST(BestSeries, Letters) {
  const auto letters = [](const std::vector<std::string>& runs) {
    std::vector<HeadCandidate> candidates;
    for (const std::string& run : runs) candidates.push_back({.run = run});
    return BestSeries(candidates, Numbering::kCapital);
  };
  // D read for Đ, and a word made of a letter and its sign.
  EXPECT_EQ(letters({"A", "B", "CÁC", "D", "D"}), (std::vector<int>{1, 2, 3, 4, 5}));
  // "CÓ NHỮNG VIỆC PHẢI LÀM" stands for C where C is missing, and for nothing where it is not.
  EXPECT_EQ(BestSeries({{.run = "A"}, {.run = "B"}, {.run = "CÓ", .closed = false}, {.run = "D"}}, Numbering::kCapital),
            (std::vector<int>{1, 2, 3, 4}));
  EXPECT_EQ(BestSeries({{.run = "A"}, {.run = "CÓ", .closed = false}, {.run = "B"}, {.run = "C"}}, Numbering::kCapital),
            (std::vector<int>{1, 0, 2, 3}));
  EXPECT_EQ(CapitalName(5), "Đ");
  EXPECT_EQ(CapitalName(0), "");
}

}  // namespace
}  // namespace hoidau
