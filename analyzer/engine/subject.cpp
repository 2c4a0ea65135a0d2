#include "engine/subject.hpp"

#include <algorithm>

namespace lockstep::engine {

namespace {
/// Tells for each op whether its subjects are new.
class NewSubjects {
public:
  explicit NewSubjects(const StatementStep &step) : step_(step) {}

  template <Answering<Subject::none> Kind> bool operator()(const Kind &) const { return false; }
  template <Answering<Subject::target> Kind> bool operator()(const Kind &op) const {
    return isNew(op.target.relation);
  }
  template <Answering<Subject::table> Kind> bool operator()(const Kind &op) const {
    return isNew(op.table);
  }
  template <Answering<Subject::tables> Kind> bool operator()(const Kind &op) const {
    return all(op.tables);
  }
  // What more a subcommand is about, and each Subject::own.
  bool operator()(const AttachPartition &op) const {
    return isNew(op.target.relation) && isNew(op.partition);
  }
  bool operator()(const DetachPartition &op) const {
    return isNew(op.target.relation) && isNew(op.partition);
  }
  bool operator()(const SetInheritance &op) const {
    return isNew(op.target.relation) && isNew(op.parent);
  }
  bool operator()(const Reindex &op) const {
    return (op.kind == ReindexKind::index || op.kind == ReindexKind::table) && isNew(op.name);
  }
  bool operator()(const Vacuum &op) const {
    return !op.targets.empty() &&
           std::all_of(op.targets.begin(), op.targets.end(),
                       [&](const Vacuum::Target &target) { return isNew(target.table); });
  }
  bool operator()(const RefreshMaterializedView &op) const { return isNew(op.view); }
  bool operator()(const CreateView &op) const { return isNew(op.view); }
  bool operator()(const AlterSequence &op) const { return isNew(op.sequence); }
  bool operator()(const AlterDomain &op) const { return isNewType(op.domain); }
  bool operator()(const AddEnumValue &op) const { return isNewType(op.type); }
  bool operator()(const RenameEnumValue &op) const { return isNewType(op.type); }
  bool operator()(const AlterCompositeType &op) const { return isNewType(op.type); }
  bool operator()(const DropObject &op) const {
    return op.on_table.empty() ? isNew(op.kind, op.name) : isNew(op.on_table);
  }
  bool operator()(const RenameObject &op) const {
    bool is_part = op.kind == ObjectKind::column || op.kind == ObjectKind::constraint;
    return isNew(is_part ? op.relation_kind : op.kind, op.name);
  }
  bool operator()(const SetSchema &op) const { return isNew(op.kind, op.name); }

private:
  bool isNew(const QualifiedName &relation) const { return step_.isNew(relation); }
  bool isNewType(const QualifiedName &name) const {
    const Type *type = step_.before.findType(name);
    return type && step_.isNew(*type);
  }
  bool all(const std::vector<QualifiedName> &relations) const {
    return !relations.empty() &&
           std::all_of(relations.begin(), relations.end(),
                       [&](const QualifiedName &name) { return isNew(name); });
  }
  /// Of an object by its kind.
  bool isNew(ObjectKind kind, const QualifiedName &name) const {
    switch (kind) {
    case ObjectKind::type:
    case ObjectKind::domain:
    case ObjectKind::type_attribute:
    case ObjectKind::domain_constraint:
      return isNewType(name);
    case ObjectKind::function:
    case ObjectKind::procedure:
    case ObjectKind::routine:
    case ObjectKind::aggregate: {
      auto functions = step_.before.findFunctions(name);
      return !functions.empty() &&
             std::all_of(functions.begin(), functions.end(),
                         [&](const Function *function) { return step_.isNew(function->origin); });
    }
    case ObjectKind::table:
    case ObjectKind::foreign_table:
    case ObjectKind::view:
    case ObjectKind::materialized_view:
    case ObjectKind::index:
    case ObjectKind::sequence:
    case ObjectKind::trigger:
    case ObjectKind::policy:
    case ObjectKind::rule:
      return isNew(name);
    default: {
      const NamedObject *object = step_.before.findObject(kind, name);
      return object && step_.isNew(object->origin);
    }
    }
  }

  const StatementStep &step_;
};
} // namespace

bool concernsOnlyNew(const Op &op, const StatementStep &step) {
  return std::visit(NewSubjects(step), op);
}

} // namespace lockstep::engine
