// Taskwarrior's JSON, for `task import`: it adds a task whose uuid it does not know, changes one that differs and skips
// one that does not. Units and source are user-defined attributes; `task config uda.donvi.type string` (and phoihop,
// vanban, nguon, thoigian, dinhky) shows them.
//
//   std::string json = ToTaskwarrior(changes);
//
// Thread safety: pure. Limits: tasks only; of a task that comes back (a rule), the rule is an attribute and no
// recurrence, which Taskwarrior would make from its own clock.
#ifndef HOIDAU_TRACKER_TASKWARRIOR_H_
#define HOIDAU_TRACKER_TASKWARRIOR_H_

#include <string>
#include <vector>

#include "tracker/ledger.h"

namespace hoidau {

// What is new, changed or taken back (status deleted). What is as it was is left out: an import would set a task that
// somebody has done back to pending.
std::string ToTaskwarrior(const std::vector<Change>& changes);

}  // namespace hoidau

#endif  // HOIDAU_TRACKER_TASKWARRIOR_H_
