// Several files of a directory replaced together, or none of them.
//
//   Replacement replacement(directory);
//   write(replacement.name("mm-7.img")) ...
//   replacement.commit();
#pragma once

#include <string>
#include <vector>

#include "error/error.h"

namespace tubthump::bake {

class Replacement {
 public:
  explicit Replacement(int directory) : directory_(directory) {}
  Replacement(const Replacement&) = delete;
  Replacement& operator=(const Replacement&) = delete;
  /// Removes what was not committed.
  ~Replacement();

  /// The name under which the new `file` is to be written.
  std::string name(const std::string& file);

  /// The same name again, to read what was written.
  static std::string written(const std::string& file) { return file + ".new"; }

  /// Puts all new files in place. Nobody else may look at the directory meanwhile.
  /// Errors: ImagePublish; the first rename is the only one that can be expected to fail.
  Result<void> commit();

 private:
  int directory_;
  std::vector<std::string> files_;
};

}  // namespace tubthump::bake
