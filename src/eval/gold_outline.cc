#include "eval/gold_outline.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "eval/text_score.h"
#include "text/unicode.h"

namespace hoidau {
namespace {

using Json = nlohmann::ordered_json;

// Lower case without white space: headings are compared so.
std::u32string Squeezed(std::string_view text) {
  std::u32string out;
  for (const char32_t c : CodePoints(ToLower(FoldTonePlacement(ToNfc(text))))) {
    if (!IsSpace(c)) out += c;
  }
  return out;
}

// The bytes of `text` that spell `prefix` but for white space and case; nothing where it does not begin so.
std::optional<std::size_t> PrefixBytes(std::string_view text, const std::u32string& prefix) {
  std::size_t at = 0, matched = 0;
  const std::string folded = ToLower(FoldTonePlacement(text));
  if (folded.size() != text.size()) return std::nullopt;
  while (matched < prefix.size() && at < folded.size()) {
    const char32_t c = DecodeAt(folded, at);
    if (IsSpace(c)) continue;
    if (c != prefix[matched++]) return std::nullopt;
  }
  return matched == prefix.size() ? std::optional(at) : std::nullopt;
}

bool IsBody(BlockKind kind) {
  return kind == BlockKind::kHeading || kind == BlockKind::kParagraph || kind == BlockKind::kBullet ||
         kind == BlockKind::kTableRow;
}

Block Slice(const Block& block, std::size_t begin, std::size_t end) {
  Block out = block;
  out.text = block.text.substr(begin, end - begin);
  out.back.assign(block.back.begin() + static_cast<std::ptrdiff_t>(begin),
                  block.back.begin() + static_cast<std::ptrdiff_t>(end));
  out.span = block.At(begin, end);
  out.back.push_back(out.span.end);
  return out;
}

// A heading and the text it runs on into, as one paragraph again.
Block Joined(const Block& heading, const Block& text) {
  Block out = heading;
  out.text += " " + text.text;
  out.back.pop_back();
  out.back.push_back(heading.span.end);
  out.back.insert(out.back.end(), text.back.begin(), text.back.end());
  out.span.end = text.span.end;
  return out;
}

std::vector<Block> WholeParagraphs(const std::vector<Block>& blocks) {
  std::vector<Block> out;
  for (const Block& block : blocks) {
    const bool runs_on = !out.empty() && out.back().kind == BlockKind::kHeading &&
                         block.kind == BlockKind::kParagraph && out.back().first_line == block.first_line &&
                         out.back().last_line == block.last_line;
    if (runs_on)
      out.back() = Joined(out.back(), block);
    else
      out.push_back(block);
  }
  return out;
}

class Builder {
 public:
  explicit Builder(const Outline& read) : blocks_(WholeParagraphs(read.blocks)) { out_.issues = read.issues; }

  Outline Run(const Json& sections) {
    AddNodes(sections, -1);
    FindHeadings();
    EmitBlocks();
    for (const Block& block : out_.blocks) {
      for (int n = block.section; n >= 0; n = out_.nodes[static_cast<std::size_t>(n)].parent) {
        OutlineNode& node = out_.nodes[static_cast<std::size_t>(n)];
        node.span.end = std::max(node.span.end, block.span.end);
      }
    }
    return std::move(out_);
  }

 private:
  void AddNodes(const Json& sections, int parent) {
    for (const Json& s : sections) {
      OutlineNode node{
          .id = s.at("id").get<std::string>(),
          .label = s.value("label", ""),
          .title = s.at("title").is_string() ? OptionalString(s.at("title").get<std::string>()) : std::nullopt,
          .role = s.at("role").get<std::string>(),
          .level = s.value("level", 1),
          .parent = parent,
          .span = {},
          .block = -1};
      out_.nodes.push_back(std::move(node));
      const int index = static_cast<int>(out_.nodes.size()) - 1;
      if (s.contains("children")) AddNodes(s.at("children"), index);
    }
  }

  // The bytes of the label at the head of the block's text, 0 where segmentation took it off; nothing for another
  // label.
  static std::optional<std::size_t> LabelBytes(const Block& block, const std::string& label) {
    const std::u32string wanted = Squeezed(label);
    if (Squeezed(block.label) == wanted) return 0;
    if (!block.label.empty() || wanted.empty()) return std::nullopt;
    return PrefixBytes(block.text, wanted);
  }

  void FindHeadings() {
    node_of_.assign(blocks_.size(), -1);
    std::size_t next = 0;
    for (std::size_t n = 0; n < out_.nodes.size(); ++n) {
      for (std::size_t i = next; i < blocks_.size(); ++i) {
        if (!IsBody(blocks_[i].kind)) continue;
        const std::optional<std::size_t> label = LabelBytes(blocks_[i], out_.nodes[n].label);
        if (!label) continue;
        const std::string_view rest = std::string_view(blocks_[i].text).substr(*label);
        if (out_.nodes[n].title && !PrefixBytes(rest, Squeezed(*out_.nodes[n].title))) continue;
        node_of_[i] = static_cast<int>(n);
        next = i + 1;
        break;
      }
    }
  }

  void EmitBlocks() {
    int section = -1;
    for (std::size_t i = 0; i < blocks_.size(); ++i) {
      Block block = blocks_[i];
      if (block.kind == BlockKind::kRecipients || block.kind == BlockKind::kSignature) section = -1;
      if (node_of_[i] >= 0) {
        section = node_of_[i];
        EmitHeading(std::move(block), section);
        continue;
      }
      if (block.kind == BlockKind::kHeading) {
        const bool bullet = block.label == "-" || block.label == "+" || block.label == "*";
        block.kind = bullet ? BlockKind::kBullet : BlockKind::kParagraph;
      }
      block.section = IsBody(block.kind) ? section : -1;
      for (Block& cell : block.cells) cell.section = block.section;
      out_.blocks.push_back(std::move(block));
    }
  }

  void EmitHeading(Block block, int section) {
    OutlineNode& node = out_.nodes[static_cast<std::size_t>(section)];
    node.block = static_cast<int>(out_.blocks.size());
    node.span = block.span;
    std::size_t begin = *LabelBytes(block, node.label);
    while (begin < block.text.size() && block.text[begin] == ' ') ++begin;
    block = Slice(block, begin, block.text.size());
    block.label = node.label;
    block.section = section;
    if (!node.title) {
      block.kind = BlockKind::kParagraph;
      out_.blocks.push_back(std::move(block));
      return;
    }
    std::size_t end = *PrefixBytes(block.text, Squeezed(*node.title));
    while (end < block.text.size() && std::string_view(": .").find(block.text[end]) != std::string_view::npos) ++end;
    Block heading = Slice(block, 0, end);
    heading.kind = BlockKind::kHeading;
    out_.blocks.push_back(std::move(heading));
    if (end < block.text.size()) {
      Block text = Slice(block, end, block.text.size());
      text.kind = BlockKind::kParagraph;
      out_.blocks.push_back(std::move(text));
    }
  }

  std::vector<Block> blocks_;
  std::vector<int> node_of_;  // of each block: the section that it heads
  Outline out_;
};

}  // namespace

Result<Outline> GoldOutline(const Outline& read, std::string_view gold_json) {
  try {
    const Json gold = Json::parse(gold_json);
    return Builder(read).Run(gold.at("sections"));
  } catch (const Json::exception& e) {
    return Error{ErrorCode::kBadInput, std::string("gold record: ") + e.what()};
  }
}

}  // namespace hoidau
