#include "segment/segment.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "segment/labels.h"
#include "segment/rules.h"
#include "segment/series.h"
#include "segment/tables.h"
#include "text/phrases.h"
#include "text/unicode.h"

namespace hoidau {
namespace {

using Tables = SegmentRules::Tables;

// Printed width of a character in a book face, in the mean width of a small letter.
double CharWidth(char32_t c) {
  if (c < 0x80) {
    if (std::string_view("ijlftr.,;:'|!()[]/-").find(static_cast<char>(c)) != std::string_view::npos) return 0.65;
    if (c == 'm' || c == 'w') return 1.6;
    if (c == 'M' || c == 'W') return 1.9;
    if (c == ' ') return 0.55;
  }
  return IsUpper(c) ? 1.45 : 1.0;
}

double TextWidth(std::string_view text) {
  double width = 0;
  for (std::size_t at = 0; at < text.size();) width += CharWidth(DecodeAt(text, at));
  return width;
}

bool EndsSentence(std::string_view text) {
  while (!text.empty()) {
    // A closing quote or bracket may follow the stop.
    if (text.ends_with("”"))
      text.remove_suffix(std::string_view("”").size());
    else if (text.back() == '"' || text.back() == ')' || text.back() == ' ')
      text.remove_suffix(1);
    else
      break;
  }
  return !text.empty() && std::string_view(".;:!?").find(text.back()) != std::string_view::npos;
}

bool BeginsCapital(const PrintedLine& line) {
  for (const KeyWord& word : line.words) {
    if (word.kind == WordKind::kSign) continue;
    return word.capital || word.kind == WordKind::kNumber;
  }
  return false;
}

bool BeginsSmall(const PrintedLine& line) {
  for (const KeyWord& word : line.words) {
    if (word.kind == WordKind::kSign) {
      if (word.key == "(" || word.key == "“" || word.key == "\"") continue;
      return word.key == "," || word.key == ";" || word.key == ")" || word.key == "/";
    }
    return word.kind == WordKind::kWord && !word.capital;
  }
  return false;
}

bool AllCaps(const std::vector<KeyWord>& words) {
  std::size_t letters = 0;
  for (const KeyWord& word : words) {
    if (word.kind != WordKind::kWord) continue;
    if (!word.all_caps) return false;
    letters += word.key.size();
  }
  return letters >= 2;
}

// Two to six capitalised words and nothing else: a person's name.
bool LooksLikeName(const std::vector<KeyWord>& words) {
  if (words.size() < 2 || words.size() > 8) return false;
  return std::ranges::all_of(words, [](const KeyWord& w) {  // "H'Duyên", "Ksor-Hnhan"
    return (w.kind == WordKind::kWord && w.capital) || w.key == "'" || w.key == "’" || w.key == "-";
  });
}

class Segmenter {
 public:
  Segmenter(const DocumentText& document, const Tables& rules) : document_(document), rules_(rules) {}

  Outline Run() {
    ReadLines();
    MarkPageHeads();
    ReadLabels();
    body_end_ = lines_.size();
    Measure();
    const std::size_t head_end = SegmentHead();
    const std::size_t tail = FindTail(head_end);
    SegmentBody(head_end, tail);
    const std::size_t rest = SegmentTail(tail);
    if (rest < lines_.size()) {  // appendices
      series_.Clear();
      SegmentBody(rest, lines_.size());
    }
    CloseSections();
    SettleRoles();
    SettleRoadmaps();
    SettleProgrammes();
    return std::move(outline_);
  }

 private:
  // --- Lines ----------------------------------------------------------------------------------------------------

  void ReadLines() {
    bool blank = false;
    for (std::size_t i = 0; i < document_.lines.size(); ++i) {
      const DocumentText::TextLine& source = document_.lines[i];
      if (ReadPipeRow(i, blank)) continue;
      ByteSpan span = WithoutSpace(source.span);
      TrimStrokes(span);
      if (span.empty()) {
        blank = true;
        continue;
      }
      AddLine(i, span, blank, source.cell);
      blank = false;
    }
  }

  ByteSpan WithoutSpace(ByteSpan span) const {
    const std::string_view whole(document_.text);
    while (!span.empty()) {
      std::size_t next = span.begin;
      if (!IsSpace(DecodeAt(whole, next))) break;
      span.begin = static_cast<std::uint32_t>(next);
    }
    while (!span.empty()) {
      std::size_t last = span.end - 1;
      while (last > span.begin && (static_cast<unsigned char>(whole[last]) & 0xC0) == 0x80) --last;
      std::size_t next = last;
      if (!IsSpace(DecodeAt(whole, next))) break;
      span.end = static_cast<std::uint32_t>(last);
    }
    return span;
  }

  void AddLine(std::size_t i, ByteSpan span, bool blank_before, const std::optional<CellPlace>& cell) {
    const DocumentText::TextLine& source = document_.lines[i];
    PrintedLine line{
        .index = static_cast<int>(i), .page = source.page, .span = span, .text = span.In(document_.text), .words = {}};
    line.words = KeyWords(line.text);
    rules_.landmarks.Mend(line.words, 0, {.least_words = 2, .marks_only = true, .any_first = true});
    MendUnits(line.words);
    line.width = TextWidth(line.text);
    line.left = source.box.left;
    line.right = source.box.right;
    line.blank_before = blank_before;
    line.bold = source.style.bold;
    line.cell = cell;
    const bool any = std::ranges::any_of(line.words, [](const KeyWord& w) { return w.kind != WordKind::kSign; });
    if (any) {
      lines_.push_back(std::move(line));
    } else {
      noise_.push_back(span);
    }
  }

  // "| 1 | Mua quà | Đoàn Thanh niên xã | 15/9 |", a row of a table as Markdown has it: its cells are lines of a ruled
  // table. The row of dashes below the head is noise. False where the line is no such row.
  bool ReadPipeRow(std::size_t i, bool& blank) {
    const ByteSpan span = WithoutSpace(document_.lines[i].span);
    const std::string_view text = span.In(document_.text);
    if (document_.lines[i].cell || !text.starts_with('|') || std::ranges::count(text, '|') < 3) return false;
    if (pipe_line_ < 0 || static_cast<std::size_t>(pipe_line_) + 1 != i) {
      ++pipe_table_;
      pipe_row_ = 0;
    }
    pipe_line_ = static_cast<int>(i);
    if (text.find_first_not_of("|-: ") == std::string_view::npos) {
      noise_.push_back(span);
      return true;
    }
    int column = 0;
    for (std::size_t begin = 1; begin < text.size(); ++column) {
      const std::size_t end = std::min(text.find('|', begin), text.size());
      const ByteSpan cell =
          WithoutSpace({span.begin + static_cast<std::uint32_t>(begin), span.begin + static_cast<std::uint32_t>(end)});
      if (!cell.empty()) AddLine(i, cell, blank, CellPlace{.table = pipe_table_, .row = pipe_row_, .column = column});
      blank = false;
      begin = end + 1;
    }
    ++pipe_row_;
    return true;
  }

  // Takes rules, frames and strokes of the pen, "_ |", "—|", off the ends of a line.
  void TrimStrokes(ByteSpan& span) const {
    const auto stroke = [](std::string_view token) {
      bool any = false;
      for (std::size_t at = 0; at < token.size();) {
        const char32_t c = DecodeAt(token, at);
        if (std::u32string_view(U"_|¦~=`").find(c) != std::u32string_view::npos)
          any = true;
        else if (std::u32string_view(U"—–-.,:'‘’“”").find(c) == std::u32string_view::npos)
          return false;
      }
      return any;
    };
    while (!span.empty()) {
      const std::string_view line = span.In(document_.text);
      const std::size_t last = line.rfind(' ');
      if (last == std::string_view::npos) return;
      if (!stroke(line.substr(last + 1))) break;
      span.end = span.begin + static_cast<std::uint32_t>(last);
    }
    while (!span.empty()) {
      const std::string_view line = span.In(document_.text);
      const std::size_t first = line.find(' ');
      if (first == std::string_view::npos || line[0] == '~' || line[0] == '=' || !stroke(line.substr(0, first))) return;
      span.begin += static_cast<std::uint32_t>(first + 1);
    }
  }

  // Names of units that were misread in a letter are known by their other words.
  void MendUnits(std::vector<KeyWord>& words) const {
    for (std::size_t i = 0; i < words.size(); ++i) {
      if (words[i].capital) rules_.unit_heads.Mend(words, i, {});
    }
  }

  std::vector<KeyWord> TitleWords(const std::string& title) const {
    std::vector<KeyWord> words = KeyWords(title);
    rules_.heading_roles.Mend(words, 0, {.least_words = 2, .marks_only = true, .any_first = true});
    MendUnits(words);
    return words;
  }

  // The number a line consists of: "3", "- 3 -", "Trang 3/7", "3/7"; 0 for any other line.
  static int PageNumber(const PrintedLine& line) {
    int number = 0, numbers = 0;
    for (const KeyWord& word : line.words) {
      if (word.kind == WordKind::kNumber && word.key.size() <= 3) {
        if (numbers++ == 0) number = std::stoi(word.key);
      } else if (word.kind == WordKind::kWord && word.key != "trang") {
        return 0;
      } else if (word.kind == WordKind::kSign && word.key != "-" && word.key != "/" && word.key != ".") {
        return 0;
      }
    }
    return numbers >= 1 && numbers <= 2 ? number : 0;
  }

  void MarkPageHeads() {
    std::map<std::string, int> edge_texts;  // running heads: the same words at the edge of three pages or more
    std::vector<std::size_t> edges;
    for (std::size_t i = 0; i < lines_.size(); ++i) {
      const bool first = i == 0 || lines_[i - 1].page != lines_[i].page;
      const bool last = i + 1 == lines_.size() || lines_[i + 1].page != lines_[i].page;
      if (!first && !last) continue;
      edges.push_back(i);
      std::string key;
      for (const KeyWord& word : lines_[i].words) {
        if (word.kind == WordKind::kWord) key += word.key + " ";
      }
      if (!key.empty()) ++edge_texts[key];
      // The offset allows for a cover sheet; a number that is far from its page is a row of a table.
      const int number = PageNumber(lines_[i]);
      if (number > 0 && std::abs(number - lines_[i].page) <= 1 && (lines_[i].page > 1 || last))
        lines_[i].page_head = true;
    }
    for (const std::size_t i : edges) {
      std::string key;
      for (const KeyWord& word : lines_[i].words) {
        if (word.kind == WordKind::kWord) key += word.key + " ";
      }
      if (!key.empty() && key.size() > 8 && edge_texts[key] >= 3 && lines_[i].page > 1) lines_[i].page_head = true;
    }
  }

  void Measure() {
    std::vector<double> widths, rights, lefts;
    std::size_t blanks = 0;
    for (const PrintedLine& line : lines_) {
      if (line.page_head) continue;
      widths.push_back(line.width);
      blanks += line.blank_before;
      if (line.right > line.left) {
        rights.push_back(line.right);
        lefts.push_back(line.left);
      }
    }
    const auto percentile = [](std::vector<double>& values, double p) {
      if (values.empty()) return 0.0;
      const auto at = values.begin() + static_cast<std::ptrdiff_t>(p * static_cast<double>(values.size() - 1));
      std::ranges::nth_element(values, at);
      return *at;
    };
    // Tables fill a document with narrow lines: only the wider ones tell the width of the text.
    const double widest = percentile(widths, 0.98);
    std::erase_if(widths, [&](double width) { return width < 0.6 * widest; });
    full_width_ = percentile(widths, 0.9);
    body_right_ = percentile(rights, 0.85);
    body_left_ = percentile(lefts, 0.3);
    const double share = widths.empty() ? 0 : static_cast<double>(blanks) / static_cast<double>(widths.size());
    blanks_tell_ = share > 0.04 && share < 0.6;
    std::size_t wide = 0, ended = 0;
    for (const PrintedLine& line : lines_) {
      if (line.width < 60) continue;
      ++wide;
      ended += EndsSentence(line.text);
    }
    unwrapped_ = wide >= 4 && ended * 10 >= wide * 7;
  }

  // Whether the first word of `next` had room at the end of `line`: then the line was ended on purpose.
  // `share`: of the full width that counts as room, below 1 for the estimate's error.
  bool HasRoom(const PrintedLine& line, const PrintedLine& next, bool first = false, double share = 0.95) const {
    const std::size_t space = next.text.find(' ');
    const double word = TextWidth(next.text.substr(0, space)) + CharWidth(U' ');
    if (line.right > line.left && body_right_ > 0) {
      const double unit = (line.right - line.left) / std::max(1.0, line.width);
      return line.right + word * unit < body_right_ - unit;
    }
    return line.width + word + (first ? 4 : 0) < full_width_ * share;  // the indent of a first line
  }

  // "… gọi về trực ban. Đơn vị thực hiện:", "… để bổ sung. (Chủ trì:": the line ends in a key whose value follows.
  bool EndsInKey(const PrintedLine& line) const {
    const std::vector<KeyWord>& words = line.words;
    if (words.size() < 4 || words.back().key != ":") return false;
    constexpr std::size_t kLongest = 6;  // words of a key
    for (std::size_t i = std::max<std::size_t>(words.size(), kLongest + 2) - kLongest - 1; i + 1 < words.size(); ++i) {
      if (i == 0 || (words[i - 1].key != "." && words[i - 1].key != "(" && words[i - 1].key != ";")) continue;
      const auto key = rules_.column_heads.Longest(words, i);
      if (key && i + key->words + 1 == words.size()) return true;
    }
    return false;
  }

  // Whether `next` begins a paragraph after `line`, neither of them labelled. `first`: `line` begins its own.
  bool EndsParagraph(const PrintedLine& line, const PrintedLine& next, bool first, bool labelled = false) const {
    if (BeginsSmall(next) || EndsInKey(line)) return false;
    const bool sentence = EndsSentence(line.text);
    if (line.text.ends_with("./.") || (unwrapped_ && sentence)) return true;
    if (!line.words.empty()) {
      const std::string& last = line.words.back().key;
      const bool title = AllCaps(line.words) && !AllCaps(next.words) && !sentence;
      const bool sign = last == "," || last == "-" || last == "(" || last == "/";
      if (!title && (sign || rules_.open_ends.contains(last)) && !(last == "nghị" && sentence)) return false;
    }
    if (line.words.size() >= 3 && AllCaps(line.words) && !AllCaps(next.words) && !sentence) return true;
    // Without a stop a nearly full line rather goes on with a name than ends.
    if (HasRoom(line, next, first) && (sentence || line.width < full_width_ * 0.8)) return true;
    if (blanks_tell_ && next.blank_before && line.page == next.page && (sentence || line.width < full_width_ * 0.9))
      return true;
    if (!sentence) return false;
    // A sentence that ends where the next word would just have fitted; "Phòng Văn hóa - Xã hội:" on a line of its own.
    if (BeginsCapital(next) &&
        (HasRoom(line, next, first, 1.0) || (next.text.ends_with(':') && next.width < 0.6 * full_width_)))
      return true;
    if (next.left > 0 && body_left_ > 0 && line.page == next.page) {
      const double unit = (next.right - next.left) / std::max(1.0, next.width);
      if (next.left > body_left_ + 2 * unit) return true;
    }
    // Within a bullet a list behind a colon goes on: "… Phân công: Công an xã chủ trì; / Điện lực … phối hợp."
    const bool listed = labelled && line.text.find(": ") != std::string_view::npos;
    return (line.text.back() == ';' && !listed) || line.text.back() == ':';
  }

