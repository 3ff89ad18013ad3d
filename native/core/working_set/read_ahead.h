// What a restore will read brought into the page cache while CRIU still starts.
//
//   ReadAhead reading(image_directory, manifest_id, {files_of_criu, heap});   // returns at once
//
// A page that is not in the cache costs its first reader 20 to 300 us; asked for together and
// early, the disk reads them in its own order, beside everything else. What is there already costs
// a system call for each run.
#pragma once

#include <atomic>
#include <future>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "error/error.h"
#include "image/manifest.h"
#include "os/unique_fd.h"
#include "working_set/working_set.h"

namespace tubthump::working_set {

/// Adds the gaps between runs where reading them costs less than another request, in order of
/// offset. Runs of one file only.
std::vector<Run> coalesce(std::vector<Run> runs);

/// Asks the kernel for all pages of `set`, whose files are in `directory` or at their own paths;
/// files that are gone or of another size are passed over. Returns when everything is asked for, or
/// `stopped` is set.
void request_pages(int directory, const WorkingSet& set, const std::atomic<bool>& stopped);

/// Files of an image that has no working set, or beside it.
struct Whole {
  std::vector<image::ImageFile> first;  ///< Read from start to end, and before all else.
  image::MappedHeap heap;  ///< Read as a whole when it is small and there is no working set.
};

/// Does both in a thread of its own. Asking waits where a disk is slow, and nobody waits for that:
/// the thread outlives this object, but asks for nothing more.
class ReadAhead {
 public:
  ReadAhead(int directory, const std::string& image_id, Whole whole);
  ReadAhead(const ReadAhead&) = delete;
  ReadAhead& operator=(const ReadAhead&) = delete;
  ~ReadAhead();

  /// The working set, when there is one: waits until it is read, not until its pages are asked for.
  /// Errors, why it is not used: ImageInvalid, ImageMismatch.
  [[nodiscard]] const Result<std::optional<WorkingSet>>& known() const;

  /// The same; also waits until the requests are made.
  Result<std::optional<WorkingSet>> wait();

  /// The thread asks for all that is left: there is a copy that will read it.
  void go_on() { goes_on_ = true; }

 private:
  struct State {
    UniqueFd directory;
    std::atomic<bool> stopped{false};
    std::promise<Result<std::optional<WorkingSet>>> outcome;
  };
  std::shared_future<Result<std::optional<WorkingSet>>> known_;
  std::shared_ptr<State> state_;
  std::thread thread_;
  bool goes_on_ = false;
};

}  // namespace tubthump::working_set
