#include "ddl/view.hpp"

#include "base/text.hpp"
#include "ddl/options.hpp"

namespace lockstep::ddl {

SqlStatement createView(const Relation &view) {
  if (!view.query)
    return {};
  const bool is_materialized = view.kind == RelationKind::materialized_view;
  std::string text = is_materialized ? "CREATE MATERIALIZED VIEW " : "CREATE VIEW ";
  text += view.qualifiedName();
  // A star of something unknown may stand for more columns than are known.
  std::vector<std::string> columns;
  for (const Column &column : view.columns)
    columns.push_back(column.name);
  if (!columns.empty() && !view.partial)
    text += " (" + identifierList(columns) + ")";
  if (is_materialized && !view.access_method.empty())
    text += " USING " + quoteIdentifier(view.access_method);
  std::vector<Option> options;
  for (const Option &option : view.options)
    if (option.name != "check_option")
      options.push_back(option);
  if (!options.empty())
    text += " WITH (" + optionList(options) + ")";
  if (is_materialized && !view.tablespace.empty())
    text += " TABLESPACE " + quoteIdentifier(view.tablespace);
  text += " AS\n" + std::string(trim(view.query->text));
  if (is_materialized && !view.populated)
    text += "\nWITH NO DATA";
  if (view.check_option != 'n')
    text += view.check_option == 'l' ? "\nWITH LOCAL CHECK OPTION" : "\nWITH CASCADED CHECK OPTION";
  else
    for (const Option &option : view.options)
      if (option.name == "check_option")
        text += "\nWITH " + option.value + " CHECK OPTION";
  return {std::move(text), view.search_path};
}

SqlStatements viewDefaults(const Relation &view) {
  SqlStatements statements;
  for (const Column &column : view.columns)
    if (column.default_value)
      statements.emplace_back("ALTER VIEW " + view.qualifiedName() + " ALTER COLUMN " +
                              quoteIdentifier(column.name) + " SET DEFAULT " +
                              column.default_value->text);
  return statements;
}

} // namespace lockstep::ddl
