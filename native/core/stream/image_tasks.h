// Who is in an image, by the names of its files: of one that has no manifest of ours.
#pragma once

#include <sys/types.h>

#include <optional>
#include <string_view>
#include <vector>

#include "error/error.h"

namespace tubthump::stream {

struct ImageTasks {
  std::vector<pid_t> processes;  ///< That have memory: pagemap-PID.img
  std::vector<pid_t> threads;    ///< All ids that a copy needs: core-TID.img
};

/// Errors: ImageInvalid when there is no process; System.
Result<ImageTasks> list_tasks(int directory);

/// The number in `KIND-NUMBER.img`; nothing for other names.
std::optional<pid_t> number_in(std::string_view file, std::string_view kind);

}  // namespace tubthump::stream
