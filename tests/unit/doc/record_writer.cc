// Prints the schema, a full record and an empty one as a JSON array, for
// record_schema_test.py.
#include <iostream>

#include "doc/record_json.h"
#include "support/sample_record.h"

int main() {
  hoidau::Record empty;
  empty.source.sha256 = hoidau::SampleRecord().source.sha256;
  std::cout << "[" << hoidau::RecordSchema() << "," << hoidau::ToJson(hoidau::SampleRecord()) << ","
            << hoidau::ToJson(empty) << "]";
}