  std::optional<Landmark> At(const PrintedLine& line, std::size_t word = 0) const {
    const auto match = rules_.landmarks.Longest(line.words, word);
    return match ? std::optional(static_cast<Landmark>(match->value)) : std::nullopt;
  }

  // "Bước 1: Khảo sát", "Giai đoạn 2 (từ ngày …)" at the head of a line.
  std::optional<LabelText> StageLabel(const PrintedLine& line) const {
    const std::vector<KeyWord>& words = line.words;
    if (words.empty() || !words[0].capital) return std::nullopt;
    const Stage stage = ReadStage(words);
    if (stage.last == 0 || stage.number == 0) return std::nullopt;
    const std::size_t end = words[stage.last - 1].span.end;
    std::size_t text = end;
    if (stage.last < words.size()) {
      const KeyWord& sign = words[stage.last];
      if (sign.key != ":" && sign.key != "." && sign.key != "-" && sign.key != "(") return std::nullopt;
      if (sign.key != "(") text = sign.span.end;
      while (text < line.text.size() && line.text[text] == ' ') ++text;
    }
    std::string label(line.text.substr(0, end));
    return LabelText{
        .size = text, .label = label, .readings = {{LabelKind::kStage, {stage.word, stage.number}, false, label}}};
  }

  // "Bước 1: Văn phòng soạn danh mục, trình Chủ tịch ký.": sentences with nothing under them, up to the next step.
  bool IsWholeStep(std::size_t i, int word) const {
    std::size_t last = i;
    for (std::size_t k = i + 1; k < body_end_; ++k) {
      if (lines_[k].page_head) continue;
      if (ReadLabel(lines_[k].text)) return false;
      if (const auto stage = StageLabel(lines_[k]); stage && stage->readings.front().path.front() == word)
        return lines_[last].text.ends_with('.') || lines_[last].text.ends_with(';');
      last = k;
    }
    return false;
  }

  // A stage is a heading where bullets stand under it or the next of its series follows; elsewhere it may open a
  // paragraph.
  bool HeadsPart(const LabelText& stage, std::size_t i) const {
    const auto place = series_.Fit(stage, Ahead(i));
    if (!place || place->doubt > 0.4) return false;
    const std::vector<int>& own = place->reading.path;
    if (own.back() > 1) return true;
    for (const LabelReading& next : Ahead(i)) {
      if (series_.HasKind(next.kind, place->keep)) break;
      if (next.kind == LabelKind::kStage && next.path.front() == own.front())
        return next.path.back() == 2 && !IsWholeStep(i, own.front());
    }
    constexpr std::size_t kLongestTitle = 4;  // lines
    for (std::size_t k = i + 1; k < std::min(lines_.size(), i + kLongestTitle); ++k) {
      if (EndsSentence(lines_[k - 1].text) && !lines_[k - 1].text.ends_with(':')) return false;
      const auto label = ReadLabel(lines_[k].text);
      if (label) return label->readings.front().kind == LabelKind::kBullet;
    }
    return false;
  }

  // A heading in capitals whose Roman number repeats the last or leaves one out: strokes were lost or gained, "I." for
  // II, "VI." for V. Not where the number that is expected stands further on.
  void ExpectNext(LabelText& label, std::size_t i) const {
    const int last = series_.Last(LabelKind::kRoman);
    if (last == 0 || !InCapitals(lines_[i], label.size)) return;
    const auto place = series_.Fit(label, Ahead(i));
    if (place && place->doubt < 1) return;
    const int strokes = StrokesFromRoman(label.label, last + 1);
    if (strokes > 2 || (strokes == 2 && label.label.find_first_of("Vv") != std::string::npos)) return;
    for (const LabelReading& next : Ahead(i)) {
      if (next.kind != LabelKind::kRoman) continue;
      if (next.path.back() == last + 1) return;
      break;
    }
    label.readings.insert(label.readings.begin(), {LabelKind::kRoman, {last + 1}, true, {}});
  }

  // "TỪ QUAN ĐIỂM" for "I. QUAN ĐIỂM": a known heading in capitals behind a scrap, where the series lacks one number.
  std::optional<LabelText> LostLabel(std::size_t i) const {
    const PrintedLine& line = lines_[i];
    const std::vector<KeyWord>& words = line.words;
    if (words.size() < 3 || words[0].key.size() > 4 || !AllCaps(words)) return std::nullopt;
    const std::size_t first = words[1].kind == WordKind::kSign ? 2 : 1;
    const auto known = rules_.heading_roles.Longest(words, first);
    if (!known || first + known->words != words.size() || rules_.heading_roles.Longest(words, 0)) return std::nullopt;
    const int expected = series_.Last(LabelKind::kRoman) + 1;
    const auto ahead = Ahead(i);
    const auto next = std::ranges::find(ahead, LabelKind::kRoman, &LabelReading::kind);
    if (next == ahead.end() || next->path.back() != expected + 1) return std::nullopt;
    LabelText label{
        .size = words[first].span.begin, .label = std::string(line.text.substr(0, words[0].span.end)), .readings = {}};
    label.readings.push_back({LabelKind::kRoman, {expected}, true, {}});
    return label;
  }

  static bool InCapitals(const PrintedLine& line, std::size_t from) {
    std::vector<KeyWord> rest;
    for (const KeyWord& word : line.words) {
      if (word.span.begin >= from) rest.push_back(word);
    }
    return rest.size() >= 2 && AllCaps(rest);
  }

  // The labels behind line i, first readings, as far as a series may reach.
  std::span<const LabelReading> Ahead(std::size_t i) const {
    constexpr std::size_t kFarthest = 300;  // labels
    const auto behind = std::ranges::upper_bound(label_lines_, i);
    const auto last = std::ranges::lower_bound(label_lines_, body_end_);
    if (behind >= last) return {};
    const auto count = std::min(kFarthest, static_cast<std::size_t>(last - behind));
    return std::span(label_readings_).subspan(static_cast<std::size_t>(behind - label_lines_.begin()), count);
  }

  // A line that may be a heading of the first rank: what stands where its number should.
  struct HeadLine {
    std::size_t line = 0;
    std::size_t text = 0;  // byte where the heading begins
    std::string label;
    HeadCandidate candidate;
    bool slash_in_letter = false;  // "U" for "I/", "VU" for "VI/"
  };
  std::optional<HeadLine> ReadHeadLine(std::size_t i, Numbering numbering) const {
    const PrintedLine& line = lines_[i];
    constexpr std::string_view kStrokes = "IVXLHTJlYUDN1|!vx";
    constexpr std::size_t kLongestRun = 6;  // bytes
    if (line.page_head || line.cell) return std::nullopt;
    std::size_t end = 0;
    while (end < line.text.size() && std::string_view(" .,:;)/-").find(line.text[end]) == std::string_view::npos) ++end;
    if (end == 0 || end > kLongestRun || end == line.text.size()) return std::nullopt;
    HeadLine head{.line = i, .text = end, .label = {}, .candidate = {.run = std::string(line.text.substr(0, end))}};
    std::string& run = head.candidate.run;
    head.candidate.closed = line.text[end] != ' ' || (end + 2 < line.text.size() && line.text[end + 2] == ' ' &&
                                                      std::string_view(".-").find(line.text[end + 1]) < 2);
    // "VH-XH", "V/v" are words.
    const bool touches = end + 1 < line.text.size() && line.text[end + 1] != ' ';
    if (touches && line.text[end] != ' ' && line.text[end] != '.' && line.text[end] != ')') return std::nullopt;
    while (head.text < line.text.size() && std::string_view(" .,:;)/-").find(line.text[head.text]) < 8) ++head.text;
    std::size_t at = head.text;
    if (at >= line.text.size() || !IsUpper(DecodeAt(line.text, at))) return std::nullopt;
    head.candidate.capitals = InCapitals(line, head.text);
    head.label =
        run + (head.candidate.closed ? std::string(1, line.text[end] == ' ' ? line.text[end + 1] : line.text[end])
                                     : std::string());
    if (numbering == Numbering::kRoman) {
      if (!head.candidate.closed && head.candidate.capitals && run.ends_with('U')) {
        run.back() = 'I';
        head.candidate.closed = head.slash_in_letter = true;
      }
      const bool strokes = run.find_first_not_of(kStrokes) == std::string::npos;
      const bool letters = run.find_first_of("IVXHTJYUDN") != std::string::npos;
      if (!strokes || (!letters && !head.candidate.capitals)) return std::nullopt;
      if (run.find_first_of("IVXl1|!TJ") == std::string::npos && run != "H" && run != "HI") return std::nullopt;
    } else {
      std::size_t behind = 0;
      if (!IsUpper(DecodeAt(run, behind))) return std::nullopt;
      if (behind < run.size() && !head.candidate.capitals) return std::nullopt;
      if (run.find_first_not_of("IVX") == std::string::npos) return std::nullopt;
    }
    if (!head.candidate.closed && !head.candidate.capitals) return std::nullopt;
    return head;
  }

  // Reads the headings "I.", "II." … and "A.", "B." … of the whole document as series.
  void SettleHeads() {
    std::vector<std::size_t> divisions;
    for (std::size_t i = 0; i < lines_.size(); ++i) {
      const auto label = ReadLabel(lines_[i].text);
      if (label && label->readings.front().kind <= LabelKind::kItem) divisions.push_back(i);
    }
    for (const Numbering numbering : {Numbering::kCapital, Numbering::kRoman}) {
      std::vector<HeadLine> heads;
      for (std::size_t i = 0; i < lines_.size(); ++i) {
        if (heads_.contains(i)) continue;
        if (auto head = ReadHeadLine(i, numbering)) heads.push_back(std::move(*head));
      }
      if (std::ranges::none_of(heads, [](const HeadLine& head) { return head.label.ends_with('/'); }))
        std::erase_if(heads, [](const HeadLine& head) { return head.slash_in_letter; });
      std::ranges::sort(divisions);
      std::vector<HeadCandidate> candidates;
      std::size_t before = 0;
      for (HeadLine& head : heads) {
        const auto division = std::ranges::upper_bound(divisions, before);
        head.candidate.begins_anew = division != divisions.end() && *division < head.line;
        before = head.line;
        candidates.push_back(head.candidate);
      }
      const std::vector<int> numbers = BestSeries(candidates, numbering);
      std::size_t found = 0, plain = 0;
      for (std::size_t k = 0; k < numbers.size(); ++k) {
        found += numbers[k] > 0;
        plain += numbers[k] > 0 && candidates[k].closed &&
                 candidates[k].run.find_first_of("IVXABCDEGHK") != std::string::npos;
      }
      if (found < 2 || plain < 2) continue;
      for (std::size_t k = 0; k < numbers.size(); ++k) {
        if (numbers[k] == 0) continue;
        LabelReading reading;
        if (numbering == Numbering::kRoman) {
          reading = {.kind = LabelKind::kRoman, .path = {numbers[k]}};
        } else {
          const auto letter = ReadLabel(std::string(CapitalName(numbers[k])) + ". A");
          if (!letter) continue;
          reading = letter->readings.front();
          for (const LabelReading& other : letter->readings) {
            if (other.kind == LabelKind::kCapital) reading = other;
          }
          divisions.push_back(heads[k].line);
        }
        reading.damaged =
            !candidates[k].closed || heads[k].slash_in_letter || OrdinalName(reading, "") != candidates[k].run;
        heads_[heads[k].line] = {.size = heads[k].text, .label = heads[k].label, .readings = {reading}};
      }
    }
  }

  // "1 ĐẶC ĐIỂM TÌNH HÌNH", "2 MỤC TIÊU": numbers without a sign before titles in capitals, where they count on from 1.
  void SettlePlainNumbers() {
    constexpr std::size_t kFewest = 3;                       // headings
    std::vector<std::pair<std::size_t, std::size_t>> heads;  // line, byte where its title begins
    for (std::size_t i = 0; i < lines_.size(); ++i) {
      const PrintedLine& line = lines_[i];
      if (line.page_head || line.cell || heads_.contains(i) || line.words.size() < 3 ||
          line.words[0].kind != WordKind::kNumber || line.words[0].key != std::to_string(heads.size() + 1))
        continue;
      const std::size_t title = line.words[1].span.begin;
      const bool apart = title > line.words[0].span.end && line.words[1].kind == WordKind::kWord;
      if (apart && line.words[1].all_caps && InCapitals(line, title)) heads.emplace_back(i, title);
    }
    if (heads.size() < kFewest) return;
    for (std::size_t k = 0; k < heads.size(); ++k) {
      const LabelReading reading{.kind = LabelKind::kArabic, .path = {static_cast<int>(k) + 1}};
      heads_[heads[k].first] = {.size = heads[k].second, .label = std::to_string(k + 1), .readings = {reading}};
    }
  }

  void ReadLabels() {
    SettleHeads();
    SettlePlainNumbers();
    for (std::size_t i = 0; i < lines_.size(); ++i) {
      if (lines_[i].page_head) continue;
      auto label = HeadOr(i);
      if (!label) label = StageLabel(lines_[i]);
      if (!label || label->readings.front().kind == LabelKind::kBullet) continue;
      label_lines_.push_back(i);
      label_readings_.push_back(label->readings.front());
    }
  }

  // The label of a line as the series of headings says, else as it is printed.
  std::optional<LabelText> HeadOr(std::size_t i) const {
    const auto head = heads_.find(i);
    return head != heads_.end() ? std::optional(head->second) : ReadLabel(lines_[i].text);
  }

  // The label of a line. One that lost its point counts where the next of its series is printed further on; so does one
  // in brackets, which else opens a point within a paragraph.
  std::optional<LabelText> LabelOf(std::size_t i) const {
    if (const auto head = heads_.find(i); head != heads_.end()) return head->second;
    if (auto label = ReadLabel(lines_[i].text)) {
      if (!label->bracketed) {
        ExpectNext(*label, i);
        return label;
      }
      const auto place = series_.Fit(*label, Ahead(i));
      if (!place || place->doubt > 0.4) return std::nullopt;
      const LabelReading& own = place->reading;
      for (const LabelReading& next : Ahead(i)) {
        if (series_.HasKind(next.kind, place->keep)) break;
        if (next.kind == own.kind) return next.path.back() == own.path.back() + 1 ? label : std::nullopt;
      }
      return own.path.back() > 1 ? label : std::nullopt;
    }
    if (auto stage = StageLabel(lines_[i])) return HeadsPart(*stage, i) ? stage : std::nullopt;
    auto open = ReadOpenLabel(lines_[i].text);
    if (!open) return LostLabel(i);
    ExpectNext(*open, i);
    const auto place = series_.Fit(*open);
    if (!place || place->doubt > 0.6) return std::nullopt;
    const LabelReading& reading = place->reading;
    // In small letters it needs its follower; a heading in capitals stands for itself.
    const std::vector<KeyWord> rest(lines_[i].words.begin() + 1, lines_[i].words.end());
    if (reading.kind == LabelKind::kRoman) return AllCaps(rest) ? open : std::nullopt;
    for (std::size_t k = i + 1; k < std::min(lines_.size(), i + 120); ++k) {
      const auto next = ReadLabel(lines_[k].text);
      if (!next || next->readings.front().damaged || next->readings.front().path.size() > 1) continue;
      const LabelReading& follower = next->readings.front();
      if (follower.kind < reading.kind) return std::nullopt;
      if (follower.kind == reading.kind) return follower.path.back() == reading.path.back() + 1 ? open : std::nullopt;
    }
    return std::nullopt;
  }

