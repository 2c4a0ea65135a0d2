#pragma once
#include "engine/layer.hpp"
#include "history/step.hpp"

#include <string>
#include <string_view>

namespace lockstep::engine {

/// Phrases that messages share, so that all rules name objects, locks and times alike.

/// The relation as people know it: "users", "app.users"; the schema is left out where it is public.
[[nodiscard]] std::string shown(const QualifiedName &relation);
[[nodiscard]] std::string shown(const EffectTarget &relation);
[[nodiscard]] std::string shown(const Relation &relation);
/// The relation as the JSON names it, schema included: "public.users".
[[nodiscard]] std::string fullName(const Step &step, const QualifiedName &relation);
/// A column of it: "public.users.email".
[[nodiscard]] std::string fullName(const Step &step, const QualifiedName &relation,
                                   std::string_view column);

/// "reads and writes", "writes" or "other DDL".
[[nodiscard]] std::string_view blockedBy(LockMode mode);
/// "until the transaction ends", after the step's execution model; "while it runs" where the lock
/// goes with the statement.
[[nodiscard]] std::string_view heldUntil(const StatementStep &step);
/// "ACCESS EXCLUSIVE blocks reads and writes until the transaction ends".
[[nodiscard]] std::string lockPhrase(const StatementStep &step, LockMode mode);
/// 'a', 'b' and 'c'.
[[nodiscard]] std::string listed(const std::vector<std::string> &names);
/// How a migration of this framework leaves its transaction, as advice: "add '-- +goose NO
/// TRANSACTION' to the file".
[[nodiscard]] std::string noTransactionAdvice(const StatementStep &step);
/// What to add to the advice of a CONCURRENTLY form at this place: nothing where no transaction is
/// open, else how to leave it.
[[nodiscard]] std::string outsideTransaction(const StatementStep &step);

} // namespace lockstep::engine
