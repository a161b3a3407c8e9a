#include "repair/candidates.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <functional>
#include <limits>

#include "text/unicode.h"

namespace hoidau {
namespace {

struct Learnt {
  const char32_t* printed;
  const char32_t* observed;
  float cost;
};
constexpr Learnt kLearnt[] = {{U"a", U"a", 0.1F},  {U"b", U"b", 0.1F}, {U"á", U"a", 0.7F}, {U"áb", U"d", 1.5F},
                              {U"b", U"aa", 2.0F}, {U"", U"b", 3.0F},  {U"á", U"", 2.5F}};

Channel SmallChannel(const Lexicon& lexicon) {
  Channel channel;
  for (const Learnt& e : kLearnt) channel.Add(Shape::kLower, e.printed, e.observed, e.cost, lexicon);
  channel.Sort();
  return channel;
}

// The cheapest way from `printed` to `observed`, tried in full; one unlearnt edit at most.
float Naive(const std::u32string& printed, const std::u32string& observed, const SearchOptions& o, std::size_t i = 0,
            std::size_t j = 0, bool unlearnt = false) {
  if (i == printed.size() && j == observed.size()) return 0;
  float best = std::numeric_limits<float>::infinity();
  for (const Learnt& e : kLearnt) {
    const std::u32string_view p(e.printed);
    const std::u32string_view q(e.observed);
    if (printed.compare(i, p.size(), p) != 0 || observed.compare(j, q.size(), q) != 0) continue;
    best = std::min(best, e.cost + Naive(printed, observed, o, i + p.size(), j + q.size(), unlearnt));
  }
  if (unlearnt) return best;
  if (i < printed.size()) best = std::min(best, o.lost_letter + Naive(printed, observed, o, i + 1, j, true));
  if (j < observed.size()) best = std::min(best, o.stray_letter + Naive(printed, observed, o, i, j + 1, true));
  if (i < printed.size() && j < observed.size())
    best = std::min(best, o.any_letter + Naive(printed, observed, o, i + 1, j + 1, true));
  return best;
}

// All strings up to four letters over a small alphabet: the search agrees with the naive distance.
TEST(CandidateSearch, AgreesWithTheNaiveDistanceOnAllShortStrings) {
  std::vector<Lexicon::Entry> entries;
  std::function<void(std::string, int)> spell = [&](std::string word, int left) {
    if (!word.empty()) entries.push_back({word, -5.0F});
    if (left == 0) return;
    for (const char* c : {"a", "b", "á"}) spell(word + c, left - 1);
  };
  spell("", 3);
  const Lexicon lexicon = Lexicon::Build(entries);
  const Channel channel = SmallChannel(lexicon);
  CandidateSearch search(lexicon);
  SearchOptions options;
  options.readings = 1000;
  options.max_steps = 1000000;
  std::function<void(std::u32string, int)> observe = [&](const std::u32string& observed, int left) {
    if (!observed.empty()) {
      const std::vector<Reading> readings = search.Find(channel, observed, Shape::kLower, options);
      float cheapest = std::numeric_limits<float>::infinity();
      for (int i = 0; i < lexicon.size(); ++i)
        cheapest = std::min(cheapest, Naive(CodePoints(lexicon.entry(i).text), observed, options));
      ASSERT_EQ(readings.empty(), cheapest == std::numeric_limits<float>::infinity());
      float found = std::numeric_limits<float>::infinity();
      for (const Reading& r : readings) found = std::min(found, r.cost);
      if (!readings.empty()) {
        EXPECT_NEAR(found, cheapest, 1e-4F) << ToUtf8(observed);
      }
      for (const Reading& r : readings) {
        ASSERT_NEAR(r.cost, Naive(CodePoints(lexicon.entry(r.entry).text), observed, options), 1e-4F)
            << ToUtf8(observed) << " → " << lexicon.entry(r.entry).text;
      }
      EXPECT_TRUE(std::is_sorted(readings.begin(), readings.end(),
                                 [](const Reading& a, const Reading& b) { return a.cost < b.cost - 1e-5F; }));
    }
    if (left == 0) return;
    for (const char32_t c : {U'a', U'b', U'd'}) observe(observed + c, left - 1);
  };
  observe(U"", 4);
}

TEST(CandidateSearch, LongStringsHaveNoReadings) {
  const Lexicon lexicon = Lexicon::Build({{"a", -1.0F}});
  CandidateSearch search(lexicon);
  EXPECT_TRUE(search.Find(SmallChannel(lexicon), std::u32string(25, U'a'), Shape::kLower, {}).empty());
  EXPECT_TRUE(search.Find(SmallChannel(lexicon), U"", Shape::kLower, {}).empty());
}

TEST(Channel, SaysWhichLineIsWrong) {
  const Lexicon lexicon = Lexicon::Build({{"a", -1.0F}});
  const std::string path = ::testing::TempDir() + "/channel_wrong.tsv";
  for (const char* line :
       {"l\ta\ta\n", "x\ta\ta\t1\n", "l\taaaa\ta\t1\n", "l\ta\ta\tnan\n", "l\ta\ta\t-1\n", "l\t\t\t1\n", "\n\tq\n"}) {
    std::ofstream(path) << "# comment\n" << line;
    const Result<Channel> channel = Channel::Load(path, lexicon);
    ASSERT_FALSE(channel.ok()) << line;
    EXPECT_EQ(channel.error().code, ErrorCode::kModel);
  }
  std::filesystem::remove(path);
  EXPECT_EQ(Channel::Load(path, lexicon).error().code, ErrorCode::kNotFound);
}

}  // namespace
}  // namespace hoidau
