#include "addon/pack.h"

#include <memory>

#include "addon/task.h"
#include "pack/pack.h"
#include "pack/unpack.h"

namespace tubthump::addon {

namespace {

using pack::Figures;
using pack::Progress;

/// A double holds 53 bits of bytes.
Napi::Number number(Napi::Env env, uint64_t value) {
  return Napi::Number::New(env, static_cast<double>(value));
}

Napi::Value to_js_figures(Napi::Env env, Figures& figures) {
  Napi::Object result = Napi::Object::New(env);
  result.Set("files", number(env, figures.files));
  result.Set("bytes", number(env, figures.size));
  result.Set("data", number(env, figures.data));
  result.Set("shared", number(env, figures.shared));
  result.Set("packed", number(env, figures.packed));
  return result;
}

/// Starts it, and gives JavaScript its promise and what it may do meanwhile.
Napi::Value start(Napi::Env env, std::function<Result<Figures>(Progress&)> work) {
  const auto progress = std::make_shared<Progress>();
  Napi::Object operation = Napi::Object::New(env);
  operation.Set("progress", Napi::Function::New(env, [progress](const Napi::CallbackInfo& info) {
                  Napi::Object result = Napi::Object::New(info.Env());
                  result.Set("done", number(info.Env(), progress->done()));
                  result.Set("total", number(info.Env(), progress->total()));
                  return result;
                }));
  operation.Set("cancel", Napi::Function::New(
                              env, [progress](const Napi::CallbackInfo&) { progress->cancel(); }));
  operation.Set("result",
                Task::start<Figures>(
                    env, {.execute = [progress, work = std::move(work)] { return work(*progress); },
                          .convert = to_js_figures,
                          .interrupt = [progress] { progress->cancel(); }}));
  return operation;
}

std::string text(const Napi::Value& value) { return value.As<Napi::String>(); }

}  // namespace

Napi::Value pack(const Napi::CallbackInfo& info) {
  pack::PackOptions options{text(info[0]), text(info[1]), text(info[2]),
                            info[3].As<Napi::Number>().Int32Value(),
                            info[4].As<Napi::Number>().Uint32Value()};
  return start(info.Env(), [options = std::move(options)](Progress& progress) {
    return pack::pack(options, progress);
  });
}

Napi::Value unpack(const Napi::CallbackInfo& info) {
  pack::UnpackOptions options{text(info[0]), text(info[1]), text(info[2]), text(info[3]),
                              info[4].As<Napi::Number>().Uint32Value()};
  return start(info.Env(), [options = std::move(options)](Progress& progress) {
    return pack::unpack(options, progress);
  });
}

}  // namespace tubthump::addon
