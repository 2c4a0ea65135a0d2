"""Runs one case on one server and tells what its statement locked, rewrote, built and scanned.

A case is {id, setup, statement}, perhaps with `session` (SQL run in the statement's session before
it), `min` (the first version that knows the form). `{db}` stands for the database's name. The
tablespace ts_alt and the role lockstep_app exist on every server.

A statement runs in BEGIN … ROLLBACK; locks, counters and file nodes are read before the rollback.
One that refuses a transaction block runs in autocommit: once freely, with an event trigger that
notes its locks at the end, then again behind each kind of lock that another session may hold, to
see what it waits for and what it holds meanwhile. Short locks between those waits can be missed.
"""

import os
import re
import time

from pgwire import Connection, ServerError, split_statements

MODES = [
    "AccessShareLock",
    "RowShareLock",
    "RowExclusiveLock",
    "ShareUpdateExclusiveLock",
    "ShareLock",
    "ShareRowExclusiveLock",
    "ExclusiveLock",
    "AccessExclusiveLock",
]
# With several tables only these are tried: readers, the mode that excludes itself, everything.
FEW_MODES = ["AccessShareLock", "ShareUpdateExclusiveLock", "AccessExclusiveLock"]

NAME = """case when n.nspname = 'public' then '' when n.nspname like 'pg_temp%' then 'pg_temp.'
  else n.nspname || '.' end || c.relname"""
USER_RELATIONS = """from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast', 'lockstep_recorder')
    and n.nspname not like 'pg_toast_temp%'"""
RELATIONS = f"""select c.oid, {NAME}, format('%I.%I', n.nspname, c.relname), c.relkind, c.relfilenode,
    c.reltablespace, c.relpersistence
  {USER_RELATIONS} order by c.oid"""
COUNTERS = f"""select c.oid, pg_stat_get_{{0}}numscans(c.oid), pg_stat_get_{{0}}tuples_returned(c.oid),
  pg_stat_get_{{0}}tuples_inserted(c.oid), pg_stat_get_{{0}}tuples_updated(c.oid),
  pg_stat_get_{{0}}tuples_deleted(c.oid) {USER_RELATIONS} order by c.oid"""
LOCKS = """select locktype, relation, classid, objid, objsubid, mode, granted from pg_locks
  where pid = {} and (database is null or database in (0, (select oid from pg_database
    where datname = current_database())))"""

EVENT_TRIGGER = """
create schema lockstep_recorder;
create table lockstep_recorder.held (relation oid, mode text);
create function lockstep_recorder.note() returns event_trigger language plpgsql as $$ begin
  insert into lockstep_recorder.held select relation, mode from pg_locks
    where pid = pg_backend_pid() and locktype = 'relation' and granted;
end $$;
create event trigger lockstep_recorder on ddl_command_end execute function lockstep_recorder.note();
"""


class Relation:
    def __init__(self, row):
        self.oid, self.name, self.sql, self.kind, self.file, self.space, self.persistence = row


def relations(connection):
    return {row[0]: Relation(row) for row in connection.query(RELATIONS)}


def counters(connection, transaction):
    rows = connection.query(COUNTERS.format("xact_" if transaction else ""))
    return {row[0]: [int(v) for v in row[1:]] for row in rows}


def strongest(modes):
    return {name: max(found, key=MODES.index) for name, found in sorted(modes.items())}


class Server:
    def __init__(self, sockets, version):
        self.sockets, self.version = sockets, version
        self.admin = self.connect("postgres")
        self.release = self.admin.value("show server_version")
        if not self.admin.query("select from pg_tablespace where spcname = 'ts_alt'"):
            self.admin.query("set allow_in_place_tablespaces = on")
            self.admin.query("create tablespace ts_alt location ''")
        if not self.admin.query("select from pg_roles where rolname = 'lockstep_app'"):
            self.admin.query("create role lockstep_app")

    def connect(self, database):
        return Connection(self.sockets, 5400 + self.version, database)

    def record(self, case):
        database = f"lockstep_record_{os.getpid()}"  # Others may record here, too.
        run = Run(self, case, database)
        try:
            return run.in_transaction()
        finally:
            self.admin.query(f'drop database if exists "{database}" with (force)')


