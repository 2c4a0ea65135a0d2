#include "engine/report.hpp"
#include "engine/wording.hpp"

#include <algorithm>

namespace lockstep::rules {

/// True where the text holds the label as a string literal.
static bool mentions(std::string_view text, std::string_view label) {
  const std::string literal = quoteLiteral(label);
  for (size_t at = text.find(literal); at != text.npos; at = text.find(literal, at + 1)) {
    size_t end = at + literal.size();
    bool begins = at == 0 || text[at - 1] != '\'';
    if (begins && (end >= text.size() || text[end] != '\''))
      return true;
  }
  return false;
}

static bool hasColumnOf(const Relation *table, const Type &type) {
  return table && std::any_of(table->columns.begin(), table->columns.end(),
                              [&](const Column &column) { return column.type_id == type.id; });
}

static bool isNameIn(std::string_view text, const Type &type) {
  return text.find("::" + type.name) != text.npos ||
         text.find("::" + type.schema + "." + type.name) != text.npos ||
         text.find("::\"" + type.name + "\"") != text.npos;
}

/// True where a literal of the statement can be a value of an enum: it stands in a string. One that
/// compares text is none.
static bool mayUseValues(const Op &op, std::string_view text) {
  return traitsOf(op).strings != Strings::text && text.find_first_of("'$") != text.npos &&
         text.find("::text") == text.npos;
}

/// Tells whether the statement's literals can be values of the type: it reads, writes or defines a
/// column of it, or casts to it.
static bool usesType(const Op &op, const Type &type, std::string_view text, const Step &step) {
  if (isNameIn(text, type))
    return true;
  if (const auto *add = std::get_if<AddColumn>(&op))
    return step.before().findType({add->column.type.schema, add->column.type.name, {}}) == &type;
  if (traitsOf(op).strings != Strings::column_values)
    return false;
  const QualifiedName *table = relationOf(op);
  return table && hasColumnOf(step.before().findRelation(*table), type);
}

/// The statement before `step` in its transaction that added a value to an enum which `text` has as
/// a literal; null where there is none. Types that the history does not show have no labels to
/// look at.
static const AddEnumValue *addedTo(std::string_view text, const Step &step) {
  for (const StatementStep &earlier : step.at.change_set->statements) {
    if (earlier.number >= step.at.number)
      break;
    if (earlier.transaction != step.at.transaction)
      continue;
    for (const Op &op : earlier.statement->ops)
      if (const auto *add = std::get_if<AddEnumValue>(&op); add && mentions(text, add->value))
        return add;
  }
  return nullptr;
}

/// A value in a row of a table that the history does not show.
static void checkUnseen(const Step &step, std::string_view text, Report &report) {
  if (traitsOf(step.op).strings != Strings::column_values)
    return;
  const QualifiedName *name = relationOf(step.op);
  const Relation *table = name ? step.before().findRelation(*name) : nullptr;
  if (!name || (table && !table->partial))
    return;
  const AddEnumValue *add = addedTo(text, step);
  if (!add)
    return;
  report
      .add(whereOf(step.op),
           "PostgreSQL refuses this where \"{}\" is a value of type {}: the value was added in the "
           "same transaction (SQLSTATE 55P04)",
           add->value, shown(add->type))
      .object(fullName(step, *name))
      .assuming(format("a column of '{}' has the type", shown(*name)))
      .help("add the value in a migration of its own, which commits before this one")
      .severity(Severity::warning);
}

static void check(const Step &step, Report &report) {
  if (step.at.in_transaction != Certainty::yes || !step.at.source)
    return;
  std::string_view text = step.at.source->slice(whereOf(step.op));
  if (!mayUseValues(step.op, text))
    return;
  checkUnseen(step, text, report);
  for (const Type *type : step.before().types()) {
    bool is_new = type->origin.transaction == step.at.origin.transaction && !type->origin.isBase();
    if (type->kind != TypeKind::enumeration ||
        (is_new && supports(report.postgres(), Feature::uncommitted_enum_values)))
      continue;
    for (size_t i = 0; i < type->labels.size(); ++i) {
      if (i >= type->label_transactions.size() || type->label_transactions[i] == 0 ||
          type->label_transactions[i] != step.at.origin.transaction)
        continue;
      if (!mentions(text, type->labels[i]) || !usesType(step.op, *type, text, step))
        continue;
      report
          .add(whereOf(step.op),
               "PostgreSQL refuses this: unsafe use of new value \"{}\" of enum type {} "
               "(SQLSTATE 55P04); the value was added in the same transaction",
               type->labels[i], type->name)
          .object(type->qualifiedName())
          .help("add the value in a migration of its own, which commits before this one");
      return;
    }
  }
}

static constexpr std::string_view aliases[] = {"pgls:avoidAlterEnumAddValue"};

extern constexpr Rule enum_add_value_in_transaction{
    .id = "enum-add-value-in-transaction",
    .category = Category::failure,
    .severity = Severity::error,
    .aliases = aliases,
    .needs_execution = true,
    .checks = {on<&check>},
};

} // namespace lockstep::rules
