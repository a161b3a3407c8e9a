#include "emit/markdown.h"

#include <algorithm>
#include <cctype>
#include <cstddef>
#include <string_view>
#include <vector>

#include "text/unicode.h"

namespace hoidau {
namespace {

constexpr int kDeepestHeading = 6;

// Inside a line: signs that mean something anywhere.
std::string Escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (std::string_view("\\`*_[]<>|~&").find(c) != std::string_view::npos) out += '\\';
    out += c;
  }
  return out;
}

// At the beginning of a line: also what would begin a list, a heading or a rule.
std::string EscapedLine(std::string_view text) {
  const std::string inner = Escaped(text);
  if (inner.empty()) return inner;
  if (std::string_view("#+-=").find(inner[0]) != std::string_view::npos) return "\\" + inner;
  std::size_t digits = 0;
  while (digits < inner.size() && std::isdigit(static_cast<unsigned char>(inner[digits])) != 0) ++digits;
  if (digits > 0 && digits < inner.size() && (inner[digits] == '.' || inner[digits] == ')')) {
    return inner.substr(0, digits) + "\\" + inner.substr(digits);
  }
  return inner;
}

std::string Labelled(const Block& block) {
  return block.label.empty() || block.text.empty() ? block.label + block.text : block.label + " " + block.text;
}

// How blocks of a kind follow each other: as paragraphs, as lines of one paragraph, or as rows.
enum class Flow { kParagraphs, kLines, kList, kTable };

Flow FlowOf(const Block& block) {
  switch (block.kind) {
    case BlockKind::kHead:
    case BlockKind::kSignature:
      return Flow::kLines;
    case BlockKind::kBullet:
      return Flow::kList;
    case BlockKind::kRecipients:
      return block.label.empty() ? Flow::kParagraphs : Flow::kList;
    case BlockKind::kTableRow:
      return Flow::kTable;
    default:
      return Flow::kParagraphs;
  }
}

class Writer {
 public:
  Writer(const DocumentText& text, const Outline& outline)
      : text_(text), outline_(outline), covered_(text.lines.size(), false) {
    for (const Block& block : outline.blocks) {
      for (int line = std::max(block.first_line, 0); line <= block.last_line; ++line) {
        if (static_cast<std::size_t>(line) < covered_.size()) covered_[static_cast<std::size_t>(line)] = true;
      }
    }
  }

  std::string Write() {
    for (std::size_t i = 0; i < outline_.blocks.size(); ++i) {
      const Block& block = outline_.blocks[i];
      if (block.kind == BlockKind::kPageHead) continue;
      AddLinesBefore(static_cast<std::size_t>(std::max(block.first_line, 0)));
      AddWordsBefore(block);
      Begin(block, i);
      Add(block);
      before_ = &block;
    }
    AddLinesBefore(covered_.size());
    if (!out_.empty()) out_ += '\n';
    return std::move(out_);
  }

 private:
  void AddParagraph(std::string_view words) {
    const std::string folded = FoldSpace(words);
    if (folded.empty()) return;
    if (!out_.empty()) out_ += "\n\n";
    out_ += EscapedLine(folded);
    before_ = nullptr;
  }

  // Lines that structure has no block for.
  void AddLinesBefore(std::size_t line) {
    for (; next_line_ < std::min(line, covered_.size()); ++next_line_) {
      if (!covered_[next_line_]) AddParagraph(text_.lines[next_line_].span.In(text_.text));
    }
  }

  // "Kính gửi:" on the line of the first addressee, "Nơi nhận:" before the first recipient.
  void AddWordsBefore(const Block& block) {
    if (block.kind != BlockKind::kAddressee && block.kind != BlockKind::kRecipients) return;
    const auto line = static_cast<std::size_t>(block.first_line);
    if (block.first_line < 0 || line >= text_.lines.size() || last_cut_ == block.first_line) return;
    last_cut_ = block.first_line;
    const ByteSpan span = text_.lines[line].span;
    if (block.span.begin <= span.begin || block.span.begin > span.end) return;
    const std::string_view words = ByteSpan{span.begin, block.span.begin}.In(text_.text);
    if (words.find(':') != std::string_view::npos) AddParagraph(words.substr(0, words.rfind(':') + 1));
  }

  void Begin(const Block& block, std::size_t index) {
    const Flow flow = FlowOf(block);
    const bool goes_on = before_ != nullptr && before_->kind == block.kind && FlowOf(*before_) == flow &&
                         flow != Flow::kParagraphs && (flow != Flow::kTable || !block.header_row);
    if (!out_.empty()) out_ += goes_on ? (flow == Flow::kLines ? "\\\n" : "\n") : "\n\n";
    if (flow == Flow::kTable && !goes_on) BeginTable(index);
  }

  // As many columns as the widest row has; without a name where the document's head row could not be cut into cells.
  void BeginTable(std::size_t index) {
    columns_ = 1;
    for (std::size_t i = index; i < outline_.blocks.size(); ++i) {
      const Block& row = outline_.blocks[i];
      if (row.kind == BlockKind::kPageHead) continue;
      if (row.kind != BlockKind::kTableRow || (i > index && row.header_row)) break;
      columns_ = std::max(columns_, row.cells.size());
    }
    const Block& first = outline_.blocks[index];
    if (first.header_row && !first.cells.empty()) return;
    if (first.header_row) out_ += "**" + Escaped(first.text) + "**\n\n";
    Row({});
    out_ += '\n';
    Rule();
    if (!first.header_row) out_ += '\n';
  }

  void Row(const std::vector<Block>& cells) {
    out_ += '|';
    for (std::size_t i = 0; i < columns_; ++i)
      out_ += " " + (i < cells.size() ? Escaped(Labelled(cells[i])) : "") + " |";
  }

  void Rule() {
    out_ += '|';
    for (std::size_t i = 0; i < columns_; ++i) out_ += " --- |";
  }

  void Add(const Block& block) {
    switch (block.kind) {
      case BlockKind::kTitle:
        out_ += titled_ ? "**" + Escaped(Labelled(block)) + "**" : "# " + Escaped(Labelled(block));
        titled_ = true;
        break;
      case BlockKind::kHeading: {
        const auto section = static_cast<std::size_t>(block.section);
        const int level = block.section >= 0 && section < outline_.nodes.size() ? outline_.nodes[section].level : 1;
        out_ += std::string(static_cast<std::size_t>(std::min(level + 1, kDeepestHeading)), '#') + " " +
                Escaped(Labelled(block));
        break;
      }
      case BlockKind::kTableRow:
        if (!block.header_row) {
          Row(block.cells.empty() ? std::vector<Block>{block} : block.cells);
        } else if (!block.cells.empty()) {
          Row(block.cells);
          out_ += '\n';
          Rule();
        }
        break;
      default:
        if (FlowOf(block) == Flow::kList) {
          // "+" stands below "-".
          out_ += (block.label == "+" ? "  - " : "- ") + EscapedLine(block.text);
        } else {
          out_ += EscapedLine(Labelled(block));
        }
    }
  }

  const DocumentText& text_;
  const Outline& outline_;
  std::vector<bool> covered_;  // by line of the text
  std::string out_;
  const Block* before_ = nullptr;  // nullptr: nothing that the next one could go on from
  std::size_t next_line_ = 0;
  int last_cut_ = -1;
  std::size_t columns_ = 1;
  bool titled_ = false;
};

}  // namespace

std::string ToMarkdown(const DocumentText& text, const Outline& outline) { return Writer(text, outline).Write(); }

}  // namespace hoidau
