#include "model_writer.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <utility>

#include "lm/model_format.h"

namespace hoidau {
namespace {

using lm_format::kBookSize;

// Values as indices into a book of centres.
struct Quantised {
  std::vector<float> book;
  std::vector<std::uint8_t> codes;
};

std::uint8_t NearestCode(const std::vector<float>& centres, float value) {
  const auto above = std::lower_bound(centres.begin(), centres.end(), value);
  if (above == centres.begin()) return 0;
  if (above == centres.end()) return static_cast<std::uint8_t>(centres.size() - 1);
  const auto nearest = value - *(above - 1) < *above - value ? above - 1 : above;
  return static_cast<std::uint8_t>(nearest - centres.begin());
}

// At most `size` centres, rising: the values themselves where they are few, otherwise bins of equal mass moved to the
// least squared error (Lloyd 1982).
std::vector<float> Centres(std::vector<float> values, std::size_t size) {
  std::sort(values.begin(), values.end());
  std::vector<float> distinct = values;
  distinct.erase(std::unique(distinct.begin(), distinct.end()), distinct.end());
  if (distinct.size() <= size) return distinct;
  std::vector<double> sums(values.size() + 1, 0);
  for (std::size_t i = 0; i < values.size(); ++i) sums[i + 1] = sums[i] + values[i];
  std::vector<std::size_t> bounds(size + 1);  // bin k is [bounds[k], bounds[k + 1])
  for (std::size_t k = 0; k <= size; ++k) bounds[k] = values.size() * k / size;
  std::vector<float> centres;
  for (int round = 0; round < 30; ++round) {
    centres.clear();
    for (std::size_t k = 0; k < size; ++k) {
      if (bounds[k] == bounds[k + 1]) continue;
      centres.push_back(
          static_cast<float>((sums[bounds[k + 1]] - sums[bounds[k]]) / static_cast<double>(bounds[k + 1] - bounds[k])));
    }
    centres.erase(std::unique(centres.begin(), centres.end()), centres.end());
    size = centres.size();
    bounds.assign(size + 1, 0);
    for (std::size_t k = 1; k < size; ++k) {
      const float middle = (centres[k - 1] + centres[k]) / 2;
      bounds[k] = static_cast<std::size_t>(std::lower_bound(values.begin(), values.end(), middle) - values.begin());
    }
    bounds[size] = values.size();
  }
  return centres;
}

Quantised Quantise(const std::vector<float>& values) {
  Quantised q;
  q.book = Centres(values, kBookSize);
  q.codes.reserve(values.size());
  for (const float v : values) q.codes.push_back(NearestCode(q.book, v));
  q.book.resize(kBookSize, 0);
  return q;
}

class FileBuilder {
 public:
  template <typename T>
  void Add(const T* values, std::size_t count) {
    bytes_.append(reinterpret_cast<const char*>(values), count * sizeof(T));
    bytes_.resize((bytes_.size() + 7) / 8 * 8, '\0');
  }
  template <typename T>
  void Add(const std::vector<T>& values) {
    Add(values.data(), values.size());
  }
  std::string Take() { return std::move(bytes_); }

