// files.img: the open and the mapped files of all processes.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "error/error.h"

namespace tubthump::criu_image {

/// An id that no file in files.img has. Errors: ImageInvalid.
Result<uint32_t> free_file_id(const std::vector<std::string>& files);

/// The name of the regular file `id`, empty when there is none. Errors: ImageInvalid.
Result<std::string> name_of_file(const std::vector<std::string>& files, uint32_t id);

/// A file_entry for a regular file that is mapped but open nowhere. At restore it has to be given
/// by inherit_fd with `key`, which no path in the image may equal.
std::string encode_inherited_file(uint32_t id, const std::string& key);

}  // namespace tubthump::criu_image
