// A page server for restores with `lazy_pages`: src/native/addon.ts declares and explains it.
#pragma once

#include <napi.h>

namespace tubthump::addon {

/// serveLazyPages(launcher: string, imagesDir: string): Promise<NativeLazyPages>
Napi::Value serve_lazy_pages(const Napi::CallbackInfo& info);

}  // namespace tubthump::addon
