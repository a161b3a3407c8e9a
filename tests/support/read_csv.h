// CSV read back as RFC 4180 says, strictly: what a tracker's import sees.
//
//   ReadCsv("a,\"b,\"\"c\"\r\n") == {{"a", "b,\"c"}}
//
// Thread safety: pure. Limits: throws std::runtime_error where the text is no such CSV.
#ifndef HOIDAU_TESTS_SUPPORT_READ_CSV_H_
#define HOIDAU_TESTS_SUPPORT_READ_CSV_H_

#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace hoidau {

inline std::vector<std::vector<std::string>> ReadCsv(std::string_view text) {
  std::vector<std::vector<std::string>> rows;
  std::size_t at = 0;
  while (at < text.size()) {
    std::vector<std::string>& row = rows.emplace_back();
    while (true) {
      std::string& cell = row.emplace_back();
      if (at < text.size() && text[at] == '"') {
        for (++at;; ++at) {
          if (at >= text.size()) throw std::runtime_error("a quote is not closed");
          if (text[at] == '"') {
            if (++at >= text.size() || text[at] != '"') break;
          }
          cell += text[at];
        }
      } else {
        while (at < text.size() && std::string_view(",\r\n\"").find(text[at]) == std::string_view::npos) {
          cell += text[at++];
        }
      }
      if (text.substr(at, 2) == "\r\n") break;
      if (at >= text.size() || text[at] != ',') throw std::runtime_error("a comma or CRLF expected");
      ++at;
    }
    at += 2;
  }
  return rows;
}

}  // namespace hoidau

#endif  // HOIDAU_TESTS_SUPPORT_READ_CSV_H_
