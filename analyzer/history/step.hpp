#pragma once
#include "base/source_file.hpp"
#include "catalog/model/apply_result.hpp"
#include "effects/effects.hpp"
#include "history/files/history.hpp"
#include "history/layer.hpp"
#include "sql/script.hpp"

#include <deque>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace lockstep::history {

/// Whether something holds, where the execution model may be unknown.
enum class Certainty : uint8_t { no, unknown, yes };

/// Who opened a transaction.
enum class TransactionOwner : uint8_t {
  statement, ///< Autocommit: the statement alone.
  runner,    ///< The migration tool, around a unit or a whole change set.
  message,   ///< The implicit transaction of a multi-statement message or pipeline.
  file,      ///< BEGIN in the file.
};

/// A lock that a transaction took on a relation older than the change set, and still holds.
struct HeldLock {
  EffectTarget relation;
  LockMode mode = LockMode::none;
  uint32_t statement = 0; ///< StatementStep::number of the statement that took it.
  uint32_t released = 0;  ///< Number of the ROLLBACK TO that gave it up; 0: with the transaction.
};

/// One transaction of the simulated deploy.
struct Transaction {
  uint32_t id = 0;
  TransactionOwner owner = TransactionOwner::statement;
  Range begin;                  ///< The BEGIN, where the file has it.
  uint32_t first_statement = 0; ///< StatementStep::number.
  std::vector<HeldLock> locks;  ///< In the order taken; a relation again where its mode grew.

  void add(HeldLock lock);
  /// The first lock on the relation, by EffectTarget::name, for which `wanted` holds; or null.
  template <class Wanted>
  [[nodiscard]] const HeldLock *findLock(std::string_view relation, Wanted &&wanted) const {
    if (places_.empty()) {
      for (const HeldLock &lock : locks)
        if (lock.relation.name == relation && wanted(lock))
          return &lock;
      return nullptr;
    }
    if (auto places = places_.find(std::string(relation)); places != places_.end())
      for (uint32_t place : places->second)
        if (wanted(locks[place]))
          return &locks[place];
    return nullptr;
  }
  /// Whether `statement` (a StatementStep::number) finds `relation` locked by an earlier statement
  /// of the transaction in `mode` or stronger; null if not. Relations by EffectTarget::name.
  [[nodiscard]] const HeldLock *heldBefore(uint32_t statement, std::string_view relation,
                                           LockMode mode) const;
  /// The first lock in `mode` or stronger that an earlier statement took on any relation, or null.
  [[nodiscard]] const HeldLock *firstHeldBefore(uint32_t statement, LockMode mode) const;

private:
  /// Places in `locks` by the relation's name; empty while they are few.
  std::unordered_map<std::string, std::vector<uint32_t>> places_;
};

/// Until when the locks of a statement are held (the JSON's words).
enum class HeldUntil : uint8_t { statement, transaction, unit, change_set, unknown };
[[nodiscard]] std::string_view name(HeldUntil until);

struct ChangeSet;
class StatementIndex;

/// A statement at its place in the simulated deploy: what the server held before it, what it does,
/// in which transaction.
///
/// The static SQL of a DO block follows the block's own step as steps of their own, which name it
/// as `enclosing`. What they do is part of the block's `effects.total()`, but of none of its
/// `per_op`.
struct StatementStep {
  std::shared_ptr<const Statement> statement;
  uint32_t number = 0; ///< Running number over the whole history; Origin::statement.
  const StatementStep *enclosing = nullptr; ///< The DO block's step, for a statement inside it.
  /// What control flow says of a statement inside a DO block: whether it may not run, or run often.
  const EmbeddedStatement *embedded = nullptr;
  const History *history = nullptr;
  const Migration *migration = nullptr;
  const MigrationFile *file = nullptr;
  const Unit *unit = nullptr;
  std::shared_ptr<const SourceFile> source;
  uint32_t unit_number = 0; ///< Running number of the unit in the history, from 1.
  Origin origin;            ///< What objects created here carry.
  Catalog before;
  StatementEffects effects; ///< On all relations, new ones too.
  ApplyResult result;
  std::shared_ptr<const Transaction> transaction;
  Certainty in_transaction = Certainty::no; ///< A block of several statements is open.
  HeldUntil held_until = HeldUntil::statement;
  /// How many statements the unit has; for passing statements of a file too large to keep: so far.
  uint32_t statements_in_unit = 0;
  const ChangeSet *change_set = nullptr;
  /// Of a statement that makes a relation under a name that an earlier one already used: where that
  /// one stands. The history did not make what it used.
  std::optional<Origin> used_before;

