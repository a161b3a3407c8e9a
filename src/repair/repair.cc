#include "repair/repair.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <map>
#include <span>

#include "repair/repairer.h"
#include "repair/word_form.h"
#include "text/syllable.h"
#include "text/tokenizer.h"
#include "text/unicode.h"

namespace hoidau {
namespace {

constexpr double kTrainedErrors = 0.08;  // share of words that the light channel's training pages have wrong
constexpr float kCertain = 0.9F;         // beyond this posterior the rest of the document is not asked
constexpr float kRuledOut = 1e-3F;       // below this posterior a reading has no second chance
constexpr float kHeard = 0.03F;          // posterior of a reading that its neighbours are judged by
constexpr float kTwoApart = 0.4F;        // weight of what the word before the last says
constexpr float kNear = 0.25F;           // weight of what each word near says
// Weights of the word judge and of the habits beside it: both have seen the same text. Where a recogniser knows
// Vietnamese, which the judge has not learnt from, it says less.
struct HearingWeights {
  float judge, habits;
};
constexpr HearingWeights kHeavyHearing{0.55F, 0.65F}, kLightHearing{0.3F, 1};
constexpr float kSettled = 0.97F;        // beyond this posterior neither is asked
constexpr float kWorthCounting = 0.01F;  // posterior of a reading that the document's own words are counted with
constexpr int kCleanWords = 250;         // fewer than one change in so many words: no damage, a typist's spelling
constexpr int kFewer = 10;               // hypotheses where the letters are known: more find nothing better
constexpr std::size_t kMaxCache = 1 << 16;

}  // namespace

Repairer::Repairer(const Document& document, const RepairModel::Impl& model, RepairScratch::Impl& scratch,
                   const RepairOptions& options)
    : document_(document), model_(model), scratch_(scratch), options_(options), own_(model.lm) {
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

bool Repairer::heavy() const {
  return std::any_of(damage_.begin(), damage_.end(),
                     [](Damage d) { return d == Damage::kLatin || d == Damage::kLost; });
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
  // Where a document has lost its marks, a paragraph without any has too, however odd its names are.
  for (std::size_t i = 0; i < signs.size(); ++i) {
    if (of_document == Damage::kStripped && damage_[i] == Damage::kLatin && signs[i].marked * 25 < signs[i].words)
      damage_[i] = Damage::kStripped;
    // Units and formulas (mg, ml, Pb) have no vowel either.
    if (of_document == Damage::kLight && damage_[i] == Damage::kLost && signs[i].vietnamese * 10 >= signs[i].words * 3)
      damage_[i] = Damage::kLight;
    if (of_document == Damage::kLost && damage_[i] == Damage::kLatin && signs[i].odd * 20 < signs[i].words)
      damage_[i] = Damage::kLost;
    if (of_document == Damage::kLatin && damage_[i] != Damage::kLatin) damage_[i] = DamageWithinLatin(signs[i]);
  }
}

// Which letters are gone, by those that are still there: in running text a third of the words has a letter beyond the
// Latin alphabets, and a quarter has a toned letter within them.
void Repairer::JudgeLostLetters() {
  int words = 0;
  int beyond = 0;
  int within = 0;
  for (std::size_t i = 0; i < damage_.size(); ++i) {
    if (damage_[i] != Damage::kLost) continue;
    for (std::size_t at = atomized_.paragraphs[i].begin; at < atomized_.paragraphs[i].end; ++at) {
      if (atomized_.atoms[at].kind != WordKind::kWord) continue;
      ++words;
      for (const char32_t c : atomized_.atoms[at].text) {
        if (Decompose(c).tone == Tone::kLevel) continue;
        (c >= 0x1EA0 && c <= 0x1EF9 ? beyond : within) += 1;
      }
    }
  }
  if (beyond * 20 > words) return;
  lost_ = within * 20 > words ? LostLetters::kBeyondLatin : LostLetters::kToned;
}

// How often this document is wrong where it is read by an engine that knows Vietnamese, or typed: the channel was
// learnt on poor pages, and most documents are better. Expectation-maximisation over one figure: the share of changed
// words sets the odds of what stands there, which set the share anew. Half of the first guesses are wrong on good text,
// and a lone one is no sign of noise.
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
    const double share = std::clamp((0.5 * std::max(0, changed - 1) + 0.01) / (words + 50.0), 0.0001, 0.3);
    const double odds = std::log((1 - share) / share) - std::log((1 - kTrainedErrors) / kTrainedErrors);
    const auto trust = static_cast<float>(std::max(0.0, odds));
    if (std::abs(trust - trust_) < 0.2F) return;
    trust_ = trust;
    for (const std::size_t i : open) DecodeParagraph(i);
  }
}

