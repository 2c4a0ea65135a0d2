#include "ddl/function.hpp"

#include "base/text.hpp"
#include "ddl/address.hpp"

namespace lockstep::ddl {

static std::string parameterText(const FunctionParameter &parameter) {
  std::string text;
  switch (parameter.mode) {
  case 'o':
    text = "OUT ";
    break;
  case 'b':
    text = "INOUT ";
    break;
  case 'v':
    text = "VARIADIC ";
    break;
  default:
    break;
  }
  if (!parameter.name.empty())
    text += quoteIdentifier(parameter.name) + " ";
  text += sqlType(parameter.type);
  if (parameter.default_value)
    text += " DEFAULT " + parameter.default_value->text;
  return text;
}

/// In dollar quotes, with a tag that the text does not hold.
static std::string dollarQuoted(const std::string &text) {
  std::string tag = "$$";
  for (unsigned number = 0;
       text.find(tag) != std::string::npos || (!text.empty() && text.back() == '$'); ++number) {
    tag = number == 0 ? "$function$" : "$function" + std::to_string(number) + "$";
    if (text.find(tag) == std::string::npos)
      break;
  }
  return tag + text + tag;
}

static std::string settingText(const SetVariable &setting) {
  std::string text = "\n SET " + setting.name;
  if (setting.values.empty())
    return text + " FROM CURRENT";
  text += " TO ";
  for (size_t i = 0; i < setting.values.size(); ++i)
    text += (i == 0 ? "" : ", ") + quoteLiteral(setting.values[i]);
  return text;
}

static std::string attributes(const Function &function, const CreateFunction &definition) {
  std::string text = "\n LANGUAGE " + quoteIdentifier(definition.language);
  for (const Option &option : definition.options)
    if (option.name == "transform")
      text += "\n TRANSFORM FOR TYPE " + option.value;
  if (definition.is_window)
    text += " WINDOW";
  if (!definition.is_procedure && function.volatility != FunctionVolatility::volatile_)
    text += function.volatility == FunctionVolatility::stable ? " STABLE" : " IMMUTABLE";
  if (definition.strict)
    text += " STRICT";
  if (definition.security_definer)
    text += " SECURITY DEFINER";
  if (definition.leakproof)
    text += " LEAKPROOF";
  if (definition.parallel != 'u' && !definition.is_procedure)
    text += definition.parallel == 's' ? " PARALLEL SAFE" : " PARALLEL RESTRICTED";
  for (const Option &option : definition.options)
    if (option.name == "cost" || option.name == "rows" || option.name == "support")
      text += " " + option.name + " " + option.value;
  for (const SetVariable &setting : definition.settings)
    text += settingText(setting);
  return text;
}

static std::string bodyText(const CreateFunction &definition) {
  const std::string &body = definition.body.text;
  if (definition.is_atomic) {
    const std::string_view trimmed = trim(body);
    const bool is_return = equalsIgnoringCase(trimmed.substr(0, 6), "return") &&
                           (trimmed.empty() || trimmed.back() != ';');
    return is_return ? "\n" + std::string(trimmed)
                     : "\nBEGIN ATOMIC\n" + std::string(trimmed) + "\nEND";
  }
  if (!definition.link_symbol.empty())
    return "\n AS " + quoteLiteral(body) + ", " + quoteLiteral(definition.link_symbol);
  return "\n AS " + dollarQuoted(body);
}

SqlStatement createFunction(const Function &function) {
  if (function.is_aggregate)
    return {function.text, function.search_path};
  if (!function.definition)
    return {};
  const CreateFunction &definition = *function.definition;
  std::string parameters, table;
  for (const FunctionParameter &parameter : definition.parameters) {
    std::string &list = parameter.mode == 't' ? table : parameters;
    list += (list.empty() ? "" : ", ") + parameterText(parameter);
  }
  std::string text = "CREATE " + std::string(functionWord(function)) + " " +
                     sqlName(function.schema, function.name) + "(" + parameters + ")";
  if (!table.empty())
    text += "\n RETURNS TABLE(" + table + ")";
  else if (!definition.returns.empty() && !definition.is_procedure)
    text += "\n RETURNS " + sqlType(definition.returns);
  return {text + attributes(function, definition) + bodyText(definition), function.search_path};
}

} // namespace lockstep::ddl
