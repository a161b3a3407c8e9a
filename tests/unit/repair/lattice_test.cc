#include "repair/lattice.h"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <map>
#include <random>

namespace hoidau {
namespace {

const NgramModel& Model() {
  static const Result<NgramModel> model = NgramModel::Open(HOIDAU_SOURCE_DIR "/models/recovery.lm");
  return *model;
}

// Every path through the lattice with its score, closed with </s>.
std::map<std::vector<std::uint32_t>, double> AllPaths(const Lattice& lattice) {
  std::map<std::vector<std::uint32_t>, double> paths;
  std::function<void(std::uint32_t, NgramModel::State, std::vector<std::uint32_t>, double)> walk =
      [&](std::uint32_t place, const NgramModel::State& state, std::vector<std::uint32_t> path, double score) {
        NgramModel::State after;
        if (place + 1 == lattice.places) {
          paths[path] = score + Model().Score(state, kSentenceEnd, after);
          return;
        }
        for (std::uint32_t i = 0; i < lattice.arcs.size(); ++i) {
          const Arc& arc = lattice.arcs[i];
          if (arc.from != place) continue;
          NgramModel::State now = state;
          double s = score - arc.cost;
          for (int w = 0; w < arc.word_count; ++w) {
            s += Model().Score(now, arc.words[static_cast<std::size_t>(w)], after);
            now = after;
          }
          std::vector<std::uint32_t> longer = path;
          longer.push_back(i);
          walk(arc.to, now, longer, s);
        }
      };
  walk(0, Model().BeginState(), {}, 0);
  return paths;
}

// Small random lattices with arcs over one and two places: best path and posteriors as by trying everything.
TEST(Lattice, AgreesWithBruteForce) {
  ASSERT_TRUE(NgramModel::Open(HOIDAU_SOURCE_DIR "/models/recovery.lm").ok());
  std::mt19937 random(20260101);
  const char* const words[] = {"kế", "hoạch", "tổ",  "chức", "thực", "hiện", "của",
                               "xã", "công",  "văn", "số",   "ủy",   "ban"};
  DecodeScratch scratch;
  DecodeResult result;
  for (int round = 0; round < 60; ++round) {
    Lattice lattice;
    lattice.places = 5;
    for (std::uint32_t from = 0; from < 4; ++from) {
      const int arcs = 1 + static_cast<int>(random() % 3);
      for (int a = 0; a < arcs; ++a) {
        Arc arc;
        arc.from = from;
        arc.to = a > 0 && from < 3 && random() % 3 == 0 ? from + 2 : from + 1;
        arc.cost = static_cast<float>(random() % 80) / 10;
        arc.word_count = static_cast<std::uint8_t>(1 + random() % 2);
        for (int w = 0; w < arc.word_count; ++w)
          arc.words[static_cast<std::size_t>(w)] = Model().Find(words[random() % std::size(words)]);
        lattice.arcs.push_back(arc);
      }
    }
    const auto paths = AllPaths(lattice);
    double best = -1e9;
    double total = 0;
    for (const auto& [path, score] : paths) best = std::max(best, score);
    for (const auto& [path, score] : paths) total += std::exp(score - best);
    DecodeLattice(lattice, {.base = &Model()}, {.beam = 1000, .threshold = 1000}, scratch, result);
    ASSERT_NEAR(result.log_prob, best, 1e-3) << "round " << round;
    ASSERT_NEAR(paths.at(result.path), best, 1e-3);
    for (std::uint32_t i = 0; i < lattice.arcs.size(); ++i) {
      double share = 0;
      for (const auto& [path, score] : paths) {
        if (std::find(path.begin(), path.end(), i) != path.end()) share += std::exp(score - best) / total;
      }
      ASSERT_NEAR(result.posterior[i], share, 1e-3);
    }
    double model = 0;
    for (std::size_t i = 0; i < result.path.size(); ++i)
      model += static_cast<double>(result.model[i] - lattice.arcs[result.path[i]].cost);
    NgramModel::State state = Model().BeginState();
    NgramModel::State after;
    for (const std::uint32_t i : result.path) {
      for (int w = 0; w < lattice.arcs[i].word_count; ++w) {
        Model().Score(state, lattice.arcs[i].words[static_cast<std::size_t>(w)], after);
        state = after;
      }
    }
    ASSERT_NEAR(model + static_cast<double>(Model().Score(state, kSentenceEnd, after)), best, 1e-3);
  }
}

TEST(Lattice, MixingAModelWithItselfChangesNothing) {
  Lattice lattice;
  lattice.places = 3;
  for (std::uint32_t from = 0; from < 2; ++from) {
    for (const char* word : {"kế", "hoạch"}) {
      Arc arc;
      arc.from = from;
      arc.to = from + 1;
      arc.words[0] = Model().Find(word);
      arc.word_count = 1;
      lattice.arcs.push_back(arc);
    }
  }
  std::vector<WordId> same(Model().vocabulary_size());
  for (WordId w = 0; w < same.size(); ++w) same[w] = w;
  DecodeScratch scratch;
  DecodeResult alone;
  DecodeResult mixed;
  DecodeLattice(lattice, {.base = &Model()}, {}, scratch, alone);
  DecodeLattice(lattice, {.base = &Model(), .user = &Model(), .to_user = &same}, {}, scratch, mixed);
  EXPECT_EQ(alone.path, mixed.path);
  EXPECT_NEAR(alone.log_prob, mixed.log_prob, 1e-3);
}

}  // namespace
}  // namespace hoidau
