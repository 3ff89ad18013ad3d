// rtnetlink(7), as far as an address for a copy takes it: one request, one acknowledgement.
//
//   auto links = Netlink::open();
//   Result<void> made = links->add_pair("tub0a1b2c3d", "eth0", namespace_of_the_host);
#pragma once

#include <string>

#include "error/error.h"
#include "os/unique_fd.h"

namespace tubthump::clone {

class NetlinkMessage;

/// Acts in the network namespace in which it was opened, whoever uses it.
class Netlink {
 public:
  /// Errors: System.
  static Result<Netlink> open();

  [[nodiscard]] int fd() const { return socket_.get(); }

  /// A veth(4) pair: `inner` here, `outer` in the namespace that `outer_namespace` refers to. Both
  /// are gone when either namespace is.
  [[nodiscard]] Result<void> add_pair(const std::string& inner, const std::string& outer,
                                      int outer_namespace) const;
  /// Of a pair the other end goes too, with its routes.
  [[nodiscard]] Result<void> remove(const std::string& device) const;
  [[nodiscard]] Result<void> set_up(const std::string& device) const;
  /// Puts a device on a bridge.
  [[nodiscard]] Result<void> set_master(const std::string& device, const std::string& bridge) const;
  [[nodiscard]] Result<void> add_address(const std::string& device, const std::string& ip,
                                         int prefix) const;
  /// To one host on the link of the device; fails when there is a route to it already.
  [[nodiscard]] Result<void> add_host_route(const std::string& device, const std::string& ip) const;
  [[nodiscard]] Result<void> add_default_route(const std::string& device,
                                               const std::string& gateway) const;

 private:
  explicit Netlink(UniqueFd socket) : socket_(std::move(socket)) {}
  /// Errors: System with the kernel's errno.
  Result<void> perform(NetlinkMessage& message, const std::string& what) const;
  [[nodiscard]] Result<int> index_of(const std::string& device) const;
  /// To `target`, or to everything by way of `gateway`: one of them is empty.
  [[nodiscard]] Result<void> add_route(const std::string& device, const std::string& target,
                                       const std::string& gateway) const;

  UniqueFd socket_;
};

}  // namespace tubthump::clone
