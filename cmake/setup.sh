#!/usr/bin/env bash
# Provides what the build needs.
#
#   cmake/setup.sh DEPS     On Debian, installs the packages that are missing, and unpacks in the
#                           folder DEPS what the system's own packages lack: libpg_query 18,
#                           mimalloc's sources and, on Debian 12, Catch2 3, fetched under a private
#                           APT configuration that leaves the system's sources alone. Elsewhere,
#                           says what is missing.
#   cmake/setup.sh --list   Names what a build needs.
#
# Everything it says goes to stderr.
set -euo pipefail
exec 1>&2

deps=${1:?}
. "$(dirname "${BASH_SOURCE[0]}")/debian.sh"
min_grammar=18
pg_query_suite=forky # the first Debian suite with libpg_query 18
mimalloc_suite=bookworm # 2.0.9: later suites have early releases of 3

say() { printf 'setup: %s\n' "$*"; }
die() { say "$*"; exit 2; }

list() {
  say "a build of lockstep needs"
  say "  g++ >= 12 or clang >= 14, cmake >= 3.25, ninja, git"
  say "  LLVM 19, 20 or 21: development files with the static LLVMSupport library; zlib, zstd"
  say "  nlohmann/json >= 3.11, Catch2 3"
  say "  libpg_query $min_grammar (https://github.com/pganalyze/libpg_query), static;"
  say "    LOCKSTEP_PG_QUERY_ROOT=PREFIX names one outside the system's folders, 17 works too"
  say "  and is a tenth faster with"
  say "  mimalloc 2 (https://github.com/microsoft/mimalloc), its sources in build/deps/src/mimalloc"
}
if [ "$deps" = --list ]; then
  list
  exit 0
fi

# Works without lsb_release, as in a bare chroot.
os_id='' os_codename=''
if [ -r /etc/os-release ]; then
  os_id=$(. /etc/os-release && echo "${ID:-}")
  os_codename=$(. /etc/os-release && echo "${VERSION_CODENAME:-}")
fi

pg_query_major() { # PREFIX: the grammar's version below it, 0 without one
  local header=$1/include/pg_query.h
  [ -r "$header" ] && find "$1"/lib -name libpg_query.a 2>/dev/null | grep -q . || { echo 0; return; }
  sed -n 's/^#define PG_MAJORVERSION "\([0-9]*\)".*/\1/p' "$header" | head -n 1
}
have_pg_query() {
  [ -n "${LOCKSTEP_PG_QUERY_ROOT:-}" ] && return
  local prefix
  for prefix in /usr /usr/local "$deps/usr"; do
    [ "$(pg_query_major "$prefix")" -ge $min_grammar ] && return
  done
  return 1
}
have_catch2() {
  local prefix
  for prefix in /usr /usr/local "$deps/usr"; do
    [ -e "$prefix/include/catch2/catch_test_macros.hpp" ] && return
  done
  return 1
}

if ! command -v apt-get >/dev/null || ! command -v dpkg-query >/dev/null || [ "$os_id" != debian ]; then
  missing=()
  for tool in c++ cc cmake ninja git; do
    command -v "$tool" >/dev/null || missing+=("$tool")
  done
  have_pg_query || missing+=("libpg_query $min_grammar")
  if [ ${#missing[@]} -gt 0 ]; then
    list
    die "not Debian, so install what is missing here yourself: ${missing[*]}"
  fi
  exit 0
fi

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"
  elif command -v sudo >/dev/null; then sudo "$@"
  else die "needs root for: $*"
  fi
}
lists_updated=''
update_lists() {
  [ -n "$lists_updated" ] || as_root apt-get -qq update || die "apt-get update failed"
  lists_updated=1
}
installed() { dpkg-query -W -f='${Status}' "$1" 2>/dev/null | grep -q '^install ok installed$'; }
candidate() { # PACKAGE: the version that would be installed, if any
  apt-cache policy "$1" 2>/dev/null | sed -n 's/^ *Candidate: *\([^(].*\)$/\1/p'
}
# A system that never asked for package lists knows no candidates.
[ -n "$(candidate g++)" ] || update_lists

# --- packages of this system ----------------------------------------------------------------------

wanted=()
for package in g++ cmake ninja-build git ca-certificates zlib1g-dev libzstd-dev nlohmann-json3-dev; do
  installed "$package" || wanted+=("$package")
done
if ! installed llvm-19-dev && ! installed llvm-20-dev && ! installed llvm-21-dev; then
  for package in llvm-19-dev llvm-20-dev llvm-21-dev none; do
    [ -z "$(candidate "$package")" ] || break
  done
  [ "$package" != none ] || die "no LLVM 19, 20 or 21 among this system's packages"
  wanted+=("$package")
fi
if ! have_catch2; then
  case $(candidate catch2) in 2.* | '') ;; *) wanted+=(catch2) ;; esac
