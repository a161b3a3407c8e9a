// The lexicon: the syllables that recovery may write, as a trie over their letters and an index by stripped form.
//
//   Lexicon lexicon = Lexicon::Build({{"số", -4.1F}, {"sổ", -8.2F}});
//   lexicon.Stripped("so") → entries of "số" and "sổ"
//   lexicon.Child(Lexicon::kRoot, lexicon.LetterId(U's'))  → the node of "s"
//
// Thread safety: immutable after Build. Limits: 65,534 nodes (about 20,000 syllables).
#ifndef HOIDAU_REPAIR_LEXICON_H_
#define HOIDAU_REPAIR_LEXICON_H_

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/result.h"

namespace hoidau {

class Lexicon {
 public:
  using Node = std::uint16_t;
  static constexpr Node kNone = 0xFFFF;
  static constexpr Node kRoot = 0;
  static constexpr int kNoEntry = -1;

  struct Entry {
    std::string text;       // lower case, NFC, old tone placement
    float log_prob = 0;     // natural logarithm of its share of running text
    bool borrowed = false;  // no Vietnamese syllable (Lênin, ôtô): read back from its stripped form only
  };

  // Lines: word, TAB, log probability, and for borrowed words TAB, "borrowed".
  static Result<Lexicon> Load(const std::string& path);
  static Lexicon Build(std::vector<Entry> entries);

  const Entry& entry(int i) const { return entries_[static_cast<std::size_t>(i)]; }
  int size() const { return static_cast<int>(entries_.size()); }
  // kNoEntry where the word is not in the lexicon.
  int Find(std::string_view lower_word) const;
  // Entries whose letters without marks are `stripped`, the commonest first.
  std::span<const int> Stripped(std::string_view stripped) const;

  // Letters have small numbers; 0 is every letter that no entry has.
  std::uint8_t LetterId(char32_t c) const;
  int letters() const { return letters_; }
  Node Child(Node node, std::uint8_t letter) const {
    return children_[node * static_cast<std::size_t>(letters_) + letter];
  }
  std::size_t nodes() const { return terminal_.size(); }
  int EntryAt(Node node) const { return terminal_[node]; }
  // The log probability of the commonest entry at or below a node.
  float BestBelow(Node node) const { return best_below_[node]; }
  // The letters that lead on from a node.
  std::span<const std::uint8_t> Branches(Node node) const {
    return {branches_.data() + branch_begin_[node], branches_.data() + branch_begin_[node + 1]};
  }

 private:
  std::vector<Entry> entries_;
  std::unordered_map<char32_t, std::uint8_t> letter_ids_;
  std::unordered_map<std::string_view, int> by_text_;
  std::unordered_map<std::string, std::vector<int>> by_stripped_;
  int letters_ = 1;
  std::vector<Node> children_;  // node × letter
  std::vector<std::int32_t> terminal_;
  std::vector<float> best_below_;
  std::vector<std::uint8_t> branches_;
  std::vector<std::uint32_t> branch_begin_;
};

}  // namespace hoidau

#endif  // HOIDAU_REPAIR_LEXICON_H_
