#include "meter/load.h"

#include <cstdio>
#include <vector>

namespace tubthump::meter {

namespace {

using Seconds = std::chrono::duration<double>;

/// More than one core can serve, so that the service never waits for us.
constexpr int kConnections = 8;

std::string decimal(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.3f", value);
  return text;
}

/// One by one, over one connection. Numbers with commas between.
Result<std::string> latencies(Connection& connection, const std::string& path, int count) {
  std::string list;
  for (int sent = 0; sent < count; sent++) {
    auto took = connection.get(path);
    if (!took) return std::unexpected(took.error());
    if (sent > 0) list += ',';
    list += decimal(std::chrono::duration<double, std::micro>(*took).count());
  }
  return list;
}

/// Keeps one request under way on each connection.
Result<Seconds> flood(std::vector<Connection>& connections, const std::string& path, int count) {
  const auto begin = std::chrono::steady_clock::now();
  for (int done = 0; done < count; done += kConnections) {
    for (auto& connection : connections)
      if (auto sent = connection.send(path); !sent) return std::unexpected(sent.error());
    for (auto& connection : connections)
      if (auto received = connection.receive(); !received) return std::unexpected(received.error());
  }
  return std::chrono::steady_clock::now() - begin;
}

Result<double> throughput(const Options& options) {
  std::vector<Connection> connections;
  for (int i = 0; i < kConnections; i++) {
    auto connection = Connection::open(options.port);
    if (!connection) return std::unexpected(connection.error());
    connections.push_back(std::move(*connection));
  }
  if (auto settled = flood(connections, options.path, options.settle); !settled)
    return std::unexpected(settled.error());
  const int count = (options.throughput + kConnections - 1) / kConnections * kConnections;
  auto took = flood(connections, options.path, count);
  if (!took) return std::unexpected(took.error());
  return count / took->count();
}

}  // namespace

Result<std::string> measure_load(const Options& options, Connection connection) {
  if (options.warm + options.requests + options.throughput == 0 && options.gc.empty())
    return "\"latenciesUs\":[]";
  if (auto first = connection.receive(); !first) return std::unexpected(first.error());
  if (auto warm = latencies(connection, options.path, options.warm); !warm) return warm;
  auto list = latencies(connection, options.path, options.requests);
  if (!list) return list;
  std::string result = "\"latenciesUs\":[" + *list + "]";
  if (!options.gc.empty()) {
    auto took = connection.get(options.gc);
    if (!took) return std::unexpected(took.error());
    result += ",\"gcMs\":" + decimal(std::chrono::duration<double, std::milli>(*took).count());
  }
  if (options.throughput > 0) {
    auto rate = throughput(options);
    if (!rate) return std::unexpected(rate.error());
    result += ",\"requestsPerSecond\":" + decimal(*rate);
  }
  return result;
}

}  // namespace tubthump::meter
