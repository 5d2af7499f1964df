# shellcheck shell=bash
# shellcheck disable=SC2154,SC2034 # these files share their variables
# Part of scripts/setup: emulators for the platforms this machine cannot run itself.

readonly BINFMT=/proc/sys/fs/binfmt_misc
readonly I386_MAGIC=':qemu-i386:M::\x7fELF\x01\x01\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x02\x00\x03\x00:\xff\xff\xff\xff\xff\xfe\xfe\x00\xff\xff\xff\xff\xff\xff\xff\xff\xfe\xff\xff\xff'

# setup_emulators PLATFORM…
setup_emulators() {
  local platform arch
  for platform in "$@"; do
    arch=$(debian_arch "$platform")
    runs_here "$arch" && continue
    install_emulator_packages
    # Installing may have registered it (systemd-binfmt, binfmt-support).
    runs_here "$arch" && continue
    register_emulator "$platform" "$arch"
  done
}

install_emulator_packages() {
  local missing=()
  command -v arch-test >/dev/null || missing+=("${ARCH_TEST_PACKAGES[@]}")
  compgen -G '/usr/lib/binfmt.d/qemu-*.conf' >/dev/null || missing+=("${EMULATOR_PACKAGES[@]}")
  [ ${#missing[@]} -eq 0 ] || install_packages "${missing[@]}"
}

# Has the kernel run programs of a platform by QEMU, as systemd-binfmt does.
register_emulator() {
  local platform=$1 arch=$2 cpu
  cpu=$(qemu_cpu "$arch")
  [ -e "$BINFMT/register" ] ||
    act "mount binfmt_misc, where the kernel keeps its list of emulators" mount -t binfmt_misc binfmt_misc "$BINFMT"
  [ ! -e "$BINFMT/qemu-$cpu" ] ||
    act "remove the emulator for $platform that does not work inside containers" sh -c "echo -1 >$BINFMT/qemu-$cpu"

  act "register QEMU as the emulator for $platform" sh -c "$(emulator_line "$cpu") >$BINFMT/register"
  $dry_run || runs_here "$arch" ||
    fail "$EXIT_INFRASTRUCTURE" "setup: $platform programs still do not run here; \"arch-test $arch\" and \"cat $BINFMT/qemu-$cpu\" tell more"
}

# emulator_line CPU: the command that prints what the kernel is told: the line that the distribution's own QEMU package
# ships. That for amd64 ships none of i386, whose programs its processor runs; but not every kernel lets it, so this one
# is here (as in QEMU's scripts/qemu-binfmt-conf.sh). The F flag makes the kernel open the emulator now, so that
# containers need no copy of it.
emulator_line() {
  local conf emulator
  # Not every file that begins so: qemu-armeb.conf is for another processor.
  conf=/usr/lib/binfmt.d/qemu-$1.conf
  [ -e "$conf" ] || conf=/usr/lib/binfmt.d/qemu-$1-static.conf
  if [ "$1" = i386 ] && [ ! -e "$conf" ]; then
    emulator=$(command -v qemu-i386-static || command -v qemu-i386 || echo /usr/bin/qemu-i386-static)
    echo "printf %s '$I386_MAGIC:$emulator:OPF'"
  else
    echo "sed -n '/^:/{/:[A-Z]*F[A-Z]*\$/!s/\$/F/;p}' $conf"
  fi
}
