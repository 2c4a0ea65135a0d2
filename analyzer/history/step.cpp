#include "history/step.hpp"

#include "history/statement_index.hpp"

#include <algorithm>

namespace lockstep::history {

std::string_view name(HeldUntil until) {
  switch (until) {
  case HeldUntil::statement:
    return "statement";
  case HeldUntil::transaction:
    return "transaction";
  case HeldUntil::unit:
    return "unit";
  case HeldUntil::change_set:
    return "change-set";
  case HeldUntil::unknown:
    return "unknown";
  }
  return "";
}

static bool isHeldAt(const HeldLock &lock, uint32_t statement) {
  return lock.statement < statement && (lock.released == 0 || statement <= lock.released);
}

const HeldLock *Transaction::heldBefore(uint32_t statement, std::string_view relation,
                                        LockMode mode) const {
  return findLock(relation, [&](const HeldLock &lock) {
    return lock.mode >= mode && isHeldAt(lock, statement);
  });
}

void Transaction::add(HeldLock lock) {
  constexpr size_t few = 16;
  locks.push_back(std::move(lock));
  if (locks.size() <= few)
    return;
  for (size_t place = places_.empty() ? 0 : locks.size() - 1; place < locks.size(); ++place)
    places_[locks[place].relation.name].push_back(static_cast<uint32_t>(place));
}

const HeldLock *Transaction::firstHeldBefore(uint32_t statement, LockMode mode) const {
  for (const HeldLock &lock : locks)
    if (lock.mode >= mode && isHeldAt(lock, statement))
      return &lock;
  return nullptr;
}

Numbers &Numbers::operator+=(const Numbers &more) {
  statements += more.statements;
  units += more.units;
  transactions += more.transactions;
  return *this;
}

Numbers operator-(Numbers a, const Numbers &b) {
  return {a.statements - b.statements, a.units - b.units, a.transactions - b.transactions};
}

bool ChangeSet::made(const Origin &origin) const {
  if (origin.isBase() || origin.down != (direction == Direction::down))
    return false;
  return members_ ? (*members_)[origin.migration - 1] : origin.migration == migration_ + 1;
}

bool StatementStep::isNew(const Origin &object) const { return change_set->made(object); }

bool StatementStep::isNew(const Relation &relation) const {
  return relation.persistence == Persistence::temporary || isNew(relation.origin);
}

bool StatementStep::isNew(const QualifiedName &relation) const {
  const Relation *found = before.findRelation(relation);
  return found && isNew(*found);
}

const StatementStep *ChangeSet::next(const StatementStep &step) const {
  // Where all statements were kept, their numbers tell their places.
  const size_t place = statements.empty() ? 0 : step.number - statements.front().number;
  if (place < statements.size() && statements[place].number == step.number)
    return place + 1 < statements.size() ? &statements[place + 1] : nullptr;
  auto later = std::upper_bound(
      statements.begin(), statements.end(), step.number,
      [](uint32_t before, const StatementStep &other) { return before < other.number; });
  return later == statements.end() ? nullptr : &*later;
}

const StatementIndex &ChangeSet::index() const {
  if (!index_ || index_->size() != statements.size())
    index_ = std::make_shared<const StatementIndex>(*this);
  return *index_;
}

/// True for the table that the statement makes, which has only a name as yet.
static bool isMadeBy(const StatementStep &step, const EffectTarget &target) {
  // A DROP may have thousands of ops, each of them with a target that is asked about.
  const std::vector<Op> &ops = step.statement->ops;
  if (ops.empty() || std::holds_alternative<DropObject>(ops.front()))
    return false;
  return std::any_of(step.statement->ops.begin(), step.statement->ops.end(), [&](const Op &op) {
    const auto *create = std::get_if<CreateTable>(&op);
    // Most names differ at a glance, unless quotes inside are doubled.
    return create &&
           (target.name.find(create->table.name) != std::string::npos ||
            create->table.name.find('"') != std::string::npos) &&
           sqlName(step.before.resolve(create->table)) == target.name;
  });
}

// A relation that the statement itself makes has an id that the catalog before it does not know.
bool StatementStep::isNew(const EffectTarget &target) const {
  if (target.id == ObjectId::none)
    return isMadeBy(*this, target);
  const Relation *relation = before.relation(target.id);
  return !relation || isNew(*relation);
}

/// True where a foreign key is checked for tables alone that the change set made and left empty:
/// then the server does not read the table that it references (RI_Initial_Check, ri_triggers.c).
static bool checksNoRow(const Effects &effects, const StatementStep &step) {
  const auto isReferenced = [&](const EffectTarget &relation) {
    return std::any_of(effects.locks.begin(), effects.locks.end(), [&](const Lock &lock) {
      return lock.relation == relation && lock.reason == LockReason::referenced;
    });
  };
  return std::all_of(effects.scans.begin(), effects.scans.end(), [&](const Scan &scan) {
    const Relation *relation = step.before.relation(scan.relation.id);
    return scan.reason != ScanReason::foreign_key || isReferenced(scan.relation) ||
           (relation && !relation->populated && step.isNew(scan.relation));
  });
}

bool takesTimeOnOld(const Effects &effects, const StatementStep &step) {
  const auto isOld = [&](const auto &entry) { return !step.isNew(entry.relation); };
  return std::any_of(effects.rewrites.begin(), effects.rewrites.end(), isOld) ||
         std::any_of(effects.index_builds.begin(), effects.index_builds.end(),
                     [&](const IndexBuild &build) { return !step.isNew(build.table); }) ||
         std::any_of(effects.scans.begin(), effects.scans.end(), [&](const Scan &scan) {
           return isOld(scan) &&
                  (scan.reason != ScanReason::foreign_key || !checksNoRow(effects, step));
         });
}

/// The entries that are about old relations.
template <class Entry, class IsNew>
static std::vector<Entry> oldOnes(const std::vector<Entry> &entries, IsNew &&is_new) {
  std::vector<Entry> old;
  for (const Entry &entry : entries)
    if (!is_new(entry))
      old.push_back(entry);
  return old;
}

Effects withoutNew(const Effects &effects, const StatementStep &step) {
  const auto isNew = [&](const auto &entry) { return step.isNew(entry.relation); };
  const bool reads_none = checksNoRow(effects, step);
  Effects old;
  old.locks = oldOnes(effects.locks, isNew);
  old.rewrites = oldOnes(effects.rewrites, isNew);
  old.scans = oldOnes(effects.scans, [&](const Scan &scan) {
    return (reads_none && scan.reason == ScanReason::foreign_key) || isNew(scan);
  });
  old.index_builds = oldOnes(effects.index_builds,
                             [&](const IndexBuild &build) { return step.isNew(build.table); });
  old.in_transaction = effects.in_transaction;
  old.duration = effects.duration;
  old.proofs = effects.proofs;
  old.assumptions = effects.assumptions;
  const auto isCheap = [](const Effects &e) {
    return e.rewrites.empty() && e.scans.empty() && e.index_builds.empty();
  };
  if (isCheap(old) && !isCheap(effects))
    old.duration = Duration::instant;
  return old;
}

} // namespace lockstep::history
