#include "launcher/plain_image.h"

#include "encryption/sealed_image.h"
#include "restore/checked_image.h"

namespace tubthump::launcher {

Result<PlainImage> open_plain(const std::string& path, const std::string& public_key,
                              const encryption::KeySource& source) {
  if (!source) return PlainImage{path, public_key};
  // Signatures are of what is on the disk: nothing else of the image has been looked at. What is
  // decrypted has its bytes.
  auto directory = restore::open_trusted(path, public_key, restore::ReadAll::Never);
  if (!directory) return std::unexpected(directory.error());
  auto key = encryption::read_key(source);
  if (!key) return std::unexpected(key.error());
  auto memory = encryption::open_sealed(directory->get(), path, *key);
  if (!memory) return std::unexpected(memory.error());
  return PlainImage{"/proc/self/fd/" + std::to_string(memory->directory()), "", std::move(*memory)};
}

}  // namespace tubthump::launcher
