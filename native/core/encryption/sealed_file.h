// One file sealed, or opened again; the work itself is done by do_all() of chunk_work.h.
#pragma once

#include <memory>
#include <string>

#include "encryption/chunk_work.h"
#include "encryption/sealed_header.h"
#include "error/error.h"

namespace tubthump::encryption {

/// A file of an image and whose it is.
struct FileName {
  std::string name;
  std::string bound_to{};  ///< What it can only be opened together with.
};

/// Seals `from/source` as `to/file.name`, which must not exist.
struct Seal {
  int from;
  std::string source;
  int to;
  FileName file;
};

struct Sealing {
  std::unique_ptr<ChunkWork> work;
  uint64_t sealed_size = 0;  ///< bytes, of the file that is made
};

/// Writes the header. Errors: ImageInvalid for the source, ImagePublish for the file that is made.
Result<Sealing> start_sealing(const Seal& seal, const Key& key, const ImageSalt& salt);

/// Opens `from/file.name` as `to/target`, which must not exist.
struct Open {
  int from;
  FileName file;
  int to;
  std::string target;
};

struct Opening {
  std::unique_ptr<ChunkWork> work;
  SealedHeader header;
};

/// Reads header and table, and makes the file in its full size.
/// Errors: ImageInvalid when it is missing, damaged, or not what was sealed; ImageUntrusted when
/// others can have written it; Key when it was sealed with another key; ImagePublish.
Result<Opening> start_opening(const Open& open, const Key& key);

}  // namespace tubthump::encryption
