#include "lm/word_judge.h"

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <string_view>
#include <utility>

#include "lm/model_format.h"

namespace hoidau {
namespace {

constexpr std::uint32_t kUnknownRow = 0, kOutsideRow = 1;
constexpr std::size_t kPlaces = 4;  // heard at once, so that the first layer is read once for them
constexpr std::size_t kMaxWidth = 1024;
constexpr std::size_t kShapes = 4;
constexpr std::size_t kColumns = 16;  // of a layer at once: their sums stay in registers

// Where the compiler can, the same code for wider registers, chosen when the program starts.
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__)
#define HOIDAU_WIDE __attribute__((target_clones("avx512f", "arch=haswell", "default")))
#else
#define HOIDAU_WIDE
#endif

// A vector of the compiler's own, cut to the registers that there are.
using Floats = float __attribute__((vector_size(kColumns * sizeof(float))));

// sums[p][j] += Σ inputs[p][i] · w[i][j] for kPlaces rows of inputs; the weights as Widen lays them.
HOIDAU_WIDE void AddProducts(const float* inputs, std::size_t input_size, const float* weights, std::size_t size,
                             float* sums) {
  for (std::size_t begin = 0; begin < size; begin += kColumns) {
    Floats sum0{};
    Floats sum1{};
    Floats sum2{};
    Floats sum3{};
    for (std::size_t i = 0; i < input_size; ++i, weights += kColumns) {
      Floats row;
      std::memcpy(&row, weights, sizeof row);
      sum0 += inputs[i] * row;
      sum1 += inputs[input_size + i] * row;
      sum2 += inputs[2 * input_size + i] * row;
      sum3 += inputs[3 * input_size + i] * row;
    }
    const Floats* const all[] = {&sum0, &sum1, &sum2, &sum3};
    for (std::size_t p = 0; p < kPlaces; ++p) {
      for (std::size_t j = 0; j < kColumns; ++j) sums[p * size + begin + j] += (*all[p])[j];
    }
  }
}

// A quantised layer as floats, kColumns columns of all its rows after each other, so that they are read as they lie.
// REQUIRES: kColumns divides size.
std::vector<float> Widen(const std::int8_t* weights, const float* scale, std::size_t rows, std::size_t size) {
  std::vector<float> wide;
  wide.reserve(rows * size);
  for (std::size_t begin = 0; begin < size; begin += kColumns) {
    for (std::size_t i = 0; i < rows; ++i) {
      for (std::size_t j = begin; j < begin + kColumns; ++j)
        wide.push_back(static_cast<float>(weights[i * size + j]) * scale[i]);
    }
  }
  return wide;
}

}  // namespace

Result<WordJudge> WordJudge::Open(const std::string& path, const NgramModel& lm) {
  Result<MappedFile> file = MappedFile::Open(path);
  if (!file) return file.error();
  const auto wrong = [&](const char* what) { return Error{ErrorCode::kModel, path + ": word judge: " + what}; };
  std::string_view rest = file->bytes();
  FileHeader header;
  if (const char* fault = lm_format::TakeHeader(rest, header)) return wrong(fault);
  if (header.reach != kReach || header.words < 2 || std::max({header.width, header.hidden, header.out}) > kMaxWidth ||
      std::min({header.width, header.hidden, header.out}) == 0 || header.hidden % kColumns != 0 ||
      header.out % kColumns != 0)
    return wrong("of another version");

  WordJudge out;
  out.width_ = header.width;
  out.hidden_ = header.hidden;
  out.out_ = header.out;
  const std::size_t words = header.words;
  lm_format::Sections sections(rest);
  const char* text = sections.Take<char>(header.word_bytes);
  const auto bytes = [&](std::size_t count) { return sections.Take<std::int8_t>(count); };
  const auto floats = [&](std::size_t count) { return sections.Take<float>(count); };
  out.input_ = bytes(words * out.width_);
  out.input_scale_ = floats(words);
  out.output_ = bytes(words * out.out_);
  out.output_scale_ = floats(words);
  out.bias_ = floats(words);
  out.shapes_ = floats(kShapes * out.width_);
  const std::size_t inputs = 2 * kReach * out.width_;
  const std::int8_t* first = bytes(inputs * out.hidden_);
  const float* first_scale = floats(inputs);
  out.first_bias_ = floats(out.hidden_);
  out.own_shape_ = floats(kShapes * out.hidden_);
  const std::int8_t* second = bytes(out.hidden_ * out.out_);
  const float* second_scale = floats(out.hidden_);
  out.second_bias_ = floats(out.out_);
  if (const char* fault = sections.Fault()) return wrong(fault);

  out.first_ = Widen(first, first_scale, inputs, out.hidden_);
  out.second_ = Widen(second, second_scale, out.hidden_, out.out_);
  out.rows_.assign(lm.vocabulary_size(), kUnknownRow);
  out.rows_[kSentenceBegin] = out.rows_[kSentenceEnd] = kOutsideRow;
  std::string_view names(text, header.word_bytes);
  for (std::uint32_t row = 0; row < words; ++row) {
    const std::size_t end = names.find('\n');
    if (end == std::string_view::npos) return wrong("words are missing");
    const WordId word = lm.Find(names.substr(0, end));
    if (word > kSentenceEnd && row > kOutsideRow) out.rows_[word] = row;
    names.remove_prefix(end + 1);
  }
  out.file_ = std::move(*file);
  return out;
}

