// Printed labels ("II.", "1.1.", "a)", "Điều 3.", "-") at the head of a line, and the series they form.
//
//   ReadLabel("I1. Nội dung") → text "I1.", readings roman 2, roman 1 …
//
// Damaged labels have several readings; the series decides which one fits. Private to the module.
#ifndef HOIDAU_SEGMENT_LABELS_H_
#define HOIDAU_SEGMENT_LABELS_H_

#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace hoidau {

// In the usual order of nesting.
enum class LabelKind {
  kAppendix,
  kPart,
  kChapter,
  kItem,
  kCapital,
  kRoman,
  kArticle,
  kArabic,
  kStage,
  kLetter,
  kParen,
  kBracket,
  kSmallRoman,
  kBullet
};

struct LabelReading {
  LabelKind kind = LabelKind::kArabic;
  std::vector<int> path;  // ordinals: {2} for "2." and "b)", {1, 3} for "1.3.", {1} for "II.1."; of a stage its word's
                          // number and its own: {0, 2} for "Bước 2:"
  bool damaged = false;   // read by mending the printed form
  std::string ordinal;  // behind "Điều", "Phần", …: as printed or mended; of a stage the whole label; else empty
};

struct LabelText {
  std::size_t size = 0;                // bytes of the line up to the text after the label, white space included
  std::string label;                   // as printed: "1.", "a)", "(1)", "Điều 3.", "-"
  std::vector<LabelReading> readings;  // likeliest first
  bool bracketed = false;              // "(1)", "①": as often a point within a paragraph
};

// The label at the head of a line that has no leading white space.
std::optional<LabelText> ReadLabel(std::string_view line);

// A number at the head of a line whose point was lost: "1 Tuyên truyền", "II NỘI DUNG". Always damaged: it counts only
// where its series goes on behind it.
std::optional<LabelText> ReadOpenLabel(std::string_view line);

// The piece of an id that names an ordinal: "II", "3", "đ", "Điều 4", "Phụ lục I".
std::string OrdinalName(const LabelReading& reading, std::string_view label);

// How many strokes a printed label is away from a Roman number, "IL." from II: 0, 1, 2; more where it has other
// letters.
int StrokesFromRoman(std::string_view label, int number);

// Open sections, outermost first.
class LabelSeries {
 public:
  struct Open {
    LabelKind kind;
    std::vector<int> path;
    int node;
  };
  struct Place {
    LabelReading reading;
    int parent = -1;       // node
    std::size_t keep = 0;  // open sections that stay open
    double doubt = 0;      // 0: the next of its series
  };

  // Where a label belongs, or nothing where no reading continues or begins a series. `ahead`: the labels behind it,
  // which tell whether a series of a higher kind begins inside the open one ("Điều 1.", "I.", "II.", "Điều 2.").
  std::optional<Place> Fit(const LabelText& label, std::span<const LabelReading> ahead = {}) const;
  void Push(const Place& place, int node);
  void Clear() {
    open_.clear();
    inside_.clear();
    closed_.clear();
  }
  // The last ordinal of the open series of a kind, 0 where none is open.
  int Last(LabelKind kind) const;
  // Whether one of the first `keep` open sections is of this kind.
  bool HasKind(LabelKind kind, std::size_t keep) const;
  int innermost() const { return open_.empty() ? -1 : open_.back().node; }

 private:
  std::optional<Place> FitReading(const LabelReading& reading, std::span<const LabelReading> ahead) const;
  bool Holds(const Open& open, const LabelReading& reading, std::span<const LabelReading> ahead, bool outermost) const;
  std::vector<Open> open_;
  std::map<LabelKind, int> closed_;                   // the last ordinal of series that ended
  std::set<std::pair<LabelKind, LabelKind>> inside_;  // outer and inner kinds seen in another order than the usual
};

}  // namespace hoidau

#endif  // HOIDAU_SEGMENT_LABELS_H_
