#include "batch/channel.h"

#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <utility>

namespace hoidau {
namespace {

constexpr std::size_t kMaxMessage = std::size_t{1} << 30;

void AppendSize(std::size_t size, std::string& out) {
  const auto value = static_cast<std::uint32_t>(size);
  out.append(reinterpret_cast<const char*>(&value), sizeof value);
}

std::size_t SizeAt(std::string_view bytes, std::size_t at) {
  std::uint32_t value = 0;
  std::memcpy(&value, bytes.data() + at, sizeof value);
  return value;
}

}  // namespace

Channel::Channel(Channel&& other) noexcept
    : fd_(std::exchange(other.fd_, -1)), closed_(other.closed_), buffer_(std::move(other.buffer_)) {}

Channel& Channel::operator=(Channel&& other) noexcept {
  std::swap(fd_, other.fd_);
  std::swap(closed_, other.closed_);
  std::swap(buffer_, other.buffer_);
  return *this;
}

Channel::~Channel() {
  if (fd_ >= 0) close(fd_);
}

// A frame is its size and then, for each string, its size and its bytes; sizes are 32 bits of this machine.
bool Channel::Send(const Message& message) {
  std::string frame(sizeof(std::uint32_t), '\0');
  for (const std::string& part : message) {
    AppendSize(part.size(), frame);
    frame += part;
  }
  if (frame.size() > kMaxMessage) return false;
  const auto size = static_cast<std::uint32_t>(frame.size() - sizeof(std::uint32_t));
  std::memcpy(frame.data(), &size, sizeof size);
  std::string_view rest = frame;
  while (!rest.empty()) {
    const ssize_t n = send(fd_, rest.data(), rest.size(), MSG_NOSIGNAL);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return false;
    rest.remove_prefix(static_cast<std::size_t>(n));
  }
  return true;
}

bool Channel::Fill(bool block) {
  char bytes[1 << 16];
  while (true) {
    const ssize_t n = recv(fd_, bytes, sizeof bytes, block ? 0 : MSG_DONTWAIT);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) return false;
    if (n <= 0) {
      closed_ = true;
      return false;
    }
    buffer_.append(bytes, static_cast<std::size_t>(n));
    return true;
  }
}

std::optional<Message> Channel::Take() {
  constexpr std::size_t kSize = sizeof(std::uint32_t);
  if (buffer_.size() < kSize) return std::nullopt;
  const std::size_t size = SizeAt(buffer_, 0);
  if (size > kMaxMessage) {
    closed_ = true;
    return std::nullopt;
  }
  if (buffer_.size() < kSize + size) return std::nullopt;
  const std::string_view frame = std::string_view(buffer_).substr(kSize, size);
  Message message;
  for (std::size_t at = 0; at < frame.size();) {
    if (frame.size() - at < kSize || frame.size() - at - kSize < SizeAt(frame, at)) {
      closed_ = true;
      return std::nullopt;
    }
    message.emplace_back(frame.substr(at + kSize, SizeAt(frame, at)));
    at += kSize + message.back().size();
  }
  buffer_.erase(0, kSize + size);
  return message;
}

std::optional<Message> Channel::Receive() {
  while (true) {
    if (std::optional<Message> message = Take()) return message;
    if (closed_ || !Fill(true)) return std::nullopt;
  }
}

std::optional<Message> Channel::Poll() {
  while (true) {
    if (std::optional<Message> message = Take()) return message;
    if (closed_ || !Fill(false)) return std::nullopt;
  }
}

}  // namespace hoidau
