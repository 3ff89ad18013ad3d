#include "launcher/copy_options.h"

#include <cstring>
#include <filesystem>

namespace tubthump::launcher {

OptionRules rules_of(CopyOptions& options) {
  OptionRules rules = rules_of(options.key);
  const OptionRules others{
      text("criu", options.criu),
      {"env", true,
       [&options](const char* value) -> Result<void> {
         if (!std::strchr(value, '=') || *value == '=')
           return usage("--env takes NAME=VALUE, not `" + std::string(value) + "`");
         options.environment.emplace_back(value);
         return {};
       }},
      {"engine", true,
       [&options](const char* name) -> Result<void> {
         if (std::strcmp(name, "stream") == 0)
           options.paging = restore::Paging::Stream;
         else if (std::strcmp(name, "eager") == 0)
           options.paging = restore::Paging::Eager;
         else
           return usage("--engine takes `eager` or `stream`, not `" + std::string(name) + "`");
         return {};
       }},
      text("require-signature", options.public_key),
      flag("verify", options.verify),
      flag("strict", options.strict),
      number("timeout", options.timeout_ms, 1, 86'400, " seconds", 1000),
      flag("json", options.json),
      flag("help", options.help),
  };
  rules.insert(rules.end(), others.begin(), others.end());
  return rules;
}

OptionRules rules_of(encryption::KeySource& key) {
  OptionRule file = text("key", key.file);
  file.take = [&key, as_given = file.take](const char* path) {
    auto taken = as_given(path);
    if (taken) key.file = std::filesystem::absolute(path);
    return taken;
  };
  return {file, text("key-command", key.command)};
}

}  // namespace tubthump::launcher
