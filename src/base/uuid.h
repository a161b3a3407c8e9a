// Name-based UUIDs (RFC 9562, version 5): the same name in the same space gives the same identity, everywhere and
// always.
//
//   Uuid5(kUuidDns, "www.example.com") == "2ed6657d-e927-568b-95e1-2665a8aea6a2";
//
// Thread safety: pure. Limits: none.
#ifndef HOIDAU_BASE_UUID_H_
#define HOIDAU_BASE_UUID_H_

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace hoidau {

using UuidBytes = std::array<std::uint8_t, 16>;

// The space of host names.
inline constexpr UuidBytes kUuidDns = {0x6b, 0xa7, 0xb8, 0x10, 0x9d, 0xad, 0x11, 0xd1,
                                       0x80, 0xb4, 0x00, 0xc0, 0x4f, 0xd4, 0x30, 0xc8};

// Lower case, with its four hyphens.
std::string Uuid5(const UuidBytes& space, std::string_view name);

}  // namespace hoidau

#endif  // HOIDAU_BASE_UUID_H_
