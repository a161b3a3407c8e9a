// Exit codes, after OCRmyPDF, and how errors map to them. README.md lists each with its remedy.
//
//   return Worse(ExitCode::kNeedsLook, ExitCodeOf(error.code));
//
// Thread safety: pure.
#ifndef HOIDAU_APP_EXIT_CODES_H_
#define HOIDAU_APP_EXIT_CODES_H_

#include <algorithm>
#include <array>

#include "base/result.h"

namespace hoidau {

enum class ExitCode {
  kOk = 0,
  kUsage = 1,
  kBadInput = 2,
  kMissing = 3,
  kFileAccess = 5,
  kEncrypted = 8,
  kOther = 15,
  kNeedsLook = 20,
  kInterrupted = 130,
};

inline ExitCode ExitCodeOf(ErrorCode code) {
  switch (code) {
    case ErrorCode::kBadInput:
    case ErrorCode::kUnsupported:
    case ErrorCode::kResourceLimit:
      return ExitCode::kBadInput;
    case ErrorCode::kNotFound:
    case ErrorCode::kIo:
      return ExitCode::kFileAccess;
    case ErrorCode::kEncrypted:
      return ExitCode::kEncrypted;
    case ErrorCode::kMissing:
    case ErrorCode::kModel:
      return ExitCode::kMissing;
    case ErrorCode::kInterrupted:
      return ExitCode::kInterrupted;
    case ErrorCode::kInternal:
      return ExitCode::kOther;
  }
  return ExitCode::kOther;
}

// The one to report for several files.
inline ExitCode Worse(ExitCode a, ExitCode b) {
  constexpr std::array kByWeight = {ExitCode::kOk,        ExitCode::kNeedsLook,  ExitCode::kBadInput,
                                    ExitCode::kEncrypted, ExitCode::kFileAccess, ExitCode::kMissing,
                                    ExitCode::kOther,     ExitCode::kUsage,      ExitCode::kInterrupted};
  return *std::max(std::find(kByWeight.begin(), kByWeight.end(), a), std::find(kByWeight.begin(), kByWeight.end(), b));
}

}  // namespace hoidau

#endif  // HOIDAU_APP_EXIT_CODES_H_
