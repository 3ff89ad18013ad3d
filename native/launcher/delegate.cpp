#include "launcher/delegate.h"

#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <vector>

#include "launcher/report.h"

namespace tubthump::launcher {

namespace fs = std::filesystem;

std::string own_path() {
  std::error_code error;
  return fs::read_symlink("/proc/self/exe", error);
}

std::string package_directory() {
  return fs::path(own_path()).parent_path().parent_path().parent_path();
}

int delegate_to_cli(char** argv) {
  const std::string cli = package_directory() + "/dist/cli/main.js";
  if (::access(cli.c_str(), R_OK) != 0)
    return report(fail_errno(ErrorCode::ExecFailed, cli).error(), false);
  ::setenv("TUBTHUMP_BIN", own_path().c_str(), 1);
  std::vector<char*> arguments{const_cast<char*>("node"), const_cast<char*>(cli.c_str())};
  for (char** argument = argv + 1; *argument; argument++) arguments.push_back(*argument);
  arguments.push_back(nullptr);
  ::execvp("node", arguments.data());
  return report(fail_errno(ErrorCode::ExecFailed, "start node").error(), false);
}

}  // namespace tubthump::launcher
