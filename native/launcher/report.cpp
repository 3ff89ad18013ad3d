#include "launcher/report.h"

#include <cstdio>
#include <nlohmann/json.hpp>

namespace tubthump::launcher {

int report(const Error& error, bool as_json) {
  const std::string code(code_string(error.code));
  const std::string hint(hint_of(error.code));
  if (as_json) {
    nlohmann::json object{
        {"error",
         {{"code", code}, {"message", error.message}, {"hint", hint}, {"log", error.log}}}};
    std::string text = object.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
    std::fprintf(stderr, "%s\n", text.c_str());
  } else {
    std::fprintf(stderr, "tubthump: %s (%s)\nhint: %s\n", error.message.c_str(), code.c_str(),
                 hint.c_str());
  }
  return exit_status_of(error.code);
}

void report_fallback(const Error& error) {
  std::fprintf(stderr, "tubthump: started normally, the restore failed: %s (%s)\n",
               error.message.c_str(), std::string(code_string(error.code)).c_str());
}

}  // namespace tubthump::launcher
