#include "app/tracker_commands.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "app/console.h"
#include "base/files.h"
#include "doc/record_json.h"
#include "pipeline/models.h"
#include "text/rule_table.h"
#include "tracker/caldav.h"
#include "tracker/csv_profile.h"
#include "tracker/forge.h"
#include "tracker/icalendar.h"
#include "tracker/ledger.h"
#include "tracker/registers.h"
#include "tracker/secrecy.h"
#include "tracker/table.h"
#include "tracker/taskwarrior.h"
#include "tracker/work_item.h"

namespace hoidau {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kCsvPrefix = "csv:", kCalDavPrefix = "caldav:";
constexpr const char* kLoginVariable = "HOIDAU_TRACKER_LOGIN";
// Beside what is exported; a folder with a dot is no place for records.
constexpr const char* kLedgerFolder = ".hoidau";
constexpr const char* kLedgerName = "exports";
constexpr std::size_t kShown = 3;  // of many alike

ExitCode Fail(const Error& error) {
  ShowError(error.message);
  return ExitCodeOf(error.code);
}

// A table of the user's own is input, not a part of the installation.
Error OfOption(const char* option, const std::string& path, const Error& error) {
  const std::string name = option + std::string(" ");
  if (error.code == ErrorCode::kMissing) return {ErrorCode::kNotFound, name + path + ": no such file"};
  return {error.code == ErrorCode::kModel ? ErrorCode::kBadInput : error.code, name + error.message};
}

// "a, b, c and 4 more".
std::string SomeOf(const std::vector<std::string>& all, std::string_view between) {
  const std::size_t shown = std::min(all.size(), kShown);
  const std::string some = Joined({all.begin(), all.begin() + static_cast<std::ptrdiff_t>(shown)}, between);
  return all.size() == shown ? some
                             : some + std::string(between) + "and " + std::to_string(all.size() - shown) + " more";
}

Status WriteTo(const std::string& path, std::string_view data) {
  if (path.empty() || path == "-") return WriteStdout(data);
  const WritingFiles writing;
  return WriteFileAtomic(path, data);
}

// Files as given; of a folder every *.json in it, by name, but nothing in folders whose name begins with a dot.
Result<std::vector<std::string>> RecordFiles(const std::vector<std::string>& inputs) {
  std::vector<std::string> files;
  for (const std::string& input : inputs) {
    std::error_code error;
    if (!fs::is_directory(input, error)) {
      files.push_back(input);
      continue;
    }
    std::vector<std::string> found;
    for (fs::recursive_directory_iterator at(input, error), end; !error && at != end; at.increment(error)) {
      const std::string name = at->path().filename().string();
      if (at->is_directory()) {
        if (name.starts_with('.')) at.disable_recursion_pending();
      } else if (name.ends_with(".json") && !name.starts_with('.')) {
        found.push_back(at->path().string());
      }
    }
    if (error) return Error{ErrorCode::kIo, input + ": cannot read the folder: " + error.message()};
    if (found.empty()) ShowWarning("no records in " + input);
    std::sort(found.begin(), found.end());
    files.insert(files.end(), found.begin(), found.end());
  }
  return files;
}

struct Records {
  std::vector<std::string> files;
  std::vector<Record> records;
  ExitCode code = ExitCode::kOk;  // the worst of what could not be read; where there is no record at all, never kOk
};

Result<Records> ReadRecords(const std::vector<std::string>& inputs) {
  Result<std::vector<std::string>> files = RecordFiles(inputs);
  if (!files) return files.error();
  Records all;
  std::set<std::string> documents;
  std::vector<std::string> again;
  for (const std::string& file : *files) {
    const Result<std::string> json = ReadFile(file);
    if (!json) {
      all.code = Worse(all.code, Fail(json.error()));
      continue;
    }
    Result<Record> record = RecordFromJson(*json);
    if (!record) {
      all.code = Worse(all.code, Fail({record.error().code, file + ": is no record of hoidau"}));
      continue;
    }
    if (HasIdentity(*record) && !documents.insert(DocumentIdentity(*record)).second) again.push_back(file);
    all.files.push_back(file);
    all.records.push_back(std::move(*record));
  }
  if (!again.empty()) {
    ShowWarning(
        std::to_string(again.size()) +
        " of the records are of a document that came before, and what it says is taken once: " + SomeOf(again, ", "));
  }
  if (all.records.empty()) all.code = Worse(all.code, ExitCode::kBadInput);
  return all;
}

// "15/KH-UBND I.1#1  Tham mưu …" and what differs.
std::string ChangeLine(const Change& change) {
  std::string action = ActionName(change.action);
  action.resize(10, ' ');
  std::string out = action + change.item.symbol + (change.item.symbol.empty() ? "" : " ") + change.item.place + "  " +
                    change.item.title;
  if (change.before) {
    for (const std::string& difference : Differences(*change.before, change.item)) {
      out += "\n            " + difference;
    }
  }
  return out;
}

std::string Counts(const std::vector<Change>& changes) {
  std::string out;
  for (const Action action : {Action::kCreate, Action::kUpdate, Action::kSkip, Action::kVanished, Action::kTakeBack}) {
    const auto n = std::count_if(changes.begin(), changes.end(), [&](const Change& c) { return c.action == action; });
    if (n > 0 || action < Action::kVanished) {
      out += (out.empty() ? "" : ", ") + std::string(ActionName(action)) + " " + std::to_string(n);
    }
  }
  return out;
}

void Summarise(const std::vector<Change>& changes) {
  if (!changes.empty()) ShowSummary(Counts(changes));
}

bool IsFolder(const std::string& path) {
  std::error_code error;
  return path.ends_with('/') || fs::is_directory(path, error);
}

}  // namespace

