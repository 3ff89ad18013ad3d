// A directory for what a target writes, empty again for each input.
#pragma once

#include <fcntl.h>

#include <cstdlib>
#include <filesystem>
#include <string>

#include "os/unique_fd.h"
#include "target.h"

namespace tubthump::fuzz {

class Scratch {
 public:
  Scratch() : path_(std::filesystem::temp_directory_path() / "tubthump-fuzz-XXXXXX") {
    require(::mkdtemp(path_.data()));
    directory_.reset(::open(path_.c_str(), O_DIRECTORY | O_RDONLY | O_CLOEXEC));
  }
  ~Scratch() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }

  [[nodiscard]] const std::string& path() const { return path_; }
  [[nodiscard]] int directory() const { return directory_.get(); }

 private:
  std::string path_;
  UniqueFd directory_;
};

}  // namespace tubthump::fuzz
