# shellcheck shell=bash
# To be sourced by scripts that need programs or rights: finds out which programs and libraries are missing and installs the
# Debian packages that hold them; runs commands where they may make network namespaces. The script defines die MESSAGE, which
# ends it.

readonly OLDEST_JAVA=17

is_root() { [ "$(id -u)" = 0 ]; }

# Root of the machine, or of a container, but not of a user namespace.
is_real_root() { is_root && [ "$(awk '{print $3; exit}' /proc/self/uid_map)" = 4294967295 ]; }

# Only a file will do: what the shell has built in, others can't start.
has() { PATH=$PATH:/usr/sbin:/sbin type -P "$1" >/dev/null; }

java_program() { if [ -n "${JAVA_HOME:-}" ]; then echo "$JAVA_HOME/bin/$1"; else echo "$1"; fi; }

java_is_new_enough() {
    local version
    has "$(java_program "$1")" || return 1
    version=$("$(java_program "$1")" -version 2>&1 | sed -n '1s/[^0-9]*\([0-9]*\).*/\1/p')
    [ "${version:-0}" -ge $OLDEST_JAVA ]
}

is_there() {
    case $1 in
    java | javac) java_is_new_enough "$1" ;;
    lib*.so.*) PATH=$PATH:/sbin ldconfig -p | grep -q "^[[:space:]]$1 " ;;
    *) has "$1" ;;
    esac
}

packages_of() {
    case $1 in
    java | javac) echo openjdk-17-jdk-headless ;;
    mvn) echo maven ;;
    ip | tc) echo iproute2 ;;
    nsenter | unshare | setpriv) echo util-linux ;;
    kill) echo procps ;;
    gcc) echo gcc libc6-dev ;;
    nft) echo nftables ;;
    libbpf.so.1) echo libbpf1 ;;
    llvm-strip-14) echo llvm-14 ;;
    *) echo "$1" ;;
    esac
}

missing_packages() { # PROGRAM...
    local program
    for program in "$@"; do
        is_there "$program" || packages_of "$program"
    done
}

# Installs what is missing, or ends the script with the packages that somebody else has to install.
require() { # yes|no PROGRAM...: whether installing is allowed
    local allowed=$1 packages
    shift
    packages=$(missing_packages "$@" | tr ' ' '\n' | sort -u | tr '\n' ' ')
    [ -n "$packages" ] || return 0
    if [ "$allowed" = no ] || ! is_real_root || ! has apt-get; then
        die "these Debian packages are missing: ${packages% }. Install them (as root: apt-get install $packages) and try again."
    fi
    echo "Installing: $packages"
    install_packages "$packages"
}

install_packages() {
    # Of lighttpd only the program is wanted, not a server on port 80.
    local policy=/usr/sbin/policy-rc.d
    if [ -e $policy ]; then
        policy=
    else
        printf '#!/bin/sh\nexit 101\n' >$policy
        chmod +x $policy
        trap 'rm -f /usr/sbin/policy-rc.d' EXIT
    fi
    local log
    log=$(mktemp)
    # shellcheck disable=SC2086
    if ! { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends $1; } >"$log" 2>&1 </dev/null; then
        tail -5 "$log" >&2
        die "apt-get can't install $1(the whole story: $log). Install them by hand and try again."
    fi
    rm -f "$log"
    if [ -n "$policy" ]; then
        rm -f "$policy"
        trap - EXIT
    fi
}

may_make_user_namespaces() { unshare --user --map-root-user --mount --net true 2>/dev/null; }

# Runs a command where it may make network namespaces and keep them in /run: as root as it is, otherwise as root of a user
# namespace with a /run of its own. Doesn't come back.
with_rights() {
    local own_run='mount -t tmpfs -o mode=755 tmpfs /run && exec "$@"'
    if ! is_root; then
        exec unshare --user --map-root-user --mount --propagation private -- bash -c "$own_run" bash "$@"
    elif ! is_real_root || [ ! -w /run ]; then
        exec unshare --mount --propagation private -- bash -c "$own_run" bash "$@"
    else
        exec "$@"
    fi
}
