# Odoo 19: your own (ODOO_HOME) or Debian's package, unpacked in the cache through an apt of our own.
# Nothing is installed on the machine and apt's signature checks stay on; see docs/adr/0001.

DEBIAN_KEYRING=/usr/share/keyrings/debian-archive-keyring.gpg
ODOO_HINT="Set ODOO_HOME to an Odoo 19 source checkout to do without Debian's package."

ensure_odoo() {
    if [ -n "${ODOO_HOME:-}" ]; then
        use_own_odoo
    else
        ODOO_ROOT=$CACHE/odoo-19
        fetch_odoo
        ODOO_PATH=$ODOO_ROOT/usr/lib/python3/dist-packages
        ODOO_VERSION=$(cat "$ODOO_ROOT/.ok")
        ODOO_ADDONS=$REPO
    fi
    export PYTHONPATH=$ODOO_PATH
}

use_own_odoo() {
    ODOO_PATH=$(cd "$ODOO_HOME" 2>/dev/null && pwd) || die "ODOO_HOME=$ODOO_HOME is not a folder."
    if [ -d "$ODOO_PATH/usr/lib/python3/dist-packages/odoo" ]; then
        ODOO_PATH=$ODOO_PATH/usr/lib/python3/dist-packages
    fi
    [ -f "$ODOO_PATH/odoo/release.py" ] || die "There is no odoo/release.py in ODOO_HOME=$ODOO_HOME." "Give the folder that holds odoo-bin."
    ODOO_VERSION=$("$PY" -c 'import runpy, sys; r = runpy.run_path(sys.argv[1]); print(r["version"]); sys.exit(r["version_info"][:2] != (19, 0))' \
        "$ODOO_PATH/odoo/release.py") || die "ODOO_HOME holds Odoo $ODOO_VERSION; this addon needs 19.0." "Check out its branch 19.0 or unset ODOO_HOME."
    ODOO_ADDONS=$REPO
    [ ! -d "$ODOO_PATH/addons/web" ] || ODOO_ADDONS=$ODOO_PATH/addons,$REPO
    ODOO_VERSION=$ODOO_VERSION-$(printf '%s' "$ODOO_PATH" | sha256sum | cut -c1-8)
}

fetch_odoo() {
    [ -f "$ODOO_ROOT/.ok" ] && return
    command -v apt-get >/dev/null && command -v dpkg-deb >/dev/null || die "apt is not on this machine, so Debian's odoo-19 cannot be fetched." "$ODOO_HINT"
    [ -r "$DEBIAN_KEYRING" ] || die "Debian's archive keyring is missing." "apt-get install debian-archive-keyring" "$ODOO_HINT"
    step "apt indexes (private, nothing is installed)" \
        "'expired' above: the mirror is a snapshot, set Acquire::Check-Valid-Until in /etc/apt/apt.conf.d. $ODOO_HINT" prepare_apt
    step "Odoo 19 and its fonts (130 MB)" "$ODOO_HINT" download_odoo
    step "Unpack Odoo" "Is the disk full? $ODOO_HINT" unpack_odoo
}

# The address of the machine's own Debian mirror, whatever it is.
debian_mirror() {
    apt-get "$@" indextargets --format '$(ORIGIN)|$(LABEL)|$(REPO_URI)' 'Created-By: Packages' 2>/dev/null |
        awk -F'|' '$1 == "Debian" && $2 == "Debian" {print $3; exit}'
}