struct TrackerCommands::Impl {
  CLI::App* make_register = nullptr;
  CLI::App* send = nullptr;

  std::vector<std::string> inputs;
  std::string output, kind = "tasks";
  bool bom = false;

  std::string target, ledger_path, map_path, keys_path, rules_dir, models_dir, login_path;
  bool dry_run = false, undo = false, all = false, allow_secret = false;

  ExitCode RunRegister() const {
    const bool excel = output.ends_with(".xlsx");
    if (!excel && !output.ends_with(".csv")) {
      ShowError("-o " + output + ": a register is an .xlsx or a .csv file");
      return ExitCode::kUsage;
    }
    const Result<Records> records = ReadRecords(inputs);
    if (!records) return Fail(records.error());
    if (records->records.empty()) return records->code;
    RegisterKind wanted = RegisterKind::kTasks;
    for (const RegisterName& name : kRegisterNames) {
      if (kind == name.name) wanted = name.kind;
    }
    const Table table = MakeRegister(wanted, records->records);
    const Result<std::string> bytes = excel ? ToXlsx(table) : Result<std::string>(ToCsv(table, {.bom = bom}));
    if (!bytes) return Fail(bytes.error());
    if (const Status written = WriteTo(output, *bytes); !written) return Fail(written.error());
    return records->code;
  }

  // An own profile goes before one that comes along.
  Result<CsvProfile> ReadProfile(const std::string& models) const {
    const std::string name = target.substr(kCsvPrefix.size());
    if (name.empty() || name.find_first_of("/\\") != std::string::npos || name.starts_with('.')) {
      return Error{ErrorCode::kBadInput, "--to " + target + ": no name of a profile"};
    }
    std::error_code ignored;
    for (const fs::path& dir : {fs::path(rules_dir), fs::path(models) / "rules" / "trackers"}) {
      const fs::path path = dir / (name + ".tsv");
      if (!dir.empty() && fs::exists(path, ignored)) return CsvProfile::Read(path.string());
    }
    std::string known;
    for (const auto& entry : fs::directory_iterator(fs::path(models) / "rules" / "trackers", ignored)) {
      if (entry.path().extension() == ".tsv") known += " csv:" + entry.path().stem().string();
    }
    return Error{ErrorCode::kBadInput, "--to " + target + ": no such profile; there are" + known};
  }

