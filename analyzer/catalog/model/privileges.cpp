#include "catalog/model/privileges.hpp"

#include "base/pg/feature.hpp"
#include "catalog/model/state.hpp"

#include <algorithm>

namespace lockstep::catalog {

Privileges::Granted &Privileges::edit(const std::string &grantee) {
  if (!of.contains(grantee))
    of.set(grantee, {});
  return *of.edit(grantee);
}

std::vector<std::pair<std::string_view, const Privileges::Granted *>> Privileges::sorted() const {
  std::vector<std::pair<std::string_view, const Granted *>> all;
  of.forEach([&](const std::string &grantee, const Granted &granted) {
    all.emplace_back(grantee, &granted);
  });
  std::sort(all.begin(), all.end());
  return all;
}

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
    privileges.edit("")[each] = false;
  switch (kind) {
  case ObjectKind::function:
  case ObjectKind::procedure:
  case ObjectKind::routine:
    privileges.edit("public")["execute"] = false;
    break;
  case ObjectKind::type:
  case ObjectKind::domain:
  case ObjectKind::language:
    privileges.edit("public")["usage"] = false;
    break;
  case ObjectKind::database:
    privileges.edit("public")["temporary"] = false;
    privileges.edit("public")["connect"] = false;
    break;
  case ObjectKind::column:
    privileges.of = {};
    break;
  default:
    break;
  }
  return privileges;
}

PrivilegesPointer publicSchemaPrivileges(int postgres) {
  Privileges privileges = builtinPrivileges(ObjectKind::schema, postgres);
  privileges.edit("public")["usage"] = false;
  if (!supports(postgres, Feature::public_schema_without_create))
    privileges.edit("public")["create"] = false;
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
    Privileges::Granted &of = after.edit(key);
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
static ObjectKind defaultKind(ObjectKind kind) {
  switch (kind) {
  case ObjectKind::domain:
    return ObjectKind::type;
  case ObjectKind::procedure:
  case ObjectKind::routine:
    return ObjectKind::function;
  default:
    return kind;
  }
}

/// True where it is said without FOR ROLE, or for the role that runs the migrations.
static bool isAboutOwnRole(const DefaultGrant &grant) {
  return grant.roles.empty() ||
         std::any_of(grant.roles.begin(), grant.roles.end(), [](const std::string &role) {
           return role == "current_user" || role == "current_role" || role == "session_user";
         });
}

static PrivilegesPointer applyDefault(const PrivilegesPointer &before, const DefaultGrant &grant,
                                      int postgres) {
  return changePrivileges(before, {defaultKind(grant.grant.kind), {}, false}, grant.grant,
                          grant.grant.privileges.empty() ? std::vector<std::string>{"all"}
                                                         : grant.grant.privileges,
                          postgres);
}

/// Where a result is kept. Those of all schemas together have no schema.
static ObjectName resultKey(ObjectKind kind, std::string_view schema) {
  return {schema, std::to_string(static_cast<int>(kind))};
}

/// What the defaults of a schema make of those of all schemas, or the latter alone where it is "".
static PrivilegesPointer resultOf(CatalogState &state, ObjectKind kind, const std::string &schema,
                                  int postgres) {
  ObjectName key = resultKey(kind, schema);
  if (const PrivilegesPointer *known = state.default_results.find(key))
    return *known;
  // Those of all schemas stand in for the built-in ones; those of a schema are added. What a
  // schema's defaults revoke, only they can have granted; it is not modelled apart.
  PrivilegesPointer result = schema.empty() ? nullptr : resultOf(state, kind, {}, postgres);
  for (const DefaultPrivileges &each : state.default_privileges) {
    const std::vector<std::string> &schemas = each.grant->schemas;
    const bool is_here = schema.empty()
                             ? schemas.empty()
                             : std::find(schemas.begin(), schemas.end(), schema) != schemas.end();
    if (is_here && defaultKind(each.grant->grant.kind) == kind && isAboutOwnRole(*each.grant))
      result = applyDefault(result, *each.grant, postgres);
  }
  state.default_results.set(std::move(key), result);
  return result;
}

PrivilegesPointer defaultPrivileges(CatalogState &state, ObjectKind kind, std::string_view schema,
                                    int postgres) {
  if (state.default_privileges.empty())
    return nullptr;
  kind = defaultKind(kind);
  PrivilegesPointer result = resultOf(state, kind, std::string(schema), postgres);
  return result && *result == builtinPrivileges(kind, postgres) ? nullptr : result;
}

void addDefaultPrivileges(CatalogState &state, DefaultPrivileges added, int postgres) {
  const DefaultGrant &grant = *added.grant;
  const ObjectKind kind = defaultKind(grant.grant.kind);
  const auto addTo = [&](const std::string &schema) {
    if (PrivilegesPointer *known = state.default_results.edit(resultKey(kind, schema)))
      *known = applyDefault(*known, grant, postgres);
  };
  if (isAboutOwnRole(grant)) {
    for (const std::string &schema : grant.schemas)
      addTo(schema);
    if (grant.schemas.empty()) {
      // The schemas' own come after it.
      std::vector<ObjectName> of_schemas;
      state.default_results.forEach([&](const ObjectName &key, const PrivilegesPointer &) {
        if (!key.schema.empty())
          of_schemas.push_back(key);
      });
      for (const ObjectName &key : of_schemas)
        state.default_results.erase(key);
      addTo({});
    }
  }
  state.default_privileges.push_back(std::move(added));
}

void dropDefaultPrivileges(CatalogState &state, const std::string &schema) {
  state.default_privileges.eraseIf([&](const DefaultPrivileges &each) {
    return each.grant->schemas == std::vector<std::string>{schema};
  });
  state.default_results = {};
}

} // namespace lockstep::catalog
