#include "doc/record_json.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <concepts>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <utility>

#include "text/unicode.h"

namespace hoidau {
namespace {

using Json = nlohmann::ordered_json;
// What is read needs no order: an ordered object would look for each of the thousands of pointers among all before it.
using ParsedJson = nlohmann::json;

constexpr const char* kSchemaName = "hoidau-document/1";
constexpr int kMaxSectionDepth = 64;  // a bound on recursion, far above any printed outline

// --- Names of enumerators, in their order ----------------------------------------------------------------------

template <typename E>
struct Names;
template <>
struct Names<SourceKind> {
  static constexpr std::array values = {"scanned-pdf", "digital-pdf", "mixed-pdf", "image", "text"};
};
template <>
struct Names<TextOrigin> {
  static constexpr std::array values = {"ocr", "text-layer", "combined", "text"};
};
template <>
struct Names<PageSource> {
  static constexpr std::array values = {"text", "text-layer", "ocr", "both"};
};
template <>
struct Names<MarkKind> {
  static constexpr std::array values = {"seal", "incoming_stamp", "signature", "handwriting"};
};

// --- The fields of each type, once for both directions ---------------------------------------------------------
// An Io takes (key, member); the order here is the order in the file. `Probability` rounds to four decimals;
// `OrNull` writes the empty value of its type as null, `Seldom` not at all.

template <typename T, typename U>
concept Like = std::same_as<std::remove_const_t<T>, U>;

template <typename Io>
void Fields(Io& io, Like<SourceFile> auto& x) {
  io("file", x.file);
  io("sha256", x.sha256);
  io("pages", x.pages);
  io("kind", x.kind);
  io("text_origin", x.text_origin);
  io("encoding", x.encoding);
}

template <typename Io>
void Fields(Io& io, Like<DateValue> auto& x) {
  io("text", x.text);
  io("kind", x.kind);
  io("value", x.value);
  io("start", x.start);
  io("end", x.end);
  io("part_of_day", x.part_of_day);
  io("part", x.part);
  io("time", x.time);
  io("calendar", x.calendar);
  io("incomplete", x.incomplete);
  io("resolved", x.resolved);
  io("in_name", x.in_name);
  io("span", x.span);
}

template <typename Io>
void Fields(Io& io, Like<Place> auto& x) {
  io("name", x.name);
  io("province", x.province);
  io("code", x.code);
}

template <typename Io>
void Fields(Io& io, Like<Issuer> auto& x) {
  io("name", x.name);
  io("parent", x.parent);
  io("place", x.place);
}

template <typename Io>
void Fields(Io& io, Like<Signature> auto& x) {
  io("authority", x.authority);
  io("on_behalf", x.on_behalf);
  io("position", x.position);
  io("name", x.name);
}

template <typename Io>
void Fields(Io& io, Like<DigitalSignature> auto& x) {
  io("signer", x.signer);
  io("email", x.email);
  io("time", x.time);
}

template <typename Io>
void Fields(Io& io, Like<Metadata> auto& x) {
  io("issuer", x.issuer);
  io("number", x.number);
  io("symbol", x.symbol);
  io("type", x.type);
  io("type_code", x.type_code);
  io("place", x.place);
  io("date", x.date);
  io("signed_on", x.signed_on);
  io("subject", x.subject);
  io("addressees", x.addressees);
  io("recipients", x.recipients);
  io("signature", x.signature);
  io("digital_signatures", x.digital_signatures);
}

template <typename Io>
void Fields(Io& io, Like<Reference> auto& x) {
  io("type", x.type);
  io("symbol", x.symbol);
  io("title", x.title);
  io("date", x.date);
  io("issuer", x.issuer);
  io("mentions", x.mentions);
}

template <typename Io>
void Fields(Io& io, Like<Section> auto& x) {
  io("id", x.id);
  io("label", x.label);
  io("title", x.title);
  io("role", x.role);
  io("level", x.level);
  io("span", x.span);
  io("children", x.children);
}

template <typename Io>
void Fields(Io& io, Like<Assignee> auto& x) {
  io("unit", x.unit);
  io("name", x.name);
  io("role", x.role);
}

template <typename Io>
void Fields(Io& io, Like<Task> auto& x) {
  io("id", x.id);
  io("section", x.section);
  io("kind", x.kind);
  io("assignees", x.assignees);
  io("requested", x.requested);
  io("action", x.action);
  io("when", x.when);
  io("when_from", x.when_from);
  io("due", x.due);
  io.OrNull("report_to", x.report_to);
  io("span", x.span);
  io.Probability("confidence", x.confidence);
}

template <typename Io>
void Fields(Io& io, Like<Event> auto& x) {
  io("id", x.id);
  io("title", x.title);
  io("when", x.when);
  io("where", x.where);
  io("section", x.section);
  io("part_of", x.part_of);
  io("span", x.span);
}

template <typename Io>
void Fields(Io& io, Like<Unit> auto& x) {
  io("id", x.id);
  io("name", x.name);
  io("collective", x.collective);
  io("roles", x.roles);
  io("mentions", x.mentions);
}

template <typename Io>
void Fields(Io& io, Like<Quantity> auto& x) {
  io("text", x.text);
  io("value", x.value);
  io("bound", x.bound);
  io("of", x.of);
  io("span", x.span);
}

template <typename Io>
void Fields(Io& io, Like<Candidate> auto& x) {
  io("text", x.text);
  io.Probability("confidence", x.confidence);
}

template <typename Io>
void Fields(Io& io, Like<RecordToken> auto& x) {
  io("span", x.span);
  io("observed", x.observed);
  io("text", x.text);
  io.Probability("confidence", x.confidence);
  io("box", x.box);
  io("alternatives", x.alternatives);
  io("unsure", x.unsure);
}

template <typename Io>
void Fields(Io& io, Like<RecordLine> auto& x) {
  io("span", x.span);
  io("box", x.box);
  io("tokens", x.tokens);
}

template <typename Io>
void Fields(Io& io, Like<Mark> auto& x) {
  io("kind", x.kind);
  io("box", x.box);
  io("text", x.text);
  io("number", x.number);
  io("date", x.date);
}

template <typename Io>
void Fields(Io& io, Like<RecordPage> auto& x) {
  io("number", x.number);
  io.OrNull("width", x.width);
  io.OrNull("height", x.height);
  io.Seldom("quarter_turns", x.quarter_turns);
  io("source", x.source);
  io("reason", x.reason);
  io("marks", x.marks);
  io("lines", x.lines);
}

template <typename Io>
void Fields(Io& io, Like<Issue> auto& x) {
  io("stage", x.stage);
  io.OrNull("page", x.page);
  io("code", x.code);
  io("message", x.message);
}

template <typename Io>
void Fields(Io& io, Like<Evidence> auto& x) {
  io("span", x.span);
  io.Probability("confidence", x.confidence);
  io("rule", x.rule);
  io("inferred", x.inferred);
}

template <typename Io>
void Fields(Io& io, Like<Record> auto& x) {
  io("source", x.source);
  io("metadata", x.metadata);
  io("references", x.references);
  io("sections", x.sections);
  io("tasks", x.tasks);
  io("events", x.events);
  io("dates", x.dates);
  io("units", x.units);
  io("quantities", x.quantities);
  io("text", x.text);
  io("pages", x.pages);
  io("issues", x.issues);
  io("evidence", x.evidence);
}

// --- To JSON ----------------------------------------------------------------------------------------------------

// A whole number without a fraction: 1654, not 1654.0.
Json Number(double value) {
  if (std::abs(value) < 1e15 && value == std::floor(value)) return static_cast<std::int64_t>(value);
  return value;
}

class Writer {
 public:
  explicit Writer(const CodePointIndex& index) : index_(index) {}

