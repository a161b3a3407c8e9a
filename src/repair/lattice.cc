#include "repair/lattice.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace hoidau {
namespace {

constexpr double kNever = -std::numeric_limits<double>::infinity();

// Sums grow to hundreds, so they are double; what is added to the larger one is small, and float is enough and faster.
double LogAdd(double a, double b) {
  if (a < b) std::swap(a, b);
  const auto gap = static_cast<float>(b - a);
  return gap < -30 ? a : a + static_cast<double>(std::log(1 + std::exp(gap)));
}

// Scores words after one state, by one model or by two mixed.
class Scorer {
 public:
  Scorer(const LanguageModels& models, int order) : models_(models), order_(static_cast<std::uint32_t>(order)) {}

  // The words that follow will be scored after these states, by their number.
  void Enter(const std::vector<DecodeScratch::State>& states, DecodeScratch::Contexts& contexts) const {
    contexts.states.clear();
    for (const auto& s : states) contexts.states.push_back(&s.lm);
    contexts.base.Assign(*models_.base, contexts.states);
    if (models_.user == nullptr) return;
    contexts.states.clear();
    for (const auto& s : states) contexts.states.push_back(&s.user);
    contexts.user.Assign(*models_.user, contexts.states);
  }
  // Natural logarithm of p(word | state `number` of the place); the states behind it in `next`.
  float Score(DecodeScratch::Contexts& contexts, const std::vector<DecodeScratch::State>& states, std::size_t number,
              WordId word, DecodeScratch::State& next) const {
    const float base = contexts.base.Score(*models_.base, number, word, next.lm);
    const float own =
        models_.user == nullptr ? 0 : contexts.user.Score(*models_.user, number, (*models_.to_user)[word], next.user);
    return Mix(base, own, states[number].last, word, next);
  }
  float Score(const DecodeScratch::State& state, WordId word, DecodeScratch::State& next) const {
    const float base = models_.base->Score(state.lm, word, next.lm);
    const float own =
        models_.user == nullptr ? 0 : models_.user->Score(state.user, (*models_.to_user)[word], next.user);
    return Mix(base, own, state.last, word, next);
  }

