#include "criu/find.h"

#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

namespace tubthump::criu {

namespace {

bool is_executable(const std::string& path) { return ::access(path.c_str(), X_OK) == 0; }

std::string chosen_by_setup() {
  std::ifstream file(cache_directory() + "/criu.path");
  std::string path;
  std::getline(file, path);
  return path;
}

std::string on_path() {
  const char* path = std::getenv("PATH");
  std::istringstream directories(path ? path : "");
  for (std::string directory; std::getline(directories, directory, ':');)
    if (is_executable(directory + "/criu")) return directory + "/criu";
  return {};
}

}  // namespace

std::string cache_directory() {
  const char* cache = std::getenv("XDG_CACHE_HOME");
  if (cache && *cache) return std::string(cache) + "/tubthump";
  const char* home = std::getenv("HOME");
  return std::string(home ? home : "") + "/.cache/tubthump";
}

Result<std::string> find(const std::string& option) {
  if (!option.empty()) {
    if (is_executable(option)) return option;
    return fail_errno(ErrorCode::CriuNotFound, "--criu " + option);
  }
  if (const char* named = std::getenv("TUBTHUMP_CRIU"); named && *named) {
    if (is_executable(named)) return std::string(named);
    return fail_errno(ErrorCode::CriuNotFound, std::string("TUBTHUMP_CRIU=") + named);
  }
  if (std::string path = chosen_by_setup(); is_executable(path)) return path;
  if (std::string path = on_path(); !path.empty()) return path;
  return fail(ErrorCode::CriuNotFound, "no CRIU found");
}

std::string for_restore(const std::string& criu) {
  std::string other = criu + "-restore";
  return is_executable(other) ? other : criu;
}

}  // namespace tubthump::criu
