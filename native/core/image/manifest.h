// manifest.json: what an image is and what it needs. Written last, so a directory without one is
// no image. People and tools read it too; the fields below are those that native code needs.
#pragma once

#include <sys/types.h>
#include <chrono>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "error/error.h"

namespace tubthump::image {

/// The only format version that this build reads and writes. Since 2 checksums are of pieces.
inline constexpr int kFormat = 2;

inline constexpr const char* kManifestName = "manifest.json";

struct ImageFile {
  std::string name;
  uint64_t size = 0;        ///< bytes
  uint64_t stored = 0;      ///< Of them, those that are no holes; not in the manifest.
  int64_t modified_ns = 0;  ///< Since the epoch; see seal.h.
  std::string checksum;     ///< Empty: unknown.
};

/// A file outside the image that the copy maps or executes.
struct RequiredFile {
  std::string path;
  uint64_t size = 0;  ///< bytes
};

/// The baked part of an image: a file that is mapped at restore.
struct MappedHeap {
  std::string file;    ///< Empty: the image is a plain one.
  uint64_t bytes = 0;  ///< Pages in it.
  size_t vmas = 0;
  size_t all_vmas = 0;  ///< Of the whole process.
};

struct Manifest {
  std::string id;
  int generation = 0;                     ///< Restores that lie behind the dumped state.
  int64_t created_ms = 0;                 ///< Wall clock, ms since the epoch.
  pid_t pid = 0;                          ///< Root of the dumped tree.
  std::vector<pid_t> tasks;               ///< Every thread id that the copy needs free.
  ino_t channel_inode = 0;                ///< The dumped process's end of the channel.
  bool shell_job = false;                 ///< Its session leader was not part of the tree.
  std::vector<std::string> cpu_features;  ///< What the dumped process may have chosen its code by.
  std::string capabilities;               ///< Its permitted ones, hex as in /proc/PID/status.
  std::string criu;                       ///< Version of who wrote it; empty: unknown.
  std::string engine;                     ///< "map", "eager" or "stream": how it is to be restored.
  MappedHeap heap;
  std::chrono::microseconds bake_time{0};  ///< For making `heap`, while the service was frozen.
  std::string not_baked;                   ///< Why the image is plain although it was to be baked.
  std::vector<ImageFile> files;
  std::vector<RequiredFile> requires_files;
};

/// Parses the text of a manifest.
/// Errors: ImageInvalid naming the field, ImageMismatch for another format version, Key when the
/// image is encrypted (encryption/sealed_manifest.h).
Result<Manifest> parse_manifest(std::string_view json);

/// Adds what the dump found out (everything in `facts`) to the library's draft (a JSON object).
/// Errors: HandoverInvalid when the draft is no JSON object.
Result<std::string> complete_manifest(std::string_view draft_json, const Manifest& facts);

}  // namespace tubthump::image
