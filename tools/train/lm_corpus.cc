#include "lm_corpus.h"

#include <zstd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <memory>
#include <unordered_map>
#include <unordered_set>

#include "lm/ngram_model.h"
#include "lm/vocabulary.h"
#include "text/syllable.h"
#include "text/tokenizer.h"
#include "text/unicode.h"

namespace hoidau {
namespace {

// Cuts a stream of pieces into lines.
class LineCutter {
 public:
  explicit LineCutter(const std::function<void(std::string_view)>& line) : line_(line) {}
  void Add(std::string_view piece) {
    for (std::size_t end = piece.find('\n'); end != std::string_view::npos; end = piece.find('\n')) {
      rest_.append(piece.substr(0, end));
      line_(rest_);
      rest_.clear();
      piece.remove_prefix(end + 1);
    }
    rest_.append(piece);
  }
  void Finish() {
    if (!rest_.empty()) line_(rest_);
  }

 private:
  const std::function<void(std::string_view)>& line_;
  std::string rest_;
};

std::string DomainOf(const std::string& path) {
  const std::string name = std::filesystem::path(path).filename().string();
  const std::size_t end = name.find("__");
  return end == std::string::npos ? "text" : name.substr(0, end);
}

struct StringHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view s) const { return std::hash<std::string_view>{}(s); }
};

// Numbers every token in the order of its first coming; the model's ids are given when all have been counted.
class TokenCounter {
 public:
  std::uint32_t IndexOf(std::string_view raw) {
    auto it = by_raw_.find(raw);
    if (it == by_raw_.end()) {
      const std::string token = LmWord(raw);
      const auto [known, fresh] = by_token_.try_emplace(token, static_cast<std::uint32_t>(tokens_.size()));
      if (fresh) {
        tokens_.push_back(token);
        counts_.push_back(0);
      }
      it = by_raw_.emplace(raw, known->second).first;
    }
    return it->second;
  }
  void Count(std::uint32_t token) { ++counts_[token]; }

  // The vocabulary, commonest first, and the id of each token in it (kUnknownWord: not in it).
  std::vector<std::string> Cut(const CorpusOptions& options, std::vector<std::uint16_t>& id_of) const {
    std::vector<std::uint32_t> kept;
    for (std::uint32_t t = 0; t < tokens_.size(); ++t) {
      const bool is_class = tokens_[t].front() == '<' && tokens_[t].size() > 1;
      const bool syllable = is_class || IsSyllable(tokens_[t]);
      if (counts_[t] >= (syllable ? options.min_syllable_count : options.min_word_count)) kept.push_back(t);
    }
    std::sort(kept.begin(), kept.end(), [&](std::uint32_t a, std::uint32_t b) {
      return counts_[a] != counts_[b] ? counts_[a] > counts_[b] : tokens_[a] < tokens_[b];
    });
    std::vector<std::string> vocabulary = {"<unk>", "<s>", "</s>"};
    kept.resize(std::min(kept.size(), options.max_words - vocabulary.size()));
    id_of.assign(tokens_.size(), static_cast<std::uint16_t>(kUnknownWord));
    for (const std::uint32_t t : kept) {
      id_of[t] = static_cast<std::uint16_t>(vocabulary.size());
      vocabulary.push_back(tokens_[t]);
    }
    return vocabulary;
  }

 private:
  std::unordered_map<std::string, std::uint32_t, StringHash, std::equal_to<>> by_raw_;
  std::unordered_map<std::string, std::uint32_t> by_token_;
  std::vector<std::string> tokens_;
  std::vector<std::uint64_t> counts_;
};

enum class FirstLetter : std::uint8_t { kNone, kSmall, kCapital };

// How a word within a sentence begins; kNone at its beginning, for signs, and for words all in capitals.
FirstLetter FirstLetterOf(const std::vector<Word>& words, std::size_t i, std::string_view line) {
  if (i == 0 || words[i].kind != WordKind::kWord) return FirstLetter::kNone;
  if (words[i - 1].kind != WordKind::kWord && words[i - 1].span.In(line) != ",") return FirstLetter::kNone;
  std::size_t at = words[i].span.begin;
  if (IsLower(DecodeAt(line, at))) return FirstLetter::kSmall;
  return at < words[i].span.end && IsLower(DecodeAt(line, at)) ? FirstLetter::kCapital : FirstLetter::kNone;
}

