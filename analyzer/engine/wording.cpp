#include "engine/wording.hpp"

#include "base/text.hpp"

#include <array>
#include <utility>

namespace lockstep::engine {

constexpr std::string_view usual_schema = "public";

std::string shown(const QualifiedName &relation) {
  return relation.schema == usual_schema ? quoteIdentifier(relation.name) : sqlName(relation);
}

std::string shown(const EffectTarget &relation) {
  std::string_view name = relation.name;
  if (name.starts_with(usual_schema) && name.substr(usual_schema.size()).starts_with('.'))
    name.remove_prefix(usual_schema.size() + 1);
  return std::string(name);
}

std::string shown(const Relation &relation) {
  return relation.schema == usual_schema ? quoteIdentifier(relation.name)
                                         : relation.qualifiedName();
}

std::string fullName(const Step &step, const QualifiedName &relation) {
  return sqlName(step.before().resolve(relation));
}

std::string fullName(const Step &step, const QualifiedName &relation, std::string_view column) {
  return fullName(step, relation) + "." + quoteIdentifier(column);
}

std::string_view blockedBy(LockMode mode) {
  switch (mode) {
  case LockMode::access_exclusive:
    return "reads and writes";
  case LockMode::share:
  case LockMode::share_row_exclusive:
  case LockMode::exclusive:
    return "writes";
  case LockMode::none:
  case LockMode::access_share:
  case LockMode::row_share:
  case LockMode::row_exclusive:
  case LockMode::share_update_exclusive:
    return "other DDL";
  }
  return "other DDL";
}

std::string_view heldUntil(const StatementStep &step) {
  switch (step.held_until) {
  case HeldUntil::transaction:
    return "until the transaction ends";
  case HeldUntil::unit:
    return "until the migration's transaction ends";
  case HeldUntil::change_set:
    return "until all pending migrations have run";
  case HeldUntil::statement:
  case HeldUntil::unknown:
    return "while it runs";
  }
  return "while it runs";
}

std::string lockPhrase(const StatementStep &step, LockMode mode) {
  return format("{} blocks {} {}", sqlName(mode), blockedBy(mode), heldUntil(step));
}

std::string listed(const std::vector<std::string> &names) {
  std::string text;
  for (size_t i = 0; i < names.size(); ++i) {
    if (i > 0)
      text += i + 1 == names.size() ? " and " : ", ";
    text += format("'{}'", names[i]);
  }
  return text;
}

std::string outsideTransaction(const StatementStep &step) {
  switch (step.in_transaction) {
  case Certainty::no:
    return {};
  case Certainty::unknown:
    return ", outside a transaction";
  case Certainty::yes:
    return ", outside a transaction: " + noTransactionAdvice(step);
  }
  return {};
}

std::string noTransactionAdvice(const StatementStep &step) {
  // Each framework's documented way out of its transaction.
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 22> ways{{
      {"alembic", "execute it in a 'with op.get_context().autocommit_block():'"},
      {"atlas", "put '-- atlas:txmode none' at the top of the file"},
      {"dbmate", "write '-- migrate:up transaction:false' and put it in a file of its own"},
      {"diesel",
       "put 'run_in_transaction = false' in metadata.toml and the statement alone in up.sql"},
      {"django",
       "set 'atomic = False' in the migration and give the statement a RunSQL of its own"},
      {"drizzle", "run it by hand: Drizzle wraps all pending migrations in one transaction"},
      {"flyway", "put 'executeInTransaction=false' in the file's .conf sidecar"},
      {"golang-migrate", "put it in a file of its own, since several statements in one file share "
                         "an implicit transaction"},
      {"goose", "add '-- +goose NO TRANSACTION' to the file"},
      {"graphile-migrate", "put '--! no-transaction' on the first line and the statement alone in "
                           "the file"},
      {"hasura", "run it by hand: Hasura wraps every migration in a transaction"},
      {"liquibase", "add 'runInTransaction:false' to the changeset"},
      {"node-pg-migrate", "write it as a migration in code, with pgm.noTransaction()"},
      {"pgmigrate", "begin the description in the file's name with NONTRANSACTIONAL"},
      {"popx", "put '.autocommit' before '.up.sql' in the file's name"},
      {"prisma", "put it in a migration of its own"},
      {"refinery", "run it by hand: refinery wraps every migration in a transaction"},
      {"sql-migrate", "write '-- +migrate Up notransaction'"},
      {"sqlx", "begin the file with '-- no-transaction' and put the statement alone in it"},
      {"supabase", "put it in a migration of its own, or use a Supabase CLI of 2.116 or later"},
      {"tern", "add '---- tern: disable-tx ----' to the file"},
      {"yoyo", "put '-- transactional: false' among the file's first comments"},
  }};
  const std::string_view framework = step.history->framework;
  const bool is_printed = framework == "alembic" || framework == "django";
  if (step.transaction && step.transaction->owner == TransactionOwner::file && !is_printed)
    return "move it out of the BEGIN … COMMIT block";
  for (const auto &[name, advice] : ways)
    if (name == framework)
      return std::string(advice);
  return "run it outside the transaction";
}

} // namespace lockstep::engine
