#include "ops/object_kind.hpp"

namespace lockstep::ops {

std::string_view name(ObjectKind kind) {
  switch (kind) {
  case ObjectKind::access_method:
    return "access method";
  case ObjectKind::aggregate:
    return "aggregate";
  case ObjectKind::cast:
    return "cast";
  case ObjectKind::collation:
    return "collation";
  case ObjectKind::column:
    return "column";
  case ObjectKind::constraint:
    return "constraint";
  case ObjectKind::conversion:
    return "conversion";
  case ObjectKind::database:
    return "database";
  case ObjectKind::default_privileges:
    return "default privileges";
  case ObjectKind::domain:
    return "domain";
  case ObjectKind::domain_constraint:
    return "domain constraint";
  case ObjectKind::event_trigger:
    return "event trigger";
  case ObjectKind::extension:
    return "extension";
  case ObjectKind::foreign_data_wrapper:
    return "foreign-data wrapper";
  case ObjectKind::foreign_server:
    return "server";
  case ObjectKind::foreign_table:
    return "foreign table";
  case ObjectKind::function:
    return "function";
  case ObjectKind::index:
    return "index";
  case ObjectKind::language:
    return "language";
  case ObjectKind::large_object:
    return "large object";
  case ObjectKind::materialized_view:
    return "materialized view";
  case ObjectKind::operator_:
    return "operator";
  case ObjectKind::operator_class:
    return "operator class";
  case ObjectKind::operator_family:
    return "operator family";
  case ObjectKind::owned:
    return "owned objects";
  case ObjectKind::parameter:
    return "parameter";
  case ObjectKind::policy:
    return "policy";
  case ObjectKind::procedure:
    return "procedure";
  case ObjectKind::publication:
    return "publication";
  case ObjectKind::role:
    return "role";
  case ObjectKind::routine:
    return "routine";
  case ObjectKind::rule:
    return "rule";
  case ObjectKind::schema:
    return "schema";
  case ObjectKind::sequence:
    return "sequence";
  case ObjectKind::statistics:
    return "statistics object";
  case ObjectKind::subscription:
    return "subscription";
  case ObjectKind::table:
    return "table";
  case ObjectKind::tablespace:
    return "tablespace";
  case ObjectKind::text_search_configuration:
    return "text search configuration";
  case ObjectKind::text_search_dictionary:
    return "text search dictionary";
  case ObjectKind::text_search_parser:
    return "text search parser";
  case ObjectKind::text_search_template:
    return "text search template";
  case ObjectKind::transform:
    return "transform";
  case ObjectKind::trigger:
    return "trigger";
  case ObjectKind::type:
    return "type";
  case ObjectKind::type_attribute:
    return "attribute";
  case ObjectKind::user_mapping:
    return "user mapping";
  case ObjectKind::view:
    return "view";
  }
  return "object";
}

} // namespace lockstep::ops
