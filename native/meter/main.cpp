// One sample of a benchmark: starts a command, or several copies of it at once, and prints what was
// measured as one line of JSON:
//   {"cpuMs":12.3,"copies":[{"begin":ns,"answered":ns,"privateKb":…,"proportionalKb":…,
//     "latenciesUs":[…],"gcMs":…,"requestsPerSecond":…}]}
// A JavaScript poller would add milliseconds of its own. It is no part of the launcher, because the
// launcher is among what is measured: a page of it that we had in memory would be warm.
// Exit status: 0 measured, 1 not, 64 wrong options.
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <thread>
#include <vector>

#include "meter/cgroup.h"
#include "meter/copy.h"
#include "meter/line.h"
#include "meter/options.h"
#include "meter/page_cache.h"
#include "meter/sandbox.h"

namespace {

using namespace tubthump;
using namespace tubthump::meter;

int complain(const Error& error) {
  std::fprintf(stderr, "tubthump-meter: %s\n", error.message.c_str());
  return exit_status_of(error.code) == 64 ? 64 : 1;
}

/// A copy's process as the meter sees it; killed and reaped with all that it started.
class Player {
 public:
  static Result<Player> start(const Options& options, const Cgroup* cgroup) {
    auto ends = Line::pair();
    if (!ends) return std::unexpected(ends.error());
    auto pid = fork_sandboxed(options);
    if (!pid) return std::unexpected(pid.error());
    if (*pid == 0) {
      { Line closed = std::move(ends->first); }
      play_copy(options, cgroup, std::move(ends->second));
    }
    return Player(*pid, std::move(ends->first));
  }
  Player(Player&& other) noexcept
      : pid_(std::exchange(other.pid_, 0)), line_(std::move(other.line_)) {}
  Player& operator=(Player&&) = delete;
  ~Player() {
    if (pid_ == 0) return;
    ::kill(pid_, SIGKILL);
    ::waitpid(pid_, nullptr, 0);
  }
  Line& line() { return line_; }

 private:
  Player(pid_t pid, Line line) : pid_(pid), line_(std::move(line)) {}
  pid_t pid_;
  Line line_;
};

/// Appends what every copy reports to its own text. Errors: of the first that failed.
Result<void> gather(std::vector<Player>& players, std::vector<std::string>& texts) {
  for (size_t i = 0; i < players.size(); i++) {
    auto report = players[i].line().await_report();
    if (!report) return std::unexpected(report.error());
    if (!texts[i].empty()) texts[i] += ',';
    texts[i] += *report;
  }
  return {};
}

Result<void> phase(std::vector<Player>& players, std::vector<std::string>& texts) {
  for (auto& player : players)
    if (auto told = player.line().go(); !told) return told;
  return gather(players, texts);
}

/// What the options want to happen right before the start.
Result<void> settle_machine(const Options& options) {
  if (options.drop_caches)
    if (auto dropped = drop_all(); !dropped) return dropped;
  if (!options.evict.empty())
    if (auto evicted = evict(options.evict); !evicted) return evicted;
  std::this_thread::sleep_for(std::chrono::duration<double>(options.pause));
  return {};
}

Result<std::string> measure(const Options& options) {
  const auto cgroup = Cgroup::make();
  std::vector<Player> players;
  for (int i = 0; i < options.copies; i++) {
    auto player = Player::start(options, cgroup ? &*cgroup : nullptr);
    if (!player) return std::unexpected(player.error());
    players.push_back(std::move(*player));
  }
  std::vector<std::string> texts(players.size());
  std::string cpu = "null";
  if (auto ready = gather(players, texts); !ready) return std::unexpected(ready.error());
  if (auto settled = settle_machine(options); !settled) return std::unexpected(settled.error());
  if (auto answered = phase(players, texts); !answered) return std::unexpected(answered.error());
  if (const auto used = cgroup ? cgroup->used() : std::nullopt)
    cpu = std::to_string(std::chrono::duration<double, std::milli>(*used).count());
  if (auto weighed = phase(players, texts); !weighed) return std::unexpected(weighed.error());
  if (auto served = phase(players, texts); !served) return std::unexpected(served.error());
  std::string list;
  for (const auto& text : texts) list += (list.empty() ? "{" : ",{") + text + "}";
  return "{\"cpuMs\":" + cpu + ",\"copies\":[" + list + "]}";
}

}  // namespace

int main(int argc, char** argv) {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);  // And all that was started with us.
  if (argc == 2 && std::string_view(argv[1]) == "--help") return std::fputs(kUsage, stdout) < 0;
  const auto options = parse(argc, argv);
  if (!options) return complain(options.error());
  const auto measured = measure(*options);
  if (!measured) return complain(measured.error());
  return std::puts(measured->c_str()) < 0;
}
