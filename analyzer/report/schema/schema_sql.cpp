#include "base/text.hpp"
#include "catalog/references.hpp"
#include "report/line_diff.hpp"
#include "report/schema/sql_script.hpp"
#include "report/schema_report.hpp"

#include <algorithm>
#include <tuple>
#include <unordered_map>

namespace lockstep {

namespace {

/// Puts the objects of a catalog into an order that loads: that of the history, but each after what
/// it is made of.
class Objects {
public:
  explicit Objects(SqlScript &script) : script_(script), catalog_(script.catalog()) {}

  void emitAll();

private:
  enum class Visit : uint8_t { unseen, open, done };
  struct Place {
    Origin origin;
    int rank = 0;                 ///< Among those of one statement, and of a base schema.
    ObjectId id = ObjectId::none; ///< None: a named object.
    const NamedObject *object = nullptr;
  };

  void visit(ObjectId id);
  void visitAll(const std::vector<OutgoingReference> &references);
  void visitExpression(const SqlExpressionPointer &expression);
  void visitRelation(const Relation &relation);
  /// Where columns of `table` must wait for the tables that inherit from it: those, then these.
  void visitChildren(const Relation &table, bool late);
  void visitType(const Type &type);
  void visitFunction(const Function &function);
  [[nodiscard]] std::vector<Place> places() const;

