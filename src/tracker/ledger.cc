#include "tracker/ledger.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <nlohmann/json.hpp>
#include <set>
#include <utility>

#include "base/files.h"

namespace hoidau {
namespace {

using Json = nlohmann::ordered_json;

constexpr const char* kSchema = "hoidau-export-ledger/1";
constexpr std::uint64_t kMaxBytes = std::uint64_t{256} << 20;

Json ToJson(const std::optional<WorkItem>& item) {
  if (!item) return nullptr;
  Json out = Json::object();
  for (const TextField& field : kTextFields) {
    if (const std::string& value = (*item).*field.member; !value.empty()) out[field.name] = value;
  }
  for (const ListField& field : kListFields) {
    if (const auto& value = (*item).*field.member; !value.empty()) out[field.name] = value;
  }
  return out;
}

// Throws Json::exception where it is no item.
std::optional<WorkItem> ItemFrom(const Json& json) {
  if (json.is_null()) return std::nullopt;
  WorkItem item;
  for (const TextField& field : kTextFields) {
    if (json.contains(field.name)) item.*field.member = json.at(field.name).get<std::string>();
  }
  for (const ListField& field : kListFields) {
    if (json.contains(field.name)) item.*field.member = json.at(field.name).get<std::vector<std::string>>();
  }
  return item;
}

struct Entry {
  std::string uuid;
  std::optional<WorkItem> before, after;
};
struct Export {
  bool undo = false;    // takes another one back
  bool undone = false;  // was taken back
  std::vector<Entry> entries;
};
struct Target {
  std::vector<Export> exports;
  std::map<std::string, std::string> keys;
};

Json ToJson(const std::map<std::string, Target>& targets) {
  Json all = Json::object();
  for (const auto& [name, target] : targets) {
    Json exports = Json::array();
    for (const Export& e : target.exports) {
      Json entries = Json::array();
      for (const Entry& entry : e.entries) {
        entries.push_back({{"uuid", entry.uuid}, {"before", ToJson(entry.before)}, {"after", ToJson(entry.after)}});
      }
      exports.push_back({{"undo", e.undo}, {"undone", e.undone}, {"entries", std::move(entries)}});
    }
    all[name] = {{"exports", std::move(exports)}, {"keys", target.keys}};
  }
  return {{"schema", kSchema}, {"targets", std::move(all)}};
}

// Throws Json::exception where it is no ledger.
std::map<std::string, Target> TargetsFrom(const Json& json) {
  std::map<std::string, Target> targets;
  for (const auto& [name, value] : json.at("targets").items()) {
    Target& target = targets[name];
    target.keys = value.at("keys").get<std::map<std::string, std::string>>();
    for (const Json& e : value.at("exports")) {
      Export& made = target.exports.emplace_back();
      made.undo = e.at("undo").get<bool>();
      made.undone = e.at("undone").get<bool>();
      for (const Json& entry : e.at("entries")) {
        made.entries.push_back({.uuid = entry.at("uuid").get<std::string>(),
                                .before = ItemFrom(entry.at("before")),
                                .after = ItemFrom(entry.at("after"))});
      }
    }
  }
  return targets;
}

}  // namespace

struct Ledger::State {
  std::string path;  // empty: written nowhere
  int lock = -1;
  std::map<std::string, Target> targets;