  /// True for an object made by this change set, or temporary: nothing else can use it yet.
  [[nodiscard]] bool isNew(const Relation &relation) const;
  [[nodiscard]] bool isNew(const Type &type) const { return isNew(type.origin); }
  [[nodiscard]] bool isNew(const Origin &object) const;
  /// The same for what an effect is about, also where the statement itself makes it.
  [[nodiscard]] bool isNew(const EffectTarget &relation) const;
  /// True where the name stands for a relation that is new in this sense; unknown names are old.
  [[nodiscard]] bool isNew(const QualifiedName &relation) const;
};

/// One op of a statement, as a rule sees it.
struct Step {
  const Op &op;
  size_t index = 0; ///< Of the op in its statement.
  const StatementStep &at;
  /// What the op does to relations that are older than the change set: the effects that can hurt.
  const Effects &effects;

  [[nodiscard]] const Catalog &before() const { return at.before; }
};

/// How far a simulation has come: how many there were.
struct Numbers {
  uint32_t statements = 0; ///< Those inside DO blocks, too.
  uint32_t units = 0;
  uint32_t transactions = 0;

  Numbers &operator+=(const Numbers &more);
  friend Numbers operator-(Numbers a, const Numbers &b);
};

/// Which of a history's migrations go out together as one change set, by their places; all others
/// are change sets of their own. Empty: none.
using ChangeSetMembers = std::vector<bool>;

/// The statements of one change set, in the order that the server sees them. Statements that only
/// put literal rows into tables are not kept. Steps point into it: it stays where it was made, and
/// lives as long as someone holds it.
struct ChangeSet {
  Direction direction = Direction::up;
  std::deque<StatementStep> statements;
  Catalog after;
  std::vector<std::shared_ptr<const FileLayout>> layouts; ///< What the steps' units belong to.
  /// What down units take back; null in a change set of up units.
  struct Undone {
    const Migration *migration = nullptr;
    std::shared_ptr<const ChangeSet> up; ///< Holds the migration's up steps, perhaps others too.
    Catalog before;                      ///< Before those.
  };
  std::optional<Undone> undone;
  Numbers begin; ///< Before its first statement, where other down units do not count.
  Numbers end;   ///< After its last one.
  /// Of down units: how far the up units had come when these ran.
  Numbers among;

  /// Holds the migration at this place of the history alone, or all members. Starts where the one
  /// before it left off; `after` is to be set once it is complete.
  ChangeSet(Catalog before, uint32_t migration, std::shared_ptr<const ChangeSetMembers> members)
      : after(std::move(before)), migration_(migration), members_(std::move(members)) {}
  ChangeSet(const ChangeSet &) = delete;
  ChangeSet &operator=(const ChangeSet &) = delete;

  /// True for what a statement of this change set made: by the migration that it came from.
  [[nodiscard]] bool made(const Origin &origin) const;
  /// The statement after `step`, or null at the end.
  [[nodiscard]] const StatementStep *next(const StatementStep &step) const;
  /// What its statements do by name; made when it is first asked for, on the one thread that uses
  /// the change set.
  [[nodiscard]] const StatementIndex &index() const;

private:
  uint32_t migration_ = 0;                          ///< Its place, where it is alone.
  std::shared_ptr<const ChangeSetMembers> members_; ///< Null: one migration alone.
  mutable std::shared_ptr<const StatementIndex> index_;
};

/// True where the time that the effects take grows with the rows of a relation that withoutNew
/// leaves.
[[nodiscard]] bool takesTimeOnOld(const Effects &effects, const StatementStep &step);

/// The effects without locks, rewrites, builds and scans on relations that are new in the step's
/// change set or temporary.
[[nodiscard]] Effects withoutNew(const Effects &effects, const StatementStep &step);

} // namespace lockstep::history
