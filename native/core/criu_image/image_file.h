// CRIU's image files: two magic numbers, then protobuf messages, each after its length.
//
// Source: criu/image.c and criu/protobuf.c of CRIU 4.2. (inventory.img alone has one magic; the
// pages files are raw.)
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "error/error.h"

namespace tubthump::criu_image {

/// Second magic numbers (criu/include/magic.h).
enum class Kind : uint32_t {
  Mm = 0x57492820,
  Pagemap = 0x56084025,
  Files = 0x56303138,
};

/// The messages of one image file, not decoded.
/// Errors: ImageInvalid when the file is of another kind, cut short, or larger than 1 GB.
Result<std::vector<std::string>> read_messages(int directory, const std::string& name, Kind kind);

/// The same of a file that was read already; `name` is for messages.
Result<std::vector<std::string>> decode_messages(std::string_view file, const std::string& name,
                                                 Kind kind);

/// Writes the file `name`, which must be new. Errors: ImagePublish.
Result<void> write_messages(int directory, const std::string& name, Kind kind,
                            const std::vector<std::string>& messages);

}  // namespace tubthump::criu_image
