# shellcheck shell=bash
# shellcheck disable=SC2154,SC2034 # these files share their variables
# Part of scripts/fetch: one address at a time. Nothing but the wanted file ever gets the name OUTFILE.

matches() {
  [ -f "$1" ] && [ "$(sha256sum <"$1")" = "$sha256  -" ]
}

# An address as it may be shown: without a password.
shown() {
  printf '%s\n' "$1" | sed 's|//[^/@]*@|//…@|'
}

# reject ADDRESS REASON: remembered for the one message at the end.
reject() {
  tried+=$'\n'"  $(shown "$1"): $2"
}

# Succeeds when $part is the wanted file, now OUTFILE; else removes it.
accept() {
  if matches "$part"; then
    chmod 644 "$part"
    mv "$part" "$out"
    rm -f "$lock"
    exit 0
  fi
  [ ! -f "$part" ] || actual=$(sha256sum <"$part")
  rm -f "$part"
  return 1
}

reject_wrong() {
  wrong=true
  reject "$1" "delivered a file with sha256 ${actual%% *}"
}

copy() {
  if [ ! -f "$1" ]; then
    reject "$1" "no such file"
  elif ! cp "$1" "$part"; then
    reject "$1" "could not be copied"
  else
    accept || reject_wrong "$1"
  fi
}

# download ADDRESS CURL-OPTION…: continues a partial file; starts over once when the server cannot continue or
# the pieces do not fit together.
download() {
  local address=$1 status code error resumed attempt
  shift
  # Without a checksum nothing would tell that the pieces of two files do not fit together.
  $pinned || rm -f "$part"
  for attempt in 1 2 3 4; do
    resumed=$([ -s "$part" ] && echo true || echo false)
    status=0
    code=$(curl --silent --show-error --fail --location --globoff --proto =http,https --connect-timeout "${FETCH_PATIENCE:-30}" \
      --speed-limit 1000 --speed-time "${FETCH_PATIENCE:-30}" ${CA_BUNDLE:+--cacert "$CA_BUNDLE"} "$@" \
      --continue-at - --output "$part" --write-out '%{http_code}' "$address" 2>"$part.error") || status=$?
    error=$(tail -n 1 "$part.error" | tr -d '\r' | sed 's/^curl: //') && rm -f "$part.error"
    if [ $status = 0 ]; then
      accept || $resumed || { reject_wrong "$address" && return; }
    elif [ $status = 33 ] || [ "$code" = 416 ]; then
      rm -f "$part"
    else
      # Only a server that answered and then failed is worth another attempt: not one that says no or is not there.
      [[ $code = 000 || $code = 40[0-7] || $code = 41* || $attempt = 4 ]] && break
      sleep "$attempt"
    fi
  done
  reject "$address" "${error:-no usable answer}"
}

try() {
  local mirrors base proxy=''
  case $1 in
    http://* | https://*)
      say "fetching $name from $(shown "$1")"
      download "$@"
      ;;
    debian:*)
      mapfile -t mirrors < <(debian_mirrors)
      [ ${#mirrors[@]} -gt 0 ] || reject "$1" "needs a machine whose apt has a Debian mirror, or SOURCE_MIRROR"
      eval "$(apt-config shell proxy Acquire::http::Proxy 2>/dev/null)"
      for base in "${mirrors[@]}"; do
        try "$base/${1#debian:}" ${proxy:+--proxy "$proxy"}
      done
      ;;
    matrix:*) copy "matrix/${1#matrix:}" ;;
    file://*) copy "${1#file://}" ;;
    *) copy "$1" ;;
  esac
}