 private:
  float Mix(float log, float own, WordId last, WordId word, DecodeScratch::State& next) const {
    Shorten(next.lm);
    if (models_.user != nullptr) {
      Shorten(next.user);
      log = static_cast<float>(LogAdd(log + std::log1p(-models_.user_weight), own + std::log(models_.user_weight)));
    }
    if (models_.document != nullptr) {
      log = models_.document->Mix(log, last, word);
      next.last = word;
    }
    return log;
  }
  void Shorten(NgramModel::State& state) const {
    if (order_ > 1 && state.length >= order_) state.length = order_ - 1;
  }
  const LanguageModels& models_;
  const std::uint32_t order_;
};

// Keeps the best states of a place, best first, and returns where each old one went (-1: dropped).
void Prune(std::vector<DecodeScratch::State>& states, const DecodeOptions& options, std::vector<std::int32_t>& moved) {
  moved.assign(states.size(), -1);
  if (states.empty()) return;
  std::vector<std::int32_t> order(states.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = static_cast<std::int32_t>(i);
  const auto keep = std::min<std::size_t>(order.size(), static_cast<std::size_t>(options.beam));
  const auto better = [&](std::int32_t a, std::int32_t b) {
    const float x = states[static_cast<std::size_t>(a)].best;
    const float y = states[static_cast<std::size_t>(b)].best;
    return x != y ? x > y : a < b;
  };
  std::partial_sort(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(keep), order.end(), better);
  std::vector<DecodeScratch::State> kept;
  kept.reserve(keep);
  const float floor = states[static_cast<std::size_t>(order[0])].best - options.threshold;
  for (std::size_t i = 0; i < keep; ++i) {
    const auto& state = states[static_cast<std::size_t>(order[i])];
    if (state.best < floor) break;
    moved[static_cast<std::size_t>(order[i])] = static_cast<std::int32_t>(kept.size());
    kept.push_back(state);
  }
  states = std::move(kept);
}

}  // namespace

void DecodeLattice(const Lattice& lattice, const LanguageModels& models, const DecodeOptions& options,
                   DecodeScratch& scratch, DecodeResult& result) {
  const std::size_t places = lattice.places;
  auto& columns = scratch.places;
  auto& links = scratch.links;
  columns.resize(std::max(columns.size(), places));
  links.resize(std::max(links.size(), places));
  for (std::size_t p = 0; p < places; ++p) {
    columns[p].clear();
    links[p].clear();
  }
  std::vector<std::vector<std::int32_t>> moved(places);
  std::vector<float> best_at(places, -std::numeric_limits<float>::infinity());
  result.path.clear();
  result.model.clear();
  result.posterior.assign(lattice.arcs.size(), 0);
  result.log_prob = 0;

  DecodeScratch::State start;
  start.lm = models.base->BeginState();
  if (models.document != nullptr) start.last = kSentenceBegin;
  if (models.user != nullptr) start.user = models.user->BeginState();
  const Scorer scorer(models, options.order);
  columns[0].push_back(start);
  std::size_t next_arc = 0;
  for (std::size_t p = 0; p + 1 < places; ++p) {
    auto& states = columns[p];
    Prune(states, options, moved[p]);
    scorer.Enter(states, scratch.contexts);
    std::size_t last_arc = next_arc;
    while (last_arc < lattice.arcs.size() && lattice.arcs[last_arc].from == p) ++last_arc;
    for (std::size_t a = next_arc; a < last_arc; ++a) {
      const Arc& arc = lattice.arcs[a];
      auto& target = columns[arc.to];
      float& best_of_target = best_at[arc.to];
      for (std::size_t s = 0; s < states.size(); ++s) {
        // Probabilities only fall: what is beyond the threshold before the language model has spoken stays there.
        if (states[s].best - arc.cost < best_of_target - options.threshold) break;
        DecodeScratch::State after;
        float gain = -arc.cost;
        if (arc.word_count > 0) gain += scorer.Score(scratch.contexts, states, s, arc.words[0], after);
        for (std::size_t w = 1; w < arc.word_count; ++w) {
          const DecodeScratch::State before = after;
          gain += scorer.Score(before, arc.words[w], after);
        }
        const float best = states[s].best + gain;
        if (best < best_of_target - options.threshold) continue;
        const double forward = states[s].forward + gain;
        auto it = std::find_if(target.begin(), target.end(), [&](const auto& t) {
          return t.lm == after.lm && t.user == after.user && t.last == after.last;
        });
        if (it == target.end()) {
          after.best = best;
          after.forward = forward;
          after.back_state = static_cast<std::int32_t>(s);
          after.back_arc = static_cast<std::int32_t>(a);
          target.push_back(after);
          it = target.end() - 1;
        } else {
          it->forward = LogAdd(it->forward, forward);
          if (best > it->best) {
            it->best = best;
            it->back_state = static_cast<std::int32_t>(s);
            it->back_arc = static_cast<std::int32_t>(a);
          }
        }
        best_of_target = std::max(best_of_target, best);
        links[p].push_back({static_cast<std::uint32_t>(s), static_cast<std::uint32_t>(it - target.begin()),
                            static_cast<std::uint32_t>(a), gain});
      }
    }
    next_arc = last_arc;
  }

  // Close the sentence.
  auto& last = columns[places - 1];
  Prune(last, options, moved[places - 1]);
  if (last.empty()) return;  // no way through: the caller keeps what it has
  std::size_t best = 0;
  double total = kNever;
  for (std::size_t s = 0; s < last.size(); ++s) {
    DecodeScratch::State after;
    const float close = scorer.Score(last[s], kSentenceEnd, after);
    last[s].best += close;
    last[s].backward = close;
    total = LogAdd(total, last[s].forward + close);
    if (last[s].best > last[best].best) best = s;
  }
  result.log_prob = last[best].best;

  for (std::size_t p = places - 1; p-- > 0;) {
    for (auto& s : columns[p]) s.backward = kNever;
    for (const DecodeScratch::Link& link : links[p]) {
      const Arc& arc = lattice.arcs[link.arc];
      const std::int32_t to = moved[arc.to][link.to];
      if (to < 0) continue;
      const double onward = columns[arc.to][static_cast<std::size_t>(to)].backward;
      if (onward == kNever) continue;
      auto& from = columns[p][link.from];
      from.backward = LogAdd(from.backward, link.score + onward);
      result.posterior[link.arc] +=
          static_cast<float>(std::exp(std::min(0.0, from.forward + link.score + onward - total)));
    }
  }

  std::size_t place = places - 1;
  std::size_t state = best;
  while (place > 0) {
    const DecodeScratch::State& s = columns[place][state];
    const auto arc = static_cast<std::uint32_t>(s.back_arc);
    result.path.push_back(arc);
    const float before = columns[lattice.arcs[arc].from][static_cast<std::size_t>(s.back_state)].best;
    const float here = place == places - 1 ? s.best - static_cast<float>(s.backward) : s.best;  // without </s>
    result.model.push_back(here - before + lattice.arcs[arc].cost);
    state = static_cast<std::size_t>(s.back_state);
    place = lattice.arcs[arc].from;
  }
  std::reverse(result.path.begin(), result.path.end());
  std::reverse(result.model.begin(), result.model.end());
}

}  // namespace hoidau
