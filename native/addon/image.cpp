#include "addon/image.h"

#include <algorithm>
#include <cstddef>
#include <string>

#include "addon/task.h"
#include "image/seal.h"
#include "restore/image_check.h"

namespace tubthump::addon {

Napi::Value check_bytes(const Napi::CallbackInfo& info) {
  const std::string path = info[0].As<Napi::String>();
  return Task::start<ptrdiff_t>(
      info.Env(), {.execute = [path]() -> Result<ptrdiff_t> {
                     auto image = restore::open_image(path);
                     if (!image) return std::unexpected(image.error());
                     const auto& files = image->manifest.files;
                     if (auto same = image::check_bytes(image->directory.get(), files); !same)
                       return std::unexpected(same.error());
                     return std::ranges::count_if(
                         files, [](const auto& file) { return !file.checksum.empty(); });
                   },
                   .convert = [](Napi::Env env, ptrdiff_t& count) -> Napi::Value {
                     return Napi::Number::New(env, static_cast<double>(count));
                   },
                   .interrupt = [] {}});  // Ends with the last byte.
}

}  // namespace tubthump::addon
