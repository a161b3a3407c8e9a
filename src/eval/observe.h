// Observed documents: what the product reads of a text or of page images, with what recognition gave kept on disk.
//
//   Document d = ObserveText("Ke hoach\n");
//   Result<Document> scan = ObserveScan("build/eval-pages/fax/kh-001.pdf", {.language = "eng"}, "build/eval-cache");
//
// The cache is one file a page: its name is the SHA-256 of the pixels, the language, the preparation, the version of
// the engine and our own code for pages, so nothing in it can be out of date. An empty folder name keeps nothing.
// Thread safety: from many threads, also with one cache. Limits: those of ingest.
#ifndef HOIDAU_EVAL_OBSERVE_H_
#define HOIDAU_EVAL_OBSERVE_H_

#include <string>
#include <string_view>

#include "base/result.h"
#include "doc/document.h"

namespace hoidau {

// As the text of a file is read; a form feed begins a page.
Document ObserveText(std::string_view text);

struct ScanOptions {
  std::string language = "vie";  // Tesseract's name of the model
  bool prepare = true;           // false: the bare engine
  bool layer = false;            // the text layer is taken, and no page recognised
};
// Every page is recognised and a text layer not looked at, or the other way round.
Result<Document> ObserveScan(const std::string& path, const ScanOptions& options, const std::string& cache_dir);

// The document as it is: what recovery gives where it changes nothing.
RecoveredDocument Unrecovered(const Document& document);

// The pages' texts, joined by form feeds.
std::string RawText(const Document& document);
std::string RecoveredText(const RecoveredDocument& recovered);

}  // namespace hoidau

#endif  // HOIDAU_EVAL_OBSERVE_H_
