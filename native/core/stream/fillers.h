// Copying what nobody has asked for yet: in steps by the thread that answers faults, as long as
// none is waiting, and by more threads where there are processors for them.
#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "os/unique_fd.h"
#include "stream/process_memory.h"

namespace tubthump::stream {

/// Processes are filled one after another, in the order in which they were added: a child of the
/// service comes after the service, and has executed another program by then, most likely.
class Fillers {
 public:
  /// Errors: System.
  static Result<std::unique_ptr<Fillers>> create();
  ~Fillers();  ///< Waits for each thread to finish its chunk.

  void add(std::shared_ptr<ProcessMemory> process);
  void start(unsigned threads);

  /// Fills one chunk in the calling thread. Returns whether there may be more to do.
  bool step();

  /// Readable when there is news: nothing is left to do, or something failed.
  [[nodiscard]] int news() const { return news_.get(); }
  [[nodiscard]] std::optional<Error> failure();
  [[nodiscard]] bool done();

 private:
  explicit Fillers(UniqueFd news) : news_(std::move(news)) {}
  void run();
  Fill fill_one(const std::shared_ptr<ProcessMemory>& process);
  std::shared_ptr<ProcessMemory> next();
  void finished(const std::shared_ptr<ProcessMemory>& process);
  void tell();

  UniqueFd news_;  ///< eventfd
  std::mutex mutex_;
  std::condition_variable added_;
  std::vector<std::shared_ptr<ProcessMemory>> unfilled_;
  std::optional<Error> failure_;
  bool stopping_ = false;
  std::vector<std::jthread> threads_;
};

}  // namespace tubthump::stream
