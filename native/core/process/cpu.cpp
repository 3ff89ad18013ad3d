#include "process/cpu.h"

namespace tubthump::process {

std::vector<std::string> cpu_features() {
  std::vector<std::string> found;
  ::__builtin_cpu_init();
// The builtin takes nothing but literals.
#define TUBTHUMP_FEATURE(name) \
  if (__builtin_cpu_supports(name)) found.emplace_back(name)
  TUBTHUMP_FEATURE("sse3");
  TUBTHUMP_FEATURE("ssse3");
  TUBTHUMP_FEATURE("sse4.1");
  TUBTHUMP_FEATURE("sse4.2");
  TUBTHUMP_FEATURE("sse4a");
  TUBTHUMP_FEATURE("popcnt");
  TUBTHUMP_FEATURE("pclmul");
  TUBTHUMP_FEATURE("aes");
  TUBTHUMP_FEATURE("sha");
  TUBTHUMP_FEATURE("rdrnd");
  TUBTHUMP_FEATURE("rdseed");
  TUBTHUMP_FEATURE("movbe");
  TUBTHUMP_FEATURE("lzcnt");
  TUBTHUMP_FEATURE("bmi");
  TUBTHUMP_FEATURE("bmi2");
  TUBTHUMP_FEATURE("adx");
  TUBTHUMP_FEATURE("f16c");
  TUBTHUMP_FEATURE("fma");
  TUBTHUMP_FEATURE("avx");
  TUBTHUMP_FEATURE("avx2");
  TUBTHUMP_FEATURE("gfni");
  TUBTHUMP_FEATURE("vaes");
  TUBTHUMP_FEATURE("vpclmulqdq");
  TUBTHUMP_FEATURE("avx512f");
  TUBTHUMP_FEATURE("avx512vl");
  TUBTHUMP_FEATURE("avx512bw");
  TUBTHUMP_FEATURE("avx512dq");
  TUBTHUMP_FEATURE("avx512cd");
  TUBTHUMP_FEATURE("avx512ifma");
  TUBTHUMP_FEATURE("avx512vbmi");
  TUBTHUMP_FEATURE("avx512vbmi2");
  TUBTHUMP_FEATURE("avx512vnni");
  TUBTHUMP_FEATURE("avx512bitalg");
  TUBTHUMP_FEATURE("avx512vpopcntdq");
#undef TUBTHUMP_FEATURE
  return found;
}

}  // namespace tubthump::process
