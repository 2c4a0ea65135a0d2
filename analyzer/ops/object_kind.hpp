#pragma once
#include "ops/layer.hpp"

#include <cstdint>
#include <string_view>

namespace lockstep::ops {

/// The kinds of objects that DDL names (PostgreSQL's ObjectType, as far as a user can write it).
enum class ObjectKind : uint8_t {
  access_method,
  aggregate,
  cast,
  collation,
  column,
  constraint,
  conversion,
  database,
  default_privileges,
  domain,
  domain_constraint,
  event_trigger,
  extension,
  foreign_data_wrapper,
  foreign_server,
  foreign_table,
  function,
  index,
  language,
  large_object,
  materialized_view,
  operator_,
  operator_class,
  operator_family,
  owned,
  parameter,
  policy,
  procedure,
  publication,
  role,
  routine,
  rule,
  schema,
  sequence,
  statistics,
  subscription,
  table,
  tablespace,
  text_search_configuration,
  text_search_dictionary,
  text_search_parser,
  text_search_template,
  transform,
  trigger,
  type,
  type_attribute,
  user_mapping,
  view,
};

/// As SQL and messages say it: "materialized view".
[[nodiscard]] std::string_view name(ObjectKind kind);

} // namespace lockstep::ops