  // The line is the name of a document type and nothing else: "KẾ HOẠCH", "THÔNG BÁO".
  bool IsTypeLine(const PrintedLine& line) const {
    if (!AllCaps(line.words)) return false;
    const auto match = rules_.types.Longest(line.words, 0);
    if (!match) return false;
    // "CÔNG VĂN ĐẾN" is a stamp.
    if (line.words.size() == match->words + 1 && line.words.back().key == "đến") return false;
    // "CHƯƠNG TRÌNH HÀNH ĐỘNG" is a programme; "QUYẾT ĐỊNH:" within a decision is no title.
    return line.words.back().key != ":" && line.words.size() <= match->words + 2;
  }

  // --- Blocks ---------------------------------------------------------------------------------------------------

  // The pieces of lines `parts` joined. A symbol or a date that the line end broke is joined without a blank.
  Block Join(const std::vector<std::pair<std::size_t, ByteSpan>>& parts, BlockKind kind) const {
    Block block{.kind = kind};
    const std::string_view whole(document_.text);
    for (const auto& [index, span] : parts) {
      if (span.empty()) continue;
      if (block.back.empty()) {
        block.span.begin = span.begin;
        block.first_line = lines_[index].index;
      } else if (!JoinsWithoutBlank(block.text, span.In(whole))) {
        block.text += ' ';
        block.back.push_back(block.span.end);
      }
      for (std::size_t at = span.begin; at < span.end;) {
        const std::size_t begin = at;
        const char32_t c = DecodeAt(whole, at);
        if (IsSpace(c)) {
          if (!block.text.empty() && block.text.back() != ' ') {
            block.text += ' ';
            block.back.push_back(static_cast<std::uint32_t>(begin));
          }
          continue;
        }
        for (std::size_t b = begin; b < at && b < span.end; ++b) {
          block.text += whole[b];
          block.back.push_back(static_cast<std::uint32_t>(b));
        }
      }
      block.span.end = span.end;
      block.last_line = lines_[index].index;
      block.bold = block.bold || lines_[index].bold;
    }
    block.back.push_back(block.span.end);
    return block;
  }

  static bool JoinsWithoutBlank(std::string_view before, std::string_view after) {
    constexpr std::size_t kLongestSymbol = 120;  // bytes
    if (before.size() > kLongestSymbol) before.remove_prefix(before.size() - kLongestSymbol);
    const std::size_t blank = before.rfind(' ');
    const std::string_view token = before.substr(blank == std::string_view::npos ? 0 : blank + 1);
    const bool symbol = token.find_first_of("0123456789/") != std::string_view::npos;
    if (token.size() > 1 && symbol && (token.back() == '-' || token.back() == '/'))
      return !after.empty() && after[0] != ' ';
    // "10/3/20" + "26": the year of a narrow column.
    const auto digit = [](char c) { return IsDigit(static_cast<unsigned char>(c)); };
    if (token.size() >= 6 && token.ends_with("/20") && digit(token.front()) && token.find('/') + 3 < token.size() &&
        after.size() >= 2 && digit(after[0]) && digit(after[1]) && (after.size() == 2 || after[2] == ' '))
      return true;
    // "461/NQ" + "-HĐND"
    return symbol && token.find('/') != std::string_view::npos && after.size() > 1 &&
           (after[0] == '-' || after[0] == '/') && after[1] != ' ';
  }

  int Emit(Block block, int section) {
    block.section = section;
    if (block.kind == BlockKind::kSignature) {
      has_signature_ = true;
      const std::vector<KeyWord> words = KeyWords(block.text);
      for (std::size_t i = 0; i < words.size() && !signature_complete_; ++i) {
        const auto match = rules_.landmarks.Longest(words, i);
        signature_complete_ = match && static_cast<Landmark>(match->value) == Landmark::kPosition;
      }
    }
    outline_.blocks.push_back(std::move(block));
    return static_cast<int>(outline_.blocks.size()) - 1;
  }

  void EmitLine(std::size_t i, BlockKind kind) { Emit(Join({{i, lines_[i].span}}, kind), -1); }

  static ByteSpan Tail(const PrintedLine& line, std::size_t from) {
    return {line.span.begin + static_cast<std::uint32_t>(from), line.span.end};
  }

  // --- Head -----------------------------------------------------------------------------------------------------

  // Head, title and addressees; the index of the first line of the body.
  std::size_t SegmentHead() {
    std::size_t stop = 0;
    bool type = false, addressee = false;
    const std::size_t limit = std::min<std::size_t>(lines_.size(), 60);
    // The body begins behind the motto: "năm 2025" above it is the end of a letter's subject.
    const auto has_motto = [&](const PrintedLine& line) { return At(line) == Landmark::kMotto; };
    const auto motto = std::find_if(lines_.begin(), lines_.begin() + static_cast<std::ptrdiff_t>(limit), has_motto);
    const std::size_t earliest = motto == lines_.begin() + static_cast<std::ptrdiff_t>(limit)
                                     ? 0
                                     : static_cast<std::size_t>(motto - lines_.begin());
    for (; stop < limit; ++stop) {
      const PrintedLine& line = lines_[stop];
      if (IsTypeLine(line)) {
        type = true;
        break;
      }
      const auto landmark = At(line);
      if (landmark == Landmark::kAddressee) {
        addressee = true;
        break;
      }
      if (stop < earliest) continue;
      if ((landmark == Landmark::kBasis || landmark == Landmark::kOpener) && stop > 0 && !AllCaps(line.words)) break;
      if (IsSectionLabel(line)) break;
    }
    if (stop == limit) stop = 0;  // no landmark at all: everything is body
    std::vector<std::pair<std::size_t, ByteSpan>> subject;
    for (std::size_t i = 0; i < stop; ++i) {
      if (lines_[i].page_head)
        EmitLine(i, BlockKind::kPageHead);
      else if (BeginsAbout(lines_[i]) || (i > 0 && FollowsNumber(lines_[i - 1], lines_[i])))
        i = EmitAbout(i, stop);
      else if (type || addressee || LooksLikeHead(lines_[i]))
        EmitLine(i, BlockKind::kHead);
      else
        subject.emplace_back(i, lines_[i].span);
    }
    if (!subject.empty()) Emit(Join(subject, BlockKind::kTitle), -1);
    if (type) stop = SegmentTitle(stop);
    while (stop < lines_.size() && lines_[stop].page_head) EmitLine(stop++, BlockKind::kPageHead);
    if (stop < lines_.size() && At(lines_[stop]) == Landmark::kAddressee) stop = SegmentAddressees(stop);
    return stop;
  }

  // "V/v …", "Về việc …" below the number of a letter.
  static bool BeginsAbout(const PrintedLine& line) {
    const std::vector<KeyWord>& w = line.words;
    // "V/v", also misread: "VwWv".
    const bool short_form = w.size() > 3 && w[0].capital && w[0].key.size() > 1 && w[0].key.size() < 6 &&
                            w[0].key.front() == 'v' && w[0].key.back() == 'v';
    return short_form || (w.size() > 3 && w[0].key == "v" && w[1].key == "/" && w[2].key == "v") ||
           (w.size() > 2 && w[0].key == "về" && w[1].key == "việc");
  }

  // "Và kê khai tài sản" below "Số: 512/UBND-VP": V/v misread. The number of a letter names its office at once.
  bool FollowsNumber(const PrintedLine& number, const PrintedLine& line) const {
    return number.text.find("/UBND-") != std::string_view::npos && !LooksLikeHead(line) && !line.words.empty() &&
           line.words[0].capital && line.words[0].key.starts_with('v') && line.words[0].key.size() <= 5;
  }

  // The subject of a letter, over its lines, as one block of the head; the index of its last line.
  std::size_t EmitAbout(std::size_t i, std::size_t stop) {
    std::vector<std::pair<std::size_t, ByteSpan>> parts = {{i, lines_[i].span}};
    while (i + 1 < stop && !lines_[i + 1].page_head && !LooksLikeHead(lines_[i + 1])) {
      ++i;
      parts.emplace_back(i, lines_[i].span);
    }
    Emit(Join(parts, BlockKind::kHead), -1);
    return i;
  }

  bool LooksLikeHead(const PrintedLine& line) const {
    if (AllCaps(line.words)) return true;
    for (std::size_t w = 0; w < line.words.size(); ++w) {
      if (At(line, w) == Landmark::kMotto) return true;
    }
    const std::string& first = line.words[0].key;
    if (first == "số" && line.words.size() > 1 && (line.words[1].key == ":" || line.words[1].kind == WordKind::kNumber))
      return true;
    // "S6: 15/KH-UBND": the word misread, the colon and the symbol not.
    if (first.starts_with('s') && line.text.find(':') < 6 && line.text.find('/') != std::string_view::npos) return true;
    const bool day = std::ranges::any_of(line.words, [](const KeyWord& w) { return w.key == "ngày"; });
    const bool month = std::ranges::any_of(line.words, [](const KeyWord& w) { return w.key == "tháng"; });
    return day && month && line.width < full_width_ * 0.8;
  }

  bool IsSectionLabel(const PrintedLine& line) const {
    const auto label = ReadLabel(line.text);
    if (!label) {
      const auto stage = StageLabel(line);
      return stage && HeadsPart(*stage, static_cast<std::size_t>(&line - lines_.data()));
    }
    if (label->readings.front().kind == LabelKind::kBullet) return false;
    // "PHẦN THỨ NHẤT" stands alone above its title.
    const bool division =
        label->readings.front().kind > LabelKind::kAppendix && label->readings.front().kind <= LabelKind::kItem &&
        label->readings.front().kind != LabelKind::kRoman && label->readings.front().kind != LabelKind::kCapital;
    return series_.Fit(*label).has_value() && (division || label->size < line.text.size());
  }

  static constexpr std::size_t kLongestSubject = 10;  // lines

  // Says where a limit ended something.
  void Cut(const PrintedLine& line, const std::string& what) {
    outline_.issues.push_back({.stage = "segment", .page = line.page, .code = "limit", .message = what + " was cut"});
  }

  std::size_t SegmentTitle(std::size_t at) {
    EmitLine(at++, BlockKind::kTitle);
    std::vector<std::pair<std::size_t, ByteSpan>> subject;
    for (; at < lines_.size(); ++at) {
      const PrintedLine& line = lines_[at];
      if (subject.size() == kLongestSubject) {
        Cut(line, "a subject of more than " + std::to_string(kLongestSubject) + " lines");
        break;
      }
      if (line.page_head) break;
      const auto landmark = At(line);
      const bool cites = CitesDocument(line);
      // "Thực hiện phong trào …" may be the subject itself; with a document's number it is a basis.
      if (landmark == Landmark::kBasis && (!subject.empty() || cites || line.words[0].key == "căn")) break;
      if (landmark == Landmark::kAddressee || IsSectionLabel(line)) break;
      // Body text whose first word a stamp has covered: a full line after a short one.
      if (!subject.empty() && !AllCaps(line.words) && line.width > full_width_ * 0.78 &&
          lines_[at - 1].width < full_width_ * 0.55 && !EndsSubject(at))
        break;
      if (!subject.empty() && BeginsCapital(line)) {
        const PrintedLine& before = lines_[at - 1];
        const bool wide = line.width > full_width_ * 0.78;
        if (landmark == Landmark::kOpener && (wide || line.text.ends_with(':'))) break;
        // A full line after a short one begins the body; so does small print after a title in capitals.
        if (wide && !AllCaps(line.words) && !EndsSubject(at) &&
            (before.width < full_width_ * 0.82 || HasRoom(before, line) || cites))
          break;
        if (blanks_tell_ && line.blank_before && line.page == before.page) break;
      }
      // The authority above the articles of a decision: "CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ …".
      if (!subject.empty() && AllCaps(line.words) && !AllCaps(lines_[subject.front().first].words)) {
        EmitTitle(subject);
        subject.clear();
        while (at < lines_.size() && AllCaps(lines_[at].words) && !IsSectionLabel(lines_[at]))
          EmitLine(at++, BlockKind::kNoise);
        return at;
      }
      subject.emplace_back(at, line.span);
    }
    EmitTitle(subject);
    return at;
  }

  // Whether the lines from `at` end without a stop above the bases or the first section: "… và đại biểu / Hội đồng nhân
  // dân các cấp …" goes on as a subject, while a paragraph of the body ends in a stop.
  bool EndsSubject(std::size_t at) const {
    constexpr std::size_t kLongest = 3;  // lines
    for (std::size_t i = at; i < std::min(lines_.size(), at + kLongest); ++i) {
      if (lines_[i].page_head || CitesDocument(lines_[i]) || (i > at && lines_[i].blank_before)) return false;
      if (i + 1 == lines_.size()) return false;
      const auto next = At(lines_[i + 1]);
      const bool parts = next == Landmark::kBasis || next == Landmark::kAddressee || IsSectionLabel(lines_[i + 1]);
      if (parts) return std::string_view(".:;,/").find(lines_[i].text.back()) == std::string_view::npos;
    }
    return false;
  }

  // "… số 57-NQ/TW …": a number with a symbol on the line.
  static bool CitesDocument(const PrintedLine& line) {
    for (std::size_t i = 1; i + 2 < line.words.size(); ++i) {
      if (line.words[i].kind == WordKind::kNumber && line.words[i - 1].key == "số" &&
          (line.words[i + 1].key == "-" || line.words[i + 1].key == "/"))
        return true;
    }
    return false;
  }

  void EmitTitle(const std::vector<std::pair<std::size_t, ByteSpan>>& subject) {
    if (!subject.empty()) Emit(Join(subject, BlockKind::kTitle), -1);
  }

  std::size_t SegmentAddressees(std::size_t at) {
    // What stands on the line of "Kính gửi:" itself.
    const PrintedLine& first = lines_[at];
    std::size_t skip =
        first.words.size() > 2 && first.words[2].key == ":" ? first.words[2].span.end : first.words[1].span.end;
    std::vector<std::pair<std::size_t, ByteSpan>> item;
    ByteSpan rest = Tail(first, skip);
    while (!rest.empty() && document_.text[rest.begin] == ' ') ++rest.begin;
    if (!rest.empty()) {
      const auto label = ReadLabel(rest.In(document_.text));
      if (label && label->readings.front().kind == LabelKind::kBullet)
        rest.begin += static_cast<std::uint32_t>(label->size);
      item.emplace_back(at, rest);
    }
    bool bullets = false;
    ++at;
    const auto flush = [&] {
      if (!item.empty()) Emit(Join(item, BlockKind::kAddressee), -1);
      item.clear();
    };
    // "Kính gửi: Sở Nội vụ; Phòng Nội vụ huyện": several on a line.
    const auto take = [&](std::size_t index, ByteSpan span) {
      for (std::size_t stop; (stop = span.In(document_.text).find("; ")) != std::string_view::npos;) {
        const std::uint32_t end = span.begin + static_cast<std::uint32_t>(stop) + 1;
        item.emplace_back(index, ByteSpan{span.begin, end});
        flush();
        span.begin = end + 1;
      }
      if (!span.empty()) item.emplace_back(index, span);
    };
    if (!item.empty()) {
      const ByteSpan span = item.back().second;
      item.pop_back();
      take(at - 1, span);
    }
    for (; at < lines_.size(); ++at) {
      const PrintedLine& line = lines_[at];
      if (line.page_head) break;
      const auto label = ReadLabel(line.text);
      if (label && label->readings.front().kind == LabelKind::kBullet) {
        flush();
        bullets = true;
        take(at, Tail(line, label->size));
        continue;
      }
      const auto landmark = At(line);
      if (landmark == Landmark::kBasis || landmark == Landmark::kOpener || IsSectionLabel(line)) break;
      if (!item.empty()) {
        const std::string_view so_far = item.back().second.In(document_.text);
        const bool done = so_far.ends_with('.') || (!bullets && so_far.ends_with(';') == false &&
                                                    HasRoom(lines_[at - 1], line) && BeginsCapital(line));
        if (done && BeginsCapital(line)) break;
        if (so_far.ends_with(';') && BeginsCapital(line)) {
          flush();
        }
      }
      take(at, line.span);
    }
    flush();
    return at;
  }

