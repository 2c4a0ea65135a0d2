#include "catalog/model/relation.hpp"

#include "catalog/model/type.hpp"

#include <algorithm>

namespace lockstep::catalog {

/// The part of that name; null where there is none.
template <class Parts>
static const typename Parts::value_type *findNamed(const Parts &parts, std::string_view name) {
  for (const auto &part : parts)
    if (part.name == name)
      return &part;
  return nullptr;
}

std::string Relation::qualifiedName() const { return sqlName(schema, name); }

const Column *Relation::findColumn(std::string_view column) const {
  return findNamed(columns, column);
}

const Constraint *Relation::findConstraint(std::string_view constraint) const {
  return findNamed(constraints, constraint);
}

const Trigger *Relation::findTrigger(std::string_view trigger) const {
  return findNamed(triggers, trigger);
}

const Policy *Relation::findPolicy(std::string_view policy) const {
  return findNamed(policies, policy);
}

const Constraint *Relation::primaryKey() const {
  for (const Constraint &constraint : constraints)
    if (constraint.kind == ConstraintKind::primary_key)
      return &constraint;
  return nullptr;
}

bool Relation::holdsRows() const {
  return kind == RelationKind::table || kind == RelationKind::partitioned_table ||
         kind == RelationKind::foreign_table || kind == RelationKind::materialized_view;
}

std::string_view name(RelationKind kind) {
  switch (kind) {
  case RelationKind::table:
    return "table";
  case RelationKind::partitioned_table:
    return "partitioned table";
  case RelationKind::foreign_table:
    return "foreign table";
  case RelationKind::view:
    return "view";
  case RelationKind::materialized_view:
    return "materialized view";
  case RelationKind::index:
    return "index";
  case RelationKind::partitioned_index:
    return "partitioned index";
  case RelationKind::sequence:
    return "sequence";
  case RelationKind::composite_type:
    return "composite type";
  }
  return {};
}

static bool mentions(const SqlExpression &expression, std::string_view column) {
  bool found = false;
  forEachNode(expression.root, [&](const Expression &node) {
    found = found || (node.kind == ExpressionKind::column && node.name == column);
  });
  return found;
}

bool usesColumn(const IndexInfo &index, std::string_view column) {
  for (const IndexElement &element : index.elements)
    if (element.expression ? mentions(*element.expression, column) : element.column == column)
      return true;
  if (std::find(index.include.begin(), index.include.end(), column) != index.include.end())
    return true;
  return index.predicate && mentions(*index.predicate, column);
}

} // namespace lockstep::catalog
