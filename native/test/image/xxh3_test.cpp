#include "image/xxh3.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>

#define XXH_INLINE_ALL
#include <xxhash.h>

using tubthump::image::Xxh3;

TEST_CASE("xxh3: the same as xxhash's, in whatever parts the bytes come") {
  std::string bytes(70'001, '\0');
  for (size_t i = 0; i < bytes.size(); i++) bytes[i] = static_cast<char>(i * i >> 7);
  for (const size_t size : {0UL, 1UL, 16UL, 240UL, 241UL, 1024UL, 4096UL, 70'001UL}) {
    for (const size_t part : {1UL, 63UL, 256UL, 1000UL, 65'536UL, 70'001UL}) {
      CAPTURE(size);
      CAPTURE(part);
      Xxh3 hash;
      for (size_t at = 0; at < size; at += part)
        hash.add(bytes.data() + at, std::min(part, size - at));
      CHECK(hash.digest() == XXH3_64bits(bytes.data(), size));
    }
  }
}
