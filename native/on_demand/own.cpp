// What CRIU calls in every restore, or refers to without a call: README.md.
#include <sys/random.h>

#include <cstdint>
#include <cstdlib>

extern "C" {

// As GnuTLS sets it, too, unless it is told otherwise.
void (*gnutls_free)(void*) = std::free;

// Nobody reads in `ps` what a restore is about: it lasts milliseconds.
void setproctitle_init(int, char**, char**) {}
void setproctitle(const char*, ...) {}

using Uuid = uint8_t[16];

/// RFC 9562, version 4. CRIU names temporary directories by it.
void uuid_generate(Uuid out) {
  if (::getrandom(out, sizeof(Uuid), 0) != sizeof(Uuid)) std::abort();
  out[6] = (out[6] & 0x0f) | 0x40;
  out[8] = (out[8] & 0x3f) | 0x80;
}

/// `text`: 36 characters and a zero.
void uuid_unparse(const Uuid id, char* text) {
  for (int i = 0; i < 16; i++) {
    if (i == 4 || i == 6 || i == 8 || i == 10) *text++ = '-';
    *text++ = "0123456789abcdef"[id[i] >> 4];
    *text++ = "0123456789abcdef"[id[i] & 15];
  }
  *text = 0;
}

}  // extern "C"
