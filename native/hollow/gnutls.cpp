// In the place of GnuTLS in a CRIU that only restores: README.md.

// The one datum of it that CRIU refers to. Functions are bound at their first call.
extern "C" {
void* gnutls_free;
}
