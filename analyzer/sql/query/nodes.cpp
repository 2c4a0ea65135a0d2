#include "sql/query/nodes.hpp"

extern "C" {
#include <postgres.h>
#include <nodes/parsenodes.h>
}

namespace lockstep::sql {

std::span<void *const> cells(const ::List *list) {
  static_assert(sizeof(ListCell) == sizeof(void *));
  if (!list)
    return {};
  return {&list->elements->ptr_value, static_cast<size_t>(list->length)};
}

std::string_view stringOf(const void *node) {
  if (!node || !IsA(node, String))
    return {};
  return text(static_cast<const String *>(node)->sval);
}

} // namespace lockstep::sql
