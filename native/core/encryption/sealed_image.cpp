#include "encryption/sealed_image.h"

#include <sodium.h>
#include <sys/stat.h>

#include <memory>
#include <vector>

#include "encryption/chunk_cipher.h"
#include "encryption/sealed_file.h"
#include "encryption/sealed_manifest.h"
#include "image/files.h"
#include "image/manifest.h"
#include "image/ownership.h"
#include "image/seal.h"
#include "working_set/file.h"

namespace tubthump::encryption {

namespace {

using Works = std::vector<std::unique_ptr<ChunkWork>>;

/// Whoever reads it expects nothing of it.
Result<void> copy_working_set(int from, int to) {
  auto text = image::read_small(from, working_set::kWorkingSetFile);
  if (!text) return {};
  return image::write_small(to, working_set::kWorkingSetFile, *text);
}

/// Its name cannot be the one that the manifest has in an image that is not encrypted.
Result<void> open_manifest(int directory, const std::string& public_text, const Key& key, int out,
                           ImageSalt& salt) {
  auto opening = start_opening({.from = directory,
                                .file = {kSealedManifest, digest_of(public_text)},
                                .to = out,
                                .target = image::kManifestName},
                               key);
  if (!opening) return std::unexpected(opening.error());
  salt = opening->header.image_salt;
  Works works;
  works.push_back(std::move(opening->work));
  return do_all(works);
}

Result<void> open_files(int directory, const std::vector<image::ImageFile>& files, const Key& key,
                        const ImageSalt& salt, int out) {
  Works works;
  for (const image::ImageFile& file : files) {
    auto opening = start_opening(
        {.from = directory, .file = {file.name}, .to = out, .target = file.name}, key);
    if (!opening) return std::unexpected(opening.error());
    if (opening->header.image_salt != salt)
      return fail(ErrorCode::ImageInvalid, "image file " + file.name + " is of another image");
    works.push_back(std::move(opening->work));
  }
  if (auto done = do_all(works); !done) return done;
  for (const image::ImageFile& file : files) image::give_time(out, file);
  return {};
}

Result<void> open_from(int directory, const std::string& public_text, const Key& key, int out) {
  if (auto able = check_processor(); !able) return able;
  ImageSalt salt;
  if (auto opened = open_manifest(directory, public_text, key, out, salt); !opened) return opened;
  auto text = image::read_small(out, image::kManifestName);
  if (!text) return std::unexpected(text.error());
  auto manifest = image::parse_manifest(*text);
  if (!manifest) return std::unexpected(manifest.error());
  if (auto opened = open_files(directory, manifest->files, key, salt, out); !opened) return opened;
  return copy_working_set(directory, out);
}

/// Errors: as of the manifest of any image.
Result<std::string> public_text_of(int directory, const std::string& path) {
  struct stat info;
  if (::fstat(directory, &info) < 0) return fail_errno(ErrorCode::ImageInvalid, path);
  if (auto ours = image::check_ownership(info, path); !ours) return std::unexpected(ours.error());
  auto text = image::read_small(directory, image::kManifestName);
  if (text) return text;
  Error error = text.error();
  error.message = path + ": " + error.message;
  return std::unexpected(error);
}

}  // namespace

Result<void> seal_image(int plain, const Key& key, int out) {
  if (auto able = check_processor(); !able) return able;
  auto text = image::read_small(plain, image::kManifestName);
  if (!text) return std::unexpected(text.error());
  auto manifest = image::parse_manifest(*text);
  if (!manifest) return std::unexpected(manifest.error());
  ImageSalt salt;
  ::randombytes_buf(salt.data(), salt.size());
  Works works;
  std::vector<image::ImageFile> sealed;
  for (const image::ImageFile& file : manifest->files) {
    auto sealing = start_sealing(
        {.from = plain, .source = file.name, .to = out, .file = {file.name}}, key, salt);
    if (!sealing) return std::unexpected(sealing.error());
    sealed.push_back({file.name, sealing->sealed_size});
    works.push_back(std::move(sealing->work));
  }
  // Its size is known before it is made: of the table with one extent, and the text.
  SealedHeader about{.size = 32 + text->size()};
  sealed.push_back({kSealedManifest, about.sealed_size()});
  auto public_text = public_manifest(*text, sealed, key.id());
  if (!public_text) return std::unexpected(public_text.error());
  auto sealing = start_sealing({.from = plain,
                                .source = image::kManifestName,
                                .to = out,
                                .file = {kSealedManifest, digest_of(*public_text)}},
                               key, salt);
  if (!sealing) return std::unexpected(sealing.error());
  works.push_back(std::move(sealing->work));
  if (auto done = do_all(works); !done) return done;
  if (auto copied = copy_working_set(plain, out); !copied) return copied;
  return image::write_small(out, image::kManifestName, *public_text);
}

Result<void> open_image_into(int directory, const std::string& path, const Key& key, int out) {
  auto text = public_text_of(directory, path);
  if (!text) return std::unexpected(text.error());
  if (auto size = encrypted_size(*text); !size) return std::unexpected(size.error());
  return open_from(directory, *text, key, out);
}

Result<PlainSide> open_sealed(int directory, const std::string& path, const Key& key) {
  auto text = public_text_of(directory, path);
  if (!text) return std::unexpected(text.error());
  auto size = encrypted_size(*text);
  if (!size) return std::unexpected(size.error());
  auto side = PlainSide::create(*size);
  if (!side) return side;
  auto opened = open_from(directory, *text, key, side->directory());
  if (opened) return side;
  Error error = opened.error();
  if (error.code == ErrorCode::ImagePublish) error.code = ErrorCode::NoMemory;
  return std::unexpected(error);
}

}  // namespace tubthump::encryption
