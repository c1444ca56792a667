# i18n                           write kam_kpi/i18n/kam_kpi.pot anew from the code and the views
#
# Translations (kam_kpi/i18n/*.po) are brought up to the new template; they hold translated terms only.

cmd_i18n() {
    [ $# -eq 0 ] || die "i18n takes no arguments."
    setup
    ensure_template
    local db=kam_i18n_$CHECKOUT pot=$REPO/$MODULE/i18n/$MODULE.pot
    step "Database $db: install $MODULE" "Mend what the log names." install_addon "$db" "$TEMPLATE"
    step "Export the terms" "Mend what the log names." export_terms "$db" "$pot"
    db_drop "$db"
    "$PY" "$SCRIPTS/merge_po.py" "$pot"
}

export_terms() {
    mkdir -p "$(dirname "$2")"
    (cd "$CACHE/tmp" && "$PY" -m odoo i18n export -c "$ODOO_CONF" -d "$1" -o "$CACHE/tmp/$MODULE.pot" "$MODULE")
    "$PY" "$SCRIPTS/merge_po.py" --clean "$CACHE/tmp/$MODULE.pot" "$2"
}
