#include "launcher/encrypt_command.h"

#include <cstdio>
#include <nlohmann/json.hpp>

#include "encryption/sealed_image.h"
#include "image/seal.h"
#include "image/staging.h"
#include "launcher/encrypt_options.h"
#include "launcher/report.h"
#include "restore/checked_image.h"

namespace tubthump::launcher {

namespace {

Result<void> encrypt(const EncryptOptions& options) {
  auto key = encryption::read_key(options.key);
  if (!key) return std::unexpected(key.error());
  auto image = restore::open_image(options.images[0]);
  if (!image) return std::unexpected(image.error());
  // What is encrypted is what was made: decrypted, nothing would tell of an edit.
  if (auto same = image::check_bytes(image->directory.get(), image->manifest.files); !same)
    return same;
  auto staging = image::Staging::create(options.images[1]);
  if (!staging) return std::unexpected(staging.error());
  auto sealed = encryption::seal_image(image->directory.get(), *key, staging->directory());
  if (sealed) sealed = staging->publish();
  if (sealed) staging->finish();
  return sealed;
}

Result<void> decrypt(const EncryptOptions& options) {
  auto directory =
      restore::open_trusted(options.images[0], options.public_key, restore::ReadAll::Never);
  if (!directory) return std::unexpected(directory.error());
  auto key = encryption::read_key(options.key);
  if (!key) return std::unexpected(key.error());
  auto staging = image::Staging::create(options.images[1]);
  if (!staging) return std::unexpected(staging.error());
  auto opened =
      encryption::open_image_into(directory->get(), options.images[0], *key, staging->directory());
  if (opened) opened = staging->publish();
  if (opened) staging->finish();
  return opened;
}

int make(int argc, char** argv, Result<void> (*convert)(const EncryptOptions&), const char* help,
         const char* what) {
  auto options = parse_encrypt(argc, argv);
  if (!options) return report(options.error(), false);
  if (options->help) return std::fputs(help, stdout) < 0;
  if (options->images.size() != 2)
    return report(Error{ErrorCode::Usage, "give two directories: an image, and where it goes"},
                  options->json);
  if (auto done = convert(*options); !done) return report(done.error(), options->json);
  const std::string& made = options->images[1];
  if (options->json)
    std::printf("%s\n", nlohmann::json{{"images", made}, {what, true}}
                            .dump(-1, ' ', false, nlohmann::json::error_handler_t::replace)
                            .c_str());
  else
    std::printf("%s: %s\n", what, made.c_str());
  return 0;
}

}  // namespace

int encrypt_command(int argc, char** argv) {
  return make(argc, argv, encrypt, kEncryptHelp, "encrypted");
}

int decrypt_command(int argc, char** argv) {
  return make(argc, argv, decrypt, kDecryptHelp, "decrypted");
}

}  // namespace tubthump::launcher
