#include "repair/lattice.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace hoidau {
namespace {

constexpr double kNever = -std::numeric_limits<double>::infinity();

double LogAdd(double a, double b) {
  if (a < b) std::swap(a, b);
  const double gap = b - a;
  return gap < -30 ? a : a + std::log1p(std::exp(gap));
}

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

void DecodeLattice(const Lattice& lattice, const NgramModel& lm, const DecodeOptions& options, DecodeScratch& scratch,
                   DecodeResult& result) {
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
  result.path.clear();
  result.posterior.assign(lattice.arcs.size(), 0);
  result.log_prob = 0;

  DecodeScratch::State start;
  start.lm = lm.BeginState();
  columns[0].push_back(start);
  std::size_t next_arc = 0;
  std::vector<NgramModel::Context> contexts;  // of the states of the place
  for (std::size_t p = 0; p + 1 < places; ++p) {
    auto& states = columns[p];
    Prune(states, options, moved[p]);
    contexts.clear();
    for (const auto& s : states) contexts.push_back(lm.Prepare(s.lm));
    std::size_t last_arc = next_arc;
    while (last_arc < lattice.arcs.size() && lattice.arcs[last_arc].from == p) ++last_arc;
    for (std::size_t a = next_arc; a < last_arc; ++a) {
      const Arc& arc = lattice.arcs[a];
      auto& target = columns[arc.to];
      float best_of_target = target.empty() ? -std::numeric_limits<float>::infinity() : target[0].best;
      for (const auto& s : target) best_of_target = std::max(best_of_target, s.best);
      for (std::size_t s = 0; s < states.size(); ++s) {
        // Probabilities only fall: what is beyond the threshold before the language model has spoken stays there.
        if (states[s].best - arc.cost < best_of_target - options.threshold) break;
        NgramModel::State lm_state = states[s].lm;
        float gain = -arc.cost;
        for (int w = 0; w < arc.word_count; ++w) {
          NgramModel::State after;
          const WordId word = arc.words[static_cast<std::size_t>(w)];
          gain += w == 0 ? lm.Score(contexts[s], word, after) : lm.Score(lm_state, word, after);
          lm_state = after;
          if (options.order > 1 && lm_state.length >= static_cast<std::uint32_t>(options.order)) lm_state.length = static_cast<std::uint32_t>(options.order - 1);
        }
        const float best = states[s].best + gain;
        const double forward = states[s].forward + gain;
        const std::uint64_t key = lm_state.Key();
        auto it = std::find_if(target.begin(), target.end(), [&](const auto& t) { return t.key == key; });
        if (it == target.end()) {
          DecodeScratch::State fresh;
          fresh.lm = lm_state;
          fresh.key = key;
          fresh.best = best;
          fresh.forward = forward;
          fresh.back_state = static_cast<std::int32_t>(s);
          fresh.back_arc = static_cast<std::int32_t>(a);
          target.push_back(fresh);
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
    NgramModel::State after;
    const float close = lm.Score(last[s].lm, kSentenceEnd, after);
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
      result.posterior[link.arc] += static_cast<float>(std::exp(std::min(0.0, from.forward + link.score + onward - total)));
    }
  }

  std::size_t place = places - 1;
  std::size_t state = best;
  while (place > 0) {
    const DecodeScratch::State& s = columns[place][state];
    const auto arc = static_cast<std::uint32_t>(s.back_arc);
    result.path.push_back(arc);
    state = static_cast<std::size_t>(s.back_state);
    place = lattice.arcs[arc].from;
  }
  std::reverse(result.path.begin(), result.path.end());
}

}  // namespace hoidau
