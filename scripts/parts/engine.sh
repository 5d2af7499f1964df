# shellcheck shell=bash
# shellcheck disable=SC2154,SC2034 # these files share their variables
# Part of scripts/setup: an engine with buildx. One that works is left exactly as it is.

readonly DAEMON_LOG=/var/log/packmill-dockerd.log DAEMON_JSON=${DAEMON_JSON:-/etc/docker/daemon.json}

setup_engine() {
  if engine_works; then return; fi
  if [ -S /var/run/docker.sock ] && [ ! -w /var/run/docker.sock ]; then
    say "setup: this user may not use the engine here; as root: usermod --append --groups docker $(id -un), then log in again"
    return
  fi
  if [ -n "${DOCKER_HOST:-}" ] || [ -n "${BUILDER:-}" ]; then
    fail "$EXIT_INFRASTRUCTURE" "setup: the engine chosen by DOCKER_HOST=${DOCKER_HOST:-} BUILDER=${BUILDER:-} does not answer; setup only makes a local one: start that engine, or unset them"
  fi

  if ! command -v dockerd >/dev/null && ! engine_answers; then
    install_engine
  elif ! find_docker >/dev/null; then
    [ -z "$ENGINE_SUITE" ] || add_suite
    install_packages "${BUILDX_PACKAGES[@]}"
  fi
  engine_answers || start_engine
  $dry_run || engine_works || fail "$EXIT_INFRASTRUCTURE" "setup: the engine runs, but buildx does not reach it: see \"docker buildx inspect\""
}

engine_works() {
  local docker
  docker=$(find_docker) && builder_answers "$docker"
}

# The engine itself, asked without a client: there may be none yet.
engine_answers() {
  curl --silent --max-time 5 --unix-socket /var/run/docker.sock --output /dev/null http://engine/_ping 2>/dev/null
}

install_engine() {
  local keep
  # BuildKit inside dockerd writes OCI layouts only with containerd's image store, and its cache takes the whole disk if nothing limits it (moby issue 49826).
  keep=$(($(df --block-size=1G --output=avail /var/lib | tail -n 1) * 3 / 4))GB
  [ -e "$DAEMON_JSON" ] || act "write $DAEMON_JSON, which turns on containerd's image store and limits the cache of builds to $keep, three quarters of what is free" \
    sh -c "mkdir -p ${DAEMON_JSON%/*} && echo '{\"features\":{\"containerd-snapshotter\":true},\"builder\":{\"gc\":{\"enabled\":true,\"defaultKeepStorage\":\"$keep\"}}}' >$DAEMON_JSON"
  [ -z "$ENGINE_SUITE" ] || add_suite
  if [ "$manager" = dnf ] && ! dnf list --quiet "${ENGINE_PACKAGES[0]}" >/dev/null 2>&1; then
    fail "$EXIT_WRONG" "setup: no configured repository of $os has ${ENGINE_PACKAGES[0]}; add its vendor's repository (dnf config-manager --add-repo URL), then run setup again"
  fi
  install_packages "${ENGINE_PACKAGES[@]}"
}

# Debian's next release as a further source, pinned so low that nothing comes from it unasked.
add_suite() {
  local uri sources=/etc/apt/sources.list.d/packmill-$ENGINE_SUITE.sources pin=/etc/apt/preferences.d/packmill-$ENGINE_SUITE
  # Lists only help to find the mirror: without one the next lines say so.
  [ -n "$(apt-get indextargets)" ] || refresh_lists || true
  uri=$(debian_mirrors | head -n 1)
  [ -n "$uri" ] || fail "$EXIT_WRONG" "setup: apt has no Debian mirror configured from which to take $ENGINE_SUITE; see sources.list(5)"
  [ -e "$pin" ] || act "write $pin, so that nothing comes from $ENGINE_SUITE unless named" \
    sh -c "printf '%s\n' 'Package: *' 'Pin: release n=$ENGINE_SUITE' 'Pin-Priority: 100' >$pin"
  [ -e "$sources" ] || lists_are_new=false
  [ -e "$sources" ] || act "write $sources, the mirror's $ENGINE_SUITE" \
    sh -c "printf '%s\n' 'Types: deb' 'URIs: $uri' 'Suites: $ENGINE_SUITE' 'Components: main' 'Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg' >$sources"
}

start_engine() {
  if [ -d /run/systemd/system ]; then
    act "start docker" systemctl enable --now docker
  elif ! process_runs dockerd; then
    remove_stale_pid /var/run/docker.pid dockerd
    remove_stale_pid /var/run/docker/containerd/containerd.pid containerd
    grep -q ' /sys/fs/cgroup' /proc/mounts || act "mount the control groups" mount -t cgroup2 cgroup2 /sys/fs/cgroup
    # Its own session and no inherited files, so that it outlives make and holds none of make's locks.
    act "start dockerd, which writes to $DAEMON_LOG" \
      setsid --fork sh -c "exec dockerd </dev/null >>$DAEMON_LOG 2>&1 3>&- 4>&- 5>&- 6>&- 7>&- 8>&- 9>&-"
  fi
  $dry_run || wait_for_engine
}

process_runs() {
  grep -qsx "$1" /proc/[0-9]*/comm
}

# remove_stale_pid FILE NAME: a number left from before a reboot may be another program's by now, and stops dockerd.
remove_stale_pid() {
  [ -e "$1" ] || return 0
  [ "$(cat "/proc/$(cat "$1")/comm" 2>/dev/null)" = "$2" ] || act "remove the stale $1" rm "$1"
}

wait_for_engine() {
  local second
  for second in {1..90}; do
    if engine_answers; then return; fi
    [ "$second" -lt 5 ] || [ -d /run/systemd/system ] || process_runs dockerd || break
    sleep 1
  done
  # With systemd there is no such file; the failure itself is told below.
  tail -n 15 "$DAEMON_LOG" >&2 2>/dev/null || true
  fail "$EXIT_INFRASTRUCTURE" "setup: dockerd did not come up; its log is $DAEMON_LOG (with systemd: journalctl -u docker)"
}
