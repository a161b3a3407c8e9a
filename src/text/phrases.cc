#include "text/phrases.h"

#include <algorithm>

#include "text/syllable.h"
#include "text/unicode.h"

namespace hoidau {
namespace {

// Whether `read` may stand for `key`: the same letters with other marks, or one letter more, less or another.
// A syllable that exists is rather meant: in a phrase of two words it stands for itself.
bool MayStandFor(const std::string& read, const std::string& key, bool marks_only, bool long_phrase) {
  if (read.size() > 4 * (key.size() + 1)) return false;  // longer without its marks, too
  const std::string a = StripMarks(read), b = StripMarks(key);
  if (!long_phrase && IsSyllable(read)) return false;
  if (a == b) return true;
  if (long_phrase && IsSyllable(read)) return false;
  if (marks_only || b.size() < 4 || a.size() + 1 < b.size() || a.size() > b.size() + 1) return false;
  std::size_t head = 0, tail = 0;
  const std::size_t least = std::min(a.size(), b.size());
  while (head < least && a[head] == b[head]) ++head;
  while (tail < least - head && a[a.size() - 1 - tail] == b[b.size() - 1 - tail]) ++tail;
  return std::max(a.size(), b.size()) - head - tail <= 1;
}

bool IsDash(char32_t c) { return c == U'-' || (c >= 0x2010 && c <= 0x2015) || c == 0x2212 || c == 0x00AD; }

}  // namespace

std::string WordKey(std::string_view word) {
  if (word.empty()) return {};
  std::size_t at = 0;
  if (IsDash(DecodeAt(word, at)) && at == word.size()) return "-";
  std::string lower = ToLower(word);
  const bool ascii = std::ranges::all_of(lower, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
  return ascii ? lower : WithTonePlacement(lower, TonePlacement::kOld);
}

std::vector<KeyWord> KeyWords(std::string_view text) {
  std::vector<KeyWord> out;
  const auto add = [&](ByteSpan span, WordKind kind) {
    const std::string_view bytes = span.In(text);
    // Digits of other scripts are no numbers of these documents: who reads a number reads ASCII.
    const auto ascii_digit = [](char c) { return c >= '0' && c <= '9'; };
    if (kind == WordKind::kNumber && !std::ranges::all_of(bytes, ascii_digit)) kind = WordKind::kWord;
    KeyWord word{.span = span, .kind = kind, .key = {}};
    if (kind == WordKind::kNumber) {
      word.key = bytes;
    } else {
      word.key = WordKey(bytes);
      bool small = false, capital = false;
      for (std::size_t at = 0; at < bytes.size();) {
        const bool first = at == 0;
        const char32_t c = DecodeAt(bytes, at);
        if (IsUpper(c)) {
          capital = true;
          if (first) word.capital = true;
        } else if (IsLower(c)) {
          small = true;
        }
      }
      word.all_caps = capital && !small;
    }
    out.push_back(std::move(word));
  };
  for (const Word& word : SplitWords(text)) {
    if (word.kind != WordKind::kMixed) {
      add(word.span, word.kind);
      continue;
    }
    std::uint32_t begin = word.span.begin;
    while (begin < word.span.end) {
      const auto digit = [&](std::uint32_t i) { return text[i] >= '0' && text[i] <= '9'; };
      std::uint32_t end = begin + 1;
      while (end < word.span.end && digit(end) == digit(begin)) ++end;
      add({begin, end}, digit(begin) ? WordKind::kNumber : WordKind::kWord);
      begin = end;
    }
  }
  return out;
}

void PhraseTable::Add(std::string_view phrase, int value) {
  std::uint32_t node = 0;
  for (const KeyWord& word : KeyWords(phrase)) {
    const auto [id, fresh] = ids_.try_emplace(word.key, static_cast<std::uint32_t>(ids_.size()));
    const auto [edge, added] = next_.try_emplace(std::uint64_t{node} << 32 | id->second, nodes_);
    if (added) children_[node].emplace_back(word.key, nodes_++);
    node = edge->second;
  }
  if (node != 0) value_[node] = value;
}

std::optional<PhraseTable::Match> PhraseTable::Longest(const std::vector<KeyWord>& words, std::size_t at) const {
  std::optional<Match> best;
  std::uint32_t node = 0;
  for (std::size_t i = at; i < words.size(); ++i) {
    const auto id = ids_.find(words[i].key);
    if (id == ids_.end()) break;
    const auto edge = next_.find(std::uint64_t{node} << 32 | id->second);
    if (edge == next_.end()) break;
    node = edge->second;
    if (const auto value = value_.find(node); value != value_.end()) best = Match{value->second, i - at + 1};
  }
  return best;
}

void PhraseTable::Nearest(const std::vector<KeyWord>& words, std::size_t at, std::uint32_t node,
                          const Tolerance& tolerance, Reading& path, Reading& best) const {
  const std::size_t depth = path.keys.size();
  if (depth >= tolerance.least_words && path.wrong * 3 <= std::max<std::size_t>(depth, 3) && value_.contains(node) &&
      (depth > best.keys.size() || (depth == best.keys.size() && path.wrong < best.wrong)))
    best = path;
  if (at >= words.size()) return;
  const auto children = children_.find(node);
  if (children == children_.end()) return;
  for (const auto& [key, child] : children->second) {
    const bool same = key == words[at].key;
    if (!same && (words[at].kind != WordKind::kWord || path.wrong >= 2 || path.wrong * 3 > depth ||
                  (depth == 0 && !tolerance.any_first) ||
                  !MayStandFor(words[at].key, key, tolerance.marks_only, tolerance.least_words > 2)))
      continue;
    path.keys.push_back(&key);
    path.wrong += !same;
    Nearest(words, at + 1, child, tolerance, path, best);
    path.wrong -= !same;
    path.keys.pop_back();
  }
}

std::size_t PhraseTable::Mend(std::vector<KeyWord>& words, std::size_t at, const Tolerance& tolerance) const {
  if (at >= words.size() || (!tolerance.any_first && !ids_.contains(words[at].key))) return 0;
  Reading path, best;
  Nearest(words, at, 0, tolerance, path, best);
  const auto exact = Longest(words, at);
  if (best.wrong == 0 || (exact && exact->words >= best.keys.size())) return 0;
  for (std::size_t i = 0; i < best.keys.size(); ++i) words[at + i].key = *best.keys[i];
  return best.keys.size();
}

}  // namespace hoidau
