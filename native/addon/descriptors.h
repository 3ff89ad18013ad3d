// What Node has no function for around open descriptors.
#pragma once

#include <napi.h>

namespace tubthump::addon {

/// replaceDescriptor(from: number, number: number): void. dup3(2) with O_CLOEXEC.
Napi::Value replace_descriptor(const Napi::CallbackInfo& info);

/// reopenFile(path: string, flags: number, mode: number, offset: number, number: number): void.
/// open(2), lseek(2) and dup3(2) onto `number`.
Napi::Value reopen_file(const Napi::CallbackInfo& info);

/// socketDomain(fd: number): number. SO_DOMAIN of socket(7), an AF_ number.
Napi::Value socket_domain(const Napi::CallbackInfo& info);

/// bindShared(host: string, port: number, v6Only: boolean): number. SO_REUSEPORT of socket(7).
Napi::Value bind_shared(const Napi::CallbackInfo& info);

/// unixPeers(): number[]. Inode and peer's inode of every connected unix socket, flat.
Napi::Value unix_peers(const Napi::CallbackInfo& info);

}  // namespace tubthump::addon
