#include "tracker/registers.h"

#include <set>

#include "tracker/work_item.h"

namespace hoidau {
namespace {

std::string Line(const OptionalString& value) { return value ? OneLine(*value) : ""; }

std::string IssuedOn(const Metadata& m) {
  if (m.date && m.date->value && IsDay(*m.date->value)) return *m.date->value;
  // A day left blank for the pen: "ngày … tháng 6 năm 2026".
  if (m.date && m.date->kind == "month" && m.date->value && m.date->value->size() == 7) {
    const std::string month = m.date->value->substr(5, 2);
    return "tháng " + std::string(month.front() == '0' ? month.substr(1) : month) + "/" + m.date->value->substr(0, 4);
  }
  return m.date ? OneLine(m.date->text) : m.signed_on.value_or("");
}

// Says of each document or task whether it comes for the first time: a scan may lie there under several names.
class FirstTime {
 public:
  bool operator()(const std::string& identity) { return seen_.insert(identity).second; }
  bool operator()(const Record& record) { return !HasIdentity(record) || (*this)(DocumentIdentity(record)); }

 private:
  std::set<std::string> seen_;
};

std::string TypeAndSubject(const Metadata& m) {
  const std::string type = Line(m.type), subject = Line(m.subject);
  return type + (type.empty() || subject.empty() ? "" : " ") + subject;
}

// The number that the incoming stamp bears.
std::string ArrivalNumber(const Record& record) {
  for (const RecordPage& page : record.pages) {
    for (const Mark& mark : page.marks) {
      if (mark.kind == MarkKind::kIncomingStamp && mark.number) return OneLine(*mark.number);
    }
  }
  return "";
}

Table Documents(const std::vector<Record>& records) {
  Table table{.name = "Danh mục văn bản",
              .columns = {{.head = "Mã hồ sơ (FileCode)"},
                          {.head = "Số thứ tự văn bản (DocOrdinal)", .type = CellType::kNumber},
                          {.head = "Tên loại văn bản (TypeName)"},
                          {.head = "Số của văn bản (CodeNumber)"},
                          {.head = "Ký hiệu của văn bản (CodeNotation)"},
                          {.head = "Ngày, tháng, năm văn bản (IssuedDate)", .type = CellType::kDate},
                          {.head = "Tên cơ quan ban hành (OrganName)"},
                          {.head = "Trích yếu nội dung (Subject)"},
                          {.head = "Ngôn ngữ (Language)"},
                          {.head = "Số trang (PageAmount)", .type = CellType::kNumber},
                          {.head = "Ghi chú (Description)"},
                          {.head = "Chức vụ người ký (Position)"},
                          {.head = "Họ tên người ký (FullName)"},
                          {.head = "Nơi nhận (To)"},
                          {.head = "Mức độ khẩn (Priority)"},
                          {.head = "Số lượng bản phát hành (IssuedAmount)"},
                          {.head = "Hạn trả lời văn bản (DueDate)", .type = CellType::kDate},
                          {.head = "Tệp nguồn"}},
              .rows = {}};
  FirstTime first;
  for (const Record& r : records) {
    if (!first(r)) continue;
    const Metadata& m = r.metadata;
    table.rows.push_back({"", std::to_string(table.rows.size() + 1), Line(m.type), Line(m.number), OneLine(Notation(m)),
                          IssuedOn(m), Line(m.issuer.name), Line(m.subject), "", std::to_string(r.source.pages), "",
                          Line(m.signature.position), Line(m.signature.name), OneLine(Joined(m.recipients)), "", "", "",
                          OneLine(r.source.file)});
  }
  return table;
}

Table Archive(const std::vector<Record>& records) {
  Table table{.name = "Mục lục văn bản",
              .columns = {{.head = "STT", .type = CellType::kNumber},
                          {.head = "Số, ký hiệu văn bản"},
                          {.head = "Ngày, tháng văn bản", .type = CellType::kDate},
                          {.head = "Tên loại và trích yếu nội dung văn bản"},
                          {.head = "Tác giả văn bản"},
                          {.head = "Tờ số"},
                          {.head = "Ghi chú"}},
              .rows = {}};
  FirstTime first;
  for (const Record& r : records) {
    if (!first(r)) continue;
    const Metadata& m = r.metadata;
    table.rows.push_back({std::to_string(table.rows.size() + 1), Line(m.symbol), IssuedOn(m), TypeAndSubject(m),
                          Line(m.issuer.name), "", ""});
  }
  return table;
}

Table Tasks(const std::vector<Record>& records) {
  Table table{.name = "Nhiệm vụ",
              .columns = {{.head = "STT", .type = CellType::kNumber},
                          {.head = "Đơn vị chủ trì"},
                          {.head = "Đơn vị phối hợp"},
                          {.head = "Nội dung nhiệm vụ"},
                          {.head = "Thời hạn", .type = CellType::kDate},
                          {.head = "Thời gian ghi trong văn bản"},
                          {.head = "Số, ký hiệu văn bản"},
                          {.head = "Ngày văn bản", .type = CellType::kDate},
                          {.head = "Mục"},
                          {.head = "Nguồn: tệp"},
                          {.head = "Nguồn: trang", .type = CellType::kNumber},
                          {.head = "Mã nhiệm vụ", .hidden = true}},
              .rows = {}};
  FirstTime first;
  for (const Record& r : records) {
    for (const WorkItem& item : ItemsOf(r, {})) {
      if (item.kind != "task" || (HasIdentity(r) && !first(item.uuid))) continue;
      table.rows.push_back({std::to_string(table.rows.size() + 1), Joined(item.leads), Joined(item.coordinates),
                            item.detail, item.due, item.when, item.symbol, IssuedOn(r.metadata), item.place, item.file,
                            item.page, item.uuid});
    }
  }
  return table;
}

Table Incoming(const std::vector<Record>& records) {
  Table table{.name = "Sổ theo dõi giải quyết",
              .columns = {{.head = "Số đến"},
                          {.head = "Tên loại, số và ký hiệu, ngày tháng và tác giả văn bản"},
                          {.head = "Đơn vị hoặc người nhận"},
                          {.head = "Thời hạn giải quyết", .type = CellType::kDate},
                          {.head = "Tiến độ giải quyết"},
                          {.head = "Số, ký hiệu văn bản trả lời"},
                          {.head = "Ghi chú"}},
              .rows = {}};
  FirstTime first;
  for (const Record& r : records) {
    const bool new_document = first(r);
    const Metadata& m = r.metadata;
    std::string day = IssuedOn(m);
    if (IsDay(day)) day = "ngày " + OfficeDay(day);
    std::vector<std::string> parts;
    for (const std::string& part :
         {TypeAndSubject(m), m.symbol ? "số " + Line(m.symbol) : "", day, Line(m.issuer.name)}) {
      if (!part.empty()) parts.push_back(part);
    }
    const std::string document = Joined(parts, ", ");
    const std::string number = ArrivalNumber(r);
    const std::size_t before = table.rows.size();
    for (const WorkItem& item : ItemsOf(r, {})) {
      if (item.kind != "task" || item.leads.empty() || (HasIdentity(r) && !first(item.uuid))) continue;
      table.rows.push_back({number, document, Joined(item.leads), item.due.empty() ? item.when : item.due, "", "",
                            item.place + ": " + item.title});
    }
    // A document that gives nobody a task was still received.
    if (table.rows.size() == before && new_document) {
      table.rows.push_back({number, document, OneLine(Joined(m.addressees)), "", "", "", ""});
    }
  }
  return table;
}

}  // namespace

Table MakeRegister(RegisterKind kind, const std::vector<Record>& records) {
  switch (kind) {
    case RegisterKind::kDocuments:
      return Documents(records);
    case RegisterKind::kArchive:
      return Archive(records);
    case RegisterKind::kTasks:
      return Tasks(records);
    case RegisterKind::kIncoming:
      return Incoming(records);
  }
  return {};
}

}  // namespace hoidau
