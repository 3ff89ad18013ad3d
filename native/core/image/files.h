// The files of an image as a list, and those that are read and written as a whole: a few KB to a
// few MB of text.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "error/error.h"
#include "image/manifest.h"

namespace tubthump::image {

/// Errors: ImageMissing when there is none; ImageInvalid when it is no regular file of at most
/// 16 MB; ImageUntrusted when others can have written it.
Result<std::string> read_small(int directory, const char* name);

/// A new file of mode 0400. Errors: ImagePublish.
Result<void> write_small(int directory, const char* name, std::string_view text);

/// The text of one file, empty when there is none; at most `limit` bytes from its end.
std::string tail_of(int directory, const char* name, size_t limit);

/// Name and size of every regular file. Errors: ImagePublish.
Result<std::vector<ImageFile>> list_files(int directory);

}  // namespace tubthump::image
