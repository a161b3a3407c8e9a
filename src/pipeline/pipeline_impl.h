// What a Pipeline holds: shared by pipeline.cc and text_filter.cc, no part of the interface.
#ifndef HOIDAU_PIPELINE_PIPELINE_IMPL_H_
#define HOIDAU_PIPELINE_PIPELINE_IMPL_H_

#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "extract/extract.h"
#include "ocr/engine.h"
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

// Engines that are open, for whatever thread needs one: to open one takes as long as a tenth of a page.
class EnginePool {
 public:
  using Open = std::function<Result<std::unique_ptr<OcrEngine>>()>;
  explicit EnginePool(Open open) : open_(std::move(open)) {}

  Result<std::unique_ptr<OcrEngine>> Take() {
    {
      const std::lock_guard lock(mutex_);
      if (!free_.empty()) {
        std::unique_ptr<OcrEngine> engine = std::move(free_.back());
        free_.pop_back();
        return engine;
      }
    }
    return open_();
  }
  void Give(std::unique_ptr<OcrEngine> engine) {
    const std::lock_guard lock(mutex_);
    free_.push_back(std::move(engine));
  }

 private:
  Open open_;
  std::mutex mutex_;  // free_
  std::vector<std::unique_ptr<OcrEngine>> free_;
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
  Result<Document> ReadDocument(const std::string& path);
  Result<std::unique_ptr<OcrEngine>> OpenEngine() const;

  const PipelineOptions options;
  const std::string models_dir;
  EnginePool engines{[this] { return OpenEngine(); }};
  Lazy<RepairModel> repair{[this] { return OfInstallation(RepairModel::Load(models_dir, options.lm_path)); }};
  Lazy<SegmentRules> segment{[this] { return OfInstallation(SegmentRules::Load(models_dir, options.rules_dir)); }};
  Lazy<ExtractRules> extract{[this] { return OfInstallation(ExtractRules::Load(models_dir, options.rules_dir)); }};
};

}  // namespace hoidau

#endif  // HOIDAU_PIPELINE_PIPELINE_IMPL_H_
