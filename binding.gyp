{
  # The same sources as native/CMakeLists.txt, for those who build with node-gyp.
  "target_defaults": {
    "include_dirs": ["native", "native/core"],
    "cflags_cc!": ["-fno-exceptions", "-std=gnu++17", "-std=gnu++20"],
    "cflags_cc": ["-std=c++23", "-fexceptions", "-Wall", "-Wextra", "-Wno-missing-field-initializers",
                  "-Wno-restrict", "-Wno-unused-parameter", "-fvisibility=hidden"]
  },
  "targets": [
    {
      "target_name": "core",
      "type": "static_library",
      "sources": ["<!@(sed 's|^|native/|' native/core/sources.txt)"],
      "link_settings": { "libraries": ["-l:libsodium.a", "-l:libzstd.a"] }
    },
    {
      "target_name": "tubthump",
      "dependencies": ["core"],
      "sources": ["<!@(sed 's|^|native/|' native/addon/sources.txt)"],
      "include_dirs": ["<!(node -p \"require('node-addon-api').include_dir\")"],
      "defines": ["NAPI_VERSION=9", "NODE_ADDON_API_DISABLE_DEPRECATED"],
      "ldflags": ["-static-libstdc++", "-static-libgcc", "-Wl,--exclude-libs,ALL"]
    },
    {
      "target_name": "launcher",
      "type": "executable",
      "product_name": "tubthump",
      "dependencies": ["core"],
      "sources": ["<!@(sed 's|^|native/|' native/launcher/sources.txt)"],
      "ldflags": ["-static"]
    },
    {
      "target_name": "meter",
      "type": "executable",
      "product_name": "tubthump-meter",
      "dependencies": ["core"],
      "sources": ["<!@(sed 's|^|native/|' native/meter/sources.txt)"],
      "ldflags": ["-static"]
    },
    {
      "target_name": "arena",
      "type": "shared_library",
      "product_name": "tubthump-arena",
      "product_prefix": "lib",
      "sources": ["<!@(sed 's|^|native/|' native/arena/sources.txt)"],
      "cflags_cc!": ["-fexceptions"],
      "cflags_cc": ["-fno-exceptions", "-fno-rtti", "-fno-threadsafe-statics"],
      "ldflags": ["-Wl,--as-needed", "-Wl,-z,now"]
    }
  ]
}
