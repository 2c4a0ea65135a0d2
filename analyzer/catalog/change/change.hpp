#pragma once
#include "base/text.hpp"
#include "catalog/layer.hpp"
#include "catalog/model/apply_result.hpp"
#include "catalog/model/catalog.hpp"
#include "catalog/model/state.hpp"

#include <string>
#include <string_view>
#include <utility>

namespace lockstep::catalog {

class Change;

/// A relation, type or function while it is being changed. The reverse indexes follow when the edit
/// goes out of scope. The object stays where it is until the end of the statement.
template <class Object> class ObjectEdit {
public:
  ObjectEdit(Change &change, Object &object) : change_(&change), object_(&object) {}
  ObjectEdit(ObjectEdit &&other) noexcept
      : change_(std::exchange(other.change_, nullptr)), object_(other.object_) {}
  ObjectEdit &operator=(ObjectEdit &&) = delete;
  ~ObjectEdit();

  Object *operator->() const { return object_; }
  Object &operator*() const { return *object_; }

private:
  Change *change_;
  Object *object_;
};

/// What one statement does to a catalog: the functions of apply share it. A function that returns
/// bool returns false after it refused the statement.
class Change {
public:
  Change(Catalog &catalog, const Origin &origin, int postgres, ApplyResult &result)
      : catalog_(catalog), origin_(origin), postgres_(postgres), result_(result) {}

  [[nodiscard]] const Catalog &catalog() const { return catalog_; }
  [[nodiscard]] const CatalogState &state() const { return catalog_.state(); }
  [[nodiscard]] CatalogState &mutableState() { return catalog_.mutableState(); }
  [[nodiscard]] const Origin &origin() const { return origin_; }
  [[nodiscard]] int postgres() const { return postgres_; }
  [[nodiscard]] ApplyResult &result() { return result_; }

  /// True while a statement is applied that may not run (inside IF or an exception handler).
  [[nodiscard]] bool isConditional() const { return conditional_; }
  void setConditional(bool conditional) { conditional_ = conditional; }

  /// Takes back all since `before`.
  void restore(const Catalog &before) { catalog_ = before; }

  /// Refuses the statement in the server's words; always false.
  [[gnu::cold]] bool refuse(std::string_view sqlstate, std::string message, Range where,
                            std::string object = {});

  // --- Relations ---
  /// Puts a new relation into the catalog under its schema and name, which must be free. One that
  /// comes with an id takes the place of the relation that has it.
  ObjectId create(Relation relation);
  [[nodiscard]] ObjectEdit<Relation> edit(ObjectId id);
  /// Takes a relation out of the catalog and all indexes; nothing else follows.
  void erase(ObjectId id);
  /// Gives a relation another name; the old one is dropped.
  void rename(ObjectId id, std::string schema, std::string name);
  /// A relation of which nothing is known but its name: old, populated, partial.
  ObjectId createPartial(const QualifiedName &name, RelationKind kind);
  /// Marks the name of a relation as dropped.
  void dropName(const QualifiedName &resolved);

  // --- Types and functions ---
  ObjectId create(Type type);
  [[nodiscard]] ObjectEdit<Type> editType(ObjectId id);
  void eraseType(ObjectId id);
  void dropTypeName(const QualifiedName &resolved);
  void renameType(ObjectId id, std::string schema, std::string name);
  ObjectId create(Function function);
  [[nodiscard]] ObjectEdit<Function> editFunction(ObjectId id);
  void eraseFunction(ObjectId id);
  void renameFunction(ObjectId id, std::string schema, std::string name);

  /// Opaque SQL ran: names are unknown again. With `may_change` also what is known may differ.
  void markIncomplete(bool may_change);

  /// Brings the reverse indexes of an object up to date.
  void reindex(Relation &relation);
  void reindex(Type &type);
  void reindex(Function &function);

private:
  ObjectId nextId();
  /// Changes the indexes from what `held` says of the object to `facts`, which `held` then tells.
  void indexFacts(ObjectId id, std::shared_ptr<const IndexedFacts> &held, IndexedFacts facts);
  void indexRelation(ObjectId id, std::shared_ptr<const IndexedRelation> &held,
                     IndexedRelation facts);
  /// Takes out of the indexes what they hold of an object that goes.
  void unindex(const Relation &relation) {
    std::shared_ptr<const IndexedRelation> held = relation.indexed;
    indexRelation(relation.id, held, {});
  }
  template <class Object> void unindex(const Object &object) {
    std::shared_ptr<const IndexedFacts> held = object.indexed; // A snapshot may share the object.
    indexFacts(object.id, held, {});
  }
  void setName(NameMap CatalogState::*names, std::string_view schema, std::string_view name,
               ObjectId id);

  Catalog &catalog_;
  const Origin &origin_;
  int postgres_;
  ApplyResult &result_;
  bool conditional_ = false;
};

template <class Object> ObjectEdit<Object>::~ObjectEdit() {
  if (change_)
    change_->reindex(*object_);
}

} // namespace lockstep::catalog
