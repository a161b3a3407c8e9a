// A page as it was read, with what was found wrong on it, as JSON and back: kept on disk so that no page is recognised
// twice.
//
//   std::string json = PageReadingToJson({.page = page, .issues = issues});
//   Result<PageReading> back = PageReadingFromJson(json);   // PageReadingToJson(*back) == json
//
// Thread safety: pure. Limits: a file of this project for itself, which may change with every version; damaged ones are
// errors (kBadInput).
#ifndef HOIDAU_DOC_PAGE_JSON_H_
#define HOIDAU_DOC_PAGE_JSON_H_

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "doc/document.h"

namespace hoidau {

struct PageReading {
  Page page;
  std::vector<Issue> issues;  // of this page
};

std::string PageReadingToJson(const PageReading& reading);
Result<PageReading> PageReadingFromJson(std::string_view json);

}  // namespace hoidau

#endif  // HOIDAU_DOC_PAGE_JSON_H_
