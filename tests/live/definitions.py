"""What a server's catalog holds, as facts that two servers can be compared by: (kind, name, detail…)."""

import re

# Objects of extensions are left out everywhere: the extension itself is a fact.
OWN = "NOT EXISTS (SELECT FROM pg_depend e WHERE e.classid = '{0}'::regclass AND e.objid = {1} AND e.deptype = 'e')"
USER_SCHEMA = "{0}.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast') AND {0}.nspname NOT LIKE 'pg\\_%'"

# Roles are told apart by name; whoever ran the history is the owner.
ACL = """(SELECT string_agg(a.held, ',' ORDER BY a.held) FROM (SELECT DISTINCT CASE WHEN grantee = 0 THEN 'PUBLIC' ELSE pg_get_userbyid(grantee) END
  || '=' || privilege_type || CASE WHEN is_grantable THEN '*' ELSE '' END AS held FROM aclexplode({0})) a)"""


def _relations(kinds):
    return (
        "FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE "
        + USER_SCHEMA.format("n")
        + f" AND c.relkind IN ({kinds}) AND "
        + OWN.format("pg_class", "c.oid")
    )


RELATION_ACL = """coalesce(c.relacl, acldefault(CASE c.relkind WHEN 'S' THEN 's'::"char" ELSE 'r' END, c.relowner))"""
TABLES = "'r', 'p', 'f'"
NAME = "n.nspname || '.' || c.relname"


