#include "office_page.h"

#include <cairo-pdf.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <optional>

#include "pango_owned.h"
#include "text/tokenizer.h"
#include "text/unicode.h"

namespace hoidau::print {
namespace {

using Json = nlohmann::ordered_json;

constexpr double kTop = 57, kBottom = 57, kLeft = 85, kRight = 45, kIndent = 28;
constexpr double kBodyWidth = kPageWidthPt - kLeft - kRight;
constexpr double kHeadLeftWidth = 205, kHeadRightWidth = kBodyWidth - kHeadLeftWidth;
constexpr double kSignWidth = 240, kSignGap = 62, kCellPad = 4, kNarrowest = 29, kAfterParagraph = 5;
constexpr double kNumberLine = 34;  // baseline of the page number from the page's edge

// A string, "" where there is none or null.
std::string StringAt(const Json& json, const char* key) {
  const auto found = json.find(key);
  return found != json.end() && found->is_string() ? found->get<std::string>() : std::string();
}
// An array, empty where there is none or null.
Json ArrayAt(const Json& json, const char* key) {
  const auto found = json.find(key);
  return found != json.end() && found->is_array() ? *found : Json::array();
}

struct TextItem {
  std::shared_ptr<PangoLayout> layout;
  int line;
  double x, baseline;
};
struct Rule {
  double x1, y1, x2, y2;
};
struct PageItems {
  std::vector<TextItem> texts;
  std::vector<Rule> rules;
};

struct Type {
  double size = 14;
  bool bold = false, italic = false;
  PangoAlignment align = PANGO_ALIGN_LEFT;
  bool justify = false;
  double indent = 0;
  std::size_t bold_bytes = 0;  // a bold beginning
};

// The numbers of one line of a layout, in points.
struct LineShape {
  int number;
  double top, height, baseline;
};

class Typesetter {
 public:
  Typesetter(const PrintStyle& style, double size, std::string numbering)
      : style_(style), context_(MakePointContext()), size_(size), numbering_(std::move(numbering)) {
    AddPage();
  }

  std::vector<PrintedPage> pages;
  std::vector<PageItems> items;

  void Block(const Json& block);

 private:
  double bottom() const { return kPageHeightPt - kBottom; }

  void AddPage() {
    pages.emplace_back();
    items.emplace_back();
    y_ = kTop;
    const std::size_t number = pages.size();
    if (number == 1 || numbering_ == "none") return;
    const auto layout = Make(std::to_string(number), {.size = 13, .align = PANGO_ALIGN_CENTER}, kBodyWidth);
    const LineShape line = Lines(*layout)[0];
    const double baseline = numbering_ == "bottom" ? kPageHeightPt - kNumberLine : kNumberLine + 8;
    Put(layout, line, kLeft, baseline - line.baseline + line.top, "page_number");
  }

  std::shared_ptr<PangoLayout> Make(const std::string& text, const Type& type, double width) const {
    std::shared_ptr<PangoLayout> layout(pango_layout_new(context_.get()), CairoDelete());
    SetFont(layout.get(), style_.font, type.size, type.bold, type.italic);
    pango_layout_set_width(layout.get(), static_cast<int>(width * PANGO_SCALE));
    pango_layout_set_wrap(layout.get(), PANGO_WRAP_WORD_CHAR);
    pango_layout_set_alignment(layout.get(), type.align);
    pango_layout_set_justify(layout.get(), type.justify);
    pango_layout_set_indent(layout.get(), static_cast<int>(type.indent * PANGO_SCALE));
    pango_layout_set_line_spacing(layout.get(), static_cast<float>(style_.line_spacing));
    const Owned<PangoAttrList> attributes(pango_attr_list_new());
    pango_attr_list_insert(attributes.get(), pango_attr_insert_hyphens_new(FALSE));
    if (type.bold_bytes > 0) {
      PangoAttribute* bold = pango_attr_weight_new(PANGO_WEIGHT_BOLD);
      bold->start_index = 0;
      bold->end_index = static_cast<guint>(type.bold_bytes);
      pango_attr_list_insert(attributes.get(), bold);
    }
    pango_layout_set_attributes(layout.get(), attributes.get());
    pango_layout_set_text(layout.get(), text.data(), static_cast<int>(text.size()));
    return layout;
  }

