#pragma once
#include "catalog/layer.hpp"
#include "catalog/model/catalog.hpp"

#include <string>
#include <tuple>
#include <vector>

namespace lockstep::catalog {

/// An object or a part of one.
struct Address {
  ObjectId id = ObjectId::none;
  PartKind kind = PartKind::whole;
  std::string part;

  friend bool operator<(const Address &a, const Address &b) {
    return std::tie(a.id, a.kind, a.part) < std::tie(b.id, b.kind, b.part);
  }
  friend bool operator==(const Address &a, const Address &b) {
    return a.id == b.id && a.kind == b.kind && a.part == b.part;
  }
};

/// Something that depends on an address.
struct DependentAddress {
  Address address;
  DependencyKind kind = DependencyKind::normal;
};

/// What depends directly on an object or part, its own parts included where they can be dropped
/// alone: the indexes and constraints of a column.
[[nodiscard]] std::vector<DependentAddress> dependentsOf(const Catalog &catalog,
                                                         const Address &address);

/// As the server's messages name it: "column a of table t", "constraint c on table t"
/// (getObjectDescription, objectaddress.c).
[[nodiscard]] std::string description(const Catalog &catalog, const Address &address);

/// All that goes with some objects, and what would only go with CASCADE.
struct Dropped {
  std::vector<Address> objects;    ///< The objects and what goes with them automatically.
  std::vector<Address> dependents; ///< What needs CASCADE, and what goes with that.
};
[[nodiscard]] Dropped findDropped(const Catalog &catalog, std::vector<Address> objects);

} // namespace lockstep::catalog
