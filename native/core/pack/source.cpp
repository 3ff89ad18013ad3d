#include "pack/source.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>

#include <algorithm>
#include <cstring>
#include <memory>
#include <nlohmann/json.hpp>

#include "image/manifest.h"
#include "image/ownership.h"
#include "os/exact_io.h"

namespace tubthump::pack {

namespace {

constexpr uint64_t kMaxManifest = 64 << 20;

/// Chunks of the file that are not all hole.
std::vector<uint32_t> chunks_with_data(int file, uint64_t size) {
  std::vector<uint32_t> chunks;
  for (uint64_t at = 0; at < size;) {
    const off_t data = ::lseek(file, static_cast<off_t>(at), SEEK_DATA);
    if (data < 0 && errno == ENXIO) break;
    // Where the file system knows of no holes, all of it is data.
    const uint64_t number = (data < 0 ? at : static_cast<uint64_t>(data)) / kChunk;
    if (number * kChunk >= size) break;
    chunks.push_back(static_cast<uint32_t>(number));
    at = (number + 1) * kChunk;
  }
  return chunks;
}

/// Of an encrypted image, too, of which the manifest says little else.
Result<std::string> id_of(const std::string& manifest) {
  auto parsed = image::parse_manifest(manifest);
  if (parsed) return std::move(parsed->id);
  if (parsed.error().code != ErrorCode::Key) return std::unexpected(parsed.error());
  const auto root = nlohmann::json::parse(manifest);
  const auto id = root.find("id");
  if (id == root.end() || !id->is_string())
    return fail(ErrorCode::ImageInvalid, "manifest.json: `id` is missing");
  return id->get<std::string>();
}

}  // namespace

Result<Source> Source::open(const std::string& directory) {
  Source source;
  source.path_ = directory;
  source.directory_.reset(::open(directory.c_str(), O_DIRECTORY | O_RDONLY | O_CLOEXEC));
  struct stat info;
  if (!source.directory_ || ::fstat(source.directory_.get(), &info) < 0)
    return fail_errno(ErrorCode::ImageMissing, "no image at " + directory);
  if (auto owned = image::check_ownership(info, directory); !owned)
    return std::unexpected(owned.error());
  UniqueFd again(::openat(source.directory_.get(), ".", O_DIRECTORY | O_RDONLY | O_CLOEXEC));
  std::unique_ptr<DIR, int (*)(DIR*)> entries(again ? ::fdopendir(again.get()) : nullptr,
                                              ::closedir);
  if (!entries) return fail_errno(ErrorCode::System, "list " + directory);
  (void)again.release();  // closedir() closes it.
  while (const dirent* entry = ::readdir(entries.get())) {
    const std::string name = entry->d_name;
    if (name == "." || name == "..") continue;
    auto file = source.describe(name);
    if (!file) return std::unexpected(file.error());
    source.files_.push_back(std::move(*file));
  }
  std::ranges::sort(source.files_, {}, &SourceFile::name);
  if (!source.find(image::kManifestName))
    return fail(ErrorCode::ImageMissing, "no image at " + directory + ": it has no manifest.json");
  return source;
}

const SourceFile* Source::find(const std::string& name) const {
  const auto found = std::ranges::lower_bound(files_, name, {}, &SourceFile::name);
  return found != files_.end() && found->name == name ? &*found : nullptr;
}

Result<UniqueFd> Source::open_file(const std::string& name, uint64_t* size) const {
  UniqueFd file(
      ::openat(directory_.get(), name.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
  struct stat info;
  if (!file || ::fstat(file.get(), &info) < 0) return fail_errno(ErrorCode::ImageInvalid, name);
  if (!S_ISREG(info.st_mode)) return fail(ErrorCode::ImageInvalid, name + " is no regular file");
  if (auto owned = image::check_ownership(info, name); !owned)
    return std::unexpected(owned.error());
  if (size) *size = static_cast<uint64_t>(info.st_size);
  return file;
}

Result<SourceFile> Source::describe(std::string name) const {
  SourceFile described{.name = std::move(name)};
  auto file = open_file(described.name, &described.size);
  if (!file) return std::unexpected(file.error());
  described.chunks = chunks_with_data(file->get(), described.size);
  return described;
}

Result<void> Source::read(const SourceFile& file, uint64_t offset,
                          std::span<unsigned char> target) const {
  auto opened = open_file(file.name, nullptr);
  if (!opened) return std::unexpected(opened.error());
  if (read_exactly(opened->get(), target, offset)) return {};
  if (errno) return fail_errno(ErrorCode::ImageInvalid, file.name);
  return fail(ErrorCode::ImageInvalid, file.name + " has become shorter");
}

Result<Identity> Source::identity() const {
  const SourceFile* manifest = find(image::kManifestName);
  if (!manifest || manifest->size > kMaxManifest)
    return fail(ErrorCode::ImageInvalid, "manifest.json is too large");
  std::string text(manifest->size, '\0');
  auto done = read(*manifest, 0, {reinterpret_cast<unsigned char*>(text.data()), text.size()});
  if (!done) return std::unexpected(done.error());
  auto id = id_of(text);
  if (!id) return std::unexpected(id.error());
  return Identity{std::move(*id),
                  digest_of({reinterpret_cast<unsigned char*>(text.data()), text.size()})};
}

std::vector<Piece> pieces_of(const Source& source) {
  std::vector<Piece> pieces;
  for (size_t file = 0; file < source.files().size(); file++)
    for (const uint32_t number : source.files()[file].chunks) pieces.push_back({file, number});
  return pieces;
}

uint64_t bytes_of(const Source& source) {
  uint64_t bytes = 0;
  for (const SourceFile& file : source.files())
    for (const uint32_t number : file.chunks) bytes += chunk_size(file.size, number);
  return bytes;
}

bool is_zero(Bytes bytes) {
  return bytes.empty() ||
         (bytes[0] == 0 && std::memcmp(bytes.data(), bytes.data() + 1, bytes.size() - 1) == 0);
}

}  // namespace tubthump::pack