// Light damage in doubt, decoded once more with its neighbours; of a recogniser's pages only, so that recovered text is
// at rest.
void Repairer::HearLight() {
  if ((!model_.habits && !model_.judge) || evidence_->empty()) return;
  for (std::size_t i = 0; i < chosen_.size(); ++i) {
    if (damage_[i] != Damage::kLight ||
        std::none_of(chosen_[i].begin(), chosen_[i].end(), [](const Chosen& c) { return c.confidence < kCertain; }))
      continue;
    DecodeParagraph(i);
    KeepLikely(i);
    DecodeParagraph(i);
    likely_[i] = {};
  }
}

// A long text of which next to nothing would change was typed, and what deviates is how it was typed: that stays, and
// is marked. A recogniser's page is judged by what the recogniser says.
void Repairer::KeepSpelling() {
  if (!evidence_->empty()) return;
  int words = 0;
  std::vector<Chosen*> changed;
  for (std::size_t i = 0; i < chosen_.size(); ++i) {
    if (damage_[i] != Damage::kLight) continue;
    for (Chosen& c : chosen_[i]) {
      words += atomized_.atoms[c.begin].kind == WordKind::kWord ? 1 : 0;
      if (!c.identity) changed.push_back(&c);
    }
  }
  if (static_cast<int>(changed.size()) * kCleanWords > words) return;
  for (Chosen* c : changed) {
    std::string kept = ToNfc(Raw(c->begin, c->end));
    std::erase_if(c->alternatives, [&](const Candidate& a) { return a.text == kept; });
    c->alternatives.insert(c->alternatives.begin(), {std::move(c->text), c->confidence});
    c->text = std::move(kept);
    c->confidence = 1 - c->confidence;
    c->identity = true;
    if (options_.explain) c->reason = "light, left as it is typed: next to nothing else would change";
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

// Adds what a paragraph says to the document's own word pairs, by what is likely, or takes it back.
void Repairer::CountPairs(std::size_t paragraph, float sign) {
  const std::vector<std::pair<WordId, float>> begin = {{kSentenceBegin, 1.0F}};
  const std::vector<std::pair<WordId, float>>* before = &begin;
  for (const Chosen& c : chosen_[paragraph]) {
    for (const auto& [word, share] : c.words) {
      for (const auto& [previous, of_previous] : *before) own_.Add(previous, word, sign * share * of_previous);
    }
    before = &c.words;
  }
}

// Whether what the document says elsewhere can change a paragraph.
bool Repairer::IsOpen(std::size_t paragraph) const {
  if (!options_.document || damage_[paragraph] == Damage::kLight || damage_[paragraph] == Damage::kForeign)
    return false;
  return std::any_of(chosen_[paragraph].begin(), chosen_[paragraph].end(),
                     [](const Chosen& c) { return c.confidence < kCertain; });
}

// The second pass, with the document's own word pairs and acronyms.
void Repairer::DecodeAgain() {
  std::vector<bool> open(chosen_.size());
  for (std::size_t i = 0; i < chosen_.size(); ++i) open[i] = IsOpen(i);
  const bool any_open = std::find(open.begin(), open.end(), true) != open.end();
  for (std::size_t i = 0; any_open && i < chosen_.size(); ++i) {
    if (damage_[i] != Damage::kForeign) CountPairs(i, 1);
  }
  for (std::size_t i = 0; i < chosen_.size(); ++i) {
    const bool acronym = options_.acronyms && HasOpenAcronym(atomized_.paragraphs[i], damage_[i]);
    if (!open[i] && !acronym) continue;
    if (any_open) CountPairs(i, -1);
    own_known_ = open[i];
    if (acronym) {  // its readings are new
      likely_[i] = {};
      DecodeParagraph(i);
      if (open[i]) KeepLikely(i);
    }
    if (open[i]) DecodeParagraph(i);
    likely_[i] = {};
    if (any_open) CountPairs(i, 1);
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

void Repairer::BuildLattice(std::size_t index) {
  const Paragraph& paragraph = atomized_.paragraphs[index];
  Lattice& lattice = scratch_.lattice;
  lattice.places = static_cast<std::uint32_t>(paragraph.end - paragraph.begin + 1);
  lattice.arcs.clear();
  readings_.clear();
  if (!likely_[index].arcs.empty()) {
    lattice.arcs = likely_[index].arcs;
    readings_ = likely_[index].readings;
    return;
  }
  for (std::size_t at = paragraph.begin; at < paragraph.end; ++at) AddReadings(paragraph.begin, at, damage_[index]);
  // Spans may not leave the paragraph.
  std::erase_if(lattice.arcs, [&](const Arc& a) { return a.to >= lattice.places; });
}

// Makes readings of the lattice just decoded cheaper that go with what probably stands near them.
void Repairer::HearNeighbours(Damage damage) {
  const HearingWeights& weights = damage == Damage::kLight ? kLightHearing : kHeavyHearing;
  if (model_.habits) HearHabits(model_.judge ? weights.habits : 1);
  if (model_.judge) HearJudge(weights.judge);
}

void Repairer::HearHabits(float weight) {
  std::vector<Arc>& arcs = scratch_.lattice.arcs;
  const std::vector<float>& posterior = scratch_.result.posterior;
  const float near = weight * kNear;
  const float two_apart = weight * kTwoApart;
  std::vector<std::vector<std::pair<WordId, float>>> heard(scratch_.lattice.places);  // by place
  std::vector<bool> settled(scratch_.lattice.places);
  const auto is_word = [](const Arc& arc) { return arc.word_count == 1 && arc.to == arc.from + 1; };
  for (std::size_t i = 0; i < arcs.size(); ++i) {
    if (is_word(arcs[i]) && posterior[i] > kHeard) heard[arcs[i].from].emplace_back(arcs[i].words[0], posterior[i]);
    if (posterior[i] > kSettled) settled[arcs[i].from] = true;
  }
  for (std::size_t i = 0; i < arcs.size(); ++i) {
    if (!is_word(arcs[i]) || posterior[i] < kRuledOut || settled[arcs[i].from]) continue;
    const WordId word = arcs[i].words[0];
    const int here = static_cast<int>(arcs[i].from);
    const int last = static_cast<int>(heard.size()) - 1;
    for (int at = std::max(0, here - WordHabits::kFarthest); at <= std::min(last, here + WordHabits::kFarthest); ++at) {
      const int apart = std::abs(at - here);
      if (apart != 2 && apart < WordHabits::kNearest) continue;
      for (const auto& [other, share] : heard[static_cast<std::size_t>(at)]) {
        const float value = apart != 2  ? near * model_.habits->Near(word, other)
                            : at < here ? two_apart * model_.habits->TwoApart(other, word)
                                        : two_apart * model_.habits->TwoApart(word, other);
        arcs[i].cost -= share * value;
      }
    }
  }
}

// The judge hears the best path. What the readings of one word have together stays as it is, since readings that
// cover more, or two words, are not judged.
void Repairer::HearJudge(float weight) {
  std::vector<Arc>& arcs = scratch_.lattice.arcs;
  const DecodeResult& result = scratch_.result;
  WordJudge::Sentence& sentence = scratch_.sentence;
  sentence.words.clear();
  sentence.shapes.clear();
  constexpr std::uint32_t kNowhere = ~std::uint32_t{0};
  std::vector<std::uint32_t> index(scratch_.lattice.places, kNowhere);  // in the sentence, by place
  for (const std::uint32_t a : result.path) {
    const Arc& arc = arcs[a];
    index[arc.from] = static_cast<std::uint32_t>(sentence.words.size());
    const WordJudge::Shape shape = JudgeShape(CodePoints(readings_[arc.reading].text));
    for (std::size_t w = 0; w < arc.word_count; ++w) {
      sentence.words.push_back(arc.words[w]);
      sentence.shapes.push_back(shape);
    }
  }
  const auto is_open = [&](std::size_t a) {
    return arcs[a].word_count == 1 && arcs[a].to == arcs[a].from + 1 && result.posterior[a] >= kRuledOut;
  };
  std::vector<std::uint32_t> words;                         // of the sentence, in doubt
  std::vector<std::pair<std::size_t, std::size_t>> ranges;  // of their arcs
  for (std::size_t begin = 0, end = 0; begin < arcs.size(); begin = end) {
    int open = 0;
    float best = 0;
    for (; end < arcs.size() && arcs[end].from == arcs[begin].from; ++end) {
      if (!is_open(end)) continue;
      ++open;
      best = std::max(best, result.posterior[end]);
    }
    if (open < 2 || best > kSettled || index[arcs[begin].from] == kNowhere) continue;
    words.push_back(index[arcs[begin].from]);
    ranges.emplace_back(begin, end);
  }
  model_.judge->Hear(sentence, words, scratch_.judge);
  for (std::size_t n = 0; n < words.size(); ++n) {
    const auto [begin, end] = ranges[n];
    float before = 0;
    float after = 0;
    for (std::size_t a = begin; a < end; ++a) {
      if (!is_open(a)) continue;
      const float score = weight * model_.judge->Score(scratch_.judge, n, arcs[a].words[0]);
      before += result.posterior[a];
      after += result.posterior[a] * std::exp(score);
      arcs[a].cost -= score;
    }
    const float shared = std::log(after / before);
    for (std::size_t a = begin; a < end; ++a) {
      if (is_open(a)) arcs[a].cost += shared;
    }
  }
}

// Keeps for the second pass what the first one has not ruled out, judged by its neighbours, too.
void Repairer::KeepLikely(std::size_t index) {
  HearNeighbours(damage_[index]);
  Likely& likely = likely_[index];
  const DecodeResult& result = scratch_.result;
  const auto kept = static_cast<std::size_t>(
      std::count_if(result.posterior.begin(), result.posterior.end(), [](float p) { return p >= kRuledOut; }));
  likely.arcs.reserve(kept);
  likely.readings.reserve(kept);
  for (std::size_t i = 0; i < scratch_.lattice.arcs.size(); ++i) {
    if (result.posterior[i] < kRuledOut) continue;
    Arc arc = scratch_.lattice.arcs[i];
    likely.readings.push_back(std::move(readings_[arc.reading]));
    arc.reading = static_cast<std::uint32_t>(likely.readings.size() - 1);
    likely.arcs.push_back(arc);
  }
}

void Repairer::DecodeParagraph(std::size_t index) {
  const Damage damage = damage_[index];
  BuildLattice(index);
  const Lattice& lattice = scratch_.lattice;
  DecodeOptions decode;
  decode.beam = damage == Damage::kLatin || damage == Damage::kLost ? options_.beam : std::min(options_.beam, kFewer);
  decode.order = options_.lm_order;
  LanguageModels models{&model_.lm, model_.user_lm ? &*model_.user_lm : nullptr, &model_.to_user};
  if (own_known_) models.document = &own_;
  DecodeLattice(lattice, models, decode, scratch_.decode, scratch_.result);

  const DecodeResult& result = scratch_.result;
  std::vector<Chosen>& path = chosen_[index];
  path.clear();
  std::size_t arc_begin = 0;
  for (const std::uint32_t arc_index : result.path) {
    const Arc& arc = lattice.arcs[arc_index];
    const ArcReading& reading = readings_[arc.reading];
    Chosen chosen{reading.begin, reading.end, reading.text, 0, {}, reading.identity, {}, {}};
    while (arc_begin < lattice.arcs.size() && lattice.arcs[arc_begin].from < arc.from) ++arc_begin;
    std::map<std::string, float> others;
    for (std::size_t i = arc_begin; i < lattice.arcs.size() && lattice.arcs[i].from == arc.from; ++i) {
      if (lattice.arcs[i].to != arc.to) continue;
      if (lattice.arcs[i].word_count == 1 && result.posterior[i] > kWorthCounting)
        chosen.words.emplace_back(lattice.arcs[i].words[0], result.posterior[i]);
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

RecoveredDocument Repairer::Run() {
  RecoveredDocument out;
  atomized_ = Atomize(document_, options_.paragraphs);
  evidence_.emplace(document_, atomized_);
  JudgeDamage();
  JudgeLostLetters();
  chosen_.resize(atomized_.paragraphs.size());
  likely_.resize(chosen_.size());
  for (std::size_t i = 0; i < chosen_.size(); ++i) {
    DecodeParagraph(i);
    if (IsOpen(i)) KeepLikely(i);
  }
  LearnTrust();
  HearLight();
  if (options_.acronyms) CountInitials();
  DecodeAgain();
  KeepSpelling();
  DropJunk();
  MendLabels();
  Calibrate();
  Emit(out);
  return out;
}

RepairScratch::RepairScratch() : impl_(std::make_unique<Impl>()) {}
RepairScratch::RepairScratch(RepairScratch&&) noexcept = default;
RepairScratch& RepairScratch::operator=(RepairScratch&&) noexcept = default;
RepairScratch::~RepairScratch() = default;

namespace {

// What a recovery made, as if it had been read so.
Document AsRead(const Document& document, const RecoveredDocument& recovered) {
  Document out;
  for (std::size_t p = 0; p < document.pages.size(); ++p) {
    Page page;
    page.number = document.pages[p].number;
    page.source = document.pages[p].source;
    page.raw = recovered.pages[p].layer.text();
    for (const RecoveredLine& line : recovered.pages[p].lines) {
      Line read;
      read.raw_span = line.text_span;
      for (const ByteSpan token : SplitWhitespace(line.text_span.In(page.raw))) {
        Token t;
        t.raw_span = MakeSpan(line.text_span.begin + token.begin, line.text_span.begin + token.end);
        read.tokens.push_back(std::move(t));
      }
      page.lines.push_back(std::move(read));
    }
    out.pages.push_back(std::move(page));
  }
  return out;
}

// Lays a second recovery over the first: what it changed further becomes part of the one layer over the raw page.
void Compose(const Document& document, const RecoveredDocument& second, RecoveredDocument& first) {
  for (std::size_t p = 0; p < document.pages.size(); ++p) {
    const std::string& raw = document.pages[p].raw;
    const TextLayer& after = second.pages[p].layer;
    RecoveredPage& page = first.pages[p];
    if (after.text() == page.layer.text()) continue;
    std::vector<TextEdit> edits;
    for (const RecoveredLine& line : page.lines) {
      for (const RecoveredToken& token : line.tokens) {
        const std::string_view text = after.ToResult(token.text_span).In(after.text());
        if (text == token.raw_span.In(raw)) continue;
        // What fell away took the white space before it along.
        const ByteSpan source = token.text_span.empty() ? page.layer.ToSource(token.text_span) : token.raw_span;
        edits.push_back({source.empty() ? token.raw_span : source, std::string(text)});
      }
    }
    Result<TextLayer> layer = TextLayer::Apply(raw, edits);
    if (!layer || layer->text() != after.text()) continue;  // the first recovery stands
    std::size_t l = 0;
    for (RecoveredLine& line : page.lines) {
      const std::vector<RecoveredToken>& again = second.pages[p].lines[l++].tokens;
      std::size_t next = 0;
      for (RecoveredToken& token : line.tokens) {
        while (next < again.size() && again[next].raw_span.begin < token.text_span.begin) ++next;
        for (; next < again.size() && again[next].raw_span.end <= token.text_span.end; ++next) {
          const RecoveredToken& t = again[next];
          if (t.raw_span.In(page.layer.text()) == t.text_span.In(after.text())) continue;
          token.confidence = std::min(token.confidence, t.confidence);
          token.unsure = token.unsure || t.unsure;
          if (!t.reason.empty()) token.reason += "; then " + t.reason;
        }
      }
    }
    page.layer = std::move(*layer);
    for (std::size_t i = 0; i < page.lines.size(); ++i) {
      page.lines[i].text_span = page.layer.ToResult(document.pages[p].lines[i].raw_span);
      for (RecoveredToken& token : page.lines[i].tokens) token.text_span = page.layer.ToResult(token.raw_span);
    }
  }
}

constexpr int kMaxRounds = 3;

}  // namespace

RecoveredDocument Repair(const Document& document, const RepairModel& model, RepairScratch& scratch,
                         const RepairOptions& options) {
  Repairer repairer(document, model.impl(), scratch.impl(), options);
  RecoveredDocument out = repairer.Run();
  // Text recovered from heavy damage is read once more as what it is now, until nothing changes: so that to recover it
  // again is to leave it alone.
  if (!repairer.heavy()) return out;
  for (int round = 0; round < kMaxRounds; ++round) {
    const Document read = AsRead(document, out);
    const RecoveredDocument again = Repairer(read, model.impl(), scratch.impl(), options).Run();
    bool changed = false;
    for (std::size_t p = 0; p < read.pages.size(); ++p)
      changed = changed || again.pages[p].layer.text() != read.pages[p].raw;
    if (!changed) break;
    Compose(document, again, out);
  }
  return out;
}

}  // namespace hoidau
