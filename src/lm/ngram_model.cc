#include "lm/ngram_model.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <functional>
#include <utility>
#include <vector>

#include "lm/model_format.h"

namespace hoidau {
namespace {

using lm_format::FileHeader;

// Takes sections off the front of the file. After the first that does not fit, every section is null.
class SectionReader {
 public:
  explicit SectionReader(std::string_view bytes) : bytes_(bytes) {}

  template <typename T>
  const T* Take(std::uint64_t count) {
    const std::uint64_t size = count * sizeof(T);
    const std::uint64_t padded = (size + 7) / 8 * 8;
    if (!ok_ || padded > bytes_.size()) {
      ok_ = false;
      return nullptr;
    }
    const auto* section = reinterpret_cast<const T*>(bytes_.data());
    bytes_.remove_prefix(padded);
    return section;
  }
  bool ok() const { return ok_; }
  bool at_end() const { return bytes_.empty(); }

 private:
  std::string_view bytes_;
  bool ok_ = true;
};

struct Range {
  std::uint32_t begin;
  std::uint32_t end;
};

// Where each parent's children stand on the next level; see model_format.h.
struct Links {
  const std::uint64_t* bits = nullptr;
  const std::uint32_t* samples = nullptr;
  std::uint64_t parents = 0;
  std::uint64_t children = 0;

  static Links Take(SectionReader& in, std::uint64_t parents, std::uint64_t children) {
    Links l;
    l.bits = in.Take<std::uint64_t>(lm_format::LinkWords(parents, children));
    l.samples = in.Take<std::uint32_t>(lm_format::LinkSamples(parents));
    l.parents = parents;
    l.children = children;
    return l;
  }

  // Whether the samples and the number of ones are what Children relies on: afterwards no parent can lead out of
  // bounds.
  bool Consistent() const {
    std::uint64_t ones = 0;
    std::uint64_t last = 0;
    const std::uint64_t words = lm_format::LinkWords(parents, children);
    for (std::uint64_t w = 0; w < words; ++w) {
      for (std::uint64_t rest = bits[w]; rest != 0; rest &= rest - 1) {
        last = w * 64 + static_cast<std::uint64_t>(std::countr_zero(rest));
        if (ones % lm_format::kSelectStep == 0 && ones <= parents && samples[ones / lm_format::kSelectStep] != last)
          return false;
        ++ones;
      }
    }
    return ones == parents + 1 && last == parents + children;
  }

  // REQUIRES: parent < parents, Consistent().
  Range Children(std::uint32_t parent) const {
    const std::uint64_t at = samples[parent / lm_format::kSelectStep];
    std::uint64_t w = at / 64;
    std::uint64_t rest = bits[w] & (~std::uint64_t{0} << (at % 64));
    const auto next_one = [&] {
      while (rest == 0) rest = bits[++w];
      const std::uint64_t one = w * 64 + static_cast<std::uint64_t>(std::countr_zero(rest));
      rest &= rest - 1;
      return static_cast<std::uint32_t>(one);
    };
    std::uint32_t one = next_one();
    for (std::uint32_t skip = parent % lm_format::kSelectStep; skip > 0; --skip) one = next_one();
    return {one - parent, next_one() - parent - 1};
  }
};

struct Level {  // n-grams of one order above the first
  const float* log_book = nullptr;
  const float* back_book = nullptr;
  const std::uint16_t* words = nullptr;
  const std::uint8_t* logs = nullptr;
  const std::uint8_t* backs = nullptr;
  Links children;
};

bool AllFinite(const float* values, std::uint64_t count) {
  for (std::uint64_t i = 0; i < count; ++i) {
    if (!std::isfinite(values[i])) return false;
  }
  return true;
}

}  // namespace

struct NgramModel::Impl {
  MappedFile file;
  FileHeader header;
  const std::uint32_t* token_begin = nullptr;
  const char* tokens = nullptr;
  const float* unigram_log = nullptr;
  const float* unigram_back = nullptr;
  const std::uint32_t* unigram_children = nullptr;
  std::array<Level, lm_format::kMaxOrder> levels;  // levels[n - 1] holds the n-grams of order n ≥ 2
  std::vector<std::uint16_t> slots;                // open addressing over the tokens; kUnknownWord is an empty slot

