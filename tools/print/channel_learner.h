// Learns a channel from aligned pairs: what an engine makes of printed letters, as generalised string edits with costs.
//
//   ChannelLearner learner;
//   learner.Add(U"chirc", U"chức");  …
//   LearntChannel channel = learner.Learn({});
//   channel.edits[0];                         // {'l', U"ức", U"irc", 0.41, 118}
//   channel.Cost(U"chirc", U"chức");          // −ln p(observed | printed), best segmentation
//
// Method: atomic edits (one letter to none, one or two; none to one; two to one) aligned by Viterbi training; then
// every run of atoms with at most three letters a side is an edit, with the probability count(edit) / count(printed
// piece) (Brill and Moore, An improved error model for noisy channel spelling correction, 2000). An edit stays where it
// says more than the pieces it can be put together from: its count times the cost that it saves is at least `min_gain`.
// Thread safety: none; one thread. Limits: words of up to 40 letters; the printed side has letters alone (digits and
// signs are never to be changed); tone placement is brought to the old style, as in the lexicon.
#ifndef HOIDAU_TOOLS_PRINT_CHANNEL_LEARNER_H_
#define HOIDAU_TOOLS_PRINT_CHANNEL_LEARNER_H_

#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace hoidau::print {

// `shape` as the channel file has it: l small letters, u capitals, t the capital at a word's beginning with what
// follows.
struct ChannelEdit {
  char shape = 'l';
  std::u32string printed;   // lower case
  std::u32string observed;  // as seen
  double cost = 0;          // −ln p
  double count = 0;
};

struct LearnOptions {
  int max_edit = 3;    // letters a side
  int iterations = 5;  // of Viterbi training
  double min_count = 2;
  double min_gain = 3;    // nats over the whole of the pairs
  double discount = 0.5;  // taken off each count before it becomes a probability
};

class LearntChannel {
 public:
  std::vector<ChannelEdit> edits;  // sorted by shape, printed, observed

  // The cheapest way from printed to observed; a letter that no edit explains costs kUnknown.
  double Cost(std::u32string_view observed, std::u32string_view printed) const;
  void Index();  // after `edits` changed

  static constexpr double kUnknown = 9;

 private:
  std::unordered_map<std::u32string, double> costs_;
};

class ChannelLearner {
 public:
  // Words of several tokens, without letters, or over 40 letters are not used.
  void Add(std::u32string_view observed, std::u32string_view printed, double count = 1);
  LearntChannel Learn(const LearnOptions& options) const;

 private:
  std::map<std::pair<std::u32string, std::u32string>, double> pairs_;
};

}  // namespace hoidau::print

#endif  // HOIDAU_TOOLS_PRINT_CHANNEL_LEARNER_H_