  Result<Ledger> OpenLedger() const {
    std::string path = ledger_path;
    std::error_code error;
    if (path.empty()) {
      if (output.empty() || output == "-") return Ledger();
      const fs::path folder = IsFolder(output) ? fs::path(output) : fs::path(output).parent_path();
      if (!dry_run) {
        fs::create_directories(folder / kLedgerFolder, error);
        if (error) {
          return Error{ErrorCode::kIo,
                       (folder / kLedgerFolder).string() + ": cannot make the folder: " + error.message()};
        }
      }
      path = (folder / kLedgerFolder / kLedgerName).string();
    }
    if (dry_run && !fs::exists(path, error)) return Ledger();
    return Ledger::Open(path);
  }

  Status ReadKeys(Ledger& ledger) const {
    const Result<std::vector<RuleRow>> rows = ReadRuleTable(keys_path, 2);
    if (!rows) return OfOption("--keys", keys_path, rows.error());
    for (const RuleRow& row : *rows) ledger.SetKey(target, row.cells[0], row.cells[1]);
    return Done{};
  }

  struct Plan {
    std::vector<Change> changes;
    ExitCode code = ExitCode::kOk;
    bool empty = false;  // no record could be read or may be sent
  };

  Result<Plan> MakePlan(const std::string& models, const Ledger& ledger) const {
    if (undo) return Plan{.changes = ledger.PlanUndo(target)};
    UnitMap map;
    if (!map_path.empty()) {
      Result<UnitMap> read = UnitMap::Read(map_path);
      if (!read) return OfOption("--map", map_path, read.error());
      map = std::move(*read);
    }
    const Result<SecrecyMarks> secrecy = SecrecyMarks::Read((fs::path(models) / "rules" / "secrecy.tsv").string());
    if (!secrecy) return secrecy.error();
    const Result<Records> records = ReadRecords(inputs);
    if (!records) return records.error();
    Plan plan{.changes = {}, .code = records->code};
    std::vector<WorkItem> items;
    std::vector<std::string> documents;
    for (std::size_t i = 0; i < records->records.size(); ++i) {
      const Record& record = records->records[i];
      if (const std::optional<std::string> mark = secrecy->Find(record); mark && !allow_secret) {
        plan.code = Worse(plan.code, Fail({ErrorCode::kBadInput, records->files[i] + ": is marked \"" + *mark +
                                                                     "\" and stays here (--allow-secret sends it)"}));
        continue;
      }
      documents.push_back(DocumentIdentity(record));
      for (WorkItem& item : ItemsOf(record, map)) {
        const bool calendar = target == "ics" || target.starts_with(kCalDavPrefix);
        const bool wanted = calendar ? HasCalendarEntry(item) : item.kind == "task";
        if (wanted) items.push_back(std::move(item));
      }
    }
    plan.empty = documents.empty();
    if (const std::vector<std::string> idle = map.UnitsWithoutTask(records->records); !plan.empty && !idle.empty()) {
      ShowWarning("--map " + map_path + ": no task of " + SomeOf(idle, ", "));
    }
    plan.changes = PlanExport(items, documents, ledger, target);
    for (Change& change : plan.changes) {
      if (!all || change.action != Action::kSkip) continue;
      // A CSV import makes it anew; the others know it again by its uuid.
      change.action = target.starts_with(kCsvPrefix) ? Action::kCreate : Action::kUpdate;
      if (change.action == Action::kUpdate) change.before = change.item;
    }
    return plan;
  }

  // What the ledger is to remember: all, or what the file carries.
  struct Sending {
    std::string content;
    std::vector<CalendarFile> files;
    std::vector<Change> carried;
  };

