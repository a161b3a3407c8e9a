// Candidates: for one observed string, the lexicon's syllables that the channel can have turned into it, cheapest
// first.
//
//   CandidateSearch search(lexicon);
//   std::vector<Reading> readings = search.Find(channel, U"chtrc", Shape::kLower, {});
//   lexicon.entry(readings[0].entry).text == "chức";
//
// Thread safety: one CandidateSearch a thread. Limits: strings of up to 24 letters; longer ones have no readings.
// Method: A* over (trie node, letters consumed); the bound is the cheapest way to consume the rest, and the commonest
// syllable below the node.
#ifndef HOIDAU_REPAIR_CANDIDATES_H_
#define HOIDAU_REPAIR_CANDIDATES_H_

#include <cstdint>
#include <string_view>
#include <vector>

#include "repair/channel.h"
#include "repair/lexicon.h"

namespace hoidau {

struct Reading {
  int entry = Lexicon::kNoEntry;
  float cost = 0;  // −ln p(observed | entry)
};

struct SearchOptions {
  int readings = 40;     // at most
  float window = 7;      // readings less likely than the likeliest by this (nats, weighted) are left out
  float weight = 0.85F;  // of the channel against the lexicon
  int max_edit = 3;      // letters on a side of an edit
  // One edit of a reading may be one that the channel has not learnt:
  float any_letter = 8;    // a letter read as any other, where the channel knows no better
  float lost_letter = 7;   // a printed letter that left no trace
  float stray_letter = 7;  // an observed letter that was never printed
  int max_steps = 6000;
};

class CandidateSearch {
 public:
  explicit CandidateSearch(const Lexicon& lexicon) : lexicon_(&lexicon) {}

  std::vector<Reading> Find(const Channel& channel, std::u32string_view observed, Shape shape,
                            const SearchOptions& options);

 private:
  struct Item {
    float bound, cost;
    Lexicon::Node node;
    std::uint8_t at;
    bool unlearnt;  // it holds its one unlearnt edit already
  };
  const Lexicon* lexicon_;
  std::vector<Item> heap_;
  struct Seen {  // of (node, at, unlearnt), in the search `epoch`
    std::uint32_t epoch = 0;
    float cost = 0;  // the cheapest way to it so far; below zero once it has been expanded
  };
  std::vector<Seen> seen_;
  std::uint32_t epoch_ = 0;
};

}  // namespace hoidau

#endif  // HOIDAU_REPAIR_CANDIDATES_H_
