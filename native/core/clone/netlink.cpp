#include "clone/netlink.h"

#include <arpa/inet.h>
#include <linux/if_link.h>
#include <linux/rtnetlink.h>
#include <linux/veth.h>
#include <net/if.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <string_view>

namespace tubthump::clone {

/// A request under construction: header, fixed part, attributes that may hold others.
class NetlinkMessage {
 public:
  NetlinkMessage(uint16_t type, uint16_t flags) {
    header().nlmsg_len = NLMSG_HDRLEN;
    header().nlmsg_type = type;
    header().nlmsg_flags = static_cast<uint16_t>(NLM_F_REQUEST | NLM_F_ACK | flags);
  }

  template <class T>
  void put(const T& part) {
    append(&part, sizeof part);
  }
  void attribute(uint16_t type, const void* bytes, size_t size) {
    const size_t start = begin(type);
    append(bytes, size);
    finish(start);
  }
  void attribute(uint16_t type, const std::string& text) {
    attribute(type, text.c_str(), text.size() + 1);
  }
  void attribute(uint16_t type, int value) { attribute(type, &value, sizeof value); }
  size_t begin(uint16_t type) {
    const size_t start = header().nlmsg_len;
    const rtattr empty{RTA_LENGTH(0), type};
    append(&empty, sizeof empty);
    return start;
  }
  void finish(size_t start) {
    const auto length = static_cast<uint16_t>(size_ - start);
    std::memcpy(bytes_.data() + start, &length, sizeof length);
  }

  nlmsghdr& header() { return *reinterpret_cast<nlmsghdr*>(bytes_.data()); }
  [[nodiscard]] const void* data() const { return bytes_.data(); }

 private:
  /// Requests of ours have a few hundred bytes at most: names are checked before.
  void append(const void* part, size_t size) {
    std::memcpy(bytes_.data() + header().nlmsg_len, part, size);
    size_ = header().nlmsg_len + size;
    header().nlmsg_len = static_cast<uint32_t>(NLMSG_ALIGN(size_));
  }

  alignas(nlmsghdr) std::array<char, 1024> bytes_{};
  size_t size_ = 0;  ///< Without the padding at the end.
};

namespace {

struct Ip {
  uint8_t family;
  std::array<uint8_t, sizeof(in6_addr)> bytes;
  [[nodiscard]] uint8_t size() const {
    return family == AF_INET ? sizeof(in_addr) : sizeof(in6_addr);
  }
};

Result<Ip> parse_ip(const std::string& text) {
  Ip ip{};
  for (int family : {AF_INET, AF_INET6}) {
    ip.family = static_cast<uint8_t>(family);
    if (::inet_pton(family, text.c_str(), ip.bytes.data()) == 1) return ip;
  }
  return fail(ErrorCode::Usage, "`" + text + "` is no IP address");
}

ifinfomsg device_part(int index) {
  ifinfomsg part{};
  part.ifi_family = AF_UNSPEC;
  part.ifi_index = index;
  return part;
}

}  // namespace

Result<Netlink> Netlink::open() {
  UniqueFd socket(::socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE));
  if (!socket) return fail_errno(ErrorCode::System, "netlink socket");
  return Netlink(std::move(socket));
}

Result<void> Netlink::perform(NetlinkMessage& message, const std::string& what) const {
  if (::send(socket_.get(), message.data(), message.header().nlmsg_len, 0) < 0)
    return fail_errno(ErrorCode::System, what);
  alignas(nlmsghdr) std::array<char, 4096> answer;
  ssize_t got;
  while ((got = ::recv(socket_.get(), answer.data(), answer.size(), 0)) < 0 && errno == EINTR) {
  }
  const auto* header = reinterpret_cast<const nlmsghdr*>(answer.data());
  if (got < static_cast<ssize_t>(NLMSG_LENGTH(sizeof(nlmsgerr))) ||
      header->nlmsg_type != NLMSG_ERROR)
    return fail(ErrorCode::System, what + ": no acknowledgement from the kernel");
  const int error = -static_cast<const nlmsgerr*>(NLMSG_DATA(header))->error;
  if (error != 0) return fail_errno(ErrorCode::System, what, error);
  return {};
}

Result<int> Netlink::index_of(const std::string& device) const {
  // Netlink sockets answer this as well, for the namespace that they belong to.
  ifreq request{};
  device.copy(request.ifr_name, IFNAMSIZ - 1);
  if (::ioctl(socket_.get(), SIOCGIFINDEX, &request) < 0)
    return fail_errno(ErrorCode::System, "network device " + device);
  return request.ifr_ifindex;
}

