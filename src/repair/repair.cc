#include "repair/repair.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <map>
#include <optional>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "lm/ngram_model.h"
#include "lm/vocabulary.h"
#include "repair/atoms.h"
#include "repair/candidates.h"
#include "repair/channel.h"
#include "repair/damage.h"
#include "repair/lattice.h"
#include "repair/lexicon.h"
#include "text/syllable.h"
#include "text/unicode.h"

namespace hoidau {

struct RepairModel::Impl {
  NgramModel lm;
  Lexicon lexicon;
  Channel latin, light, lost;
  std::vector<WordId> entry_words;  // the model's word of each lexicon entry
  std::optional<NgramModel> user_lm;
  std::vector<WordId> to_user;  // the user model's word of each word
};

namespace {

// Weights that were tuned on corpus/dev; figures are natural logarithms.
constexpr float kChannelWeight = 0.85F;
constexpr float kUnknownPenalty = 8.0F;  // a spelling that the model does not know: its share of <unk>
constexpr float kMixturePenalty = 5.0F;  // a mixture of letters and digits that stays one
constexpr float kCapitalChange = 1.5F;   // light damage: a capital often begins a name, which the model knows badly
constexpr double kTrainedErrors = 0.08;  // share of words that the light channel's training pages have wrong
constexpr float kSplitPenalty = 6.0F;    // one observed token that was two
constexpr float kUserWord = -5.0F;         // a word that the user says is right
constexpr float kAcronymPenalty = 1.0F;
constexpr float kDocumentAcronym = -3.0F;  // its letters are the initials of a phrase that the document repeats
constexpr float kAcronymIdentity = 3.0F;   // capitals without a vowel that the model does not know
constexpr std::size_t kMaxSpan = 5;        // atoms that one reading may cover
constexpr std::size_t kMaxCache = 1 << 18;

struct CachedReadings {
  std::vector<Reading> readings;
};

// What an arc of the lattice says.
struct Reading2 {
  std::string text;                // as it will be written
  std::size_t begin = 0, end = 0;  // atoms
  bool identity = false;
};

}  // namespace

struct RepairScratch::Impl {
  std::unordered_map<std::u32string, CachedReadings, std::hash<std::u32string>> cache;  // damage, shape, letters
  const RepairModel::Impl* cache_of = nullptr;
  int cache_max_edit = 0, cache_candidates = 0;
  std::optional<CandidateSearch> search;
  DecodeScratch decode;
  DecodeResult result;
  Lattice lattice;
};

namespace {

// The pattern of capitals of observed letters.
Shape ShapeOf(std::u32string_view observed, bool capital_line) {
  int upper = 0;
  int lower = 0;
  for (const char32_t c : observed) {
    upper += IsUpper(c) ? 1 : 0;
    lower += IsLower(c) ? 1 : 0;
  }
  const bool first = !observed.empty() && IsUpper(observed[0]);
  if (capital_line && upper >= lower) return Shape::kUpper;
  if (upper >= 2 && upper > 2 * lower) return Shape::kUpper;
  return first ? Shape::kTitle : Shape::kLower;
}

std::string WithShape(std::string_view lower, Shape shape) {
  if (shape == Shape::kLower) return std::string(lower);
  if (shape == Shape::kUpper) return ToUpper(lower);
  std::size_t at = 0;
  const char32_t first = DecodeAt(lower, at);
  std::string out;
  AppendUtf8(ToUpper(first), out);
  out += lower.substr(at);
  return out;
}

// Two capitals and more, none of them a vowel: an acronym (TTHC, DVC).
bool IsVowelless(std::u32string_view letters) {
  return letters.size() > 1 && std::all_of(letters.begin(), letters.end(), [](char32_t c) {
           return IsUpper(c) && std::u32string_view(U"AEIOUY").find(StripLetter(c)) == std::u32string_view::npos;
         });
}

// A Roman number of two figures and more.
bool IsRoman(std::u32string_view letters) {
  return letters.size() > 1 && letters.find_first_not_of(U"IVX") == std::u32string_view::npos;
}

// Whether light damage can have made `letters` of a syllable: a single letter may differ in its marks only.
// And sĩ is as right as sỹ.
bool MayChange(std::u32string_view letters, std::string_view entry) {
  const std::string stripped = StripMarks(ToLower(ToUtf8(letters)));
  const std::string other = StripMarks(entry);
  if (letters.size() == 1) return stripped == other;
  return !(stripped.size() == other.size() &&
           stripped.back() == (other.back() == 'y'   ? 'i'
                               : other.back() == 'i' ? 'y'
                                                     : '\0') &&
           stripped.compare(0, stripped.size() - 1, other, 0, other.size() - 1) == 0);
}

// Signs that no document puts inside a word: an engine wrote them for letters (¢6 → có, t§ → tổ).
bool IsOddSign(char32_t c) {
  return std::u32string_view(U"¢$&@¥£§€©®¤#{}[]\\|<>^~°¬").find(c) != std::u32string_view::npos;
}

class Repairer {
 public:
  Repairer(const Document& document, const RepairModel::Impl& model, RepairScratch::Impl& scratch,
           const RepairOptions& options)
      : document_(document), model_(model), scratch_(scratch), options_(options) {
    for (const std::string& phrase : options_.words) {
      for (const Word& w : SplitWords(phrase)) {
        if (w.kind == WordKind::kSign) continue;
        const std::string word = ToLower(ToNfc(w.span.In(phrase)));
        if (!user_words_.insert(word).second) continue;
        const std::string stripped = StripMarks(word);
        if (stripped != word) user_stripped_[stripped].push_back(word);
      }
    }
    if (scratch_.cache_of != &model_ || scratch_.cache_max_edit != options_.max_edit ||
        scratch_.cache_candidates != options_.candidates || scratch_.cache.size() > kMaxCache) {
      scratch_.cache.clear();
      scratch_.cache_of = &model_;
      scratch_.cache_max_edit = options_.max_edit;
      scratch_.cache_candidates = options_.candidates;
      scratch_.search.emplace(model_.lexicon);
    }
  }

