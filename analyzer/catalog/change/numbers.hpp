#pragma once
#include "catalog/layer.hpp"
#include "catalog/model/state.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace lockstep::catalog {

/// A name as those are numbered that the server makes up: "t_a_key12".
struct NumberedName {
  std::string_view stem;
  uint32_t number = 0;
};
/// The parts of a name that ends with a number from 1 on, without zeros in front.
[[nodiscard]] std::optional<NumberedName> numberedName(std::string_view name);

/// Notes that a name is taken. `isTaken(name)` tells of others with the same schema.
template <class IsTaken>
void noteTaken(NumberMap &numbers, std::string_view schema, std::string_view name,
               IsTaken &&isTaken) {
  const std::optional<NumberedName> numbered = numberedName(name);
  if (!numbered)
    return;
  const NameView key{schema, numbered->stem};
  const uint32_t *lowest = numbers.find(key);
  if (numbered->number != (lowest ? *lowest : 1))
    return;
  uint32_t next = numbered->number + 1;
  while (isTaken(std::string(numbered->stem) + std::to_string(next)))
    ++next;
  numbers.set(ObjectName(key), next);
}

/// Notes that a name is free again.
void noteFree(NumberMap &numbers, std::string_view schema, std::string_view name);

} // namespace lockstep::catalog