  // --- Body -----------------------------------------------------------------------------------------------------

  struct OpenBullet {
    std::string mark;
    int node;  // -1: no heading
  };

  void SegmentBody(std::size_t begin, std::size_t end) {
    last_labelled_ = begin;
    body_end_ = end;
    for (std::size_t i = begin; i < end; ++i) {
      if (const auto label = HeadOr(i); label && !lines_[i].page_head) last_labelled_ = i;
    }
    bool closing = false;
    std::size_t i = begin;
    before_ = nullptr;
    while (i < end) {
      if (lines_[i].page_head) {
        EmitLine(i++, BlockKind::kPageHead);
        continue;
      }
      if (const Grid grid = ReadGrid(lines_, i, rules_); !grid.columns.empty()) {
        i = SegmentGrid(i, end, grid);
        before_ = nullptr;
        continue;
      }
      if (const TableHead head = ReadTableHead(lines_, i, rules_); head.lines > 0) {
        i = SegmentTable(i, end, head);
        before_ = nullptr;
        continue;
      }
      const auto label = LabelOf(i);
      if (label && label->readings.front().kind == LabelKind::kBullet) {
        closing = false;
        i = SegmentBullet(i, end, *label);
        continue;
      }
      if (label) {
        if (const auto place = Accept(*label, i)) {
          closing = false;
          i = SegmentLabelled(i, end, *label, *place);
          continue;
        }
      }
      std::size_t next = 0;
      Block block = Collect(i, end, 0, next);
      if (!closing && IsLooseHeading(block, next, end)) {
        loose_ = true;
        bullets_.clear();
        block.kind = BlockKind::kHeading;
        Emit(std::move(block), -1);
        i = next;
        continue;
      }
      if (i > last_labelled_ && (closing || IsClosing(block, lines_[i]))) closing = true;
      int section = bullets_.empty() ? Innermost() : BulletParent();
      bullets_.clear();
      if (closing) {
        block.kind = BlockKind::kClosing;
        section = -1;
      } else if (section < 0) {
        const auto landmark = At(lines_[i]);
        if (landmark == Landmark::kBasis) block.kind = BlockKind::kBasis;
      } else {
        section = Innermost();
      }
      Emit(std::move(block), section);
      i = next;
    }
    bullets_.clear();
  }

  // A heading in capitals without a label, "TỔ CHỨC THỰC HIỆN", "CHIA PHẦN VIỆC": no section, but it ends the one
  // before.
  bool IsLooseHeading(const Block& block, std::size_t next, std::size_t end) const {
    const std::vector<KeyWord> words = KeyWords(block.text);
    constexpr std::size_t kLongest = 25;  // words
    if (words.size() < 3 || words.size() > kLongest || !AllCaps(words) || EndsSentence(block.text)) return false;
    if (next >= end || lines_[next].page_head) return false;
    if (rules_.heading_roles.Longest(words, 0)) return true;
    const auto label = ReadLabel(lines_[next].text);
    return label && label->readings.front().kind == LabelKind::kBullet;
  }

  // The section that a paragraph belongs to.
  int Innermost() const { return loose_ ? -1 : series_.innermost(); }

  bool IsClosing(const Block& block, const PrintedLine& line) const {
    if (outline_.nodes.empty() && !block.text.ends_with("./.")) return false;
    if (At(line) == Landmark::kClosing) return true;
    if (!block.text.ends_with("./.")) return false;
    // The only paragraph under its heading is content, whatever its final sign.
    return !outline_.blocks.empty() && outline_.blocks.back().kind != BlockKind::kHeading;
  }

  // Whether the label is the next of its series here, or begins one.
  std::optional<LabelSeries::Place> Accept(const LabelText& label, std::size_t i) const {
    const PrintedLine& line = lines_[i];
    const auto place = series_.Fit(label, Ahead(i));
    if (!place) return std::nullopt;
    if (before_ == nullptr) return place;
    const PrintedLine& before = *before_;
    const bool ended =
        EndsSentence(before.text) || HasRoom(before, line) || AllCaps(before.words) || AllCaps(line.words);
    const std::string_view rest = line.text.substr(label.size);
    std::size_t at = 0;
    const bool small = !rest.empty() && IsLower(DecodeAt(rest, at));
    if (place->doubt < 0.4 && (ended || !small)) return place;
    if (place->doubt < 1.2 && ended) return place;
    if (ended && !small && !rest.empty()) return place;
    return std::nullopt;
  }

  // "Hai là, …", "Thứ ba, …" at the head of a line.
  static bool OpensPoint(const PrintedLine& line) {
    static constexpr std::array<std::string_view, 12> kOrdinals = {"nhất", "một", "hai", "ba",  "bốn",  "tư",
                                                                   "năm",  "sáu", "bảy", "tám", "chín", "mười"};
    const std::vector<KeyWord>& w = line.words;
    if (w.size() < 4 || !w[0].capital || (w[2].key != "," && w[2].key != ":")) return false;
    const auto ordinal = [&](const std::string& key) { return std::ranges::find(kOrdinals, key) != kOrdinals.end(); };
    return (ordinal(w[0].key) && w[1].key == "là") || (w[0].key == "thứ" && ordinal(w[1].key));
  }

  // "Ngày thứ hai: Chủ nhật, 15/11/2026", "Tháng 9/2026", "Buổi sáng:": a short line that says when for those behind
  // it.
  static bool OpensDay(const PrintedLine& line) {
    const std::vector<KeyWord>& w = line.words;
    constexpr std::size_t kLongest = 14;  // words
    if (w.size() < 2 || w.size() > kLongest || !w[0].capital) return false;
    const bool term = (w[0].key == "tháng" || w[0].key == "quý" || w[0].key == "tuần") && w.size() <= 6;
    const bool day = w[0].key == "ngày" && (w[1].key == "thứ" || w[1].kind == WordKind::kNumber);
    const bool half = w[0].key == "buổi" && w.size() <= 4;
    if (!term && !day && !half) return false;
    const KeyWord& last = w.back();
    return last.kind == WordKind::kNumber || last.key == ":" || last.key == ")" ||
           (half && last.kind == WordKind::kWord);
  }

  // "Các đơn vị nhận được Kế hoạch này bắt tay làm ngay./.": the last lines, which speak of the document itself.
  bool TakesLeave(std::size_t i) const {
    constexpr std::size_t kMostLines = 4;
    if (!BeginsCapital(lines_[i])) return false;
    bool itself = false;
    for (std::size_t k = i; k < lines_.size() && k < i + kMostLines; ++k) {
      const std::vector<KeyWord>& words = lines_[k].words;
      for (std::size_t w = 0; w < words.size(); ++w) {
        const auto type = rules_.types.Longest(words, w);
        itself = itself || (type && w + type->words < words.size() && words[w + type->words].key == "này");
      }
      if (lines_[k].text.ends_with("./.")) return itself;
    }
    return false;
  }

  bool BeginsBlock(std::size_t i, std::string_view so_far) const {
    const PrintedLine& line = lines_[i];
    const auto label = LabelOf(i);
    if (!label) {
      if (i > last_labelled_ && At(line) == Landmark::kClosing && BeginsCapital(line) && before_ != nullptr &&
          EndsSentence(before_->text))
        return true;
      if (i > last_labelled_ && before_ != nullptr && EndsSentence(before_->text) && TakesLeave(i)) return true;
      if ((OpensPoint(line) || OpensDay(line)) && before_ != nullptr && EndsSentence(before_->text)) return true;
      return !ReadGrid(lines_, i, rules_).columns.empty() || ReadTableHead(lines_, i, rules_).lines > 0;
    }
    if (label->readings.front().kind != LabelKind::kBullet) return Accept(*label, i).has_value();
    // A dash may go on with a range or a compound inside a quotation.
    const std::string_view rest = line.text.substr(label->size);
    std::size_t at = 0;
    const char32_t first = DecodeAt(rest, at);
    if (!EndsSentence(so_far) && (IsDigit(first) || IsLower(first)) && !HasRoom(*before_, line)) return false;
    if (!EndsSentence(so_far) && IsDigit(first) && !so_far.empty() &&
        IsDigit(static_cast<unsigned char>(so_far.back())))
      return false;
    // A quotation opened longer ago was never closed.
    constexpr std::size_t kLongestQuotation = 160;  // bytes
    if (so_far.size() > kLongestQuotation) so_far.remove_prefix(so_far.size() - kLongestQuotation);
    const std::size_t open = so_far.rfind("“");
    return open == std::string_view::npos || so_far.find("”", open) != std::string_view::npos;
  }

  // The paragraph that begins at byte `skip` of line i; page heads inside it are emitted before it.
  Block Collect(std::size_t i, std::size_t end, std::size_t skip, std::size_t& next) {
    std::vector<std::pair<std::size_t, ByteSpan>> parts = {{i, Tail(lines_[i], skip)}};
    before_ = &lines_[i];
    std::string so_far(lines_[i].text);
    for (next = i + 1; next < end; ++next) {
      const PrintedLine& line = lines_[next];
      if (line.page_head) continue;
      if (BeginsBlock(next, so_far)) break;
      const bool caps = AllCaps(before_->words) && AllCaps(line.words) && !EndsSentence(before_->text);
      if (!caps && EndsParagraph(*before_, line, parts.size() == 1, skip > 0)) break;
      parts.emplace_back(next, line.span);
      so_far += ' ';
      so_far += line.text;
      before_ = &line;
    }
    std::size_t last = parts.back().first + 1;
    for (std::size_t k = i; k < last; ++k) {
      if (lines_[k].page_head) EmitLine(k, BlockKind::kPageHead);
    }
    next = last;
    return Join(parts, BlockKind::kParagraph);
  }

  // --- Labelled sections ----------------------------------------------------------------------------------------

  std::size_t SegmentLabelled(std::size_t i, std::size_t end, const LabelText& label, const LabelSeries::Place& place) {
    bullets_.clear();
    loose_ = false;
    const LabelKind kind = place.reading.kind;
    const bool division = kind <= LabelKind::kItem;
    std::size_t next = i + 1;
    Block block;
    series_.Push(place, static_cast<int>(
                            outline_.nodes.size()));  // the node that AddNode makes: its children may follow at once
    if (label.size >= lines_[i].text.size()) {
      // The label stands alone: a division's title follows on lines of its own.
      before_ = &lines_[i];
      if (next < end && !lines_[next].page_head && !BeginsBlock(next, "") &&
          (!division || AllCaps(lines_[next].words) || lines_[next].width < full_width_ * 0.75)) {
        block = Collect(next, end, 0, next);
      } else {
        block = Join({{i, Tail(lines_[i], label.size)}}, BlockKind::kHeading);
        block.first_line = block.last_line = lines_[i].index;
        block.span = {lines_[i].span.end, lines_[i].span.end};
        block.back = {lines_[i].span.end};
      }
    } else {
      block = Collect(i, end, label.size, next);
    }
    OutlineNode node;
    node.label = label.label;
    node.parent = place.parent;
    const std::string name = OrdinalName(place.reading, label.label);
    node.id = place.parent < 0 ? name : outline_.nodes[static_cast<std::size_t>(place.parent)].id + "." + name;
    AddNode(std::move(node), std::move(block), lines_[i].span.begin, label.label);
    // Said only where the number is not what is printed.
    if (place.reading.damaged && !label.label.starts_with(name)) {
      outline_.issues.push_back({.stage = "segment",
                                 .page = lines_[i].page,
                                 .code = "doubtful-label",
                                 .message = "“" + label.label + "” → " + name});
    }
    return next;
  }

  // Adds a node with its heading and, where the heading runs on into text, a paragraph.
  void AddNode(OutlineNode node, Block block, std::uint32_t begin, const std::string& label) {
    if (const int times = ++ids_[{node.parent, node.id}]; times > 1) node.id += "~" + std::to_string(times);
    ++labels_[{node.parent, node.label}];
    node.level = node.parent < 0 ? 1 : outline_.nodes[static_cast<std::size_t>(node.parent)].level + 1;
    node.span = {begin, block.span.end};
    const int index = static_cast<int>(outline_.nodes.size());
    const std::size_t title = TitleEnd(block);
    const std::string parent_role = node.parent < 0 ? "" : outline_.nodes[static_cast<std::size_t>(node.parent)].role;
    block.label = label;
    if (title > 0) {
      std::size_t stop = title;
      while (stop > 0 && (block.text[stop - 1] == ':' || block.text[stop - 1] == ' ' || block.text[stop - 1] == '.'))
        --stop;
      node.title = block.text.substr(0, stop);
      node.role = RoleOfTitle(*node.title, parent_role);
      // A list behind the plan, "VẬT TƯ HIỆN CÓ TẠI KHO"; one of its work has a role of its own.
      if (node.id.starts_with("Phụ lục") && node.role == "content" && SaysNoRole(*node.title)) node.role = "other";
    } else {
      node.role = RoleOfParagraph(block.text, parent_role, node.id.starts_with("Điều"));
    }
    node.block = static_cast<int>(outline_.blocks.size());
    outline_.nodes.push_back(std::move(node));
    if (title == 0 && !block.text.empty()) {
      block.kind = BlockKind::kParagraph;
      Emit(std::move(block), index);
      return;
    }
    std::size_t rest = title;
    while (rest < block.text.size() && block.text[rest] == ' ') ++rest;
    if (rest >= block.text.size()) {
      block.kind = BlockKind::kHeading;
      Emit(std::move(block), index);
      return;
    }
    Block heading = Slice(block, 0, title);
    heading.kind = BlockKind::kHeading;
    heading.label = label;
    Block text = Slice(block, rest, block.text.size());
    text.kind = BlockKind::kParagraph;
    Emit(std::move(heading), index);
    Emit(std::move(text), index);
  }

  static Block Slice(const Block& block, std::size_t begin, std::size_t end) {
    Block out = block;
    out.text = block.text.substr(begin, end - begin);
    out.back.assign(block.back.begin() + static_cast<std::ptrdiff_t>(begin),
                    block.back.begin() + static_cast<std::ptrdiff_t>(end));
    out.span = block.At(begin, end);
    out.back.push_back(out.span.end);
    return out;
  }

