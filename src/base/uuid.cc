#include "base/uuid.h"

#include <openssl/sha.h>

namespace hoidau {

std::string Uuid5(const UuidBytes& space, std::string_view name) {
  std::string bytes(space.begin(), space.end());
  bytes += name;
  std::array<unsigned char, SHA_DIGEST_LENGTH> digest{};
  SHA1(reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), digest.data());
  digest[6] = static_cast<unsigned char>((digest[6] & 0x0f) | 0x50);  // the version
  digest[8] = static_cast<unsigned char>((digest[8] & 0x3f) | 0x80);  // the variant
  std::string out;
  for (std::size_t i = 0; i < 16; ++i) {
    if (i == 4 || i == 6 || i == 8 || i == 10) out += '-';
    out += "0123456789abcdef"[digest[i] >> 4];
    out += "0123456789abcdef"[digest[i] & 15];
  }
  return out;
}

}  // namespace hoidau
