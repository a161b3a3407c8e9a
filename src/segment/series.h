// Headings of the first rank, numbered as a whole: of all lines that may be one the best consistent series is taken, so
// that a damaged label costs one label and not what follows it.
//
//   BestSeries({{.run = "I"}, {.run = "I", .closed = false}, {.run = "III"}}, Numbering::kRoman) → {1, 2, 3}
//
// Method: dynamic programming over the candidates in their order; a candidate costs what its letters are away from its
// number, one that is passed by what speaks for its being a heading, a number that is left out a fixed sum. Time is
// candidates × numbers × gaps. Private to the module.
#ifndef HOIDAU_SEGMENT_SERIES_H_
#define HOIDAU_SEGMENT_SERIES_H_

#include <string>
#include <string_view>
#include <vector>

namespace hoidau {

enum class Numbering { kRoman, kCapital };  // "I.", "II."; "A.", "B."

struct HeadCandidate {
  std::string run;           // what stands where the number should, without its sign: "I1", "HI", "CÁC"
  bool closed = true;        // with its sign
  bool capitals = true;      // the heading is in capitals
  bool begins_anew = false;  // a division ("Phần", an appendix) stands between it and the candidate before
};

// The number of each candidate, 0 for those that are no heading of the series.
std::vector<int> BestSeries(const std::vector<HeadCandidate>& candidates, Numbering numbering);

// "A", "Đ": the letter of a number of Numbering::kCapital, from 1.
std::string_view CapitalName(int number);

}  // namespace hoidau

#endif  // HOIDAU_SEGMENT_SERIES_H_
