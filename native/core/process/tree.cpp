#include "process/tree.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string>

namespace tubthump::process {

namespace fs = std::filesystem;

Result<std::vector<pid_t>> tasks_of(pid_t root) {
  std::vector<pid_t> tasks;
  std::vector<pid_t> pending{root};
  while (!pending.empty()) {
    const pid_t pid = pending.back();
    pending.pop_back();
    std::error_code error;
    for (const auto& task :
         fs::directory_iterator("/proc/" + std::to_string(pid) + "/task", error)) {
      tasks.push_back(static_cast<pid_t>(std::stol(task.path().filename())));
      std::ifstream children(task.path() / "children");
      for (pid_t child; children >> child;) pending.push_back(child);
    }
    if (error && pid == root)
      return fail_errno(ErrorCode::System, "read /proc of the service", error.value());
  }
  std::ranges::sort(tasks);
  return tasks;
}

}  // namespace tubthump::process
