// While it lives, this process is the first that a lack of memory ends.
#pragma once

#include <string>

namespace tubthump::process {

/// Held over a dump, it is in the image: a copy that is not whole yet is ended by the kernel before
/// those that live and serve, and gives the role back when it wakes. (CRIU restores oom_score_adj
/// before memory; proc(5) lets anybody raise it, and lower it again.)
class OomVictim {
 public:
  OomVictim();
  OomVictim(const OomVictim&) = delete;
  OomVictim& operator=(const OomVictim&) = delete;
  ~OomVictim();

 private:
  std::string before_;  ///< Empty: nothing was changed.
};

}  // namespace tubthump::process
