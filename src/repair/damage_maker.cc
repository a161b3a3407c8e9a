#include "repair/damage_maker.h"

#include <algorithm>
#include <cmath>
#include <random>

#include "repair/word_form.h"
#include "text/tokenizer.h"
#include "text/unicode.h"

namespace hoidau {

Result<DamageMaker> DamageMaker::Load(const std::string& path) {
  const Result<std::vector<ChannelLine>> lines = ReadChannel(path);
  if (!lines) return lines.error();
  DamageMaker maker;
  for (const ChannelLine& l : *lines) {
    if (l.printed.empty() || l.printed.size() > 2) continue;
    maker.outcomes_[{l.shape, l.printed}].push_back({l.observed, std::exp(-static_cast<double>(l.cost))});
  }
  return maker;
}

std::string DamageMaker::Damage(std::string_view text, std::uint64_t seed) const {
  std::mt19937_64 random(seed);
  // Not std::uniform_real_distribution, whose figures differ between libraries.
  const auto draw = [&] { return static_cast<double>(random() >> 11) / 9007199254740992.0; };
  std::string out;
  std::size_t at = 0;
  for (const Word& word : SplitWords(text)) {
    out += text.substr(at, word.span.begin - at);
    at = word.span.end;
    if (word.kind != WordKind::kWord) {
      out += word.span.In(text);
      continue;
    }
    const std::u32string letters = CodePoints(word.span.In(text));
    const Shape shape = ShapeOf(letters, false);
    for (std::size_t i = 0; i < letters.size();) {
      const Shape here = shape == Shape::kTitle && i > 0 ? Shape::kLower : shape;
      std::size_t consumed = 0;
      for (const std::size_t length : {std::size_t{2}, std::size_t{1}}) {
        if (i + length > letters.size()) continue;
        std::u32string printed = letters.substr(i, length);
        for (char32_t& c : printed) c = ToLower(c);
        const auto known = outcomes_.find({here, printed});
        if (known == outcomes_.end()) continue;
        // A pair of letters is misread as a pair only as often as the channel says; single letters have an outcome for
        // sure.
        double left = draw();
        if (length == 1) {
          double total = 0;
          for (const Outcome& o : known->second) total += o.probability;
          left *= total;
        }
        for (const Outcome& o : known->second) {
          left -= o.probability;
          if (left >= 0) continue;
          out += ToUtf8(o.observed);
          consumed = length;
          break;
        }
        if (consumed > 0) break;
      }
      if (consumed == 0) {
        AppendUtf8(letters[i], out);
        consumed = 1;
      }
      i += consumed;
    }
  }
  out += text.substr(at);
  return out;
}

}  // namespace hoidau
