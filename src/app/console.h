// The process's face: data on standard output, messages and progress on standard error, and what Ctrl-C does.
//
//   StartMessages(false);
//   ShowError("plan.pdf: is encrypted");
//   Status written = WriteStdout(json);
//
// Thread safety: one thread, but for the signal handler. Limits: POSIX.
#ifndef HOIDAU_APP_CONSOLE_H_
#define HOIDAU_APP_CONSOLE_H_

#include <string>
#include <string_view>

#include "base/result.h"

namespace hoidau {

// Messages go to standard error as "hoidau: warning: …"; with `verbose` those about the course of things too.
void StartMessages(bool verbose);
void ShowError(std::string_view message);
void ShowWarning(std::string_view message);
void ShowInfo(std::string_view message);

// What was done in all, as a line of its own on standard error.
void ShowSummary(std::string_view text);

// A line that is written over, only on a terminal; an empty text clears it.
void ShowProgress(std::string_view text);

// All bytes, past buffers. kIo, with the reason: a full disk is not success. Ends the process, with code 141 and
// without a word, where the reader has closed the pipe ("hoidau … | head -1").
Status WriteStdout(std::string_view data);

// Columns of the terminal at standard output, 100 where it is none.
int TerminalColumns();

// Ctrl-C and a polite kill end the process at once with code 130, but not while a file is being written: then behind
// it.
void EndOnSignals();
class WritingFiles {
 public:
  WritingFiles();
  WritingFiles(const WritingFiles&) = delete;
  WritingFiles& operator=(const WritingFiles&) = delete;
  ~WritingFiles();
};

}  // namespace hoidau

#endif  // HOIDAU_APP_CONSOLE_H_
