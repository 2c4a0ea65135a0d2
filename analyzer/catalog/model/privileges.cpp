#include "catalog/model/privileges.hpp"

#include "base/pg/feature.hpp"
#include "catalog/model/state.hpp"

#include <algorithm>

namespace lockstep::catalog {

std::vector<std::string> allPrivileges(ObjectKind kind, int postgres) {
  switch (kind) {
  case ObjectKind::table: {
    std::vector<std::string> all{"insert",   "select",     "update", "delete",
                                 "truncate", "references", "trigger"};
    if (supports(postgres, Feature::maintain_privilege))
      all.emplace_back("maintain");
    return all;
  }
  case ObjectKind::column:
    return {"insert", "select", "update", "references"};
  case ObjectKind::sequence:
    return {"select", "update", "usage"};
  case ObjectKind::function:
  case ObjectKind::procedure:
  case ObjectKind::routine:
    return {"execute"};
  case ObjectKind::schema:
    return {"create", "usage"};
  case ObjectKind::type:
  case ObjectKind::domain:
  case ObjectKind::language:
  case ObjectKind::foreign_data_wrapper:
  case ObjectKind::foreign_server:
    return {"usage"};
  case ObjectKind::database:
    return {"create", "temporary", "connect"};
  case ObjectKind::tablespace:
    return {"create"};
  case ObjectKind::large_object:
    return {"select", "update"};
  case ObjectKind::parameter:
    return {"set", "alter system"};
  default:
    return {};
  }
}

Privileges builtinPrivileges(ObjectKind kind, int postgres) {
  Privileges privileges;
  for (const std::string &each : allPrivileges(kind, postgres))
    privileges.of[""][each] = false;
  switch (kind) {
  case ObjectKind::function:
  case ObjectKind::procedure:
  case ObjectKind::routine:
    privileges.of["public"]["execute"] = false;
    break;
  case ObjectKind::type:
  case ObjectKind::domain:
  case ObjectKind::language:
    privileges.of["public"]["usage"] = false;
    break;
  case ObjectKind::database:
    privileges.of["public"]["temporary"] = false;
    privileges.of["public"]["connect"] = false;
    break;
  case ObjectKind::column:
    privileges.of.clear();
    break;
  default:
    break;
  }
  return privileges;
}

PrivilegesPointer publicSchemaPrivileges(int postgres) {
  Privileges privileges = builtinPrivileges(ObjectKind::schema, postgres);
  privileges.of["public"]["usage"] = false;
  if (!supports(postgres, Feature::public_schema_without_create))
    privileges.of["public"]["create"] = false;
  return std::make_shared<const Privileges>(std::move(privileges));
}

/// The key of a grantee: "" where it is the owner.
static std::string granteeKey(const std::string &grantee, std::string_view owner) {
  const bool is_session =
      grantee == "current_user" || grantee == "current_role" || grantee == "session_user";
  return grantee == owner || (owner.empty() && is_session) ? std::string() : grantee;
}

PrivilegesPointer changePrivileges(const PrivilegesPointer &before, const Privileged &object,
                                   const Grant &grant, const std::vector<std::string> &names,
                                   int postgres) {
  const ObjectKind kind = object.is_column ? ObjectKind::column : object.kind;
  const std::vector<std::string> all = allPrivileges(kind, postgres);
  Privileges after = before ? *before : builtinPrivileges(kind, postgres);
  std::vector<std::string> wanted;
  for (const std::string &name : names) {
    if (name == "all")
      wanted = all;
    else
      wanted.push_back(name == "temp" ? "temporary" : name);
  }
  std::erase_if(wanted, [&](const std::string &name) {
    return std::find(all.begin(), all.end(), name) == all.end();
  });
  for (const std::string &grantee : grant.grantees) {
    const std::string key = granteeKey(grantee, object.owner);
    auto &of = after.of[key];
    for (const std::string &name : wanted) {
      if (grant.is_grant)
        of[name] = (of.contains(name) && of[name]) || (grant.grant_option && !key.empty());
      else if (grant.grant_option && of.contains(name))
        of[name] = false;
      else if (!grant.grant_option)
        of.erase(name);
    }
    if (of.empty())
      after.of.erase(key);
  }
  if (object.is_column && after.of.empty())
    return nullptr;
  return std::make_shared<const Privileges>(std::move(after));
}

/// The kind under which ALTER DEFAULT PRIVILEGES speaks of an object.
static bool isAbout(const Grant &grant, ObjectKind kind) {
  if (kind == ObjectKind::domain)
    kind = ObjectKind::type;
  if (kind == ObjectKind::procedure)
    kind = ObjectKind::function;
  const ObjectKind said = grant.kind == ObjectKind::routine || grant.kind == ObjectKind::procedure
                              ? ObjectKind::function
                              : grant.kind;
  return said == kind;
}

PrivilegesPointer defaultPrivileges(const CatalogState &state, ObjectKind kind,
                                    std::string_view schema, int postgres) {
  if (!state.default_privileges)
    return nullptr;
  const Privileged object{kind, {}, false};
  PrivilegesPointer result;
  // Those of all schemas stand in for the built-in ones; those of a schema are added.
  for (const bool of_schema : {false, true})
    for (const DefaultPrivileges &each : *state.default_privileges) {
      const DefaultGrant &grant = *each.grant;
      const bool own_roles =
          grant.roles.empty() ||
          std::any_of(grant.roles.begin(), grant.roles.end(), [](const std::string &role) {
            return role == "current_user" || role == "current_role" || role == "session_user";
          });
      const bool here = of_schema == !grant.schemas.empty() &&
                        (!of_schema || std::find(grant.schemas.begin(), grant.schemas.end(),
                                                 schema) != grant.schemas.end());
      // What a schema's defaults revoke, only they can have granted; it is not modelled apart.
      if (own_roles && here && isAbout(grant.grant, kind))
        result = changePrivileges(result, object, grant.grant,
                                  grant.grant.privileges.empty() ? std::vector<std::string>{"all"}
                                                                 : grant.grant.privileges,
                                  postgres);
    }
  if (result && *result == builtinPrivileges(kind, postgres))
    return nullptr;
  return result;
}

} // namespace lockstep::catalog
