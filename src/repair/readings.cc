// The readings of each place of a paragraph, as arcs of its lattice.
#include <algorithm>

#include "lm/vocabulary.h"
#include "repair/repairer.h"
#include "repair/word_form.h"
#include "text/syllable.h"
#include "text/unicode.h"

namespace hoidau {
namespace {

// Weights that were tuned on rendered pages; natural logarithms.
constexpr float kChannelWeight = 0.85F;
constexpr float kUnknownPenalty = 8.0F;  // a spelling that the model does not know: its share of <unk>
constexpr float kMixturePenalty = 5.0F;  // a mixture of letters and digits that stays one
constexpr float kCapitalChange = 1.5F;   // light damage: a capital often begins a name, which the model knows badly
constexpr float kFirstLetter = 0.4F;     // weight of whether the word usually begins with a capital
constexpr float kSplitPenalty = 6.0F;    // one observed token that was two
constexpr float kJoined = 1.0F;          // two words of the lexicon without the blank between them
constexpr float kSplitHalf = 4.0F;       // −ln p of a half that may be one of the two
constexpr std::size_t kSplitReadings = 4;
constexpr float kUserWord = -8.0F;    // a word that the user says is right as it stands
constexpr float kUserMarked = -4.0F;  // one that lacks its marks
constexpr float kAcronymPenalty = 1.0F;
constexpr float kDocumentAcronym = -3.0F;  // its letters are the initials of a phrase that the document repeats
constexpr float kAuthority = -4.0F;
constexpr float kAcronymIdentity = 3.0F;  // capitals without a vowel that the model does not know
constexpr std::size_t kMaxSpan = 5;       // atoms that one reading may cover

// Short runs of initials meet by chance.
bool IsRepeated(const std::pair<const std::string, int>& phrase) {
  return phrase.second >= (CodePoints(phrase.first).size() > 3 ? 2 : 4);
}

}  // namespace

std::string_view Repairer::Raw(std::size_t begin, std::size_t end) const {
  const Atom& first = atomized_.atoms[begin];
  const Atom& last = atomized_.atoms[end - 1];
  return MakeSpan(first.raw_span.begin, last.raw_span.end)
      .In(document_.pages[static_cast<std::size_t>(first.page)].raw);
}

const std::vector<Reading>& Repairer::Readings(std::u32string_view letters, Shape shape, Damage damage) {
  std::u32string key;
  const int variant = damage == Damage::kLost ? static_cast<int>(lost_) : 0;
  key += static_cast<char32_t>(U'0' + (variant * 8 + static_cast<int>(damage)) * 4 + static_cast<int>(shape));
  key += letters;
  auto [it, fresh] = scratch_.cache.try_emplace(std::move(key));
  if (!fresh) return it->second;
  std::vector<Reading>& readings = it->second;
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
    // The commonest first: what comes after it is the sooner seen to be hopeless.
    const auto usual = [&](const Reading& r) {
      NgramModel::State next;
      return model_.lm.Score(model_.lm.EmptyState(), model_.entry_words[static_cast<std::size_t>(r.entry)], next);
    };
    std::stable_sort(readings.begin(), readings.end(),
                     [&](const Reading& a, const Reading& b) { return usual(a) > usual(b); });
    return readings;
  }
  SearchOptions search;
  search.readings = options_.candidates;
  search.weight = kChannelWeight;
  search.max_edit = options_.max_edit;
  const Channel& channel = damage == Damage::kLatin  ? model_.latin
                           : damage == Damage::kLost ? model_.lost[static_cast<std::size_t>(lost_)]
                                                     : model_.light;
  readings = scratch_.search->Find(channel, letters, shape, search);
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

void Repairer::AddAcronyms(std::size_t begin, std::size_t at, Damage damage) {
  for (std::string& text : AcronymReadings(atomized_.atoms[at].text, damage)) {
    const WordId word = model_.lm.Find(LmWord(text));
    const auto phrase = initials_.find(text);
    const bool of_document = phrase != initials_.end() && IsRepeated(*phrase);
    if (word == kUnknownWord && !of_document) continue;
    AddArc(begin, at, at + 1, std::move(text), of_document ? kDocumentAcronym : kAcronymPenalty, {word}, false);
  }
}

// "TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH": consonants in capitals and a point, before capitals, say on whose behalf
// somebody signs. "CT. HĐQT" may be one; "Tr. BAN" and "TÂM. Ủy" are none.
bool Repairer::IsAuthority(std::size_t at) const {
  const std::vector<Atom>& atoms = atomized_.atoms;
  if (at + 2 >= atoms.size() || atoms[at + 2].line != atoms[at].line) return false;
  return IsVowelless(atoms[at].text) && atoms[at].text.size() >= 2 && ShapeOf(atoms[at].text, false) == Shape::kUpper &&
         atoms[at + 1].glued && atoms[at + 1].text == U"." && !atoms[at + 2].glued &&
         atoms[at + 2].kind == WordKind::kWord && ShapeOf(atoms[at + 2].text, false) == Shape::kUpper;
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
  // A capital within a sentence is a name's.
  const bool within = at > begin && atomized_.atoms[at - 1].line == atom.line &&
                      (atomized_.atoms[at - 1].kind == WordKind::kWord || atomized_.atoms[at - 1].text == U",");
  // A recogniser's small letter and capital are alike but for their height: vỀ. A typist's are meant.
  const bool stray = !evidence_->empty() && HasStrayCapital(letters);
  const bool judged = model_.habits && within && damage != Damage::kLight && shape != Shape::kUpper;
  for (const Reading& r : Readings(letters, shape, damage)) {
    const Lexicon::Entry& entry = model_.lexicon.entry(r.entry);
    const bool same = single && entry.text == own;
    if (!same && damage == Damage::kLight && !MayChange(letters, entry.text)) continue;
    identity = identity || same;
    float cost = r.cost * kChannelWeight;
    if (damage == Damage::kLight) {
      cost += same ? -trust_ : shape == Shape::kLower ? 0 : kCapitalChange;
      if (single) cost += evidence_->Cost(at, entry.text, same);
    }
    if (judged)
      cost -= kFirstLetter *
              model_.habits->FirstLetter(model_.entry_words[static_cast<std::size_t>(r.entry)], shape == Shape::kTitle);
    const Shape written = damage == Damage::kLatin ? WrittenShape(letters, entry.text, shape) : shape;
    const bool kept = same && !stray;
    AddArc(begin, at, end, kept ? ToNfc(raw) : WithShape(entry.text, written), cost,
           {model_.entry_words[static_cast<std::size_t>(r.entry)]}, kept);
  }
  if (!single || atom.kind == WordKind::kSign) return;
  // The user's words: right as they stand, and worth trying where only their marks are missing.
  if (!user_words_.empty()) {
    const std::string lower = ToLower(ToUtf8(letters));
    if (user_words_.contains(lower)) AddArc(begin, at, end, ToNfc(raw), kUserWord, {model_.lm.Find(own)}, true);
    const auto marked = user_stripped_.find(lower);
    if (marked != user_stripped_.end() && damage != Damage::kLight) {
      for (const std::string& word : marked->second)
        AddArc(begin, at, end, WithShape(word, shape), kUserMarked, {model_.lm.Find(LmWord(word))}, false);
    }
  }
  if (!identity) {
    const WordId word = model_.lm.Find(own);
    const bool legal = model_.lexicon.Find(own) != Lexicon::kNoEntry;
    float cost = word != kUnknownWord ? 0 : IsVowelless(letters) ? kAcronymIdentity : kUnknownPenalty;
    if (atom.kind == WordKind::kMixed) cost += kMixturePenalty;
    if (damage == Damage::kLatin) cost += 0.1F * static_cast<float>(letters.size());
    if (damage == Damage::kLight) cost += evidence_->Cost(at, own, true) - trust_;
    if (word != kUnknownWord && IsAuthority(at)) cost += kAuthority;
    if (legal && damage != Damage::kStripped) cost += 6;  // a syllable that the channel says cannot stand here
    AddArc(begin, at, end, ToNfc(raw), cost, {word}, true);
    // ƯBND: an acronym has no marks.
    if (damage == Damage::kLight && shape == Shape::kUpper && !atom.capital_line && word == kUnknownWord) {
      std::string stripped = StripMarks(ToNfc(raw));
      const WordId acronym = model_.lm.Find(LmWord(stripped));
      if (acronym != kUnknownWord)
        AddArc(begin, at, end, std::move(stripped), kAcronymPenalty - trust_, {acronym}, false);
    }
  }
  // Two words that lost the blank between them.
  if (letters.size() >= 5 && model_.lexicon.Find(own) == Lexicon::kNoEntry && model_.lm.Find(own) == kUnknownWord) {
    for (std::size_t cut = 2; cut + 2 <= letters.size(); ++cut) {
      const std::u32string left = letters.substr(0, cut);
      const std::u32string right = letters.substr(cut);
      // Đấtđai: both stand there, and no foreign word has such letters.
      const std::string left_text = ToUtf8(left);
      const std::string right_text = ToUtf8(right);
      const int left_entry = model_.lexicon.Find(LmWord(left_text));
      const int right_entry = model_.lexicon.Find(LmWord(right_text));
      if (damage == Damage::kLight && left_entry != Lexicon::kNoEntry && right_entry != Lexicon::kNoEntry &&
          StripMarks(own) != own) {
        AddArc(begin, at, end, left_text + " " + right_text, kJoined - trust_,
               {model_.entry_words[static_cast<std::size_t>(left_entry)],
                model_.entry_words[static_cast<std::size_t>(right_entry)]},
               false);
      }
      const Shape right_shape = shape == Shape::kTitle ? Shape::kLower : shape;
      const auto likeliest = [&](std::u32string_view half, Shape half_shape) {
        std::vector<Reading> out = Readings(half, half_shape, damage);
        std::erase_if(out, [](const Reading& r) { return r.cost > kSplitHalf; });
        if (out.size() > kSplitReadings) out.resize(kSplitReadings);
        return out;
      };
      for (const Reading& l : likeliest(left, shape)) {
        for (const Reading& r : likeliest(right, right_shape)) {
          AddArc(begin, at, end,
                 WithShape(model_.lexicon.entry(l.entry).text, shape) + " " +
                     WithShape(model_.lexicon.entry(r.entry).text, right_shape),
                 kSplitPenalty + (l.cost + r.cost) * kChannelWeight,
                 {model_.entry_words[static_cast<std::size_t>(l.entry)],
                  model_.entry_words[static_cast<std::size_t>(r.entry)]},
                 false);
        }
      }
    }
  }
}

void Repairer::AddReadings(std::size_t begin, std::size_t at, Damage damage) {
  const Atom& atom = atomized_.atoms[at];
  const std::string_view raw = Raw(at, at + 1);
  const auto keep = [&] { AddArc(begin, at, at + 1, ToNfc(raw), 0, {model_.lm.Find(LmWord(raw))}, true); };
  // "a1)" "b2." at the beginning of a line is a label.
  const bool label = atom.kind == WordKind::kMixed && atom.token == 0 && !atom.glued && atom.text.size() <= 3 &&
                     at + 1 < atomized_.atoms.size() && atomized_.atoms[at + 1].glued &&
                     (atomized_.atoms[at + 1].text == U")" || atomized_.atoms[at + 1].text == U".");
  if (atom.fixed || label || IsMeasure(atom.text) || damage == Damage::kForeign ||
      (atom.kind == WordKind::kMixed && damage != Damage::kLatin) || IsRoman(atom.text) ||
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
  // Signs that were letters: (mg → ứng, x@ → xã, huo‘ng → hưởng. A sign between a word and a number is none.
  if (damage != Damage::kLatin || atom.symbol) return;
  const auto is_number = [&](std::size_t i) { return atomized_.atoms[i].kind == WordKind::kNumber; };
  if (atom.kind == WordKind::kSign && atom.glued && at > begin && is_number(at - 1)) return;
  bool letters = atom.kind != WordKind::kSign;
  bool signs = !letters;
  bool odd = signs && IsOddSign(atom.text[0]);
  std::size_t length = atom.text.size();
  for (std::size_t end = at + 1; end < atomized_.atoms.size() && end < at + kMaxSpan; ++end) {
    const Atom& next = atomized_.atoms[end];
    if (!next.glued || next.symbol || (next.fixed && next.text.size() > 1)) break;
    // "T.6" "(3": a number of its own.
    const Atom& previous = atomized_.atoms[end - 1];
    if (next.kind == WordKind::kNumber && previous.kind == WordKind::kSign &&
        std::u32string_view(U".()+=*").find(previous.text[0]) != std::u32string_view::npos)
      break;
    if (next.kind == WordKind::kSign &&
        std::u32string_view(U"-/,;:!?…").find(next.text[0]) != std::u32string_view::npos)
      break;
    letters = letters || next.kind == WordKind::kWord || next.kind == WordKind::kMixed || odd;
    odd = odd || (next.kind == WordKind::kSign && IsOddSign(next.text[0]));
    signs = signs || next.kind == WordKind::kSign;
    length += next.text.size();
    if (length > 12) break;
    const bool before_number = next.kind == WordKind::kSign && end + 1 < atomized_.atoms.size() &&
                               atomized_.atoms[end + 1].glued && is_number(end + 1);
    if (letters && signs && !before_number) AddWordReadings(begin, at, end + 1, damage);
  }
}

}  // namespace hoidau
