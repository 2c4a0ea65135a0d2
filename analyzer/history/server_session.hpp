#pragma once
#include "catalog/model/apply_result.hpp"
#include "history/layer.hpp"
#include "history/step.hpp"

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace lockstep::history {

/// The one connection on which a change set is simulated: its catalog and its transactions. A
/// value: a copy goes its own way from there on, and numbers its transactions itself.
class ServerSession {
public:
  explicit ServerSession(int postgres) : postgres_(postgres) {}

  /// Where a statement stands among the transactions.
  struct Placement {
    std::shared_ptr<Transaction> transaction;
    Certainty in_transaction = Certainty::no;
    HeldUntil held_until = HeldUntil::statement;
  };
  /// What came of a statement.
  struct Execution {
    ApplyResult result;
    /// The runner's or the message's transaction, where the statement ended it before its time.
    std::shared_ptr<const Transaction> cut_short;
  };

  [[nodiscard]] const Catalog &catalog() const { return catalog_; }
  /// How many transactions there were.
  [[nodiscard]] uint32_t transactions() const { return transactions_; }

  /// The values that all sessions start with.
  void startWith(const std::map<std::string, std::string> &settings) {
    catalog_.setDefaultSettings(settings);
  }
  /// A new session: settings and temporary tables are gone.
  void restart();
  /// The same in the midst of a unit: an open transaction is rolled back.
  void reconnect();
  void beginUnit(const Unit &unit, bool has_several_statements);
  void endUnit();
  /// Commits what a change set leaves open.
  void endChangeSet();

  /// The stretch whose statements go to the server in one message from here on, though the unit's
  /// model sends each on its own; null: none. Told apart by its address.
  void inMessage(const Range *message);
  /// Call before execute.
  Placement enter(const Statement &statement, uint32_t number);
  Execution execute(const Statement &statement, const Origin &origin);
  /// SQL runs that is not at hand: the catalog is incomplete from here on.
  void runUnseen(const Origin &origin);

private:
  struct Savepoint {
    std::string name;
    Catalog catalog;
    uint32_t statement = 0;
  };
  struct Open {
    std::shared_ptr<Transaction> transaction;
    Catalog at_begin;
    std::vector<Savepoint> savepoints;
  };

  [[nodiscard]] std::shared_ptr<Transaction> newTransaction(TransactionOwner owner,
                                                            uint32_t first_statement);
  void open(std::shared_ptr<Transaction> transaction);
  void close(bool committed);
  [[nodiscard]] HeldUntil heldUntil() const;
  [[nodiscard]] bool unitIsMessage() const;
  [[nodiscard]] bool runsAsMessage() const;
  void control(const TransactionControl &control, Execution &execution);
  [[nodiscard]] std::optional<size_t> findSavepoint(const std::string &name) const;
  void rollBackTo(size_t savepoint);
  void noteSessionState(const Statement &statement, const ApplyResult &result);

  int postgres_ = 0;
  uint32_t transactions_ = 0;
  Catalog catalog_;
  std::optional<Open> open_;
  std::shared_ptr<Transaction> entered_; ///< The transaction of the statement at hand.
  uint32_t statement_ = 0;               ///< Its number.
  ExecutionModel model_ = ExecutionModel::unknown;
  bool several_ = false; ///< The unit has more than one statement.
  const Range *message_ = nullptr;
  bool runner_ended_ = false; ///< The file ended the transaction that the runner had opened.
  Catalog unit_begin_;
  bool has_settings_ = false;
  std::vector<ObjectId> temporaries_;
};

} // namespace lockstep::history
