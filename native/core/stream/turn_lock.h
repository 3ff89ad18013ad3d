// A shared mutex whose exclusive side does not starve: glibc's prefers those who share.
#pragma once

#include <mutex>
#include <shared_mutex>

namespace tubthump::stream {

/// For std::unique_lock and std::shared_lock.
class TurnLock {
 public:
  void lock() {
    const std::scoped_lock turn(turn_);
    shared_.lock();
  }
  void unlock() { shared_.unlock(); }
  void lock_shared() {
    const std::scoped_lock turn(turn_);
    shared_.lock_shared();
  }
  void unlock_shared() { shared_.unlock_shared(); }

 private:
  std::mutex turn_;
  std::shared_mutex shared_;
};

}  // namespace tubthump::stream
