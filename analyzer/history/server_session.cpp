#include "history/server_session.hpp"

#include "catalog/apply/apply.hpp"

namespace lockstep::history {

std::shared_ptr<Transaction> ServerSession::newTransaction(TransactionOwner owner,
                                                           uint32_t first_statement) {
  auto transaction = std::make_shared<Transaction>();
  transaction->id = ++transactions_;
  transaction->owner = owner;
  transaction->first_statement = first_statement;
  return transaction;
}

void ServerSession::open(std::shared_ptr<Transaction> transaction) {
  open_ = Open{std::move(transaction), catalog_, {}};
}

void ServerSession::close(bool committed) {
  if (!committed)
    catalog_ = open_->at_begin;
  endTransaction(catalog_, open_->at_begin, committed);
  open_.reset();
}

static Statement statementOf(std::string_view kind, Op op) {
  Statement statement;
  statement.kind = kind;
  statement.ops.push_back(std::move(op));
  return statement;
}

static ObjectKind dropKindOf(const Relation &relation) {
  if (relation.kind == RelationKind::view)
    return ObjectKind::view;
  return relation.kind == RelationKind::sequence ? ObjectKind::sequence : ObjectKind::table;
}

void ServerSession::restart() {
  if (has_settings_) {
    SetVariable reset;
    reset.reset = true;
    apply(catalog_, statementOf("VariableSetStmt", std::move(reset)), {}, postgres_);
  }
  has_settings_ = false;
  for (ObjectId id : temporaries_) {
    const Relation *relation = catalog_.relation(id);
    if (!relation)
      continue;
    DropObject drop;
    drop.kind = dropKindOf(*relation);
    drop.name = {relation->schema, relation->name, {}};
    drop.cascade = true;
    apply(catalog_, statementOf("DropStmt", std::move(drop)), {}, postgres_);
  }
  temporaries_.clear();
}

void ServerSession::reconnect() {
  if (open_)
    close(false);
  restart();
}

bool ServerSession::unitIsMessage() const {
  return model_ == ExecutionModel::pipeline || (model_ == ExecutionModel::implicit && several_);
}

bool ServerSession::runsAsMessage() const { return message_ || unitIsMessage(); }

void ServerSession::inMessage(const Range *message) {
  const bool ends = message_ && message_ != message;
  message_ = message;
  if (ends && open_ && open_->transaction->owner == TransactionOwner::message && !unitIsMessage())
    close(true);
}

void ServerSession::beginUnit(const Unit &unit, bool has_several_statements) {
  model_ = unit.model;
  several_ = has_several_statements;
  unit_begin_ = catalog_;
  bool spans_units = model_ == ExecutionModel::tx_all;
  if (open_ && !spans_units)
    close(true);
  if (!spans_units)
    runner_ended_ = false;
  if ((spans_units && !open_ && !runner_ended_) || model_ == ExecutionModel::tx_file)
    open(newTransaction(TransactionOwner::runner, statement_ + 1));
}

void ServerSession::endUnit() {
  if (open_ && model_ != ExecutionModel::tx_all)
    close(true);
  // Whether the runner wraps the file is unknown: SET LOCAL may have lasted up to here.
  if (model_ == ExecutionModel::unknown)
    endTransaction(catalog_, unit_begin_, true);
}

void ServerSession::endChangeSet() {
  if (open_)
    close(true);
  runner_ended_ = false;
}

HeldUntil ServerSession::heldUntil() const {
  if (open_) {
    if (open_->transaction->owner == TransactionOwner::file)
      return HeldUntil::transaction;
    return model_ == ExecutionModel::tx_all ? HeldUntil::change_set : HeldUntil::unit;
  }
  return model_ == ExecutionModel::unknown ? HeldUntil::unknown : HeldUntil::statement;
}

static const TransactionControl *controlOf(const Statement &statement) {
  return statement.ops.empty() ? nullptr : std::get_if<TransactionControl>(&statement.ops.front());
}

ServerSession::Placement ServerSession::enter(const Statement &statement, uint32_t number) {
  statement_ = number;
  // Each statement of a message joins an implicit block, also after a COMMIT inside the message
  // (exec_simple_query and BeginImplicitTransactionBlock, postgres.c and xact.c).
  bool begins_message = !open_ && runsAsMessage();
  if (begins_message)
    open(newTransaction(TransactionOwner::message, number));
  Placement placement;
  placement.held_until = heldUntil();
  if (open_) {
    placement.transaction = open_->transaction;
    // The first statement of a pipeline may be one that refuses a transaction: the server then
    // commits right behind it (PreventInTransactionBlock, xact.c).
    bool begins_pipeline = begins_message && model_ == ExecutionModel::pipeline && !message_;
    placement.in_transaction = begins_pipeline ? Certainty::no : Certainty::yes;
  } else {
    const TransactionControl *control = controlOf(statement);
    bool begins = control && control->action == TransactionAction::begin;
    placement.transaction =
        newTransaction(begins ? TransactionOwner::file : TransactionOwner::statement, number);
    placement.in_transaction =
        model_ == ExecutionModel::unknown ? Certainty::unknown : Certainty::no;
  }
  entered_ = placement.transaction;
  return placement;
}

ServerSession::Execution ServerSession::execute(const Statement &statement, const Origin &origin) {
  Execution execution;
  if (const TransactionControl *transaction_control = controlOf(statement)) {
    control(*transaction_control, execution);
    return execution;
  }
  Catalog before = catalog_;
  execution.result = apply(catalog_, statement, origin, postgres_);
  noteSessionState(statement, execution.result);
  if (!open_ && model_ != ExecutionModel::unknown)
    endTransaction(catalog_, before, true);
  return execution;
}

void ServerSession::control(const TransactionControl &control, Execution &execution) {
  switch (control.action) {
  case TransactionAction::begin:
    // A BEGIN inside a message turns its implicit block, with what ran before, into a block of its
    // own; inside any other block it only warns (BeginTransactionBlock, xact.c).
    if (!open_) {
      entered_->begin = control.where;
      open(entered_);
    } else if (open_->transaction->owner == TransactionOwner::message) {
      open_->transaction->owner = TransactionOwner::file;
      open_->transaction->begin = control.where;
    }
    return;
  case TransactionAction::commit:
  case TransactionAction::rollback:
  case TransactionAction::prepare: {
    if (!open_)
      return;
    if (open_->transaction->owner != TransactionOwner::file)
      execution.cut_short = open_->transaction;
    runner_ended_ = runner_ended_ || open_->transaction->owner == TransactionOwner::runner;
    close(control.action != TransactionAction::rollback);
    if (control.chain) {
      auto chained = newTransaction(TransactionOwner::file, statement_);
      chained->begin = control.where;
      open(std::move(chained));
    }
    return;
  }
  case TransactionAction::savepoint:
    if (open_)
      open_->savepoints.push_back({control.name, catalog_, statement_});
    return;
  case TransactionAction::release:
    if (auto point = findSavepoint(control.name))
      open_->savepoints.resize(*point);
    return;
  case TransactionAction::rollback_to:
    if (auto point = findSavepoint(control.name))
      rollBackTo(*point);
    return;
  case TransactionAction::commit_prepared:
  case TransactionAction::rollback_prepared:
    return; // What PREPARE TRANSACTION left counts as committed.
  }
}

std::optional<size_t> ServerSession::findSavepoint(const std::string &name) const {
  for (size_t i = open_ ? open_->savepoints.size() : 0; i > 0; --i)
    if (open_->savepoints[i - 1].name == name)
      return i - 1;
  return std::nullopt;
}

/// The savepoint stays; later ones go, and so do the locks taken since (documentation of ROLLBACK
/// TO SAVEPOINT; LockReleaseCurrentOwner at the end of a subtransaction, lock.c).
void ServerSession::rollBackTo(size_t savepoint) {
  open_->savepoints.resize(savepoint + 1);
  const Savepoint &point = open_->savepoints.back();
  catalog_ = point.catalog;
  for (HeldLock &lock : open_->transaction->locks)
    if (lock.statement > point.statement && lock.released == 0)
      lock.released = statement_;
}

void ServerSession::noteSessionState(const Statement &statement, const ApplyResult &result) {
  for (const Op &op : statement.ops)
    has_settings_ = has_settings_ || traitsOf(op).changes == Changes::session ||
                    traitsOf(op).changes == Changes::anything;
  for (ObjectId id : result.created) {
    const Relation *relation = catalog_.relation(id);
    if (relation && relation->persistence == Persistence::temporary && !relation->isIndex())
      temporaries_.push_back(id);
  }
}

void ServerSession::runUnseen(const Origin &origin) {
  // As a DO block in a language that is not read.
  Statement statement;
  statement.kind = "DoStmt";
  statement.ops.push_back(DoBlock());
  (void)apply(catalog_, statement, origin, postgres_);
}

} // namespace lockstep::history
