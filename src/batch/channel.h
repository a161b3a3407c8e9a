// Messages between the batch and its workers over a socket: lists of byte strings.
//
//   Channel channel(fd);
//   channel.Send({"file", "scans/plan.pdf"});
//   std::optional<Message> reply = channel.Receive();   // blocks; nothing: the other side is gone
//   while (std::optional<Message> m = channel.Poll()) … // takes what has come, does not block
//
// Thread safety: one sender and one receiver at a time. Limits: 1 GiB a message; a longer one counts as the other side
// being gone.
#ifndef HOIDAU_BATCH_CHANNEL_H_
#define HOIDAU_BATCH_CHANNEL_H_

#include <optional>
#include <string>
#include <vector>

namespace hoidau {

using Message = std::vector<std::string>;

class Channel {
 public:
  // Takes the descriptor.
  explicit Channel(int fd) : fd_(fd) {}
  Channel(Channel&& other) noexcept;
  Channel& operator=(Channel&& other) noexcept;
  Channel(const Channel&) = delete;
  Channel& operator=(const Channel&) = delete;
  ~Channel();

  int fd() const { return fd_; }
  // False: the other side is gone.
  bool Send(const Message& message);
  std::optional<Message> Receive();
  // What has come completely so far. closed() says whether more can come.
  std::optional<Message> Poll();
  bool closed() const { return closed_; }

 private:
  bool Fill(bool block);
  std::optional<Message> Take();

  int fd_;
  bool closed_ = false;
  std::string buffer_;
};

}  // namespace hoidau

#endif  // HOIDAU_BATCH_CHANNEL_H_