prepare_apt() {
    local apt=$CACHE/apt mirror
    local VERSION_CODENAME=
    . /etc/os-release
    rm -rf "$apt"
    mkdir -p "$apt/lists/partial" "$apt/machine/partial" "$apt/cache/archives/partial" "$apt/debs"
    : >"$apt/status"
    mirror=$(debian_mirror)
    if [ -z "$mirror" ]; then
        # This machine has never run `apt-get update`: read its sources into lists of our own.
        local own=(-o "Dir::State::lists=$apt/machine" -o "Dir::Cache=$apt/cache" -o APT::Sandbox::User=)
        apt-get -qq "${own[@]}" update
        mirror=$(debian_mirror "${own[@]}")
    fi
    if [ -z "$mirror" ] || [ -z "$VERSION_CODENAME" ]; then
        echo "apt's sources on this machine name no Debian mirror."
        return 1
    fi
    printf 'deb [signed-by=%s] %s %s main\n' "$DEBIAN_KEYRING" "$mirror" sid \
        "$DEBIAN_KEYRING" "$mirror" "$VERSION_CODENAME" >"$apt/sources.list"
    cat >"$apt/apt.conf" <<CONF
Dir::Etc::sourcelist "$apt/sources.list";
Dir::Etc::sourceparts "/dev/null";
Dir::Etc::preferences "/dev/null";
Dir::Etc::preferencesparts "/dev/null";
Dir::State::lists "$apt/lists";
Dir::State::status "$apt/status";
Dir::Cache "$apt/cache";
Acquire::Languages "none";
APT::Sandbox::User "";
APT::Default-Release "$VERSION_CODENAME";
CONF
    APT_CONFIG=$apt/apt.conf apt-get -qq update
}

# Fonts and scripts that the package links to come from the machine's own suite, except the one that is only in sid.
download_odoo() {
    cd "$CACHE/apt/debs"
    APT_CONFIG=$CACHE/apt/apt.conf apt-get -qq download odoo-19/sid fonts-montserrat/sid libjs-jquery libjs-jquery-form \
        libjs-underscore fonts-font-awesome fonts-inconsolata fonts-roboto-unhinted fonts-ocr-b fonts-dejavu-core
    local package version
    package=$(echo odoo-19_*.deb)
    version=$(dpkg-deb --field "$package" Version)
    case $version in
        19.0*) ;;
        *) echo "Debian has Odoo $version now, this addon needs 19.0."; return 1 ;;
    esac
}

unpack_odoo() {
    local debs=$CACHE/apt/debs new=$ODOO_ROOT.new deb
    rm -rf "$new"
    mkdir "$new"
    # Left out: a second copy of the addons, the metadata that confuses pip, and all languages but German and Arabic.
    dpkg-deb --fsys-tarfile "$debs"/odoo-19_*.deb | tar -x -C "$new" --no-same-owner \
        --exclude='./usr/lib/python3/dist-packages/addons' --exclude='./usr/lib/python3/dist-packages/odoo-*.egg-info' \
        --exclude='*/i18n/[b-ce-z]*.po' --exclude='*/i18n/a[a-qs-z]*.po' --exclude='*/i18n/d[a-df-z]*.po'
    for deb in "$debs"/fonts-*.deb "$debs"/libjs-*.deb; do
        dpkg-deb --fsys-tarfile "$deb" | tar -x -C "$new" --no-same-owner ./usr/share
    done
    # Debian leaves this library out, but Odoo's assets name it: without a file, pages log an error and tours fail.
    local lib=$new/usr/lib/python3/dist-packages/odoo/addons/mail/static/lib/selfie_segmentation
    mkdir -p "$lib"
    [ -f "$lib/selfie_segmentation.js" ] || echo '/* not part of the Debian package */' >"$lib/selfie_segmentation.js"
    dpkg-deb --field "$debs"/odoo-19_*.deb Version >"$new/.ok"
    rm -rf "$ODOO_ROOT" "$debs"
    mv "$new" "$ODOO_ROOT"
}

# odoo COMMAND…: Odoo's own command line with this checkout's configuration.
odoo() {
    local command=$1
    shift
    (cd "$CACHE/tmp" && exec "$PY" -m odoo "$command" -c "$ODOO_CONF" "$@")
}

# quiet_odoo DB…: one that works on a database and ends, without web server and scheduled jobs.
quiet_odoo() {
    local db=$1
    shift
    odoo server -d "$db" --no-http --max-cron-threads=0 --stop-after-init --log-level=warn "$@"
}
