// ByteSpan: a half-open range of bytes in one named UTF-8 string, always on code-point boundaries. A variable that
// holds one is named after its string: raw_span, text_span.
//
//   ByteSpan s{3, 8};
//   s.size() == 5;  s.Contains(4);  s.In(text) == text.substr(3, 5);
//
// Thread safety: a plain value. Limits: strings under 4 GiB.
#ifndef HOIDAU_BASE_SPAN_H_
#define HOIDAU_BASE_SPAN_H_

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace hoidau {

struct ByteSpan {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;

  std::uint32_t size() const { return end - begin; }
  bool empty() const { return begin == end; }
  bool Contains(std::size_t at) const { return begin <= at && at < end; }
  bool Contains(ByteSpan other) const { return begin <= other.begin && other.end <= end; }
  bool Overlaps(ByteSpan other) const { return begin < other.end && other.begin < end; }
  std::string_view In(std::string_view text) const { return text.substr(begin, end - begin); }
  friend bool operator==(ByteSpan, ByteSpan) = default;
};

inline ByteSpan MakeSpan(std::size_t begin, std::size_t end) {
  return {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
}

}  // namespace hoidau

#endif  // HOIDAU_BASE_SPAN_H_