  // The end of the heading within a labelled paragraph: 0 where it has none, else behind its colon or at its end.
  std::size_t TitleEnd(const Block& block) const {
    const std::string& text = block.text;
    const std::vector<KeyWord> words = TitleWords(text);
    if (words.empty()) return 0;
    int quotes = 0, brackets = 0;
    std::size_t syllables = 0;
    for (std::size_t i = 0; i < words.size(); ++i) {
      const KeyWord& word = words[i];
      if (word.kind != WordKind::kSign) {
        ++syllables;
        continue;
      }
      if (word.key == "“") ++quotes;
      if (word.key == "”") --quotes;
      if (word.key == "(") ++brackets;
      if (word.key == ")") --brackets;
      if (quotes > 0 || brackets > 0) continue;
      const bool last = i + 1 == words.size();
      if (word.key == ":") {
        const bool ratio = i > 0 && !last && words[i - 1].kind == WordKind::kNumber &&
                           words[i + 1].kind == WordKind::kNumber && words[i + 1].span.begin == word.span.end;
        if (ratio) continue;
        if (IsStageColon(words, i)) continue;
        if (last) return syllables <= 60 && !Announces(words, i) ? word.span.end : 0;
        // A title runs on into a sentence, not into a figure or a list of small words.
        const KeyWord& next = words[i + 1];
        const bool sentence = next.capital || next.key == "“" || next.key == "-" || next.key == "+";
        const auto known = rules_.heading_roles.Longest(words, 0);
        // "Nộp hồ sơ: trước ngày 15/10"; not "Trong đó: xã 5 triệu đồng".
        const bool brief =
            syllables <= 5 && words[0].capital && next.kind == WordKind::kWord && words[0].key != "trong";
        if (words[0].key == "“" || (!sentence && !brief && !known && !OpensWithUnit(words, false))) return 0;
        return syllables <= 28 ? word.span.end : 0;
      }
      if (word.key == ";") {
        // "4. Trạm Y tế; Ban Chỉ huy Quân sự phường: …"
        const std::vector<KeyWord> rest(words.begin() + static_cast<std::ptrdiff_t>(i) + 1, words.end());
        if (OpensWithUnit(words, false) && OpensWithUnit(rest, false)) continue;
        return 0;
      }
      if (word.key == "." && !last && words[i + 1].capital && words[i + 1].span.begin > word.span.end &&
          !IsShortForm(words, i)) {
        // "3. Tồn tại. Sách rách nhiều."
        const auto known = rules_.heading_roles.Longest(words, 0);
        if (known && known->words == i) return word.span.end;
        return 0;  // several sentences
      }
    }
    const bool sentence = EndsSentence(text);
    if (sentence) {
      // "1. Mục đích." is a heading with a stop.
      const auto known = rules_.heading_roles.Longest(words, 0);
      return known && syllables <= 8 && known->words + 1 >= words.size() ? text.size() : 0;
    }
    return syllables <= 45 ? text.size() : 0;
  }

  // "Giai đoạn 1", "Bước hai", "Đợt thứ nhất" at the head of words: its word and its number, and the word behind.
  struct Stage {
    int word = 0, number = 0;
    std::size_t last = 0;  // 0: none
  };
  Stage ReadStage(const std::vector<KeyWord>& words) const {
    const auto match = rules_.stages.Longest(words, 0);
    if (!match) return {};
    std::size_t at = match->words;
    if (at < words.size() && words[at].key == "số") ++at;
    if (at < words.size() && words[at].key == "thứ") ++at;
    if (at >= words.size()) return {};
    static constexpr std::array<std::string_view, 10> kSpelt = {"một", "hai", "ba",  "bốn",  "năm",
                                                                "sáu", "bảy", "tám", "chín", "mười"};
    static constexpr std::array<std::string_view, 10> kRoman = {"i",  "ii",  "iii",  "iv", "v",
                                                                "vi", "vii", "viii", "ix", "x"};
    const std::string& key = words[at].key == "nhất" ? "một" : words[at].key;
    if (words[at].kind == WordKind::kNumber && key.size() <= 2) return {match->value, std::stoi(key), at + 1};
    for (const auto& names : {kSpelt, kRoman}) {
      const auto found = std::ranges::find(names, key);
      if (found != names.end()) return {match->value, static_cast<int>(found - names.begin()) + 1, at + 1};
    }
    return {};
  }

  // "Giai đoạn 1: Chuẩn bị (từ ngày …)": the colon belongs to the title.
  bool IsStageColon(const std::vector<KeyWord>& words, std::size_t colon) const {
    return colon > 0 && ReadStage(words).last == colon;
  }

  // "… gồm các ông, bà có tên dưới đây:", "… như sau:": a sentence that announces, no title.
  static bool Announces(const std::vector<KeyWord>& words, std::size_t colon) {
    for (std::size_t i = colon > 4 ? colon - 4 : 0; i < colon; ++i) {
      const std::string& w = words[i].key;
      if (w == "sau" || w == "dưới" || w == "bảng" || w == "gồm") return colon > 5;
    }
    return false;
  }

  // "TP. Hà Nội", "PCT. UBND": a stop after a short form ends no sentence.
  static bool IsShortForm(const std::vector<KeyWord>& words, std::size_t stop) {
    return stop > 0 && words[stop - 1].all_caps && words[stop - 1].key.size() <= 4;
  }

  std::string RoleOfTitle(const std::string& title, const std::string& parent_role) const {
    const std::vector<KeyWord> words = TitleWords(title);
    if (const auto whole = rules_.whole_headings.Longest(words, 0); whole && whole->words == words.size())
      return rules_.roles[static_cast<std::size_t>(whole->value)];
    const bool purposeful =
        parent_role == "purpose" || parent_role == "requirements" || parent_role == "purpose_and_requirements";
    const auto known = rules_.heading_roles.Longest(words, 0);
    const bool counted = !words.empty() && words[0].kind == WordKind::kNumber;  // "22 hộ Nước Xa"
    if (!purposeful && !counted && !(known && known->words >= 2) && OpensWithUnit(words, false)) return "unit";
    std::vector<std::string> roles;
    bool at_start = true;
    for (std::size_t i = 0; i < words.size();) {
      const bool connective = words[i].key == "và" || words[i].key == "," || words[i].key == ";" ||
                              words[i].key == "-" || words[i].key == "/";
      if (connective) {
        at_start = true;
        ++i;
        continue;
      }
      if (words[i].key == "(") break;
      static constexpr std::array<std::string_view, 9> kLeading = {"các",  "những", "về", "một", "số",
                                                                   "công", "tác",   "dự", "kiến"};
      if (at_start) {
        if (const auto match = rules_.heading_roles.Longest(words, i)) {
          const std::string& found = rules_.roles[static_cast<std::size_t>(match->value)];
          // What a heading has no role by, and what it names besides, counts only at its beginning.
          if (i == 0 || (found != "other" && (roles.empty() || found != "event"))) roles.push_back(found);
          i += match->words;
          at_start = false;
          continue;
        }
        if (std::ranges::find(kLeading, words[i].key) == kLeading.end()) at_start = false;
      }
      // "… sự kiện Techfest Hải Phòng 2025": the heading names an event.
      if (i + 2 < words.size() && words[i].key == "sự" && words[i + 1].key == "kiện" && words[i + 2].capital &&
          roles.empty())
        return "event";
      ++i;
    }
    const auto has = [&](std::string_view role) { return std::ranges::find(roles, role) != roles.end(); };
    std::string role;
    if (roles.empty()) {
      // Under "Phân công" a heading that says nothing else names who does it; "Việc khác", "Bảng trực" name nobody.
      const auto opening = rules_.unit_heads.Longest(words, 0);
      const bool thing = opening && opening->value == static_cast<int>(UnitHead::kNone);
      if (parent_role == "assignment" || parent_role == "implementation")
        return thing || rules_.verbs.Longest(words, 0) ? parent_role : "unit";
      if (!parent_role.empty()) return parent_role;
      const std::string hinted = HintedRole(words);
      return hinted.empty() ? "content" : hinted;
    }
    if ((roles.front() == "content" || roles.front() == "assignment") && words.size() > 3 &&
        (words[0].key == "nhiệm" || words[0].key == "trách")) {
      // "Nhiệm vụ của Tổ công tác" names who; "… của các cơ quan, đơn vị" opens their list.
      for (std::size_t i = 2; i < std::min<std::size_t>(words.size() - 1, 6); ++i) {
        if (words[i].key != "của") continue;
        const bool many = words[i + 1].key == "các" || std::ranges::any_of(words, [](const KeyWord& w) {
                            return w.key == "các" || w.key == "từng";
                          });
        return many ? "assignment" : "unit";
      }
    }
    // "Quan điểm, mục tiêu": what has no role of its own leaves the heading to the next.
    const auto telling =
        std::ranges::find_if(roles, [](const std::string& r) { return r == "purpose" || r == "assignment"; });
    if (has("content")) {
      role = "content";
    } else if (roles.front() == "other" && telling != roles.end()) {
      role = *telling;
    } else if ((has("purpose") && has("requirements")) || has("purpose_and_requirements")) {
      role = "purpose_and_requirements";
    } else {
      role = roles.front();
    }
    // Below an event its contents are the event's, below what was they tell what was.
    return (parent_role == "event" || parent_role == "other") && role == "content" ? parent_role : role;
  }

  // The role that the words of a heading in plain speech point to, "Vì sao phải làm sớm", "Tiền ở đâu ra": that with
  // most words of the table, of several the first; empty where it has none.
  std::string HintedRole(const std::vector<KeyWord>& words) const {
    std::vector<std::size_t> votes(rules_.roles.size());
    std::vector<std::size_t> order;
    for (std::size_t i = 0; i < words.size();) {
      const auto hint = rules_.heading_hints.Longest(words, i);
      if (!hint) {
        ++i;
        continue;
      }
      const auto role = static_cast<std::size_t>(hint->value);
      if (votes[role] == 0) order.push_back(role);
      votes[role] += hint->words;
      i += hint->words;
    }
    const auto best = std::ranges::max_element(order, {}, [&](std::size_t role) { return votes[role]; });
    return best == order.end() ? std::string() : rules_.roles[*best];
  }

  // A part of the first rank whose heading says nothing of its role, but which tells body by body what to do, assigns.
  // "IV. LỘ TRÌNH / 1. Năm 2023: làm điểm …": what comes in which year is a schedule.
  void SettleRoadmaps() {
    const auto opens_term = [](const std::string& text) {
      std::vector<KeyWord> words = KeyWords(text);
      std::erase_if(words, [](const KeyWord& word) { return word.key == "("; });
      static constexpr std::array<std::string_view, 4> kTerms = {"năm", "quý", "tháng", "giai"};
      static constexpr std::array<std::string_view, 5> kLeads = {"trong", "từ", "đến", "hết", "cuối"};
      std::size_t i = 0;
      if (words.size() < 2) return false;
      if (std::ranges::find(kLeads, words[i].key) != kLeads.end()) ++i;
      if (words[i].kind == WordKind::kNumber) ++i;  // "6 tháng đầu năm 2025"
      return std::ranges::find(kTerms, words[i].key) != kTerms.end();
    };
    // Of each node the roadmap that it belongs to, -1: none.
    std::vector<int> roadmap(outline_.nodes.size(), -1);
    for (std::size_t n = 0; n < outline_.nodes.size(); ++n) {
      const OutlineNode& node = outline_.nodes[n];
      if (node.parent >= 0) roadmap[n] = roadmap[static_cast<std::size_t>(node.parent)];
      if (roadmap[n] < 0 && node.title && ToLower(*node.title).starts_with("lộ trình"))
        roadmap[n] = static_cast<int>(n);
    }
    std::vector<std::size_t> items(outline_.nodes.size()), terms(outline_.nodes.size());  // by roadmap
    for (const Block& block : outline_.blocks) {
      if (block.section < 0 || (block.kind != BlockKind::kParagraph && block.kind != BlockKind::kBullet)) continue;
      const int top = roadmap[static_cast<std::size_t>(block.section)];
      if (top < 0) continue;
      const OptionalString& heading =
          outline_.nodes[static_cast<std::size_t>(block.section)].title;  // "1. Năm 2023: …"
      ++items[static_cast<std::size_t>(top)];
      terms[static_cast<std::size_t>(top)] += opens_term(block.section != top && heading ? *heading : block.text);
    }
    for (std::size_t n = 0; n < outline_.nodes.size(); ++n) {
      if (roadmap[n] < 0) continue;
      const auto top = static_cast<std::size_t>(roadmap[n]);
      if (items[top] > 1 && items[top] == terms[top]) outline_.nodes[n].role = "schedule";
    }
  }

  // "IV. DIỄN TẬP CỨU HỘ" above rows by the hour: a heading whose table is a programme names what is held.
  void SettleProgrammes() {
    for (const Block& row : outline_.blocks) {
      if (row.kind != BlockKind::kTableRow || row.section < 0 || row.cells.size() < 2) continue;
      OutlineNode& node = outline_.nodes[static_cast<std::size_t>(row.section)];
      const auto column = [&](std::string_view kind) {
        return std::ranges::any_of(row.cells, [&](const Block& cell) { return cell.column == kind; });
      };
      if (node.role != "content" || !node.title || rules_.heading_roles.Longest(TitleWords(*node.title), 0) ||
          !column("time") || !column("work") || !column("place"))
        continue;
      const bool hour = std::ranges::any_of(row.cells, [](const Block& cell) {
        if (cell.column != "time") return false;
        PrintedLine line;
        line.words = KeyWords(cell.text);
        return BeginsWithHour(line);
      });
      if (hour) node.role = "event";
    }
  }

  void SettleRoles() {
    std::vector<std::size_t> items(outline_.nodes.size()), units(outline_.nodes.size());
    const auto count = [&](int node, const std::vector<KeyWord>& words, bool paragraph) {
      if (node < 0 || outline_.nodes[static_cast<std::size_t>(node)].parent >= 0) return;
      ++items[static_cast<std::size_t>(node)];
      units[static_cast<std::size_t>(node)] += OpensWithUnit(words, paragraph);
    };
    for (const OutlineNode& node : outline_.nodes) {
      if (node.title) count(node.parent, TitleWords(*node.title), false);
    }
    for (const Block& block : outline_.blocks) {
      if (block.kind == BlockKind::kParagraph || block.kind == BlockKind::kBullet)
        count(block.section, KeyWords(block.text), true);
    }
    std::vector<bool> changed(outline_.nodes.size(), false);
    for (std::size_t n = 0; n < outline_.nodes.size(); ++n) {
      OutlineNode& node = outline_.nodes[n];
      const std::string before = node.role;
      if (node.parent < 0) {
        const bool silent = node.role == "content" && node.title && !node.id.starts_with("Điều") &&
                            !rules_.heading_roles.Longest(TitleWords(*node.title), 0) &&
                            HintedRole(TitleWords(*node.title)).empty();
        if (silent && units[n] >= 2 && 3 * units[n] >= 2 * items[n]) node.role = "assignment";
      } else if (changed[static_cast<std::size_t>(node.parent)]) {
        const std::string& above = outline_.nodes[static_cast<std::size_t>(node.parent)].role;
        node.role = node.title
                        ? RoleOfTitle(*node.title, above)
                        : RoleOfParagraph(outline_.blocks[static_cast<std::size_t>(node.block)].text, above, false);
      }
      changed[n] = node.role != before;
    }
  }

  // Whether no word of a heading is known to tell a role.
  bool SaysNoRole(const std::string& title) const {
    const std::vector<KeyWord> words = TitleWords(title);
    for (std::size_t i = 0; i < words.size(); ++i) {
      if (rules_.heading_roles.Longest(words, i)) return false;
    }
    return HintedRole(words).empty();
  }

