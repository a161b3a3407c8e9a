// The record as JSON (schema hoidau-document/1, design: spans in code points of `text`), and its JSON Schema.
//
//   std::string json = ToJson(record);
//   Result<Record> back = RecordFromJson(json);   // ToJson(*back) == json
//   std::string schema = RecordSchema();          // JSON Schema, draft 2020-12
//
// Thread safety: pure. Limits: invalid UTF-8 in strings becomes U+FFFD.
#ifndef HOIDAU_DOC_RECORD_JSON_H_
#define HOIDAU_DOC_RECORD_JSON_H_

#include <string>
#include <string_view>

#include "base/result.h"
#include "doc/record.h"

namespace hoidau {

// Two-space indentation, keys in the order of the schema, a final line end.
std::string ToJson(const Record& record);
Result<Record> RecordFromJson(std::string_view json);
std::string RecordSchema();

}  // namespace hoidau

#endif  // HOIDAU_DOC_RECORD_JSON_H_
