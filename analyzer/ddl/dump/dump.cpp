#include "ddl/dump/dump.hpp"

#include "catalog/model/state.hpp"
#include "ddl/column.hpp"
#include "ddl/comment.hpp"
#include "ddl/constraint.hpp"
#include "ddl/dump/order.hpp"
#include "ddl/dump/script.hpp"
#include "ddl/function.hpp"
#include "ddl/index.hpp"
#include "ddl/named.hpp"
#include "ddl/policy.hpp"
#include "ddl/rights.hpp"
#include "ddl/rule.hpp"
#include "ddl/sequence.hpp"
#include "ddl/trigger.hpp"
#include "ddl/type.hpp"
#include "ddl/view.hpp"

namespace lockstep::ddl {

namespace {
class Dump {
public:
  Dump(const Catalog &catalog, int postgres)
      : catalog_(catalog), postgres_(postgres), script_(catalog) {}

  std::string take();

private:
  // --- Objects ---
  void addObjects();
  void add(const Relation &relation, const LoadStep &step);
  void add(const Type &type, const LoadStep &step);
  void add(const Function &function, const LoadStep &step);
  void add(const NamedObject &object, const LoadStep &step);
  void addSequence(const Relation &sequence);
  void addView(const Relation &view);
  void addTable(const Relation &table, const Deferred &deferred);
  void noteForeign(const Relation &relation);

  // --- What ties them together ---
  void addTies(const Relation &relation);
  void addIndexes(const Relation &table);
  void addConstraints(const Relation &table);
  void addBehaviour(const Relation &relation);
  void addRights();
  void addComments();

