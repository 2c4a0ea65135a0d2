#include "sql/lower/function.hpp"

#include "base/text.hpp"
#include "sql/lower/object_name.hpp"
#include "sql/lower/statement.hpp"
#include "sql/lower/transaction.hpp"
#include "sql/query/expression.hpp"
#include "sql/query/name.hpp"

#include <algorithm>

extern "C" {
#include <postgres.h>
#include <nodes/parsenodes.h>
}

namespace lockstep::sql {

// --- bodies --------------------------------------------------------------------------------------

/// The code given after AS, or to DO. `location` is that of AS, or of the string.
static Body lowerBody(const Lowering &at, std::string_view code, int location) {
  Body body;
  body.text = code;
  if (location < 0)
    return body;
  size_t token = at.tokenAt(location);
  if (at.tokens.is(token, "as"))
    ++token;
  body.where = at.tokens.content(token);
  body.verbatim = at.tokens.slice(body.where) == code;
  return body;
}

/// A BEGIN ATOMIC body: its statements stand between semicolons, which the tree does not keep.
static void lowerAtomic(Lowering &at, Body &body, const ::List *statements) {
  const StatementTokens &tokens = at.tokens;
  size_t first = tokens.find("atomic") + 1, last = tokens.size() - 1; // END
  body.where = tokens.span(first, last);
  for (const ::Node *statement : nodes<::Node>(statements)) {
    size_t end = std::min(tokens.find(";", first), last);
    EmbeddedStatement &embedded = body.statements.emplace_back();
    embedded.statement = lowerEmbedded(at, statement, first, end);
    first = end + 1;
  }
}

/// RETURN expression, or BEGIN ATOMIC … END.
static Body lowerSqlBody(Lowering &at, const ::Node *node) {
  Body body;
  body.verbatim = true;
  body.parsed = true;
  if (IsA(node, ReturnStmt)) {
    size_t first = at.tokens.find("return");
    body.where = at.tokens.span(first, at.tokens.size());
    body.statements.emplace_back().statement = lowerEmbedded(at, node, first, at.tokens.size());
  } else { // A list of one list of statements.
    auto lists = nodes<::List>(as<::List>(node));
    lowerAtomic(at, body, lists.empty() ? nullptr : lists[0]);
  }
  body.text = at.tokens.slice(body.where);
  return body;
}

// --- CREATE FUNCTION -----------------------------------------------------------------------------

static FunctionVolatility volatilityOf(std::string_view word) {
  return word == "immutable" ? FunctionVolatility::immutable
         : word == "stable"  ? FunctionVolatility::stable
                             : FunctionVolatility::volatile_;
}

static bool isTrue(const ::Node *value) { return optionText(value) == "true"; }

static void lowerFunctionOption(Lowering &at, CreateFunction &op, const DefElem &option) {
  std::string_view name = text(option.defname);
  if (name == "as") {
    // Two strings name an object file and a symbol.
    auto strings = cells(reinterpret_cast<const ::List *>(option.arg));
    op.body = lowerBody(at, stringOf(strings.front()), option.location);
    if (strings.size() > 1)
      op.link_symbol = stringOf(strings.back());
  } else if (name == "language") {
    op.language = toLowerAscii(optionText(option.arg));
  } else if (name == "volatility") {
    op.volatility = volatilityOf(optionText(option.arg));
  } else if (name == "strict") {
    op.strict = isTrue(option.arg);
  } else if (name == "security") {
    op.security_definer = isTrue(option.arg);
  } else if (name == "leakproof") {
    op.leakproof = isTrue(option.arg);
  } else if (name == "window") {
    op.is_window = isTrue(option.arg);
  } else if (name == "parallel") {
    std::string word = toLowerAscii(optionText(option.arg));
    op.parallel = word.empty() ? 'u' : word[0];
  } else if (name == "set") {
    op.settings.push_back(setVariable(*as<VariableSetStmt>(option.arg)));
  } else if (name == "cost" || name == "rows" || name == "support") {
    op.options.push_back({std::string(name), optionText(option.arg), {}});
  } else if (name == "transform") {
    for (const ::TypeName *type : nodes<::TypeName>(reinterpret_cast<const ::List *>(option.arg)))
      op.options.push_back({"transform", sqlType(lowerType(at, type)), {}});
  }
}

void lowerCreateFunction(Lowering &at, const CreateFunctionStmt &node) {
  CreateFunction op;
  size_t word = at.tokens.find(node.is_procedure ? "procedure" : "function");
  op.function = qualifiedName(node.funcname, at.tokens.name(word + 1));
  op.is_procedure = node.is_procedure;
  op.or_replace = node.replace;
  for (const ::FunctionParameter *parameter : nodes<::FunctionParameter>(node.parameters)) {
    FunctionParameter &result = op.parameters.emplace_back();
    result.name = text(parameter->name);
    result.type = lowerType(at, parameter->argType);
    result.mode = parameter->mode == FUNC_PARAM_DEFAULT ? 'i' : static_cast<char>(parameter->mode);
    result.default_value = lowerOptional(at, parameter->defexpr);
  }
  op.returns = lowerType(at, node.returnType);
  for (const DefElem *option : nodes<DefElem>(node.options))
    lowerFunctionOption(at, op, *option);
  if (node.sql_body) {
    op.is_atomic = true;
    op.language = "sql";
    op.body = lowerSqlBody(at, node.sql_body);
  }
  at.addWhole(std::move(op));
}

void lowerAlterFunction(Lowering &at, const AlterFunctionStmt &node) {
  AlterFunction op;
  op.kind = objectKind(node.objtype);
  ObjectName name = objectName(at, op.kind, reinterpret_cast<const ::Node *>(node.func));
  op.function = std::move(name.name);
  op.function.where = at.tokens.name(2);
  op.arguments = std::move(name.arguments);
  op.has_arguments = name.has_arguments;
  for (const DefElem *option : nodes<DefElem>(node.actions)) {
    std::string_view what = text(option->defname);
    if (what == "volatility")
      op.volatility = volatilityOf(optionText(option->arg));
    else if (what == "security")
      op.security_definer = isTrue(option->arg);
    else if (what == "set")
      op.settings.push_back(setVariable(*as<VariableSetStmt>(option->arg)));
    else
      op.options.push_back({std::string(what), toLowerAscii(optionText(option->arg)), {}});
  }
  at.addWhole(std::move(op));
}

void lowerDo(Lowering &at, const DoStmt &node) {
  DoBlock op;
  op.language = "plpgsql";
  for (const DefElem *option : nodes<DefElem>(node.args)) {
    if (text(option->defname) == "as")
      op.body = lowerBody(at, stringOf(option->arg), option->location);
    else if (text(option->defname) == "language")
      op.language = toLowerAscii(optionText(option->arg));
  }
  at.addWhole(std::move(op));
}

} // namespace lockstep::sql
