// Where the pages of a base image are, by their content.
#pragma once

#include <optional>
#include <unordered_map>
#include <vector>

#include "error/error.h"
#include "pack/progress.h"
#include "pack/source.h"

namespace tubthump::pack {

/// A page of a base.
struct Place {
  uint16_t file;
  uint32_t page;
};

class BasePages {
 public:
  /// Reads all of `source`. 100 bytes of memory for each of its pages.
  static Result<BasePages> read(const Source& source, unsigned jobs, Progress& progress);

  /// Where a page with this content is: at `preferred` if it is there, otherwise the first one.
  [[nodiscard]] std::optional<Place> find(const Digest& page, std::optional<Place> preferred) const;

 private:
  struct FirstBytes {
    size_t operator()(const Digest& digest) const;
  };

  /// Of all whole pages of a chunk; empty for chunks that are holes.
  using ChunkPages = std::vector<Digest>;

  std::vector<std::vector<ChunkPages>> files_;
  std::unordered_map<Digest, Place, FirstBytes> places_;
};

}  // namespace tubthump::pack
