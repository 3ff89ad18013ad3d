#include "meter/options.h"

#include <getopt.h>

#include <cstdlib>

namespace tubthump::meter {

const char* const kUsage =
    R"(Usage: tubthump-meter --port N [options] -- COMMAND [ARGUMENT...]

Starts COMMAND in namespaces of its own, times it until it answers 200 over HTTP, and prints what
was measured as JSON. Internal: `tubthump bench` and `npm run bench` run it for every sample.
)";

namespace {

const option kLong[] = {
    {"port", required_argument, nullptr, 'p'},
    {"path", required_argument, nullptr, 'P'},
    {"copies", required_argument, nullptr, 'n'},
    {"own-network", no_argument, nullptr, 'N'},
    {"run", required_argument, nullptr, 'r'},
    {"work", required_argument, nullptr, 'w'},
    {"channel", required_argument, nullptr, 'c'},
    {"evict", required_argument, nullptr, 'e'},
    {"drop-caches", no_argument, nullptr, 'd'},
    {"pause", required_argument, nullptr, 's'},
    {"warm", required_argument, nullptr, 'W'},
    {"requests", required_argument, nullptr, 'R'},
    {"gc", required_argument, nullptr, 'g'},
    {"settle", required_argument, nullptr, 'S'},
    {"throughput", required_argument, nullptr, 't'},
    {"terminate", no_argument, nullptr, 'T'},
    {"limit", required_argument, nullptr, 'l'},
    {"parked", no_argument, nullptr, 'k'},
    {nullptr, 0, nullptr, 0},
};

void apply(Options& options, int option, const char* value) {
  const auto number = [value] { return std::atoi(value); };
  switch (option) {
    case 'p':
      options.port = static_cast<uint16_t>(number());
      break;
    case 'P':
      options.path = value;
      break;
    case 'n':
      options.copies = number();
      break;
    case 'N':
      options.own_network = true;
      break;
    case 'r':
      options.run = value;
      break;
    case 'w':
      options.work = value;
      break;
    case 'c':
      options.channel = value;
      break;
    case 'e':
      options.evict = value;
      break;
    case 'd':
      options.drop_caches = true;
      break;
    case 's':
      options.pause = std::atof(value);
      break;
    case 'W':
      options.warm = number();
      break;
    case 'R':
      options.requests = number();
      break;
    case 'g':
      options.gc = value;
      break;
    case 'S':
      options.settle = number();
      break;
    case 't':
      options.throughput = number();
      break;
    case 'T':
      options.terminate = true;
      break;
    case 'k':
      options.parked = true;
      break;
    case 'l':
      options.limit_seconds = number();
      break;
  }
}

}  // namespace

Result<Options> parse(int argc, char** argv) {
  Options options;
  opterr = 0;
  for (int option; (option = ::getopt_long(argc, argv, "+", kLong, nullptr)) != -1;) {
    if (option == '?')
      return fail(ErrorCode::Usage, std::string("unknown option ") + argv[optind - 1]);
    apply(options, option, optarg);
  }
  if (options.port == 0) return fail(ErrorCode::Usage, "--port is missing");
  if (optind >= argc) return fail(ErrorCode::Usage, "there is no command");
  if (options.copies < 1) return fail(ErrorCode::Usage, "--copies takes a positive number");
  if (options.copies > 1 && !options.own_network)
    return fail(ErrorCode::Usage, "several copies need --own-network: they have the same port");
  options.command = argv + optind;
  return options;
}

}  // namespace tubthump::meter
