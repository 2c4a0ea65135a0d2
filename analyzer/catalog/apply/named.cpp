#include "catalog/change/named.hpp"

#include "base/pg/builtin.hpp"
#include "catalog/apply/apply_op.hpp"
#include "catalog/change/target.hpp"
#include "catalog/model/function_match.hpp"
#include "catalog/model/generated_names.hpp"

// Objects that no relation is made of: the catalog keeps their SQL.

namespace lockstep::catalog {

static NamedObject makeNamed(const Change &change, ObjectKind kind, const QualifiedName &name) {
  NamedObject object;
  object.kind = kind;
  object.name = {name.schema, name.name, {}};
  if (hasSchema(kind) && name.schema.empty())
    object.name.schema = creationSchema(change.state());
  object.search_path = change.state().search_path;
  object.origin = change.origin();
  return object;
}

static void put(Change &change, NamedObject object) {
  auto held = std::make_shared<NamedObject>(std::move(object));
  change.mutableState().objects.set(objectKey(held->kind, held->name), held);
}

bool applyOp(Change &change, const CreateExtension &op) {
  const QualifiedName name{{}, op.extension, {}};
  if (op.if_not_exists && change.catalog().findObject(ObjectKind::extension, name))
    return true;
  NamedObject object = makeNamed(change, ObjectKind::extension, name);
  object.table.schema = op.schema;
  put(change, std::move(object));
  // What an extension that ships with PostgreSQL makes is known; another may make anything.
  if (!findExtension(op.extension, change.postgres()))
    change.markIncomplete(false);
  return true;
}

/// What stands between the name and the table: kinds and ON expressions.
static std::string statisticsBody(const CreateStatistics &op) {
  const uint32_t base = op.where.begin;
  const std::string_view text = op.text;
  if (op.table.where.begin < base || op.table.where.begin - base > text.size())
    return {};
  std::string_view head = text.substr(0, op.table.where.begin - base);
  size_t begin = toLowerAscii(head).find("statistics");
  begin = begin == std::string_view::npos ? 0 : begin + std::string_view("statistics").size();
  if (op.statistics.where.end > base && op.statistics.where.end - base <= head.size() &&
      !op.statistics.empty())
    begin = op.statistics.where.end - base;
  return std::string(trim(head.substr(begin)));
}

bool applyOp(Change &change, const CreateStatistics &op) {
  QualifiedName name = creationName(change, op.statistics);
  const Relation *table = change.catalog().findRelation(op.table);
  if (op.statistics.empty()) {
    const std::string table_name = table ? table->name : op.table.name;
    name.schema = table ? table->schema : name.schema;
    for (unsigned number = 0;; ++number) {
      const std::string label = number == 0 ? "stat" : "stat" + std::to_string(number);
      name.name = makeObjectName(table_name, joinColumnNames(op.columns), label);
      if (!change.catalog().findObject(ObjectKind::statistics, name))
        break;
    }
  } else if (op.if_not_exists && change.catalog().findObject(ObjectKind::statistics, name)) {
    return true;
  }
  NamedObject object = makeNamed(change, ObjectKind::statistics, name);
  object.table = table ? QualifiedName{table->schema, table->name, {}} : op.table;
  object.statements.push_back(statisticsBody(op));
  put(change, std::move(object));
  return true;
}

static void addStatement(Change &change, const NamedObject &object, const std::string &text) {
  NamedObject changed = object;
  changed.statements.push_back(text);
  put(change, std::move(changed));
}

/// What the publication holds after the statement: tables by name; all of them, and the schemas of
/// FOR TABLES IN SCHEMA, as options.
static void publish(const Change &change, const Publication &op, NamedObject &publication) {
  if (op.change == 's' && op.action == DdlAction::alter) {
    publication.tables.clear();
    publication.options.clear();
  }
  if (op.all_tables)
    publication.options.push_back({"all_tables", "true", {}});
  for (const std::string &schema : op.schemas) {
    std::erase_if(publication.options, [&](const Option &option) {
      return option.name == "schema" && option.value == schema;
    });
    if (op.change != 'd')
      publication.options.push_back({"schema", schema, {}});
  }
  for (const QualifiedName &table : op.tables) {
    const QualifiedName resolved = change.catalog().resolve(table);
    publication.tables.eraseIf([&](const QualifiedName &each) { return each == resolved; });
    if (op.change != 'd')
      publication.tables.push_back(resolved);
  }
}

bool applyOp(Change &change, const Publication &op) {
  const QualifiedName name{{}, op.publication, {}};
  const NamedObject *existing = change.catalog().findObject(ObjectKind::publication, name);
  if (op.action != DdlAction::create && !existing)
    return true;
  NamedObject object =
      op.action == DdlAction::create ? makeNamed(change, ObjectKind::publication, name) : *existing;
  object.statements.push_back(op.text);
  publish(change, op, object);
  put(change, std::move(object));
  return true;
}

/// An aggregate is a function of which only the signature counts here.
static void createAggregate(Change &change, const ObjectDdl &op) {
  const QualifiedName name = creationName(change, op.names.front());
  CreateFunction definition;
  definition.function = name;
  definition.language = "internal";
  for (const TypeName &type : op.arguments)
    definition.parameters.push_back({{}, type, 'i', {}});
  Function function;
  function.schema = name.schema;
  function.name = name.name;
  function.is_aggregate = true;
  function.text = op.text;
  function.volatility = FunctionVolatility::immutable;
  function.definition = std::make_shared<const CreateFunction>(std::move(definition));
  function.origin = change.origin();
  if (const Function *existing =
          findFunction(change.catalog(), name, op.arguments, true, change.postgres())) {
    ObjectEdit<Function> edited = change.editFunction(existing->id);
    edited->definition = function.definition;
    edited->text = function.text;
    return;
  }
  change.create(std::move(function));
}

bool applyOp(Change &change, const ObjectDdl &op) {
  if (op.default_grant) {
    addDefaultPrivileges(change.mutableState(), {op.default_grant, op.text}, change.postgres());
    return true;
  }
  if (op.kind == ObjectKind::foreign_table) { // IMPORT FOREIGN SCHEMA: only that server knows.
    change.markIncomplete(false);
    return true;
  }
  if (op.kind == ObjectKind::aggregate && op.action == DdlAction::create && !op.names.empty()) {
    createAggregate(change, op);
    return true;
  }
  for (const QualifiedName &name : op.names) {
    const NamedObject *existing = findNamed(change.catalog(), op.kind, name, op.arguments);
    if (op.action == DdlAction::create && !existing) {
      NamedObject object = makeNamed(change, op.kind, namedKey(op.kind, name, op.arguments));
      object.options = op.options;
      object.statements.push_back(op.text);
      put(change, std::move(object));
    } else if (existing && (op.action != DdlAction::drop || op.kind == ObjectKind::user_mapping)) {
      addStatement(change, *existing, op.text);
    } else if (existing) {
      dropNamed(change, *existing);
    }
  }
  return true;
}

} // namespace lockstep::catalog
