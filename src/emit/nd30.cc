#include "emit/nd30.h"

#include <nlohmann/json.hpp>
#include <set>
#include <string_view>

#include "text/unicode.h"

namespace hoidau {
namespace {

using Json = nlohmann::ordered_json;

// At most `length` code points, cut at a word where one ends before.
std::string Cut(std::string_view text, std::size_t length) {
  const std::string folded = FoldSpace(text);
  std::size_t at = 0, word = 0;
  for (std::size_t n = 0; n < length && at < folded.size(); ++n) {
    if (folded[at] == ' ') word = at;
    DecodeAt(folded, at);
  }
  if (at >= folded.size()) return folded;
  return folded.substr(0, word > 0 && folded[at] != ' ' ? word : at);
}

Json Text(const OptionalString& value, std::size_t length) { return value ? Json(Cut(*value, length)) : Json(nullptr); }

// "2025-12-08" → "08/12/2025", the form of the annex; null for what is no full day.
Json Day(const OptionalString& iso) {
  if (!iso || iso->size() != 10 || (*iso)[4] != '-' || (*iso)[7] != '-') return nullptr;
  return iso->substr(8, 2) + "/" + iso->substr(5, 2) + "/" + iso->substr(0, 4);
}

// The day by which an official letter wants its answer: the only one that its tasks name.
Json DueDate(const Record& record) {
  if (record.metadata.type_code != "CV") return nullptr;
  std::set<std::string> days;
  for (const Task& task : record.tasks) {
    if (task.due) days.insert(*task.due);
  }
  return days.size() == 1 ? Day(*days.begin()) : Json(nullptr);
}

}  // namespace

std::string ToNd30(const Record& record) {
  const Metadata& metadata = record.metadata;
  Json to = Json::array();
  for (const std::string& name : metadata.addressees.empty() ? metadata.recipients : metadata.addressees)
    to.push_back({{"OrganId", nullptr}, {"OrganName", Cut(name, 200)}});
  const bool day = metadata.date && metadata.date->kind == "day" && !metadata.date->incomplete;
  const Json out = {
      {"FileCode", nullptr},
      {"DocOrdinal", nullptr},
      {"TypeName", Text(metadata.type, 100)},
      {"CodeNumber", Text(metadata.number, 11)},
      {"CodeNotation", metadata.symbol ? Json(Cut(Notation(metadata), 30)) : Json(nullptr)},
      {"IssuedDate", day ? Day(metadata.date->value) : Json(nullptr)},
      {"OrganName", Text(metadata.issuer.name, 200)},
      {"Subject", Text(metadata.subject, 500)},
      {"Language", "Tiếng Việt"},
      {"PageAmount", record.source.pages > 0 && record.source.pages < 1000 ? Json(record.source.pages) : Json(nullptr)},
      {"Description", nullptr},
      {"SignerInfo",
       {{"Position", Text(metadata.signature.position, 100)}, {"FullName", Text(metadata.signature.name, 50)}}},
      {"To", std::move(to)},
      {"Priority", nullptr},
      {"IssuedAmount", nullptr},
      {"DueDate", DueDate(record)}};
  return out.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace hoidau
