# shellcheck shell=bash
# What the host scripts share. Sourced, never run.

# Exit statuses, everywhere in Packmill: 1 the input is wrong and a retry is useless, 2 wrong usage,
# 75 (EX_TEMPFAIL in sysexits.h) infrastructure: a retry may help.
readonly EXIT_WRONG=1 EXIT_USAGE=2 EXIT_INFRASTRUCTURE=75
export EXIT_WRONG EXIT_USAGE EXIT_INFRASTRUCTURE

say() {
  printf 'packmill: %s\n' "$*" >&2
}

# fail STATUS MESSAGE…
fail() {
  local status=$1
  shift
  say "$@"
  exit "$status"
}

# Prints the comment block at the top of the running script: each script's help is written once, in its head.
print_help() {
  sed -n '2,/^[^#]/{s/^# \{0,1\}//p}' "$0"
}

# need_value OPTION COUNT: an option at the end of the line has lost its value.
need_value() {
  [ "$2" -ge 2 ] || fail "$EXIT_USAGE" "$1 needs a value; see ${0##*/} --help"
}

# debian_arch linux/arm64 → arm64
debian_arch() {
  case $1 in
    linux/amd64) echo amd64 ;;
    linux/arm64 | linux/arm64/v8) echo arm64 ;;
    linux/arm/v7) echo armhf ;;
    linux/arm/v5) echo armel ;;
    linux/386) echo i386 ;;
    linux/mips64le) echo mips64el ;;
    linux/ppc64le) echo ppc64el ;;
    linux/s390x | linux/riscv64) echo "${1#linux/}" ;;
    *) fail "$EXIT_USAGE" "unknown platform \"$1\"; known are linux/amd64, arm64, arm/v7, arm/v5, 386, mips64le, ppc64le, s390x and riscv64" ;;
  esac
}

# platform_of arm64 → linux/arm64: the way back.
platform_of() {
  case $1 in
    armhf) echo linux/arm/v7 ;;
    armel) echo linux/arm/v5 ;;
    i386) echo linux/386 ;;
    mips64el) echo linux/mips64le ;;
    ppc64el) echo linux/ppc64le ;;
    amd64 | arm64 | s390x | riscv64) echo "linux/$1" ;;
    *) fail "$EXIT_USAGE" "unknown Debian architecture \"$1\"" ;;
  esac
}

# runs_here ARCH: whether this machine executes programs of a Debian architecture, also inside a container.
# An emulator registered without the F flag is looked up inside the container, where it is not.
runs_here() {
  local registered
  command -v arch-test >/dev/null && arch-test "$1" >/dev/null 2>&1 || return 1
  registered=/proc/sys/fs/binfmt_misc/qemu-$(qemu_cpu "$1")
  [ ! -e "$registered" ] || grep -q '^flags:.*F' "$registered"
}

# qemu_cpu arm64 → aarch64, QEMU's name for it.
qemu_cpu() {
  case $1 in
    arm64) echo aarch64 ;;
    armhf | armel) echo arm ;;
    amd64) echo x86_64 ;;
    ppc64el) echo ppc64le ;;
    *) echo "$1" ;;
  esac
}

# find_docker: prints the first docker client whose buildx works: $DOCKER, else those on PATH in order (an old
# client in front must not hide a good one).
find_docker() {
  local client
  while read -r client; do
    if "$client" buildx version >/dev/null 2>&1; then
      echo "$client"
      return
    fi
  done < <(if [ -n "${DOCKER:-}" ]; then echo "$DOCKER"; else type -ap docker; fi)
  return 1
}

# builder_answers DOCKER: whether buildx reaches the engine (or the builder that BUILDER names). Its exit status
# says nothing: an engine that is gone is an "Error:" line and 0.
builder_answers() {
  local inspected
  inspected=$("$1" buildx inspect ${BUILDER:+"$BUILDER"} 2>/dev/null) || return 1
  grep -q '^Status: *\(running\|inactive\)' <<<"$inspected"
}

# The addresses of the Debian archive that this machine's apt uses, one a line; none where apt has no Debian.
debian_mirrors() {
  command -v apt-get >/dev/null || return 0
  local address
  while read -r address; do
    case $address in
      mirror+file:*) sed -n 's/^\([a-z]*:[^[:space:]]*\).*/\1/p' "${address#mirror+file:}" ;;
      *) echo "$address" ;;
    esac
  done < <(debian_repositories) | sed 's|/*$||' | awk '!seen[$0]++'
}

debian_repositories() {
  local known VERSION_CODENAME=none
  # shellcheck disable=SC2016 # apt fills these in
  known=$(apt-get indextargets --format '$(ORIGIN)|$(LABEL)|$(REPO_URI)' 'Created-By: Packages' | sed -n 's/^Debian|Debian|//p')
  if [ -z "$known" ]; then
    # Before the first "apt-get update" apt knows only what is in its sources.
    # shellcheck disable=SC1091
    . /etc/os-release
    known=$(apt-get update --print-uris 2>/dev/null | sed -n "s|^'\(.*\)/dists/$VERSION_CODENAME/InRelease'.*|\1|p")
  fi
  printf '%s\n' "$known"
}