std::uint64_t HashOf(const std::vector<std::uint32_t>& tokens) {
  std::uint64_t h = tokens.size();
  for (const std::uint32_t t : tokens) {
    h = (h ^ t) * 0x9E3779B97F4A7C15U;
    h ^= h >> 32;
  }
  return h;
}

std::uint64_t HashOf(std::string_view file_name, std::uint64_t block, std::uint64_t seed) {
  std::uint64_t h = 0xCBF29CE484222325U ^ seed;  // FNV-1a, then the finalizer of splitmix64
  for (const char c : file_name) h = (h ^ static_cast<unsigned char>(c)) * 0x100000001B3U;
  h += block * 0x9E3779B97F4A7C15U;
  h = (h ^ (h >> 30)) * 0xBF58476D1CE4E5B9U;
  h = (h ^ (h >> 27)) * 0x94D049BB133111EBU;
  return h ^ (h >> 31);
}

enum class Part : std::uint8_t { kTrained, kLeftOut, kHeldOut };

// Calls line(text, part).
template <typename Line>
Status ForEachLineOfPart(const std::string& path, const CorpusOptions& options, const Line& line) {
  const std::string name = std::filesystem::path(path).filename().string();
  std::uint64_t number = 0;
  Part part = Part::kTrained;
  return ForEachLine(path, [&](std::string_view text) {
    if (number % kHeldOutBlockLines == 0) {
      const std::uint64_t block = number / kHeldOutBlockLines;
      part = IsHeldOut(name, block, options.seed)                                      ? Part::kHeldOut
             : options.folds > 1 && FoldOf(name, block, options.folds) == options.fold ? Part::kLeftOut
                                                                                       : Part::kTrained;
    }
    ++number;
    line(text, part);
  });
}

// Lines, a file a domain.
class DomainFiles {
 public:
  explicit DomainFiles(std::string dir) : dir_(std::move(dir)) {}
  void Add(const std::string& domain, std::string_view line) {
    if (dir_.empty()) return;
    std::ofstream& file = files_[domain];
    if (!file.is_open()) file.open(std::filesystem::path(dir_) / (domain + ".txt"));
    file << line << '\n';
  }
  Status Close() {
    for (auto& [domain, file] : files_) {
      file.close();
      if (!file) return Error{ErrorCode::kIo, dir_ + ": cannot write " + domain + ".txt"};
    }
    return Done{};
  }

 private:
  std::string dir_;
  std::map<std::string, std::ofstream> files_;
};

}  // namespace

bool IsHeldOut(std::string_view file_name, std::uint64_t block, std::uint64_t seed) {
  return HashOf(file_name, block, seed) % 100 == 0;
}

int FoldOf(std::string_view file_name, std::uint64_t block, int folds) {
  return static_cast<int>(HashOf(file_name, block, 0x666F6C64) % static_cast<std::uint64_t>(folds));
}

Status ForEachLine(const std::string& path, const std::function<void(std::string_view)>& line) {
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::fopen(path.c_str(), "rb"), std::fclose);
  if (!file) return Error{ErrorCode::kNotFound, path + ": cannot open: " + std::strerror(errno)};
  LineCutter cutter(line);
  std::vector<char> in(1 << 17);
  std::vector<char> out(1 << 20);
  const bool compressed = path.ends_with(".zst");
  const std::unique_ptr<ZSTD_DStream, std::size_t (*)(ZSTD_DStream*)> zstd(ZSTD_createDStream(), ZSTD_freeDStream);
  std::size_t open_frame = 0;
  while (const std::size_t n = std::fread(in.data(), 1, in.size(), file.get())) {
    if (!compressed) {
      cutter.Add({in.data(), n});
      continue;
    }
    ZSTD_inBuffer from{in.data(), n, 0};
    while (from.pos < from.size) {
      ZSTD_outBuffer to{out.data(), out.size(), 0};
      open_frame = ZSTD_decompressStream(zstd.get(), &to, &from);
      if (ZSTD_isError(open_frame) != 0)
        return Error{ErrorCode::kBadInput, path + ": " + ZSTD_getErrorName(open_frame)};
      cutter.Add({out.data(), to.pos});
    }
  }
  if (std::ferror(file.get()) != 0 || open_frame != 0) return Error{ErrorCode::kBadInput, path + ": cut short"};
  cutter.Finish();
  return Done{};
}

