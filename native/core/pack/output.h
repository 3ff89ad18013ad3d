// A file in the making: complete under its name, or not there at all.
#pragma once

#include <string>

#include "error/error.h"
#include "os/unique_fd.h"
#include "pack/digest.h"

namespace tubthump::pack {

class Output {
 public:
  /// `target` is an absolute path where nothing is yet. Errors: ImagePublish.
  static Result<Output> create(const std::string& target);

  Output(Output&& other) noexcept;
  Output& operator=(Output&&) = delete;
  ~Output();

  /// Errors: ImagePublish.
  Result<void> write(Bytes bytes, uint64_t offset);

  /// Makes it durable and read-only, and gives it its name. Errors: ImagePublish.
  Result<void> publish();

 private:
  Output() = default;

  std::string target_;
  std::string path_;  ///< Empty when it has its name.
  UniqueFd file_;
};

}  // namespace tubthump::pack
