// Buffers that the kernel copies whole pages into.
#pragma once

#include <cstddef>
#include <new>
#include <vector>

namespace tubthump {

/// Memory that starts with a page.
///
/// malloc(3) gives large buffers 16 bytes after the start of a mapping, and copying a page there
/// with `rep movsb`, which is how Linux copies, takes four times as long on AMD's Zen 3 (read(2) of
/// 200 MB: 150 instead of 36 ms; 32 bytes after it, 36).
template <class T>
struct PageAligned {
  using value_type = T;
  PageAligned() = default;
  template <class Other>
  PageAligned(const PageAligned<Other>&) {}  // NOLINT(google-explicit-constructor): an allocator's.
  static T* allocate(size_t count) {
    return static_cast<T*>(::operator new(count * sizeof(T), kPage));
  }
  static void deallocate(T* memory, size_t) { ::operator delete(memory, kPage); }
  bool operator==(const PageAligned&) const = default;

 private:
  static constexpr std::align_val_t kPage{4096};
};

/// For reading large files, and memory of other processes.
template <class T>
using PageBuffer = std::vector<T, PageAligned<T>>;

}  // namespace tubthump
