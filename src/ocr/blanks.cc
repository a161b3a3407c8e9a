#include "ocr/blanks.h"

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>

#include "image/reading_order.h"
#include "ocr/word_shape.h"
#include "text/syllable.h"
#include "text/unicode.h"

namespace hoidau {
namespace {

constexpr float kGuess = 0.4F;  // below, the engine does not believe its own digits
constexpr float kSure = 0.93F;  // above, signs beside the digits are printed

bool IsDots(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c == '.' || c == '_'; }) || text == "…";
}

bool IsNumber(std::string_view text) {
  return !text.empty() && text.size() <= 6 &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

class Clearer {
 public:
  explicit Clearer(std::vector<OcrWord>& line) : line_(line) {}

  std::vector<Box> Run() {
    Number();
    Date();
    return std::move(unread_);
  }

 private:
  // "Số: 15/KH-UBND"
  void Number() {
    constexpr std::string_view kLabel = "số:";
    if (line_.empty() || !ToLower(line_[0].text).starts_with(kLabel)) return;
    // "Số:@#/CT-UBND" in one piece; the label is as long in capitals.
    if (line_[0].text.size() > kLabel.size()) SplitWord(line_, 0, kLabel.size());
    std::size_t end = 1;
    while (end < line_.size() && end < 4 && line_[end].text.find('/') == std::string::npos) ++end;
    if (end == line_.size() || end == 4) return;
    const std::size_t slash = line_[end].text.find('/');
    // "25/2011/QĐ" has a year between, "KH-UBND" may follow behind a blank.
    if (slash > 0) SplitWord(line_, end++, slash);
    Clear(1, end, 999999);
  }

  // "Quảng Ngãi, ngày 05 tháng 3 năm 2026"
  void Date() {
    const auto starts = [&](std::size_t i, std::string_view label) {
      return ToLower(line_[i].text).starts_with(label);
    };
    constexpr std::string_view kDay = "ngày", kMonth = "tháng", kYear = "năm";
    std::size_t day = 1;
    while (day < line_.size() && !(starts(day, kDay) && line_[day - 1].text.ends_with(','))) ++day;
    if (day >= line_.size()) return;
    std::size_t month = day + 1;
    while (month < line_.size() && !starts(month, kMonth)) ++month;
    std::size_t year = month + 1;
    while (year < line_.size() && !starts(year, kYear)) ++year;
    if (year >= line_.size() || month - day > 4 || year - month > 4) return;
    if (line_[month].text.size() > kMonth.size()) SplitWord(line_, month, kMonth.size()), ++year;
    Clear(month + 1, year, 12);
    if (line_[day].text.size() > kDay.size()) SplitWord(line_, day, kDay.size()), ++month;
    Clear(day + 1, month, 31);
  }

  // Takes words [begin, end) out unless they are dots, a number of at most `most`, or surely printed.
  void Clear(std::size_t begin, std::size_t end, int most) {
    if (begin >= end) return;
    std::string text;
    float least = 1;
    Box box;
    for (std::size_t i = begin; i < end; ++i) {
      if (IsDots(line_[i].text)) continue;
      text += line_[i].text;
      least = std::min(least, line_[i].confidence);
      box = Union(box, line_[i].box);
    }
    const bool number = IsNumber(text) && std::stoi(text) <= most && least >= kGuess;
    if (text.empty() || number || least >= kSure) return;
    unread_.push_back(box);
    line_.erase(line_.begin() + static_cast<std::ptrdiff_t>(begin), line_.begin() + static_cast<std::ptrdiff_t>(end));
  }

  std::vector<OcrWord>& line_;
  std::vector<Box> unread_;
};

}  // namespace

std::vector<Box> ClearBlanks(std::vector<OcrWord>& line) {
  std::vector<OcrWord> cleared = line;
  std::vector<Box> unread = Clearer(cleared).Run();
  // Words that were cut to look into them stay whole where nothing goes.
  if (!unread.empty()) line = std::move(cleared);
  return unread;
}

}  // namespace hoidau
