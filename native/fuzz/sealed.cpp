// A sealed file's header, and the table of extents at the beginning of its plain text.
#include <algorithm>
#include <cstring>
#include <span>

#include "encryption/extents.h"
#include "encryption/sealed_header.h"
#include "target.h"

using namespace tubthump;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t length) {
  const std::span input(data, length);
  if (const auto header = encryption::decode_header(input, length, "a"))
    fuzz::require(std::ranges::equal(encryption::encode_header(*header),
                                     input.first(encryption::kHeaderSize)));
  // In front of a table here: the size of the plain text that it begins.
  uint64_t size = 0;
  if (length < sizeof size) return 0;
  std::memcpy(&size, data, sizeof size);
  const auto table = input.subspan(sizeof size);
  const auto extents = encryption::Extents::decode(table, size, "a");
  if (!extents) return 0;
  fuzz::require(extents->encode() == fuzz::text_of(table.data(), table.size()));
  uint64_t placed = extents->table_size();
  const bool inside =
      extents->each(0, size, [&](uint64_t in_file, uint64_t in_text, uint64_t bytes) {
        const bool next = in_text == placed && in_file + bytes <= extents->file_size();
        placed += bytes;
        return next;
      });
  fuzz::require(inside && placed == size);
  return 0;
}
