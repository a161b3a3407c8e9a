// SHA-256 (FIPS 180-4) of bytes, as 64 hexadecimal digits: the identity of a source file or a page image.
//
//   Sha256Hex("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
//
// Thread safety: pure. Limits: none.
#ifndef HOIDAU_BASE_SHA256_H_
#define HOIDAU_BASE_SHA256_H_

#include <string>
#include <string_view>

namespace hoidau {

std::string Sha256Hex(std::string_view bytes);

}  // namespace hoidau

#endif  // HOIDAU_BASE_SHA256_H_
