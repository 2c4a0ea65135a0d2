#include "base/text.hpp"
#include "report/schema/sql_script.hpp"

namespace lockstep {

static void emitComment(SqlScript &script, const std::string &object, const std::string &text) {
  if (!text.empty())
    script.add(SqlPhase::comments, "COMMENT ON " + object + " IS " + quoteLiteral(text));
}

static void emitRelationComments(SqlScript &script, const Relation &relation) {
  const std::string name = relation.qualifiedName();
  if (relation.kind != RelationKind::composite_type)
    emitComment(script, std::string(relationWord(relation)) + " " + name, relation.comment);
  for (const Column &column : relation.columns)
    emitComment(script, "COLUMN " + name + "." + quoteIdentifier(column.name), column.comment);
  const auto emitParts = [&](std::string_view word, const auto &parts) {
    for (const auto &part : parts)
      emitComment(script, std::string(word) + " " + quoteIdentifier(part.name) + " ON " + name,
                  part.comment);
  };
  emitParts("CONSTRAINT", relation.constraints);
  emitParts("TRIGGER", relation.triggers);
  emitParts("POLICY", relation.policies);
  emitParts("RULE", relation.rules);
}

void emitComments(SqlScript &script) {
  const Catalog &catalog = script.catalog();
  for (const std::string &name : catalog.schemas())
    if (const SchemaEntry *entry = catalog.schema(name))
      emitComment(script, "SCHEMA " + quoteIdentifier(name), entry->comment);
  for (const Type *type : catalog.types()) {
    emitComment(script,
                (type->kind == TypeKind::domain ? "DOMAIN " : "TYPE ") + type->qualifiedName(),
                type->comment);
    for (const Constraint &constraint : type->constraints)
      emitComment(script,
                  "CONSTRAINT " + quoteIdentifier(constraint.name) + " ON DOMAIN " +
                      type->qualifiedName(),
                  constraint.comment);
  }
  for (const Function *function : catalog.functions())
    emitComment(script, std::string(functionWord(*function)) + " " + functionAddress(*function),
                function->comment);
  for (const Relation *relation : catalog.relations())
    if (!isForeignToHistory(*relation) && relation->persistence != Persistence::temporary)
      emitRelationComments(script, *relation);
  for (const NamedObject *object : catalog.objects()) {
    const std::string_view word = lockstep::name(object->kind);
    switch (object->kind) {
    case ObjectKind::cast:
    case ObjectKind::operator_:
    case ObjectKind::operator_class:
    case ObjectKind::operator_family:
    case ObjectKind::transform:
    case ObjectKind::user_mapping:
      break; // Their addresses need more than a name.
    default:
      emitComment(script, upperCase(word) + " " + sqlName(object->name), object->comment);
    }
  }
}

} // namespace lockstep
