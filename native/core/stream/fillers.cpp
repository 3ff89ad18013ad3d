#include "stream/fillers.h"

#include <sys/eventfd.h>

#include <algorithm>
#include <chrono>

namespace tubthump::stream {

namespace {

/// An event is announced before it can be read, a fork for as long as it copies page tables.
constexpr std::chrono::microseconds kEventComing{50};

}  // namespace

Result<std::unique_ptr<Fillers>> Fillers::create() {
  UniqueFd news(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
  if (!news) return fail_errno(ErrorCode::System, "eventfd");
  return std::unique_ptr<Fillers>(new Fillers(std::move(news)));
}

Fillers::~Fillers() {
  {
    const std::scoped_lock lock(mutex_);
    stopping_ = true;
  }
  added_.notify_all();
  threads_.clear();
}

void Fillers::add(std::shared_ptr<ProcessMemory> process) {
  {
    const std::scoped_lock lock(mutex_);
    unfilled_.push_back(std::move(process));
  }
  added_.notify_all();
}

void Fillers::start(unsigned threads) {
  for (unsigned i = 0; i < threads; i++) threads_.emplace_back([this] { run(); });
}

std::optional<Error> Fillers::failure() {
  const std::scoped_lock lock(mutex_);
  return failure_;
}

bool Fillers::done() {
  const std::scoped_lock lock(mutex_);
  return unfilled_.empty();
}

bool Fillers::step() {
  std::shared_ptr<ProcessMemory> process;
  {
    const std::scoped_lock lock(mutex_);
    if (stopping_ || unfilled_.empty()) return false;
    process = unfilled_.front();
  }
  fill_one(process);
  return true;
}

void Fillers::run() {
  while (const auto process = next())
    if (fill_one(process) == Fill::Later) std::this_thread::sleep_for(kEventComing);
}

Fill Fillers::fill_one(const std::shared_ptr<ProcessMemory>& process) {
  auto filled = process->fill();
  if (!filled) {
    const std::scoped_lock lock(mutex_);
    failure_ = filled.error();
    stopping_ = true;
    tell();
    return Fill::Nothing;
  }
  if (*filled == Fill::Nothing) finished(process);
  return *filled;
}

std::shared_ptr<ProcessMemory> Fillers::next() {
  std::unique_lock lock(mutex_);
  added_.wait(lock, [this] { return stopping_ || !unfilled_.empty(); });
  return stopping_ ? nullptr : unfilled_.front();
}

void Fillers::finished(const std::shared_ptr<ProcessMemory>& process) {
  const std::scoped_lock lock(mutex_);
  // Two of us may find that out.
  if (std::erase(unfilled_, process) > 0 && unfilled_.empty()) tell();
}

/// Under mutex_.
void Fillers::tell() { (void)::eventfd_write(news_.get(), 1); }

}  // namespace tubthump::stream