  template <typename T>
  void operator()(const char* key, const T& value) {
    object_[key] = Value(value);
  }
  void Probability(const char* key, double value) {
    object_[key] = Number(value >= 0 ? std::round(std::min(value, 1.0) * 1e4) / 1e4 : 0);
  }
  template <typename T>
  void OrNull(const char* key, const T& value) {
    object_[key] = value == T{} ? Json(nullptr) : Value(value);
  }
  template <typename T>
  void Seldom(const char* key, const T& value) {
    if (value != T{}) object_[key] = Value(value);
  }

  template <typename T>
  Json Object(const T& value) const {
    Writer inner(index_);
    Fields(inner, value);
    return std::move(inner.object_);
  }

 private:
  static Json Value(const std::string& value) { return value; }
  static Json Value(bool value) { return value; }
  static Json Value(int value) { return value; }
  static Json Value(double value) { return Number(value); }
  Json Value(ByteSpan span) const {
    return Json::array({index_.ToCodePoint(span.begin), index_.ToCodePoint(span.end)});
  }
  static Json Value(const Box& box) {
    if (box.empty()) return nullptr;
    Json out = Json::array();
    for (const float edge : {box.left, box.top, box.right, box.bottom}) {
      out.push_back(Number(std::round(static_cast<double>(edge) * 10) / 10));
    }
    return out;
  }
  template <typename T>
  Json Value(const std::optional<T>& value) const {
    return value ? Value(*value) : Json(nullptr);
  }
  template <typename T>
  Json Value(const std::vector<T>& values) const {
    Json out = Json::array();
    for (const T& value : values) out.push_back(Value(value));
    return out;
  }
  Json Value(const std::map<std::string, Evidence>& values) const {
    Json out = Json::object();
    // Pointers differ: an ordered object would look for each among all before it.
    auto& object = out.get_ref<Json::object_t&>();
    for (const auto& [pointer, evidence] : values) object.emplace_back(pointer, Object(evidence));
    return out;
  }
  template <typename T>
  Json Value(const T& value) const {
    if constexpr (std::is_enum_v<T>) {
      return Names<T>::values[static_cast<std::size_t>(value)];
    } else {
      return Object(value);
    }
  }

  const CodePointIndex& index_;
  Json object_ = Json::object();
};

// What fits into a line stands in one line, so that a token is a line and not twenty.
class Printer {
 public:
  static std::string Print(const Json& json) {
    std::string out = Render(json, 0);
    out += '\n';
    return out;
  }

