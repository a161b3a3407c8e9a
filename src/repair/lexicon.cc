#include "repair/lexicon.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "base/files.h"
#include "text/syllable.h"
#include "text/tokenizer.h"
#include "text/unicode.h"

namespace hoidau {

Result<Lexicon> Lexicon::Load(const std::string& path) {
  Result<MappedFile> file = MappedFile::Open(path);
  if (!file) return file.error();
  std::vector<Entry> entries;
  int number = 0;
  for (const ByteSpan span : SplitLines(file->bytes())) {
    const std::string_view line = span.In(file->bytes());
    ++number;
    if (line.empty() || line[0] == '#') continue;
    const std::size_t tab = line.find('\t');
    float log_prob = 0;
    if (tab != std::string_view::npos) {
      const auto parsed = std::from_chars(line.data() + tab + 1, line.data() + line.size(), log_prob);
      if (parsed.ec == std::errc() && std::isfinite(log_prob) && tab > 0 && IsValidUtf8(line.substr(0, tab))) {
        entries.push_back({std::string(line.substr(0, tab)), log_prob, line.ends_with("\tborrowed")});
        continue;
      }
    }
    return Error{ErrorCode::kModel, path + ":" + std::to_string(number) + ": expected syllable, TAB, log probability"};
  }
  if (entries.size() > 20000) return Error{ErrorCode::kModel, path + ": more than 20,000 syllables"};
  return Build(std::move(entries));
}

Lexicon Lexicon::Build(std::vector<Entry> entries) {
  Lexicon lex;
  std::sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) { return a.log_prob > b.log_prob; });
  lex.entries_ = std::move(entries);
  for (const Entry& e : lex.entries_) {
    if (e.borrowed) continue;
    for (const char32_t c : CodePoints(e.text)) {
      if (lex.letter_ids_.size() < 250 && lex.letter_ids_.emplace(c, lex.letters_).second) ++lex.letters_;
    }
  }
  const auto width = static_cast<std::size_t>(lex.letters_);
  lex.children_.assign(width, kNone);
  lex.terminal_.assign(1, kNoEntry);
  lex.best_below_.assign(1, lex.entries_.empty() ? 0 : lex.entries_[0].log_prob);
  for (int i = 0; i < lex.size(); ++i) {
    const Entry& e = lex.entry(i);
    if (e.borrowed) {
      lex.by_stripped_[StripMarks(e.text)].push_back(i);
      continue;
    }
    Node node = kRoot;
    for (const char32_t c : CodePoints(e.text)) {
      const std::size_t slot = node * width + lex.LetterId(c);
      if (lex.children_[slot] == kNone) {
        if (lex.terminal_.size() >= kNone) return lex;
        lex.children_[slot] = static_cast<Node>(lex.terminal_.size());
        lex.terminal_.push_back(kNoEntry);
        lex.best_below_.push_back(e.log_prob);  // entries come the commonest first
        lex.children_.resize(lex.children_.size() + width, kNone);
      }
      node = lex.children_[slot];
    }
    if (!lex.by_text_.emplace(e.text, i).second) continue;
    lex.terminal_[node] = i;
    lex.by_stripped_[StripMarks(e.text)].push_back(i);
  }
  lex.branch_begin_.push_back(0);
  for (std::size_t node = 0; node < lex.terminal_.size(); ++node) {
    for (int c = 1; c < lex.letters_; ++c) {
      if (lex.children_[node * width + static_cast<std::size_t>(c)] != kNone)
        lex.branches_.push_back(static_cast<std::uint8_t>(c));
    }
    lex.branch_begin_.push_back(static_cast<std::uint32_t>(lex.branches_.size()));
  }
  return lex;
}

int Lexicon::Find(std::string_view lower_word) const {
  const auto it = by_text_.find(lower_word);
  return it == by_text_.end() ? kNoEntry : it->second;
}

std::span<const int> Lexicon::Stripped(std::string_view stripped) const {
  const auto it = by_stripped_.find(std::string(stripped));
  return it == by_stripped_.end() ? std::span<const int>{} : std::span<const int>(it->second);
}

std::uint8_t Lexicon::LetterId(char32_t c) const {
  const auto it = letter_ids_.find(c);
  return it == letter_ids_.end() ? std::uint8_t{0} : it->second;
}

}  // namespace hoidau