  const Catalog &catalog_;
  int postgres_;
  SqlScript script_;
};
} // namespace

std::string Dump::take() {
  script_.start("SET check_function_bodies = off");
  for (const std::string &name : catalog_.schemas())
    if (name != "public")
      script_.add("CREATE SCHEMA " + quoteIdentifier(name));
  for (const NamedObject *object : catalog_.objects())
    if (object->kind == ObjectKind::extension)
      script_.add(createNamed(catalog_, *object));
  addObjects();
  for (const Relation *relation : catalog_.relations())
    if (isDumped(*relation) && !isForeignToHistory(*relation))
      addTies(*relation);
  addRights();
  addComments();
  return script_.take();
}

void Dump::addObjects() {
  // The functions of a base type name it before it is there.
  for (const Type *type : catalog_.types())
    if (type->kind == TypeKind::base)
      script_.add(createShellType(*type));
  for (const LoadStep &step : loadOrder(catalog_))
    std::visit([&](const auto *object) { add(*object, step); }, step.object);
}

void Dump::add(const Relation &relation, const LoadStep &step) {
  if (isForeignToHistory(relation))
    return noteForeign(relation);
  if (step.adds_columns)
    return script_.add(addDeferredColumns(catalog_, relation, postgres_, step.deferred));
  switch (relation.kind) {
  case RelationKind::sequence:
    return addSequence(relation);
  case RelationKind::view:
  case RelationKind::materialized_view:
    return addView(relation);
  case RelationKind::table:
  case RelationKind::partitioned_table:
  case RelationKind::foreign_table:
    return addTable(relation, step.deferred);
  case RelationKind::index:
  case RelationKind::partitioned_index:
  case RelationKind::composite_type:
    return; // Come with their tables and types.
  }
}

void Dump::noteForeign(const Relation &relation) {
  std::string text = relation.qualifiedName() + ": not made by this history";
  for (const Column &column : relation.columns)
    text += (&column == &relation.columns.front() ? "; it mentions the columns " : ", ") +
            quoteIdentifier(column.name);
  script_.note(text);
}

void Dump::addSequence(const Relation &sequence) {
  script_.add(createSequence(sequence));
  script_.add(SqlPhase::ownership, setSequenceOwner(catalog_, sequence));
}

void Dump::addView(const Relation &view) {
  if (!view.query)
    return;
  script_.add(createView(view));
  script_.add(SqlPhase::settings, viewDefaults(view));
}

void Dump::addTable(const Relation &table, const Deferred &deferred) {
  for (const Column &column : table.columns)
    if (column.type.empty())
      script_.note(table.qualifiedName() + "." + quoteIdentifier(column.name) +
                   ": its type is not known, text stands in for it");
  script_.add(createTable(catalog_, table, postgres_, deferred));
  script_.add(SqlPhase::ownership, addDeferredCalls(catalog_, table, deferred));
}

void Dump::add(const Type &type, const LoadStep &) {
  if (isForeignToHistory(type))
    return script_.note(type.qualifiedName() + ": a type that this history did not make");
  script_.add(createType(catalog_, type));
  script_.add(SqlPhase::constraints, addInvalidConstraints(catalog_, type));
}

void Dump::add(const Function &function, const LoadStep &) {
  script_.add(createFunction(function));
}

void Dump::add(const NamedObject &object, const LoadStep &) {
  switch (object.kind) {
  case ObjectKind::extension: // Comes before everything.
  case ObjectKind::database:
  case ObjectKind::tablespace:
  case ObjectKind::parameter:
  case ObjectKind::large_object:
    return;
  case ObjectKind::statistics:
    return script_.add(SqlPhase::constraints, createNamed(catalog_, object));
  case ObjectKind::subscription: // Would connect to another server.
    for (const SqlStatement &statement : createNamed(catalog_, object))
      script_.note(statement.text + ";");
    return;
  case ObjectKind::publication:
  case ObjectKind::event_trigger:
    return script_.add(SqlPhase::behaviour, createNamed(catalog_, object));
  default:
    return script_.add(createNamed(catalog_, object));
  }
}

void Dump::addTies(const Relation &relation) {
  if (relation.holdsRows() && relation.kind != RelationKind::materialized_view) {
    script_.add(SqlPhase::ownership, joinParents(catalog_, relation));
    for (const Column &column : relation.columns) {
      if (isInherited(relation, column))
        script_.add(SqlPhase::ownership, columnOverrides(catalog_, relation, column));
      script_.add(SqlPhase::settings, columnSettings(relation, column));
    }
    script_.add(SqlPhase::constraints, indexRoles(catalog_, relation));
  }
  addIndexes(relation);
  addConstraints(relation);
  addBehaviour(relation);
}

void Dump::addIndexes(const Relation &table) {
  for (const Relation *index : catalog_.indexesOf(table)) {
    if (!index->index || index->partial)
      continue;
    const Constraint *constraint =
        index->index->constraint.empty() ? nullptr : table.findConstraint(index->index->constraint);
    if (!constraint)
      script_.add(SqlPhase::indexes, createIndex(catalog_, *index));
    else if (!standsInTable(table, *constraint))
      script_.add(SqlPhase::indexes, addConstraint(catalog_, table, *constraint));
    script_.add(SqlPhase::constraints, attachIndex(catalog_, *index));
  }
}

/// Every line of a statement as a comment: a name may hold line breaks.
static std::string commentedOut(std::string_view statement) {
  std::string text = "-- ";
  for (char c : statement)
    text += c == '\n' || c == '\r' ? std::string("\n-- ") : std::string(1, c);
  return text;
}

void Dump::addConstraints(const Relation &table) {
  for (const Constraint &constraint : table.constraints) {
    const bool is_own = constraint.is_local || constraint.inherited == 0;
    if (constraint.name.empty() || !is_own || standsInTable(table, constraint))
      continue;
    SqlStatement statement = addConstraint(catalog_, table, constraint);
    switch (constraint.kind) {
    case ConstraintKind::foreign_key: {
      // A table that this history did not make is not there to refer to.
      const Relation *referenced = catalog_.relation(constraint.referenced);
      if (!referenced || isForeignToHistory(*referenced))
        statement.text = commentedOut(statement.text);
      break;
    }
    case ConstraintKind::check:
      break;
    case ConstraintKind::not_null: // Part of its column where it is valid.
      if (constraint.valid)
        continue;
      break;
    case ConstraintKind::unique: // Come with their indexes.
    case ConstraintKind::primary_key:
    case ConstraintKind::exclusion:
      continue;
    }
    script_.add(SqlPhase::constraints, std::move(statement));
  }
}

void Dump::addBehaviour(const Relation &relation) {
  for (const Trigger &trigger : relation.triggers) {
    if (trigger.parent == ObjectId::none)
      script_.add(SqlPhase::behaviour, createTrigger(catalog_, relation, trigger));
    script_.add(SqlPhase::behaviour, setTriggerMode(relation, trigger));
  }
  for (const RewriteRule &rule : relation.rules) {
    script_.add(SqlPhase::behaviour, createRule(relation, rule));
    script_.add(SqlPhase::behaviour, setRuleMode(relation, rule));
  }
  for (const Policy &policy : relation.policies)
    script_.add(SqlPhase::behaviour, createPolicy(relation, policy));
  script_.add(SqlPhase::behaviour, setRowSecurity(relation));
}

void Dump::addRights() {
  const auto add = [&](SqlStatements statements) {
    script_.add(SqlPhase::rights, std::move(statements));
  };
  for (const std::string &name : catalog_.schemas())
    if (const SchemaEntry *entry = catalog_.schema(name))
      add(rightsOf(name, *entry, postgres_));
  for (const Type *type : catalog_.types())
    if (!isForeignToHistory(*type))
      add(rightsOf(*type, postgres_));
  for (const Function *function : catalog_.functions())
    if (!isForeignToHistory(*function))
      add(rightsOf(*function, postgres_));
  for (const Relation *relation : catalog_.relations())
    if (isDumped(*relation) && !isForeignToHistory(*relation))
      add(rightsOf(*relation, postgres_));
  for (const NamedObject *object : catalog_.objects())
    add(rightsOf(*object, postgres_));
  add(defaultRights(catalog_));
}

void Dump::addComments() {
  const auto add = [&](SqlStatements statements) {
    script_.add(SqlPhase::comments, std::move(statements));
  };
  for (const std::string &name : catalog_.schemas())
    if (const SchemaEntry *entry = catalog_.schema(name))
      add(commentsOn(name, *entry));
  for (const Type *type : catalog_.types())
    add(commentsOn(*type));
  for (const Function *function : catalog_.functions())
    add(commentsOn(*function));
  // An index's comment is its own, and a composite type's columns have theirs.
  for (const Relation *relation : catalog_.relations())
    if (!isForeignToHistory(*relation) && relation->persistence != Persistence::temporary)
      add(commentsOn(*relation));
  for (const NamedObject *object : catalog_.objects())
    add(commentsOn(*object));
}

std::string schemaSql(const Catalog &catalog, int postgres) {
  return Dump(catalog, postgres).take();
}

} // namespace lockstep::ddl