Result<void> Netlink::add_pair(const std::string& inner, const std::string& outer,
                               int outer_namespace) const {
  NetlinkMessage message(RTM_NEWLINK, NLM_F_CREATE | NLM_F_EXCL);
  message.put(device_part(0));
  message.attribute(IFLA_IFNAME, inner);
  const size_t info = message.begin(IFLA_LINKINFO);
  message.attribute(IFLA_INFO_KIND, std::string("veth"));
  const size_t data = message.begin(IFLA_INFO_DATA);
  const size_t peer = message.begin(VETH_INFO_PEER);
  message.put(device_part(0));
  message.attribute(IFLA_IFNAME, outer);
  message.attribute(IFLA_NET_NS_FD, outer_namespace);
  message.finish(peer);
  message.finish(data);
  message.finish(info);
  return perform(message, "make the network devices " + inner + " and " + outer);
}

Result<void> Netlink::remove(const std::string& device) const {
  auto index = index_of(device);
  if (!index) return std::unexpected(index.error());
  NetlinkMessage message(RTM_DELLINK, 0);
  message.put(device_part(*index));
  return perform(message, "remove " + device);
}

Result<void> Netlink::set_up(const std::string& device) const {
  auto index = index_of(device);
  if (!index) return std::unexpected(index.error());
  NetlinkMessage message(RTM_NEWLINK, 0);
  ifinfomsg part = device_part(*index);
  part.ifi_flags = part.ifi_change = IFF_UP;
  message.put(part);
  return perform(message, "set up " + device);
}

Result<void> Netlink::set_master(const std::string& device, const std::string& bridge) const {
  auto index = index_of(device);
  if (!index) return std::unexpected(index.error());
  auto master = index_of(bridge);
  if (!master) return std::unexpected(master.error());
  NetlinkMessage message(RTM_NEWLINK, 0);
  message.put(device_part(*index));
  message.attribute(IFLA_MASTER, *master);
  return perform(message, "put " + device + " on the bridge " + bridge);
}

Result<void> Netlink::add_address(const std::string& device, const std::string& ip,
                                  int prefix) const {
  auto index = index_of(device);
  if (!index) return std::unexpected(index.error());
  auto address = parse_ip(ip);
  if (!address) return std::unexpected(address.error());
  NetlinkMessage message(RTM_NEWADDR, NLM_F_CREATE | NLM_F_EXCL);
  ifaddrmsg part{};
  part.ifa_family = address->family;
  part.ifa_prefixlen = static_cast<uint8_t>(prefix);
  // Of IPv6: it can be used at once, before the link was asked whether somebody else has it.
  part.ifa_flags = IFA_F_NODAD;
  part.ifa_index = static_cast<uint32_t>(*index);
  message.put(part);
  message.attribute(IFA_LOCAL, address->bytes.data(), address->size());
  message.attribute(IFA_ADDRESS, address->bytes.data(), address->size());
  return perform(message, "give " + device + " the address " + ip);
}

Result<void> Netlink::add_route(const std::string& device, const std::string& target,
                                const std::string& gateway) const {
  auto index = index_of(device);
  if (!index) return std::unexpected(index.error());
  auto ip = parse_ip(target.empty() ? gateway : target);
  if (!ip) return std::unexpected(ip.error());
  NetlinkMessage message(RTM_NEWROUTE, NLM_F_CREATE | NLM_F_EXCL);
  rtmsg part{};
  part.rtm_family = ip->family;
  part.rtm_dst_len = target.empty() ? 0 : static_cast<uint8_t>(8 * ip->size());
  part.rtm_table = RT_TABLE_MAIN;
  part.rtm_protocol = RTPROT_STATIC;
  part.rtm_scope = gateway.empty() ? RT_SCOPE_LINK : RT_SCOPE_UNIVERSE;
  part.rtm_type = RTN_UNICAST;
  message.put(part);
  message.attribute(target.empty() ? RTA_GATEWAY : RTA_DST, ip->bytes.data(), ip->size());
  message.attribute(RTA_OIF, *index);
  return perform(message, "route to " + (target.empty() ? gateway : target));
}

Result<void> Netlink::add_host_route(const std::string& device, const std::string& ip) const {
  return add_route(device, ip, {});
}

Result<void> Netlink::add_default_route(const std::string& device,
                                        const std::string& gateway) const {
  return add_route(device, {}, gateway);
}

}  // namespace tubthump::clone
