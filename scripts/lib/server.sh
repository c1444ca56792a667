# A web server on a database: started in the background, known by a file that names its process and port.

server_file() { printf '%s' "$CACHE/run/$1"; }

# server_port DB: the port of the server that runs on this database, or failure.
server_port() {
    local file pid port
    file=$(server_file "$1")
    [ -f "$file" ] || return 1
    read -r pid port <"$file"
    if [ ! -r "/proc/$pid/cmdline" ] || ! tr '\0' ' ' <"/proc/$pid/cmdline" | grep -q -- "-d $1 "; then
        rm -f "$file"
        return 1
    fi
    printf '%s' "$port"
}

# Without internet, the address book's autocompletion would fill the log: it is not what is looked at here.
# start_server DB PORT: leaves the process in SERVER_PID and returns when the login page answers.
start_server() {
    local db=$1 port=$2 waited=0
    mkdir -p "$CACHE/run"
    # Printed documents fetch their style sheets from the server, wherever it listens.
    psql -d "$db" -qc "INSERT INTO ir_config_parameter (key, value) VALUES ('report.url', 'http://127.0.0.1:$port')
        ON CONFLICT (key) DO UPDATE SET value = EXCLUDED.value"
    (cd "$CACHE/tmp" && exec "$PY" -m odoo server -c "$ODOO_CONF" -d "$db" --db-filter="^$db\$" --http-port "$port" \
        --max-cron-threads=1 --log-level=warn --log-handler=odoo.addons.iap:CRITICAL \
        --log-handler=odoo.addons.partner_autocomplete:ERROR 9>&-) &
    SERVER_PID=$!
    printf '%s %s\n' "$SERVER_PID" "$port" >"$(server_file "$db")"
    until "$PY" -c 'import sys, urllib.request; urllib.request.urlopen(sys.argv[1], timeout=60)' "http://127.0.0.1:$port/web/login" 2>/dev/null; do
        kill -0 "$SERVER_PID" 2>/dev/null || die "The server ended while starting." "Read the lines above; ./dev db drop $db makes the next ./dev run start afresh."
        waited=$((waited + 1))
        [ $waited -lt 240 ] || die "The server does not answer on port $port." "Is the machine very busy? ./dev stop and a new try."
        sleep 0.5
    done
}

stop_server() {
    [ -n "${SERVER_PID:-}" ] || return 0
    kill "$SERVER_PID" 2>/dev/null || true
    wait "$SERVER_PID" 2>/dev/null || true
    SERVER_PID=
}
