#include <algorithm>
#include <atomic>
#include <filesystem>
#include <mutex>
#include <thread>
#include <utility>

#include "base/files.h"
#include "doc/page_json.h"
#include "ingest/reader.h"
#include "ocr/tesseract.h"
#include "ocr/witness.h"
#include "pipeline/models.h"
#include "pipeline/pipeline_impl.h"
#include "pipeline/read_image_page.h"

namespace hoidau {
namespace {

namespace fs = std::filesystem;

fs::path StoreOf(const std::string& page_store, const std::string& sha256) { return fs::path(page_store) / sha256; }

// The recognised pages of one document, kept on disk. What cannot be kept is recognised again another time: no error.
class PageStore {
 public:
  PageStore(const PipelineOptions& options, const std::string& sha256)
      : folder_(options.page_store.empty() ? fs::path() : StoreOf(options.page_store, sha256)),
        settings_(TesseractVersion() + '-' + options.ocr_language + '-' +
                  std::to_string(static_cast<int>(options.mode))) {}

  std::optional<PageReading> Find(int number) const {
    if (folder_.empty() || !fs::exists(File(number))) return std::nullopt;
    const Result<std::string> json = ReadFile(File(number));
    if (!json) return std::nullopt;
    Result<PageReading> reading = PageReadingFromJson(*json);
    if (!reading || reading->page.number != number) return std::nullopt;
    return std::move(*reading);
  }

  void Keep(const PageReading& reading) const {
    if (folder_.empty()) return;
    std::error_code failed;
    fs::create_directories(folder_, failed);
    static_cast<void>(WriteFileAtomic(File(reading.page.number), PageReadingToJson(reading)));
  }

 private:
  std::string File(int number) const {
    return (folder_ / (settings_ + '-' + std::to_string(number) + ".page")).string();
  }

  fs::path folder_;
  std::string settings_;  // what else recognition depends on
};

// One document being read by several threads: the reader is shared under a lock, each thread has an engine.
class PageReader {
 public:
  PageReader(const DocumentReader& reader, const PipelineOptions& options, EnginePool& engines)
      : reader_(reader),
        options_(options),
        engines_(engines),
        store_(options, reader.source().sha256),
        pages_(static_cast<std::size_t>(reader.page_count())) {}

  Result<Document> Run() {
    const std::size_t cores = std::max(1U, std::thread::hardware_concurrency());
    const std::size_t wanted = options_.threads > 0 ? static_cast<std::size_t>(options_.threads) : cores;
    {
      std::vector<std::jthread> threads;
      for (std::size_t i = 1; i < std::min(wanted, pages_.size()); ++i) threads.emplace_back([this] { Work(); });
      Work();
    }
    if (failure_) return *failure_;
    Document out;
    out.source = reader_.source();
    out.digital_signatures = reader_.signatures();
    out.issues = reader_.issues();
    for (PageReading& read : pages_) {
      out.pages.push_back(std::move(read.page));
      out.issues.insert(out.issues.end(), read.issues.begin(), read.issues.end());
    }
    out.source.text_origin = Origin(out);
    return out;
  }

 private:
  static TextOrigin Origin(const Document& document) {
    const auto any = [&](PageSource source) {
      return std::any_of(document.pages.begin(), document.pages.end(),
                         [&](const Page& p) { return p.source == source; });
    };
    if (document.source.kind == SourceKind::kText) return TextOrigin::kText;
    const bool ocr = any(PageSource::kOcr);
    const bool layer = any(PageSource::kTextLayer);
    if (any(PageSource::kBoth) || (ocr && layer)) return TextOrigin::kCombined;
    return ocr ? TextOrigin::kOcr : TextOrigin::kTextLayer;
  }

  void Work() {
    std::unique_ptr<OcrEngine> engine;
    WorkWith(engine);
    if (engine != nullptr) engines_.Give(std::move(engine));
  }

  void WorkWith(std::unique_ptr<OcrEngine>& engine) {
    while (true) {
      const std::size_t i = next_++;
      if (i >= pages_.size() || stop_ || Stopped()) return;
      if (const Status read = ReadOne(i, engine); !read) {
        const std::lock_guard lock(mutex_);
        if (!failure_) failure_ = read.error();
        stop_ = true;
        return;
      }
      const std::lock_guard lock(mutex_);
      if (options_.progress) options_.progress({.pages_done = ++done_, .pages = reader_.page_count()});
    }
  }

  bool Stopped() {
    const std::lock_guard lock(mutex_);
    if (!options_.stop || !options_.stop()) return false;
    if (!failure_) failure_ = Error{ErrorCode::kInterrupted, "stopped"};
    return stop_ = true;
  }

