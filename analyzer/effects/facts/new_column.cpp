#include "effects/facts/new_column.hpp"

#include "base/text.hpp"
#include "catalog/model/references.hpp"
#include "catalog/model/resolve_type.hpp"
#include "effects/facts/folded_expression.hpp"
#include "effects/facts/function_call.hpp"

namespace lockstep::effects {

bool isSerial(const TypeName &type) { return serialType(type).has_value(); }

/// The domain and the types below it, the outermost first.
template <class Visit> static bool anyDomain(const Catalog &catalog, ObjectId id, Visit &&visit) {
  constexpr int deepest = 100;
  for (int depth = 0; depth < deepest; ++depth) {
    const Type *type = catalog.type(id);
    if (!type || type->kind != TypeKind::domain)
      return false;
    if (visit(*type))
      return true;
    id = type->base_id;
  }
  return false;
}

bool isConstrainedDomain(const Catalog &catalog, ObjectId type) {
  return anyDomain(catalog, type, [](const Type &domain) {
    return domain.not_null || !domain.constraints.empty();
  });
}

/// The default that a domain brings; CREATE DOMAIN copies the one of the domain below.
static const SqlExpression *domainDefault(const Catalog &catalog, ObjectId type) {
  const SqlExpression *found = nullptr;
  anyDomain(catalog, type, [&](const Type &domain) {
    found = domain.default_value.get();
    return found != nullptr;
  });
  return found;
}

bool isNullConstant(const Expression &expression) {
  const Expression *node = &expression;
  while (node->kind == ExpressionKind::cast && node->arguments.size() == 1)
    node = &node->arguments[0];
  return node->kind == ExpressionKind::null_constant;
}

std::vector<const Relation *> sequencesOf(const Expression &expression, const Catalog &catalog) {
  std::vector<const Relation *> sequences;
  forEachNode(expression, [&](const Expression &node) {
    if (node.kind != ExpressionKind::function || node.name != "nextval" || node.arguments.empty())
      return;
    const Expression *argument = &node.arguments[0];
    while (argument->kind == ExpressionKind::cast && argument->arguments.size() == 1)
      argument = &argument->arguments[0];
    if (argument->literal != LiteralKind::string)
      return;
    if (const Relation *sequence = catalog.findRelation(parseQualifiedName(argument->name)))
      sequences.push_back(sequence);
  });
  return sequences;
}

NewColumn newColumn(const ColumnDef &column, const Catalog &catalog, int postgres) {
  NewColumn result;
  result.is_virtual = column.generated == Generated::virtual_;
  if (result.is_virtual)
    return result;
  ObjectId type = ObjectId::none;
  if (isSerial(column.type))
    result.rewrite = RewriteReason::serial;
  else if (column.identity != Identity::none)
    result.rewrite = RewriteReason::identity;
  else if (column.generated == Generated::stored)
    result.rewrite = RewriteReason::stored_generated;
  else if (column.type.schema != "pg_catalog" || column.type.name.empty())
    type = resolveType(catalog, column.type, postgres).id;
  result.has_value = result.rewrite.has_value();
  const bool is_array = column.type.array_dimensions > 0;
  if (!is_array && isConstrainedDomain(catalog, type))
    result.rewrite = RewriteReason::constrained_domain;
  const SqlExpression *value = column.default_value ? &*column.default_value
                               : is_array           ? nullptr
                                                    : domainDefault(catalog, type);
  if (!value || isNullConstant(value->root))
    return result;
  result.has_value = true;
  if (result.rewrite)
    return result;
  const Volatility volatility = volatilityOf(value->root, catalog, postgres);
  if (volatility <= Volatility::stable)
    return result;
  result.rewrite = RewriteReason::volatile_default;
  result.sequences = sequencesOf(value->root, catalog);
  if (volatility == Volatility::unknown)
    result.assumptions.push_back(
        format("a function in DEFAULT {} is unknown and taken as volatile", value->text));
  return result;
}

} // namespace lockstep::effects
