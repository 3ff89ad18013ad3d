#include "encryption/key_source.h"

#include <fcntl.h>
#include <poll.h>
#include <sodium.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <sstream>
#include <vector>

#include "os/deadline.h"
#include "os/unique_fd.h"
#include "process/spawn.h"

namespace tubthump::encryption {

namespace {

/// More than any form of a key with white space around it.
using Text = SecretBytes<512>;

std::unexpected<Error> no_key(const std::string& message) { return fail(ErrorCode::Key, message); }

Result<Key> read_file(const std::string& path) {
  UniqueFd file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (!file) return fail_errno(ErrorCode::Key, "key file " + path);
  struct stat info;
  if (::fstat(file.get(), &info) < 0) return fail_errno(ErrorCode::Key, "key file " + path);
  if (!S_ISREG(info.st_mode)) return no_key("key file " + path + " is no regular file");
  if (info.st_uid != 0 && info.st_uid != ::geteuid())
    return no_key("key file " + path + " belongs to user " + std::to_string(info.st_uid));
  if (info.st_mode & (S_IRWXG | S_IRWXO))
    return no_key("key file " + path + " can be read or written by others: chmod 600 it");
  Text text;
  const ssize_t got = ::read(file.get(), text.data(), text.view().size());
  if (got < 0) return fail_errno(ErrorCode::Key, "key file " + path);
  return Key::parse({reinterpret_cast<const char*>(text.data()), static_cast<size_t>(got)},
                    "key file " + path);
}

/// As execvp(3) looks for it.
std::string find_program(const std::string& name) {
  if (name.find('/') != std::string::npos) return name;
  const char* path = std::getenv("PATH");
  std::istringstream directories(path ? path : "/usr/bin:/bin");
  for (std::string directory; std::getline(directories, directory, ':');)
    if (const std::string file = directory + "/" + name; ::access(file.c_str(), X_OK) == 0)
      return file;
  return name;
}

std::vector<std::string> words_of(const std::string& command) {
  std::istringstream stream(command);
  std::vector<std::string> words;
  for (std::string word; stream >> word;) words.push_back(word);
  return words;
}

/// A program in a session of its own, which ends, with all of its session, before we go on.
class Program {
 public:
  explicit Program(pid_t pid) : pid_(pid) {}
  Program(const Program&) = delete;
  Program& operator=(const Program&) = delete;
  ~Program() {
    if (pid_ > 0) (void)end();
  }
  /// Its wait(2) status.
  int end() {
    ::kill(-pid_, SIGKILL);
    return reap();
  }
  int reap() {
    int status = 0;
    while (::waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
    }
    pid_ = 0;
    return status;
  }
  /// Whether it has ended by itself before the deadline.
  [[nodiscard]] bool ends(const Deadline& deadline) const {
    siginfo_t info{};
    for (;;) {
      if (::waitid(P_PID, static_cast<id_t>(pid_), &info, WEXITED | WNOWAIT | WNOHANG) == 0 &&
          info.si_pid == pid_)
        return true;
      if (deadline.over()) return false;
      ::poll(nullptr, 0, 1);
    }
  }

 private:
  pid_t pid_;
};

/// Up to the end of what it prints, or until `text` is full. -1 when that does not come in time.
ssize_t read_output(int output, Text& text, const Deadline& deadline) {
  size_t size = 0;
  for (;;) {
    pollfd entry{output, POLLIN, 0};
    const int ready = ::poll(&entry, 1, deadline.poll_timeout());
    if (ready < 0 && errno == EINTR) continue;
    if (ready <= 0) return -1;
    const ssize_t got = ::read(output, text.data() + size, text.view().size() - size);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return -1;
    if (got == 0) return static_cast<ssize_t>(size);
    size += static_cast<size_t>(got);
    if (size == text.view().size()) return static_cast<ssize_t>(size);
  }
}

Result<Key> ask_program(const std::string& command, std::chrono::milliseconds limit) {
  const Deadline deadline = Deadline::after(limit);
  process::SpawnOptions options;
  options.argv = words_of(command);
  if (options.argv.empty()) return no_key("the key command is empty");
  // Arguments may hold what is nobody's business: only the program is named.
  const std::string name = "key command " + options.argv[0];
  options.argv[0] = find_program(options.argv[0]);
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) < 0) return fail_errno(ErrorCode::System, "pipe");
  UniqueFd output(ends[0]), input(ends[1]);
  UniqueFd nothing(::open("/dev/null", O_RDONLY | O_CLOEXEC));
  options.fds = {{nothing.get(), 0}, {input.get(), 1}};
  options.new_session = true;
  options.ends_with_us = true;
  auto pid = process::spawn(options);
  if (!pid) return no_key(name + ": " + pid.error().message);
  Program program(*pid);
  input.reset();
  Text text;
  const ssize_t got = read_output(output.get(), text, deadline);
  if (got == static_cast<ssize_t>(text.view().size()))
    return no_key(name + " prints more than a key");
  if (got < 0 || !program.ends(deadline))
    return no_key(name + " gave no key within " + std::to_string(limit.count()) + " ms");
  const int status = program.end();
  if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
    return no_key(name + (WIFEXITED(status)
                              ? " ended with status " + std::to_string(WEXITSTATUS(status))
                              : " was ended by signal " + std::to_string(WTERMSIG(status))));
  return Key::parse({reinterpret_cast<const char*>(text.data()), static_cast<size_t>(got)}, name);
}

}  // namespace

Result<Key> read_key(const KeySource& source, std::chrono::milliseconds limit) {
  if (!source.file.empty() && !source.command.empty())
    return fail(ErrorCode::Usage, "a key comes from a file or from a command: give one of them");
  // Chooses the implementations that are fastest on this processor.
  if (::sodium_init() < 0) return fail(ErrorCode::System, "libsodium cannot be initialised");
  return source.file.empty() ? ask_program(source.command, limit) : read_file(source.file);
}

}  // namespace tubthump::encryption
