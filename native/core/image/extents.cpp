#include "image/extents.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>

namespace tubthump::image {

std::vector<Extent> extents_of(int file, off_t size) {
  std::vector<Extent> extents;
  for (off_t at = 0; at < size;) {
    off_t start = ::lseek(file, at, SEEK_DATA);
    if (start < 0 && errno == ENXIO) break;  // Nothing but a hole up to the end.
    if (start < 0) start = at;
    if (start >= size) break;
    const off_t hole = ::lseek(file, start, SEEK_HOLE);
    at = hole < 0 ? size : std::min(hole, size);
    extents.push_back({start, at});
  }
  return extents;
}

}  // namespace tubthump::image
