// The files of an image, read in chunks from several threads.
#pragma once

#include <string>
#include <vector>

#include "error/error.h"
#include "os/unique_fd.h"
#include "pack/format.h"

namespace tubthump::pack {

struct SourceFile {
  std::string name;
  uint64_t size = 0;             ///< bytes
  std::vector<uint32_t> chunks;  ///< Those that are not all hole.
};

struct Identity {
  std::string image_id;
  Digest manifest;
};

class Source {
 public:
  /// Errors: ImageMissing; ImageUntrusted when others can have written it; ImageInvalid when there
  /// is anything but regular files.
  static Result<Source> open(const std::string& directory);

  /// By name.
  [[nodiscard]] const std::vector<SourceFile>& files() const { return files_; }
  [[nodiscard]] const SourceFile* find(const std::string& name) const;

  /// Fills `target` from `offset` on. Errors: ImageInvalid when the file has become shorter.
  Result<void> read(const SourceFile& file, uint64_t offset, std::span<unsigned char> target) const;

  /// Errors: as image::parse_manifest.
  Result<Identity> identity() const;

 private:
  Result<UniqueFd> open_file(const std::string& name, uint64_t* size) const;
  Result<SourceFile> describe(std::string name) const;

  std::string path_;
  UniqueFd directory_;
  std::vector<SourceFile> files_;
};

/// A chunk of a source.
struct Piece {
  size_t file;
  uint32_t number;
};

/// All chunks of all files, in the order in which they are in a pack.
std::vector<Piece> pieces_of(const Source& source);

/// Bytes in them.
uint64_t bytes_of(const Source& source);

bool is_zero(Bytes bytes);

}  // namespace tubthump::pack