  std::string RoleOfParagraph(const std::string& text, const std::string& parent_role, bool article) const {
    const bool dutiful = parent_role.empty() || parent_role == "assignment" || parent_role == "implementation" ||
                         parent_role == "content" || parent_role == "unit" || parent_role == "other";
    if (dutiful && OpensWithUnit(TitleWords(text), true)) return "unit";
    if (text.find("chịu trách nhiệm thi hành") != std::string::npos)
      return OpensWithUnit(TitleWords(text), false) ? "unit" : "implementation";
    // "Điều 6. Chánh Văn phòng …, Trưởng phòng Kinh tế … thi hành Quyết định này."
    if (article && text.find("thi hành") != std::string::npos) {
      const std::vector<KeyWord> words = TitleWords(text);
      const auto office = rules_.unit_heads.Longest(words, 0);
      if (office && static_cast<UnitHead>(office->value) == UnitHead::kUnitFollows) return "unit";
    }
    // An article of a decision that names no one puts something in force.
    if (parent_role.empty()) return article ? "other" : "content";
    return parent_role;
  }

  // "Chi hội Nông dân | giữ sổ": a name at the head of a paragraph with a small word behind it is a subject, whatever
  // the verb. `at`: the word behind the head of the name.
  static bool ActsAtOnce(const std::vector<KeyWord>& words, std::size_t at, bool named) {
    const auto level = [](const std::string& key) {
      return key == "xã" || key == "phường" || key == "thôn" || key == "tỉnh" || key == "huyện";
    };
    while (at < words.size() && (words[at].capital || level(words[at].key) || words[at].key == "-")) {
      named = named || words[at].capital;
      ++at;
    }
    if (!named || at >= words.size() || words[at].kind != WordKind::kWord) return false;
    static constexpr std::array<std::string_view, 18> kNoVerbs = {"của", "là",  "được",  "về",   "tại", "trong",
                                                                  "và",  "có",  "thuộc", "trên", "với", "cho",
                                                                  "ở",   "như", "theo",  "đã",   "còn", "chưa"};
    return std::ranges::find(kNoVerbs, words[at].key) == kNoVerbs.end();
  }

  // "Công an xã", "Đề nghị Mặt trận …", "Giao Phòng Kinh tế". A paragraph that opens with a unit as its subject counts
  // only where a word of duty follows soon.
  bool OpensWithUnit(const std::vector<KeyWord>& words, bool paragraph) const {
    std::size_t i = 0;
    if (words.empty()) return false;
    const bool asked = (words[0].key == "đề" && words.size() > 1 && words[1].key == "nghị") ||
                       (words[0].key == "yêu" && words.size() > 1 && words[1].key == "cầu");
    const bool given = words[0].key == "giao";
    if (asked) i = 2;
    if (given) i = 1;
    if ((asked || given) && !paragraph && words.size() > i) return true;
    if (i < words.size() && words[i].key == "đồng" && i + 1 < words.size() && words[i + 1].key == "chí") i += 2;
    // "Ông Lê Văn Tám", "Đồng chí Hoàng Thị Mơ"
    const bool honoured = i >= 2 ? words[i - 1].key == "chí" : words[0].key == "ông" || words[0].key == "bà";
    const std::size_t name = i >= 2 ? i : 1;
    if (!paragraph && honoured && name + 1 < words.size() && words[name].capital && words[name + 1].capital &&
        !rules_.unit_heads.Longest(words, name))
      return true;
    if (words[0].key == "đối" && words.size() > 2 && words[1].key == "với") i = 2;
    std::size_t after = 0;
    bool group_only = false;
    for (int titles = 0; titles < 3; ++titles) {
      const auto match = rules_.unit_heads.Longest(words, i);
      const auto head = match ? static_cast<UnitHead>(match->value) : UnitHead::kNone;
      if (head == UnitHead::kUnitFollows) {
        i += match->words;
        // "Hiệu trưởng": the office alone is a heading.
        if (!paragraph && (i >= words.size() || words[i].kind == WordKind::kSign)) return words[0].key != "cán";
        continue;
      }
      if (match && head == UnitHead::kNone) return false;
      const bool plural = i < words.size() && (words[i].key == "các" || words[i].key == "những" ||
                                               words[i].key == "mọi" || words[i].kind == WordKind::kNumber);
      const auto group = rules_.group_nouns.Longest(words, plural ? i + 1 : i);
      if (match) {
        after = i + match->words;
        if (head == UnitHead::kCapitalFollows &&
            (after >= words.size() || !(words[after].capital || words[after].kind == WordKind::kNumber))) {
          // "Chi hội Nông dân giữ sổ", "Văn phòng tổng hợp", "Văn phòng, Phòng Kinh tế …"
          const bool listed = after + 1 < words.size() && words[after].key == "," && words[after + 1].capital &&
                              rules_.unit_heads.Longest(words, after + 1);
          return paragraph && match->words >= 2 && words[i].capital &&
                 (listed || (after < words.size() && rules_.verbs.Longest(words, after)));
        }
      } else if (group && (plural || titles > 0)) {
        after = i + group->words + (plural ? 1 : 0);
        group_only = true;
      }
      break;
    }
    if (paragraph && (asked || given) && i < words.size() && words[i].capital) return true;
    if (after == 0) return false;
    if (!paragraph || asked || given) return true;
    if (words[0].capital && ActsAtOnce(words, after, !group_only)) return true;
    for (std::size_t k = after; k < std::min(words.size(), after + 16); ++k) {
      const bool standing = words[k].key == "là" && k + 1 < words.size() &&
                            (words[k + 1].key == "cơ" || words[k + 1].key == "đầu" || words[k + 1].key == "thường");
      if (standing) return true;
      if ((words[k].key == "của" && k == after) || words[k].key == "là") return false;
      if (!words[k].capital && rules_.verbs.Longest(words, k)) return true;
    }
    return false;
  }

  // --- Bullets --------------------------------------------------------------------------------------------------

  int BulletParent() const {
    for (std::size_t i = bullets_.size(); i-- > 0;) {
      if (bullets_[i].node >= 0) return bullets_[i].node;
    }
    return Innermost();
  }

  std::size_t SegmentBullet(std::size_t i, std::size_t end, const LabelText& label) {
    const auto same = std::ranges::find(bullets_, label.label, &OpenBullet::mark);
    bullets_.erase(same, bullets_.end());
    std::size_t next = 0;
    Block block = Collect(i, end, label.size, next);
    block.kind = BlockKind::kBullet;
    block.label = label.label;
    const int parent = BulletParent();
    if (HeadsOthers(block, next, end)) {
      const auto counted = labels_.find({parent, label.label});
      const int ordinal = counted == labels_.end() ? 1 : counted->second + 1;
      OutlineNode node;
      node.label = label.label;
      node.parent = parent;
      const std::string name = label.label + std::to_string(ordinal);
      node.id = parent < 0 ? name : outline_.nodes[static_cast<std::size_t>(parent)].id + "." + name;
      bullets_.push_back({label.label, static_cast<int>(outline_.nodes.size())});
      AddNode(std::move(node), std::move(block), lines_[i].span.begin, label.label);
      return next;
    }
    bullets_.push_back({label.label, -1});
    Emit(std::move(block), parent);
    return next;
  }

  // A bullet is a heading where bullets of another mark, or plain text after a starred title, stand under it.
  bool HeadsOthers(const Block& block, std::size_t next, std::size_t end) const {
    while (next < end && lines_[next].page_head) ++next;
    if (next >= end) return false;
    const auto label = ReadLabel(lines_[next].text);
    const bool title = TitleEnd(block) == block.text.size();
    if (label && label->readings.front().kind == LabelKind::kBullet) {
      if (label->label == block.label) return false;
      return std::ranges::find(bullets_, label->label, &OpenBullet::mark) == bullets_.end() &&
             (title || block.label != "-");
    }
    return !label && block.label == "*" && title && block.text.size() < 200;
  }

  // --- Tables ---------------------------------------------------------------------------------------------------

  static constexpr std::size_t kLongestRow = 40;  // lines

  std::size_t SegmentTable(std::size_t at, std::size_t end, const TableHead& head) {
    const int section = bullets_.empty() ? Innermost() : BulletParent();
    bullets_.clear();
    std::vector<std::pair<std::size_t, ByteSpan>> parts;
    for (std::size_t i = at; i < at + head.lines; ++i) {
      if (!lines_[i].page_head) parts.emplace_back(i, lines_[i].span);
    }
    Block header = Join(parts, BlockKind::kTableRow);
    header.header_row = true;
    Emit(std::move(header), section);
    std::size_t i = at + head.lines;
    if (head.numbered) return NumberedRows(i, end, head, section);
    if (std::ranges::count(head.columns, "time") == 2 && head.columns.front() == "time" && TermLines(lines_, i) > 0)
      return TermRows(i, end, head, section);
    return head.columns.front() != "time" && head.columns.size() > 2 ? PlainRows(i, end, head, section)
                                                                     : TimedRows(i, end, head, section);
  }

  // A table whose rules were seen. It goes on where the next page begins with a table of as many columns.
  std::size_t SegmentGrid(std::size_t at, std::size_t end, Grid grid) {
    const int section = bullets_.empty() ? Innermost() : BulletParent();
    bullets_.clear();
    std::vector<std::size_t> row;  // lines of the row that is open
    const auto emit = [&] {
      if (!row.empty()) EmitGridRow(row, grid, section);
      row.clear();
    };
    std::size_t i = at;
    int head_rows = grid.head_rows;
    while (true) {
      const std::size_t stop = std::min(end, EndOfGrid(lines_, i));
      const int first_row = lines_[i].cell->row;
      std::vector<std::pair<std::size_t, ByteSpan>> head;
      for (; i < stop && lines_[i].cell->row < first_row + head_rows; ++i) head.emplace_back(i, lines_[i].span);
      if (!head.empty()) {
        Block header = Join(head, BlockKind::kTableRow);
        header.header_row = true;
        Emit(std::move(header), section);
      }
      int open = row.empty() ? -1 : lines_[row.back()].cell->row;
      // A row that the page's end cut in two has no number on the next page.
      bool goes_on = !row.empty() && i < stop && grid.columns.front() == "number" && lines_[i].cell->column > 0;
      for (; i < stop; ++i) {
        const int this_row = lines_[i].cell->row;
        if (this_row != open && !goes_on) emit();
        if (this_row != open && goes_on && row.size() > kLongestRow) emit();
        goes_on = goes_on && (open == this_row || lines_[row.back()].page != lines_[i].page);
        open = this_row;
        row.push_back(i);
      }
      std::size_t next = i;
      while (next < end && lines_[next].page_head) ++next;
      const bool turned = next < end && lines_[next].cell && lines_[next].page == lines_[i - 1].page + 1;
      if (!turned) break;
      const Grid again = ReadGrid(lines_, next, rules_);
      if (!again.columns.empty() && again.columns != grid.columns) break;
      int columns = 0;
      for (std::size_t k = next; k < EndOfGrid(lines_, next); ++k)
        columns = std::max(columns, lines_[k].cell->column + 1);
      if (columns != static_cast<int>(grid.columns.size())) break;
      head_rows = again.head_rows;
      for (; i < next; ++i) EmitLine(i, BlockKind::kPageHead);
    }
    emit();
    return i;
  }

  void EmitGridRow(const std::vector<std::size_t>& row, const Grid& grid, int section) {
    std::vector<std::pair<std::size_t, ByteSpan>> all;
    std::vector<std::vector<std::pair<std::size_t, ByteSpan>>> cells(grid.columns.size());
    for (const std::size_t i : row) {
      all.emplace_back(i, lines_[i].span);
      cells[static_cast<std::size_t>(lines_[i].cell->column)].emplace_back(i, lines_[i].span);
    }
    Block block = Join(all, BlockKind::kTableRow);
    // "A | Công tác chuẩn bị", "CÔNG TÁC CHUẨN BỊ" over all columns: a group of rows.
    std::size_t filled = 0;
    bool numbered = std::ranges::find(grid.columns, "number") == grid.columns.end();
    for (std::size_t c = 0; c < cells.size(); ++c) {
      if (cells[c].empty()) continue;
      if (grid.columns[c] != "number") ++filled;
      if (grid.columns[c] == "number") numbered = lines_[cells[c][0].first].words[0].kind == WordKind::kNumber;
    }
    const bool group = filled == 0 || (filled == 1 && !numbered);
    for (std::size_t c = 0; c < cells.size() && !group; ++c) {
      if (grid.columns[c] == "number") continue;
      Block cell = Join(cells[c], BlockKind::kTableRow);
      cell.column = grid.columns[c];
      if (cells[c].empty()) {
        cell.span = {block.span.end, block.span.end};
        cell.back = {block.span.end};
      }
      cell.section = section;
      block.cells.push_back(std::move(cell));
    }
    Emit(std::move(block), section);
  }

  // A line that cannot belong to the table: a section label, the closing, a page-wide line of text.
  bool EndsTable(std::size_t i) const {
    const PrintedLine& line = lines_[i];
    if (heads_.contains(i)) return true;
    if (const auto label = ReadLabel(line.text)) {
      const LabelReading& reading = label->readings.front();
      if (reading.kind <= LabelKind::kItem && reading.kind != LabelKind::kCapital) return true;
      if (reading.kind != LabelKind::kBullet && label->size < line.text.size()) {
        const auto place = series_.Fit(*label);
        if (place && place->doubt < (place->reading.kind == LabelKind::kLetter ? 0.1 : 1)) return true;
      }
    }
    const auto landmark = At(line);
    return landmark == Landmark::kClosing && line.width > full_width_ * 0.6;
  }

  std::size_t NumberedRows(std::size_t i, std::size_t end, const TableHead& head, int section) {
    // Where a row begins and ends, and the bytes of its number; a group between rows ("A / Công tác chuẩn bị") has
    // none.
    struct Row {
      std::size_t begin, stop, number;
      bool group;
    };
    std::vector<Row> rows;
    int expected = 1;
    rows_dotted_ = true;  // until a row without points is seen
    rows_padded_.reset();
    while (i < end) {
      if (lines_[i].page_head) {
        rows.push_back({i, i + 1, 0, true});
        ++i;
        continue;
      }
      if (!rows.empty() && IsSum(lines_[i])) {
        rows.push_back({i, i + 1, 0, true});
        for (++i; i < end && (lines_[i].page_head || CountsOnly(lines_[i])); ++i) rows.push_back({i, i + 1, 0, true});
        continue;
      }
      std::size_t rest = 0;
      const int number = RowNumber(lines_[i], rest);
      if (number == 0 || number < expected || number > expected + 2 || !IsRow(i, number)) {
        if (EndsTable(i) || lines_[i].width > full_width_ * 0.75) break;
        std::size_t ahead = i + 1;
        while (ahead < end && ahead < i + 5 && !IsRow(ahead, expected) && !IsRow(ahead, 1)) ++ahead;
        if (ahead >= end || ahead >= i + 5) break;
        for (; i < ahead; ++i) rows.push_back({i, i + 1, 0, true});
        if (!IsRow(i, expected)) expected = 1;
        continue;
      }
      rows_dotted_ = IsDotted(lines_[i]);
      if (!rows_padded_) rows_padded_ = IsPadded(lines_[i]);
      std::size_t stop = i + 1;
      while (stop < end && stop < i + kLongestRow && !IsRow(stop, number + 1) && !BeginsGroup(stop, end, number + 1) &&
             !(IsSum(lines_[stop]) && stop + 1 < end && CountsOnly(lines_[stop + 1])) &&
             !(EndsTable(stop) && !InsideRow(stop, end, number))) {
        if (expected > 1 && !IsRowAhead(stop, end, number + 1) && lines_[stop].width > full_width_ * 0.8 &&
            BeginsCapital(lines_[stop]))
          break;
        ++stop;
      }
      if (stop == i + kLongestRow && stop < end && !IsRow(stop, number + 1))
        Cut(lines_[stop], "a table row of more than " + std::to_string(kLongestRow) + " lines");
      rows.push_back({i, stop, rest, false});
      expected = number + 1;
      i = stop;
    }
    std::vector<std::vector<PrintedLine>> split;
    for (const Row& row : rows) {
      if (!row.group) split.push_back(CellLines(row.begin, row.stop, row.number).lines);
    }
    std::vector<double> widths;
    for (int round = 0; round < kRounds; ++round) widths = WidestCells(split, head.columns, widths);
    for (const Row& row : rows) {
      if (row.group)
        EmitLine(row.begin, lines_[row.begin].page_head ? BlockKind::kPageHead : BlockKind::kTableRow);
      else
        EmitRow(row.begin, row.stop, row.number, head.columns, section, widths);
    }
    return i;
  }

