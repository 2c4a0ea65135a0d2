#include "effects/describe/body.hpp"

#include "base/pg/functions.hpp"
#include "catalog/apply/apply.hpp"
#include "effects/describe/describe.hpp"
#include "effects/describe/query_use.hpp"
#include "effects/describe/statement.hpp"

#include <algorithm>

namespace lockstep::effects {

/// How deep functions that call functions are followed.
static constexpr int deepest_call = 8;
/// How many bodies are followed for one op, where each has the next one run more than once.
static constexpr int most_bodies = 1000;

/// Statements after it see another catalog.
static bool changesCatalog(const Statement &statement) {
  return std::any_of(statement.ops.begin(), statement.ops.end(), [](const Op &op) {
    const Changes changes = traitsOf(op).changes;
    return changes != Changes::nothing && changes != Changes::rows;
  });
}

/// The effects on relations that are there before the body runs.
static void keepKnown(Effects &effects, const Catalog &before) {
  const auto isNew = [&](const EffectTarget &target) {
    return target.id != ObjectId::none && !before.relation(target.id);
  };
  std::erase_if(effects.locks, [&](const Lock &lock) { return isNew(lock.relation); });
  std::erase_if(effects.rewrites, [&](const Rewrite &rewrite) { return isNew(rewrite.relation); });
  std::erase_if(effects.scans, [&](const Scan &scan) { return isNew(scan.relation); });
}

void runBody(const Body &body, Collector &out) {
  if (body.opaque || !body.parsed) {
    out.setDuration(Duration::unknown);
    out.assume("it runs SQL that only the server can know; what that does is not told");
  }
  Calls &calls = out.calls();
  if (calls.depth >= deepest_call || calls.bodies >= most_bodies)
    return;
  const auto [followed, is_new] = calls.followed.emplace(&body, calls.depth);
  if (!is_new && followed->second <= calls.depth)
    return;
  followed->second = calls.depth;
  ++calls.bodies;
  ++calls.depth;
  bool changes = false;
  Catalog catalog = out.catalog();
  for (const EmbeddedStatement &embedded : body.statements) {
    if (!embedded.statement)
      continue;
    Effects effects =
        describeStatement(*embedded.statement, catalog, out.options(), &calls).total();
    keepKnown(effects, out.catalog());
    out.add(effects);
    if (changesCatalog(*embedded.statement)) {
      apply(catalog, *embedded.statement, Origin{}, out.postgres());
      calls.followed.clear();
      changes = true;
    }
  }
  // What surrounds it goes on with the catalog that it had.
  if (changes)
    calls.followed.clear();
  --calls.depth;
}

static bool takes(const CreateFunction &function, int arguments) {
  int inputs = 0, required = 0;
  bool is_variadic = false;
  for (const FunctionParameter &parameter : function.parameters) {
    if (parameter.mode == 'o' || parameter.mode == 't')
      continue;
    is_variadic = is_variadic || parameter.mode == 'v';
    ++inputs;
    required += parameter.default_value || parameter.mode == 'v' ? 0 : 1;
  }
  return arguments >= required && (arguments <= inputs || is_variadic);
}

void runFunction(const FunctionUse &use, Collector &out) {
  const bool is_builtin = (use.name.schema.empty() || use.name.schema == "pg_catalog") &&
                          isBuiltinFunction(use.name.name, out.postgres());
  if (is_builtin)
    return;
  for (const Function *function : out.catalog().findFunctions(use.name))
    if (function->definition && takes(*function->definition, use.argument_count))
      return runBody(function->definition->body, out);
  if (!findFunction(use.name.name, static_cast<size_t>(std::max(use.argument_count, 0)),
                    out.postgres()))
    out.setDuration(Duration::unknown);
}

void describe(const DoBlock &op, Collector &out) { runBody(op.body, out); }

void describe(const Call &op, Collector &out) {
  for (const Function *function : out.catalog().findFunctions(op.procedure))
    if (function->definition)
      return runBody(function->definition->body, out);
  out.setDuration(Duration::unknown);
}

/// The body of an SQL function is parsed and bound when it is made, unless check_function_bodies is
/// off; that of another language is not (fmgr_sql_validator, pg_proc.c).
void describe(const CreateFunction &op, Collector &out) {
  if (op.language != "sql")
    return;
  const std::optional<std::string> checks = out.catalog().setting("check_function_bodies");
  const bool is_off = checks && (*checks == "off" || *checks == "false" || *checks == "0");
  if (is_off && !op.is_atomic)
    return;
  for (const EmbeddedStatement &embedded : op.body.statements) {
    if (!embedded.statement)
      continue;
    for (const Op &each : embedded.statement->ops) {
      const Query *query = plannedQueryOf(each);
      if (!query)
        continue;
      const QualifiedName *table = relationOf(each);
      const std::optional<Place> place = table ? out.find(*table) : std::nullopt;
      if (place)
        out.lock(*place, LockMode::row_exclusive, LockReason::dependent);
      rewriteQuery(*query, out);
    }
  }
}

} // namespace lockstep::effects
