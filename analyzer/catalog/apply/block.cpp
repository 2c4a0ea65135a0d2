#include "catalog/apply/block.hpp"

#include "base/pg/functions.hpp"
#include "catalog/apply/apply.hpp"
#include "catalog/apply/apply_op.hpp"

namespace lockstep::catalog {

// --- Conditional statements ----------------------------------------------------------------------

/// The relation or type that an op is about, for one whose outcome is open.
static void makeUncertain(Change &change, const QualifiedName &name) {
  if (const Relation *relation = change.catalog().findRelation(name))
    change.edit(relation->id)->partial = true;
  else if (const Type *type = change.catalog().findType(name))
    change.editType(type->id)->partial = true;
}

namespace {
/// What becomes of a statement that may not run: what it adds exists perhaps (known, but partial);
/// what it takes away or renames may still be there, so that nothing certain is known of it.
struct ConditionalOp {
  Change &change;

  void operator()(const DropObject &op) const {
    makeUncertain(change, op.on_table.empty() ? op.name : op.on_table);
  }
  void operator()(const RenameObject &op) const { makeUncertain(change, op.name); }
  void operator()(const SetSchema &op) const { makeUncertain(change, op.name); }
  template <Answering<Existence::taken, Subject::target> Kind>
  void operator()(const Kind &op) const {
    makeUncertain(change, op.target.relation);
  }
  /// A limit is set for what follows on its branch; other settings may change what names mean.
  void operator()(const SetVariable &op) const {
    if (op.name.ends_with("_timeout"))
      (void)applyOp(change, op);
  }
  template <NotAnswering<Existence::taken> Kind> void operator()(const Kind &op) const {
    // What the server would refuse shows only that the condition does not hold.
    (void)applyOp(change, op);
  }
};
} // namespace

static void applyConditional(Change &change, const Statement &statement) {
  const bool outer = change.isConditional();
  const Catalog before = change.catalog();
  ApplyResult kept = change.result();
  change.setConditional(true);
  for (const Op &op : statement.ops)
    std::visit(ConditionalOp{change}, op);
  change.setConditional(outer);
  if (change.result().refusals.size() > kept.refusals.size()) {
    change.restore(before);
    change.result() = std::move(kept);
  }
}

/// Applies what the code of a DO block runs.
static bool applyBody(Change &change, const Body &body) {
  for (const EmbeddedStatement &embedded : body.statements) {
    if (!embedded.statement)
      continue;
    if (embedded.conditional || embedded.in_loop)
      applyConditional(change, *embedded.statement);
    else if (!applyOps(change, embedded.statement->ops))
      return false;
  }
  if (body.opaque || !body.parsed)
    change.markIncomplete(true);
  return true;
}

bool applyOp(Change &change, const DoBlock &op) { return applyBody(change, op.body); }

// --- Calls ---------------------------------------------------------------------------------------

static bool mayRunDdl(const Function &function) {
  if (!function.definition)
    return false; // An aggregate.
  const Body &body = function.definition->body;
  const std::string &language = function.definition->language;
  if (language == "c" || language == "internal")
    return language == "c";
  if (body.opaque || !body.parsed)
    return true;
  for (const EmbeddedStatement &embedded : body.statements)
    if (embedded.statement)
      for (const Op &op : embedded.statement->ops)
        if (!keepsSchema(op))
          return true;
  return false;
}

void runFunction(Change &change, const QualifiedName &name, size_t arguments) {
  if (name.schema == "pg_catalog")
    return;
  const std::vector<const Function *> functions = change.catalog().findFunctions(name);
  bool opaque = functions.empty();
  for (const Function *function : functions)
    opaque = opaque || mayRunDdl(*function);
  if (!opaque)
    return;
  if (functions.empty() && findFunction(name.name, arguments, change.postgres()))
    return;
  change.markIncomplete(true);
}

bool applyOp(Change &change, const Call &op) {
  runFunction(change, op.procedure, 0);
  return true;
}

} // namespace lockstep::catalog
