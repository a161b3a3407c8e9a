// Words as keys that compare (lower case, one tone placement, one dash) and tables of phrases found in them.
//
//   std::vector<KeyWord> words = KeyWords("Uỷ ban nhân dân xã");   // words[0].key == "ủy"
//   PhraseTable table;
//   table.Add("ủy ban nhân dân", 7);
//   table.Longest(words, 0) → {.value = 7, .words = 4}
//
// Thread safety: a PhraseTable that is no longer added to may be read from many threads. Limits: texts under 4 GiB.
// Method: a trie over word keys; a look-up is linear in the length of the match.
#ifndef HOIDAU_TEXT_PHRASES_H_
#define HOIDAU_TEXT_PHRASES_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/span.h"
#include "text/tokenizer.h"

namespace hoidau {

struct KeyWord {
  ByteSpan span;
  WordKind kind = WordKind::kWord;
  std::string key;
  bool capital = false;   // begins with a capital letter
  bool all_caps = false;  // has no small letter and at least one capital
};

// The key of one word: lower case, tone placed the old way ("hoà" → "hòa"), every dash as "-".
std::string WordKey(std::string_view word);

// The words, numbers and signs of a text with their keys. Letters and digits that touch are split ("5ha" → 5, ha).
std::vector<KeyWord> KeyWords(std::string_view text);

class PhraseTable {
 public:
  struct Match {
    int value = 0;
    std::size_t words = 0;
  };

  // A later value for the same phrase replaces the earlier one. An empty phrase is ignored.
  void Add(std::string_view phrase, int value);

  // The longest phrase that begins at words[at].
  std::optional<Match> Longest(const std::vector<KeyWord>& words, std::size_t at) const;

  // How far a misread phrase may be from the table's. One word in three may be wrong.
  struct Tolerance {
    std::size_t least_words = 3;  // of a phrase that is mended; in one of two words no syllable that exists is
    bool marks_only = false;      // a wrong word differs by its marks alone, else also by one letter
    bool any_first = false;       // the first word may be the wrong one
  };
  // Gives the words at words[at] that misread a phrase its keys: "tổ chuyên đổi số" → "tổ chuyển đổi số". The longest
  // phrase counts; nothing is done where a phrase stands as it is. Returns the words of the phrase, 0 for none.
  std::size_t Mend(std::vector<KeyWord>& words, std::size_t at, const Tolerance& tolerance) const;

  bool empty() const { return next_.empty(); }

 private:
  struct Reading {
    std::vector<const std::string*> keys;
    std::size_t wrong = 0;
  };
  void Nearest(const std::vector<KeyWord>& words, std::size_t at, std::uint32_t node, const Tolerance& tolerance,
               Reading& path, Reading& best) const;

  std::unordered_map<std::string, std::uint32_t> ids_;     // of word keys
  std::unordered_map<std::uint64_t, std::uint32_t> next_;  // (node, word id) → node
  std::unordered_map<std::uint32_t, int> value_;           // of nodes that end a phrase
  std::unordered_map<std::uint32_t, std::vector<std::pair<std::string, std::uint32_t>>> children_;  // of nodes
  std::uint32_t nodes_ = 1;
};

}  // namespace hoidau

#endif  // HOIDAU_TEXT_PHRASES_H_
