// A record file by anybody: read or refused; what was read is written and read again as the same.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "doc/record_json.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto record = hoidau::RecordFromJson({reinterpret_cast<const char*>(data), size});
  if (!record) return 0;
  const std::string json = hoidau::ToJson(*record);
  const auto again = hoidau::RecordFromJson(json);
  if (!again || hoidau::ToJson(*again) != json) std::abort();
  return 0;
}
