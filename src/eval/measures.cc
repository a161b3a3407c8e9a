#include "eval/measures.h"

#include <algorithm>
#include <cmath>
#include <random>

namespace hoidau {
namespace {

constexpr double kLeastConfident = 0.05;

// Harmonic mean of precision and recall; perfect where there was nothing to find and nothing was given.
double F1(double right, double gold, double given) {
  const double precision = given > 0 ? right / given : gold == 0;
  const double recall = gold > 0 ? right / gold : 1;
  return precision + recall > 0 ? 2 * precision * recall / (precision + recall) : 0;
}

std::optional<double> ExpectedCalibrationError(const Numbers& bins) {
  double all = 0, error = 0;
  for (std::size_t i = 0; i + 2 < bins.size(); i += 3) {
    all += bins[i];
    error += std::abs(bins[i + 1] - bins[i + 2]);
  }
  return all > 0 ? std::optional(error / all) : std::nullopt;
}

std::optional<double> WrongAmongLeastConfident(const Numbers& bins) {
  double all = 0;
  for (std::size_t i = 0; i + 1 < bins.size(); i += 2) all += bins[i];
  const double wanted = all * kLeastConfident;
  if (wanted <= 0) return std::nullopt;
  double taken = 0, wrong = 0;
  for (std::size_t i = 0; i + 1 < bins.size() && taken < wanted; i += 2) {
    if (bins[i] <= 0) continue;
    const double part = std::min(1.0, (wanted - taken) / bins[i]);
    taken += part * bins[i];
    wrong += part * bins[i + 1];
  }
  return wrong / taken;
}

}  // namespace

std::optional<double> MeasureValue(std::string_view name, const Numbers& sum) {
  if (name.starts_with("record.")) return F1(sum.at(0), sum.at(1), sum.at(2));
  if (name == "calibration") return ExpectedCalibrationError(sum);
  if (name == "unsure_at_5") return WrongAmongLeastConfident(sum);
  return sum.at(1) > 0 ? std::optional(sum[0] / sum[1]) : std::nullopt;
}

bool IsLoss(std::string_view name) { return name.starts_with("harm") || name == "calibration" || name == "made_worse"; }

std::optional<Estimate> Summarize(const std::string& name, const std::vector<const Measures*>& documents,
                                  const BootstrapOptions& options) {
  std::vector<const Numbers*> numbers;
  for (const Measures* document : documents) {
    if (const auto found = document->find(name); found != document->end()) numbers.push_back(&found->second);
  }
  if (numbers.empty()) return std::nullopt;
  const auto add = [](Numbers& sum, const Numbers& more) {
    for (std::size_t i = 0; i < sum.size(); ++i) sum[i] += more[i];
  };
  Numbers whole(numbers.front()->size());
  for (const Numbers* n : numbers) add(whole, *n);
  const std::optional<double> value = MeasureValue(name, whole);
  if (!value) return std::nullopt;

  std::mt19937_64 random(options.seed);
  std::vector<double> values;
  for (int r = 0; r < options.resamples; ++r) {
    Numbers sum(whole.size());
    // The remainder and not a distribution: the same numbers with every standard library.
    for (std::size_t i = 0; i < numbers.size(); ++i) add(sum, *numbers[random() % numbers.size()]);
    if (const std::optional<double> v = MeasureValue(name, sum)) values.push_back(*v);
  }
  Estimate out{.value = *value, .low = *value, .high = *value, .documents = static_cast<int>(numbers.size())};
  if (!values.empty()) {
    std::sort(values.begin(), values.end());
    const auto at = [&](double share) {
      return values[static_cast<std::size_t>(share * static_cast<double>(values.size() - 1))];
    };
    out.low = at(0.025);
    out.high = at(0.975);
  }
  return out;
}

void Calibration::Add(float confidence, bool right, bool unsure) {
  const double c = std::clamp(static_cast<double>(confidence), 0.0, 1.0);
  const std::size_t bin = 3 * std::min<std::size_t>(9, static_cast<std::size_t>(c * 10));
  bins_[bin] += 1;
  bins_[bin + 1] += c;
  bins_[bin + 2] += right;
  const std::size_t fine = 2 * std::min<std::size_t>(99, static_cast<std::size_t>(c * 100));
  fine_[fine] += 1;
  fine_[fine + 1] += !right;
  unsure_[0] += unsure && !right;
  unsure_[1] += unsure;
  share_[0] += unsure;
  share_[1] += 1;
}

void Calibration::WriteTo(Measures& measures) const {
  measures["calibration"] = bins_;
  measures["unsure_at_5"] = fine_;
  measures["unsure"] = unsure_;
  measures["unsure_share"] = share_;
}

}  // namespace hoidau
