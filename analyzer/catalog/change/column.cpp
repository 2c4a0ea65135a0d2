#include "catalog/change/column.hpp"

#include "base/pg/builtin.hpp"
#include "catalog/change/target.hpp"
#include "catalog/model/generated_names.hpp"
#include "catalog/model/references.hpp"

namespace lockstep::catalog {

/// nextval('app.t_id_seq'::regclass)
static SqlExpressionPointer nextvalOf(const Relation &sequence) {
  Expression constant;
  constant.kind = ExpressionKind::constant;
  constant.literal = LiteralKind::string;
  constant.name = sequence.qualifiedName();
  SqlExpression value;
  value.text = "nextval(" + quoteLiteral(constant.name) + "::regclass)";
  Expression cast;
  cast.kind = ExpressionKind::cast;
  TypeName type;
  type.name = "regclass";
  cast.type = std::make_shared<const TypeName>(std::move(type));
  cast.arguments.push_back(std::move(constant));
  value.root.kind = ExpressionKind::function;
  value.root.name = "nextval";
  value.root.arguments.push_back(std::move(cast));
  return std::make_shared<const SqlExpression>(std::move(value));
}

ObjectId createOwnedSequence(Change &change, const ColumnOwner &owner, const std::string &column,
                             const TypeName &type, const std::vector<Option> &options,
                             bool is_identity) {
  SequenceInfo info;
  info.type = type;
  info.is_identity = is_identity;
  Relation sequence;
  sequence.kind = RelationKind::sequence;
  sequence.persistence = owner.persistence;
  sequence.schema = owner.schema;
  sequence.name =
      chooseRelationName(change.state(), owner.table, column, "seq", owner.schema, false);
  for (const Option &option : options) {
    // pg_dump writes GENERATED … AS IDENTITY (SEQUENCE NAME app.s …).
    if (option.name == "sequence_name") {
      const QualifiedName given = parseQualifiedName(option.value);
      sequence.name = given.name;
      if (!given.schema.empty())
        sequence.schema = given.schema;
    } else {
      info.options.push_back(option);
    }
  }
  sequence.sequence = std::make_shared<const SequenceInfo>(std::move(info));
  sequence.origin = change.origin();
  return change.create(std::move(sequence));
}

void ownSequence(Change &change, ObjectId table, const Column &column) {
  if (column.sequence == ObjectId::none)
    return;
  ObjectEdit<Relation> sequence = change.edit(column.sequence);
  SequenceInfo info = *sequence->sequence;
  info.owner = table;
  info.owner_column = column.name;
  sequence->sequence = std::make_shared<const SequenceInfo>(std::move(info));
}

bool isNullDefault(const Column &column, const SqlExpression &value) {
  if (column.type_id != ObjectId::none)
    return false;
  // A length that is applied makes it more than a constant: varchar(9) keeps DEFAULT NULL.
  if (!column.type.modifiers.empty()) {
    const auto builtin = findBuiltinType(column.type.name, newest_postgres);
    if (builtin && builtin->modifier_casts)
      return false;
  }
  const Expression *node = &value.root;
  if (node->kind == ExpressionKind::cast && node->arguments.size() == 1) {
    const bool same = node->type && node->type->name == column.type.name &&
                      node->type->modifiers.empty() &&
                      (node->type->array_dimensions > 0) == (column.type.array_dimensions > 0);
    if (!same)
      return false;
    node = &node->arguments[0];
  }
  return node->kind == ExpressionKind::null_constant;
}

void setDefault(const Change &change, BuiltColumn &built, const SqlExpressionPointer &value,
                bool is_generation) {
  if (!is_generation && isNullDefault(built.column, *value)) {
    built.column.default_value.reset();
    return;
  }
  (is_generation ? built.column.generation : built.column.default_value) = value;
  built.references = referencesOf(change.catalog(), value->root);
  for (Reference &reference : built.references) {
    reference.part_kind = PartKind::default_value;
    reference.part = built.column.name;
  }
}

bool buildColumn(Change &change, const ColumnOwner &owner, const ColumnDef &definition,
                 BuiltColumn &built) {
  Column &column = built.column;
  column.name = definition.name;
  column.collation = definition.collation;
  column.storage = definition.storage;
  column.compression = definition.compression;
  column.options = definition.options;
  column.not_null = definition.not_null;
  column.origin = change.origin();
  column.origin.where = definition.where;
  const std::optional<TypeName> serial = serialType(definition.type);
  ResolvedType resolved;
  if (!resolveType(change, serial ? *serial : definition.type, resolved))
    return false;
  column.type = std::move(resolved.type);
  column.type_id = resolved.id;
  if (resolved.row_of != ObjectId::none)
    built.references.push_back({resolved.row_of, {}, PartKind::column, column.name});
  if (serial) {
    if (definition.default_value)
      return change.refuse("42601",
                           format("multiple default values specified for column \"{}\" of table "
                                  "\"{}\"",
                                  column.name, owner.table),
                           definition.where);
    column.is_serial = true;
    column.not_null = true;
    column.sequence = createOwnedSequence(change, owner, column.name, column.type, {}, false);
    setDefault(change, built, nextvalOf(*change.catalog().relation(column.sequence)), false);
  }
  if (definition.default_value)
    setDefault(change, built, definition.default_value, false);
  if (definition.generated != Generated::none && definition.generation) {
    column.generated = definition.generated;
    setDefault(change, built, definition.generation, true);
  }
  if (definition.identity != Identity::none) {
    column.identity = definition.identity;
    column.not_null = true;
    column.sequence = createOwnedSequence(change, owner, column.name, column.type,
                                          definition.identity_options, true);
  }
  return true;
}

void eraseReferences(Relation &relation, PartKind kind, std::string_view part) {
  relation.references.eraseIf([&](const Reference &reference) {
    return reference.part_kind == kind && reference.part == part;
  });
}

void addReferences(const Change &change, Relation &relation, const Expression &expression,
                   PartKind kind, std::string_view part) {
  for (Reference &reference : referencesOf(change.catalog(), expression)) {
    reference.part_kind = kind;
    reference.part = part;
    relation.references.push_back(std::move(reference));
  }
}

} // namespace lockstep::catalog
