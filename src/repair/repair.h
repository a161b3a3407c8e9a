// Recovery: lost diacritics and letters brought back, nothing made worse. A document goes in as it was read, and comes
// out with, for every token, what was observed, what was printed, how sure we are, and the alternatives.
//
//   auto model = RepairModel::Load("models");
//   RepairScratch scratch;
//   RecoveredDocument out = Repair(document, *model, scratch, {});
//   out.pages[0].layer.text();   // "Kế hoạch tổ chức" from "Ke hoach to chuc"
//
// Thread safety: RepairModel is immutable and shared; a RepairScratch belongs to one thread. Limits: memory grows with
// the document, not with the stream: cut long texts into documents first (TextFilter in pipeline/hoidau.h).
// Method: noisy channel (Kernighan, Church, Gale 1990; Brill and Moore 2000 for multi-letter edits), decoded with an
// n-gram language model over a lattice; what it knows is described in models/README.md.
#ifndef HOIDAU_REPAIR_REPAIR_H_
#define HOIDAU_REPAIR_REPAIR_H_

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "doc/document.h"

namespace hoidau {

struct RepairOptions {
  int beam = 16;                   // hypotheses kept a position; fewer where only marks are lost
  int candidates = 40;             // readings kept a token
  int lm_order = 0;                // 0: the model's own; 2, 3: to see what order brings
  bool paragraphs = true;          // decode across line ends
  bool acronyms = true;            // the document's own acronyms
  bool document = true;            // a second pass with the words that the document uses elsewhere
  int max_edit = 3;                // letters on one side of a channel edit
  float unsure_below = 0.7F;       // confidence under which a token is marked for a person
  std::vector<std::string> words;  // words and names of the user that are right as they are
  bool explain = false;            // fill RecoveredToken::reason
};

class RepairModel {
 public:
  // Reads recovery.lm, lexicon.tsv, channel/*.tsv, and recovery.habits and recovery.judge where they are, from a models
  // folder, and a language model of the user's own to mix in ("": none). kNotFound where a file is missing, kModel
  // where it is damaged.
  static Result<RepairModel> Load(const std::string& models_dir, const std::string& user_lm = "");
  RepairModel(RepairModel&&) noexcept;
  RepairModel& operator=(RepairModel&&) noexcept;
  ~RepairModel();

  struct Impl;
  const Impl& impl() const { return *impl_; }

 private:
  explicit RepairModel(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

// Working memory of one thread, reused between documents.
class RepairScratch {
 public:
  RepairScratch();
  RepairScratch(RepairScratch&&) noexcept;
  RepairScratch& operator=(RepairScratch&&) noexcept;
  ~RepairScratch();

  struct Impl;
  Impl& impl() { return *impl_; }

 private:
  std::unique_ptr<Impl> impl_;
};

// Recovers a document. Never fails: what cannot be judged stays as it was and is marked.
RecoveredDocument Repair(const Document& document, const RepairModel& model, RepairScratch& scratch,
                         const RepairOptions& options);

}  // namespace hoidau

#endif  // HOIDAU_REPAIR_REPAIR_H_
