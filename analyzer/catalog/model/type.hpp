#pragma once
#include "catalog/layer.hpp"
#include "catalog/model/object.hpp"
#include "catalog/model/relation.hpp"
#include "ops/function.hpp"

#include <memory>
#include <string>
#include <vector>

namespace lockstep::catalog {

enum class TypeKind : uint8_t { enumeration, domain, composite, range, base, shell };

/// A type that the history made.
struct Type {
  ObjectId id = ObjectId::none;
  TypeKind kind = TypeKind::enumeration;
  std::string schema;
  std::string name;
  bool partial = false;                     ///< Its definition was never seen.
  std::vector<std::string> labels;          ///< Of an enum, in sort order.
  std::vector<uint32_t> label_transactions; ///< When each label was added; 0: with the type.
  TypeName base;                            ///< Of a domain: resolved.
  ObjectId base_id = ObjectId::none;
  QualifiedName collation;
  bool not_null = false;
  SqlExpressionPointer default_value;
  SharedVector<Constraint> constraints; ///< CHECKs of a domain.
  /// The relation that holds a composite type's attributes as its columns.
  ObjectId relation = ObjectId::none;
  std::vector<Option> options; ///< Of a range or base type.
  std::string owner;
  SearchPath search_path; ///< When it was made.
  PrivilegesPointer privileges;
  std::string comment;
  Origin origin;
  std::shared_ptr<const IndexedFacts> indexed; ///< For Change alone; null: nothing.

  [[nodiscard]] std::string qualifiedName() const; ///< schema.name, each quoted where needed.
};

/// A function, procedure or aggregate that the history made.
struct Function {
  ObjectId id = ObjectId::none;
  std::string schema;
  std::string name;
  bool is_aggregate = false;
  /// Of an aggregate, only what its signature says.
  std::shared_ptr<const CreateFunction> definition;
  std::string text; ///< CREATE AGGREGATE as written.
  FunctionVolatility volatility = FunctionVolatility::volatile_;
  std::string owner;
  bool partial = false; ///< Its definition was never seen.
  /// What the body of an atomic function refers to; others are bound only when they run.
  std::vector<Reference> references;
  SearchPath search_path; ///< When it was made.
  PrivilegesPointer privileges;
  std::string comment;
  Origin origin;
  std::shared_ptr<const IndexedFacts> indexed; ///< For Change alone; null: nothing.

  /// schema.name(argument types).
  [[nodiscard]] std::string signature() const;
};

/// Any other object that SQL can name: extension, role, publication, text search configuration, ….
struct NamedObject {
  ObjectKind kind = ObjectKind::extension;
  QualifiedName name;
  QualifiedName table;                ///< Of statistics.
  SharedVector<QualifiedName> tables; ///< Of a publication: those that it names.
  std::vector<Option> options;
  /// The SQL that made it and changed it since, in order.
  SharedVector<std::string> statements;
  std::string owner;
  SearchPath search_path; ///< When it was made.
  PrivilegesPointer privileges;
  std::string comment;
  Origin origin;
};

} // namespace lockstep::catalog