class Run:
    """One case on one server."""

    def __init__(self, server, case, database):
        self.server, self.case, self.database = server, case, database
        self.statement = case["statement"].replace("{db}", database)
        self.open = []

    # The database and its sessions.

    def connect(self):
        self.open.append(self.server.connect(self.database))
        return self.open[-1]

    def close(self, *connections):
        for connection in connections:
            connection.close()
            self.open.remove(connection)

    def close_all(self):
        """Ends all sessions and waits until the server has, so that their counters are written."""
        self.close(*self.open[:])
        for _ in range(500):
            if not self.server.admin.query(f"select from pg_stat_activity where datname = '{self.database}'"):
                break
            time.sleep(0.01)

    def prepare(self, after_setup=""):
        """A fresh database with the case's setup in it."""
        self.close_all()
        self.server.admin.query(f'drop database if exists "{self.database}" with (force)')
        self.server.admin.query(f'create database "{self.database}" template template0')
        setup = self.connect()
        for sql in split_statements(self.case["setup"].replace("{db}", self.database)):
            setup.query(sql)
        if after_setup:
            setup.query(after_setup)
        self.before = relations(setup)
        self.table_of = {
            self.before[index].name: self.before[table].name
            for index, table in setup.query("select indexrelid, indrelid from pg_index")
            if table in self.before
        }
        self.rows = {
            r.oid: int(setup.value("select count(*) from only " + r.sql))
            for r in self.before.values()
            if r.kind in "rm"
        }
        self.close_all()

    def start_session(self):
        session = self.connect()
        given = self.case.get("session") or ["SET timezone = 'UTC'"]
        for sql in [given] if isinstance(given, str) else given:
            session.query(sql)
        session.query("set client_min_messages = debug1")
        session.notices.clear()
        return session

    # In a transaction block.

    def in_transaction(self):
        self.prepare()
        session = self.start_session()
        session.query("begin")
        start = counters(session, True)
        session.notices.clear()
        try:
            session.query(self.statement)
        except ServerError as error:
            self.close_all()
            if error.code == "25001":
                return self.autocommit(error)
            result = self.empty_result(error.code, True)
            result["error_message"] = error.message
            result.update(self.read_messages(session.notices))
            return result
        result = self.empty_result(None, True)
        messages = session.notices[:]
        observer = self.connect()
        after = relations(session)
        result.update(self.read_locks(session, observer, after))
        result.update(self.read_counters(start, counters(session, True)))
        result.update(self.read_relations(after))
        result.update(self.read_messages(messages))
        result["measured_blocks"] = self.probe(observer) if result["locks"] else {}
        session.query("rollback")
        self.close_all()
        return without_empty(result)

    @staticmethod
    def empty_result(error, in_transaction):
        result = {"error": error, "in_transaction_ok": in_transaction, "locks": {}, "modes": {}}
        result.update({"rewrites": [], "index_rebuilds": [], "index_builds": []})
        result.update({"full_scans": [], "scans": {}, "verifies": []})
        return result

    def read_locks(self, session, observer, after):
        modes, new, objects = {}, {}, {}
        for kind, relation, classid, objid, objsubid, mode, _ in session.query(LOCKS.format("pg_backend_pid()")):
            if kind == "relation" and relation in self.before:
                modes.setdefault(self.before[relation].name, set()).add(mode)
            elif kind == "relation" and relation in after:
                new.setdefault(after[relation].name, set()).add(mode)
            elif kind == "object":
                identify = f"select type || ' ' || identity from pg_identify_object({classid}, {objid}, {objsubid})"
                # Outside, what the statement drops is still there.
                name = observer.value(identify) or session.value(identify)
                if name:  # Else it came and went within the statement.
                    name = re.sub(r"(RI_ConstraintTrigger_._)\d+", r"\1N", name)
                    objects.setdefault(name, set()).add(mode)
        return {
            "locks": strongest(modes),
            "modes": in_order(modes),
            "locks_new": strongest(new),
            "object_locks": in_order(objects),
        }

    def probe(self, observer):
        """Which reads and writes of what existed before are blocked now."""
        blocked = {"read": [], "write": [], "nextval": []}
        observer.query("set lock_timeout = '40ms'")
        for relation in self.before.values():
            name = relation.sql
            probes = {}
            if relation.kind in "rpvmf":
                probes["read"] = f"select from {name} limit 1"
            if relation.kind in "rp":
                probes["write"] = f"delete from {name} where false"
            if relation.kind == "S":
                probes["nextval"] = f"select nextval({name!r})"
            for what, sql in probes.items():
                observer.query("begin")
                try:
                    observer.query(sql)
                except ServerError as error:
                    if error.code == "55P03":
                        blocked[what].append(relation.name)
                observer.query("rollback")
        return {what: names for what, names in blocked.items() if names}

    # What changed.

    def read_counters(self, start, end):
        scans, full, changes = {}, [], {}
        for oid, values in end.items():
            seq_scan, seq_read, *rows = [v - w for v, w in zip(values, start.get(oid, [0] * 5))]
            relation = self.before.get(oid)
            if not relation or relation.kind not in "rpm":
                continue
            if seq_scan:
                scans[relation.name] = {"seq_scan": seq_scan, "seq_tup_read": seq_read}
                if seq_read >= self.rows.get(oid, 0) > 0:
                    full.append(relation.name)
            if any(rows):
                changes[relation.name] = {k: v for k, v in zip(("ins", "upd", "del"), rows) if v}
        return {"scans": scans, "full_scans": sorted(full), "row_changes": changes}

    def read_relations(self, after):
        """Compares the relations before and after: new files, new names, and what came and went."""
        result = {key: [] for key in ("rewrites", "index_rebuilds", "index_reused", "sequence_rewrites")}
        result.update({key: [] for key in ("created", "dropped", "renamed")})
        result.update({key: [] for key in ("tablespace_changed", "persistence_changed")})
        by_name = {(r.name, r.kind): r for r in after.values() if r.oid not in self.before}
        again = set()
        for old in self.before.values():
            new = after.get(old.oid)
            made_again = by_name.get((old.name, old.kind)) if not new and old.kind in "iI" else None
            if made_again:
                again.add(made_again.oid)
                if old.kind == "i":
                    same = made_again.file == old.file
                    result["index_reused" if same else "index_rebuilds"].append(old.name)
                continue
            if not new:
                result["dropped"].append(f"{old.name} ({old.kind})")
                continue
            if new.name != old.name:
                result["renamed"].append(f"{old.name} -> {new.name}")
            if new.space != old.space:
                result["tablespace_changed"].append(old.name)
            if new.persistence != old.persistence:
                result["persistence_changed"].append(f"{old.name}: {old.persistence} -> {new.persistence}")
            if new.file != old.file:
                key = {"i": "index_rebuilds", "S": "sequence_rewrites"}.get(old.kind, "rewrites")
                result[key].append(old.name)
        for new in after.values():
            if new.oid not in self.before and new.oid not in again:
                result["created"].append(f"{new.name} ({new.kind})")
        return {key: sorted(names) for key, names in result.items()}

    @staticmethod
    def read_messages(messages):
        result = {"index_builds": [], "verifies": [], "fk_validations": [], "proofs": [], "notices": []}
        for severity, text in messages:
            if not severity.startswith("DEBUG"):
                result["notices"].append(f"{severity}: {text}")
            elif match := re.match(r'building index "(.*?)" on table "(.*?)"', text):
                if not match[2].startswith("pg_"):
                    result["index_builds"].append(f"{match[1]} ON {match[2]}")
            elif match := re.match(r'verifying table "(.*)"', text):
                result["verifies"].append(match[1])
            elif match := re.match(r'validating foreign key constraint "(.*)"', text):
                result["fk_validations"].append(match[1])
            elif "to prove that it does not contain nulls" in text or "is implied by existing constraints" in text:
                result["proofs"].append(text)
        for key in ("index_builds", "verifies", "fk_validations", "proofs"):
            result[key] = sorted(set(result[key]))
        return result

    # In autocommit.

    def autocommit(self, refusal):
        result = self.empty_result("25001", False)
        result["error_message"] = refusal.message
        result["run_mode"] = "autocommit"
        found, noted = self.run_freely()
        result.update(found)
        if "autocommit_error" not in result:
            modes, new, waits = self.stall()
            for name, mode in noted:
                modes.setdefault(name, set()).add(mode)
            result["locks"], result["modes"] = strongest(modes), in_order(modes)
            result["locks_new"], result["blocked_by"] = strongest(new), waits
        self.close_all()
        return without_empty(result)

    def run_freely(self):
        """What changed, and the locks held at the end as (relation, mode)."""
        self.prepare(EVENT_TRIGGER)
        observer = self.connect()
        self.settle()
        start = counters(observer, False)
        self.close(observer)
        session = self.start_session()
        try:
            session.query(self.statement)
        except ServerError as error:
            self.close_all()
            found = self.read_messages(session.notices)
            found.update({"autocommit_error": error.code, "autocommit_error_message": error.message})
            return found, []
        messages = session.notices[:]
        self.close_all()
        self.settle()
        observer = self.connect()
        after = relations(observer)
        held = observer.query("select distinct relation, mode from lockstep_recorder.held")
        noted = [(self.before[oid].name, mode) for oid, mode in held if oid in self.before]
        found = self.read_relations(after)
        found.update(self.read_counters(start, counters(observer, False)))
        found.pop("row_changes")
        found.update(self.read_messages(messages))
        self.close_all()
        return found, noted

    def settle(self):
        """The statistics collector of 14 writes its file twice a second at most."""
        if self.server.version == 14:
            time.sleep(1.1)

    def stall(self):
        """Runs the statement behind every lock that another session may hold."""
        modes, new, waits = {}, {}, {}
        tables = [r for r in self.before.values() if r.kind in "rp"]
        tried = MODES if len(tables) == 1 else FEW_MODES
        for table in tables:
            for mode in tried:
                sql = re.sub("(?<!^)([A-Z])", r" \1", mode.removesuffix("Lock"))
                wait = self.run_behind(f"begin; lock table only {table.sql} in {sql} mode", modes, new)
                if wait:
                    waits.setdefault(table.name, {})[mode] = wait
        # COMMENT holds an index alone: what follows once the table is taken waits for it.
        # An ACCESS EXCLUSIVE lock on the table covers its indexes and is enough to tell.
        for index in [r for r in self.before.values() if r.kind == "i"]:
            if "AccessExclusiveLock" not in modes.get(self.table_of[index.name], ()):
                self.run_behind(f"begin; comment on index {index.sql} is 'held'", modes, new)
        wait = self.run_behind("begin isolation level repeatable read; select 1", modes, new)
        if wait:
            waits["old_snapshot"] = wait
        return modes, new, waits

    def run_behind(self, blocker_sql, modes, new):
        """Starts the statement while another session holds something; returns what it waits for."""
        self.prepare()
        blocker, observer, session = self.connect(), self.connect(), self.start_session()
        # The statement may lock what the observer reads (REINDEX DATABASE).
        observer.query("set lock_timeout = '3s'")
        blocker.query(blocker_sql)
        pid = session.value("select pg_backend_pid()")
        session.send(self.statement)
        waiting = None
        try:
            while session.wait(0.02) is None and not waiting:
                locks = observer.query(LOCKS.format(pid))
                waiting = next((lock for lock in locks if lock[-1] == "f"), None)
            if not waiting:
                return None
            time.sleep(0.02)
            current = relations(observer)
            for kind, relation, _, _, _, mode, _ in observer.query(LOCKS.format(pid)):
                if kind == "relation" and relation in self.before:
                    modes.setdefault(self.before[relation].name, set()).add(mode)
                elif kind == "relation" and relation in current:
                    new.setdefault(current[relation].name, set()).add(mode)
            blocker.query("rollback")
            session.wait(20)
        except ServerError:
            pass  # What it waited for is known; how it ended is what run_freely tells.
        if waiting[0] != "relation":
            return waiting[0]
        relation = self.before.get(waiting[1])
        return f"{waiting[5]} on {relation.name if relation else 'a new relation'}"


def in_order(modes):
    return {name: sorted(found, key=MODES.index) for name, found in sorted(modes.items())}


ALWAYS = ["error", "in_transaction_ok", "locks", "modes", "rewrites", "index_rebuilds", "index_builds"]
ALWAYS += ["full_scans", "scans", "verifies"]


def without_empty(result):
    return {key: value for key, value in result.items() if value or key in ALWAYS}
