#include "evolve/reversal.hpp"

#include "base/text.hpp"
#include "ddl/column.hpp"
#include "ddl/constraint.hpp"
#include "ddl/index.hpp"

#include <algorithm>
#include <map>

namespace lockstep::evolve {

static std::string withoutPublic(const std::string &name) {
  constexpr std::string_view schema = "public.";
  return name.starts_with(schema) ? name.substr(schema.size()) : name;
}

namespace {
/// Compares two catalogs part by part.
class Comparison {
public:
  Comparison(const Catalog &before, const Catalog &after, const ChangeSet &up)
      : before_(before), after_(after), up_(up) {}

  std::vector<Difference> run();

private:
  using Relations = std::map<std::string, const Relation *>;

  [[nodiscard]] static Relations relationsOf(const Catalog &catalog);
  void compare(const Relation &was, const Relation &is);
  void compareColumns(const Relation &was, const Relation &is);
  void compareParts(const Relation &was, const Relation &is, std::string_view noun,
                    const std::map<std::string, std::pair<std::string, Origin>> &parts_before,
                    const std::map<std::string, std::pair<std::string, Origin>> &parts_after);
  void compareTypes();
  void compareFunctions();
  void compareOthers();

  void missing(std::string_view noun, const std::string &name) {
    add(format("{} '{}' is missing", noun, withoutPublic(name)), name, {});
  }
  void leftBehind(std::string_view noun, const std::string &name, const Origin &origin) {
    add(format("{} '{}' is left behind", noun, withoutPublic(name)), name, origin);
  }
  void differs(std::string_view noun, const std::string &name, const std::string &was,
               const std::string &is, const Origin &origin) {
    add(format("{} '{}' is {}, not {}", noun, withoutPublic(name), is, was), name, origin);
  }
  void add(std::string message, const std::string &object, const Origin &origin) {
    differences_.push_back({std::move(message), object, origin});
  }

