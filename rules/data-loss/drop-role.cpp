#include "engine/report.hpp"
#include "engine/wording.hpp"

namespace lockstep::rules {

static void check(const DropObject &op, const Step &, Report &report) {
  if (op.kind != ObjectKind::role && op.kind != ObjectKind::tablespace)
    return;
  report
      .add(op.where, "dropping {} '{}' concerns every database of the server, not only this one",
           name(op.kind), op.name.name)
      .object(quoteIdentifier(op.name.name))
      .help("do it by hand, once nothing of it is left in any database");
}

static void checkOwned(const ObjectDdl &op, const Step &, Report &report) {
  if (op.kind != ObjectKind::owned)
    return;
  bool drops = op.action == DdlAction::drop;
  report
      .add(op.where, drops
                         ? "DROP OWNED drops whatever the role owns, and takes away its privileges"
                         : "REASSIGN OWNED changes the owner of whatever the role owns")
      .help("name the objects one by one");
}

extern constexpr Rule drop_role{
    .id = "drop-role",
    .category = Category::data_loss,
    .severity = Severity::warning,
    .phase = Phase::contract,
    .preset = Preset::strict,
    .checks = {on<&check>, on<&checkOwned>},
};

} // namespace lockstep::rules
