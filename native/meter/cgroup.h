// A cgroup that counts the processor time of everything that is started in it, dead or alive, CRIU
// and launchers included. No controller is needed: cpu.stat of cgroup v2 is always there.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <optional>
#include <string>

#include "os/unique_fd.h"

namespace tubthump::meter {

class Cgroup {
 public:
  /// One below our own; nothing where cgroup v2 is not mounted or may not be written.
  static std::optional<Cgroup> make();
  Cgroup(Cgroup&& other) noexcept = default;
  Cgroup& operator=(Cgroup&&) = delete;
  /// Removes it; all processes in it have to be gone.
  ~Cgroup();

  /// Forks a child that is in it from the start. As fork(2): -1 with errno, 0 in the child.
  [[nodiscard]] pid_t fork_into() const;
  [[nodiscard]] std::optional<std::chrono::microseconds> used() const;

 private:
  Cgroup(std::string path, UniqueFd directory)
      : path_(std::move(path)), directory_(std::move(directory)) {}
  std::string path_;
  UniqueFd directory_;  ///< Other mount namespaces may not see it by name.
};

}  // namespace tubthump::meter