Status ReadCorpus(const std::vector<std::string>& paths, const CorpusOptions& options, LmCorpus& corpus) {
  constexpr std::uint32_t kLineEnd = ~std::uint32_t{0};
  TokenCounter counter;
  std::vector<std::uint32_t> line_tokens;
  std::vector<Word> words;
  const auto tokens_of = [&](std::string_view line) -> const std::vector<std::uint32_t>& {
    line_tokens.clear();
    words = SplitWords(line);
    for (const Word& w : words) line_tokens.push_back(counter.IndexOf(w.span.In(line)));
    return line_tokens;
  };

  // First what is held or left out: what stands in it must not be learnt from a copy elsewhere.
  std::unordered_set<std::uint64_t> seen;
  for (const Part part : {Part::kHeldOut, Part::kLeftOut}) {
    DomainFiles files(part == Part::kHeldOut ? options.heldout_dir : options.fold_dir);
    for (const std::string& path : paths) {
      const Status read = ForEachLineOfPart(path, options, [&](std::string_view line, Part of) {
        if (of != part) return;
        const bool fresh = seen.insert(HashOf(tokens_of(line))).second;
        if (fresh || part == Part::kHeldOut) files.Add(DomainOf(path), line);
      });
      if (!read) return read;
    }
    const Status closed = files.Close();
    if (!closed) return closed;
    if (options.folds < 2) break;
  }

  std::map<std::string, std::vector<std::uint32_t>> streams;
  std::map<std::string, std::vector<std::array<std::uint32_t, 2>>> capitals;  // by domain and token
  for (const std::string& path : paths) {
    std::vector<std::uint32_t>& stream = streams[DomainOf(path)];
    std::vector<std::array<std::uint32_t, 2>>& of_domain = capitals[DomainOf(path)];
    const Status read = ForEachLineOfPart(path, options, [&](std::string_view line, Part part) {
      if (part != Part::kTrained || tokens_of(line).empty() || !seen.insert(HashOf(line_tokens)).second) return;
      for (const std::uint32_t t : line_tokens) counter.Count(t);
      stream.insert(stream.end(), line_tokens.begin(), line_tokens.end());
      stream.push_back(kLineEnd);
      for (std::size_t i = 0; i < words.size(); ++i) {
        const FirstLetter first = FirstLetterOf(words, i, line);
        if (first == FirstLetter::kNone) continue;
        if (line_tokens[i] >= of_domain.size()) of_domain.resize(2 * line_tokens[i] + 1);
        ++of_domain[line_tokens[i]][first == FirstLetter::kCapital ? 1 : 0];
      }
    });
    if (!read) return read;
  }

  std::vector<std::uint16_t> id_of;
  corpus.tokens = counter.Cut(options, id_of);
  for (auto& [domain, stream] : streams) {
    std::vector<std::uint16_t>& ids = corpus.domains[domain];
    ids.reserve(stream.size() + 1);
    bool begin = true;
    for (const std::uint32_t t : stream) {
      if (begin) ids.push_back(kSentenceBegin);
      begin = t == kLineEnd;
      ids.push_back(begin ? static_cast<std::uint16_t>(kSentenceEnd) : id_of[t]);
    }
    stream = {};
  }
  for (const auto& [domain, of_token] : capitals) {
    std::vector<std::array<std::uint32_t, 2>>& of_id = corpus.capitals[domain];
    of_id.resize(corpus.tokens.size());
    for (std::size_t t = 0; t < std::min(of_token.size(), id_of.size()); ++t) {
      for (const std::size_t k : {0, 1}) of_id[id_of[t]][k] += of_token[t][k];
    }
  }
  return Done{};
}

}  // namespace hoidau
