// Where the plain text of an encrypted image is while CRIU works on it: memory, never a disk.
//
// A tmpfs that is mounted nowhere: nobody finds it by a path. It goes with our last descriptor of
// it, however we end, and with the last mapping of its files. It is not swapped where the kernel
// can do that (noswap, Linux 6.4). Others with our rights see it below /proc/PID/fd, as they see
// the memory of the service.
#pragma once

#include <cstdint>

#include "error/error.h"
#include "os/unique_fd.h"

namespace tubthump::encryption {

class PlainSide {
 public:
  /// With room for `bytes`. Errors: NoMemory when so much is not free now; Namespace without
  /// CAP_SYS_ADMIN.
  static Result<PlainSide> create(uint64_t bytes);

  /// With room for most of what is free.
  static Result<PlainSide> create();

  PlainSide(PlainSide&&) noexcept = default;
  PlainSide& operator=(PlainSide&&) = delete;
  /// Removes all names: what a copy has mapped stays, the rest goes now.
  ~PlainSide();

  [[nodiscard]] int directory() const { return directory_.get(); }

 private:
  PlainSide() = default;

  UniqueFd mount_;  ///< While it is open the tmpfs is one.
  UniqueFd directory_;
};

}  // namespace tubthump::encryption
