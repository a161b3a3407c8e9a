#include "batch/batch.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/file.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <deque>
#include <filesystem>
#include <fstream>
#include <list>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <thread>
#include <utility>

#include "base/files.h"
#include "batch/report.h"
#include "batch/worker_process.h"

namespace hoidau {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

constexpr auto kTick = std::chrono::milliseconds(200);
constexpr double kStartLimitSeconds = 120;  // of a worker; it only has to find its models
constexpr const char* kLockName = "lock";
constexpr const char* kWorkersLockName = "workers.lock";
constexpr const char* kStagingName = "staging";

double SecondsSince(Clock::time_point then) { return std::chrono::duration<double>(Clock::now() - then).count(); }

// An exclusive flock; the system drops it with the process, however that ends.
class FileLock {
 public:
  // Nothing: somebody else still has it after that time.
  static Result<std::optional<FileLock>> Take(const std::string& path, std::chrono::milliseconds patience) {
    const int fd = open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    if (fd < 0) return Error{ErrorCode::kIo, path + ": " + std::strerror(errno)};
    FileLock lock(fd);
    const Clock::time_point end = Clock::now() + patience;
    while (flock(fd, LOCK_EX | LOCK_NB) != 0) {
      if (errno != EWOULDBLOCK && errno != EINTR) return Error{ErrorCode::kIo, path + ": " + std::strerror(errno)};
      if (Clock::now() >= end) return std::optional<FileLock>();
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
    return std::optional(std::move(lock));
  }
  FileLock(FileLock&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  FileLock& operator=(FileLock&&) = delete;
  ~FileLock() {
    if (fd_ >= 0) close(fd_);
  }

 private:
  explicit FileLock(int fd) : fd_(fd) {}
  int fd_;
};

std::string TimeText() {
  const std::time_t now = std::time(nullptr);
  char text[32];
  std::tm parts{};
  gmtime_r(&now, &parts);
  std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts);
  return text;
}

// A failure that the same content has again; the others are of this file, this disk, this moment.
bool IsOfContent(ErrorCode code) {
  return code == ErrorCode::kBadInput || code == ErrorCode::kUnsupported || code == ErrorCode::kEncrypted ||
         code == ErrorCode::kResourceLimit || code == ErrorCode::kInternal;
}

class Batch {
 public:
  Batch(const BatchOptions& options, BatchLedger ledger) : options_(options), ledger_(std::move(ledger)) {
    log_.open(BatchPath(options.out_dir, "batch.log"), std::ios::app);
  }

  Result<BatchSummary> Run() {
    const Result<std::int64_t> run = ledger_.BeginRun(getpid());
    if (!run) return run.error();
    Log("begin");
    Status worked = Work();
    // Not before the workers are gone a file counts as waiting again.
    for (Hand& hand : hands_) {
      if (!hand.job) continue;
      hand.process.Kill();
      hand.process.Wait();
      if (!hand.job->claimed) continue;
      if (const Status released = ledger_.Release(hand.job->file.id); worked && !released) worked = released;
    }
    hands_.clear();
    BatchSummary summary = Summary();
    const std::string outcome = !worked ? worked.error().message : summary.stopped.empty() ? "ended" : summary.stopped;
    Log("end: " + outcome);
    const Status ended = ledger_.EndRun(*run, outcome);
    std::error_code ignored;
    if (worked && summary.waiting == 0) fs::remove_all(BatchPath(options_.out_dir, kPagesName), ignored);
    if (!worked) return worked.error();
    if (!ended) return ended.error();
    if (const Status kept = WriteFileAtomic(BatchPath(options_.out_dir, "summary.txt"), SummaryText(summary)); !kept) {
      return kept.error();
    }
    return summary;
  }

