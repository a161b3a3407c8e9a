#include "repair/channel.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "base/files.h"
#include "text/tokenizer.h"
#include "text/unicode.h"

namespace hoidau {

std::uint64_t Channel::Key(std::u32string_view observed) {
  std::uint64_t key = observed.size();
  for (const char32_t c : observed) key = key << 20 | (c & 0xFFFFF);
  return key;
}

void Channel::Add(Shape shape, std::u32string_view printed, std::u32string_view observed, float cost,
                  const Lexicon& lexicon) {
  Edge edge;
  for (const char32_t c : printed) {
    edge.letters[edge.length++] = lexicon.LetterId(c);
    if (lexicon.LetterId(c) == 0) return;
  }
  edge.cost = cost;
  edges_[static_cast<std::size_t>(shape)][Key(observed)].push_back(edge);
}

void Channel::Sort() {
  for (auto& table : edges_) {
    for (auto& [key, edges] : table) {
      std::stable_sort(edges.begin(), edges.end(), [](const Edge& a, const Edge& b) { return a.cost < b.cost; });
    }
  }
}

std::span<const Channel::Edge> Channel::Edges(Shape shape, std::uint64_t key) const {
  const auto& table = edges_[static_cast<std::size_t>(shape)];
  const auto it = table.find(key);
  return it == table.end() ? std::span<const Edge>{} : std::span<const Edge>(it->second);
}

Result<std::vector<ChannelLine>> ReadChannel(const std::string& path) {
  Result<MappedFile> file = MappedFile::Open(path);
  if (!file) return file.error();
  std::vector<ChannelLine> lines;
  int number = 0;
  for (const ByteSpan line_span : SplitLines(file->bytes())) {
    const std::string_view line = line_span.In(file->bytes());
    ++number;
    if (line.empty() || line[0] == '#') continue;
    std::array<std::string_view, 4> fields;
    std::string_view rest = line;
    bool complete = true;
    for (std::size_t i = 0; i < 4; ++i) {
      const std::size_t tab = i < 3 ? rest.find('\t') : rest.size();
      complete = complete && tab != std::string_view::npos;
      if (!complete) break;
      fields[i] = rest.substr(0, tab);
      rest.remove_prefix(std::min(tab + 1, rest.size()));
    }
    const std::size_t shape = fields[0].size() == 1 ? std::string_view("lut").find(fields[0]) : std::string_view::npos;
    const std::u32string printed = CodePoints(fields[1]);
    const std::u32string observed = CodePoints(fields[2]);
    float cost = 0;
    const auto parsed = std::from_chars(fields[3].data(), fields[3].data() + fields[3].size(), cost);
    if (!complete || shape == std::string_view::npos || printed.size() > Channel::kMaxPiece ||
        observed.size() > Channel::kMaxPiece || printed.size() + observed.size() == 0 || parsed.ec != std::errc() ||
        !std::isfinite(cost) || cost < 0) {
      return Error{ErrorCode::kModel,
                   path + ":" + std::to_string(number) + ": expected shape, printed, observed, cost"};
    }
    lines.push_back({static_cast<Shape>(shape), printed, observed, cost});
  }
  return lines;
}

Result<Channel> Channel::Load(const std::string& path, const Lexicon& lexicon) {
  const Result<std::vector<ChannelLine>> lines = ReadChannel(path);
  if (!lines) return lines.error();
  Channel channel;
  for (const ChannelLine& l : *lines) channel.Add(l.shape, l.printed, l.observed, l.cost, lexicon);
  channel.Sort();
  return channel;
}

}  // namespace hoidau
