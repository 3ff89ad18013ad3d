#include "clone/network.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <sys/random.h>

#include <charconv>
#include <cstdint>
#include <cstdio>

namespace tubthump::clone {

namespace {

constexpr const char* kDevice = "eth0";
/// Our end of every pair has this address (RFC 3927): no copy's own can collide with it, and none
/// of the host's has to be known.
constexpr const char* kGateway = "169.254.1.1";

/// Unique on this machine, at most IFNAMSIZ - 1 characters.
std::string outer_name() {
  uint32_t number = 0;
  // Neither short nor interrupted at this size: getrandom(2).
  (void)!::getrandom(&number, sizeof number, 0);
  char name[16];
  std::snprintf(name, sizeof name, "tub%08x", number);
  return name;
}

Result<void> lead_to(const Address& address, const std::string& device, const Netlink& links) {
  if (!address.bridge.empty()) {
    if (auto put = links.set_master(device, address.bridge); !put) return put;
    return links.set_up(device);
  }
  if (auto up = links.set_up(device); !up) return up;
  if (auto given = links.add_address(device, kGateway, 32); !given) return given;
  return links.add_host_route(device, address.ip);
}

Result<void> connect(const Address& address, const Outside& outside) {
  auto inside = Netlink::open();
  if (!inside) return std::unexpected(inside.error());
  if (auto up = inside->set_up("lo"); !up) return up;
  if (address.ip.empty()) return {};
  const std::string outer = outer_name();
  if (auto made = inside->add_pair(kDevice, outer, outside.network.get()); !made) return made;
  if (auto led = lead_to(address, outer, outside.links); !led) return led;
  if (auto given = inside->add_address(kDevice, address.ip, address.prefix); !given) return given;
  if (auto up = inside->set_up(kDevice); !up) return up;
  if (!address.bridge.empty()) return {};
  if (auto route = inside->add_host_route(kDevice, kGateway); !route) return route;
  return inside->add_default_route(kDevice, kGateway);
}

}  // namespace

Result<Outside> open_outside() {
  auto links = Netlink::open();
  if (!links) return std::unexpected(links.error());
  UniqueFd network(::open("/proc/self/ns/net", O_RDONLY | O_CLOEXEC));
  if (!network) return fail_errno(ErrorCode::System, "/proc/self/ns/net");
  return Outside{std::move(*links), std::move(network)};
}

Result<void> set_address(Address& address, const std::string& text) {
  const size_t slash = text.find('/');
  address.ip = text.substr(0, slash);
  in_addr parsed;
  bool good = ::inet_pton(AF_INET, address.ip.c_str(), &parsed) == 1;
  if (slash != std::string::npos) {
    const char* end = text.data() + text.size();
    auto [stop, error] = std::from_chars(text.data() + slash + 1, end, address.prefix);
    good =
        good && error == std::errc() && stop == end && address.prefix >= 1 && address.prefix <= 32;
  }
  if (good) return {};
  return fail(ErrorCode::Usage,
              "`" + text + "` is no IPv4 address such as 10.0.0.7 or 10.0.0.7/24");
}

Result<void> connect_network(const Address& address, const Outside& outside) {
  auto connected = connect(address, outside);
  if (connected) return {};
  Error error = connected.error();
  error.code = ErrorCode::Namespace;
  return std::unexpected(error);
}

void disconnect_network(const Address& address) {
  if (address.ip.empty()) return;
  if (auto inside = Netlink::open()) (void)inside->remove(kDevice);
}

}  // namespace tubthump::clone
