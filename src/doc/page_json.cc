#include "doc/page_json.h"

#include <nlohmann/json.hpp>
#include <stdexcept>
#include <utility>

namespace hoidau {
namespace {

using Json = nlohmann::ordered_json;

Json BoxToJson(const Box& box) { return {box.left, box.top, box.right, box.bottom}; }
Box BoxFromJson(const Json& json) {
  return {json.at(0).get<float>(), json.at(1).get<float>(), json.at(2).get<float>(), json.at(3).get<float>()};
}

Json SpanToJson(ByteSpan span) { return {span.begin, span.end}; }
ByteSpan SpanFromJson(const Json& json, ByteSpan inside) {
  const ByteSpan span{json.at(0).get<std::uint32_t>(), json.at(1).get<std::uint32_t>()};
  if (span.begin > span.end || !inside.Contains(span)) throw std::out_of_range("a span leaves its line");
  return span;
}

Json OptionalToJson(const std::optional<std::string>& text) { return text ? Json(*text) : Json(nullptr); }
std::optional<std::string> OptionalFromJson(const Json& json) {
  return json.is_null() ? std::nullopt : std::optional(json.get<std::string>());
}

// Numbers, since the names of a record are for people and these for the program itself.
template <typename Enum>
Enum EnumFromJson(const Json& json, Enum last) {
  const int value = json.get<int>();
  if (value < 0 || value > static_cast<int>(last)) throw std::out_of_range("no such kind");
  return static_cast<Enum>(value);
}

Json LineToJson(const Line& line) {
  Json tokens = Json::array();
  for (const Token& token : line.tokens) {
    Json alternatives = Json::array();
    for (const Candidate& c : token.alternatives) alternatives.push_back({c.text, c.confidence});
    tokens.push_back({SpanToJson(token.raw_span), BoxToJson(token.box), token.confidence, alternatives});
  }
  Json cell = nullptr;
  if (line.cell) cell = {line.cell->table, line.cell->row, line.cell->column};
  return {{"span", SpanToJson(line.raw_span)},
          {"box", BoxToJson(line.box)},
          {"style", {line.style.bold, line.style.italic, line.style.size_pt}},
          {"cell", cell},
          {"tokens", tokens}};
}

Line LineFromJson(const Json& json, ByteSpan page) {
  Line line;
  line.raw_span = SpanFromJson(json.at("span"), page);
  line.box = BoxFromJson(json.at("box"));
  const Json& style = json.at("style");
  line.style = {
      .bold = style.at(0).get<bool>(), .italic = style.at(1).get<bool>(), .size_pt = style.at(2).get<float>()};
  if (const Json& cell = json.at("cell"); !cell.is_null()) {
    for (const Json& number : cell) {
      if (number.get<int>() < 0) throw std::out_of_range("no such cell");
    }
    line.cell = {.table = cell.at(0).get<int>(), .row = cell.at(1).get<int>(), .column = cell.at(2).get<int>()};
  }
  for (const Json& token : json.at("tokens")) {
    Token& to = line.tokens.emplace_back();
    to.raw_span = SpanFromJson(token.at(0), line.raw_span);
    to.box = BoxFromJson(token.at(1));
    to.confidence = token.at(2).get<float>();
    for (const Json& c : token.at(3)) to.alternatives.push_back({c.at(0).get<std::string>(), c.at(1).get<float>()});
  }
  return line;
}

}  // namespace

std::string PageReadingToJson(const PageReading& reading) {
  const Page& page = reading.page;
  Json lines = Json::array(), marks = Json::array(), issues = Json::array();
  for (const Line& line : page.lines) lines.push_back(LineToJson(line));
  for (const Mark& mark : page.marks) {
    marks.push_back({static_cast<int>(mark.kind), BoxToJson(mark.box), OptionalToJson(mark.text),
                     OptionalToJson(mark.number), OptionalToJson(mark.date)});
  }
  for (const Issue& issue : reading.issues) issues.push_back({issue.stage, issue.page, issue.code, issue.message});
  const Json out = {{"number", page.number},
                    {"source", static_cast<int>(page.source)},
                    {"reason", page.reason},
                    {"width", page.width},
                    {"height", page.height},
                    {"dpi", page.dpi},
                    {"quarter_turns", page.quarter_turns},
                    {"raw", page.raw},
                    {"lines", lines},
                    {"marks", marks},
                    {"issues", issues}};
  return out.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

Result<PageReading> PageReadingFromJson(std::string_view text) {
  try {
    const Json json = Json::parse(text);
    PageReading out;
    Page& page = out.page;
    page.number = json.at("number").get<int>();
    page.source = EnumFromJson(json.at("source"), PageSource::kBoth);
    page.reason = json.at("reason").get<std::string>();
    page.width = json.at("width").get<int>();
    page.height = json.at("height").get<int>();
    page.dpi = json.at("dpi").get<int>();
    page.quarter_turns = json.at("quarter_turns").get<int>() & 3;
    page.raw = json.at("raw").get<std::string>();
    const ByteSpan whole = MakeSpan(0, page.raw.size());
    for (const Json& line : json.at("lines")) page.lines.push_back(LineFromJson(line, whole));
    for (const Json& mark : json.at("marks")) {
      page.marks.push_back({.kind = EnumFromJson(mark.at(0), MarkKind::kHandwriting),
                            .box = BoxFromJson(mark.at(1)),
                            .text = OptionalFromJson(mark.at(2)),
                            .number = OptionalFromJson(mark.at(3)),
                            .date = OptionalFromJson(mark.at(4))});
    }
    for (const Json& issue : json.at("issues")) {
      out.issues.push_back({.stage = issue.at(0).get<std::string>(),
                            .page = issue.at(1).get<int>(),
                            .code = issue.at(2).get<std::string>(),
                            .message = issue.at(3).get<std::string>()});
    }
    return out;
  } catch (const std::exception& e) {
    return Error{ErrorCode::kBadInput, std::string("page: ") + e.what()};
  }
}

}  // namespace hoidau
