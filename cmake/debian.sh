# What this machine's own APT settings say about Debian; sourced.

# The address from which `$1` (a release) is taken, else the one of whatever release there is.
debian_mirror() {
  apt-get indextargets --format '$(RELEASE) $(COMPONENT) $(REPO_URI)' \
    'Created-By: Packages' 'Component: main' |
    awk -v release="$1" '
      $1 ~ /-/ { next } # updates, security, backports
      $1 == release || $1 == "stable" { print $3; found = 1; exit }
      { other = other ? other : $3 }
      END { if (!found && other) print other }'
}

# The file with the archive's keys.
debian_keyring() {
  local file
  for file in /usr/share/keyrings/debian-archive-keyring.{pgp,gpg}; do
    if [ -e "$file" ]; then
      echo "$file"
      return
    fi
  done
}
