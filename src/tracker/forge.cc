#include "tracker/forge.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

#include "tracker/http.h"

namespace hoidau {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view kGiteaPrefix = "gitea:", kGitHubPrefix = "github:", kGitLabPrefix = "gitlab:";

bool Good(const HttpResponse& answer) { return answer.status >= 200 && answer.status <= 299; }

Error Refused(const std::string& url, const HttpResponse& answer) {
  return {ErrorCode::kIo, url + ": the server answers " + std::to_string(answer.status)};
}

}  // namespace

bool Forge::Is(std::string_view target) {
  return target.starts_with(kGiteaPrefix) || target.starts_with(kGitHubPrefix) || target.starts_with(kGitLabPrefix);
}

Result<Forge> Forge::At(std::string_view target) {
  const std::string_view url = target.substr(std::min(target.find(':') + 1, target.size()));
  const std::size_t host = url.find("://");
  const std::size_t path = host == std::string_view::npos ? host : url.find('/', host + 3);
  const std::size_t name = path == std::string_view::npos ? path : url.rfind('/');
  if (!Is(target) || name == std::string_view::npos || name <= path + 1 || name + 1 == url.size() ||
      url.find_first_of("@?#% ") != std::string_view::npos) {
    return Error{ErrorCode::kBadInput, "--to " + std::string(target) + ": KIND:https://HOST/OWNER/REPO expected"};
  }
  const std::string project(url.substr(path + 1));
  // Gitea may live under a path of its host: the project is the last two parts.
  const std::size_t owner = url.rfind('/', name - 1);
  const std::string base(url.substr(0, owner)), repository(url.substr(owner + 1));
  Forge forge;
  if (target.starts_with(kGiteaPrefix)) {
    forge.kind_ = Kind::kGitea;
    forge.issues_ = base + "/api/v1/repos/" + repository + "/issues";
    forge.search_ = forge.issues_ + "?state=all&type=issues&q=";
  } else if (target.starts_with(kGitHubPrefix)) {
    forge.kind_ = Kind::kGitHub;
    forge.issues_ = base + "/repos/" + repository + "/issues";
    forge.search_ = base + "/search/issues?q=repo:" + repository + "+";
  } else {
    forge.kind_ = Kind::kGitLab;
    std::string id;  // groups nest: the whole path names the project
    for (const char c : project) id += c == '/' ? "%2F" : std::string(1, c);
    forge.issues_ = std::string(url.substr(0, path)) + "/api/v4/projects/" + id + "/issues";
    forge.search_ = forge.issues_ + "?in=description&search=";
  }
  return forge;
}

std::vector<std::string> Forge::Headers(const std::string& token) const {
  std::vector<std::string> headers = {"Content-Type: application/json", "Accept: application/json"};
  if (!token.empty()) {
    headers.push_back((kind_ == Kind::kGitLab   ? "PRIVATE-TOKEN: "
                       : kind_ == Kind::kGitHub ? "Authorization: Bearer "
                                                : "Authorization: token ") +
                      token);
  }
  return headers;
}

std::string Forge::Body(const Change& change) const {
  const WorkItem& item = change.item;
  Json issue = {{"title", item.title}};
  std::string text = Description(item);
  // An undo closed it. One that is found without a ledger stays as it is: somebody may have done it.
  const bool made_again = change.action == Action::kCreate && change.revision > 0;
  if (kind_ == Kind::kGitLab) {
    // People are numbers to its interface, but names to a quick action on a line of its own.
    if (!item.assignee.empty()) text += "\n\n/assign @" + item.assignee;
    issue["description"] = text;
    issue["labels"] = Joined(item.labels, ",");
    issue["due_date"] = item.due;
    if (change.action == Action::kTakeBack) issue["state_event"] = "close";
    if (made_again) issue["state_event"] = "reopen";
  } else {
    if (kind_ == Kind::kGitHub && !item.due.empty()) text += "\nThời hạn: " + item.due;
    issue["body"] = text;
    issue["assignees"] = item.assignee.empty() ? Json::array() : Json::array({item.assignee});
    if (kind_ == Kind::kGitHub) issue["labels"] = item.labels;
    if (kind_ == Kind::kGitea && !item.due.empty()) issue["due_date"] = item.due + "T16:59:59Z";
    if (kind_ == Kind::kGitea && item.due.empty() && change.action != Action::kCreate) issue["unset_due_date"] = true;
    if (change.action == Action::kTakeBack) issue["state"] = "closed";
    if (made_again) issue["state"] = "open";
  }
  return issue.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Result<std::string> Forge::Find(const std::string& token, const std::string& uuid) const {
  const std::string url = search_ + uuid;
  const Result<HttpResponse> answer =
      SendHttp({.method = "GET", .url = url, .headers = Headers(token), .login = {}, .body = {}});
  if (!answer) return answer.error();
  if (!Good(*answer)) return Refused(url, *answer);
  const Json found = Json::parse(answer->body, nullptr, false);
  const Json list = found.is_object() ? found.value("items", Json::array()) : found;
  if (!list.is_array()) return Error{ErrorCode::kIo, url + ": the server's answer is no list of issues"};
  for (const Json& issue : list) {
    const char* const body = kind_ == Kind::kGitLab ? "description" : "body";
    const char* const number = kind_ == Kind::kGitLab ? "iid" : "number";
    if (!issue.is_object() || !issue.contains(body) || !issue[body].is_string()) continue;
    if (issue[body].get_ref<const std::string&>().find(uuid) == std::string::npos) continue;
    if (issue.contains(number) && issue[number].is_number_unsigned()) return issue[number].dump();
  }
  return std::string();
}

Delivery Forge::Send(const std::string& token, const std::vector<Change>& changes) const {
  Delivery delivery;
  for (Change change : changes) {
    if (change.action == Action::kSkip || change.action == Action::kVanished) continue;
    if (change.key.empty()) {
      const Result<std::string> found = Find(token, change.item.uuid);
      if (!found) {
        delivery.error = found.error();
        return delivery;
      }
      change.key = *found;
    }
    if (change.key.empty() && change.action != Action::kCreate) {
      delivery.conflicts.push_back(std::move(change));  // it is no longer there
      continue;
    }
    const bool create = change.key.empty();
    const std::string url = create ? issues_ : issues_ + "/" + change.key;
    const Result<HttpResponse> answer = SendHttp({.method = create                   ? "POST"
                                                            : kind_ == Kind::kGitLab ? "PUT"
                                                                                     : "PATCH",
                                                  .url = url,
                                                  .headers = Headers(token),
                                                  .login = {},
                                                  .body = Body(change)});
    if (!answer || !Good(*answer)) {
      delivery.error = answer ? Refused(url, *answer) : answer.error();
      return delivery;
    }
    if (create) {
      const Json issue = Json::parse(answer->body, nullptr, false);
      const char* const number = kind_ == Kind::kGitLab ? "iid" : "number";
      if (issue.is_object() && issue.contains(number)) change.key = issue[number].dump();
    }
    delivery.done.push_back(std::move(change));
  }
  return delivery;
}

}  // namespace hoidau
