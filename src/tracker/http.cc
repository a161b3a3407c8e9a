#include "tracker/http.h"

#include <curl/curl.h>

#include <algorithm>
#include <memory>
#include <string_view>

namespace hoidau {
namespace {

constexpr std::size_t kMaxBody = std::size_t{16} << 20;
constexpr long kTimeoutSeconds = 30;

struct Cleanup {
  void operator()(CURL* curl) const { curl_easy_cleanup(curl); }
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};

// A count other than `n` makes curl end the transfer.
std::size_t TakeBody(const char* data, std::size_t, std::size_t n, void* to) {
  std::string& body = *static_cast<std::string*>(to);
  if (body.size() + n > kMaxBody) return 0;
  body.append(data, n);
  return n;
}

std::size_t TakeHeader(const char* data, std::size_t, std::size_t n, void* to) {
  const std::string_view line(data, n);
  const std::size_t colon = line.find(':');
  if (colon == std::string_view::npos) return n;
  std::string name(line.substr(0, colon));
  std::transform(name.begin(), name.end(), name.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  std::string_view value = line.substr(colon + 1);
  const std::size_t begin = value.find_first_not_of(" \t\r\n");
  if (begin == std::string_view::npos) return n;
  value = value.substr(begin, value.find_last_not_of(" \t\r\n") - begin + 1);
  (*static_cast<std::map<std::string, std::string>*>(to))[name] = value;
  return n;
}

}  // namespace

Result<HttpResponse> SendHttp(const HttpRequest& request) {
  const std::unique_ptr<CURL, Cleanup> curl(curl_easy_init());
  if (curl == nullptr) return Error{ErrorCode::kInternal, "cannot start curl"};
  curl_slist* lines = nullptr;
  for (const std::string& header : request.headers) lines = curl_slist_append(lines, header.c_str());
  const std::unique_ptr<curl_slist, Cleanup> headers(lines);
  HttpResponse response;
  CURL* const c = curl.get();
  curl_easy_setopt(c, CURLOPT_URL, request.url.c_str());
  curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(c, CURLOPT_CUSTOMREQUEST, request.method.c_str());
  curl_easy_setopt(c, CURLOPT_HTTPHEADER, headers.get());
  curl_easy_setopt(c, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(c, CURLOPT_TIMEOUT, kTimeoutSeconds);
  curl_easy_setopt(c, CURLOPT_USERAGENT, "hoidau");
  if (!request.login.empty()) {
    curl_easy_setopt(c, CURLOPT_HTTPAUTH, CURLAUTH_BASIC);
    curl_easy_setopt(c, CURLOPT_USERPWD, request.login.c_str());
  }
  if (!request.body.empty()) {
    curl_easy_setopt(c, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
    curl_easy_setopt(c, CURLOPT_POSTFIELDS, request.body.data());
  }
  curl_easy_setopt(c, CURLOPT_WRITEFUNCTION, TakeBody);
  curl_easy_setopt(c, CURLOPT_WRITEDATA, &response.body);
  curl_easy_setopt(c, CURLOPT_HEADERFUNCTION, TakeHeader);
  curl_easy_setopt(c, CURLOPT_HEADERDATA, &response.headers);
  if (const CURLcode code = curl_easy_perform(c); code != CURLE_OK) {
    return Error{ErrorCode::kIo, request.url + ": " + curl_easy_strerror(code)};
  }
  long status = 0;
  curl_easy_getinfo(c, CURLINFO_RESPONSE_CODE, &status);
  response.status = static_cast<int>(status);
  return response;
}

}  // namespace hoidau