 private:
  enum class Verdict { kOpen, kDone, kFailed, kExisting };
  struct Known {
    Verdict verdict = Verdict::kOpen;
    bool now = false;  // by this run
    bool needs_look = false;
    FileFailure failure;
  };
  struct Job {
    LedgerFile file;
    FileStamp stamp;
    std::string sha256;
    bool claimed = false;
    std::string twin;  // path
    bool twin_needs_look = false;
    int pages_done = 0, pages = 0;
    std::string stage;
    Clock::time_point since = Clock::now();
  };
  struct Hand {
    explicit Hand(WorkerProcess p) : process(std::move(p)) {}
    WorkerProcess process;
    const Clock::time_point begin = Clock::now();
    bool ready = false;
    bool timed_out = false;
    std::optional<Job> job;
  };

  // --- What there is to do --------------------------------------------------------------------------------------

  // Takes up what is found; when watching, only what has been as it is for long enough.
  Status Look() {
    ScanResult found = Scan(options_.inputs, options_.out_dir);
    problems_ = found.problems;
    if (options_.watch) {
      std::map<std::string, std::pair<FileStamp, Clock::time_point>> seen;
      std::erase_if(found.files, [&](const FoundFile& file) {
        const auto old = seen_.find(file.path);
        const bool same = old != seen_.end() && old->second.first == file.stamp;
        const Clock::time_point since = same ? old->second.second : Clock::now();
        seen[file.path] = {file.stamp, since};
        return SecondsSince(since) < options_.stable_s;
      });
      seen_ = std::move(seen);
    }
    Result<std::vector<LedgerFile>> files = ledger_.Register(found, Extensions(), options_.out_dir);
    if (!files) return files.error();
    for (std::size_t i = 0; i < files->size(); ++i) {
      LedgerFile& file = (*files)[i];
      const FileStamp& stamp = found.files[i].stamp;
      // When watching: nothing new since this run looked at it.
      const auto looked = looked_.find(file.id);
      if (looked != looked_.end() && looked->second == stamp) continue;
      looked_[file.id] = stamp;
      Known& known = known_[file.id];
      names_[file.id] = file.path;
      known = {};
      const bool unchanged = file.stamp == stamp && file.settings == options_.settings;
      if (!unchanged || !Settle(file, known)) queue_.push_back({.file = std::move(file), .stamp = stamp});
    }
    return Done{};
  }

  // Whether the ledger says all there is to say about a file with the content and the settings of now.
  bool Settle(const LedgerFile& file, Known& known) {
    if (options_.existing == Existing::kOverwrite) return false;
    if (file.state == FileState::kDone && HasOutputs(file.stem, true)) {
      known = {.verdict = Verdict::kDone, .now = false, .needs_look = file.needs_look, .failure = {}};
      return true;
    }
    if (file.state == FileState::kFailed && !options_.retry) {
      known = {.verdict = Verdict::kFailed,
               .now = false,
               .needs_look = false,
               .failure = {file.error_code, file.error, file.error_page}};
      return true;
    }
    return false;
  }

  // All of the outputs, or any.
  bool HasOutputs(const std::string& stem, bool all) const {
    const auto is_there = [&](const OutputFormat& format) {
      std::error_code none;
      return fs::exists(Stem(stem) + format.extension, none);
    };
    return all ? std::all_of(options_.formats.begin(), options_.formats.end(), is_there)
               : std::any_of(options_.formats.begin(), options_.formats.end(), is_there);
  }

  std::vector<std::string> Extensions() const {
    std::vector<std::string> out;
    for (const OutputFormat& format : options_.formats) out.emplace_back(format.extension);
    return out;
  }
  std::string Stem(const std::string& stem) const { return (fs::path(options_.out_dir) / stem).string(); }

  // --- The course of it -----------------------------------------------------------------------------------------

