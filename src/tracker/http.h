// One HTTP request, for the trackers that are servers.
//
//   Result<HttpResponse> got = SendHttp({.method = "GET", .url = "https://cal.example.vn/", .login = "van-thu:…"});
//   got->status == 200;  got->headers["etag"];
//
// Certificates are verified, redirections are not followed (they would carry the login elsewhere), and neither login
// nor body stands in an error. Thread safety: free function. Limits: http and https; answers of 16 MiB; 30 seconds.
#ifndef HOIDAU_TRACKER_HTTP_H_
#define HOIDAU_TRACKER_HTTP_H_

#include <map>
#include <string>
#include <vector>

#include "base/result.h"

namespace hoidau {

struct HttpRequest {
  std::string method, url;
  std::vector<std::string> headers;  // "Name: value"
  std::string login;                 // "user:password", Basic; empty: none
  std::string body;
};

struct HttpResponse {
  int status = 0;
  std::map<std::string, std::string> headers;  // names in lower case
  std::string body;
};

// kIo: no answer. A status that says no is an answer.
Result<HttpResponse> SendHttp(const HttpRequest& request);

}  // namespace hoidau

#endif  // HOIDAU_TRACKER_HTTP_H_