  Sending Make(const std::vector<Change>& changes, const std::optional<CsvProfile>& profile) const {
    Sending sending{.content = "", .files = {}, .carried = changes};
    if (profile) {
      std::erase_if(sending.carried, [&](const Change& change) { return !profile->Carries(change); });
      sending.content = ToCsv(profile->Fill(changes), {.bom = bom});
    } else if (target == "taskwarrior") {
      sending.content = ToTaskwarrior(changes);
    } else if (IsFolder(output)) {
      sending.files = ToCalendarFiles(changes);
    } else {
      sending.content = ToICalendar(changes);
    }
    return sending;
  }

  // Whether an earlier file would be lost, which may not be imported yet, and nothing is there to take its place.
  bool LeavesFile(const Plan& plan, const Sending& sending) const {
    std::error_code error;
    if (output.empty() || output == "-" || IsFolder(output) || !fs::exists(output, error)) return false;
    if (undo) return plan.changes.empty();
    return std::none_of(sending.carried.begin(), sending.carried.end(), [](const Change& change) {
      return change.action == Action::kCreate || change.action == Action::kUpdate;
    });
  }

  Status Write(const Sending& sending) const {
    if (target != "ics" || !IsFolder(output)) return WriteTo(output, sending.content);
    std::error_code error;
    fs::create_directories(output, error);
    for (const CalendarFile& file : sending.files) {
      if (Status written = WriteTo((fs::path(output) / file.name).string(), file.content); !written) return written;
    }
    return Done{};
  }

  // Which options a server lacks or does not take; empty: none.
  std::string WrongForServer() const {
    std::vector<std::string> wrong;
    if (ledger_path.empty()) wrong.emplace_back("needs --ledger FILE, which remembers what was sent");
    if (!output.empty()) wrong.emplace_back("takes no -o");
    if (target.find('@') != std::string::npos) {
      wrong.push_back(std::string("takes no login in the URL, but from ") + kLoginVariable + " or --login-file");
    }
    return wrong.empty() ? "" : "--to a server " + Joined(wrong, "; ");
  }

  ExitCode RunExport() const {
    const bool csv = target.starts_with(kCsvPrefix);
    const bool server = target.starts_with(kCalDavPrefix) || Forge::Is(target);
    if (!csv && !server && target != "taskwarrior" && target != "ics") {
      ShowError("--to " + target +
                ": taskwarrior, ics, csv:PROFILE, or caldav, gitea, github or gitlab with :URL expected");
      return ExitCode::kUsage;
    }
    if (const std::string wrong = server ? WrongForServer() : ""; !wrong.empty()) {
      ShowError(wrong);
      return ExitCode::kUsage;
    }
    if (Forge::Is(target)) {
      if (const Result<Forge> forge = Forge::At(target); !forge) return Fail(forge.error());
    }
    if (inputs.empty() != undo) {
      ShowError(undo ? "--undo takes the last export back and needs no records"
                     : "no records; see hoidau export --help");
      return ExitCode::kUsage;
    }
    const Result<std::string> models = FindModels(models_dir);
    if (!models) return Fail(models.error());
    std::optional<CsvProfile> profile;
    if (csv) {
      Result<CsvProfile> read = ReadProfile(*models);
      if (!read) return Fail(read.error());
      profile = std::move(*read);
    }
    Result<Ledger> ledger = OpenLedger();
    if (!ledger) return Fail(ledger.error());
    if (!keys_path.empty()) {
      if (const Status read = ReadKeys(*ledger); !read) return Fail(read.error());
    }
    const Result<Plan> plan = MakePlan(*models, *ledger);
    if (!plan) return Fail(plan.error());
    if (plan->empty) return plan->code;
    if (dry_run) {
      std::string text;
      for (const Change& change : plan->changes) text += ChangeLine(change) + "\n";
      const Status written = WriteStdout(text + Counts(plan->changes) + "\n");
      return written ? plan->code : Fail(written.error());
    }
    if (server) return Deliver(*plan, *ledger);
    const Sending sending = Make(plan->changes, profile);
    if (LeavesFile(*plan, sending)) {
      ShowSummary("nothing new: " + output + " is left as it is" + (undo ? "" : "; --all writes all"));
    } else if (const Status written = Write(sending); !written) {
      return Fail(written.error());
    }
    if (undo) {
      ledger->AppendUndo(target, plan->changes);
    } else {
      ledger->Append(target, sending.carried);
    }
    if (const Status saved = ledger->Save(); !saved) return Fail(saved.error());
    Tell(plan->changes, profile);
    return plan->code;
  }

