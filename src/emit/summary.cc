#include "emit/summary.h"

#include <algorithm>
#include <map>
#include <string_view>
#include <utility>
#include <vector>

#include "text/tokenizer.h"
#include "text/unicode.h"

namespace hoidau {
namespace {

constexpr std::size_t kLabelWidth = 15;
constexpr int kMostUnsure = 12;  // words shown a page

std::size_t Width(std::string_view text) { return CodePoints(text).size(); }

std::string Padded(std::string_view text, std::size_t width) {
  std::string out(text);
  for (std::size_t n = Width(text); n < width; ++n) out += ' ';
  return out;
}

std::vector<std::string> Wrap(std::string_view text, std::size_t width) {
  std::vector<std::string> lines(1);
  for (const ByteSpan word : SplitWhitespace(text)) {
    std::string& line = lines.back();
    if (line.empty()) {
      line = word.In(text);
    } else if (Width(line) + 1 + Width(word.In(text)) <= width) {
      line += ' ';
      line += word.In(text);
    } else {
      lines.emplace_back(word.In(text));
    }
  }
  return lines;
}

// One row of a table: cells side by side, each wrapped in its own column; the last column takes what is left.
void AppendRow(const std::vector<std::string>& cells, const std::vector<std::size_t>& widths, std::size_t indent,
               std::string& out) {
  std::vector<std::vector<std::string>> columns;
  std::size_t height = 0;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    columns.push_back(Wrap(cells[i], widths[i]));
    height = std::max(height, columns.back().size());
  }
  for (std::size_t row = 0; row < height; ++row) {
    std::string line;
    for (std::size_t i = 0; i < columns.size(); ++i) {
      const std::string cell = row < columns[i].size() ? columns[i][row] : "";
      line += i + 1 < columns.size() ? Padded(cell, widths[i]) + "  " : cell;
    }
    line.erase(line.find_last_not_of(' ') + 1);
    out += std::string(indent, ' ') + line + "\n";
  }
}

bool IsDigits(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// 2026-04-14 → 14/04/2026; other forms as they are.
std::string Day(std::string_view iso) {
  if (iso.size() != 10 || iso[4] != '-' || iso[7] != '-') return std::string(iso);
  return std::string(iso.substr(8, 2)) + "/" + std::string(iso.substr(5, 2)) + "/" + std::string(iso.substr(0, 4));
}

// The document's own date; where blanks are left for the pen, 2011-12 → tháng 12/2011 (để trống ngày).
std::string DocumentDate(const DateValue& date) {
  const std::string value = date.value.value_or(date.text);
  if (value.size() == 7 && value[4] == '-' && IsDigits(value.substr(0, 4)) && IsDigits(value.substr(5))) {
    return "tháng " + value.substr(5) + "/" + value.substr(0, 4) + (date.incomplete ? " (để trống ngày)" : "");
  }
  if (value.size() == 4 && IsDigits(value)) {
    return "năm " + value + (date.incomplete ? " (để trống ngày, tháng)" : "");
  }
  return Day(value);
}

std::string Joined(const std::vector<std::string>& parts, const char* between) {
  std::string out;
  for (const std::string& part : parts) {
    if (part.empty()) continue;
    if (!out.empty()) out += between;
    out += part;
  }
  return out;
}

const char* KindName(const SourceFile& source) {
  switch (source.kind) {
    case SourceKind::kScannedPdf:
      return "PDF quét";
    case SourceKind::kDigitalPdf:
      return "PDF điện tử";
    case SourceKind::kMixedPdf:
      return "PDF hỗn hợp";
    case SourceKind::kImage:
      return "ảnh quét";
    case SourceKind::kText:
      return "văn bản";
  }
  return "";
}

std::string Units(const Task& task) {
  std::vector<std::string> leads, others;
  for (const Assignee& a : task.assignees) (a.role == "lead" ? leads : others).push_back(a.name);
  std::string out = Joined(leads, ", ");
  if (!others.empty()) out += (out.empty() ? "phối hợp: " : "; phối hợp: ") + Joined(others, ", ");
  return out.empty() ? "–" : out;
}

std::string Deadline(const Task& task) {
  if (task.due) return Day(*task.due);
  return task.when ? task.when->text : "–";
}

// What an issue means, for people who do not read English. `N` stands for the first number of the record's message, and
// `*` for the message where it shows what is printed; a code that is new here is named.
std::string Meaning(const Issue& issue) {
  static const std::map<std::string, std::string_view> meanings = {
      {"doubtful-label", "số mục khó đọc, đã đoán theo thứ tự: *"},
      {"dropped-noise", "đã bỏ N dòng vết bẩn, nét gạch hoặc mực dấu, không phải chữ"},
      {"empty-page", "trang không có chữ"},
      {"impossible-date", "ngày tháng không có thật: *"},
      {"internal", "lỗi bên trong phần mềm: trang chưa được khôi phục dấu"},
      {"invalid-utf8", "có byte không phải chữ (UTF-8), đã thay bằng ký hiệu U+FFFD"},
      {"limit", "danh sách hoặc bố cục dài quá mức, đã cắt bớt"},
      {"low-confidence", "N chữ chưa chắc"},
      {"reversed-range", "khoảng thời gian bị ngược: *"},
      {"unreadable-page", "không đọc được trang"},
      {"unread-handwriting", "N chỗ điền tay chưa đọc được"},
      {"unsigned-copy", "bản PDF tìm kiếm được không mang chữ ký số; chữ ký chỉ có giá trị ở bản gốc"},
      {"weekday-conflict", "thứ và ngày không khớp: *"},
  };
  const auto it = meanings.find(issue.code);
  if (it == meanings.end()) return "cần xem lại (mã " + issue.code + ")";
  const std::size_t digits = issue.message.find_first_of("0123456789");
  std::string out;
  for (const char c : it->second) {
    if (c == 'N') {
      if (digits != std::string::npos)
        out += issue.message.substr(digits, issue.message.find_first_not_of("0123456789", digits) - digits);
    } else if (c == '*') {
      out += issue.message.starts_with("date ") ? issue.message.substr(5) : issue.message;
    } else {
      out += c;
    }
  }
  return out;
}

// The word without the punctuation around it, "(bản,," → "bản"; empty where it is nothing else.
std::string Bare(const std::string& word) {
  const std::u32string letters = CodePoints(word);
  const auto first = std::find_if(letters.begin(), letters.end(), IsAlnum);
  const auto last = std::find_if(letters.rbegin(), letters.rend(), IsAlnum).base();
  return first < last ? ToUtf8(std::u32string(first, last)) : std::string();
}

class Sheet {
 public:
  explicit Sheet(int columns) : columns_(static_cast<std::size_t>(std::max(columns, 60))) {}

  // "Label   value", wrapped under the value; nothing where there is none.
  void Field(const char* label, const std::string& value) {
    if (value.empty()) return;
    AppendRow({label, value}, {kLabelWidth, columns_ - kLabelWidth - 4}, 2, text_);
  }
  void Heading(const std::string& heading) { text_ += "\n" + heading + "\n"; }
  void Row(const std::vector<std::string>& cells, std::vector<std::size_t> widths) {
    std::size_t used = 4;
    for (const std::size_t w : widths) used += w + 2;
    widths.push_back(columns_ - std::min(used, columns_ - 20));
    AppendRow(cells, widths, 2, text_);
  }
  void Outline(const std::vector<Section>& sections, std::size_t depth) {
    for (const Section& s : sections) {
      if (!s.title && s.children.empty()) continue;
      const std::size_t indent = 2 + 2 * depth;
      const std::size_t label = Width(s.label);
      AppendRow({s.label, s.title.value_or("")}, {label, columns_ - std::min(indent + label + 2, columns_ / 2)}, indent,
                text_);
      Outline(s.children, depth + 1);
    }
  }
  std::size_t columns() const { return columns_; }
  std::string Take() { return std::move(text_); }

 private:
  std::size_t columns_;
  std::string text_;
};

// Words that recovery is unsure of, by page. They are for proofreading: no reason for exit code 20.
void AppendUnsure(const Record& record, Sheet& sheet) {
  bool first = true;
  for (const RecordPage& p : record.pages) {
    std::vector<std::string> words;
    int more = 0;
    for (const RecordLine& line : p.lines) {
      for (const RecordToken& token : line.tokens) {
        std::string word = token.unsure ? Bare(token.text) : std::string();
        if (word.empty()) continue;
        if (static_cast<int>(words.size()) < kMostUnsure) {
          words.push_back(std::move(word));
        } else {
          ++more;
        }
      }
    }
    if (words.empty()) continue;
    if (std::exchange(first, false)) sheet.Heading("CHỮ CHƯA CHẮC");
    std::string list = Joined(words, ", ");
    if (more > 0) list += " và " + std::to_string(more) + " chữ khác";
    sheet.Row({"trang " + std::to_string(p.number), list}, {10});
  }
}

}  // namespace

std::string Summary(const Record& record, int columns) {
  Sheet sheet(columns);
  const Metadata& m = record.metadata;
  sheet.Field("Tệp", record.source.file + " (" + KindName(record.source) + ", " + std::to_string(record.source.pages) +
                         " trang)");
  sheet.Field("Cơ quan", m.issuer.name.value_or("(không rõ)"));
  sheet.Field("Số, ký hiệu", m.symbol.value_or("(không có)"));
  sheet.Field("Ngày", m.date ? DocumentDate(*m.date) : "(không có)");
  sheet.Field("Loại", m.type.value_or("(không rõ)"));
  sheet.Field("Trích yếu", m.subject.value_or("(không rõ)"));
  sheet.Field("Kính gửi", Joined(m.addressees, "; "));
  sheet.Field("Người ký", Joined({m.signature.position.value_or(""), m.signature.name.value_or("")}, " "));
  if (!record.sections.empty()) {
    sheet.Heading("BỐ CỤC");
    sheet.Outline(record.sections, 0);
  }
  sheet.Heading("NHIỆM VỤ (" + std::to_string(record.tasks.size()) + ")");
  const std::vector<std::size_t> widths = {3, sheet.columns() / 4, 12};
  if (!record.tasks.empty()) sheet.Row({"STT", "Đơn vị", "Thời hạn", "Nội dung"}, widths);
  for (std::size_t i = 0; i < record.tasks.size(); ++i) {
    const Task& task = record.tasks[i];
    sheet.Row({std::to_string(i + 1), Units(task), Deadline(task), task.action}, widths);
  }
  if (!record.events.empty()) {
    sheet.Heading("LỊCH (" + std::to_string(record.events.size()) + ")");
    for (const Event& event : record.events) sheet.Row({event.when ? event.when->text : "–", event.title}, {33});
  }
  sheet.Heading("CẦN XEM LẠI");
  if (record.issues.empty()) sheet.Row({"không có"}, {});
  for (const Issue& issue : record.issues) {
    sheet.Row({issue.page > 0 ? "trang " + std::to_string(issue.page) : "văn bản", Meaning(issue)}, {10});
  }
  AppendUnsure(record, sheet);
  return sheet.Take();
}

}  // namespace hoidau