  Status Work() {
    const std::size_t cores = std::max(1U, std::thread::hardware_concurrency());
    const std::size_t jobs = options_.jobs > 0 ? static_cast<std::size_t>(options_.jobs) : cores;
    if (const Status looked = Look(); !looked) return looked;
    Clock::time_point last_look = Clock::now();
    while (true) {
      const int stops = options_.stops ? options_.stops() : 0;
      if (stops > 1) break;
      if (stops == 1 && stopped_.empty()) {
        stopped_ = "interrupted";
        Tell("finishing the pages at work; once more stops at once");
        for (Hand& hand : hands_) hand.process.channel().Send({"stop"});
      }
      const bool going = stopped_.empty();
      const bool look_due = options_.watch && SecondsSince(last_look) >= std::max(0.2, options_.stable_s / 4);
      if (going && look_due) {
        if (const Status looked = Look(); !looked) return looked;
        last_look = Clock::now();
      }
      if (going) {
        while (hands_.size() < jobs && hands_.size() < queue_.size() + BusyHands()) {
          Result<WorkerProcess> process =
              WorkerProcess::Start(options_.worker_command, BatchPath(options_.out_dir, "workers.log"),
                                   BatchPath(options_.out_dir, kWorkersLockName));
          if (!process) return process.error();
          hands_.emplace_back(std::move(*process));
        }
        for (Hand& hand : hands_) {
          if (hand.ready && !hand.job && !queue_.empty()) Give(hand);
        }
      }
      ShowProgress(false);
      const bool idle = BusyHands() == 0 && (queue_.empty() || !going);
      if (idle && (!going || !options_.watch)) break;
      if (const Status heard = Listen(); !heard) return heard;
    }
    ShowProgress(true);
    return Done{};
  }

  std::size_t BusyHands() const {
    return static_cast<std::size_t>(
        std::count_if(hands_.begin(), hands_.end(), [](const Hand& hand) { return hand.job.has_value(); }));
  }

  void Give(Hand& hand) {
    hand.job = std::move(queue_.front());
    queue_.pop_front();
    hand.job->since = Clock::now();
    hand.job->stamp = StampOf(hand.job->file.path);  // before it is read
    hand.process.channel().Send({"file", hand.job->file.path});
  }

  // Waits for what comes first: a message, a tick, a time limit.
  Status Listen() {
    std::vector<pollfd> fds;
    for (Hand& hand : hands_) fds.push_back({hand.process.channel().fd(), POLLIN, 0});
    poll(fds.data(), fds.size(), static_cast<int>(kTick.count()));
    for (auto hand = hands_.begin(); hand != hands_.end();) {
      if (hand->job && options_.time_limit_s > 0 && SecondsSince(hand->job->since) > options_.time_limit_s) {
        hand->timed_out = true;
        hand->process.Kill();
      }
      if (!hand->ready && SecondsSince(hand->begin) > kStartLimitSeconds) hand->process.Kill();
      while (const std::optional<Message> message = hand->process.channel().Poll()) {
        if (const Status heard = Hear(*hand, *message); !heard) return heard;
      }
      if (!hand->process.channel().closed()) {
        ++hand;
        continue;
      }
      if (const Status buried = Bury(*hand); !buried) return buried;
      hand = hands_.erase(hand);
    }
    return Done{};
  }

  Status Hear(Hand& hand, const Message& m) {
    const std::string kind = m.empty() ? "" : m[0];
    if (kind == "ready") {
      hand.ready = true;
      return Done{};
    }
    const auto number = [&](std::size_t i) { return std::atoi(m[i].c_str()); };
    if (kind == "fatal" && m.size() == 3) return Error{static_cast<ErrorCode>(number(1)), m[2]};
    if (!hand.job) return Done{};
    if (kind == "hash" && m.size() == 2) return Decide(hand, m[1]);
    if (kind == "page" && m.size() == 3) {
      hand.job->pages_done = number(1);
      hand.job->pages = number(2);
    } else if (kind == "stage" && m.size() == 2) {
      hand.job->stage = m[1];
      // For those who look on; a duplicate and a text are through too soon for that.
      if (SecondsSince(hand.job->since) > 1) return ledger_.SetStage(hand.job->file.id, m[1]);
    } else if (kind == "stopped") {
      return Leave(hand);
    } else if (kind == "full" && m.size() == 2) {
      return Error{ErrorCode::kIo, m[1]};
    } else if (kind == "error" && m.size() == 4) {
      return Fail(hand, {static_cast<ErrorCode>(number(1)), m[3], number(2)});
    } else if (kind == "done" && m.size() >= 10) {
      return Finish(hand, FileResultOf(m));
    }
    return Done{};
  }

