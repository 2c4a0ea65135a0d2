#include "catalog/model/dependencies.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <set>

namespace lockstep::catalog {

static bool contains(const std::vector<std::string> &names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

static bool mentions(const Expression &expression, std::string_view column) {
  return contains(columnsOf(expression), column);
}
template <class Maybe> static bool mentionsIn(const Maybe &expression, std::string_view column) {
  return expression && mentions(expression->root, column);
}

/// What of a relation depends on one of its own columns.
static void addOwnParts(const Catalog &catalog, const Relation &relation, std::string_view name,
                        std::vector<DependentAddress> &found) {
  using enum DependencyKind;
  const auto add = [&](PartKind kind, const std::string &part, DependencyKind dependency) {
    found.push_back({{relation.id, kind, part}, dependency});
  };
  for (const Column &column : relation.columns) {
    if (column.name == name && column.default_value)
      add(PartKind::default_value, column.name, automatic);
    if (column.name != name && mentionsIn(column.generation, name))
      add(PartKind::column, column.name, normal);
  }
  // A partition key cannot lose a column: the table goes with it.
  for (const IndexElement &key : relation.partition_by->keys)
    if (key.column == name || mentionsIn(key.expression, name))
      add(PartKind::whole, {}, normal);
  for (const Constraint &constraint : relation.constraints) {
    const Relation *index = catalog.relation(constraint.index);
    if (contains(constraint.columns, name) || mentionsIn(constraint.expression, name) ||
        (index && index->index && usesColumn(*index->index, name)))
      add(PartKind::constraint, constraint.name, automatic);
  }
  for (const Relation *index : catalog.indexesOf(relation))
    if (index->index && usesColumn(*index->index, name))
      found.push_back({{index->id, PartKind::whole, {}}, automatic});
  for (const Trigger &trigger : relation.triggers)
    if (contains(trigger.definition.columns, name) ||
        mentionsIn(trigger.definition.condition, name))
      add(PartKind::trigger, trigger.name, normal);
  for (const Policy &policy : relation.policies)
    if (mentionsIn(policy.definition.using_expression, name) ||
        mentionsIn(policy.definition.check_expression, name))
      add(PartKind::policy, policy.name, normal);
}

std::vector<DependentAddress> dependentsOf(const Catalog &catalog, const Address &address) {
  std::vector<DependentAddress> found;
  if (address.kind == PartKind::constraint) {
    const Relation *relation = catalog.relation(address.id);
    const Constraint *constraint = relation ? relation->findConstraint(address.part) : nullptr;
    if (constraint && constraint->index != ObjectId::none)
      found.push_back({{constraint->index, PartKind::whole, {}}, DependencyKind::internal});
    return found;
  }
  if (address.kind != PartKind::whole && address.kind != PartKind::column)
    return found;
  const bool is_column = address.kind == PartKind::column;
  for (const Dependent &dependent : catalog.dependentsOf(address.id)) {
    if (is_column && dependent.column != address.part)
      continue;
    // Parts of the object itself go with it.
    if (dependent.dependent == address.id && !is_column)
      continue;
    PartKind kind = dependent.part_kind;
    // A generated column goes with what its expression refers to.
    if (kind == PartKind::default_value) {
      const Relation *relation = catalog.relation(dependent.dependent);
      const Column *column = relation ? relation->findColumn(dependent.part) : nullptr;
      if (column && column->generated != Generated::none)
        kind = PartKind::column;
    }
    found.push_back({{dependent.dependent, kind, dependent.part}, dependent.kind});
  }
  const Relation *relation = catalog.relation(address.id);
  if (is_column && relation)
    addOwnParts(catalog, *relation, address.part, found);
  if (const Type *type = catalog.type(address.id); type && type->relation != ObjectId::none)
    found.push_back({{type->relation, PartKind::whole, {}}, DependencyKind::internal});
  return found;
}

/// A relation as the server names it: without its schema where search_path finds it.
static std::string visibleName(const Catalog &catalog, const Relation &relation) {
  const Relation *found = catalog.findRelation({{}, relation.name, {}});
  return found && found->id == relation.id ? quoteIdentifier(relation.name)
                                           : relation.qualifiedName();
}

static std::string describeRelation(const Catalog &catalog, const Relation &relation) {
  std::string_view noun = name(relation.kind);
  if (relation.kind == RelationKind::partitioned_table)
    noun = "table";
  if (relation.kind == RelationKind::partitioned_index)
    noun = "index";
  return format("{} {}", noun, visibleName(catalog, relation));
}

std::string description(const Catalog &catalog, const Address &address) {
  if (const Type *type = catalog.type(address.id)) {
    const Type *visible = catalog.findType({{}, type->name, {}});
    return "type " + (visible == type ? quoteIdentifier(type->name) : type->qualifiedName());
  }
  if (const Function *function = catalog.function(address.id)) {
    std::string signature = function->signature();
    const auto visible = catalog.findFunctions({{}, function->name, {}});
    if (std::find(visible.begin(), visible.end(), function) != visible.end())
      signature.erase(0, quoteIdentifier(function->schema).size() + 1);
    return (function->definition && function->definition->is_procedure ? "procedure "
                                                                       : "function ") +
           signature;
  }
  const Relation *relation = catalog.relation(address.id);
  if (!relation)
    return {};
  const std::string whole = describeRelation(catalog, *relation);
  switch (address.kind) {
  case PartKind::whole:
    break;
  case PartKind::column:
    return format("column {} of {}", quoteIdentifier(address.part), whole);
  case PartKind::default_value:
    return format("default value for column {} of {}", quoteIdentifier(address.part), whole);
  case PartKind::constraint:
    return format("constraint {} on {}", quoteIdentifier(address.part), whole);
  case PartKind::trigger:
    return format("trigger {} on {}", quoteIdentifier(address.part), whole);
  case PartKind::policy:
    return format("policy {} on {}", quoteIdentifier(address.part), whole);
  case PartKind::rule:
    return format("rule {} on {}", quoteIdentifier(address.part), whole);
  }
  return whole;
}

/// Adds to `seen` and `order` all that `open` leads to; by normal dependencies only with `cascade`.
static void close(const Catalog &catalog, std::vector<Address> open, bool cascade,
                  std::set<Address> &seen, std::vector<Address> &order) {
  while (!open.empty()) {
    const Address address = std::move(open.back());
    open.pop_back();
    if (!seen.insert(address).second)
      continue;
    order.push_back(address);
    for (DependentAddress &dependent : dependentsOf(catalog, address))
      if (cascade || dependent.kind != DependencyKind::normal)
        open.push_back(std::move(dependent.address));
  }
}

Dropped findDropped(const Catalog &catalog, std::vector<Address> objects) {
  Dropped dropped;
  std::set<Address> seen;
  std::reverse(objects.begin(), objects.end()); // The last is taken first.
  close(catalog, std::move(objects), false, seen, dropped.objects);
  std::vector<Address> beyond;
  for (const Address &address : dropped.objects) {
    // Parts of an object that goes as a whole depend on nothing any more.
    for (DependentAddress &dependent : dependentsOf(catalog, address))
      if (!seen.contains(dependent.address) &&
          !seen.contains(Address{dependent.address.id, PartKind::whole, {}}))
        beyond.push_back(std::move(dependent.address));
  }
  close(catalog, std::move(beyond), true, seen, dropped.dependents);
  return dropped;
}

} // namespace lockstep::catalog
