#include "stream/process_memory.h"

#include <algorithm>
#include <array>
#include <mutex>
#include <utility>

#include "criu_image/pagemap.h"

namespace tubthump::stream {

namespace {

using criu_image::kPageSize;

/// What a filler copies in one go: see kAroundFault.
constexpr uint64_t kFillSize = 32 << 10;
constexpr uint64_t kAroundHole = 64 << 10;
constexpr size_t kMessages = 32;

/// Where sources may put a chunk.
std::span<std::byte> buffer_of_this_thread(uint64_t size) {
  alignas(64) thread_local std::array<std::byte, kFillSize> buffer;
  return std::span(buffer).first(size);
}

}  // namespace

ProcessMemory::ProcessMemory(LazyMemory memory, UniqueFd userfaultfd, uint64_t around_fault)
    : pid_(memory.pid),
      around_fault_(around_fault),
      userfault_(std::move(userfaultfd)),
      pages_(std::move(memory.pages)),
      first_(std::move(memory.first)),
      empty_(std::move(memory.empty)),
      owed_(std::move(memory.owed)) {}

/// A child after fork(2): it lacks what its parent lacked. The parent's events_ are held alone.
ProcessMemory::ProcessMemory(const ProcessMemory& parent, UniqueFd userfaultfd)
    : pid_(parent.pid_),
      around_fault_(parent.around_fault_),
      userfault_(std::move(userfaultfd)),
      pages_(parent.pages_),
      last_fault_(parent.last_fault_.load()),
      owed_(parent.owed_) {}

void ProcessMemory::start() {
  for (const PageRange& vma : empty_) userfault_.forget(vma.start, vma.end - vma.start);
  empty_.clear();
}

Result<ProcessMemory::Served> ProcessMemory::serve() {
  const std::unique_lock alone(events_);
  Served served;
  if (auto read = read_events(served); !read) return std::unexpected(read.error());
  for (size_t i = 0; i < unanswered_.size();) {
    auto answered = answer(unanswered_[i]);
    if (!answered) return std::unexpected(answered.error());
    if (*answered) {
      unanswered_.erase(unanswered_.begin() + static_cast<long>(i));
      continue;
    }
    // An event is on its way: whatever it is, it comes first.
    const size_t known = unanswered_.size();
    if (auto read = read_events(served); !read) return std::unexpected(read.error());
    if (unanswered_.size() == known) i++;
  }
  served.later = !unanswered_.empty() && !gone_;
  return served;
}

Result<void> ProcessMemory::read_events(Served& served) {
  for (;;) {
    auto messages = userfault_.read(kMessages);
    if (!messages) return std::unexpected(messages.error());
    for (const uffd_msg& message : *messages) {
      if (message.event == UFFD_EVENT_PAGEFAULT)
        unanswered_.push_back(message.arg.pagefault.address & ~(kPageSize - 1));
      else
        apply(message, served);
    }
    if (messages->size() < kMessages) return {};
  }
}

void ProcessMemory::apply(const uffd_msg& event, Served& served) {
  const std::scoped_lock owed(owed_mutex_);
  switch (event.event) {
    case UFFD_EVENT_FORK:
      served.forks.push_back(std::unique_ptr<ProcessMemory>(
          new ProcessMemory(*this, UniqueFd(static_cast<int>(event.arg.fork.ufd)))));
      break;
    case UFFD_EVENT_REMAP: {
      const auto& remap = event.arg.remap;
      owed_.move(remap.from, remap.to, remap.len);
      // Who waits for a page that was moved away finds out what is there now.
      userfault_.wake(remap.from, remap.len);
      break;
    }
    case UFFD_EVENT_REMOVE:
    case UFFD_EVENT_UNMAP: {
      const auto& range = event.arg.remove;
      owed_.remove(range.start, range.end);
      if (event.event == UFFD_EVENT_UNMAP) userfault_.wake(range.start, range.end - range.start);
      break;
    }
    default:
      break;  // No other was asked for.
  }
}

/// Returns false when an event has to be read first. Holds events_ alone: no filler is at work, so
/// a page that is not owed is there, or is none of the image's.
Result<bool> ProcessMemory::answer(uint64_t address) {
  std::optional<Chunk> chunk;
  {
    const std::scoped_lock owed(owed_mutex_);
    chunk = owed_.take_at(address, around_fault_);
  }
  if (!chunk) return answer_hole(address);
  last_fault_.store(chunk->end(), std::memory_order_relaxed);
  // The page alone: who waits for it goes on while its neighbours come.
  auto placed = place({chunk->address, chunk->offset, kPageSize});
  if (placed && placed->outcome == PlaceOutcome::Done && chunk->size > kPageSize) {
    placed = place({address + kPageSize, chunk->offset + kPageSize, chunk->size - kPageSize});
    if (placed) placed->bytes += kPageSize;
  }
  if (!placed) return std::unexpected(placed.error());
  if (placed->outcome == PlaceOutcome::Changing) {
    const std::scoped_lock owed(owed_mutex_);
    give_back(*chunk, placed->bytes);
    if (placed->bytes == 0) return false;
  }
  // Pages that were there already wake nobody by themselves.
  userfault_.wake(address, kPageSize);
  faults_.fetch_add(1, std::memory_order_relaxed);
  return true;
}

bool ProcessMemory::answer_hole(uint64_t address) {
  uint64_t end;
  {
    const std::scoped_lock owed(owed_mutex_);
    end = owed_.next_after(address, address + kAroundHole);
  }
  // Neighbours are likely to be wanted next; where the mapping ends before that, the page alone.
  Placement placed = userfault_.zero(address, end - address);
  if (placed.bytes == 0 && placed.outcome != PlaceOutcome::Changing)
    placed = userfault_.zero(address, kPageSize);
  if (placed.outcome == PlaceOutcome::Gone) gone_ = true;
  if (placed.bytes == 0 && placed.outcome == PlaceOutcome::Changing) return false;
  if (placed.bytes == 0) userfault_.wake(address, kPageSize);
  faults_.fetch_add(1, std::memory_order_relaxed);
  return true;
}

Result<ProcessMemory::Placed> ProcessMemory::place(const Chunk& chunk) {
  auto bytes = pages_->read(chunk.offset, buffer_of_this_thread(chunk.size));
  if (!bytes) return std::unexpected(bytes.error());
  Placed placed;
  uint64_t step = chunk.size;
  while (placed.bytes < chunk.size) {
    const uint64_t size = std::min(step, chunk.size - placed.bytes);
    const Placement copied =
        userfault_.copy(chunk.address + placed.bytes, bytes->data() + placed.bytes, size);
    placed.bytes += copied.bytes;
    // A part is done: the next call says what stopped it.
    if (copied.bytes > 0) continue;
    switch (copied.outcome) {
      case PlaceOutcome::Done:
        break;
      case PlaceOutcome::Exists:
        placed.bytes += kPageSize;
        break;
      case PlaceOutcome::Unmapped:
        // Protections have changed and cut the mapping in two, or the page is gone.
        if (size == kPageSize) placed.bytes += kPageSize;
        step = std::max(kPageSize, size / 2 / kPageSize * kPageSize);
        break;
      case PlaceOutcome::Changing:
        placed.outcome = PlaceOutcome::Changing;
        return placed;
      case PlaceOutcome::Gone:
        gone_ = true;
        placed.bytes = chunk.size;
        return placed;
      case PlaceOutcome::Failed:
        return fail_errno(ErrorCode::PageServer, "place pages", copied.sys_errno);
    }
  }
  return placed;
}

/// Under owed_mutex_.
std::optional<Chunk> ProcessMemory::next_chunk() {
  while (next_first_ < first_.size()) {
    const PageRange& range = first_[next_first_];
    if (auto chunk = owed_.take_first(range.start, range.end, kFillSize)) return chunk;
    next_first_++;
  }
  return owed_.take_nearest(last_fault_.load(std::memory_order_relaxed), kFillSize);
}

Result<Fill> ProcessMemory::fill() {
  if (gone_) return Fill::Nothing;
  const std::shared_lock together(events_);
  std::optional<Chunk> chunk;
  {
    const std::scoped_lock owed(owed_mutex_);
    chunk = next_chunk();
    // What another filler has in hand may come back.
    if (!chunk) return in_hand_ > 0 ? Fill::Later : Fill::Nothing;
    in_hand_++;
  }
  auto placed = place(*chunk);
  const std::scoped_lock owed(owed_mutex_);
  in_hand_--;
  // Also what could not be read: the server may answer a fault there before it hears of it, and
  // what is not owed is zeroes.
  give_back(*chunk, placed ? placed->bytes : 0);
  if (!placed) return std::unexpected(placed.error());
  return placed->outcome == PlaceOutcome::Changing ? Fill::Later : Fill::Progress;
}

/// Under owed_mutex_.
void ProcessMemory::give_back(const Chunk& chunk, uint64_t placed) {
  owed_.add({chunk.address + placed, chunk.offset + placed, chunk.size - placed});
}

}  // namespace tubthump::stream
