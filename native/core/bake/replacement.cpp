#include "bake/replacement.h"

#include <stdio.h>
#include <unistd.h>

namespace tubthump::bake {

Replacement::~Replacement() {
  for (const std::string& file : files_) ::unlinkat(directory_, written(file).c_str(), 0);
}

std::string Replacement::name(const std::string& file) {
  files_.push_back(file);
  return written(file);
}

Result<void> Replacement::commit() {
  for (const std::string& file : files_)
    if (::renameat(directory_, written(file).c_str(), directory_, file.c_str()) < 0)
      return fail_errno(ErrorCode::ImagePublish, file);
  files_.clear();
  return {};
}

}  // namespace tubthump::bake
