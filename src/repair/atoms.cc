#include "repair/atoms.h"

#include <algorithm>
#include <span>

#include "text/unicode.h"

namespace hoidau {
namespace {

bool EndsSentence(std::string_view line) {
  while (!line.empty() && (line.back() == ' ' || line.back() == '\t' || line.back() == '\r')) line.remove_suffix(1);
  return !line.empty() && std::string_view(".:;!?").find(line.back()) != std::string_view::npos;
}

// "1." "a)" "II." "-" "+" "*" "1.1." "Điều 1" at the beginning of a line: something new begins.
bool OpensItem(std::string_view line) {
  std::size_t at = 0;
  while (at < line.size() && (line[at] == ' ' || line[at] == '\t')) ++at;
  if (at == line.size()) return false;
  const char32_t first = DecodeAt(line, at);
  if (first == U'-' || first == U'+' || first == U'*' || first == U'•' || first == U'–') return true;
  if (!IsAlnum(first)) return false;
  int letters = 1;
  while (at < line.size()) {
    const char32_t c = DecodeAt(line, at);
    if (c == U'.' || c == U')') return at == line.size() || line[at] == ' ' || IsDigit(first);
    if (c == U' ' || ++letters > 4 || !(IsAlnum(c))) return false;
  }
  return false;
}

// "hóa - Xã hội" "5/2026": the rest of what stood in a narrow column.
bool GoesOnSmall(std::string_view line) {
  for (std::size_t at = 0; at < line.size();) {
    const char32_t c = DecodeAt(line, at);
    if (c != U' ' && c != U'\t') return IsLower(c) || IsDigit(c);
  }
  return false;
}

enum class TokenClass { kText, kFixed, kSymbol };

// What a run without white space is, by its characters alone.
TokenClass Classify(std::string_view token, const std::vector<Word>& words) {
  bool letters = false;
  bool digits = false;
  bool slash = false;
  bool capitals_only = true;
  for (const Word& w : words) {
    if (w.kind == WordKind::kSign) {
      slash = slash || token[w.span.begin] == '/';
      continue;
    }
    if (w.kind == WordKind::kMixed) digits = letters = true;
    if (w.kind == WordKind::kNumber) digits = true;
    if (w.kind == WordKind::kWord) {
      letters = true;
      for (std::size_t at = w.span.begin; at < w.span.end;) {
        if (IsLower(DecodeAt(token, at)) && w.span.size() > 3) capitals_only = false;
      }
    }
  }
  if (!letters) return digits ? TokenClass::kFixed : TokenClass::kText;
  const auto has = [&](std::string_view part) { return token.find(part) != std::string_view::npos; };
  // An address: user@host.vn; a URL or host name. "x@" and "S&" are words that an engine misread.
  const std::size_t mail = token.find('@');
  if (mail != std::string_view::npos && mail > 0 && token.find('.', mail) != std::string_view::npos &&
      token.size() > mail + 3)
    return TokenClass::kFixed;
  if (has("://") || has("www.") || has(".vn/") || has(".com") || has(".gov") || has(".org") || has(".net") ||
      has(".edu"))
    return TokenClass::kFixed;
  if (token.size() > 3 &&
      (token.ends_with(".vn") || token.ends_with(".vn.") || token.ends_with(".vn,") || token.ends_with(".vn)")))
    return TokenClass::kFixed;
  if (slash && digits && capitals_only) return TokenClass::kSymbol;
  if (token.size() > 2 && token[0] == '/' && capitals_only && has("-")) return TokenClass::kSymbol;
  return TokenClass::kText;
}

// Whether the line is set in capitals, by its words of three letters and more.
void MarkCapitals(std::span<Atom> line) {
  int capital_words = 0;
  int words = 0;
  for (const Atom& atom : line) {
    if (atom.kind == WordKind::kSign || atom.fixed || atom.symbol || atom.text.size() < 3) continue;
    const auto capitals = std::count_if(atom.text.begin(), atom.text.end(), [](char32_t c) { return IsUpper(c); });
    ++words;
    capital_words += capitals * 2 > static_cast<std::ptrdiff_t>(atom.text.size()) ? 1 : 0;
  }
  for (Atom& atom : line) atom.capital_line = capital_words >= 2 && capital_words * 4 >= words * 3;
}

}  // namespace

AtomizedDocument Atomize(const Document& document, bool across_lines) {
  AtomizedDocument out;
  std::vector<std::uint32_t> widths;
  for (const Page& page : document.pages) {
    for (const Line& line : page.lines) {
      if (!line.tokens.empty()) widths.push_back(line.raw_span.size());
    }
  }
  std::uint32_t usual_width = 0;
  if (!widths.empty()) {
    const auto at = widths.begin() + static_cast<std::ptrdiff_t>(widths.size() * 4 / 5);
    std::nth_element(widths.begin(), at, widths.end());
    usual_width = *at;
  }

  std::size_t begin = 0;
  const auto close = [&] {
    if (out.atoms.size() > begin) out.paragraphs.push_back({begin, out.atoms.size()});
    begin = out.atoms.size();
  };
  for (std::size_t p = 0; p < document.pages.size(); ++p) {
    const Page& page = document.pages[p];
    std::string_view previous;
    std::uint32_t previous_end = 0;
    for (std::size_t l = 0; l < page.lines.size(); ++l) {
      const Line& line = page.lines[l];
      if (line.tokens.empty()) continue;
      const std::string_view text = line.raw_span.In(page.raw);
      // A blank line between them counts as the end of a paragraph.
      const std::string_view between(page.raw.data() + previous_end, line.raw_span.begin - previous_end);
      const bool blank_between = std::count(between.begin(), between.end(), '\n') > 1;
      const bool goes_on = across_lines && !previous.empty() && !blank_between && !EndsSentence(previous) &&
                           !OpensItem(text) && (previous.size() * 10 >= usual_width * 6 || GoesOnSmall(text));
      if (!goes_on) close();
      previous = text;
      previous_end = line.raw_span.end;

      const std::size_t line_begin = out.atoms.size();
      for (std::size_t t = 0; t < line.tokens.size(); ++t) {
        const ByteSpan token_span = line.tokens[t].raw_span;
        const std::string_view token = token_span.In(page.raw);
        const std::vector<Word> words = SplitWords(token);
        const TokenClass token_class = Classify(token, words);
        bool first = true;
        for (const Word& w : words) {
          Atom atom;
          atom.page = static_cast<int>(p);
          atom.line = static_cast<int>(l);
          atom.token = static_cast<int>(t);
          atom.raw_span = MakeSpan(token_span.begin + w.span.begin, token_span.begin + w.span.end);
          atom.kind = w.kind;
          atom.glued = !first;
          atom.fixed = token_class == TokenClass::kFixed || w.kind == WordKind::kNumber;
          atom.symbol = token_class == TokenClass::kSymbol;
          atom.text = CodePoints(ToNfc(w.span.In(token)));
          out.atoms.push_back(std::move(atom));
          first = false;
        }
        if (out.atoms.size() - begin >= kMaxParagraph) close();
      }
      MarkCapitals(std::span(out.atoms).subspan(line_begin));
    }
    if (!across_lines) close();
  }
  close();
  return out;
}

}  // namespace hoidau
