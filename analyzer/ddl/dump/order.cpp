#include "ddl/dump/order.hpp"

#include "catalog/model/references.hpp"
#include "ddl/dump/late_columns.hpp"

#include <algorithm>
#include <tuple>
#include <unordered_map>
#include <utility>

namespace lockstep::ddl {

bool isDumped(const Relation &relation) {
  return !relation.isIndex() && relation.kind != RelationKind::composite_type &&
         relation.persistence != Persistence::temporary;
}

bool isForeignToHistory(const Relation &relation) {
  return relation.partial && !relation.search_path;
}

bool isForeignToHistory(const Type &type) { return type.partial && type.origin.isBase(); }

bool isForeignToHistory(const Function &function) {
  return function.partial && function.origin.isBase();
}

namespace {
class Order {
public:
  explicit Order(const Catalog &catalog) : catalog_(catalog) {}

  std::vector<LoadStep> take();

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
  void visitChildren(const Relation &table, const Deferred &deferred);
  void visitType(const Type &type);
  void visitFunction(const Function &function);
  void add(DumpedObject object, Deferred deferred = {}) {
    steps_.push_back({object, std::move(deferred)});
  }
  [[nodiscard]] std::vector<Place> places() const;

  const Catalog &catalog_;
  std::unordered_map<ObjectId, Visit> visits_;
  std::vector<LoadStep> steps_;
  bool met_open_ = false; ///< The last visit ran into an object that is being visited.
};
} // namespace

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

std::vector<Order::Place> Order::places() const {
  std::vector<Place> places;
  for (const Relation *relation : catalog_.relations())
    if (isDumped(*relation))
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

void Order::visitAll(const std::vector<OutgoingReference> &references) {
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

void Order::visitExpression(const SqlExpressionPointer &expression) {
  if (expression)
    for (const Reference &reference : referencesOf(catalog_, expression->root))
      visit(reference.target);
}

void Order::visitRelation(const Relation &relation) {
  if (isForeignToHistory(relation))
    return add(&relation);
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
  Deferred deferred;
  for (OutgoingReference &outgoing : wanted) {
    met_open_ = false;
    visitAll({outgoing});
    deferred.calls = deferred.calls || met_open_;
  }
  met_open_ = false;
  deferred.columns = lateColumns(catalog_, relation);
  add(&relation, deferred);
  visitChildren(relation, deferred);
}

void Order::visitChildren(const Relation &table, const Deferred &deferred) {
  if (deferred.columns.empty())
    return;
  visits_[table.id] = Visit::done;
  for (const Relation *child : catalog_.withDescendants(table))
    if (inheritsAtOnce(*child))
      visit(child->id);
  add(&table, deferred);
  steps_.back().adds_columns = true;
}

void Order::visitType(const Type &type) {
  if (isForeignToHistory(type))
    return add(&type);
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
  add(&type);
}

void Order::visitFunction(const Function &function) {
  visitAll(referencesOf(function));
  if (function.definition)
    for (const FunctionParameter &parameter : function.definition->parameters)
      visitExpression(parameter.default_value);
  add(&function);
}

void Order::visit(ObjectId id) {
  Visit &state = visits_[id];
  if (state != Visit::unseen) {
    met_open_ = met_open_ || state == Visit::open;
    return;
  }
  state = Visit::open;
  if (const Relation *relation = catalog_.relation(id)) {
    if (isDumped(*relation))
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

std::vector<LoadStep> Order::take() {
  for (const Place &place : places()) {
    if (place.object)
      add(place.object);
    else
      visit(place.id);
  }
  return std::move(steps_);
}

std::vector<LoadStep> loadOrder(const Catalog &catalog) { return Order(catalog).take(); }

} // namespace lockstep::ddl
