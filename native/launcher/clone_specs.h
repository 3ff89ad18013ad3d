// The options of `clone` turned into what each copy is to be.
#pragma once

#include "clone/cgroup_sweeper.h"
#include "clone/spec.h"
#include "launcher/clone_options.h"
#include "launcher/plain_image.h"
#include "os/unique_fd.h"

namespace tubthump::launcher {

/// What all copies have in common, opened and checked once, before anything is started.
struct CloneBase {
  CloneOptions options;
  std::string criu;
  UniqueFd image;  ///< All copies are of this image, also when another takes its place meanwhile.
  std::optional<PlainImage> decrypted{};  ///< What `image` is a directory of, if it is encrypted.
  int first_port = 0;
  clone::CgroupSweeper cgroups;  ///< Of those that are made for the copies.
  clone::Spec common;
};

/// Errors: Usage, ImageMissing, ImageInvalid, ImageMismatch, CriuNotFound, Namespace.
Result<CloneBase> prepare_clones(CloneOptions options);

/// A copy's own, with the descriptors that its stdio refers to.
struct CloneSpec {
  clone::Spec spec;
  std::vector<UniqueFd> files;
};

/// For one of the copies, counted from 0 on. Errors: Usage, System (the log file).
Result<CloneSpec> make_spec(const CloneBase& base, int index);

}  // namespace tubthump::launcher
