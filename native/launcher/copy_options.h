// What `run`, `restore` and `clone` can be told about the copies that they make of an image.
#pragma once

#include <string>
#include <vector>

#include "encryption/key_source.h"
#include "launcher/command_line.h"
#include "restore/streaming.h"

namespace tubthump::launcher {

struct CopyOptions {
  std::string criu;                      ///< --criu PATH; empty: search.
  std::vector<std::string> environment;  ///< --env NAME=VALUE, may repeat.
  std::string public_key;                ///< --require-signature FILE; empty: none is required.
  bool verify = false;                   ///< --verify
  encryption::KeySource key;             ///< --key FILE, --key-command COMMAND
  restore::Paging paging = restore::Paging::AsMade;  ///< --engine NAME
  bool strict = false;                               ///< --strict
  bool json = false;                                 ///< --json
  bool help = false;                                 ///< --help
  int timeout_ms = 60'000;                           ///< --timeout SECONDS, for each restore.
};

OptionRules rules_of(CopyOptions& options);

/// --key FILE, which is kept as an absolute path, and --key-command COMMAND.
OptionRules rules_of(encryption::KeySource& key);

}  // namespace tubthump::launcher