  static std::vector<LineShape> Lines(PangoLayout& layout) {
    std::vector<LineShape> lines;
    const Owned<PangoLayoutIter> at(pango_layout_get_iter(&layout));
    do {
      int top = 0, end = 0;
      pango_layout_iter_get_line_yrange(at.get(), &top, &end);
      lines.push_back({static_cast<int>(lines.size()), pango_units_to_double(top), pango_units_to_double(end - top),
                       pango_units_to_double(pango_layout_iter_get_baseline(at.get()))});
    } while (pango_layout_iter_next_line(at.get()));
    return lines;
  }
  static double Height(PangoLayout& layout) {
    int height = 0;
    pango_layout_get_size(&layout, nullptr, &height);
    return pango_units_to_double(height);
  }

  // Puts a line of a layout with its top at y; the layout's left side is x.
  void Put(const std::shared_ptr<PangoLayout>& layout, const LineShape& shape, double x, double y, const char* role) {
    PangoLayoutLine* line = pango_layout_get_line_readonly(layout.get(), shape.number);
    // Where alignment and indent put the line.
    PangoRectangle first;
    pango_layout_index_to_pos(layout.get(), line->start_index, &first);
    const double left = x + pango_units_to_double(first.x);
    items.back().texts.push_back({layout, shape.number, left, y + shape.baseline - shape.top});

    const std::string_view all = pango_layout_get_text(layout.get());
    const std::string_view text =
        all.substr(static_cast<std::size_t>(line->start_index), static_cast<std::size_t>(line->length));
    PrintedLine printed;
    printed.role = role;
    const auto place = [&](std::size_t byte) {
      int at = 0;
      pango_layout_line_index_to_x(line, line->start_index + static_cast<int>(byte), FALSE, &at);
      return left + pango_units_to_double(at);
    };
    for (const ByteSpan word : SplitWhitespace(text)) {
      const double begin = place(word.begin), end = place(word.end);
      printed.words.push_back({std::string(word.In(text)), {begin, y, end - begin, shape.height}});
    }
    if (printed.words.empty()) return;
    printed.text = text;
    printed.text.resize(printed.text.find_last_not_of(" \t") + 1);
    const Box &a = printed.words.front().box, &b = printed.words.back().box;
    printed.box = {a.x, y, b.x + b.width - a.x, shape.height};
    pages.back().lines.push_back(std::move(printed));
  }

  // Puts a whole layout at (x, y); returns its bottom.
  double PutAll(const std::shared_ptr<PangoLayout>& layout, double x, double y, const char* role) {
    for (const LineShape& line : Lines(*layout)) Put(layout, line, x, y + line.top, role);
    return y + Height(*layout);
  }

  // Puts a layout into the flow of the page, line by line over page ends.
  void Flow(const std::string& text, const Type& type, const char* role, double x = kLeft, double width = kBodyWidth) {
    const auto layout = Make(text, type, width);
    for (const LineShape& line : Lines(*layout)) {
      Need(line.height);
      Put(layout, line, x, y_, role);
      y_ += line.height;
    }
    y_ += kAfterParagraph;
  }

  void Need(double height) {
    if (y_ + height > bottom()) AddPage();
  }

  // Centred lines in a column; a leading * is bold.
  double Column(const Json& lines, double x, double width, double y, Type type, const char* role) {
    type.align = PANGO_ALIGN_CENTER;
    for (const Json& item : lines) {
      std::string text = item.get<std::string>();
      Type own = type;
      if (!text.empty() && text[0] == '*') {
        own.bold = true;
        text.erase(0, 1);
      }
      // A name that is a little too long is set smaller, as offices do, before it takes a second line.
      auto layout = Make(text, own, width);
      for (int tries = 0; tries < 3 && pango_layout_get_line_count(layout.get()) > 1; ++tries) {
        own.size -= 0.5;
        layout = Make(text, own, width);
      }
      y = PutAll(layout, x, y, role);
    }
    return y;
  }
  // A rule below the last line that was put.
  void RuleBelow(double share) {
    if (pages.back().lines.empty()) return;
    const Box box = pages.back().lines.back().box;
    const double half = box.width * share / 2, middle = box.x + box.width / 2, y = box.y + box.height + 2.5;
    items.back().rules.push_back({middle - half, y, middle + half, y});
  }

