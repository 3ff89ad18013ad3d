// What one copy of several is to be: the restore, and what is its own beyond its pids.
#pragma once

#include <string>
#include <vector>

#include "clone/cgroup.h"
#include "restore/restore.h"

namespace tubthump::clone {

/// An address of the copy's own: a pair of virtual devices, one end in its network namespace.
struct Address {
  std::string ip;      ///< IPv4 or IPv6, as inet_pton(3) takes it.
  int prefix = 32;     ///< Bits of its network.
  std::string bridge;  ///< Existing bridge that our end is put on; empty: a route to it is made.
};

struct Spec {
  restore::RestoreOptions restore;  ///< `stdio` are numbers in our table.
  int image = -1;  ///< Descriptor that `restore.images` goes through, if it does: /proc/self/fd/N.
  /// CLONE_NEWNET, _NEWUTS, _NEWIPC, _NEWCGROUP: those it has beside pids and mounts, which it
  /// always has.
  int namespaces = 0;
  /// Mounts of the host stay out of sight; otherwise they appear in the copy (not the other way).
  bool private_mounts = false;
  std::string hostname;        ///< Empty: as it is.
  std::string shared_network;  ///< Path of a network namespace to join, as ip-netns(8) makes them.
  Address address;             ///< Without an ip: none.
  std::string cgroup;          ///< Path of its cgroup; empty: the one of the caller.
  std::vector<Limit> limits;   ///< Of that cgroup.
};

}  // namespace tubthump::clone