  SqlScript &script_;
  const Catalog &catalog_;
  std::unordered_map<ObjectId, Visit> visits_;
  bool met_open_ = false; ///< The last visit ran into an object that is being emitted.
};

} // namespace

static bool isEmitted(const Relation &relation) {
  return !relation.isIndex() && relation.kind != RelationKind::composite_type &&
         relation.persistence != Persistence::temporary;
}

/// True for what is made of types and functions, rather than the other way round.
static bool needsFunctions(ObjectKind kind) {
  switch (kind) {
  case ObjectKind::cast:
  case ObjectKind::conversion:
  case ObjectKind::operator_:
  case ObjectKind::operator_class:
  case ObjectKind::operator_family:
  case ObjectKind::transform:
    return true;
  default:
    return false;
  }
}

std::vector<Objects::Place> Objects::places() const {
  std::vector<Place> places;
  for (const Relation *relation : catalog_.relations())
    if (isEmitted(*relation))
      places.push_back({relation->origin, 3, relation->id, nullptr});
  for (const Type *type : catalog_.types())
    places.push_back({type->origin, 1, type->id, nullptr});
  for (const Function *function : catalog_.functions())
    places.push_back({function->origin, 1, function->id, nullptr});
  for (const NamedObject *object : catalog_.objects())
    places.push_back(
        {object->origin, needsFunctions(object->kind) ? 2 : 0, ObjectId::none, object});
  std::stable_sort(places.begin(), places.end(), [](const Place &a, const Place &b) {
    return std::tie(a.origin.migration, a.origin.statement, a.rank, a.id) <
           std::tie(b.origin.migration, b.origin.statement, b.rank, b.id);
  });
  return places;
}

void Objects::visitAll(const std::vector<OutgoingReference> &references) {
  for (const OutgoingReference &outgoing : references) {
    switch (outgoing.reference.part_kind) {
    case PartKind::trigger: // These come after all objects.
    case PartKind::policy:
    case PartKind::rule:
      continue;
    default:
      visit(outgoing.reference.target);
    }
  }
}

void Objects::visitExpression(const SqlExpressionPointer &expression) {
  if (expression)
    for (const Reference &reference : referencesOf(catalog_, expression->root))
      visit(reference.target);
}

void Objects::visitRelation(const Relation &relation) {
  if (isForeignToHistory(relation)) {
    std::string text = relation.qualifiedName() + ": not made by this history";
    for (const Column &column : relation.columns)
      text += (&column == &relation.columns.front() ? "; it mentions the columns " : ", ") +
              quoteIdentifier(column.name);
    return script_.note(text);
  }
  std::vector<OutgoingReference> wanted;
  for (OutgoingReference &outgoing : referencesOf(relation)) {
    const Reference &reference = outgoing.reference;
    // Foreign keys come later; a sequence stands before the table that owns it.
    const bool is_key =
        reference.part_kind == PartKind::constraint && relation.findConstraint(reference.part) &&
        relation.findConstraint(reference.part)->kind == ConstraintKind::foreign_key;
    if (!is_key && !relation.sequence)
      wanted.push_back(std::move(outgoing));
  }
  met_open_ = false;
  bool late = false;
  for (OutgoingReference &outgoing : wanted) {
    met_open_ = false;
    visitAll({outgoing});
    late = late || met_open_;
  }
  met_open_ = false;
  switch (relation.kind) {
  case RelationKind::sequence:
    return emitSequence(script_, relation);
  case RelationKind::view:
  case RelationKind::materialized_view:
    return emitView(script_, relation);
  default:
    emitTable(script_, relation, late);
    visitChildren(relation, late);
  }
}

void Objects::visitChildren(const Relation &table, bool late) {
  if (lateColumns(catalog_, table).empty())
    return;
  visits_[table.id] = Visit::done;
  for (const Relation *child : catalog_.withDescendants(table))
    if (inheritsAtOnce(*child))
      visit(child->id);
  emitLateColumns(script_, table, late);
}

void Objects::visitType(const Type &type) {
  if (type.partial && type.origin.isBase())
    return script_.note(type.qualifiedName() + ": a type that this history did not make");
  visitAll(referencesOf(type));
  if (const Relation *row = catalog_.relation(type.relation))
    visitAll(referencesOf(*row));
  visitExpression(type.default_value);
  for (const Constraint &constraint : type.constraints)
    visitExpression(constraint.expression);
  if (type.kind == TypeKind::base || type.kind == TypeKind::range)
    for (const Option &option : type.options) {
      const QualifiedName name = parseQualifiedName(option.value);
      if (const Type *other = catalog_.findType(name); other && other->id != type.id)
        visit(other->id);
      for (const Function *function : catalog_.findFunctions(name))
        visit(function->id);
    }
  emitType(script_, type);
}

void Objects::visitFunction(const Function &function) {
  visitAll(referencesOf(function));
  if (function.definition)
    for (const FunctionParameter &parameter : function.definition->parameters)
      visitExpression(parameter.default_value);
  emitFunction(script_, function);
}

void Objects::visit(ObjectId id) {
  Visit &state = visits_[id];
  if (state != Visit::unseen) {
    met_open_ = met_open_ || state == Visit::open;
    return;
  }
  state = Visit::open;
  if (const Relation *relation = catalog_.relation(id)) {
    if (isEmitted(*relation))
      visitRelation(*relation);
    else if (const Relation *table =
                 relation->index ? catalog_.relation(relation->index->table) : nullptr)
      visit(table->id);
    else if (relation->kind == RelationKind::composite_type)
      if (const Type *type = catalog_.findType({relation->schema, relation->name, {}}))
        visit(type->id);
  } else if (const Type *type = catalog_.type(id)) {
    visitType(*type);
  } else if (const Function *function = catalog_.function(id)) {
    visitFunction(*function);
  }
  visits_[id] = Visit::done;
}

void Objects::emitAll() {
  // The functions of a base type name it before it is there.
  for (const Type *type : catalog_.types())
    if (type->kind == TypeKind::base)
      emitShell(script_, *type);
  for (const Place &place : places()) {
    if (place.object)
      emitNamed(script_, *place.object);
    else
      visit(place.id);
  }
}

std::string schemaSql(const Catalog &catalog, int postgres) {
  SqlScript script(catalog, postgres);
  script.start("SET check_function_bodies = off");
  emitSchemas(script);
  for (const NamedObject *object : catalog.objects())
    if (object->kind == ObjectKind::extension)
      emitExtension(script, *object);
  Objects(script).emitAll();
  for (const Relation *relation : catalog.relations()) {
    if (!isEmitted(*relation) || isForeignToHistory(*relation))
      continue;
    if (relation->holdsRows() && relation->kind != RelationKind::materialized_view)
      emitTableParts(script, *relation);
    emitIndexes(script, *relation);
    emitConstraints(script, *relation);
    emitBehaviour(script, *relation);
  }
  emitRights(script);
  emitComments(script);
  return script.take();
}

/// The text without line breaks and other control characters.
static std::string oneLine(std::string text) {
  for (char &c : text)
    if (static_cast<unsigned char>(c) < ' ' || c == 0x7f)
      c = ' ';
  return text;
}

static std::string commentLine(std::string text) { return "-- " + oneLine(std::move(text)) + "\n"; }

std::string renderSchemaSql(const SchemaResult &result) {
  std::string text;
  for (const HistorySchema &schema : result.histories) {
    text += commentLine("The schema that " + schema.history.path + " leaves on PostgreSQL " +
                        std::to_string(result.postgres));
    if (schema.catalog.incompleteSince())
      text += commentLine("Not complete: the history runs SQL that only the server knows.");
    if (schema.before) {
      text += "--- " + (schema.from.empty() ? std::string("nothing") : oneLine(schema.from)) + "\n";
      text += "+++ " + (schema.to.empty() ? std::string("the end") : oneLine(schema.to)) + "\n";
      text += lineDiff(schemaSql(*schema.before, result.postgres),
                       schemaSql(schema.catalog, result.postgres));
      continue;
    }
    text += "\n" + schemaSql(schema.catalog, result.postgres);
  }
  return text;
}

} // namespace lockstep
