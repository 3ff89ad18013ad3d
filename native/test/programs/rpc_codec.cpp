// The native encoder, decoder and log reader as a program, for tests that hold them against the
// TypeScript ones. Reads standard input.
//
//   rpc_codec encode       a request as JSON            → its bytes in hex
//   rpc_codec decode       the bytes of an answer in hex → JSON
//   rpc_codec first-error  a log                         → its first real error
#include <iomanip>
#include <iostream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <string_view>

#include "rpc/criu_log.h"
#include "rpc/request.h"
#include "rpc/response.h"

using namespace tubthump::rpc;
using nlohmann::json;

namespace {

std::string to_hex(std::string_view bytes) {
  std::ostringstream out;
  for (unsigned char byte : bytes) out << std::hex << std::setw(2) << std::setfill('0') << +byte;
  return out.str();
}

std::string from_hex(std::string_view text) {
  std::string bytes;
  for (size_t i = 0; i + 1 < text.size(); i += 2)
    bytes += static_cast<char>(std::stoi(std::string(text.substr(i, 2)), nullptr, 16));
  return bytes;
}

template <class T>
void read(const json& from, const char* name, std::optional<T>& into) {
  if (from.contains(name)) into = from.at(name).get<T>();
}

CriuOptions options_of(const json& from) {
  CriuOptions options;
  options.images_dir_fd = from.at("imagesDirFd");
  read(from, "workDirFd", options.work_dir_fd);
  read(from, "pid", options.pid);
  read(from, "logLevel", options.log_level);
  if (from.contains("ps")) options.page_server_fd = from.at("ps").at("fd").get<int>();
  options.leave_running = from.value("leaveRunning", false);
  options.shell_job = from.value("shellJob", false);
  options.rst_sibling = from.value("rstSibling", false);
  options.log_to_stderr = from.value("logToStderr", false);
  options.tcp_skip_in_flight = from.value("tcpSkipInFlight", false);
  options.lazy_pages = from.value("lazyPages", false);
  options.log_file = from.value("logFile", "");
  options.external = from.value("external", std::vector<std::string>{});
  for (const json& entry : from.value("inheritFd", json::array()))
    options.inherit_fd.push_back({entry.at("key"), entry.at("fd")});
  return options;
}

std::string encode(const json& from) {
  if (from.contains("notifySuccess")) return encode_notify_reply(from.at("notifySuccess"));
  Request request;
  request.type = static_cast<RequestType>(from.at("type").get<int>());
  request.keep_open = from.value("keepOpen", false);
  if (from.contains("opts")) {
    request.options = options_of(from.at("opts"));
    request.notify_scripts = from.at("opts").value("notifyScripts", false);
  }
  return encode_request(request);
}

json decode(std::string_view bytes) {
  auto response = decode_response(bytes);
  if (!response) return {{"code", tubthump::code_string(response.error().code)}};
  return {{"type", static_cast<int>(response->type)},
          {"success", response->success},
          {"crErrno", response->cr_errno},
          {"crErrmsg", response->cr_errmsg},
          {"pid", response->pid},
          {"script", response->notification.script},
          {"notifyPid", response->notification.pid}};
}

}  // namespace

int main(int argc, char** argv) {
  const std::string_view command = argc == 2 ? argv[1] : "";
  const std::string input(std::istreambuf_iterator<char>(std::cin), {});
  if (command == "encode")
    std::cout << to_hex(encode(json::parse(input)));
  else if (command == "decode")
    std::cout << decode(from_hex(input));
  else if (command == "first-error")
    std::cout << first_error(input);
  else
    return 64;
  return 0;
}