void WordJudge::Hear(const Sentence& sentence, std::span<const std::uint32_t> places, Scratch& scratch) const {
  const std::size_t input_size = 2 * kReach * width_;
  scratch.input.resize(kPlaces * input_size);
  scratch.hidden.resize(kPlaces * hidden_);
  scratch.said.resize((places.size() + kPlaces) * out_);
  const auto size = static_cast<std::ptrdiff_t>(sentence.words.size());
  for (std::size_t begin = 0; begin < places.size(); begin += kPlaces) {
    const std::size_t count = std::min(kPlaces, places.size() - begin);
    std::fill(scratch.input.begin(), scratch.input.end(), 0.0F);
    for (std::size_t p = 0; p < kPlaces; ++p) {
      const std::uint32_t place = places[begin + std::min(p, count - 1)];
      const float* shape = own_shape_ + static_cast<std::size_t>(sentence.shapes[place]) * hidden_;
      for (std::size_t j = 0; j < hidden_; ++j) scratch.hidden[p * hidden_ + j] = first_bias_[j] + shape[j];
      if (p >= count) continue;
      float* x = &scratch.input[p * input_size];
      for (int offset = -kReach; offset <= kReach; ++offset) {
        if (offset == 0) continue;
        const std::ptrdiff_t at = static_cast<std::ptrdiff_t>(place) + offset;
        const bool outside = at < 0 || at >= size;
        const auto index = static_cast<std::size_t>(outside ? 0 : at);
        const std::uint32_t row = outside ? kOutsideRow : rows_[sentence.words[index]];
        const float* form = shapes_ + (outside ? 0 : static_cast<std::size_t>(sentence.shapes[index])) * width_;
        const std::int8_t* vector = input_ + row * width_;
        for (std::size_t i = 0; i < width_; ++i) x[i] = static_cast<float>(vector[i]) * input_scale_[row] + form[i];
        x += width_;
      }
    }
    AddProducts(scratch.input.data(), input_size, first_.data(), hidden_, scratch.hidden.data());
    for (float& h : scratch.hidden) h = std::max(h, 0.0F);
    float* said = &scratch.said[begin * out_];
    for (std::size_t p = 0; p < kPlaces; ++p) std::copy_n(second_bias_, out_, said + p * out_);
    AddProducts(scratch.hidden.data(), hidden_, second_.data(), out_, said);
  }
}

float WordJudge::Score(const Scratch& scratch, std::size_t number, WordId word) const {
  const std::uint32_t row = word < rows_.size() ? rows_[word] : kUnknownRow;
  if (row == kUnknownRow) return 0;
  const std::int8_t* vector = output_ + row * out_;
  const float* said = &scratch.said[number * out_];
  float sum = 0;
  for (std::size_t i = 0; i < out_; ++i) sum += static_cast<float>(vector[i]) * said[i];
  return sum * output_scale_[row] + bias_[row];
}

}  // namespace hoidau
