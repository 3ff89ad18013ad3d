#include "signature/statement.h"

#include <sodium.h>

#include <charconv>
#include <optional>

namespace tubthump::signature {

namespace {

constexpr std::string_view kHeader = "tubthump signature 1";

std::unexpected<Error> malformed(const char* what) {
  return fail(ErrorCode::ImageUntrusted, std::string("the signature is malformed: ") + what);
}

/// Takes one line off the front, without its end; nothing when there is no whole one.
std::optional<std::string_view> take_line(std::string_view& rest) {
  const size_t end = rest.find('\n');
  if (end == std::string_view::npos) return std::nullopt;
  const std::string_view line = rest.substr(0, end);
  rest.remove_prefix(end + 1);
  return line;
}

template <size_t Size>
bool from_hex(std::string_view text, std::array<unsigned char, Size>& out) {
  size_t written = 0;
  return text.size() == 2 * Size &&
         ::sodium_hex2bin(out.data(), out.size(), text.data(), text.size(), nullptr, &written,
                          nullptr) == 0 &&
         written == Size;
}

bool is_name(std::string_view name) {
  return !name.empty() && name != "." && name != ".." && name.find('/') == std::string_view::npos &&
         name.find('\0') == std::string_view::npos;
}

std::optional<SignedFile> parse_file(std::string_view line) {
  SignedFile file;
  constexpr size_t kDigits = 2 * sizeof(Digest);
  if (line.size() < kDigits + 4 || line[kDigits] != ' ') return std::nullopt;
  if (!from_hex(line.substr(0, kDigits), file.digest)) return std::nullopt;
  line.remove_prefix(kDigits + 1);
  auto [end, error] = std::from_chars(line.data(), line.data() + line.size(), file.size);
  if (error != std::errc() || end == line.data() + line.size() || *end != ' ') return std::nullopt;
  line.remove_prefix(static_cast<size_t>(end - line.data()) + 1);
  if (!is_name(line)) return std::nullopt;
  file.name = line;
  return file;
}

}  // namespace

Result<Statement> verify_statement(std::string_view text, const PublicKey& key) {
  std::string_view rest = text;
  const auto header = take_line(rest), hex = take_line(rest);
  if (!header || *header != kHeader) return malformed("not a signature of version 1");
  std::array<unsigned char, crypto_sign_BYTES> signature;
  if (!hex || !from_hex(*hex, signature)) return malformed("128 digits do not follow its header");
  if (::crypto_sign_verify_detached(signature.data(),
                                    reinterpret_cast<const unsigned char*>(rest.data()),
                                    rest.size(), key.data()) != 0)
    return fail(ErrorCode::ImageUntrusted,
                "the image was not signed with the key that is required");

  return parse_statement(rest);
}

Result<Statement> parse_statement(std::string_view rest) {
  Statement statement;
  const auto image = take_line(rest);
  if (!image || !image->starts_with("image ")) return malformed("it names no image");
  statement.image_id = image->substr(6);
  while (!rest.empty()) {
    const auto line = take_line(rest);
    auto file = line ? parse_file(*line) : std::nullopt;
    if (!file) return malformed("a line is no file");
    statement.files.push_back(std::move(*file));
  }
  return statement;
}

}  // namespace tubthump::signature
