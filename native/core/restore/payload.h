// What a copy is told when it wakes: who it is and what it was started with.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <map>
#include <string>
#include <vector>

#include "image/manifest.h"

namespace tubthump::restore {

struct Payload {
  std::map<std::string, std::string> environment;  ///< All of it, as a fresh start would see it.
  std::vector<std::string> args;                   ///< Given after `--`; empty: unchanged.
  std::string clone_id;                            ///< Random UUID, another one for every copy.
  int number = 1;                                  ///< Among the copies that were made together.
  pid_t pid = 0;        ///< Its pid to others; 0: the one that it has itself.
  std::string log;      ///< File that its stdout and stderr go to; empty: none that we opened.
  bool strict = false;  ///< A hook that fails after the restore ends the copy.
};

/// The payload with a fresh clone id and the caller's environment plus `overrides` ("NAME=value").
Payload make_payload(const char* const* environment, const std::vector<std::string>& overrides);

/// {"reason":"restored", …}: the frame that the pending handover call of a copy returns.
/// `parked`: how long the copy was there before, its clocks going on.
std::string encode_payload(const Payload& payload, const image::Manifest& manifest,
                           std::chrono::milliseconds parked = {});

}  // namespace tubthump::restore
