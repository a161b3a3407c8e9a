#include "repair/candidates.h"

#include <algorithm>
#include <array>
#include <limits>

#include "text/unicode.h"

namespace hoidau {
namespace {

constexpr std::size_t kMaxLetters = 24;

struct Step {  // one way to consume `length` letters
  std::uint8_t length;
  std::span<const Channel::Edge> edges;
  float surcharge;
};

}  // namespace

std::vector<Reading> CandidateSearch::Find(const Channel& channel, std::u32string_view observed, Shape shape,
                                           const SearchOptions& options) {
  std::vector<Reading> out;
  const std::size_t n = observed.size();
  if (n == 0 || n > kMaxLetters) return out;
  const auto max_edit = static_cast<std::size_t>(options.max_edit);

  // The edges that can start at each place, and the cheapest way from each place to the end.
  std::u32string lower(observed);
  for (char32_t& c : lower) c = ToLower(c);
  std::array<std::vector<Step>, kMaxLetters + 1> steps;
  std::array<float, kMaxLetters + 1> rest{};
  const float any = options.any_letter;
  const auto add = [&](std::size_t at, Shape s, std::u32string_view piece, float surcharge) {
    const auto edges = channel.Edges(s, Channel::Key(piece));
    if (!edges.empty()) steps[at].push_back({static_cast<std::uint8_t>(piece.size()), edges, surcharge});
  };
  // Letters that left no trace, anywhere in the word.
  const Shape inner = shape == Shape::kUpper ? Shape::kUpper : Shape::kLower;
  for (std::size_t at = 0; at <= n; ++at) add(at, at == 0 ? shape : inner, U"", 0);
  for (std::size_t at = n; at-- > 0;) {
    rest[at] = std::min(any, options.stray_letter) + rest[at + 1];
    for (std::size_t length = 1; length <= max_edit && at + length <= n; ++length) {
      const std::u32string_view piece = observed.substr(at, length);
      const std::u32string_view folded = std::u32string_view(lower).substr(at, length);
      // Capitals are rarer in training than small letters: what is known of small letters serves them too, at a charge.
      if (shape == Shape::kUpper) {
        add(at, Shape::kUpper, piece, 0);
        add(at, Shape::kLower, folded, 1.0F);
      } else {
        if (shape == Shape::kTitle && at == 0) {
          add(at, Shape::kTitle, piece, 0);
          add(at, Shape::kLower, folded, 1.0F);
        } else {
          add(at, Shape::kLower, piece, 0);
          if (folded != piece) add(at, Shape::kLower, folded, 2.5F);
        }
      }
    }
    for (const Step& step : steps[at]) {
      if (step.length == 0) continue;
      float cheapest = std::numeric_limits<float>::infinity();
      for (const Channel::Edge& e : step.edges) {
        if (e.length <= max_edit) cheapest = std::min(cheapest, e.cost);
      }
      rest[at] = std::min(rest[at], cheapest + step.surcharge + rest[at + step.length]);
    }
  }

  const auto width = n + 1;
  const std::size_t places = lexicon_->nodes() * (kMaxLetters + 1) * 2;
  if (seen_.empty()) seen_.assign(places, {});
  if (++epoch_ == 0) {
    std::fill(seen_.begin(), seen_.end(), Seen{});
    epoch_ = 1;
  }
  const auto worse = [](const Item& a, const Item& b) { return a.bound > b.bound; };
  // Bounds and limits are in weighted nats of channel and lexicon together; `cost` is the channel's alone.
  const float weight = options.weight;
  float limit = weight * rest[0] - lexicon_->BestBelow(Lexicon::kRoot) + options.window + 8;
  heap_.clear();
  const auto bound_of = [&](Lexicon::Node node, std::size_t at, float cost) {
    return weight * (cost + rest[at]) - lexicon_->BestBelow(node);
  };
  const auto push = [&](Lexicon::Node node, std::size_t at, float cost, bool unlearnt) {
    const float bound = bound_of(node, at, cost);
    if (bound > limit) return;
    Seen& seen = seen_[(node * width + at) * 2 + unlearnt];
    if (seen.epoch == epoch_ && seen.cost <= cost) return;
    seen = {epoch_, cost};
    heap_.push_back({bound, cost, node, static_cast<std::uint8_t>(at), unlearnt});
    std::push_heap(heap_.begin(), heap_.end(), worse);
  };
  push(Lexicon::kRoot, 0, 0, false);
  int budget = options.max_steps;
  const auto enough = static_cast<std::size_t>(options.readings + options.readings / 4);
  while (!heap_.empty() && budget-- > 0) {
    std::pop_heap(heap_.begin(), heap_.end(), worse);
    const Item item = heap_.back();
    heap_.pop_back();
    if (item.bound > limit) break;
    Seen& seen = seen_[(item.node * width + item.at) * 2 + item.unlearnt];
    if (seen.cost < item.cost) continue;  // a cheaper way has been here
    const int entry = lexicon_->EntryAt(item.node);
    if (item.at == n && entry != Lexicon::kNoEntry) {
      const float score = weight * item.cost - lexicon_->entry(entry).log_prob;
      const auto known = std::find_if(out.begin(), out.end(), [&](const Reading& r) { return r.entry == entry; });
      if (known == out.end())
        out.push_back({entry, item.cost});
      else
        known->cost = std::min(known->cost, item.cost);
      limit = std::min(limit, score + options.window);
      // They come nearly in order.
      if (out.size() >= enough) break;
    }
    for (const Step& step : steps[item.at]) {
      for (const Channel::Edge& e : step.edges) {
        const float cost = item.cost + e.cost + step.surcharge;
        if (bound_of(item.node, item.at + step.length, cost) > limit) break;  // the others cost more
        if (e.length > max_edit) continue;
        Lexicon::Node node = item.node;
        for (int i = 0; i < e.length && node != Lexicon::kNone; ++i)
          node = lexicon_->Child(node, e.letters[static_cast<std::size_t>(i)]);
        if (node != Lexicon::kNone) push(node, item.at + step.length, cost, item.unlearnt);
      }
    }
    if (item.unlearnt) continue;
    const float cheapest = std::min(options.lost_letter + rest[item.at], item.at < n ? any + rest[item.at + 1] : 1e9F);
    if (weight * (item.cost + cheapest) - lexicon_->BestBelow(item.node) > limit) continue;
    for (const std::uint8_t letter : lexicon_->Branches(item.node)) {
      const Lexicon::Node child = lexicon_->Child(item.node, letter);
      push(child, item.at, item.cost + options.lost_letter, true);
      if (item.at < n) push(child, item.at + 1, item.cost + any, true);
    }
    if (item.at < n) push(item.node, item.at + 1, item.cost + options.stray_letter, true);
  }
  const auto score = [&](const Reading& r) { return weight * r.cost - lexicon_->entry(r.entry).log_prob; };
  std::sort(out.begin(), out.end(), [&](const Reading& a, const Reading& b) {
    return score(a) != score(b) ? score(a) < score(b) : a.entry < b.entry;
  });
  const auto far =
      std::find_if(out.begin(), out.end(), [&](const Reading& r) { return score(r) > score(out[0]) + options.window; });
  out.erase(far, out.end());
  if (out.size() > static_cast<std::size_t>(options.readings)) out.resize(static_cast<std::size_t>(options.readings));
  return out;
}

}  // namespace hoidau