 private:
  static constexpr std::size_t kColumns = 280;

  static std::string Scalar(const Json& json) { return json.dump(-1, ' ', false, Json::error_handler_t::replace); }

  static std::string Render(const Json& json, std::size_t indent) {
    if (!json.is_structured()) return Scalar(json);
    std::vector<std::string> items;
    std::size_t width = indent + 2;
    bool broken = false;
    for (auto it = json.begin(); it != json.end(); ++it) {
      std::string item = json.is_object() ? Scalar(it.key()) + ": " : std::string();
      item += Render(*it, indent + 2);
      width += item.size() + 2;
      broken = broken || (it->is_structured() && item.find('\n') != std::string::npos);
      items.push_back(std::move(item));
    }
    const char* const brackets = json.is_object() ? "{}" : "[]";
    broken = broken || (indent == 0 && !items.empty()) || width > kColumns;
    const std::string pad = broken ? "\n" + std::string(indent + 2, ' ') : "";
    std::string out(1, brackets[0]);
    for (std::size_t i = 0; i < items.size(); ++i) {
      if (i > 0) out += broken ? "," : ", ";
      out += pad;
      out += items[i];
    }
    if (broken) out += "\n" + std::string(indent, ' ');
    out += brackets[1];
    return out;
  }
};

// --- From JSON --------------------------------------------------------------------------------------------------

class Reader {
 public:
  Reader(const ParsedJson& object, const CodePointIndex& index, std::uint32_t code_points, int depth)
      : object_(object), index_(index), code_points_(code_points), depth_(depth) {
    if (depth > kMaxSectionDepth) throw std::runtime_error("nested too deeply");
  }

  template <typename T>
  void operator()(const char* key, T& value) {
    try {
      Value(object_.at(key), value);
    } catch (const std::exception& e) {
      throw std::runtime_error(std::string(key) + ": " + e.what());
    }
  }
  template <typename T>
  void Probability(const char* key, T& value) {
    (*this)(key, value);
  }
  template <typename T>
  void OrNull(const char* key, T& value) {
    if (!object_.at(key).is_null()) (*this)(key, value);
  }
  template <typename T>
  void Seldom(const char* key, T& value) {
    if (object_.contains(key)) (*this)(key, value);
  }

 private:
  void Value(const ParsedJson& json, ByteSpan& span) {
    const auto begin = json.at(0).get<std::uint32_t>();
    const auto end = json.at(1).get<std::uint32_t>();
    if (begin > end || end > code_points_) throw std::runtime_error("a span leaves the text");
    span = {index_.ToByte(begin), index_.ToByte(end)};
  }
  void Value(const ParsedJson& json, Box& box) {
    if (json.is_null()) return;
    box = {json.at(0).get<float>(), json.at(1).get<float>(), json.at(2).get<float>(), json.at(3).get<float>()};
  }
  template <typename T>
  void Value(const ParsedJson& json, std::optional<T>& value) {
    if (!json.is_null()) Value(json, value.emplace());
  }
  template <typename T>
  void Value(const ParsedJson& json, std::vector<T>& values) {
    if (!json.is_array()) throw std::runtime_error("is no list");
    for (const ParsedJson& item : json) Value(item, values.emplace_back());
  }
  void Value(const ParsedJson& json, std::map<std::string, Evidence>& values) {
    for (auto it = json.begin(); it != json.end(); ++it) Value(*it, values[it.key()]);
  }
  template <typename T>
  void Value(const ParsedJson& json, T& value) {
    if constexpr (std::is_arithmetic_v<T> || std::same_as<T, std::string>) {
      value = json.get<T>();
    } else if constexpr (std::is_enum_v<T>) {
      const auto& names = Names<T>::values;
      const auto name = json.get<std::string>();
      const auto it = std::find(names.begin(), names.end(), name);
      if (it == names.end()) throw std::runtime_error("unknown name \"" + name + "\"");
      value = static_cast<T>(it - names.begin());
    } else {
      Reader inner(json, index_, code_points_, depth_ + 1);
      Fields(inner, value);
    }
  }

  const ParsedJson& object_;
  const CodePointIndex& index_;
  const std::uint32_t code_points_;
  const int depth_;
};

}  // namespace

std::string ToJson(const Record& record) {
  const CodePointIndex index(record.text);
  Json out = {{"schema", kSchemaName}};
  out.update(Writer(index).Object(record));
  return Printer::Print(out);
}

Result<Record> RecordFromJson(std::string_view json) {
  try {
    const ParsedJson parsed = ParsedJson::parse(json);
    if (parsed.at("schema") != kSchemaName) throw std::runtime_error(std::string("schema is not ") + kSchemaName);
    const auto text = parsed.at("text").get<std::string>();
    const CodePointIndex index(text);
    Record record;
    Reader reader(parsed, index, index.ToCodePoint(static_cast<std::uint32_t>(text.size())), 0);
    Fields(reader, record);
    return record;
  } catch (const std::exception& e) {
    return Error{ErrorCode::kBadInput, std::string("record: ") + e.what()};
  }
}

}  // namespace hoidau
