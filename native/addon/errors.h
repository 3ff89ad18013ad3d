// Core errors as JavaScript errors: `code`, `errno` and `log` beside the message.
#pragma once

#include <napi.h>

#include "error/error.h"

namespace tubthump::addon {

Napi::Error to_js(Napi::Env env, const Error& error);

}  // namespace tubthump::addon
