#include "report/formats/schema_json.hpp"

#include "report/json_parts.hpp"

#include <nlohmann/json.hpp>

namespace lockstep::report {

using Json = nlohmann::ordered_json;

static std::string_view kindName(ConstraintKind kind) {
  switch (kind) {
  case ConstraintKind::check:
    return "check";
  case ConstraintKind::not_null:
    return "not null";
  case ConstraintKind::unique:
    return "unique";
  case ConstraintKind::primary_key:
    return "primary key";
  case ConstraintKind::foreign_key:
    return "foreign key";
  case ConstraintKind::exclusion:
    return "exclusion";
  }
  return "";
}

static std::string_view kindName(TypeKind kind) {
  switch (kind) {
  case TypeKind::enumeration:
    return "enum";
  case TypeKind::domain:
    return "domain";
  case TypeKind::composite:
    return "composite";
  case TypeKind::range:
    return "range";
  case TypeKind::base:
    return "base";
  case TypeKind::shell:
    return "shell";
  }
  return "";
}

static std::string_view persistenceName(Persistence persistence) {
  switch (persistence) {
  case Persistence::permanent:
    return "permanent";
  case Persistence::unlogged:
    return "unlogged";
  case Persistence::temporary:
    return "temporary";
  }
  return "";
}

static Json expressionOrNull(const SqlExpressionPointer &expression) {
  return expression ? Json(expression->text) : Json(nullptr);
}

static Json columnJson(const Column &column) {
  Json json;
  json["name"] = column.name;
  json["type"] = sqlType(column.type);
  json["not_null"] = column.not_null;
  json["default"] = expressionOrNull(column.default_value);
  json["generated"] = expressionOrNull(column.generation);
  json["identity"] = column.identity == Identity::none     ? Json(nullptr)
                     : column.identity == Identity::always ? Json("always")
                                                           : Json("by default");
  return json;
}

static Json constraintJson(const Constraint &constraint, const Catalog &catalog) {
  Json json;
  json["name"] = textOrNull<Json>(constraint.name);
  json["kind"] = std::string(kindName(constraint.kind));
  json["columns"] = constraint.columns;
  json["expression"] = expressionOrNull(constraint.expression);
  json["valid"] = constraint.valid;
  json["enforced"] = constraint.enforced;
  json["deferrable"] = constraint.deferrable;
  Json references(nullptr);
  if (constraint.kind == ConstraintKind::foreign_key) {
    const Relation *referenced = catalog.relation(constraint.referenced);
    references["table"] =
        referenced ? referenced->qualifiedName() : sqlName(constraint.referenced_name);
    references["columns"] = constraint.referenced_columns;
  }
  json["references"] = std::move(references);
  return json;
}

static Json indexJson(const Relation &index) {
  Json json;
  json["name"] = index.qualifiedName();
  if (!index.index)
    return json;
  json["method"] = index.index->method;
  json["unique"] = index.index->unique;
  json["primary"] = index.index->primary;
  json["valid"] = index.index->valid;
  json["elements"] = Json::array();
  for (const IndexElement &element : index.index->elements)
    json["elements"].push_back(element.expression ? element.expression->text : element.column);
  json["include"] = index.index->include;
  json["predicate"] = expressionOrNull(index.index->predicate);
  return json;
}

static Json namesJson(const std::vector<ObjectId> &ids, const Catalog &catalog) {
  Json json = Json::array();
  for (ObjectId id : ids)
    if (const Relation *relation = catalog.relation(id))
      json.push_back(relation->qualifiedName());
  return json;
}

static Json relationJson(const Relation &relation, const Catalog &catalog) {
  Json json;
  json["name"] = relation.qualifiedName();
  json["kind"] = std::string(name(relation.kind));
  json["persistence"] = std::string(persistenceName(relation.persistence));
  json["partial"] = relation.partial;
  json["columns"] = Json::array();
  for (const Column &column : relation.columns)
    json["columns"].push_back(columnJson(column));
  json["constraints"] = Json::array();
  for (const Constraint &constraint : relation.constraints)
    json["constraints"].push_back(constraintJson(constraint, catalog));
  json["indexes"] = Json::array();
  for (const Relation *index : catalog.indexesOf(relation))
    json["indexes"].push_back(indexJson(*index));
  json["triggers"] = Json::array();
  for (const Trigger &trigger : relation.triggers)
    json["triggers"].push_back(trigger.name);
  json["policies"] = Json::array();
  for (const Policy &policy : relation.policies)
    json["policies"].push_back(policy.name);
  json["row_security"] = relation.row_security;
  json["parents"] = namesJson(relation.parents, catalog);
  return json;
}

static Json typeJson(const Type &type, const Catalog &catalog) {
  Json json;
  json["name"] = type.qualifiedName();
  json["kind"] = std::string(kindName(type.kind));
  json["labels"] = type.labels;
  json["base"] = type.kind == TypeKind::domain ? Json(sqlType(type.base)) : Json(nullptr);
  json["attributes"] = Json::array();
  if (const Relation *row = catalog.relation(type.relation))
    for (const Column &attribute : row->columns)
      json["attributes"].push_back(columnJson(attribute));
  return json;
}

static Json schemaJson(const HistorySchema &schema) {
  const Catalog &catalog = schema.catalog;
  Json json;
  json["path"] = schema.history.path;
  json["framework"] = schema.history.framework;
  json["complete"] = catalog.incompleteSince() == nullptr;
  json["schemas"] = catalog.schemas();
  json["relations"] = Json::array();
  for (const Relation *relation : catalog.relations())
    if (!relation->isIndex() && relation->kind != RelationKind::composite_type)
      json["relations"].push_back(relationJson(*relation, catalog));
  json["types"] = Json::array();
  for (const Type *type : catalog.types())
    json["types"].push_back(typeJson(*type, catalog));
  json["functions"] = Json::array();
  for (const Function *function : catalog.functions())
    json["functions"].push_back(function->signature());
  return json;
}

std::string renderSchemaJson(const SchemaResult &result) {
  Places places(result.sources);
  Json json;
  json["version"] = 1;
  json["postgres"] = result.postgres;
  json["histories"] = Json::array();
  for (const HistorySchema &schema : result.histories)
    json["histories"].push_back(schemaJson(schema));
  json["notices"] = Json::array();
  for (const Notice &notice : result.notices)
    json["notices"].push_back(noticeJson<Json>(places, notice));
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

} // namespace lockstep::report
