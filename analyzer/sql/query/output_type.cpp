#include "sql/query/output_type.hpp"

#include "base/pg/functions.hpp"
#include "sql/query/name.hpp"

extern "C" {
#include <postgres.h>
#include <nodes/parsenodes.h>
#include <nodes/primnodes.h>
}

// The type of a query's output, as far as its expression alone tells it.

namespace lockstep::sql {

static TypeName systemType(std::string_view name) {
  TypeName type;
  type.schema = "pg_catalog";
  type.name = name;
  return type;
}

/// Of a literal (make_const, parse_node.c); a string becomes text where nothing else is asked of
/// it.
static TypeName constantType(const A_Const &node) {
  if (node.isnull)
    return systemType("text");
  switch (nodeTag(&node.val.node)) {
  case T_Integer:
    return systemType("int4");
  case T_Float: { // Or an integer that is too long for int4.
    const std::string_view digits = text(node.val.fval.fval);
    const bool whole = digits.find_first_not_of("0123456789") == std::string_view::npos;
    return whole && digits.size() < 19 ? systemType("int8")
           : whole                     ? TypeName()
                                       : systemType("numeric");
  }
  case T_Boolean:
    return systemType("bool");
  case T_String:
    return systemType("text");
  default:
    return {};
  }
}

static bool isComparison(const A_Expr &node) {
  switch (node.kind) {
  case AEXPR_OP_ANY:
  case AEXPR_OP_ALL:
  case AEXPR_DISTINCT:
  case AEXPR_NOT_DISTINCT:
  case AEXPR_IN:
  case AEXPR_LIKE:
  case AEXPR_ILIKE:
  case AEXPR_SIMILAR:
  case AEXPR_BETWEEN:
  case AEXPR_NOT_BETWEEN:
  case AEXPR_BETWEEN_SYM:
  case AEXPR_NOT_BETWEEN_SYM:
    return true;
  default:
    return false;
  }
}

static TypeName valueType(const SQLValueFunction &node) {
  switch (node.op) {
  case SVFOP_CURRENT_DATE:
    return systemType("date");
  case SVFOP_CURRENT_TIMESTAMP:
    return systemType("timestamptz");
  case SVFOP_LOCALTIMESTAMP:
    return systemType("timestamp");
  default:
    return {};
  }
}

TypeName outputType(const Lowering &at, const ::Node *node) {
  if (!node)
    return {};
  switch (nodeTag(node)) {
  case T_TypeCast:
    return lowerType(at, as<TypeCast>(node)->typeName);
  case T_A_Const:
    return constantType(*reinterpret_cast<const A_Const *>(node));
  case T_BoolExpr:
  case T_NullTest:
  case T_BooleanTest:
    return systemType("bool");
  case T_A_Expr:
    return isComparison(*as<A_Expr>(node)) ? systemType("bool") : TypeName();
  case T_SubLink:
    return as<SubLink>(node)->subLinkType == EXISTS_SUBLINK ? systemType("bool") : TypeName();
  case T_SQLValueFunction:
    return valueType(*as<SQLValueFunction>(node));
  case T_FuncCall: { // Where all functions of the name give the same.
    const auto *call = as<FuncCall>(node);
    const auto names = cells(call->funcname);
    if (names.size() != 1 && stringOf(names.front()) != "pg_catalog")
      return {};
    const auto function =
        findFunction(stringOf(names.back()), cells(call->args).size(), newest_postgres);
    if (!function || !function->extension.empty() || function->result.empty() ||
        function->returns_set)
      return {};
    const auto type = findBuiltinType(function->result, newest_postgres);
    return type && type->kind != BuiltinTypeKind::pseudo && !type->is_array
               ? systemType(function->result)
               : TypeName();
  }
  default:
    return {};
  }
}

} // namespace lockstep::sql