  // The first line of a file, else of the environment; it is never printed.
  Result<std::string> ReadLogin() const {
    if (login_path.empty()) {
      const char* const login = std::getenv(kLoginVariable);
      return std::string(login == nullptr ? "" : login);
    }
    const Result<std::string> content = ReadFile(login_path);
    if (!content) return content.error();
    return content->substr(0, content->find_first_of("\r\n"));
  }

  Result<Delivery> SendTo(const std::string& login, const std::vector<Change>& changes) const {
    if (!Forge::Is(target)) {
      return PutCalendar({.url = target.substr(kCalDavPrefix.size()), .login = login}, changes);
    }
    const Result<Forge> forge = Forge::At(target);
    if (!forge) return forge.error();
    return forge->Send(login, changes);
  }

  ExitCode Deliver(const Plan& plan, Ledger& ledger) const {
    const Result<std::string> login = ReadLogin();
    if (!login) return Fail(login.error());
    const Result<Delivery> sent = SendTo(*login, plan.changes);
    if (!sent) return Fail(sent.error());
    const Delivery& delivery = *sent;
    if (undo) {
      ledger.AppendUndo(target, delivery.done, !delivery.error && delivery.conflicts.empty());
    } else {
      ledger.Append(target, delivery.done);
    }
    for (const Change& change : delivery.done) ledger.SetKey(target, change.item.uuid, change.key);
    if (const Status saved = ledger.Save(); !saved) return Fail(saved.error());
    ExitCode code = plan.code;
    for (const Change& change : delivery.conflicts) {
      ShowWarning("the server holds another version, which is left as it is: " + ChangeLine(change));
      code = Worse(code, ExitCode::kNeedsLook);
    }
    if (delivery.error) return Worse(code, Fail(*delivery.error));
    for (const Change& change : plan.changes) {
      if (change.action == Action::kVanished) {
        ShowWarning("no longer in the document, and left in the tracker: " + ChangeLine(change));
      }
    }
    Summarise(plan.changes);
    return code;
  }

  // What a person has to do by hand.
  void Tell(const std::vector<Change>& changes, const std::optional<CsvProfile>& profile) const {
    std::vector<std::string> by_hand;
    for (const Change& change : changes) {
      const std::string line = ChangeLine(change);
      if (change.action == Action::kVanished) {
        ShowWarning("no longer in the document, and left in the tracker: " + line);
      } else if (profile && !profile->Carries(change) && change.action != Action::kSkip) {
        by_hand.push_back(line);
      }
    }
    if (!by_hand.empty()) {
      ShowWarning("the tracker's import cannot do this, so it is for a person (" + std::to_string(by_hand.size()) +
                  "):\n  " + SomeOf(by_hand, "\n  "));
    }
    Summarise(changes);
  }
};

