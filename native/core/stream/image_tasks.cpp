#include "stream/image_tasks.h"

#include <charconv>
#include <filesystem>
#include <string>

namespace tubthump::stream {

namespace fs = std::filesystem;

Result<ImageTasks> list_tasks(int directory) {
  ImageTasks tasks;
  std::error_code error;
  for (const auto& entry :
       fs::directory_iterator("/proc/self/fd/" + std::to_string(directory), error)) {
    const std::string name = entry.path().filename();
    if (const auto pid = number_in(name, "pagemap")) tasks.processes.push_back(*pid);
    if (const auto tid = number_in(name, "core")) tasks.threads.push_back(*tid);
  }
  if (error) return fail(ErrorCode::System, "list the image: " + error.message());
  if (tasks.processes.empty()) return fail(ErrorCode::ImageInvalid, "no memory of any process");
  return tasks;
}

std::optional<pid_t> number_in(std::string_view file, std::string_view kind) {
  constexpr std::string_view end = ".img";
  if (!file.starts_with(kind) || !file.ends_with(end)) return std::nullopt;
  file.remove_prefix(kind.size());
  file.remove_suffix(end.size());
  // pagemap-shmem-N.img is shared memory, which CRIU restores itself.
  if (!file.starts_with('-')) return std::nullopt;
  file.remove_prefix(1);
  pid_t number = 0;
  const auto [rest, error] = std::from_chars(file.data(), file.data() + file.size(), number);
  if (error != std::errc() || rest != file.data() + file.size() || number <= 0) return std::nullopt;
  return number;
}

}  // namespace tubthump::stream
