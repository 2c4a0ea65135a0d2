#pragma once
#include <string>
#include <string_view>
#include <vector>

// What C++ sources declare, read off their tokens: enough for the style of this project, which has
// no macros that declare anything.

namespace layering {

/// A type or function at the level of a namespace, or a member function outside of its class.
struct Declaration {
  enum class Kind { type, function };
  Kind kind = Kind::type;
  std::string space; ///< The namespaces around it: "lockstep::sql".
  std::string name;  ///< As written: "Splitter", "Splitter::next", "operator==".
  /// Of a function: the types of its parameters, and const.
  std::string parameters;
  bool is_definition = false;
  /// Of this file alone: static, or in a namespace without a name.
  bool is_local = false;
  bool is_template = false;

  [[nodiscard]] std::string qualifiedName() const {
    return (space.empty() ? name : space + "::" + name) + parameters;
  }
};

/// The declarations of a source, in order.
[[nodiscard]] std::vector<Declaration> declarationsOf(std::string_view source);

} // namespace layering
