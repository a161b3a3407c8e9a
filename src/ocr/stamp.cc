#include "ocr/stamp.h"

#include <algorithm>
#include <cstdio>

#include "text/syllable.h"
#include "text/unicode.h"

namespace hoidau {
namespace {

constexpr float kLegible = 0.5F;
constexpr float kSure = 0.6F;  // less, and a digit of a stamp is a guess

// Without marks, case and signs: "ĐẾN:" is "den".
std::string Fold(std::string_view text) {
  std::string out;
  for (const char32_t c : CodePoints(ToLower(StripMarks(text)))) {
    if (IsLetter(c) || IsDigit(c)) AppendUtf8(c, out);
  }
  return out;
}

// Whether a word begins so; handwriting may be glued to a label ("Ngày:06/3").
bool Has(const std::vector<OcrLine>& lines, std::string_view folded) {
  return std::any_of(lines.begin(), lines.end(), [&](const OcrLine& line) {
    return std::any_of(line.words.begin(), line.words.end(), [&](const OcrWord& word) {
      const std::string text = Fold(word.text);
      return folded.size() > 3 ? text.starts_with(folded) : text == folded;
    });
  });
}

// The runs of digits behind the first word that folds to `label`, of words that are sure; empty where one is not.
std::vector<std::string> DigitsAfter(const std::vector<OcrLine>& lines, std::string_view label) {
  std::vector<std::string> runs;
  for (const OcrLine& line : lines) {
    bool behind = false;
    for (const OcrWord& word : line.words) {
      const std::string folded = Fold(word.text);
      if (!behind && folded.starts_with(label)) {
        behind = folded == label || IsDigit(static_cast<unsigned char>(folded[label.size()]));
        if (!behind || folded == label) continue;
      }
      if (!behind) continue;
      std::string run;
      for (const char c : word.text + ' ') {
        if (c >= '0' && c <= '9') {
          run += c;
        } else if (!run.empty()) {
          if (word.confidence < kSure) return {};
          runs.push_back(std::exchange(run, {}));
        }
      }
    }
    if (behind) break;
  }
  return runs;
}

}  // namespace

StampReading ReadStamp(const std::vector<OcrLine>& lines) {
  StampReading out;
  const bool number = Has(lines, "so"), day = Has(lines, "ngay");
  out.incoming = Has(lines, "den") ? number || day || Has(lines, "van") || Has(lines, "cv")
                                   : number && day && Has(lines, "chuyen");
  if (!out.incoming) return out;
  std::string text;
  for (const OcrLine& line : lines) {
    std::string row;
    for (const OcrWord& word : line.words) {
      if (word.confidence < kLegible || Fold(word.text).empty()) continue;
      row += row.empty() ? word.text : " " + word.text;
    }
    if (!row.empty()) text += text.empty() ? row : "\n" + row;
  }
  if (!text.empty()) out.text = ToNfc(MakeValidUtf8(text));
  if (const std::vector<std::string> runs = DigitsAfter(lines, "so"); runs.size() == 1 && runs[0].size() <= 6) {
    out.number = runs[0];
  }
  if (const std::vector<std::string> runs = DigitsAfter(lines, "ngay"); runs.size() == 3) {
    const bool plain = std::all_of(runs.begin(), runs.end(), [](const std::string& r) { return r.size() <= 4; });
    const int d = plain ? std::stoi(runs[0]) : 0, m = plain ? std::stoi(runs[1]) : 0;
    int y = plain ? std::stoi(runs[2]) : 0;
    if (runs[2].size() == 2) y += 2000;
    constexpr int kDays[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (m >= 1 && m <= 12 && d >= 1 && d <= kDays[m - 1] && y >= 1945 && y < 2100) {
      char iso[40];
      std::snprintf(iso, sizeof iso, "%04d-%02d-%02d", y, m, d);
      out.date = iso;
    }
  }
  return out;
}

}  // namespace hoidau
