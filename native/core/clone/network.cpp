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

/// Our end of every pair has this address, of the link only (RFC 3927, RFC 4291): no copy's own can
/// collide with it, and none of the host's has to be known.
struct Gateway {
  const char* ip;
  int prefix;
  bool on_link;  ///< The kernel leads to it by itself.
};
constexpr Gateway kGateway{"169.254.1.1", 32, false};
constexpr Gateway kGateway6{"fe80::1", 64, true};

bool is_ipv6(const std::string& ip) { return ip.find(':') != std::string::npos; }

const Gateway& gateway_of(const Address& address) {
  return is_ipv6(address.ip) ? kGateway6 : kGateway;
}

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
  const Gateway& ours = gateway_of(address);
  if (auto given = links.add_address(device, ours.ip, ours.prefix); !given) return given;
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
  const Gateway& gateway = gateway_of(address);
  if (!gateway.on_link)
    if (auto route = inside->add_host_route(kDevice, gateway.ip); !route) return route;
  return inside->add_default_route(kDevice, gateway.ip);
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
  in6_addr parsed;
  const int bits = is_ipv6(address.ip) ? 128 : 32;
  address.prefix = bits;
  bool good = ::inet_pton(bits == 128 ? AF_INET6 : AF_INET, address.ip.c_str(), &parsed) == 1;
  if (slash != std::string::npos) {
    const char* end = text.data() + text.size();
    auto [stop, error] = std::from_chars(text.data() + slash + 1, end, address.prefix);
    good = good && error == std::errc() && stop == end && address.prefix >= 1 &&
           address.prefix <= bits;
  }
  if (good) return {};
  return fail(ErrorCode::Usage,
              "`" + text + "` is no IP address such as 10.0.0.7, 10.0.0.7/24 or fd00::7");
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
