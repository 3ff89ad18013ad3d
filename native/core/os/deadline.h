// A point in time on CLOCK_MONOTONIC after which waiting ends.
#pragma once

#include <algorithm>
#include <chrono>
#include <climits>

namespace tubthump {

class Deadline {
 public:
  using Clock = std::chrono::steady_clock;

  static Deadline never() { return Deadline(Clock::time_point::max()); }
  static Deadline after(std::chrono::milliseconds span) { return Deadline(Clock::now() + span); }

  /// Milliseconds left in the form that poll(2) takes: -1 for ever, 0 when over.
  [[nodiscard]] int poll_timeout() const {
    if (at_ == Clock::time_point::max()) return -1;
    auto left = std::chrono::ceil<std::chrono::milliseconds>(at_ - Clock::now()).count();
    return static_cast<int>(std::clamp<long long>(left, 0, INT_MAX));
  }
  [[nodiscard]] bool over() const { return poll_timeout() == 0; }

 private:
  explicit Deadline(Clock::time_point at) : at_(at) {}
  Clock::time_point at_;
};

}  // namespace tubthump
