# Databases. Installing the dependencies takes a minute or two, so it is done once in a template that is then cloned.
#   kam_deps_<hash>        what the addon depends on, no demo data     (kam_deps_<hash>_demo: with Odoo's demo data;
#                          kam_deps_<another hash>: with the neighbouring modules of scripts/neighbours)
#   kam_demo               the demo; kam_demo_<checkout> when another checkout has that name
#   kam_test_<checkout>    the test database, made afresh by each ./dev test (…_neighbours: with neighbouring modules)
# What a database holds is written in its comment: "<hash of the addon's files> <checkout's path>".

sql() { psql -d "$1" -Atqc "$2"; }

db_exists() { [ "$(sql postgres "SELECT 1 FROM pg_database WHERE datname = '$1'")" = 1 ]; }

check_db_name() {
    case $1 in
        '' | *[!A-Za-z0-9_.-]* | [!A-Za-z0-9]*) die "'$1' cannot be a database's name." "Use letters, digits, _ . and -." ;;
    esac
}

db_stamp() { sql postgres "SELECT split_part(shobj_description(oid, 'pg_database'), ' ', 1) FROM pg_database WHERE datname = '$1'"; }

db_owner() { sql postgres "SELECT substr(shobj_description(oid, 'pg_database'), strpos(shobj_description(oid, 'pg_database'), ' ') + 1) FROM pg_database WHERE datname = '$1'"; }

db_set_stamp() { sql postgres "COMMENT ON DATABASE \"$1\" IS '$2 ${REPO//\'/\'\'}'"; }

db_drop() {
    dropdb --if-exists --force "$1" 2>/dev/null || dropdb --if-exists "$1"
    rm -rf "${DATA_DIR:?}/filestore/$1"
}

db_clone() {
    local source=$1 target=$2 store=$DATA_DIR/filestore
    db_drop "$target"
    createdb -T "$source" --strategy=file_copy "$target" 2>/dev/null || createdb -T "$source" "$target"
    [ ! -d "$store/$source" ] || cp -al "$store/$source" "$store/$target" 2>/dev/null || cp -a "$store/$source" "$store/$target"
}

db_rename() {
    sql postgres "ALTER DATABASE \"$1\" RENAME TO \"$2\""
    rm -rf "${DATA_DIR:?}/filestore/$2"
    [ ! -d "$DATA_DIR/filestore/$1" ] || mv "$DATA_DIR/filestore/$1" "$DATA_DIR/filestore/$2"
}

depends() {
    "$PY" -c 'import ast, sys; print(",".join(ast.literal_eval(open(sys.argv[1]).read())["depends"]))' "$REPO/$MODULE/__manifest__.py"
}

# Modules the addon does without and makes use of where they are: "modules" in scripts/neighbours, separated by commas.
neighbours() { sed -n 's/^modules: *//p' "$SCRIPTS/neighbours" | tr -s ' ' ','; }

# ensure_template [demo|neighbours]: leaves the template's name in TEMPLATE.
ensure_template() {
    local modules demo=() title="Database of the dependencies (once)"
    modules=$(depends)
    if [ "${1:-}" = neighbours ]; then
        modules=$modules,$(neighbours)
        title="Database with neighbouring modules (once)"
    fi
    TEMPLATE=kam_deps_$(printf '%s' "$modules $ODOO_VERSION $DATA_DIR" | sha256sum | cut -c1-8)
    if [ "${1:-}" = demo ]; then
        TEMPLATE=${TEMPLATE}_demo
        demo=(--with-demo)
        title="Database of the dependencies with demo data (once)"
    fi
    if db_exists "$TEMPLATE" && [ -d "$DATA_DIR/filestore/$TEMPLATE" ]; then return; fi
    step "$title" "./dev stop and a new try; does the log name a missing Python package?" \
        build_template "$modules" "${demo[@]}"
}

build_template() {
    local modules=$1
    shift
    db_drop "$TEMPLATE-new"
    quiet_odoo "$TEMPLATE-new" -i "$modules" "$@"
    sql "$TEMPLATE-new" "SELECT 'installed: ' || count(*) FROM ir_module_module WHERE state = 'installed'"
    db_rename "$TEMPLATE-new" "$TEMPLATE"
}

# Hash of the addon's files that an installed database depends on: all but tests and documentation.
addon_hash() {
    (cd "$REPO" && find "$MODULE" -type f ! -path '*/__pycache__/*' ! -path "$MODULE/tests/*" ! -name '*.md' ! -name '*.pyc' -print0 |
        LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum | cut -c1-16)
}

# install_addon DB TEMPLATE: clones and installs; a failure leaves no half-made database behind.
install_addon() {
    local db=$1 rc=0
    db_clone "$2" "$db"
    quiet_odoo "$db" -i "$MODULE" || rc=$?
    if [ $rc -ne 0 ] || [ "$(sql "$db" "SELECT state FROM ir_module_module WHERE name = '$MODULE'")" != installed ]; then
        echo "$MODULE is not installed."
        db_drop "$db"
        return 1
    fi
}

update_addon() { quiet_odoo "$1" -u "$MODULE"; }

# Lines of an installation's log that must not be there.
log_problems() {
    grep -E '^[0-9-]+ [0-9:,]+ [0-9]+ (WARNING|ERROR|CRITICAL) [^ ]+ (odoo\.|py\.warnings)' "$1"
}
