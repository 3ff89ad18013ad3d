#include "launcher/encrypt_options.h"

#include <filesystem>

#include "launcher/copy_options.h"

namespace tubthump::launcher {

const char* const kEncryptHelp =
    R"(Usage: tubthump encrypt [--json] --key FILE DIR OUT
       tubthump encrypt [--json] --key-command COMMAND DIR OUT

Encrypts the image DIR as the image OUT, which is replaced if it is one. DIR stays as it is.

  --key FILE         32 bytes, as they are, in hexadecimal or in base64; for its owner only to read
  --key-command COMMAND
                     a program and its arguments that prints such a key; no shell is started
  --json             the result as JSON on stdout
  --help
)";

const char* const kDecryptHelp =
    R"(Usage: tubthump decrypt [options] --key FILE DIR OUT
       tubthump decrypt [options] --key-command COMMAND DIR OUT

Writes the encrypted image DIR, decrypted, as the image OUT, which is replaced if it is one. Nothing
appears when anything of DIR is not as it was encrypted.

  --key FILE         the key that it was encrypted with
  --key-command COMMAND
                     a program and its arguments that prints the key; no shell is started
  --require-signature FILE
                     only what was signed; FILE holds the public key (PEM)
  --json             the result as JSON on stdout
  --help
)";

Result<EncryptOptions> parse_encrypt(int argc, char** argv) {
  EncryptOptions options;
  OptionRules rules = rules_of(options.key);
  rules.push_back(text("require-signature", options.public_key));
  rules.push_back(flag("json", options.json));
  rules.push_back(flag("help", options.help));
  auto words = parse_command_line(argc, argv, rules);
  if (!words) return std::unexpected(words.error());
  if (options.help) return options;
  if (!words->rest.empty()) return usage("nothing follows `--`");
  for (const std::string& images : words->operands)
    options.images.emplace_back(std::filesystem::absolute(images).lexically_normal());
  if (!options.key) return usage("the key is missing: --key FILE or --key-command COMMAND");
  return options;
}

}  // namespace tubthump::launcher
