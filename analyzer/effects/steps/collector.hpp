#pragma once
#include "effects/facts/effect.hpp"
#include "effects/layer.hpp"

#include <map>
#include <optional>
#include <set>
#include <string>
#include <unordered_set>
#include <vector>

namespace lockstep::effects {

/// A relation that an effect falls on. `relation` is null where only the name is known.
struct Place {
  const Relation *relation = nullptr;
  EffectTarget target;
  QualifiedName unknown; ///< Where `relation` is null: the name as the catalog resolves it.

  [[nodiscard]] const std::string &schema() const {
    return relation ? relation->schema : unknown.schema;
  }
  [[nodiscard]] const std::string &name() const { return relation ? relation->name : unknown.name; }
  /// True for what has a file of rows: a table or materialized view, and what is unknown.
  [[nodiscard]] bool hasRows() const;
  /// True where nothing but a name is known, or not the whole definition.
  [[nodiscard]] bool isUncertain() const { return !relation || relation->partial; }
};

/// What runs within an op, over all the code that calls other code.
struct Calls {
  int depth = 0; ///< How many functions of the history run around the op.
  /// The code that was followed, on the catalog as it is, and how deep it was called: it does the
  /// same again.
  std::map<const Body *, int> followed;
  int bodies = 0; ///< How many were followed, counted each time.
};

/// A way in which what stands below a view is reached.
struct ViewUse {
  enum Purpose : uint8_t { plan, rewrite, lock } purpose = plan;
  ObjectId view = ObjectId::none;
  LockMode mode = LockMode::none;
  bool reads_all = false;

  friend auto operator<=>(const ViewUse &a, const ViewUse &b) = default;
};

/// Collects what one op does to relations. Temporary relations are left out: no other session can
/// use them.
class Collector {
public:
  /// `calls` is that of the op which runs the code that this one stands in.
  Collector(const Catalog &catalog, const EffectOptions &options, Calls *calls = nullptr)
      : catalog_(catalog), options_(options), calls_(calls) {}

  [[nodiscard]] const Catalog &catalog() const { return catalog_; }
  [[nodiscard]] const EffectOptions &options() const { return options_; }
  [[nodiscard]] int postgres() const { return options_.postgres; }
  [[nodiscard]] Calls &calls() { return calls_ ? *calls_ : own_calls_; }
  /// True when it is asked for the first time: a view that others name twice each is reached on
  /// ways without number.
  [[nodiscard]] bool isFirst(const ViewUse &use) { return view_uses_.insert(use).second; }

  /// What the name stands for; nothing for a name that the history dropped or that PostgreSQL
  /// itself brings. An unknown name is assumed to be an old table in use, and the assumption noted;
  /// but with IF EXISTS, and where the history makes tables of its own, it is taken not to exist.
  [[nodiscard]] std::optional<Place> find(const QualifiedName &name, bool if_exists = false);
  [[nodiscard]] std::optional<Place> find(const AlterTarget &target) {
    return find(target.relation, target.if_exists);
  }
  [[nodiscard]] static Place at(const Relation &relation);
  /// The relation, and with `descend` its partitions and inheritance children.
  [[nodiscard]] std::vector<Place> withDescendants(const Place &place, bool descend = true) const;

  void lock(const Place &place, LockMode mode, LockReason reason = LockReason::target);
  void lock(const Relation &relation, LockMode mode, LockReason reason);
  /// Locks that relation if it is in the catalog.
  void lock(ObjectId relation, LockMode mode, LockReason reason);
  /// Locks the place as `target`, and all others of `places`, which descend from it, as partitions.
  /// These follow the mode of the whole statement (see raiseRecursed).
  void lockTree(const std::vector<Place> &places, LockMode mode);
  void lockIndexes(const Place &place, LockMode mode);

  /// A new file for the table's rows and for each of its indexes, all rows read. Statements that
  /// do so in transactions of their own tell the table's lock alone, which covers its indexes.
  void rewriteTable(const Place &place, RewriteReason reason, bool locks_indexes = true);
  void addRewrite(const Place &place, RewriteReason reason);
  void rebuild(const Relation &index);
  void rebuildIndexes(const Place &place, bool locks = true);
  /// A new index of `table`, in its schema.
  void build(const std::string &index, const Place &table);
  void scan(const Place &place, ScanReason reason, std::string_view constraint = {});
  void refuseTransaction() { effects_.in_transaction = false; }
  void setDuration(Duration duration);
  void prove(std::string text);
  void assume(std::string text);

  /// All of `other`.
  void add(const Effects &other);

  /// All is added: sorts, and leaves one lock a relation.
  [[nodiscard]] Effects take();
  /// Locks that ALTER TABLE takes by simple recursion are taken in the strongest mode over its
  /// subcommands (ATSimpleRecursion, tablecmds.c).
  [[nodiscard]] const std::vector<EffectTarget> &recursed() const { return recursed_; }

private:
  const Catalog &catalog_;
  const EffectOptions &options_;
  Calls *calls_;
  Calls own_calls_;
  std::set<ViewUse> view_uses_;
  Effects effects_;
  std::unordered_set<std::string> proven_;  ///< What effects_ has of proofs,
  std::unordered_set<std::string> assumed_; ///< and of assumptions.
  std::vector<EffectTarget> recursed_;
};

/// One lock a relation in its strongest mode, sorted by name; every other fact once.
void normalize(Effects &effects);

} // namespace lockstep::effects