  // An error is one of the installation, which the next page would meet too; what is wrong with the page is its issue.
  Status ReadOne(std::size_t i, std::unique_ptr<OcrEngine>& engine) {
    const int number = static_cast<int>(i) + 1;
    PageReading& out = pages_[i];
    out.page.number = number;
    const auto issue = [&](const char* stage, const char* code, const std::string& message) {
      out.issues.push_back({.stage = stage, .page = number, .code = code, .message = message});
    };
    std::unique_lock lock(mutex_);
    Result<PageText> layer = reader_.TextLayer(number);
    if (!layer) {
      issue("ingest", "unreadable-page", layer.error().message);
      return Done{};
    }
    out.page = std::move(layer->page);
    if (layer->verdict.use != PageSource::kOcr && layer->verdict.use != PageSource::kBoth) return Done{};
    lock.unlock();
    if (std::optional<PageReading> kept = store_.Find(number)) {
      out = std::move(*kept);
      return Done{};
    }
    lock.lock();
    Result<Image> image = reader_.Raster(number);
    lock.unlock();
    if (!image) {
      issue("ingest", "unreadable-page", image.error().message);
      return Done{};
    }
    if (engine == nullptr) {
      Result<std::unique_ptr<OcrEngine>> taken = engines_.Take();
      if (!taken) return taken.error();
      engine = std::move(*taken);
    }
    Result<OcrPage> read = ReadImagePage(*engine, *image, number);
    if (!read) {
      issue("ocr", "unreadable-page", read.error().message);
      return Done{};
    }
    read->page.reason = layer->verdict.reason;
    AddLayerMarks(out.page, read->page);
    // Turned pages have their layer in the other direction, which is no reading of what stands there.
    if (layer->verdict.use == PageSource::kBoth && read->page.quarter_turns == 0) {
      AddWitness(out.page, read->page);
      read->page.source = PageSource::kBoth;
    }
    out.page = std::move(read->page);
    out.issues.insert(out.issues.end(), read->issues.begin(), read->issues.end());
    store_.Keep(out);
    return Done{};
  }

