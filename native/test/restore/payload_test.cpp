#include "restore/payload.h"

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

using namespace tubthump;
using namespace tubthump::restore;

TEST_CASE("the payload holds the environment with the overrides over it") {
  const char* environment[] = {"A=1", "B=with=equals", "broken", "=odd", nullptr};
  image::Manifest manifest;
  manifest.id = "image";
  manifest.generation = 2;
  manifest.created_ms = 5;
  Payload payload = make_payload(environment, {"A=2", "C="});
  payload.args = {"--port", "1"};
  auto frame = nlohmann::json::parse(encode_payload(payload, manifest));
  CHECK(frame["reason"] == "restored");
  CHECK(frame["environment"] == nlohmann::json{"A=2", "B=with=equals", "C="});
  CHECK(frame["args"] == nlohmann::json{"--port", "1"});
  CHECK(frame["generation"] == 3);
  CHECK(frame["checkpointedAt"] == 5);
  CHECK(frame["imageId"] == "image");
  CHECK(frame["parkedMs"] == 0);
  const auto parked = encode_payload(payload, manifest, std::chrono::milliseconds(1500));
  CHECK(nlohmann::json::parse(parked)["parkedMs"] == 1500);
}

TEST_CASE("bytes that are no UTF-8 do not break the payload") {
  const char* environment[] = {"LATIN=\xe4\xf6", nullptr};
  auto text = encode_payload(make_payload(environment, {}), {});
  CHECK(nlohmann::json::parse(text)["environment"].at(0).get<std::string>().starts_with("LATIN="));
}

TEST_CASE("every copy has another id") {
  const char* environment[] = {nullptr};
  std::string first = make_payload(environment, {}).clone_id;
  std::string second = make_payload(environment, {}).clone_id;
  CHECK(first.size() == 36);
  CHECK(first != second);
}
