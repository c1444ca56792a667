# lint [--fix]                   check style, Odoo's conventions, translations and documentation
#
# Needs neither Odoo nor a database. --fix lets ruff mend what it can.

# Matters of taste, and checks that mistake our ways: long models told in several files, hooks that return nothing,
# small catalogues that are read whole, contexts cleaned of keys, a menu that gets its action in a second record.
PYLINT_OFF=missing-readme,super-method-mismatch,consider-merging-classes-inherited,no-wizard-in-models,missing-return
PYLINT_OFF=$PYLINT_OFF,method-required-super,attribute-string-redundant,no-search-all,context-overridden
OCA_OFF=xml-field-numeric-without-eval,prefer-readme-rst,xml-tag-position,xml-duplicate-record-id

cmd_lint() {
    local fix=()
    case ${1:-} in
        '') ;;
        --fix) fix=(--fix) ;;
        *) die "lint does not know '$1'." "See ./dev lint --help." ;;
    esac
    lock
    ensure_lint_python
    unlock
    cd "$REPO"
    LINT_RC=0
    check "ruff" "$LINT_VENV/bin/python" -m ruff check --no-cache "${fix[@]}" "$MODULE" scripts
    check "pylint-odoo" "$LINT_VENV/bin/python" -m pylint --rcfile=pyproject.toml --disable="$PYLINT_OFF" "$MODULE"
    check "oca-checks-odoo-module" "$LINT_VENV/bin/oca-checks-odoo-module" --disable="$OCA_OFF" "$MODULE"
    check "repository" "$LINT_VENV/bin/python" scripts/check_repo.py "$MODULE"
    [ $LINT_RC -eq 0 ] || die "The findings above." "Mend them; ./dev lint --fix mends what ruff can."
    say "Nothing to complain about."
}

check() {
    local name=$1
    shift
    say "• $name"
    "$@" || LINT_RC=1
}
