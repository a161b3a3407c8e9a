// Full-text search over what a batch has read. A phrase with marks finds that phrase with these marks (and either way
// of placing the tone: hòa, hoà); one without finds it with any. Case does not matter, nor where lines break.
//
//   Result<std::vector<SearchHit>> hits = Search("out", "chuyen doi so", 20);
//   hits->front();   // {"scans/plan.pdf", 3, 12, "Kế hoạch chuyển đổi số năm 2026", …}
//
// Thread safety: free functions. Limits: one phrase; found is the line on which it begins.
#ifndef HOIDAU_BATCH_SEARCH_H_
#define HOIDAU_BATCH_SEARCH_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "batch/sqlite.h"

namespace hoidau {

struct SearchHit {
  std::string file;        // as it was given to the batch
  std::string stem;        // of its outputs, below OUT
  int page = 1, line = 1;  // from 1; lines of the page's text
  std::string text;        // the line
};

// Lines in the order of the ledger, at most `limit`. kNotFound: no batch was made there. kBadInput: nothing to search
// for.
Result<std::vector<SearchHit>> Search(const std::string& out_dir, std::string_view phrase, int limit);

// For the ledger: the index, and the text of a file in place of what it had; pages are separated by form feeds.
Status MakeIndex(Database& db);
Status IndexText(Database& db, std::int64_t file, std::string_view text);

}  // namespace hoidau

#endif  // HOIDAU_BATCH_SEARCH_H_
