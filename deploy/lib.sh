# Shared by the scripts in deploy/ and Tests/: where things are and how they speak. Source it, don't run it.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
run_dir="$root/.run"
certificates="$run_dir/certificates"
build_flags=(-c release -Xswiftc -enable-testing) # one configuration for everything, so dependencies compile once
bin_dir="$root/.build/release"

say() { printf '\033[1m==> %s\033[0m\n' "$*"; }
die() {
    printf 'error: %s\n' "$*" >&2
    exit 1
}

# Debian packages that building, running and testing need.
debian_packages=(
    libssl-dev libprotobuf-c-dev libopenblas-dev libxgboost-dev zlib1g-dev pkg-config
    protobuf-c-compiler protobuf-compiler openssl curl python3 python3-pip python3-venv
)

install_packages() {
    local missing=() package
    for package in "${debian_packages[@]}"; do
        dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
    done
    [ ${#missing[@]} -eq 0 ] && return
    local as_root=()
    if [ "$(id -u)" -ne 0 ]; then
        sudo -n true 2>/dev/null || die "these Debian packages are missing; install them and run this again:
  sudo apt-get update && sudo apt-get install -y ${missing[*]}"
        as_root=(sudo -n)
    fi
    say "installing Debian packages: ${missing[*]}"
    "${as_root[@]}" apt-get update -qq || die "apt-get cannot read its package lists: check the network and /etc/apt/sources.list"
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "${missing[@]}" >/dev/null ||
        die "apt-get could not install ${missing[*]}: its message above says why"
}

require_swift() {
    command -v swift >/dev/null || die "no swift on the PATH: install Swift 6.2 or newer from https://www.swift.org/install/linux/"
    local version
    version=$(swift --version 2>/dev/null | sed -n 's/.*Swift version \([0-9]*\.[0-9]*\).*/\1/p')
    [ "$(printf '%s\n6.2\n' "$version" | sort -V | head -1)" = 6.2 ] || die "Swift $version is too old: Tocsin needs 6.2 or newer"
}

services=(parser embedding classifier edge)

# True while the service that deploy/up started under that name lives.
is_running() {
    local pid
    pid=$(cat "$run_dir/$1.pid" 2>/dev/null) || return 1
    [ "$(readlink "/proc/$pid/exe" 2>/dev/null | sed 's/ (deleted)$//')" = "$(readlink -f "$bin_dir/tocsin-$1")" ]
}
