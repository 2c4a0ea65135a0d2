#include "report/channel.hpp"
#include "report/json_text.hpp"

#include <catch2/catch_test_macros.hpp>
#include <nlohmann/json.hpp>

using namespace lockstep::report;
using Json = nlohmann::ordered_json;

static void write(JsonText &text, const Json &json) {
  if (json.is_object()) {
    text.beginObject();
    for (const auto &[name, value] : json.items()) {
      text.key(name);
      write(text, value);
    }
    text.endObject();
  } else if (json.is_array()) {
    text.beginArray();
    for (const Json &value : json)
      write(text, value);
    text.endArray();
  } else if (json.is_string()) {
    text.value(json.get_ref<const std::string &>());
  } else if (json.is_boolean()) {
    text.value(json.get<bool>());
  } else if (json.is_number()) {
    text.value(json.get<int64_t>());
  } else {
    text.null();
  }
}

static std::string written(const Json &json, int indent) {
  JsonText text(indent);
  write(text, json);
  return text.take();
}

TEST_CASE("a document is laid out and escaped as nlohmann's, and sealed") {
  const Json documents[] = {
      Json::object(),
      Json::array(),
      {{"empty", Json::array()}, {"none", nullptr}, {"yes", true}, {"number", -7}},
      {{"list", {1, {{"in", {"a", "b"}}}, Json::object()}}},
      {{"quotes", "\"\\ /\b\f\n\r\t"}, {"control", std::string("\x01\x19\x7f\0.", 5)}},
      {{"letters", "\u00e4\u20ac\U0001F600"}, {"hidden", "a\u202eb\u2028c\ufeff\U000E0041"}},
      {{"commands", "##[error]x ##vso[task] # ## [ ##"}},
  };
  for (const Json &document : documents)
    for (int indent : {-1, 2}) {
      INFO(document.dump());
      CHECK(
          written(document, indent) ==
          sealed(Channel::json, document.dump(indent, ' ', false, Json::error_handler_t::replace)) +
              "\n");
      CHECK(Json::parse(written(document, indent)) == document);
    }
}

TEST_CASE("bytes that are no UTF-8 are replaced") {
  for (std::string_view bad : {"a\xff", "\xc3", "\xe2\x82", "\xed\xa0\x80", "\xf5z"}) {
    JsonText text(-1);
    text.value(bad);
    const Json parsed = Json::parse(text.take());
    CHECK(parsed.get<std::string>().find("\xEF\xBF\xBD") != std::string::npos);
  }
}
