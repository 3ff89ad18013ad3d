// One sample: starts a command and prints the nanoseconds until it answers 200 over HTTP.
//
//   first_answer --port N [--path /] [--run DIR] [--channel FILE] [--service PID] -- COMMAND...
//
//   --run DIR       DIR is put over /run in a private mount namespace, before the clock starts
//   --channel FILE  the command gets a socket as descriptor 3 from which it can read FILE
//   --service PID   the process that answers, when it is not the command itself
//
// The clock runs from just before the spawn to the first bytes of the answer. A JavaScript poller
// would add milliseconds of its own. The service is killed and its port is free when this ends.
// Exit status: 0 measured, 1 not.
#include <arpa/inet.h>
#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <spawn.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <thread>

namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::microseconds;

/// Short against what is measured; long enough to leave the processor to the service.
constexpr microseconds kPollEvery{100};
constexpr std::chrono::seconds kLimit{60};

[[noreturn]] void give_up(const std::string& what, int error = errno) {
  std::fprintf(stderr, "first_answer: %s%s%s\n", what.c_str(), error ? ": " : "",
               error ? std::strerror(error) : "");
  std::exit(1);
}

struct Options {
  uint16_t port = 0;
  std::string path = "/";
  std::string run;
  std::string channel;
  pid_t service = 0;
  char** command = nullptr;
};

Options parse(int argc, char** argv) {
  Options options;
  int i = 1;
  for (; i + 1 < argc && std::string_view(argv[i]) != "--"; i += 2) {
    const std::string_view name = argv[i];
    const char* value = argv[i + 1];
    if (name == "--port")
      options.port = static_cast<uint16_t>(std::atoi(value));
    else if (name == "--path")
      options.path = value;
    else if (name == "--run")
      options.run = value;
    else if (name == "--channel")
      options.channel = value;
    else if (name == "--service")
      options.service = std::atoi(value);
    else
      give_up("unknown option " + std::string(name), 0);
  }
  if (!options.port || i + 1 >= argc) give_up("--port and a command after -- are needed", 0);
  options.command = argv + i + 1;
  return options;
}

void replace_run(const std::string& directory) {
  if (::unshare(CLONE_NEWNS) < 0 ||
      ::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) < 0 ||
      ::mount(directory.c_str(), "/run", nullptr, MS_BIND, nullptr) < 0)
    give_up("put " + directory + " over /run");
}

/// A socket from which FILE can be read; its other end stays open, without CLOEXEC trouble for us.
int open_channel(const std::string& file) {
  std::ifstream in(file, std::ios::binary);
  const std::string bytes(std::istreambuf_iterator<char>(in), {});
  int ends[2];
  if (!in || ::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) < 0 ||
      ::send(ends[0], bytes.data(), bytes.size(), 0) != static_cast<ssize_t>(bytes.size()))
    give_up("channel from " + file);
  return ends[1];
}

pid_t start(char** command, int channel) {
  posix_spawn_file_actions_t actions;
  ::posix_spawn_file_actions_init(&actions);
  ::posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
  ::posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
  if (channel >= 0) ::posix_spawn_file_actions_adddup2(&actions, channel, 3);
  pid_t pid;
  const int error = ::posix_spawnp(&pid, command[0], &actions, nullptr, command, environ);
  if (error) give_up(std::string("start ") + command[0], error);
  return pid;
}

/// True when somebody accepts connections; then `answered` tells whether he said 200.
bool ask(const Options& options, bool& answered) {
  const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(options.port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  const bool connected =
      ::connect(socket, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
  if (connected) {
    const std::string request = "GET " + options.path +
                                " HTTP/1.1\r\nHost: 127.0.0.1\r\n"
                                "Connection: close\r\n\r\n";
    ::send(socket, request.data(), request.size(), MSG_NOSIGNAL);
    constexpr std::string_view kExpected = "HTTP/1.1 200";
    char start[kExpected.size()];
    pollfd entry{socket, POLLIN, 0};
    // A socket that listens before its service runs keeps us waiting here, as it does any client.
    answered = ::poll(&entry, 1, static_cast<int>(kLimit / std::chrono::milliseconds(1))) > 0 &&
               ::recv(socket, start, sizeof start, MSG_WAITALL) == sizeof start &&
               std::string_view(start, sizeof start) == kExpected;
  }
  ::close(socket);
  return connected;
}

}  // namespace

int main(int argc, char** argv) {
  const Options options = parse(argc, argv);
  bool answered = false;
  if (ask(options, answered)) give_up("the port is taken", 0);
  if (!options.run.empty()) replace_run(options.run);
  const int channel = options.channel.empty() ? -1 : open_channel(options.channel);
  ::prctl(PR_SET_TIMERSLACK, 1);  // The default of 50 us would be half of the interval.

  const auto begin = Clock::now();
  const pid_t child = start(options.command, channel);
  bool alive = true;
  while (!answered && alive && Clock::now() - begin < kLimit) {
    ask(options, answered);
    if (answered) break;
    std::this_thread::sleep_for(kPollEvery);
    alive = ::waitpid(child, nullptr, WNOHANG) == 0;
  }
  const auto end = Clock::now();

  if (alive) {
    // CRIU and our launcher wait for the service and end with it.
    ::kill(options.service && answered ? options.service : child, SIGKILL);
    ::waitpid(child, nullptr, 0);
  }
  if (!answered) give_up(alive ? "no answer in time" : "the command ended before it answered", 0);
  std::printf("%lld\n", static_cast<long long>(std::chrono::nanoseconds(end - begin).count()));
  return 0;
}
