#include "handover/handover.h"

#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "faults/exact.h"
#include "faults/prefault.h"
#include "handover/channel.h"
#include "handover/stdio.h"
#include "process/oom_victim.h"
#include "process/own_session.h"
#include "process/spawn.h"

namespace tubthump::handover {

namespace {

/// sysexits.h's EX_SOFTWARE.
constexpr int kOrphanedCopy = 70;

Result<ino_t> inode_of(int fd) {
  struct stat info;
  if (::fstat(fd, &info) < 0) return fail_errno(ErrorCode::System, "stat the channel");
  return info.st_ino;
}

/// Whether a socket that is not of `inode` stands there now.
bool is_another(int channel, ino_t inode) {
  const auto now = inode_of(channel);
  return now && *now != inode;
}

/// What the agent keeps, in the order in which it goes and comes back.
std::vector<int> kept(const Peer& peer) {
  std::vector<int> numbers(kStdio.begin(), kStdio.end());
  numbers.insert(numbers.end(), peer.parked.begin(), peer.parked.end());
  return numbers;
}

/// A channel of our own, with an agent at the other end that is not our child.
Result<UniqueFd> open_agent(const std::string& path) {
  // Orphans become children of pid 1, and CRIU must not be in the tree that it dumps.
  if (::getpid() == 1)
    return fail(ErrorCode::System, "pid 1 cannot dump itself: start it with `tubthump run --`");
  if (auto session = process::ensure_own_session(); !session)
    return std::unexpected(session.error());
  auto channel = open_channel();
  if (!channel) return std::unexpected(channel.error());
  process::SpawnOptions options;
  options.argv = {path, "dump-agent", "3"};
  options.fds = {{channel->theirs.get(), 3}};
  options.detached = true;
  options.new_session = true;
  auto agent = process::spawn(options);
  if (!agent) return std::unexpected(agent.error());
  return std::move(channel->ours);
}

Result<void> send_request(int channel, ino_t inode, std::string_view request_json,
                          const Peer& peer) {
  const std::vector<int> numbers = kept(peer);
  std::string about_us = "{\"pid\":" + std::to_string(::getpid()) +
                         ",\"inode\":" + std::to_string(inode) + ",\"heap\":[";
  for (const bake::HeapRange& range : peer.heap)
    about_us += (&range == peer.heap.data() ? "{\"start\":" : ",{\"start\":") +
                std::to_string(range.start) + ",\"size\":" + std::to_string(range.size) + "}";
  about_us += "]}";
  if (auto sent = send_frame(channel, request_json, {}, Deadline::never()); !sent) return sent;
  if (auto sent = send_frame(channel, about_us, numbers, Deadline::never()); !sent) return sent;
  // From here on they are in the peer's hands.
  if (auto parked = park(numbers); !parked) return parked;
  // The go-ahead: our descriptors are final.
  return send_frame(channel, "{}", {}, Deadline::never());
}

/// Stdio, and a list of pages that we will touch: beside what goes on, while they are not yet.
constexpr size_t kWithList = 4;

/// Stdio, and what a recorder of working sets (record/) puts behind it: a socket, and the file of
/// which it wants to know the pages that we touch.
constexpr size_t kWithWatch = 5;

void be_watched(int recorder, int file) {
  auto faults = faults::fault_exactly(file);
  std::vector<int> sent;
  if (faults) sent.push_back(faults->get());
  // The recorder knows what to do without a descriptor; when it is gone, nobody watches.
  (void)send_frame(recorder, faults ? "" : faults.error().message, sent, Deadline::never());
}

}  // namespace

Result<Answer> hand_over(std::string_view request_json, const Peer& peer) {
  UniqueFd own;
  if (peer.channel < 0) {
    auto opened = open_agent(peer.agent);
    if (!opened) return std::unexpected(opened.error());
    own = std::move(*opened);
  }
  const int channel = own ? own.get() : peer.channel;
  auto inode = inode_of(channel);
  if (!inode) return std::unexpected(inode.error());
  const process::OomVictim victim;  // Also in every copy, until this call returns.
  if (auto sent = send_request(channel, *inode, request_json, peer); !sent)
    return std::unexpected(sent.error());

  // ---- a dump happens here, and every restored copy starts here ----
  auto frame = receive_frame(channel, Deadline::never());
  // A parked copy, which has time: pages that it will touch, before the frame that wakes it.
  while (frame && frame->fds.size() == 1) {
    faults::prefault(frame->fds[0].get());
    (void)send_frame(channel, "", {}, Deadline::never());
    frame = receive_frame(channel, Deadline::never());
  }
  if (!frame) {
    // A copy whose launcher died before it said who the copy is. It must not go on with its
    // siblings' identity.
    if (is_another(channel, *inode)) ::_exit(kOrphanedCopy);
    return std::unexpected(frame.error());
  }
  // A restore has put another socket there; only stdio comes over that one.
  const bool is_copy = is_another(channel, *inode);
  const std::vector<int> numbers =
      is_copy ? std::vector<int>(kStdio.begin(), kStdio.end()) : kept(peer);
  if (auto adopted = adopt(numbers, frame->fds); !adopted) return std::unexpected(adopted.error());
  if (is_copy && frame->fds.size() == kWithList)
    std::thread([list = std::move(frame->fds[3])] { faults::prefault(list.get()); }).detach();
  if (is_copy && frame->fds.size() == kWithWatch)
    be_watched(frame->fds[3].get(), frame->fds[4].get());
  return Answer{std::move(frame->json)};
}

}  // namespace tubthump::handover
