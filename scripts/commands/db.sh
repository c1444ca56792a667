# db create NAME [--no-demo] | db drop NAME | db list     databases of your own
#
#   ./dev db create NAME             with the addon and demo data
#   ./dev db create NAME --no-demo   with the addon, without demo data
#   ./dev db drop NAME               removes the database and its files
#   ./dev db list                    names, and the checkout that made each

cmd_db() {
    local action=${1:-} name=${2:-} demo=demo
    case $action in
        create | drop) check_db_name "$name" ;;
        list) ;;
        *) die "db needs create, drop or list." "See ./dev db --help." ;;
    esac
    case ${3:-} in
        '') ;;
        --no-demo) demo='' ;;
        *) die "db create does not know '$3'." "See ./dev db --help." ;;
    esac
    setup
    "db_$action" "$name" "$demo"
}

db_create() {
    if db_exists "$1"; then die "The database $1 exists." "./dev db drop $1 removes it."; fi
    ensure_template "$2"
    step "Database $1: install $MODULE" "Mend what the log names." "install_${2:-addon}" "$1" "$TEMPLATE"
    show_problems
    db_set_stamp "$1" "$(addon_hash)"
    say "./dev run --db $1 serves it."
}

db_list() {
    sql postgres "SELECT rpad(datname, 30) || ' ' || coalesce(shobj_description(oid, 'pg_database'), '') FROM pg_database
        WHERE NOT datistemplate AND datname != 'postgres' ORDER BY datname"
}