  std::string_view Token(WordId w) const { return {tokens + token_begin[w], token_begin[w + 1] - token_begin[w]}; }
  std::size_t SlotOf(std::string_view token) const { return std::hash<std::string_view>{}(token) & (slots.size() - 1); }
  // Nodes of level n + 1 under a node of level n.
  Range Children(std::uint32_t n, std::uint32_t node) const {
    return n == 1 ? Range{unigram_children[node], unigram_children[node + 1]} : levels[n - 1].children.Children(node);
  }
  // An empty string, or what is wrong with the bytes.
  std::string Read(std::string_view bytes);
  void IndexTokens();
};

std::string NgramModel::Impl::Read(std::string_view bytes) {
  if (bytes.size() < sizeof header) return "too short for a header";
  std::memcpy(&header, bytes.data(), sizeof header);
  if (header.magic != lm_format::kMagic) return "no language model of hoidau";
  if (header.version != lm_format::kVersion)
    return "version " + std::to_string(header.version) + "; this program reads 1";
  if (header.bytes != bytes.size()) return "cut short or too long";
  if (header.order < 2 || header.order > lm_format::kMaxOrder) return "impossible order";
  const std::string_view body = bytes.substr(sizeof header);
  const std::string_view head = bytes.substr(0, offsetof(FileHeader, checksum));
  if (lm_format::Checksum(body, lm_format::Checksum(head)) != header.checksum) return "wrong checksum";

  const std::uint32_t vocabulary = header.counts[0];
  if (vocabulary <= kSentenceEnd || vocabulary > lm_format::kMaxWords) return "impossible vocabulary";
  SectionReader in(body);
  token_begin = in.Take<std::uint32_t>(std::uint64_t{vocabulary} + 1);
  if (!in.ok()) return "sections do not fit";
  for (WordId w = 0; w < vocabulary; ++w) {
    if (token_begin[w] > token_begin[w + 1]) return "tokens out of order";
  }
  tokens = in.Take<char>(token_begin[vocabulary]);
  unigram_log = in.Take<float>(vocabulary);
  unigram_back = in.Take<float>(vocabulary);
  unigram_children = in.Take<std::uint32_t>(std::uint64_t{vocabulary} + 1);
  for (std::uint32_t n = 2; n <= header.order; ++n) {
    Level& level = levels[n - 1];
    const std::uint64_t count = header.counts[n - 1];
    const bool last = n == header.order;
    level.log_book = in.Take<float>(lm_format::kBookSize);
    if (!last) level.back_book = in.Take<float>(lm_format::kBookSize);
    level.words = in.Take<std::uint16_t>(count);
    level.logs = in.Take<std::uint8_t>(count);
    if (!last) level.backs = in.Take<std::uint8_t>(count);
    if (!last) level.children = Links::Take(in, count, header.counts[n]);
  }
  if (!in.ok() || !in.at_end()) return "sections do not fit";

  bool sound = AllFinite(unigram_log, vocabulary) && AllFinite(unigram_back, vocabulary) &&
               std::is_sorted(unigram_children, unigram_children + vocabulary + 1) &&
               unigram_children[vocabulary] == header.counts[1];
  for (std::uint32_t n = 2; n <= header.order; ++n) {
    const Level& level = levels[n - 1];
    sound = sound && AllFinite(level.log_book, lm_format::kBookSize);
    if (n < header.order)
      sound = sound && AllFinite(level.back_book, lm_format::kBookSize) && level.children.Consistent();
  }
  return sound ? "" : "inconsistent";
}

void NgramModel::Impl::IndexTokens() {
  slots.assign(std::bit_ceil(std::size_t{header.counts[0]} * 2), static_cast<std::uint16_t>(kUnknownWord));
  for (WordId w = kUnknownWord + 1; w < header.counts[0]; ++w) {
    std::size_t slot = SlotOf(Token(w));
    while (slots[slot] != kUnknownWord) slot = (slot + 1) & (slots.size() - 1);
    slots[slot] = static_cast<std::uint16_t>(w);
  }
}

NgramModel::NgramModel(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
NgramModel::NgramModel(NgramModel&&) noexcept = default;
NgramModel& NgramModel::operator=(NgramModel&&) noexcept = default;
NgramModel::~NgramModel() = default;

Result<NgramModel> NgramModel::Open(const std::string& path) {
  Result<MappedFile> file = MappedFile::Open(path);
  if (!file) return file.error();
  auto impl = std::make_unique<Impl>();
  impl->file = std::move(*file);
  const std::string problem = impl->Read(impl->file.bytes());
  if (!problem.empty()) return Error{ErrorCode::kModel, path + ": language model: " + problem};
  impl->IndexTokens();
  return NgramModel(std::move(impl));
}

int NgramModel::order() const { return static_cast<int>(impl_->header.order); }
WordId NgramModel::vocabulary_size() const { return impl_->header.counts[0]; }
std::uint32_t NgramModel::ngrams(int n) const { return impl_->header.counts[static_cast<std::size_t>(n - 1)]; }
std::string_view NgramModel::Token(WordId word) const { return impl_->Token(word); }

WordId NgramModel::Find(std::string_view token) const {
  std::size_t slot = impl_->SlotOf(token);
  while (impl_->slots[slot] != kUnknownWord && impl_->Token(impl_->slots[slot]) != token) {
    slot = (slot + 1) & (impl_->slots.size() - 1);
  }
  return impl_->slots[slot];
}

NgramModel::State NgramModel::BeginState() const {
  State state;
  state.nodes[0] = kSentenceBegin;
  state.length = 1;
  return state;
}

NgramModel::Context NgramModel::Prepare(const State& state) const {
  const Impl& m = *impl_;
  Context context;
  context.length = state.length;
  for (std::uint32_t n = 0; n < state.length; ++n) {
    const std::uint32_t node = state.nodes[n];
    const Range range = m.Children(n + 1, node);
    context.begin[n] = range.begin;
    context.end[n] = range.end;
    context.back[n] = n == 0 ? m.unigram_back[node] : m.levels[n].back_book[m.levels[n].backs[node]];
  }
  return context;
}

// `node_of(n)` is the node of the word after the last n + 1 words of the context, or lm_format::kNotFound.
template <typename NodeOf>
float NgramModel::Score(const Context& context, WordId word, State& next, NodeOf node_of) const {
  const Impl& m = *impl_;
  next.nodes[0] = word;
  next.length = 1;
  float log = m.unigram_log[word];
  // The longest context that the word was kept after. Every n-gram's suffix is in the model: the first miss is the
  // last.
  std::uint32_t used = 0;
  for (; used < context.length; ++used) {
    const Level& level = m.levels[used + 1];
    const std::uint32_t node = node_of(used);
    if (node == lm_format::kNotFound) break;
    log = level.log_book[level.logs[node]];
    if (level.backs == nullptr) continue;  // the last level: nothing follows, the loop ends
    next.nodes[used + 1] = node;
    // Code 0 is that of nodes without children: they cannot matter for what follows.
    if (level.backs[node] != 0) next.length = used + 2;
  }
  for (std::uint32_t n = used; n < context.length; ++n) log += context.back[n];
  return log;
}

float NgramModel::Score(const Context& context, WordId word, State& next) const {
  const Impl& m = *impl_;
  if (word >= m.header.counts[0]) word = kUnknownWord;
  return Score(context, word, next, [&](std::uint32_t n) {
    return lm_format::FindWord(m.levels[n + 1].words, context.begin[n], context.end[n],
                               static_cast<std::uint16_t>(word));
  });
}

void NgramModel::Contexts::Assign(const NgramModel& model, std::span<const State* const> states) {
  entries_.clear();
  for (std::uint32_t i = 0; i < states.size(); ++i) {
    Entry& entry = entries_.emplace_back();
    entry.context = model.Prepare(*states[i]);
    for (std::uint32_t n = 0; n < states[i]->length; ++n) {
      std::uint32_t& twin = entry.twin[n];
      while (twin < i && (states[twin]->length <= n || states[twin]->nodes[n] != states[i]->nodes[n])) ++twin;
    }
  }
}

float NgramModel::Contexts::Score(const NgramModel& model, std::size_t state, WordId word, State& next) {
  const Impl& m = *model.impl_;
  if (word >= m.header.counts[0]) word = kUnknownWord;
  Entry& entry = entries_[state];
  const float log = model.Score(entry.context, word, next, [&](std::uint32_t n) {
    const Entry& twin = entries_[entry.twin[n]];
    entry.found[n] = twin.word == word ? twin.found[n]
                                       : lm_format::FindWord(m.levels[n + 1].words, entry.context.begin[n],
                                                             entry.context.end[n], static_cast<std::uint16_t>(word));
    return entry.found[n];
  });
  entry.word = word;
  return log;
}

}  // namespace hoidau
