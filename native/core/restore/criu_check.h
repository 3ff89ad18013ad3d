// Whether a CRIU can read what another one has written.
#pragma once

#include <string>

#include "error/error.h"
#include "image/manifest.h"
#include "rpc/version.h"

namespace tubthump::restore {

/// CRIU reads images of its own minor version and of all before; what it does not know of a newer
/// one, it leaves out without a word (protobuf), and the copy would lack it. An image that does not
/// say who wrote it is taken as it is. Errors: ImageMismatch; CriuNotFound before 4.2.
Result<void> check_criu(const image::Manifest& manifest, const rpc::Version& criu);

}  // namespace tubthump::restore
