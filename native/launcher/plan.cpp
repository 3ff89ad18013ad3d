#include "launcher/plan.h"

#include <filesystem>
#include <nlohmann/json.hpp>

#include "launcher/moment.h"

namespace tubthump::launcher {

std::string make_plan(const Options& options, const std::optional<Error>& fallback) {
  nlohmann::json plan = nlohmann::json::object();
  // `warm` is not for the service to see to: our own request comes when it is warm.
  if (is_automatic(options.checkpoint) && options.checkpoint != "warm")
    plan["when"] = options.checkpoint;
  if (!options.signal.empty()) plan["signalName"] = options.signal;
  if (!plan.empty()) {
    std::error_code error;
    plan["images"] = std::filesystem::absolute(options.images, error).string();
    plan["leaveRunning"] = !options.exit;
    if (!options.criu.empty()) plan["criu"] = options.criu;
    if (!options.key.file.empty()) plan["encrypt"] = options.key.file;
    if (!options.key.command.empty()) plan["encryptCommand"] = options.key.command;
  }
  if (fallback)
    plan["fallback"] = {{"code", code_string(fallback->code)}, {"message", fallback->message}};
  if (plan.empty()) return {};
  return plan.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

}  // namespace tubthump::launcher
