// The network of a copy that has one of its own: loopback, and a device with its address.
//
// The device's other end is in our namespace, on a bridge of the administrator's or with a route of
// its own. Nothing has to be removed: devices and routes go with the copy's namespace, however it
// ends.
#pragma once

#include "clone/netlink.h"
#include "clone/spec.h"

namespace tubthump::clone {

/// What reaches out of a copy's namespace; opened before it exists.
struct Outside {
  Netlink links;
  UniqueFd network;  ///< Our network namespace.
};

/// Errors: System.
Result<Outside> open_outside();

/// Takes "10.0.0.7", "10.0.0.7/24", "fd00::7" or "fd00::7/64". Errors: Usage.
Result<void> set_address(Address& address, const std::string& text);

/// In the init, inside its network namespace.
/// Errors: Namespace; also when another copy has the address.
Result<void> connect_network(const Address& address, const Outside& outside);

/// In the init, when its copy has ended: the address is free at once. The kernel would see to it
/// later, when it takes the namespace apart.
void disconnect_network(const Address& address);

}  // namespace tubthump::clone