 private:
  std::string bytes_;
};

void AddLinks(const std::vector<std::uint32_t>& child_end, FileBuilder& file) {
  const std::size_t parents = child_end.size();
  const std::size_t children = parents == 0 ? 0 : child_end.back();
  std::vector<std::uint64_t> bits(lm_format::LinkWords(parents, children), 0);
  std::vector<std::uint32_t> samples;
  for (std::size_t i = 0; i <= parents; ++i) {
    const std::size_t at = (i == 0 ? 0 : child_end[i - 1]) + i;
    bits[at / 64] |= std::uint64_t{1} << (at % 64);
    if (i % lm_format::kSelectStep == 0) samples.push_back(static_cast<std::uint32_t>(at));
  }
  file.Add(bits);
  file.Add(samples);
}

std::vector<float> Logs(const BackoffLevel& level) {
  std::vector<float> out;
  for (const float p : level.probability) out.push_back(p > 0 ? std::log(p) : -99.0F);  // <s> is never predicted
  return out;
}

// Natural logarithms of the back-off weights of a level's nodes, from what their children's probabilities leave. Of the
// probabilities before quantisation: where a context is almost certain of its word, the rounded ones may leave nothing.
std::vector<float> BackoffLogs(const BackoffLevel& level, const BackoffLevel& above) {
  std::vector<float> out(level.keys.size(), 0);
  std::size_t i = 0;
  for (std::size_t h = 0; h < out.size(); ++h) {
    double left = 1;
    double left_below = 1;
    const bool has_children = i < level.child_end[h];
    for (; i < level.child_end[h]; ++i) {
      left -= above.probability[i];
      left_below -= level.probability[above.suffix[i]];
    }
    if (has_children) out[h] = static_cast<float>(std::log(std::max(left, 1e-6) / std::max(left_below, 1e-6)));
  }
  return out;
}

}  // namespace

std::string ModelBytes(const BackoffModel& model) {
  const std::size_t order = model.levels.size();
  FileBuilder file;
  std::vector<std::uint32_t> token_begin = {0};
  std::string tokens;
  for (const std::string& t : model.tokens) {
    tokens += t;
    token_begin.push_back(static_cast<std::uint32_t>(tokens.size()));
  }
  file.Add(token_begin);
  file.Add(tokens.data(), tokens.size());
  file.Add(Logs(model.levels[0]));
  file.Add(BackoffLogs(model.levels[0], model.levels[1]));
  std::vector<std::uint32_t> unigram_child = {0};
  unigram_child.insert(unigram_child.end(), model.levels[0].child_end.begin(), model.levels[0].child_end.end());
  file.Add(unigram_child);
  for (std::size_t n = 2; n <= order; ++n) {
    const BackoffLevel& level = model.levels[n - 1];
    const Quantised logs = Quantise(Logs(level));
    Quantised backs;
    file.Add(logs.book);
    if (n < order) {
      const std::vector<float> all = BackoffLogs(level, model.levels[n]);
      std::vector<float> inner;  // of nodes with children; the others have code 0
      for (std::size_t i = 0; i < all.size(); ++i) {
        if (level.child_end[i] > (i == 0 ? 0 : level.child_end[i - 1])) inner.push_back(all[i]);
      }
      const std::vector<float> centres = Centres(std::move(inner), kBookSize - 1);
      backs.book.push_back(0);
      backs.book.insert(backs.book.end(), centres.begin(), centres.end());
      backs.book.resize(kBookSize, 0);
      for (std::size_t i = 0; i < all.size(); ++i) {
        const bool inner_node = level.child_end[i] > (i == 0 ? 0 : level.child_end[i - 1]);
        backs.codes.push_back(inner_node ? static_cast<std::uint8_t>(NearestCode(centres, all[i]) + 1)
                                         : std::uint8_t{0});
      }
      file.Add(backs.book);
    }
    std::vector<std::uint16_t> words;
    for (const std::uint64_t key : level.keys) words.push_back(static_cast<std::uint16_t>(key));
    file.Add(words);
    file.Add(logs.codes);
    if (n < order) {
      file.Add(backs.codes);
      AddLinks(level.child_end, file);
    }
  }

  const std::string body = file.Take();
  lm_format::FileHeader header;
  header.order = static_cast<std::uint32_t>(order);
  for (std::size_t n = 1; n <= order; ++n)
    header.counts[n - 1] = static_cast<std::uint32_t>(model.levels[n - 1].keys.size());
  header.bytes = sizeof header + body.size();
  std::string bytes(sizeof header, '\0');
  std::memcpy(bytes.data(), &header, sizeof header);
  header.checksum = lm_format::Checksum(
      body, lm_format::Checksum(std::string_view(bytes).substr(0, offsetof(lm_format::FileHeader, checksum))));
  std::memcpy(bytes.data(), &header, sizeof header);
  return bytes + body;
}

}  // namespace hoidau
