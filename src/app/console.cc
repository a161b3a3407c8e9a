#include "app/console.h"

#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstring>

namespace hoidau {
namespace {

constexpr int kInterruptedExit = 130;
constexpr int kClosedPipeExit = 141;  // as a shell reports SIGPIPE

std::atomic<int> writing{0};
std::atomic<bool> interrupted{false};
static_assert(std::atomic<int>::is_always_lock_free &&
              std::atomic<bool>::is_always_lock_free);  // used in a signal handler

void OnSignal(int) {
  interrupted = true;
  if (writing == 0) _exit(kInterruptedExit);
}

bool progress_shown = false;

void WriteError(std::string_view text) {
  // Messages that cannot be shown are lost: there is nowhere else to say so.
  [[maybe_unused]] const ssize_t n = write(STDERR_FILENO, text.data(), text.size());
}

}  // namespace

void StartMessages(bool verbose) {
  auto logger = spdlog::stderr_color_st("hoidau");
  logger->set_pattern("hoidau: %^%l%$: %v");
  logger->set_level(verbose ? spdlog::level::info : spdlog::level::warn);
  spdlog::set_default_logger(std::move(logger));
}

void ShowError(std::string_view message) {
  ShowProgress("");
  spdlog::error("{}", message);
}

void ShowWarning(std::string_view message) {
  ShowProgress("");
  spdlog::warn("{}", message);
}

void ShowInfo(std::string_view message) {
  ShowProgress("");
  spdlog::info("{}", message);
}

void ShowSummary(std::string_view text) {
  ShowProgress("");
  WriteError(std::string(text) + "\n");
}

void ShowProgress(std::string_view text) {
  static const bool terminal = isatty(STDERR_FILENO) == 1;
  if (!terminal || (text.empty() && !progress_shown)) return;
  WriteError("\r\x1b[K" + std::string(text));
  progress_shown = !text.empty();
}

Status WriteStdout(std::string_view data) {
  while (!data.empty()) {
    const ssize_t n = write(STDOUT_FILENO, data.data(), data.size());
    if (n < 0 && errno == EINTR) continue;
    // SIGPIPE is ignored where our parent or a library (NSS) says so; the end is the same: nobody reads on.
    if (n < 0 && errno == EPIPE) _exit(kClosedPipeExit);
    if (n < 0) return Error{ErrorCode::kIo, std::string("standard output: cannot write: ") + std::strerror(errno)};
    data.remove_prefix(static_cast<std::size_t>(n));
  }
  return Done{};
}

int TerminalColumns() {
  winsize size{};
  return ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : 100;
}

void EndOnSignals() {
  struct sigaction action {};
  action.sa_handler = OnSignal;
  sigemptyset(&action.sa_mask);
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) sigaction(signal, &action, nullptr);
}

WritingFiles::WritingFiles() { ++writing; }

WritingFiles::~WritingFiles() {
  if (--writing == 0 && interrupted) _exit(kInterruptedExit);
}

}  // namespace hoidau
