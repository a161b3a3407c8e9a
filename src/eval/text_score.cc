#include "eval/text_score.h"

#include <algorithm>
#include <unordered_map>

#include "text/syllable.h"
#include "text/unicode.h"

namespace hoidau {
namespace {

bool InSyllable(char32_t c) { return IsLetter(c) || IsNumber(c); }

bool IsAsciiLetter(char32_t c) { return (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z'); }

// Small numbers for the values of both sides, the same for equal ones.
class Ids {
 public:
  std::uint32_t operator()(const std::string& text) {
    return ids_.try_emplace(text, static_cast<std::uint32_t>(ids_.size())).first->second;
  }

 private:
  std::unordered_map<std::string, std::uint32_t> ids_;
};

enum class Step : unsigned char { kSubstitute, kDelete, kInsert };

// Alignment within a band of `width` around the diagonal; empty where the distance may be greater than `width`.
std::vector<AlignedPair> AlignInBand(const std::uint32_t* a, std::ptrdiff_t n, const std::uint32_t* b, std::ptrdiff_t m,
                                     std::ptrdiff_t width) {
  const std::ptrdiff_t columns = 2 * width + 1;
  const int far = static_cast<int>(n + m + 1);
  std::vector<Step> steps(static_cast<std::size_t>((n + 1) * columns), Step::kSubstitute);
  std::vector<int> before(static_cast<std::size_t>(columns) + 2, far),
      now = before;  // column k + 1 is j = i + k - width
  for (std::ptrdiff_t i = 0; i <= n; ++i) {
    std::fill(now.begin(), now.end(), far);
    for (std::ptrdiff_t j = std::max<std::ptrdiff_t>(0, i - width); j <= std::min(m, i + width); ++j) {
      const std::size_t k = static_cast<std::size_t>(j - i + width);
      Step& step = steps[static_cast<std::size_t>(i * columns) + k];
      if (i == 0 || j == 0) {
        now[k + 1] = static_cast<int>(i + j);
        step = i == 0 ? Step::kInsert : Step::kDelete;
        continue;
      }
      const int substitute = before[k + 1] + (a[i - 1] != b[j - 1]);
      const int remove = before[k + 2] + 1, insert = now[k] + 1;
      now[k + 1] = std::min({substitute, remove, insert});
      step = substitute <= remove && substitute <= insert ? Step::kSubstitute
             : remove <= insert                           ? Step::kDelete
                                                          : Step::kInsert;
    }
    std::swap(before, now);
  }
  if (before[static_cast<std::size_t>(m - n + width) + 1] > width) return {};
  std::vector<AlignedPair> out;
  for (std::ptrdiff_t i = n, j = m; i > 0 || j > 0;) {
    const Step step = i == 0   ? Step::kInsert
                      : j == 0 ? Step::kDelete
                               : steps[static_cast<std::size_t>(i * columns + j - i + width)];
    if (step != Step::kInsert) --i;
    if (step != Step::kDelete) --j;
    out.push_back({.gold = step == Step::kInsert ? -1 : static_cast<int>(i),
                   .other = step == Step::kDelete ? -1 : static_cast<int>(j),
                   .same = step == Step::kSubstitute && a[i] == b[j]});
  }
  std::reverse(out.begin(), out.end());
  return out;
}

// Marked letters of `gold` and how many of them stand in `other`, by a character alignment of short texts.
Share MarkedLetters(const std::string& gold, const std::string& other) {
  const std::u32string a = CodePoints(gold), b = CodePoints(other);
  Share out;
  for (const AlignedPair& pair : Align({a.begin(), a.end()}, {b.begin(), b.end()})) {
    if (pair.gold < 0 || StripLetter(a[static_cast<std::size_t>(pair.gold)]) == a[static_cast<std::size_t>(pair.gold)])
      continue;
    out.all += 1;
    out.right += pair.same;
  }
  return out;
}

Share Diacritics(const std::vector<Syllable>& gold, const std::vector<Syllable>& other,
                 const std::vector<AlignedPair>& pairs) {
  constexpr std::size_t kLongestRun = 100;  // of wrong syllables aligned letter by letter at once
  Share out;
  const auto add = [&](const Share& more) {
    out.right += more.right;
    out.all += more.all;
  };
  std::string wrong_gold, wrong_other;
  std::size_t run = 0;
  const auto flush = [&] {
    add(MarkedLetters(wrong_gold, wrong_other));
    wrong_gold.clear();
    wrong_other.clear();
    run = 0;
  };
  for (const AlignedPair& pair : pairs) {
    if (pair.same) {
      flush();
      add(MarkedLetters(gold[static_cast<std::size_t>(pair.gold)].text,
                        gold[static_cast<std::size_t>(pair.gold)].text));
      continue;
    }
    if (pair.gold >= 0) wrong_gold += gold[static_cast<std::size_t>(pair.gold)].text + " ";
    if (pair.other >= 0) wrong_other += other[static_cast<std::size_t>(pair.other)].text + " ";
    if (++run == kLongestRun) flush();
  }
  flush();
  return out;
}

Share OfDistance(std::size_t gold, std::size_t distance) {
  return {.right = static_cast<double>(gold) - static_cast<double>(distance), .all = static_cast<double>(gold)};
}

std::size_t Errors(const std::vector<AlignedPair>& pairs) {
  return static_cast<std::size_t>(
      std::count_if(pairs.begin(), pairs.end(), [](const AlignedPair& p) { return !p.same; }));
}

// How often each text occurs in both.
double Common(const std::vector<Syllable>& a, const std::vector<Syllable>& b) {
  std::unordered_map<std::string_view, int> left;
  for (const Syllable& s : a) ++left[s.text];
  double common = 0;
  for (const Syllable& s : b) common += left[s.text]-- > 0;
  return common;
}

// For each gold syllable, whether the text has it.
std::vector<bool> Right(const std::vector<Syllable>& gold, std::string_view text) {
  std::vector<bool> right(gold.size());
  for (const AlignedPair& pair : AlignSyllables(gold, Syllables(ToNfc(text)))) {
    if (pair.same) right[static_cast<std::size_t>(pair.gold)] = true;
  }
  return right;
}

}  // namespace

std::string FoldTonePlacement(std::string_view text) {
  std::u32string c = CodePoints(text);
  for (std::size_t i = 0; i + 1 < c.size(); ++i) {
    const char32_t first = ToLower(c[i]);
    if (first != U'o' && first != U'u') continue;
    const LetterParts second = Decompose(c[i + 1]);
    if (second.tone == Tone::kLevel) continue;
    const char32_t vowel = ToLower(second.base);
    const bool open_o = first == U'o' && (vowel == U'a' || vowel == U'e');
    const bool open_u = first == U'u' && vowel == U'y' && !(i > 0 && ToLower(c[i - 1]) == U'q');
    // đ has no decomposition, so a syllable does not go on with it.
    const bool goes_on = i + 2 < c.size() && ToLower(c[i + 2]) != U'đ' && IsAsciiLetter(StripLetter(c[i + 2]));
    if ((!open_o && !open_u) || goes_on) continue;
    c[i] = Compose(c[i], second.tone);
    c[i + 1] = second.base;
  }
  return ToUtf8(c);
}

std::vector<Syllable> Syllables(std::string_view text) {
  std::vector<Syllable> out;
  std::size_t begin = 0;
  const auto close = [&](std::size_t end) {
    if (begin < end) out.push_back({MakeSpan(begin, end), FoldTonePlacement(text.substr(begin, end - begin))});
  };
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t here = at;
    if (InSyllable(DecodeAt(text, at))) continue;
    close(here);
    begin = at;
  }
  close(text.size());
  return out;
}

std::vector<AlignedPair> Align(const std::vector<std::uint32_t>& gold, const std::vector<std::uint32_t>& other) {
  const auto size = [](const auto& v) { return static_cast<std::ptrdiff_t>(v.size()); };
  std::vector<AlignedPair> out;
  std::ptrdiff_t head = 0;
  while (head < std::min(size(gold), size(other)) &&
         gold[static_cast<std::size_t>(head)] == other[static_cast<std::size_t>(head)]) {
    out.push_back({static_cast<int>(head), static_cast<int>(head), true});
    ++head;
  }
  const std::ptrdiff_t n = size(gold) - head, m = size(other) - head;
  if (n == 0 && m == 0) return out;
  const std::ptrdiff_t widest = std::max(n, m);
  for (std::ptrdiff_t width = std::max<std::ptrdiff_t>(16, std::abs(n - m));; width *= 2) {
    width = std::min(width, widest);
    const std::vector<AlignedPair> rest = AlignInBand(gold.data() + head, n, other.data() + head, m, width);
    if (rest.empty()) continue;
    for (const AlignedPair& pair : rest) {
      out.push_back({pair.gold < 0 ? -1 : pair.gold + static_cast<int>(head),
                     pair.other < 0 ? -1 : pair.other + static_cast<int>(head), pair.same});
    }
    return out;
  }
}

std::vector<AlignedPair> AlignSyllables(const std::vector<Syllable>& gold, const std::vector<Syllable>& other) {
  Ids id;
  std::vector<std::uint32_t> a, b;
  for (const Syllable& s : gold) a.push_back(id(s.text));
  for (const Syllable& s : other) b.push_back(id(s.text));
  return Align(a, b);
}

std::size_t EditDistance(const std::u32string& a, const std::u32string& b) {
  if (a.empty() || b.empty()) return a.size() + b.size();
  constexpr std::size_t kBits = 64;
  struct Block {
    std::uint64_t up = ~std::uint64_t{0}, down = 0;  // vertical differences of +1 and -1
  };
  const std::size_t blocks = (a.size() + kBits - 1) / kBits;
  std::unordered_map<char32_t, std::vector<std::uint64_t>> places;
  for (std::size_t i = 0; i < a.size(); ++i) {
    auto& bits = places[a[i]];
    bits.resize(blocks);
    bits[i / kBits] |= std::uint64_t{1} << (i % kBits);
  }
  const std::vector<std::uint64_t> nowhere(blocks);
  std::vector<Block> column(blocks);
  std::size_t distance = a.size();
  for (const char32_t c : b) {
    const auto found = places.find(c);
    const std::vector<std::uint64_t>& match = found == places.end() ? nowhere : found->second;
    std::uint64_t carry_up = 1, carry_down = 0;  // the row above the first grows by one a column
    for (std::size_t k = 0; k < blocks; ++k) {
      Block& block = column[k];
      const std::uint64_t x = match[k] | carry_down;
      const std::uint64_t diagonal = (((x & block.up) + block.up) ^ block.up) | x | block.down;
      std::uint64_t plus = block.down | ~(diagonal | block.up), minus = diagonal & block.up;
      if (k + 1 == blocks) {
        const std::size_t last = (a.size() - 1) % kBits;
        distance = distance + (plus >> last & 1) - (minus >> last & 1);
      }
      const std::uint64_t next_up = plus >> (kBits - 1), next_down = minus >> (kBits - 1);
      plus = plus << 1 | carry_up;
      minus = minus << 1 | carry_down;
      block = {.up = minus | ~(diagonal | plus), .down = plus & diagonal};
      carry_up = next_up;
      carry_down = next_down;
    }
  }
  return distance;
}

TextScore ScoreText(std::string_view gold_text, std::string_view other_text) {
  const std::string gold_nfc = ToNfc(gold_text), other_nfc = ToNfc(other_text);
  const std::vector<Syllable> gold = Syllables(gold_nfc), other = Syllables(other_nfc);
  const std::vector<AlignedPair> pairs = AlignSyllables(gold, other);
  TextScore out;
  out.syllables = OfDistance(gold.size(), Errors(pairs));
  const auto lower = [](std::vector<Syllable> syllables) {
    for (Syllable& s : syllables) s.text = ToLower(s.text);
    return syllables;
  };
  out.syllables_any_case = OfDistance(gold.size(), Errors(AlignSyllables(lower(gold), lower(other))));
  const std::u32string a = CodePoints(FoldSpace(FoldTonePlacement(gold_nfc)));
  const std::u32string b = CodePoints(FoldSpace(FoldTonePlacement(other_nfc)));
  out.characters = OfDistance(a.size(), EditDistance(a, b));
  out.diacritics = Diacritics(gold, other, pairs);
  const auto same = std::count_if(pairs.begin(), pairs.end(), [](const AlignedPair& p) { return p.same; });
  out.order = {.right = static_cast<double>(same), .all = Common(gold, other)};
  return out;
}

RecoveryEffect EffectOfRecovery(std::string_view gold_text, std::string_view before_text, std::string_view after_text) {
  const std::vector<Syllable> gold = Syllables(ToNfc(gold_text));
  const std::vector<bool> before = Right(gold, before_text), after = Right(gold, after_text);
  RecoveryEffect out;
  for (std::size_t i = 0; i < gold.size(); ++i) {
    if (!before[i]) {
      out.mended.all += 1;
      out.mended.right += after[i];
      continue;
    }
    const bool figures =
        std::any_of(gold[i].text.begin(), gold[i].text.end(), [](char c) { return c >= '0' && c <= '9'; });
    out.harmed.all += 1;
    out.harmed.right += !after[i];
    out.harmed_figures.all += figures;
    out.harmed_figures.right += figures && !after[i];
  }
  return out;
}

}  // namespace hoidau
