# compat [MODULE…]               Odoo's own tests with and without the addon: the same failures, or it fails
#
# Runs the tests of crm, sale_crm and sales_team (or of the modules named) in two databases that differ only in the
# addon, and compares which tests fail. Some of Odoo's tests fail without internet or demo data: they do so in both.

cmd_compat() {
    local modules=("$@")
    [ $# -gt 0 ] || modules=(crm sale_crm sales_team)
    setup
    ensure_browser
    ensure_template
    local without=kam_compat_${CHECKOUT}_without with=kam_compat_${CHECKOUT}_with paths=() name folder
    for name in "${modules[@]}"; do
        folder=
        for folder in "$ODOO_PATH/odoo/addons/$name/tests" "$ODOO_PATH/addons/$name/tests" ''; do
            [ ! -d "$folder" ] || break
        done
        [ -n "$folder" ] || die "Odoo has no tests of a module named $name."
        paths+=("$folder")
    done
    step "Database without $MODULE" "./dev stop and a new try." db_clone "$TEMPLATE" "$without"
    step "Database with $MODULE" "Mend what the log names." install_addon "$with" "$TEMPLATE"
    unlock
    odoo_tests "without $MODULE" "$without" "${paths[@]}"
    odoo_tests "with $MODULE" "$with" "${paths[@]}"
    db_drop "$without"
    db_drop "$with"
    "$PY" "$SCRIPTS/compare_tests.py" "$LOGS/$without.xml" "$LOGS/$with.xml"
}

odoo_tests() {
    local title=$1 db=$2
    shift 2
    attempt "Odoo's tests $title" run_odoo_tests "$db" "$@"
    [ -f "$LOGS/$db.xml" ] || die "pytest left no report." "The whole log: $ATTEMPT_LOG"
    say "  $(tail -n 1 "$ATTEMPT_LOG")"
}

# Failing tests are what is compared, so they are no failure here.
run_odoo_tests() {
    local db=$1 rc=0
    shift
    rm -f "$LOGS/$db.xml"
    cd "$CACHE/tmp"
    "$PY" -m pytest -p no:cacheprovider --odoo-config="$ODOO_CONF" --odoo-database="$db" --odoo-http --odoo-log-level=critical \
        --rootdir="$ODOO_PATH" --junitxml="$LOGS/$db.xml" --disable-warnings --tb=short -q "$@" || rc=$?
    [ $rc -le 1 ]
}
