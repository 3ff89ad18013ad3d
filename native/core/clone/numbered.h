// One text for many copies: "{n}" in it is the copy's number.
#pragma once

#include <string>

#include "error/error.h"

namespace tubthump::clone {

/// "web-{n}" for number 3: "web-3". Without {n}: the same text for all.
std::string numbered(std::string_view text, int number);

/// The port of number 1 in "8100+"; number 3 has 8102. Errors: Usage when it is no port and a plus,
/// or when the port of the last number is beyond 65535.
Result<int> first_port(std::string_view text, int last);

}  // namespace tubthump::clone
