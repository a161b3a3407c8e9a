#include "tracker/taskwarrior.h"

#include <nlohmann/json.hpp>
#include <utility>

#include "text/unicode.h"

namespace hoidau {
namespace {

using Json = nlohmann::ordered_json;

// The last second of the day in Vietnam (UTC+7, no summer time).
std::string EndOfDay(std::string day) {
  std::erase(day, '-');
  return day + "T165959Z";
}

// A tag has no blanks and no signs.
std::string Tag(const std::string& label) {
  std::string tag;
  for (const char32_t c : CodePoints(label)) AppendUtf8(IsAlnum(c) ? ToLower(c) : U'_', tag);
  return tag;
}

}  // namespace

std::string ToTaskwarrior(const std::vector<Change>& changes) {
  Json tasks = Json::array();
  for (const Change& change : changes) {
    if (change.action == Action::kSkip || change.action == Action::kVanished) continue;
    const WorkItem& item = change.item;
    Json task = {{"uuid", item.uuid},
                 {"description", item.detail},
                 {"status", change.action == Action::kTakeBack ? "deleted" : "pending"}};
    const auto set = [&task](const char* name, const std::string& value) {
      if (!value.empty()) task[name] = value;
    };
    if (!item.due.empty()) task["due"] = EndOfDay(item.due);
    set("project", item.symbol);
    if (!item.labels.empty()) {
      Json tags = Json::array();
      for (const std::string& label : item.labels) tags.push_back(Tag(label));
      task["tags"] = std::move(tags);
    }
    set("donvi", Joined(item.leads));
    set("phoihop", Joined(item.coordinates));
    set("nguoi", item.assignee);
    set("vanban", item.symbol + (item.subject.empty() ? "" : " " + item.subject));
    set("nguon", item.file + ", trang " + item.page);
    set("thoigian", item.when);
    set("dinhky", item.rule);
    tasks.push_back(std::move(task));
  }
  // A task a line, as `task export` writes them.
  std::string out = "[\n";
  for (std::size_t i = 0; i < tasks.size(); ++i) {
    out += tasks[i].dump(-1, ' ', false, Json::error_handler_t::replace) + (i + 1 < tasks.size() ? ",\n" : "\n");
  }
  return out + "]\n";
}

}  // namespace hoidau