  State() = default;
  State(const State&) = delete;
  State& operator=(const State&) = delete;
  ~State() {
    if (lock >= 0) close(lock);
  }
};

Ledger::Ledger() : state_(std::make_unique<State>()) {}
Ledger::Ledger(Ledger&&) noexcept = default;
Ledger& Ledger::operator=(Ledger&&) noexcept = default;
Ledger::~Ledger() = default;

Result<Ledger> Ledger::Open(const std::string& path) {
  Ledger ledger;
  State& state = *ledger.state_;
  state.path = path;
  // The ledger is replaced when it is saved, so the lock is a file of its own.
  const std::string lock_path = path + ".lock";
  state.lock = open(lock_path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
  if (state.lock < 0) return Error{ErrorCode::kIo, lock_path + ": cannot open: " + std::strerror(errno)};
  if (flock(state.lock, LOCK_EX | LOCK_NB) != 0) {
    return Error{ErrorCode::kIo, path + ": another export is using the ledger"};
  }
  const Result<std::string> content = ReadFile(path, kMaxBytes);
  if (!content && content.error().code == ErrorCode::kNotFound) return ledger;
  if (!content) return content.error();
  try {
    const Json json = Json::parse(*content);
    if (json.at("schema") != kSchema) return Error{ErrorCode::kBadInput, path + ": no export ledger of this version"};
    state.targets = TargetsFrom(json);
  } catch (const Json::exception& e) {
    return Error{ErrorCode::kBadInput, path + ": no export ledger: " + e.what()};
  }
  return ledger;
}

std::map<std::string, Ledger::Sent> Ledger::SentTo(const std::string& target) const {
  std::map<std::string, Sent> sent;
  const auto found = state_->targets.find(target);
  if (found == state_->targets.end()) return sent;
  for (const Export& e : found->second.exports) {
    for (const Entry& entry : e.entries) {
      Sent& s = sent[entry.uuid];
      s.item = entry.after;
      ++s.revision;
    }
  }
  for (const auto& [uuid, key] : found->second.keys) sent[uuid].key = key;
  return sent;
}

void Ledger::Append(const std::string& target, const std::vector<Change>& changes) {
  Export made;
  for (const Change& change : changes) {
    if (change.action == Action::kSkip || change.action == Action::kVanished) continue;
    const bool taken = change.action == Action::kTakeBack;
    made.entries.push_back({.uuid = change.item.uuid,
                            .before = taken ? std::optional(change.item) : change.before,
                            .after = taken ? std::nullopt : std::optional(change.item)});
  }
  if (!made.entries.empty()) state_->targets[target].exports.push_back(std::move(made));
}

std::vector<Change> Ledger::PlanUndo(const std::string& target) const {
  std::vector<Change> changes;
  const auto found = state_->targets.find(target);
  if (found == state_->targets.end()) return changes;
  const std::vector<Export>& exports = found->second.exports;
  const auto last =
      std::find_if(exports.rbegin(), exports.rend(), [](const Export& e) { return !e.undo && !e.undone; });
  if (last == exports.rend()) return changes;
  const std::map<std::string, Sent> sent = SentTo(target);
  for (const Entry& entry : last->entries) {
    const Sent& s = sent.at(entry.uuid);
    if (!s.item || (entry.before && *s.item == *entry.before)) continue;  // taken back before
    Change change{.action = entry.before ? Action::kUpdate : Action::kTakeBack,
                  .item = entry.before ? *entry.before : *s.item,
                  .before = std::nullopt,
                  .revision = s.revision,
                  .key = s.key};
    if (entry.before) change.before = s.item;
    changes.push_back(std::move(change));
  }
  return changes;
}

void Ledger::AppendUndo(const std::string& target, const std::vector<Change>& changes, bool complete) {
  std::vector<Export>& exports = state_->targets[target].exports;
  const auto last =
      std::find_if(exports.rbegin(), exports.rend(), [](const Export& e) { return !e.undo && !e.undone; });
  if (complete && last != exports.rend()) last->undone = true;
  const std::size_t before = exports.size();
  Append(target, changes);
  if (exports.size() > before) exports.back().undo = true;
}

void Ledger::SetKey(const std::string& target, const std::string& uuid, const std::string& key) {
  state_->targets[target].keys[uuid] = key;
}

Status Ledger::Save() const {
  if (state_->path.empty()) return Done{};
  return WriteFileAtomic(state_->path,
                         ToJson(state_->targets).dump(1, ' ', false, Json::error_handler_t::replace) + "\n");
}

const char* ActionName(Action action) {
  switch (action) {
    case Action::kCreate:
      return "create";
    case Action::kUpdate:
      return "update";
    case Action::kSkip:
      return "skip";
    case Action::kVanished:
      return "vanished";
    case Action::kTakeBack:
      return "take back";
  }
  return "";
}

std::vector<Change> PlanExport(const std::vector<WorkItem>& items, const std::vector<std::string>& documents,
                               const Ledger& ledger, const std::string& target) {
  const std::map<std::string, Ledger::Sent> sent = ledger.SentTo(target);
  std::vector<Change> changes;
  std::set<std::string> seen;
  for (const WorkItem& item : items) {
    if (!seen.insert(item.uuid).second) continue;
    Change change{.action = Action::kCreate, .item = item};
    if (const auto found = sent.find(item.uuid); found != sent.end()) {
      change.revision = found->second.revision;
      change.key = found->second.key;
      if (found->second.item) {
        change.action = *found->second.item == item ? Action::kSkip : Action::kUpdate;
        if (change.action == Action::kUpdate) change.before = found->second.item;
      }
    }
    changes.push_back(std::move(change));
  }
  for (const auto& [uuid, s] : sent) {
    if (!s.item || seen.contains(uuid)) continue;
    if (std::find(documents.begin(), documents.end(), s.item->document) == documents.end()) continue;
    changes.push_back({.action = Action::kVanished, .item = *s.item, .revision = s.revision, .key = s.key});
  }
  return changes;
}

std::vector<std::string> Differences(const WorkItem& before, const WorkItem& after) {
  std::vector<std::string> out;
  const auto add = [&out](const char* name, const std::string& old, const std::string& now) {
    if (old != now)
      out.push_back(std::string(name) + ": " + (old.empty() ? "–" : old) + " → " + (now.empty() ? "–" : now));
  };
  for (const TextField& field : kTextFields) add(field.name, before.*field.member, after.*field.member);
  for (const ListField& field : kListFields) add(field.name, Joined(before.*field.member), Joined(after.*field.member));
  return out;
}

}  // namespace hoidau
