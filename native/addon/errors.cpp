#include "addon/errors.h"

namespace tubthump::addon {

Napi::Error to_js(Napi::Env env, const Error& error) {
  Napi::Error thrown = Napi::Error::New(env, error.message);
  thrown.Set("code", Napi::String::New(env, std::string(code_string(error.code))));
  if (error.sys_errno) thrown.Set("errno", Napi::Number::New(env, error.sys_errno));
  if (!error.log.empty()) thrown.Set("log", Napi::String::New(env, error.log));
  return thrown;
}

}  // namespace tubthump::addon
