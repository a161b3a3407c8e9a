#include "ocr/read_page.h"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "image/binary.h"
#include "image/ink_runs.h"
#include "image/reading_order.h"
#include "ocr/blanks.h"
#include "ocr/stamp.h"
#include "ocr/word_shape.h"
#include "text/syllable.h"
#include "text/tokenizer.h"
#include "text/unicode.h"

namespace hoidau {
namespace {

// A line is no text if the engine itself hardly believes in any of it, or if it has more signs than letters and little
// confidence: torn off marks ("ˆ ˆ ^ ` ~"), strokes, seal ink. Faint lines ("Số: 15") stay: one word of two letters
// with some confidence is enough, or a lone character with much: a page number.
bool IsNoise(const OcrLine& line) {
  std::size_t letters = 0, signs = 0;
  float sum = 0;
  bool believed = false;
  for (const OcrWord& word : line.words) {
    std::size_t in_word = 0;
    // Cased letters only: loose marks are letters too (U+02C6), and every Vietnamese letter has a case.
    for (const char32_t c : CodePoints(word.text)) (IsUpper(c) || IsLower(c) || IsDigit(c) ? in_word : signs) += 1;
    letters += in_word;
    sum += word.confidence;
    believed = believed || (in_word > 0 && word.confidence >= (in_word > 1 ? 0.3F : 0.6F));
  }
  if (letters == 0) {
    // The dash of a list or the dots of a blank may stand alone before a tab.
    constexpr std::u32string_view kAlone = U"-–—+*•.…_/()";
    for (const OcrWord& word : line.words) {
      for (const char32_t c : CodePoints(word.text)) {
        if (word.confidence < 0.6F || kAlone.find(c) == std::u32string_view::npos) return true;
      }
    }
    return false;
  }
  return !believed || (signs > letters && sum < 0.6F * static_cast<float>(line.words.size()));
}

// A rule of a table, or its corner, read as characters: "| Khoa Công nghệ", "Tên [` TTHC", "trực |_". No office writes
// such a word, so it goes wherever it stands: half of the tables on a poor scan are not found as such. The dots and
// the long underscore of a blank for the pen stay.
bool IsRule(const OcrWord& word) {
  constexpr std::u32string_view kRules = U"|¦[]`_";
  const std::u32string text = CodePoints(word.text);
  if (std::any_of(text.begin(), text.end(), [](char32_t c) { return IsLetter(c) || IsDigit(c); })) return false;
  return text.find_first_of(U"|¦") != std::u32string::npos ||
         (text.size() <= 2 && text.find_first_not_of(kRules) == std::u32string::npos);
}

// A word of signs that the engine does not believe in: torn off marks, specks, the rim of a seal.
bool IsStray(const OcrWord& word) {
  constexpr std::u32string_view kStray = U"^~`´ˆ˜¨|\\<>_“”‘’'\"°=¬«»";
  const std::u32string text = CodePoints(word.text);
  return word.confidence < 0.7F &&
         std::all_of(text.begin(), text.end(), [&](char32_t c) { return kStray.find(c) != std::u32string_view::npos; });
}

// A word that stands alone and is surely read: letters and digits, believed the more the fewer there are.
bool IsSure(const OcrWord& word) {
  const std::u32string text = CodePoints(word.text);
  const auto digits = std::count_if(text.begin(), text.end(), [](char32_t c) { return IsDigit(c); });
  const auto letters = std::count_if(text.begin(), text.end(), [](char32_t c) { return IsUpper(c) || IsLower(c); });
  // Strokes of a pen and specks look like letters, hardly like figures.
  return digits + letters > 2 ? word.confidence >= 0.6F
         : digits > 0         ? word.confidence >= 0.75F
                              : letters > 0 && word.confidence >= 0.96F;
}

// Figures beside small letters, or capitals behind them.
bool MayHideABlank(const std::string& text) {
  bool figures = false, letters = false, capitals = false;
  for (const char32_t c : CodePoints(text)) {
    capitals = capitals || (letters && IsUpper(c));
    figures = figures || IsDigit(c), letters = letters || IsLower(c);
  }
  return letters && (figures || capitals);
}

// What an engine writes for a sign that looks the same: the Icelandic Ð for Đ, the fraction stroke for a slash.
char32_t Usual(char32_t c) {
  switch (c) {
    case U'\u00D0':
      return U'Đ';
    case U'\u00F0':
      return U'đ';
    case U'\u2044':
    case U'\u2215':
      return U'/';
    default:
      return c;
  }
}

// A word without the rule of its cell, which was read as part of it: "|Ông", "2_". A blank for the pen is longer.
std::u32string_view WithoutRules(std::u32string_view word) {
  const auto is_text = [](char32_t c) { return IsLetter(c) || IsDigit(c); };
  constexpr std::u32string_view kUpright = U"|¦";
  if (word.size() > 1 && kUpright.find(word.front()) != std::u32string_view::npos && is_text(word[1]))
    word.remove_prefix(1);
  if (word.size() > 1 && (word.back() == U'_' || kUpright.find(word.back()) != std::u32string_view::npos) &&
      is_text(word[word.size() - 2])) {
    word.remove_suffix(1);
  }
  return word;
}

// The word as one token: valid, NFC, no white space inside. A look-alike comes for the sign or beside it ("QĐÐ",
// "01/⁄2018").
std::string Clean(std::string_view text, bool* invalid) {
  if (!IsValidUtf8(text)) *invalid = true;
  const std::string normal = ToNfc(MakeValidUtf8(text));
  std::u32string out;
  bool look_alike = false;  // the last letter came as one
  for (const char32_t c : CodePoints(normal)) {
    if (IsSpace(c)) continue;
    const char32_t letter = Usual(c);
    const bool twin = !out.empty() && out.back() == letter && (look_alike || letter != c);
    look_alike = letter != c;
    if (!twin) out += letter;
  }
  return ToUtf8(WithoutRules(out));
}

float Width(const Box& box) { return box.right - box.left; }
float Height(const Box& box) { return box.bottom - box.top; }
bool MostlyOver(const Box& a, const Box& b) {
  const float across = std::min(a.right, b.right) - std::max(a.left, b.left);
  const float down = std::min(a.bottom, b.bottom) - std::max(a.top, b.top);
  return across > 0.5F * std::min(Width(a), Width(b)) && down > 0.5F * std::min(Height(a), Height(b));
}
// Whether the middle of a word is.
bool IsIn(const Box& cell, const Box& word) {
  const float x = (word.left + word.right) / 2, y = (word.top + word.bottom) / 2;
  return cell.left <= x && x <= cell.right && cell.top <= y && y <= cell.bottom;
}
// The same print read twice: the places overlap, and one reading is in the other but for the marks ("ộc", "Độc").
// Boxes alone overlap by mistake, too.
bool Twice(const OcrWord& a, const OcrWord& b) {
  if (!MostlyOver(a.box, b.box)) return false;
  const std::string x = ToLower(StripMarks(a.text)), y = ToLower(StripMarks(b.text));
  return x.find(y) != std::string::npos || y.find(x) != std::string::npos;
}

Box BoxOf(const OcrLine& line) {
  Box box;
  for (const OcrWord& word : line.words) box = Union(box, word.box);
  return box;
}
float Belief(const std::vector<OcrWord>& words) {
  float sum = 0, letters = 0;
  for (const OcrWord& word : words) {
    const auto length = static_cast<float>(word.text.size());
    sum += word.confidence * length, letters += length;
  }
  return letters > 0 ? sum / letters : 0;
}

// Words that each begin with a capital letter and are believed, as names and titles do: "Nguyễn Văn An", "PHÓ CHỦ
// TỊCH". Pen strokes are read as signs, or as letters that are hardly believed.
bool IsNameOrTitle(const std::vector<OcrWord>& words) {
  constexpr float kBelieved = 0.7F;
  return words.size() >= 2 && Belief(words) >= kBelieved && std::ranges::all_of(words, [](const OcrWord& word) {
           const std::u32string text = CodePoints(word.text);
           return text.size() >= 2 && IsUpper(text[0]) && IsSyllable(word.text) && word.confidence >= kBelieved / 2;
         });
}

Box Grown(const Box& box, float by, const Image& image) {
  return {std::max(0.0F, box.left - by), std::max(0.0F, box.top - by),
          std::min(static_cast<float>(image.width()), box.right + by),
          std::min(static_cast<float>(image.height()), box.bottom + by)};
}

// From a cropped image to the image that it was cut from.
Box Moved(const Box& box, const Box& crop) {
  return {box.left + crop.left, box.top + crop.top, box.right + crop.left, box.bottom + crop.top};
}

// One page on its way: every step works on `lines`, in pixels of the prepared image.
class PageReader {
 public:
  PageReader(OcrEngine& engine, const PrepareResult& prepared, const ReadPageOptions& options)
      : engine_(engine), prepared_(prepared), options_(options), marks_(prepared.marks) {}

