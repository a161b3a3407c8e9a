// Does a document bear a degree of secrecy? Such a document is not to reach a tracker.
//
//   Result<SecrecyMarks> marks = SecrecyMarks::Read("models/rules/secrecy.tsv");
//   marks->Find(record);   // "TỐI MẬT", or nothing
//
// Thread safety: immutable. Limits: a stamp that recognition did not read is not seen.
#ifndef HOIDAU_TRACKER_SECRECY_H_
#define HOIDAU_TRACKER_SECRECY_H_

#include <optional>
#include <set>
#include <string>

#include "base/result.h"
#include "doc/record.h"

namespace hoidau {

class SecrecyMarks {
 public:
  // kMissing, kModel as ReadRuleTable.
  static Result<SecrecyMarks> Read(const std::string& path);
  // The first line of the text, or mark on a page, that is a degree of secrecy and nothing else, as printed.
  std::optional<std::string> Find(const Record& record) const;

 private:
  std::set<std::string, std::less<>> phrases_;  // lower case, letters and blanks
};

}  // namespace hoidau

#endif  // HOIDAU_TRACKER_SECRECY_H_
