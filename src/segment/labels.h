// Printed labels ("II.", "1.1.", "a)", "Điều 3.", "-") at the head of a line, and the series they form.
//
//   ReadLabel("I1. Nội dung") → text "I1.", readings roman 2, roman 1 …
//
// Damaged labels have several readings; the series decides which one fits. Private to the module.
#ifndef HOIDAU_SEGMENT_LABELS_H_
#define HOIDAU_SEGMENT_LABELS_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace hoidau {

// In the order of nesting: a kind never stands above one that comes before it.
enum class LabelKind {
  kAppendix,
  kPart,
  kChapter,
  kItem,
  kCapital,
  kRoman,
  kArticle,
  kArabic,
  kLetter,
  kParen,
  kBullet
};

struct LabelReading {
  LabelKind kind = LabelKind::kArabic;
  std::vector<int> path;  // ordinals: {2} for "2." and "b)", {1, 3} for "1.3."
  bool damaged = false;   // read by mending the printed form
};

struct LabelText {
  std::size_t size = 0;                // bytes of the line up to the text after the label, white space included
  std::string label;                   // as printed: "1.", "a)", "Điều 3.", "-"
  std::vector<LabelReading> readings;  // likeliest first
};

// The label at the head of a line that has no leading white space.
std::optional<LabelText> ReadLabel(std::string_view line);

// A number at the head of a line whose point was lost: "1 Tuyên truyền", "II NỘI DUNG". Always damaged: it counts only
// where its series goes on behind it.
std::optional<LabelText> ReadOpenLabel(std::string_view line);

// The piece of an id that names an ordinal: "II", "3", "đ", "Điều 4", "Phụ lục I".
std::string OrdinalName(const LabelReading& reading, std::string_view label);

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

  // Where a label belongs, or nothing where no reading continues or begins a series.
  std::optional<Place> Fit(const LabelText& label) const;
  void Push(const Place& place, int node);
  void Clear() { open_.clear(); }
  int innermost() const { return open_.empty() ? -1 : open_.back().node; }

 private:
  std::optional<Place> FitReading(const LabelReading& reading) const;
  std::vector<Open> open_;
};

}  // namespace hoidau

#endif  // HOIDAU_SEGMENT_LABELS_H_
