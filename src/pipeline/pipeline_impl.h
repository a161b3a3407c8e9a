// What a Pipeline holds: shared by pipeline.cc and text_filter.cc, no part of the interface.
#ifndef HOIDAU_PIPELINE_PIPELINE_IMPL_H_
#define HOIDAU_PIPELINE_PIPELINE_IMPL_H_

#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <utility>

#include "extract/extract.h"
#include "pipeline/hoidau.h"
#include "repair/repair.h"
#include "segment/segment.h"

namespace hoidau {

// A model that is read when it is first asked for, once, by whatever thread comes first.
template <typename T>
class Lazy {
 public:
  explicit Lazy(std::function<Result<T>()> load) : load_(std::move(load)) {}
  const Result<T>& Get() {
    std::call_once(once_, [&] { value_ = load_(); });
    return *value_;
  }

 private:
  std::function<Result<T>()> load_;
  std::once_flag once_;
  std::optional<Result<T>> value_;
};

struct Pipeline::Impl {
  Impl(PipelineOptions wanted, std::string found) : options(std::move(wanted)), models_dir(std::move(found)) {}

  // A model file that is not there is a part of the installation that is missing; one that the user named is not.
  template <typename T>
  Result<T> OfInstallation(Result<T> loaded) const {
    const bool missing =
        !loaded && loaded.error().code == ErrorCode::kNotFound && loaded.error().message.starts_with(models_dir);
    if (missing) return Error{ErrorCode::kMissing, loaded.error().message};
    return loaded;
  }
  RepairOptions MakeRepairOptions() const {
    RepairOptions out;
    out.words = options.words;
    out.explain = options.explain;
    return out;
  }
  Result<Document> ReadDocument(const std::string& path) const;

  const PipelineOptions options;
  const std::string models_dir;
  Lazy<RepairModel> repair{[this] { return OfInstallation(RepairModel::Load(models_dir, options.lm_path)); }};
  Lazy<SegmentRules> segment{[this] { return OfInstallation(SegmentRules::Load(models_dir, options.rules_dir)); }};
  Lazy<ExtractRules> extract{[this] { return OfInstallation(ExtractRules::Load(models_dir, options.rules_dir)); }};
};

}  // namespace hoidau

#endif  // HOIDAU_PIPELINE_PIPELINE_IMPL_H_
