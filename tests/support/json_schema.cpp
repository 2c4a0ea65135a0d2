#include "support/json_schema.hpp"

#include "support/process.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <set>

namespace lockstep::test {

using nlohmann::json;

namespace {

bool hasType(const json &value, const std::string &type) {
  if (type == "integer")
    return value.is_number_integer();
  if (type == "number")
    return value.is_number();
  return type == value.type_name();
}

class Validator {
public:
  explicit Validator(const json &root) : root_(root) {}

  std::vector<std::string> faults(const json &value) {
    check(root_, value, "$");
    return std::move(faults_);
  }

private:
  void fault(const std::string &path, const std::string &words) {
    faults_.push_back(path + ": " + words);
  }

  void check(const json &schema, const json &value, const std::string &path) {
    if (schema.is_boolean()) {
      if (!schema.get<bool>())
        fault(path, "is not allowed");
      return;
    }
    for (const auto &[keyword, argument] : schema.items())
      checkKeyword(keyword, argument, schema, value, path);
  }

  void checkKeyword(const std::string &keyword, const json &argument, const json &schema,
                    const json &value, const std::string &path) {
    static const std::set<std::string> annotations{"$schema", "$defs",    "$id",        "title",
                                                   "default", "examples", "description"};
    if (annotations.contains(keyword) || keyword == "additionalProperties")
      return;
    if (keyword == "$ref") {
      check(root_.at(json::json_pointer(argument.get<std::string>().substr(1))), value, path);
    } else if (keyword == "type") {
      const json types = argument.is_array() ? argument : json::array({argument});
      if (std::none_of(types.begin(), types.end(),
                       [&](const json &type) { return hasType(value, type); }))
        fault(path, "is no " + argument.dump() + " but " + value.type_name());
    } else if (keyword == "const") {
      if (value != argument)
        fault(path, "is not " + argument.dump());
    } else if (keyword == "enum") {
      if (std::find(argument.begin(), argument.end(), value) == argument.end())
        fault(path, value.dump() + " is none of " + argument.dump());
    } else if (keyword == "minimum") {
      if (value.is_number() && value.get<double>() < argument.get<double>())
        fault(path, "is below " + argument.dump());
    } else if (keyword == "required") {
      for (const json &name : argument)
        if (value.is_object() && !value.contains(name.get<std::string>()))
          fault(path, "lacks " + name.dump());
    } else if (keyword == "properties") {
      checkProperties(argument, schema, value, path);
    } else if (keyword == "items") {
      for (size_t i = 0; value.is_array() && i < value.size(); ++i)
        check(argument, value[i], path + "[" + std::to_string(i) + "]");
    } else if (keyword == "anyOf") {
      if (std::none_of(argument.begin(), argument.end(), [&](const json &choice) {
            Validator inner(root_);
            inner.check(choice, value, path);
            return inner.faults_.empty();
          }))
        fault(path, "fits no choice: " + value.dump());
    } else {
      fault(path, "the schema uses " + keyword + ", which this validator does not know");
    }
  }

  void checkProperties(const json &properties, const json &schema, const json &value,
                       const std::string &path) {
    if (!value.is_object())
      return;
    for (const auto &[name, member] : value.items()) {
      if (properties.contains(name))
        check(properties[name], member, path + "." + name);
      else if (schema.contains("additionalProperties"))
        check(schema["additionalProperties"], member, path + "." + name);
    }
  }

  const json &root_;
  std::vector<std::string> faults_;
};

} // namespace

std::vector<std::string> schemaFaults(const std::filesystem::path &schema, std::string_view text) {
  json root = json::parse(readFile(schema), nullptr, false);
  if (root.is_discarded())
    return {schema.string() + " is no JSON"};
  json value = json::parse(text, nullptr, false);
  if (value.is_discarded())
    return {"this is no JSON: " + std::string(text.substr(0, 200))};
  return Validator(root).faults(value);
}

} // namespace lockstep::test
