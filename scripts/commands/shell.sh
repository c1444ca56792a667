# shell [--db NAME]              Odoo's Python shell; runs a script given on standard input
#
# Without --db it opens the demo database. Changes are kept only after env.cr.commit().
#
#   ./dev shell < script.py

cmd_shell() {
    local db=''
    while [ $# -gt 0 ]; do
        case $1 in
            --db) db=$(option_value "$@"); shift 2 ;;
            *) die "shell does not know '$1'." "See ./dev shell --help." ;;
        esac
    done
    setup
    db=${db:-$(demo_name)}
    check_db_name "$db"
    if [ "$db" = "$(demo_name)" ]; then
        # Its output must not mix with the script's, and a running server is no reason to refuse a look.
        server_port "$db" >/dev/null || ensure_demo "$db"
    fi
    db_exists "$db" || die "There is no database $db." "./dev db create $db makes it."
    unlock
    odoo shell -d "$db" --no-http --max-cron-threads=0 --log-level=warn
}
