#include "batch/worker.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <filesystem>
#include <new>
#include <system_error>
#include <utility>

#include "base/files.h"
#include "base/sha256.h"

namespace hoidau {
namespace {

namespace fs = std::filesystem;

std::int64_t Now() {
  return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now().time_since_epoch())
      .count();
}

std::string CodeText(ErrorCode code) { return std::to_string(static_cast<int>(code)); }

// "plan.pdf: is encrypted" → "is encrypted": the batch keeps the reason, which holds for duplicates too.
std::string Reason(const Error& error, const std::string& path) {
  return error.message.starts_with(path + ": ") ? error.message.substr(path.size() + 2) : error.message;
}

Message ErrorMessage(const Error& error, const std::string& path) {
  return {"error", CodeText(error.code), "0", Reason(error, path)};
}

// A rename lasts through a power cut once its folder is on the disk.
void SyncFolder(const fs::path& folder) {
  const int fd = open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0) return;
  fsync(fd);
  close(fd);
}

class Worker {
 public:
  Worker(const WorkerOptions& options, Channel channel) : options_(options), channel_(std::move(channel)) {
    options_.pipeline.progress = [this](const Progress& p) {
      channel_.Send({"page", std::to_string(p.pages_done), std::to_string(p.pages)});
    };
    options_.pipeline.stop = [this] {
      while (!stopped_) {
        const std::optional<Message> message = channel_.Poll();
        if (!message) break;
        stopped_ = IsStop(*message);
      }
      return stopped_;
    };
  }

  int Run() {
    const Result<Pipeline> pipeline = Pipeline::Load(options_.pipeline);
    if (!pipeline) {
      channel_.Send({"fatal", CodeText(pipeline.error().code), pipeline.error().message});
      return 1;
    }
    channel_.Send({"ready"});
    while (const std::optional<Message> message = Receive()) {
      if (message->size() == 2 && (*message)[0] == "file") OneFile(*pipeline, (*message)[1]);
    }
    return 0;
  }

 private:
  static bool IsStop(const Message& message) { return message.size() == 1 && message[0] == "stop"; }

  // The next message but for "stop".
  std::optional<Message> Receive() {
    std::optional<Message> message = channel_.Receive();
    for (; message && IsStop(*message); message = channel_.Receive()) stopped_ = true;
    return message;
  }

  void OneFile(const Pipeline& pipeline, const std::string& path) {
    const Result<std::string> sha256 = Hash(path);
    if (!sha256) {
      channel_.Send(ErrorMessage(sha256.error(), path));
      return;
    }
    channel_.Send({"hash", *sha256});
    const std::optional<Message> order = Receive();
    if (!order || order->empty() || order->size() < 3) return;  // drop, or the batch is gone
    const Message answer = Make(pipeline, path, *sha256, *order);
    // A failed page may be read another time; the pages of a file that was stopped are for the next run.
    if (answer[0] != "stopped" && answer[0] != "full") ForgetPages(options_.pipeline.page_store, *sha256);
    channel_.Send(answer);
  }

  Result<std::string> Hash(const std::string& path) const {
    std::error_code error;
    const fs::file_status status = fs::status(path, error);
    if (fs::exists(status) && !fs::is_regular_file(status)) {
      return Error{ErrorCode::kIo, "is no regular file"};
    }
    const std::uintmax_t size = fs::file_size(path, error);
    if (!error && size > options_.pipeline.max_bytes) {
      return Error{ErrorCode::kResourceLimit,
                   "larger than " + std::to_string(options_.pipeline.max_bytes >> 20) + " MiB"};
    }
    const Result<MappedFile> file = MappedFile::Open(path);
    if (!file) return file.error();
    return Sha256Hex(file->bytes());
  }

  Message Make(const Pipeline& pipeline, const std::string& path, const std::string& sha256, const Message& order) {
    FileResult result;
    std::int64_t* clock = nullptr;
    std::int64_t since = 0;
    const auto stop_clock = [&] {
      if (clock != nullptr) *clock += Now() - since;
      since = Now();
    };
    const auto stage = [&](std::string_view name) {
      stop_clock();
      clock = name == "read"       ? &result.read_ms
              : name == "recover"  ? &result.recover_ms
              : name == "describe" ? &result.describe_ms
                                   : &result.write_ms;
      channel_.Send({"stage", std::string(name)});
    };
    std::optional<MadeOutputs> made;
    if (order[0] == "copy" && order.size() == 5) {
      stage("write");
      Result<MadeOutputs> copied = CopyOutputs(order[3], order[4], path, options_.pipeline.max_bytes, options_.formats);
      // Where the other's outputs are not as they were, the file is read.
      if (copied) made = std::move(*copied);
      result.copied = made.has_value();
    }
    if (!made) {
      Result<MadeOutputs> read = MakeOutputs(pipeline, path, options_.pipeline.max_bytes, options_.formats, stage);
      if (!read && read.error().code == ErrorCode::kInterrupted) return {"stopped"};
      if (!read) return ErrorMessage(read.error(), path);
      made = std::move(*read);
    }
    if (made->record.source.sha256 != sha256) {
      return {"error", CodeText(ErrorCode::kIo), "0", "has changed while it was read"};
    }
    if (Message problem = Write(made->outputs, order[1], order[2]); !problem.empty()) return problem;
    stop_clock();
    for (const Output& output : made->outputs) {
      if (output.extension == ".json") result.json_sha256 = Sha256Hex(output.content);
    }
    result.needs_look = made->needs_look;
    result.pages = static_cast<std::int64_t>(made->record.pages.size());
    result.issues = std::move(made->record.issues);
    result.text = std::move(made->record.text);
    return ToMessage(result);
  }

