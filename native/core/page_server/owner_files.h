// The image files of one owner of pages: its pagemap, its pages file, and of the process whose
// heap is to be mapped also heap.img.
#pragma once

#include <string>

#include "bake/placed.h"
#include "error/error.h"
#include "os/unique_fd.h"
#include "page_server/page_pipe.h"
#include "page_server/protocol.h"

namespace tubthump::page_server {

class OwnerFiles {
 public:
  /// `stretches`: what belongs to the file `heap`, which is made when there are any.
  /// Errors: ImagePublish.
  static Result<OwnerFiles> create(int directory, Owner owner, uint32_t pages_id,
                                   std::vector<bake::Stretch> stretches, const std::string& heap);

  /// From now on the disk is told to write what has come of the heap.
  void write_early() { write_early_ = true; }

  /// From now on pages of zeros of this process, which stands still, become holes of the heap.
  void make_holes(pid_t pid) { frozen_ = pid; }

  /// The next run: its pages come over `socket`. Errors: those of PagePipe::move().
  Result<void> add(const criu_image::PageRun& run, int socket, PagePipe& pipe);

  /// Writes the pagemap. Errors: ImagePublish.
  Result<bake::Placed> complete();

 private:
  OwnerFiles() = default;

  Result<void> add_to_heap(const bake::Part& part, int socket, PagePipe& pipe);

  int directory_ = -1;
  std::string pagemap_name_;
  std::string pages_name_;
  std::string heap_name_;
  UniqueFd pages_;
  UniqueFd heap_;
  uint64_t kept_ = 0;  ///< Bytes in the pages file.
  pid_t frozen_ = 0;   ///< The process, if pages of zeros are holes.
  bool write_early_ = false;
  uint64_t started_ = 0;  ///< Bytes of heap.img that the disk was told to write.
  bake::Placed placed_;
};

}  // namespace tubthump::page_server
