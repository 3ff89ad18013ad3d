// The command lines of `encrypt`, `decrypt` and `decrypt-agent`.
#pragma once

#include <string>
#include <vector>

#include "encryption/key_source.h"
#include "error/error.h"

namespace tubthump::launcher {

/// The texts that `encrypt --help` and `decrypt --help` print.
extern const char* const kEncryptHelp;
extern const char* const kDecryptHelp;

struct EncryptOptions {
  std::vector<std::string> images;  ///< Absolute paths.
  encryption::KeySource key;
  std::string public_key;  ///< --require-signature FILE; empty: none is required.
  bool json = false;
  bool help = false;
};

/// Errors: Usage.
Result<EncryptOptions> parse_encrypt(int argc, char** argv);

}  // namespace tubthump::launcher
