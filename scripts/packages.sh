# SPDX-License-Identifier: MIT
# shellcheck shell=sh disable=SC2034 # the lists are for the script that reads this in
# Read in by scripts/demo and scripts/test: sees to it that the build has what it needs. Debian and
# its relatives are served by name; elsewhere the names say what to look for.

build_packages="gcc libc6-dev meson ninja-build pkg-config libyaml-dev libcjson-dev zlib1g-dev libminizip-dev libseccomp-dev libsodium-dev check"
test_packages="g++ make python3 clang-format binutils cppcheck shellcheck node-acorn node-ajv libssl-dev openssl"
# Other packages of Node.js than Debian's bring the headers.
[ -e /usr/include/node/node_api.h ] || test_packages="$test_packages libnode-dev"
bench_packages="g++ valgrind libjansson-dev rapidjson-dev libsimdjson-dev nlohmann-json3-dev nodejs default-jdk-headless libjackson2-databind-java"
package_packages="debhelper dpkg-dev debootstrap lintian"
browser_packages="chromium fonts-dejavu-core"

package_is_installed() {
    [ "$(dpkg-query --show --showformat='${db:Status-Status}' "$1" 2>/dev/null)" = installed ]
}

install_packages() {
    apt-get update &&
        DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends "$@"
}

# Installs those of the named packages that are missing; says nothing when none is.
need_packages() {
    if ! command -v dpkg-query >/dev/null 2>&1; then
        command -v meson >/dev/null 2>&1 && command -v ninja >/dev/null 2>&1 && return 0
        echo "This is no Debian system. Please install what these packages hold: $*" >&2
        exit 3
    fi
    missing=
    for package in "$@"; do
        package_is_installed "$package" || missing="$missing $package"
    done
    [ -z "$missing" ] && return 0

    if [ "$(id -u)" -ne 0 ]; then
        echo "These packages are missing; please install them as root:" >&2
        echo "    apt-get install$missing" >&2
        exit 3
    fi
    echo "Installing missing packages:$missing"
    log=$(mktemp)
    # shellcheck disable=SC2086 # a list of names
    if ! install_packages $missing >"$log" 2>&1; then
        cat "$log" >&2
        rm -f "$log"
        echo "apt-get could not install:$missing" >&2
        exit 3
    fi
    rm -f "$log"
}

# A build directory, set up once: configure_build DIRECTORY [meson setup options]
configure_build() {
    directory=$1
    shift
    if [ ! -f "$directory/build.ninja" ]; then
        rm -rf "$directory"
        meson setup "$@" "$directory" >"$directory.log" 2>&1 || {
            cat "$directory.log" >&2
            rm -f "$directory.log"
            return 1
        }
        mv "$directory.log" "$directory/setup.log"
    fi
}
