#include "dump/destination.h"

#include <linux/magic.h>
#include <sys/vfs.h>

#include "encryption/chunk_cipher.h"
#include "encryption/key_source.h"
#include "encryption/sealed_image.h"
#include "image/files.h"

namespace tubthump::dump {

Result<Destination> Destination::create(const DumpRequest& request) {
  std::optional<encryption::Key> key;
  if (request.key) {
    if (auto able = encryption::check_processor(); !able) return std::unexpected(able.error());
    auto read = encryption::read_key(request.key);
    if (!read) return std::unexpected(read.error());
    key.emplace(std::move(*read));
  }
  auto staging = image::Staging::create(request.images);
  if (!staging) return std::unexpected(staging.error());
  Destination destination(std::move(*staging));
  if (!key) return destination;
  auto plain = encryption::PlainSide::create();
  if (!plain) return std::unexpected(plain.error());
  destination.key_.emplace(std::move(*key));
  destination.plain_.emplace(std::move(*plain));
  return destination;
}

bool Destination::takes_holes() const {
  struct statfs info;
  return plain_ || ::fstatfs(staging_.directory(), &info) != 0 || info.f_type != TMPFS_MAGIC;
}

Result<void> Destination::publish(std::string_view manifest) {
  if (auto written = image::write_small(directory(), image::kManifestName, manifest); !written)
    return written;
  if (key_)
    if (auto sealed = encryption::seal_image(directory(), *key_, staging_.directory()); !sealed)
      return sealed;
  return staging_.publish();
}

}  // namespace tubthump::dump
