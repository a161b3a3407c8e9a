// hoidau-judge-data: what a language model makes of text that it has not seen and whose marks are gone, or that a Latin
// engine read: the places that it leaves in doubt are what the word judge learns from (lm/word_judge.h).
//
//   hoidau-judge-data --models fold0 --words words.txt --out fold0/data --share news=0.8 -- fold0/text/*.txt
//
// The folder of models holds recovery.lm, lexicon.tsv and channel/latin.tsv; words.txt numbers the words of the output,
// one a line (the first three <unk>, <s>, </s>).
// Output, an entry a word, little-endian; between two lines stand 8 entries of </s>:
//   OUT.readings u16[8]   likeliest first        OUT.posteriors u16[8]   of 65535; 0: no more
//   OUT.truth    u16                             OUT.shape      u8       WordJudge::Shape
#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <exception>
#include <filesystem>
#include <fstream>
#include <map>
#include <string>
#include <unordered_map>
#include <vector>

#include "lm/vocabulary.h"
#include "lm/word_judge.h"
#include "lm_corpus.h"
#include "repair/candidates.h"
#include "repair/damage_maker.h"
#include "repair/lattice.h"
#include "repair/lexicon.h"
#include "repair/word_form.h"
#include "text/syllable.h"
#include "text/tokenizer.h"
#include "text/unicode.h"

namespace {

using hoidau::Arc;
using hoidau::Shape;
using hoidau::WordId;

constexpr std::size_t kReadings = 8;
constexpr float kRuledOut = 1e-3F;               // a reading less likely is none
constexpr float kChannelWeight = 0.85F;          // as recovery has it
constexpr std::size_t kFewest = 3, kMost = 500;  // words of a line
constexpr std::size_t kMaxCache = 300'000;

// A number in [0, 1) for each line, the same in every run.
double Draw(std::uint64_t& state) {
  state += 0x9E3779B97F4A7C15U;
  std::uint64_t h = state;
  h = (h ^ (h >> 30)) * 0xBF58476D1CE4E5B9U;
  h = (h ^ (h >> 27)) * 0x94D049BB133111EBU;
  return static_cast<double>((h ^ (h >> 31)) >> 11) * 0x1.0p-53;
}

class DataWriter {
 public:
  explicit DataWriter(const std::string& out) {
    const auto open = [&](std::ofstream& file, const char* what) { file.open(out + what, std::ios::binary); };
    open(readings_, ".readings");
    open(posteriors_, ".posteriors");
    open(truth_, ".truth");
    open(shape_, ".shape");
    EndLine();
  }
  void Add(const std::array<std::uint16_t, kReadings>& readings, const std::array<std::uint16_t, kReadings>& posteriors,
           std::uint16_t truth, hoidau::WordJudge::Shape shape) {
    Put(readings_, readings);
    Put(posteriors_, posteriors);
    Put(truth_, truth);
    Put(shape_, shape);
  }
  void EndLine() {
    for (int i = 0; i < hoidau::WordJudge::kReach; ++i)
      Add({hoidau::kSentenceEnd}, {65535}, hoidau::kSentenceEnd, hoidau::WordJudge::Shape::kNoWord);
  }
  bool Close() {
    bool good = true;
    for (std::ofstream* file : {&readings_, &posteriors_, &truth_, &shape_}) {
      file->close();
      good = good && !file->fail();
    }
    return good;
  }

 private:
  template <typename T>
  static void Put(std::ofstream& file, const T& value) {
    file.write(reinterpret_cast<const char*>(&value), sizeof value);
  }
  std::ofstream readings_, posteriors_, truth_, shape_;
};

class DataMaker {
 public:
  DataMaker(const hoidau::NgramModel& lm, const hoidau::Lexicon& lexicon, const hoidau::Channel& channel,
            const hoidau::DamageMaker& damage, const std::vector<std::string>& words)
      : lm_(lm), lexicon_(lexicon), channel_(channel), damage_(damage), search_(lexicon) {
    for (int e = 0; e < lexicon.size(); ++e) entry_words_.push_back(lm.Find(lexicon.entry(e).text));
    numbers_.assign(lm.vocabulary_size(), 0);
    for (std::size_t n = 0; n < words.size(); ++n) {
      const WordId word = lm.Find(words[n]);
      if (word != hoidau::kUnknownWord) numbers_[word] = static_cast<std::uint16_t>(n);
    }
  }

  void Add(std::string_view raw_line, bool latin, std::uint64_t seed, DataWriter& writer) {
    const std::string line = hoidau::ToNfc(raw_line);
    const std::vector<hoidau::Word> words = hoidau::SplitWords(line);
    if (words.size() < kFewest || words.size() > kMost) return;
    lattice_.arcs.clear();
    lattice_.places = static_cast<std::uint32_t>(words.size() + 1);
    for (std::uint32_t i = 0; i < words.size(); ++i) AddReadings(words[i], line, i, latin, seed + i);
    hoidau::DecodeLattice(lattice_, {&lm_}, {.beam = latin ? 16 : 12}, scratch_, result_);
    std::size_t a = 0;
    for (std::uint32_t i = 0; i < words.size(); ++i) {
      std::map<WordId, float> sums;
      for (; a < lattice_.arcs.size() && lattice_.arcs[a].from == i; ++a)
        sums[lattice_.arcs[a].words[0]] += result_.posterior[a];
      std::vector<std::pair<float, WordId>> best;
      for (const auto& [word, posterior] : sums) best.emplace_back(-std::min(1.0F, posterior), word);
      std::sort(best.begin(), best.end());
      while (best.size() > 1 && (best.size() > kReadings || -best.back().first < kRuledOut)) best.pop_back();
      std::array<std::uint16_t, kReadings> readings{};
      std::array<std::uint16_t, kReadings> posteriors{};
      for (std::size_t k = 0; k < best.size(); ++k) {
        readings[k] = numbers_[best[k].second];
        posteriors[k] = static_cast<std::uint16_t>(std::max(1L, std::lround(-best[k].first * 65535)));
      }
      const std::string_view word = words[i].span.In(line);
      writer.Add(readings, posteriors, numbers_[lm_.Find(hoidau::LmWord(word))],
                 hoidau::JudgeShape(hoidau::CodePoints(word)));
    }
    writer.EndLine();
  }