  Status Read() {
    ReadColouredStamps();
    const Image cleared = WithoutFrames();
    Result<std::vector<OcrLine>> lines =
        engine_.Recognize(cleared.empty() ? prepared_.image : cleared, OcrScope::kPage);
    if (!lines) return lines.error();
    lines_ = std::move(*lines);
    Tidy(lines_);
    Split();
    if (options_.reread) {
      ReadAgain();
      ReadDoubtfulCells(cleared.empty() ? prepared_.image : cleared);
    }
    for (const OcrWord& word : written_) Insert(word);
    lines_.insert(lines_.end(), coloured_.begin(), coloured_.end());
    if (options_.read_rest) ReadRest(cleared.empty() ? prepared_.image : cleared);
    if (options_.check_shapes) CheckShapes();
    AddGreySeals();
    if (options_.drop_noise) {
      dropped_ += std::erase_if(
          lines_, [&](const OcrLine& line) { return (IsNoise(line) && !IsFigureInCell(line)) || IsMarkDebris(line); });
    }
    return Done{};
  }

  std::vector<OcrLine>& lines() { return lines_; }
  std::vector<Mark>& marks() { return marks_; }
  bool invalid() const { return invalid_; }
  std::size_t dropped() const { return dropped_; }

 private:
  // Stamps in a colour of their own are off the page already; here they are read from their ink.
  void ReadColouredStamps() {
    std::vector<Box> lines_of_text;
    for (std::size_t i = 0; i < std::min(marks_.size(), prepared_.mark_images.size()); ++i) {
      if (prepared_.mark_images[i].empty()) continue;
      if (marks_[i].kind == MarkKind::kHandwriting) {
        if (ReadFiguresOrLine(i)) lines_of_text.push_back(marks_[i].box);
        continue;
      }
      const Result<std::vector<OcrLine>> lines = engine_.Recognize(prepared_.mark_images[i], OcrScope::kBlock);
      if (!lines) continue;
      const StampReading stamp = ReadStamp(*lines);
      if (!stamp.incoming) {
        // Half a seal over the edge of two sheets, or a stamp that says something else.
        if (marks_[i].kind == MarkKind::kIncomingStamp) marks_[i].kind = MarkKind::kSeal;
        continue;
      }
      marks_[i].kind = MarkKind::kIncomingStamp;  // a violet one may have been taken for a signature
      marks_[i].text = stamp.text, marks_[i].number = stamp.number, marks_[i].date = stamp.date;
    }
    std::erase_if(marks_,
                  [&](const Mark& mark) { return std::ranges::find(lines_of_text, mark.box) != lines_of_text.end(); });
  }

