#include "engine/report.hpp"
#include "engine/wording.hpp"

namespace lockstep::rules {

static void check(const DropObject &op, const Step &step, Report &report) {
  if (op.kind != ObjectKind::publication)
    return;
  const NamedObject *publication = step.before().findObject(ObjectKind::publication, op.name);
  if (publication && step.at.isNew(publication->origin))
    return;
  FindingBuilder finding =
      report.add(op.where,
                 "dropping publication '{}' stops replication: its subscribers fail until their "
                 "subscriptions name another one",
                 op.name.name);
  finding.object(quoteIdentifier(op.name.name))
      .help("drop the subscriptions, or ALTER SUBSCRIPTION … SET PUBLICATION, on the subscribers "
            "first");
  if (publication)
    finding.label(publication->origin, format("'{}' was created here", op.name.name));
}

extern constexpr Rule drop_publication{
    .id = "drop-publication",
    .category = Category::compatibility,
    .severity = Severity::warning,
    .phase = Phase::contract,
    .checks = {on<&check>},
};

} // namespace lockstep::rules