 private:
  void AddReadings(const hoidau::Word& word, const std::string& line, std::uint32_t at, bool latin,
                   std::uint64_t seed) {
    const std::string_view text = word.span.In(line);
    const auto add = [&](WordId id, float cost) {
      Arc arc;
      arc.from = at;
      arc.to = at + 1;
      arc.cost = cost;
      arc.words[0] = id;
      arc.word_count = 1;
      lattice_.arcs.push_back(arc);
    };
    const std::size_t before = lattice_.arcs.size();
    if (word.kind == hoidau::WordKind::kWord && latin) {
      const std::u32string seen = hoidau::CodePoints(damage_.Damage(text, seed));
      if (cache_.size() > kMaxCache) cache_.clear();
      const auto [it, fresh] = cache_.try_emplace(seen);
      if (fresh) it->second = search_.Find(channel_, seen, hoidau::ShapeOf(seen, false), {});
      for (const hoidau::Reading& r : it->second)
        add(entry_words_[static_cast<std::size_t>(r.entry)], r.cost * kChannelWeight);
    } else if (word.kind == hoidau::WordKind::kWord) {
      for (const int e : lexicon_.Stripped(hoidau::StripMarks(hoidau::ToLower(text))))
        add(entry_words_[static_cast<std::size_t>(e)], 0);
    }
    if (lattice_.arcs.size() == before) add(lm_.Find(hoidau::LmWord(text)), 0);
  }

  const hoidau::NgramModel& lm_;
  const hoidau::Lexicon& lexicon_;
  const hoidau::Channel& channel_;
  const hoidau::DamageMaker& damage_;
  hoidau::CandidateSearch search_;
  std::vector<WordId> entry_words_;
  std::vector<std::uint16_t> numbers_;  // of the output, by the model's word
  std::unordered_map<std::u32string, std::vector<hoidau::Reading>> cache_;
  hoidau::Lattice lattice_;
  hoidau::DecodeScratch scratch_;
  hoidau::DecodeResult result_;
};

int MakeData(int argc, char** argv) {
  CLI::App app("Writes what a language model leaves in doubt, for the training of the word judge.");
  std::string models;
  std::string words_path;
  std::string out;
  std::vector<std::string> paths;
  double latin_share = 0.3;
  std::map<std::string, double> shares;
  app.add_option("files", paths, "text that the model has not seen, one paragraph a line, DOMAIN.txt")->required();
  app.add_option("--models", models, "folder of recovery.lm, lexicon.tsv, channel/latin.tsv")->required();
  app.add_option("--words", words_path, "numbers of words")->required();
  app.add_option("--out", out, "what the names of the output begin with")->required();
  app.add_option("--latin", latin_share, "share of the lines that are read by a Latin engine; the rest is stripped")
      ->capture_default_str();
  app.add_option_function<std::vector<std::string>>(
      "--share",
      [&](const std::vector<std::string>& values) {
        for (const std::string& v : values) {
          const std::size_t eq = v.find('=');
          if (eq == std::string::npos) throw CLI::ValidationError("--share", "write DOMAIN=NUMBER");
          shares[v.substr(0, eq)] = std::stod(v.substr(eq + 1));
        }
      },
      "share of a domain's lines that is used, DOMAIN=NUMBER");
  CLI11_PARSE(app, argc, argv);

  const auto fail = [](const std::string& message) {
    std::fprintf(stderr, "hoidau-judge-data: %s\n", message.c_str());
    return 1;
  };
  const auto lm = hoidau::NgramModel::Open(models + "/recovery.lm");
  if (!lm) return fail(lm.error().message);
  const auto lexicon = hoidau::Lexicon::Load(models + "/lexicon.tsv");
  if (!lexicon) return fail(lexicon.error().message);
  const auto channel = hoidau::Channel::Load(models + "/channel/latin.tsv", *lexicon);
  if (!channel) return fail(channel.error().message);
  const auto damage = hoidau::DamageMaker::Load(models + "/channel/latin.tsv");
  if (!damage) return fail(damage.error().message);
  std::vector<std::string> words;
  const hoidau::Status read_words =
      hoidau::ForEachLine(words_path, [&](std::string_view word) { words.emplace_back(word); });
  if (!read_words) return fail(read_words.error().message);

  DataMaker maker(*lm, *lexicon, *channel, *damage, words);
  DataWriter writer(out);
  std::uint64_t random = 1;
  for (const std::string& path : paths) {
    const auto share = shares.find(std::filesystem::path(path).stem().string());
    const hoidau::Status read = hoidau::ForEachLine(path, [&](std::string_view line) {
      const bool used = share == shares.end() || Draw(random) < share->second;
      const bool latin = Draw(random) < latin_share;
      if (used) maker.Add(line, latin, random, writer);
    });
    if (!read) return fail(read.error().message);
  }
  return writer.Close() ? 0 : fail(out + ": cannot write");
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return MakeData(argc, argv);
  } catch (const std::exception& e) {
    std::fprintf(stderr, "hoidau-judge-data: %s\n", e.what());
    return 1;
  }
}
