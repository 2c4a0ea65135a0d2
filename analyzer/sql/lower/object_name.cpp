#include "sql/lower/object_name.hpp"

#include "sql/query/name.hpp"

extern "C" {
#include <postgres.h>
#include <nodes/parsenodes.h>
}

namespace lockstep::sql {

ObjectKind objectKind(int type) {
  switch (static_cast<ObjectType>(type)) {
  case OBJECT_ACCESS_METHOD:
    return ObjectKind::access_method;
  case OBJECT_AGGREGATE:
    return ObjectKind::aggregate;
  case OBJECT_AMOP:
  case OBJECT_AMPROC:
  case OBJECT_OPFAMILY:
    return ObjectKind::operator_family;
  case OBJECT_ATTRIBUTE:
    return ObjectKind::type_attribute;
  case OBJECT_CAST:
    return ObjectKind::cast;
  case OBJECT_COLUMN:
  case OBJECT_DEFAULT:
    return ObjectKind::column;
  case OBJECT_COLLATION:
    return ObjectKind::collation;
  case OBJECT_CONVERSION:
    return ObjectKind::conversion;
  case OBJECT_DATABASE:
    return ObjectKind::database;
  case OBJECT_DEFACL:
    return ObjectKind::default_privileges;
  case OBJECT_DOMAIN:
    return ObjectKind::domain;
  case OBJECT_DOMCONSTRAINT:
    return ObjectKind::domain_constraint;
  case OBJECT_EVENT_TRIGGER:
    return ObjectKind::event_trigger;
  case OBJECT_EXTENSION:
    return ObjectKind::extension;
  case OBJECT_FDW:
    return ObjectKind::foreign_data_wrapper;
  case OBJECT_FOREIGN_SERVER:
    return ObjectKind::foreign_server;
  case OBJECT_FOREIGN_TABLE:
    return ObjectKind::foreign_table;
  case OBJECT_FUNCTION:
    return ObjectKind::function;
  case OBJECT_INDEX:
    return ObjectKind::index;
  case OBJECT_LANGUAGE:
    return ObjectKind::language;
  case OBJECT_LARGEOBJECT:
    return ObjectKind::large_object;
  case OBJECT_MATVIEW:
    return ObjectKind::materialized_view;
  case OBJECT_OPCLASS:
    return ObjectKind::operator_class;
  case OBJECT_OPERATOR:
    return ObjectKind::operator_;
  case OBJECT_PARAMETER_ACL:
    return ObjectKind::parameter;
  case OBJECT_POLICY:
    return ObjectKind::policy;
  case OBJECT_PROCEDURE:
    return ObjectKind::procedure;
  case OBJECT_PUBLICATION:
  case OBJECT_PUBLICATION_NAMESPACE:
  case OBJECT_PUBLICATION_REL:
    return ObjectKind::publication;
  case OBJECT_ROLE:
    return ObjectKind::role;
  case OBJECT_ROUTINE:
    return ObjectKind::routine;
  case OBJECT_RULE:
    return ObjectKind::rule;
  case OBJECT_SCHEMA:
    return ObjectKind::schema;
  case OBJECT_SEQUENCE:
    return ObjectKind::sequence;
  case OBJECT_SUBSCRIPTION:
    return ObjectKind::subscription;
  case OBJECT_STATISTIC_EXT:
    return ObjectKind::statistics;
  case OBJECT_TABCONSTRAINT:
    return ObjectKind::constraint;
  case OBJECT_TABLE:
    return ObjectKind::table;
  case OBJECT_TABLESPACE:
    return ObjectKind::tablespace;
  case OBJECT_TRANSFORM:
    return ObjectKind::transform;
  case OBJECT_TRIGGER:
    return ObjectKind::trigger;
  case OBJECT_TSCONFIGURATION:
    return ObjectKind::text_search_configuration;
  case OBJECT_TSDICTIONARY:
    return ObjectKind::text_search_dictionary;
  case OBJECT_TSPARSER:
    return ObjectKind::text_search_parser;
  case OBJECT_TSTEMPLATE:
    return ObjectKind::text_search_template;
  case OBJECT_TYPE:
    return ObjectKind::type;
  case OBJECT_USER_MAPPING:
    return ObjectKind::user_mapping;
  case OBJECT_VIEW:
    return ObjectKind::view;
  }
  return ObjectKind::table;
}

/// A list that names a part and what it is of: (schema, table, column).
static void splitPart(ObjectName &result, const ::List *names) {
  auto strings = cells(names);
  result.part = stringOf(strings.back());
  if (strings.size() > 1)
    result.name.name = stringOf(strings[strings.size() - 2]);
  if (strings.size() > 2)
    result.name.schema = stringOf(strings[strings.size() - 3]);
}

static void nameFromList(const Lowering &at, ObjectName &result, ObjectKind kind,
                         const ::List *list) {
  switch (kind) {
  case ObjectKind::column:
  case ObjectKind::constraint:
  case ObjectKind::policy:
  case ObjectKind::rule:
  case ObjectKind::trigger:
    return splitPart(result, list);
  case ObjectKind::operator_class:
  case ObjectKind::operator_family: { // The access method stands first.
    auto strings = cells(list);
    result.name.name = stringOf(strings.back());
    if (strings.size() > 2)
      result.name.schema = stringOf(strings[strings.size() - 2]);
    return;
  }
  case ObjectKind::cast:
  case ObjectKind::transform:
  case ObjectKind::domain_constraint:
    for (const ::Node *part : nodes<::Node>(list)) {
      if (IsA(part, TypeName))
        result.arguments.push_back(lowerType(at, as<::TypeName>(part)));
      else
        result.part = stringOf(part);
    }
    if (kind == ObjectKind::cast)
      result.name.name = sqlType(result.arguments[0]) + " as " + sqlType(result.arguments[1]);
    else
      result.name = {result.arguments[0].schema, result.arguments[0].name, {}};
    return;
  default:
    result.name = qualifiedName(list);
    return;
  }
}

ObjectName objectName(const Lowering &at, ObjectKind kind, const ::Node *node) {
  ObjectName result;
  if (!node)
    return result;
  switch (nodeTag(node)) {
  case T_TypeName:
    result.name = qualifiedName(as<::TypeName>(node)->names);
    break;
  case T_ObjectWithArgs: {
    const auto *object = as<ObjectWithArgs>(node);
    result.name = qualifiedName(object->objname);
    result.arguments = argumentTypes(at, object);
    result.has_arguments = !object->args_unspecified;
    break;
  }
  case T_List:
    nameFromList(at, result, kind, as<::List>(node));
    break;
  case T_RangeVar:
    result.name = relationName(at, as<::RangeVar>(node));
    break;
  default: // A plain name, or the number of a large object.
    result.name.name = optionText(node);
    break;
  }
  return result;
}

/// After the words that name a kind of object, such as TEXT SEARCH PARSER; `index` is the first.
size_t skipKind(const StatementTokens &tokens, size_t index) {
  auto is = [&](size_t offset, std::string_view word) { return tokens.is(index + offset, word); };
  if (is(0, "materialized") || is(0, "event") || is(0, "access") || is(0, "procedural") ||
      is(0, "large") || is(0, "user"))
    return is(0, "user") && !is(1, "mapping") ? index + 1 : index + 2;
  if (is(0, "foreign"))
    return is(1, "data") ? index + 3 : index + 2;
  if (is(0, "text"))
    return index + 3;
  if (is(0, "operator"))
    return is(1, "class") || is(1, "family") ? index + 2 : index + 1;
  return index + 1;
}

} // namespace lockstep::sql
