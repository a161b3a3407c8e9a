#include "tracker/caldav.h"

#include <utility>

#include "tracker/http.h"
#include "tracker/icalendar.h"

namespace hoidau {
namespace {

constexpr int kNotFound = 404, kConflict = 409, kPreconditionFailed = 412;

// The tag of a resource, where the answer to PUT did not say it; empty: the server has none.
std::string TagOf(const CalendarServer& server, const std::string& url) {
  const Result<HttpResponse> got =
      SendHttp({.method = "GET", .url = url, .headers = {}, .login = server.login, .body = {}});
  if (!got || got->status != 200) return "";
  const auto tag = got->headers.find("etag");
  return tag == got->headers.end() ? "" : tag->second;
}

}  // namespace

Delivery PutCalendar(const CalendarServer& server, const std::vector<Change>& changes) {
  Delivery delivery;
  for (Change change : changes) {
    if (change.action == Action::kSkip || change.action == Action::kVanished) continue;
    const bool create = change.action == Action::kCreate;
    if (!create && change.key.empty()) {  // it was never seen there, so nobody knows what would be overwritten
      delivery.conflicts.push_back(std::move(change));
      continue;
    }
    const std::vector<CalendarFile> files = ToCalendarFiles({change});
    if (files.empty()) continue;
    const std::string url = server.url + (server.url.ends_with('/') ? "" : "/") + files[0].name;
    HttpRequest request{.method = "PUT",
                        .url = url,
                        .headers = {create ? "If-None-Match: *" : "If-Match: " + change.key},
                        .login = server.login,
                        .body = {}};
    if (change.action == Action::kTakeBack) {
      request.method = "DELETE";
    } else {
      request.headers.emplace_back("Content-Type: text/calendar; charset=utf-8");
      request.body = files[0].content;
    }
    const Result<HttpResponse> answer = SendHttp(request);
    if (!answer) {
      delivery.error = answer.error();
      return delivery;
    }
    const int status = answer->status;
    const bool gone = change.action == Action::kTakeBack && status == kNotFound;  // as we want it
    if (status == kPreconditionFailed || status == kConflict || (status == kNotFound && !gone && !create)) {
      delivery.conflicts.push_back(std::move(change));
      continue;
    }
    if (!gone && (status < 200 || status > 299)) {
      delivery.error = Error{ErrorCode::kIo, url + ": the server answers " + std::to_string(status)};
      return delivery;
    }
    const auto tag = answer->headers.find("etag");
    change.key = change.action == Action::kTakeBack ? ""
                 : tag != answer->headers.end()     ? tag->second
                                                    : TagOf(server, url);
    delivery.done.push_back(std::move(change));
  }
  return delivery;
}

}  // namespace hoidau
