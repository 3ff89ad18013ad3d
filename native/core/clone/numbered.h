// One text for many copies: "{n}" in it is the copy's number.
#pragma once

#include <string>

#include "error/error.h"

namespace tubthump::clone {

/// "web-{n}" for number 3: "web-3". Without {n}: the same text for all.
std::string numbered(std::string_view text, int number);

/// "8100+" for number 3: 8102. Errors: Usage when it is no port and a plus, or when the port of the
/// last copy is beyond 65535.
Result<int> first_port(std::string_view text, int count);

}  // namespace tubthump::clone
