#include "batch/report.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <ctime>
#include <nlohmann/json.hpp>
#include <utility>

namespace hoidau {
namespace {

using Json = nlohmann::ordered_json;

std::string Dump(const Json& json) { return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n"; }

std::string Count(std::int64_t n, const char* one, const char* many) {
  return std::to_string(n) + " " + (n == 1 ? one : many);
}

std::string Tenths(double value) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%.1f", value);
  return text.data();
}

Json FailureJson(const std::string& file, const FileFailure& failure) {
  return {{"file", file}, {"page", failure.page > 0 ? Json(failure.page) : Json(nullptr)}, {"error", failure.message}};
}

std::string TimeText(std::int64_t ms) {
  const auto seconds = static_cast<std::time_t>(ms / 1000);
  std::tm parts{};
  gmtime_r(&seconds, &parts);
  std::array<char, 32> text{};
  std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%SZ", &parts);
  return text.data();
}

Json TimeJson(std::int64_t ms) { return ms > 0 ? Json(TimeText(ms)) : Json(nullptr); }

// What the last run came to.
std::string Outcome(const BatchState& state) {
  if (state.running) return "running";
  if (!state.run) return "none";
  return state.run->ended > 0 ? state.run->outcome : "killed";
}

struct Totals {
  std::map<FileState, std::int64_t> files;
  std::int64_t pages = 0, duplicates = 0, needs_look = 0;
};
Totals Sum(const BatchState& state) {
  Totals t;
  for (const LedgerFile& file : state.files) {
    ++t.files[file.state];
    if (file.state != FileState::kDone) continue;
    t.pages += file.pages;
    t.duplicates += file.twin.empty() ? 0 : 1;
    t.needs_look += file.needs_look ? 1 : 0;
  }
  return t;
}

constexpr std::array kStates = {FileState::kDone, FileState::kFailed, FileState::kRunning, FileState::kWaiting};

}  // namespace

std::string DurationText(double seconds) {
  const auto all = static_cast<long long>(std::llround(std::clamp(seconds, 0.0, 1e9)));
  std::array<char, 48> text{};
  if (all < 3600) {
    std::snprintf(text.data(), text.size(), "%lld:%02lld", all / 60, all % 60);
  } else {
    std::snprintf(text.data(), text.size(), "%lld:%02lld:%02lld", all / 3600, all / 60 % 60, all % 60);
  }
  return text.data();
}

std::string ProgressText(const BatchProgress& p) {
  constexpr int kBar = 20;
  const int filled = p.files > 0 ? static_cast<int>(kBar * p.ready / p.files) : 0;
  std::string out = "[" + std::string(static_cast<std::size_t>(filled), '#') +
                    std::string(static_cast<std::size_t>(kBar - filled), '-') + "] " + std::to_string(p.ready) +
                    " of " + Count(p.files, "file", "files");
  if (p.failed > 0) out += ", " + std::to_string(p.failed) + " failed";
  if (p.seconds > 0 && p.files_now > 0) {
    const double rate = static_cast<double>(p.files_now) / p.seconds;
    out += ", " + Tenths(rate) + " files/s, " + Tenths(static_cast<double>(p.pages_now) / p.seconds) + " pages/s";
    if (!p.stopping && p.ready < p.files)
      out += ", " + DurationText(static_cast<double>(p.files - p.ready) / rate) + " left";
  }
  if (p.stopping) out += ", stopping";
  return out;
}

std::string SummaryText(const BatchSummary& s) {
  std::string out = Count(s.files, "file", "files") + ": " + std::to_string(s.done) + " done";
  if (s.duplicates > 0) out += " (" + Count(s.duplicates, "duplicate", "duplicates") + ")";
  if (s.done_before > 0) out += ", " + std::to_string(s.done_before) + " done before";
  if (s.existing > 0) out += ", " + std::to_string(s.existing) + " left alone because there are outputs";
  if (!s.failures.empty()) out += ", " + std::to_string(s.failures.size()) + " failed";
  if (s.waiting > 0) out += ", " + std::to_string(s.waiting) + " not done";
  if (!s.stopped.empty()) out += s.stopped == "failures" ? " (stopped: too many failures)" : " (" + s.stopped + ")";
  out += "\n";
  if (s.done > 0) {
    out += Count(s.pages, "page", "pages") + " in " + DurationText(s.seconds);
    if (s.seconds > 0) out += ", " + Tenths(static_cast<double>(s.pages) / s.seconds) + " pages/s";
    out += "\n";
  }
  if (s.needs_look > 0) out += Count(s.needs_look, "record has", "records have") + " pages that need a look\n";
  for (const std::string& problem : s.problems) out += "problem  " + problem + "\n";
  for (const BatchFailure& f : s.failures) out += "failed   " + f.file + ": " + f.failure.message + "\n";
  return out;
}

std::string SummaryJson(const BatchSummary& s) {
  Json failures = Json::array();
  for (const BatchFailure& f : s.failures) failures.push_back(FailureJson(f.file, f.failure));
  return Dump({{"files", s.files},
               {"done", s.done},
               {"done_before", s.done_before},
               {"duplicates", s.duplicates},
               {"existing", s.existing},
               {"failed", s.failures.size()},
               {"waiting", s.waiting},
               {"needs_look", s.needs_look},
               {"pages", s.pages},
               {"seconds", std::round(s.seconds * 1000) / 1000},
               {"stopped", s.stopped.empty() ? Json(nullptr) : Json(s.stopped)},
               {"problems", s.problems},
               {"failures", std::move(failures)}});
}

Result<BatchState> LookAt(const std::string& out_dir) {
  Result<BatchLedger> ledger = OpenBatch(out_dir);
  if (!ledger) return ledger.error();
  BatchState state;
  state.running = BatchRuns(out_dir);
  Result<std::vector<LedgerFile>> files = ledger->Files();
  if (!files) return files.error();
  state.files = std::move(*files);
  Result<std::map<std::int64_t, std::vector<Issue>>> issues = ledger->Issues();
  if (!issues) return issues.error();
  state.issues = std::move(*issues);
  Result<std::optional<LedgerRun>> run = ledger->LastRun();
  if (!run) return run.error();
  state.run = std::move(*run);
  return state;
}

std::string StateText(const BatchState& state) {
  const Totals totals = Sum(state);
  std::string out;
  if (state.running && state.run) {
    out += "at work since " + TimeText(state.run->started) + " (process " + std::to_string(state.run->pid) + ")\n";
  } else {
    out += "not at work; last run: " + Outcome(state) + "\n";
  }
  out += Count(static_cast<std::int64_t>(state.files.size()), "file", "files") + ":";
  bool first = true;
  for (const FileState s : kStates) {
    const auto it = totals.files.find(s);
    if (it == totals.files.end()) continue;
    out += (first ? " " : ", ") + std::to_string(it->second) + " " + StateName(s);
    first = false;
  }
  out += "\n" + Count(totals.pages, "page", "pages") + ", " + Count(totals.duplicates, "duplicate", "duplicates") +
         ", " + Count(totals.needs_look, "record needs a look", "records need a look") + "\n";
  for (const LedgerFile& file : state.files) {
    if (file.state == FileState::kRunning && state.running) {
      out += "running  " + file.path + (file.stage.empty() ? "" : " (" + file.stage + ")") + "\n";
    } else if (file.state == FileState::kFailed) {
      out += "failed   " + file.path + ": " + file.error + "\n";
    }
  }
  return out;
}

std::string StateJson(const BatchState& state) {
  const Totals totals = Sum(state);
  Json counts;
  for (const FileState s : kStates) {
    const auto it = totals.files.find(s);
    counts[StateName(s)] = it == totals.files.end() ? 0 : it->second;
  }
  Json files = Json::array();
  for (const LedgerFile& f : state.files) {
    const bool failed = f.state == FileState::kFailed;
    const bool done = f.state == FileState::kDone;
    Json issues = Json::array();
    if (const auto it = state.issues.find(f.id); done && it != state.issues.end()) {
      for (const Issue& i : it->second) {
        issues.push_back({{"stage", i.stage},
                          {"page", i.page > 0 ? Json(i.page) : Json(nullptr)},
                          {"code", i.code},
                          {"message", i.message}});
      }
    }
    files.push_back(
        {{"file", f.path},
         {"outputs", f.stem},
         {"state", StateName(f.state)},
         {"stage", f.stage.empty() ? Json(nullptr) : Json(f.stage)},
         {"sha256", f.sha256.empty() ? Json(nullptr) : Json(f.sha256)},
         {"duplicate_of", f.twin.empty() ? Json(nullptr) : Json(f.twin)},
         {"pages", done ? Json(f.pages) : Json(nullptr)},
         {"needs_look", done && f.needs_look},
         {"error", failed ? Json(f.error) : Json(nullptr)},
         {"error_page", failed && f.error_page > 0 ? Json(f.error_page) : Json(nullptr)},
         {"started", TimeJson(f.started)},
         {"ended", TimeJson(f.ended)},
         {"ms", {{"read", f.read_ms}, {"recover", f.recover_ms}, {"describe", f.describe_ms}, {"write", f.write_ms}}},
         {"issues", std::move(issues)}});
  }
  return Dump({{"running", state.running},
               {"last_run", Outcome(state)},
               {"counts", std::move(counts)},
               {"pages", totals.pages},
               {"duplicates", totals.duplicates},
               {"files", std::move(files)}});
}

}  // namespace hoidau
