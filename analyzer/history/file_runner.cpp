#include "history/file_runner.hpp"

#include <algorithm>
#include <iterator>

namespace lockstep {

/// Leaves to the steps inside a DO block what they do; `total` keeps it.
static void leaveToEmbedded(StatementEffects &effects) {
  for (Effects &own : effects.per_op) {
    own.locks.clear();
    own.rewrites.clear();
    own.index_builds.clear();
    own.scans.clear();
  }
}

static bool isIndex(const EffectTarget &target, const Catalog &catalog) {
  const Relation *relation = catalog.relation(target.id);
  return relation && relation->isIndex();
}

/// Notes the locks that `effects` takes on relations that others can use. What holds a table back
/// is told by the table's own lock: those of its indexes are left out.
static void hold(Transaction &transaction, const StatementStep &step, const Effects &effects) {
  for (const Lock &lock : withoutNew(effects, step).locks) {
    if (isIndex(lock.relation, step.before))
      continue;
    bool held =
        std::any_of(transaction.locks.begin(), transaction.locks.end(), [&](const HeldLock &other) {
          return other.released == 0 && other.relation == lock.relation && other.mode >= lock.mode;
        });
    if (!held)
      transaction.locks.push_back({lock.relation, lock.mode, step.number, 0});
  }
}

/// True for a statement that does nothing but put rows of its own text into a table.
static bool putsLiteralRows(const Statement &statement) {
  return !statement.ops.empty() &&
         std::all_of(statement.ops.begin(), statement.ops.end(), [](const Op &op) {
           if (const auto *insert = std::get_if<Insert>(&op))
             return insert->source != InsertSource::query && insert->query.relations.empty();
           const auto *copy = std::get_if<Copy>(&op);
           return copy && copy->from;
         });
}

static const Body *bodyOf(const Statement &statement) {
  if (statement.ops.size() != 1)
    return nullptr;
  const auto *block = std::get_if<DoBlock>(&statement.ops.front());
  return block ? &block->body : nullptr;
}

void FileRunner::run(const Part &part, LoadedFile &loaded, ServerSession &session, ChangeSet &set) {
  Run run{part, loaded, session, set};
  if (part.report)
    set.layouts.push_back(loaded.layout);
  if (!loaded.too_large && part.announce)
    announce(run);
  if (loaded.too_large) {
    LoadOptions options{part.direction == Direction::up, part.direction == Direction::down};
    streamFile(loaded, options,
               [&](const std::shared_ptr<const Statement> &statement) { take(run, statement); });
  } else {
    for (const auto &statement : loaded.script.statements)
      take(run, statement);
  }
  endUnit(run);
  if (loaded.too_large && part.announce)
    announce(run);
  if (history_.session_per_file) {
    session.endChangeSet();
    session.restart();
  }
}

void FileRunner::announce(const Run &run) {
  if (!sink_.file)
    return;
  const LoadedFile &loaded = run.loaded;
  const std::vector<Unit> &units = loaded.layout->units;
  auto isReported = [&](size_t unit) {
    return unit < units.size() &&
           (units[unit].direction == Direction::up ? options_.up : options_.down);
  };
  FileReading reading;
  reading.migration = &history_.migrations[run.part.migration];
  reading.file = &reading.migration->files[run.part.file];
  reading.source = loaded.source;
  reading.layout = loaded.layout;
  reading.comments = loaded.script.comments;
  for (const ScriptProblem &problem : loaded.script.problems)
    if (isReported(loaded.layout->unitAt(problem.statement.empty() ? problem.where.begin
                                                                   : problem.statement.begin)))
      reading.problems.push_back(problem);
  reading.statements = loaded.streamed;
  for (const auto &statement : loaded.script.statements)
    reading.statements += isReported(loaded.layout->unitAt(statement->range.begin)) ? 1 : 0;
  sink_.file(reading);
}

void FileRunner::take(Run &run, const std::shared_ptr<const Statement> &statement) {
  const FileLayout &layout = *run.loaded.layout;
  size_t unit = layout.unitAt(statement->range.begin);
  if (unit == layout.units.size() || layout.units[unit].direction != run.part.direction)
    return;
  if (unit != run.unit) {
    endUnit(run);
    beginUnit(run, unit);
  }
  ++run.statements;
  run.loaded.streamed += run.loaded.too_large && run.part.report ? 1 : 0;
  execute(run, statement);
}

void FileRunner::beginUnit(Run &run, size_t unit) {
  run.unit = unit;
  run.first_kept = run.set.statements.size();
  run.statements = 0;
  ++units_;
  // A file too large to keep is taken for one of several statements: how many is not known yet.
  bool several = run.loaded.too_large || run.loaded.in_units[unit] > 1;
  run.session.beginUnit(run.loaded.layout->units[unit], several);
}

void FileRunner::endUnit(Run &run) {
  if (run.unit == SIZE_MAX)
    return;
  run.session.endUnit();
  if (run.loaded.too_large)
    for (size_t i = run.first_kept; i < run.set.statements.size(); ++i)
      run.set.statements[i].statements_in_unit = run.statements;
  run.unit = SIZE_MAX;
}

StatementStep FileRunner::newStep(const Run &run,
                                  const std::shared_ptr<const Statement> &statement) const {
  StatementStep step;
  step.statement = statement;
  step.history = &history_;
  step.migration = &history_.migrations[run.part.migration];
  step.file = &step.migration->files[run.part.file];
  step.unit = &run.loaded.layout->units[run.unit];
  step.source = run.loaded.source;
  step.unit_number = units_;
  step.origin.change_set = run.set.number;
  step.origin.migration = run.part.migration + 1;
  step.origin.file = run.part.file;
  step.origin.where = statement->range;
  step.statements_in_unit = run.loaded.too_large ? run.statements : run.loaded.in_units[run.unit];
  step.change_set = &run.set;
  return step;
}

/// Applies a statement of a DO block: what may not run, or run often, as the catalog takes that.
static ApplyResult applyEmbedded(Catalog &catalog, const EmbeddedStatement &embedded,
                                 const Origin &origin, int postgres) {
  if (!embedded.conditional && !embedded.in_loop)
    return apply(catalog, *embedded.statement, origin, postgres);
  DoBlock block;
  block.body.parsed = true;
  block.body.statements = {embedded};
  Statement alone;
  alone.kind = "DoStmt";
  alone.ops.push_back(std::move(block));
  return apply(catalog, alone, origin, postgres);
}

/// The steps of the static SQL inside a DO block, each on the catalog that the ones before it
/// leave.
void FileRunner::makeEmbedded(const Run &run, const StatementStep &step, Transaction &transaction,
                              std::vector<StatementStep> &made) {
  const Body *body = bodyOf(*step.statement);
  if (!body)
    return;
  Catalog inside = step.before;
  for (const EmbeddedStatement &embedded : body->statements) {
    if (!embedded.statement)
      continue;
    StatementStep inner = newStep(run, embedded.statement);
    inner.number = inner.origin.statement = ++statements_;
    inner.origin.transaction = transaction.id;
    inner.embedded = &embedded;
    inner.before = inside;
    inner.transaction = step.transaction;
    // The server refuses in a function what it refuses in a transaction block
    // (PreventInTransactionBlock, xact.c).
    inner.in_transaction = Certainty::yes;
    inner.held_until = step.held_until;
    inner.effects = effectsOf(*embedded.statement, inside, options_.effects);
    inner.result = applyEmbedded(inside, embedded, inner.origin, options_.effects.postgres);
    size_t place = made.size();
    made.push_back(inner);
    makeEmbedded(run, inner, transaction, made);
    if (made.size() == place + 1)
      hold(transaction, inner, inner.effects.total);
    else
      leaveToEmbedded(made[place].effects);
  }
}

void FileRunner::execute(Run &run, const std::shared_ptr<const Statement> &statement) {
  StatementStep step = newStep(run, statement);
  step.number = step.origin.statement = ++statements_;
  ServerSession::Placement placement = run.session.enter(*statement, step.number);
  step.origin.transaction = placement.transaction->id;
  step.before = run.session.catalog();
  std::vector<StatementStep> embedded;
  if (run.part.effects) {
    step.transaction = placement.transaction;
    step.in_transaction = placement.in_transaction;
    step.held_until = placement.held_until;
    step.effects = effectsOf(*statement, step.before, options_.effects);
    makeEmbedded(run, step, *placement.transaction, embedded);
    if (embedded.empty())
      hold(*placement.transaction, step, step.effects.total);
    else
      leaveToEmbedded(step.effects);
  }
  ServerSession::Execution execution = run.session.execute(*statement, step.origin);
  if (execution.cut_short)
    for (auto earlier = run.set.statements.rbegin();
         earlier != run.set.statements.rend() && earlier->transaction == execution.cut_short;
         ++earlier)
      earlier->held_until = HeldUntil::transaction;
  if (!run.part.report)
    return;
  step.result = std::move(execution.result);
  if (putsLiteralRows(*statement)) {
    if (sink_.passing)
      sink_.passing(step);
    return;
  }
  run.set.statements.push_back(std::move(step));
  const StatementStep &kept = run.set.statements.back();
  for (StatementStep &inner : embedded) {
    inner.enclosing = &kept;
    run.set.statements.push_back(std::move(inner));
  }
}

} // namespace lockstep
