// An image directory in the making: complete under its name, or not there at all.
//
//   auto staging = Staging::create("/var/images/shop");     // makes
//   /var/images/.shop.staging-XXXXXX
//   ... CRIU writes into staging->directory() ...
//   staging->write("manifest.json", text);
//   staging->publish();                                      // one rename
//   staging->finish();                                       // the image that was replaced goes
//
// Destroyed before finish(), it leaves things as they were: an unpublished directory is removed, a
// published one is withdrawn and the image that it replaced is put back.
#pragma once

#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "error/error.h"
#include "image/manifest.h"
#include "os/unique_fd.h"

namespace tubthump::image {

class Staging {
 public:
  /// `target` is absolute. It may be missing, an empty directory or an image (which gets replaced).
  /// Errors: ImagePublish when it is anything else, or its parent cannot hold it.
  static Result<Staging> create(const std::string& target);

  Staging(Staging&&) noexcept;
  Staging& operator=(Staging&&) = delete;
  ~Staging();

  [[nodiscard]] int directory() const { return directory_.get(); }

  /// Name and size of every regular file that is there now.
  Result<std::vector<ImageFile>> list() const;

  /// Writes one file of mode 0400.
  Result<void> write(const char* name, std::string_view text);

  /// Has the disk start on the files that are there now; publish() waits for it. Returns at once: a
  /// thread does it. To be called once.
  void start_writing();

  /// Makes every file read-only and durable, then renames the directory to its target.
  Result<void> publish();

  /// Keeps what was published and removes what it replaced.
  void finish();

 private:
  enum class State { Open, Published, Done };

  Staging() = default;

  void wait_for_writing();

  std::string target_;
  std::string path_;
  UniqueFd parent_;
  UniqueFd directory_;
  bool replaces_ = false;
  State state_ = State::Open;
  std::jthread writing_;
};

}  // namespace tubthump::image
