#pragma once
#include "catalog/model/catalog.hpp"
#include "effects/layer.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace lockstep::effects {

/// The type of a value, as far as conversions need it.
struct ValueType {
  std::string name;                   ///< The catalog name: "int4", "_varchar"; for messages else.
  ObjectId id = ObjectId::none;       ///< A type of the catalog.
  std::vector<std::string> modifiers; ///< As written: "10", "2".
  bool is_array = false;
  bool known = false; ///< False: nothing can be said of its conversions.

  [[nodiscard]] bool isBuiltin() const { return known && id == ObjectId::none; }
  /// Same type, whatever the modifiers.
  [[nodiscard]] bool isSame(const ValueType &other) const {
    return known && other.known && id == other.id && is_array == other.is_array &&
           (id != ObjectId::none || name == other.name);
  }
};

[[nodiscard]] ValueType valueTypeOf(const TypeName &type, const Catalog &catalog, int postgres);
/// The type of a column, whose type is resolved already.
[[nodiscard]] ValueType valueTypeOf(const Column &column, int postgres);
/// What lies below a domain, with that type's modifiers; any other type itself.
[[nodiscard]] ValueType belowDomain(const ValueType &type, const Catalog &catalog, int postgres);

} // namespace lockstep::effects
