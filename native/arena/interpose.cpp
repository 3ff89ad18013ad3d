// libtubthump-arena.so: preloaded by the launcher, it stands before mmap and munmap.
//
// Only what V8 maps for its heap is served from the arena: anonymous, private, with a hint, and
// asked for by Node's own code. Reservations (of code, of WebAssembly's memories), stacks, what
// other allocators map and everything executable stay with the kernel.

// node-gyp defines it; glibc then renames mmap to mmap64, and we define both.
#undef _FILE_OFFSET_BITS

#include <dlfcn.h>
#include <elf.h>
#include <errno.h>
#include <link.h>
#include <string.h>
#include <sys/auxv.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "arena/arena.h"

namespace {

using tubthump::arena::Arena;

/// Less is a part of the heap, never a reservation.
constexpr size_t kLeastReservation = 32 << 20;
constexpr size_t kMegabyte = 1 << 20;
/// What V8 adds to what it wants to lie at a granule, and trims off again.
constexpr size_t kForAlignment = tubthump::arena::kGranule - tubthump::arena::kPage;

constinit Arena arena;

void* kernel_mmap(void* address, size_t size, int prot, int flags, int fd, off_t offset) {
  return reinterpret_cast<void*>(::syscall(SYS_mmap, address, size, prot, flags, fd, offset));
}

bool in_main_program(uintptr_t address) {
  // The program headers that the kernel told us of: no lock of the dynamic loader is taken.
  const auto* headers = reinterpret_cast<const ElfW(Phdr)*>(::getauxval(AT_PHDR));
  const size_t count = ::getauxval(AT_PHNUM);
  if (!headers) return false;
  uintptr_t base = 0;
  for (size_t i = 0; i < count; i++)
    if (headers[i].p_type == PT_PHDR)
      base = reinterpret_cast<uintptr_t>(headers) - headers[i].p_vaddr;
  for (size_t i = 0; i < count; i++) {
    const uintptr_t start = base + headers[i].p_vaddr;
    if (headers[i].p_type == PT_LOAD && address >= start && address < start + headers[i].p_memsz)
      return true;
  }
  return false;
}

/// Some distributions build Node as a small program over libnode.so.
bool in_libnode(const void* address) {
  Dl_info info;
  if (!::dladdr(address, &info) || !info.dli_fname) return false;
  const char* slash = ::strrchr(info.dli_fname, '/');
  return ::strncmp(slash ? slash + 1 : info.dli_fname, "libnode.so", 10) == 0;
}

/// V8 reserves whole megabytes: 64 to 512 for code, gigabytes for WebAssembly. A large object is as
/// large as it happens to be, in pages; one of whole megabytes is left to CRIU. Seen with strace on
/// Node 20 to 26.
bool is_reservation(size_t size) {
  return size >= kLeastReservation &&
         (size % kMegabyte == 0 || (size - kForAlignment) % kMegabyte == 0);
}

bool is_heap_request(const void* hint, size_t size, int prot, int flags, const void* caller) {
  constexpr int kKind = MAP_PRIVATE | MAP_ANONYMOUS;
  if (!hint || size == 0 || is_reservation(size) || (flags & MAP_FIXED)) return false;
  if ((flags & ~MAP_NORESERVE) != kKind) return false;
  if (prot != PROT_NONE && prot != (PROT_READ | PROT_WRITE)) return false;
  return in_main_program(reinterpret_cast<uintptr_t>(caller)) || in_libnode(caller);
}

void* map(void* hint, size_t size, int prot, int flags, int fd, off_t offset, const void* caller) {
  if (is_heap_request(hint, size, prot, flags, caller) && arena.reserve()) {
    if (void* place = arena.take(size)) {
      void* mapped = kernel_mmap(place, size, prot, flags | MAP_FIXED, fd, offset);
      if (mapped != MAP_FAILED) return mapped;
      arena.give_back(reinterpret_cast<uintptr_t>(place), size);
    }
  }
  return kernel_mmap(hint, size, prot, flags, fd, offset);
}

}  // namespace

#define EXPORT extern "C" __attribute__((visibility("default")))

EXPORT void* mmap(void* hint, size_t size, int prot, int flags, int fd, off_t offset) noexcept {
  return map(hint, size, prot, flags, fd, offset, __builtin_return_address(0));
}

EXPORT void* mmap64(void* hint, size_t size, int prot, int flags, int fd, off64_t offset) noexcept {
  return map(hint, size, prot, flags, fd, offset, __builtin_return_address(0));
}

EXPORT int munmap(void* address, size_t size) noexcept {
  const auto start = reinterpret_cast<uintptr_t>(address);
  if (!arena.contains(start, size)) return static_cast<int>(::syscall(SYS_munmap, address, size));
  // The range stays ours: as free memory, merged with its free neighbours.
  void* freed = kernel_mmap(address, size, PROT_NONE,
                            MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_FIXED, -1, 0);
  if (freed == MAP_FAILED) return -1;
  arena.give_back(start, size);
  return 0;
}

/// Address of the arena, 0 when nothing was asked of it yet; its size in bytes goes to `size`.
EXPORT uintptr_t tubthump_arena(size_t* size) {
  *size = tubthump::arena::kSize;
  return arena.start();
}