fi
if ! have_pg_query; then
  version=$(candidate libpg-query-dev)
  [ "${version%%[.-]*}" -ge $min_grammar ] 2>/dev/null && wanted+=(libpg-query-dev)
fi
if [ ${#wanted[@]} -gt 0 ]; then
  update_lists
  say "installing ${wanted[*]} (takes a minute or two)"
  log=$(mktemp)
  as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -y --no-install-recommends \
    -o Dpkg::Use-Pty=0 install "${wanted[@]}" </dev/null >"$log" 2>&1 || {
    tail -n 20 "$log"
    die "apt-get install failed"
  }
  rm -f "$log"
fi

# --- packages of another suite, unpacked in DEPS --------------------------------------------------

# Runs APT's COMMAND for PACKAGE under a configuration of its own, which knows nothing but the
# packages (deb) or sources (deb-src) of SUITE; what it downloads is then in $apt/download.
apt_of() { # KIND SUITE COMMAND PACKAGE
  local kind=$1 suite=$2 command=$3 package=$4 uri signed
  uri=$(debian_mirror "$os_codename")
  [ -n "$uri" ] || die "no Debian mirror for $os_codename main in this system's APT sources"
  signed=$(debian_keyring)
  [ -n "$signed" ] || die "no Debian archive keyring in /usr/share/keyrings"
  say "fetching $package of Debian $suite into ${deps#"$PWD"/}"
  apt=$(mktemp -d)
  mkdir -p "$apt"/{state/lists/partial,cache/archives/partial,download}
  : >"$apt/status"
  echo "$kind [signed-by=$signed] $uri $suite main" >"$apt/sources.list"
  cat >"$apt/apt.conf" <<CONF
Dir::Etc::SourceList "$apt/sources.list";
Dir::Etc::SourceParts "/dev/null";
Dir::Etc::PreferencesParts "/dev/null";
Dir::Etc::Preferences "/dev/null";
Dir::State "$apt/state";
Dir::State::Status "$apt/status";
Dir::Cache "$apt/cache";
Acquire::Languages "none";
APT::Sandbox::User "$(id -un)";
#clear APT::Update::Post-Invoke;
#clear APT::Update::Post-Invoke-Success;
CONF
  (cd "$apt/download" && apt-get -qq -c "$apt/apt.conf" update &&
    apt-get -qq -c "$apt/apt.conf" $command "$package") || {
    rm -rf "$apt"
    die "could not fetch $package of Debian $suite"
  }
}

fetch() { # SUITE PACKAGE
  apt_of deb "$1" download "$2"
  mkdir -p "$deps"
  dpkg-deb -x "$apt"/download/"$2"_*.deb "$deps"
  rm -rf "$apt"
}

fetch_sources() { # SUITE PACKAGE: into DEPS/src/PACKAGE
  apt_of deb-src "$1" "source --download-only" "$2"
  local status=0
  (cd "$apt/download" && cmake -E tar xf "$2"_*.orig.tar.xz) &&
    mkdir -p "$deps/src" && rm -rf "$deps/src/$2" &&
    mv "$apt"/download/"$2"-*/ "$deps/src/$2" || status=$?
  rm -rf "$apt"
  return $status
}

have_pg_query || fetch $pg_query_suite libpg-query-dev
have_catch2 || fetch "$os_codename-backports" libcatch2-dev
# A build without it is slower, and otherwise the same.
[ -e "$deps/src/mimalloc/src/static.c" ] || (fetch_sources $mimalloc_suite mimalloc) ||
  say "going on without mimalloc"
