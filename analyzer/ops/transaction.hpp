#pragma once
#include "base/range.hpp"
#include "ops/layer.hpp"
#include "ops/traits.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace lockstep::ops {

enum class TransactionAction : uint8_t {
  begin,
  commit,
  rollback,
  savepoint,
  release,
  rollback_to,
  prepare,
  commit_prepared,
  rollback_prepared,
};

struct TransactionControl {
  TransactionAction action = TransactionAction::begin;
  std::string name;   ///< Savepoint or prepared transaction.
  bool chain = false; ///< AND CHAIN.
  Range where;

  static constexpr OpTraits traits =
      OpTraits(Changes::transaction, Existence::kept, Subject::none, Repeats::freely,
               IfMissing::fails, Planned::no, Gives::nothing, Expressions::none, Strings::values);
};

/// SET, SET LOCAL, RESET and SET … TO DEFAULT; SELECT set_config(…) with constants becomes one,
/// too.
struct SetVariable {
  std::string name; ///< Lower case; empty for RESET ALL and DISCARD ALL.
  std::vector<std::string> values;
  bool local = false;
  bool reset = false; ///< RESET or TO DEFAULT.
  Range where;

  static constexpr OpTraits traits =
      OpTraits(Changes::session, Existence::kept, Subject::none, Repeats::freely, IfMissing::fails,
               Planned::no, Gives::nothing, Expressions::none, Strings::values);
};

} // namespace lockstep::ops
