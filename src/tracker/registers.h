// The registers that a clerk keeps, filled from records: documents (names of Decree 30/2020/NĐ-CP, Annex VI), the
// catalogue of an archive file, tasks, and the register by which incoming documents are followed (Annex IV).
//
//   Table table = MakeRegister(RegisterKind::kTasks, records);
//   table.columns[3].head == "Nội dung nhiệm vụ";
//
// Thread safety: pure. Limits: a column whose value no record gives (sheet numbers, progress) is left for the pen.
#ifndef HOIDAU_TRACKER_REGISTERS_H_
#define HOIDAU_TRACKER_REGISTERS_H_

#include <vector>

#include "doc/record.h"
#include "tracker/table.h"

namespace hoidau {

enum class RegisterKind { kDocuments, kArchive, kTasks, kIncoming };
struct RegisterName {
  const char* name;  // on the command line
  RegisterKind kind;
};
inline constexpr RegisterName kRegisterNames[] = {{"documents", RegisterKind::kDocuments},
                                                  {"archive", RegisterKind::kArchive},
                                                  {"tasks", RegisterKind::kTasks},
                                                  {"incoming", RegisterKind::kIncoming}};

// Rows in the order of the records; `documents` and `archive` have one a document, the others one a task. What comes
// again (the identities of work_item.h) is left out.
Table MakeRegister(RegisterKind kind, const std::vector<Record>& records);

}  // namespace hoidau

#endif  // HOIDAU_TRACKER_REGISTERS_H_
