#include "faults/log.h"

#include <linux/perf_event.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cstring>
#include <utility>

#include "os/unique_fd.h"

namespace tubthump::faults {

namespace {

constexpr uint64_t kPage = 4096;
/// Of samples, a power of two of pages; one more page is the kernel's header.
constexpr size_t kRing = 64 * kPage;
constexpr size_t kMapping = kRing + kPage;

/// What PERF_SAMPLE_TIME | PERF_SAMPLE_ADDR puts behind the header, in this order.
struct Sample {
  uint64_t time;
  uint64_t address;
};

}  // namespace

/// One event and its ring, which nobody empties: when it is full, no more is written.
class FaultLog::Thread {
 public:
  Thread(UniqueFd event, void* mapping) : event_(std::move(event)), mapping_(mapping) {}
  Thread(const Thread&) = delete;
  Thread& operator=(const Thread&) = delete;
  ~Thread() { ::munmap(mapping_, kMapping); }

  void collect(std::vector<Sample>& samples) const {
    auto* header = static_cast<perf_event_mmap_page*>(mapping_);
    const char* ring = static_cast<const char*>(mapping_) + header->data_offset;
    const uint64_t head = std::atomic_ref(header->data_head).load(std::memory_order_acquire);
    perf_event_header record;
    for (uint64_t at = 0; at + sizeof record <= std::min<uint64_t>(head, kRing);) {
      std::memcpy(&record, ring + at, sizeof record);
      if (record.size < sizeof record) return;
      if (record.type == PERF_RECORD_SAMPLE && at + sizeof record + sizeof(Sample) <= kRing) {
        Sample sample;
        std::memcpy(&sample, ring + at + sizeof record, sizeof sample);
        samples.push_back(sample);
      }
      at += record.size;
    }
  }

 private:
  UniqueFd event_;
  void* mapping_;
};

Result<FaultLog> FaultLog::open(const std::vector<pid_t>& threads) {
  perf_event_attr attributes{};
  attributes.type = PERF_TYPE_SOFTWARE;
  attributes.size = sizeof attributes;
  attributes.config = PERF_COUNT_SW_PAGE_FAULTS;
  attributes.sample_period = 1;
  attributes.sample_type = PERF_SAMPLE_TIME | PERF_SAMPLE_ADDR;
  std::vector<std::unique_ptr<Thread>> opened;
  for (const pid_t thread : threads) {
    UniqueFd event(static_cast<int>(
        ::syscall(SYS_perf_event_open, &attributes, thread, -1, -1, PERF_FLAG_FD_CLOEXEC)));
    if (!event) return fail_errno(ErrorCode::System, "perf_event_open");
    void* mapping = ::mmap(nullptr, kMapping, PROT_READ | PROT_WRITE, MAP_SHARED, event.get(), 0);
    if (mapping == MAP_FAILED) return fail_errno(ErrorCode::System, "map a perf event");
    opened.push_back(std::make_unique<Thread>(std::move(event), mapping));
  }
  return FaultLog(std::move(opened));
}

FaultLog::FaultLog(std::vector<std::unique_ptr<Thread>> threads) : threads_(std::move(threads)) {}
FaultLog::FaultLog(FaultLog&&) noexcept = default;
FaultLog::~FaultLog() = default;

std::unordered_map<uint64_t, size_t> FaultLog::ranks() const {
  std::vector<Sample> samples;
  for (const auto& thread : threads_) thread->collect(samples);
  std::ranges::stable_sort(samples, {}, &Sample::time);
  std::unordered_map<uint64_t, size_t> ranks;
  for (const Sample& sample : samples)
    ranks.try_emplace(sample.address / kPage * kPage, ranks.size());
  return ranks;
}

}  // namespace tubthump::faults
