#include "segment/series.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>

#include "segment/labels.h"

namespace hoidau {
namespace {

constexpr double kNever = 1e6;
constexpr int kMost = 24;  // numbers of a series

constexpr double kOpen = 0.5;     // a number without its sign
constexpr double kStroke = 0.8;   // a stroke that was lost or gained
constexpr double kMisread = 0.3;  // any difference at all
constexpr double kGap = 1.5;      // a number that is left out
constexpr double kAnew = 3;       // a series that begins again without a division between
constexpr double kPassClear = 4;  // a heading in capitals with a number and its sign that is passed by
constexpr double kPassDoubtful = 0.9;

// The letters of lists in their order; offices leave Đ out, or F, J, W, Z.
constexpr std::array<std::string_view, 24> kCapitals = {"A", "B", "C", "D", "Đ", "E", "G", "H", "I", "K", "L", "M",
                                                        "N", "O", "P", "Q", "R", "S", "T", "U", "V", "X", "Y", "Z"};

double RomanCost(const std::string& run, int number) {
  if (OrdinalName({.kind = LabelKind::kRoman, .path = {number}}, run) == run) return 0;
  const int strokes = StrokesFromRoman(run, number);
  return strokes > 2 ? kNever : kMisread + kStroke * strokes;
}

double CapitalCost(const std::string& run, int number) {
  const std::string_view wanted = kCapitals[static_cast<std::size_t>(number - 1)];
  if (run == wanted) return 0;
  if ((run == "D" || run == "Đ") && (wanted == "D" || wanted == "Đ")) return kMisread;
  if ((run == "8" && wanted == "B") || (run == "€" && wanted == "C") || (run == "£" && wanted == "E")) return kMisread;
  // "CÁC. NỘI DUNG": recovery made a word of a letter and its sign.
  return run.starts_with(wanted) && run.size() > wanted.size() ? 1.2 : kNever;
}

}  // namespace

std::string_view CapitalName(int number) {
  return number < 1 || number > kMost ? std::string_view() : kCapitals[static_cast<std::size_t>(number - 1)];
}

std::vector<int> BestSeries(const std::vector<HeadCandidate>& candidates, Numbering numbering) {
  const std::size_t n = candidates.size();
  std::vector<int> out(n, 0);
  if (n == 0) return out;
  const auto cost = [&](std::size_t k, int number) {
    const HeadCandidate& c = candidates[k];
    const double read = numbering == Numbering::kRoman ? RomanCost(c.run, number) : CapitalCost(c.run, number);
    return read + (c.closed ? 0 : kOpen);
  };
  std::array<double, kMost + 1> costs{};  // of the candidate being placed, by number
  const auto pass = [&](std::size_t k) {
    const double nearest = *std::min_element(costs.begin() + 1, costs.end());
    if (nearest > 0) return candidates[k].closed && nearest < kNever ? 1.5 : kPassDoubtful;
    return candidates[k].capitals ? kPassClear : kPassDoubtful;
  };
  // Of a candidate's number to the one before (0: none).
  const auto step = [&](int before, int number, bool anew) {
    const int first = before == 0 || (anew && number <= before) ? 0 : before;
    if (number > first) {
      // D may be followed by E.
      const bool skips = numbering == Numbering::kCapital && first == 4 && number == 6;
      return skips ? 0.1 : kGap * (number - first - 1);
    }
    return number == 1 ? kAnew : kNever;
  };
  // best[k][m]: the candidates before k are placed, and the last number given was m.
  std::vector<std::array<double, kMost + 1>> best(n + 1);
  std::vector<std::array<int, kMost + 1>> from(n + 1);  // the number before; -1: candidate k - 1 was passed by
  for (auto& row : best) row.fill(kNever);
  best[0][0] = 0;
  for (std::size_t k = 0; k < n; ++k) {
    for (int number = 1; number <= kMost; ++number) costs[static_cast<std::size_t>(number)] = cost(k, number);
    const double passed = pass(k);
    for (int m = 0; m <= kMost; ++m) {
      const auto before = static_cast<std::size_t>(m);
      if (best[k][before] >= kNever) continue;
      if (best[k][before] + passed < best[k + 1][before]) {
        best[k + 1][before] = best[k][before] + passed;
        from[k + 1][before] = -1;
      }
      for (int number = 1; number <= kMost; ++number) {
        const double c =
            best[k][before] + costs[static_cast<std::size_t>(number)] + step(m, number, candidates[k].begins_anew);
        if (c >= best[k + 1][static_cast<std::size_t>(number)]) continue;
        best[k + 1][static_cast<std::size_t>(number)] = c;
        from[k + 1][static_cast<std::size_t>(number)] = m;
      }
    }
  }
  auto last = static_cast<int>(std::min_element(best[n].begin(), best[n].end()) - best[n].begin());
  for (std::size_t k = n; k > 0; --k) {
    const int before = from[k][static_cast<std::size_t>(last)];
    if (before < 0) continue;
    out[k - 1] = last;
    last = before;
  }
  return out;
}

}  // namespace hoidau