  // The content is known: is there anything to do, and has another file done it?
  Status Decide(Hand& hand, const std::string& sha256) {
    Job& job = *hand.job;
    job.sha256 = sha256;
    const auto drop = [&] {
      hand.process.channel().Send({"drop"});
      hand.job.reset();
    };
    Known& known = known_[job.file.id];
    const bool same = job.file.sha256 == sha256 && job.file.settings == options_.settings;
    if (same && Settle(job.file, known)) {
      const Status restamped = ledger_.Restamp(job.file.id, job.stamp);
      drop();
      return restamped;
    }
    if (!job.file.owned && options_.existing != Existing::kOverwrite && HasOutputs(job.file.stem, false)) {
      if (options_.existing == Existing::kFail) {
        hand.process.channel().Send({"drop"});
        return Fail(hand, {ErrorCode::kIo, "there is an output of that name: " + Stem(job.file.stem), 0});
      }
      known = {.verdict = Verdict::kExisting, .now = true, .needs_look = false, .failure = {}};
      drop();
      return Done{};
    }
    if (at_work_.contains(sha256)) {
      parked_[sha256].push_back(std::move(job));
      drop();
      return Done{};
    }
    const auto twin_failed = failed_now_.find(sha256);
    if (twin_failed != failed_now_.end()) {
      hand.process.channel().Send({"drop"});
      return Fail(hand, FileFailure(twin_failed->second));
    }
    Result<std::optional<LedgerFile>> twin = ledger_.FindTwin(sha256, options_.settings, FileState::kDone, job.file.id);
    if (!twin) return twin.error();
    // With kOverwrite what earlier runs made is not to be taken.
    if (*twin && options_.existing == Existing::kOverwrite && !done_now_.contains((*twin)->id)) twin->reset();
    if (const Status claimed = ledger_.Claim(job.file.id, job.stamp, sha256, options_.settings); !claimed) {
      return claimed;
    }
    job.claimed = true;
    at_work_.insert(sha256);
    const std::string staging = BatchPath(options_.out_dir, kStagingName) + "/" + std::to_string(job.file.id);
    if (*twin) {
      job.twin = (*twin)->path;
      job.twin_needs_look = (*twin)->needs_look;
      hand.process.channel().Send({"copy", staging, Stem(job.file.stem), Stem((*twin)->stem), (*twin)->json_sha256});
    } else {
      hand.process.channel().Send({"read", staging, Stem(job.file.stem)});
    }
    return Done{};
  }

  Status Finish(Hand& hand, FileResult result) {
    Job job = std::move(*hand.job);
    hand.job.reset();
    if (result.copied) result.needs_look = job.twin_needs_look;
    if (const Status finished = ledger_.Finish(job.file.id, result, result.copied ? job.twin : ""); !finished) {
      return finished;
    }
    known_[job.file.id] = {.verdict = Verdict::kDone, .now = true, .needs_look = result.needs_look, .failure = {}};
    done_now_.insert(job.file.id);
    pages_now_ += result.pages;
    duplicates_ += result.copied ? 1 : 0;
    Log("done " + job.file.path + ": " + std::to_string(result.pages) + " pages" +
        (result.copied ? ", as " + job.twin : ""));
    Unpark(job);
    return Done{};
  }

  // Stopped between two pages: the file waits for the next run, which finds the pages that are read.
  Status Leave(Hand& hand) {
    const Job job = std::move(*hand.job);
    hand.job.reset();
    Log("stopped " + job.file.path + ": " + std::to_string(job.pages_done) + " pages are kept");
    return ledger_.Release(job.file.id);
  }