  // First all outputs whole beside the ledger, then each to its place. Empty: done.
  static Message Write(const std::vector<Output>& outputs, const std::string& staging, const std::string& stem) {
    std::vector<std::string> staged;
    for (const Output& output : outputs) {
      staged.push_back(staging + "." + std::to_string(staged.size()));
      const Status written = WriteFileAtomic(staged.back(), output.content);
      // There every name is good: what fails is the disk.
      if (!written) return {"full", written.error().message};
    }
    const auto fail = [](const std::string& path, const std::error_code& error) -> Message {
      const std::string message = path + ": cannot write: " + error.message();
      if (error == std::errc::no_space_on_device || error == std::errc::read_only_file_system) {
        return {"full", message};
      }
      return {"error", CodeText(ErrorCode::kIo), "0", message};
    };
    const fs::path folder = fs::path(stem).parent_path();
    std::error_code error;
    fs::create_directories(folder, error);
    if (error) return fail(folder.string(), error);
    for (std::size_t i = 0; i < outputs.size(); ++i) {
      const std::string path = stem + outputs[i].extension;
      fs::rename(staged[i], path, error);
      if (error) return fail(path, error);
    }
    SyncFolder(folder);
    return {};
  }

  WorkerOptions options_;
  Channel channel_;
  bool stopped_ = false;
};

// An allocation that fails ends the process, from whatever thread: what the libraries would make of it is no one's
// guess.
void OutOfMemory() { _exit(kOutOfMemoryStatus); }

}  // namespace

int RunWorker(const WorkerOptions& options) {
  if (options.memory_limit_mib > 0) {
    const rlim_t bytes = static_cast<rlim_t>(options.memory_limit_mib) << 20;
    const rlimit limit{bytes, bytes};
    setrlimit(RLIMIT_DATA, &limit);
    std::set_new_handler(OutOfMemory);
  }
  const rlimit no_core{0, 0};
  setrlimit(RLIMIT_CORE, &no_core);
  Worker worker(options, Channel(STDIN_FILENO));
  try {
    return worker.Run();
  } catch (const std::exception& e) {
    // A thread that finds no room for its stack.
    const auto* system = dynamic_cast<const std::system_error*>(&e);
    const bool no_room = system != nullptr && system->code() == std::errc::resource_unavailable_try_again;
    if (no_room && options.memory_limit_mib > 0) return kOutOfMemoryStatus;
    std::fprintf(stderr, "worker: %s\n", e.what());  // into the log of the batch
    return 1;
  }
}

Message ToMessage(const FileResult& r) {
  Message out = {"done",
                 r.json_sha256,
                 r.copied ? "1" : "0",
                 r.needs_look ? "1" : "0",
                 std::to_string(r.pages),
                 std::to_string(r.read_ms),
                 std::to_string(r.recover_ms),
                 std::to_string(r.describe_ms),
                 std::to_string(r.write_ms),
                 r.text};
  for (const Issue& issue : r.issues) {
    out.insert(out.end(), {issue.stage, std::to_string(issue.page), issue.code, issue.message});
  }
  return out;
}

FileResult FileResultOf(const Message& m) {
  const auto number = [&](std::size_t i) { return std::strtoll(m[i].c_str(), nullptr, 10); };
  FileResult out{.json_sha256 = m[1],
                 .copied = m[2] == "1",
                 .needs_look = m[3] == "1",
                 .pages = number(4),
                 .read_ms = number(5),
                 .recover_ms = number(6),
                 .describe_ms = number(7),
                 .write_ms = number(8),
                 .issues = {},
                 .text = m[9]};
  for (std::size_t i = 10; i + 3 < m.size(); i += 4) {
    out.issues.push_back(
        {.stage = m[i], .page = static_cast<int>(number(i + 1)), .code = m[i + 2], .message = m[i + 3]});
  }
  return out;
}

}  // namespace hoidau
