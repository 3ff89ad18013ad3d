#include "restore/criu_check.h"

#include <utility>

namespace tubthump::restore {

namespace {

constexpr rpc::Version kOldest{4, 2, 0};

}  // namespace

Result<void> check_criu(const image::Manifest& manifest, const rpc::Version& criu) {
  if (criu < kOldest)
    return fail(ErrorCode::CriuNotFound,
                "this CRIU is version " + to_text(criu) + ", 4.2 is needed");
  if (manifest.criu.empty()) return {};
  const auto writer = rpc::parse_version(manifest.criu);
  if (!writer)
    return fail(ErrorCode::ImageMismatch,
                "the image was made by a CRIU `" + manifest.criu + "`, which nobody knows");
  // Bug fixes (sublevels) leave the format alone.
  if (std::pair(writer->major, writer->minor) <= std::pair(criu.major, criu.minor)) return {};
  return fail(ErrorCode::ImageMismatch, "the image was made by CRIU " + manifest.criu +
                                            ", and this is " + to_text(criu) +
                                            ": CRIU reads images of the same or an older version");
}

}  // namespace tubthump::restore
