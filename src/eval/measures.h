// Measures: numbers kept a document, summed over documents, and turned into a rate with its interval.
//
//   Measures a{{"syllables", {98, 100}}}, b{{"syllables", {45, 50}}};
//   Estimate e = Summarize("syllables", {&a, &b}, {});     // e.value == 143.0 / 150, e.low and e.high around it
//
// What the numbers of a measure mean is told by its name:
//   record.*       right, gold, given: the value is F1
//   calibration    for each of ten bins of confidence: tokens, sum of confidences, right tokens: expected calibration
//   error unsure_at_5    for each of a hundred bins of confidence: tokens, wrong tokens: share of wrong ones among the
//   5 % of
//                  least confidence
//   anything else  right, all: their ratio
//
// Thread safety: pure. Method of the interval: percentile bootstrap over documents (Efron 1979), 95 %, fixed seed.
#ifndef HOIDAU_EVAL_MEASURES_H_
#define HOIDAU_EVAL_MEASURES_H_

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace hoidau {

using Numbers = std::vector<double>;
using Measures = std::map<std::string, Numbers>;

// The value of summed numbers; nothing where it is not defined (nothing to count).
std::optional<double> MeasureValue(std::string_view name, const Numbers& sum);

struct BootstrapOptions {
  int resamples = 1000;
  std::uint64_t seed = 20251107;
};

struct Estimate {
  double value = 0, low = 0, high = 0;
  int documents = 0;
};
// Over the documents that have the measure. Nothing where its value is not defined.
std::optional<Estimate> Summarize(const std::string& name, const std::vector<const Measures*>& documents,
                                  const BootstrapOptions& options);

// Where lower is better.
bool IsLoss(std::string_view name);

// Collects confidences against truth for the measures "calibration", "unsure_at_5", "unsure" and "unsure_share".
class Calibration {
 public:
  void Add(float confidence, bool right, bool unsure);
  void WriteTo(Measures& measures) const;

 private:
  Numbers bins_ = Numbers(30), fine_ = Numbers(200), unsure_ = Numbers(2), share_ = Numbers(2);
};

}  // namespace hoidau

#endif  // HOIDAU_EVAL_MEASURES_H_
