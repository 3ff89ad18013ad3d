// Which pages of an image its copies really touch, in the order of first touch.
//
// Recorded by restoring copies and replaying requests (record/), kept in the image's directory
// (file.h), read ahead of the next restores (read_ahead.h).
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace tubthump::working_set {

inline constexpr uint64_t kPageSize = 4096;

/// A file that copies map.
struct File {
  std::string name;       ///< In the image's directory, or an absolute path.
  bool in_image = false;  ///< Which of both.
  uint64_t size = 0;      ///< bytes, when it was recorded

  bool operator==(const File&) const = default;
};

/// Neighbouring pages, touched one after the other.
struct Run {
  uint32_t file = 0;  ///< Index in WorkingSet::files.
  uint32_t pages = 0;
  uint64_t offset = 0;   ///< In the file, bytes.
  uint64_t address = 0;  ///< In the copy.
  bool written = false;  ///< The copy has its own pages here.

  bool operator==(const Run&) const = default;
};

struct WorkingSet {
  std::string image_id;
  bool ordered = true;  ///< Whether runs are in the order of first touch, or of address.
  std::vector<File> files;
  std::vector<Run> runs;
};

/// One touched page; what runs are made of.
struct Page {
  uint32_t file = 0;
  uint64_t offset = 0;
  uint64_t address = 0;
  bool written = false;
};

/// The index of `file` in `files`, which gets it when it is new.
uint32_t index_of(std::vector<File>& files, const File& file);

/// Appends a page to `runs`, to the last one where it fits.
void append(std::vector<Run>& runs, const Page& page);

/// What either has: the order of `one`, then what only `other` touched. Both are of one image.
WorkingSet unite(const WorkingSet& one, const WorkingSet& other);

/// Pages, of all files or of those in the image.
uint64_t count_pages(const WorkingSet& set, bool only_image);

}  // namespace tubthump::working_set
