// What is evaluated: sets of documents with their truth.
//
//   Result<EvalSet> dev = LoadCorpus("corpus/dev");                     // a folder of documents, or one document
//   Result<EvalSet> news = LoadParagraphs("build/heldout/news.txt");    // one paragraph a line, no records
//   Result<EvalSet> pair = LoadPair("read.txt", "read.gold.txt", "15,113-115");
//
// Thread safety: pure but for files. Limits: a file of paragraphs is cut into documents of 100 lines, which the
// intervals are drawn over.
#ifndef HOIDAU_EVAL_CORPUS_H_
#define HOIDAU_EVAL_CORPUS_H_

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"

namespace hoidau {

struct EvalDocument {
  std::string id;
  std::string gold_text;                // UTF-8 NFC
  std::string gold_record;              // JSON; empty: none
  std::optional<std::string> observed;  // of a pair
  std::vector<bool> skipped;            // lines that are not decided, from 0; may be shorter than the text
};

struct EvalSet {
  std::string name;
  std::vector<EvalDocument> documents;
};

// Documents are folders with text.txt and gold.json. kNotFound where there is none; kBadInput.
Result<EvalSet> LoadCorpus(const std::string& dir);
Result<EvalSet> LoadParagraphs(const std::string& path);
// A degraded and a true file of the same number of lines. `skip` names lines from 1 that are left out: "15,113-115".
// The record is read from GOLD with .json in place of .txt where that exists.
Result<EvalSet> LoadPair(const std::string& observed, const std::string& gold, const std::string& skip);

// The text with blanks in place of the skipped lines, so that places in it stay what they are.
std::string WithoutLines(const std::string& text, const std::vector<bool>& skipped);

}  // namespace hoidau

#endif  // HOIDAU_EVAL_CORPUS_H_
