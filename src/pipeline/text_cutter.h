// Cuts a stream of text into documents, so that memory and evidence are bounded by a document and not by the stream.
//
//   TextCutter cutter(256 << 10);
//   cutter.Feed(bytes, [](std::string_view document) { … });   // any number of times
//   cutter.Finish([](std::string_view document) { … });        // the rest
//
// The documents joined are the stream, byte for byte. Each ends behind a form feed, behind the first blank line after
// document_bytes, or, where none comes, behind the first line end after 4 and inside the line after 8 times as many.
//
// Thread safety: one owner. Limits: holds at most 8 times document_bytes and what is fed at once.
#ifndef HOIDAU_PIPELINE_TEXT_CUTTER_H_
#define HOIDAU_PIPELINE_TEXT_CUTTER_H_

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

namespace hoidau {

class TextCutter {
 public:
  using Take = std::function<void(std::string_view document)>;

  explicit TextCutter(std::size_t document_bytes);
  void Feed(std::string_view bytes, const Take& take);
  void Finish(const Take& take);

 private:
  // The end of the first document in what is held, 0 where it is not complete.
  std::size_t FindEnd(std::string_view text);

  std::size_t document_bytes_;
  std::string buffer_;
  std::size_t scanned_ = 0;  // bytes held that were looked at
  bool blank_ = true;        // the line so far has only white space
};

}  // namespace hoidau

#endif  // HOIDAU_PIPELINE_TEXT_CUTTER_H_