  // Errors of the installation would meet every file: they stop the batch.
  Status Fail(Hand& hand, const FileFailure& failure) {
    Job job = std::move(*hand.job);
    hand.job.reset();
    if (failure.code == ErrorCode::kMissing || failure.code == ErrorCode::kModel) {
      if (job.claimed) static_cast<void>(ledger_.Release(job.file.id));  // the error is what matters
      return Error{failure.code, failure.message};
    }
    const Status failed = ledger_.Fail(job.file.id, job.stamp, job.sha256, options_.settings, failure);
    if (!failed) return failed;
    known_[job.file.id] = {.verdict = Verdict::kFailed, .now = true, .needs_look = false, .failure = failure};
    if (!job.sha256.empty() && IsOfContent(failure.code)) failed_now_[job.sha256] = failure;
    ++failures_now_;
    Log("failed " + job.file.path + ": " + failure.message);
    if (options_.failure) options_.failure(job.file.path + ": " + failure.message);
    if (options_.max_failures > 0 && failures_now_ >= options_.max_failures && stopped_.empty()) {
      stopped_ = "failures";
      Tell("stopping after " + std::to_string(failures_now_) + " failures");
    }
    Unpark(job);
    return Done{};
  }

  // Files of the same content come next.
  void Unpark(const Job& job) {
    if (!job.claimed) return;
    at_work_.erase(job.sha256);
    const auto parked = parked_.find(job.sha256);
    if (parked == parked_.end()) return;
    queue_.insert(queue_.begin(), parked->second.begin(), parked->second.end());
    parked_.erase(parked);
  }

  // A worker has ended; what it was at goes down with it.
  Status Bury(Hand& hand) {
    const int status = hand.process.Wait();
    const std::string log = BatchPath(options_.out_dir, "workers.log");
    if (!hand.job) {
      return hand.ready ? Status(Done{}) : Error{ErrorCode::kInternal, "a worker did not start; see " + log};
    }
    FileFailure failure{.code = ErrorCode::kInternal, .message = {}, .page = 0};
    const Job& job = *hand.job;
    if (job.pages_done < job.pages) failure.page = job.pages_done + 1;
    const std::string where = failure.page > 0
                                  ? " at page " + std::to_string(failure.page) + " of " + std::to_string(job.pages)
                              : job.stage.empty() ? ""
                                                  : " (" + job.stage + ")";
    if (hand.timed_out) {
      failure.code = ErrorCode::kResourceLimit;
      failure.message = "took longer than " + std::to_string(options_.time_limit_s) + " s";
    } else if (WIFEXITED(status) && WEXITSTATUS(status) == kOutOfMemoryStatus) {
      failure.code = ErrorCode::kResourceLimit;
      failure.message = "needs more than " + std::to_string(options_.memory_limit_mib) + " MiB of memory";
    } else if (WIFSIGNALED(status)) {
      failure.message =
          "its worker crashed: signal " + std::to_string(WTERMSIG(status)) + ", " + strsignal(WTERMSIG(status));
    } else {
      failure.message = "its worker ended with status " + std::to_string(WEXITSTATUS(status)) + "; see " + log;
    }
    failure.message += where;
    return Fail(hand, failure);
  }

  // --- What is said about it ------------------------------------------------------------------------------------

  void ShowProgress(bool last) {
    if (!options_.progress || (!last && Clock::now() - last_shown_ < kTick)) return;
    last_shown_ = Clock::now();
    BatchProgress p;
    p.files = static_cast<std::int64_t>(known_.size());
    for (const auto& [id, known] : known_) {
      p.ready += known.verdict != Verdict::kOpen ? 1 : 0;
      p.failed += known.verdict == Verdict::kFailed ? 1 : 0;
      p.files_now += known.now ? 1 : 0;
    }
    p.pages_now = pages_now_;
    for (const Hand& hand : hands_) p.pages_now += hand.job ? hand.job->pages_done : 0;
    p.seconds = SecondsSince(begin_);
    p.stopping = !stopped_.empty();
    options_.progress(p);
  }