  // "Cộng", "Tổng cộng:" with sums behind.
  static bool IsSum(const PrintedLine& line) {
    return !line.words.empty() && line.words.size() <= 3 && line.words[0].capital &&
           (line.words[0].key == "cộng" ||
            (line.words[0].key == "tổng" &&
             (line.words.size() == 1 || line.words[1].key == "cộng" || line.words[1].key == "số")));
  }
  static bool CountsOnly(const PrintedLine& line) {
    return !line.words.empty() &&
           std::ranges::all_of(line.words, [](const KeyWord& word) { return word.kind != WordKind::kWord; }) &&
           line.words[0].kind == WordKind::kNumber;
  }

  // "6. Chuyển đổi nghề": a number with its point and text behind.
  static bool IsDotted(const PrintedLine& line) { return line.words.size() > 2 && line.words[1].key == "."; }

  // "06", where the rows are counted "5", "6", is what a cell counts.
  static bool IsPadded(const PrintedLine& line) { return line.words[0].key.size() > 1 && line.words[0].key[0] == '0'; }

  bool IsRow(std::size_t i, int number) const {
    if (lines_[i].page_head) return false;
    std::size_t rest = 0;
    if (RowNumber(lines_[i], rest) != number) return false;
    if (!rows_dotted_ && IsDotted(lines_[i])) return false;
    if (number < 10 && rows_padded_ && *rows_padded_ != IsPadded(lines_[i])) return false;
    // "3. Phòng Kinh tế" may be the next section; within a table a section's label counts as such where it fits.
    const auto label = ReadLabel(lines_[i].text);
    if (label && label->size < lines_[i].text.size()) {
      const auto place = series_.Fit(*label);
      if (place && place->doubt < 0.4) return false;
    }
    return true;
  }

  // "B", "II" alone on a line with the next row behind its title.
  bool BeginsGroup(std::size_t i, std::size_t end, int number) const {
    const PrintedLine& line = lines_[i];
    if (line.page_head || line.words.size() > 2 || !line.words[0].all_caps || line.words[0].key.size() > 4)
      return false;
    if (line.words[0].key.find_first_not_of("abcdeivx") != std::string::npos ||
        (line.words.size() == 2 && line.words[1].key != "."))
      return false;
    for (std::size_t k = i + 1; k < std::min(end, i + 5); ++k) {
      if (IsRow(k, number) || IsRow(k, 1)) return true;
    }
    return false;
  }

  bool IsRowAhead(std::size_t i, std::size_t end, int number) const {
    for (std::size_t k = i; k < std::min(end, i + 30); ++k) {
      if (IsRow(k, number)) return true;
      if (EndsTable(k)) return false;
    }
    return false;
  }

  // A cell may begin like a label; it is one only if no further row follows.
  bool InsideRow(std::size_t i, std::size_t end, int number) const {
    const auto label = ReadLabel(lines_[i].text);
    return label && label->readings.front().kind != LabelKind::kRoman && IsRowAhead(i + 1, end, number + 1);
  }

  // A line that ends a table without running numbers: any label, the closing, a page-wide line.
  bool BreaksRows(std::size_t i) const {
    const auto label = ReadLabel(lines_[i].text);
    // "Hai ngày 17 / - 18/12/2026": the dash of a span.
    if (label && label->readings.front().kind == LabelKind::kBullet && label->size < lines_[i].text.size() &&
        IsDigit(static_cast<unsigned char>(lines_[i].text[label->size])))
      return false;
    return (label && !label->bracketed) || EndsTable(i) || lines_[i].width > full_width_ * 0.8;
  }

  // Rows of a table without running numbers: the columns alone tell where a row begins.
  std::size_t PlainRows(std::size_t i, std::size_t end, const TableHead& head, int section) {
    std::vector<PrintedLine> lines;
    std::vector<std::size_t> index;
    for (; i < end; ++i) {
      if (lines_[i].page_head) {
        EmitLine(i, BlockKind::kPageHead);
        continue;
      }
      if (BreaksRows(i)) break;
      lines.push_back(lines_[i]);
      index.push_back(i);
    }
    std::vector<std::size_t> rows;
    std::vector<double> widths;
    for (int round = 0; round < kRounds; ++round) {
      rows = SplitRows(lines, head.columns, rules_, widths);
      std::vector<std::vector<PrintedLine>> split;
      for (std::size_t r = 0; r + 1 < rows.size(); ++r) {
        split.emplace_back(lines.begin() + static_cast<std::ptrdiff_t>(rows[r]),
                           lines.begin() + static_cast<std::ptrdiff_t>(rows[r + 1]));
      }
      widths = WidestCells(split, head.columns, widths);
    }
    for (std::size_t r = 0; r + 1 < rows.size(); ++r)
      EmitRow(index[rows[r]], index[rows[r + 1] - 1] + 1, 0, head.columns, section, widths);
    return i;
  }

  // A few words in capitals between rows.
  static bool IsRowGroup(const PrintedLine& line) {
    return line.words.size() <= 3 && AllCaps(line.words) &&
           std::ranges::none_of(line.words, [](const KeyWord& word) { return word.kind == WordKind::kNumber; });
  }

  // A line behind the rows of a programme; "P.KTHTĐT, khu" is no label.
  bool EndsHours(std::size_t i) const {
    if (!BreaksRows(i)) return false;
    const auto label = ReadLabel(lines_[i].text);
    return !(label && label->readings.front().kind == LabelKind::kCapital && lines_[i].width < full_width_ * 0.5);
  }

  // Rows of a work plan by months: "Tháng / 7" stands before its rows, which have the other columns.
  std::size_t TermRows(std::size_t i, std::size_t end, TableHead head, int section) {
    head.columns.erase(head.columns.begin());
    while (i < end) {
      std::size_t stop = i;
      while (stop < end && lines_[stop].page_head) ++stop;
      if (stop < end) stop += TermLines(lines_, stop);
      EmitGroup(i, stop, section);
      i = stop;
      while (stop < end && TermLines(lines_, stop) == 0 && !EndsHours(stop)) ++stop;
      if (stop == i) break;
      i = PlainRows(i, stop, head, section);
    }
    return i;
  }

  // "BUỔI SÁNG", "CHIỀU" between the hours; "UBND" goes on a cell.
  static bool IsHalfDay(const PrintedLine& line) {
    static constexpr std::array<std::string_view, 5> kHalves = {"sáng", "trưa", "chiều", "tối", "đêm"};
    return IsRowGroup(line) && std::ranges::find(kHalves, line.words.back().key) != kHalves.end();
  }

  // Rows of a programme: each begins with an hour of the day, lines that say the day stand between them.
  std::size_t HourRows(std::size_t i, std::size_t end, const TableHead& head, int section) {
    std::vector<std::pair<std::size_t, std::size_t>> rows;  // first line and the one behind
    const std::size_t begin = i;
    while (i < end) {
      if (lines_[i].page_head) {
        ++i;
        continue;
      }
      const std::size_t day = DayLines(lines_, i);
      if (day == 0 && (EndsHours(i) || !(BeginsWithHour(lines_[i]) || IsHalfDay(lines_[i])))) break;
      std::size_t stop = i + std::max<std::size_t>(day, 1);
      if (day == 0 && BeginsWithHour(lines_[i])) {
        while (stop < end && stop < i + kLongestRow && !BeginsWithHour(lines_[stop]) && DayLines(lines_, stop) == 0 &&
               !EndsHours(stop) && !IsHalfDay(lines_[stop]))
          ++stop;
        rows.emplace_back(i, stop);
      }
      i = stop;
    }
    std::vector<std::vector<PrintedLine>> split;
    for (const auto& [first, stop] : rows) {
      split.emplace_back();
      for (std::size_t k = first; k < stop; ++k) {
        if (!lines_[k].page_head) split.back().push_back(lines_[k]);
      }
    }
    std::vector<double> widths;
    for (int round = 0; round < kRounds; ++round) widths = WidestCells(split, head.columns, widths);
    std::size_t at = begin;
    for (const auto& [first, stop] : rows) {
      EmitGroup(at, first, section);
      EmitRow(first, stop, 0, head.columns, section, widths);
      at = stop;
    }
    EmitGroup(at, i, section);
    return i;
  }

  // The column widths that the cells have where rows are split by what is known of the widths so far. A second round
  // puts right what the first one split wrong.
  static constexpr int kRounds = 2;
  std::vector<double> WidestCells(const std::vector<std::vector<PrintedLine>>& rows,
                                  const std::vector<std::string>& columns, const std::vector<double>& widths) const {
    std::vector<std::vector<double>> cells(columns.size());  // widest line of each
    for (const std::vector<PrintedLine>& row : rows) {
      for (const std::vector<std::size_t>& cuts : SplitRow(row, columns, rules_, widths)) {
        for (std::size_t c = 0; c < columns.size(); ++c) {
          double widest = 0;
          for (std::size_t k = cuts[c]; k < cuts[c + 1]; ++k) widest = std::max(widest, row[k].width);
          cells[c].push_back(widest);
        }
      }
    }
    // One row in five may be split wrongly; a width that is too small does no harm.
    std::vector<double> widest(columns.size(), 0);
    for (std::size_t c = 0; c < columns.size(); ++c) {
      if (cells[c].empty()) continue;
      std::ranges::sort(cells[c]);
      widest[c] = cells[c][cells[c].size() - 1 - cells[c].size() / 5];
    }
    return widest;
  }

  // Lines [begin, end) between rows as one row without cells; page heads by themselves.
  void EmitGroup(std::size_t begin, std::size_t end, int section) {
    std::vector<std::pair<std::size_t, ByteSpan>> parts;
    for (std::size_t i = begin; i < end; ++i) {
      if (lines_[i].page_head)
        EmitLine(i, BlockKind::kPageHead);
      else
        parts.emplace_back(i, lines_[i].span);
    }
    if (!parts.empty()) Emit(Join(parts, BlockKind::kTableRow), section);
  }

  // A line that a time begins with; a word of time alone on its line, "Thứ / Sáu", "Hết / tháng 3", needs the rest of
  // it: "Làng / Rằm" is a name.
  bool OpensTime(std::size_t i) const {
    if (!LooksLikeTime(lines_[i], rules_)) return false;
    if (lines_[i].words.size() > 1) return true;
    if (i + 1 >= lines_.size() || lines_[i + 1].words.empty()) return false;
    static constexpr std::array<std::string_view, 7> kDays = {"hai", "ba", "tư", "năm", "sáu", "bảy", "nhật"};
    const KeyWord& next = lines_[i + 1].words[0];
    return LooksLikeTime(lines_[i + 1], rules_) || next.kind == WordKind::kNumber ||
           (lines_[i + 1].words.size() == 1 && std::ranges::find(kDays, next.key) != kDays.end());
  }

  // Rows of a table whose first column is a time: every line that looks like one begins a row.
  std::size_t TimedRows(std::size_t i, std::size_t end, const TableHead& head, int section) {
    const bool time_first = head.columns.front() == "time";
    std::size_t first = i;
    while (first < end && lines_[first].page_head) ++first;
    if (time_first && first < end && (BeginsWithHour(lines_[first]) || DayLines(lines_, first) > 0))
      return HourRows(i, end, head, section);
    std::vector<std::pair<std::size_t, std::size_t>> rows;  // first line and the one behind; groups and page heads too
    const auto is_row = [&](const std::pair<std::size_t, std::size_t>& row) {
      return time_first && !lines_[row.first].page_head && !IsRowGroup(lines_[row.first]);
    };
    while (i < end) {
      std::size_t stop = i + 1;
      if (!lines_[i].page_head) {
        if (BreaksRows(i)) break;
        if (is_row({i, stop})) {
          if (!LooksLikeTime(lines_[i], rules_)) break;
          bool text = false;  // a time over two lines is one cell
          while (stop < end && stop < i + kLongestRow && !lines_[stop].page_head &&
                 !(text && BeginsCapital(lines_[stop]) && OpensTime(stop)) && !(text && IsRowGroup(lines_[stop])) &&
                 !BreaksRows(stop)) {
            text = text || !LooksLikeTime(lines_[stop], rules_);
            ++stop;
          }
        }
      }
      rows.emplace_back(i, stop);
      i = stop;
    }
    std::vector<std::vector<PrintedLine>> split;
    for (const auto& row : rows) {
      if (is_row(row)) split.push_back(CellLines(row.first, row.second, 0).lines);
    }
    std::vector<double> widths;
    for (int round = 0; round < kRounds; ++round) widths = WidestCells(split, head.columns, widths);
    for (const auto& row : rows) {
      if (is_row(row))
        EmitRow(row.first, row.second, 0, head.columns, section, widths);
      else  // "BUỔI SÁNG"
        EmitLine(row.first, lines_[row.first].page_head ? BlockKind::kPageHead : BlockKind::kTableRow);
    }
    return i;
  }

  struct RowLines {
    std::vector<PrintedLine> lines;
    std::vector<std::size_t> index;  // of each, into lines_
  };

  // The lines of a row without page heads and without the first `skip` bytes, its number.
  RowLines CellLines(std::size_t begin, std::size_t end, std::size_t skip) const {
    RowLines row;
    for (std::size_t i = begin; i < end; ++i) {
      if (lines_[i].page_head) continue;
      PrintedLine line = lines_[i];
      if (i == begin && skip > 0) {
        if (skip >= line.text.size()) continue;
        line.span.begin += static_cast<std::uint32_t>(skip);
        line.text.remove_prefix(skip);
        line.words = KeyWords(line.text);
      }
      row.lines.push_back(std::move(line));
      row.index.push_back(i);
    }
    return row;
  }

