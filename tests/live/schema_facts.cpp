// schema_facts FILE POSTGRES [SKIPPED]
//
// Applies a script to an empty catalog, each statement in a transaction of its own, and prints one
// line a fact, fields separated by tabs:
//   statement  NUMBER BEGIN END KIND [SQLSTATE MESSAGE]     refused, with what the server would say
//   and then what the catalog holds: column, constraint, index, …
// SKIPPED names a file with the numbers of statements whose outcome is not kept.

#include "base/text.hpp"
#include "catalog/apply/apply.hpp"
#include "catalog/model/catalog.hpp"
#include "sql/script.hpp"
#include "sql/text/psql_mask.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <set>
#include <sstream>
#include <string>
#include <vector>

using namespace lockstep::catalog;

static std::vector<std::string> facts;

static void add(std::vector<std::string> fields) { facts.push_back(join(fields, "\t")); }

static std::string yes(bool value, const char *word) { return value ? word : "-"; }

static std::string typeText(const TypeName &type) {
  if (type.empty())
    return "?";
  std::string text = (type.schema == "pg_catalog" ? "" : type.schema + ".") + type.name;
  if (!type.modifiers.empty())
    text += "(" + join(type.modifiers, ",") + ")";
  return text + (type.array_dimensions > 0 ? "[]" : "");
}

static std::string sorted(std::vector<std::string> names) {
  std::sort(names.begin(), names.end());
  return join(names, ",");
}

static std::string plainName(const Relation *relation) {
  return relation ? relation->schema + "." + relation->name : "?";
}

static void addColumn(const std::string &table, const Column &column) {
  add({"column", table, column.name, typeText(column.type), yes(column.not_null, "notnull"),
       yes(column.default_value || column.generation, "default"),
       column.identity == Identity::none     ? "-"
       : column.identity == Identity::always ? "a"
                                             : "d",
       column.generated == Generated::none     ? "-"
       : column.generated == Generated::stored ? "s"
                                               : "v",
       std::to_string(column.inherited) + yes(column.is_local, "local")});
}

static void addConstraint(const Catalog &catalog, const std::string &table,
                          const Constraint &constraint) {
  static const char *const kinds = "cnupfx";
  std::string columns = constraint.kind == ConstraintKind::check ? sorted(constraint.columns)
                                                                 : join(constraint.columns, ",");
  if (constraint.kind == ConstraintKind::exclusion)
    columns = "*";
  add({"constraint", table, constraint.name,
       std::string(1, kinds[static_cast<size_t>(constraint.kind)]), columns,
       constraint.kind == ConstraintKind::foreign_key
           ? plainName(catalog.relation(constraint.referenced)) + "(" +
                 join(constraint.referenced_columns, ",") + ")" + constraint.on_delete +
                 constraint.on_update + constraint.match
           : "-",
       yes(constraint.valid, "valid"),
       constraint.deferrable ? constraint.initially_deferred ? "deferred" : "deferrable" : "-",
       yes(constraint.no_inherit, "noinherit"),
       std::to_string(constraint.inherited) + yes(constraint.is_local, "local")});
}

static void addIndex(const Catalog &catalog, const Relation &index) {
  if (!index.index)
    return;
  const IndexInfo &info = *index.index;
  std::vector<std::string> keys;
  for (const IndexElement &element : info.elements)
    keys.push_back(element.expression ? "expr" : element.column);
  add({"index", plainName(&index), plainName(catalog.relation(info.table)), info.method,
       join(keys, ","), join(info.include, ","), yes(info.unique, "unique"),
       yes(info.primary, "primary"), yes(info.valid, "valid"),
       yes(info.predicate != nullptr, "where"),
       info.parent == ObjectId::none ? "-" : plainName(catalog.relation(info.parent))});
}

static void addRelation(const Catalog &catalog, const Relation &relation) {
  const std::string name = plainName(&relation);
  if (relation.partial)
    add({"partial", name});
  if (relation.isIndex())
    return addIndex(catalog, relation);
  static const char *const kinds = "rpfvmiISc";
  add({"relation", name, std::string(1, kinds[static_cast<size_t>(relation.kind)])});
  for (const Column &column : relation.columns)
    addColumn(name, column);
  for (const Constraint &constraint : relation.constraints)
    addConstraint(catalog, name, constraint);
  for (ObjectId parent : relation.parents)
    add({"parent", name, plainName(catalog.relation(parent))});
  for (const Trigger &trigger : relation.triggers)
    add({"trigger", name, trigger.name, std::string(1, trigger.enabled)});
  for (const Policy &policy : relation.policies)
    add({"policy", name, policy.name});
  for (const RewriteRule &rule : relation.rules)
    add({"rule", name, rule.name});
  if (relation.sequence)
    add({"sequence", name,
         relation.sequence->owner == ObjectId::none
             ? "-"
             : plainName(catalog.relation(relation.sequence->owner)) + "." +
                   relation.sequence->owner_column});
}

static void addType(const Type &type) {
  const std::string name = type.schema + "." + type.name;
  if (type.partial)
    return;
  if (type.kind == TypeKind::enumeration)
    add({"enum", name, join(type.labels, ",")});
  if (type.kind != TypeKind::domain)
    return;
  add({"domain", name, typeText(type.base), yes(type.not_null, "notnull")});
  for (const Constraint &constraint : type.constraints)
    add({"domain constraint", name, constraint.name, yes(constraint.valid, "valid")});
}

int main(int count, char **arguments) {
  if (count < 3)
    return 2;
  std::ifstream file(arguments[1], std::ios::binary);
  std::stringstream content;
  content << file.rdbuf();
  const int postgres = std::atoi(arguments[2]);
  std::set<unsigned> skipped;
  if (count > 3) {
    std::ifstream numbers(arguments[3]);
    for (unsigned number = 0; numbers >> number;)
      skipped.insert(number);
  }

  const MaskedText masked = maskPsql(content.str());
  const Script script = parseScript(masked.text);
  Catalog catalog;
  unsigned number = 0;
  for (const auto &statement : script.statements) {
    Origin origin;
    origin.migration = 1;
    origin.statement = origin.transaction = ++number;
    const Catalog before = catalog;
    const ApplyResult result = apply(catalog, *statement, origin, postgres);
    std::vector<std::string> fields{
        "statement", std::to_string(number), std::to_string(statement->range.begin),
        std::to_string(statement->range.end), std::string(statement->kind)};
    if (!result.refusals.empty()) {
      fields.push_back(result.refusals.front().sqlstate);
      fields.push_back(result.refusals.front().message);
    }
    std::puts(join(fields, "\t").c_str());
    if (skipped.count(number))
      catalog = before;
    else
      endTransaction(catalog, before, true);
  }
  for (const Relation *relation : catalog.relations())
    addRelation(catalog, *relation);
  for (const Type *type : catalog.types())
    addType(*type);
  for (const std::string &schema : catalog.schemas())
    add({"schema", schema});
  for (const Function *function : catalog.functions())
    add({"function", function->schema + "." + function->name});
  std::sort(facts.begin(), facts.end());
  for (const std::string &fact : facts)
    std::puts(fact.c_str());
  return 0;
}