  const Catalog &before_;
  const Catalog &after_;
  const ChangeSet &up_; ///< Of the up part.
  std::vector<Difference> differences_;
};
} // namespace

/// Those that stand for themselves: an index is a part of its table, a serial's sequence one of its
/// column.
Comparison::Relations Comparison::relationsOf(const Catalog &catalog) {
  Relations relations;
  for (const Relation *relation : catalog.relations()) {
    bool is_part = relation->isIndex() || relation->kind == RelationKind::composite_type ||
                   (relation->sequence && relation->sequence->owner != ObjectId::none) ||
                   relation->persistence == Persistence::temporary;
    if (!is_part)
      relations.emplace(relation->qualifiedName(), relation);
  }
  return relations;
}

void Comparison::compareColumns(const Relation &was, const Relation &is) {
  std::string prefix = is.qualifiedName() + ".";
  for (const Column &column : was.columns) {
    const Column *now = is.findColumn(column.name);
    std::string name = prefix + quoteIdentifier(column.name);
    if (!now) {
      missing("column", name);
      continue;
    }
    std::string definition_was = ddl::definitionOf(column);
    std::string definition_is = ddl::definitionOf(*now);
    if (definition_was != definition_is)
      differs("column", name, format("'{}'", definition_was), format("'{}'", definition_is),
              now->origin);
  }
  for (const Column &column : is.columns) {
    bool may_have_been = was.partial && !up_.made(column.origin);
    if (!was.findColumn(column.name) && !may_have_been)
      leftBehind("column", prefix + quoteIdentifier(column.name), column.origin);
  }
}

void Comparison::compareParts(
    const Relation &was, const Relation &is, std::string_view noun,
    const std::map<std::string, std::pair<std::string, Origin>> &parts_before,
    const std::map<std::string, std::pair<std::string, Origin>> &parts_after) {
  for (const auto &[name, part] : parts_before) {
    auto now = parts_after.find(name);
    std::string shown = format("{}' of '{}", name, withoutPublic(is.qualifiedName()));
    if (now == parts_after.end())
      missing(noun, shown);
    else if (now->second.first != part.first)
      differs(noun, shown, format("'{}'", part.first), format("'{}'", now->second.first),
              now->second.second);
  }
  for (const auto &[name, part] : parts_after) {
    bool may_have_been = was.partial && !up_.made(part.second);
    if (parts_before.count(name) == 0 && !may_have_been)
      leftBehind(noun, format("{}' of '{}", name, withoutPublic(is.qualifiedName())), part.second);
  }
}

using Parts = std::map<std::string, std::pair<std::string, Origin>>;

static Parts constraintsOf(const Catalog &catalog, const Relation &relation) {
  Parts parts;
  for (const Constraint &constraint : relation.constraints)
    parts[constraint.name] = {ddl::definitionOf(catalog, constraint), constraint.origin};
  return parts;
}

static Parts indexesOf(const Catalog &catalog, const Relation &relation) {
  Parts parts;
  for (const Relation *index : catalog.indexesOf(relation))
    if (index->index && index->index->constraint.empty())
      parts[index->name] = {ddl::createIndex(catalog, *index).text, index->origin};
  return parts;
}

template <class List> static Parts namesOf(const List &list) {
  Parts parts;
  for (const auto &part : list)
    parts[part.name] = {"", part.origin};
  return parts;
}

void Comparison::compare(const Relation &was, const Relation &is) {
  std::string name = is.qualifiedName();
  if (was.kind != is.kind) {
    differs(catalog::name(was.kind), name, format("a {}", catalog::name(was.kind)),
            format("a {}", catalog::name(is.kind)), is.origin);
    return;
  }
  compareColumns(was, is);
  compareParts(was, is, "constraint", constraintsOf(before_, was), constraintsOf(after_, is));
  compareParts(was, is, "index", indexesOf(before_, was), indexesOf(after_, is));
  compareParts(was, is, "trigger", namesOf(was.triggers), namesOf(is.triggers));
  compareParts(was, is, "policy", namesOf(was.policies), namesOf(is.policies));
  compareParts(was, is, "rule", namesOf(was.rules), namesOf(is.rules));
  auto onOff = [](bool on) { return std::string(on ? "on" : "off"); };
  if (was.row_security != is.row_security)
    differs("row security of", name, onOff(was.row_security), onOff(is.row_security), {});
  if (was.query && is.query && was.query->text != is.query->text)
    differs("query of view", name, "the one before", "another", is.origin);
}

static std::string labelsOf(const Type &type) { return "(" + join(type.labels, ", ") + ")"; }

void Comparison::compareTypes() {
  std::map<std::string, const Type *> was;
  for (const Type *type : before_.types())
    was.emplace(type->qualifiedName(), type);
  for (const Type *type : after_.types()) {
    auto old = was.find(type->qualifiedName());
    if (old == was.end()) {
      if (!type->partial)
        leftBehind("type", type->qualifiedName(), type->origin);
      continue;
    }
    if (old->second != type && old->second->labels != type->labels && !type->partial)
      differs("type", type->qualifiedName(), labelsOf(*old->second), labelsOf(*type), type->origin);
    was.erase(old);
  }
  for (const auto &[name, type] : was)
    missing("type", name);
}

void Comparison::compareFunctions() {
  std::map<std::string, const Function *> was;
  for (const Function *function : before_.functions())
    was.emplace(function->signature(), function);
  for (const Function *function : after_.functions()) {
    auto old = was.find(function->signature());
    if (old == was.end()) {
      if (!function->partial)
        leftBehind("function", function->signature(), function->origin);
      continue;
    }
    bool changed = old->second != function && old->second->definition && function->definition &&
                   old->second->definition->body.text != function->definition->body.text;
    if (changed)
      differs("body of function", function->signature(), "the one before", "another",
              function->origin);
    was.erase(old);
  }
  for (const auto &[name, function] : was)
    missing("function", name);
}

void Comparison::compareOthers() {
  std::vector<std::string> was = before_.schemas();
  std::vector<std::string> is = after_.schemas();
  for (const std::string &schema : was)
    if (std::find(is.begin(), is.end(), schema) == is.end())
      missing("schema", schema);
  for (const std::string &schema : is)
    if (std::find(was.begin(), was.end(), schema) == was.end())
      leftBehind("schema", schema, {});
  std::map<std::string, const NamedObject *> objects;
  auto keyOf = [](const NamedObject &object) {
    return std::string(name(object.kind)) + "\n" + sqlName(object.name);
  };
  for (const NamedObject *object : before_.objects())
    objects.emplace(keyOf(*object), object);
  for (const NamedObject *object : after_.objects())
    if (objects.erase(keyOf(*object)) == 0)
      leftBehind(name(object->kind), sqlName(object->name), object->origin);
  for (const auto &[key, object] : objects)
    missing(name(object->kind), sqlName(object->name));
}

std::vector<Difference> Comparison::run() {
  Relations was = relationsOf(before_);
  for (const auto &[name, relation] : relationsOf(after_)) {
    auto old = was.find(name);
    if (old == was.end()) {
      // One that was never made is one that the statements only speak of.
      if (!relation->partial)
        leftBehind(catalog::name(relation->kind), name, relation->origin);
      continue;
    }
    if (old->second != relation)
      compare(*old->second, *relation);
    was.erase(old);
  }
  for (const auto &[name, relation] : was)
    missing(catalog::name(relation->kind), name);
  compareTypes();
  compareFunctions();
  compareOthers();
  return std::move(differences_);
}

std::vector<Difference> differencesAfterDown(const ChangeSet &down) {
  return Comparison(down.undone->before, down.after, *down.undone->up).run();
}

static std::string shownName(const QualifiedName &name) { return withoutPublic(sqlName(name)); }

namespace {
/// What one op destroys.
class LossVisitor {
public:
  explicit LossVisitor(const StatementStep &step) : step_(step) {}

