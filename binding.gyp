{
  # The same sources as native/CMakeLists.txt, for those who build with node-gyp.
  "variables": {
    "core_sources": "<!@(sed -n 's|^\\(.*\\.cpp\\)$|native/\\1|p' native/core/sources.txt)",
    "addon_sources": "<!@(sed -n 's|^\\(.*\\.cpp\\)$|native/\\1|p' native/addon/sources.txt)",
    "launcher_sources": "<!@(sed -n 's|^\\(.*\\.cpp\\)$|native/\\1|p' native/launcher/sources.txt)"
  },
  "target_defaults": {
    "include_dirs": ["native/core"],
    "cflags_cc!": ["-fno-exceptions", "-std=gnu++17", "-std=gnu++20"],
    "cflags_cc": ["-std=c++23", "-Wall", "-Wextra", "-Wno-missing-field-initializers", "-fvisibility=hidden"]
  },
  "targets": [
    {
      "target_name": "tubthump",
      "sources": ["<@(core_sources)", "<@(addon_sources)"],
      "include_dirs": ["native", "<!(node -p \"require('node-addon-api').include_dir\")"],
      "defines": ["NAPI_VERSION=9", "NODE_ADDON_API_DISABLE_DEPRECATED"],
      "ldflags": ["-static-libstdc++", "-static-libgcc"]
    },
    {
      "target_name": "launcher",
      "type": "executable",
      "product_name": "tubthump",
      "sources": ["<@(core_sources)", "<@(launcher_sources)"],
      "include_dirs": ["native"],
      "ldflags": ["-static"]
    }
  ]
}
