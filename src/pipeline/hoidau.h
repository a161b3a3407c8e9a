// The library in one header: scanned or damaged Vietnamese documents in, correct text and records out.
//
//   Result<Pipeline> pipeline = Pipeline::Load({});
//   if (!pipeline) return Fail(pipeline.error().message);
//   Result<Record> record = pipeline->Process("plan.pdf");    // PDF, PNG, JPEG, TIFF or text
//   for (const Task& task : record->tasks) Show(task.action, task.due);
//   WriteFileAtomic("plan.json", ToJson(*record));              // base/files.h, doc/record_json.h
//
//   Result<TextFilter> filter = pipeline->Filter({});
//   filter->Whole("Ke hoach to chuc\n");                        // "Kế hoạch tổ chức\n"
//
// Thread safety: a Pipeline is shared by threads; its models are read once, each when it is first needed. A TextFilter
// belongs to one thread. Limits: PipelineOptions; an error is a value, nothing throws, prints or exits.
#ifndef HOIDAU_PIPELINE_HOIDAU_H_
#define HOIDAU_PIPELINE_HOIDAU_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "doc/document.h"
#include "doc/record.h"
#include "ingest/judge.h"

namespace hoidau {

// How far a document is. Calls come one at a time, from any thread.
struct Progress {
  int pages_done = 0;
  int pages = 0;
};

struct PipelineOptions {
  // Folder of the models. Empty: $HOIDAU_MODELS, else the one beside the program, else the installed one.
  std::string models_dir;
  // Folder of an office's own rules, tables of the same names as in models/rules, added to those; empty for none.
  std::string rules_dir;
  LayerMode mode = LayerMode::kAuto;  // what to do with the text layer of a PDF
  std::string ocr_language = "vie";   // Tesseract's name of the model
  std::string tessdata_dir;           // folder of Tesseract's models; empty: the system's
  int threads = 0;                    // pages read at once; 0: as many as there are cores
  std::vector<std::string> words;     // words and names that are right as they are
  std::string lm_path;                // a language model of the user's, mixed in; empty: none
  bool explain = false;               // say why each token reads as it does

  std::uint64_t max_bytes = std::uint64_t{1} << 30;        // of a file
  std::uint64_t max_text_bytes = std::uint64_t{64} << 20;  // of a document's text, for Process and Extract
  int max_pages = 2000;
  std::int64_t max_pixels = 100'000'000;  // of a page image
  int page_time_limit_ms = 60'000;        // of work (processor time) on its recognition

  // Folder where recognised pages are kept (by the document's SHA-256), so that reading a document again goes on where
  // it was stopped or killed, until ForgetPages; empty: none are kept. For one version of this library.
  std::string page_store;

  std::function<void(const Progress&)> progress;
  std::function<bool()> stop;  // asked before each page, as progress is; true: Read ends with kInterrupted
};

// Removes what page_store keeps of a document. Nothing there is no error.
void ForgetPages(const std::string& page_store, const std::string& sha256);

struct TextFilterOptions {
  // A document ends at a form feed, at the end of the input or at the first blank line after so many bytes. Where no
  // blank line comes it ends at a line end after four times as many, and after eight times as many inside the line.
  std::size_t document_bytes = std::size_t{256} << 10;
};

class TextFilter;

class Pipeline {
 public:
  // Finds the models. kMissing where there are none; what is wrong with one of them shows when it is first used.
  static Result<Pipeline> Load(PipelineOptions options);
  Pipeline(Pipeline&&) noexcept;
  Pipeline& operator=(Pipeline&&) noexcept;
  ~Pipeline();

  // All stages on one file; "-" is standard input. Errors: of the file (kNotFound, kIo, kBadInput, kEncrypted,
  // kUnsupported, kResourceLimit; the message begins with its name) and of the installation (kMissing, kModel). One bad
  // page is an issue of the record, not an error.
  Result<Record> Process(const std::string& path) const;
  // The same without recovery, for text that is right as it is.
  Result<Record> Extract(const std::string& path) const;

  // The stages one by one. Process(path) is Describe(d, *Recover(d)) with d = *Read(path).
  Result<Document> Read(const std::string& path) const;
  Result<RecoveredDocument> Recover(const Document& document) const;
  Result<Record> Describe(const Document& document, const RecoveredDocument& recovered) const;
  // The blocks and sections that Describe goes by.
  Result<Outline> Structure(const Document& document, const RecoveredDocument& recovered) const;

  // Recovery as a filter for text of any length.
  Result<TextFilter> Filter(const TextFilterOptions& options) const;
  // A filter that damages text as an engine would, which makes test input. `channel` names a file of models/channel:
  // "latin" (an engine without Vietnamese) or "vietnamese" (one with, on poor pages). kNotFound, kModel.
  Result<TextFilter> Damager(const TextFilterOptions& options, const std::string& channel, std::uint64_t seed) const;

  const std::string& models_dir() const;

 private:
  friend class TextFilter;
  struct Impl;
  explicit Pipeline(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

// Source, pages, text and issues of a record, with nothing extracted: what is known once a document is read.
Record TextRecord(const Document& document, const RecoveredDocument& recovered);

// Whether a person should look at some page: the record has issues. A page with many unsure words is one.
bool NeedsLook(const Record& record);

// Recovers a stream of text in constant memory. Line n of what comes out is line n of what went in; bytes that are no
// UTF-8 come out as they went in.
class TextFilter {
 public:
  TextFilter(TextFilter&&) noexcept;
  TextFilter& operator=(TextFilter&&) noexcept;
  ~TextFilter();

  // Takes bytes and gives what is complete. REQUIRES: the Pipeline lives.
  std::string Feed(std::string_view bytes);
  // Gives the rest, and begins anew.
  std::string Finish();
  // Feed and Finish.
  std::string Whole(std::string_view text);

  // For other forms of output: documents as they are recovered, instead of text from Feed and Finish. The first line of
  // a document is the line `first_line` of the stream, from 0.
  using Sink =
      std::function<void(const Document& document, const RecoveredDocument& recovered, std::uint64_t first_line)>;
  void SetSink(Sink sink);

  // Bytes so far that were no UTF-8.
  std::uint64_t bad_bytes() const;

 private:
  friend class Pipeline;
  friend TextFilter MarkStripper(const TextFilterOptions& options);
  struct Impl;
  explicit TextFilter(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

// A filter that takes all marks off, which makes test input: "Kế hoạch" → "Ke hoach". Needs no models.
TextFilter MarkStripper(const TextFilterOptions& options);

// One part of the installation: a program library, language data, a model.
struct Component {
  std::string name;     // "recovery model"
  std::string version;  // or place; may be empty
  bool ok = true;
  std::string problem;  // where not ok: what to do
};
// Everything that Process needs, each part opened for trial.
std::vector<Component> Diagnose(const PipelineOptions& options);

}  // namespace hoidau

#endif  // HOIDAU_PIPELINE_HOIDAU_H_