  using Loss = std::optional<std::string>;

  Loss operator()(const DropColumn &op) const {
    const Relation *table = step_.before.findRelation(op.target.relation);
    const Column *column = table ? table->findColumn(op.column) : nullptr;
    if (step_.isNew(op.target.relation) || (column && step_.isNew(column->origin)))
      return std::nullopt;
    if (table && (!column || column->generated != Generated::none) && !table->partial)
      return std::nullopt;
    return format("the values of '{}.{}'", shownName(op.target.relation), op.column);
  }
  Loss operator()(const DropObject &op) const {
    bool is_table = op.kind == ObjectKind::table;
    if (op.kind == ObjectKind::schema && op.cascade)
      return format("all that is in schema '{}'", op.name.name);
    if (!is_table || step_.isNew(op.name) ||
        (op.if_exists && step_.before.knowledgeOf(op.name) == Knowledge::absent))
      return std::nullopt;
    return rowsOf(op.name);
  }
  Loss operator()(const Truncate &op) const {
    for (const QualifiedName &table : op.tables)
      if (!step_.isNew(table))
        return rowsOf(table);
    return std::nullopt;
  }
  Loss operator()(const Delete &op) const {
    if (step_.isNew(op.table))
      return std::nullopt;
    return format("the rows that it deletes from '{}'", shownName(op.table));
  }
  Loss operator()(const Update &op) const {
    const Relation *table = step_.before.findRelation(op.table);
    if (table && step_.isNew(*table))
      return std::nullopt;
    for (const Assignment &assignment : op.assignments) {
      const Column *column = table ? table->findColumn(assignment.column) : nullptr;
      if (!column || !step_.isNew(column->origin))
        return format("the values that '{}.{}' had", shownName(op.table), assignment.column);
    }
    return std::nullopt;
  }
  /// These take no row or value away that is known to be there.
  template <OneOf<AlterColumnType, DropConstraint, DropNotNull, DropIdentity, DetachPartition,
                  RenameObject, SetSchema, Insert, Merge, Copy>
                Kind>
  Loss operator()(const Kind &) const {
    return std::nullopt;
  }
  template <NotAnswering<Existence::taken, Changes::rows> Kind>
  Loss operator()(const Kind &) const {
    return std::nullopt;
  }

private:
  static std::string rowsOf(const QualifiedName &table) {
    return format("the rows of '{}'", shownName(table));
  }

  const StatementStep &step_;
};
} // namespace

std::optional<std::string> lossOf(const Op &op, const StatementStep &step) {
  return std::visit(LossVisitor(step), op);
}

} // namespace lockstep::evolve
