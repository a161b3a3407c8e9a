#include "base/uuid.h"

#include <gtest/gtest.h>

namespace hoidau {
namespace {

TEST(Uuid5, KnownNames) {
  // RFC 9562, A.4; then Python's uuid.uuid5(uuid.NAMESPACE_DNS, …).
  EXPECT_EQ(Uuid5(kUuidDns, "www.example.com"), "2ed6657d-e927-568b-95e1-2665a8aea6a2");
  EXPECT_EQ(Uuid5(kUuidDns, "python.org"), "886313e1-3b8a-5372-9b90-0c9aee199e5d");
}

TEST(Uuid5, NamesAreBytes) {
  EXPECT_NE(Uuid5(kUuidDns, "Phòng Kinh tế"), Uuid5(kUuidDns, "Phong Kinh te"));
  EXPECT_EQ(Uuid5(kUuidDns, "").size(), 36U);
}

}  // namespace
}  // namespace hoidau