TrackerCommands::TrackerCommands(CLI::App& app) : impl_(std::make_unique<Impl>()) {
  Impl& o = *impl_;
  o.make_register = app.add_subcommand("register", "Registers of an office out of records, as Excel or CSV");
  o.make_register->add_option("RECORD", o.inputs, "Records; of a folder every *.json in it; - is standard input")
      ->required();
  o.make_register->add_option("-o,--output", o.output, "The register: .xlsx or .csv")->type_name("FILE")->required();
  std::vector<std::string> kinds;
  for (const RegisterName& name : kRegisterNames) kinds.emplace_back(name.name);
  o.make_register
      ->add_option("--kind", o.kind,
                   "documents (names of Decree 30/2020, Annex VI), archive (catalogue of an archive file), tasks, "
                   "incoming (how incoming documents are dealt with, Annex IV)")
      ->check(CLI::IsMember(kinds).description(""))
      ->type_name("NAME")
      ->capture_default_str();
  o.make_register->add_flag("--bom", o.bom, "Begin a CSV file with a byte order mark: Excel needs it for Vietnamese");
  o.make_register->footer(
      "Examples:\n  hoidau register out/*.json -o nhiem-vu.xlsx\n  hoidau register out --kind documents -o "
      "van-ban.xlsx\n  hoidau register out --kind archive --bom -o muc-luc.csv");

  o.send = app.add_subcommand("export", "Tasks to a tracker, each once: what is new, what changed");
  o.send->add_option("RECORD", o.inputs, "Records; of a folder every *.json in it; - is standard input");
  o.send
      ->add_option("--to", o.target,
                   "taskwarrior (JSON for `task import`), ics (iCalendar; into a folder one file a task), caldav:URL "
                   "(a collection on a server), gitea:, github: or gitlab:URL (issues of a project), csv:PROFILE "
                   "(jira, gitlab, todoist, asana, redmine, openproject, vikunja, or your own)")
      ->type_name("TARGET")
      ->required();
  o.send->add_option("-o,--output", o.output, "A file, or for ics a folder; else standard output")->type_name("FILE");
  o.send->add_flag("--dry-run", o.dry_run, "Only say what would be created, updated, skipped, and how it differs");
  o.send
      ->add_option("--ledger", o.ledger_path,
                   "What was sent before, and is now (default: .hoidau/exports in the folder of the output; none for "
                   "standard output)")
      ->type_name("FILE");
  o.send->add_flag("--all", o.all, "Send also what was sent and did not change");
  o.send->add_flag("--undo", o.undo, "Take the last export to the target back, as far as the target can")
      ->excludes("--all");
  o.send->add_option("--map", o.map_path, "Units to people: unit, user, label with tabs between, one unit a line")
      ->type_name("FILE");
  o.send
      ->add_option("--keys", o.keys_path,
                   "Our key (External ID) and the tracker's (Issue Key) with a tab between, one task a line: what "
                   "changed can then be updated")
      ->type_name("FILE");
  o.send
      ->add_option("--login-file", o.login_path,
                   std::string("On its first line user:password (CalDAV) or the token (issues) for the server (else ") +
                       kLoginVariable + ")")
      ->type_name("FILE");
  o.send->add_flag("--allow-secret", o.allow_secret, "Send also documents that bear a degree of secrecy (MẬT)");
  o.send->add_flag("--bom", o.bom, "Begin a CSV file with a byte order mark");
  o.send->add_option("--rules", o.rules_dir, "Folder of your own CSV profiles")->type_name("DIR");
  o.send->add_option("--models", o.models_dir, "Folder of the models (else HOIDAU_MODELS, else the installed one)")
      ->type_name("DIR");
  o.send->footer(
      "Examples:\n  hoidau export --to taskwarrior out/*.json -o tasks.json && task import tasks.json\n  hoidau export "
      "--to ics out -o ~/.calendars/plans/\n  hoidau export --to csv:jira --map units.tsv --dry-run out -o jira.csv\n  "
      "hoidau export --to csv:jira --undo -o jira.csv\n  "
      "hoidau export --to gitea:https://git.example.vn/xa/ke-hoach --login-file token --ledger sent out");
}

TrackerCommands::~TrackerCommands() = default;

std::optional<ExitCode> TrackerCommands::Run() {
  if (*impl_->make_register) return impl_->RunRegister();
  if (*impl_->send) return impl_->RunExport();
  return std::nullopt;
}

}  // namespace hoidau