  RecoveredDocument Run();

 private:
  struct Chosen {  // one reading of the best path
    std::size_t begin, end;
    std::string text;
    float confidence;
    std::vector<Candidate> alternatives;
    bool identity;
    std::string reason;
  };

  void JudgeDamage();
  void DecodeParagraph(std::size_t index);
  std::string Explain(const Arc& arc, float model, const Chosen& chosen, Damage damage) const;
  void LearnTrust();
  void CountInitials();
  bool HasOpenAcronym(const Paragraph& paragraph, Damage damage) const;
  void AddReadings(std::size_t begin, std::size_t at, Damage damage);
  void AddWordReadings(std::size_t begin, std::size_t at, std::size_t end, Damage damage);
  void AddAcronyms(std::size_t begin, std::size_t at, Damage damage);
  void AddArc(std::size_t begin, std::size_t at, std::size_t end, std::string text, float cost,
              std::initializer_list<WordId> words, bool identity);
  const std::vector<Reading>& Readings(std::u32string_view letters, Shape shape, Damage damage);
  std::string_view Raw(std::size_t begin, std::size_t end) const;
  void DropJunk();
  void MendLabels();
  void Emit(RecoveredDocument& out) const;

  const Document& document_;
  const RepairModel::Impl& model_;
  RepairScratch::Impl& scratch_;
  const RepairOptions& options_;
  AtomizedDocument atomized_;
  std::vector<Damage> damage_;      // of each paragraph
  float trust_ = 0;                 // nats that light damage gives to what stands there, beyond the channel's own
  std::unordered_set<std::string> user_words_;                               // lower case
  std::unordered_map<std::string, std::vector<std::string>> user_stripped_;  // without marks → as the user writes it
  std::vector<Reading2> readings_;  // of the lattice under construction
  std::vector<std::vector<Chosen>> chosen_;        // by paragraph
  std::unordered_map<std::string, int> initials_;  // capitals that stand for a phrase of this document, with its count
};

std::string_view Repairer::Raw(std::size_t begin, std::size_t end) const {
  const Atom& first = atomized_.atoms[begin];
  const Atom& last = atomized_.atoms[end - 1];
  return MakeSpan(first.raw_span.begin, last.raw_span.end)
      .In(document_.pages[static_cast<std::size_t>(first.page)].raw);
}

void Repairer::JudgeDamage() {
  DamageSigns all;
  std::vector<DamageSigns> signs;
  for (const Paragraph& p : atomized_.paragraphs) {
    signs.push_back(SignsOf(std::span(atomized_.atoms).subspan(p.begin, p.end - p.begin), model_.lexicon));
    all.Add(signs.back());
  }
  const Damage of_document = DamageOf(all);
  for (const DamageSigns& s : signs) damage_.push_back(s.words >= 12 ? DamageOf(s) : of_document);
  // A short paragraph goes with its neighbours where they agree.
  for (std::size_t i = 0; i < signs.size(); ++i) {
    if (signs[i].words >= 12) continue;
    DamageSigns near;
    const std::size_t from = i < 3 ? 0 : i - 3;
    for (std::size_t j = from; j < std::min(signs.size(), i + 4); ++j) near.Add(signs[j]);
    if (near.words >= 12) damage_[i] = DamageOf(near);
  }
}

const std::vector<Reading>& Repairer::Readings(std::u32string_view letters, Shape shape, Damage damage) {
  std::u32string key;
  key += static_cast<char32_t>(U'0' + static_cast<int>(damage) * 4 + static_cast<int>(shape));
  key += letters;
  auto [it, fresh] = scratch_.cache.try_emplace(std::move(key));
  if (!fresh) return it->second.readings;
  std::vector<Reading>& readings = it->second.readings;
  if (damage == Damage::kStripped) {
    std::u32string lower(letters);
    bool marked = false;
    for (char32_t& c : lower) {
      c = ToLower(c);
      marked = marked || c >= 0x80;
    }
    for (const int entry : model_.lexicon.Stripped(StripMarks(ToUtf8(lower)))) {
      bool fits = true;
      if (marked) {  // what still has its mark keeps it
        const std::u32string printed = CodePoints(model_.lexicon.entry(entry).text);
        for (std::size_t i = 0; i < printed.size() && fits; ++i) fits = lower[i] < 0x80 || lower[i] == printed[i];
      }
      if (fits) readings.push_back({entry, 0});
    }
    return readings;
  }
  SearchOptions search;
  search.readings = options_.candidates + 20;
  search.max_edit = options_.max_edit;
  const Channel& channel = damage == Damage::kLatin  ? model_.latin
                           : damage == Damage::kLost ? model_.lost
                                                     : model_.light;
  readings = scratch_.search->Find(channel, letters, shape, search);
  // The channel alone ranks rare syllables too high: what is improbable both ways need not be decoded.
  std::vector<std::pair<float, Reading>> ranked;
  for (const Reading& r : readings)
    ranked.emplace_back(r.cost * kChannelWeight - model_.lexicon.entry(r.entry).log_prob, r);
  std::sort(ranked.begin(), ranked.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  readings.clear();
  for (const auto& [rank, reading] : ranked) {
    if (readings.size() == static_cast<std::size_t>(options_.candidates) || rank > ranked[0].first + 12) break;
    readings.push_back(reading);
  }
  return readings;
}

void Repairer::AddArc(std::size_t begin, std::size_t at, std::size_t end, std::string text, float cost,
                      std::initializer_list<WordId> words, bool identity) {
  Arc arc;
  arc.from = static_cast<std::uint32_t>(at - begin);
  arc.to = static_cast<std::uint32_t>(end - begin);
  arc.cost = cost;
  for (const WordId w : words) arc.words[arc.word_count++] = w;
  arc.reading = static_cast<std::uint32_t>(readings_.size());
  scratch_.lattice.arcs.push_back(arc);
  readings_.push_back({std::move(text), at, end, identity});
}

// What capitals can be when an engine wrote D, P, B or PD for Đ: UBND stays, HPND may be HĐND.
std::vector<std::string> AcronymReadings(std::u32string_view letters, Damage damage) {
  std::vector<std::string> out;
  if (letters.size() < 2 || letters.size() > 9 || damage == Damage::kLost) return out;
  const auto capitals = std::count_if(letters.begin(), letters.end(), [](char32_t c) { return IsUpper(c); });
  if (capitals + 1 < static_cast<std::ptrdiff_t>(letters.size()) || capitals < 2) return out;
  const std::u32string_view confusable = damage == Damage::kLatin ? U"DPBbÐ" : U"DÐ";
  for (std::size_t i = 0; i < letters.size(); ++i) {
    if (confusable.find(letters[i]) == std::u32string_view::npos) continue;
    for (std::size_t length = 1; length <= 2; ++length) {
      if (i + length > letters.size() ||
          (length == 2 &&
           (damage == Damage::kStripped || confusable.find(letters[i + 1]) == std::u32string_view::npos)))
        break;
      std::u32string mended(letters);
      mended.replace(i, length, U"Đ");
      out.push_back(ToUpper(ToUtf8(mended)));
    }
  }
  return out;
}

// Short runs of initials meet by chance.
bool IsRepeated(const std::pair<const std::string, int>& phrase) {
  return phrase.second >= (CodePoints(phrase.first).size() > 3 ? 2 : 4);
}

void Repairer::AddAcronyms(std::size_t begin, std::size_t at, Damage damage) {
  for (std::string& text : AcronymReadings(atomized_.atoms[at].text, damage)) {
    const WordId word = model_.lm.Find(LmWord(text));
    const auto phrase = initials_.find(text);
    const bool of_document = phrase != initials_.end() && IsRepeated(*phrase);
    if (word == kUnknownWord && !of_document) continue;
    AddArc(begin, at, at + 1, std::move(text), of_document ? kDocumentAcronym : kAcronymPenalty, {word}, false);
  }
}

bool Repairer::HasOpenAcronym(const Paragraph& paragraph, Damage damage) const {
  for (std::size_t at = paragraph.begin; at < paragraph.end; ++at) {
    for (const std::string& text : AcronymReadings(atomized_.atoms[at].text, damage)) {
      const auto phrase = initials_.find(text);
      if (phrase != initials_.end() && IsRepeated(*phrase)) return true;
    }
  }
  return false;
}

// How often this document is wrong where it is read by an engine that knows Vietnamese, or typed: the channel was
// learnt on poor pages, and most documents are better. Expectation-maximisation over one figure: the share of changed
// words sets the odds of what stands there, which set the share anew.
void Repairer::LearnTrust() {
  for (int round = 0; round < 3; ++round) {
    int words = 0;
    int changed = 0;
    std::vector<std::size_t> open;
    for (std::size_t i = 0; i < chosen_.size(); ++i) {
      if (damage_[i] != Damage::kLight) continue;
      const int before = changed;
      for (const Chosen& c : chosen_[i]) {
        if (atomized_.atoms[c.begin].kind != WordKind::kWord) continue;
        ++words;
        changed += c.identity ? 0 : 1;
      }
      if (changed > before) open.push_back(i);
    }
    if (open.empty()) return;
    const double share = std::clamp((changed + 0.01) / (words + 50.0), 0.0002, 0.3);
    const double odds = std::log((1 - share) / share) - std::log((1 - kTrainedErrors) / kTrainedErrors);
    const auto trust = static_cast<float>(std::max(0.0, odds));
    if (std::abs(trust - trust_) < 0.2F) return;
    trust_ = trust;
    for (const std::size_t i : open) DecodeParagraph(i);
  }
}

// Counts the phrases of the recovered text whose initials an acronym of the document could be.
void Repairer::CountInitials() {
  for (std::size_t i = 0; i < atomized_.paragraphs.size(); ++i) {
    for (std::size_t at = atomized_.paragraphs[i].begin; at < atomized_.paragraphs[i].end; ++at) {
      for (std::string& text : AcronymReadings(atomized_.atoms[at].text, damage_[i])) {
        if (CodePoints(text).size() >= 3) initials_.try_emplace(std::move(text), 0);
      }
    }
  }
  if (initials_.empty()) return;
  for (const std::vector<Chosen>& path : chosen_) {
    std::u32string run;  // initials of the words since the last sign
    for (const Chosen& c : path) {
      const std::u32string word = CodePoints(c.text);
      if (word.empty() || !IsLetter(word[0])) {
        run.clear();
        continue;
      }
      run += StripLetter(ToUpper(word[0])) == U'D' ? ToUpper(word[0]) : StripLetter(ToUpper(word[0]));
      for (std::size_t length = 3; length <= std::min<std::size_t>(run.size(), 7); ++length) {
        const auto it = initials_.find(ToUtf8(run.substr(run.size() - length)));
        if (it != initials_.end()) ++it->second;
      }
    }
  }
}

// Readings of the atoms [at, end), at least one of them letters, as one word.
void Repairer::AddWordReadings(std::size_t begin, std::size_t at, std::size_t end, Damage damage) {
  const Atom& atom = atomized_.atoms[at];
  std::u32string letters;
  for (std::size_t i = at; i < end; ++i) letters += atomized_.atoms[i].text;
  const Shape shape = ShapeOf(letters, atom.capital_line);
  const std::string_view raw = Raw(at, end);
  const bool single = end == at + 1;
  const std::string own = single ? LmWord(raw) : std::string();
  bool identity = false;
  for (const Reading& r : Readings(letters, shape, damage)) {
    const Lexicon::Entry& entry = model_.lexicon.entry(r.entry);
    const bool same = single && entry.text == own;
    if (!same && damage == Damage::kLight && !MayChange(letters, entry.text)) continue;
    identity = identity || same;
    float cost = r.cost * kChannelWeight;
    if (damage == Damage::kLight) cost += same ? -trust_ : shape == Shape::kLower ? 0 : kCapitalChange;
    AddArc(begin, at, end, same ? ToNfc(raw) : WithShape(entry.text, shape), cost,
           {model_.entry_words[static_cast<std::size_t>(r.entry)]}, same);
  }
  if (!single || atom.kind == WordKind::kSign) return;
  // The user's words: right as they stand, and worth trying where only their marks are missing.
  if (!user_words_.empty()) {
    const std::string lower = ToLower(ToUtf8(letters));
    if (user_words_.contains(lower)) AddArc(begin, at, end, ToNfc(raw), kUserWord, {model_.lm.Find(own)}, true);
    const auto marked = user_stripped_.find(lower);
    if (marked != user_stripped_.end() && damage != Damage::kLight) {
      for (const std::string& word : marked->second) AddArc(begin, at, end, WithShape(word, shape), kUserWord + 1, {model_.lm.Find(LmWord(word))}, false);
    }
  }
  if (!identity) {
    const WordId word = model_.lm.Find(own);
    const bool legal = model_.lexicon.Find(own) != Lexicon::kNoEntry;
    float cost = word != kUnknownWord ? 0 : IsVowelless(letters) ? kAcronymIdentity : kUnknownPenalty;
    if (atom.kind == WordKind::kMixed) cost += kMixturePenalty;
    if (damage == Damage::kLatin) cost += 0.1F * static_cast<float>(letters.size());
    if (damage == Damage::kLight) cost -= trust_;
    if (legal && damage != Damage::kStripped) cost += 6;  // a syllable that the channel says cannot stand here
    AddArc(begin, at, end, ToNfc(raw), cost, {word}, true);
  }
  // Two words that lost the blank between them.
  if (letters.size() >= 5 && model_.lexicon.Find(own) == Lexicon::kNoEntry && model_.lm.Find(own) == kUnknownWord) {
    for (std::size_t cut = 2; cut + 2 <= letters.size(); ++cut) {
      const std::u32string left = letters.substr(0, cut);
      const std::u32string right = letters.substr(cut);
      const Shape right_shape = shape == Shape::kTitle ? Shape::kLower : shape;
      const auto& l = Readings(left, shape, damage);
      if (l.empty() || l[0].cost > 2) continue;
      const Reading left_reading = l[0];
      const auto& r = Readings(right, right_shape, damage);
      if (r.empty() || r[0].cost > 2) continue;
      AddArc(begin, at, end,
             WithShape(model_.lexicon.entry(left_reading.entry).text, shape) + " " +
                 WithShape(model_.lexicon.entry(r[0].entry).text, right_shape),
             kSplitPenalty + (left_reading.cost + r[0].cost) * kChannelWeight,
             {model_.entry_words[static_cast<std::size_t>(left_reading.entry)],
              model_.entry_words[static_cast<std::size_t>(r[0].entry)]},
             false);
    }
  }
}

void Repairer::AddReadings(std::size_t begin, std::size_t at, Damage damage) {
  const Atom& atom = atomized_.atoms[at];
  const std::string_view raw = Raw(at, at + 1);
  const auto keep = [&] { AddArc(begin, at, at + 1, ToNfc(raw), 0, {model_.lm.Find(LmWord(raw))}, true); };
  if (atom.fixed || (atom.kind == WordKind::kMixed && damage == Damage::kLight) || IsRoman(atom.text) ||
      (damage == Damage::kLight && !atom.capital_line && IsVowelless(atom.text))) {
    keep();
    // HDND that the model does not know may be HĐND that it knows.
    if (damage == Damage::kLight && model_.lm.Find(LmWord(raw)) == kUnknownWord) AddAcronyms(begin, at, damage);
    return;
  }
  if (atom.symbol || atom.kind == WordKind::kSign) {
    keep();
    if (atom.symbol) AddAcronyms(begin, at, damage);
    if (damage == Damage::kLatin && !atom.symbol && IsOddSign(atom.text[0])) AddWordReadings(begin, at, at + 1, damage);
  } else {
    AddAcronyms(begin, at, damage);
    AddWordReadings(begin, at, at + 1, damage);
  }
  // Signs that were letters: (mg → ứng, x@ → xã, huo‘ng → hưởng.
  if (damage != Damage::kLatin || atom.symbol) return;
  bool letters = atom.kind != WordKind::kSign;
  bool signs = !letters;
  bool odd = signs && IsOddSign(atom.text[0]);
  std::size_t length = atom.text.size();
  for (std::size_t end = at + 1; end < atomized_.atoms.size() && end < at + kMaxSpan; ++end) {
    const Atom& next = atomized_.atoms[end];
    if (!next.glued || next.symbol || (next.fixed && next.text.size() > 1)) break;
    if (next.kind == WordKind::kSign &&
        std::u32string_view(U"-/,;:!?…").find(next.text[0]) != std::u32string_view::npos)
      break;
    letters = letters || next.kind == WordKind::kWord || next.kind == WordKind::kMixed || odd;
    odd = odd || (next.kind == WordKind::kSign && IsOddSign(next.text[0]));
    signs = signs || next.kind == WordKind::kSign;
    length += next.text.size();
    if (length > 12) break;
    if (letters && signs) AddWordReadings(begin, at, end + 1, damage);
  }
}

std::string Repairer::Explain(const Arc& arc, float model, const Chosen& chosen, Damage damage) const {
  char figures[160];
  std::snprintf(figures, sizeof figures, "%s channel %.1f, language model %.1f, posterior %.3f", ToString(damage),
                static_cast<double>(-arc.cost), static_cast<double>(model), static_cast<double>(chosen.confidence));
  std::string out = figures;
  if (initials_.contains(chosen.text) && !chosen.identity) out += ", initials of a phrase of the document";
  if (user_words_.contains(ToLower(chosen.text))) out += ", the user's word";
  return out;
}

void Repairer::DecodeParagraph(std::size_t index) {
  const Paragraph& paragraph = atomized_.paragraphs[index];
  const Damage damage = damage_[index];
  Lattice& lattice = scratch_.lattice;
  lattice.arcs.clear();
  readings_.clear();
  lattice.places = static_cast<std::uint32_t>(paragraph.end - paragraph.begin + 1);
  for (std::size_t at = paragraph.begin; at < paragraph.end; ++at) AddReadings(paragraph.begin, at, damage);
  // Spans may not leave the paragraph.
  std::erase_if(lattice.arcs, [&](const Arc& a) { return a.to >= lattice.places; });
  DecodeOptions decode;
  decode.beam = options_.beam;
  decode.order = options_.lm_order;
  const LanguageModels models{&model_.lm, model_.user_lm ? &*model_.user_lm : nullptr, &model_.to_user};
  DecodeLattice(lattice, models, decode, scratch_.decode, scratch_.result);

  const DecodeResult& result = scratch_.result;
  std::vector<Chosen>& path = chosen_[index];
  path.clear();
  std::size_t arc_begin = 0;
  for (const std::uint32_t arc_index : result.path) {
    const Arc& arc = lattice.arcs[arc_index];
    const Reading2& reading = readings_[arc.reading];
    Chosen chosen{reading.begin, reading.end, reading.text, 0, {}, reading.identity, {}};
    while (arc_begin < lattice.arcs.size() && lattice.arcs[arc_begin].from < arc.from) ++arc_begin;
    std::map<std::string, float> others;
    for (std::size_t i = arc_begin; i < lattice.arcs.size() && lattice.arcs[i].from == arc.from; ++i) {
      if (lattice.arcs[i].to != arc.to) continue;
      const std::string& text = readings_[lattice.arcs[i].reading].text;
      if (text == chosen.text) {
        chosen.confidence += result.posterior[i];
      } else if (result.posterior[i] > 0.001F) {
        others[text] += result.posterior[i];
      }
    }
    chosen.confidence = std::min(1.0F, chosen.confidence);
    if (options_.explain) chosen.reason = Explain(arc, result.model[path.size()], chosen, damage);
    for (const auto& [text, confidence] : others) chosen.alternatives.push_back({text, confidence});
    std::sort(chosen.alternatives.begin(), chosen.alternatives.end(),
              [](const Candidate& a, const Candidate& b) { return a.confidence > b.confidence; });
    if (chosen.alternatives.size() > 4) chosen.alternatives.resize(4);
    path.push_back(std::move(chosen));
  }
}

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

// A Roman number at the beginning of a line whose strokes were read as l, 1 or |: "I1." "Il." "1I." → "II."
void Repairer::MendLabels() {
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
      if (!roman || !doubtful || other) continue;
      path[k].text = ToUtf8(mended);
      path[k].identity = false;
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

RecoveredDocument Repairer::Run() {
  RecoveredDocument out;
  atomized_ = Atomize(document_, options_.paragraphs);
  JudgeDamage();
  chosen_.resize(atomized_.paragraphs.size());
  for (std::size_t i = 0; i < chosen_.size(); ++i) DecodeParagraph(i);
  LearnTrust();
  if (options_.acronyms) {
    CountInitials();
    for (std::size_t i = 0; i < chosen_.size(); ++i) {
      if (HasOpenAcronym(atomized_.paragraphs[i], damage_[i])) DecodeParagraph(i);
    }
  }
  DropJunk();
  MendLabels();
  Emit(out);
  return out;
}

// A letter with a tone or with two marks may have gone without a trace; everything else stays.
Channel LostLetters(const Lexicon& lexicon) {
  Channel channel;
  for (char32_t c = U'a'; c <= 0x1EF9; ++c) {
    const LetterParts parts = Decompose(c);
    const bool vietnamese = c < 0x80 || StripLetter(c) != c;
    if (!vietnamese || !IsLetter(c) || ToLower(c) != c) continue;
    const bool may_go = parts.tone != Tone::kLevel;
    for (const Shape shape : {Shape::kLower, Shape::kTitle, Shape::kUpper}) {
      const char32_t seen = shape == Shape::kLower ? c : ToUpper(c);
      channel.Add(shape, std::u32string_view(&c, 1), std::u32string_view(&seen, 1), may_go ? 0.7F : 0.05F, lexicon);
    }
  }
  channel.Sort();
  return channel;
}

}  // namespace

RepairModel::RepairModel(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
RepairModel::RepairModel(RepairModel&&) noexcept = default;
RepairModel& RepairModel::operator=(RepairModel&&) noexcept = default;
RepairModel::~RepairModel() = default;

Result<RepairModel> RepairModel::Load(const std::string& models_dir, const std::string& user_lm) {
  Result<NgramModel> lm = NgramModel::Open(models_dir + "/recovery.lm");
  if (!lm) return lm.error();
  Result<Lexicon> lexicon = Lexicon::Load(models_dir + "/lexicon.tsv");
  if (!lexicon) return lexicon.error();
  Result<Channel> latin = Channel::Load(models_dir + "/channel/latin.tsv", *lexicon);
  if (!latin) return latin.error();
  Result<Channel> light = Channel::Load(models_dir + "/channel/vietnamese.tsv", *lexicon);
  if (!light) return light.error();
  Channel lost = LostLetters(*lexicon);
  auto impl = std::make_unique<Impl>(
      Impl{std::move(*lm), std::move(*lexicon), std::move(*latin), std::move(*light), std::move(lost), {}, {}, {}});
  for (int i = 0; i < impl->lexicon.size(); ++i)
    impl->entry_words.push_back(impl->lm.Find(impl->lexicon.entry(i).text));
  if (!user_lm.empty()) {
    Result<NgramModel> own = NgramModel::Open(user_lm);
    if (!own) return own.error();
    for (WordId w = 0; w < impl->lm.vocabulary_size(); ++w) impl->to_user.push_back(own->Find(impl->lm.Token(w)));
    impl->to_user[kSentenceEnd] = kSentenceEnd;
    impl->user_lm = std::move(*own);
  }
  return RepairModel(std::move(impl));
}

RepairScratch::RepairScratch() : impl_(std::make_unique<Impl>()) {}
RepairScratch::RepairScratch(RepairScratch&&) noexcept = default;
RepairScratch& RepairScratch::operator=(RepairScratch&&) noexcept = default;
RepairScratch::~RepairScratch() = default;

RecoveredDocument Repair(const Document& document, const RepairModel& model, RepairScratch& scratch,
                         const RepairOptions& options) {
  return Repairer(document, model.impl(), scratch.impl(), options).Run();
}

}  // namespace hoidau
