// working-set.img: a working set in the directory of its image.
//
// Little-endian: magic and version; image id; flags; files; runs; FNV-1a of all that, 64 bits. It
// is a hint: an image without it restores as well, only slower when it is not in the page cache.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "error/error.h"
#include "working_set/working_set.h"

namespace tubthump::working_set {

inline constexpr const char* kWorkingSetFile = "working-set.img";

std::string encode(const WorkingSet& set);

/// `body` as `decode` wants it: with its checksum behind it.
std::string with_checksum(std::string body);

/// Errors: ImageInvalid when it is no working set, cut short, or edited.
Result<WorkingSet> decode(std::string_view bytes);

/// The working set of the image in `directory`; nothing when none was recorded.
/// Errors: ImageInvalid; ImageMismatch when it was recorded for another image than `image_id`.
Result<std::optional<WorkingSet>> read(int directory, const std::string& image_id);

/// Puts `set` in `directory`, mode 0400, in place of an older one: complete or not at all.
/// Errors: ImagePublish.
Result<void> write(int directory, const WorkingSet& set);

}  // namespace tubthump::working_set
