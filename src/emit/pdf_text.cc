#include "emit/pdf_text.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <utility>

#include "text/unicode.h"

namespace hoidau {
namespace {

constexpr std::size_t kMostCharacters = 65534;  // two-byte codes without 0, which is .notdef
constexpr double kDescent = -kBlankDescent / 1000.0;
constexpr double kAdvance = kBlankAdvance / 1000.0;
// Between words, in the line's height: Poppler takes less than 0.15 for no blank. A word gives up at most so much of
// its length for it.
constexpr double kLeastGap = 0.17, kLeastShare = 0.3;

// Where a line of text runs on the page as it is shown.
enum class Direction { kRight, kDown, kLeft, kUp };

// Points, origin bottom-left.
struct Area {
  double left, bottom, right, top;
};

// A token in the direction of its line: where it begins along the line, its length, and its extent across it.
struct Run {
  double begin, length, low, high;
};

Direction DirectionOf(const RecordLine& line) {
  double right = 0, down = 0;
  const RecordToken* last = nullptr;
  for (const RecordToken& token : line.tokens) {
    if (token.box.empty()) continue;
    if (last != nullptr) {
      right += token.box.left + token.box.right - last->box.left - last->box.right;
      down += token.box.top + token.box.bottom - last->box.top - last->box.bottom;
    }
    last = &token;
  }
  if (std::abs(down) > std::abs(right)) return down > 0 ? Direction::kDown : Direction::kUp;
  return right < 0 ? Direction::kLeft : Direction::kRight;
}

// The direction of most tokens: what a line of a single token takes.
Direction DirectionOf(const RecordPage& page) {
  std::array<std::size_t, 4> tokens{};
  for (const RecordLine& line : page.lines) {
    if (line.tokens.size() > 1) tokens[static_cast<std::size_t>(DirectionOf(line))] += line.tokens.size();
  }
  return static_cast<Direction>(std::max_element(tokens.begin(), tokens.end()) - tokens.begin());
}

Run Along(const Area& a, Direction direction) {
  switch (direction) {
    case Direction::kDown:
      return {-a.top, a.top - a.bottom, a.left, a.right};
    case Direction::kLeft:
      return {-a.right, a.right - a.left, -a.top, -a.bottom};
    case Direction::kUp:
      return {a.bottom, a.top - a.bottom, -a.right, -a.left};
    case Direction::kRight:
      break;
  }
  return {a.left, a.right - a.left, a.bottom, a.top};
}

// Gives the words of a line one height and a common, if sloping base, so that viewers take it for one line: the boxes
// are those of the letters, with and without ascenders, marks and descenders. Words far off, of another column, keep
// theirs.
void Level(std::vector<Run>& runs) {
  if (runs.size() < 2) return;
  const auto n = static_cast<double>(runs.size());
  std::vector<double> heights;
  double x = 0, y = 0, xx = 0, xy = 0;
  for (const Run& run : runs) {
    heights.push_back(run.high - run.low);
    const double along = run.begin + run.length / 2, across = (run.low + run.high) / 2;
    x += along / n, y += across / n, xx += along * along / n, xy += along * across / n;
  }
  const auto tall = heights.begin() + static_cast<std::ptrdiff_t>(heights.size() * 4 / 5);
  std::nth_element(heights.begin(), tall, heights.end());
  const double height = *tall, spread = xx - x * x;
  const double slope = spread > height * height ? (xy - x * y) / spread : 0;
  for (Run& run : runs) {
    const double middle = y + slope * (run.begin + run.length / 2 - x);
    if (std::abs((run.low + run.high) / 2 - middle) > height / 2) continue;
    run.low = middle - height / 2, run.high = middle + height / 2;
  }
}

// The text matrix that begins `along` the line at the height of `base` across it.
std::string TextMatrix(double along, double base, Direction direction) {
  switch (direction) {
    case Direction::kDown:
      return "0 -1 1 0 " + PdfNumber(base) + " " + PdfNumber(-along);
    case Direction::kLeft:
      return "-1 0 0 -1 " + PdfNumber(-along) + " " + PdfNumber(-base);
    case Direction::kUp:
      return "0 1 -1 0 " + PdfNumber(-base) + " " + PdfNumber(along);
    case Direction::kRight:
      break;
  }
  return "1 0 0 1 " + PdfNumber(along) + " " + PdfNumber(base);
}

void AppendHex(std::uint32_t value, int digits, std::string& out) {
  for (int i = digits - 1; i >= 0; --i) out += "0123456789ABCDEF"[value >> (4 * i) & 15U];
}

void AppendUtf16Hex(char32_t c, std::string& out) {
  if (c < 0x10000) {
    AppendHex(c, 4, out);
  } else {
    AppendHex(0xD800 + ((c - 0x10000) >> 10), 4, out);
    AppendHex(0xDC00 + ((c - 0x10000) & 0x3FF), 4, out);
  }
}

void AppendBigEndian(std::uint32_t value, int bytes, std::string& out) {
  for (int i = bytes - 1; i >= 0; --i) out += static_cast<char>(value >> (8 * i) & 0xFFU);
}

std::uint32_t Checksum(std::string_view padded) {
  std::uint32_t sum = 0;
  for (std::size_t i = 0; i < padded.size(); i += 4) {
    std::uint32_t word = 0;
    for (std::size_t k = 0; k < 4; ++k) word = word << 8 | static_cast<unsigned char>(padded[i + k]);
    sum += word;
  }
  return sum;
}

// A table's fields, two bytes each.
std::string Shorts(std::initializer_list<int> values) {
  std::string out;
  for (const int value : values) AppendBigEndian(static_cast<std::uint16_t>(value), 2, out);
  return out;
}

}  // namespace

std::string PdfNumber(double value) {
  char buffer[64];
  const int n = std::snprintf(buffer, sizeof buffer, "%.3f", std::isfinite(value) ? value : 0.0);
  std::string out(buffer, static_cast<std::size_t>(n));
  std::replace(out.begin(), out.end(), ',', '.');  // a program that uses us may have set a locale
  out.erase(out.find_last_not_of('0') + 1);
  if (out.back() == '.') out.pop_back();
  return out == "-0" ? "0" : out;
}

std::string HiddenText::Codes(std::string_view text, int* count) {
  std::vector<std::u32string> characters;
  for (const char32_t c : CodePoints(text)) {
    if (IsMark(c) && !characters.empty()) {
      characters.back() += c;
    } else {
      characters.push_back({c});
    }
  }
  std::string out = "<";
  for (std::u32string& character : characters) {
    if (!codes_.contains(character) && characters_.size() >= kMostCharacters) character = U"\uFFFD";
    const auto [at, added] = codes_.try_emplace(character, static_cast<int>(characters_.size()) + 1);
    if (added) characters_.push_back(character);
    AppendHex(static_cast<std::uint32_t>(at->second), 4, out);
  }
  *count = static_cast<int>(characters.size());
  return out + ">";
}

std::string HiddenText::PageContent(const RecordPage& page, double width_pt, double height_pt, std::string_view font) {
  if (page.width <= 0 || page.height <= 0) return {};
  const double across = width_pt / page.width, down = height_pt / page.height;
  const auto area = [&](const Box& box) {
    return Area{box.left * across, height_pt - box.bottom * down, box.right * across, height_pt - box.top * down};
  };
  const Direction usual = DirectionOf(page);
  std::string out;
  Run line_run{0, 0, height_pt, height_pt};
  for (const RecordLine& line : page.lines) {
    const Direction direction = line.tokens.size() > 1 ? DirectionOf(line) : usual;
    std::vector<Run> runs;
    if (!line.box.empty()) line_run = Along(area(line.box), direction);
    for (const RecordToken& token : line.tokens) {
      if (!token.box.empty()) {
        runs.push_back(Along(area(token.box), direction));
      } else if (runs.empty()) {  // written, even where nobody knows its place
        runs.push_back({line_run.begin, 0, line_run.low, line_run.high});
      } else {
        runs.push_back({runs.back().begin + runs.back().length, 0, runs.back().low, runs.back().high});
      }
    }
    Level(runs);
    double end = 0;
    bool first = true;
    for (std::size_t i = 0; i < runs.size(); ++i) {
      if (line.tokens[i].text.empty()) continue;
      Run run = runs[i];
      const double size = std::max(run.high - run.low, 1.0), gap = kLeastGap * size;
      // Boxes that touch or overlap make room for the blank: readers believe the gap more than the blank.
      if (!first && run.begin > end - size && run.begin < end + gap) {
        run.length = std::max(run.begin + run.length - end - gap, kLeastShare * run.length);
        run.begin = end + gap;
      }
      if (i + 1 < runs.size() && runs[i + 1].begin > run.begin) {
        run.length = std::max(std::min(run.length, runs[i + 1].begin - run.begin - gap), kLeastShare * run.length);
      }
      run.length = std::max(run.length, 0.05 * size);
      const double base = run.low + kDescent * size;
      const auto show = [&](double begin, double length, std::string_view text) {
        int count = 0;
        const std::string codes = Codes(text, &count);
        out += std::string(font) + " " + PdfNumber(size) + " Tf " + TextMatrix(begin, base, direction) + " Tm " +
               PdfNumber(100 * length / (kAdvance * size * count)) + " Tz " + codes + " Tj\n";
      };
      if (!first) show(end, std::max(run.begin - end, 0.01 * size), " ");
      show(run.begin, run.length, line.tokens[i].text);
      end = run.begin + run.length;
      first = false;
    }
  }
  if (out.empty()) return out;
  return "BT 3 Tr 0 Tc 0 Tw 0 Ts\n" + out + "ET\n";
}

std::string HiddenText::ToUnicode() const {
  constexpr std::size_t kMostInBlock = 100;  // as the CMap format has it
  std::string out =
      "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
      "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
      "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
      "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n";
  for (std::size_t i = 0; i < characters_.size(); ++i) {
    if (i % kMostInBlock == 0) {
      out += std::to_string(std::min(kMostInBlock, characters_.size() - i)) + " beginbfchar\n";
    }
    out += '<';
    AppendHex(static_cast<std::uint32_t>(i) + 1, 4, out);
    out += "> <";
    for (const char32_t c : characters_[i]) AppendUtf16Hex(c, out);
    out += ">\n";
    if (i % kMostInBlock == kMostInBlock - 1 || i + 1 == characters_.size()) out += "endbfchar\n";
  }
  return out + "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n";
}

std::string BlankFont(int glyph_count) {
  const auto glyphs = static_cast<std::size_t>(glyph_count);
  std::string head;
  for (const std::uint32_t value : {0x00010000U, 0x00010000U, 0U, 0x5F0F3CF5U}) AppendBigEndian(value, 4, head);
  head += Shorts({0, 1000}) + std::string(16, '\0');  // flags, units an em; created and modified
  head += Shorts({0, kBlankDescent, kBlankAdvance, kBlankAscent, 0, 8, 2, 0, 0});
  const std::string hhea =
      Shorts({1, 0, kBlankAscent, kBlankDescent, 0, kBlankAdvance, 0, 0, kBlankAdvance, 1, 0, 0, 0, 0, 0, 0, 0, 1});
  const std::string maxp = Shorts({1, 0, glyph_count, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0});
  const std::string hmtx = Shorts({kBlankAdvance, 0}) + std::string(2 * (glyphs - 1), '\0');
  const std::string loca(2 * (glyphs + 1), '\0');
  const std::vector<std::pair<const char*, std::string>> tables = {
      {"glyf", std::string(4, '\0')}, {"head", head}, {"hhea", hhea}, {"hmtx", hmtx}, {"loca", loca}, {"maxp", maxp}};
  const int count = static_cast<int>(tables.size());
  std::string directory = Shorts({1, 0, count, 64, 2, 16 * count - 64});  // 64 = 16 times the power of two below 6
  std::string data;
  std::size_t head_at = 0;
  for (const auto& [tag, table] : tables) {
    const std::size_t at = 12 + 16 * tables.size() + data.size();
    if (&table == &tables[1].second) head_at = at;
    std::string padded = table;
    padded.resize((padded.size() + 3) / 4 * 4);
    directory += tag;
    AppendBigEndian(Checksum(padded), 4, directory);
    AppendBigEndian(static_cast<std::uint32_t>(at), 4, directory);
    AppendBigEndian(static_cast<std::uint32_t>(table.size()), 4, directory);
    data += padded;
  }
  std::string font = directory + data;
  std::string adjustment;
  AppendBigEndian(0xB1B0AFBAU - Checksum(font), 4, adjustment);
  return font.replace(head_at + 8, 4, adjustment);
}

}  // namespace hoidau
