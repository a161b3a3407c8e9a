// The end of a recovery: what is no text goes, posteriors become probabilities, and the result is laid over the pages.
#include <algorithm>
#include <array>
#include <cmath>

#include "repair/repairer.h"
#include "repair/word_form.h"
#include "text/unicode.h"

namespace hoidau {
namespace {

// Calibration, fitted on rendered pages: what the lattice does not hold it cannot doubt, so no reading is surer than
// the document is clean. Each kind of damage has its own sign of how much was lost beyond repair.
constexpr float kSharpnessLatin = 0.9F;  // exponent of a reading's posterior
constexpr float kSharpnessLight = 1.25F;
constexpr float kDoubtBeyond = 0.3F;   // Latin engines: per unit of mean doubt
constexpr float kChangeBeyond = 0.7F;  // light damage: per unit of changed words

}  // namespace

// What a stamp or a signature left at the end of a line or on one of its own: signs and single letters.
//   junk:  "phát huy trí tuệ, \\’? . e_,"   "A A"   not junk:  "a) - 5.000 đ;"   "c. …"
void Repairer::DropJunk() {
  const auto is_odd = [](char32_t c) { return IsOddSign(c) || c == U'_' || c == U'’' || c == U'‘' || c == U'?'; };
  for (std::size_t i = 0; i < chosen_.size(); ++i) {
    if (damage_[i] != Damage::kLatin) continue;
    std::vector<Chosen>& path = chosen_[i];
    const auto atom_of = [&](std::size_t k) -> const Atom& { return atomized_.atoms[path[k].begin]; };
    for (std::size_t line_end = path.size(), line_begin = 0; line_end > 0; line_end = line_begin) {
      line_begin = line_end;
      while (line_begin > 0 && atom_of(line_begin - 1).line == atom_of(line_end - 1).line) --line_begin;
      // Walk back over the tokens that can be junk.
      std::size_t junk = line_end;
      int odd = 0;
      int tokens = 0;
      while (junk > line_begin) {
        std::size_t token = junk - 1;
        while (token > line_begin && atom_of(token).glued) --token;
        std::size_t letters = 0;
        bool kept = false;
        for (std::size_t a = path[token].begin; a < path[junk - 1].end; ++a) {
          const Atom& atom = atomized_.atoms[a];
          if (atom.kind != WordKind::kSign) letters += atom.text.size();
          odd += atom.kind == WordKind::kSign && is_odd(atom.text[0]) ? 1 : 0;
          kept = kept || atom.kind == WordKind::kNumber;
        }
        if (kept || letters > 1) break;
        ++tokens;
        junk = token;
      }
      const bool letters_alone =
          junk == line_begin &&
          std::none_of(path.begin() + static_cast<std::ptrdiff_t>(line_begin),
                       path.begin() + static_cast<std::ptrdiff_t>(line_end),
                       [&](const Chosen& c) { return atomized_.atoms[c.begin].kind == WordKind::kSign; });
      if (tokens < 2 || (odd == 0 && !letters_alone)) continue;
      for (std::size_t k = junk; k < line_end; ++k) {
        path[k].text.clear();
        path[k].alternatives.clear();
      }
    }
  }
}

// A Roman number at the beginning of a line whose strokes were read as l or 1: "I1." "Il." "1I." → "II."; or that lost
// one, so that it says again what the label before it said: "II." "II." → "II." "III."
void Repairer::MendLabels() {
  std::u32string last;
  for (std::size_t i = 0; i < chosen_.size(); ++i) {
    if (damage_[i] != Damage::kLatin) continue;
    std::vector<Chosen>& path = chosen_[i];
    for (std::size_t k = 0; k + 1 < path.size(); ++k) {
      const Atom& atom = atomized_.atoms[path[k].begin];
      const Atom& next = atomized_.atoms[path[k + 1].begin];
      if (atom.token != 0 || atom.glued || !next.glued || next.text != U"." || atom.text.size() < 2 ||
          atom.text.size() > 4)
        continue;
      bool roman = false;
      bool doubtful = false;
      bool other = false;
      std::u32string mended;
      for (const char32_t c : atom.text) {
        const bool stroke = c == U'l' || c == U'1';
        const bool numeral = c == U'I' || c == U'V' || c == U'X';
        roman = roman || numeral;
        doubtful = doubtful || stroke;
        other = other || (!stroke && !numeral);
        mended += stroke ? U'I' : c;
      }
      if (!roman || other) continue;
      const bool again =
          mended == last && (mended.ends_with(U"VI") || mended.ends_with(U"II")) && !mended.ends_with(U"III");
      if (again) mended += U'I';
      last = mended;
      if (!doubtful && !again) continue;
      path[k].text = ToUtf8(mended);
      path[k].identity = false;
    }
  }
}

// From posteriors to probabilities.
void Repairer::Calibrate() {
  struct Tally {
    int words = 0, changed = 0;
    double doubt = 0;
  };
  std::array<Tally, 5> tallies;  // by damage
  const auto is_word = [&](const Chosen& c) {
    return !atomized_.atoms[c.begin].fixed && (c.end - c.begin > 1 || atomized_.atoms[c.begin].kind != WordKind::kSign);
  };
  for (std::size_t i = 0; i < chosen_.size(); ++i) {
    Tally& tally = tallies[static_cast<std::size_t>(damage_[i])];
    for (const Chosen& c : chosen_[i]) {
      if (!is_word(c)) continue;
      ++tally.words;
      tally.changed += c.identity ? 0 : 1;
      tally.doubt += 1 - c.confidence;
    }
  }
  for (std::size_t i = 0; i < chosen_.size(); ++i) {
    // Where marks or whole letters are gone, the lattice holds every reading: its posteriors are right as they are.
    if (damage_[i] == Damage::kStripped || damage_[i] == Damage::kLost) continue;
    const Tally& tally = tallies[static_cast<std::size_t>(damage_[i])];
    const double share =
        damage_[i] == Damage::kLight ? kChangeBeyond * static_cast<float>(tally.changed) : kDoubtBeyond * tally.doubt;
    const auto ceiling = static_cast<float>(1 - std::min(0.5, share / (tally.words + 20)));
    const float sharpness = damage_[i] == Damage::kLight ? kSharpnessLight : kSharpnessLatin;
    for (Chosen& c : chosen_[i]) {
      if (is_word(c)) c.confidence = std::pow(c.confidence, sharpness) * ceiling;
    }
  }
}

// Lays the chosen readings over the raw pages.
void Repairer::Emit(RecoveredDocument& out) const {
  std::vector<const Chosen*> chosen;
  for (const std::vector<Chosen>& path : chosen_) {
    for (const Chosen& c : path) chosen.push_back(&c);
  }
  std::size_t next = 0;
  for (std::size_t p = 0; p < document_.pages.size(); ++p) {
    const Page& page = document_.pages[p];
    std::vector<TextEdit> edits;
    const std::size_t first = next;
    for (; next < chosen.size() && atomized_.atoms[chosen[next]->begin].page == static_cast<int>(p); ++next) {
      const Chosen& c = *chosen[next];
      const ByteSpan raw_span =
          MakeSpan(atomized_.atoms[c.begin].raw_span.begin, atomized_.atoms[c.end - 1].raw_span.end);
      if (c.text.empty()) {
        // With it goes the white space before it, or the whole line where nothing else stands on it.
        const ByteSpan line_span = page.lines[static_cast<std::size_t>(atomized_.atoms[c.begin].line)].raw_span;
        const std::uint32_t kept = std::max(line_span.begin, edits.empty() ? 0 : edits.back().source_span.end);
        std::uint32_t from = raw_span.begin;
        while (from > kept && (page.raw[from - 1] == ' ' || page.raw[from - 1] == '\t')) --from;
        edits.push_back({{from, raw_span.end}, ""});
        continue;
      }
      if (raw_span.In(page.raw) != c.text) edits.push_back({raw_span, c.text});
    }
    RecoveredPage recovered;
    Result<TextLayer> layer = TextLayer::Apply(page.raw, edits);
    if (layer) {
      recovered.layer = std::move(*layer);
    } else {
      out.issues.push_back({"repair", page.number, "internal", layer.error().message});
      recovered.layer = *TextLayer::Apply(page.raw, {});
    }
    std::size_t at = first;
    for (std::size_t l = 0; l < page.lines.size(); ++l) {
      const Line& line = page.lines[l];
      RecoveredLine recovered_line{recovered.layer.ToResult(line.raw_span), line.box, line.style, {}};
      for (std::size_t t = 0; t < line.tokens.size(); ++t) {
        const Token& token = line.tokens[t];
        RecoveredToken rt{token.raw_span, recovered.layer.ToResult(token.raw_span), 1, {}, token.box, false, {}};
        const std::string_view token_text = token.raw_span.In(page.raw);
        // A token's readings: the product of its atoms' confidences; alternatives where one atom alone is in doubt.
        for (; at < next; ++at) {
          const Chosen& c = *chosen[at];
          const Atom& atom = atomized_.atoms[c.begin];
          if (atom.line != static_cast<int>(l) || atom.token != static_cast<int>(t)) break;
          if (atomized_.atoms[c.begin].kind != WordKind::kSign || c.end - c.begin > 1) {
            rt.confidence *= c.confidence;
            if (!c.reason.empty()) rt.reason += (rt.reason.empty() ? "" : "; ") + c.reason;
            const std::size_t head = atom.raw_span.begin - token.raw_span.begin;
            const std::size_t tail = atomized_.atoms[c.end - 1].raw_span.end - token.raw_span.begin;
            for (const Candidate& a : c.alternatives) {
              if (rt.alternatives.size() < 4) {
                rt.alternatives.push_back(
                    {std::string(token_text.substr(0, head)) + a.text + std::string(token_text.substr(tail)),
                     a.confidence});
              }
            }
          }
        }
        rt.unsure = rt.confidence < options_.unsure_below;
        recovered_line.tokens.push_back(std::move(rt));
      }
      recovered.lines.push_back(std::move(recovered_line));
    }
    out.pages.push_back(std::move(recovered));
  }
}

}  // namespace hoidau
