// Result<T>: a value or the reason why there is none. Expected failures (a bad file, a damaged model) travel as
// values; exceptions never cross a module, and nothing below `app` prints or exits.
//
//   Result<std::string> text = ReadFile(path);
//   if (!text) return text.error();
//   Use(*text);
//
// Thread safety: a plain value. Limits: T must not be Error.
#ifndef HOIDAU_BASE_RESULT_H_
#define HOIDAU_BASE_RESULT_H_

#include <cassert>
#include <string>
#include <utility>
#include <variant>

namespace hoidau {

enum class ErrorCode {
  kBadInput,       // the input is not what it claims to be, or is damaged
  kNotFound,       // a file or a model is missing
  kUnsupported,    // a kind of input that we do not read
  kEncrypted,      // the input needs a password
  kResourceLimit,  // too large, too slow
  kIo,             // reading or writing failed
  kMissing,        // a dependency (language data, a model) is not installed
  kModel,          // a model file is damaged or of another version
  kInterrupted,    // the user asked to stop
  kInternal,       // a defect of ours
};

// A failure: what was attempted and, where it helps, the offending piece (a path, a page, a field).
struct Error {
  ErrorCode code = ErrorCode::kInternal;
  std::string message;
};

template <typename T>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_(std::move(value)) {}      // NOLINT(google-explicit-constructor): reads like a value
  Result(Error error) : state_(std::move(error)) {}  // NOLINT(google-explicit-constructor)

  bool ok() const { return std::holds_alternative<T>(state_); }
  explicit operator bool() const { return ok(); }

  // REQUIRES: ok().
  T& operator*() { return std::get<T>(state_); }
  const T& operator*() const { return std::get<T>(state_); }
  T* operator->() { return &std::get<T>(state_); }
  const T* operator->() const { return &std::get<T>(state_); }

  // REQUIRES: !ok().
  const Error& error() const { return std::get<Error>(state_); }

 private:
  std::variant<T, Error> state_;
};

// The result of something done for its effect.
struct Done {};
using Status = Result<Done>;

}  // namespace hoidau

#endif  // HOIDAU_BASE_RESULT_H_
