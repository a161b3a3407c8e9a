// What was sent to which tracker: a JSON file that only grows, so that a second export knows what is new, what changed
// and what vanished, and so that an export can be taken back.
//
//   Result<Ledger> ledger = Ledger::Open("hoidau-ledger.json");        // a missing file is an empty ledger
//   std::vector<Change> changes = PlanExport(items, documents, *ledger, "taskwarrior");
//   …write what the changes say, then…
//   ledger->Append("taskwarrior", changes);
//   Status saved = ledger->Save();
//
// Thread safety: one owner; the file is locked while it is open. Limits: 256 MiB; POSIX locks.
#ifndef HOIDAU_TRACKER_LEDGER_H_
#define HOIDAU_TRACKER_LEDGER_H_

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "tracker/work_item.h"

namespace hoidau {

enum class Action {
  kCreate,
  kUpdate,
  kSkip,      // as it was sent
  kVanished,  // sent before, no longer in its document: reported, never deleted
  kTakeBack,  // created by the export that is undone
};

// "create", "update", "skip", "vanished", "take back".
const char* ActionName(Action action);

struct Change {
  Action action = Action::kCreate;
  WorkItem item;                   // what the target should hold; of kVanished and kTakeBack: what it holds
  std::optional<WorkItem> before;  // of kUpdate
  int revision = 0;                // how often the item was sent before
  std::string key;                 // the tracker's own name of the item, where it is known
};

class Ledger {
 public:
  // kIo also where another export has it open; kBadInput where it is no ledger: then it is not touched.
  static Result<Ledger> Open(const std::string& path);
  // One that is written nowhere.
  Ledger();
  Ledger(Ledger&&) noexcept;
  Ledger& operator=(Ledger&&) noexcept;
  ~Ledger();

  struct Sent {
    std::optional<WorkItem> item;  // nothing: taken back
    int revision = 0;
    std::string key;
  };
  // By uuid.
  std::map<std::string, Sent> SentTo(const std::string& target) const;

  // One export: its creations, updates and withdrawals. Nothing where there is none.
  void Append(const std::string& target, const std::vector<Change>& changes);
  // What takes the last export to `target` back that is not taken back yet; empty: there is none.
  std::vector<Change> PlanUndo(const std::string& target) const;
  // What was done of that plan; where it was not all, the rest can still be taken back.
  void AppendUndo(const std::string& target, const std::vector<Change>& changes, bool complete = true);
  // The tracker's own name of an item.
  void SetKey(const std::string& target, const std::string& uuid, const std::string& key);

  Status Save() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// The items in their order, then what vanished from `documents`, which are the identities of the records at hand. An
// item that comes twice counts once.
std::vector<Change> PlanExport(const std::vector<WorkItem>& items, const std::vector<std::string>& documents,
                               const Ledger& ledger, const std::string& target);

// "due: 2026-04-14 → 2026-04-20", a string a field that differs.
std::vector<std::string> Differences(const WorkItem& before, const WorkItem& after);

}  // namespace hoidau

#endif  // HOIDAU_TRACKER_LEDGER_H_