  void Head(const Json& head);
  void Table(const Json& table);
  void Sign(const Json& sign);

  PrintStyle style_;
  Owned<PangoContext> context_;
  double size_;
  std::string numbering_;
  double y_ = kTop;
};

void Typesetter::Head(const Json& head) {
  const double small = size_ - 1.5, right_x = kLeft + kHeadLeftWidth - 20;
  const double left_x = kLeft - 30;
  double left = Column(ArrayAt(head, "left"), left_x, kHeadLeftWidth, y_, {.size = small}, "office");
  RuleBelow(0.4);
  const double top = y_;
  // The right column is set after the left one, so that the text reads down the columns.
  const Json right_lines = ArrayAt(head, "right");
  const auto set_right = [&](double from) {
    double y = from;
    for (std::size_t i = 0; i < right_lines.size(); ++i) {
      y = PutAll(
          Make(right_lines[i].get<std::string>(),
               {.size = i == 0 ? small : small + 1, .bold = true, .align = PANGO_ALIGN_CENTER}, kHeadRightWidth + 35),
          right_x, y, "motto");
    }
    if (!right_lines.empty()) RuleBelow(1.0);
    return y;
  };
  // The number and the date stand side by side below the longer column.
  double right_height = 0;
  for (std::size_t i = 0; i < right_lines.size(); ++i) {
    right_height += Height(*Make(right_lines[i].get<std::string>(), {.size = i == 0 ? small : small + 1, .bold = true},
                                 kHeadRightWidth + 35));
  }
  const double row = std::max(left, top + right_height) + 9;
  left = row;
  if (const std::string number = StringAt(head, "number"); !number.empty()) {
    left =
        PutAll(Make(number, {.size = size_ - 1, .align = PANGO_ALIGN_CENTER}, kHeadLeftWidth), left_x, row, "number");
  }
  left = Column(ArrayAt(head, "about"), left_x, kHeadLeftWidth, left, {.size = size_ - 2}, "about");
  set_right(top);
  double right = row;
  if (const std::string date = StringAt(head, "date"); !date.empty()) {
    right = PutAll(Make(date, {.size = size_ - 0.5, .italic = true, .align = PANGO_ALIGN_CENTER}, kHeadRightWidth + 35),
                   right_x, row, "date");
  }
  y_ = std::max(left, right) + 14;
}

void Typesetter::Table(const Json& table) {
  const Json rows = ArrayAt(table, "rows");
  std::size_t columns = 0;
  for (const Json& row : rows) columns = std::max(columns, row.size());
  if (columns == 0) return;
  std::vector<double> widths(columns, 1.0);
  const Json shares = ArrayAt(table, "widths");
  for (std::size_t i = 0; i < std::min(columns, shares.size()); ++i) widths[i] = std::max(0.2, shares[i].get<double>());
  // The narrowest column has room for "TT"; widening one narrows the others, so more than once.
  for (int pass = 0; pass < 3; ++pass) {
    double sum = 0;
    for (const double w : widths) sum += w;
    for (double& w : widths) w *= kBodyWidth / sum;
    if (pass < 2) {
      for (double& w : widths) w = std::max(w, kNarrowest);
    }
  }

  const double size = size_ - 1.5;
  for (std::size_t r = 0; r < rows.size(); ++r) {
    struct Cell {
      std::shared_ptr<PangoLayout> layout;
      std::vector<LineShape> lines;
      std::size_t next = 0;
    };
    std::vector<Cell> cells(columns);
    double height = 0;
    for (std::size_t c = 0; c < columns; ++c) {
      const std::string text = c < rows[r].size() && rows[r][c].is_string() ? rows[r][c].get<std::string>() : "";
      const bool centred = r == 0 || c == 0;
      cells[c].layout =
          Make(text, {.size = size, .bold = r == 0, .align = centred ? PANGO_ALIGN_CENTER : PANGO_ALIGN_LEFT},
               widths[c] - 2 * kCellPad);
      cells[c].lines = Lines(*cells[c].layout);
      height = std::max(height, Height(*cells[c].layout));
    }
    // A row goes whole to the next page unless it is a tall one; a tall one is broken between lines.
    const double line_height = cells[0].lines[0].height;
    if (y_ + height + 2 * kCellPad > bottom() && (height < 200 || y_ + 4 * line_height > bottom())) AddPage();
    for (bool more = true; more;) {
      more = false;
      const double room = bottom() - y_ - 2 * kCellPad;
      double used = 0, x = kLeft;
      for (std::size_t c = 0; c < columns; ++c) {
        Cell& cell = cells[c];
        double at = 0;
        while (cell.next < cell.lines.size() && (at == 0 || at + cell.lines[cell.next].height <= room)) {
          Put(cell.layout, cell.lines[cell.next], x + kCellPad, y_ + kCellPad + at, "cell");
          at += cell.lines[cell.next++].height;
        }
        more = more || cell.next < cell.lines.size();
        used = std::max(used, at);
        x += widths[c];
      }
      const double y2 = y_ + used + 2 * kCellPad;
      x = kLeft;
      std::vector<Rule>& rules = items.back().rules;
      rules.push_back({kLeft, y_, kLeft + kBodyWidth, y_});
      rules.push_back({kLeft, y2, kLeft + kBodyWidth, y2});
      for (std::size_t c = 0; c <= columns; ++c) {
        rules.push_back({x, y_, x, y2});
        if (c < columns) x += widths[c];
      }
      y_ = y2;
      if (more) AddPage();
    }
  }
  y_ += 8;
}

void Typesetter::Sign(const Json& sign) {
  const Json recipients = ArrayAt(sign, "recipients"), right = ArrayAt(sign, "right");
  const double right_x = kPageWidthPt - kRight - kSignWidth, left_width = kBodyWidth - kSignWidth - 6;
  const Type bold{.size = size_ - 0.5, .bold = true, .align = PANGO_ALIGN_CENTER};

  // The block stays together.
  double tall = 0;
  for (const Json& line : right) {
    const std::string text = line.get<std::string>();
    tall += text.empty() ? kSignGap : Height(*Make(text, bold, kSignWidth));
  }
  Need(std::min(tall, bottom() - kTop - 1));
  y_ += 6;
  const double top = y_;
  double y = top;
  for (std::size_t i = 0; i < recipients.size(); ++i) {
    const Type type{.size = i == 0 ? size_ - 2 : size_ - 3, .bold = i == 0, .italic = i == 0};
    y = PutAll(Make(recipients[i].get<std::string>(), type, left_width), kLeft, y, "recipients");
  }
  const double left_bottom = y;
  y = top;
  for (const Json& line : right) {
    std::string text = line.get<std::string>();
    if (!text.empty() && text[0] == '*') text.erase(0, 1);
    if (!text.empty()) {
      y = PutAll(Make(text, bold, kSignWidth), right_x, y, "signature");
      continue;
    }
    // Where a seal and a signature of this page would stand.
    pages.back().marks.push_back({"signature_place", "", {right_x, y, kSignWidth, kSignGap}});
    y += kSignGap;
  }
  y_ = std::max(y, left_bottom) + 10;
}

void Typesetter::Block(const Json& block) {
  const Type body{.size = size_, .align = PANGO_ALIGN_LEFT, .justify = true, .indent = kIndent};
  const auto text = [&](const char* key) { return block.at(key).get<std::string>(); };
  if (block.contains("head")) {
    Head(block["head"]);
  } else if (block.contains("title")) {
    Need(70);
    for (const Json& line : block["title"]) {
      Flow(line.get<std::string>(), {.size = size_, .bold = true, .align = PANGO_ALIGN_CENTER}, "title", kLeft + 20,
           kBodyWidth - 40);
      y_ -= kAfterParagraph;
    }
    RuleBelow(0.3);
    y_ += 12;
  } else if (block.contains("to")) {
    const Json& lines = block["to"];
    for (std::size_t i = 0; i < lines.size(); ++i) {
      const bool alone = lines.size() == 1;
      Flow(lines[i].get<std::string>(), {.size = size_, .align = alone ? PANGO_ALIGN_CENTER : PANGO_ALIGN_LEFT}, "to",
           alone ? kLeft : kLeft + (i == 0 ? 70 : 130), alone ? kBodyWidth : kBodyWidth - 130);
      y_ -= kAfterParagraph;
    }
    y_ += 12;
  } else if (block.contains("hr")) {
    Type type = body;
    const std::string run_in = text("hr");
    type.bold_bytes = run_in.size();
    Flow(run_in + StringAt(block, "p"), type, "paragraph");
  } else if (block.contains("p")) {
    Flow(text("p"), body, "paragraph");
  } else if (block.contains("i")) {
    Type type = body;
    type.italic = true;
    Flow(text("i"), type, "paragraph");
  } else if (block.contains("h")) {
    Type type = body;
    type.bold = true;
    Need(3 * size_ * 1.4);  // a heading does not stand alone at a page's end
    Flow(text("h"), type, "heading");
  } else if (block.contains("c") || block.contains("ci")) {
    const bool bold = block.contains("c");
    Need(3 * size_ * 1.4);
    Flow(text(bold ? "c" : "ci"), {.size = size_, .bold = bold, .italic = !bold, .align = PANGO_ALIGN_CENTER},
         bold ? "heading" : "paragraph");
  } else if (block.contains("table")) {
    Table(block["table"]);
  } else if (block.contains("break")) {
    AddPage();
  } else if (block.contains("sign")) {
    Sign(block["sign"]);
  } else {
    throw Json::other_error::create(501, "a block of no known kind", nullptr);
  }
}

// Writes by hand into the first run of blanks of a line; returns the place of the run, or nothing.
std::optional<Box> FillBlank(PrintedLine& line, const std::string& text) {
  std::size_t begin = line.text.find("   ");
  if (begin == std::string::npos) return std::nullopt;
  std::size_t end = line.text.find_first_not_of(' ', begin);
  if (end == std::string::npos) end = line.text.size();
  const bool letter_follows = end < line.text.size() && static_cast<unsigned char>(line.text[end]) >= 'A';
  Box place = line.box;
  for (std::size_t i = 0; i + 1 < line.words.size(); ++i) {
    const Box &a = line.words[i].box, &b = line.words[i + 1].box;
    if (b.x - a.x - a.width > 9) {
      place = {a.x + a.width, a.y, b.x - a.x - a.width, a.height};
      break;
    }
  }
  line.text.replace(begin, end - begin, (begin > 0 ? " " : "") + text + (letter_follows ? " " : ""));
  return place;
}

void PlaceMarks(const Json& marks, std::vector<PrintedPage>& pages) {
  std::string office;  // what a seal says
  for (const PrintedLine& line : pages[0].lines) {
    if (line.role == "office") office += (office.empty() ? "" : " ") + line.text;
  }
  for (PrintedPage& page : pages) {
    for (Mark& mark : page.marks) mark.text = office;
  }
  std::vector<std::vector<Mark>> placed(pages.size());
  for (const Json& json : marks) {
    Mark mark{StringAt(json, "kind"), StringAt(json, "text"), {}};
    // A page that a later setting no longer has is the last one.
    const int wanted = json.value("page", 1);
    std::size_t page = static_cast<std::size_t>(std::clamp(wanted, 1, static_cast<int>(pages.size()))) - 1;
    if (mark.kind == "seal" || mark.kind == "signature") {
      // On the signature place of that page, or of the page that has one.
      const auto has_place = [&](std::size_t p) { return !pages[p].marks.empty(); };  // only places so far
      if (!has_place(page)) {
        for (std::size_t p = 0; p < pages.size(); ++p) {
          if (has_place(p)) page = p;
        }
      }
      if (!has_place(page)) continue;
      const Box place = pages[page].marks.front().box;
      if (mark.kind == "seal") {
        mark.box = {place.x - 8, place.y - 22, 100, 100};  // 35 mm, over a third of the signature
        if (mark.text.empty()) mark.text = office;
      } else {
        mark.box = {place.x + 60, place.y + 2, 120, place.height - 6};
      }
    } else if (mark.kind == "incoming_stamp") {
      mark.box = {kLeft - 30, 118, 125, 50};
      double low = 0;
      for (const PrintedLine& line : pages[page].lines) {
        if (line.role == "number" || line.role == "about") low = std::max(low, line.box.y + line.box.height);
      }
      if (low > 0) mark.box.y = low + 4;
    } else if (mark.kind == "handwriting") {
      const std::string blank = StringAt(json, "blank");
      const std::string role = blank == "date" ? "date" : "number";
      const auto line = std::find_if(pages[page].lines.begin(), pages[page].lines.end(), [&](const PrintedLine& l) {
        return l.role == role && l.text.find("   ") != std::string::npos;
      });
      if (line == pages[page].lines.end()) continue;
      const std::optional<Box> place = FillBlank(*line, mark.text);
      if (!place) continue;
      mark.box = *place;
    } else {
      continue;
    }
    placed[page].push_back(std::move(mark));
  }
  for (std::size_t p = 0; p < pages.size(); ++p) {
    pages[p].marks.insert(pages[p].marks.end(), placed[p].begin(), placed[p].end());
  }
}

void DrawItems(cairo_t* cr, const PageItems& items) {
  cairo_set_source_rgb(cr, 0, 0, 0);
  for (const TextItem& text : items.texts) {
    cairo_move_to(cr, text.x, text.baseline);
    pango_cairo_show_layout_line(cr, pango_layout_get_line_readonly(text.layout.get(), text.line));
  }
  cairo_set_line_width(cr, 0.7);
  for (const Rule& rule : items.rules) {
    cairo_move_to(cr, rule.x1, rule.y1);
    cairo_line_to(cr, rule.x2, rule.y2);
    cairo_stroke(cr);
  }
}

Json ToJson(const Box& box) {
  const auto round = [](double v) { return std::round(v * 100) / 100; };
  return {round(box.x), round(box.y), round(box.width), round(box.height)};
}

}  // namespace

struct OfficeDocument::Impl {
  std::vector<PrintedPage> pages;
  std::vector<PageItems> items;
};

OfficeDocument::OfficeDocument(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
OfficeDocument::OfficeDocument(OfficeDocument&&) noexcept = default;
OfficeDocument& OfficeDocument::operator=(OfficeDocument&&) noexcept = default;
OfficeDocument::~OfficeDocument() = default;

Result<OfficeDocument> OfficeDocument::FromLayout(std::string_view layout_json, const PrintStyle& style) {
  try {
    const Json layout = Json::parse(ToNfc(layout_json));
    const Json page = layout.value("page", Json::object());
    Typesetter typesetter(style, page.value("size_pt", 14.0), page.value("number", "top"));
    std::size_t number = 0;
    for (const Json& block : layout.at("blocks")) {
      try {
        typesetter.Block(block);
      } catch (const Json::exception& e) {
        return Error{ErrorCode::kBadInput, "block " + std::to_string(number) + ": " + e.what()};
      }
      ++number;
    }
    PlaceMarks(ArrayAt(layout, "marks"), typesetter.pages);
    return OfficeDocument(std::make_unique<Impl>(Impl{std::move(typesetter.pages), std::move(typesetter.items)}));
  } catch (const Json::exception& e) {
    return Error{ErrorCode::kBadInput, e.what()};
  }
}

const std::vector<PrintedPage>& OfficeDocument::pages() const { return impl_->pages; }

std::string OfficeDocument::Text() const {
  std::string text;
  for (std::size_t p = 0; p < impl_->pages.size(); ++p) {
    if (p > 0) text += '\f';
    const auto& lines = impl_->pages[p].lines;
    for (const PrintedLine& line : lines) text += line.text + '\n';
  }
  return text;
}

std::string OfficeDocument::TruthJson() const {
  Json pages = Json::array();
  for (const PrintedPage& page : impl_->pages) {
    Json lines = Json::array(), marks = Json::array();
    for (const PrintedLine& line : page.lines) {
      Json words = Json::array();
      for (const PrintedWord& word : line.words) words.push_back({{"text", word.text}, {"box", ToJson(word.box)}});
      lines.push_back({{"text", line.text}, {"role", line.role}, {"box", ToJson(line.box)}, {"words", words}});
    }
    for (const Mark& mark : page.marks)
      marks.push_back({{"kind", mark.kind}, {"text", mark.text}, {"box", ToJson(mark.box)}});
    pages.push_back({{"width", kPageWidthPt}, {"height", kPageHeightPt}, {"lines", lines}, {"marks", marks}});
  }
  return Json({{"pages", pages}}).dump(1) + '\n';
}

Raster OfficeDocument::Draw(std::size_t page, int dpi) const {
  const double scale = dpi / 72.0;
  const int width = static_cast<int>(kPageWidthPt * scale), height = static_cast<int>(kPageHeightPt * scale);
  const Owned<cairo_surface_t> surface(cairo_image_surface_create(CAIRO_FORMAT_A8, width, height));
  const Owned<cairo_t> cr(cairo_create(surface.get()));
  cairo_scale(cr.get(), scale, scale);
  DrawItems(cr.get(), impl_->items[page]);
  cairo_surface_flush(surface.get());
  Raster image(width, height, 1);
  const unsigned char* ink = cairo_image_surface_get_data(surface.get());
  const int stride = cairo_image_surface_get_stride(surface.get());
  for (int row = 0; row < height; ++row) {
    const unsigned char* from = ink + static_cast<std::ptrdiff_t>(row) * stride;
    std::transform(from, from + width, image.At(0, row),
                   [](unsigned char a) { return static_cast<std::uint8_t>(255 - a); });
  }
  return image;
}

Result<std::string> OfficeDocument::Pdf() const {
  std::string bytes;
  const auto write = [](void* to, const unsigned char* data, unsigned length) {
    static_cast<std::string*>(to)->append(reinterpret_cast<const char*>(data), length);
    return CAIRO_STATUS_SUCCESS;
  };
  {
    const Owned<cairo_surface_t> surface(
        cairo_pdf_surface_create_for_stream(write, &bytes, kPageWidthPt, kPageHeightPt));
    // No clock in the file: the same document gives the same bytes.
    cairo_pdf_surface_set_metadata(surface.get(), CAIRO_PDF_METADATA_CREATE_DATE, "2026-01-01T00:00:00Z");
    const Owned<cairo_t> cr(cairo_create(surface.get()));
    for (const PageItems& page : impl_->items) {
      DrawItems(cr.get(), page);
      cairo_show_page(cr.get());
    }
    cairo_surface_finish(surface.get());
    if (cairo_surface_status(surface.get()) != CAIRO_STATUS_SUCCESS)
      return Error{ErrorCode::kInternal, "Cairo cannot write the PDF"};
  }
  return bytes;
}

Result<std::vector<std::vector<Mark>>> MarksFromTruth(std::string_view truth_json) {
  try {
    std::vector<std::vector<Mark>> pages;
    const Json truth = Json::parse(truth_json);
    for (const Json& page : truth.at("pages")) {
      std::vector<Mark>& marks = pages.emplace_back();
      for (const Json& mark : page.at("marks")) {
        const Json& box = mark.at("box");
        marks.push_back(
            {mark.at("kind").get<std::string>(),
             mark.at("text").get<std::string>(),
             {box.at(0).get<double>(), box.at(1).get<double>(), box.at(2).get<double>(), box.at(3).get<double>()}});
      }
    }
    return pages;
  } catch (const Json::exception& e) {
    return Error{ErrorCode::kBadInput, e.what()};
  }
}

}  // namespace hoidau::print