def queries(version):
    """One query a kind; each row is a fact without its kind."""
    tables, columned = _relations(TABLES), _relations("'r', 'p', 'f', 'v', 'm', 'c'")
    return {
        "schema": f"SELECT nspname, pg_get_userbyid(nspowner) FROM pg_namespace n WHERE {USER_SCHEMA.format('n')} AND nspname <> 'public'",
        "extension": "SELECT extname, nspname FROM pg_extension JOIN pg_namespace n ON n.oid = extnamespace WHERE extname <> 'plpgsql'",
        "relation": f"""SELECT {NAME}, c.relkind, c.relpersistence, pg_get_userbyid(c.relowner), c.relrowsecurity, c.relforcerowsecurity, c.relreplident,
            (SELECT string_agg(o, ',' ORDER BY o) FROM unnest(c.reloptions) o), am.amname
            FROM pg_class c LEFT JOIN pg_am am ON am.oid = c.relam JOIN pg_namespace n ON n.oid = c.relnamespace WHERE {USER_SCHEMA.format("n")}
            AND c.relkind IN ('r', 'p', 'f', 'v', 'm', 'S') AND {OWN.format("pg_class", "c.oid")}""",
        "column": f"""SELECT {NAME} || '.' || a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull, a.attidentity, a.attgenerated,
            pg_get_expr(d.adbin, d.adrelid), CASE WHEN a.attcollation <> t.typcollation THEN a.attcollation::regcollation::text END,
            a.attislocal, a.attinhcount, a.attstorage <> t.typstorage, CASE WHEN a.attstorage <> t.typstorage THEN a.attstorage END,
            a.attcompression, nullif(coalesce(a.attstattarget, -1), -1), a.attoptions, a.attfdwoptions
            FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_type t ON t.oid = a.atttypid
            LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
            WHERE a.attnum > 0 AND NOT a.attisdropped AND c.oid IN (SELECT c.oid {columned}) AND c.relkind NOT IN ('v', 'm')""",
        "position": f"""SELECT {NAME}, (SELECT string_agg(attname, ',' ORDER BY attnum) FROM pg_attribute WHERE attrelid = c.oid AND attnum > 0 AND NOT attisdropped)
            {tables}""",
        "constraint": f"""SELECT {NAME} || '.' || k.conname, k.contype, pg_get_constraintdef(k.oid), k.convalidated, k.condeferrable, k.condeferred,
            k.conislocal, k.coninhcount FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE c.oid IN (SELECT c.oid {tables}) AND k.contype <> 't'
            AND NOT EXISTS (SELECT FROM pg_constraint p WHERE p.oid = k.conparentid AND p.conrelid = k.conrelid)""",
        "index": f"""SELECT n.nspname || '.' || x.relname, pg_get_indexdef(i.indexrelid), i.indisvalid, i.indisunique, i.indisprimary, i.indisclustered,
            i.indisreplident, (SELECT string_agg(inhparent::regclass::text, ',') FROM pg_inherits WHERE inhrelid = x.oid)
            FROM pg_index i JOIN pg_class x ON x.oid = i.indexrelid JOIN pg_class c ON c.oid = i.indrelid JOIN pg_namespace n ON n.oid = x.relnamespace
            WHERE c.oid IN (SELECT c.oid {_relations("'r', 'p', 'f', 'm'")})""",
        "view": f"""SELECT {NAME}, c.relkind, pg_get_viewdef(c.oid), c.relispopulated {_relations("'v', 'm'")}""",
        "view column": f"""SELECT {NAME} || '.' || a.attname, a.attnum, format_type(a.atttypid, a.atttypmod), pg_get_expr(d.adbin, d.adrelid)
            FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
            LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
            WHERE a.attnum > 0 AND NOT a.attisdropped AND c.oid IN (SELECT c.oid {_relations("'v', 'm'")})""",
        "sequence": f"""SELECT {NAME}, format_type(s.seqtypid, NULL), s.seqstart, s.seqincrement, s.seqmin, s.seqmax, s.seqcache, s.seqcycle,
            (SELECT refobjid::regclass || '.' || attname || d.deptype::text FROM pg_depend d JOIN pg_attribute ON attrelid = refobjid AND attnum = refobjsubid
             WHERE d.classid = 'pg_class'::regclass AND d.refclassid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype IN ('a', 'i'))
            FROM pg_sequence s JOIN pg_class c ON c.oid = s.seqrelid JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.oid IN (SELECT c.oid {_relations("'S'")})""",
        "enum": f"""SELECT n.nspname || '.' || t.typname, (SELECT string_agg(enumlabel, ',' ORDER BY enumsortorder) FROM pg_enum WHERE enumtypid = t.oid)
            FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace WHERE t.typtype = 'e' AND {USER_SCHEMA.format("n")} AND {OWN.format("pg_type", "t.oid")}""",
        "domain": f"""SELECT n.nspname || '.' || t.typname, format_type(t.typbasetype, t.typtypmod), t.typnotnull, t.typdefault,
            CASE WHEN t.typcollation <> b.typcollation THEN t.typcollation::regcollation::text END,
            (SELECT string_agg(conname || ' ' || pg_get_constraintdef(k.oid), '; ' ORDER BY conname) FROM pg_constraint k WHERE contypid = t.oid AND contype = 'c')
            FROM pg_type t JOIN pg_type b ON b.oid = t.typbasetype JOIN pg_namespace n ON n.oid = t.typnamespace
            WHERE t.typtype = 'd' AND {USER_SCHEMA.format("n")} AND {OWN.format("pg_type", "t.oid")}""",
        "type": f"""SELECT n.nspname || '.' || t.typname, t.typtype, t.typisdefined FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
            LEFT JOIN pg_class r ON r.oid = t.typrelid WHERE (t.typtype IN ('r', 'm') OR t.typtype = 'c' AND r.relkind = 'c' OR t.typtype = 'b' AND t.typelem = 0)
            AND {USER_SCHEMA.format("n")} AND {OWN.format("pg_type", "t.oid")}""",
        "trigger": f"""SELECT {NAME} || '.' || t.tgname, pg_get_triggerdef(t.oid), t.tgenabled FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
            JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.oid IN (SELECT c.oid {_relations("'r', 'p', 'f', 'v'")})
            AND (NOT t.tgisinternal OR EXISTS (SELECT FROM pg_trigger p WHERE p.oid = t.tgparentid AND NOT p.tgisinternal))""",
        "policy": f"""SELECT {NAME} || '.' || p.polname, p.polpermissive, p.polcmd, (SELECT string_agg(r.name, ',' ORDER BY r.name)
            FROM (SELECT CASE o WHEN 0 THEN 'public' ELSE pg_get_userbyid(o) END AS name FROM unnest(p.polroles) o) r), pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid)
            FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid JOIN pg_namespace n ON n.oid = c.relnamespace""",
        "rule": f"""SELECT {NAME} || '.' || r.rulename, pg_get_ruledef(r.oid), r.ev_enabled FROM pg_rewrite r JOIN pg_class c ON c.oid = r.ev_class
            JOIN pg_namespace n ON n.oid = c.relnamespace WHERE r.rulename <> '_RETURN' AND {USER_SCHEMA.format("n")} AND {OWN.format("pg_class", "c.oid")}""",
        "partition": f"""SELECT {NAME}, pg_get_partkeydef(c.oid), pg_get_expr(c.relpartbound, c.oid),
            (SELECT string_agg(inhparent::regclass::text, ',' ORDER BY inhseqno) FROM pg_inherits WHERE inhrelid = c.oid) {tables}
            AND (c.relkind = 'p' OR EXISTS (SELECT FROM pg_inherits WHERE inhrelid = c.oid))""",
        "function": f"""SELECT n.nspname || '.' || p.proname || '(' || pg_get_function_identity_arguments(p.oid) || ')', p.prokind, pg_get_userbyid(p.proowner),
            CASE WHEN p.prokind = 'a' THEN pg_get_function_result(p.oid) ELSE pg_get_functiondef(p.oid) END
            FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE {USER_SCHEMA.format("n")} AND {OWN.format("pg_proc", "p.oid")}
            AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'i')""",
        "grant": f"""SELECT {NAME}, {ACL.format(RELATION_ACL)}
              FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE {USER_SCHEMA.format("n")} AND c.relkind IN ('r', 'p', 'f', 'v', 'm', 'S') AND {OWN.format("pg_class", "c.oid")}
            UNION ALL SELECT {NAME} || '.' || a.attname, {ACL.format("a.attacl")} FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
              JOIN pg_namespace n ON n.oid = c.relnamespace WHERE a.attacl IS NOT NULL AND NOT a.attisdropped AND {USER_SCHEMA.format("n")} AND {OWN.format("pg_class", "c.oid")}
            UNION ALL SELECT 'function ' || n.nspname || '.' || p.proname || '(' || pg_get_function_identity_arguments(p.oid) || ')',
              {ACL.format("coalesce(p.proacl, acldefault('f', p.proowner))")} FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
              WHERE {USER_SCHEMA.format("n")} AND {OWN.format("pg_proc", "p.oid")}
              AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'i')
            UNION ALL SELECT 'schema ' || n.nspname, {ACL.format("coalesce(n.nspacl, acldefault('n', n.nspowner))")} FROM pg_namespace n WHERE {USER_SCHEMA.format("n")}""",
        "comment": """SELECT (pg_identify_object(classoid, objoid, objsubid)).type || ' ' || (pg_identify_object(classoid, objoid, objsubid)).identity, description
            FROM pg_description d WHERE objoid >= 16384 AND classoid NOT IN ('pg_extension'::regclass)
            AND NOT EXISTS (SELECT FROM pg_depend e WHERE e.classid = d.classoid AND e.objid = d.objoid AND e.deptype = 'e')""",
        "statistics": "SELECT pg_get_statisticsobjdef(oid) FROM pg_statistic_ext",
        "other": """SELECT 'publication', pubname, puballtables::text FROM pg_publication UNION ALL SELECT 'event trigger', evtname, evtevent FROM pg_event_trigger
            UNION ALL SELECT 'server', srvname, array_to_string(srvoptions, ',') FROM pg_foreign_server
            UNION ALL SELECT 'operator', oid::regoperator::text, oprcode::text FROM pg_operator o WHERE oid >= 16384 AND """
        + OWN.format("pg_operator", "o.oid")
        + " UNION ALL SELECT 'cast', castsource::regtype || ' as ' || casttarget::regtype, castcontext::text FROM pg_cast k WHERE oid >= 16384 AND "
        + OWN.format("pg_cast", "k.oid")
        + " UNION ALL SELECT 'collation', collname, collprovider::text FROM pg_collation k WHERE oid >= 16384 AND "
        + OWN.format("pg_collation", "k.oid")
        + " UNION ALL SELECT 'text search configuration', cfgname, NULL FROM pg_ts_config k WHERE oid >= 16384 AND "
        + OWN.format("pg_ts_config", "k.oid"),
    }


# `state IN ('a', 'b')` on a varchar column: a server that reads its own text of it, as ALTER COLUMN TYPE and pg_dump make
# it do, casts each element where it had cast the list.
LITERAL = r"'(?:[^']|'')*'::character varying"
CAST_LIST = re.compile(rf"\(ARRAY\[({LITERAL}(?:, {LITERAL})*)\]\)::text\[\]")


def settled(text):
    """A definition as the server writes it once it has read it back."""
    if not isinstance(text, str):
        return text
    return CAST_LIST.sub(lambda found: "ARRAY[" + re.sub(LITERAL, lambda one: f"({one.group()})::text", found.group(1)) + "]", text)


def facts(session, version):
    """All facts of the session's database, by kind."""
    session.query("SET search_path = pg_catalog")
    found = {}
    for kind, query in queries(version).items():
        found[kind] = {tuple(settled(cell) for cell in row) for row in session.query(query)}
    return found
