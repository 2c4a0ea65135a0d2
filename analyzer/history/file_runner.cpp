#include "history/file_runner.hpp"

#include "base/text.hpp"
#include "catalog/apply/apply.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace lockstep::history {

/// Leaves to the steps inside a DO block what they do; total() keeps it.
static void leaveToEmbedded(StatementEffects &effects) {
  effects.joint = effects.total();
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
  for (const Lock &lock : effects.locks) {
    if (step.isNew(lock.relation) || isIndex(lock.relation, step.before))
      continue;
    const bool held = transaction.findLock(lock.relation.name, [&](const HeldLock &other) {
      return other.released == 0 && other.mode >= lock.mode;
    });
    if (!held)
      transaction.add({lock.relation, lock.mode, step.number, 0});
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

static const CreateTable *createdTable(const Statement &statement) {
  return statement.ops.empty() ? nullptr : std::get_if<CreateTable>(&statement.ops.front());
}

static const Body *bodyOf(const Statement &statement) {
  if (statement.ops.size() != 1)
    return nullptr;
  const auto *block = std::get_if<DoBlock>(&statement.ops.front());
  return block ? &block->body : nullptr;
}

std::shared_ptr<const ParsedFile> FileRunner::load(uint32_t migration, uint32_t file) const {
  Result<std::shared_ptr<const ParsedFile>> parsed = scripts_.load(migration, file);
  if (parsed)
    return std::move(*parsed);
  if (sink_.unreadable)
    sink_.unreadable(history_.migrations[migration].files[file].path, parsed.error());
  return nullptr;
}

void FileRunner::run(const Part &part, const ParsedFile &parsed, Checkpoint &at, ChangeSet &set,
                     const std::stop_token &stop) {
  Run run{part, parsed, at, set, stop};
  runStatements(run);
  if (history_.session_per_file) {
    at.session.endChangeSet();
    at.session.restart();
  }
}

void FileRunner::runStatements(Run &run) {
  const Part &part = run.part;
  const ParsedFile &parsed = run.parsed;
  if (part.keep)
    run.set.layouts.push_back(parsed.layout);
  if (parsed.too_large) {
    const Script rest = streamFile(
        parsed, scripts_.directions(),
        [&](const std::shared_ptr<const Statement> &statement) { take(run, statement); });
    includeUpTo(run, UINT32_MAX);
    endUnit(run);
    if (part.announce)
      announce(run, rest);
    return;
  }
  if (part.announce)
    announce(run, parsed.script);
  for (const auto &statement : parsed.script.statements)
    take(run, statement);
  includeUpTo(run, UINT32_MAX);
  endUnit(run);
}

/// Runs the files that are included before this place.
void FileRunner::includeUpTo(Run &run, uint32_t offset) {
  const FileLayout &layout = *run.parsed.layout;
  while (run.next_inclusion < layout.inclusions.size() &&
         layout.inclusions[run.next_inclusion].at < offset) {
    const Inclusion &inclusion = layout.inclusions[run.next_inclusion++];
    size_t unit = layout.unitAt(inclusion.at);
    if (unit == layout.units.size() || layout.units[unit].direction != run.part.direction)
      continue;
    if (unit != run.unit) {
      endUnit(run);
      beginUnit(run, unit);
    }
    include(run, inclusion);
  }
}

std::optional<uint32_t> FileRunner::includedFile(uint32_t migration, const std::string &path) {
  if (included_.migration != migration) {
    included_ = {migration, {}};
    const std::vector<MigrationFile> &files = history_.migrations[migration].files;
    for (uint32_t i = 0; i < files.size(); ++i) {
      if (!files[i].included)
        continue;
      std::string_view end = files[i].path;
      included_.by_path.try_emplace(end, i);
      for (size_t slash = end.find('/'); slash != end.npos; slash = end.find('/')) {
        end.remove_prefix(slash + 1);
        included_.by_path.try_emplace(end, i);
      }
    }
  }
  const auto file = included_.by_path.find(path);
  return file == included_.by_path.end() ? std::nullopt : std::optional(file->second);
}

/// What is included and not read may do anything.
void FileRunner::skipInclusion(Run &run, const Inclusion &inclusion) {
  const std::string &text = run.parsed.source->text;
  Origin origin;
  origin.migration = run.part.migration + 1;
  origin.down = run.part.direction == Direction::down;
  origin.file = run.part.file;
  origin.statement = run.at.runner.statements;
  origin.where = {inclusion.at,
                  static_cast<uint32_t>(std::min(text.find('\n', inclusion.at), text.size()))};
  run.at.session.runUnseen(origin);
}

// Files that include others twice each run twice as often with each of them. Of all real histories
// at hand the largest comes to a few hundred inclusions.
static constexpr uint32_t most_inclusions = 10'000;
static constexpr uint64_t most_included_bytes = uint64_t{32} << 20;
static constexpr uint32_t deepest_inclusion = 100;

/// Counts one more inclusion; false where there were enough, which the sink is told of once.
bool FileRunner::affords(Run &run, const Inclusion &inclusion, const ParsedFile &included) {
  RunnerState &runner = run.at.runner;
  runner.inclusions += 1;
  runner.included_bytes += included.source->text.size();
  if (runner.inclusions <= most_inclusions && runner.included_bytes <= most_included_bytes &&
      run.depth < deepest_inclusion)
    return true;
  if (run.part.keep && sink_.unreadable && !std::exchange(is_over_budget_, true))
    sink_.unreadable(
        run.parsed.source->path,
        Error{
            format("'{}' and later inclusions are skipped: a history may include at most {} files "
                   "and {} MB, nested at most {} deep; include each file once",
                   inclusion.path, std::to_string(most_inclusions),
                   std::to_string(most_included_bytes >> 20), std::to_string(deepest_inclusion))});
  return false;
}

void FileRunner::include(Run &run, const Inclusion &inclusion) {
  const std::optional<uint32_t> file = includedFile(run.part.migration, inclusion.path);
  if (!file) {
    skipInclusion(run, inclusion);
    return;
  }
  Part part = run.part;
  part.file = *file;
  for (const Run *outer = &run; outer; outer = outer->includer)
    if (outer->part.file == part.file)
      return; // psql would go round until it runs out of files.
  std::shared_ptr<const ParsedFile> parsed = load(part.migration, part.file);
  if (!parsed || !affords(run, inclusion, *parsed)) {
    skipInclusion(run, inclusion);
    return;
  }
  part.announce = part.announce && announced_.emplace(part.migration, part.file).second;
  Run inner{part, *parsed, run.at, run.set, run.stop};
  inner.includer = &run;
  inner.depth = run.depth + 1;
  runStatements(inner);
}

bool isReportedAt(uint32_t offset, const FileLayout &layout, const Reporting &reporting) {
  const size_t unit = layout.unitAt(offset);
  return unit < layout.units.size() && reporting.wants(layout.units[unit].direction);
}

void FileRunner::announce(const Run &run, const Script &script) {
  if (!sink_.file)
    return;
  const ParsedFile &parsed = run.parsed;
  FileReading reading;
  reading.history = &history_;
  reading.migration = &history_.migrations[run.part.migration];
  reading.file = &reading.migration->files[run.part.file];
  reading.standing =
      standings_.of(run.part.migration, run.part.file, parsed.source->text, *parsed.layout);
  reading.source = parsed.source;
  reading.layout = parsed.layout;
  reading.comments = script.comments;
  reading.problems = reportedProblems(script, *parsed.layout, reporting_);
  reading.statements = run.streamed;
  for (const auto &statement : script.statements)
    reading.statements += isReportedAt(statement->range.begin, *parsed.layout, reporting_) ? 1 : 0;
  sink_.file(reading);
}

void FileRunner::take(Run &run, const std::shared_ptr<const Statement> &statement) {
  if (run.stop.stop_requested())
    return;
  const FileLayout &layout = *run.parsed.layout;
  size_t unit = layout.unitAt(statement->range.begin);
  if (unit == layout.units.size() || layout.units[unit].direction != run.part.direction)
    return;
  includeUpTo(run, statement->range.begin);
  if (unit != run.unit) {
    endUnit(run);
    beginUnit(run, unit);
  }
  bool reconnects = false;
  while (run.next_connection < layout.connections.size() &&
         layout.connections[run.next_connection] < statement->range.begin) {
    reconnects = true;
    ++run.next_connection;
  }
  if (reconnects)
    run.at.session.reconnect();
  ++run.statements;
  run.streamed += run.parsed.too_large && reporting_.wants(run.part.direction) ? 1 : 0;
  while (run.next_message < layout.messages.size() &&
         layout.messages[run.next_message].end <= statement->range.begin)
    ++run.next_message;
  const bool inside = run.next_message < layout.messages.size() &&
                      layout.messages[run.next_message].contains(statement->range.begin);
  run.at.session.inMessage(inside ? &layout.messages[run.next_message] : nullptr);
  execute(run, statement);
}

void FileRunner::beginUnit(Run &run, size_t unit) {
  run.unit = unit;
  run.first_kept = run.set.statements.size();
  run.statements = 0;
  if (run.includer)
    return; // It is part of the including file's unit.
  ++run.at.runner.units;
  // A file too large to keep is taken for one of several statements: how many is not known yet.
  bool several = run.parsed.too_large || run.parsed.in_units[unit] > 1;
  run.at.session.beginUnit(run.parsed.layout->units[unit], several);
}

void FileRunner::endUnit(Run &run) {
  if (run.unit == SIZE_MAX)
    return;
  run.at.session.inMessage(nullptr);
  if (!run.includer)
    run.at.session.endUnit();
  if (run.parsed.too_large)
    for (size_t i = run.first_kept; i < run.set.statements.size(); ++i)
      run.set.statements[i].statements_in_unit = run.statements;
  run.unit = SIZE_MAX;
}

StatementStep FileRunner::newStep(const Run &run, std::shared_ptr<const Statement> statement,
                                  const Catalog &before) const {
  StatementStep step{.statement = std::move(statement),
                     .source = run.parsed.source,
                     .origin = {},
                     .before = before,
                     .effects = {},
                     .result = {},
                     .transaction = {},
                     .used_before = {}};
  step.history = &history_;
  step.migration = &history_.migrations[run.part.migration];
  step.file = &step.migration->files[run.part.file];
  step.unit = &run.parsed.layout->units[run.unit];
  step.unit_number = run.at.runner.units;
  step.origin.migration = run.part.migration + 1;
  step.origin.down = run.part.direction == Direction::down;
  step.origin.file = run.part.file;
  step.origin.where = step.statement->range;
  step.statements_in_unit = run.parsed.too_large ? run.statements : run.parsed.in_units[run.unit];
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
    StatementStep inner = newStep(run, embedded.statement, inside);
    inner.number = inner.origin.statement = ++run.at.runner.statements;
    inner.origin.transaction = transaction.id;
    inner.embedded = &embedded;
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
      hold(transaction, inner, inner.effects.total());
    else
      leaveToEmbedded(made[place].effects);
  }
}

/// Keeps in mind which relations are used that the history has not made.
static void noteUses(const StatementStep &step, RunnerState &state) {
  const std::vector<Lock> &locks = step.effects.total().locks;
  bool any = std::any_of(locks.begin(), locks.end(), [](const Lock &lock) {
    return lock.relation.id == ObjectId::none && !lock.relation.name.empty();
  });
  const std::vector<Op> &ops = step.statement->ops;
  if (!any || std::any_of(ops.begin(), ops.end(), passesIfMissing))
    return;
  for (const Lock &lock : locks)
    if (lock.relation.id == ObjectId::none && !state.first_uses.contains(lock.relation.name))
      state.first_uses.set(lock.relation.name, step.origin);
}

/// The use of a table before the statement that makes it, where what was used cannot have gone.
static std::optional<Origin> usedBefore(const StatementStep &step, const RunnerState &state) {
  const CreateTable *create = createdTable(*step.statement);
  if (!create || create->if_not_exists || create->persistence == Persistence::temporary ||
      state.first_uses.empty())
    return std::nullopt;
  QualifiedName name = step.before.resolve(create->table);
  const Origin *use = state.first_uses.find(sqlName(name));
  if (!use || step.before.knowledgeOf(name) == Knowledge::absent)
    return std::nullopt;
  return *use;
}

void FileRunner::execute(Run &run, const std::shared_ptr<const Statement> &statement) {
  const uint32_t number = ++run.at.runner.statements;
  ServerSession::Placement placement = run.at.session.enter(*statement, number);
  StatementStep step = newStep(run, statement, run.at.session.catalog());
  step.number = step.origin.statement = number;
  step.origin.transaction = placement.transaction->id;
  step.transaction = placement.transaction;
  step.in_transaction = placement.in_transaction;
  step.held_until = placement.held_until;
  step.effects = effectsOf(*statement, step.before, options_.effects);
  std::vector<StatementStep> embedded;
  makeEmbedded(run, step, *placement.transaction, embedded);
  if (embedded.empty())
    hold(*placement.transaction, step, step.effects.total());
  else
    leaveToEmbedded(step.effects);
  ServerSession::Execution execution = run.at.session.execute(*statement, step.origin);
  step.used_before = usedBefore(step, run.at.runner);
  noteUses(step, run.at.runner);
  if (execution.cut_short)
    for (auto earlier = run.set.statements.rbegin();
         earlier != run.set.statements.rend() && earlier->transaction == execution.cut_short;
         ++earlier)
      earlier->held_until = HeldUntil::transaction;
  if (!run.part.keep)
    return;
  step.result = std::move(execution.result);
  if (putsLiteralRows(*statement)) {
    if (sink_.passing && reporting_.wants(run.part.direction))
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

} // namespace lockstep::history
