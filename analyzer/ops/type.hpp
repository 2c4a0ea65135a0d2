#pragma once
#include "ops/layer.hpp"
#include "ops/table.hpp"
#include "ops/traits.hpp"

#include <optional>
#include <string>
#include <vector>

namespace lockstep::ops {

struct CreateEnum {
  QualifiedName type;
  std::vector<std::string> labels;
  Range where;

  static constexpr OpTraits traits =
      OpTraits(Changes::schema, Existence::made, Subject::none, Repeats::in_doubt, IfMissing::fails,
               Planned::no, Gives::nothing, Expressions::none, Strings::values);
};

struct AddEnumValue {
  QualifiedName type;
  std::string value;
  std::string neighbour; ///< BEFORE or AFTER this one; empty: at the end.
  bool after = true;
  bool if_not_exists = false;
  Range where;

  static constexpr OpTraits traits =
      OpTraits(Changes::schema, Existence::kept, Subject::own, Repeats::if_not_exists,
               IfMissing::fails, Planned::no, Gives::nothing, Expressions::none, Strings::text);
};

struct RenameEnumValue {
  QualifiedName type;
  std::string value;
  std::string new_value;
  Range where;

  static constexpr OpTraits traits =
      OpTraits(Changes::schema, Existence::kept, Subject::own, Repeats::in_doubt, IfMissing::fails,
               Planned::no, Gives::nothing, Expressions::none, Strings::text);
};

struct CreateDomain {
  QualifiedName domain;
  TypeName type;
  QualifiedName collation;
  SqlExpressionPointer default_value;
  std::vector<ConstraintDef> constraints; ///< CHECK and NOT NULL.
  Range where;

  static constexpr OpTraits traits =
      OpTraits(Changes::schema, Existence::made, Subject::none, Repeats::in_doubt, IfMissing::fails,
               Planned::no, Gives::nothing, Expressions::checked, Strings::values);
};

enum class DomainAction : uint8_t {
  set_default,
  drop_default,
  set_not_null,
  drop_not_null,
  add_constraint,
  drop_constraint,
  validate_constraint,
};

struct AlterDomain {
  DomainAction action = DomainAction::set_default;
  QualifiedName domain;
  SqlExpressionPointer default_value;
  std::optional<ConstraintDef> constraint;
  std::string constraint_name;
  bool if_exists = false; ///< DROP CONSTRAINT IF EXISTS.
  bool cascade = false;
  Range where;

  static constexpr OpTraits traits = OpTraits(
      Changes::schema, Existence::kept, Subject::own, Repeats::in_doubt, IfMissing::if_exists,
      Planned::no, Gives::nothing, Expressions::checked, Strings::values);
};

struct CreateCompositeType {
  QualifiedName type;
  std::vector<ColumnDef> attributes;
  Range where;

  static constexpr OpTraits traits =
      OpTraits(Changes::schema, Existence::made, Subject::none, Repeats::in_doubt, IfMissing::fails,
               Planned::no, Gives::nothing, Expressions::none, Strings::values);
};

enum class AttributeAction : uint8_t { add, drop, alter_type };

struct AlterCompositeType {
  QualifiedName type;
  AttributeAction action = AttributeAction::add;
  ColumnDef attribute; ///< For `drop`, only its name.
  bool if_exists = false;
  bool cascade = false;
  Range where;

  static constexpr OpTraits traits = OpTraits(Changes::schema, Existence::kept, Subject::own,
                                              Repeats::in_doubt, IfMissing::if_exists, Planned::no,
                                              Gives::nothing, Expressions::none, Strings::values);
};

/// CREATE TYPE … AS RANGE, base and shell types.
struct CreateBaseType {
  QualifiedName type;
  bool is_range = false;
  bool is_shell = false;
  std::vector<Option> options;
  Range where;

  static constexpr OpTraits traits =
      OpTraits(Changes::schema, Existence::made, Subject::none, Repeats::in_doubt, IfMissing::fails,
               Planned::no, Gives::nothing, Expressions::none, Strings::values);
};

} // namespace lockstep::ops