  // A number or a day by pen, where the engine is sure of it, is text at its place; so is a line of print in a colour,
  // the stamped name of a signatory, of which it returns true: that is no mark.
  bool ReadFiguresOrLine(std::size_t mark) {
    Result<std::vector<OcrLine>> lines = engine_.Recognize(prepared_.mark_images[mark], OcrScope::kLine);
    if (!lines) return false;
    Tidy(*lines);
    if (lines->size() != 1) return false;
    std::vector<OcrWord>& words = lines->front().words;
    const Box place = prepared_.FromPage(marks_[mark].box);
    if (IsNameOrTitle(words)) {
      // The words share the mark's box by their length; places within it are those of an image of another scale.
      Box around;
      for (const OcrWord& word : words) around = Union(around, word.box);
      for (OcrWord& word : words) {
        const float scale = Width(place) / Width(around);
        word.box = {place.left + (word.box.left - around.left) * scale, place.top,
                    place.left + (word.box.right - around.left) * scale, place.bottom};
      }
      coloured_.push_back(std::move(lines->front()));
      return true;
    }
    if (words.size() != 1) return false;
    OcrWord word = words[0];
    // The colon before the blank and the slash behind it.
    while (!word.text.empty() && std::string_view("/:;.,-").find(word.text.back()) != std::string_view::npos)
      word.text.pop_back();
    word.text.erase(0, std::min(word.text.find_first_not_of("/:;.,-"), word.text.size()));
    const bool figures = word.text.size() <= 4 &&
                         std::all_of(word.text.begin(), word.text.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (!figures || word.text.empty() || word.confidence < kSureFigures) return false;
    marks_[mark].text = word.text;
    word.box = place;
    written_.push_back(std::move(word));
    return false;
  }

  // Into the line where it stands, or as one of its own.
  void Insert(const OcrWord& word) {
    for (OcrLine& line : lines_) {
      const Box box = BoxOf(line);
      const float down = std::min(box.bottom, word.box.bottom) - std::max(box.top, word.box.top);
      if (down < 0.4F * std::min(Height(box), Height(word.box)) || word.box.right < box.left - em_ ||
          word.box.left > box.right + em_) {
        continue;
      }
      const auto behind = std::find_if(line.words.begin(), line.words.end(),
                                       [&](const OcrWord& other) { return other.box.left > word.box.left; });
      line.words.insert(behind, word);
      return;
    }
    lines_.push_back({.words = {word}});
  }

  // Black stamps are told by what stands in their frame; the page without them, or an empty image where there is none.
  Image WithoutFrames() {
    Image page;
    for (const Box& frame : prepared_.frames) {
      const Result<std::vector<OcrLine>> lines = engine_.Recognize(prepared_.image.Cropped(frame), OcrScope::kBlock);
      if (!lines) continue;
      const StampReading stamp = ReadStamp(*lines);
      if (!stamp.incoming) continue;
      if (page.empty()) page = prepared_.image.Copy();
      for (const Box& stroke : StrokesOf(prepared_.image, frame)) page.Fill(stroke, 255, 255, 255);
      marks_.push_back({.kind = MarkKind::kIncomingStamp,
                        .box = prepared_.ToPage(frame),
                        .text = stamp.text,
                        .number = stamp.number,
                        .date = stamp.date});
    }
    return page;
  }

  void Tidy(std::vector<OcrLine>& lines) {
    for (OcrLine& line : lines) {
      for (OcrWord& word : line.words) {
        word.text = Clean(word.text, &invalid_);
        word.confidence = word.confidence >= 0 ? std::min(1.0F, word.confidence) : 0.0F;  // NaN becomes 0
        std::erase_if(word.alternatives, [&](Candidate& c) {
          c.text = Clean(c.text, &invalid_);
          return c.text.empty() || c.text == word.text;
        });
      }
      std::erase_if(line.words, [](const OcrWord& word) { return word.text.empty() || IsRule(word); });
      if (options_.drop_noise && std::erase_if(line.words, IsStray) > 0 && line.words.empty()) ++dropped_;
      // No line begins with a tilde: it is the dash of a list.
      if (line.words.size() > 1 && line.words[0].text == "~") line.words[0].text = "-";
    }
    std::erase_if(lines, [](const OcrLine& line) { return line.words.empty(); });
  }

  // Cuts the engine's lines at wide gaps: two columns are two pieces of text, and debris beside a line is its own.
  void Split() {
    std::vector<float> heights;
    for (const OcrLine& line : lines_) {
      for (const OcrWord& word : line.words) heights.push_back(Height(word.box));
    }
    if (heights.empty()) return;
    std::nth_element(heights.begin(), heights.begin() + static_cast<std::ptrdiff_t>(heights.size() / 2), heights.end());
    em_ = heights[heights.size() / 2];
    std::vector<OcrLine> pieces;
    for (OcrLine& line : lines_) {
      const OcrLine style{.words = {}, .bold = line.bold, .italic = line.italic, .size_pt = line.size_pt};
      std::stable_sort(line.words.begin(), line.words.end(),
                       [](const OcrWord& a, const OcrWord& b) { return a.box.left < b.box.left; });
      float right = 1e9F;
      for (OcrWord& word : line.words) {
        const bool first = &word == &line.words.front();
        if (first || word.box.left - right > kGap * em_) {
          // Of both pieces, unless they are items of a row of a table or a number and what it counts.
          if (!first && !InTable(word.box) && pieces.back().words.size() > 1) {
            shared_row_.insert({pieces.size() - 1, pieces.size()});
          }
          pieces.push_back(style);
        }
        right = &word == &line.words.front() ? word.box.right : std::max(right, word.box.right);
        pieces.back().words.push_back(std::move(word));
      }
    }
    lines_ = std::move(pieces);
  }

  bool InTable(const Box& word) const {
    return std::ranges::any_of(prepared_.tables, [&](const Table& table) { return IsIn(table.box, word); });
  }

  // The box with some room, `up` and down, to the sides as far as the words of other lines allow: words that were read
  // badly are often not whole.
  Box Reach(const Box& box, const std::vector<std::size_t>& own, float up) const {
    Box around{box.left - 3 * em_, box.top - up, box.right + 3 * em_, box.bottom + up};
    for (std::size_t k = 0; k < lines_.size(); ++k) {
      if (std::find(own.begin(), own.end(), k) != own.end()) continue;
      for (const OcrWord& word : lines_[k].words) {
        if (std::min(word.box.bottom, box.bottom) - std::max(word.box.top, box.top) < 0.3F * Height(word.box)) continue;
        if (word.box.right <= box.left + em_) around.left = std::max(around.left, word.box.right);
        if (word.box.left >= box.right - em_) around.right = std::min(around.right, word.box.left);
      }
    }
    around = {std::min(around.left, box.left - 0.2F * em_), around.top, std::max(around.right, box.right + 0.2F * em_),
              around.bottom};
    return Grown(around, 0, prepared_.image);
  }

  // A line cut out, without the tips of the lines above and below it: read alone they are "`V^., s..".
  Image CutOut(const Box& line) const {
    constexpr float kTip = 0.36F;  // of the height
    Image cut = prepared_.image.Cropped(line);
    if (cut.empty()) return cut;
    const auto height = static_cast<float>(cut.height());
    for (const Box& piece : Components(Binary(cut), 8)) {
      const bool above = piece.top < 1 && piece.bottom < kTip * height;
      const bool below = piece.bottom > height - 1 && piece.top > (1 - kTip) * height;
      if (above || below) cut.Fill(Grown(piece, 1, cut), 255, 255, 255);
    }
    return cut;
  }

  // Second looks. Tesseract reads some lines twice, in pieces that overlap ("Độc lập - Tự do - ộc lập - Tụ"), and
  // misreads others beside a seal, or of two columns whose lines it takes for one though they are not quite level: such
  // a place is read once more as one line of its own, and the reading that is believed more stays. Of what is still
  // doubled, the words that are believed less go.
  void ReadAgain() {
    int budget = kMostRereads;
    for (std::size_t i = 0; i < lines_.size(); ++i) {
      if (lines_[i].words.empty()) continue;
      std::vector<std::size_t> same{i};
      int pairs = 0;
      for (std::size_t j = i; j < lines_.size(); ++j) {
        int here = 0;
        for (std::size_t a = 0; a < lines_[i].words.size(); ++a) {
          for (std::size_t b = i == j ? a + 1 : 0; b < lines_[j].words.size(); ++b) {
            here += Twice(lines_[i].words[a], lines_[j].words[b]);
          }
        }
        if (here > 0 && j != i) same.push_back(j);
        pairs += here;
      }
      const bool doubled = pairs > 0;
      std::vector<OcrWord> words;
      Box box;
      for (const std::size_t k : same) {
        words.insert(words.end(), lines_[k].words.begin(), lines_[k].words.end());
        box = Union(box, BoxOf(lines_[k]));
      }
      // Its neighbours in the row are pieces of the same line.
      for (std::size_t j = i + 1; doubled && j < lines_.size(); ++j) {
        if (lines_[j].words.empty() || std::find(same.begin(), same.end(), j) != same.end()) continue;
        const Box other = BoxOf(lines_[j]);
        const float down = std::min(other.bottom, box.bottom) - std::max(other.top, box.top);
        const float gap = std::max(other.left - box.right, box.left - other.right);
        if (down < 0.5F * std::min(Height(other), Height(box)) || gap > kGap * em_) continue;
        same.push_back(j);
        words.insert(words.end(), lines_[j].words.begin(), lines_[j].words.end());
        box = Union(box, other);
      }
      const float belief = Belief(words);
      const bool shared = shared_row_.contains(i) && belief < kSureRow;
      const bool doubtful = (belief < kDoubtful || shared) && Height(box) > 0.5F * em_ && Width(box) > 2 * em_;
      if (!doubled && !doubtful) continue;
      if (Height(box) < 2.2F * em_ && budget-- > 0) {
        const Box around = Reach(box, same, (shared ? 0.35F : 0.2F) * em_);
        Result<std::vector<OcrLine>> again = engine_.Recognize(CutOut(around), OcrScope::kLine);
        if (again) Tidy(*again);
        const float gain = doubled ? -0.03F : shared && belief >= kDoubtful ? -0.01F : 0.05F;
        if (again && again->size() == 1 && Belief(again->front().words) > belief + gain) {
          for (OcrWord& word : again->front().words) {
            word.box = Moved(word.box, around);
          }
          words = lines_[i].words = std::move(again->front().words);
          for (std::size_t k = 1; k < same.size(); ++k) lines_[same[k]].words.clear();
          // Pieces of it may be in still other lines.
          for (std::size_t k = 0; doubled && k < lines_.size(); ++k) {
            if (k == i) continue;
            std::erase_if(lines_[k].words, [&](const OcrWord& piece) {
              return std::any_of(words.begin(), words.end(),
                                 [&](const OcrWord& word) { return MostlyOver(word.box, piece.box); });
            });
          }
        }
      }
      // Several pairs prove that the line is doubled; then what overlaps is a pair, too, however it was read.
      for (const std::size_t k : same) {
        if (!doubled) break;
        std::erase_if(lines_[k].words, [&](const OcrWord& word) {
          if (pairs > 1 && word.confidence < kScrap) return true;
          return std::any_of(words.begin(), words.end(), [&](const OcrWord& other) {
            const bool pair = pairs > 1 ? MostlyOver(other.box, word.box) : Twice(other, word);
            return pair && other.box != word.box && other.confidence > word.confidence;
          });
        });
      }
    }
    std::erase_if(lines_, [](const OcrLine& line) { return line.words.empty(); });
  }

  void CheckShapes() {
    for (OcrLine& line : lines_) {
      for (std::size_t w = 0; w < line.words.size(); ++w) {
        const bool roman = line.words[w].text.find_first_of("IHT") < 3 && line.words[w].text.size() < 6;
        if (!roman && !MayHideABlank(line.words[w].text)) continue;
        const std::vector<Box> pieces = Components(Binary(prepared_.image.Cropped(line.words[w].box)), 8);
        line.words[w].text = NarrowAsOne(CountedStrokes(line.words[w].text, pieces), pieces);
        if (const std::size_t at = BlankInside(line.words[w].text, pieces, em_); at > 0) SplitWord(line.words, w, at);
      }
    }
  }

  // Print that the engine passed by: lone figures above all, which it takes for specks.
  void ReadRest(const Image& image) {
    std::vector<Box> known;
    for (const OcrLine& line : lines_) {
      for (const OcrWord& word : line.words) known.push_back(word.box);
    }
    int budget = kMostRest;
    for (const Box& run : InkRuns(image, known, em_)) {
      const Box place = prepared_.ToPage(run);
      if (std::any_of(marks_.begin(), marks_.end(), [&](const Mark& mark) { return MostlyOver(mark.box, place); }))
        continue;
      if (budget-- == 0) break;
      const Box around = Grown(run, 0.4F * em_, image);
      Result<std::vector<OcrLine>> read = engine_.Recognize(image.Cropped(around), OcrScope::kLine);
      if (!read) continue;
      Tidy(*read);
      for (OcrLine& line : *read) {
        std::erase_if(line.words, [](const OcrWord& word) { return !IsSure(word); });
        for (OcrWord& word : line.words) {
          word.box = Moved(word.box, around);
        }
        if (!line.words.empty()) lines_.push_back(std::move(line));
      }
    }
  }

  // Cells of tables that are hardly believed: seen with its neighbours a row may be read across its rules, one line of
  // "Thời gian | Đơn vị" as "Fan Mu vị". Such a cell is read alone, and the reading that is believed more stays. To
  // read all cells so would be worse: a line or two say less about the print than a page.
  void ReadDoubtfulCells(const Image& image) {
    int budget = kMostCells;
    for (const Table& table : prepared_.tables) {
      for (const Box& cell : table.cells) {
        const auto inside = [&](const OcrWord& word) { return IsIn(cell, word.box); };
        std::vector<OcrWord> before, after;
        for (const OcrLine& line : lines_) std::ranges::copy_if(line.words, std::back_inserter(before), inside);
        if (before.empty() || Belief(before) >= kDoubtful) continue;
        if (budget-- == 0) return;
        Result<std::vector<OcrLine>> again = engine_.Recognize(image.Cropped(cell), OcrScope::kBlock);
        if (!again) continue;
        Tidy(*again);
        for (OcrLine& line : *again) {
          for (OcrWord& word : line.words) {
            word.box = Moved(word.box, cell);
            after.push_back(word);
          }
        }
        const auto length = [](const std::vector<OcrWord>& words) {
          std::size_t sum = 0;
          for (const OcrWord& word : words) sum += word.text.size();
          return static_cast<float>(sum);
        };
        if (Belief(after) < Belief(before) + 0.1F || length(after) < 0.7F * length(before)) continue;
        for (OcrLine& line : lines_) std::erase_if(line.words, inside);
        lines_.insert(lines_.end(), std::make_move_iterator(again->begin()), std::make_move_iterator(again->end()));
      }
    }
    std::erase_if(lines_, [](const OcrLine& line) { return line.words.empty(); });
  }

  // A seal as dark as the print cannot be taken off it: of its star and its letters, which run around, a page of text
  // is read into "/jN x4 N". In its ring only words stay that are believed, and are more than a stroke.
  void AddGreySeals() {
    for (const Box& seal : prepared_.grey_seals) {
      marks_.push_back({.kind = MarkKind::kSeal, .box = prepared_.ToPage(seal), .text = {}, .number = {}, .date = {}});
      if (!options_.drop_noise) continue;
      const float radius = Width(seal) / 2, x = seal.left + radius, y = seal.top + radius;
      for (OcrLine& line : lines_) {
        const std::size_t before = line.words.size();
        std::erase_if(line.words, [&](const OcrWord& word) {
          const float dx = (word.box.left + word.box.right) / 2 - x, dy = (word.box.top + word.box.bottom) / 2 - y;
          if (dx * dx + dy * dy > radius * radius) return false;
          const std::u32string text = CodePoints(word.text);
          const auto letters = std::count_if(text.begin(), text.end(), [](char32_t c) { return IsLetter(c); });
          return letters < 2 || word.confidence < kUnderSeal;
        });
        if (line.words.empty() && before > 0) ++dropped_;
      }
    }
    std::erase_if(lines_, [](const OcrLine& line) { return line.words.empty(); });
  }

  // A figure alone in a cell of a table: the engine, which knows words, believes little in it.
  bool IsFigureInCell(const OcrLine& line) const {
    const OcrWord& word = line.words.front();
    const auto is_figure = [](char c) { return c >= '0' && c <= '9'; };
    if (line.words.size() != 1 || word.confidence < kScrap || !std::ranges::all_of(word.text, is_figure)) return false;
    return std::ranges::any_of(prepared_.tables, [&](const Table& table) {
      return std::ranges::any_of(table.cells, [&](const Box& cell) { return IsIn(cell, word.box); });
    });
  }

  // What is left of a seal or a signature after fading: hardly believed, and inside the mark.
  bool IsMarkDebris(const OcrLine& line) const {
    const Box box = prepared_.ToPage(BoxOf(line));
    return Belief(line.words) < 0.6F && std::any_of(marks_.begin(), marks_.end(), [&](const Mark& mark) {
             const float across = std::min(box.right, mark.box.right) - std::max(box.left, mark.box.left);
             const float down = std::min(box.bottom, mark.box.bottom) - std::max(box.top, mark.box.top);
             return across > 0 && down > 0 && across * down > 0.6F * Width(box) * Height(box);
           });
  }

  static constexpr float kGap = 1.6F;        // as in reading_order.cc; wider than a blank in justified text
  static constexpr float kDoubtful = 0.75F;  // mean confidence of a line that is worth a second look
  static constexpr float kSureRow = 0.95F;   // the same, of a line that was taken for one with a line beside it
  static constexpr float kScrap = 0.3F;      // in a doubled line less is a piece of a letter
  static constexpr int kMostRereads = 12;    // a page; each costs about a hundredth of the page
  static constexpr float kSureFigures = 0.75F;
  static constexpr float kUnderSeal = 0.85F;
  static constexpr int kMostCells = 40;
  static constexpr int kMostRest = 24;  // the same; mostly a letter or two

  OcrEngine& engine_;
  const PrepareResult& prepared_;
  const ReadPageOptions& options_;
  std::vector<Mark> marks_;
  std::vector<OcrLine> lines_;
  std::set<std::size_t> shared_row_;  // of the lines, those that the engine took for one with a neighbour's
  std::vector<OcrWord> written_;      // by hand
  std::vector<OcrLine> coloured_;     // print in a colour of its own
  float em_ = 1;                      // median height of a word
  bool invalid_ = false;
  std::size_t dropped_ = 0;
};

}  // namespace

Result<OcrPage> ReadPage(OcrEngine& engine, const PrepareResult& prepared, int page_number,
                         const ReadPageOptions& options) {
  OcrPage result;
  Page& page = result.page;
  page.number = page_number;
  page.source = PageSource::kOcr;
  page.width = prepared.page_width, page.height = prepared.page_height;
  page.quarter_turns = prepared.quarter_turns;
  page.dpi = prepared.page_dpi;

  PageReader reader(engine, prepared, options);
  if (const Status read = reader.Read(); !read) {
    return Error{read.error().code, "page " + std::to_string(page_number) + ": " + read.error().message};
  }
  page.marks = std::move(reader.marks());
  std::vector<OcrWord> words;
  std::vector<const OcrLine*> line_of;
  std::vector<std::vector<int>> fragments;
  for (OcrLine& line : reader.lines()) {
    fragments.emplace_back();
    for (OcrWord& word : line.words) {
      fragments.back().push_back(static_cast<int>(words.size()));
      words.push_back(std::move(word));
      line_of.push_back(&line);
    }
  }
  std::vector<Box> boxes;
  for (const OcrWord& word : words) boxes.push_back(word.box);

  std::size_t unread = 0;
  for (const LayoutLine& layout : ReadingOrder(boxes, fragments, prepared.tables)) {
    std::vector<OcrWord> in_line;
    for (const int w : layout.words) in_line.push_back(std::move(words[static_cast<std::size_t>(w)]));
    if (options.clear_blanks) {
      for (const Box& box : ClearBlanks(in_line)) {
        ++unread;
        const Box place = prepared.ToPage(box);
        const bool known = std::any_of(page.marks.begin(), page.marks.end(),
                                       [&](const Mark& mark) { return MostlyOver(mark.box, place); });
        if (!known)
          page.marks.push_back({.kind = MarkKind::kHandwriting, .box = place, .text = {}, .number = {}, .date = {}});
      }
    }
    if (in_line.empty()) continue;
    Line line;
    const std::size_t begin = page.raw.size();
    for (OcrWord& word : in_line) {
      if (page.raw.size() > begin) page.raw += ' ';
      const std::size_t at = page.raw.size();
      page.raw += word.text;
      const Box box = prepared.ToPage(word.box);
      line.box = Union(line.box, box);
      line.tokens.push_back({.raw_span = MakeSpan(at, page.raw.size()),
                             .box = box,
                             .confidence = word.confidence,
                             .alternatives = std::move(word.alternatives)});
    }
    line.raw_span = MakeSpan(begin, page.raw.size());
    page.raw += '\n';
    const OcrLine& source = *line_of[static_cast<std::size_t>(layout.words.front())];
    line.style = {.bold = source.bold, .italic = source.italic, .size_pt = source.size_pt};
    line.cell = layout.cell;
    page.lines.push_back(std::move(line));
  }

  const auto add_issue = [&](const char* code, std::string message) {
    result.issues.push_back({.stage = "ocr", .page = page_number, .code = code, .message = std::move(message)});
  };
  if (reader.invalid())
    add_issue("invalid-utf8", engine.name() + " returned bytes that are no UTF-8; they became U+FFFD");
  if (reader.dropped() > 0) {
    add_issue("dropped-noise",
              std::to_string(reader.dropped()) +
                  (reader.dropped() == 1 ? " line of specks, strokes or seal ink was not taken as text"
                                         : " lines of specks, strokes or seal ink were not taken as text"));
  }
  if (unread > 0) {
    add_issue("unread-handwriting",
              std::to_string(unread) + (unread == 1 ? " blank is filled in by hand and could not be read"
                                                    : " blanks are filled in by hand and could not be read"));
  }
  if (page.lines.empty()) add_issue("empty-page", "no text was found on the page");
  return result;
}

}  // namespace hoidau