  const DocumentReader& reader_;
  const PipelineOptions& options_;
  EnginePool& engines_;
  const PageStore store_;
  std::vector<PageReading> pages_;
  std::atomic<std::size_t> next_{0};
  std::atomic<bool> stop_{false};
  std::mutex mutex_;  // reader_, failure_, done_, progress
  std::optional<Error> failure_;
  int done_ = 0;
};

// A document as it is: what recovery gives where there is nothing to recover.
RecoveredDocument Unchanged(const Document& document) {
  RecoveredDocument out;
  for (const Page& page : document.pages) {
    RecoveredPage& to = out.pages.emplace_back();
    to.layer = *TextLayer::Apply(page.raw, {});
    for (const Line& line : page.lines) {
      RecoveredLine& to_line = to.lines.emplace_back();
      to_line = {.text_span = line.raw_span, .box = line.box, .style = line.style, .tokens = {}};
      for (const Token& token : line.tokens) {
        to_line.tokens.push_back({.raw_span = token.raw_span,
                                  .text_span = token.raw_span,
                                  .confidence = token.confidence,
                                  .alternatives = token.alternatives,
                                  .box = token.box});
      }
    }
  }
  return out;
}

// A page that recovery is unsure of in more words than a reader would stumble over.
constexpr double kDoubtfulShare = 0.05;

void AddDoubtfulPages(Record& record) {
  for (const RecordPage& page : record.pages) {
    std::size_t words = 0;
    std::size_t unsure = 0;
    for (const RecordLine& line : page.lines) {
      words += line.tokens.size();
      unsure += static_cast<std::size_t>(
          std::count_if(line.tokens.begin(), line.tokens.end(), [](const RecordToken& t) { return t.unsure; }));
    }
    if (static_cast<double>(unsure) <= kDoubtfulShare * static_cast<double>(words)) continue;
    record.issues.push_back({.stage = "repair",
                             .page = page.number,
                             .code = "low-confidence",
                             .message = std::to_string(unsure) + " of " + std::to_string(words) + " words are unsure"});
  }
}

}  // namespace

Result<std::unique_ptr<OcrEngine>> Pipeline::Impl::OpenEngine() const {
  return OpenTesseract({.language = options.ocr_language,
                        .data_dir = options.tessdata_dir,
                        .time_limit_ms = options.page_time_limit_ms});
}

Result<Document> Pipeline::Impl::ReadDocument(const std::string& path) {
  Result<DocumentReader> reader = DocumentReader::Open(path, {.mode = options.mode,
                                                              .max_bytes = options.max_bytes,
                                                              .max_pages = options.max_pages,
                                                              .max_pixels = options.max_pixels});
  if (!reader) return reader.error();
  Result<Document> document = PageReader(*reader, options, engines).Run();
  if (!document) return document;
  std::uint64_t bytes = 0;
  for (const Page& page : document->pages) bytes += page.raw.size();
  if (bytes > options.max_text_bytes) {
    return Error{ErrorCode::kResourceLimit,
                 path + ": has more than " + std::to_string(options.max_text_bytes >> 20) + " MiB of text; split it"};
  }
  return document;
}

void ForgetPages(const std::string& page_store, const std::string& sha256) {
  std::error_code ignored;
  if (!page_store.empty() && !sha256.empty()) fs::remove_all(StoreOf(page_store, sha256), ignored);
}

Pipeline::Pipeline(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Pipeline::Pipeline(Pipeline&&) noexcept = default;
Pipeline& Pipeline::operator=(Pipeline&&) noexcept = default;
Pipeline::~Pipeline() = default;

Result<Pipeline> Pipeline::Load(PipelineOptions options) {
  Result<std::string> dir = FindModels(options.models_dir);
  if (!dir) return dir.error();
  return Pipeline(std::make_unique<Impl>(std::move(options), std::move(*dir)));
}

const std::string& Pipeline::models_dir() const { return impl_->models_dir; }

Result<Document> Pipeline::Read(const std::string& path) const { return impl_->ReadDocument(path); }

Result<RecoveredDocument> Pipeline::Recover(const Document& document) const {
  const Result<RepairModel>& model = impl_->repair.Get();
  if (!model) return model.error();
  RepairScratch scratch;
  return Repair(document, *model, scratch, impl_->MakeRepairOptions());
}

Result<Record> Pipeline::Describe(const Document& document, const RecoveredDocument& recovered) const {
  const Result<SegmentRules>& segment_rules = impl_->segment.Get();
  if (!segment_rules) return segment_rules.error();
  const Result<ExtractRules>& extract_rules = impl_->extract.Get();
  if (!extract_rules) return extract_rules.error();
  Record record = TextRecord(document, recovered);
  const DocumentText text = JoinPages(document, recovered);
  const Outline outline = Segment(text, *segment_rules);
  hoidau::Extract(text, outline, *extract_rules, {.digital_signatures = document.digital_signatures}, record);
  return record;
}

Result<Outline> Pipeline::Structure(const Document& document, const RecoveredDocument& recovered) const {
  const Result<SegmentRules>& rules = impl_->segment.Get();
  if (!rules) return rules.error();
  return Segment(JoinPages(document, recovered), *rules);
}

Result<Record> Pipeline::Process(const std::string& path) const {
  const Result<Document> document = Read(path);
  if (!document) return document.error();
  const Result<RecoveredDocument> recovered = Recover(*document);
  if (!recovered) return recovered.error();
  return Describe(*document, *recovered);
}

Result<Record> Pipeline::Extract(const std::string& path) const {
  const Result<Document> document = Read(path);
  if (!document) return document.error();
  return Describe(*document, Unchanged(*document));
}

Record TextRecord(const Document& document, const RecoveredDocument& recovered) {
  const DocumentText text = JoinPages(document, recovered);
  Record record;
  record.source = document.source;
  record.text = text.text;
  record.pages = RecordPages(document, recovered, text);
  record.issues = document.issues;
  record.issues.insert(record.issues.end(), recovered.issues.begin(), recovered.issues.end());
  AddDoubtfulPages(record);
  return record;
}

bool NeedsLook(const Record& record) { return !record.issues.empty(); }

std::vector<Component> Diagnose(const PipelineOptions& options) {
  std::vector<Component> out;
  const auto add = [&](const char* name, std::string version, const auto& result) {
    out.push_back({name, std::move(version), result.ok(), result.ok() ? "" : result.error().message});
  };
  const Result<std::string> dir = FindModels(options.models_dir);
  add("models", dir.ok() ? *dir : "", dir);
  if (dir) {
    add("recovery model", "", RepairModel::Load(*dir));
    add("structure rules", "", SegmentRules::Load(*dir));
    add("extraction rules", "", ExtractRules::Load(*dir));
  }
  add("tesseract", TesseractVersion() + " (" + options.ocr_language + ")",
      OpenTesseract({.language = options.ocr_language, .data_dir = options.tessdata_dir}));
  return out;
}

}  // namespace hoidau
