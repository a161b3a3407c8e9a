// The language model's file: the one description of its bytes, shared by reader (lm/ngram_model.cc) and writer
// (tools/train/model_writer.cc). Little-endian; every section begins at a multiple of 8 bytes, zero-padded.
//
//   header        FileHeader
//   token_begin   u32[V + 1]     where token i begins in `tokens`; V = counts[0]
//   tokens        the tokens, one after the other, UTF-8; ids 0, 1, 2 are <unk>, <s>, </s>
//   unigram_log   f32[V]         natural logarithm of p(w)
//   unigram_back  f32[V]         natural logarithm of the back-off weight of the context w
//   unigram_child u32[V + 1]     where the children of each word begin on level 2
//   then for each level n = 2 … order, with N = counts[n - 1]:
//   log_book      f32[256]       values of the quantised logarithms
//   back_book     f32[256]       the same for back-off weights (not at the last level)
//   words         u16[N]         last word; the nodes of one parent stand together, in rising order of their words
//   logs          u8[N]          index into log_book
//   backs         u8[N]          index into back_book (not at the last level); 0 for nodes without children, weight 1
//   children      links to level n + 1 (not at the last level)
//
// Links of P parents to C children: a bit string of P + C + 1 bits, for every parent a one followed by a zero for each
// of its children, and a last one. Parent i's children are [select1(i) - i, select1(i + 1) - i - 1). Stored as u64
// words, then u32 samples: the position of the one number kSelectStep * i (a plain Elias-Fano sequence without low
// bits: nodes have about one child each, so that low bits would be empty).
//
// Nodes are numbered along their level; a node is the n-gram from the root: first word first.
#ifndef HOIDAU_LM_MODEL_FORMAT_H_
#define HOIDAU_LM_MODEL_FORMAT_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace hoidau::lm_format {

inline constexpr std::array<char, 8> kMagic = {'h', 'o', 'i', 'd', 'a', 'u', 'L', 'M'};
inline constexpr std::uint32_t kVersion = 1;
inline constexpr std::size_t kBookSize = 256;
inline constexpr std::uint32_t kSelectStep = 16;
inline constexpr int kMaxOrder = 4;
inline constexpr std::uint32_t kMaxWords = 65535;  // ids fit 16 bits

inline constexpr std::uint32_t kNotFound = ~std::uint32_t{0};

// Where `word` stands in words[begin, end), which rise; or kNotFound. Without branches: the comparison is a coin toss.
inline std::uint32_t FindWord(const std::uint16_t* words, std::uint32_t begin, std::uint32_t end, std::uint16_t word) {
  if (begin == end) return kNotFound;
  const std::uint16_t* first = words + begin;
  for (std::uint32_t size = end - begin; size > 1;) {
    const std::uint32_t half = size / 2;
    __builtin_prefetch(first + half / 2);
    __builtin_prefetch(first + half + half / 2);
    first += first[half] <= word ? half : 0;
    size -= half;
  }
  return *first == word ? static_cast<std::uint32_t>(first - words) : kNotFound;
}

struct FileHeader {
  std::array<char, 8> magic = kMagic;
  std::uint32_t version = kVersion;
  std::uint32_t order = 0;
  std::array<std::uint32_t, kMaxOrder> counts{};  // nodes of each level
  std::uint64_t bytes = 0;                        // of the whole file
  std::uint64_t checksum = 0;                     // Checksum of the file with this field zero
};
static_assert(sizeof(FileHeader) == 48);

// 64-bit digest against damage, not against an adversary: four lanes of multiply and rotate, several GB a second.
inline std::uint64_t Checksum(std::string_view bytes, std::uint64_t seed = 0) {
  std::array<std::uint64_t, 4> lane = {seed + 1, seed + 2, seed + 3, seed + 4};
  constexpr std::uint64_t kMultiplier = 0x9E3779B97F4A7C15U;
  const auto mix = [](std::uint64_t h, std::uint64_t v) {
    h = (h ^ v) * kMultiplier;
    return h << 29 | h >> 35;
  };
  std::size_t at = 0;
  for (; at + 32 <= bytes.size(); at += 32) {
    for (std::size_t i = 0; i < 4; ++i) {
      std::uint64_t v = 0;
      std::memcpy(&v, bytes.data() + at + 8 * i, 8);
      lane[i] = mix(lane[i], v);
    }
  }
  std::uint64_t h = bytes.size();
  for (; at < bytes.size(); ++at) h = mix(h, static_cast<unsigned char>(bytes[at]));
  for (const std::uint64_t l : lane) h = mix(h, l);
  return h;
}

// Takes the header off a file whose header begins with `magic` and ends with `checksum`: of what follows it, then of
// the header up to there. Says what is wrong, or nullptr.
template <typename Header>
const char* TakeHeader(std::string_view& rest, Header& header) {
  const Header expected;
  if (rest.size() < sizeof header) return "too short for a header";
  std::memcpy(&header, rest.data(), sizeof header);
  const std::string_view head = rest.substr(0, sizeof header - sizeof header.checksum);
  rest.remove_prefix(sizeof header);
  if (header.magic != expected.magic) return "no such file";
  if (Checksum(head, Checksum(rest)) != header.checksum) return "wrong checksum";
  return nullptr;
}

// The sections of a file, each padded to eight bytes, one after the other.
class Sections {
 public:
  explicit Sections(std::string_view rest) : rest_(rest) {}
  // `count` entries; nullptr once the file is too short.
  template <typename T>
  const T* Take(std::uint64_t count) {
    const std::uint64_t padded = (count * sizeof(T) + 7) / 8 * 8;
    cut_ = cut_ || padded > rest_.size();
    if (cut_) return nullptr;
    const char* at = rest_.data();
    rest_.remove_prefix(padded);
    return reinterpret_cast<const T*>(at);
  }
  // After the last section: what is wrong, or nullptr.
  const char* Fault() const { return cut_ ? "cut short" : rest_.empty() ? nullptr : "too long"; }

 private:
  std::string_view rest_;
  bool cut_ = false;
};

inline std::uint64_t LinkBits(std::uint64_t parents, std::uint64_t children) { return parents + children + 1; }
inline std::uint64_t LinkWords(std::uint64_t parents, std::uint64_t children) {
  return (LinkBits(parents, children) + 63) / 64;
}
inline std::uint64_t LinkSamples(std::uint64_t parents) { return parents / kSelectStep + 1; }

}  // namespace hoidau::lm_format

#endif  // HOIDAU_LM_MODEL_FORMAT_H_