  BatchSummary Summary() const {
    BatchSummary s;
    s.files = static_cast<std::int64_t>(known_.size());
    s.duplicates = duplicates_;
    s.pages = pages_now_;
    s.problems = problems_;
    s.seconds = SecondsSince(begin_);
    s.stopped = stopped_;
    for (const auto& [id, known] : known_) {
      s.needs_look += known.needs_look ? 1 : 0;
      switch (known.verdict) {
        case Verdict::kOpen:
          ++s.waiting;
          break;
        case Verdict::kDone:
          ++(known.now ? s.done : s.done_before);
          break;
        case Verdict::kExisting:
          ++s.existing;
          break;
        case Verdict::kFailed:
          s.failures.push_back({names_.at(id), known.failure});
          break;
      }
    }
    std::sort(s.failures.begin(), s.failures.end(),
              [](const BatchFailure& a, const BatchFailure& b) { return a.file < b.file; });
    return s;
  }

  void Tell(const std::string& message) {
    Log(message);
    if (options_.information) options_.information(message);
  }
  // A log that cannot be written is no reason to stop: the ledger has it all.
  void Log(const std::string& line) { log_ << TimeText() << ' ' << line << std::endl; }

  const BatchOptions& options_;
  BatchLedger ledger_;
  std::ofstream log_;
  const Clock::time_point begin_ = Clock::now();
  Clock::time_point last_shown_;

  std::map<std::int64_t, Known> known_;  // every file of this batch
  std::map<std::int64_t, std::string> names_;
  std::map<std::int64_t, FileStamp> looked_;
  std::map<std::string, std::pair<FileStamp, Clock::time_point>> seen_;  // when watching: since when as it is
  std::vector<std::string> problems_;
  std::deque<Job> queue_;
  std::map<std::string, std::vector<Job>> parked_;  // by content, while a file with it is at work
  std::set<std::string> at_work_;                   // contents
  std::map<std::string, FileFailure> failed_now_;   // by content
  std::set<std::int64_t> done_now_;
  std::list<Hand> hands_;
  std::int64_t pages_now_ = 0, duplicates_ = 0;
  int failures_now_ = 0;
  std::string stopped_;
};

Status Prepare(const BatchOptions& options) {
  std::error_code error;
  for (const std::string& input : options.inputs) {
    if (input == "-") return Error{ErrorCode::kBadInput, "a batch is made of files, not of standard input"};
    if (fs::is_directory(input, error) && fs::equivalent(input, options.out_dir, error) && !error) {
      return Error{ErrorCode::kBadInput, options.out_dir + ": is the input; give another folder for the outputs"};
    }
  }
  fs::create_directories(BatchPath(options.out_dir, ""), error);
  if (error) return Error{ErrorCode::kIo, options.out_dir + ": cannot make the folder: " + error.message()};
  return Done{};
}

}  // namespace

Result<BatchSummary> RunBatch(const BatchOptions& options) {
  if (const Status prepared = Prepare(options); !prepared) return prepared.error();
  // Patience for one that looks whether a batch is at work, and for one that is just ending.
  const auto lock = FileLock::Take(BatchPath(options.out_dir, kLockName), std::chrono::seconds(1));
  if (!lock) return lock.error();
  if (!*lock) {
    return Error{ErrorCode::kIo, options.out_dir + ": another batch is at work there; see hoidau batch status"};
  }
  // Workers of a batch that was killed are being killed; nothing is cleaned before they are gone.
  {
    const auto workers = FileLock::Take(BatchPath(options.out_dir, kWorkersLockName), std::chrono::seconds(30));
    if (!workers) return workers.error();
    if (!*workers)
      return Error{ErrorCode::kIo, options.out_dir + ": a worker of a batch that has ended is still there"};
  }
  const std::string staging = BatchPath(options.out_dir, kStagingName);
  std::error_code error;
  fs::remove_all(staging, error);
  fs::create_directory(staging, error);
  if (error) return Error{ErrorCode::kIo, staging + ": " + error.message()};
  Result<BatchLedger> ledger = BatchLedger::Open(BatchPath(options.out_dir, kLedgerName));
  if (!ledger) return ledger.error();
  return Batch(options, std::move(*ledger)).Run();
}

bool BatchRuns(const std::string& out_dir) {
  const int fd = open(BatchPath(out_dir, kLockName).c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) return false;
  const bool runs = flock(fd, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK;
  close(fd);
  return runs;
}

}  // namespace hoidau
