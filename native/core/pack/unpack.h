// An image out of a pack: complete under its name, or not there at all.
#pragma once

#include <string>

#include "error/error.h"
#include "pack/pack.h"

namespace tubthump::pack {

struct UnpackOptions {
  std::string file;          ///< The pack.
  std::string directory;     ///< Absolute path; nothing or an empty directory is there yet.
  std::string base{};        ///< The image that the pack was made against; empty: none.
  std::string public_key{};  ///< PEM file: the image has to be signed with its private one.
  unsigned jobs = 1;         ///< Threads.
};

/// Every byte has been held against its checksum when the image appears. Holes are holes again.
/// Each thread holds two chunks in memory.
/// Errors: ImageMissing, ImageUntrusted and PackInvalid for the pack; PackBase when the base is not
/// given or not the right one; ImageUntrusted for the signature; ImagePublish; PackAborted. Nothing
/// is left behind then.
Result<Figures> unpack(const UnpackOptions& options, Progress& progress);

}  // namespace tubthump::pack
