#include "text/phrases.h"

#include <algorithm>

#include "text/syllable.h"
#include "text/unicode.h"

namespace hoidau {
namespace {

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
    KeyWord word{.span = span, .kind = kind, .key = {}};
    const std::string_view bytes = span.In(text);
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
    if (added) ++nodes_;
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

}  // namespace hoidau
