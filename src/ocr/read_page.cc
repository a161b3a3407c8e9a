#include "ocr/read_page.h"

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "image/reading_order.h"
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
  return !believed || (signs > letters && sum < 0.6F * static_cast<float>(line.words.size()));
}

// A rule of a table read as a character: "| Khoa Công nghệ".
bool IsRule(const OcrWord& word, const std::vector<Table>& tables) {
  return word.text == "|" && std::any_of(tables.begin(), tables.end(), [&](const Table& table) {
           return table.box.left - 10 <= word.box.left && word.box.right <= table.box.right + 10 &&
                  table.box.top <= word.box.top && word.box.bottom <= table.box.bottom;
         });
}

// The word as one token: valid, NFC, no white space inside.
std::string Clean(std::string_view text, bool* invalid) {
  if (!IsValidUtf8(text)) *invalid = true;
  const std::string normal = ToNfc(MakeValidUtf8(text));
  std::string out;
  for (const ByteSpan run : SplitWhitespace(normal)) out += run.In(normal);
  return out;
}

}  // namespace

Result<OcrPage> ReadPage(OcrEngine& engine, const PrepareResult& prepared, int page_number,
                         const ReadPageOptions& options) {
  OcrPage result;
  Page& page = result.page;
  page.number = page_number;
  page.source = PageSource::kOcr;
  page.width = prepared.page_width, page.height = prepared.page_height;
  page.dpi = static_cast<int>(static_cast<float>(prepared.image.dpi()) / prepared.scale + 0.5F);
  page.marks = prepared.marks;

  Result<std::vector<OcrLine>> lines = engine.Recognize(prepared.image);
  if (!lines) return Error{lines.error().code, "page " + std::to_string(page_number) + ": " + lines.error().message};

  bool invalid = false;
  std::size_t dropped = 0;
  std::vector<OcrWord> words;
  std::vector<const OcrLine*> line_of;
  std::vector<std::vector<int>> fragments;
  for (OcrLine& line : *lines) {
    for (OcrWord& word : line.words) {
      word.text = Clean(word.text, &invalid);
      word.confidence = word.confidence >= 0 ? std::min(1.0F, word.confidence) : 0.0F;  // NaN becomes 0
      std::erase_if(word.alternatives, [&](Candidate& c) {
        c.text = Clean(c.text, &invalid);
        return c.text.empty() || c.text == word.text;
      });
    }
    std::erase_if(line.words, [&](const OcrWord& word) { return word.text.empty() || IsRule(word, prepared.tables); });
    if (line.words.empty()) continue;
    if (options.drop_noise && IsNoise(line)) {
      ++dropped;
      continue;
    }
    fragments.emplace_back();
    for (OcrWord& word : line.words) {
      fragments.back().push_back(static_cast<int>(words.size()));
      words.push_back(std::move(word));
      line_of.push_back(&line);
    }
  }
  std::vector<Box> boxes;
  for (const OcrWord& word : words) boxes.push_back(word.box);

  for (const LayoutLine& layout : ReadingOrder(boxes, fragments, prepared.tables)) {
    Line line;
    const std::size_t begin = page.raw.size();
    for (const int w : layout.words) {
      if (page.raw.size() > begin) page.raw += ' ';
      const std::size_t at = page.raw.size();
      page.raw += words[w].text;
      const Box box = prepared.ToPage(words[w].box);
      line.box = Union(line.box, box);
      line.tokens.push_back({.raw_span = MakeSpan(at, page.raw.size()),
                             .box = box,
                             .confidence = words[w].confidence,
                             .alternatives = std::move(words[w].alternatives)});
    }
    line.raw_span = MakeSpan(begin, page.raw.size());
    page.raw += '\n';
    const OcrLine& source = *line_of[layout.words.front()];
    line.style = {.bold = source.bold, .italic = source.italic, .size_pt = source.size_pt};
    page.lines.push_back(std::move(line));
  }

  const auto add_issue = [&](const char* code, std::string message) {
    result.issues.push_back({.stage = "ocr", .page = page_number, .code = code, .message = std::move(message)});
  };
  if (invalid) add_issue("invalid-utf8", engine.name() + " returned bytes that are no UTF-8; they became U+FFFD");
  if (dropped > 0) {
    add_issue("dropped-noise",
              std::to_string(dropped) + " lines of specks, strokes or seal ink were not taken as text");
  }
  if (page.lines.empty()) add_issue("empty-page", "no text was found on the page");
  return result;
}

}  // namespace hoidau
