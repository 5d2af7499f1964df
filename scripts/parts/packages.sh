# shellcheck shell=bash
# shellcheck disable=SC2154,SC2034 # these files share their variables
# Part of scripts/setup: what is installed, by which package manager.

# COMMAND-OR-FILE:PACKAGE, installed where the first is missing. Every family has these names unless choose_packages says otherwise.
TOOLS=(curl:curl xz:xz-utils tar:tar flock:util-linux sha256sum:coreutils /etc/ssl/certs:ca-certificates)
BOOTSTRAP_TOOLS=(mmdebstrap:mmdebstrap gpgv:gpgv)
PUBLISH_TOOLS=(aptly:aptly apt-get:apt createrepo_c:createrepo-c diffoscope:diffoscope-minimal dnf:dnf rpmsign:rpm gpg:gnupg flock:util-linux rclone:rclone)
TEST_TOOLS=(shellcheck:shellcheck chromium:chromium /usr/share/fonts/truetype/dejavu:fonts-dejavu-core ninja:ninja-build rpmbuild:rpm docker-registry:docker-registry dpkg-deb:dpkg jq:jq systemd-analyze:systemd crontab:cron)
# Programs of other architectures, and how to tell whether they run.
EMULATOR_PACKAGES=(qemu-user-static)
ARCH_TEST_PACKAGES=(arch-test)
# The engine with its client, and buildx alone for an engine that is already there.
ENGINE_PACKAGES=() BUILDX_PACKAGES=()
# A later Debian release from which the engine comes; empty where the distribution has all of it.
ENGINE_SUITE=
lists_are_new=false

choose_packages() {
  local ID='' VERSION_ID=''
  # shellcheck disable=SC1090 # a setting, so that a test can be another distribution
  . "${OS_RELEASE:-/etc/os-release}"
  os="$ID ${VERSION_ID:-}" manager=apt
  case "$ID ${VERSION_ID%%.*}" in
    'debian 12')
      # Its docker.io is 20.10 and it has no buildx. These three alone leave libc, runc and iptables as they are.
      ENGINE_SUITE=trixie
      ENGINE_PACKAGES=(docker.io/trixie docker-cli/trixie docker-buildx/trixie iptables)
      BUILDX_PACKAGES=(docker-buildx/trixie)
      ;;
    debian*)
      ENGINE_PACKAGES=(docker.io docker-cli docker-buildx iptables) BUILDX_PACKAGES=(docker-buildx)
      EMULATOR_PACKAGES=(qemu-user-binfmt)
      ;;
    ubuntu*)
      ENGINE_PACKAGES=(docker.io docker-buildx iptables) BUILDX_PACKAGES=(docker-buildx)
      BOOTSTRAP_TOOLS+=(/usr/share/keyrings/debian-archive-keyring.gpg:debian-archive-keyring)
      ;;
    fedora*)
      manager=dnf ENGINE_PACKAGES=(moby-engine docker-cli docker-buildx) BUILDX_PACKAGES=(docker-buildx)
      ;;
    rhel* | rocky* | almalinux* | centos*)
      # The distribution has no engine; these are the vendor's names, once its repository is configured.
      manager=dnf ENGINE_PACKAGES=(docker-ce docker-ce-cli docker-buildx-plugin) BUILDX_PACKAGES=(docker-buildx-plugin)
      ;;
    *) manager=unknown ;;
  esac
  if [ "$manager" = dnf ]; then
    TOOLS=("${TOOLS[@]/xz-utils/xz}")
    BOOTSTRAP_TOOLS=(mmdebstrap:mmdebstrap gpgv:gnupg2 /usr/share/keyrings/debian-archive-keyring.gpg:debian-keyring)
    PUBLISH_TOOLS=(aptly:aptly apt-get:apt createrepo_c:createrepo_c diffoscope:diffoscope dnf:dnf rpmsign:rpm-sign gpg:gnupg2 flock:util-linux rclone:rclone)
    TEST_TOOLS=("${TEST_TOOLS[@]/:shellcheck/:ShellCheck}")
    TEST_TOOLS=("${TEST_TOOLS[@]/:rpm/:rpm-build}")
    TEST_TOOLS=("${TEST_TOOLS[@]/*:fonts-dejavu-core//usr/share/fonts/dejavu-sans-fonts:dejavu-sans-fonts}")
    TEST_TOOLS=("${TEST_TOOLS[@]/%:cron/:cronie}")
    ARCH_TEST_PACKAGES=()
  fi
}

setup_tools() {
  local tool missing=() wanted=("${TOOLS[@]}")
  ! $bootstrap || wanted+=("${BOOTSTRAP_TOOLS[@]}")
  ! $publish || wanted+=("${PUBLISH_TOOLS[@]}")
  ! $tests || wanted+=("${TEST_TOOLS[@]}")
  for tool in "${wanted[@]}"; do
    command -v "${tool%%:*}" >/dev/null || [ -e "${tool%%:*}" ] || missing+=("${tool##*:}")
  done
  [ ${#missing[@]} -eq 0 ] || install_packages "${missing[@]}"
}

install_packages() {
  local attempt
  [ "$manager" != unknown ] ||
    fail "$EXIT_WRONG" "setup: does not know how to install packages on \"$os\"; install what scripts/doctor names by hand"
  [[ $os = 'debian 12' || $os = 'debian 13' ]] || echo "packmill setup: this way of installing on $os is untested"
  if [ "$manager" = dnf ]; then
    act "install $*" dnf install --assumeyes --setopt=install_weak_deps=False "$@" ||
      fail "$EXIT_INFRASTRUCTURE" "setup: dnf could not install $*"
    return
  fi

  # A new machine has no package lists, and a mirror that is being updated refuses for some minutes.
  for attempt in 1 2 3 4; do
    if [ "$attempt" -gt 1 ] || ! { $lists_are_new || apt_knows "$@"; }; then
      refresh_lists || { sleep $((attempt * 10)) && continue; }
    fi
    act "install $*" env DEBIAN_FRONTEND=noninteractive apt-get install --yes --quiet --no-install-recommends \
      -o DPkg::Lock::Timeout=300 -o Dpkg::Use-Pty=0 "$@" && return
  done
  fail "$EXIT_INFRASTRUCTURE" "setup: apt could not install $* in four attempts; its own messages are above"
}

refresh_lists() {
  act "refresh apt's package lists" apt-get update && lists_are_new=true
}

# Whether every PACKAGE or PACKAGE/SUITE is in apt's lists. --simulate needs no root.
apt_knows() {
  apt-get install --simulate --quiet "$@" >/dev/null 2>&1
}
