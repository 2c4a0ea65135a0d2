#include "catalog/model/stored_query.hpp"

#include "base/text.hpp"
#include "catalog/model/rename_text.hpp"

namespace lockstep::catalog {

static void addColumns(StarExpansion &star, const Relation &relation, int use, int scope,
                       const std::string &qualifier) {
  for (const Column &column : relation.columns) {
    ColumnUse each;
    each.name = column.name;
    each.relation = use;
    each.scope = scope;
    star.columns.push_back(std::move(each));
    star.texts.push_back(qualifier + quoteIdentifier(column.name));
  }
}

/// How the query names one of its relations.
static std::string qualifierOf(const RelationUse &use) {
  return quoteIdentifier(use.alias.empty() ? use.name.name : use.alias) + ".";
}

/// True where a bare star surely means all columns of the scope's relations, one after the other:
/// sub-selects and functions in FROM would add some, USING and NATURAL merge some.
static bool isPlain(const Query &query) {
  const std::string text = toLowerAscii(query.text);
  return query.scopes.size() == 1 && query.functions.empty() &&
         text.find("using") == std::string::npos && text.find("natural") == std::string::npos;
}

Query storedQuery(const Catalog &catalog, const Query &query) {
  std::vector<StarExpansion> stars;
  for (size_t i = 0; i < query.columns.size(); ++i) {
    const ColumnUse &use = query.columns[i];
    if (use.name != "*")
      continue;
    StarExpansion star;
    star.column = i;
    bool known = use.relation >= 0 || (use.relation == -1 && isPlain(query));
    for (size_t each = 0; each < query.relations.size() && known; ++each) {
      const RelationUse &source = query.relations[each];
      const bool meant =
          use.relation >= 0 ? static_cast<size_t>(use.relation) == each : source.scope == use.scope;
      if (!meant)
        continue;
      const Relation *relation = catalog.findRelation(source.name);
      known = relation && catalog.isCertain(*relation);
      const bool alone = use.relation < 0 && query.relations.size() == 1;
      if (known)
        addColumns(star, *relation, static_cast<int>(each), use.scope,
                   alone ? std::string() : qualifierOf(source));
    }
    if (known)
      stars.push_back(std::move(star));
  }
  return stars.empty() ? query : expandStars(query, stars);
}

} // namespace lockstep::catalog
