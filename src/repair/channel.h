// The channel: what an engine makes of printed letters, as generalised string edits with learnt costs.
//
//   Result<Channel> latin = Channel::Load("models/channel/latin.tsv", lexicon);
//   for (const Channel::Edge& e : latin->Edges(Shape::kLower, Channel::Key(U"ir"))) …   // e.letters: "ướ", e.cost: −ln
//   p
//
// A file line is: shape, printed letters (lower case; may be empty), observed letters (as seen; may be empty), cost.
// Shapes: `l` letters in lower case, `u` capitals, `t` the capital at the beginning of a word with what follows it.
// Thread safety: immutable after Load. Limits: up to three letters a side.
// Method: Brill and Moore, An improved error model for noisy channel spelling correction (2000).
#ifndef HOIDAU_REPAIR_CHANNEL_H_
#define HOIDAU_REPAIR_CHANNEL_H_

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/result.h"
#include "repair/lexicon.h"

namespace hoidau {

enum class Shape : std::uint8_t { kLower, kUpper, kTitle };

// One line of a channel file.
struct ChannelLine {
  Shape shape;
  std::u32string printed, observed;
  float cost;
};
// All lines of a channel file. kNotFound, kModel (with the line).
Result<std::vector<ChannelLine>> ReadChannel(const std::string& path);

class Channel {
 public:
  static constexpr int kMaxPiece = 3;  // letters on one side

  struct Edge {
    std::array<std::uint8_t, kMaxPiece> letters{};  // printed, as Lexicon::LetterId numbers them
    std::uint8_t length = 0;
    float cost = 0;  // −ln p(observed | printed)
  };

  // kNotFound, kModel (with the line). Edits of letters that the lexicon does not have are left out.
  static Result<Channel> Load(const std::string& path, const Lexicon& lexicon);

  // Adds one edit. REQUIRES: at most three letters a side. Sort() once after the last one.
  void Add(Shape shape, std::u32string_view printed, std::u32string_view observed, float cost, const Lexicon& lexicon);
  void Sort();

  // Packs an observed piece of up to three letters. REQUIRES: size <= 3.
  static std::uint64_t Key(std::u32string_view observed);

  // Edges whose observed side is the piece, the cheapest first; empty where there is none.
  std::span<const Edge> Edges(Shape shape, std::uint64_t key) const;

 private:
  std::array<std::unordered_map<std::uint64_t, std::vector<Edge>>, 3> edges_;
};

}  // namespace hoidau

#endif  // HOIDAU_REPAIR_CHANNEL_H_