  void EmitRow(std::size_t begin, std::size_t end, std::size_t skip, const std::vector<std::string>& columns,
               int section, const std::vector<double>& widths = {}) {
    for (std::size_t i = begin; i < end; ++i) {
      if (lines_[i].page_head) EmitLine(i, BlockKind::kPageHead);
    }
    auto [row, index] = CellLines(begin, end, skip);
    if (row.size() == 1 && columns.size() > 2) {
      std::vector<PrintedLine> pieces = CellPieces(row.front(), rules_);
      index.assign(pieces.size(), index.front());
      row = std::move(pieces);
    }
    std::vector<Block> merged;  // cells of the first row that hold for those behind it
    const std::vector<std::vector<std::size_t>> rows = SplitRow(row, columns, rules_, widths);
    for (std::size_t r = 0; r < rows.size(); ++r) {
      const std::vector<std::size_t>& cuts = rows[r];
      std::vector<std::pair<std::size_t, ByteSpan>> all;
      const std::size_t stop = r + 1 < rows.size() ? index[cuts.back()] : end;
      for (std::size_t i = r == 0 ? begin : index[cuts.front()]; i < stop; ++i) {
        if (!lines_[i].page_head) all.emplace_back(i, lines_[i].span);
      }
      Block block = Join(all, BlockKind::kTableRow);
      for (std::size_t c = 0; c < columns.size(); ++c) {
        if (r > 0 && cuts[c] == cuts.front() && cuts[c + 1] == cuts.front()) {
          block.cells.push_back(merged[c]);
          continue;
        }
        std::vector<std::pair<std::size_t, ByteSpan>> parts;
        for (std::size_t k = cuts[c]; k < cuts[c + 1]; ++k) parts.emplace_back(index[k], row[k].span);
        Block cell = Join(parts, BlockKind::kTableRow);
        cell.column = columns[c];
        if (parts.empty()) {
          cell.span = {block.span.end, block.span.end};
          cell.back = {block.span.end};
        }
        cell.section = section;
        block.cells.push_back(std::move(cell));
      }
      if (r == 0) merged = block.cells;
      Emit(std::move(block), section);
    }
  }

  // --- Tail -----------------------------------------------------------------------------------------------------

  bool IsSignatureLine(const PrintedLine& line) const {
    if (FilesWith(line)) return false;
    if (EndsWithCouncil(line) || NearlySignature(line)) return true;
    const auto landmark = At(line);
    return (landmark == Landmark::kAuthority || landmark == Landmark::kPosition) && AllCaps(line.words) &&
           line.words.size() <= 14;
  }

  // "KT, VP, CAX;", "KT (8).": the short name at word i is of whom a document is filed with, and no "KT. CHỦ TỊCH".
  static bool FilesWith(const PrintedLine& line, std::size_t i = 0) {
    return i + 2 < line.words.size() &&
           (line.words[i + 1].key == "," || line.words[i + 1].key == "(" || line.words[i + 1].key == ";");
  }

  // "Bí THƯ", "T/M CHI Bộ": an office or an authority of which a letter was read small.
  bool NearlySignature(const PrintedLine& line) const {
    if (FilesWith(line)) return false;
    const auto landmark = At(line);
    if (landmark != Landmark::kAuthority && landmark != Landmark::kPosition) return false;
    std::size_t capitals = 0, letters = 0;
    for (std::size_t at = 0; at < line.text.size();) {
      const char32_t c = DecodeAt(line.text, at);
      letters += IsLetter(c);
      capitals += IsUpper(c);
    }
    return line.words.size() <= 8 && 2 * capitals > letters;
  }

  // "tư BAN NHÂN DÂN", "IM, ỦY BAN NHÂN DÂN": the authority of a signature, whatever became of its beginning.
  static bool EndsWithCouncil(const PrintedLine& line) {
    const std::vector<KeyWord>& w = line.words;
    const std::size_t n = w.size();
    return n >= 3 && n <= 8 && w[n - 2].key == "nhân" && w[n - 1].key == "dân" && w[n - 1].all_caps &&
           w[n - 2].all_caps && w[n - 3].key != "hội" && w[0].key != "ủy" && w[0].key != "hội";
  }

  // "Nơi nhận: TM. ỦY BAN NHÂN DÂN": an authority in the right column.
  bool RightAuthority(const PrintedLine& line) const {
    const std::size_t cut = SignatureCut(line);
    if (cut == 0 || cut >= line.text.size()) return false;
    for (std::size_t w = 1; w < line.words.size(); ++w) {
      if (line.words[w].span.begin == cut) return At(line, w) == Landmark::kAuthority;
    }
    return false;
  }

  // "Nơi nhận:", with a list or the right column behind; not "Nơi nhận hồ sơ là Trung tâm …".
  bool OpensRecipients(const PrintedLine& line) const {
    const auto match = rules_.landmarks.Longest(line.words, 0);
    if (!match || static_cast<Landmark>(match->value) != Landmark::kRecipients) return false;
    const std::size_t next = match->words;
    return next >= line.words.size() || line.words[next].kind == WordKind::kSign || line.words[next].capital;
  }

  // The first line of recipients and signature.
  std::size_t FindTail(std::size_t body) const {
    std::size_t recipients = lines_.size();
    for (std::size_t i = body; i < lines_.size(); ++i) {
      if (!OpensRecipients(lines_[i])) continue;
      recipients = i;
      break;
    }
    std::size_t signature = lines_.size(), last_label = body;
    for (std::size_t i = body; i < lines_.size(); ++i) {
      const auto label = ReadLabel(lines_[i].text);
      if (label && label->readings.front().kind != LabelKind::kBullet &&
          label->readings.front().kind > LabelKind::kPart)
        last_label = i;
    }
    for (std::size_t i = lines_.size(); i-- > body;) {
      if (i < recipients && IsSignatureLine(lines_[i]))
        signature = i;
      else if (i < recipients && signature < lines_.size() && signature > i + 8)
        break;
    }
    if (recipients == lines_.size()) {
      // "Nơi nhận:" was misread: the right column on its line still says where the tail begins.
      for (std::size_t i = std::max(body, last_label); i < signature; ++i) {
        if (RightAuthority(lines_[i])) return i;
      }
      return signature;
    }
    // The right column may have been read first: the signature stands directly above the recipients.
    return signature < recipients && recipients - signature <= 8 ? signature : recipients;
  }

  // Recipients, signature and what digital signatures left; the index of the first line after them.
  std::size_t SegmentTail(std::size_t at) {
    std::vector<std::pair<std::size_t, ByteSpan>> item;
    const std::size_t first = at;
    bool in_recipients = false, named = false, digital = false;
    int signed_page = 0;  // of the signer's name
    const auto flush = [&] {
      if (!item.empty()) {
        Block block = Join(item, BlockKind::kRecipients);
        if (!block.text.empty()) Emit(std::move(block), -1);
      }
      item.clear();
    };
    for (; at < lines_.size(); ++at) {
      const PrintedLine& line = lines_[at];
      const auto label = ReadLabel(line.text);
      if (label && label->readings.front().kind == LabelKind::kAppendix) break;
      // "QUY CHẾ", "DANH SÁCH …" on the page behind the signature: what the document puts in force or encloses.
      if (signed_page > 0 && line.page > signed_page && !line.page_head && AllCaps(line.words)) break;
      if (line.page_head) {
        EmitLine(at, BlockKind::kPageHead);
        continue;
      }
      if (IsTimestamp(line) || digital) {
        digital = true;
        EmitLine(at, BlockKind::kNoise);
        continue;
      }
      ByteSpan rest = line.span;
      if (At(line) == Landmark::kRecipients) {
        in_recipients = true;
        const std::size_t words = rules_.landmarks.Longest(line.words, 0)->words;
        std::size_t end = line.words[words - 1].span.end;
        if (words < line.words.size() && line.words[words].key == ":") end = line.words[words].span.end;
        rest.begin = line.span.begin + static_cast<std::uint32_t>(end);
        while (!rest.empty() && document_.text[rest.begin] == ' ') ++rest.begin;
      }
      // The right column on the same printed line: capitals that name an authority or a position.
      if (const std::size_t cut = SignatureCut(line); cut < line.text.size()) {
        const std::uint32_t begin = line.span.begin + static_cast<std::uint32_t>(cut);
        const ByteSpan left{rest.begin, std::max(rest.begin, begin)};
        // What stands before the authority on the first line of the tail is "Nơi nhận:", readable or not.
        const bool opens = at == first && !in_recipients && RightAuthority(line) && !ReadLabel(line.text);
        if (opens) in_recipients = true;
        if (!opens) TakeLeftColumn(left, item, flush, at);
        Emit(Join({{at, {begin, line.span.end}}}, BlockKind::kSignature), -1);
        continue;
      }
      if (const std::size_t mark = SignedMark(line); mark < line.text.size()) {
        const std::uint32_t begin = line.span.begin + static_cast<std::uint32_t>(mark);
        if (mark > 0 && begin > rest.begin) TakeLeftColumn({rest.begin, begin}, item, flush, at);
        flush();
        Emit(Join({{at, {begin, line.span.end}}}, BlockKind::kNoise), -1);
        continue;
      }
      if (rest.empty()) continue;
      const auto bullet = ReadLabel(rest.In(document_.text));
      if (bullet && bullet->readings.front().kind == LabelKind::kBullet) {
        flush();
        item.emplace_back(at, ByteSpan{rest.begin + static_cast<std::uint32_t>(bullet->size), rest.end});
        continue;
      }
      // "- Lưu: VT." ends the list, whatever a seal left behind it.
      const bool filed =
          !item.empty() && line.blank_before && ToLower(item.front().second.In(document_.text)).starts_with("lưu");
      const bool open = !item.empty() && !filed && !EndsSentence(item.back().second.In(document_.text));
      if (!named && LooksLikeName(line.words) && has_signature_ &&
          !(open && !AllCaps(line.words) && item.size() < 2 && !signature_complete_)) {
        flush();
        Emit(Join({{at, line.span}}, BlockKind::kSignature), -1);
        named = true;
        signed_page = line.page;
        continue;
      }
      if (((AllCaps(line.words) || EndsWithCouncil(line)) && !(open && (line.words.size() < 3 || FilesWith(line)))) ||
          NearlySignature(line)) {
        flush();
        Emit(Join({{at, line.span}}, BlockKind::kSignature), -1);
        continue;
      }
      if (!item.empty() && (open || BeginsSmall(line))) {
        item.emplace_back(at, rest);
        continue;
      }
      if (in_recipients && !named) {
        flush();
        item.emplace_back(at, rest);
        continue;
      }
      flush();
      EmitLine(at, LooksLikeName(line.words) ? BlockKind::kSignature : BlockKind::kNoise);
    }
    flush();
    return at;
  }

  // Where "(đã ký)" ends a line: bytes of the line; its size where it does not.
  std::size_t SignedMark(const PrintedLine& line) const {
    for (std::size_t i = 0; i < line.words.size(); ++i) {
      const auto match = rules_.landmarks.Longest(line.words, i);
      const bool bracket = line.words[i].key == "(";
      if (match && static_cast<Landmark>(match->value) == Landmark::kSigned && i + match->words == line.words.size() &&
          (bracket || i == 0))
        return line.words[i].span.begin;
    }
    return line.text.size();
  }

  template <typename Flush>
  void TakeLeftColumn(ByteSpan left, std::vector<std::pair<std::size_t, ByteSpan>>& item, const Flush& flush,
                      std::size_t at) {
    while (!left.empty() && document_.text[left.end - 1] == ' ') --left.end;
    if (left.empty()) return;
    const auto bullet = ReadLabel(left.In(document_.text));
    if (bullet && bullet->readings.front().kind == LabelKind::kBullet) {
      flush();
      left.begin += static_cast<std::uint32_t>(bullet->size);
    }
    item.emplace_back(at, left);
  }

  // Where the right column begins on a line of recipients: bytes of the line; its size where there is none.
  std::size_t SignatureCut(const PrintedLine& line) const {
    if (FilesWith(line)) return line.text.size();
    std::size_t first = line.words.size();  // of the words in capitals at the end
    while (first > 0 && (line.words[first - 1].kind != WordKind::kWord || line.words[first - 1].all_caps)) --first;
    for (std::size_t i = first; i < line.words.size(); ++i) {
      if (!line.words[i].all_caps) continue;
      const auto landmark = At(line, i);
      if (landmark != Landmark::kAuthority && landmark != Landmark::kPosition) continue;
      const std::vector<KeyWord> tail(line.words.begin() + static_cast<std::ptrdiff_t>(i), line.words.end());
      // "- Lưu: VT, KT." files with Phòng Kinh tế.
      const bool filed =
          i > 0 && (line.words[i - 1].key == "," || line.words[i - 1].key == ":" || line.words[i - 1].key == "-");
      if (AllCaps(tail) && !(i > 0 && FilesWith(line, i)) && !(filed && tail.size() < 3))
        return line.words[i].span.begin;
    }
    return line.text.size();
  }

  // "2025-09-26T14:04:43+0700": the visible trace of a digital signature.
  static bool IsTimestamp(const PrintedLine& line) {
    const std::string_view t = line.text;
    const auto digits = [&](std::size_t at, std::size_t n) {
      for (std::size_t i = at; i < at + n; ++i) {
        if (i >= t.size() || t[i] < '0' || t[i] > '9') return false;
      }
      return true;
    };
    return t.size() >= 19 && digits(0, 4) && t[4] == '-' && digits(5, 2) && t[7] == '-' && digits(8, 2) &&
           t[10] == 'T' && digits(11, 2) && t[13] == ':';
  }

  void CloseSections() {
    for (const Block& block : outline_.blocks) {
      for (int n = block.section; n >= 0; n = outline_.nodes[static_cast<std::size_t>(n)].parent) {
        OutlineNode& node = outline_.nodes[static_cast<std::size_t>(n)];
        node.span.end = std::max(node.span.end, block.span.end);
      }
    }
  }

  const DocumentText& document_;
  const Tables& rules_;
  std::vector<PrintedLine> lines_;
  int pipe_line_ = -1;           // the last line of a table with bars
  int pipe_table_ = 9999;        // of those, behind all that were seen by their rules
  int pipe_row_ = 0;             // with text; `text` of each points into document_
  std::vector<ByteSpan> noise_;  // lines of rules and dots
  double full_width_ = 0, body_right_ = 0, body_left_ = 0;
  bool unwrapped_ = false;                    // a line is a paragraph: text that was never printed
  bool blanks_tell_ = false;                  // blank lines stand between paragraphs, not between all lines
  bool has_signature_ = false;                // a block of the signature was emitted
  bool signature_complete_ = false;           // … with the position of the signer
  bool loose_ = false;                        // below a heading without a label
  std::optional<bool> rows_padded_;           // whether they are counted "01", "02"
  bool rows_dotted_ = true;                   // the rows of the table being read have a point behind their number
  std::map<std::size_t, LabelText> heads_;    // by line: the headings of the first rank, as their series says
  std::vector<std::size_t> label_lines_;      // lines with a label that is no bullet
  std::vector<LabelReading> label_readings_;  // … its likeliest reading
  LabelSeries series_;
  std::vector<OpenBullet> bullets_;
  std::map<std::pair<int, std::string>, int> ids_;     // nodes by parent and id without its "~2"
  std::map<std::pair<int, std::string>, int> labels_;  // nodes by parent and label
  const PrintedLine* before_ = nullptr;                // the last line of the block before
  std::size_t last_labelled_ = 0, body_end_ = 0;       // lines of the part being read
  Outline outline_;
};

}  // namespace

Outline Segment(const DocumentText& document, const SegmentRules& rules) {
  return Segmenter(document, rules.tables()).Run();
}

}  // namespace hoidau
