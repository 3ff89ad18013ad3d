#include "launcher/decrypt_agent.h"

#include <unistd.h>

#include <cerrno>
#include <cstdio>

#include "launcher/encrypt_options.h"
#include "launcher/plain_image.h"
#include "launcher/report.h"

namespace tubthump::launcher {

int decrypt_agent(int argc, char** argv) {
  auto options = parse_encrypt(argc, argv);
  if (!options) return report(options.error(), true);
  if (options->images.empty()) {
    auto key = encryption::read_key(options->key);
    return key ? 0 : report(key.error(), true);
  }
  auto image = open_plain(options->images[0], options->public_key, options->key);
  if (!image) return report(image.error(), true);
  std::printf("/proc/%d/fd/%d\n", ::getpid(), image->memory->directory());
  std::fflush(stdout);
  char byte;
  ssize_t got;
  do {
    got = ::read(STDIN_FILENO, &byte, 1);
  } while (got > 0 || (got < 0 && errno == EINTR));
  return 0;
}

}  // namespace tubthump::launcher
