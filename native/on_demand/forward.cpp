// Functions that load their library at their first call (x86-64, System V ABI): README.md.
//
// Addresses are kept in .bss and names reached relative to the program counter, so that the dynamic
// loader has nothing to relocate, and no page of this library becomes a private one.
#include <dlfcn.h>
#include <unistd.h>

#include <cstdio>

// Tail calls: arguments and return address stay as they are. No function of the table has arguments
// in vector registers; rax, which counts them in variadic calls, is free for the same reason.
#define FORWARD(library, function)                 \
  asm(".pushsection .text\n"                       \
      ".globl " #function                          \
      "\n"                                         \
      ".type " #function ", @function\n" #function \
      ":\n"                                        \
      "  mov 9f(%rip), %r11\n"                     \
      "  test %r11, %r11\n"                        \
      "  jz 1f\n"                                  \
      "  jmp *%r11\n"                              \
      "1: lea 7f(%rip), %r10\n"                    \
      "  lea 8f(%rip), %r11\n"                     \
      "  lea 9f(%rip), %rax\n"                     \
      "  jmp tubthump_first_call\n"                \
      ".size " #function ", . - " #function        \
      "\n"                                         \
      ".section .rodata\n"                         \
      "7: .asciz \"" #library                      \
      "\"\n"                                       \
      "8: .asciz \"" #function                     \
      "\"\n"                                       \
      ".bss\n"                                     \
      ".balign 8\n"                                \
      "9: .skip 8\n"                               \
      ".popsection\n");
#include "forwarded.def"
#undef FORWARD

// r10: name of the library, r11: of the function, rax: where its address is kept. Seven registers
// and the return address: the stack is aligned for the call.
asm(".pushsection .text\n"
    ".type tubthump_first_call, @function\n"
    "tubthump_first_call:\n"
    "  push %rdi\n  push %rsi\n  push %rdx\n  push %rcx\n  push %r8\n  push %r9\n  push %rax\n"
    "  mov %r10, %rdi\n  mov %r11, %rsi\n  mov %rax, %rdx\n"
    "  call tubthump_bind\n"
    "  mov %rax, %r11\n"
    "  pop %rax\n  pop %r9\n  pop %r8\n  pop %rcx\n  pop %rdx\n  pop %rsi\n  pop %rdi\n"
    "  jmp *%r11\n"
    ".popsection\n");

/// The function of the library itself, which is searched for as if CRIU were linked with it. Does
/// not return without one: 127, as when the dynamic loader finds none.
extern "C" [[gnu::visibility("hidden"), gnu::used]] void* tubthump_bind(const char* library,
                                                                        const char* function,
                                                                        void** kept) {
  void* loaded = ::dlopen(library, RTLD_NOW | RTLD_LOCAL);
  *kept = loaded ? ::dlsym(loaded, function) : nullptr;
  if (*kept) return *kept;
  ::dprintf(STDERR_FILENO, "%s in %s: %s\n", function, library, ::dlerror());
  ::_exit(127);
}
